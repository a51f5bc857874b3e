"""Who listens, and what they are told. Lives on the server's loop, and is touched from nowhere else but `presence`.

Invariants: a listener that does not read holds up nobody (its queue is short, the oldest goes first); all are told the
same, which is nothing of anybody's; at the end everybody gets None, so that no stream keeps the server from closing.
"""

import asyncio
import json
import secrets
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Any, Final

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.units import SECOND, Duration, Instant
from pmworkshop.core.value import value
from pmworkshop.live.phones import Presence
from pmworkshop.room.guard import Receive, Scope, Send, TooLargeError, TooSlowError

QUEUE: Final = 8
MOST_STREAMS: Final = 1_500
MOST_EACH: Final = 6
PING: Final = Duration(15 * SECOND)
HERE: Final = Duration(75 * SECOND)
"""Somebody without a stream (no JavaScript) counts as in for so long after their last page."""
STALLED_SECONDS: Final = 30.0
TICK_SECONDS: Final = 1.0
SOON_SECONDS: Final = 0.1

Pulse = Mapping[str, Any]


@value
class Told:
    """What all listeners of one kind are told: `signature` changes with what they must know at once."""

    signature: str
    pulse: Pulse


class Stream:
    """One listener."""

    def __init__(self, participant: ParticipantId | None) -> None:
        self.participant = participant
        self.queue: asyncio.Queue[bytes | None] = asyncio.Queue(QUEUE)
        self._ended = False

    def put(self, message: bytes | None) -> None:
        """Tell it something; what is too much for it pushes the oldest out. None is the last that it hears."""
        if self._ended:
            return
        self._ended = message is None
        if self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(message)


class Hub:
    """All listeners: the phones', and the projector's (who are nobody)."""

    def __init__(
        self,
        now: Callable[[], Instant],
        to_phones: Callable[[Instant], Told],
        to_wall: Callable[[Instant], Told],
        changed: Callable[[], None],
    ) -> None:
        self._now, self._changed = now, changed
        self._tell = {False: to_phones, True: to_wall}
        self._last: dict[bool, tuple[str, Instant]] = {}
        self._streams: list[Stream] = []
        self._seen: dict[ParticipantId, Instant] = {}
        self._due: asyncio.TimerHandle | None = None
        self._ticking: asyncio.TimerHandle | None = None
        self.closed = False

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to tell."""
        self._loop = loop
        self._ticking = loop.call_later(TICK_SECONDS, self._tick)

    def close(self) -> None:
        """Send everybody away."""
        self.closed = True
        for handle in (self._due, self._ticking):
            if handle is not None:
                handle.cancel()
        for stream in self._streams:
            stream.put(None)

    def soon(self) -> None:
        """Something has happened: tell what is new, many changes at once."""
        if self._due is None and not self.closed:
            self._due = self._loop.call_later(SOON_SECONDS, self._tell_all)

    def touch(self, participant: ParticipantId) -> None:
        """Somebody asked for a page."""
        new = participant not in self._seen
        self._seen[participant] = self._now()
        if new:
            self._changed()

    def presence(self) -> Mapping[ParticipantId, Presence]:
        """Return whoever has been in. May be called from any thread: it reads copies."""
        now = self._now()
        listening = {one.participant for one in tuple(self._streams)}
        return {
            participant: Presence(
                connected=participant in listening or now - seen < HERE,
                seen=now if participant in listening else seen,
            )
            for participant, seen in tuple(self._seen.items())
        }

    def forget(self, participant: ParticipantId) -> None:
        """Somebody's phones were signed out."""
        for stream in self._streams:
            if stream.participant == participant:
                stream.put(None)
        self._seen.pop(participant, None)

    def keep_only(self, people: Collection[ParticipantId]) -> None:
        """Let go of whoever is not on the register any more: taken off, or found to be somebody else."""
        for participant in [one for one in self._seen if one not in people]:
            self.forget(participant)

    def _tick(self) -> None:
        if not self.closed:
            self._ticking = self._loop.call_later(TICK_SECONDS, self._tick)
        self._tell_all()

    def _tell_all(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
        for is_wall in (False, True):
            listening = [one for one in self._streams if (one.participant is None) == is_wall]
            if listening:
                self._tell_some(listening, is_wall=is_wall)

    def _tell_some(self, listening: list[Stream], *, is_wall: bool) -> None:
        now = self._now()
        told = self._tell[is_wall](now)
        signature, at = self._last.get(is_wall, ("", Instant(0)))
        if told.signature == signature and now - at < PING:
            return
        self._last[is_wall] = (told.signature, now)
        message = _message(told.pulse)
        for stream in listening:
            stream.put(message)

    async def serve(
        self, scope: Scope, receive: Receive, send: Send, participant: ParticipantId | None
    ) -> None:
        """Answer with a stream of events until the listener goes."""
        del scope
        stream = Stream(participant)
        self._make_room(participant)
        self._streams.append(stream)
        watch = asyncio.ensure_future(_until_gone(receive, stream))
        if participant is not None:
            self._seen[participant] = self._now()
        self._changed()
        try:
            await _begin(send)
            told = self._tell[participant is None](self._now())
            stream.put(_message(told.pulse))
            await _pass_on(send, stream)
        except (TimeoutError, OSError):
            return  # a listener that takes nothing any more
        finally:
            watch.cancel()
            if stream in self._streams:
                self._streams.remove(stream)
            if participant in self._seen:
                self._seen[participant] = self._now()
            self._changed()

    def _make_room(self, participant: ParticipantId | None) -> None:
        mine = [one for one in self._streams if one.participant == participant]
        for stream in (mine[:1] if len(mine) >= MOST_EACH else ()) or (
            self._streams[:1] if len(self._streams) >= MOST_STREAMS else ()
        ):
            stream.put(None)
            self._streams.remove(stream)


def _message(pulse: Pulse) -> bytes:
    return f"event: pulse\ndata: {json.dumps(pulse, separators=(',', ':'))}\n\n".encode()


async def _begin(send: Send) -> None:
    headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    # Phones come back spread over two seconds, so that a laptop that wakes up is not overrun.
    retry = f"retry: {1000 + secrets.randbelow(2000)}\n\n".encode()
    await send({"type": "http.response.body", "body": retry, "more_body": True})


async def _pass_on(send: Send, stream: Stream) -> None:
    while (message := await stream.queue.get()) is not None:
        async with asyncio.timeout(STALLED_SECONDS):
            await send({"type": "http.response.body", "body": message, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_gone(receive: Receive, stream: Stream) -> None:
    with suppress(TooLargeError, TooSlowError):  # whoever sends badly what nobody asked for is let go
        while (await receive())["type"] != "http.disconnect":
            pass
    stream.put(None)
