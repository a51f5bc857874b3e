"""The day at one instant, in the words and figures that every screen shows."""

from dataclasses import replace
from typing import Literal

from pmworkshop.core.cues import COUNTING, Reading, last_words
from pmworkshop.core.plan import Segment, SegmentId
from pmworkshop.core.running import projection
from pmworkshop.core.schedule import Line, Phase, Projection
from pmworkshop.core.state import Cohort, Delivery
from pmworkshop.core.units import HOUR, MINUTE, Duration, Instant, TimeOfDay, between, minutes, wall_clock
from pmworkshop.core.value import value
from pmworkshop.core.words import (
    at_time,
    countdown,
    length_words,
    offset_sign,
    offset_words,
    until_change,
    whole_minutes,
)

FAR = Duration(3 * HOUR)
"""Further than this from its planned start, a session that has not started shows the time of day."""

Mark = Literal["done", "skipped", "left out", "current", "next", "to come"]


@value
class Row:
    """One segment in the rundown. `expected` is empty where it is as planned; `sign` is the offset of a done one."""

    segment: SegmentId
    mark: Mark
    is_break: bool
    fixed: bool
    planned: TimeOfDay
    expected: str
    title: str
    sign: str


@value
class Next:
    """What follows, and what to have in hand for it."""

    title: str
    at: TimeOfDay
    particulars: str
    in_hand: tuple[str, ...]


@value
class RunView:
    """Everything on the run screen. `fraction` is how much of the segment is used, 0 to 1.

    `label` says what the countdown counts, `last` what its colour says, `beside` both and whether it stands still.
    """

    cohort: str
    session: str
    subtitle: str
    rehearsal: bool
    time: TimeOfDay
    phase: Phase
    paused: bool
    remaining: Duration
    countdown: str
    label: str
    last: str
    warn: Duration
    fraction: float
    until: str
    headline: str
    aside: str
    rows: tuple[Row, ...]
    end: TimeOfDay
    end_assumed: bool
    segment: Segment | None
    position: str
    particulars: str
    seen: frozenset[int]
    chosen: tuple[str, ...]
    next: Next | None
    moved: str
    changes_in: Duration

    @property
    def beside(self) -> str:
        """Say all that stands beside the figures: `left · last 5 minutes`, `left, paused`."""
        label = f"{self.label}, paused" if self.paused else self.label
        return f"{label} · {self.last}" if self.last else label

    @property
    def reading(self) -> Reading:
        """Return the countdown as the cues need it."""
        of = self.segment.id if self.segment is not None and self.phase in COUNTING else None
        return Reading(of=of, left=self.remaining, moves=not self.paused)


def run_view(state: Cohort, delivery: Delivery, now: Instant, today: Duration | None = None) -> RunView:
    """Return the run screen's picture of `delivery` at `now`.

    `today` is how far local clocks are ahead of UTC: it counts until the start puts it on the record.
    """
    if today is not None and not delivery.started:
        delivery = replace(delivery, utc_offset=today)
    day = projection(delivery, now)
    shown = _shown(day)
    segment = delivery.session.segments[shown] if shown is not None else None
    line = day.lines[shown] if shown is not None else None
    offset = delivery.utc_offset
    return RunView(
        cohort=state.name,
        session=delivery.session.title,
        subtitle=delivery.session.subtitle or "",
        rehearsal=state.rehearsal,
        time=wall_clock(day.now, offset),
        phase=day.phase,
        paused=day.paused,
        remaining=day.remaining,
        countdown=wall_clock(day.now, offset) if _far_from_start(day) else countdown(day.remaining),
        label=_label(day, line, segment),
        last=last_words(day.phase, line.length, minutes(delivery.warn_at)) if line else "",
        warn=minutes(delivery.warn_at),
        fraction=_fraction(day, line),
        until=_until(day, line, offset),
        headline=_headline(day, offset),
        aside=_aside(day, delivery),
        rows=tuple(_row(day, index, delivery) for index in range(len(day.lines))),
        end=at_time(day.planned_finish, offset),
        end_assumed=delivery.session.end_assumed,
        segment=segment,
        position=f"{shown + 1} of {len(day.lines)}" if shown is not None else "",
        particulars=particulars(segment, line) if segment else "",
        seen=frozenset(index for of, index in delivery.seen if segment and of == segment.id),
        chosen=delivery.chosen.get(segment.id, ()) if segment else (),
        next=_next(day, delivery),
        moved=_moved(day, delivery),
        changes_in=until_change(day.remaining),
    )


def particulars(segment: Segment, line: Line | None = None) -> str:
    """Say method, grouping, slides, pages and length on one line."""
    parts: list[str] = [*segment.grouping, *segment.method]
    if segment.slides:
        parts.append(numbered("slide", segment.slides))
    if segment.pages:
        parts.append(numbered("page", segment.pages))
    if line is not None:
        parts.append(length_words(whole_minutes(line.length)))
    return " · ".join(dict.fromkeys(parts))


def activities_of(view: RunView) -> list[str]:
    """Return the exercises and decks of a segment, those of the options that are run (or may be) among them."""
    if view.segment is None:
        return []
    named = list(view.segment.activities)
    for option in view.segment.options.of if view.segment.options else ():
        if option.id in view.chosen or not view.chosen:
            named += option.activities
    return list(dict.fromkeys(named))


def numbered(noun: str, numbers: str) -> str:
    """Say `slide 3` or `slides 6–9`."""  # noqa: RUF002  # a range is set with a dash
    plural = "" if numbers.isdigit() else "s"
    return f"{noun}{plural} {numbers.replace('-', '–')}"  # noqa: RUF001  # a range is set with a dash


def _shown(day: Projection) -> int | None:
    if day.phase == "ended":
        return None
    return day.current if day.current is not None else 0


def _far_from_start(day: Projection) -> bool:
    return day.phase == "before" and abs(day.remaining) > FAR


def _label(day: Projection, line: Line | None, segment: Segment | None) -> str:
    if day.phase == "ended":
        return "ended"
    if _far_from_start(day):
        return "now"
    if day.phase == "before":
        return "until the start" if day.remaining >= 0 else "past the planned start"
    if day.phase == "waiting":
        return f"until {segment.title if segment else 'it'} starts"
    return "over" if line is not None and line.remaining < 0 else "left"


def _fraction(day: Projection, line: Line | None) -> float:
    if line is None or day.phase in ("before", "waiting"):
        return 0.0
    return min(line.used / line.length, 1.0) if line.length else 1.0


def _until(day: Projection, line: Line | None, offset: Duration) -> str:
    if line is None or day.phase == "ended":
        return ""
    if day.phase in ("before", "waiting"):
        return f"starts at {at_time(line.planned_start if day.phase == 'waiting' else day.planned_start, offset)}"
    planned, expected = at_time(line.planned_end, offset), at_time(line.end, offset)
    return f"until {planned}" if planned == expected else f"until {planned}, now expected {expected}"


def _headline(day: Projection, offset: Duration) -> str:
    finish = at_time(day.finish, offset)
    if day.phase == "ended":
        return f"Ended at {finish}, {offset_words(between(day.planned_finish, day.finish))}"
    if day.phase == "before":
        late = whole_minutes(day.offset)
        since = f" · {length_words(late)} late" if late > 0 and not _far_from_start(day) else ""
        return f"Not started · planned for {at_time(day.planned_start, offset)}{since}"
    here, late = offset_words(day.offset), between(day.planned_finish, day.finish)
    there = f", {offset_words(late)}" if abs(late - day.offset) >= MINUTE else ""
    return f"{here[0].upper()}{here[1:]} · finish {finish}{there}"


def _aside(day: Projection, delivery: Delivery) -> str:
    if day.phase == "before" or abs(whole_minutes(day.late_start)) < 1:
        return ""
    began = "late" if day.late_start > 0 else "early"
    since = offset_words(day.relative_offset)
    words = f"started {length_words(abs(whole_minutes(day.late_start)))} {began}"
    return words if day.phase == "ended" or not delivery.under_way else f"{words}; since then {since}"


def _moved(day: Projection, delivery: Delivery) -> str:
    """Say how far the whole plan was moved, for whoever reads times of day in its notes."""
    if not delivery.moved:
        return ""
    start = at_time(day.planned_start, delivery.utc_offset)
    return f"The plan was moved: {delivery.session.start} in these notes is {start} today"


def _row(day: Projection, index: int, delivery: Delivery) -> Row:
    line, offset = day.lines[index], delivery.utc_offset
    planned, begins = at_time(line.planned_start, offset), at_time(line.start, offset)
    mark: Mark = "next" if index == day.next and day.phase != "before" else line.status
    if line.status == "skipped" and line.segment in delivery.marks.dropped:
        mark = "left out"
    return Row(
        segment=line.segment,
        mark=mark,
        is_break=line.is_break,
        fixed=line.fixed,
        planned=planned,
        expected=begins if begins != planned and _is_expected(day, line) else "",
        title=delivery.session.segments[index].title,
        sign=offset_sign(line.offset) if line.status == "done" else "",
    )


def _is_expected(day: Projection, line: Line) -> bool:
    return line.status in ("to come", "current") and not _far_from_start(day)


def _next(day: Projection, delivery: Delivery) -> Next | None:
    index = day.next
    if index is None or (day.phase == "before" and index == 0 and len(day.lines) == 1):
        return None
    if day.phase == "before":
        index = 1
    segment, line = delivery.session.segments[index], day.lines[index]
    titles = {resource.id: resource.title for resource in delivery.resources}
    return Next(
        title=segment.title,
        at=at_time(line.start if _is_expected(day, line) else line.planned_start, delivery.utc_offset),
        particulars=particulars(segment),
        in_hand=tuple(titles.get(wanted, wanted) for wanted in segment.resources),
    )
