"""What is produced together: activities that are opened and closed, the anonymous box, a brainstorm's ideas and dots."""

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.answers import Answers
from pmworkshop.core.decide import decide
from pmworkshop.core.exercise import Choice, Exercise, Item
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.output import FLIP_CHART, AnonymousSheet
from pmworkshop.core.people import Person
from pmworkshop.core.producing import anonymous_sheet
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.units import Instant, Minutes

Then = Callable[..., Cohort]
Refused = Callable[..., str]

NOW = Instant(1_800_000_000_000)
ANNA, BORIS = (ParticipantId(name) for name in ("anna", "boris"))
FORM = Exercise(
    title="Form",
    kind="worksheet",
    about="me",
    privacy="evidence",
    minutes=Minutes(5),
    instructions="Go.",
    items=(
        Item(id="text", kind="short", text="What?"),
        Item(id="sure", kind="yes-no", text="Sure?", required=False),
    ),
)
BOX = replace(FORM, privacy="anonymous")
STORM = replace(
    FORM,
    kind="brainstorm",
    items=(Item(id="ideas", kind="list", text="Ideas?"),),
    categories=(Choice(id="thanks", text="Thanks"), Choice(id="time", text="Time")),
    dots=2,
)


@pytest.fixture
def state(then: Then) -> Cohort:
    exercises = {"form": FORM, "storm": STORM, "box": BOX}
    return then(
        nobody(),
        c.CreateCohort(name="spring"),
        c.AddParticipants(people=tuple((one, Person(name=one.title())) for one in (ANNA, BORIS))),
        *(c.TakeUpExercise(exercise_id=key, exercise=one) for key, one in exercises.items()),
    )


# ---- activities


def test_an_activity_is_opened_closed_and_revealed(state: Cohort, then: Then, refused: Refused) -> None:
    """Each once; opened again it keeps when it was first opened and whether its results were shown."""
    opening, closing = c.OpenActivity(exercise_id="form"), c.CloseActivity(exercise_id="form")
    reveal = c.RevealResults(exercise_id="form", on=True)
    assert "not been taken up" in refused(state, replace(opening, exercise_id="x"))
    assert "not been opened" in refused(state, reveal)
    assert decide(state, closing, NOW) == ()
    shown = then(state, opening, reveal)
    assert decide(shown, opening, NOW) == ()
    assert decide(shown, reveal, NOW) == ()
    shut = then(shown, closing)
    assert (shut.activities["form"].open, shut.activities["form"].closed) == (False, NOW)
    assert decide(shut, closing, NOW) == ()
    later = Instant(NOW + 60_000)
    assert then(shut, opening, now=later).activities == shown.activities
    assert then(state, opening, now=later).activities["form"].opened == later
    assert not then(shown, replace(reveal, on=False)).activities["form"].revealed


# ---- the anonymous box

GIVEN: tuple[tuple[int, Answers], ...] = (
    (0, {"text": "b"}),
    (0, {"text": "a", "sure": True}),
    (0, {"text": "a"}),
    (1, {"text": "a"}),
    (0, {"text": "a"}),
    (0, {"sure": False}),
)
SHEETS = tuple(AnonymousSheet(edition=edition, answers=answers) for edition, answers in GIVEN)


def enter(*sheets: AnonymousSheet, box: str = "box-1", exercise_id: str = "box") -> c.EnterAnonymous:
    return c.EnterAnonymous(exercise_id=exercise_id, box=box, sheets=sheets)


@pytest.fixture
def boxed(state: Cohort, then: Then) -> Cohort:
    """Take the anonymous exercise up in a second wording, so that sheets of two editions lie in its box."""
    return then(state, c.TakeUpExercise(exercise_id="box", exercise=replace(BOX, title="Worded anew")))


def test_the_order_of_anonymous_sheets_tells_nothing(boxed: Cohort, then: Then) -> None:
    """In whatever order they were handed in, and their items answered, the record is the same to the letter."""
    kept: dict[str, e.AnonymousEntered] = {}
    for order in permutations(SHEETS):
        decision = decide(boxed, enter(*order), NOW)
        assert isinstance(decision, tuple)
        (event,) = decision
        assert isinstance(event, e.AnonymousEntered)
        kept[repr(event)] = event
    (event,) = kept.values()
    assert sorted(map(repr, event.sheets)) == sorted(map(repr, SHEETS))
    assert then(boxed, enter(*SHEETS)).anonymous["box"] == event.sheets
    fields = {name for name in e.AnonymousEntered.__dataclass_fields__ if not name.startswith("_")}
    assert fields == {"exercise_id", "box", "sheets"}


def test_a_box_is_entered_once_and_only_when_its_activity_is_closed(
    boxed: Cohort, then: Then, refused: Refused
) -> None:
    """While others may still hand in, nothing is entered; entered again it leads to nothing; the next box is added."""
    opening = c.OpenActivity(exercise_id="box")
    assert "closed" in refused(then(boxed, opening), enter(SHEETS[0]))
    shut = then(boxed, opening, c.CloseActivity(exercise_id="box"))
    once = then(shut, enter(*SHEETS[:2]))
    assert decide(once, enter(*SHEETS), NOW) == ()
    assert decide(once, enter(box="box-2"), NOW) == ()
    twice = then(once, enter(SHEETS[2], box="box-2"))
    assert twice.anonymous["box"] == (SHEETS[1], SHEETS[0], SHEETS[2])
    assert twice.emptied == {"box-1", "box-2"}


def test_what_has_a_name_and_what_has_none_are_never_mixed(state: Cohort, refused: Refused) -> None:
    """An anonymous exercise takes no output under a name, and an exercise under names no anonymous sheet."""
    named = c.SubmitOutput(
        output=OutputId("o1"),
        exercise_id="box",
        participant=ANNA,
        answers={"text": "x"},
        route="phone",
        entered_by="participant",
    )
    assert "without a name" in refused(state, named)
    assert "under a name" in refused(state, enter(SHEETS[0], exercise_id="form"))
    assert "not been taken up" in refused(state, enter(SHEETS[0], exercise_id="stranger"))
    assert "not been taken up" in refused(state, enter(replace(SHEETS[0], edition=7)))


def test_one_anonymous_sheet_for_each_person(boxed: Cohort, then: Then) -> None:
    """Into the open box goes one complete sheet a person, of the newest wording; nothing else does."""

    def put(
        state: Cohort, answers: Answers, *, handed_in: tuple[ParticipantId, ...] = ()
    ) -> AnonymousSheet | str:
        found = anonymous_sheet(state, "box", handed_in, ANNA, answers, with_gaps=False)
        return found.words if isinstance(found, Refusal) else found

    full: Answers = {"text": " x "}
    is_open = then(boxed, c.OpenActivity(exercise_id="box"))
    assert put(is_open, full) == AnonymousSheet(edition=1, answers={"text": "x"})
    assert put(is_open, full, handed_in=(BORIS,)) == AnonymousSheet(edition=1, answers={"text": "x"})
    assert "cannot be changed" in str(put(is_open, full, handed_in=(ANNA,)))
    assert "Not complete" in str(put(is_open, {"sure": True}))
    for shut in (boxed, then(is_open, c.CloseActivity(exercise_id="box"))):
        assert "closed" in str(put(shut, full))


# ---- ideas and dots


def sort(idea: str, category: str | None) -> c.SortIdea:
    return c.SortIdea(exercise_id="storm", idea=idea, category=category)


def place(voter: ParticipantId | None, *ideas: str) -> c.PlaceDots:
    return c.PlaceDots(exercise_id="storm", voter=voter, ideas=ideas)


def test_an_idea_is_sorted_however_it_is_spelt(state: Cohort, then: Then, refused: Refused) -> None:
    """Case and spaces set aside it is one idea; in a category, in another, or in none again."""
    state = then(state, sort("Say  thanks", "thanks"), sort("An early finish", "time"))
    assert sorted(state.boards["storm"].sorted.values()) == ["thanks", "time"]
    assert decide(state, sort("SAY THANKS ", "thanks"), NOW) == ()
    moved = then(state, sort("say thanks", "time"))
    assert list(moved.boards["storm"].sorted.values()) == ["time", "time"]
    assert list(then(moved, sort("Say thanks", None)).boards["storm"].sorted.values()) == ["time"]
    assert decide(state, sort("new", None), NOW) == decide(state, sort(" \x00", "time"), NOW) == ()
    assert "no such category" in refused(state, sort("new", "money"))
    assert "not been taken up" in refused(state, replace(sort("new", None), exercise_id="x"))


def test_everybody_has_so_many_dots_and_the_wall_any_number(
    state: Cohort, then: Then, refused: Refused
) -> None:
    """Dots replace those of the same voter; all may be on one idea; the flip chart's are counted, not limited."""
    state = then(
        state, place(ANNA, "Thanks", "time"), place(BORIS, "thanks", "THANKS"), place(None, *["Time"] * 7)
    )
    dots = state.boards["storm"].dots
    assert {key: len(ideas) for key, ideas in dots.items()} == {ANNA: 2, BORIS: 2, FLIP_CHART: 7}
    assert len({idea for ideas in dots.values() for idea in ideas}) == 2
    assert decide(state, place(ANNA, "TIME", "thanks"), NOW) == ()
    assert then(state, place(ANNA, "time")).boards["storm"].dots[ANNA] == ("time",)
    assert then(state, place(ANNA)).boards["storm"].dots[ANNA] == ()
    assert refused(state, place(ANNA, "a", "b", "c")) == "3 dots; each person has 2."
    assert "not on the register" in refused(state, place(ParticipantId("nobody"), "a"))
    assert "not been taken up" in refused(state, replace(place(None, "a"), exercise_id="x"))
