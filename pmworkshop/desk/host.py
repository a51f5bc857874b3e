"""The room while a cohort is open at the desk: opened once, listened to, and closed before the cohort is.

Invariant: a room that was opened is closed again, even where the trainer left while it was opening.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from pmworkshop.core.refusal import Refusal
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.room import asking_words, inside

if TYPE_CHECKING:
    from pmworkshop.core.ids import ParticipantId
    from pmworkshop.core.state import Cohort
    from pmworkshop.desk.app import Desk
    from pmworkshop.desk.services import RoomDoor
    from pmworkshop.live.workshop import Workshop

T = TypeVar("T")
LONGEST = 30
NAMED = 3


class Host:
    """Opens and closes the room of one cohort; the open one is the desk's `room`."""

    def __init__(self, workshop: "Workshop", desk: "Callable[[], Desk]", heard: Callable[[], None]) -> None:
        """`heard` is called on the screen's thread when who is in or asks has changed."""
        self.door: RoomDoor | None = None
        self.opened = False
        self._workshop, self._desk, self._heard = workshop, desk, heard
        self._deaf: Callable[[], None] = lambda: None
        self._gate = asyncio.Lock()
        self._tasks = set[asyncio.Task[Any]]()
        self._told = False
        self._asking = frozenset[str]()
        self._walked_in = _walk_ins(workshop.state)

    async def open(self) -> Refusal | None:
        """Open the room, unless it is open."""
        return await self._see_through(self._open)

    async def close(self) -> None:
        """Close the room, where it is open or being opened."""
        await self._see_through(self._close)

    async def _see_through(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do one thing after the other, each to its end even where whoever asked is gone."""

        async def do() -> T:
            async with self._gate:
                return await work()

        task = asyncio.create_task(do())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    async def _open(self) -> Refusal | None:
        if self.door is not None:
            return None
        desk = self._desk()
        door = await asyncio.to_thread(desk.services.open_room, self._workshop)
        if isinstance(door, Refusal):
            return door
        self.opened, self.door, desk.room = True, door, door
        self._deaf = door.subscribe(self._moved)
        self._heard()
        return None

    async def _close(self) -> None:
        desk, door = self._desk(), self.door
        if door is not None:
            self.door, self._asking = None, frozenset()
            if desk.room is door:
                desk.room = None
            self._deaf()
            self._heard()
            await asyncio.to_thread(door.close)

    def _moved(self) -> None:
        """On any thread: let the screen's own thread know, once for however many changes."""
        desk = self._desk()
        if not self._told and desk.is_running:
            self._told = True
            desk.call_later(self._hear)

    def _hear(self) -> None:
        self._told = False
        self._heard()

    def asking(self) -> str:
        """Return the name of who has waited longest for the trainer's yes; empty where nobody does."""
        callers = self.door.asking() if self.door else ()
        return safe_line(callers[0].name, LONGEST).plain if callers else ""

    def words(self, state: "Cohort") -> str:
        """Say the code, how many are in and how many ask; nothing while the room is closed."""
        door = self.door
        if door is None:
            return ""
        parts = (
            f"room {door.code}",
            f"{inside(state, door.presence())} in",
            asking_words(len(door.asking())),
        )
        return " · ".join(part for part in parts if part)

    def news(self, state: "Cohort") -> list[str]:
        """Return what has happened since this was last asked: who began to ask, and who walked in."""
        callers = self.door.asking() if self.door else ()
        new = [one.name for one in callers if one.id not in self._asking]
        self._asking = frozenset(one.id for one in callers)
        walked_in = _walk_ins(state)
        came = [state.participants[one].name for one in walked_in - self._walked_in]
        self._walked_in = walked_in
        news = [f"{safe_line(name, LONGEST).plain} asks to come in." for name in new[:NAMED]]
        if new[NAMED:]:
            news.append(f"{len(new) - NAMED} more ask to come in.")
        if came:
            names = ", ".join(sorted(safe_line(name, LONGEST).plain for name in came)[:NAMED])
            more = f" and {len(came) - NAMED} more" if came[NAMED:] else ""
            news.append(f"Came in without being on the register: {names}{more}.")
        return news


def _walk_ins(state: "Cohort") -> "frozenset[ParticipantId]":
    return frozenset(one.id for one in state.participants.values() if one.walk_in)
