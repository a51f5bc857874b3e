"""The centre's reports say what the record says: tables, papers, and what people thought."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from icalendar import Calendar

from pmworkshop.core import commands as c
from pmworkshop.core.coverage import coverage
from pmworkshop.core.people import Person
from pmworkshop.export.report_csv import as_csv, coverage_csv, register_csv, sessions_csv
from pmworkshop.export.report_files import INDEX, report_files
from pmworkshop.live.views.reports.coverage import numbered
from pmworkshop.live.views.summary import notes_view, summary_view
from tests.export.pack_cohort import Day
from tests.export.pdf_words import words
from tests.export.report_cohort import (
    AMARA,
    FORMULA,
    NAMES,
    PEOPLE,
    begun,
    cohort,
    open_session,
    take_up,
    view_of,
)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    found = cohort(tmp_path_factory.mktemp("reports") / "journal.db")
    yield found
    found.close()


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def written(name: str) -> str:
    """Return how a name stands in a spreadsheet."""
    return f"'{name}" if name == FORMULA else name


def test_the_register_has_everybody_once_with_how_they_attended(day: Day) -> None:
    """Each person is one line; late and left early come with their times, and unmarked is said."""
    rows = {row["Name"]: row for row in table(register_csv(view_of(day)))}
    assert set(rows) == {written(name) for name in NAMES}
    first = "Session A, 1 March 2027: "
    late, left, unmarked = rows[NAMES[5]], rows["Bronwen Pugh"], rows[NAMES[7]]
    assert (late[f"{first}arrival"], late[f"{first}late at"]) == ("late", "09:39")
    assert (left[f"{first}arrival"], left[f"{first}left at"]) == ("present", "12:24")
    assert unmarked[f"{first}arrival"] == "not marked"
    assert rows["../../x"][f"{first}arrival"] == "absent"
    assert rows["Amara Okafor"]["Registration number"] == "ILM-000"


def test_coverage_says_what_the_rules_say_and_numbers_evidence_as_packs_do(day: Day) -> None:
    """Every cell is the rule's own words, never “passed”, and E-numbers are those of the person's pack."""
    state, rows = day.workshop.state, {row["Name"]: row for row in table(coverage_csv(view_of(day)))}
    for who, name in zip(PEOPLE, NAMES, strict=True):
        row = rows[written(name)]
        for standing in coverage(state, who):
            assert row[f"{standing.criterion.id} {standing.criterion.text}"] == standing.words
        assert row["Criteria supported"] == str(sum(one.level == "supports" for one in coverage(state, who)))
    assert rows["Amara Okafor"]["1.1 evidence"] == "E01 group work"
    assert {one.number for one in day.view(AMARA).index} == set(numbered(state, AMARA).values())
    for one in day.view(AMARA).outputs:
        assert numbered(state, AMARA)[one.output] == one.number
    signed = {name: row["Signature"] for name, row in rows.items()}
    assert signed["Amara Okafor"].endswith("and for the centre")
    assert signed[NAMES[3]].endswith("no longer holds")
    assert "no longer goes in" in rows[NAMES[3]]["Why it no longer holds"]
    pages = "".join(
        content.decode() for name, content in report_files(view_of(day)) if name.startswith("coverage")
    )
    assert not re.search(r"\b(passed|pass|failed|graded)\b", pages, re.IGNORECASE)


def test_session_records_hold_plan_and_day_with_every_note(day: Day) -> None:
    """Each segment stands once as planned and as run; notes are verbatim, those from before the session too."""
    state, rows = day.workshop.state, table(sessions_csv(view_of(day)))
    for delivery in state.deliveries.values():
        mine = [row for row in rows if row["Session"] == delivery.session.title and row["State"]]
        planned = summary_view(state, delivery, day.workshop.newest).rows
        assert [(row["Segment"], row["Planned"]) for row in mine] == [
            (one.title, one.planned) for one in planned
        ]
        for row, one in zip(mine, planned, strict=True):
            assert row["Actual"] == ("" if one.status == "skipped" else one.actual)
            assert row["Actual minutes"] == ("" if one.actual_minutes is None else str(one.actual_minutes))
    notes = "\n".join(row["Notes"] for row in rows)
    for note in notes_view(state):
        assert notes.count(note.text) == 1
    assert rows[0]["Looked for"].startswith("seen: ")
    assert "1 (4 min)" in dict(view_of(day).sessions[0].facts)["Pauses"]


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "\n+1", "＝1"])  # noqa: RUF001
def test_a_spreadsheet_takes_nothing_for_a_formula(hostile: str) -> None:
    """Whatever a text begins with, its cell begins with a sign that no spreadsheet calculates; numbers stay numbers."""
    ((text, number),) = csv.reader(io.StringIO(as_csv([[hostile, -3]]).decode("utf-8-sig")))
    assert text.startswith("'")
    assert number == "-3"


def test_what_people_thought_shows_only_from_enough_of_them(day: Day) -> None:
    """Below the number there is no figure and no sentence of theirs on the page; from it on, both."""
    pages = {
        at_least: dict(report_files(view_of(day, at_least)))["evaluation.html"].decode()
        for at_least in (7, 8)
    }
    assert "The trios." in pages[7]
    assert "&lt;b&gt;The cards&lt;/b&gt;" in pages[7]
    assert "4 of 7" in pages[7]
    assert "The trios." not in pages[8]
    assert "7 handed in" in pages[8]
    assert "4 of 7" not in pages[8]


def test_before_and_after_are_of_the_same_people(day: Day) -> None:
    """Six of eight marked twice: their means alone are shown, and not even those where six are too few."""
    (found,) = view_of(day).evaluation.compared
    assert found.people == 6
    firsts = [1 + who % 4 for who in range(6)]
    assert found.rows[0].first == round(sum(firsts) / 6 * 10)
    assert found.rows[0].last == found.rows[0].first + 10
    (hidden,) = view_of(day, 7).evaluation.compared
    assert (hidden.people, hidden.rows) == (6, ())


def test_papers_can_be_read_by_everybody(day: Day) -> None:
    """The PDFs are tagged, in English, titled, keep both standards, and head their tables as such."""
    files = dict(report_files(view_of(day)))
    for name in ("attendance-register.pdf", "session-records.pdf"):
        with pikepdf.open(io.BytesIO(files[name])) as paper:
            assert paper.Root.MarkInfo.Marked
            assert str(paper.Root.Lang) == "en-GB"
            assert "spring-2027" in str(paper.docinfo.Title)
            with paper.open_metadata() as meta:
                assert (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"]) == (
                    "1",
                    "2",
                    "A",
                )
            assert {"/TH", "/H1", "/Table"} <= set(_tags(paper.Root.StructTreeRoot))
            text = "".join(words(page) for page in paper.pages)
        for person in NAMES[:4]:
            assert "".join(person.split()) in text
    assert "#panic()" in text
    assert "ownrecord:namesmaystandinit" in text


def _tags(node: pikepdf.Object) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _tags(one)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S)
        if "/K" in node:
            yield from _tags(node.K)


def test_the_same_journal_gives_the_same_reports(day: Day) -> None:
    """Every file is the same, byte for byte, each time."""
    assert dict(report_files(view_of(day))) == dict(report_files(view_of(day)))


def test_pages_need_nothing_from_outside_and_obey_nobodys_markup(day: Day) -> None:
    """No page names another machine or holds a script; every file that the index links to is there."""
    files = dict(report_files(view_of(day)))
    for name in (INDEX, "coverage.html", "evaluation.html"):
        page = files[name].decode()
        assert not re.search(
            r"<script|<link|<img|@import|url\(|(src|href)=\"(?!#|[a-z-]+\.(html|csv|pdf|ics)\")", page
        )
        assert "default-src 'none'" in page
    linked = set(re.findall(r'href="([a-z.-]+)"', files[INDEX].decode()))
    assert linked == set(files) - {INDEX}


def test_a_cohort_with_nobody_and_nothing_says_so(tmp_path: Path) -> None:
    """Before anybody came and anything was run, every report is there and says what is missing; a demonstration is marked."""
    day = begun(tmp_path / "journal.db", demonstration=True)
    try:
        files = dict(report_files(view_of(day)))
        pages = {name: content.decode() for name, content in files.items() if name.endswith(".html")}
        assert "Nothing has been taken up" in pages["coverage.html"]
        assert "No evaluation was held" in pages["evaluation.html"]
        assert "No date has been set yet" in pages[INDEX]
        assert all(page.count("DEMONSTRATION") >= 2 for page in pages.values())
        assert not list(Calendar.from_ical(files["follow-up.ics"]).walk("VEVENT"))
        assert table(files["attendance-register.csv"]) == []
        for name in ("attendance-register.pdf", "session-records.pdf"):
            with pikepdf.open(io.BytesIO(files[name])) as paper:
                assert all("DEMONSTRATION" in words(page) for page in paper.pages)
                assert "Nosession" in "".join(words(page) for page in paper.pages)
    finally:
        day.close()


def test_a_session_that_was_only_prepared_has_a_register_to_sign(tmp_path: Path) -> None:
    """Before the day nobody is absent and nothing was run, and an open box says that its sheets still count later."""
    day = begun(tmp_path / "journal.db")
    try:
        day.do(-40, c.AddParticipants(people=((AMARA, Person(name="Amara Okafor")),)))
        open_session(day, "session-a", 0)
        take_up(day, "evaluation")
        day.do(-10, c.OpenActivity(exercise_id="evaluation"))
        view = view_of(day)
        (row,) = view.register.rows
        assert [one.words for one in row.sessions] == [""]
        assert (view.sessions[0].headline, view.sessions[0].segments) == ("Not run yet", ())
        assert view.follow_ups == ()
        assert "Still open." in dict(report_files(view))["evaluation.html"].decode()
    finally:
        day.close()
