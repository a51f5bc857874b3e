"""A pack as a Word document, opened again: everything that is due once, real headings, tables and links, fixed bytes."""

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from pmworkshop.core.ids import ParticipantId
from pmworkshop.export.pack_docx import ASSIGNMENT, pack_docx
from pmworkshop.export.pack_words import NO_PHOTO, OUTPUTS, moment
from tests.export.marked import MARK, PEOPLE, due, strangers, typed
from tests.export.pack_cohort import ANNA, BORIS, DILIP, NAMES, PHOTOS, STRANGE, Day

OFFICE = shutil.which("soffice")


def opened(day: Day, person: ParticipantId) -> Any:
    return Document(io.BytesIO(pack_docx(day.view(person), PHOTOS)))


def lines(document: Any) -> Iterator[tuple[str, str]]:
    """Yield every paragraph's style and text in order, those in tables too."""
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            yield str(part.style.name if part.style else ""), part.text
        elif isinstance(part, Table):
            for cell in part._cells:
                yield from (
                    (f"cell {one.style.name if one.style else ''}", one.text) for one in cell.paragraphs
                )


def below(document: Any, heading: str) -> list[tuple[str, str]]:
    """Return the paragraphs from a heading of the first level to the next one."""
    found: list[tuple[str, str]] = []
    inside = False
    for style, text in lines(document):
        inside = text == heading if style == "Heading 1" else inside
        found += [(style, text)] if inside else []
    return found


@pytest.mark.parametrize("person", PEOPLE)
def test_every_answer_is_there_once_and_nobody_elses(marked_day: Day, person: ParticipantId) -> None:
    """Every answer that is due stands once in its output; no file of the document holds anything of others, or private."""
    view = marked_day.view(person)
    made = pack_docx(view, {})
    answers = [
        text for style, text in below(Document(io.BytesIO(made)), OUTPUTS) if not style.startswith("Heading")
    ]
    assert Counter(mark for one in answers for mark in MARK.findall(one)) == due(marked_day, person)
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        text = "".join(packed.read(name).decode("latin-1") for name in packed.namelist())
    assert set(MARK.findall(text)) == set(due(marked_day, person))
    assert [one.pattern for one in strangers(person, view) if one.search(text)] == []


@pytest.mark.parametrize("person", [ANNA, STRANGE])
def test_answers_are_kept_as_they_were_written(spring: Day, person: ParticipantId) -> None:
    """Long, foreign and hostile answers stand in the document letter by letter, lines and all."""
    found = {text for _, text in lines(opened(spring, person))}
    assert len(typed(spring, person)) > 10
    assert typed(spring, person) - found == set()
    assert {one.text for one in spring.view(person).records} <= found


def test_a_text_from_the_right_runs_from_the_right(spring: Day) -> None:
    """A paragraph in Arabic begins at the right edge, and one in English does not."""
    bidi = {
        bool(one._p.xpath("w:pPr/w:bidi")): one.text for one in opened(spring, STRANGE).paragraphs if one.text
    }
    assert re.search(r"[\u0600-\u06ff]", bidi[True])
    assert not re.match(r"[\u0600-\u06ff]", bidi[False])


@pytest.mark.parametrize("person", NAMES)
def test_it_is_made_of_real_headings_tables_and_links(spring: Day, person: ParticipantId) -> None:
    """No level of heading is skipped, every table's head repeats, every link leads to a bookmark of its own name."""
    document = opened(spring, person)
    levels = [int(style[-1]) for style, _ in lines(document) if style.startswith("Heading")]
    assert len(levels) > 15
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert document.tables
    for table in document.tables:
        assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader"), table.rows[0].cells[0].text
    body = document.element.body
    marks = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len(set(marks))
    led = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    assert {one.number for one in spring.view(person).index} <= led <= set(marks)


def test_it_says_whose_it_is_and_when(spring: Day) -> None:
    """Its properties name the learner, the language and the record's time; head and foot stand on every page."""
    for person, mark in ((ANNA, ""), (BORIS, "DRAFT"), (DILIP, "DRAFT")):
        document, name = opened(spring, person), NAMES[person]
        said = document.core_properties
        assert (said.author, said.language, said.title) == (name, "en-GB", f"Evidence pack: {name}, 8600-323")
        assert said.created == said.modified == moment(spring.view(person).at)
        section = document.sections[0]
        assert section.header.paragraphs[0].text == f"Evidence pack: {name}\t{mark}"
        asked = [one.text.strip() for one in section.footer._element.iter(qn("w:instrText"))]
        assert asked == ["PAGE", "NUMPAGES"]


def test_photos_have_words_or_are_named_as_lost(spring: Day) -> None:
    """A photo has its words for whoever does not see it; one that is lost, or is no photo, is said to be missing."""
    view = spring.view(ANNA)
    wanted = [photo.alt for one in view.outputs for photo in one.photos]
    drawn = [one.get("descr") for one in opened(spring, ANNA).element.body.iter(qn("wp:docPr"))]
    assert drawn == wanted
    for photos in ({}, dict.fromkeys(PHOTOS, b"no picture"), dict.fromkeys(PHOTOS, b"\xff\xd8\xff\xe0cut")):
        found = [text for _, text in lines(Document(io.BytesIO(pack_docx(view, photos))))]
        assert found.count(NO_PHOTO) == len(wanted)


def test_the_assignment_is_laid_out(spring: Day) -> None:
    """At the end is a heading for each learning outcome, its criteria word for word, and the evidence for each."""
    view = spring.view(ANNA)
    found = below(opened(spring, ANNA), ASSIGNMENT)
    headings = [text for style, text in found if style == "Heading 2"]
    assert headings == [f"Learning outcome {one.id}: {one.title}" for one in view.matrix]
    criteria = [one for outcome in view.matrix for one in outcome.criteria]
    assert [text for style, text in found if style == "Criterion"] == [
        f"{one.id} {one.text}" for one in criteria
    ]
    evidence = [text for style, text in found if text.startswith("Evidence: ")]
    assert len(evidence) == len(criteria) == 11
    for one, text in zip(criteria, evidence, strict=True):
        assert re.findall(r"E\d\d", text) == list(dict.fromkeys(number for number, _ in one.evidence))


def test_the_same_view_gives_the_same_bytes(spring: Day) -> None:
    """A pack that is made again does not differ by a byte, and no byte hangs on a compressor or on a clock."""
    made = pack_docx(spring.view(STRANGE), PHOTOS)
    assert made == pack_docx(spring.view(STRANGE), PHOTOS)
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert {one.compress_type for one in packed.infolist()} == {zipfile.ZIP_STORED}
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.testzip() is None


@pytest.mark.skipif(OFFICE is None and "CI" not in os.environ, reason="LibreOffice is not installed here")
@pytest.mark.parametrize("person", [ANNA, STRANGE])
def test_libreoffice_opens_it(spring: Day, person: ParticipantId, tmp_path: Path) -> None:
    """Another word processor reads every answer out of it, with all of their lines."""
    assert OFFICE is not None, "install libreoffice-writer-nogui"
    (tmp_path / "pack.docx").write_bytes(pack_docx(spring.view(person), PHOTOS))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    asked = [OFFICE, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "pack.docx"]
    subprocess.run(asked, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    read = " ".join((tmp_path / "pack.txt").read_text("utf-8-sig").split())
    assert [one for one in typed(spring, person) if " ".join(one.split()) not in read] == []
