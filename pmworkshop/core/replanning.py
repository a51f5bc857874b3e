"""Changes of the plan while the day runs: a proposal accepted and taken back, the author's newer plan taken over."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.growing import having
from pmworkshop.core.moves import Move, RunOption
from pmworkshop.core.plan import SegmentId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.running import LONGEST_LENGTH, NOT_UNDER_WAY, Decision, projection
from pmworkshop.core.schedule import Line
from pmworkshop.core.state import Accepted, Delivery
from pmworkshop.core.taking_over import merged, with_plan
from pmworkshop.core.units import MINUTE, NOTHING, Duration, Instant
from pmworkshop.core.words import length_words, whole_minutes

TOO_LATE: Final = refuse("The day has gone on since: look at the proposal again.")
BREAK_STAYS: Final = refuse("A break can be shortened, but is not left out.")
PLAN_STAYS: Final = refuse("The session has ended: its plan stays as it was run.")


def accept(delivery: Delivery, command: c.AcceptProposal, now: Instant) -> Decision:
    """Carry a proposal out, if what it changes is still to be run and has the time that is taken."""
    if any(one.id == command.proposal for one in delivery.accepted):
        return ()
    if not delivery.under_way:
        return NOT_UNDER_WAY
    moves = tuple(move for move in command.moves if move.by and move.segment not in command.dropped)
    accepted = e.ProposalAccepted(
        delivery=delivery.id,
        proposal=command.proposal,
        moves=moves,
        dropped=command.dropped,
        options=command.options,
        sliding=command.sliding,
    )
    return next(_against(delivery, accepted, now), (accepted,))


def _against(delivery: Delivery, wanted: e.ProposalAccepted, now: Instant) -> Iterator[Refusal]:
    """Yield what speaks against a proposal."""
    lines = {line.segment: line for line in projection(delivery, now).lines}
    same = frozenset(wanted.sliding) == delivery.sliding
    if same and not (wanted.moves or wanted.dropped or wanted.options):
        yield refuse("There is nothing in that to change.")
    if len({move.segment for move in wanted.moves}) < len(wanted.moves):
        yield refuse("A segment stands twice in that.")
    for move in wanted.moves:
        refused = _cannot(delivery, lines.get(move.segment), move)
        if refused is not None:
            yield refused
    for one in wanted.dropped:
        line = lines.get(one)
        if line is None or line.status != "to come":
            yield TOO_LATE
        elif line.is_break:
            yield BREAK_STAYS
    if any(not _is_option(delivery, one, lines) for one in wanted.options):
        yield TOO_LATE
    if any(one not in lines or not lines[one].fixed for one in wanted.sliding):
        yield refuse("Only a fixed start can be let move.")


def _cannot(delivery: Delivery, line: Line | None, move: Move) -> Refusal | None:
    if line is None or line.status not in ("current", "to come"):
        return TOO_LATE
    if line.remaining + move.by < 0 and move.by < 0:
        segment = delivery.segment(line.segment)
        left = length_words(max(line.remaining // MINUTE, 0))
        less = length_words(whole_minutes(Duration(-move.by)))
        return refuse(f"“{segment.title if segment else ''}” has {left} left: {less} cannot be taken.")
    if line.length + move.by > LONGEST_LENGTH:
        return refuse("A segment can be 12 hours at most.")
    return None


def _is_option(delivery: Delivery, one: RunOption, lines: Mapping[SegmentId, Line]) -> bool:
    line, segment = lines.get(one.segment), delivery.segment(one.segment)
    if line is None or line.status not in ("current", "to come") or segment is None:
        return False
    return segment.options is not None and any(option.id == one.option for option in segment.options.of)


def undo(delivery: Delivery, command: c.UndoProposal, _: Instant) -> Decision:
    """Take an accepted proposal back."""
    if not any(one.id == command.proposal for one in delivery.accepted):
        return refuse("There is no such change to take back.")
    if not delivery.under_way:
        return NOT_UNDER_WAY
    return (e.ProposalUndone(delivery=delivery.id, proposal=command.proposal),)


def take_over(delivery: Delivery, command: c.TakeOverPlan, _: Instant) -> Decision:
    """Take the newer plan over for what has not begun."""
    if delivery.marks.ended is not None:
        return PLAN_STAYS
    session = merged(delivery, command.session)
    if isinstance(session, Refusal):
        return session
    if session == delivery.session and command.resources == delivery.resources:
        return ()
    return (e.PlanTakenOver(delivery=delivery.id, session=session, resources=command.resources),)


RULES: dict[type, Callable[[Delivery, Any, Instant], Decision]] = {
    c.AcceptProposal: accept,
    c.UndoProposal: undo,
    c.TakeOverPlan: take_over,
}


def _moved(delivery: Delivery, moves: tuple[Move, ...], sign: int) -> dict[SegmentId, Duration]:
    added = dict(delivery.marks.added)
    for move in moves:
        added[move.segment] = Duration(added.get(move.segment, NOTHING) + sign * move.by)
    return {segment: by for segment, by in added.items() if by}


def _accepted(delivery: Delivery, event: e.ProposalAccepted, at: Instant) -> Delivery:
    chosen = delivery.chosen
    options = tuple(one for one in event.options if one.option not in chosen.get(one.segment, ()))
    for one in options:
        chosen = having(chosen, one.segment, (*chosen.get(one.segment, ()), one.option))
    standing = Accepted(
        id=event.proposal,
        at=at,
        moves=event.moves,
        dropped=tuple(one for one in event.dropped if one not in delivery.marks.dropped),
        options=options,
        sliding=event.sliding,
    )
    marks = replace(
        delivery.marks,
        added=_moved(delivery, event.moves, 1),
        dropped=delivery.marks.dropped | frozenset(event.dropped),
    )
    return replace(delivery, marks=marks, chosen=chosen, accepted=(*delivery.accepted, standing))


def _undone(delivery: Delivery, event: e.ProposalUndone, _: Instant) -> Delivery:
    gone = next((one for one in delivery.accepted if one.id == event.proposal), None)
    if gone is None:
        return delivery
    chosen = dict(delivery.chosen)
    for one in gone.options:
        rest = tuple(option for option in chosen.get(one.segment, ()) if option != one.option)
        if rest:
            chosen[one.segment] = rest
        else:
            chosen.pop(one.segment, None)
    marks = replace(
        delivery.marks,
        added=_moved(delivery, gone.moves, -1),
        dropped=delivery.marks.dropped - frozenset(gone.dropped),
    )
    others = tuple(one for one in delivery.accepted if one is not gone)
    return replace(delivery, marks=marks, chosen=chosen, accepted=others)


def _taken_over(delivery: Delivery, event: e.PlanTakenOver, _: Instant) -> Delivery:
    known = {one.id: one for one in event.resources}
    return replace(with_plan(delivery, event.session, known), resources=event.resources)


REPLANNED: dict[type[e.Event], Callable[[Delivery, Any, Instant], Delivery]] = {
    e.ProposalAccepted: _accepted,
    e.ProposalUndone: _undone,
    e.PlanTakenOver: _taken_over,
}
