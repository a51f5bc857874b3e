"""Each thing that can go wrong has its own error, in plain words, with a remedy."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pmworkshop.journal import (
    AlreadyThere,
    DiskFull,
    Entry,
    Journal,
    JournalError,
    Locked,
    Missing,
    Newer,
    NotAJournal,
    ReadOnly,
    create,
    door,
    open_journal,
    read_rows,
    store,
    verify,
)
from pmworkshop.journal.schema import SETTINGS, connect


def said(body: str = "{}") -> Entry:
    return Entry(at=1, name="Said", version=1, body=body)


def everyone_says(path: Path, error: type[JournalError], words: str) -> None:
    for way_in in (open_journal, read_rows, verify):
        with pytest.raises(error, match=words) as caught:
            way_in(path)
        assert str(caught.value) == f"{caught.value.what}; {caught.value.remedy}"


def test_missing(tmp_path: Path) -> None:
    """No file is not an empty journal, and looking for one makes none."""
    everyone_says(tmp_path / "journal.db", Missing, "there is no journal at .*; check the path")
    everyone_says(tmp_path / "nowhere" / "journal.db", Missing, "there is no journal at")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Dear all,\n" * 500, "is not a database"),
        (b"SQLite format 3\0", "is not a database"),
    ],
)
def test_not_a_database(tmp_path: Path, content: bytes, words: str) -> None:
    """A file that is empty or something else is called so."""
    path = tmp_path / "journal.db"
    path.write_bytes(content)
    everyone_says(path, NotAJournal, words)
    assert path.read_bytes() == content


def test_folder(tmp_path: Path) -> None:
    """A folder is not a journal."""
    everyone_says(tmp_path, NotAJournal, "is a folder")


def test_another_database(tmp_path: Path) -> None:
    """Another program's database is left alone."""
    path = tmp_path / "journal.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE events (seq INTEGER)")
    everyone_says(path, NotAJournal, "some other program's database")


def test_newer(place: Path) -> None:
    """A later format is refused with the two numbers, and the remedy is to update."""
    create(place).close()
    with closing(sqlite3.connect(place)) as raw:
        raw.execute("PRAGMA user_version = 3")
    everyone_says(place, Newer, r"newer pmworkshop \(format 3; this one reads up to 1\); update pmworkshop")


def test_never_over_another(place: Path) -> None:
    """Creating refuses a name that is taken, whatever by, and leaves that as it is."""
    create(place).close()
    before = place.read_bytes()
    with pytest.raises(AlreadyThere, match="is there already"):
        create(place)
    assert place.read_bytes() == before
    assert list(place.parent.iterdir()) == [place]
    with pytest.raises(JournalError):
        create(place / "below" / "journal.db")


def test_without_hard_links(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a stick without hard links a journal is made all the same, and not over another one."""

    def no_links(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    create(place).close()
    assert verify(place).ok
    assert list(place.parent.iterdir()) == [place]
    aside = place.with_name("aside")
    shutil.copy(place, aside)
    with pytest.raises(AlreadyThere):
        door._name_it(aside, place)


def test_disk_full(place: Path) -> None:
    """When the disk is full the whole group is refused, nothing is lost, and with room one goes on."""
    with create(place) as journal:
        head = journal.append([said()], expected=journal.head)
        pages = journal._db.execute("PRAGMA page_count").fetchone()[0]
        journal._db.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(DiskFull, match="make room and try again"):
            journal.append([said(), said("x" * 3000), said("x" * 50_000)], expected=head)
        with pytest.raises(DiskFull):
            journal.save_drafts({"note": "x" * 50_000}, at=1)
        assert journal.head == head
        assert len(list(journal.rows())) == 1
        journal._db.execute("PRAGMA max_page_count = 100000")
        journal.append([said("x" * 50_000)], expected=head)
    assert verify(place).events == 2


def test_group_is_whole_or_not_at_all(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interruption in the middle of a group leaves none of it, and the journal can be used again."""
    with create(place) as journal:
        head = journal.append([said()], expected=journal.head)
        salts = iter([b"a" * 16, b"b" * 16])

        def interrupted(_: int) -> bytes:
            for salt in salts:
                return salt
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(store, "token_bytes", interrupted)
            with pytest.raises(KeyboardInterrupt):
                journal.append([said(), said(), said()], expected=head)
        with open_journal(place) as other:
            assert other.head == head
        assert journal.append([said(), said()], expected=head).seq == 3


def test_locked(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal held by another program is an error after a while, not a wait for ever."""
    monkeypatch.setattr(door, "SETTINGS", SETTINGS.replace("5000", "20"))
    with create(place) as journal, closing(sqlite3.connect(place, isolation_level=None)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked, match="held by another program"):
            journal.append([said()], expected=journal.head)
        with pytest.raises(Locked):
            open_journal(place)
        assert verify(place).ok
        raw.execute("ROLLBACK")
        assert journal.append([said()], expected=journal.head).seq == 1


def test_handed_a_read_only_connection(place: Path) -> None:
    """A file that may be read and not written is `ReadOnly` to whoever appends."""
    create(place).close()
    with closing(connect(place, "mode=ro")) as connection:
        journal = Journal(place, connection)
        with pytest.raises(ReadOnly, match="check the permissions"):
            journal.append([said()], expected=journal.head)


@contextmanager
def only_to_be_read(folder: Path) -> Iterator[None]:
    """Forbid writing in `folder`; root, whom no permission binds, becomes nobody for the time."""
    root = os.geteuid() == 0
    folder.chmod(0o555)
    for file in folder.iterdir():
        file.chmod(0o444)
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="a folder's read-only flag forbids nothing on Windows")
@pytest.mark.parametrize("cleanly", [True, False], ids=["closed cleanly", "cut off, with a -wal"])
def test_read_only_folder(place: Path, *, cleanly: bool) -> None:
    """On a write-protected stick a journal is read and verified in full, -wal and all, and not opened."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = folder / "journal.db"
        with create(place) as journal:
            journal.append([said()] * 3, expected=journal.head)
            if not cleanly:
                shutil.copy(place.with_name("journal.db-wal"), folder)
                shutil.copy(place, copy)
        if cleanly:
            shutil.copy(place, copy)
        before = {file.name for file in folder.iterdir()}
        with only_to_be_read(folder):
            assert verify(copy).events == 3
            with pytest.raises(ReadOnly):
                open_journal(copy)
            with pytest.raises(ReadOnly):
                create(folder / "other.db")
        assert {file.name for file in folder.iterdir()} == before


def test_reading_leaves_nothing_behind(place: Path) -> None:
    """Verifying a closed journal changes neither the file nor the folder it lies in."""
    create(place).close()
    before = place.read_bytes()
    assert verify(place).words == f"the chain holds: 0 events (0 erased), head 0 {'0' * 64}"
    assert list(place.parent.iterdir()) == [place]
    assert place.read_bytes() == before
