"""The cues' tones: sound files of our own, played by what the laptop has, and by nothing where it has nothing."""

import io
import math
import os
import sys
import time
import wave
from array import array
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from pmworkshop.core.cues import Cue
from pmworkshop.wiring.house import House
from pmworkshop.wiring.sounding import PLAYERS, Sounds
from pmworkshop.wiring.tones import RATE, TONES, wav

SECONDS = 1.5
SOFT = 330
"""A hundredth of what a sample can hold: what is below it at either end does not click."""
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the players are Linux's")


def samples(cue: Cue, volume: int) -> list[int]:
    """Return a tone's samples as any program reads them, its form insisted upon."""
    with wave.open(io.BytesIO(wav(cue, volume))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        read = array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        read.byteswap()
    return read.tolist()


@pytest.mark.parametrize("cue", TONES)
def test_a_tone_is_short_and_soft_at_its_ends(cue: Cue) -> None:
    """At the loudest nothing is clipped, it is over in 1.5 s, and neither its ends nor any step within it clicks."""
    read = samples(cue, 10)
    assert RATE / 2 < len(read) < RATE * SECONDS
    assert 20_000 < max(map(abs, read)) < 32_767
    assert all(abs(one) < SOFT for one in (*read[:20], *read[-20:]))
    assert max(abs(b - a) for a, b in pairwise(read)) < 2 * math.pi * 1_100 * 2 * 32_767 / RATE


def test_volume_is_amplitude() -> None:
    """Louder is louder at each step, from silence on; beyond ten it is as at ten."""
    peaks = [max(map(abs, samples("time", volume))) for volume in (0, 1, 5, 10)]
    assert peaks[0] == 0
    assert sorted(set(peaks)) == peaks
    assert wav("time", 99) == wav("time", 10)


def test_the_tones_cannot_be_mixed_up() -> None:
    """No two cues have the same number of notes going the same way."""
    ways = {
        cue: (len(notes), tuple(b.hertz > a.hertz for a, b in pairwise(notes)))
        for cue, notes in TONES.items()
    }
    assert all(ways[one] != ways[other] for one, other in combinations(ways, 2))


class Bench:
    """A PATH of its own, on which made-up players write down what they were asked."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "log"

    def player(self, name: str, does: str = "") -> None:
        path = self.folder / name
        fds = " ".join(f"/proc/$$/fd/{n}" for n in range(3))
        streams = f"streams=$(/bin/readlink {fds}); echo $streams >> {self.log}.streams"
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> {self.log}\n{streams}\n{does}\n')
        path.chmod(0o755)

    @property
    def asked(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Bench(folder)


@ON_LINUX
def test_the_first_player_found_plays_the_file(bench: Bench) -> None:
    """It gets a sound file that is there, nothing of it reaches the terminal, and the next tone another file."""
    bench.player("aplay")
    sounds = Sounds()
    assert sounds.play("time", 5)
    assert sounds.play("one minute", 7)
    first, second = bench.asked
    assert first.startswith("aplay -q /")
    assert Path(first.split()[-1]).read_bytes() == wav("time", 5)
    assert Path(second.split()[-1]).read_bytes() == wav("one minute", 7)
    assert set(Path(f"{bench.log}.streams").read_text().split()) == {"/dev/null"}


@ON_LINUX
def test_a_player_that_fails_gives_way_to_the_next(bench: Bench) -> None:
    """It is not asked again, so that no later cue waits for it."""
    bench.player("pw-play", "exit 1")
    bench.player("paplay")
    sounds = Sounds()
    assert sounds.play("time", 5)
    assert sounds.play("time", 5)
    assert [line.split()[0] for line in bench.asked] == ["pw-play", "paplay", "paplay"]


@ON_LINUX
def test_no_player_at_all(bench: Bench) -> None:
    """Where there is none, or none that works, it says so, and the bell can ring."""
    assert not Sounds().play("time", 5)
    for player in PLAYERS:
        bench.player(player.name, "exit 1")
    sounds = Sounds()
    assert not sounds.play("time", 5)
    assert not sounds.play("time", 5)
    assert len(bench.asked) == len(PLAYERS)


@ON_LINUX
def test_one_tone_at_a_time_and_nobody_waits(bench: Bench) -> None:
    """A player that never ends holds nothing up for longer than half a second, and stops when the next tone begins."""
    bench.player(
        "pw-play",
        f"echo $$ > {bench.folder}/pid-$(( $(/bin/ls {bench.folder} | /bin/grep -c pid) + 1 ))\nexec /bin/sleep 30",
    )
    sounds = Sounds()
    began = time.monotonic()
    assert sounds.play("five minutes", 5)
    assert sounds.play("one minute", 5)
    assert time.monotonic() - began < 3
    first, second = (int((bench.folder / f"pid-{n}").read_text()) for n in (1, 2))
    deadline = time.monotonic() + 5
    while is_running(first):
        assert time.monotonic() < deadline, "the first player was not stopped"
        time.sleep(0.02)
    assert is_running(second)
    os.kill(second, 9)


def is_running(pid: int) -> bool:
    """Whether the process is there, and not only its entry because nobody waited for it."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_how_loud_is_remembered(tmp_path: Path) -> None:
    """Until it is said, the cues sound, at half; what was chosen holds the next day, and a spoilt file is as none."""
    house = House(tmp_path / "data", tmp_path)
    assert house.volume() == 5
    house.keep_volume(0)
    assert House(tmp_path / "data", tmp_path).volume() == 0
    for spoilt in ("loud", "", "99", "-3"):
        (tmp_path / "data" / "volume.txt").write_text(spoilt)
        assert 0 <= House(tmp_path / "data", tmp_path).volume() <= 10
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    other = House(blocked, tmp_path)
    other.keep_volume(0)
    assert other.volume() == 0


@ON_LINUX
def test_silence(bench: Bench, tmp_path: Path) -> None:
    """With the sound off nothing plays, and no bell is asked for; nor in a house without sounds, as the demonstration's."""
    bench.player("aplay")
    off = House(tmp_path / "data", tmp_path, sounds=Sounds())
    off.keep_volume(0)
    assert off.sound("time")
    assert House(tmp_path / "other", tmp_path).sound("time")
    assert bench.asked == []
    off.keep_volume(3)
    assert off.sound("time")
    assert len(bench.asked) == 1
