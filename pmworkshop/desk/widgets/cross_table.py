"""People down, columns across, a cursor on one cell: names stay at the left and a last column at the right.

Draws only what is in sight. Where there are more columns than fit, they move with the cursor.
"""

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pmworkshop.core.text import clean_line

SHORTEST_NAME: Final = 12
LONGEST_NAME: Final = 40
NARROWEST: Final = 4
GAP: Final = 2


class CrossTable(ScrollView, can_focus=True):
    """Rows of short texts; posts `Moved` when the cursor is on another cell, `Opened` on Enter or a click on it."""

    HELP = "The arrow keys move, Home and End go to the first and the last column, Enter opens."
    COMPONENT_CLASSES: ClassVar[set[str]] = {"cross--heading", "cross--row", "cross--cursor", "cross--loud"}
    DEFAULT_CSS = """
    CrossTable { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    CrossTable .cross--heading { color: $text-primary; text-style: bold; }
    CrossTable .cross--row { background: $boost; text-style: bold; }
    CrossTable .cross--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    CrossTable .cross--loud { color: $text-warning; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", show=False),
        Binding("down", "move(1, 0)", show=False),
        Binding("left", "move(0, -1)", show=False),
        Binding("right", "move(0, 1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "move(0, -999)", show=False),
        Binding("end", "move(0, 999)", show=False),
        Binding("enter", "open", show=False),
    ]

    class Moved(Message):
        """The cursor is on another cell."""

    class Opened(Message):
        """The cell under the cursor is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.row = self.column = 0
        self._heading: tuple[str, ...] = ("", "")
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._loud = frozenset[int]()
        self._cell = NARROWEST

    @property
    def columns(self) -> int:
        """How many columns there are between the names and the last one."""
        return max(len(self._heading) - 2, 0)

    def show(
        self,
        heading: Sequence[str],
        rows: Sequence[Sequence[str]],
        cell: int,
        loud: frozenset[int] = frozenset(),
    ) -> None:
        """Show `rows`: a name, the columns, each `cell` wide, and the last one, which stands out in rows of `loud`."""
        self._heading, self._rows = tuple(heading), tuple(tuple(row) for row in rows)
        self._cell, self._loud = cell, loud
        self.row = min(self.row, max(len(self._rows) - 1, 0))
        self.column = min(self.column, max(self.columns - 1, 0))
        self.on_resize()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.virtual_size = Size(self.size.width, len(self._rows) + 1)
        self._follow()

    def _widths(self) -> tuple[int, int, int]:
        """Return how wide the names and the last column are, and how many columns fit between them."""
        last = max(cell_len(row[-1]) for row in (self._heading, *self._rows)) + GAP
        longest = max((cell_len(clean_line(row[0])) for row in self._rows), default=0) + GAP
        room = self.size.width - last - 1
        name = min(
            max(longest, SHORTEST_NAME), LONGEST_NAME, max(room - self.columns * self._cell, SHORTEST_NAME)
        )
        return name, last, max((room - name) // self._cell, 1)

    def _first(self, fit: int) -> int:
        """Return the first column in sight."""
        return max(min(self.column - fit // 2, self.columns - fit), 0)

    def render_line(self, y: int) -> Strip:
        """Draw the heading, which stays, or a row."""
        if y == 0:
            return self._line(self._heading, -1)
        index = y - 1 + round(self.scroll_offset.y)
        if index >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        return self._line(self._rows[index], index)

    def _line(self, texts: Sequence[str], index: int) -> Strip:
        name, last, fit = self._widths()
        first, here = self._first(fit), index == self.row and self.has_focus
        look = "cross--heading" if index < 0 else "cross--row" if here else ""
        plain = self.get_component_rich_style(look) if look else self.rich_style
        parts = [Segment(" " + _cut(texts[0], name), plain)]
        for column in range(first, min(first + fit, self.columns)):
            at = here and column == self.column
            style = self.get_component_rich_style("cross--cursor") if at else plain
            parts.append(Segment(f"{texts[column + 1]:^{self._cell - 1}}"[: self._cell - 1], style))
            parts.append(Segment(" ", plain))
        tail = self.get_component_rich_style("cross--loud") if index in self._loud and not here else plain
        parts.append(Segment(" " + set_cell_size(texts[-1], last - 1), tail))
        return Strip(parts).adjust_cell_length(self.size.width, plain)

    def _follow(self) -> None:
        top, seen = round(self.scroll_offset.y), max(self.size.height - 1, 1)
        if self.row < top:
            self.scroll_to(y=self.row, animate=False, immediate=True)
        elif self.row >= top + seen:
            self.scroll_to(y=self.row - seen + 1, animate=False, immediate=True)
        self.refresh()

    def action_move(self, down: int, across: int) -> None:
        """Move the cursor."""
        self.row = min(max(self.row + down, 0), max(len(self._rows) - 1, 0))
        self.column = min(max(self.column + across, 0), max(self.columns - 1, 0))
        self._follow()
        self.post_message(self.Moved())

    def action_page(self, by: int) -> None:
        """Move the cursor by a page."""
        self.action_move(by * max(self.size.height - 2, 1), 0)

    def action_open(self) -> None:
        """Want the cell under the cursor."""
        if self._rows:
            self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        """Move the cursor; a click on it opens."""
        name, _, fit = self._widths()
        index = event.y - 1 + round(self.scroll_offset.y)
        column = (event.x - 1 - name) // self._cell + self._first(fit)
        if event.y < 1 or index >= len(self._rows):
            return
        if index == self.row and column == self.column:
            self.action_open()
        else:
            across = column - self.column if 0 <= column < self.columns else 0
            self.action_move(index - self.row, across)

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()


def _cut(text: str, wide: int) -> str:
    """Return a text `wide` cells wide, with a gap behind it."""
    line = clean_line(text)
    if cell_len(line) <= wide - 1:
        return set_cell_size(line, wide)
    return set_cell_size(set_cell_size(line, wide - 2) + "…", wide)
