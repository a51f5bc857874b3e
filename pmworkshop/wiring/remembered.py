"""What the trainer has chosen and the desk remembers, in files beside the cohorts: keys, theme, how loud the cues are."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pmworkshop.core.loudness import LOUDEST, USUAL_VOLUME
from pmworkshop.wiring.places import there

if TYPE_CHECKING:
    from pmworkshop.core.cues import Cue
    from pmworkshop.wiring.sounding import Sounds


class Remembered:
    """The trainer's choices in the folder `settings`. Without `sounds` no cue plays, and no bell is asked for."""

    def __init__(self, settings: Path, sounds: "Sounds | None") -> None:
        self._settings, self._sounds = settings, sounds
        self._volume = -1

    def keymap(self) -> tuple[Mapping[str, str], str]:
        """Return the trainer's own keys from `keys.yaml` beside the cohorts."""
        path = self._settings / "keys.yaml"
        if not there(path):
            return {}, ""
        from pmworkshop.wiring.keymap import read_keymap  # noqa: PLC0415  # slow to import

        return read_keymap(path)

    def theme(self) -> str:
        """Return the theme that was chosen last."""
        with suppress(OSError, UnicodeDecodeError):
            return (self._settings / "theme.txt").read_text("utf-8").strip()
        return ""

    def keep_theme(self, name: str) -> None:
        """Remember the theme."""
        if name != self.theme():
            with suppress(OSError):
                self._settings.mkdir(parents=True, exist_ok=True)
                (self._settings / "theme.txt").write_text(name + "\n", "utf-8")

    def sound(self, cue: "Cue") -> bool:
        """Begin to play a cue's tone; False where this laptop cannot."""
        volume = self.volume()
        return self._sounds is None or volume == 0 or self._sounds.play(cue, volume)

    def volume(self) -> int:
        """Return how loud the cues are, 0 to 10."""
        if self._volume < 0:
            self._volume = USUAL_VOLUME
            with suppress(OSError, ValueError):
                kept = int((self._settings / "volume.txt").read_text("utf-8"))
                self._volume = min(max(kept, 0), LOUDEST)
        return self._volume

    def keep_volume(self, volume: int) -> None:
        """Remember how loud the cues are: until the desk is left, where it cannot be written down."""
        self._volume = volume
        with suppress(OSError):
            self._settings.mkdir(parents=True, exist_ok=True)
            (self._settings / "volume.txt").write_text(f"{volume}\n", "utf-8")
