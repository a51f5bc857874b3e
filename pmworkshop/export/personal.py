"""All that is held on one person, to be read: one page that needs nothing from outside, in the order in which it came."""

import html
from collections.abc import Iterable, Sequence
from typing import Final

from pmworkshop.core.text import clean
from pmworkshop.core.value import value

STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "h2{margin-top:2.5rem;border-bottom:1px solid #999}h3{margin-bottom:.2rem}"
    "dt{font-weight:600;margin-top:.6rem}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}"
    ".when{color:#4a4a4a;margin:0}img{max-width:100%}"
)


@value
class Piece:
    """One thing that is held: what it is, when it was recorded, its particulars, photos by their names beside the page."""

    title: str
    when: str
    lines: tuple[tuple[str, str], ...]
    photos: tuple[str, ...] = ()


@value
class Part:
    """Pieces of one kind."""

    title: str
    pieces: tuple[Piece, ...]


def personal_page(title: str, intro: Sequence[str], parts: Iterable[Part]) -> bytes:
    """Return the page as HTML; every text in it is untrusted and stays text."""
    body = [f"<h1>{_safe(title)}</h1>", *(f"<p>{_safe(one)}</p>" for one in intro)]
    for part in parts:
        if part.pieces:
            body.append(f"<h2>{_safe(part.title)}</h2>")
            body += [_piece(one) for one in part.pieces]
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_safe(title)}</title><style>{STYLE}</style></head>\n<body><main>\n"
        + "\n".join(body)
        + "\n</main></body></html>\n"
    ).encode()


def _piece(one: Piece) -> str:
    lines = "".join(f"<dt>{_safe(name)}</dt><dd>{_safe(text)}</dd>" for name, text in one.lines)
    photos = "".join(f'<p><img src="{_safe(name)}" alt="The photo of this sheet"></p>' for name in one.photos)
    when = f'<p class="when">{_safe(one.when)}</p>' if one.when else ""
    return f"<h3>{_safe(one.title)}</h3>{when}" + (f"<dl>{lines}</dl>" if lines else "") + photos


def _safe(text: str) -> str:
    return html.escape(clean(text))
