"""A cohort's reports as files, by name: what each is, and which to open first."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from pmworkshop.export.report_calendar import calendar
from pmworkshop.export.report_csv import coverage_csv, register_csv, sessions_csv
from pmworkshop.export.report_html import coverage_html, evaluation_html, index_html, timings_html
from pmworkshop.export.report_pdf import register_pdf, sessions_pdf
from pmworkshop.export.report_timings import timings_csv
from pmworkshop.live.views.reports.report import ReportView

INDEX: Final = "index.html"
FILES: Final[Mapping[str, tuple[str, str, Callable[[ReportView], bytes]]]] = {
    "coverage.html": (
        "Coverage",
        "Participants against criteria: what their evidence supports, what is not there yet, who has signed.",
        coverage_html,
    ),
    "coverage.csv": ("Coverage as a table", "The same for a spreadsheet.", coverage_csv),
    "attendance-register.pdf": (
        "Attendance register",
        "Who came, came late and left early, with registration numbers and room for signatures.",
        lambda view: register_pdf(view).pdf,
    ),
    "attendance-register.csv": ("Attendance as a table", "The same for a spreadsheet.", register_csv),
    "session-records.pdf": (
        "Session records",
        "Each session as planned and as run: times, pauses, what was looked for, the day's notes.",
        lambda view: sessions_pdf(view).pdf,
    ),
    "session-records.csv": ("Session records as a table", "The same for a spreadsheet.", sessions_csv),
    "timings.html": (
        "Planned and actual",
        "How long each segment was planned and how long it took, over all deliveries of these sessions.",
        timings_html,
    ),
    "timings.csv": ("Planned and actual as a table", "The same for a spreadsheet.", timings_csv),
    "evaluation.html": (
        "Evaluation",
        "What people thought of the sessions, without names, and how sure they felt before and after.",
        evaluation_html,
    ),
    "follow-up.ics": (
        "What to follow up",
        "For your diary: the centre's reviews, and the dates of goals and plans. It names people.",
        lambda view: calendar(view.origin.cohort, view.follow_ups, view.origin.at, view.origin.mark),
    ),
}
"""Every report but the index: its name, its title, what it is, and what makes it."""


def report_files(view: ReportView) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each report, the index last. The same view gives the same bytes.

    Raises `TypesettingError` where a paper cannot be set.
    """
    for name, (_, _, make) in FILES.items():
        yield name, make(view)
    yield INDEX, index_html(view, [(name, title, what) for name, (title, what, _) in FILES.items()])
