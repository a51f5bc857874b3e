"""What the running workshop needs of a record; `wiring` hands it one that stands on the journal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from pmworkshop.core.value import value


class RecordTroubleError(Exception):
    """The record cannot be read or written; the words say what is wrong and what to do."""


class RecordMovedError(RecordTroubleError):
    """Somebody else appended in the meantime: read on, decide again."""


@value
class Entry:
    """An event on its way into the record. `at` is UTC milliseconds, `body` JSON."""

    at: int
    name: str
    version: int
    body: str


@value
class Stored:
    """An event as the record holds it; an erased one has no body."""

    seq: int
    at: int
    name: str
    version: int
    body: str | None
    head: Any


class Record(Protocol):
    """One cohort's record, used by one thread. Every method may raise `RecordTroubleError`."""

    def rows(self, after: int) -> Iterator[Stored]:
        """Return the events after number `after`, in order."""

    def append(self, entries: Sequence[Entry], *, expected: Any) -> Any:
        """Make all entries durable or none, and return the new head."""

    def changed(self) -> bool:
        """Return whether somebody else has written since this was last asked."""

    def save_drafts(self, drafts: Mapping[str, str], *, at: int) -> None:
        """Keep drafts outside the chain, by key; an empty one is forgotten. All of it is done or nothing."""

    def draft(self, key: str) -> str:
        """Return one draft; empty where there is none."""

    def drafts(self) -> dict[str, str]:
        """Return all drafts."""

    def change_drafts(self, change: Callable[[dict[str, str]], Mapping[str, str | None]], *, at: int) -> None:
        """Change several drafts at once from what they are, or drop them (None); nobody writes in between."""

    def close(self) -> None:
        """Let go of the file."""
