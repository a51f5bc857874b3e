"""The replay law: a cohort's state is the fold of its events, and nothing else; resuming is running."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.apply import apply, fold
from pmworkshop.core.decide import decide
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.running import projection
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.units import MINUTE, Instant
from tests.core.any_commands import COMMANDS, MORNING, OPENING, TAKEN_UP, instants
from tests.golden import make_journal

Log = list[tuple[e.Event, Instant]]
Script = list[tuple[c.Command, Instant]]
laws = settings(deadline=None, database=None, max_examples=200)


@pytest.fixture(scope="session")
def day() -> Script:
    """Return the day of the golden journals, in which every event happens."""
    assert make_journal.MORNING == MORNING
    return [(command, Instant(MORNING + minute * MINUTE)) for minute, command in make_journal.script()]


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
    for what in ("phones", "joined", "signed_out", "seats", "for_pack"):
        assert not getattr(erased, what)
    for what in ("editions", "activities", "anonymous", "draws", "timers", "unit", "message"):
        assert getattr(erased, what) == getattr(state, what)
    assert {key: one.marks for key, one in erased.deliveries.items()} == {
        key: one.marks for key, one in state.deliveries.items()
    }
    strangers = one_by_one([(event, at) for event, at in log if not isinstance(event, e.DeliveryOpened)])
    assert not strangers.deliveries
