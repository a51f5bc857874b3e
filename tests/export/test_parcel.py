"""A pack as a file: the same bytes for the same content, sums that the stock tool checks, a record that can be walked."""

import io
import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop import journal
from pmworkshop.core.units import Instant
from pmworkshop.export.opening import open_parcel
from pmworkshop.export.parcel import MANIFEST, SUMS, parcel
from pmworkshop.export.slices import SliceError, chain_fault, read_slice, record_lines
from pmworkshop.export.stored import stored
from tests.export.a_pack import about, pack, pack_files, rows_of, shown

Rows = tuple[journal.Row, ...]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    return rows_of(tmp_path_factory.mktemp("cohort"))


@given(files=st.dictionaries(st.text("abé/管 .", min_size=1), st.binary(max_size=50), max_size=6))
@settings(deadline=None, database=None)
def test_every_tool_reads_the_zip_and_it_hangs_on_nothing_but_the_files(files: dict[str, bytes]) -> None:
    """Python's reader finds it sound, with every file as it was put in; the order of putting in leaves no trace."""
    made = stored(files)
    assert made == stored(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert {one.filename: archive.read(one) for one in archive.infolist()} == files
        assert {one.date_time for one in archive.infolist()} <= {(1980, 1, 1, 0, 0, 0)}


def test_the_stock_tools_unzip_and_check_it(rows: Rows, tmp_path: Path) -> None:
    """Once unzipped, `sha256sum -c SHA256SUMS` finds every file as it was, the manifest too, and misses none."""
    (tmp_path / "pack.zip").write_bytes(pack(rows))
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        archive.extractall(tmp_path / "out")
    names = {
        str(one.relative_to(tmp_path / "out").as_posix())
        for one in (tmp_path / "out").rglob("*")
        if one.is_file()
    }
    sums = (tmp_path / "out" / SUMS).read_text("utf-8").splitlines()
    assert {line.split("  ", 1)[1] for line in sums} == names - {SUMS}
    assert MANIFEST in names
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("this system has no sha256sum")
    done = subprocess.run(
        [tool, "--strict", "-c", SUMS], cwd=tmp_path / "out", capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_manifest_says_what_a_centre_asks(rows: Rows) -> None:
    """Whose it is, from which record, as of when, draft or not, which standards, and every file with size and sum."""
    opened = open_parcel(pack(rows))
    assert opened.as_written
    said = json.loads(opened.files[MANIFEST])
    assert said["person"] == {"id": "p1", "name": about(rows).person}
    assert said["head"] == {"seq": rows[-1].seq, "hash": rows[-1].hash}
    assert said["made"] == {"utc": "2027-03-01T10:20:00.000Z", "milliseconds": rows[-1].at}
    assert (said["draft"], said["demonstration"], said["pdf_standards"]) == (False, False, ["ua-1", "a-2a"])
    assert {one["name"]: one["size"] for one in said["files"]} == {
        name: len(content) for name, content in pack_files(rows).items()
    }


@pytest.mark.parametrize(
    "name", ["../x", "/x", "a//b", "a/..", "SHA256SUMS", "manifest.json", "a\\b", "a\nb", "C:x", ""]
)
def test_no_name_leads_out_of_the_folder(rows: Rows, name: str) -> None:
    """What unzips beside the folder, or takes a seal's place, is never put in."""
    with pytest.raises(ValueError, match="cannot hold"):
        parcel({name: b""}, about(rows))


def test_a_time_beyond_the_calendar_is_no_crash(rows: Rows) -> None:
    """A clock that was set to the end of days still gives a pack."""
    made = parcel({}, replace(about(rows), made=Instant(2**62)))
    assert json.loads(open_parcel(made).files[MANIFEST])["made"] == {"utc": "", "milliseconds": 2**62}


def test_the_slice_has_every_link_and_only_her_content(rows: Rows) -> None:
    """All events stand in it with their hashes; bodies and salts only of those that were opened; nobody else's words."""
    hers = shown(rows)
    content = record_lines(rows, hers.keys())
    one = read_slice(content)
    assert chain_fault(one) is None
    assert one.head == rows[-1].head
    assert [row.hash for row in one.rows] == [row.hash for row in rows]
    assert {row.seq: row.body for row in one.rows if row.body is not None} == hers
    for other in ("Борис", "Walter", "Pay and rations?", "Cold room", "Chloe"):
        assert other not in content.decode()


def test_an_erased_event_is_in_the_slice_as_a_link(rows: Rows) -> None:
    """What was erased on request has no body to open, and the chain still holds."""
    seq = min(shown(rows))
    left = tuple(replace(row, body=None, salt=None) if row.seq == seq else row for row in rows)
    one = read_slice(record_lines(left, shown(rows).keys()))
    assert chain_fault(one) is None
    assert one.rows[seq - 1].body is None


@given(
    number=st.integers(1, 60),
    key=st.sampled_from(["seq", "at", "name", "version", "body_hash", "hash", "body", "salt"]),
)
@settings(deadline=None, database=None)
def test_any_change_to_an_event_breaks_the_chain(rows: Rows, number: int, key: str) -> None:
    """Whichever particular of whichever event is changed, the walk along the chain stops there."""
    lines = record_lines(rows, range(1, len(rows) + 1)).decode().splitlines()
    event = json.loads(lines[number])
    before = event[key]
    other = "0" * 32 if key == "salt" else f"{before}x"
    event[key] = before + 1 if isinstance(before, int) else other
    lines[number] = json.dumps(event)
    assert "event" in (chain_fault(read_slice("\n".join(lines).encode())) or "")


def test_an_empty_slice_and_what_is_none() -> None:
    """A record without events is a chain of nothing; a text that is no slice is said to be none."""
    assert chain_fault(read_slice(record_lines((), ()))) is None
    for content in (b"", b"{}", b"\xff", b'{"format": "pmworkshop-record/1"}', b"[" * 100_000, b'"x"'):
        with pytest.raises(SliceError):
            read_slice(content)
