"""Noticing that files of a kit have changed, by looking at them now and then: no editor and no system has to help.

Invariant: a stamp is equal to an earlier one as long as nothing was written, renamed, added or taken away.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from pmworkshop.wiring.places import there

FOLDERS: Final = ("sessions", "sessions/units", "exercises", "cards")
"""Where a kit keeps its files, in its own folder."""
EVERY: Final = 0.5
"""Seconds between two looks."""
SETTLING: Final = 0.1
LONGEST: Final = 20
"""Looks, at most, until a file that is being written counts as written."""
ENDINGS: Final = (".yaml", ".yml")


def kit_stamp(folder: Path) -> object:
    """Return what the kit in `folder` looks like from outside: cheap (names and times only), and fit to be compared.

    A kit that is not there has a stamp too. Never raises OSError.
    """
    return tuple(one for inner in FOLDERS for one in _in_folder(folder / inner))


def stamp(paths: Sequence[Path], kit: Path) -> object:
    """Return what these files and folders look like from outside, and the kit that they stand beside."""
    return kit_stamp(kit), *(_of(path) for path in paths)


def _of(path: Path) -> object:
    if there(path / "sessions", Path.is_dir):
        return kit_stamp(path)
    if not there(path, Path.is_dir):
        return _file(str(path))
    inner = [
        path,
        *(Path(where) / one for where, names, _ in os.walk(path) for one in names if one[0] != "."),
    ]
    return tuple(one for folder in inner for one in _in_folder(folder))


def follow(look: Callable[[], object], changed: Callable[[], None]) -> None:
    """Call `changed` at once, and again whenever `look` gives something else and has come to rest; until Ctrl+C."""
    seen = look()
    changed()
    while True:
        time.sleep(EVERY)
        now = look()
        if now == seen:
            continue
        for _ in range(LONGEST):
            time.sleep(SETTLING)
            before, now = now, look()
            if now == before:
                break
        seen = now
        changed()


def time_of_day() -> str:
    """Return the laptop's time of day, to the second."""
    return time.strftime("%H:%M:%S")


def _in_folder(folder: Path) -> Iterator[object]:
    try:
        names = sorted(name for name in os.listdir(folder) if _counts(name))  # noqa: PTH208  # names are enough
    except OSError as error:
        yield str(folder), error.errno
        return
    yield str(folder)
    for name in names:
        yield _file(os.path.join(folder, name))  # noqa: PTH118  # half the time of a Path


def _counts(name: str) -> bool:
    """Whether that may be a file of a kit; hidden ones are an editor's own."""
    return name.endswith(ENDINGS) and not name.startswith(".")


def _file(path: str) -> object:
    """Return a file's marks: a file that was written aside and renamed has another inode, if nothing else."""
    try:
        found = os.stat(path)  # noqa: PTH116  # as above
    except OSError as error:
        return path, error.errno
    return path, found.st_mtime_ns, found.st_size, found.st_ino, found.st_mode
