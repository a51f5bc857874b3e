"""Servers for the benchmarks, each in a process of its own that says on stdout where it is."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent
CLOSING = 15.0
COHORT = "bench"


class Served:
    """A server in a process of its own: its first line on stdout tells the port, and the code where there is one."""

    def __init__(self, command: list[str], data: Path | None = None) -> None:
        self._data = data
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE.parents[1]
        )
        said = self._said()
        self.port = int(said["urls"][0].rpartition(":")[2])
        self.code: str = said.get("code", "")

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def tell(self, word: str) -> Any:
        """Have a server that listens on stdin do something; return what it says."""
        if self._process.stdin is None:
            raise RuntimeError("the server does not listen")
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()
        return self._said()

    def cpu_seconds(self) -> float:
        """Return the processor time that the server has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _said(self) -> Any:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError(f"the server said nothing; it ended with {self._process.wait(CLOSING)}")
        return json.loads(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End it as Ctrl+C does; a fault that it wrote down is a failed benchmark."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.communicate(timeout=CLOSING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        faults = self._data / "faults.txt" if self._data else None
        if faults is not None and faults.exists():
            raise RuntimeError(faults.read_text("utf-8")[-3000:])


def room(data: Path, exercises: list[str]) -> Served:
    """Serve a room by the verb, its journal in `data`, with these exercises open."""
    opened = ["--session", "session-a", "--open", ",".join(exercises)]
    where = ["--host", "127.0.0.1", "--port", "0", "--data", str(data), "--json"]
    return Served([sys.executable, "-m", "pmworkshop", "room", COHORT, *opened, *where], data)


def desk_with_room(data: Path, exercises: list[str], *, slower_by: float) -> Served:
    """Run the desk without a terminal and its room beside it; every commit takes `slower_by` seconds longer."""
    script = str(HERE / "room_host.py")
    return Served([sys.executable, script, str(data), str(slower_by), ",".join(exercises)], data)


def floor(data: Path) -> Served:
    """Serve the barest handler that does as much for a form: see `room_floor`."""
    return Served([sys.executable, str(HERE / "room_floor.py"), str(data)])
