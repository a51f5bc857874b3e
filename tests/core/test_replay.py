"""The replay law: a cohort's state is the fold of its events, and nothing else; resuming is running."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.apply import apply, fold
from pmworkshop.core.decide import decide
from pmworkshop.core.ids import DeliveryId, NoteId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.plan import Option, Options, Resource, Segment, SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.running import projection
from pmworkshop.core.state import NOTE_KINDS, Cohort, nobody
from pmworkshop.core.units import DAY, HOUR, MINUTE, NOTHING, Duration, Instant, Minutes, TimeOfDay

MORNING = Instant(20_700 * DAY + 9 * HOUR)
Log = list[tuple[e.Event, Instant]]
laws = settings(deadline=None, database=None, max_examples=200)

PLAN = Session(
    title="Short morning",
    start=TimeOfDay("09:30"),
    end=TimeOfDay("10:30"),
    segments=(
        Segment(id=SegmentId("s0"), title="Talk", minutes=Minutes(20), look_for=("gaps", "overkill")),
        Segment(id=SegmentId("s1"), title="Break", kind="break", at=TimeOfDay("09:50"), fixed=True),
        Segment(
            id=SegmentId("s2"),
            title="Work",
            at=TimeOfDay("10:00"),
            options=Options(of=(Option(id="film", title="Film"), Option(id="cards", title="Cards"))),
        ),
    ),
)

deliveries = st.sampled_from([DeliveryId("d1"), DeliveryId("d2"), DeliveryId("d3")])
segments = st.sampled_from([SegmentId(f"s{number}") for number in range(4)])
participants = st.sampled_from([ParticipantId(f"p{number}") for number in range(4)])
notes = st.sampled_from([NoteId("n1"), NoteId("n2")])
words = st.text(max_size=30) | st.sampled_from(["Anna", "ANNA ", "", "\x1b[31m", "[b]x[/b]", "x" * 10_001])
people = st.builds(Person, name=words, organisation=st.none() | words)
offsets = st.sampled_from([NOTHING, HOUR, Duration(-5 * HOUR)])
shifts = st.integers(-20, 20).map(lambda count: Duration(count * MINUTE))
instants = st.integers(-30, 90).map(lambda count: Instant(MORNING + count * MINUTE))
kinds = st.sampled_from(NOTE_KINDS)

COMMANDS: dict[type, st.SearchStrategy[Any]] = {
    c.CreateCohort: st.builds(c.CreateCohort, name=words),
    c.AddParticipants: st.builds(
        c.AddParticipants,
        people=st.lists(st.tuples(participants, people), max_size=3).map(tuple),
        doubles=st.sampled_from(["ask", "add", "leave out"]),
    ),
    c.RemoveParticipant: st.builds(c.RemoveParticipant, participant=participants),
    c.CorrectParticipant: st.builds(c.CorrectParticipant, participant=participants, person=people),
    c.OpenDelivery: st.builds(
        c.OpenDelivery,
        delivery=deliveries,
        session_id=st.just("session-a"),
        session=st.just(PLAN),
        resources=st.just((Resource(id="talk", title="The talk"),)),
        zone=st.just("Europe/London"),
        utc_offset=offsets,
    ),
    c.StartDelivery: st.builds(
        c.StartDelivery,
        delivery=deliveries,
        move_plan=st.booleans(),
        zone=st.just("Europe/London"),
        utc_offset=offsets,
    ),
    c.MoveOn: st.builds(c.MoveOn, delivery=deliveries),
    c.GoBack: st.builds(c.GoBack, delivery=deliveries),
    c.JumpTo: st.builds(c.JumpTo, delivery=deliveries, segment=segments),
    c.Pause: st.builds(c.Pause, delivery=deliveries),
    c.Resume: st.builds(c.Resume, delivery=deliveries),
    c.AddTime: st.builds(c.AddTime, delivery=deliveries, by=shifts, segment=st.none() | segments),
    c.CorrectStart: st.builds(c.CorrectStart, delivery=deliveries, began=instants),
    c.FinishDelivery: st.builds(c.FinishDelivery, delivery=deliveries),
    c.ReopenDelivery: st.builds(c.ReopenDelivery, delivery=deliveries),
    c.TickResource: st.builds(
        c.TickResource,
        delivery=deliveries,
        resource=st.sampled_from(["talk", "cards"]),
        on=st.booleans(),
    ),
    c.TickLookFor: st.builds(
        c.TickLookFor,
        delivery=deliveries,
        segment=segments,
        index=st.integers(-1, 2),
        on=st.booleans(),
    ),
    c.ChooseOptions: st.builds(
        c.ChooseOptions,
        delivery=deliveries,
        segment=segments,
        options=st.lists(st.sampled_from(["film", "cards", "quiz"]), max_size=2).map(tuple),
    ),
    c.MarkAttendance: st.builds(
        c.MarkAttendance,
        delivery=deliveries,
        participant=participants,
        arrival=st.sampled_from(["present", "late", "absent"]),
    ),
    c.MarkLeft: st.builds(c.MarkLeft, delivery=deliveries, participant=participants),
    c.TakeNote: st.builds(
        c.TakeNote, note=notes, delivery=deliveries, kind=kinds, text=words, owner=st.none() | words
    ),
    c.CorrectNote: st.builds(c.CorrectNote, note=notes, kind=kinds, text=words, owner=st.none() | words),
    c.ReportClockStep: st.builds(c.ReportClockStep, delivery=deliveries, by=shifts),
}
OPENING = (
    c.CreateCohort(name="spring"),
    *(
        c.OpenDelivery(delivery=one, session_id="a", session=PLAN, zone="x", utc_offset=NOTHING)
        for one in (DeliveryId("d1"), DeliveryId("d2"))
    ),
    c.StartDelivery(delivery=DeliveryId("d1"), zone="x", utc_offset=NOTHING),
)


@st.composite
def scripts(draw: st.DrawFn) -> list[tuple[c.Command, Instant]]:
    """Any commands in any order, at instants that may even run backwards."""
    opening = draw(st.sampled_from([OPENING, OPENING, ()]))
    given_commands = draw(st.lists(st.one_of(*COMMANDS.values()), max_size=30))
    return [(command, draw(instants)) for command in (*opening, *given_commands)]


def one_by_one(log: Log) -> Cohort:
    state = nobody()
    for event, at in log:
        state = apply(state, event, at)
    return state


def test_the_scripts_below_know_every_command() -> None:
    """A command that is new must come into these laws."""
    assert set(COMMANDS) == set(c.Command.__args__)


@given(script=scripts())
@laws
def test_a_state_is_the_fold_of_its_events(script: list[tuple[c.Command, Instant]]) -> None:
    """No command raises; what it leads to can be applied; and folding the events anew, one by one or all at once, gives every state."""
    log: Log = []
    states: list[tuple[int, Cohort]] = [(0, nobody())]
    for command, now in script:
        state = states[-1][1]
        decision = decide(state, command, now)
        assert decide(state, command, now) == decision
        if isinstance(decision, Refusal):
            assert decision.words.strip()
            continue
        for event in decision:
            state = apply(state, event, now)
            log.append((event, now))
        states.append((len(log), state))
        for delivery in state.deliveries.values():
            projection(delivery, now)
    for length, state in states:
        assert one_by_one(log[:length]) == state
    halfway, somewhere = states[len(states) // 2]
    assert fold(somewhere, log[halfway:]) == states[-1][1]
    assert somewhere == one_by_one(log[:halfway])


@given(script=scripts())
@laws
def test_erasing_people_leaves_the_clock_as_it_was(script: list[tuple[c.Command, Instant]]) -> None:
    """Without the events about people and notes, the rest still folds, and every timer figure is the same."""
    about_people = (
        e.ParticipantAdded,
        e.ParticipantCorrected,
        e.AttendanceMarked,
        e.LeftEarly,
        e.NoteTaken,
        e.NoteCorrected,
    )
    log: Log = []
    state = nobody()
    for command, now in script:
        decision = decide(state, command, now)
        for event in () if isinstance(decision, Refusal) else decision:
            state = apply(state, event, now)
            log.append((event, now))
    erased = one_by_one([(event, at) for event, at in log if not isinstance(event, about_people)])
    assert not erased.participants
    assert not erased.notes
    assert {key: one.marks for key, one in erased.deliveries.items()} == {
        key: one.marks for key, one in state.deliveries.items()
    }
    strangers = one_by_one([(event, at) for event, at in log if not isinstance(event, e.DeliveryOpened)])
    assert not strangers.deliveries
