"""Which input goes with which kind of item."""

from collections.abc import Callable
from typing import Any

from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.desk.widgets.answering import Answering, ChoosingOne, ChoosingSeveral, Ordering
from pmworkshop.desk.widgets.placing import Placing
from pmworkshop.desk.widgets.writing import ShowingPhoto, WritingLine, WritingPage, WritingRows

_BY_KIND: dict[str, Callable[[Item, Any], Answering]] = {
    "choices": ChoosingSeveral,
    "ranking": Ordering,
    "short": WritingLine,
    "number": WritingLine,
    "date": WritingLine,
    "code": WritingLine,
    "long": WritingPage,
    "list": WritingPage,
    "table": WritingRows,
    "line": Placing,
    "grid": Placing,
    "photo": ShowingPhoto,
}


def input_for(exercise: Exercise, item: Item, given: Any) -> Answering:
    """Return the input for an item, with what was given before; what does not fit is left out."""
    if item.kind in _BY_KIND:
        return _BY_KIND[item.kind](item, given)
    return ChoosingOne(exercise, item, given)
