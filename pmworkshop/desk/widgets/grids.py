"""Places on a grid and on a line, drawn as the form draws them; one mark, or everybody's under a letter or a number.

A place that several share, or whose label is too long for it, shows how many there are; `legend` names them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from pmworkshop.core.exercise import STEPS, Axis, Corner, End, Item
from pmworkshop.desk.widgets.markdown import Block
from pmworkshop.desk.widgets.parts import QUIET, plain
from pmworkshop.desk.widgets.safe import safe, safe_line
from pmworkshop.live.views.places import DOT

HALF: Final = STEPS // 2
CELL, NARROW_CELL = 4, 3
LONGEST_LABEL: Final = 3
MOST_LINES: Final = 3
MARK, CROSS = "●", "X"
_FAINT: Final = "$foreground 50%"
_STRONG: Final = "bold $text-accent"

Place = tuple[int, int]
Places = Mapping[Place, tuple[str, ...]]


def sign(labels: Sequence[str]) -> str:
    """Return what stands at a place: the label, or how many there are."""
    fits = len(labels) == 1 and cell_len(labels[0]) <= LONGEST_LABEL
    return safe_line(labels[0]).plain if fits else str(len(labels))


def legend(places: Places, *, across_only: bool = False) -> Iterator[Block]:
    """Yield who is where a number stands; nothing about people who are not named."""
    for (x, y), labels in sorted(places.items()):
        named = sorted(label for label in labels if label != DOT)
        if named and (across_only or sign(labels) not in labels):
            where = f"{x}" if across_only else f"{x} across, {y} up"
            others = len(labels) - len(named)
            more = [f"{others} without a name"] if others else []
            yield plain(", ".join([*named, *more]), f"{len(labels)} at {where}: ", 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid(Block):
    """A grid of ten by ten with its axes' ends and the corners' titles. Places count from the left and the bottom."""

    item: Item
    places: Places

    def lines(self, width: int) -> list[Content]:
        """Return the lines at `width` cells."""
        x, y = self.item.x, self.item.y
        if x is None or y is None:
            return []
        cell = CELL if width >= STEPS * CELL + 1 else NARROW_CELL
        wide = STEPS * cell + 1
        middle = Content.styled("─" * (HALF * cell) + "┼" + "─" * (HALF * cell), _FAINT)
        rows = [self._row(up, cell) for up in range(STEPS, 0, -1)]
        return [
            *_few(safe(f"↑ {y.title}: {y.high}").stylize(QUIET), max(width, wide)),
            *self._titles("high", wide),
            *rows[:HALF],
            middle,
            *rows[HALF:],
            *self._titles("low", wide),
            *_few(safe(f"↓ {y.title}: {y.low}").stylize(QUIET), max(width, wide)),
            *_ends(x, wide),
        ]

    def _row(self, up: int, cell: int) -> Content:
        parts: list[Content | tuple[str, str]] = []
        for across in range(1, STEPS + 1):
            labels = self.places.get((across, up))
            words = sign(labels) if labels else "·"
            gap = cell - 1 if cell_len(words) < cell else cell
            shown = f"{words:^{gap - (cell_len(words) - len(words))}}"
            parts.append((shown + " " * (cell - cell_len(shown)), _STRONG if labels else _FAINT))
            if across == HALF:
                parts.append(("│", _FAINT))
        return Content.assemble(*parts)

    def _titles(self, row: End, wide: int) -> list[Content]:
        corners = {corner.x: self._title(corner) for corner in self.item.corners if corner.y == row}
        left, right = (corners.get(end, Content("")) for end in ("low", "high"))
        return _sides(left, right, wide) if corners else []

    def _title(self, corner: Corner) -> Content:
        return safe_line(corner.title).stylize("bold" if self.places else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip(Block):
    """A line of ten places with the words at its ends; a cross for one's own place, numbers for a room's."""

    axis: Axis
    places: Places
    own: bool = False

    def lines(self, width: int) -> list[Content]:
        """Return the lines at `width` cells."""
        cell = CELL if width >= STEPS * CELL else NARROW_CELL
        parts: list[tuple[str, str]] = []
        for across in range(1, STEPS + 1):
            labels = self.places.get((across, 1), ())
            end = {1: "├", STEPS: "┤"}.get(across, "┼")
            words = CROSS if self.own and labels else str(len(labels)) if labels else end
            parts.append((words, _STRONG if labels else _FAINT))
            parts.append(("─" * (cell - len(words)) if across < STEPS else "", _FAINT))
        return [Content.assemble(*parts), *_ends(self.axis, (STEPS - 1) * cell + 1)]


def _ends(axis: Axis, wide: int) -> list[Content]:
    """Return the words at both ends of the axis that runs across."""
    low, high = safe_line(f"← {axis.low}"), safe_line(f"{axis.high} →")
    return _sides(low.stylize(QUIET), high.stylize(QUIET), wide)


def _sides(left: Content, right: Content, wide: int) -> list[Content]:
    """Return two texts beside each other, the right one flush right, each in its half."""
    half = wide // 2 - 1
    one, two = _few(left, half), _few(right, half)
    height = max(len(one), len(two))
    one += [Content("")] * (height - len(one))
    two += [Content("")] * (height - len(two))
    return [
        Content.assemble(a, " " * max(wide - a.cell_length - b.cell_length, 1), b)
        for a, b in zip(one, two, strict=True)
    ]


def _few(text: Content, width: int) -> list[Content]:
    """Return a text's lines, a very long one cut."""
    lines = text.wrap(max(width, 8)) if text else []
    if len(lines) > MOST_LINES:
        lines = [
            *lines[: MOST_LINES - 1],
            Content.assemble(lines[MOST_LINES - 1].truncate(max(width - 1, 7)), "…"),
        ]
    return [line.rstrip() for line in lines]
