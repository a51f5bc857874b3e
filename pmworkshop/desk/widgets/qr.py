"""A QR code in half blocks, dark on light whatever the theme: phones read no other."""

from typing import Final

import segno
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

DARK: Final = "#000000"
LIGHT: Final = "#ffffff"
QUIET_ZONES: Final = (4, 3, 2)
"""How many light modules lie around the code, as the standard has it; fewer only where there is no room for them."""
_MIXED: Final = Style(color=DARK, bgcolor=LIGHT)
_LOOKS: Final = {
    (0, 0): (" ", Style(bgcolor=LIGHT)),
    (1, 1): (" ", Style(bgcolor=DARK)),
    (1, 0): ("▀", _MIXED),
    (0, 1): ("▄", _MIXED),
}
"""Cells of one colour are blanks, for a terminal fills the background without gaps."""

Rows = tuple[tuple[int, ...], ...]


class Qr(Widget):
    """Shows a text as a QR code, a cell wide and half a cell tall to the module."""

    DEFAULT_CSS = "Qr { width: 0; height: 0; }"

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, int, int] = ("", 0, 0)
        self._modules: Rows = ()

    def show(self, text: str, width: int, height: int) -> bool:
        """Show `text` within so many cells; False, and nothing is shown, where the code does not fit."""
        if (text, width, height) != self._shown:
            self._shown = (text, width, height)
            self._modules = modules(text, width, height)
            self.styles.width = len(self._modules)
            self.styles.height = (len(self._modules) + 1) // 2
            self.refresh(layout=True)
        self.display = bool(self._modules)
        return self.display

    def render_line(self, y: int) -> Strip:
        """Draw two rows of modules."""
        if y * 2 >= len(self._modules):
            return Strip.blank(self.size.width, self.rich_style)
        upper = self._modules[y * 2]
        lower = self._modules[y * 2 + 1] if y * 2 + 1 < len(self._modules) else (0,) * len(upper)
        return Strip([Segment(*_LOOKS[pair]) for pair in zip(upper, lower, strict=True)], len(upper))


def modules(text: str, width: int, height: int) -> Rows:
    """Return the code of `text`, 1 for dark, with the widest quiet zone that fits; nothing where none does."""
    if not text:
        return ()
    code = segno.make(text, error="m", micro=False)
    for border in QUIET_ZONES:
        side = code.symbol_size(border=border)[0]
        if side <= width and (side + 1) // 2 <= height:
            return tuple(tuple(row) for row in code.matrix_iter(border=border))
    return ()
