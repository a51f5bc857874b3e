"""Beneath a browser: bytes over a line, the app asked as from another machine, and what every answer must carry."""

import asyncio
import select
import socket
from contextlib import suppress
from typing import Any

import httpx

POLICY = "content-security-policy"


def is_guarded(answer: httpx.Response) -> None:
    """Hold every answer of every test to what every answer must carry."""
    policy = {one.partition(" ")[0]: one.partition(" ")[2] for one in answer.headers[POLICY].split("; ")}
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert set(" ".join(policy.values()).split()) <= {"'none'", "'self'", "blob:"}
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] in ("no-store", "no-cache")
    assert "server" not in answer.headers


async def ask_directly(app: Any, path: str, host: str, client: str, cookie: str) -> tuple[int, bytes]:
    """Ask the app as that client would, on its own loop; return the status and the body, of a stream what comes first."""
    where, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": "GET",
        "path": where,
        "raw_path": where.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(b"host", host.encode()), (b"cookie", cookie.encode())],
        "client": (client, 1),
        "server": ("192.0.2.1", 8600),
    }
    messages = [{"type": "http.request", "body": b"", "more_body": False}]
    told, found, status = asyncio.Event(), b"", 0

    async def receive() -> Any:
        if messages:
            return messages.pop()
        await told.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        nonlocal found, status
        status = message.get("status", status)
        found += message.get("body", b"")
        if b"data: " in found or not message.get("more_body", True):
            told.set()

    await app(scope, receive, send)
    return status, found


def sent(line: socket.socket, *parts: bytes, pause: float = 0.0) -> bytes:
    """Send the parts one after the other, and return what comes back."""
    found = b""
    with suppress(ConnectionError, TimeoutError):  # the room has let go, or says nothing
        for part in parts:
            line.sendall(part)
            if select.select([line], [], [], pause)[0]:
                found += line.recv(65536)
        while chunk := line.recv(65536):
            found += chunk
    return found
