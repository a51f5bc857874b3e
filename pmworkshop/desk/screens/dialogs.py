"""Small questions over the screen: yes or no, one of a list, a line, a page of text. Escape always says no."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from pmworkshop.desk.keys import ASKING, PAGE, QUESTION
from pmworkshop.desk.widgets.entry import Line, Page
from pmworkshop.desk.widgets.safe import safe, safe_line


class Question(ModalScreen[bool]):
    """A question with yes and no."""

    BINDINGS: ClassVar[list[BindingType]] = QUESTION

    def __init__(self, words: str, *, yes: str = "Yes", no: str = "No", careful: bool = False) -> None:
        super().__init__()
        self._words, self._yes, self._no, self._careful = words, yes, no, careful

    def compose(self) -> ComposeResult:
        """Lay the question out."""
        with Vertical(classes="dialog"):
            with VerticalScroll(classes="words"):
                yield Static(safe(self._words))
            with Horizontal(classes="buttons"):
                yield Button(Content(f"{self._yes} (y)"), variant="primary", id="yes")
                yield Button(Content(f"{self._no} (n)"), id="no")

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Answer with the button."""
        self.dismiss(event.button.id == "yes")

    def on_mount(self) -> None:
        """Stand on yes, or on no where a stray Enter would do harm."""
        self.query_one("#no" if self._careful else "#yes").focus()

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(result=True)

    def action_no(self) -> None:
        """Answer no."""
        self.dismiss(result=False)


class Telling(ModalScreen[None]):
    """Words to read, and to close."""

    BINDINGS: ClassVar[list[BindingType]] = ASKING

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """Lay the words out."""
        with Vertical(classes="dialog"):
            with VerticalScroll(classes="words"):
                yield Static(safe(self._words))
            with Horizontal(classes="buttons"):
                yield Button(Content("Close (Esc)"), variant="primary", id="close")

    def on_mount(self) -> None:
        """Stand on the button."""
        self.query_one("#close").focus()

    @on(Button.Pressed)
    def action_leave(self) -> None:
        """Close the words."""
        self.dismiss()


class Pick(ModalScreen[str | None]):
    """One of a list; gives the id of what was picked."""

    BINDINGS: ClassVar[list[BindingType]] = ASKING

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], *, picked: str | None = None) -> None:
        super().__init__()
        self._title, self._choices, self._picked = title, choices, picked

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        with Vertical(classes="dialog"):
            yield Static(safe(self._title), classes="title")
            yield OptionList(*(Option(safe_line(words)) for _, words in self._choices))

    def on_mount(self) -> None:
        """Stand on what is picked now."""
        ids = [choice for choice, _ in self._choices]
        if self._picked in ids:
            self.query_one(OptionList).highlighted = ids.index(self._picked)

    @on(OptionList.OptionSelected)
    def selected(self, event: OptionList.OptionSelected) -> None:
        """Give the choice's id."""
        self.dismiss(self._choices[event.option_index][0])


class AskLine(ModalScreen[str | None]):
    """A line of text; gives None when left."""

    BINDINGS: ClassVar[list[BindingType]] = ASKING

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        hint: str = "",
        wrong: Callable[[str], str] = lambda _: "",
        secret: bool = False,
    ) -> None:
        """`wrong` says what is wrong with a line, so that it can be mended here; nothing when it will do."""
        super().__init__()
        self._title, self._value, self._hint, self._wrong, self._secret = title, value, hint, wrong, secret

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def compose(self) -> ComposeResult:
        """Lay the line out."""
        with Vertical(classes="dialog"):
            yield Static(safe(self._title), classes="title")
            line = Line(self._value, placeholder=self._hint)
            line.password = self._secret
            yield line
            goes = (
                "Enter goes on, Esc goes back."
                if self._secret
                else "Enter keeps it, Esc leaves it as it was."
            )
            yield Static(goes, classes="quiet")

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Give the line, or say what is wrong with it."""
        words = self._wrong(event.value)
        if words:
            self.query_one(".quiet", Static).update(safe(words))
            if self._secret:
                event.input.clear()
        else:
            self.dismiss(event.value)


class AskPage(ModalScreen[str | None]):
    """Several lines of text; gives None when left."""

    BINDINGS: ClassVar[list[BindingType]] = PAGE

    def __init__(self, title: str, *, value: str = "") -> None:
        super().__init__()
        self._title, self._value = title, value

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        with Vertical(classes="dialog tall"):
            yield Static(safe(self._title), classes="title")
            yield Page(self._value)
            yield Static("Ctrl+S keeps it, Esc leaves it.", classes="quiet")

    def action_keep(self) -> None:
        """Give the text."""
        self.dismiss(self.query_one(TextArea).text)


class AskFields(ModalScreen[tuple[str, ...] | None]):
    """A few lines under one another, the first of which is needed."""

    BINDINGS: ClassVar[list[BindingType]] = ASKING

    def __init__(self, title: str, fields: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title, self._fields = title, fields

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def compose(self) -> ComposeResult:
        """Lay the fields out."""
        with Vertical(classes="dialog"):
            yield Static(safe(self._title), classes="title")
            for label, value in self._fields:
                yield Static(label)
                yield Line(value, select=False)
            yield Static("Enter goes on and at the end keeps it, Esc leaves it as it was.", classes="quiet")

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Go to the next field, or give them all."""
        inputs = list(self.query(Input))
        position = inputs.index(event.input)
        if position + 1 < len(inputs):
            inputs[position + 1].focus()
        elif inputs[0].value.strip():
            self.dismiss(tuple(one.value for one in inputs))
        else:
            inputs[0].focus()
