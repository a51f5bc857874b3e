"""A form as the page shows it: each item with what was given, what is wrong with it, and who will see it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pmworkshop.core.answers import Flaw, is_asked, options, read
from pmworkshop.core.exercise import DONT_KNOW, STEPS, Axis, Column, Exercise, Item
from pmworkshop.core.given import LONGEST_LONG, LONGEST_SHORT
from pmworkshop.core.saying import PRIVACY, asked_if
from pmworkshop.core.text import clean
from pmworkshop.core.value import value
from pmworkshop.room.form_reading import rows_wanted


@value
class Pick:
    """Something to choose; `sign` stands before it, such as the number of a rating."""

    id: str
    text: str
    sign: str
    chosen: bool


@value
class Cell:
    """One cell of a table."""

    column: Column
    name: str
    text: str
    picks: tuple[Pick, ...]


@value
class Scale:
    """Ten places from one end of an axis to the other."""

    name: str
    axis: Axis
    picks: tuple[Pick, ...]


@value
class Field:
    """One item of the form. Which of `picks`, `places`, `rows`, `scales` and `text` it uses depends on its kind."""

    item: Item
    number: int
    section: str
    text: str
    picks: tuple[Pick, ...] = ()
    places: tuple[tuple[Pick, ...], ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    scales: tuple[Scale, ...] = ()
    more: bool = False
    error: str = ""
    hint: str = ""
    only_if: str = ""
    asked: bool = True
    privacy: str = ""
    longest: int = LONGEST_SHORT
    kept: str = ""

    @property
    def name(self) -> str:
        """The name of its inputs, and what links to it."""
        return self.item.id


def fields(
    exercise: Exercise,
    raw: Mapping[str, Any],
    flaws: Sequence[Flaw] = (),
    hints: Mapping[str, str] | None = None,
    more: str = "",
) -> tuple[Field, ...]:
    """Return the form's fields; `more` names the table that wants another row, `hints` are the coach's questions."""
    wrong = {flaw.item: flaw.words for flaw in flaws}
    answers = read(exercise, raw).answers
    found = []
    for number, item in enumerate(exercise.items, 1):
        found.append(
            Field(
                item=item,
                number=number,
                section=item.section or "",
                error=wrong.get(item.id, ""),
                hint=(hints or {}).get(item.id, ""),
                only_if=asked_if(exercise, item),
                asked=is_asked(item, answers),
                privacy=PRIVACY[item.privacy] if item.privacy and item.privacy != exercise.privacy else "",
                longest=LONGEST_LONG if item.kind in ("long", "list") else LONGEST_SHORT,
                **_given(exercise, item, raw.get(item.id), more=more == item.id),
            )
        )
    return tuple(found)


def _given(exercise: Exercise, item: Item, raw: Any, *, more: bool) -> dict[str, Any]:
    """Return what a field shows of what was given."""
    found: dict[str, Any] = {"text": ""}
    if item.kind in ("rating", "choice", "yes-no", "choices"):
        chosen = set(_texts(raw)) if item.kind == "choices" else {_word(raw)}
        found["picks"] = tuple(_picks(exercise, item, chosen))
    elif item.kind == "ranking":
        found["places"] = tuple(_places(item, _texts(raw)))
    elif item.kind == "table":
        found |= _table(item, raw, more=more)
    elif item.kind in ("line", "grid"):
        found["scales"] = tuple(_scales(item, raw))
    elif item.kind == "photo":
        found["kept"] = _text(raw)
    else:
        found["text"] = "\n".join(_texts(raw)) if item.kind == "list" else _text(raw)
    return found


def _text(raw: Any) -> str:
    return clean(str(raw)) if isinstance(raw, str | int | float) and not isinstance(raw, bool) else ""


def _texts(raw: Any) -> list[str]:
    """Return a list's entries; a draft may hold anything."""
    entries = raw.split("\n") if isinstance(raw, str) else raw
    return [_text(one) for one in entries] if isinstance(entries, list | tuple) else []


def _word(raw: Any) -> str:
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    return _text(raw).strip()


def _picks(exercise: Exercise, item: Item, chosen: set[str]) -> Iterator[Pick]:
    scale = exercise.scale(item) if item.kind == "rating" else None
    if scale is None:
        for option in options(item):
            yield Pick(id=option.id, text=option.text, sign="", chosen=option.id in chosen)
        return
    for number, label in enumerate(scale.labels, 1):
        yield Pick(id=str(number), text=label, sign=str(number), chosen=str(number) in chosen)
    if item.dont_know:
        yield Pick(id=DONT_KNOW, text=scale.dont_know, sign="?", chosen=DONT_KNOW in chosen)


def _places(item: Item, order: Sequence[str]) -> Iterator[tuple[Pick, ...]]:
    """Yield for each place of a ranking what may stand there."""
    for place in range(len(item.options)):
        there = order[place] if place < len(order) else ""
        yield tuple(Pick(id=one.id, text=one.text, sign="", chosen=one.id == there) for one in item.options)


def _table(item: Item, raw: Any, *, more: bool) -> dict[str, Any]:
    given = [row for row in raw if isinstance(row, Mapping)] if isinstance(raw, list | tuple) else []
    wanted = rows_wanted(item, len(given), more=more)
    rows = []
    for number in range(1, max(wanted, min(len(given), 50)) + 1):
        row = given[number - 1] if number <= len(given) else {}
        rows.append(tuple(_cell(item, column, number, row) for column in item.columns))
    return {"rows": tuple(rows), "more": len(rows) < min(item.at_most or 30, 50)}


def _cell(item: Item, column: Column, number: int, row: Mapping[str, Any]) -> Cell:
    text = _text(row.get(column.id))
    picks = (Pick(id=one.id, text=one.text, sign="", chosen=one.id == text) for one in column.options)
    return Cell(column=column, name=f"{item.id}.{number}.{column.id}", text=text, picks=tuple(picks))


def _scales(item: Item, raw: Any) -> Iterator[Scale]:
    pair = raw.split(",") if isinstance(raw, str) else raw
    places = [_text(one).strip() for one in pair] if isinstance(pair, list | tuple) else [_text(raw)]
    axes = (
        [(item.id, item.x)] if item.kind == "line" else [(f"{item.id}.x", item.x), (f"{item.id}.y", item.y)]
    )
    for place, (name, axis) in enumerate(axes):
        if axis is not None:
            there = places[place] if place < len(places) else ""
            picks = (
                Pick(id=str(n), text=str(n), sign=str(n), chosen=str(n) == there) for n in range(1, STEPS + 1)
            )
            yield Scale(name=name, axis=axis, picks=tuple(picks))
