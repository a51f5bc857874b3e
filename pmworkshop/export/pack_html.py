"""A pack as one web page that needs nothing from outside: no script, no font, no picture that is not in it."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import jinja2
from markupsafe import Markup

from pmworkshop.drawing import own
from pmworkshop.drawing.templating import STATIC, environment
from pmworkshop.export import pack_words
from pmworkshop.export.said import comes_to_something, sections
from pmworkshop.live.views.pack import PackView

TEMPLATES: Final = Path(__file__).parent / "templates"
_KINDS: Final = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def pack_html(view: PackView, photos: Mapping[str, bytes]) -> bytes:
    """Return a pack as HTML in UTF-8, the same bytes for the same view; `photos` are JPEG or PNG by their SHA-256.

    A photo that is not among them, or is neither, is named in its place.
    """
    style = _style()
    found = _template().render(
        view=view,
        outputs=[(one, tuple(sections(one)), comes_to_something(one)) for one in view.outputs],
        pictures=dict(_pictures(view, photos)),
        own=own,
        words=pack_words,
        style=Markup(style),  # noqa: S704  # our own style sheets
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )
    return found.encode()


def _pictures(view: PackView, photos: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for one in view.outputs:
        for photo in one.photos:
            kept = photos.get(photo.sha256, b"")
            kind = next((kind for start, kind in _KINDS if kept.startswith(start)), "")
            if kind:
                yield photo.sha256, f"data:{kind};base64,{base64.b64encode(kept).decode()}"


@cache
def _template() -> jinja2.Template:
    return environment(TEMPLATES).get_template("pack.html")


@cache
def _style() -> str:
    return "".join(path.read_text("utf-8") for path in (TEMPLATES / "pack.css", STATIC / "results.css"))
