"""How loud the cues are: set by the arrow keys, heard at once, and kept for the next day."""

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pmworkshop.core.cues import Cue
from pmworkshop.core.loudness import LOUDEST, USUAL_VOLUME
from pmworkshop.desk.keys import VOLUME
from pmworkshop.desk.widgets.hints import Hints

if TYPE_CHECKING:
    from pmworkshop.desk.app import Desk

TONES: Final[tuple[tuple[Cue, str], ...]] = (
    ("five minutes", "One tone: {first} minutes left."),
    ("one minute", "Two tones, rising: one minute left."),
    ("time", "Four tones, falling: time."),
    ("change", "Two tones in turn: change roles."),
)
NO_PLAYER: Final = "This laptop plays no tones from here, so the terminal's bell rings instead, if it is on."


class VolumeDialog(ModalScreen[None]):
    """The volume, 0 to 10, as a bar and in words."""

    BINDINGS: ClassVar[list[BindingType]] = VOLUME

    def __init__(self, volume: int, first: int) -> None:
        """`first` is at how many minutes left the first cue comes."""
        super().__init__()
        self._words = {cue: words.format(first=first) for cue, words in TONES}
        self._volume = volume
        self._before = volume or USUAL_VOLUME
        self._next = 0

    def compose(self) -> ComposeResult:
        """Lay the volume out."""
        with Vertical(classes="dialog"):
            yield Static("How loud shall the cues be?", classes="title")
            yield Static(id="volume")
            yield Static(Content("\n".join(self._words.values())), classes="quiet")
            yield Static(id="heard", classes="quiet")
            yield Hints()

    def on_mount(self) -> None:
        """Show how loud it is now."""
        self._show()

    def _show(self) -> None:
        bar = "█" * self._volume * 2
        rest = "░" * (LOUDEST - self._volume) * 2
        self.query_one("#volume", Static).update(
            Content.assemble((bar, "$accent"), (rest, "$foreground 40%"), f"  {volume_words(self._volume)}")
        )

    def _set(self, volume: int) -> None:
        desk = cast("Desk", self.app)
        self._volume = min(max(volume, 0), LOUDEST)
        self._before = self._volume or self._before
        desk.services.keep_volume(self._volume)
        self._show()
        if self._volume:
            self._hear("one minute")

    @work(exclusive=True)
    async def _hear(self, cue: Cue) -> None:
        """Let the trainer hear it as the room will."""
        desk = cast("Desk", self.app)
        plays = await asyncio.to_thread(desk.services.sound, cue)
        if not plays:
            desk.bell()
        if self.is_attached:
            self.query_one("#heard", Static).update("" if plays else NO_PLAYER)

    def action_louder(self) -> None:
        """One step louder."""
        self._set(self._volume + 1)

    def action_softer(self) -> None:
        """One step softer; at the end of the steps there is no sound."""
        self._set(self._volume - 1)

    def action_mute(self) -> None:
        """No sound, or as it was before."""
        self._set(0 if self._volume else self._before)

    def action_hear(self) -> None:
        """Let the next of the tones be heard."""
        cue, words = list(self._words.items())[self._next % len(TONES)]
        self._next += 1
        self.query_one("#heard", Static).update(words if self._volume else "The sound is off.")
        if self._volume:
            self._hear(cue)

    def action_leave(self) -> None:
        """Close it."""
        self.dismiss()


def volume_words(volume: int) -> str:
    """Say how loud: `sound 5 of 10`, `sound off`."""
    return f"sound {volume} of {LOUDEST}" if volume else "sound off"
