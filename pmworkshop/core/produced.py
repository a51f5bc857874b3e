"""What events about exercises, outputs, ideas, cards and timers do to the state; `apply` calls these."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pmworkshop.core import events as e
from pmworkshop.core.growing import having
from pmworkshop.core.output import Activity, Draw, Output, Timer, Version, Withdrawal, empty_board
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import Instant


def _unit(state: Cohort, event: e.UnitTaken, _: Instant) -> Cohort:
    return replace(state, unit=event.unit)


def _exercise(state: Cohort, event: e.ExerciseTaken, _: Instant) -> Cohort:
    editions = (*state.editions.get(event.exercise_id, ()), event.exercise)
    return replace(state, editions=having(state.editions, event.exercise_id, editions))


def _opened(state: Cohort, event: e.ActivityOpened, at: Instant) -> Cohort:
    before = state.activities.get(event.exercise_id)
    activity = Activity(
        delivery=event.delivery,
        segment=event.segment,
        opened=before.opened if before and before.delivery == event.delivery else at,
        revealed=before.revealed if before else False,
    )
    return replace(state, activities=having(state.activities, event.exercise_id, activity))


def _closed(state: Cohort, event: e.ActivityClosed, at: Instant) -> Cohort:
    return _activity(state, event.exercise_id, closed=at)


def _revealed(state: Cohort, event: e.ResultsRevealed, _: Instant) -> Cohort:
    return _activity(state, event.exercise_id, revealed=event.on)


def _activity(state: Cohort, exercise_id: str, **changes: Any) -> Cohort:
    before = state.activities.get(exercise_id)
    if before is None:
        return state
    return replace(state, activities=having(state.activities, exercise_id, replace(before, **changes)))


def _version(event: e.OutputSubmitted | e.OutputAmended, at: Instant) -> Version:
    return Version(
        at=at,
        edition=event.edition,
        answers=event.answers,
        route=event.route,
        entered_by=event.entered_by,
        submission=event.submission,
    )


def _submitted(state: Cohort, event: e.OutputSubmitted, at: Instant) -> Cohort:
    output = Output(
        id=event.output,
        exercise_id=event.exercise_id,
        participant=event.participant,
        members=event.members,
        delivery=event.delivery,
        segment=event.segment,
        versions=(_version(event, at),),
    )
    key = (output.exercise_id, output.participant)
    return replace(
        state,
        outputs=having(state.outputs, output.id, output),
        written=having(state.written, key, (*state.written.get(key, ()), output.id)),
    )


def _amended(state: Cohort, event: e.OutputAmended, at: Instant) -> Cohort:
    before = state.outputs.get(event.output)
    if before is None:
        return state
    members = before.members if event.members is None else event.members
    after = replace(before, members=members, versions=(*before.versions, _version(event, at)))
    return replace(state, outputs=having(state.outputs, before.id, after))


def _withdrawn(state: Cohort, event: e.OutputWithdrawn | e.OutputRestored, at: Instant) -> Cohort:
    before = state.outputs.get(event.output)
    if before is None:
        return state
    withdrawn = Withdrawal(at=at, reason=event.reason) if isinstance(event, e.OutputWithdrawn) else None
    return replace(state, outputs=having(state.outputs, before.id, replace(before, withdrawn=withdrawn)))


def _anonymous(state: Cohort, event: e.AnonymousEntered, _: Instant) -> Cohort:
    sheets = (*state.anonymous.get(event.exercise_id, ()), *event.sheets)
    return replace(
        state,
        anonymous=having(state.anonymous, event.exercise_id, sheets),
        emptied=state.emptied | {event.box},
    )


def _idea(state: Cohort, event: e.IdeaSorted, _: Instant) -> Cohort:
    board = state.boards.get(event.exercise_id, empty_board())
    ideas = {idea: category for idea, category in board.sorted.items() if idea != event.idea}
    if event.category is not None:
        ideas[event.idea] = event.category
    return replace(state, boards=having(state.boards, event.exercise_id, replace(board, sorted=ideas)))


def _dots(state: Cohort, event: e.DotsPlaced, _: Instant) -> Cohort:
    board = state.boards.get(event.exercise_id, empty_board())
    dots = {**board.dots, event.voter: event.ideas}
    return replace(state, boards=having(state.boards, event.exercise_id, replace(board, dots=dots)))


def hand(deck_id: str, group: str) -> str:
    """Return the key of what one group has drawn from one deck."""
    return f"{deck_id}/{group}"


def _drawn(state: Cohort, event: e.CardDrawn, at: Instant) -> Cohort:
    key = hand(event.deck_id, event.group)
    draws = (*state.draws.get(key, ()), Draw(at=at, card=event.card))
    return replace(state, draws=having(state.draws, key, draws))


def _swapped(state: Cohort, event: e.RolesSwapped, _: Instant) -> Cohort:
    key = hand(event.deck_id, event.group)
    if not state.draws.get(key):
        return state
    *earlier, last = state.draws[key]
    draws = (*earlier, replace(last, swapped=not last.swapped))
    return replace(state, draws=having(state.draws, key, draws))


def _timer(state: Cohort, event: e.TimerStarted, at: Instant) -> Cohort:
    return replace(state, timers=having(state.timers, event.timer, Timer(started=at, length=event.length)))


def _no_timer(state: Cohort, event: e.TimerStopped, _: Instant) -> Cohort:
    others = {name: timer for name, timer in state.timers.items() if name != event.timer}
    return replace(state, timers=others)


PRODUCED: dict[type[e.Event], Callable[[Cohort, Any, Instant], Cohort]] = {
    e.UnitTaken: _unit,
    e.ExerciseTaken: _exercise,
    e.ActivityOpened: _opened,
    e.ActivityClosed: _closed,
    e.ResultsRevealed: _revealed,
    e.OutputSubmitted: _submitted,
    e.OutputAmended: _amended,
    e.OutputWithdrawn: _withdrawn,
    e.OutputRestored: _withdrawn,
    e.AnonymousEntered: _anonymous,
    e.IdeaSorted: _idea,
    e.DotsPlaced: _dots,
    e.CardDrawn: _drawn,
    e.RolesSwapped: _swapped,
    e.TimerStarted: _timer,
    e.TimerStopped: _no_timer,
}
