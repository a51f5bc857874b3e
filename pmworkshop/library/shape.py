"""Whether a file's keys and values have the shape of the core's types, and where not, why.

Pydantic judges; the words are ours, made from the core's annotations and what the author wrote.
"""

import json
import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pmworkshop.library.expected import Expected, expected
from pmworkshop.library.problem import Blame, Path, did_you_mean, listed, quoted, shortened
from pmworkshop.library.yaml_source import Document

_STRICT = json.JSONEncoder(allow_nan=False)


@cache
def adapter(cls: type) -> TypeAdapter[Any]:
    """Return the one adapter that reads (and describes) `cls`."""
    return TypeAdapter(cls)


def shape(cls: type, document: Document) -> tuple[Any | None, Iterator[Blame]]:
    """Return the core value in `document`, or None and what is wrong with it, worded only as it is asked for."""
    try:
        return adapter(cls).validate_json(_as_json(cls, document.value)), iter(())
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
    blames = (_blame(cls, document, problem["type"], problem["loc"]) for problem in found)
    return None, (blame for blame in blames if blame is not None)


def _as_json(cls: type, value: Any) -> str:
    """Write plain values as JSON, which knows no infinity: where a number is wanted, a text stands for one."""
    try:
        return _STRICT.encode(value)
    except ValueError:
        return json.dumps(_finite(cls, value, ()))


def _finite(cls: type, value: Any, path: Path) -> Any:
    if isinstance(value, dict):
        return {key: _finite(cls, inner, (*path, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(cls, inner, (*path, at)) for at, inner in enumerate(value)]
    if isinstance(value, float) and not math.isfinite(value):
        wanted = expected(cls, path)
        return "" if wanted is not None and wanted.type is float else value
    return value


def _blame(cls: type, document: Document, kind: str, path: Path) -> Blame | None:
    """Put one finding of pydantic's into words; None for one that only follows from another."""
    if kind in {"unexpected_keyword_argument", "missing"}:
        return _key(cls, kind, path)
    wanted = expected(cls, path)
    name, value = _name(path), _at(document.value, path)
    if wanted is None:
        return Blame(path, f"{name} cannot be used here", "take it away")
    if kind in {"too_short", "too_long"} and _right_length(wanted, value):
        return None
    return Blame(path, *_fault(wanted, name, value, document.written(path)))


def _key(cls: type, kind: str, path: Path) -> Blame:
    """Word a key that is missing, or that is not known."""
    group = expected(cls, path[:-1])
    key = shortened(str(path[-1]))
    if group is None:
        return Blame(path, f"`{key}` cannot stand here", "take it away")
    if kind == "missing":
        return Blame(path, f"{group.name} needs `{key}`", f"add `{key}: …`{_hint(expected(cls, path))}")
    remedy = did_you_mean(str(path[-1]), group.keys, f"the keys here are: {listed(group.keys)}")
    return Blame(path, f"`{key}` is no key of {group.name}", remedy, at_key=True)


def _fault(wanted: Expected, name: str, value: Any, written: str | None) -> tuple[str, str]:
    """Say what is wrong with a value and what to do about it."""
    if wanted.choices:
        allowed = f"choose one of: {listed(wanted.choices)}"
        if isinstance(value, str):
            return f"{name} cannot be {quoted(value)}", did_you_mean(value, wanted.choices, allowed)
        return f"{name} cannot be {_sort(value)}", allowed
    if not _fits(wanted, value):
        return f"{name} must be {wanted.words}, not {_sort(value)}", _mend(wanted, name, value, written)
    if wanted.interval is not None:
        return f"{name} is {value}", f"give a number from {wanted.interval.ge} to {wanted.interval.le}"
    if wanted.pattern is not None and _right_length(wanted, value):
        curly = any(mark in value for mark in "“”„‘’")  # noqa: RUF001  # the marks that word processors put
        straight = ', in straight quotes (")' if curly else ""
        return f"{name} is {quoted(value)}", f"write {wanted.pattern.looks_like}{straight}"
    return _length(wanted, name, value)


def _fits(wanted: Expected, value: Any) -> bool:
    """Tell whether the value is of the right sort at all."""
    if wanted.keys:
        return isinstance(value, dict)
    if wanted.type in {int, float}:
        return type(value) is int or (type(value) is wanted.type and math.isfinite(value))
    return isinstance(value, wanted.type if wanted.type in {str, bool} else list)


def _mend(wanted: Expected, name: str, value: Any, written: str | None) -> str:
    """Return the remedy for a value of the wrong sort."""
    if value is None:
        return f"give it a value{_hint(wanted)}"
    if wanted.type is str and written is not None:
        return _mend_text(wanted, written)
    if wanted.type in {int, float}:
        return _mend_number(wanted, value)
    if wanted.type is bool:
        return "write true (for yes) or false (for no), without quotes"
    if wanted.words == "a list" and not isinstance(value, dict):
        return f"write it as a list: {name.strip('`')}: [{shortened(written or str(value))}]"
    return f"write keys under it, such as `{wanted.keys[0]}: …`" if wanted.keys else f"give it {wanted.words}"


def _mend_number(wanted: Expected, value: Any) -> str:
    """Return the remedy for what is no number; a comma in it was meant as a point."""
    whole = wanted.type is int
    plain = value.strip().replace(",", ".") if isinstance(value, str) else ""
    if re.fullmatch(r"[0-9]{1,9}" if whole else r"-?[0-9]{1,9}(\.[0-9]{1,9})?", plain):
        return (
            f"write it without quotes: {plain}"
            if plain == value.strip()
            else f"write it with a point: {plain}"
        )
    return "write a whole number such as 30" if whole else "write a number such as 2.5"


def _mend_text(wanted: Expected, written: str) -> str:
    """Return the remedy for a number or the like where a text should be, by what its author wrote."""
    if wanted.pattern is None or re.search(wanted.pattern.regex, written):
        return f'put it in quotes: "{shortened(written)}"'
    return f"write {wanted.pattern.looks_like}"


def _length(wanted: Expected, name: str, value: Any) -> tuple[str, str]:
    size, limits = len(value), wanted.length
    what = "characters" if isinstance(value, str) else "items"
    if size == 0:
        return f"{name} is empty", f"write something{_hint(wanted)}"
    if limits is not None and size < limits.min_length:
        return (
            f"{name} has only {_count(size, what)}",
            f"{_count(limits.min_length, what)} are the least: add more",
        )
    most = limits.max_length if limits is not None else None
    return f"{name} has {size} {what}", f"{most} {what} are the most: shorten it"


def _count(number: int, what: str) -> str:
    return f"{number} {what.removesuffix('s') if number == 1 else what}"


def _right_length(wanted: Expected, value: Any) -> bool:
    limits = wanted.length
    if limits is None or not isinstance(value, str | list):
        return True
    return limits.min_length <= len(value) <= (limits.max_length or len(value))


def _hint(wanted: Expected | None) -> str:
    """Return in words what a value looks like, to follow a remedy."""
    if wanted is None:
        return ""
    if wanted.pattern is not None:
        return f" ({wanted.pattern.looks_like})"
    return f" ({wanted.words})"


def _sort(value: Any) -> str:
    """Say what sort of thing an author wrote."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, float):
        return "a number with a fraction" if math.isfinite(value) else f"{value}"
    if isinstance(value, int):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "a group of keys"


def _name(path: Path) -> str:
    """Name a place: its key, or which item of which list it is."""
    key = next((step for step in reversed(path) if isinstance(step, str)), "this")
    return f"`{key}`" if not path or isinstance(path[-1], str) else f"item {path[-1] + 1} of `{key}`"


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value
