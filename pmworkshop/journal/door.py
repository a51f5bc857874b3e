"""The two ways to an open journal: make a new one, or open one that is there.

Owns the making of the file and the checks at the door. Invariant: a file called by the journal's name is
whole from the first moment it has that name, and never takes another's place.
"""

import os
import sqlite3
import sys
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from pmworkshop.journal.errors import already_there, damaged, plainly
from pmworkshop.journal.schema import DDL, SAFEGUARDS, SETTINGS, check_pages, connect, identify
from pmworkshop.journal.store import Journal


def open_journal(path: Path) -> Journal:
    """Open the journal at `path` for reading and writing.

    `Missing`, `NotAJournal`, `Newer`, `Damaged`, `ReadOnly`, `DiskFull`, or `Locked` after 5 seconds.
    """
    with plainly(path):
        identify(path)
        connection = connect(path, "mode=rw")
        try:
            connection.executescript(SETTINGS)
            _try_the_door(connection, path)
            return Journal(path, connection)
        except BaseException:
            connection.close()
            raise


def _try_the_door(connection: sqlite3.Connection, path: Path) -> None:
    """Ask to write, and write nothing: better to hear of trouble now than in the middle of a session."""
    connection.execute("BEGIN IMMEDIATE")
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    connection.execute("ROLLBACK")
    if not names >= SAFEGUARDS:
        raise damaged(path, "its tables or safeguards have been removed")
    check_pages(connection, path)


def create(path: Path) -> Journal:
    """Make a new journal at `path`, with the folders above it, and open it.

    `AlreadyThere` if anything has that name. The file is made aside and named last, so whenever this is cut
    off there is no journal or a whole one (and perhaps a hidden `.journal-*.new`, which may be deleted).
    """
    with plainly(path):
        if path.exists():
            raise already_there(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".journal-", suffix=".new", dir=path.parent)
        os.close(handle)
        aside = Path(name)
        try:
            with closing(connect(aside, "mode=rw")) as connection:
                connection.executescript(f"{SETTINGS} BEGIN; {DDL} COMMIT;")
            _name_it(aside, path)
        finally:
            aside.unlink(missing_ok=True)
    return open_journal(path)


def _name_it(aside: Path, path: Path) -> None:
    """Give the finished file its name, never over another one, and make the name itself durable."""
    if sys.platform == "win32":
        aside.rename(path)  # refuses an existing name
        return
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:
        # No hard links here (a FAT stick, some shares). Two creations within microseconds could still meet.
        if path.exists():
            raise already_there(path) from None
        aside.rename(path)
    for folder in (path.parent, path.parent.parent):
        with suppress(OSError):  # some file systems cannot sync a folder; then nobody can
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
