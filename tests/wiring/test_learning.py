"""`learn`: what past deliveries propose, as a patch that applies and passes the check; nothing changes unless asked."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pmworkshop import library
from pmworkshop.cli import cli
from pmworkshop.core.plan import Session
from pmworkshop.core.timetable import place
from pmworkshop.core.units import MINUTE
from tests.wiring.taught import delivered

HOSTILE = "[red]x[/]\n--- a\n+++ b\n@@ -1 +1 @@ \x1b[31m مريم " + "x" * 60
"""A cohort's name that would be a patch of its own."""


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """Return an author's own kit."""
    root = tmp_path / "my kit"
    for folder in ("sessions", "exercises", "cards"):
        shutil.copytree(library.shipped_kit_path() / folder, root / folder)
    return root


@pytest.fixture
def plan(kit: Path) -> Session:
    return library.load_kit(kit).sessions["session-a"]


@pytest.fixture
def data(tmp_path: Path, plan: Session) -> Path:
    """Return four mornings whose introductions ran over and whose best practice was done early, and a rehearsal."""
    folder = tmp_path / "data"
    for week, (hello, practice) in enumerate(((24, 14), (26, 15), (23, 13), (27, 16))):
        delivered(
            folder, f"cohort-{week}", plan, {"introductions": hello, "best-practice": practice}, week=week
        )
    delivered(folder, "dry-run", plan, {"introductions": 60}, rehearsal=True)
    return folder


def learn(kit: Path, data: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["learn", "session-a", *words, "--kit", str(kit), "--data", str(data)])


def minutes(session: Session) -> dict[str, int]:
    return {slot.segment: slot.length // MINUTE for slot in place(session)[0].slots}


def test_the_patch_applies_and_the_kit_passes_its_check(
    kit: Path, data: Path, plan: Session, patch: str
) -> None:
    """The whole output is the patch, evidence first; after it the lengths are those proposed, and the break stays."""
    script = [sys.executable, "-m", "pmworkshop", "learn", "session-a", "--kit", ".", "--data", str(data)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    made = subprocess.run(script, cwd=kit, capture_output=True, check=True, env=environment)
    assert made.stderr == b""
    said = made.stdout.decode()
    assert "\n# Introductions: 20 -> 25 min. 4 deliveries took 24, 26, 23, 27: fairly sure\n" in said
    assert "4 deliveries: cohort-0 (1 March 2027), " in said
    assert "1 rehearsal left out" in said
    before = (kit / "sessions" / "session-a.yaml").read_text("utf-8")
    done = subprocess.run(
        [patch, "-p0", "--batch"], input=made.stdout, cwd=kit, capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == "patching file sessions/session-a.yaml"
    assert (kit / "sessions" / "session-a.yaml").read_text("utf-8") != before
    checked = CliRunner().invoke(cli, ["check", "--kit", str(kit)])
    assert (checked.exit_code, checked.stdout) == (0, "")
    new = library.load_kit(kit).sessions["session-a"]
    assert minutes(new) == minutes(plan) | {"introductions": 25, "best-practice": 15}
    assert [one.at for one in new.segments][:5] == ["09:30", "09:55", "10:25", "10:40", "11:00"]


def test_nothing_is_written_unless_asked_and_then_the_same(kit: Path, data: Path, patch: str) -> None:
    """Without --write the file keeps every byte; with it it has those that `patch` gives, and its mode; once is enough."""
    path = kit / "sessions" / "session-a.yaml"
    path.chmod(0o640)
    before = path.read_bytes()
    proposed = learn(kit, data)
    assert path.read_bytes() == before
    patched = kit / "patched.yaml"
    shutil.copy(path, patched)
    subprocess.run(
        [patch, "--batch", str(patched)], input=proposed.stdout_bytes, check=True, capture_output=True
    )
    done = learn(kit, data, "--write")
    assert done.exit_code == 0, done.output
    assert done.stdout_bytes == proposed.stdout_bytes
    assert path.read_bytes() == patched.read_bytes() != before
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".")] == []
    again = learn(kit, data, "--write")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "Nothing to change." in again.stderr


def test_the_kit_that_comes_along_is_never_written_to(data: Path) -> None:
    """--write on it is refused with what to do instead; the proposal alone may be had."""
    path = library.shipped_kit_path() / "sessions" / "session-a.yaml"
    before = path.read_bytes()
    refused = CliRunner().invoke(cli, ["learn", "session-a", "--write", "--data", str(data)])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "pmworkshop new kit" in refused.stderr
    assert path.read_bytes() == before
    assert CliRunner().invoke(cli, ["learn", "session-a", "--data", str(data)]).stdout.startswith("# ")
    assert path.read_bytes() == before


def test_no_evidence_says_so_and_is_no_failure(kit: Path, tmp_path: Path, plan: Session) -> None:
    """No record, only a rehearsal, or one delivery alone: stdout stays empty, exit 0, and stderr says why."""
    empty = learn(kit, tmp_path / "nothing")
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "no delivery of session-a to learn from" in empty.stderr
    delivered(tmp_path / "d", "dry", plan, {"introductions": 60}, rehearsal=True)
    dry = learn(kit, tmp_path / "d")
    assert (dry.exit_code, dry.stdout) == (0, "")
    assert "1 rehearsal left out" in dry.stderr
    delivered(tmp_path / "d", "real", plan, {"introductions": 35})
    one = learn(kit, tmp_path / "d")
    assert (one.exit_code, one.stdout) == (0, "")
    assert "A single delivery took 35: no change proposed from one" in one.stderr


def test_only_the_cohorts_named_are_read(kit: Path, data: Path) -> None:
    """Two of four are only a hint; twice the same is once; an unknown one is said with the nearest name."""
    two = learn(kit, data, "cohort-0", "cohort-1", "cohort-0")
    assert "2 deliveries took 24, 26: a hint" in two.stdout
    unknown = learn(kit, data, "cohort-9")
    assert unknown.exit_code == 2
    assert "did you mean cohort-" in unknown.stderr


def test_a_record_that_cannot_be_read_is_told_and_left_out(kit: Path, data: Path) -> None:
    """The others still teach; the words name the cohort and go to stderr."""
    (data / "cohort-3" / "journal.db").write_bytes(b"no database at all" * 300)
    found = learn(kit, data)
    assert found.exit_code == 0, found.output
    assert "3 deliveries took 24, 26, 23: a hint" in found.stdout
    assert found.stderr.startswith("cohort-3 is left out: ")
    assert "Traceback" not in found.output


def test_hostile_names_stay_comments(kit: Path, data: Path, plan: Session, patch: str) -> None:
    """A cohort's name, or a title, that reads like a patch is a comment on one line, and the real patch still applies."""
    path = kit / "sessions" / "session-a.yaml"
    title = '"--- sessions/course.yaml 1,2d Prereq: x [red]x[/] مريم"'
    path.write_text(path.read_text("utf-8").replace("title: Introductions", f"title: {title}"), "utf-8")
    delivered(data, HOSTILE, plan, {"introductions": 25}, week=9, folder="strange")
    found = learn(kit, data)
    comments, diff = found.stdout.split("\n--- ", 1)
    assert all(line.startswith("# ") for line in comments.split("\n"))
    assert "[red]x[/] --- a +++ b @@ -1 +1 @@" in comments
    assert "\x1b" not in found.stdout
    assert diff.count("\n+++ ") == 1
    before = (kit / "sessions" / "course.yaml").read_bytes()
    apply = [patch, "--batch", str(path)]
    subprocess.run(apply, input=found.stdout_bytes, cwd=kit, check=True, capture_output=True)
    assert (kit / "sessions" / "course.yaml").read_bytes() == before
    assert CliRunner().invoke(cli, ["check", "--kit", str(kit)]).exit_code == 0


def test_many_deliveries_are_said_in_a_line(kit: Path, tmp_path: Path, plan: Session) -> None:
    """Of many deliveries the range and the middle are told, not every one; each comment stays below 300 characters."""
    for week in range(12):
        delivered(tmp_path / "d", f"c{week:02}", plan, {"introductions": 24 + week % 5}, week=week)
    found = learn(kit, tmp_path / "d")
    assert "12 deliveries took 24 to 28, half of them 26 or more: fairly sure" in found.stdout
    assert "c11 (17 May 2027) and 8 before them" in found.stdout
    assert max(map(len, found.stdout.splitlines())) < 300
