"""What listeners are told, and when they must be told at once. Nothing of anybody's is in it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pmworkshop.core.units import Instant, later
from pmworkshop.live.views.now import NowView, Timing
from pmworkshop.room.hub import Told


def digest_of(view: NowView) -> str:
    """Return what changes when a page that shows this view must be drawn anew; the running figures are not part of it."""
    timers = [
        (one.exercise_id, one.title, one.revealed, one.timing.words if one.timing else "")
        for one in view.activities
    ]
    words = view.timing.words if view.timing else ""
    parts = (view.cohort, view.session, view.segment, words, view.until, view.message, view.following, timers)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def told(view: NowView, now: Instant, digest: str, more: Mapping[str, Any] | None = None) -> Told:
    """Return what to tell: the digest, the countdowns in milliseconds, and what is open."""
    timers = {"main": view.timing} | {one.exercise_id: one.timing for one in view.activities}
    ends = [(name, *_end(timing, now)) for name, timing in timers.items() if timing]
    pulse = {
        "digest": digest,
        "timers": {name: _figures(timing) for name, timing in timers.items() if timing},
        "open": [one.exercise_id for one in view.activities],
        "message": view.message,
        "clock": view.clock,
        **(more or {}),
    }
    return Told(signature=json.dumps((digest, ends, view.message, view.clock)), pulse=pulse)


def _figures(timing: Timing) -> dict[str, Any]:
    return {"left": timing.left, "words": timing.words, "moves": timing.moves}


def _end(timing: Timing, now: Instant) -> tuple[int, bool]:
    """Return what stays the same while a countdown runs evenly."""
    return (later(now, timing.left) if timing.moves else timing.left, timing.moves)
