"""By which way a sheet comes in: from a phone while its activity is open, from the laptop and on paper at any time."""

from collections.abc import Callable
from typing import Any

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.decide import decide
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.output import Output
from pmworkshop.core.people import Person
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
        Item(id="more", kind="list", text="More?", at_least=2),
    ),
)
FULL: dict[str, Any] = {"text": "Seen", "more": ["one", "two"]}
CLOSING = c.CloseActivity(exercise_id="form")


@pytest.fixture
def state(then: Then) -> Cohort:
    return then(
        nobody(),
        c.CreateCohort(name="spring"),
        c.AddParticipants(people=tuple((one, Person(name=one.title())) for one in (ANNA, BORIS))),
        c.TakeUpExercise(exercise_id="form", exercise=FORM),
        c.OpenActivity(exercise_id="form"),
    )


def hand_in(output: str, exercise_id: str = "form", answers: Any = FULL, **keys: Any) -> c.SubmitOutput:
    wanted: dict[str, Any] = {"participant": ANNA, "route": "phone", "entered_by": "participant"}
    return c.SubmitOutput(output=OutputId(output), exercise_id=exercise_id, answers=answers, **wanted | keys)


def only(state: Cohort) -> Output:
    (output,) = state.outputs.values()
    return output


def test_a_phone_hands_in_while_its_activity_is_open(state: Cohort, then: Then, refused: Refused) -> None:
    """Before it was opened and after it was closed a phone is refused, whatever is on the sheet; opened again it is not."""
    never = then(state, c.TakeUpExercise(exercise_id="new", exercise=FORM))
    for answers in (FULL, {}, {"text": "x" * 300}):
        assert "closed now" in refused(never, hand_in("o1", "new", answers))
        assert "closed now" in refused(then(state, CLOSING), hand_in("o1", answers=answers))
    again = then(state, CLOSING, c.OpenActivity(exercise_id="form"), hand_in("o1"))
    assert only(again).newest.route == "phone"
    shut = then(again, CLOSING)
    assert "closed now" in refused(shut, hand_in("o1", answers=FULL | {"text": "Changed"}))
    assert only(shut).newest.answers["text"] == "Seen"


@pytest.mark.parametrize("route", ["laptop", "paper"])
def test_the_trainer_s_own_routes_need_no_open_activity(
    state: Cohort, then: Then, route: str, refused: Refused
) -> None:
    """What is on paper, or filled in at the laptop, is taken whenever the trainer has it."""
    shut = then(state, CLOSING)
    assert only(then(shut, hand_in("o1", route=route))).newest.route == route
    assert "Not complete" in refused(shut, hand_in("o1", answers={"text": "x"}, route=route), question=True)


def test_a_sheet_that_came_in_time_is_acknowledged_after_the_closing(
    state: Cohort, then: Then, refused: Refused
) -> None:
    """A phone that did not hear the answer sends again what is in the record already, and is not told that it was lost."""
    shut = then(state, hand_in("o1", submission="s1"), CLOSING)
    assert decide(shut, hand_in("o2", submission="s1"), NOW) == ()
    for late in (hand_in("o2", submission="s2"), hand_in("o2", submission=""), hand_in("o2")):
        assert "closed now" in refused(shut, late)
    assert "closed now" in refused(shut, hand_in("o2", answers=FULL | {"text": "x"}, submission="s1"))
    assert "closed now" in refused(shut, hand_in("o2", participant=BORIS, submission="s1"))
