"""A journal to try things on, and copies of it to ruin."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pmworkshop.journal import Entry, Row, create, read_rows


class Sample:
    """A journal of some pages: what is in it, and its bytes after a clean close."""

    def __init__(self, rows: tuple[Row, ...], content: bytes) -> None:
        self.rows = rows
        self.content = content


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cohort" / "journal.db"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    path = tmp_path_factory.mktemp("sample") / "journal.db"
    with create(path) as journal:
        head = journal.head
        for n in range(1, 81):
            body = f'{{"answer": "{n} {"ü" * (n % 7) * (800 if n % 20 == 0 else 40)}"}}'
            head = journal.append(
                [Entry(at=n * 1000, name=f"Event{n % 3}", version=1, body=body)], expected=head
            )
        journal.erase([7, 60])
    return Sample(rows=read_rows(path).rows, content=path.read_bytes())


@pytest.fixture(scope="session")
def ruin(tmp_path_factory: pytest.TempPathFactory, sample: Sample) -> Callable[[], Path]:
    """Give a fresh copy of the sample, always at the same place, without anything beside it."""
    path = tmp_path_factory.mktemp("ruin") / "journal.db"

    def fresh() -> Path:
        for old in path.parent.iterdir():
            old.unlink()
        path.write_bytes(sample.content)
        return path

    return fresh


@pytest.fixture
def raw(place: Path) -> Iterator[sqlite3.Connection]:
    """Open a journal of three events as a stranger does: plain SQLite, with SQLite's own settings."""
    with create(place) as journal:
        entries = [Entry(at=n, name="Said", version=1, body=f'"secret-{n}"') for n in range(3)]
        journal.append(entries, expected=journal.head)
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        yield connection
