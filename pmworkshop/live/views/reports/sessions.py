"""Each session as planned and as run, segment by segment, with what was looked for, noted and handed in."""

from collections import Counter
from collections.abc import Iterable

from pmworkshop.core.plan import SegmentId
from pmworkshop.core.state import Cohort, Delivery, Note
from pmworkshop.core.text import matching
from pmworkshop.core.units import Instant, wall_clock
from pmworkshop.core.value import value
from pmworkshop.live.views.reports.register import attendance, day_held, in_order
from pmworkshop.live.views.summary import Happened, summary_view


@value
class NoteLine:
    """One note as it is worded now; `kind` note, flip-chart, observation or parking lot."""

    at: str
    kind: str
    text: str
    owner: str


@value
class SegmentReport:
    """One segment, planned and actual; `actual` is empty and `minutes` None where it was not run.

    `looked_for` are pairs of what was looked for and whether it was seen; `handed_in` such as “Ten practices: 8”.
    """

    title: str
    is_break: bool
    planned: str
    actual: str
    planned_minutes: int
    actual_minutes: int | None
    difference: int | None
    said_difference: str
    status: str
    corrected: bool
    options: tuple[str, ...]
    looked_for: tuple[tuple[str, bool], ...]
    handed_in: tuple[str, ...]
    notes: tuple[NoteLine, ...]


@value
class SessionReport:
    """One session; `facts` are pairs of heading and words, `attendance` of name and words."""

    title: str
    day: str
    run: bool
    headline: str
    attended: str
    facts: tuple[tuple[str, str], ...]
    segments: tuple[SegmentReport, ...]
    notes: tuple[NoteLine, ...]
    attendance: tuple[tuple[str, str], ...]


def session_reports(state: Cohort, at: Instant) -> tuple[SessionReport, ...]:
    """Return every session as it stood `at` that moment, in the order in which they were held."""
    return tuple(_session(state, one, at) for one in in_order(state))


def _session(state: Cohort, delivery: Delivery, at: Instant) -> SessionReport:
    view = summary_view(state, delivery, at)
    notes = [one for one in state.notes.values() if one.delivery == delivery.id]
    people = sorted(state.participants.values(), key=lambda one: (matching(one.name), one.id))
    ran = delivery.started
    return SessionReport(
        title=view.title,
        day=day_held(state, delivery),
        run=ran,
        headline=view.headline if ran else "Not run yet",
        attended=view.attended if ran else "",
        facts=_facts(delivery, view.started, view.pauses) if ran else (),
        segments=tuple(_segment(state, delivery, one, notes) for one in view.rows) if ran else (),
        notes=_lines(
            delivery, (one for one in notes if delivery.segment(one.segment or SegmentId("")) is None)
        ),
        attendance=tuple((one.name, attendance(delivery, one).words) for one in people) if ran else (),
    )


def _facts(delivery: Delivery, started: str, pauses: str) -> tuple[tuple[str, str], ...]:
    session = delivery.session
    steps = len(delivery.clock_steps)
    found = (
        ("Planned", f"{session.start} to {session.end}{' (an assumption)' if session.end_assumed else ''}"),
        ("Started", f"{started}, the plan was moved with it" if delivery.moved else started),
        ("Pauses", pauses),
        ("Time zone", delivery.zone),
        (
            "Laptop's clock",
            f"was set {steps} time{'' if steps == 1 else 's'}; the times here run evenly" if steps else "",
        ),
    )
    return tuple((heading, words) for heading, words in found if words)


def _segment(state: Cohort, delivery: Delivery, row: Happened, notes: Iterable[Note]) -> SegmentReport:
    segment = delivery.segment(row.segment)
    looked = segment.look_for if segment else ()
    options = segment.options.of if segment and segment.options else ()
    chosen = delivery.chosen.get(row.segment, ())
    done = row.status in ("done", "current")
    return SegmentReport(
        title=row.title,
        is_break=segment is not None and segment.kind == "break",
        planned=row.planned,
        actual=row.actual if done else "",
        planned_minutes=row.planned_minutes,
        actual_minutes=row.actual_minutes,
        difference=None if row.actual_minutes is None else row.actual_minutes - row.planned_minutes,
        said_difference=row.difference,
        status=row.status,
        corrected=row.corrected,
        options=tuple(one.title for one in options if one.id in chosen),
        looked_for=tuple((text, (row.segment, place) in delivery.seen) for place, text in enumerate(looked)),
        handed_in=_handed_in(state, delivery, row.segment),
        notes=_lines(delivery, (one for one in notes if one.segment == row.segment)),
    )


def _handed_in(state: Cohort, delivery: Delivery, segment: SegmentId) -> tuple[str, ...]:
    here = (
        one.exercise_id
        for one in state.outputs.values()
        if one.delivery == delivery.id and one.segment == segment and one.withdrawn is None
    )
    return tuple(f"{state.editions[name][-1].title}: {count}" for name, count in Counter(here).items())


def _lines(delivery: Delivery, notes: Iterable[Note]) -> tuple[NoteLine, ...]:
    """Return notes as they are worded now, the first first."""
    return tuple(
        NoteLine(
            at=wall_clock(one.wordings[0].at, delivery.utc_offset),
            kind=one.newest.kind,
            text=one.newest.text,
            owner=one.newest.owner or "",
        )
        for one in sorted(notes, key=lambda one: one.wordings[0].at)
    )
