"""A walk-in who is somebody on the register becomes that person, with everything that was theirs."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.apply import apply, fold
from pmworkshop.core.decide import decide
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import DeliveryId, OutputId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort, Seat, nobody
from pmworkshop.core.units import NOTHING, Instant, Minutes
from tests.core.any_commands import DECK, MORNING, PLAN

Then = Callable[..., Cohort]
Refused = Callable[..., str]

JON, JOHN, ANNA = (ParticipantId(name) for name in ("jon", "john", "anna"))
DAY = DeliveryId("day")
LATER = Instant(MORNING + 60_000)
FORM = Exercise(
    title="Form",
    kind="worksheet",
    about="me",
    filled_by="pair",
    privacy="shared",
    minutes=Minutes(5),
    instructions="Go.",
    items=(Item(id="text", kind="short", text="What?"),),
)
MERGE = c.MergeWalkIn(walk_in=JON, into=JOHN)


def hand_in(
    output: str, by: ParticipantId, *members: ParticipantId, exercise: str = "form"
) -> c.SubmitOutput:
    return c.SubmitOutput(
        output=OutputId(output),
        exercise_id=exercise,
        participant=by,
        members=members,
        answers={"text": output},
        route="phone",
        entered_by="participant",
    )


@pytest.fixture
def state(then: Then) -> Cohort:
    """John and Anna were expected; Jon came in by phone, handed in, sat down and was marked present."""
    people = ((JOHN, Person(name="John Smith")), (ANNA, Person(name="Anna Berg")))
    return then(
        nobody(),
        c.CreateCohort(name="spring"),
        c.AddParticipants(people=people),
        c.OpenDelivery(delivery=DAY, session_id="a", session=PLAN, zone="UTC", utc_offset=NOTHING),
        c.JoinRoom(participant=JON, name="Jon Smyth", device="1" * 64),
        c.TakeUpExercise(exercise_id="form", exercise=FORM),
        c.OpenActivity(exercise_id="form"),
        c.TakeUpExercise(exercise_id="pairs", exercise=FORM),
        c.OpenActivity(exercise_id="pairs"),
        hand_in("his", JON),
        hand_in("theirs", ANNA, JON, exercise="pairs"),
        c.ChooseForPack(output=OutputId("his"), participant=JON, on=True),
        c.TakeSeat(participant=JON, deck_id="talks", deck=DECK, group="Red", seat=1),
        c.MarkAttendance(delivery=DAY, participant=JON, arrival="late"),
        now=MORNING,
    )


def test_what_was_his_is_the_others(state: Cohort, then: Then) -> None:
    """Phones, outputs, groups, seats, choices and the attendance follow; the walk-in is gone from the register."""
    after = then(state, MERGE, now=LATER)
    assert set(after.participants) == {JOHN, ANNA}
    assert after.participants[JOHN].name == "John Smith"
    assert after.phones == {"1" * 64: JOHN}
    assert after.joined == {JOHN: MORNING}
    assert after.outputs[OutputId("his")].people == (JOHN,)
    assert after.outputs[OutputId("theirs")].people == (ANNA, JOHN)
    assert after.for_pack == {("his", JOHN): True}
    assert after.seats == {("talks", JOHN): Seat(group="Red", number=1)}
    assert after.deliveries[DAY].attendance[JOHN].arrival == "late"


def test_what_the_other_has_of_their_own_stays(state: Cohort, then: Then) -> None:
    """Their own seat and their own mark in the register are not written over, and nobody stands twice in a group."""
    own = then(
        state,
        c.TakeSeat(participant=JOHN, deck_id="talks", deck=DECK, group="Blue", seat=0),
        c.MarkAttendance(delivery=DAY, participant=JOHN, arrival="present"),
        now=MORNING,
    )
    after = then(own, MERGE, now=LATER)
    assert after.seats == {("talks", JOHN): Seat(group="Blue", number=0)}
    assert after.deliveries[DAY].attendance[JOHN].arrival == "present"
    assert JON not in after.deliveries[DAY].attendance


def test_who_may_not_be_merged(state: Cohort, then: Then, refused: Refused) -> None:
    """Only a walk-in can be somebody else, somebody who is there, and never where both have done the same."""
    assert "no walk-in" in refused(state, c.MergeWalkIn(walk_in=ANNA, into=JOHN))
    for one in (c.MergeWalkIn(walk_in=JON, into=JON), c.MergeWalkIn(walk_in=JON, into=ParticipantId("x"))):
        assert "not on the register" in refused(state, one)
    both = then(state, hand_in("johns", JOHN), now=MORNING)
    assert "Both have handed in “Form”" in refused(both, MERGE)
    withdrawn = then(both, c.WithdrawOutput(output=OutputId("his"), reason="Double"), now=MORNING)
    assert not isinstance(decide(withdrawn, MERGE, LATER), Refusal)


@given(cut=st.integers(0, 3))
@settings(deadline=None, database=None)
def test_replayed_in_any_pieces_it_is_the_same(cut: int) -> None:
    """However the record is folded, together or one by one, nobody is left behind under the name that is gone."""
    log: list[tuple[e.Event, Instant]] = [
        (e.ParticipantAdded(participant=JOHN, name="John"), MORNING),
        (e.ParticipantAdded(participant=JON, name="Jon", walk_in=True), MORNING),
        (e.PhoneJoined(participant=JON, device="1" * 64, way="name"), MORNING),
        (e.ParticipantMerged(participant=JON, into=JOHN), LATER),
    ]
    one_by_one = nobody()
    for event, at in log:
        one_by_one = apply(one_by_one, event, at)
    assert fold(fold(nobody(), log[:cut]), log[cut:]) == one_by_one
    assert one_by_one.phones == {"1" * 64: JOHN}
