"""How long a cohort's records are to be kept: some months after its last session, as the centre wants it."""

from calendar import monthrange
from datetime import date

from pmworkshop.core.state import Cohort
from pmworkshop.core.units import Instant
from pmworkshop.core.words import day_words
from pmworkshop.live.views.days import day_of


def due_since(state: Cohort) -> date | None:
    """Return the day on which a cohort's records are due for deletion; None before anything was run for a centre."""
    ends = [
        one.marks.ended or one.marks.visits[-1].begins for one in state.deliveries.values() if one.started
    ]
    if not ends or state.centre is None:
        return None
    last = day_of(state, max(ends))
    years, month = divmod(last.month - 1 + state.centre.keep_months, 12)
    year = last.year + years
    return date(year, month + 1, min(last.day, monthrange(year, month + 1)[1]))


def due_words(state: Cohort, at: Instant) -> str:
    """Say since when records are due for deletion; nothing where they are not, at `at`."""
    due = due_since(state)
    return f"records due for deletion since {day_words(due)}" if due and due <= day_of(state, at) else ""
