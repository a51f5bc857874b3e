"""A damaged or falsified file: never a crash, never a false word."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pmworkshop.journal import (
    Damaged,
    Entry,
    Head,
    JournalError,
    Row,
    create,
    open_journal,
    read_rows,
    verify,
)
from pmworkshop.journal.chain import fault, next_row

COUNT = 80
NUMBERS = st.integers(-(2**63), 2**63 - 1)
VALUES: dict[str, st.SearchStrategy[object]] = {
    "seq": st.integers(COUNT + 1, 2**63 - 1) | st.integers(-(2**63), 0),
    "at": NUMBERS | st.binary(max_size=4),
    "name": st.text("abc\n") | st.binary(max_size=4),
    "version": NUMBERS | st.floats(0.1, 0.9),
    "salt": st.binary(max_size=20) | st.none(),
    "body": st.text("abc") | st.none() | st.binary(max_size=4),
    "body_hash": st.text("0123456789abcdef", min_size=64, max_size=64) | st.just(""),
    "prev": st.text("0123456789abcdef", min_size=64, max_size=64) | st.just(""),
    "hash": st.text("0123456789abcdef", min_size=64, max_size=64) | st.just(""),
}


class Sample(Protocol):
    """What the fixture of that name gives."""

    @property
    def rows(self) -> tuple[Row, ...]: ...
    @property
    def content(self) -> bytes: ...


def falsify(path: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    """Do with the events what a determined stranger can do: past every trigger and CHECK, leaving no trace."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        raw.execute("PRAGMA ignore_check_constraints = ON")
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        for statement, values in statements:
            raw.execute(statement, values)
        for _, sql in triggers:
            raw.execute(sql)


CHANGES = st.one_of([st.tuples(st.just(column), values) for column, values in VALUES.items()])


def read_on(path: Path, seen: list[Row]) -> None:
    with open_journal(path) as journal:
        for row in journal.rows():
            seen.append(row)  # noqa: PERF402  # what came before an error must be kept


@settings(max_examples=150, deadline=None, database=None)
@given(seq=st.integers(1, COUNT), change=CHANGES)
def test_any_change_is_named(
    ruin: Callable[[], Path], sample: Sample, seq: int, change: tuple[str, object]
) -> None:
    """Change any column of any event and `verify` names that event, and reading stops before it."""
    path, (column, value) = ruin(), change
    assume(value != getattr(sample.rows[seq - 1], column))
    falsify(path, (f"UPDATE events SET {column} = ? WHERE seq = ?", (value, seq)))
    report = verify(path)
    moved_to_front = column == "seq" and isinstance(value, int) and value < 1
    assert not report.ok
    assert report.first_broken == (1 if moved_to_front else seq)
    assert f"event {report.first_broken}" in report.words or "garbled" in report.words
    seen: list[Row] = []
    with pytest.raises(Damaged):
        read_on(path, seen)
    assert seen in ([], list(sample.rows[: seq - 1]))


@settings(max_examples=40, deadline=None, database=None)
@given(pair=st.lists(st.integers(1, COUNT), min_size=2, max_size=2, unique=True))
def test_swapped_events(ruin: Callable[[], Path], pair: list[int]) -> None:
    """Two events that changed places are found at the earlier of them."""
    path, (one, other) = ruin(), pair
    move = "UPDATE events SET seq = ? WHERE seq = ?"
    falsify(path, (move, (0, one)), (move, (one, other)), (move, (other, 0)))
    report = verify(path)
    assert not report.ok
    assert report.first_broken == min(pair)


@settings(max_examples=40, deadline=None, database=None)
@given(gone=st.sets(st.integers(1, COUNT - 1), min_size=1, max_size=5))
def test_deleted_events(ruin: Callable[[], Path], gone: set[int]) -> None:
    """Events taken out of the chain are missed at the first of them."""
    path = ruin()
    falsify(path, *[("DELETE FROM events WHERE seq = ?", (seq,)) for seq in gone])
    report = verify(path)
    assert not report.ok
    assert report.first_broken == min(gone)
    assert f"event {min(gone)} is missing" in report.words


def test_what_only_the_printed_head_can_tell(ruin: Callable[[], Path], sample: Sample) -> None:
    """A chain cut off at its end, or sealed anew from a falsified event on, holds; but its head is another."""
    path = ruin()
    falsify(path, ("DELETE FROM events WHERE seq > ?", (70,)))
    report = verify(path)
    assert report.ok
    assert report.head == sample.rows[69].head != sample.rows[-1].head
    path, last = ruin(), sample.rows[-1]
    forged = next_row(Entry(at=1, name="Forged", version=1, body="{}"), sample.rows[-2].head, b"salt")
    columns = ["at", "name", "version", "salt", "body", "body_hash", "hash"]
    update = f"UPDATE events SET {', '.join(f'{column} = ?' for column in columns)} WHERE seq = ?"
    falsify(path, (update, (*(getattr(forged, column) for column in columns), last.seq)))
    report = verify(path)
    assert report.ok
    assert report.head != last.head


def probe(path: Path, truth: tuple[Row, ...]) -> None:
    """Do everything one can do with a file, letting journal errors pass and nothing else."""
    with suppress(JournalError):
        reading = read_rows(path)
        assert [row.seq for row in reading.rows] == sorted({row.seq for row in reading.rows})
        sound = [row for row in reading.rows if fault(row, Head(seq=row.seq - 1, hash=row.prev)) is None]
        assert {replace(row, salt=None, body=None) for row in sound} <= {
            replace(row, salt=None, body=None) for row in truth
        }
        assert {row for row in sound if row.body is not None} <= set(truth)
    with suppress(JournalError):
        report = verify(path)
        assert report.head in {row.head for row in truth} | {Head(seq=0, hash="0" * 64)}
        assert not report.ok or (report.events, report.head) == (len(truth), truth[-1].head)
    with suppress(JournalError), open_journal(path) as journal:
        with suppress(JournalError):
            journal.append([Entry(at=1, name="Said", version=1, body="x" * 5000)], expected=journal.head)
        with suppress(JournalError):
            journal.save_drafts({"key": "body"}, at=1)
        with suppress(JournalError):
            journal.erase([3])
        list(journal.rows())


@settings(max_examples=70, deadline=None, database=None)
@given(data=st.data())
def test_cut_anywhere(ruin: Callable[[], Path], sample: Sample, data: st.DataObject) -> None:
    """Cut the file at any byte: only journal errors, and nothing that was never written."""
    path, size = ruin(), len(sample.content)
    cut = data.draw(st.integers(0, size - 1) | st.sampled_from(range(0, size, 4096)))
    path.write_bytes(sample.content[:cut])
    probe(path, sample.rows)


@settings(max_examples=200, deadline=None, database=None)
@given(data=st.data())
def test_any_bytes_changed(ruin: Callable[[], Path], sample: Sample, data: st.DataObject) -> None:
    """Overwrite any bytes with anything: only journal errors, and nothing that was never written."""
    path, content = ruin(), bytearray(sample.content)
    places = (
        st.integers(0, len(content) - 1)
        | st.integers(0, 200)
        | st.integers(0, len(content) // 4096 - 1).map(lambda page: page * 4096 + 5)
    )
    for at, new in data.draw(
        st.lists(st.tuples(places, st.binary(min_size=1, max_size=16)), min_size=1, max_size=6)
    ):
        content[at : at + len(new)] = new
    path.write_bytes(bytes(content[: len(sample.content)]))
    probe(path, sample.rows)


@settings(max_examples=60, deadline=None, database=None)
@given(data=st.data())
def test_damaged_wal(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """After a crash with a torn -wal the journal is an unbroken beginning of what was written."""
    folder = tmp_path_factory.mktemp("wal")
    with create(folder / "live.db") as journal:
        head = journal.head
        for n in range(20):
            head = journal.append([Entry(at=n, name="Said", version=1, body="x" * 50)], expected=head)
        truth = list(journal.rows())
        main, wal = (folder / "live.db").read_bytes(), bytearray((folder / "live.db-wal").read_bytes())
    at = data.draw(st.integers(0, len(wal) - 1))
    wal[at:] = data.draw(st.sampled_from([b"", wal[at:-1] + b"\xff", bytes([wal[at] ^ 1]) + wal[at + 1 :]]))
    path = folder / "journal.db"
    path.write_bytes(main)
    path.with_name("journal.db-wal").write_bytes(wal)
    assert verify(path).ok
    with open_journal(path) as journal:
        rows = list(journal.rows())
        assert rows == truth[: len(rows)]
        journal.append([Entry(at=99, name="Said", version=1, body="on")], expected=journal.head)
    assert verify(path).ok


def test_the_rest_is_read(ruin: Callable[[], Path], sample: Sample) -> None:
    """A page lost from the middle costs the events on it and no others, and the words say which."""
    path, content = ruin(), bytearray(sample.content)
    page = content.index(sample.rows[30].hash.encode()) // 4096
    content[page * 4096 : page * 4096 + 4096] = bytes(4096)
    path.write_bytes(content)
    reading, report = read_rows(path), verify(path)
    lost = {row.seq for row in sample.rows} - {row.seq for row in reading.rows}
    assert 31 in lost
    assert len(lost) < 25
    assert reading.rows == tuple(row for row in sample.rows if row.seq not in lost)
    assert reading.trouble is not None
    assert f"events {min(lost)} to {max(lost)} could not be read" in reading.trouble
    assert report.first_broken == min(lost)
    assert f"the chain holds up to event {min(lost) - 1}" in report.words
