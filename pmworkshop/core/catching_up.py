"""What to shorten when the day runs late, what to give back when it runs early: the house's order, in whole minutes.

Fixed starts and the end split the rest of the day into stretches; each recovers its own time, unless the trainer lets
a fixed start slide: then it and what follows belong to the stretch before. Taken first from what could be left out,
then from what should and what must be there; within that from input before talk before options and other work, from
what carries evidence or is a debrief after that, from a break last, and never below the shortest workable length.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, Literal

from pmworkshop.core.plan import SegmentId, Session
from pmworkshop.core.schedule import Line, Projection
from pmworkshop.core.sparing import Part, Tier, share, shortest_of, tier_of
from pmworkshop.core.units import HOUR, MINUTE, NOTHING, Duration, Instant, between, later, minutes
from pmworkshop.core.value import value

Standing = Literal["not running", "on time", "behind", "ahead", "absurd"]

ABSURD: Final = Duration(3 * HOUR)
"""Nobody catches up so much: the clock was forgotten, or set wrong."""


@value
class Extra:
    """An option of a segment that there is time for."""

    segment: SegmentId
    option: str
    title: str
    minutes: int


@value
class Stretch:
    """The segments up to a fixed start, or up to the end where `until` is None.

    `need` is how many whole minutes too late it would end, `spare` how many too early, `short` how many of the need
    cannot be recovered; leaving out all of `drops` would recover those, but for `still_short`.
    """

    until: SegmentId | None
    at: Instant
    segments: tuple[SegmentId, ...]
    need: int = 0
    spare: int = 0
    short: int = 0
    drops: tuple[SegmentId, ...] = ()
    still_short: int = 0


@value
class Proposal:
    """What could be done. `changes` are whole minutes by segment, negative where they are taken; none is 0."""

    standing: Standing
    stretches: tuple[Stretch, ...] = ()
    changes: Mapping[SegmentId, int]
    extras: tuple[Extra, ...] = ()

    @property
    def short(self) -> int:
        """How many minutes cannot be recovered, over all stretches."""
        return sum(one.short for one in self.stretches)


def propose(
    session: Session,
    day: Projection,
    *,
    target: Literal["next", "end"] = "end",
    sliding: Collection[SegmentId] = (),
    dropped: Collection[SegmentId] = (),
    added: Mapping[SegmentId, Duration] | None = None,
    chosen: Mapping[SegmentId, tuple[str, ...]] | None = None,
) -> Proposal:
    """Return what to shorten up to the next fixed start or the end, or what to give back.

    Fixed starts in `sliding` may begin late, segments in `dropped` are left out. `added` is what segments were given
    (or taken) so far, and `chosen` the options that are run: they say what could be given back, and what is extra.
    """
    if day.current is None:
        return Proposal(standing="not running", changes={})
    if abs(day.offset) > ABSURD:
        return Proposal(standing="absurd", changes={})
    rest = _Rest(session, day, frozenset(dropped))
    if target == "next":
        rest.only_first()
    found: list[Stretch] = []
    changes: dict[SegmentId, int] = {}
    begins = day.now
    for lines, goal, until in rest.stretches(frozenset(sliding)):
        stretch, taken, begins = rest.recover(lines, goal, until, begins)
        found.append(stretch)
        changes |= taken
    behind, ahead = any(one.need for one in found), bool(found) and found[0].spare > 0
    extras: tuple[Extra, ...] = ()
    if ahead and not behind:
        changes = rest.give_back(found[0], added or {})
        extras = tuple(rest.extras(found[0], chosen or {}))
    standing: Standing = "behind" if behind else "ahead" if ahead else "on time"
    return Proposal(standing=standing, stretches=tuple(found), changes=changes, extras=extras)


class _Rest:
    """What is left of a day, and how its minutes can be moved."""

    def __init__(self, session: Session, day: Projection, dropped: frozenset[SegmentId]) -> None:
        self._day = day
        self._segments = {segment.id: segment for segment in session.segments}
        self._lines = [
            line
            for line in day.lines
            if line.status in ("current", "to come") and line.segment not in dropped
        ]
        self._first_only = False

    def only_first(self) -> None:
        """Look no further than the next fixed start."""
        self._first_only = True

    def stretches(
        self, sliding: frozenset[SegmentId]
    ) -> Iterable[tuple[list[Line], Instant, SegmentId | None]]:
        """Yield the segments of each stretch, when it should end, and the fixed start that it leads to."""
        lines: list[Line] = []
        for line in self._lines:
            if lines and waits(line) and line.segment not in sliding:
                yield lines, line.planned_start, line.segment
                if self._first_only:
                    return
                lines = []
            lines.append(line)
        if lines:
            yield lines, self._day.planned_finish, None

    def recover(
        self, lines: list[Line], goal: Instant, until: SegmentId | None, begins: Instant
    ) -> tuple[Stretch, dict[SegmentId, int], Instant]:
        """Return a stretch, what is taken from its segments, and when it then ends."""
        ends, _ = _pass_through(lines, begins, {})
        off = between(goal, ends)
        changes, short = self._taken(lines, goal, begins)
        drops = self._drops(lines, changes, short)
        rest = [line for line in lines if line.segment not in drops]
        stretch = Stretch(
            until=until,
            at=goal,
            segments=tuple(line.segment for line in lines),
            need=_needed(off),
            spare=max(-off // MINUTE, 0),
            short=short,
            drops=drops,
            still_short=self._taken(rest, goal, begins)[1] if drops else 0,
        )
        return stretch, changes, _pass_through(lines, begins, changes)[0]

    def _taken(self, lines: list[Line], goal: Instant, begins: Instant) -> tuple[dict[SegmentId, int], int]:
        """Return what is taken from which segments for them to end in time, and how many minutes are missing then."""
        ends, late = _pass_through(lines, begins, {})
        need = _needed(between(goal, ends))
        taken = share(need, self._parts(lines), late)
        changes = {line.segment: -count for line, count in zip(lines, taken, strict=True) if count}
        missing = between(goal, _pass_through(lines, begins, changes)[0])
        return changes, -(-missing // MINUTE) if need and missing > 0 else 0

    def _parts(self, lines: list[Line]) -> list[Part]:
        """Return what each line can spare; a fixed start on the way limits what is taken before it to its lateness."""
        fixed = [index for index, line in enumerate(lines) if index and waits(line)]
        return [
            Part(
                spare=self._spare(line),
                tier=tier_of(self._segments[line.segment]),
                within=tuple(limit for limit, at in enumerate(fixed) if index < at),
            )
            for index, line in enumerate(lines)
        ]

    def _spare(self, line: Line) -> int:
        planned = -(-between(line.planned_start, line.planned_end) // MINUTE)
        floor = max(minutes(shortest_of(self._segments[line.segment], planned)), line.used)
        return max((line.length - floor) // MINUTE, 0)

    def _drops(
        self, lines: list[Line], changes: Mapping[SegmentId, int], short: int
    ) -> tuple[SegmentId, ...]:
        """Return what to leave out for a stretch to recover: one segment, or as few as do, the least important first.

        Where not even all of them do, all.
        """
        if not short:
            return ()
        left = {
            line.segment: (line.length - line.used) // MINUTE + changes.get(line.segment, 0)
            for line in lines
            if line.status == "to come" and not line.is_break and not waits(line)
        }
        order = sorted(left, key=lambda one: (tier_of(self._segments[one]), -left[one]))
        for one in order:
            if left[one] >= short:
                return (one,)
        drops: list[SegmentId] = []
        for one in order:
            drops.append(one)
            short -= left[one]
            if short <= 0:
                break
        return tuple(drops)

    def give_back(self, stretch: Stretch, added: Mapping[SegmentId, Duration]) -> dict[SegmentId, int]:
        """Return what was taken from segments of a stretch and fits again, the most important first."""
        lost = [
            Part(
                spare=max(-added.get(one, NOTHING) // MINUTE, 0),
                tier=_reversed(tier_of(self._segments[one])),
            )
            for one in stretch.segments
        ]
        given = share(stretch.spare, lost)
        return {one: count for one, count in zip(stretch.segments, given, strict=True) if count}

    def extras(self, stretch: Stretch, chosen: Mapping[SegmentId, tuple[str, ...]]) -> Iterable[Extra]:
        """Yield the options of a stretch that are not run, and that there is time for."""
        for name in stretch.segments:
            options = self._segments[name].options
            running = chosen.get(name, ())
            if options is None or (options.choose == "one" and not running):
                continue
            for option in options.of:
                if option.id not in running and (option.minutes or stretch.spare + 1) <= stretch.spare:
                    yield Extra(
                        segment=name, option=option.id, title=option.title, minutes=option.minutes or 0
                    )


def waits(line: Line) -> bool:
    """Whether a segment waits for its fixed start."""
    return line.fixed and line.status == "to come" and not line.used


def _needed(off: Duration) -> int:
    """Return how many whole minutes have to be recovered; nothing of less than a minute."""
    return -(-off // MINUTE) if off >= MINUTE else 0


def _reversed(tier: Tier) -> Tier:
    return (-tier[0], -tier[1], -tier[2])


def _pass_through(
    lines: Sequence[Line], begins: Instant, changes: Mapping[SegmentId, int]
) -> tuple[Instant, list[int]]:
    """Return when a stretch ends with these changes, and how many whole minutes late each fixed start on the way is."""
    late: list[int] = []
    time = begins
    for index, line in enumerate(lines):
        if line.status == "current":
            time = max(time, line.start)
        if waits(line):
            if index:
                late.append(max(-(-between(line.planned_start, time) // MINUTE), 0))
            time = max(time, line.planned_start)
        left = Duration(line.length + minutes(changes.get(line.segment, 0)) - line.used)
        time = later(time, Duration(max(left, 0)))
    return time, late
