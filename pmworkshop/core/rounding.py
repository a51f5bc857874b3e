"""Starts on the five minutes, which people read more easily than others, wherever the lengths between them allow it."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from pmworkshop.core.value import value

STEP: Final = 5
NEAR: Final = STEP // 2

Cost = tuple[int, int]
"""How many starts are off the five minutes, then by how many minutes all of them together were moved."""


@value
class Span:
    """One segment and the idle time after it, in whole minutes; rounding leaves it `least` to `most` long."""

    length: int
    idle: int
    least: int
    most: int


@value
class _Way:
    """How the starts up to one came about: what it cost, and by which of the starts before."""

    cost: Cost
    before: int | None


def rounded(spans: Sequence[Span], bounds: Sequence[int], minute: int) -> list[int]:
    """Return a start for each span: as few as can be off the five minutes, and then as near to the exact as can be.

    `bounds` are the starts as they were and the end; the first and the end stay. `minute` is the minute of the day
    that they count from. A start that stays as it was is as good as a round one. Each span's own length must lie
    within its limits, and all together must fill the time up to the end.
    """
    exact = list(accumulate((one.length + one.idle for one in spans), initial=bounds[0]))
    ways: list[dict[int, _Way]] = [{bounds[0]: _Way(cost=(0, 0), before=None)}]
    for index, span in enumerate(spans, 1):
        last = index == len(spans)
        here: dict[int, _Way] = {}
        for start in (exact[index],) if last else sorted(_candidates(exact[index], bounds[index], minute)):
            odd = int(not last and start != bounds[index] and (minute + start) % STEP != 0)
            here |= _best(start, (odd, abs(start - exact[index])), span, ways[-1])
        ways.append(here)
    return list(_back(ways, exact[-1]))[::-1]


def _candidates(exact: int, was: int, minute: int) -> set[int]:
    """Return where a start may lie: where it would, on the nearest five minutes, or where it was if that is as near."""
    nearest = (minute + exact + NEAR) // STEP * STEP - minute
    return {exact, nearest, was} if abs(was - exact) <= NEAR else {exact, nearest}


def _best(start: int, cost: Cost, span: Span, ways: dict[int, _Way]) -> dict[int, _Way]:
    """Return the cheapest way to a start, if there is any."""
    found = [
        ((way.cost[0] + cost[0], way.cost[1] + cost[1]), before)
        for before, way in ways.items()
        if span.least <= start - before - span.idle <= span.most
    ]
    return {start: _Way(cost=min(found)[0], before=min(found)[1])} if found else {}


def _back(ways: Sequence[dict[int, _Way]], end: int) -> Iterator[int]:
    """Yield the starts of the cheapest way, the last first."""
    start: int | None = end
    for here in reversed(ways[1:]):
        start = here[start].before if start is not None else None
        if start is not None:
            yield start
