"""In which order segments give way, how far each can, and how a number of minutes is shared among them.

Source of the order: the trainers' practice in `domain.md`, Running the room.
"""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import Final

from pmworkshop.core.plan import Segment
from pmworkshop.core.value import value

Tier = tuple[int, int, int]
_PRIORITIES: Final = {"could": 0, "should": 1, "must": 2}


@value
class Part:
    """What can be spared of one segment, in whole minutes. `within` are the limits that it counts against, by index."""

    spare: int
    tier: Tier
    within: tuple[int, ...] = ()


def tier_of(segment: Segment) -> Tier:
    """Return what gives way first: the lower, the sooner. Priority, then protection, then what kind of work it is."""
    protected = bool(segment.criteria) or "debrief" in segment.method
    if "input" in segment.method or "video" in segment.method:
        kind = 0
    elif {"plenary", "discussion", "brainstorm"} & set(segment.method):
        kind = 1
    else:
        kind = 2
    return (
        _PRIORITIES[segment.priority],
        2 if segment.kind == "break" else int(protected),
        kind,
    )


def shortest_of(segment: Segment, planned: int) -> int:
    """Return the shortest workable length of a segment of `planned` whole minutes.

    Where the author gives none, what is protected stays whole and anything else keeps at least half.
    """
    if segment.shortest is not None:
        return min(segment.shortest, planned)
    return planned if tier_of(segment)[1] else -(-planned // 2)


def share(need: int, parts: Sequence[Part], limits: Sequence[int] = ()) -> tuple[int, ...]:
    """Return the minutes taken of each part: `need` in all, or as many as there are.

    From the lowest tier first; within one in proportion to what can be spared, by the divisor rule of Sainte-Laguë,
    so that needing more never takes less from any. No more is taken within a limit than it allows.
    """
    taken = [0] * len(parts)
    room = list(limits)
    queue = [(part.tier, 1 / part.spare, index) for index, part in enumerate(parts) if part.spare > 0]
    heapify(queue)
    while need > 0 and queue:
        tier, _, index = heappop(queue)
        part = parts[index]
        if any(room[limit] <= 0 for limit in part.within):
            continue
        taken[index] += 1
        need -= 1
        for limit in part.within:
            room[limit] -= 1
        if taken[index] < part.spare:
            heappush(queue, (tier, (2 * taken[index] + 1) / part.spare, index))
    return tuple(taken)
