"""An address on this laptop that leads a browser straight into the room, as the owner of a phone. For previews only.

Invariant: it answers to this laptop alone, and only at a path that nobody can guess.
"""

import secrets
import socketserver
import threading
from http.server import BaseHTTPRequestHandler
from typing import ClassVar, Final

LOCAL: Final = "127.0.0.1"
KEY_BYTES: Final = 8


class WayIn:
    """Sends whoever comes with the key on to `page`, known by `secret` from then on."""

    def __init__(self, secret: str) -> None:
        self.page = ""
        self._key = secrets.token_urlsafe(KEY_BYTES)
        self._secret = secret
        self._server = _Server((LOCAL, 0), _asked(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address."""
        return f"http://{LOCAL}:{self._server.server_address[1]}/{self._key}"

    def answers(self, path: str) -> bool:
        """Whether that is the path with the key."""
        return secrets.compare_digest(path.encode("utf-8", "replace"), f"/{self._key}".encode())

    @property
    def cookie(self) -> str:
        """What makes a browser the phone's."""
        from pmworkshop.room.context import COOKIE  # noqa: PLC0415  # slow to import

        return f"{COOKIE}={self._secret}; Path=/; HttpOnly; SameSite=Lax"

    def close(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=2)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing over the screen: a browser that went away is none of the author's business."""


def _asked(way: WayIn) -> type[BaseHTTPRequestHandler]:
    class Asked(BaseHTTPRequestHandler):
        timeout: ClassVar[float] = 5

        def do_GET(self) -> None:
            found = way.answers(self.path)
            self.send_response(303 if found else 404)
            if found:
                self.send_header("Location", way.page)
                self.send_header("Set-Cookie", way.cookie)
            self.send_header("Cache-Control", "no-store")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as it is called there
            """Say nothing over the screen."""

    return Asked
