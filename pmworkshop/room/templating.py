"""The room's templates: all compiled before the first phone comes, and each only once while the program runs."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import CodeType
from typing import Any, Final

import jinja2
from jinja2.bccache import Bucket

from pmworkshop.drawing.templating import environment

TEMPLATES: Final = Path(__file__).parent / "templates"


class Compiled(jinja2.BytecodeCache):
    """Keeps what templates were compiled to, for the next room that is opened. May be used from any thread."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what the template was compiled to, unless its source has changed."""
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the template was compiled to."""
        self._kept[bucket.key] = (bucket.checksum, bucket.code)


_COMPILED: Final = Compiled()


def templates(filters: Mapping[str, Callable[..., Any]]) -> jinja2.Environment:
    """Return the templates, ready to be rendered. Takes a third of a second the first time."""
    found = environment(TEMPLATES, _COMPILED)
    found.filters |= filters
    for name in found.list_templates():
        found.get_template(name)
    return found
