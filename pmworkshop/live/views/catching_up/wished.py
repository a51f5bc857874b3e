"""What the trainer wishes about the time, and what comes of it: the day as it runs beside the day as it would be.

The day after is the event carried out on a copy of the state, so that what is shown is what is done.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal

from pmworkshop.core.apply import apply
from pmworkshop.core.at_risk import AtRisk, Cut, at_risk, supplied
from pmworkshop.core.catching_up import Proposal, propose, waits
from pmworkshop.core.events import ProposalAccepted
from pmworkshop.core.ids import ProposalId
from pmworkshop.core.moves import Move, RunOption
from pmworkshop.core.plan import Segment, SegmentId
from pmworkshop.core.running import LONGEST_LENGTH, projection
from pmworkshop.core.schedule import Line, Projection
from pmworkshop.core.sparing import shortest_of
from pmworkshop.core.state import Cohort, Delivery
from pmworkshop.core.text import clean_line
from pmworkshop.core.units import MINUTE, Instant, between, minutes
from pmworkshop.core.value import value
from pmworkshop.live.views.catching_up.evidence_left import EvidenceLeft

Target = Literal["next", "end"]

A_FIFTH: Final = 5
LONGEST_SAID: Final = 50
"""Characters of a title within a sentence."""


@value
class Wishes:
    """What the trainer has asked for so far; `by_hand` holds whole minutes by segment, None while the proposal counts."""

    target: Target = "end"
    sliding: frozenset[SegmentId] = frozenset()
    dropped: frozenset[SegmentId] = frozenset()
    by_hand: Mapping[SegmentId, int] | None = None
    extras: frozenset[tuple[SegmentId, str]] = frozenset()


@value
class Wished:
    """What is looked at: the day as it runs, what is proposed or wished, and the day after it."""

    delivery: Delivery
    day: Projection
    after: Projection
    proposal: Proposal
    changes: Mapping[SegmentId, int]
    dropped: tuple[SegmentId, ...]
    sliding: frozenset[SegmentId]
    options: tuple[RunOption, ...]
    by_hand: bool

    def segment(self, name: SegmentId) -> Segment:
        """Return a segment of the plan."""
        return next(one for one in self.delivery.session.segments if one.id == name)

    def title(self, name: SegmentId) -> str:
        """Return a segment's title, as much of it as a sentence bears."""
        return said_title(self.segment(name).title)

    def name(self, name: SegmentId) -> str:
        """Return what a segment is called in a sentence: `the break`, or its title in quotes."""
        segment = self.segment(name)
        plain = segment.kind == "break" and segment.title.strip().casefold() == "break"
        return "the break" if plain else f"“{self.title(name)}”"

    def line(self, name: SegmentId, *, after: bool = False) -> Line:
        """Return a segment's figures, as it runs or after."""
        return next(one for one in (self.after if after else self.day).lines if one.segment == name)


def said_title(title: str, longest: int = LONGEST_SAID) -> str:
    """Return as much of a title as a sentence bears."""
    line = clean_line(title)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def as_accepted(delivery: Delivery) -> Wishes:
    """Return what is wished before any key is pressed: what was accepted to begin late still may."""
    return Wishes(sliding=delivery.sliding)


def consider(
    state: Cohort, delivery: Delivery, now: Instant, wishes: Wishes, evidence: EvidenceLeft
) -> tuple[Wished, tuple[AtRisk, ...], ProposalAccepted]:
    """Return the day as it runs and as wished, what evidence that puts at risk, and the event that would do it."""
    day = projection(delivery, now)
    wishes = still_possible(delivery, day, wishes)
    proposal = propose(
        delivery.session,
        day,
        target=wishes.target,
        sliding=wishes.sliding,
        dropped=wishes.dropped,
        added=delivery.marks.added,
        chosen=delivery.chosen,
    )
    changes = _changes(day, wishes, proposal)
    event = _event(delivery, day, wishes, changes)
    after = projection(apply(state, event, now).deliveries[delivery.id], now)
    seen = Wished(
        delivery=delivery,
        day=day,
        after=after,
        proposal=proposal,
        changes=changes,
        dropped=event.dropped,
        by_hand=wishes.by_hand is not None,
        sliding=wishes.sliding,
        options=event.options,
    )
    return seen, _risks(delivery, day, after, evidence), event


def still_possible(delivery: Delivery, day: Projection, wishes: Wishes) -> Wishes:
    """Return the wishes without those that the day has overtaken; minutes by hand stay within what is left."""
    rest = {day.lines[index].segment: day.lines[index] for index in rest_of(day)}
    running = {(name, option) for name, of in delivery.chosen.items() for option in of}
    hand = wishes.by_hand
    if hand is not None:
        limits = {name: limits_of(line) for name, line in rest.items()}
        hand = {
            name: min(max(by, limits[name][0]), limits[name][1]) for name, by in hand.items() if name in rest
        }
    return replace(
        wishes,
        by_hand=hand,
        dropped=frozenset(one for one in wishes.dropped if one in rest and may_be_left_out(rest[one])),
        sliding=frozenset(one for one in wishes.sliding if one in rest and waits(rest[one])),
        extras=frozenset(one for one in wishes.extras if one[0] in rest and one not in running),
    )


def rest_of(day: Projection) -> list[int]:
    """Return the indices of what is under way and what is still to come."""
    return [index for index, line in enumerate(day.lines) if line.status in ("current", "to come")]


def may_be_left_out(line: Line) -> bool:
    """Whether a segment may be left out: not what is under way, nor a break."""
    return line.status == "to come" and not line.is_break


def limits_of(line: Line) -> tuple[int, int]:
    """Return the least and the most minutes that a segment can be given; what is to come keeps a minute."""
    left = line.remaining // MINUTE - (line.status == "to come")
    return -max(left, 0), max((LONGEST_LENGTH - line.length) // MINUTE, 0)


def _changes(day: Projection, wishes: Wishes, proposal: Proposal) -> dict[SegmentId, int]:
    found = proposal.changes if wishes.by_hand is None else wishes.by_hand
    order = [day.lines[index].segment for index in rest_of(day)]
    return {name: found[name] for name in order if found.get(name) and name not in wishes.dropped}


def _event(
    delivery: Delivery, day: Projection, wishes: Wishes, changes: Mapping[SegmentId, int]
) -> ProposalAccepted:
    order = [line.segment for line in day.lines]
    return ProposalAccepted(
        delivery=delivery.id,
        proposal=ProposalId("wished"),
        moves=tuple(Move(segment=name, by=minutes(by)) for name, by in changes.items()),
        dropped=tuple(name for name in order if name in wishes.dropped),
        options=tuple(RunOption(segment=name, option=option) for name, option in sorted(wishes.extras)),
        sliding=tuple(name for name in order if name in wishes.sliding),
    )


def _risks(
    delivery: Delivery,
    day: Projection,
    after: Projection,
    evidence: EvidenceLeft,
) -> tuple[AtRisk, ...]:
    """Return the criteria at risk; what was left out before counts as well, for its evidence is as much amiss."""
    if not evidence.lacking:
        return ()
    supplies, cuts = {}, {}
    for segment, line, then in zip(delivery.session.segments, day.lines, after.lines, strict=True):
        out = segment.id in delivery.marks.dropped
        if line.status not in ("current", "to come") and not out:
            continue
        supplies[segment.id] = supplied(segment, delivery.chosen.get(segment.id, ()), evidence.known)
        cut = _cut(segment, line, then, after)
        if cut is not None:
            cuts[segment.id] = cut
    return at_risk(evidence.lacking, supplies, cuts)


def _cut(segment: Segment, line: Line, then: Line, after: Projection) -> Cut | None:
    """Return what would be done to a segment; a minute here or there costs no evidence.

    It is cut where a fifth or more of what is left of it goes, or it comes down to its shortest.
    """
    if then.status == "skipped":
        return "left out"
    taken = line.length - then.length
    shortest = shortest_of(segment, -(-between(line.planned_start, line.planned_end) // MINUTE))
    if taken > 0 and (A_FIFTH * taken >= line.remaining or then.length <= minutes(shortest)):
        return "shortened"
    return "past the end" if between(after.planned_finish, then.end) >= MINUTE else None
