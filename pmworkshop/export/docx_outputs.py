"""One output of a pack in a Word document: its questions, its answers verbatim, and what they come to, in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from pmworkshop.core.result import Result
from pmworkshop.drawing import own
from pmworkshop.export import pack_words as words
from pmworkshop.export.said import Said, comes_to_something, sections
from pmworkshop.live.views.outputs import OutputPage
from pmworkshop.live.views.pack import PackOutput

if TYPE_CHECKING:
    from pmworkshop.export.docx_paper import Paper

_FEWEST_ROWS: Final = 2
"""Fewer short answers in a row than these stand under their questions, without a table around them."""


def put_output(paper: "Paper", one: PackOutput, photos: Mapping[str, bytes]) -> None:
    """Add an output to a document; `photos` are by their SHA-256."""
    paper.heading(2, f"{one.number} {words.evidence_title(one)}", one.number)
    paper.text("\n".join(f"{heading}: {text}" for heading, text in words.output_facts(one)), "Quiet")
    if one.withheld:
        paper.text(one.withheld, "Quiet")
    for heading, asked in sections(one):
        if heading:
            paper.heading(3, heading)
        for rows in _runs(asked):
            if len(rows) >= _FEWEST_ROWS:
                answers = ((row.question, row.text or words.NO_ANSWER) for row in rows)
                paper.table(heading or one.page.title, (6, 4), ("Question", "Answer"), answers)
            else:
                for row in rows:
                    _answer(paper, row, photos)
    if comes_to_something(one):
        paper.heading(3, "What it comes to")
        _result(paper, one.page)
    if one.page.result.caveats:
        paper.text("What this is not", "Question")
        paper.bullets(one.page.result.caveats)


def _runs(asked: Sequence[Said]) -> Iterator[list[Said]]:
    """Yield answers that are short and follow one another together, every other by itself."""
    run: list[Said] = []
    for one in asked:
        if one.short:
            run.append(one)
            continue
        if run:
            yield run
            run = []
        yield [one]
    if run:
        yield run


def _answer(paper: "Paper", one: Said, photos: Mapping[str, bytes]) -> None:
    paper.text(one.question, "Question")
    if one.blank:
        paper.text(words.NO_ANSWER, "Quiet")
    elif one.photo is not None:
        if one.photo.sha256 not in photos or not paper.picture(photos[one.photo.sha256], one.photo.alt):
            paper.text(words.NO_PHOTO, "Quiet")
        paper.text(one.photo.file, "Quiet")
    elif one.rows:
        paper.table(one.question, (1,) * len(one.head), one.head, one.rows)
    elif one.ordered:
        paper.numbered(one.entries)
    elif one.entries:
        paper.bullets(one.entries)
    else:
        paper.text(one.text)


def _result(paper: "Paper", page: OutputPage) -> None:
    found = page.result
    if found.headline:
        paper.text(found.headline, "Question")
    _figures(paper, page, found)
    for action in found.actions:
        paper.text(f"What one can do about {action.title}", "Question")
        paper.bullets(action.lines)
    for place in found.placed:
        item = page.exercise.item(place.item)
        paper.text(item.text if item else "", "Question")
        paper.text(". ".join(filter(None, (own.place_words(page, place), place.corner, place.advice))))
    for chosen, advised in own.advice(page):
        paper.text(chosen, "Question")
        paper.text(advised)
    if found.missing:
        paper.text("Left open", "Question")
        paper.bullets(said for _, said in own.missing(page))


def _figures(paper: "Paper", page: OutputPage, found: Result) -> None:
    """Put scores, a quiz's marks and rates as tables, where the other documents draw pictures."""
    if found.scores:
        rows = (
            (
                f"▸ {one.title}" if one.factor in found.named else one.title,
                one.words if one.tenths is None else f"{one.words}, from {one.lowest} to {one.highest}",
                one.band or "",
                one.reason,
            )
            for one in found.scores
        )
        paper.table("Scores", (4, 4, 8, 4), ("Factor", "Score", "What it means", "Rests on"), rows)
    if found.marks:
        items = {item.id: item for item in page.exercise.items}
        marked = (
            (
                items[one.item].text,
                "right" if one.now else "not yet",
                own.right(items[one.item]),
                items[one.item].why or "",
            )
            for one in found.marks
        )
        paper.table("The quiz", (6, 2, 5, 6), ("Question", "Answer", "Right", "Why"), marked)
    if found.rates:
        rates = (
            (one.title, "no rate" if one.percent is None else f"{one.percent} %", one.reason)
            for one in found.rates
        )
        paper.table("Rates", (6, 3, 6), ("Rate", "Per cent", "Rests on"), rates)
