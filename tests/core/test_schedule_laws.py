"""The laws of the clock, over random plans and random mornings, and a second clock to check it against.

The second clock has no formulas: it asks of every 20 seconds that passed whose they were, counts them, and
learns what is to come by playing the rest of the day, 20 seconds by 20 seconds, on a copy of itself.
"""

import copy
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core.apply import apply
from pmworkshop.core.decide import decide
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.marks import Marks
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.running import projection
from pmworkshop.core.schedule import Line, Projection, project
from pmworkshop.core.state import Cohort, Delivery, nobody
from pmworkshop.core.timetable import Timetable
from pmworkshop.core.units import DAY, HOUR, MINUTE, SECOND, Duration, Instant, Minutes, later, time_of_day

TICK = Duration(20 * SECOND)
A_MINUTE = 3
THE = DeliveryId("the-delivery")
MIDNIGHT = Instant(20_700 * DAY)
laws = settings(deadline=None, database=None, max_examples=150)


class Part(NamedTuple):
    """One segment of a random plan, in minutes."""

    gap: int
    length: int
    fixed: bool


@dataclass(frozen=True)
class Plan:
    """A random plan; `start` in minutes after midnight, local, where clocks are `ahead` of UTC."""

    start: int
    parts: tuple[Part, ...]
    tail: int
    ahead: Duration

    @property
    def starts(self) -> list[int]:
        """Planned starts in ticks from the plan's start, summed by hand."""
        found, at = [], 0
        for part in self.parts:
            found.append((at + part.gap) * A_MINUTE)
            at += part.gap + part.length
        return found

    def session(self) -> Session:
        segments = [
            Segment(
                id=SegmentId(f"s{number}"),
                title=f"Segment {number}",
                kind="break" if part.fixed else "work",
                at=time_of_day(self.start + start // A_MINUTE) if part.fixed or part.gap else None,
                minutes=Minutes(part.length),
                fixed=part.fixed,
            )
            for number, (part, start) in enumerate(zip(self.parts, self.starts, strict=True))
        ]
        end = self.start + sum(part.gap + part.length for part in self.parts) + self.tail
        return Session(
            title="Random", start=time_of_day(self.start), end=time_of_day(end), segments=tuple(segments)
        )


class Step(NamedTuple):
    """Wait this many ticks, then do this; `number` says which segment, how many minutes, or how long ago."""

    wait: int
    do: str
    number: int = 0
    whom: int | None = None


CLOCKWORK = ("on", "on", "on", "back", "jump", "pause", "resume", "add", "began", "finish", "reopen")


@st.composite
def plans(draw: st.DrawFn, *, plain: bool = False) -> Plan:
    gaps = st.just(0) if plain else st.sampled_from([0, 0, 0, 1, 2])
    fixed = st.just(value=False) if plain else st.sampled_from([False, False, True])
    parts = draw(st.lists(st.builds(Part, gaps, st.integers(1, 5), fixed), min_size=1, max_size=6))
    return Plan(
        start=draw(st.integers(0, 24 * 60 - 1)),
        parts=(parts[0]._replace(gap=0), *parts[1:]),
        tail=0 if plain else draw(st.integers(0, 2)),
        ahead=Duration(draw(st.sampled_from([-5 * HOUR, 0, HOUR, 5 * HOUR + 45 * MINUTE]))),
    )


@st.composite
def scripts(draw: st.DrawFn, *, does: tuple[str, ...] = CLOCKWORK, ahead: bool = True) -> tuple[Step, ...]:
    first = Step(wait=draw(st.integers(0, 60)), do="start", number=draw(st.integers(0, 1)))
    whom = st.none() | st.integers(0, 5) if ahead else st.none()
    step = st.builds(Step, st.integers(0, 14), st.sampled_from(does), st.integers(-4, 8), whom)
    at_least = draw(st.sampled_from([0, 6, 12]))
    return (first, *draw(st.lists(step, min_size=at_least, max_size=20)))


class Stopped:
    """A delivery at one instant of a random morning."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.planned = Instant(MIDNIGHT - plan.ahead + plan.start * MINUTE)
        self.now = later(self.planned, Duration(-15 * A_MINUTE * TICK))
        self.cohort: Cohort = nobody()
        self.send(c.CreateCohort(name="laws"))
        opening = c.OpenDelivery(
            delivery=THE, session_id="r", session=plan.session(), zone="x", utc_offset=plan.ahead
        )
        self.send(opening)

    @property
    def delivery(self) -> Delivery:
        return self.cohort.deliveries[THE]

    def day(self, after: int = 0) -> Projection:
        return projection(self.delivery, later(self.now, Duration(after)))

    def send(self, command: c.Command) -> bool:
        decision = decide(self.cohort, command, self.now)
        if isinstance(decision, Refusal):
            return False
        for event in decision:
            self.cohort = apply(self.cohort, event, self.now)
        return True

    def command(self, step: Step) -> c.Command:
        name = SegmentId(f"s{step.number if step.do == 'jump' else step.whom}")
        commands: dict[str, c.Command] = {
            "start": c.StartDelivery(
                delivery=THE, zone="x", utc_offset=self.plan.ahead, move_plan=bool(step.number)
            ),
            "on": c.MoveOn(delivery=THE),
            "back": c.GoBack(delivery=THE),
            "jump": c.JumpTo(delivery=THE, segment=name),
            "pause": c.Pause(delivery=THE),
            "resume": c.Resume(delivery=THE),
            "add": c.AddTime(
                delivery=THE,
                by=Duration(step.number * MINUTE),
                segment=None if step.whom is None else name,
            ),
            "began": c.CorrectStart(
                delivery=THE, began=later(self.now, Duration(-max(step.number, 0) * 2 * TICK))
            ),
            "finish": c.FinishDelivery(delivery=THE),
            "reopen": c.ReopenDelivery(delivery=THE),
        }
        return commands[step.do]

    def play(self, step: Step) -> bool:
        self.now = later(self.now, Duration(step.wait * TICK))
        return self.send(self.command(step))


def played(plan: Plan, script: tuple[Step, ...]) -> Stopped:
    room = Stopped(plan)
    for step in script:
        room.play(step)
    return room


class Stay(NamedTuple):
    """Somebody pressed a key and the clock came into a segment; all in ticks since the plan's start."""

    segment: int
    entered: int
    begins: int


class Second:
    """The second clock."""

    def __init__(self, plan: Plan, now: int) -> None:
        self.planned = [*plan.starts]
        self.lengths = [part.length * A_MINUTE for part in plan.parts]
        self.planned_ends = [start + length for start, length in zip(self.planned, self.lengths, strict=True)]
        self.fixed = [part.fixed for part in plan.parts]
        self.now = now
        self.stays: list[Stay] = []
        self.paused = False
        self.paused_ticks: dict[int, int] = {}
        self.pauses = 0
        self.moved = False
        self.left_forward: set[int] = set()
        self.ended: int | None = None

    @property
    def until(self) -> int:
        return self.now if self.ended is None else self.ended

    @property
    def current(self) -> int:
        return self.stays[-1].segment if self.stays else -1

    @property
    def waiting(self) -> bool:
        return bool(self.stays) and self.stays[-1].begins > self.until

    def wait(self, ticks: int) -> None:
        for _ in range(ticks):
            if self.paused:
                self.paused_ticks[self.now] = self.pauses
            self.now += 1

    def whose(self, tick: int) -> Stay:
        return [stay for stay in self.stays if stay.entered <= tick][-1]

    def used(self, segment: int) -> int:
        ticks = range(self.stays[0].entered, self.until) if self.stays else range(0)
        whose = [(self.whose(tick), tick) for tick in ticks if tick not in self.paused_ticks]
        return sum(stay.segment == segment and tick >= stay.begins for stay, tick in whose)

    def runs(self, segment: int) -> list[tuple[int, int]]:
        """Return from when to when a segment ran; a wait that was cut short is no run."""
        lefts = [*(stay.entered for stay in self.stays[1:]), self.until]
        stays = zip(self.stays, lefts, strict=False)
        return [
            (stay.begins, left) for stay, left in stays if stay.segment == segment and stay.begins <= left
        ]

    def status(self, segment: int) -> str:
        ran = bool(self.runs(segment))
        if segment == self.current and self.ended is None:
            return "current"
        if self.ended is not None or segment < self.current:
            return "done" if ran else "skipped"
        return "done" if ran and segment in self.left_forward else "to come"

    def following(self) -> int | None:
        behind = range(self.current + 1, len(self.lengths))
        return next((i for i in behind if self.status(i) == "to come"), None)

    def enter(self, segment: int, *, patient: bool = False) -> None:
        if segment > self.current >= 0:
            self.left_forward.add(self.current)
        self.left_forward.discard(segment)
        begins = self.now
        if patient and self.fixed[segment] and not self.used(segment):
            begins = max(begins, self.planned[segment])
        self.stays.append(Stay(segment, self.now, begins))
        self.paused = False

    def on(self) -> None:
        if self.waiting:
            self.stays[-1] = self.stays[-1]._replace(begins=self.now)
            self.paused = False
        else:
            following = self.following()
            assert following is not None
            self.enter(following, patient=True)

    def began(self, when: int) -> None:
        last = self.stays[-1]
        waited = last.begins > last.entered
        self.stays[-1] = Stay(last.segment, min(last.entered, when) if waited else when, when)
        spanning = self.paused_ticks.get(when) if when < last.entered else None
        ended = spanning is not None and not (self.paused and spanning == self.pauses)
        if ended and self.paused_ticks.get(when - 1) == spanning:
            self.paused_ticks = {t: p for t, p in self.paused_ticks.items() if t < when or p != spanning}
        if self.moved and len(self.stays) == 1:
            self.move_plan(when)

    def start(self, *, move_plan: bool) -> None:
        self.moved = move_plan
        if move_plan:
            self.move_plan(self.now)
        self.enter(0)

    def move_plan(self, to: int) -> None:
        shift = (
            min(range(-1000, 1000), key=lambda minute: abs(minute * A_MINUTE - to)) * A_MINUTE
            - self.planned[0]
        )
        self.planned = [start + shift for start in self.planned]
        self.planned_ends = [end + shift for end in self.planned_ends]

    def finish(self) -> None:
        self.ended = self.now

    def do(self, step: Step) -> None:
        """Do what the first clock has accepted."""
        target = self.current if step.whom is None else step.whom
        match step.do:
            case "start":
                self.start(move_plan=bool(step.number))
            case "on":
                self.on()
            case "back":
                self.enter(self.current - 1)
            case "jump":
                self.enter(step.number)
            case "pause" | "resume":
                self.paused = step.do == "pause"
                self.pauses += self.paused
            case "add":
                self.lengths[target] += step.number * A_MINUTE
            case "began":
                self.began(self.now - max(step.number, 0) * 2)
            case "finish":
                self.finish()
            case "reopen":
                self.ended = None

    def rest_of_the_day(self) -> dict[int, tuple[int, int]]:
        """Play on with somebody who presses “next” whenever a segment's time is up; say who runs when."""
        other = copy.deepcopy(self)
        other.paused = False
        if not other.stays:
            other.wait(max(other.planned[0] - other.now, 0))
            other.enter(0)
        runs = {}
        while True:
            begins = other.stays[-1].begins
            while other.waiting or other.used(other.current) < other.lengths[other.current]:
                other.wait(1)
            runs[other.current] = (begins, other.now)
            following = other.following()
            if following is None:
                return runs
            other.enter(following, patient=True)


def compare(room: Stopped, second: Second) -> None:
    """Hold every figure of the first clock against the second."""
    day = room.day()

    def ticks(instant: Instant) -> int:
        whole, rest = divmod(instant - room.planned, TICK)
        assert rest == 0
        return whole

    assert [line.status for line in day.lines] == [second.status(i) for i in range(len(day.lines))]
    assert [line.used for line in day.lines] == [second.used(i) * TICK for i in range(len(day.lines))]
    assert [line.length for line in day.lines] == [length * TICK for length in second.lengths]
    assert [ticks(line.planned_start) for line in day.lines] == second.planned
    assert day.paused == (second.paused and second.ended is None)
    assert day.next == (None if second.ended is not None else second.following())
    to_be = second.rest_of_the_day() if second.ended is None else {}
    for index, line in enumerate(day.lines):
        runs = second.runs(index)
        if line.status == "done":
            assert (ticks(line.start), ticks(line.end)) == (runs[0][0], runs[-1][1])
        elif line.status != "skipped":
            begins, ends = to_be[index]
            first_begun = runs[0][0] if runs and line.status == "current" else begins
            assert (ticks(line.start), ticks(line.end)) == (first_begun, ends)
    assert ticks(day.finish) == (max(ends for _, ends in to_be.values()) if to_be else second.until)
    if second.stays:
        now = second.current
        ends = to_be[now][1] if to_be else (second.runs(now) or [(0, second.planned_ends[now])])[-1][1]
        assert day.offset == (ends - second.planned_ends[now]) * TICK
        left = (
            second.stays[-1].begins - second.now if second.waiting else second.lengths[now] - second.used(now)
        )
        assert second.ended is not None or day.remaining == left * TICK


@given(plan=plans(), script=scripts())
@laws
def test_a_second_clock_that_counts_every_20_seconds_agrees(plan: Plan, script: tuple[Step, ...]) -> None:
    """After every step of any morning, all figures equal those of a clock that counts and plays, and calculates nothing."""
    room = Stopped(plan)
    second = Second(plan, now=(room.now - room.planned) // TICK)
    compare(room, second)
    for step in script:
        second.wait(step.wait)
        if room.play(step):
            second.do(step)
        compare(room, second)


@given(plan=plans(), script=scripts())
@laws
def test_what_is_expected_comes_true_for_who_keeps_to_it(plan: Plan, script: tuple[Step, ...]) -> None:
    """Resume now, press “next” whenever a segment's time is up, and every segment ends when the clock said it would."""
    room = played(plan, script)
    foretold = room.day()
    if foretold.current is None:
        return
    seen = {visit.segment for visit in room.delivery.marks.visits}
    room.send(c.Resume(delivery=THE))
    while True:
        day = room.day()
        assert day.current is not None
        room.now = max(room.now, day.lines[day.current].end)
        if day.next is None:
            break
        assert room.send(c.MoveOn(delivery=THE))
    room.send(c.FinishDelivery(delivery=THE))
    told = room.day()
    assert told.finish == foretold.finish
    for before, after in zip(foretold.lines, told.lines, strict=True):
        if before.status in ("current", "to come"):
            assert (after.status, after.end) == ("done", before.end)
            assert after.start == before.start or (before.segment in seen and before.status == "to come")
        else:
            assert (after.status, after.start, after.end) == (before.status, before.start, before.end)


@given(plan=plans(), script=scripts())
@laws
def test_expected_times_follow_one_another(plan: Plan, script: tuple[Step, ...]) -> None:
    """What is current or to come neither overlaps nor lies in the past, and the last of it ends at the finish."""
    day = played(plan, script).day()
    ahead = [line for line in day.lines if line.status in ("current", "to come")]
    for before, after in pairwise(ahead):
        assert before.end <= after.start <= after.end
    assert all(line.end >= day.now for line in ahead)
    if ahead:
        assert day.finish == ahead[-1].end


@given(plan=plans(), script=scripts())
@laws
def test_a_break_to_come_is_never_expected_before_its_time(plan: Plan, script: tuple[Step, ...]) -> None:
    """A fixed segment that has taken no time yet is not expected before its planned start."""
    day = played(plan, script).day()
    waits = [line for line in day.lines if line.fixed and line.status == "to come" and not line.used]
    assert all(line.start >= line.planned_start for line in waits)


@given(plan=plans(), script=scripts())
@laws
def test_every_segment_is_in_one_state_and_the_current_one_is_where_it_says(
    plan: Plan, script: tuple[Step, ...]
) -> None:
    """At most one line is current; skipped ones took no time; what is next is to come and lies ahead."""
    room = played(plan, script)
    day = room.day()
    current = [i for i, line in enumerate(day.lines) if line.status == "current"]
    assert current == ([] if day.current is None else [day.current])
    assert bool(current) == room.delivery.under_way
    assert all(line.used == 0 for line in day.lines if line.status == "skipped")
    assert all(line.used >= 0 for line in day.lines)
    if day.next is not None:
        assert day.lines[day.next].status == "to come"
        assert day.current is None or day.next > day.current


@given(plan=plans(), script=scripts(), later_by=st.integers(0, 30 * 60_000))
@laws
def test_time_left_falls_as_time_passes_and_stands_while_paused(
    plan: Plan, script: tuple[Step, ...], later_by: int
) -> None:
    """To the millisecond: running, what passes is taken from what is left; paused, it moves the end instead."""
    room = played(plan, script)
    day, after = room.day(), room.day(after=later_by)
    if day.current is None or day.phase == "waiting":
        return
    line, line_after = day.lines[day.current], after.lines[day.current]
    if day.paused:
        assert after.remaining == day.remaining
        assert line_after.end == line.end + later_by
    else:
        assert after.remaining == day.remaining - later_by
        assert line_after.end == line.end + max(later_by - max(day.remaining, 0), 0)


@given(plan=plans(), script=scripts(), later_by=st.integers(0, 30 * 60_000))
@laws
def test_waiting_never_brings_anything_forward(plan: Plan, script: tuple[Step, ...], later_by: int) -> None:
    """With no key pressed, no expected time ever moves earlier, and none by more than the time that passed."""
    room = played(plan, script)
    day, after = room.day(), room.day(after=later_by)
    for line, line_after in zip(day.lines, after.lines, strict=True):
        assert line.status == line_after.status
        if line.status in ("current", "to come"):
            assert line.end <= line_after.end <= line.end + later_by
    assert day.finish <= after.finish <= day.finish + later_by


@given(
    plan=plans(plain=True),
    script=scripts(does=("on", "on", "jump", "pause", "resume", "add", "began"), ahead=False),
)
@laws
def test_without_fixed_points_the_offset_is_what_the_finish_has_moved(
    plan: Plan, script: tuple[Step, ...]
) -> None:
    """In a plan without gaps and breaks, going forward only, offset and finish say the same thing."""
    room = Stopped(plan)
    for step in script:
        current = room.delivery.current
        if step.do == "jump" and (current is None or f"s{step.number}" < current):
            continue
        room.play(step)
    day = room.day()
    assert day.offset == day.finish - day.planned_finish
    assert day.relative_offset + day.late_start == day.offset


@given(plan=plans(), script=scripts())
@laws
def test_every_minute_since_the_start_belongs_to_somebody(plan: Plan, script: tuple[Step, ...]) -> None:
    """Used time of all segments, pauses and waits add up to the time since the start, nothing lost or twice."""
    room = played(plan, script)
    marks, day = room.delivery.marks, room.day()
    if not marks.visits:
        return
    until = marks.ended if marks.ended is not None else room.now
    lefts = [*(visit.entered for visit in marks.visits[1:]), until]
    waits = [
        (visit.entered, min(visit.begins, left)) for visit, left in zip(marks.visits, lefts, strict=True)
    ]
    pauses = [(pause.start, until if pause.end is None else pause.end) for pause in marks.pauses]
    start = marks.visits[0].entered
    idle = {
        tick for begin, end in (*waits, *pauses) for tick in range(max(begin, start) // TICK, end // TICK)
    }
    assert sum(line.used for line in day.lines) + len(idle) * TICK == until - start


@given(plan=plans(), script=scripts(), back=st.integers(1, 10**9))
@laws
def test_a_clock_set_back_is_read_as_the_newest_mark(plan: Plan, script: tuple[Step, ...], back: int) -> None:
    """Any reading before the newest mark gives that mark's figures."""
    delivery = played(plan, script).delivery
    if delivery.started:
        newest = delivery.marks.newest
        assert projection(delivery, later(newest, Duration(-back))) == projection(delivery, newest)


@given(plan=plans(), script=scripts(), shift=st.integers(-400, 400))
@laws
def test_the_same_morning_on_another_day_has_the_same_figures(
    plan: Plan, script: tuple[Step, ...], shift: int
) -> None:
    """The clock depends on nothing but timetable, marks and now: move all instants by days and only they move."""
    room = played(plan, script)
    delivery = room.delivery
    by = Duration(shift * DAY)

    def moved(instant: Instant) -> Instant:
        return later(instant, by)

    marks = delivery.marks
    elsewhere = replace(
        marks,
        planned_start=moved(marks.planned_start),
        visits=tuple(replace(v, entered=moved(v.entered), begins=moved(v.begins)) for v in marks.visits),
        pauses=tuple(
            replace(p, start=moved(p.start), end=None if p.end is None else moved(p.end))
            for p in marks.pauses
        ),
        ended=None if marks.ended is None else moved(marks.ended),
    )
    here, there = (
        figures(delivery.timetable, marks, room.now),
        figures(delivery.timetable, elsewhere, moved(room.now)),
    )
    assert here == there


def figures(timetable: Timetable, marks: Marks, now: Instant) -> list[object]:
    """Return all that the clock says, instants as distances from the planned start."""
    day = project(timetable, marks, now)
    assert day == project(timetable, marks, now)

    def figures_of(line: Line) -> list[object]:
        zero = day.planned_start
        return [line.status, line.used, line.offset, line.start - zero, line.end - zero]

    return [
        *map(figures_of, day.lines),
        day.phase,
        day.remaining,
        day.offset,
        day.finish - day.planned_start,
    ]
