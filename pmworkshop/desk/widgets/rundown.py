"""The rundown: every segment with its time, what is done, where the clock is, and what has slipped."""

from collections.abc import Sequence
from typing import Final

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.run import Row

_MARKS: Final = {"done": "✓", "current": "▶", "next": "›", "to come": " ", "skipped": "–", "left out": "–"}  # noqa: RUF001
_STYLES: Final = {
    "done": "$foreground 60%",
    "current": "bold",
    "skipped": "$foreground 60%",
    "left out": "$foreground 60%",
}


class Rundown(Widget):
    """Draws the rows that fit, with the current one always among them."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._end = ""

    def show(self, rows: Sequence[Row], end: str) -> None:
        """Show `rows` and the planned end."""
        if (tuple(rows), end) != (self._rows, self._end):
            self._rows, self._end = tuple(rows), end
            self.refresh()

    def render(self) -> RenderResult:
        """Draw the rows around the current one."""
        room = max(self.size.height - 1, 1)
        here = next((i for i, row in enumerate(self._rows) if row.mark == "current"), 0)
        first = max(min(here - room // 3, len(self._rows) - room), 0)
        shown = self._rows[first : first + room]
        lines = [self._line(row) for row in shown]
        if first:
            lines[0] = Content.styled(f"  {first + 1} earlier", "$foreground 60%")
        hidden = len(self._rows) - first - len(shown)
        if hidden > 0:
            lines[-1] = Content.styled(f"  {hidden + 1} more", "$foreground 60%")
        lines.append(Content.styled(f"  {self._end}", "$foreground 60%"))
        return Content("\n").join(lines)

    def _line(self, row: Row) -> Content:
        width = self.size.width
        fixed = "fixed" if row.fixed and row.mark in ("to come", "next") else ""
        tail = "left out" if row.mark == "left out" else row.sign or row.expected or fixed
        title = safe_line(row.title, max(width - 8 - len(tail) - 1, 4))
        gap = max(width - 8 - title.cell_length - len(tail), 1)
        line = Content.assemble(
            f"{_MARKS[row.mark]} {row.planned} ", title, " " * gap, (tail, "$text-accent")
        )
        style = _STYLES.get(row.mark, "italic" if row.is_break else "")
        return line.stylize(style) if style else line
