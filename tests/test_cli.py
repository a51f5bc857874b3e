"""The verbs as a trainer and a program meet them: data on stdout, talk on stderr, 0, 1 or 2, never a traceback."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import pmworkshop
from pmworkshop import journal
from pmworkshop.cli import cli
from pmworkshop.core import commands as c
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.live.workshop import Accepted, Workshop
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import shipped_kit

Pmw = Callable[..., Result]
HOSTILE = "Zoë \u202e\x1b[31m管理者 🧑\u200d🏫"
ENV = os.environ | {"PYTHONPATH": str(Path(pmworkshop.__file__).parents[1])}


@pytest.fixture
def pmw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pmw:
    """Run the verbs within this process; a traceback or an escape sequence in the output fails any test."""
    monkeypatch.setenv("PMWORKSHOP_DATA", str(tmp_path / "data"))

    def run(*words: str) -> Result:
        result = CliRunner().invoke(cli, words)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert "Traceback" not in result.output
        assert "\x1b" not in result.output
        assert result.exit_code in (0, 1, 2)
        assert bool(result.stderr) or result.exit_code != 2
        return result

    return run


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """Make a cohort `spring` with three people, and return its journal."""
    return cohort(tmp_path / "data", "spring")


def cohort(data: Path, name: str) -> Path:
    workshop = House(data, shipped_kit()).open_cohort(name, new=True)
    assert isinstance(workshop, Workshop)
    people = tuple((ParticipantId(f"p{n}"), Person(name=f"{HOSTILE} {n}")) for n in range(3))
    assert isinstance(workshop.handle(c.AddParticipants(people=people)), Accepted)
    workshop.close()
    return data / name / "journal.db"


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """Copy the shipped kit, to be spoilt."""
    for name in ("sessions", "exercises", "cards"):
        shutil.copytree(shipped_kit() / name, tmp_path / "kit" / name)
    return tmp_path / "kit"


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def tamper(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER only_erasing")
        connection.execute(statement)


# ---- the verbs


def test_help_and_version_name_every_verb(pmw: Pmw) -> None:
    """Help tells of each verb and option; the version stands alone."""
    words = pmw("--help").stdout
    for verb in ("run", "check", "schema", "show", "log", "verify"):
        assert re.search(rf"^  {verb} +\w", words, re.MULTILINE)
        assert "Usage:" in pmw(verb, "-h").stdout
    assert "--data" in words
    assert "--kit" in words
    assert pmworkshop.__version__ in pmw("--version").stdout


def test_log_prints_one_event_a_line(pmw: Pmw, record: Path) -> None:
    """For reading and for programs, with number, time in UTC, name, version, body and hash."""
    rows = journal.read_rows(record).rows
    lines = pmw("log", "spring").stdout.splitlines()
    assert len(lines) == len(rows) == 4
    for line, row in zip(lines, rows, strict=True):
        assert line.split()[0] == str(row.seq)
        assert row.name in line
        assert row.hash[:12] in line
    assert "\u202e" not in "".join(lines)
    found = [json.loads(line) for line in pmw("log", "spring", "--json").stdout.splitlines()]
    for event, row in zip(found, rows, strict=True):
        assert list(event) == ["seq", "at", "name", "version", "body", "hash"]
        assert (event["seq"], event["name"], event["version"]) == (row.seq, row.name, row.version)
        assert event["hash"] == row.hash
        assert event["body"] == json.loads(row.body or "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", event["at"])


def test_an_erased_event_stays_on_the_list(pmw: Pmw, record: Path) -> None:
    """Its line says so, and the chain holds."""
    with journal.open_journal(record) as opened:
        opened.erase([3])
    assert "(erased)" in pmw("log", "spring").stdout.splitlines()[2]
    assert json.loads(pmw("log", "spring", "--json").stdout.splitlines()[2])["body"] is None
    result = pmw("verify", "spring")
    assert result.exit_code == 0
    assert "4 events (1 erased)" in result.stdout


def test_verify_says_that_the_chain_holds(pmw: Pmw, record: Path) -> None:
    """With the number of events and the head, in words and for programs; by name, by folder or by file."""
    head = journal.verify(record).head.hash
    for where in ("spring", str(record), str(record.parent)):
        result = pmw("verify", where)
        assert result.exit_code == 0
        assert result.stdout == f"the chain holds: 4 events (0 erased), head 4 {head}\n"
    found = json.loads(pmw("verify", "--json", "spring").stdout)
    assert found["ok"] is True
    assert (found["events"], found["head"], found["first_broken"]) == (4, head, None)


@pytest.mark.parametrize(
    ("statement", "broken", "says"),
    [
        ("UPDATE events SET body = 'not JSON' WHERE seq = 2", 2, "event 2 was changed after it was recorded"),
        ("UPDATE events SET body = '{}', at = 9000000000000000000 WHERE seq = 3", 3, "event 3 was changed"),
        (
            "UPDATE events SET at = -5, name = 'a' || char(27) || '[31m' WHERE seq = 1",
            1,
            "event 1 was changed",
        ),
        (
            "UPDATE events SET prev = hash WHERE seq = 4",
            4,
            "event 4 does not follow from the event before it",
        ),
        (f"UPDATE events SET body = '{'[' * 100_000}' WHERE seq = 4", 4, "event 4 was changed"),
    ],
)
def test_a_tampered_record_is_named_and_still_read(
    pmw: Pmw, record: Path, statement: str, broken: int, says: str
) -> None:
    """`verify` names the first broken link and exits with 1; `log` still prints every line, both ways."""
    tamper(record, statement)
    result = pmw("verify", "spring")
    assert result.exit_code == 1
    assert says in result.stdout
    found = json.loads(pmw("verify", "spring", "--json").stdout)
    assert (found["ok"], found["first_broken"]) == (False, broken)
    assert len(pmw("log", "spring").stdout.splitlines()) == 4
    assert [json.loads(line)["seq"] for line in pmw("log", "spring", "--json").stdout.splitlines()] == [
        1,
        2,
        3,
        4,
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda _: b"", "is empty (0 bytes)"),
        (lambda whole: b"PK\x03\x04" + whole[4:], "is not a database"),
        (lambda _: b"just some text\n", "is not a database"),
        (lambda whole: whole[:68] + b"\0\0\0\0" + whole[72:], "some other program's database"),
        (lambda whole: whole[:60] + b"\0\0\0\x63" + whole[64:], "a newer pmworkshop"),
        (lambda whole: whole[: len(whole) // 2], "damaged"),
        (lambda whole: whole[:4096] + b"\xff" * (len(whole) - 4096), "damaged"),
    ],
)
def test_a_ruined_record_gives_clear_words(
    pmw: Pmw, record: Path, content: Callable[[bytes], bytes], says: str
) -> None:
    """Empty, cut short, overwritten, another program's or a newer one's: exit 1, words, and the file untouched."""
    ruined = content(record.read_bytes())
    record.write_bytes(ruined)
    for verb in ("verify", "log"):
        result = pmw(verb, "spring")
        assert result.exit_code == 1
        assert says in result.output
    assert record.read_bytes() == ruined
    assert list(record.parent.iterdir()) == [record]


def test_show_prints_the_timetable(pmw: Pmw) -> None:
    """For reading, line by line; for programs, with times of day as HH:MM."""
    for name in ("session-a", "session-b"):
        lines = pmw("show", name).stdout.splitlines()
        found = json.loads(pmw("show", name, "--json").stdout)
        assert found["id"] == name
        times = [found["start"], found["end"]]
        times += [segment[key] for segment in found["segments"] for key in ("start", "end")]
        assert all(re.fullmatch(r"[0-2]\d:[0-5]\d", time) for time in times)
        for before, after in zip(found["segments"], found["segments"][1:], strict=False):
            assert before["end"] == after["start"]
        for segment in found["segments"]:
            assert any(line.startswith(segment["start"]) and segment["title"] in line for line in lines)
    assert pmw("show", "session-a.yaml").stdout == pmw("show", "session-a").stdout


def test_the_shipped_kit_is_clean(pmw: Pmw) -> None:
    """`check` finds nothing, says so on stderr only, and exits with 0; for programs it is an empty list."""
    result = pmw("check")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "0 errors, 0 warnings\n"
    assert json.loads(pmw("check", "--json").stdout) == []


def test_check_points_at_each_slip(pmw: Pmw, kit: Path) -> None:
    """File, line, column, what and what to do about it, one a line on stdout; exit 1."""
    path = kit / "sessions" / "session-a.yaml"
    spoil(path, "grouping:", "gruoping:")
    spoil(path, 'end: "12:30"', 'end: "12:99"')
    result = pmw("check", "--kit", str(kit))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert any("gruoping" in line and "did you mean `grouping`" in line for line in lines)
    for line in lines:
        assert re.fullmatch(r"sessions/[\w./-]+\.yaml:\d+:\d+: [^;]+; .+", line), line
    found = json.loads(pmw("--kit", str(kit), "check", "--json", str(path)).stdout)
    assert [
        f"{one['path']}:{one['line']}:{one['column']}: {one['what']}; {one['remedy']}" for one in found
    ] == lines
    assert {one["severity"] for one in found} == {"error"}
    shown = pmw("show", "session-a", "--kit", str(kit))
    assert shown.exit_code == 1
    assert shown.stdout == ""
    assert lines[0] in shown.stderr
    assert pmw("show", "session-b", "--kit", str(kit)).exit_code == 0


@pytest.mark.parametrize("name", ["session", "course", "unit", "planned", "exercise", "deck"])
def test_schema_prints_what_the_kit_carries(pmw: Pmw, name: str) -> None:
    """It is JSON, and the file that the editor reads."""
    printed = pmw("schema", name).stdout
    assert json.loads(printed)
    assert printed == (shipped_kit() / ".schema" / f"{name}.json").read_text("utf-8")


# ---- where things are


def test_data_may_be_told_anywhere(pmw: Pmw, tmp_path: Path) -> None:
    """Before the verb, after it, or in the environment; the nearest word counts."""
    other = tmp_path / "other"
    head = journal.verify(cohort(other, "autumn")).head.hash
    for words in (
        ("--data", str(other), "verify", "autumn"),
        ("verify", "autumn", "--data", str(other)),
        ("--data", str(tmp_path / "nowhere"), "verify", "--data", str(other), "autumn"),
    ):
        result = pmw(*words)
        assert result.exit_code == 0
        assert head in result.stdout
    cohort(tmp_path / "data", "spring")
    assert pmw("verify", "spring").exit_code == 0
    assert pmw("verify", "autumn").exit_code == 2


def test_the_kit_may_be_told_anywhere(pmw: Pmw, kit: Path) -> None:
    """Before the verb or after it."""
    spoil(kit / "sessions" / "session-a.yaml", "title: Introductions", "title: Hello")
    for words in (("--kit", str(kit), "show", "session-a"), ("show", "--kit", str(kit), "session-a")):
        assert "Hello" in pmw(*words).stdout
    assert "Hello" not in pmw("show", "session-a").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["log", "sprong"], "there is no cohort “sprong” in"),
        (["verify", "sprong"], "did you mean spring?"),
        (["verify", "quite another"], "there are: spring"),
        (["verify", "--data", "nowhere", "spring"], "there is none yet"),
        (["verify", "--data", "~no-such-user", "spring"], "there is none yet"),
        (["log", "x" * 5_000], "there is no cohort"),
        (["log", "../spring"], "there is no cohort"),
        (["log", "~no-such-user"], "there is no cohort"),
        (["log", ""], "there is no cohort"),
        (["log", "\x1b[31m\u202e"], "there is no cohort “[31m”"),
        (["show", "sesion-a"], "there is no session “sesion-a” in this kit; did you mean session-a?"),
        (["show", "course"], "there is no session “course”"),
        (["preview", "nothing"], "learning-styles, mindset-implications and 13 more"),
        (["show", "../session-a"], "there is no session"),
        (["show", "session-a", "--kit", "nowhere"], "nowhere is not a kit"),
        (["show", "session-a", "--kit", "~no-such-user"], "is not a kit"),
        (["show", "session-a", "--kit", "x" * 5_000], "is not a kit"),
        (["check", "nowhere.yaml"], "nowhere.yaml does not exist"),
        (["schema", "sesion"], "There are: session, course, unit, centre, planned, exercise, deck."),
        (["schema"], "Missing argument"),
        (["run", "session-c", "--cohort", "x"], "did you mean session-"),
        (["run", "session-a"], "Say for whom: --cohort NAME"),
        (["run", "session-a", "--cohort", " "], "Say for whom: --cohort NAME"),
        (["run", "session-a", "--rehearse", "0"], "--rehearse"),
        (["run", "session-a", "--rehearse", "fast"], "a number from 0.1 to 1000, such as 60"),
        (["run", "session-a", "--rehearse", "nan"], "a number from 0.1 to 1000, such as 60"),
        (["run", "session-a", "--cohort", "x"], "the desk needs a terminal"),
        (["run", "session-a", "--rehearse", "60"], "the desk needs a terminal"),
        ([], "the desk needs a terminal"),
        (["rnu"], "No such command"),
        (["log", "spring", "--jsn"], "No such option"),
    ],
)
def test_a_usage_that_cannot_be_exits_with_2(pmw: Pmw, record: Path, words: list[str], says: str) -> None:
    """What is not there, misspelt or impossible is said on stderr, with what is meant perhaps; stdout stays empty."""
    result = pmw(*words)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""
    assert [path.name for path in record.parent.parent.iterdir()] == ["spring"]


# ---- as real processes


@pytest.mark.parametrize(
    "talk", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_a_pipe_gets_utf_8_whatever_the_locale(tmp_path: Path, talk: dict[str, str]) -> None:
    """Hostile names come through as UTF-8, in data and in talk, where the locale knows only ASCII."""
    cohort(tmp_path, "spring")
    (tmp_path / "Zoë 管理者").mkdir()
    (tmp_path / "Zoë 管理者" / "journal.db").touch()
    env = {**ENV, **talk, "PMWORKSHOP_DATA": str(tmp_path)}
    outputs = []
    for words, code in (
        (["log", "spring"], 0),
        (["log", "Zoé 管理者"], 2),
        (["verify", "Zoë 管理者"], 1),
        (["show", "session-a"], 0),
    ):
        command = [sys.executable, "-m", "pmworkshop", *words]
        done = subprocess.run(command, env=env, capture_output=True, check=False, stdin=subprocess.DEVNULL)
        outputs.append((done.stdout + done.stderr).decode("utf-8"))
        assert done.returncode == code, outputs[-1]
        assert "Traceback" not in outputs[-1]
    assert "管理者 🧑\u200d🏫 0" in outputs[0]
    assert "session-a" in outputs[3] or "Session A" in outputs[3]


def test_without_a_terminal_the_desk_says_so() -> None:
    """`pmworkshop` on a pipe exits with 2 and words, and draws nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "pmworkshop"],
        env=ENV,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("pmworkshop: the desk needs a terminal")
    assert "pmworkshop --help" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no head on Windows")
def test_a_pipe_that_closes_early_is_no_fault(tmp_path: Path) -> None:
    """`pmworkshop log | head -1` ends quietly."""
    data = tmp_path / "data"
    with journal.create(data / "long" / "journal.db") as opened:
        entries = [journal.Entry(at=n, name="Said", version=1, body='"x"') for n in range(20_000)]
        opened.append(entries, expected=opened.head)
    command = f'"{sys.executable}" -m pmworkshop log long --data "{data}" | head -1'
    done = subprocess.run(command, shell=True, env=ENV, capture_output=True, text=True, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["Spring", " spring", "s-pring", "SPRING."])
def test_nearly_the_same_name_makes_no_second_cohort(pmw: Pmw, record: Path, name: str) -> None:
    """A new cohort whose name differs from another's in case, spacing or hyphens only is questioned, not made."""
    result = pmw("run", "session-a", "--cohort", name)
    assert result.exit_code == 2
    if not (record.parent.parent / name.strip() / "journal.db").exists():
        assert "there is “spring”" in result.stderr
    assert [path.name for path in record.parent.parent.iterdir()] == ["spring"]
