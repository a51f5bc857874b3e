"""What the trainer is told of when its time is up, on whatever screen: the parts of a round, and every second timer."""

from collections.abc import Iterator
from typing import Literal

from pmworkshop.core.cues import Reading
from pmworkshop.core.rotating import Rotation
from pmworkshop.core.state import Cohort
from pmworkshop.core.teaming import elapsed, rounds_under_way, stands_still
from pmworkshop.core.units import Duration, Instant
from pmworkshop.core.value import value
from pmworkshop.live.views.teams.timers import Kind, timers_view
from pmworkshop.live.views.teams.words import doing, round_of

Told = Literal["rounds"] | Kind


@value
class Due:
    """A countdown, and what is said when it is over."""

    kind: Told
    words: str
    reading: Reading


def due_view(state: Cohort, now: Instant) -> tuple[Due, ...]:
    """Return every countdown beside that of the segment."""
    rotation = rounds_under_way(state)
    found = list(_of_round(state, rotation, now)) if rotation else []
    for timer in timers_view(state, now):
        reading = Reading(of=f"timer/{timer.key}", left=timer.left, moves=timer.moves)
        found.append(Due(kind=timer.kind, words=f"{timer.name}: time is up.", reading=reading))
    return tuple(found)


def _of_round(state: Cohort, rotation: Rotation, now: Instant) -> Iterator[Due]:
    past, moves = elapsed(state, rotation.started, now), not stands_still(state)
    work, feedback = rotation.length
    heading = round_of(rotation)
    if feedback:
        yield Due(
            kind="rounds",
            words=f"{heading} · {doing(rotation, 'feedback')}.",
            reading=Reading(
                of=f"{rotation.id}/{rotation.number}/work", left=Duration(work - past), moves=moves
            ),
        )
    whole = Duration(work + feedback - past)
    yield Due(
        kind="rounds",
        words=f"{heading} · {doing(rotation, 'over')}.",
        reading=Reading(of=f"{rotation.id}/{rotation.number}", left=whole, moves=moves),
    )
