"""Small questions over the screen: yes or no, one of a list, a line, a page of text. Escape always says no."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, SelectionList, Static, TextArea
from textual.widgets.option_list import Option

from pmworkshop.core.text import matching
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
            yield Static("Enter keeps it, Esc leaves it as it was.", classes="quiet")

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Give the line, or say what is wrong with it."""
        words = self._wrong(event.value)
        if words:
            self.query_one(".quiet", Static).update(safe(words))
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


class PickName(ModalScreen[str | None]):
    """One of many, found by typing a few letters of it; gives the id."""

    BINDINGS: ClassVar[list[BindingType]] = ASKING

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title, self._choices = title, tuple(choices)
        self._found = self._choices

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def compose(self) -> ComposeResult:
        """Lay the line and the list out."""
        with Vertical(classes="dialog"):
            yield Static(safe(self._title), classes="title")
            yield Line(placeholder="a few letters, then Enter; the arrow keys choose")
            yield OptionList(*(Option(safe_line(words)) for _, words in self._choices))

    def on_mount(self) -> None:
        """Begin with the letters."""
        self.query_one(Line).focus()
        self._stand()

    def _stand(self) -> None:
        self.query_one(OptionList).highlighted = 0 if self._found else None

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        wanted = matching(event.value)
        found = [one for one in self._choices if wanted in matching(one[1])]
        found.sort(key=lambda one: not matching(one[1]).startswith(wanted))
        self._found = tuple(found)
        names = self.query_one(OptionList)
        names.clear_options()
        names.add_options(Option(safe_line(words)) for _, words in found)
        self._stand()

    def key_down(self) -> None:
        """Go down the list."""
        self.query_one(OptionList).action_cursor_down()

    def key_up(self) -> None:
        """Go up the list."""
        self.query_one(OptionList).action_cursor_up()

    @on(Input.Submitted)
    def _entered(self) -> None:
        here = self.query_one(OptionList).highlighted
        if here is not None and self._found:
            self.dismiss(self._found[here][0])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index][0])


class PickSeveral(ModalScreen[tuple[str, ...] | None]):
    """Any of a list, ticked with Space or Enter; gives their ids."""

    BINDINGS: ClassVar[list[BindingType]] = PAGE

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], picked: Sequence[str] = ()) -> None:
        super().__init__()
        self._title, self._choices, self._picked = title, choices, picked

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def action_keep(self) -> None:
        """Give what is ticked."""
        self.dismiss(tuple(self.query_one(SelectionList).selected))

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        with Vertical(classes="dialog"):
            yield Static(safe(self._title), classes="title")
            yield SelectionList[str](
                *((safe_line(words), name, name in self._picked) for name, words in self._choices)
            )
            yield Static("Space ticks · Ctrl+S goes on · Esc goes back", classes="quiet")
