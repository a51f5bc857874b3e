"""A page of blocks, wrapped to the width it is given, as one widget."""

from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from pmworkshop.desk.widgets.markdown import Block


class Prose(Widget):
    """Shows blocks one under the other; as tall as they are."""

    DEFAULT_CSS = "Prose { height: auto; width: 1fr; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id, classes=classes)
        self._blocks: tuple[Block, ...] = ()

    def show(self, blocks: Sequence[Block]) -> None:
        """Show `blocks` from now on."""
        if tuple(blocks) != self._blocks:
            self._blocks = tuple(blocks)
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the blocks take at `width`."""
        del container, viewport
        return max(sum(len(block.lines(width)) for block in self._blocks), 1)

    def render(self) -> RenderResult:
        """Draw the lines."""
        width = self.size.width or 80
        return Content("\n").join(line for block in self._blocks for line in block.lines(width))
