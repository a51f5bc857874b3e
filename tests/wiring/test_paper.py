"""The verbs that print, as a trainer types them: a PDF where it was wanted, and words where there can be none."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pmworkshop.cli import cli
from pmworkshop.core import commands as c
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.sheet_id import sheet_id
from pmworkshop.live.workshop import Accepted, Workshop
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import shipped_kit
from tests.export.pdf_looks import texts

ANNA, HOSTILE = ParticipantId("p1"), ParticipantId("p2")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, with data beside it."""
    monkeypatch.setenv("PMWORKSHOP_DATA", str(tmp_path / "data"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture
def spring(tmp_path: Path) -> str:
    workshop = House(tmp_path / "data", shipped_kit()).open_cohort("spring", new=True)
    assert isinstance(workshop, Workshop)
    people = ((ANNA, Person(name="Anna Berg")), (HOSTILE, Person(name="#panic() \U00013000")))
    assert isinstance(workshop.handle(c.AddParticipants(people=people)), Accepted)
    workshop.close()
    return "spring"


def pmw(*words: str) -> Result:
    result = CliRunner().invoke(cli, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("run-sheet", "session-a"), "run-sheet session-a.pdf"),
        (("handouts", "amo", "AMO", "skill-will"), "handouts amo skill-will.pdf"),
        (("cards", "feedback-situations"), "cards feedback-situations.pdf"),
        (("poster", "--code", "4f7k"), "poster.pdf"),
    ],
)
def test_each_verb_says_where_its_pdf_is(here: Path, words: tuple[str, ...], name: str) -> None:
    """Stdout is the path and nothing else; done again, the paper is replaced and is the same."""
    result = pmw("print", *words)
    assert (result.exit_code, result.stdout) == (0, f"{name}\n")
    first = (here / name).read_bytes()
    assert pmw("print", *words).exit_code == 0
    assert [path.name for path in here.iterdir()] == [name]
    assert (here / name).read_bytes() == first


def test_a_cohorts_sheets_carry_names_and_short_ids(here: Path, spring: str) -> None:
    """One sheet a person; what no font has is named, and the anonymous form stays so."""
    result = pmw("print", "handouts", "amo", "evaluation", "--cohort", spring, "--one-sided")
    assert result.exit_code == 0
    assert "4 sheets" in result.stderr
    assert "U+13000" in result.stderr
    whole = "".join(texts((here / "handouts amo evaluation spring.pdf").read_bytes()))
    assert whole.count("AnnaBerg") == whole.count("#panic()") == 1
    for who in (ANNA, HOSTILE):
        assert sheet_id(who, "amo") in whole
        assert sheet_id(who, "evaluation") not in whole


def test_more_sheets_than_a_laptop_takes_at_once_come_in_parts(
    here: Path, spring: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large cohort's papers are several files, none of which stands for the whole; each exercise is in one."""
    monkeypatch.setattr("pmworkshop.wiring.paper.MOST_SHEETS", 3)
    result = pmw(
        "print", "handouts", "amo", "skill-will", "motivators", "--cohort", spring, "--to", "all.pdf"
    )
    assert result.stdout.splitlines() == ["all, 1 of 2.pdf", "all, 2 of 2.pdf"]
    assert "4 sheets" in result.stderr
    assert "2 sheets" in result.stderr
    first, second = ("".join(texts((here / name).read_bytes())) for name in result.stdout.splitlines())
    assert sheet_id(ANNA, "skill-will") in first
    assert sheet_id(ANNA, "motivators") in second


def test_where_to_is_a_file_or_a_folder(here: Path) -> None:
    """`--to` names the PDF, or the folder that it goes into, which is made."""
    assert pmw("print", "poster", "--to", "deep/down/mine.PDF").exit_code == 0
    assert pmw("print", "poster", "--to", "deep/folder").exit_code == 0
    found = {path.relative_to(here).as_posix() for path in here.rglob("*") if path.is_file()}
    assert found == {"deep/down/mine.PDF", "deep/folder/poster.pdf"}


def test_a_file_of_somebody_elses_is_never_written_over(here: Path) -> None:
    """What stands there and is not ours stays, byte for byte."""
    (here / "poster.pdf").write_bytes(b"%PDF-1.7 the caterer's menu")
    result = pmw("print", "poster")
    assert result.exit_code == 2
    assert "no paper of ours" in result.stderr
    assert (here / "poster.pdf").read_bytes().endswith(b"menu")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("run-sheet", "sesion-a"), "did you mean session-a?"),
        (("handouts", "amo", "skil-will"), "did you mean skill-will?"),
        (("cards", "difficult"), "there are: coaching-questions"),
        (("handouts", "--cohort", "autumn"), "there is no cohort “autumn”"),
        (("poster", "--address", "javascript:alert(1)"), "--address takes a web address"),
        (("poster", "--code", "no code"), "--code takes the room's code"),
    ],
)
def test_what_is_not_there_is_said_in_words(here: Path, words: tuple[str, ...], why: str) -> None:
    """Exit 2, the nearest name, no file."""
    result = pmw("print", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert why in result.stderr
    assert list(here.iterdir()) == []


def test_an_empty_register_is_said(here: Path, tmp_path: Path) -> None:
    """A cohort without people has no sheets of its own; the words say what to do instead."""
    workshop = House(tmp_path / "data", shipped_kit()).open_cohort("empty", new=True)
    assert isinstance(workshop, Workshop)
    workshop.close()
    result = pmw("print", "handouts", "amo", "--cohort", "empty")
    assert result.exit_code == 2
    assert "without --cohort" in result.stderr
    assert list(here.iterdir()) == []
