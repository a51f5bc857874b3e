"""How times, and several things in a row, are said on every screen. Minutes are rounded to the nearest, halves up."""

from collections.abc import Sequence
from datetime import date

from pmworkshop.core.units import MINUTE, SECOND, Duration, Instant, TimeOfDay, wall_clock

MONTHS = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905  # reads better
)
_HALF = Duration(30 * SECOND)


def whole_minutes(duration: Duration) -> int:
    """Return the nearest whole minutes, halves up; negative for negative durations."""
    return (duration + _HALF) // MINUTE


def at_time(instant: Instant, utc_offset: Duration) -> TimeOfDay:
    """Return the local time of day nearest to `instant`, for planned and expected times."""
    return wall_clock(Instant(instant + _HALF), utc_offset)


def offset_words(offset: Duration) -> str:
    """Say an offset: `on time`, `4 min behind`, `1 h 10 min ahead`."""
    count = whole_minutes(offset)
    if count == 0:
        return "on time"
    return f"{length_words(abs(count))} {'behind' if count > 0 else 'ahead'}"


def offset_sign(offset: Duration) -> str:
    """Say an offset in a narrow column: `+4`, `-2`, or nothing when on time."""
    count = whole_minutes(offset)
    return f"{count:+d}".replace("-", "\u2212") if count else ""


def length_words(count: int) -> str:
    """Say whole minutes: `45 min`, `1 h`, `2 h 5 min`."""
    hours, mins = divmod(count, 60)
    parts = [f"{hours} h"] if hours else []
    parts += [f"{mins} min"] if mins or not hours else []
    return " ".join(parts)


def listed(words: Sequence[str], most: int | None = None, rest: str = "more") -> str:
    """Say `A, B and C`; of many the first `most`, and how many more there are. A single one more is named, not counted."""
    shown = list(words)
    if most is not None and len(shown) > most + 1:
        shown = [*shown[:most], f"{len(shown) - most} {rest}"]
    return " and ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)


def countdown(remaining: Duration) -> str:
    """Return `12:43` or `1:02:03`: seconds left rounded up, or seconds over rounded down."""
    seconds = -(-remaining // SECOND) if remaining >= 0 else -remaining // SECOND
    hours, rest = divmod(seconds, 3600)
    clock = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{clock}" if hours else clock


def until_change(remaining: Duration) -> Duration:
    """Return how long until `countdown` shows another second."""
    rest = remaining % SECOND if remaining > 0 else SECOND - (-remaining % SECOND)
    return Duration(rest or SECOND)


def day_words(day: date) -> str:
    """Return a day such as 12 October 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def said_day(text: str) -> str:
    """Return a day that is recorded as `YYYY-MM-DD` in words; as it is, where it is none."""
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        return text
