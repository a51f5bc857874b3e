"""The pack as a PDF: what a centre's reader, its archive and a screen reader find in it."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from pmworkshop.core.ids import ParticipantId
from pmworkshop.export.glyphs import showable
from pmworkshop.export.pack_pdf import pack_pdf
from pmworkshop.export.pack_sheets import from_right
from pmworkshop.export.pack_words import NO_PHOTO
from pmworkshop.export.said import said
from pmworkshop.export.typesetting import STANDARDS, Typeset
from pmworkshop.live.views.pack import PackOutput, PackRecord, PackView
from tests.export.pack_cohort import ANNA, BORIS, DILIP, NAMES, PANIC, PHOTOS, SHA, STRANGE, cohort

MM = 72 / 25.4
MARGIN = 20 * MM
HEAD, FOOT = 24 * MM, 20 * MM
LONG = 12
"""Shorter answers, such as a code, may well stand somewhere else too."""


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> dict[ParticipantId, PackView]:
    day = cohort(tmp_path_factory.mktemp("cohort") / "journal.db")
    found = {who: day.view(who) for who in (ANNA, BORIS, DILIP, STRANGE)}
    day.close()
    return found


@pytest.fixture(scope="module")
def paper(views: dict[ParticipantId, PackView]) -> Callable[[ParticipantId], Typeset]:
    made: dict[ParticipantId, Typeset] = {}

    def of(who: ParticipantId) -> Typeset:
        if who not in made:
            made[who] = pack_pdf(views[who], PHOTOS)
        return made[who]

    return of


def texts(pdf: bytes) -> list[str]:
    """Return each page's text between header and footer."""
    return [
        page.get_textpage().get_text_bounded(bottom=FOOT, top=page.get_height() - HEAD)
        for page in pypdfium2.PdfDocument(pdf)
    ]


def heads(pdf: bytes) -> list[str]:
    """Return each page's header."""
    return [
        page.get_textpage().get_text_bounded(bottom=page.get_height() - HEAD)
        for page in pypdfium2.PdfDocument(pdf)
    ]


def squeezed(text: str) -> str:
    """Return a text as it can be compared: without spaces, and without chances of a break."""
    return re.sub(r"[\s\u200b]", "", text.replace("\ufffe", "-").replace("\x02", "-"))


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Yield the elements of the structure tree, in reading order."""

    def below(found: Any) -> Iterator[pikepdf.Dictionary]:
        for one in found if isinstance(found, pikepdf.Array) else [found]:
            if isinstance(one, pikepdf.Dictionary) and "/S" in one:
                yield one
                yield from below(one.get("/K", pikepdf.Array()))

    yield from below(pdf.Root.StructTreeRoot.K)


def kinds_below(element: pikepdf.Dictionary) -> set[str]:
    """Return the kinds of elements within one."""
    inner = element.get("/K", pikepdf.Array())
    found = [one for one in inner if isinstance(one, pikepdf.Dictionary) and "/S" in one]
    return {str(one.S) for one in found}.union(*(kinds_below(one) for one in found))


def test_a_pack_says_what_it_is_to_archive_and_screen_reader(
    paper: Callable[[ParticipantId], Typeset],
) -> None:
    """A pack is tagged, has a language and a title, keeps PDF/UA-1 and PDF/A-2a, and carries its fonts."""
    for who in (ANNA, STRANGE):
        assert paper(who).standards == STANDARDS
        with pikepdf.open(io.BytesIO(paper(who).pdf)) as pdf, pdf.open_metadata() as about:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang).startswith("en")
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            assert str(about["dc:title"]).startswith("Evidence pack: ")
            assert (about["pdfuaid:part"], about["pdfaid:part"], about["pdfaid:conformance"]) == (
                "1",
                "2",
                "A",
            )
            fonts = [
                one
                for one in pdf.objects
                if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
            ]
            assert fonts
            assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in fonts)


@pytest.mark.parametrize("who", [ANNA, BORIS, DILIP, STRANGE])
def test_headings_go_down_one_step_at_a_time(
    paper: Callable[[ParticipantId], Typeset], who: ParticipantId
) -> None:
    """Headings begin with the first level and skip none, and a reader reaches each through the bookmarks."""
    with pikepdf.open(io.BytesIO(paper(who).pdf)) as pdf:
        levels = [int(str(one.S)[2:]) for one in elements(pdf) if re.fullmatch(r"/H\d", str(one.S))]
        with pdf.open_outline() as outline:
            marks = [one.title for one in outline.root] + [
                two.title for one in outline.root for two in one.children
            ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {"Evidence index", "Criteria and evidence", "For the assessor"} <= set(marks)
    assert any(one.startswith("E01") for one in marks)


def test_tables_have_heads_and_pictures_words(paper: Callable[[ParticipantId], Typeset]) -> None:
    """Every table has a head with its columns' names, and every picture says what it shows."""
    with pikepdf.open(io.BytesIO(paper(ANNA).pdf)) as pdf:
        found = list(elements(pdf))
        tables = [one for one in found if one.S == "/Table"]
        words = [str(one.get("/Alt", "")) for one in found if one.S == "/Figure"]
    assert len(tables) > 20
    assert all({"/THead", "/TH", "/TD"} <= kinds_below(one) for one in tables)
    assert all(words)
    assert any(one.startswith("Motivation: 2.0 on a scale from 1 to 5") for one in words)
    assert any(one.startswith("Photo to E") for one in words)
    assert any("right. In order: not yet" in one for one in words)


@pytest.mark.parametrize("who", [ANNA, STRANGE])
def test_every_answer_stands_under_its_output_word_for_word(
    views: dict[ParticipantId, PackView], who: ParticipantId
) -> None:
    """What somebody wrote stands in the pack as they wrote it, as often as they wrote it, under its own output."""
    view = replace(views[who], mark="")  # DRAFT lies across the text and would come in between
    whole = squeezed("".join(texts(pack_pdf(view, PHOTOS).pdf)))
    starts = [sheet_start(whole, one) for one in view.outputs]
    assert starts == sorted(starts)
    checked = 0
    for one, start, end in zip(view.outputs, starts, [*starts[1:], len(whole)], strict=True):
        under, given = whole[start:end], list(answers(one))
        for text in set(given):
            if len(text) >= LONG and not from_right(text):
                wanted = sum(other.count(text) for other in given)
                assert under.count(text) == wanted, (one.number, text)
                checked += 1
    assert checked > 50
    assert who == ANNA or whole.count("نجمع") > 3


def sheet_start(whole: str, output: PackOutput) -> int:
    """Return where an output begins: at its facts, below its heading."""
    return [found.end() for found in re.finditer(rf"{output.number}.{{1,140}}?When:", whole)][-1]


def answers(output: PackOutput) -> Iterator[str]:
    """Yield what was typed on a sheet, as it can be compared; what was only chosen comes back in the advice on it."""
    for one in said(output):
        item = output.page.exercise.item(one.item)
        typed = [column.kind == "short" for column in item.columns] if item else []
        cells = (cell for row in one.rows for cell, mine in zip(row, typed, strict=True) if mine)
        words = (one.text, *one.entries) if item and item.kind in ("short", "long", "list") else cells
        yield from (squeezed(showable(text)[0]) for text in words)


def test_draft_stands_on_every_page_of_a_pack_that_is_not_final(
    paper: Callable[[ParticipantId], Typeset],
) -> None:
    """A draft says so at the head of every page, and at the front says why; a final pack nowhere does."""
    draft, final = paper(DILIP).pdf, paper(ANNA).pdf
    assert all("DRAFT" in one for one in heads(draft))
    assert "has 1 blank" in texts(draft)[0]
    assert not any("DRAFT" in one for one in (*heads(final), *texts(final)))


def test_every_page_says_whose_it_is_and_about_which_evidence(
    views: dict[ParticipantId, PackView], paper: Callable[[ParticipantId], Typeset]
) -> None:
    """Each page's head names the learner, and the pages of the evidence the numbers that they show."""
    found = heads(paper(ANNA).pdf)
    assert all(NAMES[ANNA] in one for one in found)
    body = texts(paper(ANNA).pdf)
    for one in views[ANNA].outputs:
        page = next(
            n
            for n, text in enumerate(body)
            if re.search(rf"^{one.number}\s.*\s+When:", text, re.MULTILINE | re.DOTALL)
        )
        number = int(one.number[1:])
        shown = [int(digits) for digits in re.findall(r"E(\d\d)", found[page])]
        assert min(shown) <= number <= max(shown)


def test_the_same_view_makes_the_same_bytes(
    views: dict[ParticipantId, PackView], paper: Callable[[ParticipantId], Typeset]
) -> None:
    """A pack that is made again is the same to the byte."""
    assert pack_pdf(views[BORIS], PHOTOS).pdf == paper(BORIS).pdf


def test_a_signature_that_no_longer_holds_is_seen_to_be_void(
    paper: Callable[[ParticipantId], Typeset],
) -> None:
    """A void signature says so beside the name, and what has changed; one that is missing leaves room for a pen."""
    void, missing = texts(paper(BORIS).pdf)[1], texts(paper(DILIP).pdf)[1]
    assert void.count("NO LONGER VALID") == 2
    assert "“Ask, tell, ask” was amended" in void
    assert missing.count("To be declared:") == missing.count("Not signed yet.") == 2


def test_the_matrix_says_how_every_criterion_stands(
    views: dict[ParticipantId, PackView], paper: Callable[[ParticipantId], Typeset]
) -> None:
    """Each criterion stands there in its exact wording, with its standing and what would still support it."""
    whole = squeezed("".join(texts(paper(BORIS).pdf)[3:6]).replace("DRAFT", ""))
    lines = [line for outcome in views[BORIS].matrix for line in outcome.criteria]
    assert {line.supported for line in lines} == {True, False}
    for line in lines:
        assert squeezed(f"{line.id} {line.text}") in whole
        assert all(squeezed(title) in whole for title in line.still_open)
    assert whole.count("notyet:groupworkonly") == sum("group work only" in one.words for one in lines) > 0


def test_nobody_else_is_named(paper: Callable[[ParticipantId], Typeset]) -> None:
    """Of those who worked with somebody their pack has the initials and no more."""
    whole = " ".join(texts(paper(ANNA).pdf))
    assert "B. P., C. D." in whole
    assert not [word for who in (BORIS, DILIP) for word in NAMES[who].split() if word in whole]


def test_nothing_runs_off_the_paper(paper: Callable[[ParticipantId], Typeset]) -> None:
    """However long a word is, it ends before the margin."""
    for page in pypdfium2.PdfDocument(paper(STRANGE).pdf):
        text = page.get_textpage()
        drawn = (at for at, char in enumerate(text.get_text_range()) if not char.isspace())
        assert max(text.get_charbox(at)[2] for at in drawn) <= page.get_width() - MARGIN + 1


def test_a_record_of_ten_thousand_characters_is_whole(views: dict[ParticipantId, PackView]) -> None:
    """A record as long as one may be goes over as many pages as it needs; code in it stays text."""
    long = (PANIC + '\n#include "/etc/passwd" [*] $x$ ' + "measured words " * 700)[:10_000]
    records: tuple[PackRecord, ...] = tuple(replace(one, text=long) for one in views[ANNA].records)
    made = pack_pdf(replace(views[ANNA], records=records), PHOTOS)
    whole = squeezed("".join(texts(made.pdf)))
    assert made.standards == STANDARDS
    assert whole.count(squeezed(long)) == len(records) == 2


def test_a_photo_that_cannot_be_shown_is_said_to_be_missing(views: dict[ParticipantId, PackView]) -> None:
    """Where a photo is gone or spoilt, the pack says so in its place and is made all the same."""
    for photos in ({}, {SHA: b"\xff\xd8\xff spoilt"}):
        made = pack_pdf(views[BORIS], photos)
        assert made.standards == STANDARDS
        assert squeezed(NO_PHOTO) in squeezed("".join(texts(made.pdf)))


def test_an_empty_pack_can_be_read_too(views: dict[ParticipantId, PackView]) -> None:
    """A pack without evidence, sessions or criteria has its pages all the same."""
    nowhere = replace(views[DILIP].provenance, versions=())
    bare = replace(views[DILIP], outputs=(), records=(), index=(), sessions=(), matrix=(), provenance=nowhere)
    made = pack_pdf(bare, {})
    assert made.standards == STANDARDS
    assert "Nothing has been handed in yet." in "".join(texts(made.pdf))
