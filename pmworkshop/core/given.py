"""One answer as it was given: each kind of item reads its raw value, or says in words why it cannot be kept."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pmworkshop.core.exercise import DONT_KNOW, STEPS, Column, Exercise, Item
from pmworkshop.core.text import clean, clean_line

Row = Mapping[str, str]
Value = bool | int | float | str | tuple[str, ...] | tuple[int, int] | tuple[Row, ...]

LONGEST_SHORT = 200
LONGEST_LONG = 4_000
LONGEST_ENTRY = 300
MOST_ENTRIES = 30

_CODE = re.compile(r"[^\W\d_]{1,3}\d{1,3}|ME")
_NUMBER = re.compile(r"-?\d{1,11}(\.\d{1,4})?", re.ASCII)
"""Fifteen figures at most: a float keeps them all, and writes them as they were read."""
_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[ ,](?=\d{3}(?!\d))")
_PHOTO = re.compile(r"[0-9a-f]{64}")
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
_YES = {"yes", "y", "true", "on"}
_NO = {"no", "n", "false", "off"}


class WrongError(ValueError):
    """An answer cannot be kept as it was given; the text says why."""


def _text(given: Any) -> str:
    """Return what was typed, or a number as it is written; only these can be an answer in words."""
    if given is None:
        return ""
    if not isinstance(given, str | int | float):
        raise WrongError("This cannot be read as a text.")
    try:
        return str(given)
    except ValueError:  # Python refuses to write out numbers of thousands of digits
        raise WrongError("This number is too long.") from None


def _line(given: Any, longest: int) -> str | None:
    text = clean_line(_text(given))
    if len(text) > longest:
        raise WrongError(f"{len(text)} characters; {longest} fit. Shorten it.")
    return text or None


def _short(_: Exercise, __: Item, given: Any) -> Value | None:
    return _line(given, LONGEST_SHORT)


def _long(_: Exercise, __: Item, given: Any) -> Value | None:
    text = clean(_text(given)).strip()
    if len(text) > LONGEST_LONG:
        raise WrongError(f"{len(text):,} characters; {LONGEST_LONG:,} fit. Shorten it.")
    return text or None


def _rating(exercise: Exercise, item: Item, given: Any) -> Value | None:
    text = _line(given, LONGEST_SHORT)
    scale = exercise.scale(item)
    if text is None or scale is None:
        return None
    if text == DONT_KNOW and item.dont_know:
        return DONT_KNOW
    if not text.isdecimal() or not 1 <= int(text) <= len(scale.labels):
        raise WrongError(f"Choose from 1 to {len(scale.labels)}.")
    return int(text)


def _choice(_: Exercise, item: Item, given: Any) -> Value | None:
    text = _line(given, LONGEST_SHORT)
    if text is not None and text not in {one.id for one in item.options}:
        raise WrongError("Choose one of these.")
    return text


def _several(given: Any) -> list[str]:
    """Return a list's entries, or a text's lines, cleaned, the empty ones left out."""
    entries = given.split("\n") if isinstance(given, str) else given
    if entries is None:
        return []
    if not isinstance(entries, list | tuple):
        raise WrongError("This cannot be read as a list.")
    lines = (_line(entry, LONGEST_ENTRY) for entry in entries)
    return [line for line in lines if line]


def _choices(_: Exercise, item: Item, given: Any) -> Value | None:
    chosen = set(_several(given))
    known = [one.id for one in item.options]
    if not chosen <= set(known):
        raise WrongError("Choose from these.")
    if len(chosen) > (item.at_most or len(known)):
        raise WrongError(f"{len(chosen)} are chosen; {item.at_most} are the most.")
    return tuple(one for one in known if one in chosen) or None


def _ranking(_: Exercise, item: Item, given: Any) -> Value | None:
    order = _several(given)
    if len(set(order)) < len(order) or not set(order) <= {one.id for one in item.options}:
        raise WrongError("Put each of these in order once.")
    return tuple(order) or None


def _yes_no(_: Exercise, __: Item, given: Any) -> Value | None:
    if isinstance(given, bool):
        return given
    text = _line(given, LONGEST_SHORT)
    if text is None:
        return None
    if text.casefold() not in _YES | _NO:
        raise WrongError("Answer yes or no.")
    return text.casefold() in _YES


def _number(_: Exercise, item: Item, given: Any) -> Value | None:
    text = _line(given, LONGEST_SHORT)
    if text is None:
        return None
    number = _as_number(text)
    if item.lowest is not None and number < item.lowest:
        raise WrongError(f"{figure(item.lowest)} is the least.")
    if item.highest is not None and number > item.highest:
        raise WrongError(f"{figure(item.highest)} is the most.")
    return number


def _as_number(text: str) -> int | float:
    plain = _BETWEEN_THOUSANDS.sub("", text.removesuffix("%").strip())
    plain = plain.replace(",", ".") if re.fullmatch(r"-?\d+,\d{1,2}", plain) else plain
    if not _NUMBER.fullmatch(plain):
        raise WrongError("Give a number, such as 12 or 12.5.")
    number = float(plain)
    return int(number) if number.is_integer() else number


def figure(number: float) -> str:
    """Return a number in figures, without an exponent, as `_as_number` reads it."""
    return str(int(number)) if float(number).is_integer() else str(number)


def _date(_: Exercise, __: Item, given: Any) -> Value | None:
    text = _line(given, LONGEST_SHORT)
    return None if text is None else _as_date(text)


def _as_date(text: str) -> str:
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007  # a day in a diary has no zone
        except ValueError:
            continue
    raise WrongError("Give a date, such as 24/01/2027.")


def _code(_: Exercise, __: Item, given: Any) -> Value | None:
    text = _line(given, LONGEST_SHORT)
    return None if text is None else _as_code(text)


def _as_code(text: str) -> str:
    code = text.upper().replace(" ", "")
    if not _CODE.fullmatch(code):
        raise WrongError("Use a code such as TM1, never a name; ME for yourself.")
    return code


def _list(_: Exercise, item: Item, given: Any) -> Value | None:
    entries = _several(given)
    most = item.at_most or MOST_ENTRIES
    if len(entries) > most:
        raise WrongError(f"{len(entries)} entries; {most} are the most.")
    return tuple(entries) or None


def _table(_: Exercise, item: Item, given: Any) -> Value | None:
    if _is_blank(given):
        return None
    if not isinstance(given, list | tuple) or not all(isinstance(row, Mapping) for row in given):
        raise WrongError("This cannot be read as a table.")
    written = [row for row in given if any(not _is_blank(row.get(column.id)) for column in item.columns)]
    rows = [_row(item, number, row) for number, row in enumerate(written, 1)]
    most = item.at_most or MOST_ENTRIES
    if len(rows) > most:
        raise WrongError(f"{len(rows)} rows; {most} are the most.")
    return tuple(rows) or None


def _is_blank(given: Any) -> bool:
    return given is None or (isinstance(given, str) and not clean_line(given))


def _row(item: Item, number: int, given: Mapping[str, Any]) -> Row:
    row: dict[str, str] = {}
    for column in item.columns:
        try:
            text = _line(given.get(column.id), LONGEST_ENTRY)
            if text is not None:
                row[column.id] = cell(column, text)
        except WrongError as error:
            raise WrongError(f"Row {number}, “{column.title}”: {error}") from None
    return row


def cell(column: Column, text: str) -> str:
    """Return what a cell of a table holds; ValueError with words where it cannot be kept."""
    if column.kind == "number":
        return figure(_as_number(text))
    if column.kind == "date":
        return _as_date(text)
    if column.kind == "code":
        return _as_code(text)
    if column.kind == "choice" and text not in {one.id for one in column.options}:
        raise WrongError("choose one of these.")
    return text


def _position(given: Any) -> int | None:
    text = _line(given, LONGEST_SHORT)
    if text is None:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= STEPS:
        raise WrongError(f"Give a place from 1 to {STEPS}.")
    return int(text)


def _on_line(_: Exercise, __: Item, given: Any) -> Value | None:
    return _position(given)


def _on_grid(_: Exercise, __: Item, given: Any) -> Value | None:
    pair = given.split(",") if isinstance(given, str) else () if given is None else given
    found = [_position(place) for place in pair] if isinstance(pair, list | tuple) else [0]
    places = [place for place in found if place is not None]
    if not places:
        return None
    if len(found) != 2 or len(places) != 2:  # noqa: PLR2004  # across and up
        raise WrongError(f"Give two places from 1 to {STEPS}: across, then up.")
    return (places[0], places[1])


def _photo(_: Exercise, __: Item, given: Any) -> Value | None:
    text = _line(given, LONGEST_SHORT)
    if text is not None and not _PHOTO.fullmatch(text):
        raise WrongError("The photo was not kept. Choose it again.")
    return text


READERS: dict[str, Callable[[Exercise, Item, Any], Value | None]] = {
    "rating": _rating,
    "choice": _choice,
    "choices": _choices,
    "ranking": _ranking,
    "yes-no": _yes_no,
    "short": _short,
    "long": _long,
    "number": _number,
    "date": _date,
    "code": _code,
    "list": _list,
    "table": _table,
    "line": _on_line,
    "grid": _on_grid,
    "photo": _photo,
}
