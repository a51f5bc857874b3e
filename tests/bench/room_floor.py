"""The floor for handing in: a bare Starlette handler that reads the form and awaits one insert, committed in groups.

`python room_floor.py FOLDER` serves it on a free port of this machine, with uvicorn set as for the room.
"""

import asyncio
import json
import queue
import socket
import sqlite3
import sys
import threading
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

BATCH = 256


class Inserting:
    """One thread with the database: whatever has queued up meanwhile is committed together."""

    def __init__(self, path: Path) -> None:
        self._jobs: queue.SimpleQueue[tuple[str, Future[None]]] = queue.SimpleQueue()
        threading.Thread(target=self._run, args=(path,), daemon=True).start()

    def insert(self, body: str) -> "Future[None]":
        """Return what holds once it is on the disk."""
        done: Future[None] = Future()
        self._jobs.put((body, done))
        return done

    def _run(self, path: Path) -> None:
        db = sqlite3.connect(path, isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE forms (id INTEGER PRIMARY KEY, body TEXT)")
        while True:
            batch = [self._jobs.get()]
            with suppress(queue.Empty):
                while len(batch) < BATCH:
                    batch.append(self._jobs.get_nowait())
            db.execute("BEGIN IMMEDIATE")
            db.executemany("INSERT INTO forms (body) VALUES (?)", [(body,) for body, _ in batch])
            db.execute("COMMIT")
            for _, done in batch:
                done.set_result(None)


def main() -> None:
    """Serve until Ctrl+C."""
    table = Inserting(Path(sys.argv[1]) / "floor.sqlite")

    async def take(request: Request) -> RedirectResponse:
        async with request.form() as form:
            body = json.dumps(form.multi_items())
        await asyncio.wrap_future(table.insert(body))
        return RedirectResponse(f"/done/{request.path_params['exercise']}", 303)

    app = Starlette(routes=[Route("/do/{exercise}", take, methods=["POST"])])
    sock = socket.create_server(("127.0.0.1", 0), backlog=1024)
    print(json.dumps({"urls": [f"http://127.0.0.1:{sock.getsockname()[1]}"]}), flush=True)
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        proxy_headers=False,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=15,
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[sock])


if __name__ == "__main__":
    main()
