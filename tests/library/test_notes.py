"""A trainer's notes become sessions: the shipped ones from the document they were made of, and others never seen before."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core.plan import Segment, Session
from pmworkshop.core.timetable import place
from pmworkshop.core.units import MINUTE, minute_of_day, time_of_day
from pmworkshop.library import load_kit, shipped_kit_path
from pmworkshop.library.known import Known
from pmworkshop.library.notes import Imported, Notes, NotesError, imported
from pmworkshop.library.notes.mentions import spread
from pmworkshop.library.notes.reading import lines_of, numbered, words_of
from pmworkshop.library.sheet import check_sheet
from pmworkshop.library.source import Source
from tests.library.notes.shapes import SHAPES, Shape

NOTES = Path(__file__).parent / "notes" / "trainer-notes.txt"
WORD = re.compile(r"\w+")


def read(text: str, name: str = "Feedback notes") -> tuple[Imported, ...]:
    return imported(Notes(name=name, source="feedback-notes.txt", lines=lines_of(numbered(text))))


def session(one: Imported) -> Session:
    """Return what `check` makes of a written plan; it must have nothing against it, warnings included."""
    source = Source(f"{one.stem}.yaml", one.text)
    value = check_sheet(source, "session", Known()).value
    assert source.problems == [], [str(problem) for problem in source.problems]
    assert isinstance(value, Session)
    return value


def starts(plan: Session) -> list[str]:
    first = minute_of_day(plan.start)
    return [time_of_day(first + slot.start // MINUTE) for slot in place(plan)[0].slots]


def numbers(segment: Segment, kind: str) -> set[int]:
    own = spread(getattr(segment, kind))
    options = segment.options.of if segment.options else ()
    return set(own).union(*(spread(getattr(option, kind)) for option in options))


# ---- the document that the kit exists for


@pytest.mark.parametrize(("at", "name"), [(0, "session-a"), (1, "session-b")])
def test_the_trainers_own_notes_give_the_shipped_sessions(at: int, name: str) -> None:
    """Every start, slide and page, the break and the assumed end are those of the shipped plan."""
    found = read(NOTES.read_text("utf-8"))
    assert [one.stem for one in found] == ["session-a", "session-b"]
    made, shipped = session(found[at]), load_kit(shipped_kit_path()).sessions[name]
    assert (made.title, made.start, made.end, made.end_assumed) == (
        shipped.title,
        shipped.start,
        shipped.end,
        True,
    )
    assert [one.at for one in made.segments] == [one.at for one in shipped.segments]
    for mine, theirs in zip(made.segments, shipped.segments, strict=True):
        assert (mine.kind, mine.fixed, numbers(mine, "slides"), numbers(mine, "pages")) == (
            theirs.kind,
            theirs.fixed,
            numbers(theirs, "slides"),
            numbers(theirs, "pages"),
        )
        assert mine.kind == "work" or mine.minutes == 15


def test_options_and_what_to_look_for_become_keys() -> None:
    """“Activity options:” with bullets is a choice of one, “Option to …” a choice at will, with slides of their own."""
    a, b = (session(one) for one in read(NOTES.read_text("utf-8")))
    assert a.segments[1].look_for == ("Gaps", "Overkill", "Links or lack of linkage between the five steps")
    goal, talk = b.segments[1].options, b.segments[5].options
    assert goal is not None
    assert talk is not None
    assert (goal.choose, [(one.title, one.slides) for one in goal.of]) == (
        "any",
        [("Relate to motivation", "25, 26")],
    )
    assert (talk.choose, [(one.title, one.slides) for one in talk.of]) == (
        "one",
        [
            ("Difficult conversation cards", None),
            ("Plan an improvement planning conversation", "33"),
            ("Plan a challenging conversation", "44"),
        ],
    )


def test_what_was_guessed_is_marked_right_above_its_line_and_told_with_its_place() -> None:
    """The end that the notes do not give, a way of working taken from a word, a slide that stands twice."""
    one = read(NOTES.read_text("utf-8"))[1]
    lines = one.text.splitlines()
    end = lines.index('end: "12:30"')
    assert lines[end - 1].startswith("# unsure: ")
    assert "(line 91 of the notes)" in lines[end - 1]
    method = lines.index("    method: [brainstorm]")
    assert lines[method - 1] == "    # unsure: guessed from “brainstorm” (line 78 of the notes)"
    assert (78, "“Reward and recognition”, method: guessed from “brainstorm”") in one.unsure
    assert any("slide 33 stands in" in words for _, words in one.unsure)


# ---- notes that nobody has shown it


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_notes_of_any_shape_give_their_starts_titles_slides_and_pages(shape: Shape) -> None:
    """However times, titles and mentions are written, the plan has them, passes `check` and has lost no word."""
    found = read(shape.text)
    plans = {one.title: session(one) for one in found}
    assert {
        title: [
            (at, segment.title, segment.slides or "", segment.pages or "")
            for at, segment in zip(starts(plan), plan.segments, strict=True)
        ]
        for title, plan in plans.items()
    } == shape.sessions
    pauses = [part.title for plan in plans.values() for part in plan.segments if part.kind == "break"]
    assert tuple(pauses) == shape.breaks
    for title, plan in plans.items():
        assert plan.end_assumed == (title not in shape.ends)
        assert plan.end == shape.ends.get(title, plan.end)
    assert lost(shape.text, found) == set()


def test_a_time_that_does_not_fit_stays_in_the_notes_and_is_told() -> None:
    """A number that looks like a start between two that agree is not one; its line says so."""
    shape = next(one for one in SHAPES if one.name == "one time runs backwards")
    (one,) = read(shape.text)
    assert "9.45 is when the caterer rings" in (session(one).segments[1].notes or "")
    assert any(number == 4 and "does not fit" in words for number, words in one.unsure)


@pytest.mark.parametrize(
    ("notes", "minutes", "words"),
    [
        ("9.30 One (20 mins)\n10.00 Two\n", None, "what follows begins 30 min later"),
        ("9.30 One (45 mins)\n10.00 Two\n", None, "but there are 30 up to what follows"),
        ("9.30-9.45 One\n10.00 Two\n", 15, "15 min are left open"),
    ],
)
def test_a_length_that_does_not_agree_with_the_next_start_is_told(
    notes: str, minutes: int | None, words: str
) -> None:
    """Starts count more than lengths; a given end is kept, with the gap that it leaves."""
    (one,) = read(f"Title\n{notes}")
    assert one.fit
    assert yaml.safe_load(one.text)["segments"][0].get("minutes") == minutes
    assert any(words in said for _, said in one.unsure)


def test_text_without_a_time_gives_no_session() -> None:
    """Prose with numbers in it is no running order."""
    assert read("Dear all,\nwe meet at 9.30 in room 4.\n1.2 criterion\n1400 words at most\n") == ()


@pytest.mark.parametrize("name", ["Planned", "Course", "Lpt0"])
def test_no_session_takes_a_name_that_means_something_else(name: str) -> None:
    """Notes called as one of the kit's own files, or a device of Windows, become a session of another file's name."""
    (found,) = read("9:30 Welcome\n10:00 Tasks\n", name=name)
    assert found.stem == f"session-{name.lower()}"


def test_more_than_a_session_can_hold_is_refused_in_words() -> None:
    """Thousands of lines or starts are no notes; the words say what to do."""
    with pytest.raises(NotesError, match="import a part"):
        read("x\n" * 5001)
    many = "".join(f"{time_of_day(6 * 60 + at)} Part {at}\n" for at in range(600))
    with pytest.raises(NotesError, match="more than 500"):
        read(many)


# ---- nothing is lost

TIMES = st.sampled_from(
    ["9.30", "09:30", "10.15 am", "2pm", "1400", "9.30-10.15", "12.30", "1.15", "11:00", "1.2", "(9.45)"]
)
PIECES = st.one_of(
    TIMES,
    st.sampled_from(
        [
            "slide 3-5",
            "pp6, 7",
            "12,13 of workbook",
            "Break",
            "Option:",
            "Activity options:",
            "look for:",
            "Session B",
            "Day 2",
            "(20 mins)",
            "|",
            "\t",
            "**",
            "# ",
            "- ",
            "•",
            "1. ",
            ": ",
            " #",
            "'",
            '"',
            "{",
            "[red]",
            "&a",
            "*a",
            "!x",
            "---",
            "...",
            "%",
            "@",
            "`",
            "null",
            "true",
            "0x1",
            "\x0b",
            "\u202e",
            "\x85",
            "\u2028",
            "\ufeff",
            "x" * 300,
        ]
    ),
    st.text(max_size=12),
)
LINES = st.builds(
    lambda begin, parts: " ".join([*begin, *parts]), st.lists(TIMES, max_size=1), st.lists(PIECES, max_size=5)
)


def lost(text: str, found: tuple[Imported, ...]) -> set[str]:
    """Return the words of notes that stand in none of the plans, remarks included."""
    kept = {word for one in found for word in WORD.findall(one.text)}
    return {word for line in text.splitlines() for word in WORD.findall(words_of(line))} - kept


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_any_text_passes_check_and_loses_no_word(lines: list[str]) -> None:
    """Whatever notes hold, each session made of them is sound, and every word stands in it somewhere."""
    text = "\n".join(lines)
    found = read(text)
    for one in found:
        assert one.fit, ([str(problem) for problem in one.problems], one.text)
    assert not found or lost(text, found) == set()


def test_very_long_notes_are_kept_whole(tmp_path: Path) -> None:
    """What one text cannot hold stands below it as remarks, and the plan still passes."""
    del tmp_path
    long = " ".join(f"w{number}" for number in range(3000))
    text = f"Title\n{long}\n9.30 {long}\n{long}\n\n{long}\n10.00 End\n"
    (one,) = read(text)
    assert len(session(one).segments[0].title) <= 80
    assert lost(text, (one,)) == set()
