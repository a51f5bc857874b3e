"""What is not for everybody: full screen, nothing else beside it, and with a cover until the laptop is turned."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from pmworkshop.desk.keys import ASKING
from pmworkshop.desk.widgets.markdown import Block
from pmworkshop.desk.widgets.prose import Prose
from pmworkshop.desk.widgets.safe import safe

SHOW = "Show it (Enter)"
HIDE = "Hide it (Enter)"


class HandOver(ModalScreen[None]):
    """Shows one thing until Enter or Escape. With `cover`, that stands there first, and Enter lifts it."""

    BINDINGS: ClassVar[list[BindingType]] = ASKING
    AUTO_FOCUS = ""

    def __init__(self, title: str, blocks: Sequence[Block], *, cover: str = "") -> None:
        super().__init__()
        self._title, self._blocks, self._covered_by = title, tuple(blocks), cover

    def compose(self) -> ComposeResult:
        """Lay out the cover, or at once what it would cover."""
        with VerticalScroll(id="hand-over", can_focus=False):
            yield Static(safe(self._covered_by or self._title), classes="title")
            yield Prose()
            yield Button(Content(SHOW if self._covered_by else HIDE), variant="primary")

    def on_mount(self) -> None:
        """Stand on the button, so that Enter does it; a long text begins at its beginning."""
        self.query_one(Button).focus(scroll_visible=False)
        if not self._covered_by:
            self._show()

    @on(Button.Pressed)
    def pressed(self) -> None:
        """Lift the cover, or go."""
        if self._covered_by:
            self._covered_by = ""
            self.query_one(".title", Static).update(safe(self._title))
            self.query_one(Button).label = Content(HIDE)
            self._show()
        else:
            self.dismiss()

    def action_leave(self) -> None:
        """Go, whatever is shown."""
        self.dismiss()

    def _show(self) -> None:
        self.query_one(Prose).show(self._blocks)
