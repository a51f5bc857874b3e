"""The two cohorts that packs are made of, each recorded once."""

from collections.abc import Iterator

import pytest

from tests.export.marked import marked
from tests.export.pack_cohort import Day, cohort


@pytest.fixture(scope="session")
def spring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """Give a cohort with everything in it: signed, signed and then amended, with gaps, hostile."""
    day = cohort(tmp_path_factory.mktemp("spring") / "journal.db")
    yield day
    day.close()


@pytest.fixture(scope="session")
def marked_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """Give a cohort whose words cannot be mistaken for one another's."""
    day = marked(tmp_path_factory.mktemp("marked") / "journal.db")
    yield day
    day.close()
