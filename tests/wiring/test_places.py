"""Where cohorts are: a folder's name for any name, and how a cohort is found again."""

import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmworkshop.core.text import clean_line
from pmworkshop.wiring.places import JOURNAL, as_written, cohorts, data_folder, journal_path, slug, there

RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
names = st.text() | st.text("aAbß-_. /\\:çc\u0327\u202e", max_size=9) | st.sampled_from(sorted(RESERVED))
laws = settings(deadline=None, database=None, max_examples=400)


def same(name: str) -> str:
    return unicodedata.normalize("NFC", clean_line(name))


@laws
@given(name=names)
@example(name="")
@example(name="..")
@example(name="-rf")
@example(name="x" * 10_000)
@example(name="𠮷" * 200)
@example(name="CON.txt")
@example(name="com¹")
@example(name="a/b")
@example(name="\ud800")
@example(name="🧑\u200d🏫")
def test_any_name_gives_a_safe_folder_name(name: str) -> None:
    """It is never empty, a separator, reserved, hidden, an option, too long for a file system, or hard to type."""
    made = slug(name)
    assert made
    assert len(made) <= 70
    assert len(made.encode()) <= 255
    assert made == clean_line(made)
    assert not set(made) & set('/\\:*?"<>|\0 ')
    assert made[0] not in ".- "
    assert made[-1] not in ".- "
    assert made.split(".")[0].casefold() not in RESERVED
    assert PureWindowsPath(made).name == made
    assert slug(name) == made


@laws
@given(one=names, other=names)
@example(one="Spring 2027", other="Spring-2027")
@example(one="a/b", other="a\\b")
@example(one="x" * 100, other="x" * 101)
@example(one="con", other="CON")
def test_two_names_never_share_a_folder(one: str, other: str) -> None:
    """Different names have different folders; two spellings of the same characters have the same."""
    assert (slug(one) == slug(other)) == (same(one) == same(other))


@pytest.mark.parametrize("name", ["spring-2027", "Gruppe_7", "Łódź", "管理者", "v1.2", "a"])
def test_simple_names_stay_as_they_are(name: str) -> None:
    """Letters and figures of any script, hyphens, underscores and dots within need no change."""
    assert slug(name) == name


def test_a_cohort_is_found_by_its_name_and_by_its_folder(tmp_path: Path) -> None:
    """The list shows folders; whoever types either, the name or the folder, gets the same record."""
    path = journal_path(tmp_path, "Spring/2027")
    assert path.parent.parent == tmp_path
    path.parent.mkdir()
    path.touch()
    assert journal_path(tmp_path, "Spring/2027") == path
    assert journal_path(tmp_path, path.parent.name) == path
    assert [one.name for one in cohorts(tmp_path)] == [path.parent.name]
    for outside in ("..", "../" + tmp_path.name, str(path.parent), "", ".", "x" * 5_000, "\0"):
        found = journal_path(tmp_path, outside)
        assert found.name == JOURNAL
        assert found.parent.parent == tmp_path
        assert found != path
    assert cohorts(path) == cohorts(tmp_path / "nowhere") == []


def test_the_data_folder_is_the_nearest_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was given counts before the environment, which counts before the visible folder in the documents."""
    monkeypatch.setenv("PMWORKSHOP_DATA", "elsewhere")
    assert data_folder("here") == Path("here")
    assert data_folder(None) == Path("elsewhere")
    monkeypatch.delenv("PMWORKSHOP_DATA")
    assert data_folder(None).name == "PM Workshop"
    assert data_folder("~") == Path.home()
    assert as_written("~no-such-user/x") == Path("~no-such-user/x")


def test_what_cannot_be_looked_at_is_not_there(tmp_path: Path) -> None:
    """A name too long for the file system is no fault."""
    assert there(tmp_path)
    assert not there(tmp_path / ("x" * 5_000))
    assert not there(tmp_path / "a\0b", Path.is_file)
