"""The units of time, branded so that a minute is never taken for a millisecond.

An `Instant` is UTC milliseconds since 1970; a `Duration` is milliseconds and may be negative;
a `TimeOfDay` is local and written `HH:MM`, as in a plan; `Minutes` are whole minutes, as in a plan.
"""

from typing import Annotated, NewType

from annotated_types import Interval

from pmworkshop.core.value import Pattern

Instant = NewType("Instant", int)
Duration = NewType("Duration", int)
TimeOfDay = NewType("TimeOfDay", str)
Minutes = NewType("Minutes", int)

Clock = Annotated[TimeOfDay, Pattern(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", "a time of day such as 09:30")]
Length = Annotated[Minutes, Interval(ge=1, le=720)]

SECOND = Duration(1_000)
MINUTE = Duration(60_000)
HOUR = Duration(60 * MINUTE)
DAY = Duration(24 * HOUR)
NOTHING = Duration(0)


def minutes(count: int) -> Duration:
    """Return `count` minutes as a duration."""
    return Duration(count * MINUTE)


def later(instant: Instant, by: Duration) -> Instant:
    """Return the instant that lies `by` after `instant` (before it, when negative)."""
    return Instant(instant + by)


def between(start: Instant, end: Instant) -> Duration:
    """Return how long it is from `start` to `end`; negative when `end` comes first."""
    return Duration(end - start)


def minute_of_day(time: TimeOfDay) -> Minutes:
    """Return minutes since midnight of a `HH:MM` time of day."""
    hours, mins = time.split(":")
    return Minutes(int(hours) * 60 + int(mins))


def time_of_day(minute: int) -> TimeOfDay:
    """Return the `HH:MM` that is `minute` minutes after midnight, around the clock."""
    minute %= 24 * 60
    return TimeOfDay(f"{minute // 60:02d}:{minute % 60:02d}")


def nearest_minute(instant: Instant) -> Instant:
    """Return the whole minute nearest `instant`, halves up."""
    return Instant((instant + MINUTE // 2) // MINUTE * MINUTE)


def wall_clock(instant: Instant, utc_offset: Duration) -> TimeOfDay:
    """Return the local time of day at `instant`, rounded down to the minute, where clocks are `utc_offset` ahead."""
    return time_of_day((instant + utc_offset) // MINUTE)


def nearest(time: TimeOfDay, to: Instant, utc_offset: Duration) -> Instant:
    """Return the occurrence of a local time of day that lies nearest `to`, on the day before, the day itself or after."""
    midnight = (to + utc_offset) // DAY * DAY - utc_offset
    candidates = [Instant(midnight + day * DAY + minute_of_day(time) * MINUTE) for day in (-1, 0, 1)]
    return min(candidates, key=lambda candidate: abs(candidate - to))
