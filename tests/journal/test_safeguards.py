"""The file defends itself, and erasing erases."""

import sqlite3
from pathlib import Path

import pytest

from pmworkshop.journal import Damaged, JournalError, Locked, create, open_journal, read_rows, verify
from pmworkshop.journal.chain import Entry


def on_disk(place: Path) -> bytes:
    """Every byte that could hold text; the -shm holds none, and Windows keeps it locked."""
    return b"".join(file.read_bytes() for file in place.parent.iterdir() if not file.name.endswith("-shm"))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM events",
        "DELETE FROM events WHERE seq = 3",
        "UPDATE events SET body = '\"other\"' WHERE seq = 2",
        "UPDATE OR IGNORE events SET at = at + 1",
        "UPDATE OR REPLACE events SET seq = 3 WHERE seq = 2",
        "UPDATE events SET name = 'Other', body = NULL, salt = NULL",
        "UPDATE events SET body = NULL",
        "UPDATE events SET salt = NULL",
        "INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 2",
        "REPLACE INTO events SELECT seq, 99, name, version, salt, body, body_hash, prev, hash FROM events",
        "INSERT INTO events SELECT 4, at, name, version, salt, body, body_hash, 'not the head', hash FROM events",
        "INSERT INTO events SELECT 9, at, name, version, salt, body, body_hash, hash, hash FROM events",
        "INSERT OR IGNORE INTO events SELECT 2, at, name, version, salt, body, body_hash, prev, hash FROM events",
        "INSERT INTO events SELECT 4, 'noon', name, 1, salt, body, '', hash, hash FROM events WHERE seq = 3",
    ],
)
def test_the_file_refuses(raw: sqlite3.Connection, place: Path, statement: str) -> None:
    """A stranger with plain SQLite can neither change, delete, replace, nor slip in an event."""
    before = raw.execute("SELECT * FROM events").fetchall()
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)
    assert raw.execute("SELECT * FROM events").fetchall() == before
    assert verify(place).ok


def test_erasing(raw: sqlite3.Connection, place: Path) -> None:
    """Erased text and its salt are gone from every byte of the file, and the chain still holds."""
    raw.close()
    salt = read_rows(place).rows[1].salt
    assert salt is not None
    with open_journal(place) as journal:
        head = journal.head
        journal.append([Entry(at=9, name="Said", version=1, body='"later"')], expected=head)
        assert journal.erase([2, 77]) == 1
        assert journal.erase([2]) == 0
        assert [row.body for row in journal.rows()] == ['"secret-0"', None, '"secret-2"', '"later"']
        assert b"secret-2" in on_disk(place)
        assert b"secret-1" not in on_disk(place)
        assert salt not in on_disk(place)
    report = verify(place)
    assert (report.ok, report.events, report.erased) == (True, 4, 1)


def test_dropped_drafts_leave_nothing(place: Path) -> None:
    """A dropped draft is overwritten in the file once the journal is closed."""
    with create(place) as journal:
        journal.save_drafts({"note": "a name nobody should find"}, at=1)
        journal.save_drafts({"note": ""}, at=9)
    assert b"nobody should find" not in place.read_bytes()


def test_erasing_under_a_reader(raw: sqlite3.Connection, place: Path) -> None:
    """While someone else still reads the old text the trainer is told so, and can finish erasing later."""
    with open_journal(place) as journal:
        journal._db.execute("PRAGMA busy_timeout = 20")
        raw.execute("BEGIN")
        raw.execute("SELECT count(*) FROM events").fetchone()
        with pytest.raises(Locked):
            journal.erase([2])
        raw.execute("COMMIT")
        assert journal.erase([]) == 0
        assert b"secret-1" not in on_disk(place)


def test_removed_safeguards(raw: sqlite3.Connection, place: Path) -> None:
    """A journal whose triggers were taken away is not written to again."""
    raw.execute("DROP TRIGGER no_deleting")
    with pytest.raises(Damaged, match="safeguards have been removed"):
        open_journal(place)
    assert verify(place).ok


def test_used_after_closing(place: Path) -> None:
    """Using a closed journal is an error in words; closing twice is none."""
    journal = create(place)
    journal.close()
    journal.close()
    with pytest.raises(JournalError, match="used after closing"):
        journal.append([], expected=journal.head)
