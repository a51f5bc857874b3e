"""One question's input, whatever its kind: shows what was given, takes keys, posts `Changed` and `Done`.

Figures choose, Enter goes on. The screen asks `given` for the raw value and leaves judging to the core.
"""

from collections.abc import Sequence
from typing import Any, Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from pmworkshop.core.answers import options
from pmworkshop.core.exercise import DONT_KNOW, NO, YES, Exercise, Item
from pmworkshop.desk.widgets.safe import safe_line

KEYS: Final = "123456789abcdefghijklmnopqrstuvwxyz"
UNSURE: Final = "0"


class Changed(Message):
    """What was given is no longer what it was."""


class Done(Message):
    """Somebody has given this answer: go on."""


class Ahead(Message):
    """A key was pressed for the next question before that was there."""

    def __init__(self, key: events.Key) -> None:
        self.key = key
        super().__init__()


class Answering(Vertical):
    """What all inputs share."""

    HOW = ""

    @property
    def given(self) -> Any:
        """The raw value, as the core reads it; None or empty where there is none."""
        raise NotImplementedError


class Choosing(OptionList):
    """Options under one another, chosen by the figure or letter before them, or by arrows and Space."""

    HELP = "Press the number of an answer, or the arrow keys and Space."

    class Chosen(Message):
        """Somebody chose option number `index`, counted from 0; by Enter, with `enter`."""

        def __init__(self, index: int, *, enter: bool) -> None:
            self.index, self.enter = index, enter
            super().__init__()

    def __init__(self, labels: Sequence[tuple[str, str]]) -> None:
        """`labels` are the key that stands before each option, and its text."""
        self._labels = tuple(labels)
        self._signs: tuple[str, ...] = ("",) * len(self._labels)
        self.one_only, self._spent = False, False
        super().__init__(*(Option(self._prompt(index)) for index in range(len(self._labels))), compact=True)

    def show(self, signs: Sequence[str]) -> None:
        """Show a sign before each option: chosen or not, or its place."""
        for index, sign in enumerate(signs):
            if sign != self._signs[index]:
                self._signs = (*self._signs[:index], sign, *self._signs[index + 1 :])
                self.replace_option_prompt_at_index(index, self._prompt(index))

    def _prompt(self, index: int) -> Content:
        key, text = self._labels[index]
        return Content.assemble((f"{key} ", "bold"), f"{self._signs[index]} ", safe_line(text))

    def on_key(self, event: events.Key) -> None:
        """Choose by figure or letter, or by Space. Where one goes on at once, later keys are for the next question."""
        if self._spent:
            event.stop()
            event.prevent_default()
            self.post_message(Ahead(event))
            return
        keys = [key for key, _ in self._labels]
        if event.character in keys:
            self.highlighted = keys.index(event.character)
        elif event.key != "space" or self.highlighted is None:
            return
        event.stop()
        event.prevent_default()
        self._spent = self.one_only
        self.post_message(self.Chosen(self.highlighted, enter=False))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(event.option_index, enter=True))


class ChoosingOne(Answering):
    """A rating, a choice, yes or no: one key chooses and goes on."""

    HOW = "A number chooses and goes on"

    def __init__(self, exercise: Exercise, item: Item, given: Any) -> None:
        super().__init__()
        self._values, self._labels = _one_of(exercise, item)
        given = (YES if given else NO) if isinstance(given, bool) else given
        self._chosen = str(given) if given is not None and str(given) in self._values else None

    def compose(self) -> ComposeResult:
        """Lay the options out."""
        yield Choosing(self._labels)

    def on_mount(self) -> None:
        """Stand on what was chosen."""
        self._show()
        choosing = self.query_one(Choosing)
        choosing.one_only = True
        choosing.highlighted = self._values.index(self._chosen) if self._chosen else 0

    def _show(self) -> None:
        self.query_one(Choosing).show(["(•)" if one == self._chosen else "( )" for one in self._values])

    @on(Choosing.Chosen)
    def _choose(self, event: Choosing.Chosen) -> None:
        self._chosen = self._values[event.index]
        self._show()
        self.post_message(Changed())
        self.post_message(Done())

    @property
    def given(self) -> Any:
        """The value of what was chosen."""
        return self._chosen


def _one_of(exercise: Exercise, item: Item) -> tuple[list[str], list[tuple[str, str]]]:
    scale = exercise.scale(item)
    if item.kind != "rating" or scale is None:
        found = options(item)
        return [one.id for one in found], [(KEYS[n], one.text) for n, one in enumerate(found)]
    values = [str(point) for point in range(1, len(scale.labels) + 1)]
    labels = [(str(n % 10), label) for n, label in enumerate(scale.labels, 1)]
    if item.dont_know:
        key = UNSURE if len(values) < len(KEYS[:9]) + 1 else "x"
        return [*values, DONT_KNOW], [*labels, (key, scale.dont_know)]
    return values, labels


class ChoosingSeveral(Answering):
    """Several of these: figures and Space tick and untick, Enter goes on."""

    HOW = "A number or Space ticks · Enter goes on"

    def __init__(self, item: Item, given: Any) -> None:
        super().__init__()
        self._values = [one.id for one in item.options]
        self._labels = [(KEYS[n], one.text) for n, one in enumerate(item.options)]
        self._chosen = [str(one) for one in given] if isinstance(given, list | tuple) else []

    def compose(self) -> ComposeResult:
        """Lay the options out."""
        yield Choosing(self._labels)

    def on_mount(self) -> None:
        """Begin at the top."""
        self._show()
        self.query_one(Choosing).highlighted = 0

    def _show(self) -> None:
        self.query_one(Choosing).show(["[x]" if one in self._chosen else "[ ]" for one in self._values])

    @on(Choosing.Chosen)
    def _choose(self, event: Choosing.Chosen) -> None:
        if event.enter:
            self.post_message(Done())
            return
        one = self._values[event.index]
        self._chosen = [other for other in self._chosen if other != one] + (
            [] if one in self._chosen else [one]
        )
        self._show()
        self.post_message(Changed())

    @property
    def given(self) -> Any:
        """What is ticked."""
        return [one for one in self._values if one in self._chosen]


class Ordering(ChoosingSeveral):
    """Put these in order: press them one after the other, the most important first; once more takes one out."""

    HOW = "Press them in order, the first first; once more takes one out · Enter goes on"

    def _show(self) -> None:
        signs = [
            f"{self._chosen.index(one) + 1:>2}." if one in self._chosen else " · " for one in self._values
        ]
        self.query_one(Choosing).show(signs)

    @property
    def given(self) -> Any:
        """The order so far."""
        return [one for one in self._chosen if one in self._values]
