"""Reports as CSV, for a spreadsheet: UTF-8 with a byte order mark, so that Excel reads every script.

What somebody wrote is never a formula: text that a spreadsheet would take for one gets an apostrophe before it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pmworkshop.core.text import clean
from pmworkshop.core.unit import Criterion
from pmworkshop.live.views.reports.coverage import Behind
from pmworkshop.live.views.reports.report import ReportView
from pmworkshop.live.views.reports.sessions import NoteLine, SegmentReport, SessionReport

Field = str | int | None
FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001  # some spreadsheets take wide signs as well
APOSTROPHE: Final = "'"


def as_csv(rows: Iterable[Sequence[Field]]) -> bytes:
    """Return rows as CSV. Texts are cleaned and made harmless, numbers stay numbers, None is empty."""
    written = io.StringIO()
    csv.writer(written).writerows([_field(one) for one in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _field(given: Field) -> str:
    if given is None or isinstance(given, int):
        return "" if given is None else str(given)
    text = clean(given)
    return f"{APOSTROPHE}{text}" if text.lstrip(" \xa0").startswith(FORMULA) else text


def register_csv(view: ReportView) -> bytes:
    """Return the attendance register, a line for each person."""
    sessions = view.register.sessions
    heads = [
        f"{one.title}, {one.day}: {what}" if one.day else f"{one.title}: {what}"
        for one in sessions
        for what in ("arrival", "late at", "left at")
    ]
    rows = (
        [
            *_cohort(view),
            row.name,
            row.organisation,
            row.registration,
            "yes" if row.walk_in else "",
            *(text for one in row.sessions for text in (one.arrival, one.late, one.left)),
        ]
        for row in view.register.rows
    )
    return as_csv([[*COHORT, "Name", "Organisation", "Registration number", "Walk-in", *heads], *rows])


COHORT: Final = ("Cohort", "Mark")


def _cohort(view: ReportView) -> tuple[str, str]:
    return view.origin.cohort, view.origin.mark


def coverage_csv(view: ReportView) -> bytes:
    """Return the coverage matrix, a line for each person: the words, and the numbers of the evidence in their pack."""
    criteria = [one for outcome in view.coverage.outcomes for one in outcome.criteria]
    rows: list[list[Field]] = [
        [
            *_cohort(view),
            row.name,
            row.registration,
            *(text for one in row.behind for text in (one.cell.words, _numbers(one))),
            row.supported,
            row.signed.words,
            "; ".join(row.signed.why),
        ]
        for row in view.coverage.rows
    ]
    heads = [text for one in criteria for text in (_criterion(one), f"{one.id} evidence")]
    last = ("Criteria supported", "Signature", "Why it no longer holds")
    return as_csv([[*COHORT, "Name", "Registration number", *heads, *last], *rows])


def _criterion(one: Criterion) -> str:
    return f"{one.id} {one.text}"


def _numbers(behind: Behind) -> str:
    return ", ".join(f"{number} {kind}".strip() for number, _, kind, _ in behind.evidence)


def sessions_csv(view: ReportView) -> bytes:
    """Return every session as planned and as run, a line for each segment, and one for notes outside of any."""
    heads = ("Session", "Day", "Segment", "State", "Planned", "Actual", "Planned minutes", "Actual minutes")
    more = ("Difference in minutes", "Start corrected", "Run as", "Looked for", "Handed in", "Notes")
    rows: list[list[Field]] = [row for one in view.sessions for row in _session(view, one)]
    return as_csv([[*COHORT, *heads, *more], *rows])


def _session(view: ReportView, one: SessionReport) -> Iterator[list[Field]]:
    before: list[Field] = [*_cohort(view), one.title, one.day]
    if not one.run:
        yield [*before, "", one.headline, *[None] * 10]
    for segment in one.segments:
        yield [*before, *_segment(segment)]
    if one.notes:
        yield [*before, "Before or after the session", *[None] * 10, _notes(one.notes)]


def _segment(one: SegmentReport) -> list[Field]:
    looked = (f"{'seen' if seen else 'not ticked'}: {text}" for text, seen in one.looked_for)
    return [
        one.title,
        one.status,
        one.planned,
        one.actual,
        one.planned_minutes,
        one.actual_minutes,
        one.difference,
        "yes" if one.corrected else "",
        "; ".join(one.options),
        "; ".join(looked),
        "; ".join(one.handed_in),
        _notes(one.notes),
    ]


def _notes(notes: Iterable[NoteLine]) -> str:
    return "\n".join(
        f"{one.at} {one.kind}: {one.text}{f' ({one.owner})' if one.owner else ''}" for one in notes
    )
