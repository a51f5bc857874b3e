"""In CI the property tests draw the same examples each time: a landing must not hang on chance. At a desk they roam.

No example has a deadline: speed is for the benchmarks.
"""

import os
import shutil

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, database=None, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture
def patch() -> str:
    """Return the program that applies a diff; where there is none, the test is left out, but not in CI."""
    found = shutil.which("patch")
    if found is None and "CI" not in os.environ:
        pytest.skip("the program patch is not installed here")
    assert found is not None, "install patch"
    return found
