"""The file format: tables, safeguards, and how to tell a journal from any other file.

Owns the DDL and the connection. Invariant: the file itself refuses everything but the next link of the
chain and the erasing of a body, whoever writes and whatever their settings. Types are held by CHECKs
rather than by STRICT, which an SQLite before 3.37 could not even open.
"""

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from pmworkshop.journal.chain import GENESIS, Row
from pmworkshop.journal.errors import Newer, NotAJournal, damaged, missing, no_database

APPLICATION_ID = 0x504D574A  # "PMWJ"
FORMAT = 1
BUSY_MS = 5000
COLUMNS = "seq, at, name, version, salt, body, body_hash, prev, hash"
SAFEGUARDS = {"events", "drafts", "only_the_next_link", "only_erasing", "no_deleting"}

DDL = f"""
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {FORMAT};
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL CHECK (typeof(at) = 'integer'),
    name TEXT NOT NULL CHECK (typeof(name) = 'text'),
    version INTEGER NOT NULL CHECK (typeof(version) = 'integer'),
    salt BLOB CHECK (typeof(salt) IN ('blob', 'null')),
    body TEXT CHECK (typeof(body) IN ('text', 'null') AND (body IS NULL) = (salt IS NULL)),
    body_hash TEXT NOT NULL CHECK (typeof(body_hash) = 'text'),
    prev TEXT NOT NULL CHECK (typeof(prev) = 'text'),
    hash TEXT NOT NULL CHECK (typeof(hash) = 'text')
);
CREATE TABLE drafts (
    key TEXT PRIMARY KEY NOT NULL CHECK (typeof(key) = 'text'),
    at INTEGER NOT NULL CHECK (typeof(at) = 'integer'),
    body TEXT NOT NULL CHECK (typeof(body) = 'text')
) WITHOUT ROWID;
CREATE TRIGGER only_the_next_link BEFORE INSERT ON events
WHEN new.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events)
  OR new.prev IS NOT coalesce((SELECT hash FROM events ORDER BY seq DESC LIMIT 1), '{GENESIS}')
BEGIN SELECT RAISE(ABORT, 'only the next link of the chain may be added'); END;
CREATE TRIGGER only_erasing BEFORE UPDATE ON events
WHEN new.body IS NOT NULL OR new.salt IS NOT NULL
  OR (new.seq, new.at, new.name, new.version, new.body_hash, new.prev, new.hash)
  IS NOT (old.seq, old.at, old.name, old.version, old.body_hash, old.prev, old.hash)
BEGIN SELECT RAISE(ABORT, 'an event may be erased but never changed'); END;
CREATE TRIGGER no_deleting BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
"""  # noqa: S608  # our own constants

# secure_delete: what is erased is overwritten. trusted_schema: a file from elsewhere runs none of its functions.
SETTINGS = f"""
PRAGMA busy_timeout = {BUSY_MS};
PRAGMA trusted_schema = OFF;
PRAGMA recursive_triggers = ON;
PRAGMA secure_delete = ON;
PRAGMA temp_store = MEMORY;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA checkpoint_fullfsync = ON;
"""


def connect(path: Path, query: str) -> sqlite3.Connection:
    """Open `path` with SQLite's URI `query`; transactions are begun and ended by hand."""
    # An empty host before the path: `Path.as_uri` would give a Windows share a host, which SQLite refuses.
    name = quote(os.fsencode(path.absolute().as_posix()))
    uri = f"file://{name if name.startswith('/') else '/' + name}?{query}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_MS / 1000)


def identify(path: Path) -> None:
    """Raise `Missing`, `NotAJournal` or `Newer` unless `path` begins as a journal we can read.

    Looks at the hundred bytes of SQLite's header and not at SQL, so that it also works on a file cut short.
    They are in the main file from the moment it has its name. May raise OSError.
    """
    if path.is_dir():
        raise NotAJournal(f"{path} is a folder", "give the path of the journal file in it")
    if not path.exists():
        raise missing(path)
    with path.open("rb") as file:
        start = file.read(100)
    if not start:
        raise NotAJournal(f"{path} is empty (0 bytes)", "restore it from a copy")
    if len(start) < 100 or not start.startswith(b"SQLite format 3\0"):  # noqa: PLR2004  # the header's length
        raise no_database(path)
    if int.from_bytes(start[68:72]) != APPLICATION_ID:
        raise NotAJournal(f"{path} is some other program's database", "check the path")
    written = int.from_bytes(start[60:64])
    if written > FORMAT:
        raise Newer(
            f"{path} was written by a newer pmworkshop (format {written}; this one reads up to {FORMAT})",
            "update pmworkshop",
        )


def check_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `Damaged` unless SQLite finds its pages in order.

    A page that has lost count of its rows is read without a complaint: the chain would only seem shorter.
    """
    verdict: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise damaged(path, " ".join(verdict.split()))


def as_row(values: tuple[object, ...], path: Path) -> Row:
    """Take the row SQLite returned for `COLUMNS`; `Damaged` where a column is not of its type."""
    match values:
        case (
            int(seq),
            int(at),
            str(name),
            int(version),
            bytes() | None as salt,
            str() | None as body,
            str(body_hash),
            str(prev),
            str(hash_),
        ):
            return Row(
                seq=seq,
                at=at,
                name=name,
                version=version,
                salt=salt,
                body=body,
                body_hash=body_hash,
                prev=prev,
                hash=hash_,
            )
        case _:
            raise damaged(path, f"event {values[0]} is garbled")
