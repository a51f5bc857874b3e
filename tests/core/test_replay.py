"""The replay law: a cohort's state is the fold of its events, and nothing else; resuming is running."""

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.apply import apply, fold
from pmworkshop.core.decide import decide
from pmworkshop.core.deck import Card, Deck, Theme
from pmworkshop.core.exercise import Choice, Exercise, Item, Scale, When
from pmworkshop.core.ids import DeliveryId, NoteId, OutputId, ParticipantId
from pmworkshop.core.output import AnonymousSheet
from pmworkshop.core.people import Person
from pmworkshop.core.plan import Option, Options, Resource, Segment, SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.running import projection
from pmworkshop.core.state import NOTE_KINDS, Cohort, nobody
from pmworkshop.core.units import DAY, HOUR, MINUTE, NOTHING, Duration, Instant, Minutes, TimeOfDay

MORNING = Instant(20_878 * DAY + 9 * HOUR + 30 * MINUTE)
Log = list[tuple[e.Event, Instant]]
Script = list[tuple[c.Command, Instant]]
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
FORM = Exercise(
    title="Form",
    kind="worksheet",
    about="me",
    privacy="evidence",
    minutes=Minutes(5),
    instructions="Go.",
    scales=(Scale(id="three", labels=("Low", "Middling", "High")),),
    items=(
        Item(id="who", kind="code", text="Who?", required=False),
        Item(id="rated", kind="rating", text="How?", scale="three", dont_know=True, required=False),
        Item(
            id="why", kind="list", text="Why?", at_least=2, when=When(item="rated", any_of=("1", "dont-know"))
        ),
    ),
)
EXERCISES = {
    "form": (FORM, replace(FORM, title="Form, worded anew")),
    "each": (replace(FORM, repeatable=True, named_by=("who",)),),
    "box": (replace(FORM, privacy="anonymous"),),
    "storm": (replace(FORM, kind="brainstorm", categories=(Choice(id="thanks", text="Thanks"),), dots=2),),
}
DECK = Deck(
    title="Talks",
    instructions="Draw.",
    themes=(Theme(id="late", title="Late"), Theme(id="rude", title="Rude")),
    cards=tuple(
        Card(id=f"c{number}", title="A talk", theme=theme, text="You begin.")
        for number, theme in enumerate(("late", "late", "rude"))
    ),
)

deliveries = st.sampled_from([DeliveryId("d1"), DeliveryId("d2"), DeliveryId("d3")])
segments = st.sampled_from([SegmentId(one) for one in ("s0", "s1", "s2", "s3", "talk", "break", "work")])
participants = st.sampled_from([ParticipantId(f"p{number}") for number in range(4)])
notes = st.sampled_from([NoteId("n1"), NoteId("n2")])
words = st.text(max_size=30) | st.sampled_from(["Anna", "ANNA ", "", "\x1b[31m", "[b]x[/b]", "x" * 10_001])
people = st.builds(Person, name=words, organisation=st.none() | words)
offsets = st.sampled_from([NOTHING, HOUR, Duration(-5 * HOUR)])
shifts = st.integers(-20, 20).map(lambda count: Duration(count * MINUTE))
instants = st.integers(-30, 90).map(lambda count: Instant(MORNING + count * MINUTE))
kinds = st.sampled_from(NOTE_KINDS)
exercise_ids = st.sampled_from([*EXERCISES, "unknown"])
outputs = st.sampled_from([OutputId(f"o{number}") for number in range(3)])
some_answers = st.fixed_dictionaries(
    {},
    optional={
        "who": st.sampled_from(["TM1", "tm 2", "Anna", None]),
        "rated": st.sampled_from([1, "3", "dont-know", 7, ["x"]]),
        "why": st.lists(words, max_size=3) | words,
        "unknown": words,
    },
)
sheets = st.builds(
    AnonymousSheet,
    edition=st.integers(0, 1),
    answers=st.sampled_from([{"who": "TM1"}, {"who": "TM2"}, {"rated": 3}]),
)
ideas = st.sampled_from(["Thanks", "THANKS ", "An early finish", ""])
groups = st.sampled_from(["red", " red", "blue", ""])
timers = st.sampled_from(["report-backs", "trios ", ""])

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
    c.TakeUpExercise: st.sampled_from(
        [
            c.TakeUpExercise(exercise_id=name, exercise=one)
            for name, wordings in EXERCISES.items()
            for one in wordings
        ]
    ),
    c.OpenActivity: st.builds(c.OpenActivity, exercise_id=exercise_ids, delivery=st.none() | deliveries),
    c.CloseActivity: st.builds(c.CloseActivity, exercise_id=exercise_ids),
    c.RevealResults: st.builds(c.RevealResults, exercise_id=exercise_ids, on=st.booleans()),
    c.SubmitOutput: st.builds(
        c.SubmitOutput,
        output=outputs,
        exercise_id=exercise_ids,
        edition=st.none() | st.integers(-1, 2),
        participant=participants,
        members=st.lists(participants, max_size=2).map(tuple),
        delivery=st.none() | deliveries,
        answers=some_answers,
        route=st.sampled_from(["phone", "laptop", "paper"]),
        entered_by=st.sampled_from(["participant", "trainer"]),
        submission=st.none() | st.sampled_from(["s1", "s2"]),
        with_gaps=st.booleans(),
    ),
    c.WithdrawOutput: st.builds(c.WithdrawOutput, output=outputs, reason=words),
    c.RestoreOutput: st.builds(c.RestoreOutput, output=outputs),
    c.EnterAnonymous: st.builds(
        c.EnterAnonymous,
        exercise_id=st.sampled_from(["box", "form"]),
        box=st.sampled_from(["b1", "b2"]),
        sheets=st.lists(sheets, max_size=3).map(tuple),
    ),
    c.SortIdea: st.builds(
        c.SortIdea,
        exercise_id=st.sampled_from(["storm", "form"]),
        idea=ideas | words,
        category=st.sampled_from([None, "thanks", "x"]),
    ),
    c.PlaceDots: st.builds(
        c.PlaceDots,
        exercise_id=st.sampled_from(["storm", "form"]),
        voter=st.none() | participants,
        ideas=st.lists(ideas, max_size=3).map(tuple),
    ),
    c.DrawCard: st.builds(
        c.DrawCard,
        deck_id=st.just("talks"),
        deck=st.just(DECK),
        group=groups,
        theme=st.sampled_from([None, None, "late", "x"]),
        difficulty=st.sampled_from([None, None, 1, 3]),
        chance=st.integers(),
        again=st.booleans(),
    ),
    c.SwapRoles: st.builds(c.SwapRoles, deck_id=st.just("talks"), group=groups),
    c.StartTimer: st.builds(c.StartTimer, timer=timers, length=shifts),
    c.StopTimer: st.builds(c.StopTimer, timer=timers),
}
OPENING = (
    c.CreateCohort(name="spring"),
    *(
        c.OpenDelivery(delivery=one, session_id="a", session=PLAN, zone="x", utc_offset=NOTHING)
        for one in (DeliveryId("d1"), DeliveryId("d2"))
    ),
    c.StartDelivery(delivery=DeliveryId("d1"), zone="x", utc_offset=NOTHING),
)

TAKEN_UP = (
    c.AddParticipants(people=tuple((ParticipantId(f"p{n}"), Person(name=f"Person {n}")) for n in range(3))),
    *(c.TakeUpExercise(exercise_id=name, exercise=wordings[0]) for name, wordings in EXERCISES.items()),
    *(c.OpenActivity(exercise_id=name) for name in ("form", "storm")),
)


@pytest.fixture(scope="session")
def day() -> Script:
    """Return the day of the golden journals, in which every event happens."""
    place = Path(__file__).parents[1] / "golden" / "make_journal.py"
    spec = importlib.util.spec_from_file_location("make_journal", place)
    assert spec is not None
    assert spec.loader is not None
    made: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert made.MORNING == MORNING
    return [(command, Instant(MORNING + minute * MINUTE)) for minute, command in made.script()]


@st.composite
def scripts(draw: st.DrawFn, day: Script) -> Script:
    """Any commands in any order, at instants that may even run backwards; or a whole day, with some left out and some put in."""
    if draw(st.booleans()):
        opening = draw(st.sampled_from([OPENING, (*OPENING, *TAKEN_UP), (*OPENING, *TAKEN_UP), ()]))
        count = draw(st.integers(0, 25))
        more = draw(st.lists(st.one_of(*COMMANDS.values()), min_size=count, max_size=count))
        return [(command, draw(instants)) for command in (*opening, *more)]
    places = st.integers(0, len(day))
    gone = draw(st.sets(places, max_size=8))
    put_in = draw(st.lists(st.tuples(places, st.one_of(*COMMANDS.values()), instants), max_size=12))
    script: Script = []
    for place, at_its_time in enumerate(day):
        script += [(command, at) for where, command, at in put_in if where == place]
        script += [] if place in gone else [at_its_time]
    return script[draw(st.sampled_from([0, 0, 0, 1])) :]


def one_by_one(log: Log) -> Cohort:
    state = nobody()
    for event, at in log:
        state = apply(state, event, at)
    return state


def test_the_scripts_below_know_every_command() -> None:
    """A command that is new must come into these laws."""
    assert set(COMMANDS) == set(c.Command.__args__)


def test_the_golden_day_meets_every_event(day: Script) -> None:
    """None of its commands is refused, and there is no event that it does not lead to: the laws below reach them all."""
    state, met = nobody(), set()
    for command, now in day:
        decision = decide(state, command, now)
        assert not isinstance(decision, Refusal), decision.words
        state = fold(state, [(event, now) for event in decision])
        met |= {type(event) for event in decision}
    assert met == set(e.EVENTS.values())


@given(data=st.data())
@laws
def test_a_state_is_the_fold_of_its_events(day: Script, data: st.DataObject) -> None:
    """No command raises; what it leads to can be applied; and folding the events anew, one by one or all at once, gives every state."""
    script = data.draw(scripts(day))
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


@given(data=st.data())
@laws
def test_erasing_people_leaves_the_clock_as_it_was(day: Script, data: st.DataObject) -> None:
    """Without the events about people, their notes and outputs, the rest still folds, and every timer figure is the same."""
    about_people = (
        e.ParticipantAdded,
        e.ParticipantCorrected,
        e.AttendanceMarked,
        e.LeftEarly,
        e.NoteTaken,
        e.NoteCorrected,
        e.OutputSubmitted,
        e.DotsPlaced,
    )
    log: Log = []
    state = nobody()
    for command, now in data.draw(scripts(day)):
        decision = decide(state, command, now)
        for event in () if isinstance(decision, Refusal) else decision:
            state = apply(state, event, now)
            log.append((event, now))
    erased = one_by_one([(event, at) for event, at in log if not isinstance(event, about_people)])
    assert not erased.participants
    assert not erased.notes
    assert not erased.outputs
    assert not any(board.dots for board in erased.boards.values())
    for what in ("editions", "activities", "anonymous", "draws", "timers", "unit"):
        assert getattr(erased, what) == getattr(state, what)
    assert {key: one.marks for key, one in erased.deliveries.items()} == {
        key: one.marks for key, one in state.deliveries.items()
    }
    strangers = one_by_one([(event, at) for event, at in log if not isinstance(event, e.DeliveryOpened)])
    assert not strangers.deliveries
