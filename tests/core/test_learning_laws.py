"""Whatever a plan and its deliveries look like, what is learned from them is a plan that can be run."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pmworkshop.core.learning import WORTH, Lesson, learn, median
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.sparing import shortest_of
from pmworkshop.core.timetable import place
from pmworkshop.core.units import MINUTE, Minutes, TimeOfDay
from tests.core.any_plans import applied, errors, plans

Minuted = Mapping[SegmentId, Sequence[int]]


@st.composite
def taught(draw: st.DrawFn) -> tuple[Session, Minuted]:
    """Draw a plan, and deliveries that scatter about some true length of each segment, or have none of it."""
    session = draw(plans())
    took = {}
    for segment, slot in zip(session.segments, place(session)[0].slots, strict=True):
        true = max(slot.length // MINUTE + draw(st.integers(-20, 25)), 1)
        spread = draw(st.lists(st.integers(-4, 4), max_size=6))
        took[segment.id] = tuple(max(true + one, 1) for one in spread)
    return session, took


def lengths(session: Session) -> list[int]:
    return [slot.length // MINUTE for slot in place(session)[0].slots]


@given(taught())
def test_what_is_learned_can_be_run_and_fixed_points_stay(case: tuple[Session, Minuted]) -> None:
    """The new plan has no error; the end, every fixed start and the first stay; edits say what the proposal says."""
    session, took = case
    proposal = learn(session, took)
    new = applied(session, proposal.edits)
    assert errors(new) == []
    before, after = place(session)[0], place(new)[0]
    assert after.end == before.end
    for index, (was, now) in enumerate(zip(before.slots, after.slots, strict=True)):
        if index == 0 or was.fixed:
            assert now.start == was.start
    assert lengths(new) == list(proposal.lengths)


@given(taught())
def test_nothing_goes_below_its_shortest_and_idle_time_never_grows(case: tuple[Session, Minuted]) -> None:
    """Who only gives way keeps the shortest length of the house; every start is later than the one before."""
    session, took = case
    proposal = learn(session, took)
    new = applied(session, proposal.edits)
    for segment, now, lesson in zip(session.segments, new.segments, proposal.lessons, strict=True):
        length = proposal.lengths[session.segments.index(segment)]
        assert length >= (now.shortest or 1)
        if not lesson.sure:
            assert length >= shortest_of(segment, lesson.planned)
    assert sum(lengths(new)) >= sum(lengths(session))


@given(taught())
def test_without_evidence_of_a_change_there_is_none(case: tuple[Session, Minuted]) -> None:
    """A stretch between fixed points in which no segment is to change keeps all of its figures; so does one delivery."""
    session, took = case
    once = learn(session, {name: minutes[:1] for name, minutes in took.items()})
    assert once.edits == ()
    proposal = learn(session, took)
    opens = [index for index, segment in enumerate(session.segments) if index == 0 or segment.fixed]
    for first, end in zip(opens, [*opens[1:], len(session.segments)], strict=True):
        if all(one.wanted == one.planned for one in proposal.lessons[first:end]):
            assert {edit.field for edit in proposal.edits if first <= edit.segment < end} <= {"shortest"}


@st.composite
def agreed(draw: st.DrawFn) -> tuple[Session, Minuted]:
    """Draw a plan, and five deliveries that agree to the minute on each segment."""
    session = draw(plans())
    slots = place(session)[0].slots
    return session, {
        slot.segment: (max(slot.length // MINUTE + draw(st.integers(-15, 15)), 1),) * 5 for slot in slots
    }


@given(agreed())
def test_learning_twice_from_the_same_deliveries_changes_nothing_more(case: tuple[Session, Minuted]) -> None:
    """Also where there was no room for what deliveries took: applied again, a proposal does not wander.

    Set aside are segments within a minute of what they took, which counts as planned.
    """
    session, took = case
    new = applied(session, learn(session, took).edits)
    both = [
        *zip(session.segments, lengths(session), strict=True),
        *zip(new.segments, lengths(new), strict=True),
    ]
    assume(not any(abs(length - took[one.id][0]) == 1 for one, length in both))
    assert learn(new, took).edits == ()


def lesson(planned: int, *took: int, shortest: int | None = None) -> Lesson:
    only = Segment(id=SegmentId("s"), title="S", shortest=Minutes(shortest) if shortest is not None else None)
    end = TimeOfDay(f"{9 + planned // 60:02d}:{planned % 60:02d}")
    plan = Session(title="S", start=TimeOfDay("09:00"), end=end, segments=(only,))
    return learn(plan, {SegmentId("s"): took}).lessons[0]


@pytest.mark.parametrize(
    ("took", "sure", "why"),
    [
        ((), "", "no delivery"),
        ((40,), "", "a single delivery"),
        ((24, 26), "a hint", ""),
        ((24, 26, 23), "a hint", ""),
        ((24, 26, 23, 27), "fairly sure", ""),
        ((24, 40, 23, 60), "a hint", ""),
        ((21, 21, 21, 21), "", "as planned"),
        ((19, 18, 26, 27, 28, 29), "", "now longer, now shorter"),
        ((19, 25, 26, 27, 28, 29), "fairly sure", ""),
        ((14, 15, 13, 16), "fairly sure", ""),
    ],
)
def test_how_sure_follows_from_number_side_and_spread(took: tuple[int, ...], sure: str, why: str) -> None:
    """Of a plan of 20: two on one side are a hint, four that agree are fairly sure, one or a muddle are nothing."""
    found = lesson(20, *took)
    assert (found.sure, found.why) == (sure, why)
    assert found.wanted == (median(took) if sure else 20)
    assert not sure or abs(found.wanted - 20) >= WORTH


def test_a_shortest_length_that_nobody_kept_comes_down() -> None:
    """Only if all of four deliveries stayed below it; a hint alone leaves it, and it holds the proposal up."""
    assert lesson(20, 9, 10, 9, 8, shortest=12).shortest == 9
    assert lesson(20, 9, 10, 9, 12, shortest=12).shortest is None
    hint = lesson(20, 9, 10, shortest=12)
    assert (hint.shortest, hint.wanted, hint.sure) == (None, 12, "a hint")
