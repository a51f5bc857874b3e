"""What goes in comes out, in order, sealed."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.journal import Entry, Head, HeadMoved, create, open_journal, read_rows, verify
from pmworkshop.journal.chain import BEFORE_FIRST, next_row

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ENTRY = st.builds(
    Entry,
    at=st.integers(0, 2**63 - 1),
    name=TEXT.filter(lambda name: name != "" and "\n" not in name),
    version=st.integers(1, 2**63 - 1),
    body=TEXT,
)


def said(n: int) -> Entry:
    return Entry(at=n, name="Said", version=1, body=f'"{n}"')


@settings(max_examples=60, deadline=None, database=None)
@given(groups=st.lists(st.lists(ENTRY, max_size=4), max_size=5))
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, groups: list[list[Entry]]) -> None:
    """Whatever is appended, in whatever groups, is read back after reopening, and the chain holds."""
    path = tmp_path_factory.mktemp("round") / "journal.db"
    with create(path) as journal:
        head = journal.head
        for group in groups:
            head = journal.append(group, expected=head)
    with open_journal(path) as journal:
        rows = list(journal.rows())
        assert journal.head == head
    entries = [entry for group in groups for entry in group]
    assert [Entry(at=r.at, name=r.name, version=r.version, body=r.body or "") for r in rows] == entries
    assert read_rows(path).rows == tuple(rows)
    report = verify(path)
    assert (report.ok, report.events, report.head) == (True, len(entries), head)


def test_seal_is_fixed() -> None:
    """The seal is SHA-256 over the lines named in the design, or heads printed in old packs would be void."""
    entry = Entry(at=1_760_000_000_000, name="OutputSubmitted", version=2, body='{"a":"é"}')
    row = next_row(entry, Head(seq=41, hash="ab" * 32), b"0123456789abcdef")
    body_hash = sha256(b'0123456789abcdef{"a":"\xc3\xa9"}').hexdigest()
    lines = ["42", "1760000000000", "OutputSubmitted", "2", body_hash, "ab" * 32]
    assert row.hash == sha256("\n".join(lines).encode()).hexdigest()
    assert row.hash == "ce80278a2e2d322feb4439f95de2f3646e6101d725206542e22bbb62f88b30ab"
    assert Head(seq=0, hash="0" * 64) == BEFORE_FIRST


def test_each_body_has_its_own_salt(place: Path) -> None:
    """Two people giving the same answer leave different hashes."""
    with create(place) as journal:
        journal.append([said(1), said(1)], expected=journal.head)
        first, second = journal.rows()
    assert first.body == second.body
    assert first.salt != second.salt
    assert first.body_hash != second.body_hash


def test_head_moved(place: Path) -> None:
    """Who decided on an old head is told so, writes nothing, and may decide again."""
    with create(place) as here, open_journal(place) as there:
        start = here.head
        moved = there.append([said(1)], expected=start)
        with pytest.raises(HeadMoved, match=r"moved on to event 1 .* read the new events and decide again"):
            here.append([said(2), said(3)], expected=start)
        assert here.head == moved
        assert here.append([said(2)], expected=moved).seq == 2
        assert [row.body for row in there.rows()] == ['"1"', '"2"']


def test_rows_after(place: Path) -> None:
    """Reading on from an event gives the later ones only, also across batches and while appending."""
    with create(place) as journal:
        head = journal.append([said(n) for n in range(1200)], expected=journal.head)
        assert [row.seq for row in journal.rows(after=1190)] == list(range(1191, 1201))
        assert list(journal.rows(after=1200)) == []
        reading = journal.rows()
        assert next(reading).seq == 1
        journal.append([said(1200)], expected=head)
        assert [row.seq for row in reading] == list(range(2, 1202))


def test_changed(place: Path) -> None:
    """`changed` tells of other connections' commits, once each, and never of one's own."""
    with create(place) as here, open_journal(place) as there:
        head = here.append([said(1)], expected=here.head)
        assert not here.changed()
        there.append([said(2)], expected=head)
        assert here.changed()
        assert not here.changed()


def test_drafts(place: Path) -> None:
    """A draft is kept over a restart, replaced and dropped, and never touches the chain."""
    with create(place) as journal:
        journal.save_drafts({"note": "first"}, at=1)
        journal.save_drafts({"seat-2": "héllo"}, at=2)
        journal.save_drafts({"note": "second"}, at=3)
    with open_journal(place) as journal:
        assert journal.drafts() == {"seat-2": "héllo", "note": "second"}
        journal.save_drafts({"note": ""}, at=9)
        journal.save_drafts({"nothing": ""}, at=9)
        assert journal.draft("note") is None
        assert journal.draft("seat-2") == "héllo"
        assert journal.head.seq == 0


def test_durable_settings(place: Path) -> None:
    """The file is in WAL mode and every commit waits for the disk."""
    with create(place) as journal:
        asked = {name: journal._db.execute(f"PRAGMA {name}").fetchone()[0] for name in SETTINGS}
    assert asked == SETTINGS
    with closing(sqlite3.connect(place)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)


SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "recursive_triggers": 1,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "busy_timeout": 5000,
}


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "a\nb"}, {"at": -1}, {"at": 2**63}, {"version": 0}, {"body": "\ud800"}],
)
def test_impossible_entries(wrong: dict[str, str | int]) -> None:
    """What could not be stored or sealed is refused where it is made, before any file is touched."""
    good: dict[str, str | int] = {"at": 0, "name": "Said", "version": 1, "body": "{}"}
    with pytest.raises(ValueError):  # noqa: PT011  # UnicodeEncodeError is one of them
        Entry(**(good | wrong))  # type: ignore[arg-type]  # wrong on purpose
