"""Which cue falls between two readings of a countdown: five minutes, one minute, time.

Invariant: however far apart the readings are, no cue is said twice, none comes late, and none comes because the
trainer went elsewhere or gave time. `room/static/cues.js` follows the same rule for the pages.
"""

from typing import Literal

from pmworkshop.core.schedule import LAST_MINUTE, Phase
from pmworkshop.core.units import NOTHING, SECOND, Duration
from pmworkshop.core.value import value
from pmworkshop.core.words import whole_minutes

Cue = Literal["five minutes", "one minute", "time", "change"]
"""`five minutes` comes when the course's `warn_at` is left, whatever that is; `change` when roles or a round's part do."""

STILL_NEWS = Duration(20 * SECOND)
"""A cue that would come later than this, as after a laptop was asleep, is not given any more."""

WOBBLE = Duration(2 * SECOND)
"""A countdown that goes up by less was not given time: it was only read later than before."""

COUNTING: frozenset[Phase] = frozenset({"running", "warning", "last minute", "over"})


@value
class Reading:
    """A countdown as it was read: of what (None while nothing counts), how much is left, and whether it moves."""

    of: str | None
    left: Duration
    moves: bool = True


def listen(
    before: Reading | None, now: Reading, warn: Duration, still_news: Duration = STILL_NEWS
) -> tuple[Reading, Cue | None]:
    """Return the reading that the next one is to be compared with, and the cue that falls now, if any.

    What is passed while the countdown stands still is said when it moves again.
    """
    if before is None or now.of is None or before.of != now.of or now.left - before.left >= WOBBLE:
        return now, None
    if not now.moves or now.left >= before.left:
        return before, None
    return now, crossed(before.left, now.left, warn, still_news)


def crossed(before: Duration, now: Duration, warn: Duration, still_news: Duration = STILL_NEWS) -> Cue | None:
    """Return the newest cue between `before` (not included) and `now` left of one countdown, unless it is too late for it."""
    limits: list[tuple[Duration, Cue]] = [(NOTHING, "time"), (LAST_MINUTE, "one minute")]
    if warn > LAST_MINUTE:
        limits.append((warn, "five minutes"))
    for limit, cue in limits:
        if now <= limit < before:
            return cue if limit - now < still_news else None
    return None


def last_words(phase: Phase, length: Duration, warn: Duration) -> str:
    """Say what the colour of a countdown says: `last 5 minutes`, `last minute`, `time is up`; nothing before."""
    if phase == "over":
        return "time is up"
    count = whole_minutes(min(length, warn))
    if phase == "last minute" or (phase == "warning" and count <= 1):
        return "last minute"
    return f"last {count} minutes" if phase == "warning" else ""
