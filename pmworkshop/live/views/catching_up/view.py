"""Catching up as the trainer looks at it: the rest of the day as it runs, and as it would be with a proposal."""

from collections.abc import Mapping

from pmworkshop.core.at_risk import AtRisk
from pmworkshop.core.catching_up import Extra, Standing, waits
from pmworkshop.core.ids import ProposalId
from pmworkshop.core.moves import Move, RunOption
from pmworkshop.core.plan import SegmentId
from pmworkshop.core.schedule import Line
from pmworkshop.core.sparing import shortest_of
from pmworkshop.core.state import Cohort, Delivery
from pmworkshop.core.teaming import in_the_room
from pmworkshop.core.units import Duration, Instant, TimeOfDay, between, minutes
from pmworkshop.core.value import value
from pmworkshop.core.words import at_time, length_words, whole_minutes
from pmworkshop.live.views.catching_up.evidence_left import NO_EVIDENCE, EvidenceLeft
from pmworkshop.live.views.catching_up.wished import (
    Wished,
    Wishes,
    as_accepted,
    consider,
    limits_of,
    may_be_left_out,
    rest_of,
    still_possible,
)
from pmworkshop.live.views.catching_up.words import (
    accepted_words,
    detail,
    finish_words,
    headline,
    risk_words,
    why,
)

LATELY = minutes(10)
"""So long the run screen says that a proposal was accepted."""


@value
class CatchUpRow:
    """One segment still to be run: when it starts and how many minutes it has, as it runs and then.

    `change` is what is given, negative for what is taken, between `lowest` and `highest`. `at_risk` says what
    evidence would be lost with it, or nothing.
    """

    segment: SegmentId
    title: str
    current: bool
    fixed: bool
    slides: bool
    left_out: bool
    may_be_left_out: bool
    starts: TimeOfDay
    then: TimeOfDay
    minutes: int
    then_minutes: int
    shortest: int
    change: int
    lowest: int
    highest: int
    why: str
    at_risk: str
    detail: str
    extras: tuple[Extra, ...] = ()


@value
class CatchUpView:
    """Everything on the screen; `moves`, `dropped`, `options` and `sliding` are what accepting would carry out.

    `moves_fixed` says that other fixed starts would be let begin late than are so far.
    `spare` is how many minutes there are to give away, `accepted` says in words what stands and can be taken back, under `newest`.
    """

    standing: Standing
    by_hand: bool
    headline: str
    rows: tuple[CatchUpRow, ...]
    target: str
    two_targets: bool
    finish: str
    risk: str
    at_risk: tuple[AtRisk, ...]
    changes: Mapping[SegmentId, int]
    moves: tuple[Move, ...]
    dropped: tuple[SegmentId, ...]
    options: tuple[RunOption, ...]
    sliding: tuple[SegmentId, ...]
    moves_fixed: bool
    spare: int
    accepted: str
    newest: ProposalId | None

    @property
    def anything(self) -> bool:
        """Whether there is something to accept."""
        return bool(self.moves or self.dropped or self.options or self.moves_fixed)


@value
class CatchUpHint:
    """What the run screen says: that it is worth it, what evidence is at risk in a word, and in a sentence."""

    words: str = ""
    evidence: str = ""
    risk: str = ""


def catch_up_view(
    state: Cohort,
    delivery: Delivery,
    now: Instant,
    wishes: Wishes | None = None,
    evidence: EvidenceLeft = NO_EVIDENCE,
) -> CatchUpView:
    """Return what could be done about the time at `now`, as far as `wishes` can still be had."""
    wishes = wishes or as_accepted(delivery)
    seen, risks, event = consider(state, delivery, now, wishes, evidence)
    newest = delivery.accepted[-1] if delivery.accepted and delivery.under_way else None
    return CatchUpView(
        standing=seen.proposal.standing,
        by_hand=seen.by_hand,
        headline=headline(seen),
        rows=tuple(_row(seen, index, risks) for index in rest_of(seen.day)) if delivery.under_way else (),
        target=_target(seen, wishes),
        two_targets=wishes.target == "next" or len(seen.proposal.stretches) > 1,
        finish=finish_words(seen),
        risk=risk_words(seen, risks),
        at_risk=risks,
        changes=seen.changes,
        moves=event.moves,
        dropped=event.dropped,
        options=event.options,
        sliding=event.sliding,
        moves_fixed=seen.sliding != still_possible(delivery, seen.day, as_accepted(delivery)).sliding,
        spare=seen.proposal.stretches[0].spare if seen.proposal.stretches else 0,
        accepted=accepted_words(delivery, newest) if newest else "",
        newest=newest.id if newest else None,
    )


def catch_up_hint(
    state: Cohort, delivery: Delivery, now: Instant, evidence: EvidenceLeft = NO_EVIDENCE
) -> CatchUpHint:
    """Return what the run screen says at `now`: nothing for a small drift, an absurd one, or while nothing runs."""
    if not delivery.under_way:
        return CatchUpHint()
    seen, risks, _ = consider(state, delivery, now, as_accepted(delivery), evidence)
    counts = state.unit is not None and bool(in_the_room(state, delivery.id))
    named = ", ".join(risk.lack.criterion for risk in risks)
    return CatchUpHint(
        words=_hint_words(seen),
        evidence=f"evidence at risk: {named or 'none'}" if counts else "",
        risk=risk_words(seen, risks),
    )


def _hint_words(seen: Wished) -> str:
    if seen.proposal.standing == "behind" and _can_be_helped(seen):
        return "catch up with c"
    lately = _lately(seen.delivery, seen.day.now)
    if lately or seen.proposal.standing != "ahead":
        return lately
    return f"{length_words(seen.proposal.stretches[0].spare)} to spare: c"


def _can_be_helped(seen: Wished) -> bool:
    """Whether there is anything to take, or to leave out: otherwise the key would lead to nothing."""
    return bool(seen.changes) or any(one.drops for one in seen.proposal.stretches)


def _lately(delivery: Delivery, now: Instant) -> str:
    """Say what was accepted, for a while."""
    if not delivery.accepted or between(delivery.accepted[-1].at, now) > LATELY:
        return ""
    one = delivery.accepted[-1]
    planned = {slot.segment: slot.length for slot in delivery.timetable.slots}
    added = delivery.marks.added
    out = [name for name in one.dropped if name in delivery.marks.dropped]
    gone = sum(planned.get(name, 0) + added.get(name, 0) for name in out)
    gained = whole_minutes(Duration(gone - sum(move.by for move in one.moves)))
    what = f"caught up by {length_words(gained)}" if gained > 0 else "changes accepted"
    return f"{what}: c takes it back"


def _row(seen: Wished, index: int, risks: tuple[AtRisk, ...]) -> CatchUpRow:
    line, then, segment = (
        seen.day.lines[index],
        seen.after.lines[index],
        seen.delivery.session.segments[index],
    )
    offset = seen.delivery.utc_offset
    out = segment.id in seen.dropped
    mine = tuple(risk for risk in risks if segment.id in risk.segments)
    shortest = shortest_of(segment, whole_minutes(between(line.planned_start, line.planned_end)))
    lowest, highest = limits_of(line)
    extras = tuple(one for one in seen.proposal.extras if one.segment == segment.id)
    change = seen.changes.get(segment.id, 0)
    return CatchUpRow(
        segment=segment.id,
        title=segment.title,
        current=line.status == "current",
        fixed=waits(line),
        slides=segment.id in seen.sliding,
        left_out=out,
        may_be_left_out=may_be_left_out(line),
        starts=at_time(line.start, offset),
        then=at_time(line.start if out else then.start, offset),
        minutes=_length(line),
        then_minutes=0 if out else _length(then),
        shortest=shortest,
        change=change,
        lowest=lowest,
        highest=highest,
        why=why(seen, index, mine),
        at_risk=", ".join(risk.lack.criterion for risk in mine),
        detail=detail(seen, index, mine, shortest, extras),
        extras=extras,
    )


def _length(line: Line) -> int:
    """Return a segment's whole minutes; one that is over has as many as it has taken."""
    return whole_minutes(max(line.length, line.used))


def _target(seen: Wished, wishes: Wishes) -> str:
    if not seen.proposal.stretches:
        return ""
    until = seen.proposal.stretches[0].until
    if wishes.target == "end" or until is None:
        return "up to the end"
    return f"up to {seen.name(until)} only"
