"""What a PDF says of itself to a screen reader and an archive, and how its pages look."""

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]

DPI = 110


def assert_kept(pdf: bytes, title: str) -> pikepdf.Pdf:
    """Assert the standards, the language, the title, the order of headings and that every font is inside."""
    opened = pikepdf.open(io.BytesIO(pdf))
    with opened.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
        assert about["dc:title"] == title
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang) == "en-GB"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert not_embedded(opened) == set()
    levels = [int(kind[1:]) for kind in kinds(opened) if kind[:1] == "H" and kind[1:].isdigit()]
    assert levels
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    return opened


def not_embedded(pdf: pikepdf.Pdf) -> set[str]:
    fonts = [
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    return {str(one.FontName) for one in fonts if not {"/FontFile2", "/FontFile3"} & set(one.keys())}


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    """Return the kinds of all tags, in reading order."""
    return [str(one.S).lstrip("/") for one in elements(pdf.Root.StructTreeRoot)]


def elements(parent: Any) -> Iterator[Any]:
    below = parent.get("/K")
    for one in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            yield from elements(one)


def texts(pdf: bytes) -> list[str]:
    """Return each page's text without any space."""
    document = pypdfium2.PdfDocument(pdf)
    return [squeezed(page.get_textpage().get_text_bounded()) for page in document]


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").replace("\ufffe", "").split())


def pictures(pdf: bytes) -> Iterator[Any]:
    """Yield each page as an image."""
    for page in pypdfium2.PdfDocument(pdf):
        yield page.render(scale=DPI / 72).to_pil()
