"""A long list in columns that draws only what is in sight, so that a thousand rows open as fast as ten."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pmworkshop.core.text import clean_line

GAP = "  "


class Rows(ScrollView, can_focus=True):
    """Rows of plain texts under one heading, with a cursor; posts `Opened` on Enter or a click on the cursor.

    Posts `Highlighted` when the cursor moves.
    """

    HELP = "The arrow keys move, Enter opens."
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--heading", "rows--cursor", "rows--quiet", "rows--loud"}
    DEFAULT_CSS = """
    Rows { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    Rows .rows--heading { color: $text-primary; text-style: bold; }
    Rows .rows--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    Rows .rows--quiet { color: $foreground 60%; }
    Rows .rows--loud { color: $text-warning; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(False)", show=False),
        Binding("end", "edge(True)", show=False),
        Binding("enter", "open", show=False),
    ]

    cursor: reactive[int] = reactive(0)

    class Opened(Message):
        """The row called `key` is wanted."""

        def __init__(self, key: str) -> None:
            self.key = key
            super().__init__()

    class Highlighted(Message):
        """The cursor is on another row."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._heading: tuple[str, ...] = ()
        self._widths: tuple[int, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._keys: tuple[str, ...] = ()
        self._looks: dict[int, str] = {}

    @property
    def key(self) -> str:
        """What the row under the cursor is called; empty where there is none."""
        return self._keys[self.cursor] if self.cursor < len(self._keys) else ""

    def show(
        self,
        heading: Sequence[str],
        widths: Sequence[int],
        rows: Sequence[tuple[str, ...]],
        keys: Sequence[str],
        quiet: frozenset[int] = frozenset(),
        loud: frozenset[int] = frozenset(),
    ) -> None:
        """Show `rows` from now on, called `keys`, the columns `widths` cells wide.

        Those in `quiet` are shown as set aside, those in `loud` so that they catch the eye.
        """
        self._keys = tuple(keys)
        self._heading, self._widths, self._rows = tuple(heading), tuple(widths), tuple(rows)
        self._looks = dict.fromkeys(quiet, "rows--quiet") | dict.fromkeys(loud, "rows--loud")
        self.virtual_size = Size(self.size.width, len(self._rows) + 1)
        self.cursor = min(self.cursor, max(len(self._rows) - 1, 0))
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.virtual_size = Size(self.size.width, len(self._rows) + 1)
        self.watch_cursor()

    def render_line(self, y: int) -> Strip:
        """Draw the heading, which stays, or a row."""
        width = self.size.width
        if y == 0:
            return self._line(self._heading, "rows--heading", width)
        index = y - 1 + round(self.scroll_offset.y)
        if index >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        if index == self.cursor and self.has_focus:
            return self._line(self._rows[index], "rows--cursor", width)
        return self._line(self._rows[index], self._looks.get(index, ""), width)

    def _line(self, texts: Sequence[str], look: str, width: int) -> Strip:
        cells = (_cut(clean_line(text), wide) for text, wide in zip(texts, self._widths, strict=False))
        style = self.get_component_rich_style(look) if look else self.rich_style
        return Strip([Segment(set_cell_size(" " + GAP.join(cells), width), style)], width)

    def watch_cursor(self, before: int = -1, now: int = -1) -> None:
        """Keep the cursor in sight, below the heading."""
        if before != now:
            self.post_message(self.Highlighted())
        top, seen = round(self.scroll_offset.y), max(self.size.height - 1, 1)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + seen:
            self.scroll_to(y=self.cursor - seen + 1, animate=False, immediate=True)
        self.refresh()

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor = min(max(self.cursor + by, 0), max(len(self._rows) - 1, 0))

    def action_page(self, by: int) -> None:
        """Move the cursor by a page."""
        self.action_move(by * max(self.size.height - 2, 1))

    def action_edge(self, last: bool) -> None:
        """Move the cursor to the first or the last row."""
        self.cursor = max(len(self._rows) - 1, 0) if last else 0

    def action_open(self) -> None:
        """Want the row under the cursor."""
        if self._rows:
            self.post_message(self.Opened(self._keys[self.cursor]))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor; a click on it opens."""
        index = event.y - 1 + round(self.scroll_offset.y)
        if event.y > 0 and index < len(self._rows):
            again = index == self.cursor
            self.cursor = index
            if again:
                self.action_open()

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh(Region(0, 0, self.size.width, self.size.height))


def _cut(text: str, wide: int) -> str:
    return set_cell_size(text, wide) if cell_len(text) <= wide else set_cell_size(text, wide - 1) + "…"
