"""What is recorded of a delivery's course, and how much time each segment took by it.

Visits follow one another without a gap; pauses are in order and do not overlap.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from pmworkshop.core.plan import SegmentId
from pmworkshop.core.units import Duration, Instant, between
from pmworkshop.core.value import value


@value
class Visit:
    """The clock entered a segment; it `begins` later only where a fixed start is waited for."""

    segment: SegmentId
    entered: Instant
    begins: Instant


@value
class Pause:
    """A pause; open while `end` is None."""

    start: Instant
    end: Instant | None = None


@value
class Marks:
    """What was recorded of a delivery, as far as the clock needs it.

    `finished` holds the segments that were left by going on; going back to one takes it out again. `dropped` are
    left out by the trainer; entering one takes it out of them.
    """

    planned_start: Instant
    visits: tuple[Visit, ...] = ()
    pauses: tuple[Pause, ...] = ()
    added: Mapping[SegmentId, Duration]
    finished: frozenset[SegmentId] = frozenset()
    dropped: frozenset[SegmentId] = frozenset()
    ended: Instant | None = None

    @property
    def newest(self) -> Instant:
        """The instant of the newest mark: no reading of the clock may lie before it."""
        entered = [self.visits[-1].entered] if self.visits else []
        paused = [self.pauses[-1].end or self.pauses[-1].start] if self.pauses else []
        ended = [self.ended] if self.ended is not None else []
        return max([*entered, *paused, *ended], default=Instant(0))

    @property
    def paused(self) -> bool:
        """Whether a pause is open."""
        return bool(self.pauses) and self.pauses[-1].end is None


@value
class Spent:
    """What one begun segment took so far: first begun, last left (or `until`), and time used without pauses."""

    begun: Instant
    left: Instant
    used: Duration


def time_spent(marks: Marks, until: Instant) -> dict[SegmentId, Spent]:
    """Return what every segment that has begun took up to `until`, over all its visits.

    A fixed start that was still waited for when the clock moved on (or is now) never began.
    """
    paused = _PausedTime(marks.pauses, until)
    ends = [*(visit.entered for visit in marks.visits[1:]), until]
    spent: dict[SegmentId, Spent] = {}
    for visit, left in zip(marks.visits, ends, strict=False):
        if visit.begins > left:
            continue
        used = between(visit.begins, left) - (paused.up_to(left) - paused.up_to(visit.begins))
        before = spent.get(visit.segment)
        spent[visit.segment] = Spent(
            begun=before.begun if before else visit.begins,
            left=left,
            used=Duration(used + (before.used if before else 0)),
        )
    return spent


def paused_within(marks: Marks, start: Instant, end: Instant) -> Duration:
    """Return how much of the time from `start` to `end` the clock was paused."""
    paused = _PausedTime(marks.pauses, end)
    return Duration(paused.up_to(end) - paused.up_to(min(start, end)))


class _PausedTime:
    """How much pause lies before an instant; pauses are in order and do not overlap."""

    def __init__(self, pauses: Sequence[Pause], until: Instant) -> None:
        self._starts = [pause.start for pause in pauses]
        self._lengths = [max((until if p.end is None else p.end) - p.start, 0) for p in pauses]
        self._totals = [0, *accumulate(self._lengths)]

    def up_to(self, instant: Instant) -> int:
        """Return milliseconds of pause before `instant`."""
        index = bisect_right(self._starts, instant)
        if index == 0:
            return 0
        last = min(instant - self._starts[index - 1], self._lengths[index - 1])
        return self._totals[index - 1] + last
