"""A Word document as lines of notes: headings, bullets and tables as Markdown would have them, nothing written left out.

Text boxes, contents and changes that were suggested are read where they stand; headers, footers, footnotes and
comments are returned apart, because no time in them begins anything.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from pmworkshop.wiring.unusable import Unusable

LARGEST: Final = 200_000_000
"""Bytes, of all parts of a document unpacked."""
LARGEST_PART: Final = 20_000_000
"""Bytes, of one part that holds text."""
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ASIDE: Final = ("header", "footer", "footnotes", "endnotes", "comments")
_HEADING: Final = ("heading", "title")


def docx_lines(content: bytes, shown: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return a document's paragraphs, numbered from 1 with rows of tables as one each, and what stands outside them.

    Unusable, in words, where it cannot be opened.
    """
    _look_inside(content, shown)
    import docx  # noqa: PLC0415  # slow to import

    try:
        document = docx.Document(io.BytesIO(content))
        styles = {style.style_id: (style.name or "").casefold() for style in document.styles}
        reader = _Reader(styles)
        lines = list(enumerate(reader.blocks(document.element.body), 1))
        asides = [(len(lines) + at, text) for at, text in enumerate(_asides(document.part, reader), 1)]
    except (
        Exception
    ) as error:  # saves the author from whatever python-docx stumbles over in a damaged document
        raise Unusable(_damaged(shown)) from error
    return lines, asides


def _damaged(shown: str) -> str:
    return (
        f"{shown} cannot be read as a Word document; it may be damaged. Open it in Word or LibreOffice, "
        "save it afresh as .docx, or save it as plain text (.txt), and import that."
    )


def _look_inside(content: bytes, shown: str) -> None:
    """Refuse what is no Word document, or would not fit into memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {one.filename: one.file_size for one in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unusable(_damaged(shown)) from error
    if "word/document.xml" not in parts:
        raise Unusable(
            f"{shown} is a zip or a file of another program, not a Word document. Save the notes as .docx or .txt."
        )
    texts = [size for name, size in parts.items() if name.endswith(".xml")]
    if sum(parts.values()) > LARGEST or max(texts, default=0) > LARGEST_PART:
        raise Unusable(
            f"{shown} is too large for notes. Save the part with the times as .txt and import that."
        )


class _Reader:
    """Walks through the XML of a document; python-docx alone passes over boxes, contents and suggested insertions."""

    def __init__(self, styles: dict[str, str]) -> None:
        self._styles = styles

    def blocks(self, element: Any) -> Iterator[str]:
        """Yield the paragraphs and rows in an element, boxes after the paragraph that they hang on."""
        for child in element:
            if child.tag == f"{_W}p":
                yield self._paragraph(child)
                for box in _boxes(child):
                    yield from self.blocks(box)
            elif child.tag == f"{_W}tbl":
                yield from self._rows(child)
            elif child.tag not in {_FALLBACK, f"{_W}del", f"{_W}sectPr"} and isinstance(child.tag, str):
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> str:
        text = "".join(_texts(paragraph)).strip()
        properties = paragraph.find(f"{_W}pPr")
        if not text or properties is None:
            return text
        style = properties.find(f"{_W}pStyle")
        name = "" if style is None else self._styles.get(style.get(f"{_W}val") or "", "")
        if name.startswith(_HEADING):
            return f"# {' '.join(text.split())}"
        if properties.find(f"{_W}numPr") is not None or name.startswith("list"):
            return f"{'  ' * _level(properties, name)}- {text}"
        return text

    def _rows(self, table: Any) -> Iterator[str]:
        for row in table.iter(f"{_W}tr"):
            if row.getparent() is table or row.getparent().tag != f"{_W}tbl":
                yield self._row(row)

    def _row(self, row: Any) -> str:
        cells: list[str] = []
        for cell in _cells(row):
            lines = [line.strip() for block in self.blocks(cell) for line in block.splitlines()]
            cells.append("<br>".join(line.replace("|", "\\|") for line in lines if line))
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            cells += [""] * (int(span.get(f"{_W}val") or 1) - 1 if span is not None else 0)
        return f"| {' | '.join(cells)} |"


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif isinstance(child.tag, str) and child.tag != f"{_W}tbl":
            yield from _cells(child)


def _level(properties: Any, style: str) -> int:
    level = properties.find(f"{_W}numPr/{_W}ilvl")
    if level is not None:
        return min(int(level.get(f"{_W}val") or 0), 8)
    return max(int(style[-1]) - 1, 0) if style[-1:].isdigit() else 0


def _texts(element: Any) -> Iterator[str]:
    """Yield the words of a paragraph, suggested ones too, but not those of boxes within it or deleted ones."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in {f"{_W}tab", f"{_W}ptab"}:
            yield "\t"
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag not in {f"{_W}txbxContent", f"{_W}del", f"{_W}pPr", _FALLBACK}:
            yield from _texts(child)


def _boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(f"{_W}txbxContent"):
        outer = [one.tag for one in box.iterancestors()]
        if _FALLBACK not in outer and outer.count(f"{_W}txbxContent") == _depth(paragraph):
            yield box


def _depth(paragraph: Any) -> int:
    return sum(one.tag == f"{_W}txbxContent" for one in paragraph.iterancestors())


def _asides(part: Any, reader: _Reader) -> Iterator[str]:
    """Yield what headers, footers, notes and comments say, each text once."""
    from docx.oxml import parse_xml  # noqa: PLC0415  # slow to import

    seen: set[str] = set()
    for relation in part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if relation.is_external or kind not in _ASIDE:
            continue
        for text in reader.blocks(parse_xml(relation.target_part.blob)):
            if text and text not in seen:
                seen.add(text)
                yield text
