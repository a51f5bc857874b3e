"""A trainer at the real desk: real journals in a temporary folder, a clock that is set by hand, the keyboard."""

import asyncio
import contextlib
import gc
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from pmworkshop.core.events import Event
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import Duration, Instant
from pmworkshop.desk.app import Desk, Straight
from pmworkshop.desk.screens.day.run import RunScreen
from pmworkshop.journal import JournalError, read_rows
from pmworkshop.live.codec import decode
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import journal_path, shipped_kit
from pmworkshop.wiring.record import stored_rows

HALF_PAST_NINE = Instant(1_803_893_400_000)  # 1 March 2027, 09:30 UTC
PATIENCE = 10.0
HOPS = 4


class HandClock(Clock):
    """A clock that stands at the minute after 09:30 to which it was set."""

    def __init__(self) -> None:
        super().__init__()
        self.minute = 0.0
        self.step = Duration(0)

    def now(self) -> Instant:
        return Instant(HALF_PAST_NINE + round(self.minute * 60_000))

    def stepped(self) -> Duration:
        step, self.step = self.step, Duration(0)
        return step


class GreenwichHouse(House):
    """The real house, in Greenwich."""

    def zone(self) -> tuple[str, Duration]:
        return "GMT", Duration(0)


class Trainer:
    """What a trainer can do at the desk, and see; and what is in the journal after it."""

    def __init__(self, place: "Place", desk: Desk, pilot: Pilot[None]) -> None:
        self.place, self.desk, self.pilot = place, desk, pilot
        self._told = 0

    @property
    def run(self) -> RunScreen:
        """The screen of the day, whatever lies over it."""
        return next(one for one in self.desk.screen_stack if isinstance(one, RunScreen))

    @property
    def lines(self) -> list[str]:
        """The screen as it stands in the terminal, line by line."""
        strips = self.desk.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until `condition` holds, and no longer."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if self.desk._exception is not None:
                raise self.desk._exception
            assert time.monotonic() < deadline, f"waited in vain for {what or condition}\n{self.text}"
            await asyncio.sleep(0.01)

    async def settle(self) -> None:
        """Wait until what is queued is done and drawn, and what that led to, from widget to screen and back."""
        for _ in range(HOPS):
            await self.pilot._wait_for_screen()
        self.desk.screen._on_timer_update()

    async def sees(self, *words: str) -> None:
        """Wait until all `words` are on the screen, line breaks set aside."""

        def missing() -> list[str]:
            text = self.text
            flat = " ".join(text.replace("│", " ").split())
            return [word for word in words if word not in text and word not in flat]

        await self.until(lambda: not missing(), f"{words}")

    async def told(self, words: str) -> None:
        """Wait for a notification with these words in it, and for it to be drawn."""
        await self.until(lambda: any(words in one.message for one in self.desk._notifications), words)
        await self.until(lambda: self.desk.screen.query("Toast"), "the notification")
        await self.settle()

    async def sees_no(self, *words: str) -> None:
        await self.until(lambda: not any(word in self.text for word in words), f"no {words}")

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each once the one before has been dealt with."""
        assert self.desk._driver is not None
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
            char = " " if name == "space" else key if len(key) == 1 else None
            event = events.Key(name, char)
            event.set_sender(self.desk)
            self.desk._driver.send_message(event)
            await self.settle()

    async def on(self, screen: str) -> None:
        """Wait until the screen of that class is up and has the focus where it belongs."""

        def up() -> bool:
            shown = self.desk.screen
            if type(shown).__name__ != screen or not shown.is_active or not shown.is_mounted:
                return False
            return shown.focused is not None or not shown.focus_chain

        await self.until(up, screen)
        await self.settle()

    async def write(self, text: str) -> None:
        """Paste `text` into what has the focus."""
        self.desk.post_message(events.Paste(text))
        await self.settle()

    async def at(self, minute: float) -> None:
        """Let it be so many minutes after 09:30."""
        self.place.clock.minute = minute
        for screen in self.desk.screen_stack:
            if isinstance(screen, RunScreen):
                screen.redraw()
        await self.settle()

    async def resize(self, size: tuple[int, int]) -> None:
        await self.pilot.resize_terminal(*size)
        await self.settle()

    async def records(self, cohort: str, *kinds: type[Event]) -> Any:
        """Wait for events beyond those told of before, and insist on exactly these; return them (or the only one)."""
        await self.until(lambda: len(self.place.events(cohort)) >= self._told + len(kinds), f"{kinds}")
        await self.settle()
        new = self.place.events(cohort)[self._told :]
        assert [type(event) for event in new] == list(kinds)
        self._told += len(new)
        return new[0] if len(new) == 1 else new

    def nothing_unprintable(self) -> None:
        """Insist that no control character and no direction override reaches the terminal."""
        for line in self.lines:
            bad = [char for char in line if ord(char) < 32 or 0x7F <= ord(char) < 0xA0]
            bad += [char for char in line if "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"]
            assert not bad, f"{bad!r} in {line!r}"


class Place:
    """A data folder and a clock; the desk is opened on them as often as wanted."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.clock = HandClock()
        self.opened: list[Workshop] = []

    def house(self, kit: Path | None = None) -> GreenwichHouse:
        return GreenwichHouse(self.data, kit or shipped_kit(), self.clock)

    def events(self, cohort: str) -> list[Event]:
        """Return what is in the cohort's journal, read from the file."""
        path = journal_path(self.data, cohort)
        if not path.exists():
            return []
        with contextlib.suppress(JournalError):
            decoded = [decode(stored) for stored in stored_rows(path)]
            return [event for event in decoded if event is not None]
        return []

    def heads(self, cohort: str) -> int:
        return len(read_rows(journal_path(self.data, cohort)).rows)

    def workshop(self, cohort: str, *, new: bool = False, rehearsal: bool = False) -> Workshop:
        """Open the cohort beside the desk, as another process would."""
        workshop = self.house().open_cohort(cohort, new=new, rehearsal=rehearsal)
        assert not isinstance(workshop, Refusal), workshop.words
        self.opened.append(workshop)
        return workshop

    @asynccontextmanager
    async def desk(
        self,
        size: tuple[int, int] = (80, 24),
        *,
        session: str = "",
        exercise: str = "",
        code: str = "",
        cohort: str = "spring",
        rehearsal: bool = False,
        kit: Path | None = None,
    ) -> AsyncIterator[Trainer]:
        """Open the desk at Home, or straight in a session or an exercise; notifications are shown."""
        straight = None
        if session or exercise:
            straight = Straight(
                session=session, exercise=exercise, code=code, cohort=cohort, rehearsal=rehearsal
            )
        desk = Desk(self.house(kit), straight)
        desk.animation_level = "none"
        async with desk.run_test(size=size, notifications=True) as pilot:
            trainer = Trainer(self, desk, pilot)
            if straight:
                await trainer.on("KioskScreen" if exercise else "RunScreen")
                trainer._told = len(self.events(cohort))
            else:
                await trainer.on("HomeScreen")
            yield trainer
        assert desk.failure == ""


@pytest.fixture(autouse=True)
def _rarely_collect() -> Iterator[None]:
    """Collect garbage rarely: with some fifty apps in one process it takes a third of the time."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 50)
    yield
    gc.set_threshold(*before)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path / "data")
    yield place
    for workshop in place.opened:
        workshop.close()
