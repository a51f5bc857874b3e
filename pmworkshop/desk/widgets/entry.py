"""What is typed into: a line and a page that take control characters out of whatever is pasted."""

from textual.events import Paste
from textual.widgets import Input, TextArea

from pmworkshop.core.text import clean, clean_line


class Line(Input):
    """A line to type in."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        select: bool = True,
        id: str | None = None,  # noqa: A002  # Textual's name
    ) -> None:
        super().__init__(clean_line(value), placeholder=placeholder, select_on_focus=select, id=id)

    def on_paste(self, event: Paste) -> None:
        """Clean what comes in; Textual then takes it."""
        event.text = clean(event.text)


class Page(TextArea):
    """A page to type on."""

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(clean(text), id=id)

    def on_paste(self, event: Paste) -> None:
        """Clean what comes in; Textual then takes it."""
        event.text = clean(event.text)
