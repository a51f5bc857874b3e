"""What a session's timings should be by how long its segments really took: a proposal in whole minutes, changing nothing.

The rule. The figure is the median of what the deliveries took. A change is proposed from two deliveries on, where the
median lies two minutes or more from the plan and three in four deliveries lie on that side of it. From four deliveries
on, three in four of them within five minutes of the median, that is "fairly sure"; else it is "a hint".
Fixed starts and the end never move: the lengths between two of them add up to what is there. What is too much is taken
in the house's order (`sparing`), from what deliveries say nothing about before what they do; what is left over
goes to must before should before could, never to a break. Starts are rounded to five minutes where every segment
stays within what its deliveries took, or two minutes beyond where those are few or far apart.
Where deliveries say how long each segment takes, the plan's present lengths count no more: learning twice changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.rounding import Span, rounded
from pmworkshop.core.sparing import Part, Tier, share, shortest_of, tier_of
from pmworkshop.core.timetable import place
from pmworkshop.core.units import MINUTE, Minutes, TimeOfDay, minute_of_day, time_of_day
from pmworkshop.core.value import value

Sureness = Literal["fairly sure", "a hint", ""]
Field = Literal["at", "minutes", "shortest"]

FEWEST: Final = 2
SURE_FROM: Final = 4
WORTH: Final = 2
"""A difference of fewer minutes is none."""
NEAR: Final = 5
"""Minutes from the median within which deliveries agree."""
SLACK: Final = 2
"""So far may rounding go beyond what deliveries took, unless they agree, or from the plan where there are none."""
LONGEST: Final = 720
AS_PLANNED: Final = "as planned"
_IDLE: Final[Tier] = (-1, 0, 0)
"""Idle minutes in a plan are used before any segment gives way."""
_LAST: Final = 9
"""What is done only where nothing else is left: a wish that is not granted, a change that is not made."""


@value
class Lesson:
    """What deliveries say of one segment, in minutes: `wanted` is as planned where `sure` is empty, and `why` says why."""

    segment: SegmentId
    planned: int
    took: tuple[int, ...]
    wanted: int
    sure: Sureness
    why: str = ""
    shortest: Minutes | None = None

    @property
    def known(self) -> bool:
        """Whether deliveries say how long it takes, be it as planned."""
        return bool(self.sure) or self.why == AS_PLANNED


@value
class Edit:
    """One number of the plan that changes: a time of day for `at`, else minutes. `segment` is an index."""

    segment: int
    field: Field
    was: TimeOfDay | int
    now: TimeOfDay | int


@value
class Proposal:
    """A new timetable: for each segment its lesson and its new length in minutes, and the edits that make it so.

    `fits` are the lengths before their starts were rounded to five minutes.
    """

    lessons: tuple[Lesson, ...]
    fits: tuple[int, ...]
    lengths: tuple[int, ...]
    edits: tuple[Edit, ...]


def median(minutes: Sequence[int]) -> int:
    """Return the middle of some whole minutes, halves up. Raises `IndexError` where there are none."""
    ordered = sorted(minutes)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle] + 1) // 2


def learn(session: Session, took: Mapping[SegmentId, Sequence[int]]) -> Proposal:
    """Propose timings for a session that is fit to run, from the minutes that each segment took, one a delivery."""
    table, _ = place(session)
    starts = [slot.start // MINUTE for slot in table.slots]
    lengths = [slot.length // MINUTE for slot in table.slots]
    bounds, fits = [*starts, table.end // MINUTE], list(lengths)
    lessons = tuple(
        _lesson(segment, length, tuple(took.get(segment.id, ())))
        for segment, length in zip(session.segments, lengths, strict=True)
    )
    opens = [index for index, slot in enumerate(table.slots) if index == 0 or slot.fixed]
    for first, end in zip(opens, [*opens[1:], len(lengths)], strict=True):
        here = _Stretch(session, lessons, bounds, lengths, slice(first, end))
        if here.changes:
            fits[first:end], idle = here.fitted()
            starts[first:end], lengths[first:end] = here.rounded(fits[first:end], idle)
    return Proposal(
        lessons=lessons,
        fits=tuple(fits),
        lengths=tuple(lengths),
        edits=tuple(_edits(session, lessons, starts, lengths)),
    )


def _lesson(segment: Segment, planned: int, took: tuple[int, ...]) -> Lesson:
    sure, why = _judged(planned, took)
    shortest = segment.shortest
    if sure == "fairly sure" and shortest is not None and max(took) < shortest:
        shortest = Minutes(max(median(took), 1))
    wanted = min(max(median(took), shortest or 1), LONGEST) if sure else planned
    return Lesson(
        segment=segment.id,
        planned=planned,
        took=took,
        wanted=wanted,
        sure=sure,
        why=why,
        shortest=shortest if shortest != segment.shortest else None,
    )


def _judged(planned: int, took: tuple[int, ...]) -> tuple[Sureness, str]:
    """Return how sure the deliveries make a change, or why there is to be none."""
    if len(took) < FEWEST:
        return "", "a single delivery" if took else "no delivery"
    middle = median(took)
    if abs(middle - planned) < WORTH:
        return "", AS_PLANNED
    beyond = sum((one > planned) == (middle > planned) and one != planned for one in took)
    if not _three_in_four(beyond, took):
        return "", "now longer, now shorter"
    return ("fairly sure" if _agree(took) else "a hint"), ""


def _agree(took: Sequence[int]) -> bool:
    near = sum(abs(one - median(took)) <= NEAR for one in took) if took else 0
    return len(took) >= SURE_FROM and _three_in_four(near, took)


def _three_in_four(count: int, took: Sequence[int]) -> bool:
    return 4 * count >= 3 * len(took)


def _floor(segment: Segment, lesson: Lesson) -> int:
    """Return the length below which a segment is not cut for others: its shortest, or what the house takes for that."""
    return shortest_of(replace(segment, shortest=lesson.shortest or segment.shortest), lesson.wanted)


class _Stretch:
    """The segments between two fixed points, which together take as long as before."""

    def __init__(
        self,
        session: Session,
        lessons: Sequence[Lesson],
        bounds: Sequence[int],
        lengths: Sequence[int],
        here: slice,
    ) -> None:
        self._segments = session.segments[here]
        self._lessons = lessons[here]
        self._planned = lengths[here]
        self._bounds = bounds[here.start : here.stop + 1]
        self._minute = minute_of_day(session.start)
        spans = zip(self._bounds, self._bounds[1:], self._planned, strict=False)
        self._idle = [until - start - length for start, until, length in spans]

    @property
    def changes(self) -> bool:
        """Whether the deliveries want any other length here."""
        return any(one.wanted != one.planned for one in self._lessons)

    def fitted(self) -> tuple[list[int], list[int]]:
        """Return lengths, and idle minutes after each, that add up to the stretch and are as near to what is wanted as can be."""
        wanted = [one.wanted for one in self._lessons]
        too_much = sum(wanted) - sum(self._planned)
        idle = list(self._idle)
        pairs = list(zip(self._segments, self._lessons, strict=True))
        if too_much > 0:
            parts = [Part(spare=max(one, 0), tier=_IDLE) for one in idle]
            taken = share(too_much, [*parts, *(part for pair in pairs for part in _spare(*pair))])
            idle = [one - less for one, less in zip(idle, taken, strict=False)]
            wanted = [one - less for one, less in zip(wanted, _by_two(taken[len(idle) :]), strict=True)]
        elif too_much < 0:
            given = share(-too_much, [part for pair in pairs for part in _room(*pair)])
            wanted = [one + more for one, more in zip(wanted, _by_two(given), strict=True)]
        return wanted, idle

    def rounded(self, lengths: Sequence[int], idle: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return starts and lengths, the starts on the five minutes where the deliveries allow it."""
        spans = []
        for segment, lesson, length, rest in zip(self._segments, self._lessons, lengths, idle, strict=True):
            low, high = _allowed(lesson, length)
            least = max(low, min(_floor(segment, lesson), length), 1)
            spans.append(Span(length=length, idle=rest, least=least, most=min(high, LONGEST)))
        starts = rounded(spans, self._bounds, self._minute)
        ends = [*starts[1:], self._bounds[-1]]
        return starts, [end - start - rest for start, end, rest in zip(starts, ends, idle, strict=True)]


def _spare(segment: Segment, lesson: Lesson) -> tuple[Part, Part]:
    """Return what a segment can give way: down to its floor; and at the very last what it wants beyond its plan."""
    floor = _floor(segment, lesson)
    priority, protected, kind = tier_of(segment)
    return (
        Part(spare=lesson.wanted - floor, tier=(priority, protected, 2 * kind + lesson.known)),
        Part(spare=max(floor - lesson.planned, 0), tier=(_LAST, protected, kind)),
    )


def _room(segment: Segment, lesson: Lesson) -> tuple[Part, Part]:
    """Return what a segment can take of the time that is left over; and at the very last what it does not need itself."""
    priority, protected, kind = tier_of(segment)
    most = 0 if segment.kind == "break" else LONGEST - lesson.wanted
    own = max(lesson.planned - lesson.wanted - most, 0)
    return (
        Part(spare=most, tier=(-priority, -protected, lesson.known - 2 * kind)),
        Part(spare=own, tier=(_LAST, -protected, -kind)),
    )


def _by_two(counts: Sequence[int]) -> list[int]:
    return [one + other for one, other in zip(counts[::2], counts[1::2], strict=True)]


def _allowed(lesson: Lesson, length: int) -> tuple[int, int]:
    """Return between which lengths rounding may go: near what deliveries took, or near the plan where they say nothing."""
    known = lesson.took if lesson.known else (lesson.planned,)
    slack = 0 if lesson.known and _agree(lesson.took) else SLACK
    low, high = min(length, min(known) - slack), max(length, max(known) + slack)
    return low, high


def _edits(
    session: Session, lessons: Sequence[Lesson], starts: Sequence[int], lengths: Sequence[int]
) -> list[Edit]:
    found: list[Edit] = []
    for index, (segment, lesson) in enumerate(zip(session.segments, lessons, strict=True)):
        at = time_of_day(minute_of_day(session.start) + starts[index])
        pairs: tuple[tuple[Field, TimeOfDay | int | None, TimeOfDay | int], ...] = (
            ("at", segment.at, at),
            ("minutes", segment.minutes, lengths[index]),
            ("shortest", segment.shortest, lesson.shortest or segment.shortest or 0),
        )
        found += [
            Edit(segment=index, field=field, was=was, now=now)
            for field, was, now in pairs
            if was is not None and was != now
        ]
    return found
