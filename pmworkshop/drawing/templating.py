"""How every page is made: templates whose text is escaped and cleaned, and where a name that is missing is an error.

Here are also the folders of what several pages share: how one's own result reads, and the colours of its pictures.
"""

from pathlib import Path
from typing import Final

import jinja2

from pmworkshop.core.text import clean

TEMPLATES: Final = Path(__file__).parent / "templates"
STATIC: Final = Path(__file__).parent / "static"


def environment(folder: Path, kept: jinja2.BytecodeCache | None = None) -> jinja2.Environment:
    """Return the templates in `folder` and the shared ones; `kept` holds what they were compiled to before."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder, TEMPLATES]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
        bytecode_cache=kept,
    )


def _shown(given: object) -> object:
    return clean(given) if type(given) is str else given
