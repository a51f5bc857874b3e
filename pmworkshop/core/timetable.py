"""Where a session's segments stand in time: starts and lengths, given or derived, and what is wrong with them.

Pure: `place` never fails. It returns the best timetable it can and every finding, so that an author sees
all of them at once; a session is fit to run when no finding is an error.
"""

from collections.abc import Sequence
from typing import Literal

from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.units import MINUTE, Duration, TimeOfDay, minute_of_day, minutes, time_of_day
from pmworkshop.core.value import value

LONGEST = 16 * 60
"""A start that seems to lie further than this many minutes after the session's start runs backwards instead."""


@value
class Slot:
    """One segment's place in the plan, as offsets from the session's planned start."""

    segment: SegmentId
    start: Duration
    length: Duration
    fixed: bool = False
    is_break: bool = False

    @property
    def end(self) -> Duration:
        """Planned end, from the session's planned start."""
        return Duration(self.start + self.length)


@value
class Finding:
    """Something amiss with a session's times; `segment` is an index, `field` the author's key."""

    segment: int | None
    field: str
    what: str
    remedy: str
    severity: Literal["error", "warning"] = "error"


@value
class Timetable:
    """The placed segments and the planned end, from the session's planned start."""

    slots: tuple[Slot, ...]
    end: Duration


def place(session: Session) -> tuple[Timetable, tuple[Finding, ...]]:
    """Place every segment of `session`; times that pass midnight count on into the next day."""
    findings: list[Finding] = []
    end = _after(session.start, session.end)
    if not 0 < end <= LONGEST:
        findings.append(
            Finding(
                segment=None,
                field="end",
                what=f"the session ends at {session.end} but starts at {session.start}",
                remedy="give an end after the start, on the same day or just past midnight",
            )
        )
    starts = _starts(session, findings)
    slots = tuple(
        Slot(
            segment=segment.id,
            start=minutes(start),
            length=minutes(segment.minutes or max(until - start, 0)),
            fixed=segment.fixed,
            is_break=segment.kind == "break",
        )
        for segment, start, until in zip(session.segments, starts, [*starts[1:], end], strict=True)
    )
    findings += _before_first(session, slots)
    for index, segment in enumerate(session.segments):
        findings += _own(index, segment, slots[index])
        following = slots[index + 1].start if index + 1 < len(slots) else minutes(end)
        findings += _against_next(session, index, slots[index], following)
    return Timetable(slots=slots, end=minutes(end)), tuple(findings)


def _after(start: TimeOfDay, time: TimeOfDay) -> int:
    """Return minutes from `start` on to the next `time`, around midnight if need be."""
    return (minute_of_day(time) - minute_of_day(start)) % (24 * 60)


def _starts(session: Session, findings: list[Finding]) -> list[int]:
    starts: list[int] = []
    for index, segment in enumerate(session.segments):
        before = session.segments[index - 1] if index else None
        earliest = starts[-1] if starts else 0
        start = earliest
        if segment.at is not None:
            start = _after(session.start, segment.at)
            if start > LONGEST or (before is not None and start <= earliest):
                findings.append(_backwards(index, segment.at, session, before))
                start = earliest
        elif before is not None and before.minutes is not None:
            start = earliest + before.minutes
        elif before is not None:
            findings.append(
                Finding(
                    segment=index,
                    field="at",
                    what=f"nothing says when “{segment.title}” starts",
                    remedy=f"give it `at`, or give “{before.title}” `minutes`",
                )
            )
        starts.append(start)
    return starts


def _backwards(index: int, at: TimeOfDay, session: Session, before: Segment | None) -> Finding:
    than = f"“{before.title}” before it" if before else f"the session, which starts at {session.start}"
    return Finding(
        segment=index,
        field="at",
        what=f"time runs backwards: {at} is not later than {than}"
        if before
        else f"{at} is earlier than {than}",
        remedy="put the segments in the order of the day, or mend the time",
    )


def _before_first(session: Session, slots: Sequence[Slot]) -> list[Finding]:
    if not slots or slots[0].start == 0:
        return []
    gap, title = slots[0].start // MINUTE, session.segments[0].title
    return [
        Finding(
            segment=0,
            field="at",
            what=f"a gap of {gap} min between the start of the session, {session.start}, and “{title}”",
            remedy="let the session start with its first segment, or put a segment before it",
            severity="warning",
        )
    ]


def _own(index: int, segment: Segment, slot: Slot) -> list[Finding]:
    findings = []
    if segment.fixed and segment.at is None:
        findings.append(
            Finding(
                segment=index,
                field="fixed",
                what=f"“{segment.title}” is fixed but has no time of its own",
                remedy="give it `at`, or take `fixed` away",
            )
        )
    if segment.shortest is not None and minutes(segment.shortest) > slot.length > 0:
        findings.append(
            Finding(
                segment=index,
                field="shortest",
                what=f"the shortest length, {segment.shortest} min, is longer than the {slot.length // MINUTE} min planned",
                remedy="make `shortest` smaller or the segment longer",
            )
        )
    return findings


def _against_next(session: Session, index: int, slot: Slot, following: Duration) -> list[Finding]:
    """Compare where a segment ends with where the next one, or the session's end, stands."""
    segment = session.segments[index]
    last = index + 1 == len(session.segments)
    what_follows = "the end of the session" if last else f"“{session.segments[index + 1].title}”"
    over = (slot.end - following) // MINUTE
    ends = time_of_day(minute_of_day(session.start) + slot.end // MINUTE)
    if slot.start >= following and last:
        return [
            Finding(
                segment=index,
                field="at",
                what=f"“{segment.title}” starts at or after the end of the session, {session.end}",
                remedy="move the segment or the session's `end`",
            )
        ]
    if segment.minutes is None or over == 0 or (not last and session.segments[index + 1].at is None):
        return []
    if over > 0:
        return [
            Finding(
                segment=index,
                field="minutes",
                what=f"“{segment.title}” runs until {ends}, {over} min into {what_follows}"
                if not last
                else f"“{segment.title}” runs until {ends}, {over} min beyond {what_follows}",
                remedy=f"take {over} min away, or move what follows",
            )
        ]
    return [
        Finding(
            segment=index,
            field="minutes",
            what=f"a gap of {-over} min between “{segment.title}” (until {ends}) and {what_follows}",
            remedy=f"add {-over} min, or leave `minutes` out so that the segment fills the time",
            severity="warning",
        )
    ]
