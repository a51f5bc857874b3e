"""A cohort's record on a real file, and workshops on it that are closed at the end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pmworkshop.core.units import Instant
from pmworkshop.live.record import Record
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.record import opener


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cohort" / "journal.db"


@pytest.fixture
def open_workshop(place: Path) -> Iterator[Callable[..., Workshop]]:
    """Open a workshop on the cohort, which is made if it is not there, or on a record of the test's own."""
    opened: list[Workshop] = []

    def start(
        record: Callable[[], Record] | None = None, *, clock: Callable[[], Instant] | None = None
    ) -> Workshop:
        workshop = Workshop(record or opener(place, new=not place.exists()), clock or Clock().now)
        opened.append(workshop)
        return workshop

    yield start
    for workshop in opened:
        workshop.close()
