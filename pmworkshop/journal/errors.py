"""What can go wrong with a journal, in words for a trainer.

Owns the translation from SQLite and the operating system. Invariant: outside this package nobody ever
meets a `sqlite3.Error` or an `OSError` that came from a journal; the original stays as `__cause__`.
"""

# ruff: noqa: N818  # each name is the whole sentence: `except Missing`

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class JournalError(Exception):
    """Something about a journal that the trainer has to know: what happened, and what to do about it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        """Message and remedy as one line."""
        return f"{self.what}; {self.remedy}"


class Missing(JournalError):
    """There is no file at that place."""


class AlreadyThere(JournalError):
    """There is a journal already where a new one was to be made."""


class NotAJournal(JournalError):
    """The file is something else: empty, a folder, no database, or another program's database."""


class Newer(JournalError):
    """The file was written by a later pmworkshop, in a format this one does not know."""


class Damaged(JournalError):
    """The file is a journal, but part of it cannot be read or does not fit the chain."""


class ReadOnly(JournalError):
    """The file or its folder does not allow writing (or, to a reader, reading)."""


class DiskFull(JournalError):
    """There is no room left; nothing of what was being written has been kept."""


class Locked(JournalError):
    """Another program held the journal for longer than we wait."""


class HeadMoved(JournalError):
    """Another process has appended since the caller last looked; nothing was written."""


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn every SQLite and operating system error about `path` into a `JournalError`."""
    try:
        yield
    except sqlite3.Error as err:
        raise from_sqlite(err, path) from err
    except UnicodeDecodeError as err:  # from the sqlite3 module, where SQLite's message quotes damaged text
        raise damaged(path, "garbled text") from err
    except OSError as err:
        raise from_os(err, path) from err


def primary(err: sqlite3.Error) -> int | None:
    """SQLite's primary result code, or None where Python's own module raised the error."""
    code: int | None = getattr(err, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def from_sqlite(err: sqlite3.Error, path: Path) -> JournalError:
    """Say what `err` means for the journal at `path`."""
    if isinstance(err, sqlite3.ProgrammingError):
        return JournalError(f"{path} was used after closing or from a second thread", "please report this")
    code = primary(err)
    if code == sqlite3.SQLITE_CANTOPEN and not path.exists():
        return missing(path)
    if _extended(err) == sqlite3.SQLITE_IOERR_SHMSIZE:
        return _disk_full(path)
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            meaning: JournalError = _locked(path)
        case sqlite3.SQLITE_FULL:
            meaning = _disk_full(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            meaning = _read_only(path)
        case sqlite3.SQLITE_IOERR:
            meaning = _disk_failed(path, str(err))
        case sqlite3.SQLITE_NOTADB:
            meaning = no_database(path)
        case _:
            meaning = damaged(path, str(err))
    return meaning


def from_os(err: OSError, path: Path) -> JournalError:
    """Say what `err` means for the journal at `path`."""
    if isinstance(err, FileNotFoundError):
        return missing(path)
    if isinstance(err, FileExistsError) and path.exists():
        return already_there(path)
    if isinstance(err, PermissionError) or err.errno == errno.EROFS:
        return _read_only(path)
    if err.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _disk_full(path)
    return _disk_failed(path, err.strerror or str(err))


def missing(path: Path) -> Missing:
    """Say that there is nothing at `path`."""
    return Missing(f"there is no journal at {path}", "check the path")


def damaged(path: Path, why: str) -> Damaged:
    """Say that the journal at `path` cannot be trusted as it is, and `why`."""
    return Damaged(
        f"{path} is damaged ({why})",
        "make a copy of it as it is, then run `pmworkshop verify` or restore the latest good copy",
    )


def already_there(path: Path) -> AlreadyThere:
    """Say that `path` is taken."""
    return AlreadyThere(f"{path} is there already", "open that one, or choose another name")


def no_database(path: Path) -> NotAJournal:
    """Say that `path` is some other kind of file."""
    return NotAJournal(f"{path} is not a database", "check the path, or restore the file from a copy")


def _locked(path: Path) -> Locked:
    return Locked(f"{path} is held by another program", "close that program, or wait, and try again")


def _disk_failed(path: Path, why: str) -> JournalError:
    return JournalError(
        f"{path} could not be used ({why})", "check the path, and that the disk is still there"
    )


def _disk_full(path: Path) -> DiskFull:
    return DiskFull(f"the disk is full: nothing more can be written to {path}", "make room and try again")


def _read_only(path: Path) -> ReadOnly:
    return ReadOnly(
        f"{path} or its folder does not allow it to be used",
        "check the permissions, or copy it to a folder of your own",
    )


def _extended(err: sqlite3.Error) -> int | None:
    code: int | None = getattr(err, "sqlite_errorcode", None)
    return code
