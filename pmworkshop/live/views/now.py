"""What the whole room may know at one instant: the time left, what to do, what is open. For phones and the projector.

It holds nothing that anybody wrote, and nothing of what only the trainer should see, such as how late the day runs. Names
are in it only of who is in which group, while groups are found and rounds are on.
"""

from pmworkshop.core.exercise import Exercise, FilledBy, Privacy
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.state import Cohort
from pmworkshop.core.teaming import followed, stands_still
from pmworkshop.core.units import NOTHING, Duration, Instant, TimeOfDay, wall_clock
from pmworkshop.core.value import value
from pmworkshop.live.box import Box
from pmworkshop.live.views.activity import outputs_by_person, timer_view
from pmworkshop.live.views.messages import message_at
from pmworkshop.live.views.run import FAR, RunView, run_view
from pmworkshop.live.views.teams.called_out import groups_called, rounds_called, timers_called
from pmworkshop.live.views.teams.timers import NamedTimer
from pmworkshop.live.views.teams.view import GroupsView, RotationView


@value
class Timing:
    """A countdown: how much is left, of what, and whether it moves.

    Cues belong to a countdown `of` something, the first of them when `warn` is left.
    """

    left: Duration
    words: str
    moves: bool
    of: str = ""
    warn: Duration = NOTHING


@value
class OpenExercise:
    """An exercise that the room may do now, with its own countdown where there is one."""

    exercise_id: str
    title: str
    minutes: int
    filled_by: FilledBy
    privacy: Privacy
    timing: Timing | None
    revealed: bool
    deck: str | None


@value
class NowView:
    """The room at one instant. `timing` is None where no session has been taken up, or it is far off or over.

    `timers` are the trainer's own; `groups` are those to be found now, before rounds.
    """

    cohort: str
    rehearsal: bool
    session: str
    segment: str
    grouping: tuple[str, ...]
    timing: Timing | None
    until: str
    clock: TimeOfDay
    message: str
    activities: tuple[OpenExercise, ...]
    following: str
    timers: tuple[NamedTimer, ...]
    rotation: RotationView | None
    groups: GroupsView | None


def now_view(state: Cohort, now: Instant, utc_offset: Duration) -> NowView:
    """Return what the room may know at `now`; `utc_offset` is how far the laptop's clock is ahead of UTC."""
    delivery = followed(state)
    view = run_view(state, delivery, now, utc_offset) if delivery else None
    segment = view.segment if view and view.phase != "before" else None
    return NowView(
        cohort=state.name,
        rehearsal=state.rehearsal,
        session=view.session if view else "",
        segment=segment.title if segment else "",
        grouping=segment.grouping if segment else (),
        timing=_timing(view, delivery.id) if view and delivery else None,
        until=_until(view.until) if view else "",
        clock=wall_clock(now, utc_offset),
        message=message_at(state, now),
        activities=open_exercises(state, now),
        following=f"{view.next.at} {view.next.title}"
        if view and view.next and view.phase != "before"
        else "",
        timers=timers_called(state, now),
        rotation=rounds_called(state, now),
        groups=groups_called(state),
    )


def _timing(view: RunView, delivery: DeliveryId) -> Timing | None:
    if view.phase == "ended" or abs(view.remaining) > FAR:
        return None
    of = view.reading.of
    return Timing(
        left=view.remaining,
        words=view.beside,
        moves=not view.paused,
        of=f"{delivery} {of}" if of else "",
        warn=view.warn,
    )


def _until(words: str) -> str:
    """Return until when, as the room should hear it: the time that is expected, not that the plan has slipped."""
    planned, _, expected = words.partition(", now expected ")
    return f"until about {expected}" if expected else planned


def open_exercises(state: Cohort, now: Instant) -> tuple[OpenExercise, ...]:
    """Return what is open, the newest first."""
    found = [(one.opened, name) for name, one in state.activities.items() if one.open]
    opened = []
    for _, name in sorted(found, reverse=True):
        exercise = state.exercise(name)
        if exercise is not None:
            opened.append(_opened(state, name, exercise, now))
    return tuple(opened)


def _opened(state: Cohort, name: str, exercise: Exercise, now: Instant) -> OpenExercise:
    timer = timer_view(state, name, now)
    timing = None
    if timer is not None:
        words = "left for this" if timer.left > NOTHING else "over: time for this is up"
        timing = Timing(left=timer.left, words=words, moves=not stands_still(state))
    return OpenExercise(
        exercise_id=name,
        title=exercise.title,
        minutes=exercise.minutes,
        filled_by=exercise.filled_by,
        privacy=exercise.privacy,
        timing=timing,
        revealed=state.activities[name].revealed,
        deck=exercise.deck,
    )


def finished_words(state: Cohort, exercise_id: str, box: Box | None = None) -> str:
    """Say how many have finished an exercise: `7 of 11 finished`, or how many sheets there are without a name."""
    exercise = state.exercise(exercise_id)
    nameless = len(state.anonymous.get(exercise_id, ()))
    if nameless:
        return f"{nameless + (len(box.handed_in) if box else 0)} handed in without a name"
    finished = len(box.handed_in) if box else len(outputs_by_person(state, exercise_id))
    absent = _absent(state)
    people = max(sum(one not in absent for one in state.participants), finished)
    noun = "" if exercise is None or exercise.filled_by == "each" else ", alone or in a group,"
    return f"{finished} of {people}{noun} finished"


def _absent(state: Cohort) -> set[str]:
    delivery = followed(state)
    marks = delivery.attendance if delivery else {}
    return {one for one, mark in marks.items() if mark.arrival == "absent"}
