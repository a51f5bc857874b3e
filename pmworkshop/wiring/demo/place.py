"""Where the demonstration goes: beside the real cohorts, in the place of an earlier demonstration, never of anything else.

It is played aside and put into its place whole, so that an earlier one is there until the new one is.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from pmworkshop.core.units import HOUR, SECOND
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.exporting import held
from pmworkshop.wiring.places import JOURNAL, data_folder, there
from pmworkshop.wiring.unusable import Unusable

NAME: Final = "demonstration"
MOST: Final = 100
ASIDE: Final = ".demonstration-"


def writable(data: Path) -> Path:
    """Return the folder of the cohorts, or a new one among temporary files where it cannot be written.

    Raises `Unusable` where it cannot, and was named.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        Path(tempfile.mkdtemp(prefix=ASIDE, dir=data)).rmdir()
    except OSError as error:
        if data != data_folder(None) or os.environ.get("PMWORKSHOP_DATA"):
            why = error.strerror or error
            raise Unusable(f"{data} cannot be written to ({why}); name another folder with --data") from error
        return Path(tempfile.mkdtemp(prefix="pmworkshop-demonstration-"))
    return data


def free_name(data: Path) -> str:
    """Return the name of the demonstration: that of an earlier one, or the first that is free."""
    for number in range(1, MOST):
        name = NAME if number == 1 else f"{NAME}-{number}"
        if not there(data / name) or _is_demonstration(data / name):
            return name
    raise Unusable(f"there are {MOST} folders called {NAME} in {data}; remove some that you do not need")


def _is_demonstration(folder: Path) -> bool:
    try:
        return held(folder / JOURNAL).state.demonstration
    except (RecordTroubleError, OSError):
        return False


@contextmanager
def aside(data: Path) -> Iterator[Path]:
    """Make a folder to play in, which is gone afterwards with all that is left in it.

    What a play that was killed left behind is cleared away; one that may still be going on is left alone.
    """
    for left in data.glob(f"{ASIDE}*"):
        with suppress(OSError):
            if Clock().now() - left.stat().st_mtime * SECOND > HOUR:
                shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=ASIDE, dir=data))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(played: Path, target: Path) -> bool:
    """Let what was played be the demonstration; return whether it took the place of an earlier one."""
    before = played.with_name("before")
    replaced = there(target)
    try:
        if replaced:
            target.rename(before)
        played.rename(target)
    except OSError as error:
        if there(before) and not there(target):
            with suppress(OSError):
                before.rename(target)
        raise Unusable(
            f"the earlier demonstration in {target} could not be replaced ({error.strerror or error}); "
            "close whatever has it open, and start again"
        ) from error
    return replaced
