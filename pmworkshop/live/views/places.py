"""Everybody's place on a grid or a line, under a code, initials or a dot; in no order that tells who came first."""

from collections.abc import Iterator, Sequence

from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.given import Value
from pmworkshop.core.value import value
from pmworkshop.live.views.outputs import is_private
from pmworkshop.live.views.sheets import Sheet, answering

DOT = "•"
"""The mark of somebody who is not named."""


@value
class Spot:
    """A place on a grid or a line, from 1 to 10, under somebody's initials, a code or a dot."""

    label: str
    x: int
    y: int | None


@value
class Field:
    """One grid or line with everybody's place on it; none where too few have one."""

    item: Item
    spots: tuple[Spot, ...]
    view: str = ""


def fields(exercise: Exercise, view: str, given: Sequence[Sheet], at_least: int) -> Iterator[Field]:
    """Yield the grids and lines that somebody answered, each without places where too few did."""
    for item in exercise.items:
        if item.x is not None and any(item.id in one.answers for one in given):
            found = answering(item, given, at_least)
            spots = sorted(
                (_spot(_label(exercise, item, one), one.answers[item.id]) for one in found), key=_place
            )
            yield Field(item=item, spots=tuple(spots), view=view)


def _spot(label: str, place: Value) -> Spot:
    if isinstance(place, tuple):
        return Spot(label=label, x=int(str(place[0])), y=int(str(place[1])))
    return Spot(label=label, x=int(str(place)), y=None)


def _place(spot: Spot) -> tuple[int, int, str]:
    """Return what spots are sorted by, so that their order does not tell who came first."""
    return spot.x, spot.y or 0, spot.label


def _label(exercise: Exercise, item: Item, one: Sheet) -> str:
    """Return a dot where the place is private, for a name or a code beside it would give it away.

    Else a code, where the sheet is about somebody else, or the initials of whoever wrote it.
    """
    if exercise.privacy == "private" or is_private(exercise, item):
        return DOT
    codes = (other.id for other in exercise.items if other.kind == "code" and not is_private(exercise, other))
    code = next((str(one.answers[name]) for name in codes if name in one.answers), None)
    return code or (initials(one.name) if one.name else DOT)


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
