"""What participants give: raw values from a screen, a form or a draft become answers, or words about what is wrong.

An answer that was not given is absent, never empty. An item that its `when` does not ask has no answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pmworkshop.core.exercise import NO, YES, Choice, Exercise, Item
from pmworkshop.core.given import READERS, Value, WrongError
from pmworkshop.core.value import value

Answers = Mapping[str, Value]


@value
class Flaw:
    """What is wrong with the answer to one item, or missing from it."""

    item: str
    words: str


@value
class Sheet:
    """A form as it was read. `wrong` cannot be kept as it is; `missing` can be handed in only on purpose."""

    answers: Answers
    wrong: tuple[Flaw, ...] = ()
    missing: tuple[Flaw, ...] = ()

    @property
    def flaws(self) -> tuple[Flaw, ...]:
        """Everything that stands in the way of handing in."""
        return (*self.wrong, *self.missing)


def read(exercise: Exercise, raw: Mapping[str, Any]) -> Sheet:
    """Read what was given, by item id; whatever is no item of the exercise is passed over."""
    answers: dict[str, Value] = {}
    wrong: list[Flaw] = []
    missing: list[Flaw] = []
    for item in exercise.items:
        if not is_asked(item, answers):
            continue
        try:
            given = READERS[item.kind](exercise, item, raw.get(item.id))
        except WrongError as error:
            wrong.append(Flaw(item=item.id, words=str(error)))
            continue
        if given is not None:
            answers[item.id] = given
        words = _lack(item, given)
        if words:
            missing.append(Flaw(item=item.id, words=words))
    return Sheet(answers=answers, wrong=tuple(wrong), missing=tuple(missing))


def asked(exercise: Exercise, answers: Answers) -> Iterator[Item]:
    """Yield the items that are asked, given the answers so far."""
    return (item for item in exercise.items if is_asked(item, answers))


def is_asked(item: Item, answers: Answers) -> bool:
    """Whether an item is asked; `answers` holds none for items that are not asked themselves."""
    if item.when is None:
        return True
    found = answers.get(item.when.item)
    return found is not None and any(one in item.when.any_of for one in _as_words(found))


def options(item: Item) -> tuple[Choice, ...]:
    """Return what can be chosen from, which for yes-no an author may have worded."""
    if item.kind == "yes-no" and not item.options:
        return (Choice(id=YES, text="Yes"), Choice(id=NO, text="No"))
    return item.options


def _as_words(found: Value) -> tuple[str, ...]:
    if isinstance(found, bool):
        return (YES if found else NO,)
    return tuple(str(one) for one in found) if isinstance(found, tuple) else (str(found),)


def _lack(item: Item, given: Value | None) -> str:
    """Say what is missing from an answer, or nothing."""
    if given is None:
        if not item.required:
            return ""
        return f"{item.at_least} are asked for." if (item.at_least or 1) > 1 else "Not answered yet."
    if item.kind in ("choices", "list", "table") and isinstance(given, tuple):
        if len(given) < (item.at_least or 1):
            return f"{item.at_least} are asked for, {len(given)} so far."
        if item.kind == "table":
            return _empty_cell(item, given)
    if item.kind == "ranking" and isinstance(given, tuple) and len(given) < len(item.options):
        return f"{len(given)} of {len(item.options)} are in order so far."
    return ""


def _empty_cell(item: Item, rows: Sequence[Any]) -> str:
    for number, row in enumerate(rows, 1):
        for column in item.columns:
            if column.required and column.id not in row:
                return f"Row {number}: “{column.title}” is empty."
    return ""
