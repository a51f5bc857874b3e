"""The room's server: uvicorn on a thread and loop of its own, so that neither it nor the desk keeps the other waiting.

Invariants: the port is bound before the thread starts, so that a busy one is said in words; connections are bounded,
and one that asks nothing makes room for one that does; closing is quick, whoever is listening.
"""

import asyncio
import contextlib
import errno
import logging
import socket
import ssl
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from typing import Any, Final

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.value import value
from pmworkshop.room.guard import App

TALKERS: Final = ("uvicorn", "python_multipart", "multipart", "asyncio")
UNKNOWN_NAMES: Final = (socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL, socket.EAI_FAMILY)
PORT: Final = 8600
PORTS: Final = 20
ASK_SECONDS: Final = 15.0
MOST_CONNECTIONS: Final = 3_000
SPARE_FILES: Final = 200
STARTING_SECONDS: Final = 10.0
CLOSING_SECONDS: Final = 5.0
TURN_SECONDS: Final = 0.001
"""So long may a thread that is busy keep the others waiting: pages, record and the desk's keys share one interpreter."""


@value
class Tls:
    """Where the certificate and its key are."""

    cert: str
    key: str


def bind(host: str, port: int | None) -> socket.socket | Refusal:
    """Take a port: that one, or the first free one from 8600 on. A refusal says what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in [port] if port is not None else range(PORT, PORT + PORTS):
        try:
            return socket.create_server((host, candidate), family=family, backlog=1024)
        except OSError as error:
            if error.errno == errno.EADDRINUSE and port is None:
                continue
            return refuse(_why_not(host, candidate, error))
        except OverflowError:
            return refuse(f"There is no port {candidate}: they go from 1 to 65535.")
    return refuse(
        f"All ports from {PORT} to {PORT + PORTS - 1} are taken. Close other programs, or choose --port."
    )


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Close it (is the room open already?), or choose another --port."
    if error.errno == errno.EADDRNOTAVAIL or (error.errno or 0) in UNKNOWN_NAMES:
        return f"{host} is no address of this laptop. Leave --host out, or give one that it has now."
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used here. Choose one above 1024 with --port."
    return f"Port {port} cannot be used: {error.strerror or error}."


class _ToFile(logging.Handler):
    """Writes what libraries report as errors down for whoever mends it; nothing of it comes over the desk's screen."""

    def __init__(self, keep_failure: Callable[[str], str]) -> None:
        super().__init__(logging.ERROR)
        self._keep_failure = keep_failure

    def emit(self, record: logging.LogRecord) -> None:
        """Write it down."""
        self._keep_failure(self.format(record))


def _keep_quiet(keep_failure: Callable[[str], str]) -> None:
    for name in TALKERS:
        talker = logging.getLogger(name)
        talker.propagate = False
        talker.handlers = [_ToFile(keep_failure)]


class Server(uvicorn.Server):
    """A uvicorn that says when it serves, and leaves Ctrl+C to whoever started it."""

    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        await super().startup(sockets)
        self._ready.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


class Doorkeeper(H11Protocol):
    """A connection that is closed if it asks nothing for long, or at once where others need its place."""

    most = MOST_CONNECTIONS

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)
        _send_at_once(transport.get_extra_info("socket"))
        self.since = self.loop.time()
        self._deadline = self.loop.call_later(ASK_SECONDS, self._too_long)
        if len(self.connections) > self.most:
            least_wanted = self._least_wanted()
            least_wanted.transport.abort()
            self.connections.discard(least_wanted)

    def data_received(self, data: bytes) -> None:
        """Read on; a request that has begun is all there in time, as the first one is."""
        super().data_received(data)
        if not self.is_idle:
            self._deadline.cancel()
        elif self._deadline.cancelled():
            self._deadline = self.loop.call_later(ASK_SECONDS, self._too_long)

    def _least_wanted(self) -> "Doorkeeper":
        """Return the oldest that asks nothing, or else the oldest whose request is not all there, or else this one."""
        others = [one for one in self.connections if isinstance(one, Doorkeeper) and one is not self]
        found = [one for one in others if one.is_idle] or [one for one in others if one.cycle.more_body]
        return min(found, key=lambda one: one.since, default=self)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being answered here."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def _too_long(self) -> None:
        """Let go of whoever has not asked anything whole; the time between requests is uvicorn's business."""
        if self.is_idle and not self.transport.is_closing():
            self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request; where a part of it is being answered already, that answer comes to nobody."""
        if not self.is_idle:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            super().send_400_response(msg)
        else:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._deadline.cancel()
        super().connection_lost(exc)


def _send_at_once(sock: Any) -> None:
    """Have an answer's second packet not wait until the phone has heard the first, which takes 40 ms and more.

    asyncio sees to that only where the listening socket knows its protocol, which `create_server` does not tell it.
    """
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class Serving:
    """The running server. Closed once."""

    def __init__(
        self,
        app: App,
        sock: socket.socket,
        tls: Tls | None,
        before_closing: Callable[[], None],
        keep_failure: Callable[[str], str],
    ) -> None:
        self._sock, self._before_closing, self._keep_failure = sock, before_closing, keep_failure
        _keep_quiet(keep_failure)
        most = _allow_files()
        config = uvicorn.Config(
            app,
            http=type("Doorkeeper", (Doorkeeper,), {"most": most}),
            log_config=None,
            access_log=False,
            proxy_headers=False,  # there is no proxy, so nobody's word is taken for who asks
            lifespan="off",
            ws="none",
            server_header=False,
            backlog=1024,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=1,
            ssl_certfile=tls.cert if tls else None,
            ssl_keyfile=tls.key if tls else None,
        )
        config.load()
        self._ready = threading.Event()
        self._server = Server(config, self._ready)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="room", daemon=True)

    def start(self, at_start: Callable[[asyncio.AbstractEventLoop], None]) -> Refusal | None:
        """Start the thread and wait until it serves; `at_start` is called on its loop first."""
        self._at_start = at_start
        sys.setswitchinterval(TURN_SECONDS)
        self._thread.start()
        if not self._ready.wait(STARTING_SECONDS) or not self._server.started:
            self.close()
            return refuse("The room could not be opened. Try again, or choose another port.")
        return None

    def call(self, work: Callable[[], None]) -> None:
        """Have something done on the server's loop, unless it has ended."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(work)

    def close(self) -> None:
        """Stop serving, within a second or so."""
        self.call(self._before_closing)
        self._server.should_exit = True
        self._thread.join(CLOSING_SECONDS)
        with contextlib.suppress(OSError):
            self._sock.close()

    def _run(self) -> None:
        factory = asyncio.SelectorEventLoop if sys.platform == "win32" else None
        with asyncio.Runner(loop_factory=factory) as runner:
            self._loop = runner.get_loop()
            try:
                runner.run(self._serve())
            finally:
                self._ready.set()

    def _keep_fault(self, _: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
        fault = told.get("exception")
        details = "".join(traceback.format_exception(fault)) if isinstance(fault, BaseException) else ""
        self._keep_failure(f"{told.get('message', '')}\n{details}")

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._keep_fault)
        self._at_start(loop)
        await self._server.serve(sockets=[self._sock])


def tls_trouble(tls: Tls) -> str:
    """Say what is wrong with a certificate and its key; nothing where they can be used."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(tls.cert, tls.key)
    except FileNotFoundError as error:
        return f"{error.filename or tls.cert} is not there."
    except (OSError, ValueError) as error:
        return f"The certificate {tls.cert} and its key {tls.key} cannot be used together: {error}."
    return ""


def _allow_files() -> int:
    """Let the process hold as many connections as it may; return how many the room takes."""
    if sys.platform == "win32":
        return 450  # what select() can watch there
    import resource  # noqa: PLC0415  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + SPARE_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            soft = most
    return (
        MOST_CONNECTIONS
        if soft == resource.RLIM_INFINITY
        else max(min(MOST_CONNECTIONS, soft - SPARE_FILES), 50)
    )
