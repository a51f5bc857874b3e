"""In CI the property tests draw the same examples each time: a landing must not hang on chance. At a desk they roam."""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("ci")
