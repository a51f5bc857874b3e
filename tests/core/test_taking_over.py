"""The laws of taking a newer plan over while a session runs: what has begun stays, what is ahead is the newer plan's."""

from dataclasses import replace
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.apply import apply
from pmworkshop.core.decide import decide
from pmworkshop.core.ids import DeliveryId, ProposalId
from pmworkshop.core.moves import Move, RunOption
from pmworkshop.core.plan import Option, Options, Resource, Segment, SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.running import projection
from pmworkshop.core.state import Cohort, Delivery, nobody
from pmworkshop.core.taking_over import begun_up_to, merged
from pmworkshop.core.timetable import place
from pmworkshop.core.units import DAY, MINUTE, NOTHING, Duration, Instant, Minutes, TimeOfDay, minute_of_day
from tests.core.any_plans import plans

THE = DeliveryId("the-delivery")
MIDNIGHT = Instant(20_700 * DAY)
NAMES = tuple(SegmentId(f"s{number}") for number in range(12))
OPTIONS = Options(choose="any", of=(Option(id="film", title="Film"), Option(id="cards", title="Cards")))
laws = settings(deadline=None, database=None, max_examples=150)

names = st.sampled_from(NAMES)
shifts = st.integers(-12, 12).map(lambda count: Duration(count * MINUTE))
proposals = st.sampled_from([ProposalId("q1"), ProposalId("q2")])


@st.composite
def newer_plans(draw: st.DrawFn) -> Session:
    """Draw a plan whose segments are the old one's in part, in any order, with other looks and options."""
    plan = draw(plans())
    called = draw(st.permutations(NAMES)) if draw(st.booleans()) else list(NAMES)
    return replace(
        plan,
        segments=tuple(
            replace(
                segment,
                id=name,
                look_for=draw(st.sampled_from([(), ("gaps",), ("gaps", "overkill")])),
                options=draw(st.sampled_from([None, OPTIONS, replace(OPTIONS, of=OPTIONS.of[1:])])),
            )
            for name, segment in zip(called, plan.segments, strict=False)
        ),
    )


COMMANDS: st.SearchStrategy[Any] = st.one_of(
    st.builds(c.StartDelivery, delivery=st.just(THE), move_plan=st.booleans(), zone=st.just("x"), utc_offset=st.just(NOTHING)),
    st.builds(c.MoveOn, delivery=st.just(THE)),
    st.builds(c.MoveOn, delivery=st.just(THE)),
    st.builds(c.GoBack, delivery=st.just(THE)),
    st.builds(c.JumpTo, delivery=st.just(THE), segment=names),
    st.builds(c.Pause, delivery=st.just(THE)),
    st.builds(c.Resume, delivery=st.just(THE)),
    st.builds(c.AddTime, delivery=st.just(THE), by=shifts, segment=st.none() | names),
    st.builds(c.FinishDelivery, delivery=st.just(THE)),
    st.builds(c.ReopenDelivery, delivery=st.just(THE)),
    st.builds(c.TickLookFor, delivery=st.just(THE), segment=names, index=st.integers(0, 1), on=st.just(True)),
    st.builds(c.ChooseOptions, delivery=st.just(THE), segment=names, options=st.sampled_from([("film",), ("cards",), ("film", "cards")])),
    st.builds(
        c.AcceptProposal,
        delivery=st.just(THE),
        proposal=proposals,
        moves=st.lists(st.builds(Move, segment=names, by=shifts), max_size=2).map(tuple),
        dropped=st.lists(names, max_size=1).map(tuple),
        options=st.lists(st.builds(RunOption, segment=names, option=st.just("film")), max_size=1).map(tuple),
    ),
    st.builds(c.UndoProposal, delivery=st.just(THE), proposal=proposals),
    st.builds(c.TakeOverPlan, delivery=st.just(THE), session=newer_plans()),
)  # fmt: skip


def carry_out(state: Cohort, command: Any, now: Instant) -> Cohort:
    """Carry a command out, where it is not refused."""
    decision = decide(state, command, now)
    for event in () if isinstance(decision, Refusal) else decision:
        state = apply(state, event, now)
    return state


@st.composite
def days(draw: st.DrawFn) -> tuple[Cohort, Instant]:
    """Any session, as far as any day has brought it; most often it is under way."""
    plan = draw(newer_plans())
    now = Instant(MIDNIGHT + minute_of_day(plan.start) * MINUTE)
    opening = c.OpenDelivery(
        delivery=THE,
        session_id="any",
        session=plan,
        resources=(Resource(id="film", title="Film"),),
        zone="x",
        utc_offset=NOTHING,
    )
    start = c.StartDelivery(delivery=THE, zone="x", utc_offset=NOTHING)
    state = carry_out(nobody(), c.CreateCohort(name="spring"), now)
    script = [opening, c.TickResource(delivery=THE, resource="film", on=True)]
    script += [start] if draw(st.integers(0, 5)) else []
    for command in (*script, *draw(st.lists(COMMANDS, max_size=12))):
        state = carry_out(state, command, now)
        now = Instant(now + draw(st.integers(0, 9)) * MINUTE)
    return state, now


def the(state: Cohort) -> Delivery:
    return state.deliveries[THE]


def taken(state: Cohort, newer: Session, now: Instant) -> tuple[Delivery, Delivery]:
    """Return the delivery before and after `newer` was taken over; a plan that is refused is no example."""
    decision = decide(state, c.TakeOverPlan(delivery=THE, session=newer), now)
    assume(not isinstance(decision, Refusal))
    return the(state), the(carry_out(state, c.TakeOverPlan(delivery=THE, session=newer), now))


@given(day=days(), newer=newer_plans())
@laws
def test_what_has_begun_is_untouched(day: tuple[Cohort, Instant], newer: Session) -> None:
    """Its order, length, start, and the time it used and was given; the clock stands where it stood."""
    state, now = day
    before, after = taken(state, newer, now)
    assert after.current == before.current
    assert after.marks.visits == before.marks.visits
    count = begun_up_to(before) if before.started else 0
    then, since = projection(before, now).lines[:count], projection(after, now).lines[:count]
    for old, new in zip(then, since, strict=True):
        assert (new.segment, new.status, new.start, new.used, new.added, new.length, new.planned_end) == (
            *(old.segment, old.status, old.start, old.used, old.added, old.length, old.planned_end),
        )
    plain = [replace(one, minutes=None) for one in after.session.segments[:count]]
    assert plain == [replace(one, minutes=None) for one in before.session.segments[:count]]


@given(day=days(), newer=newer_plans())
@laws
def test_what_is_ahead_is_the_newer_plans(day: tuple[Cohort, Instant], newer: Session) -> None:
    """Every segment once, in the newer plan's order and of its lengths, and nothing ticked or chosen that it has not."""
    state, now = day
    before, after = taken(state, newer, now)
    count = begun_up_to(before) if before.started else 0
    ids = [segment.id for segment in after.session.segments]
    assert len(set(ids)) == len(ids)
    order = [segment.id for segment in newer.segments]
    rest = order[order.index(ids[count - 1]) + 1 :] if count else order
    assert ids[count:] == [one for one in rest if one not in ids[:count]]
    lengths = {slot.segment: slot.length for slot in place(newer)[0].slots}
    placed = {slot.segment: slot.length for slot in after.timetable.slots}
    assert all(placed[one] == lengths[one] for one in ids[count:])
    assert after.timetable == place(after.session)[0]
    assert not after.prepared
    for of, index in after.seen:
        segment = after.segment(of)
        assert segment is None or index < len(segment.look_for) or (of, index) not in before.seen
    for of, options in after.chosen.items():
        segment = after.segment(of)
        known = {one.id for one in segment.options.of} if segment and segment.options else set()
        assert known.issuperset(options)


@given(day=days(), newer=newer_plans())
@laws
def test_taking_over_twice_or_the_same_plan_changes_nothing(
    day: tuple[Cohort, Instant], newer: Session
) -> None:
    """The second time there is nothing left to take over; nor is there in the plan that is run already."""
    state, now = day
    before, _ = taken(state, newer, now)
    same = c.TakeOverPlan(delivery=THE, session=before.session, resources=before.resources)
    assert decide(state, same, now) == ()
    again = c.TakeOverPlan(delivery=THE, session=newer)
    assert decide(carry_out(state, again, now), again, now) == ()


@given(day=days(), newer=newer_plans(), script=st.lists(st.tuples(COMMANDS, st.integers(0, 20)), max_size=15))
@laws
def test_the_day_goes_on_after_it_whatever_is_done(
    day: tuple[Cohort, Instant], newer: Session, script: list[tuple[Any, int]]
) -> None:
    """No command raises, every figure can be worked out, and the segment under way is always one of the plan's."""
    state, now = day
    state = carry_out(state, c.TakeOverPlan(delivery=THE, session=newer), now)
    for command, passed in script:
        now = Instant(now + passed * MINUTE)
        state = carry_out(state, command, now)
        delivery = the(state)
        figures = projection(delivery, now)
        assert [line.segment for line in figures.lines] == [one.id for one in delivery.session.segments]
        if delivery.under_way:
            assert figures.current is not None
            assert figures.lines[figures.current].segment == delivery.current


def _plan(*segments: Segment, start: str = "09:30", end: str = "11:00") -> Session:
    return Session(title="Plan", start=TimeOfDay(start), end=TimeOfDay(end), segments=segments)


def _segment(name: str, at: str | None = None, minutes: int | None = None, **more: Any) -> Segment:
    return Segment(
        id=SegmentId(name),
        title=name.title(),
        at=TimeOfDay(at) if at else None,
        minutes=Minutes(minutes) if minutes else None,
        **more,
    )


def _started(plan: Session, visits: int = 1) -> Delivery:
    now = Instant(MIDNIGHT + minute_of_day(plan.start) * MINUTE)
    opening = c.OpenDelivery(delivery=THE, session_id="any", session=plan, zone="x", utc_offset=NOTHING)
    start = c.StartDelivery(delivery=THE, zone="x", utc_offset=NOTHING)
    state = nobody()
    moves = [c.MoveOn(delivery=THE)] * (visits - 1)
    for command in (c.CreateCohort(name="spring"), opening, start, *moves):
        state = carry_out(state, command, now)
    return the(state)


def test_the_segment_under_way_keeps_a_length_that_its_neighbour_gave() -> None:
    """It ran up to the next start; where the newer plan gives that no time of its own, the length is written down."""
    delivery = _started(_plan(_segment("talk", "09:30"), _segment("work", "10:00")))
    newer = _plan(_segment("talk", "09:30", 20), _segment("work", None, 40), _segment("more", None, 30))
    session = merged(delivery, newer)
    assert isinstance(session, Session)
    slots = place(session)[0].slots
    assert [(slot.start // MINUTE, slot.length // MINUTE) for slot in slots] == [(0, 30), (30, 40), (70, 30)]


def test_what_lies_before_it_in_the_newer_plan_keeps_its_length_too() -> None:
    """Starts that are past already cannot be kept; the lengths can, so that the clock says what there is still to do."""
    delivery = _started(_plan(_segment("talk", "09:30"), _segment("work", "10:00")), visits=2)
    newer = _plan(
        *(
            _segment("talk", "09:30"),
            _segment("work", "09:40"),
            _segment("quiz", "09:50"),
            _segment("end", "10:10"),
        )
    )
    session = merged(delivery, newer)
    assert isinstance(session, Session)
    lengths = {slot.segment: slot.length // MINUTE for slot in place(session)[0].slots}
    assert lengths == {"talk": 30, "work": 60, "quiz": 20, "end": 50}


def test_a_plan_that_does_not_fit_the_day_is_refused_in_words() -> None:
    """One that lacks what was begun last, one that ends before this day began, and one that would be too long to read back."""
    delivery = _started(
        _plan(_segment("talk", "13:30"), _segment("work", "14:00"), start="13:30", end="15:00")
    )
    lacking = merged(delivery, _plan(_segment("work", "13:30"), start="13:30", end="15:00"))
    assert isinstance(lacking, Refusal)
    assert "has no “Talk” (id talk) any more" in lacking.words
    moved = merged(delivery, _plan(_segment("talk", "09:30"), _segment("work", "10:00")))
    assert isinstance(moved, Refusal)
    assert "ends at 11:00, and this session began at 13:30" in moved.words
    many = [_segment(f"n{number}", None, 1) for number in range(499)]
    longer = _plan(_segment("talk", "13:30", 30), *many, start="13:30", end="23:00")
    assert isinstance(merged(delivery, longer), Session)
    far = _started(
        _plan(_segment("hello", "13:20", 10), *delivery.session.segments, start="13:20", end="15:00"), 2
    )
    assert isinstance(merged(far, longer), Refusal)


def test_a_plan_taken_over_after_a_proposal_leaves_it_to_be_undone() -> None:
    """Minutes moved before stay moved and go back when it is undone; a segment with a new length has that and no other."""
    plan = _plan(_segment("talk", "09:30", 30), _segment("work", "10:00", 30), _segment("more", "10:30", 30))
    now = Instant(MIDNIGHT + minute_of_day(plan.start) * MINUTE)
    state = nobody()
    by = Duration(-10 * MINUTE)
    shorter = replace(plan.segments[1], minutes=Minutes(25))
    for command in (
        c.CreateCohort(name="spring"),
        c.OpenDelivery(delivery=THE, session_id="any", session=plan, zone="x", utc_offset=NOTHING),
        c.StartDelivery(delivery=THE, zone="x", utc_offset=NOTHING),
        c.AcceptProposal(
            delivery=THE,
            proposal=ProposalId("q"),
            moves=(Move(segment=SegmentId("work"), by=by), Move(segment=SegmentId("more"), by=by)),
        ),
        c.TakeOverPlan(
            delivery=THE, session=replace(plan, segments=(plan.segments[0], shorter, plan.segments[2]))
        ),
    ):
        state = carry_out(state, command, now)
    lines = projection(the(state), now).lines
    assert [(line.length // MINUTE, line.added // MINUTE) for line in lines[1:]] == [(25, 0), (20, -10)]
    decision = decide(state, c.UndoProposal(delivery=THE, proposal=ProposalId("q")), now)
    assert decision == (e.ProposalUndone(delivery=THE, proposal=ProposalId("q")),)
    state = carry_out(state, c.UndoProposal(delivery=THE, proposal=ProposalId("q")), now)
    assert [line.length // MINUTE for line in projection(the(state), now).lines] == [30, 25, 30]
