"""Small parts of a page of blocks: headings, quiet words, lists. Whatever text comes in is shown verbatim."""

from collections.abc import Iterable, Iterator

from pmworkshop.desk.widgets.markdown import GAP, Block
from pmworkshop.desk.widgets.safe import safe, safe_line

QUIET = "$foreground 70%"


def heading(words: str) -> Block:
    """Return a heading."""
    return Block(safe_line(words).stylize("bold $text-primary"))


def bold(words: str, lead: str = "", indent: int = 0) -> Block:
    """Return a paragraph in bold."""
    return Block(safe(words).stylize("bold"), lead, indent)


def plain(words: str, lead: str = "", indent: int = 0) -> Block:
    """Return a paragraph."""
    return Block(safe(words), lead, indent)


def quiet(words: str, lead: str = "", indent: int = 0) -> Block:
    """Return a paragraph that stands back."""
    return Block(safe(words).stylize(QUIET), lead, indent)


def section(title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield a gap, the heading and what stands under it; nothing where nothing does."""
    found = tuple(blocks)
    if found:
        yield GAP
        yield heading(title)
        yield from found


def bullets(lines: Iterable[str]) -> Iterator[Block]:
    """Yield a list."""
    for line in lines:
        yield plain(line, "• ")


def after_gaps(parts: Iterable[Iterable[Block]]) -> Iterator[Block]:
    """Yield parts with an empty line between them; empty parts are passed over."""
    first = True
    for part in parts:
        found = tuple(part)
        if found and not first:
            yield GAP
        yield from found
        first = first and not found
