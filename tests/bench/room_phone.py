"""A participant's phone for the benchmarks, as cheap as can be: a connection kept open, a cookie, a stream of events.

It speaks just enough HTTP for the room's own answers, on this machine only. Nothing waits longer than `PATIENCE`.
"""

import asyncio
import re
from typing import NamedTuple
from urllib.parse import urlencode

from pmworkshop.core.value import value

LOCAL = "127.0.0.1"
PATIENCE = 60.0
FORM = "application/x-www-form-urlencoded"
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: *(room=[^;\r]+)", re.IGNORECASE)
_PLACE = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)
_HIDDEN = re.compile(rb'type="hidden" name="([a-z-]+)" value="([^"]*)"')


class Reply(NamedTuple):
    """What came back; `place` is where to go on."""

    status: int
    place: str
    body: bytes

    def hidden(self) -> dict[str, str]:
        """Return the hidden fields of the form on the page."""
        return {name.decode(): given.decode() for name, given in _HIDDEN.findall(self.body)}


@value
class Filled:
    """A form filled in by whoever has that cookie, and the token by which the record knows it."""

    path: str
    body: bytes
    kind: str
    draft: bytes
    cookie: str
    submission: str


class Phone:
    """One phone. Used by one task at a time."""

    def __init__(self, port: int, number: int) -> None:
        self.name = f"Participant Number {number}"
        self.port = port
        self.cookie = ""
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def join(self, code: str) -> int:
        """Come in by name, as after scanning the code; return the status."""
        await self.ask("GET", f"/?code={code}")
        body = urlencode({"code": code, "name": self.name}).encode()
        return (await self.ask("POST", "/join", body)).status

    async def hand_in(self, form: Filled) -> Reply:
        """Post a form, also for somebody else over this connection."""
        self.cookie = form.cookie
        return await self.ask("POST", form.path, form.body, form.kind)

    async def keep_draft(self, form: Filled) -> Reply:
        """Keep what is written so far, as the page does while somebody types."""
        self.cookie = form.cookie
        return await self.ask("PUT", f"{form.path}/draft", form.draft, "application/json")

    async def ask(self, method: str, path: str, body: bytes = b"", kind: str = FORM) -> Reply:
        """Send one request and return what came back; raises where nothing comes, or half an answer."""
        async with asyncio.timeout(PATIENCE):
            if self._ends is None or self._ends[0].at_eof():
                self.hang_up()
                self._ends = await asyncio.open_connection(LOCAL, self.port)
            reader, writer = self._ends
            writer.write(self._head(method, path, body, kind) + body)
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            content = await reader.readexactly(int(length[1])) if length else b""
        return self._reply(head, content)

    def _head(self, method: str, path: str, body: bytes, kind: str) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"host: {LOCAL}:{self.port}"]
        if self.cookie:
            lines.append(f"cookie: {self.cookie}")
        if method != "GET":
            lines += [f"content-type: {kind}", f"content-length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode()

    def _reply(self, head: bytes, content: bytes) -> Reply:
        status, place, cookie = _STATUS.match(head), _PLACE.search(head), _COOKIE.search(head)
        if status is None:
            raise ConnectionError(f"that is no answer: {head[:100]!r}")
        if cookie is not None:
            self.cookie = cookie[1].decode()
        return Reply(int(status[1]), place[1].decode() if place else "", content)

    async def listen(self) -> "Stream":
        """Listen to the room's events, on a connection of their own."""
        stream = Stream()
        await stream.open(self.port, self._head("GET", "/events", b"", ""))
        return stream

    def hang_up(self) -> None:
        """Let go of the connection, without a word."""
        if self._ends is not None:
            self._ends[1].transport.abort()
        self._ends = None


class Stream(asyncio.Protocol):
    """A stream of events: counts the pulses it hears, and tells whoever waits for the next one."""

    def __init__(self) -> None:
        self.pulses = 0
        self.over = False
        self._news = asyncio.Event()
        self._transport: asyncio.Transport | None = None

    async def open(self, port: int, head: bytes) -> None:
        """Connect and ask."""
        async with asyncio.timeout(PATIENCE):
            transport, _ = await asyncio.get_running_loop().create_connection(lambda: self, LOCAL, port)
        self._transport = transport
        transport.write(head)

    def data_received(self, data: bytes) -> None:
        """Count."""
        self.pulses += data.count(b"event: pulse")
        self._news.set()

    def connection_lost(self, _: Exception | None) -> None:
        """Say that it is over."""
        self.over = True
        self._news.set()

    async def heard(self, pulses: int, seconds: float) -> bool:
        """Whether that many pulses have been heard within the time."""
        try:
            async with asyncio.timeout(seconds):
                while self.pulses < pulses and not self.over:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return False
        return self.pulses >= pulses

    def drop(self) -> None:
        """Drop the connection, as a phone does that leaves the Wi-Fi."""
        if self._transport is not None:
            self._transport.abort()
