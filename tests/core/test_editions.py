"""Editions: every wording that a cohort has had is kept, and a sheet is held against the one it was filled in."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.decide import decide
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.output import Output
from pmworkshop.core.people import Person
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.unit import Criterion, Marking, Outcome, Unit
from pmworkshop.core.units import Instant, Minutes

Then = Callable[..., Cohort]
Refused = Callable[..., str]

NOW = Instant(1_800_000_000_000)
ANNA = ParticipantId("anna")
FORM = Exercise(
    title="Form",
    kind="worksheet",
    about="me",
    privacy="evidence",
    minutes=Minutes(5),
    instructions="Go.",
    items=(
        Item(id="text", kind="short", text="What?"),
        Item(id="more", kind="list", text="More?", at_least=2),
    ),
)
UNIT = Unit(
    reference="1",
    title="Unit",
    level=3,
    credits=2,
    guided_hours=7,
    status="current",
    marking=Marking(rule="at least half"),
    outcomes=(
        Outcome(
            id=1,
            title="One",
            criteria=(
                Criterion(id="1.1", text="Explain it", verb="explain"),
                Criterion(id="1.2", text="Name it", verb="identify"),
            ),
        ),
    ),
)
FULL: dict[str, Any] = {"text": "Seen", "more": ["one", "two"]}


@pytest.fixture
def state(then: Then) -> Cohort:
    return then(
        nobody(),
        c.CreateCohort(name="spring"),
        c.AddParticipants(people=((ANNA, Person(name="Anna")),)),
        c.TakeUpExercise(exercise_id="form", exercise=FORM),
        c.OpenActivity(exercise_id="form"),
    )


def hand_in(output: str, exercise_id: str = "form", answers: Any = FULL, **keys: Any) -> c.SubmitOutput:
    wanted: dict[str, Any] = {"participant": ANNA, "route": "phone", "entered_by": "participant"}
    return c.SubmitOutput(output=OutputId(output), exercise_id=exercise_id, answers=answers, **wanted | keys)


def only(state: Cohort) -> Output:
    (output,) = state.outputs.values()
    return output


def test_a_sheet_is_read_as_it_was_worded_when_it_was_filled_in(
    state: Cohort, then: Then, refused: Refused
) -> None:
    """The edition that somebody had on the screen is the one that their answers are held against, and kept with."""
    renamed = replace(FORM, items=(Item(id="newer", kind="short", text="What now?"),))
    state = then(state, c.TakeUpExercise(exercise_id="form", exercise=renamed))
    assert len(state.editions["form"]) == 2
    old = then(state, hand_in("o1", edition=0))
    assert (only(old).newest.edition, set(only(old).newest.answers)) == (0, {"text", "more"})
    assert "no answer on this sheet" in refused(state, hand_in("o1"))
    new = then(old, hand_in("o2", answers={"newer": "x"}))
    assert [(version.edition, set(version.answers)) for version in only(new).versions] == [
        (0, {"text", "more"}),
        (1, {"newer"}),
    ]
    for number in (-1, 2):
        assert "not been taken up" in refused(state, hand_in("o1", edition=number))


def test_only_another_wording_is_another_edition(state: Cohort, then: Then) -> None:
    """Taking up the same again leads to nothing; the old wording back again is an edition like any other."""
    assert decide(state, c.TakeUpExercise(exercise_id="form", exercise=FORM), NOW) == ()
    changed = replace(FORM, title="Other")
    for one in (changed, FORM):
        state = then(state, c.TakeUpExercise(exercise_id="form", exercise=one))
    assert state.editions["form"] == (FORM, changed, FORM)


def test_an_exercise_asks_once_for_each_criterion_of_its_unit(
    state: Cohort, then: Then, refused: Refused
) -> None:
    """Each criterion in its own words, supported by its own answer; without a unit there is nothing to ask."""
    each = replace(
        FORM, items=(Item(id="sure", kind="short", text="{criterion}?", section="How", for_each="criterion"),)
    )
    taken = then(state, c.TakeUpExercise(exercise_id="each", exercise=each, unit=UNIT))
    assert taken.unit == UNIT
    asked = taken.editions["each"][0].items
    assert [(one.id, one.text, one.section, one.criteria) for one in asked] == [
        ("sure-1-1", "1.1 Explain it?", "How", ("1.1",)),
        ("sure-1-2", "1.2 Name it?", None, ("1.2",)),
    ]
    assert "asks nothing" in refused(state, c.TakeUpExercise(exercise_id="each", exercise=each))
    assert decide(taken, c.TakeUpExercise(exercise_id="each", exercise=each, unit=UNIT), NOW) == ()
