"""Reports about a cohort: all of them made, then each written aside and named last, the index at the very end.

A folder without an index holds no whole report; an index that is about something else is left alone.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pmworkshop import __version__, library
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.state import Cohort
from pmworkshop.export.report_files import FILES, INDEX, report_files
from pmworkshop.export.typesetting import TypesettingError
from pmworkshop.live.views.activity import AGGREGATE_FROM
from pmworkshop.live.views.reports.report import ReportView, report_view
from pmworkshop.wiring.exporting import Held, Progress
from pmworkshop.wiring.places import there
from pmworkshop.wiring.writing import target_folder, write_whole

REPORT = "report"
"""The folder within a cohort's exports that its reports go to unless another one is named."""
GENERATOR = re.compile(rb'<meta name="generator" content="pmworkshop report ([0-9a-f]+)">')
BEGINNING = 2_000


def shown_from(kit: Path) -> int:
    """Return from how many people up the kit's course shows what they said together. Raises `LibraryError`."""
    course = library.load_kit(kit).course
    return course.results_from if course else AGGREGATE_FROM


def view_of(data: Held, at_least: int, others: Sequence[Cohort] = ()) -> ReportView:
    """Return what a cohort's reports say; what people said together shows from `at_least` of them up."""
    return report_view(data.state, data.at, data.head, f"pmworkshop {__version__}", at_least, others)


def write_reports(
    data: Held,
    to: Path,
    at_least: int,
    *,
    others: Sequence[Cohort] = (),
    progress: Progress = lambda _done, _of, _name: None,
) -> tuple[Path, ...] | Refusal:
    """Write a cohort's reports into the folder `to`, in the place of earlier ones; return their paths, the index first.

    How long sessions took is told over the deliveries of `others` too.
    """
    view, index = view_of(data, at_least, others), to / INDEX
    words = _in_the_way(index, view.origin.key)
    if words:
        return refuse(words)
    made: dict[str, bytes] = {}
    try:
        for name, content in report_files(view):
            progress(len(made), len(FILES) + 1, name)
            made[name] = content
    except TypesettingError as trouble:
        return refuse(f"No report was written. {trouble}")
    finally:
        progress(0, 0, "")
    return _written(to, made) or (index, *(to / name for name in FILES))


def _written(to: Path, made: dict[str, bytes]) -> Refusal | None:
    trouble = target_folder(to)
    if trouble is None:
        with suppress(OSError):
            (to / INDEX).unlink(missing_ok=True)
    for name, content in made.items():
        trouble = trouble or write_whole(to / name, content)
    return trouble


def _in_the_way(index: Path, key: str) -> str:
    """Say why an index that is there must not be written over; nothing where it may."""
    if not there(index, Path.is_file):
        return ""
    try:
        with index.open("rb") as file:
            found = GENERATOR.search(file.read(BEGINNING))
    except OSError as error:
        return f"{index} cannot be read ({error.strerror}), so it is left alone. Name another folder (--to)."
    if found is None:
        return f"{index} is not one of our reports, so it is left alone. Name another folder (--to)."
    if found[1].decode() != key:
        return f"{index} is the report of another cohort, so it is left alone. Name a folder for this one (--to)."
    return ""
