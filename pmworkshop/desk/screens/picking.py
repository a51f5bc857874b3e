"""Picking from a long list by a few letters, and picking several. Escape always says no."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pmworkshop.core.text import matching
from pmworkshop.desk.keys import ASKING, PAGE
from pmworkshop.desk.widgets.answering import KEYS, Choosing
from pmworkshop.desk.widgets.entry import Line
from pmworkshop.desk.widgets.safe import safe, safe_line


class PickName(ModalScreen[str | None]):
    """One of many, found by typing a few letters of it; gives the id."""

    BINDINGS: ClassVar[list[BindingType]] = ASKING

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], *, by_id: bool = False) -> None:
        """With `by_id`, the letters of an id find it too, such as amo."""
        super().__init__()
        self._title, self._by_id = title, by_id
        self._choices = tuple(sorted(choices, key=lambda one: matching(one[1])))
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
            yield Static(id="found", classes="quiet")

    def on_mount(self) -> None:
        """Begin with the letters."""
        self.query_one(Line).focus()
        self._stand()

    def _stand(self) -> None:
        self.query_one(OptionList).highlighted = 0 if self._found else None

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        wanted = matching(event.value)
        found = [one for one in self._choices if wanted in self._searched(one)]
        found.sort(key=lambda one: not matching(one[1]).startswith(wanted))
        self.query_one("#found", Static).update("" if found else "Nothing has these letters in it.")
        self._found = tuple(found)
        names = self.query_one(OptionList)
        names.clear_options()
        names.add_options(Option(safe_line(words)) for _, words in found)
        self._stand()

    def _searched(self, choice: tuple[str, str]) -> str:
        return matching(choice[1]) + (" " + choice[0].replace("-", "") if self._by_id else "")

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
    """Any of a list, ticked by number or Space; gives their ids."""

    BINDINGS: ClassVar[list[BindingType]] = PAGE

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], *, nobody: str) -> None:
        """`nobody` is said when nothing is ticked, before it is taken for an answer."""
        super().__init__()
        self._title, self._choices, self._nobody = title, tuple(choices), nobody
        self._picked: list[int] = []
        self._warned = False

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def action_keep(self) -> None:
        """Give what is ticked; nothing only when that was meant."""
        if not self._picked and not self._warned:
            self._warned = True
            self.query_one("#ticked", Static).update(safe(self._nobody))
            return
        self.dismiss(tuple(self._choices[index][0] for index in sorted(self._picked)))

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        keys = [*KEYS, *" " * len(self._choices)]
        with Vertical(classes="dialog"):
            yield Static(safe(self._title), classes="title")
            yield Choosing([(keys[index], words) for index, (_, words) in enumerate(self._choices)])
            yield Static(id="ticked")
            yield Static("A number, a letter or Space ticks · Enter goes on · Esc goes back", classes="quiet")

    def on_mount(self) -> None:
        """Begin at the top."""
        self._show()
        self.query_one(Choosing).highlighted = 0

    def _show(self) -> None:
        signs = ["[x]" if index in self._picked else "[ ]" for index in range(len(self._choices))]
        self.query_one(Choosing).show(signs)
        self.query_one("#ticked", Static).update(f"{len(self._picked)} ticked")

    @on(Choosing.Chosen)
    def _chosen(self, event: Choosing.Chosen) -> None:
        if event.enter:
            self.action_keep()
            return
        self._picked = [one for one in self._picked if one != event.index] + (
            [] if event.index in self._picked else [event.index]
        )
        self._warned = False
        self._show()
