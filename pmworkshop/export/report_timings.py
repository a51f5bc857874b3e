"""Planned and actual minutes over all deliveries: the picture of each segment, and all of it as CSV."""

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from pmworkshop.drawing.together import along, disc, drawing, ident, stroke
from pmworkshop.export.report_csv import COHORT, Field, as_csv
from pmworkshop.live.views.reports.report import ReportView
from pmworkshop.live.views.timings import SegmentTimes, SessionTimes

SHOWN: Final = 6
"""So many deliveries stand beside each other on a page, the newest; all of them are in the CSV."""
MIDDLE: Final = 14
"""How far from the top of its picture a segment's line is drawn."""
HEADS: Final = (
    "Session",
    "Segment",
    "Planned minutes",
    "Median minutes",
    "Shortest",
    "Longest",
    "Times skipped",
    "Delivery",
    "Day",
    "Planned then",
    "Minutes",
    "What became of it",
    "Start corrected",
    "Session started late by",
    "Pauses in the session",
)


def strip(one: SegmentTimes, longest: int, *key: object) -> Markup:
    """Draw minutes from 0 to `longest`: a bar across where it was planned, a disc for each delivery that counts."""
    planned = along(one.planned / max(longest, 1))
    parts = [stroke("drawn-axis", (along(0), MIDDLE), (along(1), MIDDLE))]
    parts += [disc("drawn-dot", along(took / max(longest, 1)), MIDDLE, 6) for took in one.counted]
    parts.append(stroke("drawn-apart", (planned, MIDDLE - 11), (planned, MIDDLE + 11), "#222"))
    took = ", ".join(str(minutes) for minutes in one.counted) or "nothing yet"
    name = f"{one.title}: planned {one.planned} min, took {took}"
    return drawing(ident("strip", *key), 2 * MIDDLE, name, parts)


def timings_csv(view: ReportView) -> bytes:
    """Return a line for each delivery of each segment, the oldest first, with the segment's figures beside it."""
    rows = (row for one in view.timings for row in _rows(one))
    mine = (view.origin.cohort, view.origin.mark)
    return as_csv([[*COHORT, *HEADS], *([*mine, *row] for row in rows)])


def _rows(session: SessionTimes) -> Iterator[list[Field]]:
    for segment in session.segments:
        counted = segment.counted
        figures: list[Field] = [
            segment.planned,
            segment.median,
            min(counted, default=None),
            max(counted, default=None),
            segment.skipped,
        ]
        for ran, took in zip(session.deliveries, segment.took, strict=True):
            yield [
                session.title,
                segment.title,
                *figures,
                ran.cohort,
                ran.day,
                took.planned,
                took.minutes,
                took.standing,
                "yes" if took.corrected else "",
                ran.late,
                ran.pauses,
            ]
