"""A place on a line or on a grid, set with the arrow keys or a click."""

from typing import Any, Final

from textual import events
from textual.app import ComposeResult, RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from pmworkshop.core.exercise import STEPS, Item
from pmworkshop.desk.widgets.answering import Answering, Changed, Done
from pmworkshop.desk.widgets.safe import safe_line

CELL: Final = 4
HALF: Final = STEPS // 2
MOVES: Final = {"left": (-1, 0), "right": (1, 0), "up": (0, 1), "down": (0, -1)}


class Field(Widget, can_focus=True):
    """The line or grid itself. Places count from 1, from the left and from the bottom."""

    HELP = "The arrow keys set your place; Enter goes on."

    def __init__(self, item: Item, at: tuple[int, int] | None) -> None:
        super().__init__()
        self._item, self.at = item, at
        self._flat = item.y is None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the field takes."""
        del container, viewport, width
        return 3 if self._flat else STEPS + 5

    def render(self) -> RenderResult:
        """Draw the field with the mark on it."""
        x, y = self._item.x, self._item.y
        if x is None:
            return Content("")
        lines = [] if y is None else [self._quiet(f"↑ {y.title}: {y.high}")]
        for up in [1] if y is None else range(STEPS, 0, -1):
            lines.append(self._row(up))
            if y is not None and up == HALF + 1:
                lines.append(
                    Content.styled("   " + "─" * CELL * HALF + "┼" + "─" * CELL * HALF, "$foreground 50%")
                )
        if y is not None:
            lines.append(self._quiet(f"↓ {y.title}: {y.low}"))
        lines.append(self._quiet(f"← {x.title}: {x.low}"))
        lines.append(self._quiet(f"→ {x.title}: {x.high}"))
        return Content("\n").join(lines)

    def _row(self, up: int) -> Content:
        cells: list[Content | str | tuple[str, str]] = ["   "]
        for across in range(1, STEPS + 1):
            here = self.at is not None and self.at[0] == across and (self._flat or self.at[1] == up)
            cells.append((" ●  ", "bold $text-accent") if here else (" ·  ", "$foreground 50%"))
            if across == HALF:
                cells.append(("│" if not self._flat else "", "$foreground 50%"))
        return Content.assemble(*cells)

    def _quiet(self, text: str) -> Content:
        return safe_line(text, self.size.width or 76).stylize("$foreground 70%")

    def on_key(self, event: events.Key) -> None:
        """Move the mark; on a line a figure sets it."""
        if event.key == "enter":
            self.post_message(Done())
        elif event.key in MOVES and not (self._flat and event.key in ("up", "down")):
            self._move(*MOVES[event.key])
        elif self._flat and event.character is not None and event.character in "0123456789":
            self._place((int(event.character) or STEPS, 1))
        else:
            return
        event.stop()
        event.prevent_default()

    def _move(self, across: int, up: int) -> None:
        x, y = self.at or (HALF, HALF)
        if self.at is not None or self._flat:
            x, y = x + across, y + up
        self._place((min(max(x, 1), STEPS), min(max(y, 1), STEPS)))

    def _place(self, at: tuple[int, int]) -> None:
        self.at = at
        self.refresh()
        self.post_message(Changed())

    def on_click(self, event: events.Click) -> None:
        """Set the mark by a click."""
        left = event.x - 3 - self.gutter.left
        across = left // CELL if left < CELL * HALF or self._flat else (left - 1) // CELL
        line = event.y - self.gutter.top - (0 if self._flat else 1)
        up = 1 if self._flat else STEPS - line + (1 if line > HALF else 0)
        if 0 <= across < STEPS and 1 <= up <= STEPS and (self._flat or line != HALF):
            self._place((across + 1, up))


class Placing(Answering):
    """A place on a line or a grid."""

    HOW = "Arrow keys set your place · Enter goes on"

    def __init__(self, item: Item, given: Any) -> None:
        super().__init__()
        self._item = item
        pair = given if isinstance(given, list | tuple) else (given, 1)
        sound = len(pair) == len(MOVES["up"]) and all(isinstance(one, int) for one in pair)
        at = (int(pair[0]), int(pair[1])) if sound else None
        self._field = Field(item, at)

    def compose(self) -> ComposeResult:
        """Lay the field out."""
        yield self._field

    @property
    def given(self) -> Any:
        """The place."""
        at = self._field.at
        if at is None:
            return None
        return at[0] if self._item.y is None else list(at)
