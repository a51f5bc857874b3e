"""How long each segment of a session was planned and how long it took, over all its deliveries: for reports and learning.

Only real deliveries count: rehearsals and demonstrations are counted, and left out. Pauses are no part of what a segment
took, nor is a late start of the day. A record that lies in two places (a copy, a restored one) counts once.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from pmworkshop.core.learning import median
from pmworkshop.core.plan import SegmentId, Session
from pmworkshop.core.running import projection
from pmworkshop.core.schedule import Line, Projection
from pmworkshop.core.state import Cohort, Delivery
from pmworkshop.core.timetable import place
from pmworkshop.core.units import MINUTE, NOTHING, Duration, Instant
from pmworkshop.core.value import value
from pmworkshop.core.words import whole_minutes
from pmworkshop.live.views.reports.register import day_held

Standing = Literal[
    "run",
    "skipped",
    "left out",
    "cut short",
    "ended in it",
    "left running",
    "open",
    "to come",
    "not in its plan",
]

FORGOTTEN: Final = 60
"""Whoever ran over by more minutes than this, and to more than `TIMES` the plan, forgot the clock."""
TIMES: Final = 3


@value
class Took:
    """One delivery's minutes for one segment; `minutes` is None where it was not begun. Only `run` counts.

    A segment that was left within half a minute was skipped. One that was given less time that day, and took less than
    its plan, was cut short: how long it needs, nobody knows from that. Where the session was ended in the middle of its plan,
    nobody knows whether the segment then running was at its end. `corrected`: its start was put right afterwards.
    """

    standing: Standing
    minutes: int | None = None
    planned: int | None = None
    corrected: bool = False


@value
class Ran:
    """One real delivery, in minutes: `late` is how late it was started, `over` how late it ended (None while it runs)."""

    cohort: str
    day: str
    began: Instant
    late: int
    over: int | None
    pauses: int


@value
class SegmentTimes:
    """One segment; `took` has an entry for each delivery of the session, in their order."""

    segment: SegmentId
    title: str
    is_break: bool
    planned: int
    took: tuple[Took, ...]

    @property
    def counted(self) -> tuple[int, ...]:
        """The minutes of those deliveries in which it was run to its end."""
        return tuple(one.minutes for one in self.took if one.standing == "run" and one.minutes is not None)

    @property
    def skipped(self) -> int:
        """How often it was skipped or left out."""
        return sum(one.standing in ("skipped", "left out") for one in self.took)

    @property
    def cut(self) -> int:
        """How often it was cut short."""
        return sum(one.standing == "cut short" for one in self.took)

    @property
    def median(self) -> int | None:
        """The middle of what it took, halves up; None where it never was run to its end."""
        return median(self.counted) if self.counted else None


@value
class SessionTimes:
    """One session over all its deliveries, the oldest first; what was left out is counted."""

    session_id: str
    title: str
    deliveries: tuple[Ran, ...]
    segments: tuple[SegmentTimes, ...]
    rehearsals: int
    demonstrations: int


def session_times(states: Iterable[Cohort], session_id: str, plan: Session | None = None) -> SessionTimes:
    """Return a session's times over the deliveries of all these cohorts.

    Segments are known by their id and come in the order of `plan`, or of the newest delivery's, those that only older
    plans had after them. A delivery that has none of the plan's segments is of another session.
    """
    held = _started(states, session_id)
    real = [(state, one) for state, one in held if not state.mark]
    newest = held[-1][1].session if held else None
    plan = plan or (real[-1][1].session if real else newest)
    names = {segment.id for segment in plan.segments} if plan else set()
    real = [(state, one) for state, one in real if any(of.id in names for of in one.session.segments)]
    days = [projection(one, one.marks.newest) for _, one in real]
    deliveries = [one for _, one in real]
    return SessionTimes(
        session_id=session_id,
        title=plan.title if plan else session_id,
        deliveries=tuple(_ran(state, one, day) for (state, one), day in zip(real, days, strict=True)),
        segments=_segments(plan, deliveries, days),
        rehearsals=sum(state.mark == "REHEARSAL" for state, _ in held),
        demonstrations=sum(state.mark == "DEMONSTRATION" for state, _ in held),
    )


def cohort_times(state: Cohort, others: Sequence[Cohort] = ()) -> tuple[SessionTimes, ...]:
    """Return the times of every session that a cohort has begun, over its own deliveries and those of the others."""
    begun = sorted((one for one in state.deliveries.values() if one.started), key=_began)
    return tuple(
        session_times((state, *others), name) for name in dict.fromkeys(one.session_id for one in begun)
    )


def took_words(one: Took, planned: int) -> str:
    """Say what one delivery took, beside a plan of `planned` minutes."""
    if one.minutes is None or one.standing in ("skipped", "open"):
        return {"not in its plan": "–", "open": "under way"}.get(one.standing, one.standing)  # noqa: RUF001  # the dash of an empty cell
    words = [str(one.minutes)]
    words += [f"of {one.planned}"] if one.planned != planned else []
    words += [one.standing] if one.standing != "run" else []
    words += ["start put right"] if one.corrected else []
    return ", ".join(words)


def off_words(minutes: int | None) -> str:
    """Say how late something was, in minutes: with a sign, or that it was on time; nothing where it is not known."""
    if minutes is None:
        return ""
    return f"{minutes:+d}".replace("-", "\N{MINUS SIGN}") if minutes else "on time"


def _started(states: Iterable[Cohort], session_id: str) -> list[tuple[Cohort, Delivery]]:
    """Return a session's deliveries, the oldest first; of one that lies in two records, the one that got further."""
    found: dict[tuple[str, Instant, str], tuple[Cohort, Delivery]] = {}
    for state in states:
        for one in state.deliveries.values():
            key = (state.name, state.created, one.id)
            if one.session_id == session_id and one.started:
                known = found.get(key)
                if known is None or known[1].marks.newest < one.marks.newest:
                    found[key] = (state, one)
    return sorted(found.values(), key=lambda pair: _began(pair[1]))


def _began(delivery: Delivery) -> Instant:
    return delivery.marks.visits[0].begins


def _ran(state: Cohort, delivery: Delivery, day: Projection) -> Ran:
    marks = delivery.marks
    paused = sum((pause.end or marks.newest) - pause.start for pause in marks.pauses)
    return Ran(
        cohort=state.name,
        day=day_held(state, delivery),
        began=_began(delivery),
        late=whole_minutes(day.late_start),
        over=whole_minutes(Duration(marks.ended - day.planned_finish)) if marks.ended is not None else None,
        pauses=whole_minutes(Duration(paused)),
    )


def _segments(
    plan: Session | None, deliveries: Sequence[Delivery], days: Sequence[Projection]
) -> tuple[SegmentTimes, ...]:
    planned: dict[SegmentId, tuple[str, bool, int]] = _planned(plan) if plan else {}
    for one in reversed(deliveries):
        planned = planned | {name: it for name, it in _planned(one.session).items() if name not in planned}
    took = [_took(one, day) for one, day in zip(deliveries, days, strict=True)]
    missing = Took(standing="not in its plan")
    return tuple(
        SegmentTimes(
            segment=name,
            title=title,
            is_break=is_break,
            planned=length,
            took=tuple(one.get(name, missing) for one in took),
        )
        for name, (title, is_break, length) in planned.items()
    )


def _planned(session: Session) -> dict[SegmentId, tuple[str, bool, int]]:
    """Return title, whether it is a break, and planned minutes of each segment."""
    slots = place(session)[0].slots
    return {
        segment.id: (segment.title, segment.kind == "break", slot.length // MINUTE)
        for segment, slot in zip(session.segments, slots, strict=True)
    }


def _took(delivery: Delivery, day: Projection) -> Mapping[SegmentId, Took]:
    return {line.segment: _one(delivery, day, index, line) for index, line in enumerate(day.lines)}


def _one(delivery: Delivery, day: Projection, index: int, line: Line) -> Took:
    length = whole_minutes(Duration(line.planned_end - line.planned_start))
    minutes = whole_minutes(line.used) if line.status in ("done", "current") else None
    return Took(
        standing=_standing(delivery, day, index, minutes, length),
        minutes=minutes,
        planned=length,
        corrected=line.segment in delivery.corrected,
    )


def _not_run(delivery: Delivery, line: Line) -> Standing:
    if line.status == "to come":
        return "to come"
    return "left out" if line.segment in delivery.marks.dropped else "skipped"


def _standing(delivery: Delivery, day: Projection, index: int, minutes: int | None, length: int) -> Standing:
    line = day.lines[index]
    if line.status == "current":
        return "open"
    if minutes is None:
        return _not_run(delivery, line)
    if delivery.marks.ended is not None and delivery.marks.visits[-1].segment == line.segment:
        rest = [one for one in day.lines[index + 1 :] if one.segment not in delivery.marks.dropped]
        if rest and all(one.status == "skipped" for one in rest):
            return "ended in it"
    if minutes == 0:
        return "skipped"
    if minutes < length and delivery.marks.added.get(line.segment, NOTHING) < 0:
        return "cut short"
    return "left running" if minutes > max(TIMES * length, length + FORGOTTEN) else "run"
