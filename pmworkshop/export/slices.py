"""The cohort's record as it goes into one person's pack: every link of the chain, but only that person's content.

One JSON object a line. The first line explains itself; each other is one event. `prev`, the hash of the event before,
is left out, because the line before has it: whoever walks the chain puts it back.
"""

import json
from collections.abc import Collection, Iterable
from typing import Any, Final

from pmworkshop.core.value import value
from pmworkshop.journal.chain import BEFORE_FIRST, GENESIS, Head, Row, fault

FORMAT: Final = "pmworkshop-record/1"
EXPLAINED: Final = (
    "Each line below is one event of the cohort's record, in order. hash is the SHA-256 of seq, at, name, version, "
    "body_hash and the hash of the line before (64 zeros before the first), one on a line each, joined by line feeds; "
    "body_hash is the SHA-256 of the bytes of salt (hexadecimal) followed by body. So no event can be changed, put in "
    "or taken out without changing every hash after it, the last of which is the head. at is milliseconds since 1970, "
    "UTC. Events about other people have no salt and body here, nor have events whose content was erased on request."
)


class SliceError(Exception):
    """What is wrong with a slice, in plain words."""


@value
class Slice:
    """A slice as read: its events, with `prev` put back, and the head that it claims for the chain."""

    rows: tuple[Row, ...]
    claimed: Head

    @property
    def head(self) -> Head:
        """The head of the chain that the events make."""
        return self.rows[-1].head if self.rows else BEFORE_FIRST


def record_lines(rows: Iterable[Row], open_rows: Collection[int]) -> bytes:
    """Return all `rows` of a chain from its first as a slice, with body and salt of those numbered in `open_rows`."""
    lines: list[dict[str, Any]] = []
    for row in rows:
        line = {"seq": row.seq, "at": row.at, "name": row.name, "version": row.version}
        line |= {"body_hash": row.body_hash, "hash": row.hash}
        if row.seq in open_rows and row.salt is not None and row.body is not None:
            line |= {"salt": row.salt.hex(), "body": row.body}
        lines.append(line)
    head = {"seq": lines[-1]["seq"], "hash": lines[-1]["hash"]} if lines else {"seq": 0, "hash": GENESIS}
    first = {"format": FORMAT, "explained": EXPLAINED, "events": len(lines), "head": head}
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in (first, *lines)).encode()


def read_slice(content: bytes) -> Slice:
    """Return the slice in `content`; `SliceError` where it is none. Whether it is true, `chain_fault` says."""
    try:
        first, *others = content.decode().removesuffix("\n").split("\n")
        header = _object(first)
        if header.get("format") != FORMAT:
            raise SliceError(f"it is not of the form {FORMAT}")
        claimed = Head(seq=_of(int, header["head"]["seq"]), hash=_of(str, header["head"]["hash"]))
        rows: list[Row] = []
        for line in others:
            rows.append(_row(_object(line), rows[-1].hash if rows else GENESIS))
        if _of(int, header["events"]) != len(rows):
            raise SliceError(f"it says that it has {header['events']} events, and has {len(rows)}")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SliceError("a line of it cannot be read") from error
    return Slice(rows=tuple(rows), claimed=claimed)


def _object(line: str) -> dict[str, Any]:
    found: dict[str, Any] = _of(dict, json.loads(line))
    return found


def _of(kind: type[Any], found: Any) -> Any:
    if type(found) is not kind:
        raise ValueError(found)
    return found


def _row(line: dict[str, Any], prev: str) -> Row:
    return Row(
        seq=_of(int, line["seq"]),
        at=_of(int, line["at"]),
        name=_of(str, line["name"]),
        version=_of(int, line["version"]),
        salt=bytes.fromhex(_of(str, line["salt"])) if "salt" in line else None,
        body=_of(str, line["body"]) if "body" in line else None,
        body_hash=_of(str, line["body_hash"]),
        prev=prev,
        hash=_of(str, line["hash"]),
    )


def chain_fault(one: Slice) -> str | None:
    """Say in plain words where the chain of a slice breaks, as the journal's own proof does; None where it holds."""
    before = BEFORE_FIRST
    for row in one.rows:
        if why := fault(row, before):
            return why
        before = row.head
    if before != one.claimed:
        return (
            f"it ends in event {before.seq}, and its first line says that it ends in event {one.claimed.seq}"
        )
    return None
