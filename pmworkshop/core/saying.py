"""How answers are said back, in the same words on every screen and in every pack."""

from collections.abc import Callable, Mapping

from pmworkshop.core.answers import Answers, options
from pmworkshop.core.exercise import DONT_KNOW, NO, STEPS, YES, Column, Exercise, Item
from pmworkshop.core.given import Value, figure
from pmworkshop.core.scoring import TENTH
from pmworkshop.core.words import said_day

PRIVACY: Mapping[str, str] = {
    "evidence": "This goes into the evidence pack.",
    "shared": "The trainer sees this; it stays out of your pack unless you choose otherwise.",
    "private": "Only you see this; the room's results count it without a name.",
    "anonymous": "No name is kept with this.",
}
"""Who will see an answer, said before it is written."""
NO_ANSWER = "–"  # noqa: RUF001  # the dash of an empty cell


def answer_lines(exercise: Exercise, item: Item, given: Value | None) -> tuple[str, ...]:
    """Return an answer as lines of plain text; one dash where there is none."""
    if given is None:
        return (NO_ANSWER,)
    if item.kind in _SAID:
        return (_SAID[item.kind](exercise, item, given),)
    if isinstance(given, tuple):
        return tuple(_entry(item, number, entry) for number, entry in enumerate(given, 1))
    text = figure(given) if isinstance(given, float) else str(given)
    return tuple((f"{text} {item.unit}" if item.unit else text).split("\n"))


def answer_text(exercise: Exercise, item: Item, given: Value | None) -> str:
    """Return an answer on one line."""
    return "; ".join(answer_lines(exercise, item, given))


def named(exercise: Exercise, answers: Answers) -> str:
    """Return what tells this output from others of its exercise, such as TM1 or “Round 2”; nothing where none does."""
    parts = []
    for name in dict.fromkeys((*exercise.named_by, exercise.compare)):
        item = exercise.item(name) if name else None
        if item is not None and item.id in answers:
            parts.append(answer_text(exercise, item, answers[item.id]))
    return ", ".join(parts)


def asked_if(exercise: Exercise, item: Item) -> str:
    """Say when a question is asked, for whoever sees all of them; nothing where it always is."""
    if item.when is None:
        return ""
    found = ((n, one) for n, one in enumerate(exercise.items, 1) if one.id == item.when.item)
    number, asks = next(found, (0, None))
    if asks is None:
        return ""
    known = {YES: "Yes", NO: "No"} | {one.id: one.text for one in options(asks)}
    scale = exercise.scale(asks)
    known |= {str(point): label for point, label in enumerate(scale.labels, 1)} if scale else {}
    words = " or ".join(f"“{known.get(one, one)}”" for one in item.when.any_of)
    return f"Only if you answered {words} to question {number}."


def cell_text(column: Column, text: str) -> str:
    """Return what a cell of a table says."""
    if column.kind == "date":
        return said_day(text)
    return next((one.text for one in column.options if one.id == text), text)


def apart(tenths: int | None, *, whole: bool = False) -> str:
    """Say how far two views lie apart: +1.2, −0.5, or that they are the same; `whole` leaves the decimal out."""  # noqa: RUF002  # a minus sign
    if tenths is None:
        return ""
    sign = "+" if tenths > 0 else "−"  # noqa: RUF001  # a minus sign
    decimal = "" if whole else f".{abs(tenths) % TENTH}"
    return f"{sign}{abs(tenths) // TENTH}{decimal}" if tenths else "same"


def _rating(exercise: Exercise, item: Item, given: Value) -> str:
    scale = exercise.scale(item)
    if scale is None:
        return str(given)
    if given == DONT_KNOW:
        return scale.dont_know
    return f"{given}  {scale.labels[int(str(given)) - 1]}"


def _chosen(_: Exercise, item: Item, given: Value) -> str:
    return _option(item, (YES if given else NO) if isinstance(given, bool) else str(given))


def _option(item: Item, word: str) -> str:
    return next((one.text for one in options(item) if one.id == word), word)


def _entry(item: Item, number: int, entry: object) -> str:
    if isinstance(entry, Mapping):
        cells = (
            f"{column.title}: {cell_text(column, entry[column.id])}"
            for column in item.columns
            if column.id in entry
        )
        return f"{number}. {', '.join(cells)}"
    return (
        f"{number}. {_option(item, str(entry))}"
        if item.kind == "ranking"
        else f"• {_option(item, str(entry))}"
    )


def _place(_: Exercise, item: Item, given: Value) -> str:
    places = given if isinstance(given, tuple) else ()
    pairs = zip((item.x, item.y), places, strict=False)
    return ", ".join(f"{axis.title} {place} of {STEPS}" for axis, place in pairs if axis)


def _on_line(_: Exercise, item: Item, given: Value) -> str:
    return f"{given} of {STEPS}" + (f", from {item.x.low} to {item.x.high}" if item.x else "")


def _day(_: Exercise, __: Item, given: Value) -> str:
    return said_day(str(given))


def _photo(_: Exercise, __: Item, given: Value) -> str:
    return f"photo {str(given)[:12]}"


_SAID: dict[str, Callable[[Exercise, Item, Value], str]] = {
    "rating": _rating,
    "choice": _chosen,
    "yes-no": _chosen,
    "grid": _place,
    "line": _on_line,
    "photo": _photo,
    "date": _day,
}
