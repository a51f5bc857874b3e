"""What the core's types ask for at one place of a file, for the words of a problem.

Walks the annotations of the core's dataclasses along a path; it never validates.
"""

import types
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

from annotated_types import Interval, Len

from pmworkshop.core.value import Pattern

_NAMES = {
    "Option": "an option",
    "Options": "`options`",
    "Outcome": "an outcome",
    "Assignment": "`assignment`",
    "Marking": "`marking`",
    "Provenance": "an entry of `provenance`",
    "Centre": "a centre's settings",
    "Declaration": "a declaration",
    "Review": "a review",
    "Planned": "a planned exercise",
    "PlannedList": "a list of what is planned",
    "Exercise": "an exercise",
    "Item": "an item",
    "Choice": "an option",
    "Axis": "an axis",
    "When": "`when`",
    "Reading": "`reading`",
}

_SORTS = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Expected:
    """One annotation taken apart: its bare type, the marks on it, and whether nothing will do as well."""

    type: Any
    marks: tuple[Any, ...]
    optional: bool

    @property
    def pattern(self) -> Pattern | None:
        """The pattern that a text must match."""
        return next((mark for mark in self.marks if isinstance(mark, Pattern)), None)

    @property
    def interval(self) -> Interval | None:
        """The range of a number."""
        return next((mark for mark in self.marks if isinstance(mark, Interval)), None)

    @property
    def length(self) -> Len | None:
        """How many characters or items there may be."""
        return next((mark for mark in self.marks if isinstance(mark, Len)), None)

    @property
    def choices(self) -> tuple[str, ...]:
        """The values to choose from, of a Literal."""
        return get_args(self.type) if get_origin(self.type) is Literal else ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of a group of keys, in the order of the core."""
        return tuple(field.name for field in fields(self.type)) if is_dataclass(self.type) else ()

    @property
    def words(self) -> str:
        """What the value must be, in words."""
        if is_dataclass(self.type):
            return "a group of keys"
        if get_origin(self.type) is tuple:
            return "a list"
        if self.choices:
            return f"one of: {', '.join(self.choices)}"
        return _SORTS.get(self.type, "another sort of value")

    @property
    def name(self) -> str:
        """What a group of keys is called, such as `a segment`."""
        name: str = getattr(self.type, "__name__", "this")
        return _NAMES.get(name, f"a {name.lower()}")


def expected(root: type, path: tuple[str | int, ...]) -> Expected | None:
    """Return what stands at `path` in a file of the type `root`; None where the types know of nothing."""
    found: Expected | None = _apart(root)
    for step in path:
        if found is None:
            return None
        found = _inside(found, step)
    return found


def _inside(outer: Expected, step: str | int) -> Expected | None:
    if isinstance(step, int):
        return _apart(get_args(outer.type)[0]) if get_origin(outer.type) is tuple else None
    hint = _hints(outer.type).get(step) if outer.keys else None
    return None if hint is None else _apart(hint)


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=True)


def _apart(annotation: Any) -> Expected:
    """Peel Annotated, NewType and `| None` off, however they are nested."""
    marks: list[Any] = []
    optional = False
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *found = get_args(annotation)
            marks += found
        elif isinstance(annotation, NewType):
            annotation = annotation.__supertype__
        elif get_origin(annotation) in {Union, types.UnionType}:
            optional = True
            annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
        else:
            return Expected(annotation, tuple(marks), optional)
