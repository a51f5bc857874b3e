"""From a form as a browser posts it to raw answers by item id, as `core.answers.read` takes them."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.datastructures import FormData, UploadFile

from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.given import MOST_ENTRIES
from pmworkshop.core.text import clean

MOST_ROWS: Final = 50
LONGEST: Final = 20_000
"""What a field may hold before it is cut: far more than any answer may have, so that the form can say what is too long."""


def raw_answers(exercise: Exercise, form: FormData) -> dict[str, Any]:
    """Return what was given to each item; a photo's place holds what was kept before, its file is apart."""
    return {item.id: _raw(item, form) for item in exercise.items}


def _raw(item: Item, form: FormData) -> Any:
    if item.kind in ("choices", "ranking"):
        return [one for one in _texts(form, item.id) if one]
    if item.kind == "grid":
        return _place(item, form)
    if item.kind == "table":
        return _rows(item, form)
    texts = _texts(form, item.id)
    return texts[-1] if texts else ""


def _texts(form: FormData, name: str) -> list[str]:
    return [clean(one)[:LONGEST] for one in form.getlist(name) if isinstance(one, str)]


def _place(item: Item, form: FormData) -> str:
    whole = next(iter(_texts(form, item.id)), "")
    if whole.strip():
        return whole
    across, up = (next(iter(_texts(form, f"{item.id}.{axis}")), "") for axis in ("x", "y"))
    return f"{across},{up}" if across or up else ""


def _rows(item: Item, form: FormData) -> list[dict[str, str]]:
    """Return the rows of a table, whose cells are called `item.row.column`, the row a number from 1."""
    columns = {column.id for column in item.columns}
    rows: dict[int, dict[str, str]] = {}
    for name in form:
        start, _, rest = name.partition(".")
        number, _, column = rest.partition(".")
        if start == item.id and column in columns and number.isascii() and number.isdecimal():
            place = int(number[:4])
            if 0 < place <= MOST_ROWS:
                rows.setdefault(place, {})[column] = next(iter(_texts(form, name)), "")
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
