"""How each kind of question is drawn to be answered with a pen, as plain data for `templates/handouts.typ`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from pmworkshop.core.answers import options
from pmworkshop.core.exercise import STEPS, Axis, Column, Exercise, Item, ItemKind
from pmworkshop.core.given import figure
from pmworkshop.core.saying import PRIVACY, asked_if

Drawing = dict[str, Any]

LINES: Final = {"short": 2, "long": 5}
MOST_LINES: Final = 40
"""Lines of `long` answers in one exercise before each of them gets fewer."""
FEWER_LINES: Final = 3
USUAL_ENTRIES: Final = 4
MOST_ENTRIES: Final = 12
USUAL_ROWS: Final = 4
MOST_ROWS: Final = 8
SHORT_OPTION: Final = 26
"""Characters of an option that may stand beside others."""
_TWO: Final = 2
IN_CELL: Final = 3
"""So many short options of a table's column are printed in each cell; more are given letters above it."""


def entries(exercise: Exercise) -> list[Drawing]:
    """Return what is asked, in order: ratings that follow one another on one scale are drawn as one table.

    Each entry has `section`, `draw` and, but for a table of ratings, the words of its one question.
    """
    numbered = list(enumerate(exercise.items, 1))
    parts, said = _parts(numbered), _said_once(exercise, numbered)
    found = []
    for _, group in groupby(zip(parts, numbered, strict=True), key=lambda pair: pair[0]):
        questions = [one for _, one in group]
        item = questions[0][1]
        if item.kind == "rating":
            found.append({"section": item.section, "draw": _ratings(exercise, questions, said)})
        else:
            found += [
                {"section": one.section, "draw": _draw(exercise, one), **_words(number, one, said)}
                for number, one in questions
            ]
    return found


def _parts(numbered: Sequence[tuple[int, Item]]) -> Iterator[int]:
    """Yield for each item the number of the part that it is drawn in: a table of ratings, or itself."""
    part, before = 0, None
    for _, item in numbered:
        together = (
            before is not None
            and item.section is None
            and (item.kind, item.scale, item.when) == ("rating", before.scale, before.when)
            and before.kind == "rating"
        )
        part += not together
        yield part
        before = item


def _said_once(exercise: Exercise, numbered: Sequence[tuple[int, Item]]) -> dict[int, tuple[str, str]]:
    """Return by number when a question is asked and who sees it; for several in a row, at the first of them."""
    found = {}
    section = 0

    def key(one: tuple[int, Item]) -> tuple[int, str, str]:
        nonlocal section
        section += one[1].section is not None
        return section, asked_if(exercise, one[1]), _seen_by(exercise, one[1])

    for (_, only_if, seen_by), group in groupby(numbered, key):
        numbers = [number for number, _ in group]
        joined = "and" if len(numbers) == _TWO else "to"
        whole = f"Questions {numbers[0]} {joined} {numbers[-1]}: " if len(numbers) > 1 else ""
        found[numbers[0]] = (_led(whole, only_if), _led(whole, seen_by))
    return found


def _led(lead: str, words: str) -> str:
    return f"{lead}{words[0].lower()}{words[1:]}" if lead and words else words


def _words(number: int, item: Item, said: dict[int, tuple[str, str]]) -> Drawing:
    only_if, seen_by = said.get(number, ("", ""))
    return {
        "number": number,
        "text": item.text,
        "help": item.help or "",
        "optional": not item.required,
        "only-if": only_if,
        "privacy": seen_by,
    }


def _seen_by(exercise: Exercise, item: Item) -> str:
    return PRIVACY[item.privacy] if item.privacy and item.privacy != exercise.privacy else ""


def _ratings(
    exercise: Exercise, questions: Sequence[tuple[int, Item]], said: dict[int, tuple[str, str]]
) -> Drawing:
    scale = exercise.scale(questions[0][1])
    way_out = any(item.dont_know for _, item in questions)
    return {
        "is": "ratings",
        "labels": list(scale.labels) if scale else [],
        "way-out": scale.dont_know if scale and way_out else "",
        "rows": [{**_words(number, item, said), "way-out": item.dont_know} for number, item in questions],
    }


def _draw(exercise: Exercise, item: Item) -> Drawing:
    if item.kind in LINES:
        return {"is": "lines", "count": _lines(exercise, item)}
    return _DRAWN[item.kind](item)


def _ranking(item: Item) -> Drawing:
    return {"is": "ranking", "options": [one.text for one in item.options]}


def _list(item: Item) -> Drawing:
    return {"is": "list", "count": _entries(item), "say": _how_many(item, "Write ")}


def _number(item: Item) -> Drawing:
    return {"is": "box", "unit": item.unit or "", "say": _range(item), "wide": 28}


def _code(_: Item) -> Drawing:
    return {"is": "box", "unit": "", "say": "A code such as TM1, never a name.", "wide": 36}


def _line(item: Item) -> Drawing:
    return {"is": "line", "axis": _axis(item.x), "steps": STEPS}


def _grid(item: Item) -> Drawing:
    corners = {f"{one.x}-{one.y}": one.title for one in item.corners}
    return {"is": "grid", "x": _axis(item.x), "y": _axis(item.y), "corners": corners, "steps": STEPS}


def _plain(item: Item) -> Drawing:
    return {"is": item.kind}


def _ticks(item: Item) -> Drawing:
    several = item.kind == "choices"
    texts = [one.text for one in options(item)]
    say = _how_many(item, "Tick ", otherwise="Tick all that apply.") if several else ""
    beside = all(len(one) <= SHORT_OPTION for one in texts)
    return {"is": "ticks", "several": several, "options": texts, "say": say, "beside": beside}


def _how_many(item: Item, verb: str, noun: str = "", otherwise: str = "") -> str:
    """Say how many are wanted; `otherwise` where any number will do."""
    low, high = item.at_least, item.at_most
    if low and high:
        return f"{verb}{low if low == high else f'{low} to {high}'}{noun}."
    if low:
        return f"{verb}at least {low}{noun}." if low > 1 else otherwise
    return f"{verb}up to {high}{noun}." if high else otherwise


def _lines(exercise: Exercise, item: Item) -> int:
    wanted = sum(LINES["long"] for one in exercise.items if one.kind == "long")
    return FEWER_LINES if item.kind == "long" and wanted > MOST_LINES else LINES[item.kind]


def _entries(item: Item) -> int:
    wanted = max(item.at_least or 0, USUAL_ENTRIES)
    return min(item.at_most or MOST_ENTRIES, wanted * 2 if (item.at_most or 0) > MOST_ENTRIES else wanted)


def _table(item: Item) -> Drawing:
    wanted = max(item.at_least or 0, min(item.at_most or USUAL_ROWS, MOST_ROWS))
    columns = [_column(one) for one in item.columns]
    legends = [{"title": one["title"], "options": one["letters"]} for one in columns if one["letters"]]
    say = _how_many(item, "Fill in ", " rows")
    return {"is": "table", "columns": columns, "rows": wanted, "legends": legends, "say": say}


def _column(column: Column) -> Drawing:
    texts = [one.text for one in column.options] if column.kind == "choice" else []
    inside = len(texts) <= IN_CELL and all(len(one) <= SHORT_OPTION for one in texts)
    return {
        "title": column.title if column.required else f"{column.title} (if any)",
        "kind": column.kind,
        "options": texts if inside else [],
        "letters": [] if inside else texts,
    }


def _range(item: Item) -> str:
    low, high = (None if one is None else figure(one) for one in (item.lowest, item.highest))
    if low is not None and high is not None:
        return f"From {low} to {high}."
    if low is not None:
        return f"{low} or more." if item.lowest else ""
    return f"{high} at most." if high is not None else ""


def _axis(axis: Axis | None) -> Drawing:
    return {"title": axis.title, "low": axis.low, "high": axis.high} if axis else {}


_DRAWN: Final[Mapping[ItemKind, Callable[[Item], Drawing]]] = {
    "choice": _ticks,
    "choices": _ticks,
    "yes-no": _ticks,
    "ranking": _ranking,
    "list": _list,
    "table": _table,
    "number": _number,
    "code": _code,
    "line": _line,
    "grid": _grid,
    "date": _plain,
    "photo": _plain,
}
