"""Playing the cues' tones on this laptop, by whatever player it has; never on the screen, and one tone at a time.

Invariant: a player that fails or never ends holds up nobody, and is not asked again.
"""

import shutil
import sys
import tempfile
import weakref
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Final

from pmworkshop.core.value import value

if TYPE_CHECKING:
    from subprocess import Popen

    from pmworkshop.core.cues import Cue

FAILS_WITHIN: Final = 0.5
"""Seconds in which a player that cannot play has given up."""
LONGEST: Final = 6.0
"""Seconds after which a player is stopped: no tone is half as long."""


@value
class Player:
    """A program that plays a file: its name, and what stands before the file."""

    name: str
    arguments: tuple[str, ...] = ()


PLAYERS: Final = (
    (Player(name="afplay"),)
    if sys.platform == "darwin"
    else (Player(name="pw-play"), Player(name="paplay"), Player(name="aplay", arguments=("-q",)))
)


class Sounds:
    """The sound of this laptop. May be called from any thread, not on the screen's: it waits for players that fail."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._folder: Path | None = None
        self._playing: Popen[bytes] | None = None
        self._useless = set[str]()

    def play(self, cue: "Cue", volume: int) -> bool:
        """Begin to play a cue's tone, in place of one that still sounds; False where nothing here can play it."""
        with self._lock:
            try:
                file = self._file(cue, volume)
            except OSError:
                return False
            if sys.platform == "win32":
                return _play_on_windows(file)
            return any(self._try(player, file) for player in PLAYERS)

    def _file(self, cue: "Cue", volume: int) -> Path:
        """Return the file of a tone, made when it is first wanted."""
        from pmworkshop.wiring.tones import wav  # noqa: PLC0415  # not before the first cue

        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="pmworkshop-sounds-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        file = self._folder / f"{cue.replace(' ', '-')}-{volume}.wav"
        if not file.exists():
            file.write_bytes(wav(cue, volume))
        return file

    def _try(self, player: Player, file: Path) -> bool:
        found = None if player.name in self._useless else shutil.which(player.name)
        if found is None:
            return False
        plays = self._start([found, *player.arguments, str(file)])
        if not plays:
            self._useless.add(player.name)
        return plays

    def _start(self, words: list[str]) -> bool:
        """Start a player on streams of its own; whether it plays, or has played to the end."""
        import subprocess  # noqa: PLC0415  # as above

        if self._playing is not None and self._playing.poll() is None:
            self._playing.terminate()
        void = subprocess.DEVNULL
        try:
            started = subprocess.Popen(  # noqa: S603  # a player of this laptop, and a file of our own
                words, stdin=void, stdout=void, stderr=void, start_new_session=True
            )
        except OSError:
            return False
        self._playing = started
        try:
            return started.wait(FAILS_WITHIN) == 0
        except subprocess.TimeoutExpired:
            Thread(target=_see_out, args=(started,), name="sound", daemon=True).start()
            return True


def _see_out(player: "Popen[bytes]") -> None:
    """Wait for a player to end, so that it leaves nothing behind; end it where it does not."""
    import subprocess  # noqa: PLC0415  # as above

    try:
        player.wait(LONGEST)
    except subprocess.TimeoutExpired:
        player.kill()
        player.wait()


def _play_on_windows(file: Path) -> bool:
    if sys.platform == "win32":
        import winsound  # noqa: PLC0415  # only there

        flags = winsound.SND_ASYNC | winsound.SND_FILENAME | winsound.SND_NODEFAULT
        try:
            winsound.PlaySound(str(file), flags)
        except RuntimeError:
            return False
        return True
    return False
