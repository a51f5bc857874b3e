"""What pages draw and say of one's own result: an `OutputPage` in, pictures and plain words out. Templates call these.

The words are the desk's (a test holds the two together). Each picture's `key` tells it from others on the page.
"""

import re
from collections.abc import Iterator
from itertools import repeat
from typing import Final

from markupsafe import Markup

from pmworkshop.core.answers import options
from pmworkshop.core.exercise import Item
from pmworkshop.core.result import Difference, Placed
from pmworkshop.core.saying import answer_text, apart
from pmworkshop.core.scoring import TENTH, Mark, Percentage, Score, scale_range
from pmworkshop.core.value import value
from pmworkshop.drawing.together import (
    BAR,
    NOTHING,
    WIDE,
    along,
    bar,
    disc,
    drawing,
    grid,
    ident,
    line,
    mark,
    middle,
    share_of,
    stroke,
    words,
)
from pmworkshop.live.views.outputs import OutputPage

WHOLE: Final = 100
IN_A_ROW: Final = 8
_FIGURE: Final = re.compile(r"(\d+)(?:\.(\d))?(?: %)?", re.ASCII)
_ON_TIP: Final = Markup(
    '<path class="drawn-other" d="M{:g} {:g} l9 9 -9 9 -9 -9z" fill="#bbb" stroke="#000"/>'
)
_TICK: Final = Markup(
    '<path class="drawn-sign-in" d="M{:g} {:g} l5 6 9 -12" fill="none" stroke="#fff" stroke-width="3"/>'
)
_CROSS: Final = Markup(
    '<path class="drawn-sign" d="M{:g} {:g} l12 12 m0 -12 l-12 12" fill="none" stroke="#000" stroke-width="3"/>'
)


@value
class Pair:
    """Two views of one thing: what they say of it, the scale it is measured on, and where they stand there."""

    title: str
    words: str
    lowest: int
    highest: int
    picture: Markup


def explained(page: OutputPage) -> bool:
    """Whether right answers may be shown: not while a quiz's second try is open."""
    once = page.exercise.kind == "quiz" and len(page.versions) == 1
    return not once or all(mark.now for mark in page.result.marks)


def score(one: Score, *key: object) -> Markup:
    """Draw a score on its scale; nothing where there is none."""
    if one.tenths is None:
        return NOTHING
    title = f"{one.title}: {one.words} on a scale from {one.lowest} to {one.highest}"
    return drawing(ident("score", *key), BAR, title, bar(one.share, steps=one.highest - one.lowest))


def rate(one: Percentage, *key: object) -> Markup:
    """Draw a rate; nothing where there is none."""
    if one.percent is None:
        return NOTHING
    return drawing(ident("rate", *key), BAR, f"{one.title}: {one.percent} %", bar(one.percent / WHOLE))


def place(page: OutputPage, placed: Placed) -> Markup:
    """Draw one's own place on a grid or a line."""
    uid, said = ident("place", page.output, placed.item), place_words(page, placed)
    if placed.y is None:
        return drawing(uid, 2 * BAR, said, [*line(BAR), *mark(middle(placed.x), BAR)])
    return drawing(uid, WIDE, said, grid({(placed.x, placed.y): 1}, own=True), placed.corner or "")


def place_words(page: OutputPage, placed: Placed) -> str:
    """Say one's own place in figures."""
    item = page.exercise.item(placed.item)
    given = placed.x if placed.y is None else (placed.x, placed.y)
    return answer_text(page.exercise, item, given) if item else ""


def marks(page: OutputPage) -> Markup:
    """Draw a quiz's marks in the order of its questions: a tick in a disc for right, a cross in a ring for not yet."""
    rights = [mark.now for mark in page.result.marks]
    wide = WIDE / IN_A_ROW
    parts = [_ticked(n % IN_A_ROW * wide, n // IN_A_ROW * wide, right) for n, right in enumerate(rights)]
    title = f"{sum(rights)} of {len(rights)} right"
    desc = "In order: " + ", ".join("right" if right else "not yet" for right in rights)
    return drawing(ident("marks", page.output), -(-len(rights) // IN_A_ROW) * wide, title, parts, desc)


def _ticked(left: float, top: float, right: bool) -> Markup:
    x, y = left + WIDE / IN_A_ROW / 2, top + WIDE / IN_A_ROW / 2
    if right:
        return disc("drawn-good", x, y, 16) + _TICK.format(x - 7, y)
    return disc("drawn-bad", x, y, 15, "none") + _CROSS.format(x - 6, y - 6)


def said(page: OutputPage, mark: Mark) -> str:
    """Return what was answered to a question of a quiz."""
    if not mark.answered:
        return "not answered"
    lines = next((one.lines for one in page.answers if one.item == mark.item), ())
    return "; ".join(line.removeprefix("• ") for line in lines)


def right(item: Item) -> str:
    """Return a question's right answer."""
    return "; ".join(option.text for option in options(item) if option.id in item.right)


def advice(page: OutputPage) -> Iterator[tuple[str, str]]:
    """Yield what was chosen, and the advice on it; a quiz says its own beside the questions."""
    asked = {mark.item for mark in page.result.marks}
    return ((one.chosen, one.words) for one in page.result.advice if one.item not in asked)


def missing(page: OutputPage) -> Iterator[tuple[int, str]]:
    """Yield what was left open: its number on the form, and what a full answer would need."""
    numbers = {item.id: number for number, item in enumerate(page.exercise.items, 1)}
    for flaw in page.result.missing:
        item = page.exercise.item(flaw.item)
        text = f"{item.text} " if item else ""
        yield numbers.get(flaw.item, 0), f"{text}{flaw.words}"


def compared(page: OutputPage) -> Iterator[Pair]:
    """Yield the two views of an output, thing by thing."""
    whole = all(one.apart is None or one.apart % TENTH == 0 for one in page.compared)
    for number, (one, (lowest, highest)) in enumerate(zip(page.compared, _scales(page), strict=False)):
        between = apart(one.apart, whole=whole)
        said = f"A {one.first}; B {one.second}" + (f"; {between}" if between else "")
        picture = _pair(ident("pair", page.output, number), one, lowest, highest, said)
        yield Pair(title=one.title, words=said, lowest=lowest, highest=highest, picture=picture)


def _scales(page: OutputPage) -> Iterator[tuple[int, int]]:
    """Yield the ends of what each difference is measured on, in the order of the differences."""
    if page.result.rates:
        return repeat((0, WHOLE), len(page.compared))
    if page.result.scores:
        counting = {item.factor: item for item in reversed(page.exercise.items)}
        return (scale_range(page.exercise, counting[one.factor]) for one in page.result.scores)
    ratings = {item.text: item for item in page.exercise.items if item.kind == "rating"}
    return (scale_range(page.exercise, ratings[one.title]) for one in page.compared)


def _pair(uid: str, one: Difference, lowest: int, highest: int, said: str) -> Markup:
    """Draw two marks on one track: A is a disc with its letter above, B a square on its tip with its letter below."""
    first, second = (_across(text, lowest, highest) for text in (one.first, one.second))
    if first is None and second is None:
        return NOTHING
    mid = 28
    steps = 1 if highest == WHOLE else highest - lowest
    ticks = [along(step / steps) for step in range(steps + 1)]
    parts = [stroke("drawn-axis", (ticks[0], mid), (ticks[-1], mid))]
    parts += [stroke("drawn-axis", (x, mid - 6), (x, mid + 6)) for x in ticks]
    if first is not None and second is not None:
        parts.append(stroke("drawn-apart", (first, mid), (second, mid)))
    if second is not None:
        parts += [_ON_TIP.format(second, mid - 9), words("B", second, mid + 25)]
    if first is not None:
        parts += [disc("drawn-dot", first, mid, 7), words("A", first, mid - 13)]
    return drawing(uid, 2 * mid, f"{one.title}: {said}; from {lowest} to {highest}", parts)


def _across(text: str, lowest: int, highest: int) -> float | None:
    """Return where a figure stands, read as `Score` and `Percentage` write it; None where there is none."""
    found = _FIGURE.fullmatch(text)
    if found is None:
        return None
    return along(share_of(int(found[1]) * TENTH + int(found[2] or 0), lowest, highest))
