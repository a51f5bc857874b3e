"""From a form as a browser posts it to raw answers by item id, as `core.answers.read` takes them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from starlette.datastructures import FormData, UploadFile

from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.given import MOST_ENTRIES
from pmworkshop.core.text import clean

Texts = Mapping[str, Sequence[str]]
"""What was given to each field, in the order of the form."""

MOST_ROWS: Final = 50
LONGEST: Final = 20_000
"""What a field may hold before it is cut: far more than any answer may have, so that the form can say what is too long."""


def raw_answers(exercise: Exercise, form: FormData) -> dict[str, Any]:
    """Return what was given to each item; a photo's place holds what was kept before, its file is apart."""
    texts: dict[str, list[str]] = {}
    for name, given in form.multi_items():
        if isinstance(given, str):
            texts.setdefault(name, []).append(clean(given)[:LONGEST])
    return {item.id: _raw(item, texts) for item in exercise.items}


def _raw(item: Item, texts: Texts) -> Any:
    if item.kind in ("choices", "ranking"):
        return [one for one in texts.get(item.id, ()) if one]
    if item.kind == "grid":
        return _place(item, texts)
    if item.kind == "table":
        return _rows(item, texts)
    return next(reversed(texts.get(item.id, ())), "")


def _first(texts: Texts, name: str) -> str:
    return next(iter(texts.get(name, ())), "")


def _place(item: Item, texts: Texts) -> str:
    whole = _first(texts, item.id)
    if whole.strip():
        return whole
    across, up = (_first(texts, f"{item.id}.{axis}") for axis in ("x", "y"))
    return f"{across},{up}" if across or up else ""


def _rows(item: Item, texts: Texts) -> list[dict[str, str]]:
    """Return the rows of a table, whose cells are called `item.row.column`, the row a number from 1."""
    columns = {column.id for column in item.columns}
    rows: dict[int, dict[str, str]] = {}
    for name in texts:
        start, _, rest = name.partition(".")
        number, _, column = rest.partition(".")
        if start == item.id and column in columns and number.isascii() and number.isdecimal():
            place = int(number[:4])
            if 0 < place <= MOST_ROWS:
                rows.setdefault(place, {})[column] = _first(texts, name)
    return [rows[place] for place in sorted(rows)]


def photos(exercise: Exercise, form: FormData) -> Mapping[str, UploadFile]:
    """Return the files that came, by the photo item that they answer."""
    found = {}
    for item in exercise.items:
        if item.kind == "photo":
            for one in form.getlist(item.id):
                if isinstance(one, UploadFile) and one.filename:
                    found[item.id] = one
    return found


def rows_wanted(item: Item, given: int, *, more: bool) -> int:
    """Return how many rows of a table to show: those asked for, those given, and one to go on in."""
    least = max(item.at_least or 1, given + 1 if more or not given else given)
    return min(least, item.at_most or MOST_ENTRIES, MOST_ROWS)
