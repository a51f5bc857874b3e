"""What every request passes before any page sees it, and what every answer carries.

Invariants: no page answers to a name that is not this laptop's (DNS rebinding), nothing is changed from a page of
another site, no body is larger or slower than it may be, and a fault never shows more than that there was one.
"""

import asyncio
import ipaddress
import re
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

FAULT: Final = "Something went wrong on the trainer's laptop. What was saved is safe: go back and try again."
LARGEST_BODY: Final = 2_000_000
LARGEST_PHOTO: Final = 48_000_000
LONGEST_PATH: Final = 2_000
CHUNK_SECONDS: Final = 20.0
BODY_SECONDS: Final = 240.0
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = tuple(
    (name.encode(), words.encode())
    for name, words in {
        "content-security-policy": POLICY,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "geolocation=(), microphone=(), payment=(), usb=()",
    }.items()
)
_HOST: Final = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:/?#@\[\]\\]+))(?::\d{1,5})?", re.ASCII)
NO_STORE: Final = (b"cache-control", b"no-store")
ASK_AGAIN: Final = (b"cache-control", b"no-cache")
"""For what never changes while the room is open: the browser asks whether it is still the same."""


class TooLargeError(Exception):
    """A body is larger than it may be."""

    status = 413


class TooSlowError(Exception):
    """A body came too slowly."""

    status = 408


class Guard:
    """Stands before the pages. `names` are the host names, beside plain addresses, that the room answers to."""

    def __init__(self, app: App, names: frozenset[str], keep_failure: Callable[[str], str]) -> None:
        self._app, self._names, self._keep_failure = app, names, keep_failure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                given = list(message["headers"])
                if not any(name == b"cache-control" for name, _ in given):
                    given.append(ASK_AGAIN if scope["path"].startswith("/static/") else NO_STORE)
                message["headers"] = [*given, *HEADERS]
            await send(message)

        no = self._no(scope, headers)
        if no is not None:
            await PlainTextResponse(no[1], no[0], {"connection": "close"})(scope, receive, sending)
            return
        try:
            await self._app(scope, _bounded(receive, _largest(headers)), sending)
        except Exception:  # noqa: BLE001  # saves the participant from a traceback, and the server from ending
            self._keep_failure(traceback.format_exc())
            if not started:
                await PlainTextResponse(FAULT, 500)(scope, receive, sending)

    def _no(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if not self._is_mine(host):
            return 421, "This address is not the room's. Scan the code on the projector again."
        if len(scope["path"]) > LONGEST_PATH or len(scope["query_string"]) > LONGEST_PATH:
            return 414, "That address is too long."
        if scope["method"] not in ("GET", "HEAD", "POST", "PUT"):
            return 405, "That cannot be done here."
        if scope["method"] in ("POST", "PUT") and not _is_from_here(scope, headers, host):
            return 403, "This came from another site, so nothing was changed."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length[:12]) > _largest(headers):
            return 413, "That is too large. A photo may have up to 40 MB."
        return None

    def _is_mine(self, host: str) -> bool:
        name = _name_of(host)
        return bool(name) and (name in self._names or _is_address(name))


@lru_cache(256)  # every request asks, nearly always for the same
def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _name_of(host: str) -> str:
    """Return the name in a Host header, without its port; nothing where it is no host at all."""
    found = _HOST.fullmatch(host)
    return (found[1] or found[2]).lower() if found else ""


def _is_from_here(scope: Scope, headers: Headers, host: str) -> bool:
    """Whether a change comes from a page of this room, as far as the browser says."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or origin == f"{scope['scheme']}://{host}"


def _largest(headers: Headers) -> int:
    sends_files = headers.get("content-type", "").startswith(("multipart/form-data", "image/"))
    return LARGEST_PHOTO if sends_files else LARGEST_BODY


def _bounded(receive: Receive, largest: int) -> Receive:
    """Return `receive`, raising where the body is too large or comes too slowly."""
    total, over = 0, False
    ends = asyncio.get_running_loop().time() + BODY_SECONDS

    async def receiving() -> Message:
        nonlocal total, over
        if over:
            return await receive()  # the body is all there: what still comes is that the client has gone
        left = ends - asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(min(CHUNK_SECONDS, max(left, 0))):
                message = await receive()
        except TimeoutError:
            raise TooSlowError("That came too slowly. Try again nearer to the Wi-Fi.") from None
        total += len(message.get("body", b""))
        over = not message.get("more_body", False)
        if total > largest:
            raise TooLargeError("That is too large. A photo may have up to 40 MB.")
        return message

    return receiving
