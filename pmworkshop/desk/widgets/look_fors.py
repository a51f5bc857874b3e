"""What to watch and listen for in this segment, ticked with its number or a click."""

from collections.abc import Sequence

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from pmworkshop.desk.widgets.markdown import Block
from pmworkshop.desk.widgets.safe import safe_line


class LookFors(Widget):
    """Lines with a box and a number; posts `Ticked` and leaves the rest to the screen."""

    class Ticked(Message):
        """The trainer clicked on number `index`, counted from 0."""

        def __init__(self, index: int) -> None:
            self.index = index
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._texts: tuple[str, ...] = ()
        self._seen: frozenset[int] = frozenset()

    def show(self, texts: Sequence[str], seen: frozenset[int]) -> None:
        """Show the texts, those in `seen` as ticked."""
        if (tuple(texts), seen) != (self._texts, self._seen):
            taller = len(texts) != len(self._texts)
            self._texts, self._seen = tuple(texts), seen
            self.refresh(layout=taller)

    def _blocks(self) -> list[Block]:
        return [
            Block(safe_line(text), f"{'☑' if index in self._seen else '☐'} {(index + 1) % 10} ")
            for index, text in enumerate(self._texts)
        ]

    def _heading(self) -> list[Content]:
        """Return the heading, which a short terminal does without."""
        return (
            []
            if self.screen.has_class("-short")
            else [Content.styled("Look and listen for", "bold $text-primary")]
        )

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the texts take at `width`, with their heading."""
        del container, viewport
        return len(self._heading()) + sum(len(block.lines(width)) for block in self._blocks())

    def render(self) -> RenderResult:
        """Draw the heading and the lines."""
        width = self.size.width or 80
        lines = [line for block in self._blocks() for line in block.lines(width)]
        return Content("\n").join([*self._heading(), *lines])

    def on_click(self, event: events.Click) -> None:
        """Find out what was clicked on."""
        line = event.y - len(self._heading()) - self.gutter.top
        for index, block in enumerate(self._blocks()):
            line -= len(block.lines(self.size.width))
            if line < 0:
                if event.y >= self.gutter.top + len(self._heading()):
                    self.post_message(self.Ticked(index))
                return
