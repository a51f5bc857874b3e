"""The running workshop's record, standing on the journal: the one place where the two meet."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pmworkshop import journal
from pmworkshop.core.apply import fold
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.theirs import Logged
from pmworkshop.core.units import Instant
from pmworkshop.journal.chain import BEFORE_FIRST
from pmworkshop.live.codec import decode
from pmworkshop.live.record import Entry, RecordMovedError, RecordTroubleError, Stored


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except journal.HeadMoved as moved:
        raise RecordMovedError(str(moved)) from moved
    except journal.JournalError as trouble:
        raise RecordTroubleError(str(trouble)) from trouble


class JournalRecord:
    """`live.record.Record` on a journal; used by the thread that made it."""

    def __init__(self, path: Path, *, new: bool) -> None:
        with _plainly():
            self._journal = journal.create(path) if new else journal.open_journal(path)

    def rows(self, after: int) -> Iterator[Stored]:
        """Return the events after number `after`, in order."""
        with _plainly():
            for row in self._journal.rows(after):
                yield Stored(
                    seq=row.seq, at=row.at, name=row.name, version=row.version, body=row.body, head=row.head
                )

    def append(self, entries: Sequence[Entry], *, expected: Any) -> Any:
        """Make all entries durable or none."""
        with _plainly():
            return self._journal.append(
                [journal.Entry(at=e.at, name=e.name, version=e.version, body=e.body) for e in entries],
                expected=expected if expected is not None else BEFORE_FIRST,
            )

    def changed(self) -> bool:
        """Return whether another process wrote."""
        with _plainly():
            return self._journal.changed()

    def save_drafts(self, drafts: Mapping[str, str], *, at: int) -> None:
        """Keep drafts, or forget the empty ones."""
        with _plainly():
            self._journal.save_drafts(drafts, at=at)

    def draft(self, key: str) -> str:
        """Return one draft."""
        with _plainly():
            return self._journal.draft(key) or ""

    def drafts(self) -> dict[str, str]:
        """Return all drafts."""
        with _plainly():
            return self._journal.drafts()

    def change_drafts(self, change: Callable[[dict[str, str]], Mapping[str, str | None]], *, at: int) -> None:
        """Change several drafts at once, from what they are."""
        with _plainly():
            self._journal.change_drafts(change, at=at)

    def close(self) -> None:
        """Let go of the file."""
        with _plainly():
            self._journal.close()


def opener(path: Path, *, new: bool) -> Callable[[], JournalRecord]:
    """Return what opens the record on the thread that calls it."""
    return lambda: JournalRecord(path, new=new)


def stored_rows(path: Path) -> Iterator[Stored]:
    """Return a journal's events without opening it for writing; `RecordTroubleError` where it is damaged."""
    with _plainly():
        reading = journal.read_rows(path)
    if reading.trouble:
        raise RecordTroubleError(reading.trouble)
    for row in reading.rows:
        yield Stored(seq=row.seq, at=row.at, name=row.name, version=row.version, body=row.body, head=row.head)


def log_of(rows: Iterable[journal.Row]) -> tuple[Logged, ...]:
    """Return the events of a record that are not erased. Raises `RecordTroubleError` where one cannot be read."""
    stored = (
        Stored(seq=row.seq, at=row.at, name=row.name, version=row.version, body=row.body, head=row.head)
        for row in rows
    )
    return tuple(
        Logged(seq=one.seq, at=Instant(one.at), event=event)
        for one in stored
        if (event := decode(one)) is not None
    )


def state_of(log: Iterable[Logged]) -> Cohort:
    """Return what a record comes to. Raises `RecordTroubleError` where its events do not fit one another."""
    try:
        return fold(nobody(), ((one.event, one.at) for one in log))
    except Exception as error:  # a record from elsewhere ends in words, not in a traceback
        raise RecordTroubleError(
            "the record does not fit together; run `pmworkshop verify` on this cohort"
        ) from error
