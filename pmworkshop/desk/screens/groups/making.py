"""How groups are to be made: how large, what is minded. Shows what comes of it before it is done."""

from dataclasses import replace
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pmworkshop.core.grouping import Groups, sizes
from pmworkshop.core.teaming import LARGEST
from pmworkshop.core.value import value
from pmworkshop.desk.keys import MAKING
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.live.views.teams.words import count_words

SMALLEST: Final = 2
USUAL: Final = 3
NAMES: Final = {2: "Pairs", 3: "Trios"}


@value
class Making:
    """About how large groups are, and what is minded when they are made."""

    size: int = USUAL
    mix: bool = True
    fresh: bool = True

    @property
    def name(self) -> str:
        """What such groups are called."""
        return NAMES.get(self.size, f"Groups of {self.size}")


def made_like(groups: Groups) -> Making:
    """Return how groups like these are made."""
    found = sorted((len(group) for group in groups if group), reverse=True)
    people = sum(found)
    fits = (size for size in range(SMALLEST, LARGEST + 1) if list(sizes(people, size)) == found)
    return Making(size=next(fits, min(max(found, default=USUAL), LARGEST)))


class MakingDialog(ModalScreen[Making | None]):
    """Asks how groups are to be made; gives None when left."""

    BINDINGS: ClassVar[list[BindingType]] = MAKING

    def __init__(self, making: Making, here: int, away: int) -> None:
        """Take how many are put into groups, `here`, and how many are on the register and not in the room."""
        super().__init__()
        self._making, self._here, self._away = making, here, away

    def compose(self) -> ComposeResult:
        """Lay the choices out."""
        with Vertical(classes="dialog"):
            yield Static("New groups", classes="title")
            yield Static(id="making")
            yield Static(
                "Nobody is put with their own line report, wherever it can be helped.", classes="quiet"
            )
            yield Hints()

    def on_mount(self) -> None:
        """Show what stands."""
        self._show()

    def _show(self) -> None:
        making = self._making
        gone = f", without {self._away} who are not here" if self._away else ""
        lines: list[str | tuple[str, str]] = [
            (f"{making.name}: {count_words(sizes(self._here, making.size))}{gone}", "bold"),
            ("\n   ← → or a number: smaller, larger\n", "$foreground 60%"),
            f"\n{_box(on=making.mix)} mix organisations (o)",
            f"\n{_box(on=making.fresh)} avoid earlier partners (p)",
        ]
        self.query_one("#making", Static).update(Content.assemble(*lines))

    def _take(self, making: Making) -> None:
        self._making = making
        self._show()

    def action_more(self) -> None:
        """Make groups larger."""
        self.action_size(self._making.size + 1)

    def action_less(self) -> None:
        """Make groups smaller."""
        self.action_size(self._making.size - 1)

    def action_size(self, size: int) -> None:
        """Take a size."""
        self._take(replace(self._making, size=min(max(size, SMALLEST), LARGEST)))

    def action_mix(self) -> None:
        """Mind organisations, or do not."""
        self._take(replace(self._making, mix=not self._making.mix))

    def action_fresh(self) -> None:
        """Mind earlier partners, or do not."""
        self._take(replace(self._making, fresh=not self._making.fresh))

    def action_make(self) -> None:
        """Give what stands."""
        self.dismiss(self._making)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


def _box(*, on: bool) -> str:
    return "[x]" if on else "[ ]"
