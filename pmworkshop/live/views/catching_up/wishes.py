"""What the trainer's keys make of their wishes about the time: each takes the wishes and gives new ones, or says why not."""

from collections.abc import Mapping
from dataclasses import replace

from pmworkshop.core.plan import SegmentId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.replanning import BREAK_STAYS
from pmworkshop.live.views.catching_up.view import CatchUpRow, CatchUpView
from pmworkshop.live.views.catching_up.wished import Wishes


def by_hand(view: CatchUpView, wishes: Wishes, row: CatchUpRow, by: int) -> Wishes | Refusal:
    """Give a segment `by` minutes more, or less. From then on all minutes are by hand: nothing is shared anew."""
    if row.left_out:
        return refuse(f"“{row.title}” is left out: x puts it back.")
    change = min(max(row.change + by, row.lowest), row.highest)
    if change == row.change:
        return refuse(f"“{row.title}” cannot be made any {'shorter' if by < 0 else 'longer'}.")
    return replace(wishes, by_hand=_with(view.changes, row.segment, change))


def left_out(wishes: Wishes, row: CatchUpRow) -> Wishes | Refusal:
    """Leave a segment out, or put it back."""
    if not row.may_be_left_out:
        return (
            refuse("What is under way cannot be left out: n goes on from it.") if row.current else BREAK_STAYS
        )
    return replace(wishes, dropped=wishes.dropped ^ {row.segment})


def let_move(wishes: Wishes, row: CatchUpRow) -> Wishes | Refusal:
    """Let a fixed start move, or keep it to its time; the proposal is then made anew."""
    if not row.fixed:
        return refuse("Only a fixed start that is still to come, such as the break, can be let move.")
    return replace(wishes, sliding=wishes.sliding ^ {row.segment}, by_hand=None, extras=frozenset())


def other_target(wishes: Wishes) -> Wishes:
    """Look to the next fixed start only, or to the end; the proposal is then made anew."""
    target = wishes.target
    return replace(wishes, target="end" if target == "next" else "next", by_hand=None, extras=frozenset())


def proposed_again(wishes: Wishes) -> Wishes:
    """Take back what was done by hand."""
    return replace(wishes, by_hand=None, extras=frozenset())


def run_extra(view: CatchUpView, wishes: Wishes, row: CatchUpRow) -> Wishes | Refusal:
    """Run an option of a segment as well, with its own minutes, or no longer: from then on by hand.

    Where there is no time both for it and for all that could be given back, only the option is taken.
    """
    taken = next((one for one in row.extras if (row.segment, one.option) in wishes.extras), None)
    if taken is not None:
        changes = _with(view.changes, row.segment, row.change - taken.minutes)
        return replace(wishes, by_hand=changes, extras=wishes.extras - {(row.segment, taken.option)})
    found = next(iter(row.extras), None)
    if found is None:
        return refuse("There is no option here that there is time for.")
    before = view.changes if view.by_hand or sum(view.changes.values()) + found.minutes <= view.spare else {}
    changes = _with(before, row.segment, before.get(row.segment, 0) + found.minutes)
    return replace(wishes, by_hand=changes, extras=wishes.extras | {(row.segment, found.option)})


def _with(changes: Mapping[SegmentId, int], segment: SegmentId, change: int) -> dict[SegmentId, int]:
    return {**changes, segment: change}
