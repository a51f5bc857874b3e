"""The cues at the desk: heard once, whatever screen is open; said in words; as loud as the trainer wants."""

from pathlib import Path

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.cues import Cue
from pmworkshop.core.units import MINUTE, Duration
from pmworkshop.wiring.places import shipped_kit
from tests.desk.conftest import GreenwichHouse, Place, Trainer


class HeardHouse(GreenwichHouse):
    """The real house; what it is asked to sound is written down, and sounds only where it has a `player`."""

    heard: list[tuple[Cue, int]]
    player = True

    def sound(self, cue: Cue) -> bool:
        if self.volume():
            self.heard.append((cue, self.volume()))
        return self.player or not self.volume()


class HeardPlace(Place):
    """A place in which one hears what the desk sounds, and how often the bell rings."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.heard: list[tuple[Cue, int]] = []
        self.player = True
        self.bells = 0

    def house(self, kit: Path | None = None) -> HeardHouse:
        house = HeardHouse(self.data, kit or shipped_kit(), self.clock)
        house.heard, house.player = self.heard, self.player
        return house

    @property
    def cues(self) -> list[Cue]:
        return [cue for cue, _ in self.heard]

    async def hears(self, trainer: Trainer, *cues: str) -> None:
        """Wait until these are the last that were heard."""
        await trainer.until(lambda: self.cues[-len(cues) :] == list(cues), f"{cues}")

    def count_bells(self, trainer: Trainer) -> None:
        def ring() -> None:
            self.bells += 1

        trainer.desk.bell = ring  # type: ignore[method-assign]  # a terminal of paper cannot be heard


@pytest.fixture
def place(tmp_path: Path) -> HeardPlace:
    return HeardPlace(tmp_path / "data")


async def begin(trainer: Trainer) -> None:
    """Start session A, whose first segment has 20 minutes."""
    await trainer.press("space")
    await trainer.records("spring", e.DeliveryStarted)


async def past(trainer: Trainer, *seconds_left: float) -> None:
    """Let the first segment's countdown stand at each of these in turn."""
    for left in seconds_left:
        await trainer.at(20 - left / 60)


async def test_each_cue_once_and_in_words(place: HeardPlace) -> None:
    """At 5:00, 1:00 and 0:00 the desk sounds, once each, and says in words what the colour says."""
    async with place.desk(session="session-a") as trainer:
        await begin(trainer)
        await past(trainer, 301)
        assert place.cues == []
        steps: list[tuple[float, list[Cue], str]] = [
            (300, ["five minutes"], "left · last 5 minutes"),
            (299, ["five minutes"], "left · last 5 minutes"),
            (60, ["five minutes", "one minute"], "left · last minute"),
            (59, ["five minutes", "one minute"], "left · last minute"),
            (0, ["five minutes", "one minute", "time"], "left · last minute"),
            (-5, ["five minutes", "one minute", "time"], "over · time is up"),
        ]
        for left, cues, words in steps:
            await past(trainer, left)
            await trainer.sees(words)
            await place.hears(trainer, *cues)
            assert place.cues == cues
        assert place.heard[0] == ("five minutes", 5)


async def test_what_the_trainer_does_is_no_cue(place: HeardPlace) -> None:
    """Going on, going back, time given or taken in a pause, and a laptop that slept for long, sound nothing."""
    async with place.desk(session="session-a") as trainer:
        await begin(trainer)
        await trainer.press("n", "b")
        await past(trainer, 400)
        await trainer.press("space", "left_square_bracket")
        await past(trainer, 390)
        await trainer.press("right_square_bracket", "space")
        await past(trainer, 395, 100, -100)
        await trainer.settle()
        assert place.cues == []


@pytest.mark.parametrize(
    ("keys", "screen"),
    [("r", "RegisterScreen"), ("g", "Pick"), ("a enter", "ActivityScreen"), ("?", "HelpScreen")],
)
async def test_heard_on_every_screen(place: HeardPlace, keys: str, screen: str) -> None:
    """A cue is not lost because the trainer is elsewhere: the clock goes on under any screen, by itself."""
    async with place.desk(session="session-a") as trainer:
        await begin(trainer)
        await past(trainer, 300.2)
        await trainer.press(*keys.split())
        await trainer.on(screen)
        place.clock.minute = 20 - 299.9 / 60
        await trainer.until(lambda: place.cues, "the cue, from the run screen's own timer")
        assert place.cues == ["five minutes"]
        if screen == "ActivityScreen":
            await trainer.sees("05:00 left · last 5 minutes  until 09:50")


async def test_the_bell_where_nothing_plays(place: HeardPlace) -> None:
    """Where this laptop has no player the terminal's bell rings, once a cue; with the sound off it does not."""
    place.player = False
    async with place.desk(session="session-a") as trainer:
        place.count_bells(trainer)
        await begin(trainer)
        await past(trainer, 301, 300)
        await trainer.until(lambda: place.bells == 1, "the bell")
        await trainer.press("x", "x", "escape")
        await past(trainer, 61, 60)
        await trainer.settle()
        assert place.bells == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_how_loud(place: HeardPlace, size: tuple[int, int]) -> None:
    """`x` opens the volume: arrows change it and are heard at once, `x` is silence and back, and the first line says that it is off."""
    async with place.desk(size, session="session-a") as trainer:
        await trainer.press("x")
        await trainer.on("VolumeDialog")
        await trainer.sees("sound 5 of 10", "up", "mute")
        await trainer.press("up", "up", "down")
        await trainer.sees("sound 6 of 10")
        await trainer.until(lambda: place.heard[-1:] == [("one minute", 6)], "the tone at the new volume")
        await trainer.press("x")
        await trainer.sees("sound off")
        heard = len(place.heard)
        await trainer.press("space")
        await trainer.sees("The sound is off.")
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.sees("sound off")
        assert len(place.heard) == heard
    async with place.desk(size, session="session-a") as trainer:
        await trainer.sees("sound off")
        await trainer.press("x", "x")
        await trainer.sees("sound 5 of 10")
        for cue in ("five minutes", "one minute", "time", "change"):
            await trainer.press("space")
            await place.hears(trainer, cue)
        await trainer.press("enter")
        await trainer.on("RunScreen")
        await trainer.sees_no("sound off")


async def test_messages_from_the_run_screen(place: HeardPlace) -> None:
    """`m` offers what fits the moment; in a break it says when it is over, and going on to work takes it away."""
    async with place.desk((120, 36), session="session-a") as trainer:
        await begin(trainer)
        run = trainer.run
        await trainer.at(90)
        run.workshop.handle(c.JumpTo(delivery=run.delivery_id, segment=run.delivery.session.segments[4].id))
        run.workshop.handle(c.AddTime(delivery=run.delivery_id, by=Duration(4 * MINUTE)))
        await trainer.press("m")
        await trainer.on("Pick")
        await trainer.sees(
            "The room is closed: they say it once it is open.", "Back at 11:19", "5 more minutes"
        )
        await trainer.press("enter")
        *_, said = await trainer.records("spring", e.SegmentEntered, e.TimeAdded, e.MessageShown)
        assert said.text == "Back at 11:19"
        await trainer.at(100)
        await trainer.press("n")
        _, gone = await trainer.records("spring", e.SegmentEntered, e.MessageShown)
        assert gone.text == ""
