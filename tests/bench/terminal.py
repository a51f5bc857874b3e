"""A real terminal for the benchmarks: a child process on a pty, with what it draws read as it comes (POSIX only)."""

import contextlib
import fcntl
import os
import pty
import select
import struct
import termios
import time
from pathlib import Path


class Terminal:
    """Runs `command` on a pty of 120 by 36; `seconds` since the start are measured from just before the fork."""

    def __init__(self, command: list[str], env: dict[str, str] | None = None) -> None:
        self.began = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color", **(env or {})})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
        self.drawn = b""

    def until(self, wanted: bytes, limit: float = 60.0) -> float:
        """Read until `wanted` was drawn since the last `forget`; return seconds since the start."""
        end = time.perf_counter() + limit  # of all, for a running clock draws every second
        while wanted not in self.drawn:
            left = end - time.perf_counter()
            if left <= 0 or not self._read(left):
                raise TimeoutError(f"{wanted!r} was not drawn; the end of what was: {self.drawn[-2000:]!r}")
        return time.perf_counter() - self.began

    def drain(self, seconds: float) -> None:
        """Read whatever comes for `seconds`."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)

    def forget(self) -> None:
        """Forget what was drawn so far."""
        self.drawn = b""

    def type(self, keys: bytes) -> None:
        """Type."""
        os.write(self._fd, keys)

    def cpu_seconds(self) -> float:
        """Return the processor time that the child has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End the child."""
        with contextlib.suppress(OSError):
            os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def _read(self, limit: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], limit)
        if not ready:
            return False
        try:
            self.drawn += os.read(self._fd, 65536)
        except OSError:
            return False
        return True
