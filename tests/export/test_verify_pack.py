"""`verify` on a pack: it notices whatever was changed, names it in words, and says what no file can prove of itself."""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop import journal
from pmworkshop.cli import cli
from pmworkshop.core.units import Instant
from pmworkshop.export.opening import open_parcel
from pmworkshop.export.parcel import parcel
from pmworkshop.export.proof import Proof, prove
from pmworkshop.export.stored import stored
from tests.export.a_pack import NAME, about, pack, pack_files, rows_of

ROOT = Path(__file__).parents[2]
Rows = tuple[journal.Row, ...]
laws = settings(deadline=None, database=None, max_examples=300)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    return rows_of(tmp_path_factory.mktemp("cohort"))


@pytest.fixture(scope="module")
def whole(rows: Rows) -> bytes:
    return pack(rows)


def wrong(proof: Proof) -> str:
    return "\n".join(one.words for one in proof.findings if one.holds is False)


def verify(path: Path | str, *more: str) -> Result:
    result = CliRunner().invoke(cli, ["verify", str(path), "--data", "nowhere", *more])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "\x1b" not in result.output
    return result


def test_a_whole_pack_holds(whole: bytes, tmp_path: Path) -> None:
    """Exit 0, with whose it is, what was looked at, what cannot be proved, and the head to compare."""
    (tmp_path / "pack.zip").write_bytes(whole)
    result = verify(tmp_path / "pack.zip")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].startswith(
        f"evidence pack of {NAME}, unit 8600-323, cohort Golden cohort, as of 2027-03-01T"
    )
    assert lines[-1] == "pack.zip holds."
    assert "byte for byte" in result.stdout
    assert "2 of 2 pieces of evidence have the very answers" in result.stdout
    assert lines[-2].startswith("left open")
    found = json.loads(verify(tmp_path / "pack.zip", "--json").stdout)
    assert found["ok"] is True
    assert found["pack"]["head"]["hash"] in lines[-2]


@given(data=st.data())
@laws
def test_any_byte_of_the_zip(whole: bytes, data: st.DataObject) -> None:
    """Flip any byte of the file as it lies there, of a document or of the container, and it no longer holds."""
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[place] ^= data.draw(st.integers(1, 255))
    assert not prove(bytes(flipped)).ok


@given(data=st.data())
@laws
def test_any_byte_of_any_file_in_it(whole: bytes, data: st.DataObject) -> None:
    """Flip any byte of any file and zip it up again as it was: the sums notice, whichever file it was."""
    files = dict(open_parcel(whole).files)
    name = data.draw(st.sampled_from(sorted(name for name in files if files[name])))
    place = data.draw(st.integers(0, len(files[name]) - 1))
    flipped = bytearray(files[name])
    flipped[place] ^= data.draw(st.integers(1, 255))
    assert wrong(prove(stored({**files, name: bytes(flipped)})))


@given(data=st.data())
@laws
def test_cut_off_anywhere(whole: bytes, data: st.DataObject) -> None:
    """A pack that was copied in part, or has something behind it, does not hold."""
    place = data.draw(st.integers(0, len(whole) - 1))
    assert not prove(whole[:place]).ok
    assert not prove(whole + whole[:place] + b"x").ok


def test_what_is_wrong_is_named(whole: bytes) -> None:
    """Missing, added, changed, twice: each in words with the file's name."""
    files = dict(open_parcel(whole).files)
    changed = {**files, "evidence-pack.pdf": b"another"}
    missing = {name: one for name, one in files.items() if name != "photos/chart é.jpg"}
    assert "Changed since the pack was made: evidence-pack.pdf." in wrong(prove(stored(changed)))
    assert "Missing: photos/chart é.jpg." in wrong(prove(stored(missing)))
    assert "added later: x.exe." in wrong(prove(stored({**files, "x.exe": b""})))
    out = io.BytesIO(whole)
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("evidence-pack.pdf", b"another")
    assert "There more than once: evidence-pack.pdf." in wrong(prove(out.getvalue()))


def test_packed_anew_by_another_tool(whole: bytes) -> None:
    """The container is not as it was, and that alone is said: every file in it still is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in open_parcel(whole).files.items():
            archive.writestr(name, content)
    proof = prove(out.getvalue())
    assert wrong(proof) == "The zip itself is not as it was written: it was packed anew, or changed."


def test_a_forger_who_renews_every_sum(rows: Rows) -> None:
    """With manifest and sums made anew, the chain still tells of an event that was changed, and of answers that differ."""
    files = pack_files(rows)
    evidence = json.loads(files["evidence.json"])
    evidence["evidence"][0]["answers"]["note"] = "Much better"
    better = {**files, "evidence.json": json.dumps(evidence).encode()}
    assert "says otherwise than the record about E01" in wrong(prove(parcel(better, about(rows))))
    record = files["record.jsonl"].decode()
    assert record.count("Zoë again") == 1
    forged = {**files, "record.jsonl": record.replace("Zoë again", "Zoë alone").encode()}
    assert "its content is not what was sealed" in wrong(prove(parcel(forged, about(rows))))
    lines = record.splitlines(keepends=True)
    for left in (lines[:-1], [lines[0], *lines[2:]], [*lines[:9], lines[10], lines[9], *lines[11:]]):
        assert wrong(prove(parcel({**files, "record.jsonl": "".join(left).encode()}, about(rows))))
    elsewhere = replace(about(rows), head_hash="0" * 64)
    assert "not where the manifest says" in wrong(prove(parcel(files, elsewhere)))
    later = replace(about(rows), made=Instant(about(rows).made + 1))
    assert "another time" in wrong(prove(parcel(files, later)))


def test_what_the_record_does_not_show_is_not_said_to_be_proved(rows: Rows) -> None:
    """Answers whose event is closed, or was erased, cannot be told from the file; that is said, and is no fault."""
    files = pack_files(rows)
    lines = [json.loads(line) for line in files["record.jsonl"].decode().splitlines()]
    closed = [{key: one for key, one in line.items() if key not in ("salt", "body")} for line in lines]
    text = "".join(json.dumps(line) + "\n" for line in closed)
    proof = prove(parcel({**files, "record.jsonl": text.encode()}, about(rows)))
    assert proof.ok
    assert any(one.holds is None and one.words.endswith("E01, E02.") for one in proof.findings)


def test_drafts_and_demonstrations_say_so(rows: Rows) -> None:
    """Nobody takes a draft for a signed pack, or a demonstration for real work, because it verifies."""
    made = prove(parcel(pack_files(rows), replace(about(rows), draft=True, demonstration=True)))
    words = " ".join(one.words for one in made.findings)
    assert made.ok
    assert "This is a DRAFT" in words
    assert "This is a DEMONSTRATION" in words


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(60):
            archive.writestr(f"{number}.bin", bytes(10_000_000))
    return out.getvalue()


def foreign(**files: bytes) -> bytes:
    return stored({name.replace("__", "."): one for name, one in files.items()})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no zip"),
        (b"PK\3\4", "no zip"),
        (b"\x00" * 1000, "no zip"),
        (foreign(hello__txt=b"hello"), "no evidence pack"),
        (foreign(manifest__json=b"[" * 100_000), "no evidence pack"),
        (foreign(manifest__json=b'{"format": "pmworkshop-pack/1", "files": 3}'), "no evidence pack"),
        (bomb(), "larger than any pack"),
        (stored({f"{number}": b"" for number in range(6_000)}), "6,000 files"),
    ],
    ids=["empty", "a start", "zeros", "foreign", "deep", "wrong types", "bomb", "many"],
)
def test_what_is_no_pack_is_said_to_be_none(tmp_path: Path, content: bytes, words: str) -> None:
    """Damaged, foreign or dangerous: exit 1 with words, both ways, and nothing is unpacked."""
    path = tmp_path / "x [b]\x1b.zip"
    path.write_bytes(content)
    result = verify(path)
    assert result.exit_code == 1
    assert words in result.stdout
    assert "does NOT hold" in result.stdout
    assert json.loads(verify(path, "--json").stdout)["ok"] is False


def test_against_the_record_that_it_was_made_from(tmp_path: Path) -> None:
    """The cohort's own record settles whose it is, also after it has gone on and lost somebody; another's does not."""
    places = [tmp_path / name / "journal.db" for name in ("same", "other")]
    for place in places:
        place.parent.mkdir()
    same, _ = (rows_of(place.parent) for place in places)
    (tmp_path / "pack.zip").write_bytes(pack(same))
    with journal.open_journal(places[0]) as record:
        later = journal.Entry(at=2**42, name="MessageShown", version=1, body="{}")
        record.append([later], expected=record.head)
        record.erase([4, 5])
    result = verify(tmp_path / "pack.zip", "--against", str(places[0]))
    assert result.exit_code == 0, result.output
    assert f"has event {len(same)} with this very hash" in result.stdout
    result = verify(tmp_path / "pack.zip", "--against", str(places[1]))
    assert result.exit_code == 1
    assert f"does not have this head (event {len(same)})" in result.stdout
    assert verify(str(places[0]), "--against", "x").exit_code == 2


def test_nothing_slow_is_loaded(whole: bytes, tmp_path: Path) -> None:
    """A centre that only verifies waits for no typesetter, no web server, no terminal app and no reader of events."""
    (tmp_path / "pack.zip").write_bytes(whole)
    code = (
        "import sys; from pmworkshop.cli import cli; cli(['verify', sys.argv[1]], standalone_mode=False);"
        "print('LOADED', *{name.partition('.')[0] for name in sys.modules})"
    )
    words = [sys.executable, "-c", code, str(tmp_path / "pack.zip")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    loaded = set(done.stdout.partition("LOADED ")[2].split())
    assert "pmworkshop" in loaded, done.stderr
    assert not loaded & {"typst", "docx", "pydantic", "yaml", "textual", "rich", "starlette", "jinja2", "PIL"}


def test_a_zip_that_is_not_there() -> None:
    """A usage that cannot be: exit 2, and the word is file, not cohort."""
    result = verify("nowhere/pack.zip")
    assert result.exit_code == 2
    assert "there is no file nowhere/pack.zip" in result.stderr
