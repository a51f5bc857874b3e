"""Reading whatever can still be read, from a file that may be read-only, in use, cut short or corrupted.

Owns the salvage. Invariants: the journal itself is never written to; a row is handed out as it is in the
file, so whether it is *true* is `verify`'s business; what could not be read is always said in words.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pmworkshop.journal.chain import Row
from pmworkshop.journal.errors import Damaged, damaged, plainly, primary
from pmworkshop.journal.schema import COLUMNS, as_row, check_pages, connect, identify

MISSES = 5000
ALL = f"SELECT {COLUMNS} FROM events ORDER BY seq"  # noqa: S608  # our own constant
ONE = f"SELECT {COLUMNS} FROM events WHERE seq = ?"  # noqa: S608  # our own constant


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The rows that could be read, in order, and in plain words what could not (None: nothing was amiss)."""

    rows: tuple[Row, ...]
    trouble: str | None


def read_rows(path: Path) -> Reading:
    """Read every row of the journal at `path` that can still be read.

    `Missing`, `NotAJournal`, `Newer` where there is no journal to read from, `ReadOnly` where reading is not
    allowed, `Locked`. Damage is no error here: it is the `trouble` of the reading.
    """
    with plainly(path):
        identify(path)
        with _reader(path) as connection:
            return _gather(connection, path)


@contextmanager
def _reader(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a connection that only reads.

    Nobody has a journal open that has no -wal: then it is read as it lies, and no files appear beside it.
    With a -wal SQLite needs to write its index; where the folder forbids that, a copy is read.
    """
    wal = path.with_name(path.name + "-wal")
    with closing(connect(path, "mode=ro" if wal.exists() else "mode=ro&immutable=1")) as connection:
        if _lets_us_in(connection):
            yield connection
            return
    with tempfile.TemporaryDirectory(prefix="pmworkshop-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder, path.name)
        shutil.copyfile(path, copy)
        if wal.exists():
            shutil.copyfile(wal, copy.with_name(wal.name))
        with closing(connect(copy, "mode=rw")) as connection:
            yield connection


def _lets_us_in(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as err:
        return primary(err) not in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR}
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return True  # damage, which a copy would not mend
    return True


def _gather(connection: sqlite3.Connection, path: Path) -> Reading:
    rows: list[Row] = []
    try:
        for values in connection.execute(ALL):
            row = as_row(values, path)
            if rows and row.seq <= rows[-1].seq:
                raise damaged(path, "its events are out of order")
            rows.append(row)
        check_pages(connection, path)
    except Damaged as err:
        why = err.what
    except sqlite3.DatabaseError as err:
        if primary(err) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
        why = damaged(path, str(err)).what
    except UnicodeDecodeError:
        why = damaged(path, "garbled text").what
    else:
        return Reading(rows=tuple(rows), trouble=None)
    rows += _salvage(connection, path, rows[-1].seq + 1 if rows else 1)
    return Reading(rows=tuple(rows), trouble=f"{why}: {_what_is_left(rows)}")


def _salvage(connection: sqlite3.Connection, path: Path, seq: int) -> Iterator[Row]:
    """Ask for one event after the other, until `MISSES` of them could not be had."""
    # Without this SQLite reads nothing at all from a file shorter than its header says. Nothing is written.
    connection.execute("PRAGMA writable_schema = ON")
    misses = 0
    while misses < MISSES:
        try:
            values = connection.execute(ONE, (seq,)).fetchone()
            row = as_row(values, path) if values else None
        except (Damaged, sqlite3.DatabaseError, UnicodeDecodeError):
            row = None
        if row and row.seq == seq:
            yield row
        else:
            misses += 1
        seq += 1


def _what_is_left(rows: list[Row]) -> str:
    if not rows:
        return "no event could be read"
    last, gaps, expected = rows[-1].seq, [], 1
    for row in rows:
        if row.seq > expected:
            until = row.seq - 1
            gaps.append(f"event {until}" if until == expected else f"events {expected} to {until}")
        expected = row.seq + 1
    lost = f"; {', '.join(gaps)} could not be read" if gaps else ""
    return f"{len(rows)} events could be read{lost}; if anything came after event {last}, it is lost"
