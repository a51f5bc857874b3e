"""How one output of a pack is laid out on paper: its questions with their answers, its result, its pictures.

The answers are verbatim. Short ones share a table; what was written at length stands under its question.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from markupsafe import Markup

from pmworkshop.core.result import Placed
from pmworkshop.core.saying import NO_ANSWER
from pmworkshop.core.scoring import Mark, Percentage, Score
from pmworkshop.drawing import own
from pmworkshop.export.glyphs import clusters
from pmworkshop.export.pack_words import NO_ANSWER as BLANK
from pmworkshop.export.pack_words import evidence_title, output_facts
from pmworkshop.export.photos import as_drawing
from pmworkshop.export.said import Said, said
from pmworkshop.live.views.outputs import OutputPage
from pmworkshop.live.views.pack import PackOutput

Data = dict[str, Any]

_BESIDE: Final = frozenset({"rating", "choice", "yes-no", "number", "date", "code", "line", "grid"})
"""Kinds of items whose answers stand beside their question, even where they are a sentence long."""
_ON_ONE_PAGE: Final = 700
_LINES_ON_ONE_PAGE: Final = 8
"""An answer of fewer characters and lines is not split between pages."""
_NAMED: Final = re.compile(r"<(title|desc)[^>]*>(.*?)</\1>", re.DOTALL)


class Files:
    """The pictures of one document, by the names that its template calls for."""

    def __init__(self, photos: Mapping[str, bytes]) -> None:
        self.kept: dict[str, bytes] = {}
        self._photos = photos

    def drawing(self, svg: Markup) -> Data | None:
        """Keep a drawing; return its file and its words for whoever does not see it, or None where there is none."""
        if not svg:
            return None
        name = f"{len(self.kept)}.svg"
        self.kept[name] = svg.encode()
        words = (html.unescape(found[2]) for found in _NAMED.finditer(svg))
        return {"file": name, "alt": ". ".join(words)}

    def photo(self, sha256: str) -> str:
        """Keep a photo; return its file, or nothing where it was not handed over or is no picture."""
        name = f"{sha256}.svg"
        if name not in self.kept:
            wrapped = as_drawing(self._photos[sha256]) if sha256 in self._photos else None
            if wrapped is None:
                return ""
            self.kept[name] = wrapped
        return name


def sheet(output: PackOutput, files: Files) -> Data:
    """Return one output as its template reads it."""
    *facts, (_, supports) = output_facts(output)
    return {
        "number": output.number,
        "title": brief(evidence_title(output)),
        "facts": [list(one) for one in facts],
        "supports": supports,
        "group": output.kind == "group",
        "withheld": output.withheld,
        "blocks": _gathered(_blocks(output, files)),
        "result": _result(output.page, files),
        "caveats": list(output.page.result.caveats),
    }


def brief(text: str, longest: int = 90) -> str:
    """Return what of a text fits a heading, cut between characters as readers take them."""
    if len(text) <= longest:
        return text
    shown = list(clusters(text))
    return text if len(shown) <= longest else "".join(shown[:longest]).rstrip() + "…"


def from_right(text: str) -> bool:
    """Whether a text begins in a script that is read from right to left."""
    if text.isascii():
        return False
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def _marked(page: OutputPage, mark: Mark) -> str:
    item = page.exercise.item(mark.item)
    return "right" if mark.now or item is None else f"not yet. Right: {own.right(item)}"


def _blocks(output: PackOutput, files: Files) -> Iterator[Data]:
    """Yield every question with its answer, each section's heading before its first."""
    page = output.page
    flaws = {flaw.item: flaw.words for flaw in page.result.missing}
    marks = {mark.item: _marked(page, mark) for mark in page.result.marks}
    for one in said(output):
        if one.section:
            yield {"is": "section", "text": one.section}
        item = page.exercise.item(one.item)
        note = flaws.get(one.item, marks.get(one.item, ""))
        beside = one.short or (bool(one.text) and item is not None and item.kind in _BESIDE)
        yield {"q": one.question, "note": note} | _answer(one, files, beside=beside)


def _answer(one: Said, files: Files, *, beside: bool) -> Data:
    if one.photo is not None:
        name = files.photo(one.photo.sha256)
        return {
            "is": "photo",
            "file": name,
            "alt": one.photo.alt,
            "path": one.photo.file,
            "sha": one.photo.sha256,
        }
    if one.rows:
        rows = [[cell or NO_ANSWER for cell in row] for row in one.rows]
        return {"is": "table", "head": list(one.head), "rows": rows}
    if one.entries:
        together = sum(map(len, one.entries)) < _ON_ONE_PAGE
        return {"is": "list", "entries": list(one.entries), "numbered": one.ordered, "whole": together}
    if one.blank:
        return {"is": "row", "a": BLANK, "blank": True}
    whole = len(one.text) < _ON_ONE_PAGE and one.text.count("\n") < _LINES_ON_ONE_PAGE
    return {"is": "row" if beside else "words", "a": one.text, "rtl": from_right(one.text), "whole": whole}


def _gathered(blocks: Iterator[Data]) -> list[Data]:
    """Put rows that follow one another into one table; one that stands alone is set as any other answer."""
    found: list[Data] = []
    for kind, run in groupby(blocks, key=lambda block: str(block["is"])):
        rows = list(run)
        if kind == "row" and len(rows) > 1:
            found.append({"is": "rows", "rows": rows})
        else:
            found += rows
    return found


def _result(page: OutputPage, files: Files) -> Data:
    found = page.result
    return {
        "headline": found.headline,
        "scores": [_score(one, page, files) for one in found.scores],
        "actions": [{"title": one.title, "lines": list(one.lines)} for one in found.actions],
        "placed": [_placed(page, one, files) for one in found.placed],
        "marks": files.drawing(own.marks(page)) if found.marks else None,
        "rates": [_rate(one, number, page, files) for number, one in enumerate(found.rates)],
        "advice": list(_advice(page)),
    }


def _advice(page: OutputPage) -> Iterator[list[str]]:
    """Yield the question, what was chosen there, and the advice on it; a quiz's stands nowhere but on its sheet."""
    marked = {mark.item for mark in page.result.marks}
    for one in page.result.advice:
        item = page.exercise.item(one.item)
        if one.item not in marked:
            yield [item.text if item else "", one.chosen, one.words]


def _score(one: Score, page: OutputPage, files: Files) -> Data:
    return {
        "title": one.title,
        "words": one.words if one.tenths is None else f"{one.words} of {one.highest}",
        "named": one.factor in page.result.named,
        "picture": files.drawing(own.score(one, page.output, one.factor)),
        "band": one.band or "",
        "reason": one.reason,
    }


def _rate(one: Percentage, number: int, page: OutputPage, files: Files) -> Data:
    return {
        "title": one.title,
        "words": "no rate" if one.percent is None else f"{one.percent} %",
        "picture": files.drawing(own.rate(one, page.output, number)),
        "reason": one.reason,
    }


def _placed(page: OutputPage, placed: Placed, files: Files) -> Data:
    item = page.exercise.item(placed.item)
    across, up = placed.x_axis, placed.y_axis
    return {
        "text": item.text if item else "",
        "picture": files.drawing(own.place(page, placed)),
        "x": [across.title, across.low, across.high],
        "y": [up.title, up.low, up.high] if up else None,
        "corners": {f"{one.y}-{one.x}": one.title for one in item.corners} if item else {},
        "words": own.place_words(page, placed),
        "corner": placed.corner or "",
        "advice": placed.advice or "",
    }
