"""A kit as the workshop uses it: what is in it, what is kept out, and the shipped one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pmworkshop.core.exercise import ITEM_KEYS
from pmworkshop.core.timetable import place
from pmworkshop.core.unit import criteria_of
from pmworkshop.core.units import minutes
from pmworkshop.library import LibraryError, Problem, load_kit, shipped_kit_path
from pmworkshop.library import survey as library_survey
from pmworkshop.library.source import Source, open_source

MORNING = "sessions/morning.yaml"


def test_a_good_kit_has_no_problems_and_everything_in_it(kit: Path) -> None:
    """Course, sessions, units and what is planned come as core values."""
    found = load_kit(kit)
    assert found.problems == ()
    assert found.course is not None
    assert found.course.title == "Course"
    assert [segment.at for segment in found.sessions["morning"].segments] == ["09:30", "10:00"]
    assert found.unit is found.units["unit"]
    assert dict(found.planned) == {"quiz": "A quiz"}


def test_the_shipped_kit_is_clean_and_complete() -> None:
    """Both sessions are fit to run, end at 12:30, and serve all eleven criteria; there is not even a warning."""
    kit = load_kit(shipped_kit_path())
    assert kit.problems == ()
    assert list(kit.sessions) == ["session-a", "session-b"]
    assert kit.unit is not None
    assert len(criteria_of(kit.unit)) == 11
    for session in kit.sessions.values():
        assert place(session)[0].end == minutes(180)


def test_a_session_with_an_error_is_kept_out_and_the_others_stay(
    spoil: Callable[[str, str, str], Path],
) -> None:
    """One broken file takes only itself out of the kit."""
    kit = spoil(MORNING, "title: First", "title: 5")
    (kit / "sessions" / "other.yaml").write_bytes((kit / MORNING).read_bytes().replace(b"5", b"x"))
    found = load_kit(kit)
    assert list(found.sessions) == ["other"]
    assert found.course is not None


def test_sessions_come_in_the_order_of_the_course(spoil: Callable[[str, str, str], Path]) -> None:
    """The course decides the order, not the file names; unlisted ones come last."""
    kit = spoil("sessions/course.yaml", "[morning]", "[zeta, morning]")
    for name in ("zeta", "alpha"):
        (kit / "sessions" / f"{name}.yaml").write_bytes((kit / MORNING).read_bytes())
    assert list(load_kit(kit).sessions) == ["zeta", "morning", "alpha"]


def test_exercises_and_decks_of_any_language_come_as_core_values(foreign: Path) -> None:
    """An exercise with its own scales, words and kinds of items, and a deck with roles: no problem, all there."""
    found = load_kit(foreign)
    assert found.problems == ()
    assert list(found.exercises) == ["frage", "ideen", "standort"]
    assert {item.kind for item in found.exercises["standort"].items} >= ITEM_KEYS.keys()
    assert found.exercises["standort"].factors[0].bands[1].high == 2.4
    assert [role.id for role in found.decks["gespraeche"].roles] == ["chefin", "person"]
    assert dict(found.planned) == {"quiz": "Ein Quiz", "spaeter": "Kommt noch"}


def test_an_exercise_that_came_leaves_the_planned_list(kit: Path, foreign: Path) -> None:
    """A planned id whose file exists is a warning; the exercise is used."""
    (foreign / "exercises" / "frage.yaml").rename(kit / "exercises" / "quiz.yaml")
    found = load_kit(kit)
    assert [str(problem) for problem in found.problems] == [
        "exercises/planned.yaml:2:9: warning: “quiz” is no longer planned: its file is there; take it off the list",
    ]
    assert "quiz" in found.exercises


def test_a_broken_exercise_or_deck_is_the_only_thing_that_is_blamed(
    foreign: Path, spoil: Callable[[str, str, str], Path]
) -> None:
    """A session may name an exercise with errors, an exercise a deck with errors: only those are kept out."""
    spoil("exercises/planned.yaml", "  - id: quiz\n    title: Ein Quiz\n", "")
    (foreign / "exercises" / "quiz.yaml").write_text("items: [\n")
    (foreign / "cards" / "gespraeche.yaml").write_text("cards: []\n")
    found = load_kit(foreign)
    assert {problem.path for problem in found.problems} == {"exercises/quiz.yaml", "cards/gespraeche.yaml"}
    assert list(found.exercises) == ["frage", "ideen", "standort"]
    assert not found.decks
    assert "morning" in found.sessions


def test_an_exercise_may_name_a_deck_that_is_planned(
    foreign: Path, spoil: Callable[[str, str, str], Path]
) -> None:
    """As a session may name an exercise before it is written."""
    (foreign / "cards" / "gespraeche.yaml").unlink()
    assert [problem.path for problem in load_kit(foreign).problems] == ["exercises/standort.yaml"]
    spoil("cards/planned.yaml", "planned: []", "planned: [{id: gespraeche, title: x}]")
    assert load_kit(foreign).problems == ()


def test_every_file_is_read_once(foreign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One walk opens each file of the kit a single time, whatever refers to it."""
    opened: list[str] = []

    def counting(path: Path, shown: str) -> Source:
        opened.append(shown)
        return open_source(path, shown)

    monkeypatch.setattr(library_survey, "open_source", counting)
    load_kit(foreign)
    assert sorted(opened) == sorted(path.relative_to(foreign).as_posix() for path in foreign.rglob("*.yaml"))


def test_a_missing_course_is_one_problem(kit: Path) -> None:
    """Without course.yaml the sessions are still read, and nobody else is blamed."""
    (kit / "sessions" / "course.yaml").unlink()
    found = load_kit(kit)
    assert [str(problem) for problem in found.problems] == [
        "sessions/course.yaml:1:1: the course is missing; write this file: title, unit and sessions"
    ]
    assert found.course is None
    assert found.unit is None
    assert list(found.sessions) == ["morning"]


def test_a_broken_course_does_not_hide_an_unknown_criterion(
    spoil: Callable[[str, str, str], Path],
) -> None:
    """While the course cannot be read, the only unit there is stands in for the one it names."""
    kit = spoil(MORNING, '"1.2"', '"1.7"')
    (kit / "sessions" / "course.yaml").write_text("title: [")
    words = [problem.what for problem in load_kit(kit).problems]
    assert words == ["the file ends in the middle of something", "there is no criterion “1.7”"]


def test_a_file_with_the_other_ending_and_hidden_files(kit: Path) -> None:
    """`.yml` is told to be renamed; hidden files, such as macOS leaves on memory sticks, are passed over."""
    (kit / "sessions" / "other.yml").write_text("title: x\n")
    (kit / "sessions" / "._morning.yaml").write_bytes(b"\x00\x05\x16")
    (kit / "sessions" / ".yaml").write_bytes(b"")
    assert [str(problem) for problem in load_kit(kit).problems] == [
        "sessions/other.yml:1:1: the kit reads only *.yaml; rename it to other.yaml"
    ]


def test_a_folder_that_is_no_kit_is_refused_in_words(tmp_path: Path) -> None:
    """A place without sessions/ is no problem of a file but a wrong place."""
    with pytest.raises(LibraryError, match="is not a kit: there is no folder “sessions” in it"):
        load_kit(tmp_path)


def test_a_problem_is_one_line_and_sorts_by_place() -> None:
    """Path, line, column, then words; warnings are marked."""
    late = Problem(path="b.yaml", line=10, column=2, what="x", remedy="y")
    early = Problem(path="b.yaml", line=9, column=20, severity="warning", what="x", remedy="y")
    assert sorted([late, early]) == [early, late]
    assert str(late) == "b.yaml:10:2: x; y"
    assert str(early) == "b.yaml:9:20: warning: x; y"


def test_hostile_words_in_a_file_stay_on_one_clean_line(spoil: Callable[[str, str, str], Path]) -> None:
    """Keys, values and titles with line breaks or direction overrides are quoted clean and short."""
    kit = spoil(
        MORNING,
        "title: Second",
        '"a\\n\\u202Eb": 1\n    title: |\n      Se\n      cond\n    kind: "' + "\\n" * 99 + '"',
    )
    (kit / MORNING).write_bytes((kit / MORNING).read_bytes().replace(b'"10:00"', b'"09:00"'))
    lines = [str(problem) for problem in load_kit(kit).problems]
    assert any("`a b` is no key of a segment" in line for line in lines)
    for line in lines:
        assert "\n" not in line
        assert "\u202e" not in line
        assert len(line) < 500
