"""The one big thing: the time left, readable from across the room."""

from typing import Final

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from pmworkshop.desk.widgets.safe import safe_line

_DOTS: Final = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "+": ("   ", " # ", "###", " # ", "   "),
}
_HALVES: Final = {(" ", " "): " ", ("#", " "): "▀", (" ", "#"): "▄", ("#", "#"): "█"}
_TALL: Final = 5


def large(text: str) -> tuple[str, ...]:
    """Return five lines in which every figure is six cells wide."""
    return tuple(
        "  ".join(_DOTS[char][row].replace("#", "██").replace(" ", "  ") for char in text) for row in range(5)
    )


def small(text: str) -> tuple[str, ...]:
    """Return three lines in which every figure is three cells wide."""
    rows = [" ".join(_DOTS[char][row] for char in text) for row in range(5)]
    rows.append(" " * len(rows[0]))
    return tuple(
        "".join(_HALVES[pair] for pair in zip(rows[top], rows[top + 1], strict=True)) for top in (0, 2, 4)
    )


class BigTime(Widget):
    """Figures and colons, as large as its own height allows. Colour is added by the phase's class."""

    time = reactive("00:00", layout=False)
    label = reactive("", layout=False)

    def render(self) -> RenderResult:
        """Draw the figures with the label beside their foot."""
        lines = large(self.time) if self.size.height >= _TALL else small(self.time)
        figures = Content("\n".join(lines[:-1]) + "\n" + lines[-1])
        label = safe_line(self.label, max(self.size.width - len(lines[-1]) - 2, 1)).plain
        return Content.assemble(figures, ("  " + label, "bold"))
