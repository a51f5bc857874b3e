"""The clocks of the house. Instants come from the wall once, then run evenly, whatever is done to the wall clock.

The even clock counts on while the laptop sleeps: a lid closed for ten minutes is ten minutes. A wall clock that
is set while the app runs does not move the countdown; `stepped` tells how far the two have come apart.
"""

import secrets
import sys
import time
from datetime import UTC, datetime

from pmworkshop.core.units import NOTHING, Duration, Instant

TOLERATED = Duration(3_000)
LAST_YEAR = 253_370_764_800_000
"""The beginning of the year 9999, the last that Python's calendar has."""


def _even_milliseconds() -> int:
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    if sys.platform == "darwin":
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000
    return time.monotonic_ns() // 1_000_000


def _wall_milliseconds() -> int:
    return time.time_ns() // 1_000_000


class Clock:
    """A clock that starts at the wall's time less `set_forward`, and runs `speed` times as fast as real time."""

    def __init__(
        self, *, speed: float = 1.0, start: Instant | None = None, set_forward: Duration = NOTHING
    ) -> None:
        self.speed = speed
        self._wall = _wall_milliseconds()
        self._even = _even_milliseconds()
        self._start = start if start is not None else Instant(self._wall - set_forward)

    def now(self) -> Instant:
        """Return the instant."""
        return Instant(self._start + int((_even_milliseconds() - self._even) * self.speed))

    def stepped(self) -> Duration:
        """Return how far the wall clock was set since this was last asked, forward or back; 0 for next to nothing."""
        step = (_wall_milliseconds() - self._wall) - (_even_milliseconds() - self._even)
        if abs(step) < TOLERATED:
            return Duration(0)
        self._wall += step
        return Duration(step)


def local_zone(at: Instant) -> tuple[str, Duration]:
    """Return the name of this laptop's time zone and how far its clocks are ahead of UTC at an instant."""
    local = datetime.fromtimestamp(at / 1000, tz=UTC).astimezone()
    offset = local.utcoffset()
    return local.tzname() or "local time", Duration(int(offset.total_seconds() * 1000) if offset else 0)


def new_id() -> str:
    """Return a new id, 12 letters and figures that nobody else has."""
    return secrets.token_hex(6)


def iso(at: int) -> str:
    """Return UTC milliseconds as `2027-03-01T09:30:00.000Z`; outside the calendar, as the number that they are."""
    if not 0 <= at < LAST_YEAR:
        return f"{at} ms"
    return datetime.fromtimestamp(at / 1000, tz=UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
