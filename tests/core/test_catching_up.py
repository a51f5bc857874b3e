"""Catching up: what is taken from whom, to the minute; and a second opinion that tries everything there is."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core.apply import apply
from pmworkshop.core.catching_up import Proposal, propose
from pmworkshop.core.decide import decide
from pmworkshop.core.ids import DeliveryId, ProposalId
from pmworkshop.core.moves import Move, RunOption
from pmworkshop.core.plan import Option, Options, Segment, SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.running import projection
from pmworkshop.core.schedule import Projection
from pmworkshop.core.sparing import Part, share, shortest_of, tier_of
from pmworkshop.core.state import Cohort, Delivery, nobody
from pmworkshop.core.units import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Duration,
    Instant,
    Minutes,
    TimeOfDay,
    later,
    minutes,
)

THE = DeliveryId("the-delivery")
NINE = Instant(20_878 * DAY + 9 * HOUR)
laws = settings(
    deadline=None, database=None, max_examples=200, suppress_health_check=[HealthCheck.filter_too_much]
)


class Room:
    """A session under way; commands are carried out at `now`."""

    def __init__(self, session: Session) -> None:
        self.cohort: Cohort = nobody()
        self.now = NINE
        self.do(c.CreateCohort(name="laws"))
        self.do(
            c.OpenDelivery(delivery=THE, session_id="s", session=session, zone="x", utc_offset=Duration(0))
        )
        self.do(c.StartDelivery(delivery=THE, zone="x", utc_offset=Duration(0)))

    @property
    def delivery(self) -> Delivery:
        return self.cohort.deliveries[THE]

    @property
    def day(self) -> Projection:
        return projection(self.delivery, self.now)

    def do(self, command: c.Command) -> tuple[Any, ...]:
        decision = decide(self.cohort, command, self.now)
        assert not isinstance(decision, Refusal), decision.words
        for event in decision:
            self.cohort = apply(self.cohort, event, self.now)
        return decision

    def refused(self, command: c.Command) -> str:
        decision = decide(self.cohort, command, self.now)
        assert isinstance(decision, Refusal)
        return decision.words

    def wait(self, by: int) -> None:
        self.now = later(self.now, Duration(by))

    def proposal(self, **ways: Any) -> Proposal:
        marks = self.delivery.marks
        return propose(
            self.delivery.session, self.day, added=marks.added, chosen=self.delivery.chosen, **ways
        )

    def accept(self, proposal: Proposal, *dropped: SegmentId, name: str = "q1") -> tuple[Any, ...]:
        return self.do(accepting(proposal, *dropped, name=name))


def accepting(proposal: Proposal, *dropped: SegmentId, name: str = "q1") -> c.AcceptProposal:
    moves = tuple(Move(segment=one, by=minutes(by)) for one, by in proposal.changes.items())
    return c.AcceptProposal(delivery=THE, proposal=ProposalId(name), moves=moves, dropped=dropped)


class Piece(NamedTuple):
    """One segment of a random plan, in minutes."""

    length: int
    shortest: int | None
    fixed: bool
    is_break: bool
    priority: str
    method: str
    evidence: bool


@st.composite
def pieces(draw: st.DrawFn, longest: int) -> Piece:
    length = draw(st.integers(1, longest))
    fixed = draw(st.sampled_from([False, False, False, True]))
    return Piece(
        length=length,
        shortest=draw(st.none() | st.integers(1, length)),
        fixed=fixed,
        is_break=fixed and draw(st.booleans()),
        priority=draw(st.sampled_from(["must", "should", "could"])),
        method=draw(st.sampled_from(["input", "plenary", "practice", "debrief"])),
        evidence=draw(st.booleans()),
    )


def session_of(parts: list[Piece]) -> Session:
    segments, at = [], 9 * 60
    for number, part in enumerate(parts):
        segments.append(
            Segment(
                id=SegmentId(f"s{number}"),
                title=f"Segment {number}",
                kind="break" if part.is_break else "work",
                at=clock(at) if part.fixed else None,
                minutes=Minutes(part.length),
                fixed=part.fixed,
                method=(part.method,),  # type: ignore[arg-type]  # one of the methods
                criteria=("1.1",) if part.evidence else (),
                priority=part.priority,  # type: ignore[arg-type]  # one of the priorities
                shortest=Minutes(part.shortest) if part.shortest else None,
            )
        )
        at += part.length
    return Session(title="Random", start=clock(9 * 60), end=clock(at), segments=tuple(segments))


def clock(minute: int) -> TimeOfDay:
    return TimeOfDay(f"{minute // 60:02}:{minute % 60:02}")


@st.composite
def late_rooms(draw: st.DrawFn, most: int = 9, longest: int = 40) -> Room:
    """Return a session that was gone on with a few times, mostly too late."""
    parts = draw(st.lists(pieces(longest), min_size=1, max_size=most))
    room = Room(session_of([parts[0]._replace(fixed=False, is_break=False), *parts[1:]]))
    for _ in range(draw(st.integers(0, len(parts) - 1))):
        room.wait(draw(st.integers(0, longest * 60)) * SECOND)
        room.do(c.MoveOn(delivery=THE))
    room.wait(draw(st.integers(0, (longest + 10) * 60)) * SECOND)
    return room


@given(room=late_rooms(), next_only=st.booleans())
@laws
def test_nothing_is_shorter_than_its_shortest_and_nothing_that_is_over_changes(
    room: Room, next_only: bool
) -> None:
    """Only what is running or to come gives, whole minutes, down to its shortest length or what it has used already."""
    day = room.day
    proposal = room.proposal(target="next" if next_only else "end")
    segments = {one.id: one for one in room.delivery.session.segments}
    lines = {line.segment: line for line in day.lines}
    for name, by in proposal.changes.items():
        line = lines[name]
        planned = (line.planned_end - line.planned_start) // MINUTE
        assert line.status in ("current", "to come")
        assert by < 0
        assert line.length + minutes(by) >= max(minutes(shortest_of(segments[name], planned)), line.used)


@given(room=late_rooms())
@laws
def test_an_accepted_proposal_keeps_every_fixed_point(room: Room) -> None:
    """Where nothing is short, no fixed start is late and the end is kept; where something is, by just that much."""
    proposal = room.proposal()
    assume(proposal.standing == "behind")
    assert sum(one.need for one in proposal.stretches) == proposal.short - sum(proposal.changes.values())
    if proposal.changes:
        room.accept(proposal)
    day = room.day
    lines = {line.segment: line for line in day.lines}
    for stretch in proposal.stretches:
        end = lines[stretch.until].start if stretch.until else day.finish
        late = end - stretch.at
        assert late <= minutes(stretch.short) or late < MINUTE
        assert (late > minutes(stretch.short - 1)) if stretch.short else True
    if not proposal.short:
        assert room.proposal().changes == {}


@given(need=st.integers(0, 60), spares=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2)), max_size=7))
@laws
def test_asking_for_more_never_gives_time_back(need: int, spares: list[tuple[int, int]]) -> None:
    """One minute more is one minute more from one segment, and no less from any other; sums are exact."""
    parts = [Part(spare=spare, tier=(tier, 0, 0)) for spare, tier in spares]
    less, more = share(need, parts), share(need + 1, parts)
    assert sum(less) == min(need, sum(part.spare for part in parts))
    assert all(0 <= one <= other <= part.spare for one, other, part in zip(less, more, parts, strict=True))
    lowest_open = min(
        (part.tier for one, part in zip(less, parts, strict=True) if one < part.spare), default=None
    )
    assert all(part.tier <= lowest_open for one, part in zip(less, parts, strict=True) if one and lowest_open)


@given(room=late_rooms(), then=st.lists(st.sampled_from(["on", "more", "pause"]), max_size=2))
@laws
def test_twice_is_once_and_undone_is_as_before(room: Room, then: list[str]) -> None:
    """Accepting again leads to no event; taken back, the day is what it would have been without it."""
    proposal = room.proposal()
    assume(proposal.changes)
    twin = room.cohort
    room.accept(proposal)
    assert room.accept(proposal) == ()
    steps: dict[str, c.Command] = {
        "on": c.MoveOn(delivery=THE),
        "more": c.AddTime(delivery=THE, by=MINUTE),
        "pause": c.Pause(delivery=THE),
    }
    for step in then:
        command = steps[step]
        decision = decide(room.cohort, command, room.now)
        if isinstance(decision, Refusal):
            continue
        for event in decision:
            room.cohort, twin = apply(room.cohort, event, room.now), apply(twin, event, room.now)
        room.wait(30 * SECOND)
    room.do(c.UndoProposal(delivery=THE, proposal=ProposalId("q1")))
    assert room.delivery == twin.deliveries[THE]
    assert isinstance(
        decide(room.cohort, c.UndoProposal(delivery=THE, proposal=ProposalId("q1")), room.now), Refusal
    )


@st.composite
def small_rooms(draw: st.DrawFn) -> Room:
    """Return a late session of few segments that can spare much, some of which were given time."""
    spare = st.builds(
        Piece,
        length=st.integers(1, 7),
        shortest=st.just(1),
        fixed=st.sampled_from([False, False, True]),
        is_break=st.just(value=False),
        priority=st.sampled_from(["must", "must", "could"]),
        method=st.sampled_from(["input", "input", "practice"]),
        evidence=st.just(value=False),
    )
    first, *others = draw(st.lists(spare, min_size=2, max_size=4))
    room = Room(session_of([first._replace(fixed=False), *others]))
    for number, more in enumerate(draw(st.lists(st.integers(0, 3), max_size=len(others) + 1))):
        room.do(c.AddTime(delivery=THE, segment=SegmentId(f"s{number}"), by=minutes(more)))
    room.wait(draw(st.integers(0, 12 * 60)) * SECOND)
    return room


@given(room=small_rooms() | late_rooms(most=4, longest=5), slides=st.booleans())
@settings(laws, max_examples=120)
def test_trying_everything_finds_nothing_better(room: Room, slides: bool) -> None:
    """On small plans: of all ways to keep the fixed points, the one that spares the more important, and shares evenly."""
    sliding = {one.segment for one in room.day.lines if one.fixed} if slides else set()
    proposal = room.proposal(sliding=sliding)
    assume(proposal.standing == "behind")
    best = min(_ways(room, sliding), default=None)
    assert (best is None) == bool(proposal.short)
    if best is not None:
        assert _worth(room, proposal.changes) == best


def _ways(room: Room, sliding: set[SegmentId]) -> Iterator[tuple[Any, ...]]:
    """Yield what every way that keeps the fixed points is worth, found by playing it on the clock itself."""
    lines = [line for line in room.day.lines if line.status in ("current", "to come")]
    by_id = {one.id: one for one in room.delivery.session.segments}
    spares = []
    for line in lines:
        planned = (line.planned_end - line.planned_start) // MINUTE
        floor = max(minutes(shortest_of(by_id[line.segment], planned)), line.used)
        spares.append(max((line.length - floor) // MINUTE, 0))
    for takes in product(*(range(spare + 1) for spare in spares)):
        changes = {line.segment: -take for line, take in zip(lines, takes, strict=True) if take}
        if _keeps(room, changes, sliding):
            yield _worth(room, changes)


def _keeps(room: Room, changes: dict[SegmentId, int], sliding: set[SegmentId]) -> bool:
    cohort = room.cohort
    for segment, by in changes.items():
        decision = decide(cohort, c.AddTime(delivery=THE, segment=segment, by=minutes(by)), room.now)
        assert not isinstance(decision, Refusal), decision.words
        for event in decision:
            cohort = apply(cohort, event, room.now)
    day = projection(cohort.deliveries[THE], room.now)
    fixed = [one for one in day.lines if one.fixed and one.status == "to come" and one.segment not in sliding]
    lates = [one.start - one.planned_start for one in fixed] + [day.finish - day.planned_finish]
    before = projection(room.delivery, room.now)
    was = {one.segment: one.start - one.planned_start for one in before.lines}
    olds = [was[one.segment] for one in fixed] + [before.finish - before.planned_finish]
    return all(late <= 0 or (late == old and old < MINUTE) for late, old in zip(lates, olds, strict=True))


def _worth(room: Room, changes: Any) -> tuple[Any, ...]:
    """Return what a way costs, the dearest first: minutes in all, then of the most important tier, then how uneven."""
    by_id = {one.id: one for one in room.delivery.session.segments}
    lines = {line.segment: line for line in room.day.lines}
    tiers = sorted({tier_of(one) for one in by_id.values()}, reverse=True)
    of_tier = [sum(-by for one, by in changes.items() if tier_of(by_id[one]) == tier) for tier in tiers]
    uneven = [Fraction(0) for _ in tiers]
    for one, by in changes.items():
        line = lines[one]
        planned = (line.planned_end - line.planned_start) // MINUTE
        floor = max(minutes(shortest_of(by_id[one], planned)), line.used)
        uneven[tiers.index(tier_of(by_id[one]))] += Fraction(by * by, max((line.length - floor) // MINUTE, 1))
    return (-sum(changes.values()), of_tier, uneven)


@given(room=late_rooms(most=5))
@settings(laws, max_examples=60)
def test_leaving_out_what_is_named_does_it(room: Room) -> None:
    """What cannot be recovered is said, and leaving out the segments that are named recovers it, but for what is said."""
    stretches = room.proposal().stretches
    index = next((number for number, one in enumerate(stretches) if one.short), 0)
    drops = stretches[index].drops
    assume(drops)
    without = room.proposal(dropped=drops)
    assert without.stretches[index].short == stretches[index].still_short < stretches[index].short
    room.accept(without, *drops)
    assert {line.status for line in room.day.lines if line.segment in drops} == {"skipped"}


def morning(**of_last: Any) -> Session:
    """Return 30 minutes of input, 20 of practice, a fixed break at 09:50, and 40 minutes with an option."""
    return Session(
        title="Morning",
        start=TimeOfDay("09:00"),
        end=TimeOfDay("10:45"),
        segments=(
            Segment(
                id=SegmentId("talk"),
                title="Talk",
                minutes=Minutes(30),
                method=("input",),
                shortest=Minutes(20),
            ),
            Segment(
                id=SegmentId("work"),
                title="Work",
                minutes=Minutes(20),
                method=("practice",),
                criteria=("1.1",),
                shortest=Minutes(15),
            ),
            Segment(
                id=SegmentId("break"),
                title="Break",
                kind="break",
                at=TimeOfDay("09:50"),
                minutes=Minutes(15),
                fixed=True,
                shortest=Minutes(10),
            ),
            Segment(
                id=SegmentId("last"),
                title="Last",
                minutes=Minutes(40),
                **{
                    "priority": "should",
                    "shortest": Minutes(30),
                    "options": Options(
                        choose="any", of=(Option(id="film", title="Film", minutes=Minutes(5)),)
                    ),
                    **of_last,
                },
            ),
        ),
    )


def test_a_stretch_recovers_its_own_time() -> None:
    """Seven minutes over in the first segment: what comes before the break gives all it can, and the rest is said."""
    room = Room(morning())
    room.wait(37 * MINUTE)
    proposal = room.proposal()
    assert (proposal.standing, proposal.changes, proposal.short) == (
        "behind",
        {"work": -5, "last": -2},
        2,
    )
    first, second = proposal.stretches
    assert (first.need, first.short, first.drops, second.need) == (7, 2, ("work",), 2)


def test_a_break_that_may_slide_lets_the_rest_of_the_day_help() -> None:
    """What should be there gives before what must be there, wherever it stands; the break itself gives last."""
    room = Room(morning())
    room.wait(37 * MINUTE)
    proposal = room.proposal(sliding={SegmentId("break")})
    assert (proposal.changes, proposal.short) == ({"last": -7}, 0)
    room.accept(proposal)
    lines = {line.segment: line for line in room.day.lines}
    assert lines[SegmentId("break")].start == later(lines[SegmentId("break")].planned_start, minutes(7))
    assert room.day.finish == room.day.planned_finish


def test_no_minute_is_taken_where_it_would_only_be_waited() -> None:
    """The break begins no sooner than its time, so what comes before it is left alone when only the end is late."""
    room = Room(morning(priority="must"))
    room.do(c.AddTime(delivery=THE, segment=SegmentId("last"), by=minutes(3)))
    room.wait(1 * MINUTE)
    assert room.proposal(sliding={SegmentId("break")}).changes == {"last": -3}
    assert room.proposal().changes == {"last": -3}


def test_small_drifts_and_absurd_ones_are_left_alone() -> None:
    """Under a minute is nothing; four hours is a clock that somebody forgot."""
    room = Room(morning())
    room.wait(30 * MINUTE + 59 * SECOND)
    assert (room.proposal().standing, room.proposal().changes) == ("on time", {})
    room.wait(4 * HOUR)
    assert (room.proposal().standing, room.proposal().changes) == ("absurd", {})


def test_ahead_of_time_gives_back_what_was_taken_and_offers_what_is_extra() -> None:
    """What was shortened gets its minutes again, as far as there is time; and the film would fit."""
    room = Room(morning())
    room.wait(37 * MINUTE)
    room.accept(room.proposal())
    room.do(c.MoveOn(delivery=THE))
    room.wait(1 * MINUTE)
    room.do(c.MoveOn(delivery=THE))
    room.do(c.MoveOn(delivery=THE))
    room.wait(1 * MINUTE)
    room.do(c.MoveOn(delivery=THE))
    proposal = room.proposal()
    assert proposal.standing == "ahead"
    assert [(one.option, one.minutes) for one in proposal.extras] == [("film", 5)]
    taken = c.AcceptProposal(
        delivery=THE,
        proposal=ProposalId("q2"),
        moves=(Move(segment=SegmentId("last"), by=minutes(5)),),
        options=(RunOption(segment=SegmentId("last"), option="film"),),
    )
    room.do(taken)
    assert room.delivery.chosen == {"last": ("film",)}
    room.do(c.UndoProposal(delivery=THE, proposal=ProposalId("q2")))
    assert room.delivery.chosen == {}


def test_what_has_changed_since_is_refused_in_words() -> None:
    """A proposal that is old by now, one that takes more than is left, one that leaves out the break."""
    room = Room(morning())
    room.wait(37 * MINUTE)
    proposal = room.proposal(sliding={SegmentId("break")})
    shorter = c.AcceptProposal(
        delivery=THE, proposal=ProposalId("q"), moves=(Move(segment=SegmentId("work"), by=minutes(-21)),)
    )
    assert "“Work” has 20 min left: 21 min cannot be taken" in room.refused(shorter)
    no_break = c.AcceptProposal(
        delivery=THE, proposal=ProposalId("q"), moves=(), dropped=(SegmentId("break"),)
    )
    assert "not left out" in room.refused(no_break)
    not_fixed = c.AcceptProposal(
        delivery=THE, proposal=ProposalId("q"), moves=(), sliding=(SegmentId("work"),)
    )
    assert "Only a fixed start" in room.refused(not_fixed)
    nothing = c.AcceptProposal(delivery=THE, proposal=ProposalId("q"), moves=())
    assert "nothing in that to change" in room.refused(nothing)
    room.do(c.JumpTo(delivery=THE, segment=SegmentId("break")))
    gone = c.AcceptProposal(
        delivery=THE, proposal=ProposalId("q"), moves=(Move(segment=SegmentId("work"), by=minutes(-1)),)
    )
    assert "look at the proposal again" in room.refused(gone)
    room.do(c.FinishDelivery(delivery=THE))
    assert "not under way" in room.refused(accepting(proposal))


def test_going_to_what_was_left_out_brings_it_back() -> None:
    """Left out, it is passed by; gone to all the same, it runs."""
    room = Room(morning())
    room.do(c.AcceptProposal(delivery=THE, proposal=ProposalId("q"), moves=(), dropped=(SegmentId("work"),)))
    room.do(c.MoveOn(delivery=THE))
    assert room.delivery.current == "break"
    room.do(c.JumpTo(delivery=THE, segment=SegmentId("work")))
    assert room.delivery.marks.dropped == frozenset()
    assert room.day.lines[1].status == "current"
