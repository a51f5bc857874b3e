"""Bars and tables out of characters, as blocks: each is drawn afresh at whatever width the page has.

Colour is never the only sign: a bar has its figure beside it, a shade its number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from pmworkshop.core.value import value
from pmworkshop.desk.widgets.markdown import Block
from pmworkshop.desk.widgets.parts import QUIET
from pmworkshop.desk.widgets.safe import safe, safe_line

LONGEST_BAR: Final = 40
SHORTEST_BAR: Final = 6
NARROWEST_TEXT: Final = 24
HANGING: Final = 2
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
_SHADES: Final = "░▒▓█"
_TRACK: Final = "$foreground 40%"


def gauge(share: float, cells: int) -> Content:
    """Return a bar of `cells`, filled up to `share`, from 0 to 1."""
    full, part = divmod(round(min(max(share, 0.0), 1.0) * cells * 8), 8)
    drawn = ("█" * full + (_EIGHTHS[part] if part else ""))[:cells]
    return Content.assemble((drawn, "$accent"), ("░" * (cells - len(drawn)), _TRACK))


def scatter(shares: Sequence[float], cells: int) -> Content:
    """Return a line of `cells` with how many of `shares` fall on each; ten and more are a plus sign."""
    counts = [0] * cells
    for share in shares:
        counts[min(int(share * cells), cells - 1)] += 1
    signs = ("·" if not count else str(count) if count < 10 else "+" for count in counts)  # noqa: PLR2004  # one figure fits
    return Content.styled("".join(signs), QUIET)


@value
class Measure:
    """What one bar shows: its label, how far up, the figure in words; `spread` are the single shares below it."""

    label: str
    share: float | None
    words: str
    sign: str = ""
    spread: tuple[float, ...] = ()
    below: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar(Block):
    """A label, a bar and its figure on one line; a long label stands above its bar."""

    share: float | None
    words: str
    spread: tuple[float, ...] = ()
    below: str = ""
    longest: int
    """Cells of the longest label among the bars that belong together."""
    tail: int
    """Cells of their longest figure in words."""

    def lines(self, width: int) -> list[Content]:
        """Return the lines at `width` cells."""
        front = len(self.lead) + self.indent
        column = self.longest + 2
        cells = width - front - column - self.tail - 2
        if self.longest <= (width - front) * 2 // 5 and cells >= SHORTEST_BAR:
            label = self.content.pad_right(column - self.content.cell_length)
            return self._drawn(self.lead.rjust(front), label, min(cells, LONGEST_BAR))
        above = Block(self.content, self.lead, self.indent).lines(width)
        cells = width - front - self.tail - 2
        if cells < SHORTEST_BAR:
            below = (safe(self.words), *([safe(self.below)] if self.below else []))
            return [*above, *(line for text in below for line in Block(text, indent=front).lines(width))]
        return [*above, *self._drawn(" " * front, Content(""), min(cells, LONGEST_BAR))]

    def _drawn(self, lead: str, label: Content, cells: int) -> list[Content]:
        """Return the bar after its label, and below it how its single shares are spread."""
        track = Content(" " * cells) if self.share is None else gauge(self.share, cells)
        found = [Content.assemble(lead, label, track, f"  {self.words}")]
        if self.spread:
            start = " " * (len(lead) + label.cell_length)
            found.append(Content.assemble(start, scatter(self.spread, cells), (f"  {self.below}", QUIET)))
        return found


def bars(measures: Sequence[Measure]) -> tuple[Block, ...]:
    """Return bars under one another, each with the same beginning and length."""
    labels = [safe_line(one.label) for one in measures]
    longest = max((label.cell_length for label in labels), default=0)
    tail = max((cell_len(words) for one in measures for words in (one.words, one.below)), default=0)
    return tuple(
        Bar(label, one.sign, share=one.share, words=one.words, spread=one.spread, below=one.below, longest=longest, tail=tail)
        for one, label in zip(measures, labels, strict=True)
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Block):
    """A text with cells at the right end of its first line; below it, where the page is too narrow."""

    cells: Content

    def lines(self, width: int) -> list[Content]:
        """Return the lines at `width` cells."""
        taken = self.cells.cell_length
        room = width - taken - 2
        if room < NARROWEST_TEXT:
            return [*(self.content.wrap(width) if self.content else ()), *self.cells.wrap(max(width, 2))]
        text, *rest = Block(self.content, indent=HANGING).lines(room + HANGING) or [Content("")]
        text = text[HANGING:].rstrip()
        first = Content.assemble(text, " " * (width - taken - text.cell_length), self.cells)
        return [first, *rest]


def table(header: Content, rows: Sequence[tuple[str, Content]]) -> Iterator[Block]:
    """Yield a header of cells, then texts with their cells, as wide as each other."""
    yield Row(Content(""), cells=header.stylize(QUIET))
    for text, cells in rows:
        yield Row(safe(text), cells=cells)


def shaded(count: int, of: int) -> Content:
    """Return a cell of five: a number, and a shade that is the denser the greater its share."""
    if not count:
        return Content.styled(" ·   ", QUIET)
    shade = _SHADES[min(count * len(_SHADES) // of, len(_SHADES) - 1)]
    return Content.assemble(f"{count:>2}", (shade * 2, "$accent"), " ")
