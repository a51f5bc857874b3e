"""Whether a quiz can be answered rightly, and says why: as `core.scoring.is_right` reads it."""

from collections.abc import Collection, Iterator
from typing import Any

from pmworkshop.core.exercise import NO, YES
from pmworkshop.library.problem import Blame, did_you_mean, listed, quoted, shortened
from pmworkshop.library.query import EACH, given, groups, inside, named, number, texts, word


def quiz_blames(data: dict[str, Any]) -> Iterator[Blame]:
    """Yield what is wrong with the right answers, in a quiz and elsewhere, and what a quiz lacks."""
    items = groups(data, "items", EACH)
    for path, item in items:
        yield from inside(path, _right(item))
    if word(data, "kind") != "quiz":
        return
    for path, item in items:
        if given(item, "right") and not given(item, "why"):
            remedy = "add `why: …`, which is shown after the answer"
            yield Blame((*path, "right"), "nothing says why that is right", remedy, "warning", at_key=True)
    if items and not any(given(item, "right") for _, item in items):
        remedy = "add `right: […]` to the items that have a right answer, or choose another kind"
        yield Blame(("kind",), "a quiz in which no answer is right", remedy)


def _right(item: dict[str, Any]) -> Iterator[Blame]:
    """Yield the right answers of an item that it cannot have."""
    kind, right = word(item, "kind"), texts(item, "right", EACH)
    known = _answers(item)
    for path, name in right if known else ():
        if name not in known:
            remedy = did_you_mean(name, known, f"choose from: {listed(map(shortened, known), 8)}")
            yield Blame(path, f"there is no option {quoted(name)}", remedy)
    if kind == "yes-no" and len({name for _, name in right}) > 1:
        yield Blame(("right",), "yes and no cannot both be right", "keep one of them", at_key=True)
    if kind == "choices":
        least, most = number(item, "at_least"), number(item, "at_most")
        yield from _count(len(right), least or 0, most or len(right))


def _count(right: int, least: float, most: float) -> Iterator[Blame]:
    if right and not least <= right <= most:
        wanted = f"at least {least}" if right < least else f"at most {most}"
        remedy = "mend `at_least` or `at_most`, or what is right"
        yield Blame(("right",), f"{right} are right, but {wanted} are to be chosen", remedy, at_key=True)


def _answers(item: dict[str, Any]) -> Collection[str]:
    """Return the ids that an item's right answers may have, in order; none where they cannot be told."""
    if word(item, "kind") == "yes-no":
        return (YES, NO)
    return (named(item, "options") or {}) if word(item, "kind") in {"choice", "choices"} else ()
