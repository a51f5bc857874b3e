"""What the centre gets about a cohort as a whole; every report is made from this, so that no two disagree.

It is the trainer's own, so names may stand in it. Nothing private is in it, and of sheets without a name only what
enough people gave together. All times are words, local to the session.
"""

import hashlib
from collections.abc import Sequence

from pmworkshop.core.state import Cohort
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value
from pmworkshop.live.views.activity import AGGREGATE_FROM
from pmworkshop.live.views.days import said_at
from pmworkshop.live.views.follow_ups import FollowUp, follow_ups
from pmworkshop.live.views.reports.coverage import CoverageReport, coverage_report
from pmworkshop.live.views.reports.evaluation import Evaluation, evaluation
from pmworkshop.live.views.reports.register import Register, register
from pmworkshop.live.views.reports.sessions import SessionReport, session_reports
from pmworkshop.live.views.timings import SessionTimes, cohort_times


@value
class Origin:
    """Whom and what a report is about, and which state of the record it was made from.

    `key`, letters and figures, is no other cohort's. `mark` is DEMONSTRATION or REHEARSAL, for every page; `made` says
    when the newest event came. What the centre has not said of itself is empty.
    """

    cohort: str
    key: str
    mark: str
    centre: str
    unit: str
    at: Instant
    made: str
    head_seq: int
    head_hash: str
    software: str
    retention: str
    erased: bool


@value
class ReportView:
    """All that the reports say. `timings` are over the deliveries of other cohorts too."""

    origin: Origin
    register: Register
    coverage: CoverageReport
    sessions: tuple[SessionReport, ...]
    evaluation: Evaluation
    follow_ups: tuple[FollowUp, ...]
    timings: tuple[SessionTimes, ...]


def report_view(
    state: Cohort,
    at: Instant,
    head: tuple[int, str],
    software: str,
    at_least: int = AGGREGATE_FROM,
    others: Sequence[Cohort] = (),
) -> ReportView:
    """Return a cohort's reports as of the newest event, `at`, which ends the chain in `head` (number, hash).

    What people said together shows from `at_least` of them up. Of the `others` only how long their sessions took.
    """
    return ReportView(
        origin=origin(state, at, head, software),
        register=register(state),
        coverage=coverage_report(state),
        sessions=session_reports(state, at),
        evaluation=evaluation(state, at_least),
        follow_ups=follow_ups(state),
        timings=cohort_times(state, others),
    )


def origin(state: Cohort, at: Instant, head: tuple[int, str], software: str) -> Origin:
    """Return where a report comes from."""
    centre, unit = state.centre, state.unit
    named = (centre.name, f"centre number {centre.number}" if centre.number else "") if centre else ()
    return Origin(
        cohort=state.name,
        key=hashlib.sha256(f"{state.created} {state.name}".encode("utf-8", "replace")).hexdigest()[:16],
        mark=state.mark,
        centre=", ".join(filter(None, named)),
        unit=f"{unit.reference} {unit.title}, level {unit.level}" if unit else "",
        at=at,
        made=said_at(state, at),
        head_seq=head[0],
        head_hash=head[1],
        software=software,
        retention=f"To be kept for {centre.keep_months} months after the last session; check with the centre."
        if centre
        else "",
        erased=bool(state.erased),
    )
