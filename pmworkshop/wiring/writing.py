"""Files that leave the laptop are there whole or not at all: written aside, made durable, and named last.

Whatever cuts the writing off, a kill or a full disk, nothing under a final name is half a file. What lay half
written is cleared away before the next writing into that folder.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.wiring.places import there

EXPORTS: Final = "exports"
"""The folder beside a cohort's journal that packs and reports go to unless another one is named."""
HALF: Final = ".pmworkshop-"
PART: Final = ".part"


def target_folder(folder: Path) -> Refusal | None:
    """Make a folder ready to be written into, and clear what lies half written there; or say why it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        return refuse(f"{folder} is a file, not a folder. Name a folder, or move the file out of the way.")
    except NotADirectoryError:
        return refuse(f"A part of {folder} is a file, not a folder. Name a folder that can be made.")
    except OSError as error:
        return refuse(_why(error, folder, "made"))
    with suppress(OSError):
        for half in folder.glob(f"{HALF}*{PART}"):
            half.unlink(missing_ok=True)
    return None


def write_whole(path: Path, content: bytes) -> Refusal | None:
    """Write a file, in the place of an older one of that name; None once it is on the disk, or why it is not.

    Its folder must be there (`target_folder`). What stood there before stays until the new file is whole.
    """
    if there(path, Path.is_dir):
        return refuse(f"{path} is a folder, so no file of that name can be written. Move it out of the way.")
    try:
        with _aside(path.parent) as half:
            with half.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            half.replace(path)
        _name_to_disk(path.parent)
    except OSError as error:
        return refuse(_why(error, path, "written"))
    return None


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    half = folder / f"{HALF}{secrets.token_hex(6)}{PART}"
    try:
        yield half
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def _name_to_disk(folder: Path) -> None:
    """Have the folder know its new file after a power cut too; some file systems cannot, and Windows need not."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _why(error: OSError, path: Path, done: str) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return f"The disk is full: {path} was not {done}. Make room, or name a folder on another disk (--to)."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return (
            f"{path} could not be {done}: that place is read-only, or the file is open in another program. "
            "Close it, or name a folder of your own (--to)."
        )
    if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", None) == 206:  # noqa: PLR2004  # Windows' own number
        return f"{path} could not be {done}: its path is too long. Name a folder nearer the top (--to)."
    if error.errno == errno.ENOENT:
        return f"{path} could not be {done}: its folder is gone, or its path is too long for this system."
    return f"{path} could not be {done}: {error.strerror or error}. Check the folder and the disk."
