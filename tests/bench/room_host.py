"""The real desk without a terminal, and its room beside it, in one process that the benchmarks direct by words on stdin.

`python room_host.py FOLDER SECONDS EXERCISE,…`: every commit takes that many seconds longer. The words: `late` (how late
a timer of 10 Hz on the desk's loop was since last asked, in milliseconds), `close` (how long that took, in seconds), `open`.
"""

import asyncio
import json
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pmworkshop.core import commands as c
from pmworkshop.core.refusal import Refusal
from pmworkshop.desk.app import Desk, Straight
from pmworkshop.desk.host import Host
from pmworkshop.desk.screens.day.run import RunScreen
from pmworkshop.desk.services import RoomDoor
from pmworkshop.live.record import Entry
from pmworkshop.live.workshop import Workshop
from pmworkshop.room.door import Where
from pmworkshop.wiring import record
from pmworkshop.wiring.house import House
from pmworkshop.wiring.memory import collect_seldom
from pmworkshop.wiring.places import shipped_kit
from pmworkshop.wiring.room import OpenRoom, RoomHouse, _take_up, open_room

COHORT = "bench"
TICK = 0.1


class Slow(record.JournalRecord):
    """The real record on a disk that takes longer."""

    seconds = 0.0

    def append(self, entries: Sequence[Entry], *, expected: Any) -> Any:
        """Append, later."""
        time.sleep(self.seconds)
        return super().append(entries, expected=expected)

    def save_drafts(self, drafts: Mapping[str, str], *, at: int) -> None:
        """Keep drafts, later."""
        time.sleep(self.seconds)
        super().save_drafts(drafts, at=at)


def slow_opener(path: Path, *, new: bool) -> Callable[[], Slow]:
    """Return what opens the slow record."""
    return lambda: Slow(path, new=new)


class LocalHouse(House):
    """The real house, whose room is served on this machine only."""

    port = 0

    def open_room(self, workshop: Workshop) -> OpenRoom | Refusal:
        """Serve the room, where it was before."""
        return open_room(self, workshop, Where(host="127.0.0.1", port=self.port))


async def main() -> None:
    """Run the desk until stdin ends."""
    data, seconds, names = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3].split(",")
    Slow.seconds = seconds
    record.opener = slow_opener
    collect_seldom()
    house = LocalHouse(data, shipped_kit())
    desk = Desk(house, Straight(session="session-a", cohort=COHORT))
    async with desk.run_test(size=(120, 36)) as pilot:
        while not isinstance(desk.screen, RunScreen):
            await pilot.pause(0.05)
        screen, (zone, offset) = desk.screen, house.zone()
        _take_up(RoomHouse(house), screen.workshop, None, names)
        begin = c.StartDelivery(delivery=screen.delivery_id, move_plan=True, zone=zone, utc_offset=offset)
        screen.workshop.handle(begin)
        late: list[float] = []
        ticking = asyncio.create_task(_tick(late))
        await _obey(house, screen.host, late)
        ticking.cancel()


async def _tick(late: list[float]) -> None:
    """Note how late a timer was, ten times a second."""
    now = asyncio.get_running_loop().time
    due = now()
    while True:
        due += TICK
        await asyncio.sleep(due - now())
        late.append((now() - due) * 1000)


async def _obey(house: LocalHouse, host: Host, late: list[float]) -> None:
    door = await _opened(host)
    house.port = int(door.url.rpartition(":")[2])
    _say(urls=[door.url], code=door.code)
    while word := (await asyncio.to_thread(sys.stdin.readline)).strip():
        if word == "late":
            _say(late=sorted(late))
            late.clear()
        elif word == "close":
            began = time.perf_counter()
            await host.close()
            _say(seconds=time.perf_counter() - began)
        elif word == "open":
            _say(code=(await _opened(host)).code)


async def _opened(host: Host) -> RoomDoor:
    refusal = await host.open()
    if host.door is None:
        raise SystemExit(refusal.words if refusal else "the room is not open")
    return host.door


def _say(**words: object) -> None:
    print(json.dumps(words), flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with its stdin
    asyncio.run(main())
