"""What somebody's sheet comes to, as a page: for whoever handed it in, and for the trainer beside the answers."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from textual.content import Content

from pmworkshop.core.answers import options
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.result import Placed
from pmworkshop.core.saying import answer_text, apart
from pmworkshop.core.scoring import TENTH, Mark, Percentage, Score
from pmworkshop.desk.widgets.grids import MARK, Grid, Strip
from pmworkshop.desk.widgets.markdown import Block
from pmworkshop.desk.widgets.parts import after_gaps, bold, bullets, heading, plain, quiet, section
from pmworkshop.desk.widgets.pictures import Measure, bars, table
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.outputs import OutputPage

NAMED, NOT_NAMED = "▸ ", "  "
RIGHT, NOT_YET = "✓ right    ", "✗ not yet  "
CAVEATS = "What this is not"
PROMPTS = "Before you build on it"
LONGEST_CELL: Final = 14


def handed_in_blocks(page: OutputPage, *, explain: bool) -> tuple[Block, ...]:
    """Return the result as its owner reads it; with `explain` the right answers of a quiz, and why."""
    name = (quiet(page.named),) if page.named else ()
    return (*after_gaps([name, *outcome(page, explain=explain)]), *closing(page))


def outcome(page: OutputPage, *, explain: bool) -> list[tuple[Block, ...]]:
    """Return what the sheet comes to, part by part: scores, places, marks, rates, advice, the other view."""
    found = page.result
    return [
        (bold(found.headline),) if found.headline else (),
        tuple(_scores(found.scores, found.named)),
        *(tuple(_actions(one.title, one.lines)) for one in found.actions),
        *(tuple(_placed(page.exercise, one)) for one in found.placed),
        *(tuple(_mark(page, one, explain=explain)) for one in found.marks),
        tuple(_rates(found.rates)),
        tuple(_advice(page)),
        tuple(_compared(page)),
    ]


def closing(page: OutputPage) -> Iterator[Block]:
    """Yield the coach's questions, what was left open, and always what the result is not."""
    yield from section(PROMPTS, _prompts(page))
    yield from section("Left open", _missing(page))
    yield from section(CAVEATS, bullets(page.result.caveats))


def _scores(scores: Iterable[Score], named: tuple[str, ...]) -> Iterator[Block]:
    shown = list(scores)
    drawn = bars(
        [
            Measure(
                label=one.title,
                share=None if one.tenths is None else one.share,
                words=one.words if one.tenths is None else f"{one.words} of {one.highest}",
                sign=(NAMED if one.factor in named else NOT_NAMED) if named else "",
            )
            for one in shown
        ]
    )
    for bar, one in zip(drawn, shown, strict=True):
        yield bar
        indent = len(NAMED) if named else 0
        if one.band:
            yield plain(one.band, indent=indent)
        yield quiet(one.reason, indent=indent)


def _actions(title: str, lines: tuple[str, ...]) -> Iterator[Block]:
    yield heading(f"What one can do about {title}")
    yield from bullets(lines)


def _placed(exercise: Exercise, placed: Placed) -> Iterator[Block]:
    item = exercise.item(placed.item)
    if item is None:
        return
    yield bold(item.text)
    if placed.y is None:
        yield Strip(Content(""), axis=placed.x_axis, places={(placed.x, 1): (MARK,)}, own=True)
        given: int | tuple[int, int] = placed.x
    else:
        yield Grid(Content(""), item=item, places={(placed.x, placed.y): (MARK,)})
        given = (placed.x, placed.y)
    yield quiet(answer_text(exercise, item, given))
    if placed.corner:
        yield bold(placed.corner)
    if placed.advice:
        yield plain(placed.advice)


def _mark(page: OutputPage, mark: Mark, *, explain: bool) -> Iterator[Block]:
    item = page.exercise.item(mark.item)
    if item is None:
        return
    yield bold(item.text, RIGHT if mark.now else NOT_YET)
    indent = len(RIGHT)
    said = next((one.lines for one in page.answers if one.item == item.id), ())
    yield quiet(
        "; ".join(line.removeprefix("• ") for line in said) if mark.answered else "not answered",
        "You said: ",
        indent,
    )
    if mark.now and not mark.first:
        yield quiet("right at the second try", indent=indent)
    for advice in page.result.advice:
        if advice.item == item.id:
            yield plain(advice.words, indent=indent)
    if explain:
        yield from _explained(item, indent)


def _explained(item: Item, indent: int) -> Iterator[Block]:
    right = [option.text for option in options(item) if option.id in item.right]
    yield bold("; ".join(right), "Right: ", indent)
    if item.why:
        yield plain(item.why, indent=indent)


def _rates(rates: tuple[Percentage, ...]) -> Iterator[Block]:
    drawn = bars(
        [
            Measure(
                label=one.title,
                share=None if one.percent is None else one.percent / 100,
                words="no rate" if one.percent is None else f"{one.percent} %",
            )
            for one in rates
        ]
    )
    for bar, one in zip(drawn, rates, strict=True):
        yield bar
        yield quiet(one.reason)


def _advice(page: OutputPage) -> Iterator[Block]:
    """Yield advice on what was chosen; a quiz says its own beside the questions."""
    asked = {mark.item for mark in page.result.marks}
    for one in page.result.advice:
        if one.item not in asked:
            yield bold(one.chosen)
            yield plain(one.words, indent=2)


def _compared(page: OutputPage) -> Iterator[Block]:
    if not page.compared:
        return
    yield heading("Side by side")
    for letter, view in zip("AB", page.compared_views, strict=True):
        yield plain(view, f"{letter}  ")
    whole = all(one.apart is None or one.apart % TENTH == 0 for one in page.compared)
    cells = [(one.first, one.second, apart(one.apart, whole=whole)) for one in page.compared]
    if max(len(text) for row in cells for text in row) > LONGEST_CELL:
        for one, (first, second, between) in zip(page.compared, cells, strict=True):
            yield plain(f"A {first}; B {second}" + (f"; {between}" if between else ""), f"{one.title}: ")
        return
    header, *rows = _aligned([("A", "B", "B − A"), *cells])  # noqa: RUF001  # a minus sign
    yield from table(header, [(one.title, row) for one, row in zip(page.compared, rows, strict=True)])


def _aligned(cells: Sequence[tuple[str, ...]]) -> list[Content]:
    """Return each row's cells on one line, every column flush right."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        Content("   ".join(f"{text:>{wide}}" for text, wide in zip(row, widths, strict=True)))
        for row in cells
    ]


def _prompts(page: OutputPage) -> Iterator[Block]:
    for prompt in page.prompts:
        item = page.exercise.item(prompt.item)
        if item is not None:
            yield quiet(safe_line(item.text).plain)
        yield plain(prompt.words, "? ", 2)


def _missing(page: OutputPage) -> Iterator[Block]:
    numbers = {item.id: number for number, item in enumerate(page.exercise.items, 1)}
    for flaw in page.result.missing:
        item = page.exercise.item(flaw.item)
        text = f"{item.text} " if item else ""
        yield plain(f"{text}{flaw.words}", f"{numbers.get(flaw.item, 0):>2}. ")
