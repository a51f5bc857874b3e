"""How the room's loop hears what the workshop's thread answers: a whole batch of answers wakes it only once.

Invariant: whatever was answered before the loop was woken, or after it and before it has looked, is handed on.
"""

import asyncio
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")


class Hearing:
    """Waits for answers, on one loop."""

    def __init__(self) -> None:
        self._come = deque[tuple[asyncio.Future[Any], Future[Any]]]()
        self._is_woken = False

    async def wait(self, answer: "Future[T]") -> T:
        """Return the answer, or raise what went wrong instead; whoever is cancelled waits no longer."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[T] = loop.create_future()
        answer.add_done_callback(partial(self._came, loop, waiting))
        return await waiting

    def _came(
        self, loop: asyncio.AbstractEventLoop, waiting: "asyncio.Future[T]", answer: "Future[T]"
    ) -> None:
        """On any thread: keep the answer, and wake the loop if that has not been done."""
        self._come.append((waiting, answer))
        if not self._is_woken:
            self._is_woken = True
            with suppress(RuntimeError):  # the room has been closed meanwhile, and nobody waits
                loop.call_soon_threadsafe(self._hand_on)

    def _hand_on(self) -> None:
        self._is_woken = False  # before looking, so that what comes from now on wakes the loop again
        while self._come:
            waiting, answer = self._come.popleft()
            if waiting.done():
                continue
            error = answer.exception()
            if error is None:
                waiting.set_result(answer.result())
            else:
                waiting.set_exception(error)
