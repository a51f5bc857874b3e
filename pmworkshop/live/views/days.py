"""Instants as a reader of a pack says them: day and time where the session was held."""

from datetime import UTC, date, datetime

from pmworkshop.core.state import Cohort
from pmworkshop.core.units import NOTHING, Duration, Instant, wall_clock
from pmworkshop.core.words import day_words


def offset_at(state: Cohort, at: Instant) -> Duration:
    """Return how far local time was ahead of UTC at `at`, by the delivery nearest to it; none where there is none."""
    nearest = min(state.deliveries.values(), key=lambda one: abs(one.opened - at), default=None)
    return nearest.utc_offset if nearest else NOTHING


def day_of(state: Cohort, at: Instant) -> date:
    """Return the local day of `at`."""
    return datetime.fromtimestamp((at + offset_at(state, at)) / 1000, tz=UTC).date()


def said_at(state: Cohort, at: Instant) -> str:
    """Return day and time, such as 12 October 2026, 10:52."""
    return f"{day_words(day_of(state, at))}, {wall_clock(at, offset_at(state, at))}"
