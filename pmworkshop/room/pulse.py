"""What listeners are told, and when they must be told at once. Nothing of anybody's is in it, nor is any name."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from pmworkshop.core.units import Instant, later
from pmworkshop.live.views.now import NowView, Timing
from pmworkshop.live.views.teams.timers import NamedTimer
from pmworkshop.live.views.teams.view import RotationView
from pmworkshop.room.hub import Told

ROUND: Final = "round:now"
"""The round's countdown; no exercise is called so, for their ids have no colon."""


def digest_of(view: NowView) -> str:
    """Return what changes when a page that shows this view must be drawn anew; the running figures are not part of it."""
    timers = [
        (one.exercise_id, one.title, one.revealed, one.timing.words if one.timing else "")
        for one in view.activities
    ]
    words = view.timing.words if view.timing else ""
    parts = (view.cohort, view.session, view.segment, words, view.until, view.message, view.following, timers)
    return hashlib.sha256(json.dumps((*parts, _teams(view))).encode()).hexdigest()[:16]


def told(view: NowView, now: Instant, digest: str, more: Mapping[str, Any] | None = None) -> Told:
    """Return what to tell: the digest, the countdowns in milliseconds, and what is open."""
    timers = {"main": view.timing} | {one.exercise_id: one.timing for one in view.activities}
    timers |= {key: timing for key, _, timing in beside(view)}
    timers |= {ROUND: of_round(view.rotation)} if view.rotation else {}
    ends = [(name, *_end(timing, now)) for name, timing in timers.items() if timing]
    pulse = {
        "digest": digest,
        "timers": {name: _figures(timing) for name, timing in timers.items() if timing},
        "open": [one.exercise_id for one in view.activities],
        "message": view.message,
        "round": _called(view.rotation),
        "clock": view.clock,
        **(more or {}),
    }
    return Told(signature=json.dumps((digest, ends, view.message, view.clock)), pulse=pulse)


def _figures(timing: Timing) -> dict[str, Any]:
    figures = {"left": timing.left, "words": timing.words, "moves": timing.moves}
    return {**figures, "of": timing.of, "warn": timing.warn} if timing.of else figures


def _end(timing: Timing, now: Instant) -> tuple[int, bool]:
    """Return what stays the same while a countdown runs evenly."""
    return (later(now, timing.left) if timing.moves else timing.left, timing.moves)


def _teams(view: NowView) -> Any:
    """Return what changes when groups, rounds and the trainer's own timers are to be drawn anew."""
    turn, groups = view.rotation, view.groups
    return (
        (turn.number, turn.rounds, turn.part, turn.doing, turn.moves, repr(turn.groups)) if turn else None,
        repr((groups.title, groups.groups)) if groups else None,
        [(one.key, one.over, one.moves) for one in view.timers],
    )


def beside(view: NowView) -> tuple[tuple[str, str, Timing], ...]:
    """Return the trainer's own timers: what the countdown is called on a page, the timer's name, the countdown."""
    return tuple((f"timer:{one.key}", one.name, _of_timer(one)) for one in view.timers)


def of_round(rotation: RotationView) -> Timing:
    """Return the countdown of a round's part."""
    label = "left" if rotation.left > 0 else "over"
    return Timing(
        left=rotation.left, words=label if rotation.moves else f"{label}, paused", moves=rotation.moves
    )


def _of_timer(timer: NamedTimer) -> Timing:
    label = "time is up" if timer.over else "left"
    return Timing(left=timer.left, words=label if timer.moves else f"{label}, paused", moves=timer.moves)


def _called(rotation: RotationView | None) -> dict[str, Any] | None:
    """Return what is called out when a round, or a part of it, begins."""
    if rotation is None:
        return None
    begun = "has begun: your role stands under Now" if rotation.part == "work" else rotation.doing
    return {
        "number": rotation.number,
        "part": rotation.part,
        "said": f"{rotation.heading}{' ' if rotation.part == 'work' else '. '}{begun}.",
    }
