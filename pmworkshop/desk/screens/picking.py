"""Picking from a long list by a few letters, and picking several. Escape always says no."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, SelectionList, Static
from textual.widgets.option_list import Option

from pmworkshop.core.text import matching
from pmworkshop.desk.keys import ASKING, PAGE
from pmworkshop.desk.widgets.entry import Line
from pmworkshop.desk.widgets.safe import safe, safe_line


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
