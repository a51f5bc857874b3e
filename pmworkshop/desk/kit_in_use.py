"""The kit that the desk works with, and the newer one that was read since its files changed.

Invariant: what could be read once is never taken away by a file that cannot be read now, and nothing changes under
whoever works with the kit until `use` is called.
"""

import asyncio
from dataclasses import replace
from typing import Final

from pmworkshop.desk.services import KitContents, Services

SETTLING: Final = 0.2
LOOKS: Final = 10
"""Looks, at most, until files that keep changing count as written."""
CENTRE: Final = "sessions/centre"
LOST: Final = "The kit cannot be read any more. What was read of it stays in use."
MENDED: Final = "The kit is in order again."


class KitInUse:
    """Reads the kit off the screen's thread. `contents` are in use, `newest` is as it was read last."""

    def __init__(self, services: Services) -> None:
        self.contents: KitContents | None = None
        self.newest: KitContents | None = None
        self._services = services
        self._used: KitContents | None = None
        self._stamp: object = None
        self._told = ""
        self._gate = asyncio.Lock()

    @property
    def waiting(self) -> bool:
        """Whether a newer kit was read than the one in use."""
        return self.newest is not self._used

    async def read(self, *, again: bool = False) -> KitContents:
        """Return the kit in use, read once; `again` reads it afresh and uses that."""
        async with self._gate:
            if self.contents is not None and not again:
                return self.contents
            first = self.newest is None
            newest = await self._read()
            self.use()
            if first:
                self._told = self._words()
            return self.contents or newest

    async def look(self) -> None:
        """Read the kit again where its files have changed since; whoever wants to use it calls `use`."""
        if self.newest is None:
            return
        found = await asyncio.to_thread(self._services.kit_stamp)
        if found == self._stamp:
            return
        for _ in range(LOOKS):
            before = found
            await asyncio.sleep(SETTLING)
            found = await asyncio.to_thread(self._services.kit_stamp)
            if found == before:
                break
        async with self._gate:
            if found != self._stamp:
                await self._read()

    async def _read(self) -> KitContents:
        """Read it; what is written meanwhile is noticed at the next look."""
        self._stamp = await asyncio.to_thread(self._services.kit_stamp)
        self.newest = await asyncio.to_thread(self._services.kit)
        return self.newest

    def use(self) -> bool:
        """Use what was read last from now on; return whether that was something new."""
        if self.newest is None or not self.waiting:
            return False
        self.contents = _beside(self.contents, self.newest)
        self._used = self.newest
        self._services.use_kit(self.contents)
        return True

    def news(self) -> str:
        """Return what to tell the trainer of the kit's files, once; nothing where that has been told."""
        words = self._words()
        if words == self._told:
            return ""
        mended, self._told = not words, words
        return MENDED if mended else words

    def _words(self) -> str:
        if self.newest is None or not self.newest.problems:
            return ""
        if not (self.newest.course or self.newest.sessions or self.newest.exercises or self.newest.decks):
            return LOST
        count = len(self.newest.problems)
        many = "1 problem: Home lists it" if count == 1 else f"{count} problems: Home lists them"
        stays = " What worked before stays in use." if _missing(self.contents, self.newest) else ""
        return f"The kit was changed and has {many}.{stays}"


def _beside(old: KitContents | None, new: KitContents) -> KitContents:
    """Return `new` with what only `old` has: nothing goes while there is a problem in the kit."""
    if old is None or not new.problems:
        return new
    own_centre = any(problem.startswith(CENTRE) for problem in new.problems)
    return replace(
        new,
        course=new.course or old.course,
        sessions={**old.sessions, **new.sessions},
        titles={**old.titles, **new.titles},
        exercises={**old.exercises, **new.exercises},
        decks={**old.decks, **new.decks},
        unit=new.unit or old.unit,
        centre=old.centre if own_centre else new.centre or old.centre,
        kept=_missing(old, new),
    )


def _missing(old: KitContents | None, new: KitContents) -> tuple[str, ...]:
    """Return what `old` has and `new` has not, by name."""
    if old is None:
        return ()
    pairs = ((old.sessions, new.sessions), (old.exercises, new.exercises), (old.decks, new.decks))
    return tuple(sorted(name for before, after in pairs for name in before if name not in after))
