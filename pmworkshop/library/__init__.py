"""The kit as files: YAML to core values, every problem with file, line and column, and a remedy.

Nothing that a file holds raises; only a place that is no kit, or that does not exist, is a LibraryError.
"""

from pmworkshop.library.kit import Kit, check_paths, load_kit, shipped_kit_path
from pmworkshop.library.problem import LibraryError, Problem
from pmworkshop.library.schemas import SCHEMAS, schema, schema_text

__all__ = [
    "SCHEMAS",
    "Kit",
    "LibraryError",
    "Problem",
    "check_paths",
    "load_kit",
    "schema",
    "schema_text",
    "shipped_kit_path",
]
