"""A Word document being written: a `Paper` to which headings, texts, lists, tables, links and pictures are added.

Slow to import: do so where needed.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from docx import Document
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.shared import Mm

from pmworkshop.core.text import clean
from pmworkshop.export.docx_elements import Link, Part, element, field, paragraph, row_of, run, table_of
from pmworkshop.export.docx_look import WIDE_MM, blank
from pmworkshop.export.stored import stored

_LONGEST_PROPERTY: Final = 255
_HIGHEST_PICTURE_MM: Final = 130
Cell = str | Sequence[Part]


class Paper:
    """One A4 document in British English, empty at first."""

    def __init__(self, *, title: str, author: str, subject: str) -> None:
        self._made = Document(BytesIO(blank()))
        self._body = self._made.element.body
        self._bookmarks = 0
        said = self._made.core_properties
        said.title, said.author, said.subject = (
            clean(one)[:_LONGEST_PROPERTY] for one in (title, author, subject)
        )
        said.last_modified_by, said.comments, said.language, said.revision = "", "", "en-GB", 1

    def dated(self, at: Any) -> None:
        """Say in the document's properties when it is from; `at` is a `datetime` in UTC."""
        said = self._made.core_properties
        said.created = said.modified = at

    def running(self, head: str, mark: str, foot: str) -> None:
        """Put `head` and `mark` at the top of every page, `foot` and the page's number at its foot."""
        section = self._made.sections[0]
        top, bottom = section.header.paragraphs[0], section.footer.paragraphs[0]
        top._p.extend([run(f"{head}\t"), run(mark, "Mark")])  # noqa: SLF001  # the library offers no way to add an element
        bottom._p.extend([run(f"{foot}\tPage "), *field("PAGE", [run("1")])])  # noqa: SLF001
        bottom._p.extend([run(" of "), *field("NUMPAGES", [run("1")])])  # noqa: SLF001

    def heading(self, level: int, text: str, bookmark: str = "") -> None:
        """Add a heading, 0 for the title; a bookmark is what links lead to."""
        found = paragraph("Title" if level == 0 else f"Heading{level}", [text])
        if bookmark:
            number = str(self._bookmarks)
            self._bookmarks += 1
            start = element("w:bookmarkStart", id=number, name=bookmark)
            found.insert(1, start)
            found.append(element("w:bookmarkEnd", id=number))
        self._add(found)

    def text(self, text: Cell, style: str = "Normal") -> None:
        """Add a paragraph."""
        self._add(paragraph(style, [text] if isinstance(text, str) else text))

    def bullets(self, entries: Iterable[Cell]) -> None:
        """Add a list."""
        for one in entries:
            self.text(one, "ListBullet")

    def numbered(self, entries: Iterable[str]) -> None:
        """Add a list that counts from 1."""
        numbering = self._made.part.numbering_part.element
        first = self._made.styles["List Number"].element.pPr.numPr.numId.val
        again = numbering.add_num(numbering.num_having_numId(first).abstractNumId.val)
        again.add_lvlOverride(ilvl=0).add_startOverride(1)
        for one in entries:
            self._add(paragraph("ListNumber", [one], number=again.numId))

    def table(
        self, name: str, widths: Sequence[int], head: Sequence[str], rows: Iterable[Sequence[Cell]]
    ) -> None:
        """Add a table whose head stands again on every page that it reaches; `widths` are shares of the page."""
        found = table_of(name, widths, header=bool(head))
        if head:
            found.append(row_of([paragraph("TableHead", [one]) for one in head], widths, header=True))
        for row in rows:
            cells = ([one] if isinstance(one, str) else one for one in row)
            found.append(row_of([paragraph("TableText", one) for one in cells], widths))
        self._add(found)
        self.text("", "AfterTable")

    def contents(self, lines: Iterable[tuple[int, Link]]) -> None:
        """Add a table of contents that Word can bring up to date: level and link of each line."""
        entries = [paragraph(f"toc{level}", [link]) for level, link in lines]
        begin, *middle, end = field('TOC \\o "1-2" \\h \\z \\u', [])
        entries[0][1:1] = [begin, *middle]
        entries[-1].append(end)
        for one in entries:
            self._add(one)

    def picture(self, picture: bytes, alt: str) -> bool:
        """Add a photo as wide as the text; False where it is no picture that Word shows."""
        try:
            shape = self._made.add_picture(BytesIO(picture), width=Mm(WIDE_MM))
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, ZeroDivisionError):
            return False
        if shape.height > Mm(_HIGHEST_PICTURE_MM):
            shape.width, shape.height = (
                int(shape.width * Mm(_HIGHEST_PICTURE_MM) / shape.height),
                Mm(_HIGHEST_PICTURE_MM),
            )
        shape._inline.docPr.set("descr", clean(alt))  # noqa: SLF001  # the library offers no other way
        return True

    def finished(self) -> bytes:
        """Return the document, the same bytes for the same additions: nothing compressed, no time of writing."""
        kept = BytesIO()
        self._made.save(kept)
        with ZipFile(kept) as packed:
            return stored({name: packed.read(name) for name in packed.namelist()})

    def _add(self, element: Any) -> None:
        self._body.insert(len(self._body) - 1, element)  # before what describes the section
