"""The proof that the record is whole, or where it breaks.

Owns the walk along the chain. Invariant: a report that says `ok` has recomputed every hash from the file.
What it cannot see is a chain cut off at its end: for that, compare the head with one printed in a pack.
"""

from dataclasses import dataclass
from pathlib import Path

from pmworkshop.journal.chain import BEFORE_FIRST, Head, fault
from pmworkshop.journal.reading import read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What `verify` found; `head` is where the unbroken part of the chain ends."""

    ok: bool
    events: int
    erased: int
    head: Head
    first_broken: int | None
    words: str


def verify(path: Path) -> Report:
    """Walk the chain of the journal at `path` and say whether it holds, or where it first breaks.

    Raises as `read_rows` does where there is nothing to walk; damage and tampering are in the report.
    """
    reading = read_rows(path)
    head, broken = BEFORE_FIRST, None
    for row in reading.rows:
        broken = fault(row, head)
        if broken:
            break
        head = row.head
    events = len(reading.rows)
    erased = sum(row.body is None for row in reading.rows)
    ok = broken is None and reading.trouble is None
    if ok:
        words = f"the chain holds: {events} events ({erased} erased), head {head.seq} {head.hash}"
    else:
        whole = (
            f"the chain holds up to event {head.seq}"
            if head.seq
            else "the chain does not hold from the start"
        )
        words = "; ".join(part for part in (broken, reading.trouble, whole) if part)
    return Report(
        ok=ok,
        events=events,
        erased=erased,
        head=head,
        first_broken=None if ok else head.seq + 1,
        words=words,
    )
