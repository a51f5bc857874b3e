"""The pieces that Word documents are made of, below what the library offers: paragraphs, runs, fields, tables.

Text is cleaned, keeps its lines, and runs from the right where its script does. Slow to import: do so where needed.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pmworkshop.core.text import clean
from pmworkshop.core.value import value
from pmworkshop.export.pack_sheets import from_right

_TWIPS: Final = 9_638
"""The width of the text on A4, in twentieths of a point."""
_PIECES: Final = re.compile("([\n\t])")
_BREAKS: Final = {"\n": "w:br", "\t": "w:tab"}
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_FIRST: Final[Any] = OxmlElement("w:p")
_qn = cache(qn)


@value
class Link:
    """Words that lead to a bookmark of the same document."""

    to: str
    text: str


Part = str | Link
Cell = str | Sequence[Part]


def element(tag: str, **attributes: str) -> Any:
    """Return an element such as `w:p`, with attributes of the same namespace."""
    return _FIRST.makeelement(_qn(tag), {_qn(f"w:{name}"): text for name, text in attributes.items()})


def paragraph(style: str, parts: Iterable[Part], *, number: int | None = None) -> Any:
    """Return a paragraph in a style, by its id; `number` is the counting that it takes part in."""
    found, about = element("w:p"), element("w:pPr")
    about.append(element("w:pStyle", val=style))
    found.append(about)
    if number is not None:
        counted = element("w:numPr")
        counted.extend([element("w:ilvl", val="0"), element("w:numId", val=str(number))])
        about.append(counted)
    rightward = False
    for part in parts:
        if isinstance(part, Link):
            led = element("w:hyperlink", anchor=part.to, history="1")
            led.append(run(part.text, "Hyperlink"))
            found.append(led)
        elif part:
            rightward = rightward or from_right(part)
            found.append(run(part, rightward=rightward))
    if rightward:
        about.append(element("w:bidi"))
    return found


def run(text: str, style: str = "", *, rightward: bool = False) -> Any:
    """Return a text, its lines and tabs kept, in a character style, by its id."""
    found = element("w:r")
    if style or rightward:
        about = element("w:rPr")
        if style:
            about.append(element("w:rStyle", val=style))
        if rightward:
            about.append(element("w:rtl"))
        found.append(about)
    for piece in _PIECES.split(clean(text)):
        if piece in _BREAKS:
            found.append(element(_BREAKS[piece]))
        elif piece:
            found.append(_words("w:t", piece))
    return found


def _words(tag: str, text: str) -> Any:
    found = element(tag)
    found.set(_XML_SPACE, "preserve")
    found.text = text
    return found


def field(instruction: str, shown: Iterable[Any]) -> list[Any]:
    """Return the runs of a field, with what it shows until Word works it out anew."""
    marks = []
    for kind in ("begin", "separate", "end"):
        run = element("w:r")
        run.append(element("w:fldChar", fldCharType=kind))
        marks.append(run)
    asked = element("w:r")
    asked.append(_words("w:instrText", f" {instruction} "))
    return [marks[0], asked, marks[1], *shown, marks[2]]


def table_of(name: str, widths: Sequence[int], *, header: bool) -> Any:
    """Return a table without rows, as wide as the text; `widths` are shares of that."""
    found, about, grid = element("w:tbl"), element("w:tblPr"), element("w:tblGrid")
    about.extend(
        [
            element("w:tblStyle", val="TableGrid"),
            element("w:tblW", w=str(_TWIPS), type="dxa"),
            _lines(),
            element("w:tblLayout", type="fixed"),
            _room(),
            element("w:tblLook", val="0420" if header else "0400", firstRow="1" if header else "0"),
            element("w:tblCaption", val=clean(name)),
        ]
    )
    grid.extend([element("w:gridCol", w=str(_share(one, widths))) for one in widths])
    found.extend([about, grid])
    return found


def _lines() -> Any:
    """Return borders: quiet ones between rows, none at the sides."""
    found = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        level = side in ("top", "bottom", "insideH")
        found.append(
            element(f"w:{side}", val="single" if level else "nil", sz="4", space="0", color="969696")
        )
    return found


def _room() -> Any:
    """Return the room around what stands in a cell, in twentieths of a point."""
    found = element("w:tblCellMar")
    for side, wide in (("top", "50"), ("left", "60"), ("bottom", "30"), ("right", "100")):
        found.append(element(f"w:{side}", w=wide, type="dxa"))
    return found


def row_of(cells: Iterable[Any], widths: Sequence[int], *, header: bool = False) -> Any:
    """Return a row of one paragraph a cell; a header stands again on every page that the table reaches."""
    found = element("w:tr")
    if header:
        about = element("w:trPr")
        about.extend([element("w:cantSplit"), element("w:tblHeader")])
        found.append(about)
    for content, width in zip(cells, widths, strict=True):
        cell, look = element("w:tc"), element("w:tcPr")
        look.append(element("w:tcW", w=str(_share(width, widths)), type="dxa"))
        if header:
            look.append(element("w:shd", val="clear", color="auto", fill="F0F0F0"))
        cell.extend([look, content])
        found.append(cell)
    return found


def _share(width: int, widths: Sequence[int]) -> int:
    return _TWIPS * width // sum(widths)
