"""A page of blocks to read, as tall as the screen; the arrow keys, Page Up and Page Down scroll it."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from pmworkshop.desk.widgets.markdown import Block
from pmworkshop.desk.widgets.prose import Prose


class Leaf(VerticalScroll, can_focus=True):
    """Shows blocks, and scrolls them."""

    HELP = "The arrow keys, Page Up and Page Down scroll this page."
    DEFAULT_CSS = """
    Leaf { height: 1fr; padding: 1 0 1 2; scrollbar-size-vertical: 1; }
    Leaf Prose { max-width: 112; padding: 0 2 0 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._prose = Prose()

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield self._prose

    def show(self, blocks: Sequence[Block]) -> None:
        """Show `blocks` from now on."""
        self._prose.show(blocks)
