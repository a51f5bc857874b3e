"""The durable record of one cohort: append, read, verify.

Owns one SQLite file and the chain of hashes inside it. It knows bytes and hashes, not workshops:
what an event means is the caller's business, and so is the time it happened.
"""

from pmworkshop.journal.chain import Entry, Head, Row
from pmworkshop.journal.door import create, open_journal
from pmworkshop.journal.errors import (
    AlreadyThere,
    Damaged,
    DiskFull,
    HeadMoved,
    JournalError,
    Locked,
    Missing,
    Newer,
    NotAJournal,
    ReadOnly,
)
from pmworkshop.journal.proof import Report, verify
from pmworkshop.journal.reading import Reading, read_rows
from pmworkshop.journal.store import Journal

__all__ = [
    "AlreadyThere",
    "Damaged",
    "DiskFull",
    "Entry",
    "Head",
    "HeadMoved",
    "Journal",
    "JournalError",
    "Locked",
    "Missing",
    "Newer",
    "NotAJournal",
    "ReadOnly",
    "Reading",
    "Report",
    "Row",
    "create",
    "open_journal",
    "read_rows",
    "verify",
]
