"""Markdown, which authors write, as plain data that `templates/marked.typ` sets. HTML in it stays text."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

Blocks = list[dict[str, Any]]
"""Each has `is`: par (with `spans`), list (`ordered`, `start`, `items` of blocks), code (`text`), quote (`of` blocks)."""


def marked(text: str | None) -> Blocks:
    """Return a Markdown text as blocks; a heading is a bold paragraph, so that a paper keeps its own order."""
    if not text:
        return []
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415  # slow to import

    return list(_blocks(SyntaxTreeNode(_parser().parse(text)).children))


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415  # slow to import

    return MarkdownIt("commonmark", {"html": False})


def _blocks(nodes: "Sequence[SyntaxTreeNode]") -> Iterator[dict[str, Any]]:
    for node in nodes:
        if node.type in ("bullet_list", "ordered_list"):
            items = [list(_blocks(item.children)) for item in node.children]
            start = int(node.attrs.get("start", 1))
            yield {"is": "list", "ordered": node.type == "ordered_list", "start": start, "items": items}
        elif node.type in ("fence", "code_block"):
            yield {"is": "code", "text": node.content.rstrip("\n")}
        elif node.type == "blockquote":
            yield {"is": "quote", "of": list(_blocks(node.children))}
        elif node.type in ("paragraph", "heading"):
            style = {"bold": True} if node.type == "heading" else {}
            yield {"is": "par", "spans": [span for one in node.children for span in _spans(one, style)]}


def _spans(node: "SyntaxTreeNode", style: dict[str, bool]) -> Iterator[dict[str, Any]]:
    if node.type in ("text", "code_inline"):
        yield {"text": node.content, **style}
    elif node.type == "softbreak":
        yield {"text": " "}
    elif node.type == "hardbreak":
        yield {"text": "\n"}
    else:
        added = {"strong": {"bold": True}, "em": {"italic": True}}.get(node.type, {})
        for one in node.children:
            yield from _spans(one, style | added)
        if node.type == "link" and str(node.attrs.get("href", "")) not in _plain(node):
            yield {"text": f" ({node.attrs['href']})", **style}


def _plain(node: "SyntaxTreeNode") -> str:
    return "".join(one.content for one in node.walk() if one.type == "text")
