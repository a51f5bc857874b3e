"""Whether one item of an exercise makes sense in itself: the keys of its kind, its options, its limits.

Blames have paths within the item. Values may have any shape; what cannot be read is passed over.
"""

from collections.abc import Container, Iterator
from itertools import product
from typing import Any, get_args

from pmworkshop.core.exercise import ITEM_KEYS, NO, YES, End
from pmworkshop.core.given import MOST_ENTRIES
from pmworkshop.library.problem import Blame, listed, quoted
from pmworkshop.library.query import EACH, doubles, find, given, groups, inside, named, number, texts, word

CRITERION = "{criterion}"

_LIKE = {
    "scale": "with the id of one of this exercise's `scales`",
    "options": "with an `id` and a `text` for each",
    "columns": "with an `id` and a `title` for each",
}
_AXIS = "with its `title`, `low` and `high`"
_COLUMN_KEYS = {"options": "choice", "diary": "date"}
_ANSWERS = (YES, NO)
_CORNERS = tuple(product(get_args(End), repeat=2))
_KINDS = {
    key: [kind for kind, keys in ITEM_KEYS.items() if key in keys[0] + keys[1]]
    for needed, allowed in ITEM_KEYS.values()
    for key in needed + allowed
}


def item_blames(item: dict[str, Any]) -> Iterator[Blame]:
    """Yield what is wrong with an item, its references to other parts of the exercise apart."""
    yield from _keys(item)
    yield from _options(item)
    yield from _columns(item)
    yield from _how_many(item)
    yield from _corners(item)
    yield from _each(item)
    lowest, highest = number(item, "lowest"), number(item, "highest")
    if lowest is not None and highest is not None and lowest > highest:
        yield Blame(("lowest",), f"from {lowest} to {highest} is upside down", "swap `lowest` and `highest`")


def _keys(item: dict[str, Any]) -> Iterator[Blame]:
    kind = word(item, "kind")
    if kind not in ITEM_KEYS:
        return
    for key in ITEM_KEYS[kind][0]:
        if not given(item, key):
            yield Blame(
                (key,), f"an item of the kind {kind} needs `{key}`", f"add `{key}`, {_LIKE.get(key, _AXIS)}"
            )
    for key in item:
        kinds = _KINDS.get(key)
        if kinds and kind not in kinds and given(item, key):
            yield Blame(
                (key,),
                f"an item of the kind {kind} cannot have `{key}`",
                f"take it away, or choose another kind: {listed(kinds)}",
                at_key=True,
            )


def _options(item: dict[str, Any]) -> Iterator[Blame]:
    yield from doubles(item, "option", "options", EACH, "id")
    options, kind = named(item, "options"), word(item, "kind")
    if not options:
        return
    if kind == "yes-no":
        yield from _worded(item, options)
    elif kind in {"choice", "ranking"} and len(options) == 1:
        yield Blame(
            ("options",), "there is only one option to choose from", "add another", "warning", at_key=True
        )


def _worded(item: dict[str, Any], options: Container[str]) -> Iterator[Blame]:
    """Yield what is wrong with the options of a yes-no item, which only word its two answers."""
    remedy = "word its answers in the `text` of two options, with the ids yes and no"
    strange = [(path, name) for path, name in texts(item, "options", EACH, "id") if name not in _ANSWERS]
    for path, name in strange:
        yield Blame(path, f"a yes-no item has no option {quoted(name)}", remedy)
    for name in () if strange else _ANSWERS:
        if name not in options:
            yield Blame(("options",), f"the option {quoted(name)} is missing", remedy, at_key=True)


def _columns(item: dict[str, Any]) -> Iterator[Blame]:
    yield from doubles(item, "column", "columns", EACH, "id")
    for path, column in groups(item, "columns", EACH):
        yield from inside(path, doubles(column, "option", "options", EACH, "id"))
        kind = column.get("kind", "short")
        if kind == "choice" and not given(column, "options"):
            yield Blame(
                (*path, "options"),
                "a column of the kind choice needs `options`",
                "add them, or take `kind` away",
            )
        for key, wanted in _COLUMN_KEYS.items():
            if given(column, key) and kind != wanted and isinstance(kind, str):
                yield Blame(
                    (*path, key),
                    f"a column of the kind {quoted(kind)} cannot have `{key}`",
                    f"take it away, or write `kind: {wanted}`",
                    at_key=True,
                )


def _how_many(item: dict[str, Any]) -> Iterator[Blame]:
    least, most = number(item, "at_least"), number(item, "at_most")
    if least is None:
        return
    options = item.get("options")
    if most is not None and least > most:
        yield Blame(
            ("at_least",),
            f"at least {least} and at most {most} cannot both be",
            "swap `at_least` and `at_most`",
        )
    elif word(item, "kind") == "choices" and isinstance(options, list) and 0 < len(options) < least:
        yield Blame(
            ("at_least",),
            f"at least {least} are asked for, but there are only {len(options)} options",
            f"ask for {len(options)} or fewer, or add options",
        )
    elif word(item, "kind") in {"list", "table"} and most is None and least > MOST_ENTRIES:
        yield Blame(
            ("at_least",),
            f"at least {least} are asked for, but {MOST_ENTRIES} are the most that fit",
            f"add `at_most: {least}`, or ask for fewer",
        )


def _corners(item: dict[str, Any]) -> Iterator[Blame]:
    seen: list[tuple[Any, Any]] = []
    whole = True
    for path, corner in find(item, "corners", EACH):
        place = (corner.get("x"), corner.get("y")) if isinstance(corner, dict) else (None, None)
        whole = whole and place in _CORNERS and place not in seen
        if place in seen:
            yield Blame(
                path, f"a second corner stands at {_at(place)}", "mend `x` or `y`, or keep one of them"
            )
        elif place in _CORNERS:
            seen.append(place)
    for place in _CORNERS if seen and whole else ():
        if place not in seen:
            yield Blame(("corners",), f"the corner at {_at(place)} is missing", "add it", at_key=True)


def _at(place: tuple[Any, ...]) -> str:
    return f"x: {place[0]}, y: {place[1]}"


def _each(item: dict[str, Any]) -> Iterator[Blame]:
    text, each = word(item, "text"), given(item, "for_each")
    if text is None:
        return
    if each and CRITERION not in text:
        yield Blame(
            ("text",),
            f"the text is the same for every criterion: it has no {CRITERION}",
            f"write {CRITERION} where the criterion's wording belongs",
            "warning",
        )
    elif not each and CRITERION in text:
        yield Blame(
            ("text",),
            f"{CRITERION} stands for nothing here",
            "add `for_each: criterion`, or take it out of the text",
            "warning",
        )
