"""What to follow up, as a calendar that any diary takes in: whole days, the same entry each time it is read in."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pmworkshop.core.text import clean, clean_line
from pmworkshop.core.units import Instant
from pmworkshop.live.views.follow_ups import FollowUp

if TYPE_CHECKING:
    from icalendar import Event


def calendar(name: str, found: Iterable[FollowUp], at: Instant, mark: str = "") -> bytes:
    """Return an iCalendar file called `name`, as of the newest event, `at`. A `mark` stands before every title.

    An entry that is read in again takes the place of the earlier one, and blocks no time.
    """
    from icalendar import Calendar  # noqa: PLC0415  # slow to import

    whole = Calendar()
    whole.add("prodid", "-//pmworkshop//follow-up//EN")
    whole.add("version", "2.0")
    whole.add("x-wr-calname", clean_line(f"{mark} {name}"))
    for one in found:
        whole.add_component(_entry(one, at, mark))
    written: bytes = whole.to_ical()
    return written


def _entry(one: FollowUp, at: Instant, mark: str) -> "Event":
    from icalendar import Event  # noqa: PLC0415  # slow to import

    entry = Event()
    entry.add("uid", one.uid)
    entry.add("dtstamp", datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at))
    entry.add("dtstart", one.day)
    entry.add("summary", clean_line(f"{mark}: {one.title}" if mark else one.title))
    entry.add("description", clean("\n".join(one.lines)))
    entry.add("sequence", one.sequence)
    entry.add("transp", "TRANSPARENT")
    return entry
