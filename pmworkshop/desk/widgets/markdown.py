"""Notes in Markdown as blocks of `Content`: cheap to draw, in the theme's own colours.

Parsing is markdown-it's; tables and HTML are shown as they were written, a picture as the words that describe it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content

from pmworkshop.core.text import clean

_PARSER = MarkdownIt("commonmark", {"html": False})
_STYLES = {
    "strong_open": "bold",
    "em_open": "italic",
    "link_open": "underline",
    "heading_open": "bold $text-primary",
}
_BULLETS = ("•", "–", "·")  # noqa: RUF001  # typographic marks for lists


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: what it says, what leads its first line, and how far it is set in."""

    content: Content
    lead: str = ""
    indent: int = 0

    def lines(self, width: int) -> list[Content]:
        """Return the lines at `width` cells, the later ones hanging under the first."""
        hanging = " " * (self.indent + len(self.lead))
        leads = [" " * self.indent + self.lead, *repeat(hanging, 10_000)]
        wrapped = self.content.wrap(max(width - len(hanging), 8))
        return [Content.assemble(lead, line) for lead, line in zip(leads, wrapped, strict=False)] or [
            Content("")
        ]


GAP = Block(Content(""))


def markdown(text: str) -> tuple[Block, ...]:
    """Return `text` as blocks: paragraphs, lists, emphasis, links (with their address), code."""
    blocks = _Blocks()
    for token in _PARSER.parse(clean(text)):
        blocks.take(token)
    return tuple(blocks.parts)


class _Blocks:
    def __init__(self) -> None:
        self.parts: list[Block] = []
        self._lists: list[int | None] = []
        self._lead = ""
        self._style = ""
        self._gap = False

    def take(self, token: Token) -> None:
        """Take the next token."""
        kind = token.type
        if kind.endswith("_list_open"):
            self._lists.append(int(token.attrs.get("start", 1)) if kind.startswith("ordered") else None)
        elif kind.endswith("_list_close"):
            self._lists.pop()
            self._gap = not self._lists
        elif kind == "list_item_open":
            self._lead = self._marker()
        elif kind in ("paragraph_close", "heading_close"):
            self._gap, self._style = not self._lists, ""
        elif kind == "heading_open":
            self._style = _STYLES[kind]
        elif kind in ("fence", "code_block"):
            self._add(Content(token.content.rstrip("\n")))
            self._gap = True
        elif kind == "inline":
            self._add(_inline(token.children or ()))

    def _marker(self) -> str:
        number = self._lists[-1]
        if number is None:
            return _BULLETS[min(len(self._lists), len(_BULLETS)) - 1] + " "
        self._lists[-1] = number + 1
        return f"{number}. "

    def _add(self, content: Content) -> None:
        if self._gap and self.parts:
            self.parts.append(GAP)
        self._gap = False
        deeper = 3 * max(len(self._lists) - 1, 0)
        further = 3 if self._lists and not self._lead else 0
        styled = content.stylize(self._style) if self._style else content
        self.parts.append(Block(styled, self._lead, deeper + further))
        self._lead = ""


def _inline(tokens: Sequence[Token]) -> Content:
    parts: list[Content | str | tuple[str, str]] = []
    styles: list[str] = []
    address = ""
    for token in tokens:
        if token.type in _STYLES:
            styles.append(_STYLES[token.type])
            address = str(token.attrs.get("href", "")) or address
        elif token.type == "link_close":
            styles.pop()
            if address and address not in str(parts[-1:]):
                parts.append(f" ({address})")
            address = ""
        elif token.type.endswith("_close"):
            styles.pop()
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
        elif token.type == "code_inline":
            parts.append((token.content, "bold"))
        else:
            text = clean(token.content)  # once more: a character reference such as &#x202e; is one by now
            parts.append((text, " ".join(styles)) if styles else text)
    return Content.assemble(*parts)
