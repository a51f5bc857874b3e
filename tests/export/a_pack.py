"""A small pack on a real journal: the golden day, and what goes into Anna's pack, with stand-ins for the documents."""

import json
from pathlib import Path

from pmworkshop import journal
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.units import Instant
from pmworkshop.export.parcel import About, parcel
from pmworkshop.export.slices import record_lines
from tests.golden import make_journal

ANNA = ParticipantId("p1")
NAME = "Zoë \U0001f9d1\u200d\U0001f3eb"


def rows_of(folder: Path) -> tuple[journal.Row, ...]:
    """Return the events of the golden day, recorded afresh in `folder`."""
    make_journal.main(folder / "journal.db")
    return journal.read_rows(folder / "journal.db").rows


def shown(rows: tuple[journal.Row, ...]) -> dict[int, str]:
    """Return the bodies of all versions of what Anna handed in, by number."""
    written = {row.seq: row.body for row in rows if row.name in ("OutputSubmitted", "OutputAmended")}
    return {seq: body for seq, body in written.items() if body and json.loads(body)["output"] in ("o1", "o4")}


def pack_files(rows: tuple[journal.Row, ...]) -> dict[str, bytes]:
    """Return the files of a pack without its seals."""
    versions = [json.loads(body) for body in shown(rows).values()]
    outputs = {one["output"]: one["answers"] for one in versions}
    evidence = [
        {
            "number": f"E{number:02}",
            "output": output,
            "version": sum(one["output"] == output for one in versions),
            "answers": answers,
        }
        for number, (output, answers) in enumerate(outputs.items(), 1)
    ]
    return {
        "evidence-pack.pdf": b"%PDF-1.7 stands in for the document\n" + bytes(range(256)),
        "evidence-pack.html": "<p>Zoë – 管理者</p>".encode(),  # noqa: RUF001  # a dash as people type it
        "photos/chart é.jpg": b"\xff\xd8\xff",
        "empty.txt": b"",
        "evidence.json": json.dumps({"evidence": evidence}, ensure_ascii=False).encode(),
        "record.jsonl": record_lines(rows, shown(rows).keys()),
    }


def about(rows: tuple[journal.Row, ...]) -> About:
    """Return what the pack says about itself."""
    return About(
        software="0.1.0",
        cohort="Golden cohort",
        participant=ANNA,
        person=NAME,
        unit="8600-323",
        head_seq=rows[-1].seq,
        head_hash=rows[-1].hash,
        made=Instant(rows[-1].at),
        standards=("ua-1", "a-2a"),
    )


def pack(rows: tuple[journal.Row, ...]) -> bytes:
    """Return the pack as one file."""
    return parcel(pack_files(rows), about(rows))
