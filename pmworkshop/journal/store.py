"""The open journal: the one way in for new events.

Owns the writing connection. Invariants: what `append` returned for is on the disk; an append that failed
left nothing behind; what `rows` hands out fits the chain.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_bytes
from typing import Self

from pmworkshop.journal.chain import BEFORE_FIRST, SALT_BYTES, Entry, Head, Row, fault, next_row
from pmworkshop.journal.errors import HeadMoved, Locked, damaged, plainly, primary
from pmworkshop.journal.schema import COLUMNS, as_row

BATCH = 500
INSERT = f"INSERT INTO events ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608  # our own constant
AFTER = f"SELECT {COLUMNS} FROM events WHERE seq > ? ORDER BY seq LIMIT {BATCH}"  # noqa: S608  # our own constant


class Journal:
    """One open journal, used only by the thread that opened it. Every method may raise `JournalError`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection
        self._seen = self._data_version()

    def __enter__(self) -> Self:
        """Give itself, to be closed at the end of a `with`."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    @property
    def head(self) -> Head:
        """The end of the chain as the file has it now, whoever wrote it.

        What `append` expects is the head the caller *decided on*: of the last row it read or appended.
        """
        with plainly(self.path):
            return self._head()

    def append(self, entries: Sequence[Entry], *, expected: Head) -> Head:
        """Add all `entries` or none, and return the new head once they are on the disk.

        `HeadMoved` if the chain no longer ends in `expected`, `DiskFull`, `ReadOnly`, `Locked` (after 5 s),
        `Damaged`: after any of them the file is as it was and the journal can be used again.
        """
        with plainly(self.path), self._transaction():
            head = self._head()
            if head != expected:
                raise HeadMoved(
                    f"{self.path} has moved on to event {head.seq} (this side had {expected.seq})",
                    "read the new events and decide again",
                )
            for entry in entries:
                row = next_row(entry, head, token_bytes(SALT_BYTES))
                self._db.execute(INSERT, [getattr(row, column) for column in COLUMNS.split(", ")])
                head = row.head
        return head

    def rows(self, after: int = 0) -> Iterator[Row]:
        """Every event after number `after`, in order, each proved against the one before it.

        `Damaged` at the first that does not fit: what does not fit the chain is never handed out.
        """
        with plainly(self.path):
            before = self._head_at(after)
            # Batches: an open cursor would hold an old snapshot, from which no append can begin.
            while batch := self._db.execute(AFTER, (before.seq,)).fetchall():
                for values in batch:
                    row = as_row(values, self.path)
                    if why := fault(row, before):
                        raise damaged(self.path, why)
                    before = row.head
                    yield row

    def changed(self) -> bool:
        """Whether another connection has written to the file (events or drafts) since this was last asked."""
        with plainly(self.path):
            before, self._seen = self._seen, self._data_version()
        return self._seen != before

    def save_drafts(self, drafts: Mapping[str, str], *, at: int) -> None:
        """Keep several drafts at once, by key, or forget those that are empty: also what the -wal holds of them.

        To forget what is not there costs no time on the disk.
        """
        kept = [(key, at, body) for key, body in drafts.items() if body]
        with plainly(self.path):
            gone = self._known(key for key, body in drafts.items() if not body)
            if kept or gone:
                with self._transaction():
                    self._db.executemany("REPLACE INTO drafts (key, at, body) VALUES (?, ?, ?)", kept)
                    self._db.executemany("DELETE FROM drafts WHERE key = ?", gone)
            if gone:
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _known(self, keys: Iterable[str]) -> list[tuple[str]]:
        """Return those keys that there is a draft under, each as a row."""
        wanted = list(keys)
        if not wanted:
            return []
        marks = ", ".join("?" * len(wanted))
        select = f"SELECT key FROM drafts WHERE key IN ({marks})"  # noqa: S608  # nothing but question marks
        return self._db.execute(select, wanted).fetchall()

    def draft(self, key: str) -> str | None:
        """Look up the draft under `key`; None if there is none."""
        with plainly(self.path):
            found = self._db.execute("SELECT body FROM drafts WHERE key = ?", (key,)).fetchone()
        return None if found is None else str(found[0])

    def drafts(self) -> dict[str, str]:
        """Every draft by its key, oldest first."""
        with plainly(self.path):
            return dict(self._db.execute("SELECT key, body FROM drafts ORDER BY at, key").fetchall())

    def change_drafts(self, change: Callable[[dict[str, str]], Mapping[str, str | None]], *, at: int) -> None:
        """Let `change` say, from all drafts, which are to be kept with what body, and which dropped (None).

        Nobody else writes in between, and all of it is done or nothing. What `change` raises is raised.
        """
        with plainly(self.path):
            with self._transaction():
                changes = change(dict(self._db.execute("SELECT key, body FROM drafts").fetchall()))
                for key, body in changes.items():
                    self._db.execute("DELETE FROM drafts WHERE key = ?", (key,))
                    if body is not None:
                        self._db.execute(
                            "INSERT INTO drafts (key, at, body) VALUES (?, ?, ?)", (key, at, body)
                        )
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def take_alone(self) -> None:
        """Keep everybody else out until this journal is closed; `Locked` where somebody has it open, even idly."""
        with plainly(self.path):
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            try:
                self._db.execute("PRAGMA journal_mode = DELETE")  # granted only to whoever is alone
                self._db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as err:
                self._db.execute("PRAGMA locking_mode = NORMAL")
                if primary(err) not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                    raise
                raise Locked(
                    f"{self.path} is open elsewhere",
                    "close this cohort at the desk and in every other window, and try again",
                ) from err

    def erase(self, seqs: Iterable[int]) -> int:
        """Erase body and salt of these events for good and return how many still had them.

        The chain still verifies. `Locked` or `DiskFull` may come when the events are erased but their old
        bytes are still in the file: call again, also with no `seqs`, to have them overwritten.
        """
        with plainly(self.path):
            with self._transaction():
                erase = "UPDATE events SET body = NULL, salt = NULL WHERE seq = ? AND body IS NOT NULL"
                count = sum(self._db.execute(erase, (seq,)).rowcount for seq in set(seqs))
            # Old bytes linger in pages rebuilt earlier and in the -wal: rewrite the one, empty the other.
            self._db.execute("VACUUM")
            busy, *_ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise Locked(
                f"{self.path} is being read elsewhere, so the erased text is still in its -wal file",
                "close the other program and erase again",
            )
        return count

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        with plainly(self.path):
            self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except BaseException:  # also an interrupt: half a group must never wait for the next commit
            if self._db.in_transaction:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
            raise

    def _head(self) -> Head:
        last = self._db.execute("SELECT max(seq) FROM events").fetchone()[0]
        return self._head_at(last or 0)

    def _head_at(self, seq: int) -> Head:
        if seq == 0:
            return BEFORE_FIRST
        found = self._db.execute("SELECT hash FROM events WHERE seq = ?", (seq,)).fetchone()
        if found is None or not isinstance(found[0], str):
            raise damaged(self.path, f"event {seq} is missing or garbled")
        return Head(seq=seq, hash=found[0])

    def _data_version(self) -> int:
        version: int = self._db.execute("PRAGMA data_version").fetchone()[0]
        return version
