"""The chain: what an event is as bytes, and how each is sealed to the one before.

Owns the two hashes. Invariant: a row's `hash` covers everything but its body and salt, and covers those
through `body_hash`; so a body can be erased with its salt and the chain still proves all the rest.
The salt is there so that an erased "yes" or "3" cannot be confirmed by trying every short answer.
"""

from dataclasses import dataclass
from hashlib import sha256

GENESIS = "0" * 64
SALT_BYTES = 16
INT64 = 2**63


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event about to be appended; `at` in UTC milliseconds, `body` as JSON text (not looked into).

    ValueError where it could never be stored: a negative or huge number, a name that is empty or has a
    line break in it, text that is not Unicode.
    """

    at: int
    name: str
    version: int
    body: str

    def __post_init__(self) -> None:
        """Refuse what SQLite or the seal could not hold."""
        if not 0 <= self.at < INT64 or not 1 <= self.version < INT64:
            raise ValueError(
                f"an event needs a time from 0 and a version from 1, not {self.at}, {self.version}"
            )
        if not self.name or "\n" in self.name:
            raise ValueError(f"an event's name is one line, not {self.name!r}")
        (self.name + self.body).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of a chain: the last event's number (0 before the first) and its hash."""

    seq: int
    hash: str


BEFORE_FIRST = Head(seq=0, hash=GENESIS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One event as stored; `at` in UTC milliseconds; `body` and `salt` are None once erased."""

    seq: int
    at: int
    name: str
    version: int
    salt: bytes | None
    body: str | None
    body_hash: str
    prev: str
    hash: str

    @property
    def head(self) -> Head:
        """The head of the chain that ends in this row."""
        return Head(seq=self.seq, hash=self.hash)


def next_row(entry: Entry, before: Head, salt: bytes) -> Row:
    """Seal `entry` to the chain that ends in `before`."""
    seq, body_hash = before.seq + 1, _body_hash(salt, entry.body)
    return Row(
        seq=seq,
        at=entry.at,
        name=entry.name,
        version=entry.version,
        salt=salt,
        body=entry.body,
        body_hash=body_hash,
        prev=before.hash,
        hash=_row_hash(seq, entry.at, entry.name, entry.version, body_hash, before.hash),
    )


def fault(row: Row, before: Head) -> str | None:
    """Say in plain words what is wrong with `row` as the next one after `before`; None if nothing is."""
    if row.seq != before.seq + 1:
        return f"event {before.seq + 1} is missing: the next one there is event {row.seq}"
    if row.prev != before.hash:
        return f"event {row.seq} does not follow from the event before it: one of the two has been replaced"
    if row.hash != _row_hash(row.seq, row.at, row.name, row.version, row.body_hash, row.prev):
        return f"event {row.seq} was changed after it was recorded: its seal does not fit its time, name or number"
    return _content_fault(row)


def _content_fault(row: Row) -> str | None:
    if row.body is None and row.salt is None:
        return None
    if row.body is None or row.salt is None:
        return f"event {row.seq} is half erased: of its content and its salt only one is there"
    if row.body_hash != _body_hash(row.salt, row.body):
        return f"event {row.seq} was changed after it was recorded: its content is not what was sealed"
    return None


def _body_hash(salt: bytes, body: str) -> str:
    return sha256(salt + body.encode()).hexdigest()


def _row_hash(seq: int, at: int, name: str, version: int, body_hash: str, prev: str) -> str:
    return sha256(f"{seq}\n{at}\n{name}\n{version}\n{body_hash}\n{prev}".encode()).hexdigest()
