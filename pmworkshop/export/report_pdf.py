"""Reports on paper: the attendance register, with room to sign, and the sessions as planned and as run."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from pmworkshop.export.typesetting import Typeset, typeset
from pmworkshop.live.views.reports.register import RegisterRow
from pmworkshop.live.views.reports.report import Origin, ReportView

BESIDE: Final = 2
"""So many sessions stand beside each other on one sheet, each with room to sign."""
BLANK: Final = 12
"""Empty lines where nobody is on the register yet."""


def register_pdf(view: ReportView) -> Typeset:
    """Return the attendance register: people against sessions, two sessions to a sheet."""
    data = _origin(view.origin) | {"sheets": list(_sheets(view))}
    return typeset("report-register.typ", data, title=_title("Attendance register", view), at=view.origin.at)


def sessions_pdf(view: ReportView) -> Typeset:
    """Return every session as planned and as run, with what was noted."""
    data = _origin(view.origin) | {"sessions": [asdict(one) for one in view.sessions]}
    return typeset("report-sessions.typ", data, title=_title("Session records", view), at=view.origin.at)


def _title(what: str, view: ReportView) -> str:
    return f"{what}: {view.origin.cohort}"


def _origin(origin: Origin) -> dict[str, Any]:
    return {"origin": asdict(origin)}


def _sheets(view: ReportView) -> Iterator[dict[str, Any]]:
    sessions, rows = view.register.sessions, view.register.rows
    for start in range(0, max(len(sessions), 1), BESIDE):
        here = slice(start, start + BESIDE)
        yield {
            "sessions": [asdict(one) for one in sessions[here]],
            "rows": [_row(number, row, here) for number, row in enumerate(rows, 1)]
            or _blank(len(sessions[here])),
        }


def _row(number: int, row: RegisterRow, here: slice) -> dict[str, Any]:
    return {
        "number": str(number),
        "name": row.name,
        "organisation": row.organisation,
        "registration": row.registration,
        "walk_in": row.walk_in,
        "attended": [one.words for one in row.sessions[here]],
    }


def _blank(sessions: int) -> list[dict[str, Any]]:
    nobody = RegisterRow(name="", organisation="", registration="", walk_in=False, sessions=())
    return [_row(number, nobody, slice(0)) | {"attended": [""] * sessions} for number in range(1, BLANK + 1)]
