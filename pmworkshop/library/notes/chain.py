"""The best reading of all times of a text together: which are starts, which are afternoon, where a new session begins.

Each time kept counts for what it looks like; jumps, odd hours and new beginnings cost a little. So one number that
only looks like a time is left out, and a whole second morning is not.
"""

from collections.abc import Sequence
from typing import Final

from pmworkshop.core.value import value
from pmworkshop.library.notes.times import HALF_DAY, NOON, Spoken

AFRESH: Final = 1.2
"""What a new session costs that no heading announces: more than one time is worth, less than two are."""
FURTHEST: Final = 30
"""How many times in a row may be passed over; beyond that, a text is no running order."""
LONGEST: Final = 15 * 60
_EARLY, _LATE = 7 * 60, 22 * 60
_LONG, _VERY_LONG = 3 * 60, 5 * 60


@value
class Told:
    """A time to be placed: as spoken, and how much it looks like a start (0 to 1)."""

    spoken: Spoken
    weight: float


@value
class Placed:
    """A start that was kept: which of the times it is, and its minute of the day."""

    index: int
    minute: int


@value
class _State:
    """The best way to arrive at one reading of one time; `before` is the state it comes from."""

    placed: Placed
    score: float
    before: "_State | None"
    fresh: bool


def chains(told: Sequence[Told], *, late: bool = False) -> tuple[tuple[Placed, ...], ...]:
    """Return the sessions that the times make up, each rising; `late` says that the heading means after noon."""
    rows: list[list[_State]] = []
    for index, one in enumerate(told):
        rows.append(
            [_best(Placed(index=index, minute=minute), one, rows, late) for minute in _readings(one.spoken)]
        )
    best: _State | None = None
    for row in rows:
        for state in row:
            if best is None or state.score > best.score:
                best = state
    return tuple(chain for chain in _unwound(best) if chain)


def _readings(spoken: Spoken) -> tuple[int, ...]:
    if spoken.sure or spoken.minute >= NOON:
        return (spoken.minute,)
    return (spoken.minute, spoken.minute + HALF_DAY)


def _best(placed: Placed, one: Told, rows: Sequence[Sequence[_State]], late: bool) -> _State:
    """Return the best of beginning here, going on from an earlier time, and beginning a new session after one."""
    minute, sure = placed.minute, one.spoken.sure
    best = _State(placed=placed, score=one.weight - _odd(minute, late, sure), before=None, fresh=True)
    for row in rows[-FURTHEST:]:
        for state in row:
            after = minute - state.placed.minute
            onwards = one.weight - _jump(state.placed.minute, minute, sure) if after > 0 else -1.0
            if state.score + onwards > best.score:
                best = _State(placed=placed, score=state.score + onwards, before=state, fresh=False)
            again = one.weight - AFRESH - _odd(minute, late, sure)
            if state.score + again > best.score:
                best = _State(placed=placed, score=state.score + again, before=state, fresh=True)
    return best


def _odd(minute: int, late: bool, sure: bool) -> float:
    """Return what it costs to begin at that minute: nobody trains at two in the morning, few begin at nine at night."""
    if sure or minute >= NOON + _EARLY:
        return 0.0 if sure else 0.9
    if late:
        return 0.0 if minute >= NOON else 0.9
    return 0.9 if minute < _EARLY else 0.1 if minute >= NOON + 60 else 0.0


def _jump(before: int, minute: int, sure: bool) -> float:
    """Return what it costs to go on from one minute to another."""
    gap = minute - before
    cost = 0.0 if gap <= _LONG else 0.2 if gap <= _VERY_LONG else 0.9
    if not sure and minute >= NOON + _EARLY and before < NOON:
        cost += 0.5
    return cost + (0.5 if minute >= _LATE else 0.0)


def _unwound(state: _State | None) -> list[tuple[Placed, ...]]:
    """Return the chains behind a state, first to last, none longer than a day."""
    found: list[list[Placed]] = [[]]
    while state is not None:
        found[-1].append(state.placed)
        if state.fresh:
            found.append([])
        state = state.before
    ordered = [chain[::-1] for chain in found[::-1]]
    return [
        tuple(one for one in chain if one.minute - chain[0].minute <= LONGEST) for chain in ordered if chain
    ]
