"""The clock of the day: every timer figure as a pure function of (timetable, recorded marks, now).

Nothing here counts ticks. One formula gives every expected time: a segment ends when its remaining time has
passed after its expected start, and a fixed start is never expected before its planned time.
"""

from collections.abc import Sequence
from typing import Literal

from pmworkshop.core.marks import Marks, Spent, time_spent
from pmworkshop.core.plan import SegmentId
from pmworkshop.core.timetable import Slot, Timetable
from pmworkshop.core.units import MINUTE, NOTHING, Duration, Instant, between, later
from pmworkshop.core.value import value

Phase = Literal["before", "waiting", "running", "warning", "last minute", "over", "ended"]
Status = Literal["to come", "current", "done", "skipped"]

FIVE_MINUTES = Duration(5 * MINUTE)
LAST_MINUTE = MINUTE


@value
class Line:
    """One segment's figures. `start` and `end` are actual where the segment is done, else expected."""

    segment: SegmentId
    status: Status
    is_break: bool
    fixed: bool
    planned_start: Instant
    planned_end: Instant
    start: Instant
    end: Instant
    length: Duration
    added: Duration
    used: Duration

    @property
    def remaining(self) -> Duration:
        """Time left of this segment's own length; negative when over."""
        return Duration(self.length - self.used)

    @property
    def offset(self) -> Duration:
        """How far the end lies behind the planned end; negative when ahead."""
        return between(self.planned_end, self.end)


@value
class Projection:
    """The day at one instant. Indices are into `lines`; durations are negative for ahead and over."""

    now: Instant
    phase: Phase
    paused: bool
    lines: tuple[Line, ...]
    current: int | None
    next: int | None
    remaining: Duration
    offset: Duration
    late_start: Duration
    planned_start: Instant
    planned_finish: Instant
    finish: Instant

    @property
    def relative_offset(self) -> Duration:
        """The offset since the start: what the day itself has gained or lost, a late start set aside."""
        return Duration(self.offset - self.late_start)


def project(timetable: Timetable, marks: Marks, now: Instant, warn: Duration = FIVE_MINUTES) -> Projection:
    """Return the day's figures at `now`. A `now` before the newest mark counts as that mark."""
    now = max(now, marks.newest)
    until = marks.ended if marks.ended is not None else now
    current = _current(timetable, marks)
    lines = _lines(timetable, marks, current, until)
    following = _next(lines, current, marks)
    planned_finish = later(marks.planned_start, timetable.end)
    offset, remaining = NOTHING, NOTHING
    late_start = between(marks.planned_start, marks.visits[0].begins) if marks.visits else NOTHING
    if current is not None:
        offset = lines[current].offset
        remaining = _shown_remaining(lines[current], marks, until)
    elif lines:
        offset = max(between(marks.planned_start, now), NOTHING)
        remaining = between(now, marks.planned_start)
    return Projection(
        now=now,
        phase=_phase(marks, remaining, until, warn),
        paused=marks.paused and marks.ended is None,
        lines=lines,
        current=None if marks.ended is not None else current,
        next=following,
        remaining=remaining,
        offset=offset,
        late_start=late_start,
        planned_start=marks.planned_start,
        planned_finish=planned_finish,
        finish=_finish(lines, marks, planned_finish),
    )


def _current(timetable: Timetable, marks: Marks) -> int | None:
    if not marks.visits:
        return None
    wanted = marks.visits[-1].segment
    return next((i for i, slot in enumerate(timetable.slots) if slot.segment == wanted), None)


def _lines(timetable: Timetable, marks: Marks, current: int | None, until: Instant) -> tuple[Line, ...]:
    spent = time_spent(marks, until)
    expected = until
    lines: list[Line] = []
    for index, slot in enumerate(timetable.slots):
        took = spent.get(slot.segment)
        status = _status(index, slot, current, marks, begun=took is not None)
        added = marks.added.get(slot.segment, NOTHING)
        length = Duration(max(slot.length + added, 0))
        planned_start = later(marks.planned_start, slot.start)
        planned_end = later(marks.planned_start, slot.end)
        start, end = (took and took.begun) or planned_start, (took and took.left) or planned_end
        if status in ("current", "to come"):
            waits = slot.fixed and not (took and took.used)
            earliest = _earliest(index, status, marks, planned_start, waits=waits)
            begins = max(expected, earliest)
            start = took.begun if took and status == "current" else begins
            end = expected = _expected_end(begins, length, took)
        lines.append(
            Line(
                segment=slot.segment,
                status=status,
                is_break=slot.is_break,
                fixed=slot.fixed,
                planned_start=planned_start,
                planned_end=planned_end,
                start=start,
                end=end,
                length=length,
                added=added,
                used=took.used if took else NOTHING,
            )
        )
    return tuple(lines)


def _expected_end(begins: Instant, length: Duration, took: Spent | None) -> Instant:
    """Apply the one formula: remaining time after the (expected) start, and never less than none."""
    return later(begins, Duration(max(length - (took.used if took else 0), 0)))


def _earliest(index: int, status: Status, marks: Marks, planned_start: Instant, *, waits: bool) -> Instant:
    """Return the instant before which a segment does not begin."""
    if status == "current":
        return marks.visits[-1].begins
    return planned_start if waits or (index == 0 and not marks.visits) else Instant(0)


def _status(index: int, slot: Slot, current: int | None, marks: Marks, *, begun: bool) -> Status:
    if index == current and marks.ended is None:
        return "current"
    if marks.ended is not None or (current is not None and index < current):
        return "done" if begun else "skipped"
    if slot.segment in marks.dropped:
        return "skipped"
    return "done" if begun and slot.segment in marks.finished else "to come"


def _next(lines: Sequence[Line], current: int | None, marks: Marks) -> int | None:
    if marks.ended is not None:
        return None
    after = -1 if current is None else current
    return next((i for i in range(after + 1, len(lines)) if lines[i].status == "to come"), None)


def _shown_remaining(line: Line, marks: Marks, until: Instant) -> Duration:
    wait = between(until, marks.visits[-1].begins)
    return wait if wait > 0 and marks.ended is None else line.remaining


def _phase(marks: Marks, remaining: Duration, until: Instant, warn: Duration) -> Phase:
    if marks.ended is not None:
        return "ended"
    if not marks.visits:
        return "before"
    if marks.visits[-1].begins > until:
        return "waiting"
    if remaining < 0:
        return "over"
    if remaining <= LAST_MINUTE:
        return "last minute"
    return "warning" if remaining <= warn else "running"


def _finish(lines: Sequence[Line], marks: Marks, planned_finish: Instant) -> Instant:
    if marks.ended is not None:
        return marks.ended
    ends = [line.end for line in lines if line.status in ("current", "to come")]
    return max(ends, default=planned_finish)
