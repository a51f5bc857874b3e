"""The lines around the picture: what is run for whom at the top, how late at the foot, and how far along."""

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from pmworkshop.desk.widgets.safe import safe_line

MIN_RIGHT = 8
_EIGHTHS = " ▏▎▍▌▋▊▉"


class Ends(Widget):
    """One line with a text at either end; the left one gives way, or the right one where `keep_left`."""

    DEFAULT_CSS = "Ends { height: 1; padding: 0 1; }"

    left = reactive("", layout=False)
    right = reactive("", layout=False)

    def __init__(self, *, id: str, keep_left: bool = False) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._keep_left = keep_left

    def render(self) -> RenderResult:
        """Draw both ends."""
        width = self.size.width
        taken = safe_line(self.left, max(width, 1)).cell_length if self._keep_left else width // 3
        right = safe_line(self.right, width - taken - 2) if width - taken > MIN_RIGHT else Content("")
        left = safe_line(self.left, max(width - right.cell_length - 2, 1))
        gap = max(width - left.cell_length - right.cell_length, 1)
        return Content.assemble(left, " " * gap, right)


class Progress(Widget):
    """A bar of what is used, then words."""

    DEFAULT_CSS = "Progress { height: 1; }"

    eighths = reactive(0, layout=False)
    words = reactive("", layout=False)
    cells = 30
    _fraction = 0.0

    def show(self, fraction: float, words: str) -> None:
        """Show `fraction`, 0 to 1, in eighths of a cell."""
        self._fraction = fraction
        self.words = words
        self.on_resize()

    def on_resize(self) -> None:
        """Fit what is shown to the width, which is not known before the first layout."""
        self.eighths = round(self._fraction * self._cells() * 8)

    def render(self) -> RenderResult:
        """Draw the bar and the words."""
        full, part = divmod(self.eighths, 8)
        cells = self._cells()
        bar = ("█" * full + (_EIGHTHS[part] if part else ""))[:cells]
        return Content.assemble(
            (bar, "$accent"), ("░" * (cells - len(bar)), "$foreground 40%"), "  " + self.words
        )

    def _cells(self) -> int:
        return max(min(self.cells, self.size.width // 3), 4)
