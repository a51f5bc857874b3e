"""The tones of the cues as WAV files: made here from sines, so that nobody else's sounds are needed.

Each cue is another number of notes in another direction, to be told apart without looking. `room/static/tones.js`
has the same notes for the projector.
"""

import math
import sys
import wave
from array import array
from collections.abc import Mapping
from io import BytesIO
from typing import Final

from pmworkshop.core.cues import Cue
from pmworkshop.core.loudness import LOUDEST
from pmworkshop.core.value import value

RATE: Final = 44_100
SEMITONES: Final = {"C5": 3, "D5": 5, "E5": 7, "G5": 10, "A5": 12, "C6": 15}
HEADROOM: Final = 0.8
FULL: Final = 32_767
ATTACK: Final = 0.02
"""Seconds in which a note comes up; as long does it take at its end to go out, so that nothing clicks."""
PARTIALS: Final = ((1, 1.0), (2, 0.35), (3, 0.1))


@value
class Note:
    """One note: its name, and when it begins and how long it sounds, in seconds."""

    name: str
    begins: float
    lasts: float

    @property
    def hertz(self) -> float:
        """Return the pitch."""
        return float(440 * 2 ** (SEMITONES[self.name] / 12))


def _in_turn(names: str, every: float, lasts: float) -> tuple[Note, ...]:
    return tuple(Note(name=name, begins=n * every, lasts=lasts) for n, name in enumerate(names.split()))


TONES: Final[Mapping[Cue, tuple[Note, ...]]] = {
    "five minutes": _in_turn("E5", 0, 1.2),
    "one minute": _in_turn("E5 A5", 0.35, 0.9),
    "time": _in_turn("C6 G5 E5 C5", 0.25, 0.7),
    "change": _in_turn("D5 A5 D5 A5", 0.18, 0.5),
}


def wav(cue: Cue, volume: int) -> bytes:
    """Return the tone of a cue as a WAV file, 16 bit, mono, 44.1 kHz; `volume` from 0, silent, to 10."""
    notes = TONES[cue]
    mixed = [0.0] * max(round(note.begins * RATE) + round(note.lasts * RATE) for note in notes)
    for note in notes:
        first = round(note.begins * RATE)
        for at, sample in enumerate(_sounding(note), first):
            mixed[at] += sample
    # The ear hears the square root of it: half the volume is a quarter of the amplitude.
    loud = FULL * HEADROOM * (min(max(volume, 0), LOUDEST) / LOUDEST) ** 2 / max(map(abs, mixed))
    samples = array("h", (round(loud * sample) for sample in mixed))
    if sys.byteorder == "big":
        samples.byteswap()
    file = BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return file.getvalue()


def _sounding(note: Note) -> list[float]:
    """Return a note as a struck bell has it: up softly, then fading, and gone at its end."""
    count, turn = round(note.lasts * RATE), 2 * math.pi * note.hertz / RATE
    samples = []
    for n in range(count):
        seconds = n / RATE
        edge = min(seconds, (count - 1 - n) / RATE, ATTACK) / ATTACK
        shape = (1 - math.cos(math.pi * edge)) / 2 * math.exp(-4 * seconds / note.lasts)
        samples.append(shape * sum(part * math.sin(turn * times * n) for times, part in PARTIALS))
    return samples
