"""The tests of the core leave nothing in the tree: hypothesis keeps its cache in the system's temporary folder."""

import tempfile
from pathlib import Path

from hypothesis.configuration import set_hypothesis_home_dir

set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "pmworkshop-hypothesis")
