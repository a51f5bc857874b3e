"""What the trainer may say to the whole room: ready-made messages that fit the moment, and what is said now."""

from typing import Final

from pmworkshop.core.running import projection
from pmworkshop.core.schedule import Line, Projection
from pmworkshop.core.state import Cohort, Delivery
from pmworkshop.core.units import MINUTE, Instant, later, minutes, nearest_minute
from pmworkshop.core.value import value
from pmworkshop.core.words import at_time

SAID_FOR: Final = minutes(5)
"""How long after its time `Back at 11:15` still stands, for those who come late; and how long `5 more minutes` does."""

MORE: Final = "5 more minutes"
WRITING: Final = "Please finish writing"
HAND_IN: Final = "Phones: please hand in now"
SWAP: Final = "Swap roles now"
FRONT: Final = "Look at the front, please"


@value
class Saying:
    """A ready-made message, and the instant from which it says nothing any more."""

    text: str
    until: Instant | None = None


def message_at(state: Cohort, now: Instant) -> str:
    """Return what the trainer says to the room at `now`; nothing once the message's own time is over."""
    said = state.message
    if said is None or (said.until is not None and now >= said.until):
        return ""
    return said.text


def sayings(state: Cohort, delivery: Delivery, now: Instant) -> tuple[Saying, ...]:
    """Return the ready-made messages, those that fit the moment first."""
    day = projection(delivery, now)
    back, soon = _back_at(day, delivery)
    ready = [
        *((Saying(text=WRITING), Saying(text=HAND_IN)) if _is_open(state) else ()),
        *((Saying(text=SWAP),) if _in_roles(day, delivery) else ()),
        *((Saying(text=MORE, until=later(now, SAID_FOR)),) if delivery.under_way else ()),
        *(Saying(text=text) for text in (WRITING, FRONT, SWAP, HAND_IN)),
    ]
    found = [*back, *ready] if soon else [*ready, *back]
    unique: dict[str, Saying] = {}
    for one in found:
        unique.setdefault(one.text, one)
    return tuple(unique.values())


def _back_at(day: Projection, delivery: Delivery) -> tuple[tuple[Saying, ...], bool]:
    """Return when the break that runs, or the next one, is over as it looks now; and whether that is what matters."""
    if not delivery.under_way or day.current is None:
        return (), False
    index = next((i for i, line in enumerate(day.lines) if i >= day.current and _to_be_had(line)), None)
    if index is None:
        return (), False
    after = next((line for line in day.lines[index + 1 :] if line.status == "to come"), None)
    ends = nearest_minute(after.start if after else day.lines[index].end)
    if ends < later(day.now, MINUTE):
        return (), False
    words = f"Back at {at_time(ends, delivery.utc_offset)}"
    return (Saying(text=words, until=later(ends, SAID_FOR)),), index in (day.current, day.next)


def _to_be_had(line: Line) -> bool:
    return line.is_break and line.status in ("current", "to come")


def _is_open(state: Cohort) -> bool:
    return any(activity.open for activity in state.activities.values())


def _in_roles(day: Projection, delivery: Delivery) -> bool:
    """Whether people sit in twos or threes, where roles may change."""
    if day.current is None:
        return False
    return bool({"trios", "pairs"} & set(delivery.session.segments[day.current].grouping))
