"""An activity as the desk and the room see it: who has finished, who is at it, and its own time."""

from collections.abc import Collection, Mapping
from typing import Literal

from pmworkshop.core.exercise import Exercise
from pmworkshop.core.ids import DeliveryId, OutputId, ParticipantId, Route
from pmworkshop.core.state import Cohort
from pmworkshop.core.teaming import elapsed
from pmworkshop.core.text import matching
from pmworkshop.core.units import Duration, Instant
from pmworkshop.core.value import value
from pmworkshop.live.box import Box
from pmworkshop.live.views.people import shown_names

Standing = Literal["finished", "working", "nothing yet"]
AGGREGATE_FROM = 5


@value
class PersonRow:
    """How far one person is with an exercise."""

    participant: ParticipantId
    name: str
    standing: Standing
    outputs: tuple[OutputId, ...] = ()


@value
class TimerView:
    """A second timer at one instant. `halfway` is past the middle, when a card's turn comes."""

    left: Duration
    length: Duration
    halfway: bool


@value
class ActivityView:
    """An exercise in the room at one instant.

    `nameless` counts the anonymous sheets that were taken out of their box; whose they are is no longer known.
    """

    exercise_id: str
    exercise: Exercise
    rows: tuple[PersonRow, ...]
    open: bool
    revealed: bool
    timer: TimerView | None
    nameless: int = 0

    @property
    def finished(self) -> int:
        """How many have finished."""
        return sum(row.standing == "finished" for row in self.rows) + self.nameless

    @property
    def words(self) -> str:
        """How many have finished, in words."""
        if self.nameless:
            return f"{self.finished} handed in without a name"
        return f"{self.finished} of {len(self.rows)} finished"


def draft_key(exercise_id: str, participant: str, output: str = "", route: Route = "laptop") -> str:
    """Return the key under which somebody's half-filled form is kept; what comes from paper, apart from their own."""
    return f"{'paper' if route == 'paper' else 'form'}:{exercise_id}:{participant}:{output}"


def moved_drafts(
    drafts: Mapping[str, str], gone: ParticipantId, into: ParticipantId
) -> dict[str, str | None]:
    """Return the drafts to change when somebody's forms become another's, who keeps what they have begun themselves."""
    changes: dict[str, str | None] = {}
    for key, body in drafts.items():
        kind, _, rest = key.partition(":")
        exercise_id, _, tail = rest.partition(":")
        person, _, output = tail.partition(":")
        if kind in ("form", "paper", "record") and person == gone:
            new = f"{kind}:{exercise_id}:{into}:{output}"
            changes[key] = None
            if new not in drafts:
                changes[new] = body
    return changes


def activity_view(
    state: Cohort,
    exercise_id: str,
    now: Instant,
    drafts: Collection[str] = (),
    box: Box | None = None,
    delivery: DeliveryId | None = None,
) -> ActivityView | None:
    """Return an exercise as it stands; None before it was taken up. Whoever is absent is left out."""
    exercise = state.exercise(exercise_id)
    if exercise is None:
        return None
    activity = state.activities.get(exercise_id)
    return ActivityView(
        exercise_id=exercise_id,
        exercise=exercise,
        rows=people_rows(state, exercise_id, drafts, box, delivery),
        open=activity is not None and activity.open,
        revealed=activity is not None and activity.revealed,
        timer=timer_view(state, exercise_id, now),
        nameless=len(state.anonymous.get(exercise_id, ())),
    )


def people_rows(
    state: Cohort,
    exercise_id: str,
    drafts: Collection[str] = (),
    box: Box | None = None,
    delivery: DeliveryId | None = None,
) -> tuple[PersonRow, ...]:
    """Return how far everybody in the room is with an exercise, by name; two of one name are told apart."""
    mine = outputs_by_person(state, exercise_id)
    working = {key.split(":")[2] for key in drafts if key.startswith(f"form:{exercise_id}:")}
    handed_in = set(box.handed_in) if box else set()
    held = state.deliveries.get(delivery) if delivery else None
    marks = held.attendance if held else {}
    names = shown_names(state)
    rows = []
    for person in sorted(state.participants.values(), key=lambda one: matching(one.name)):
        outputs = mine.get(person.id, ())
        mark = marks.get(person.id)
        finished = bool(outputs) or person.id in handed_in
        if mark is not None and mark.arrival == "absent" and not finished:
            continue
        standing: Standing = "finished" if finished else "working" if person.id in working else "nothing yet"
        rows.append(
            PersonRow(participant=person.id, name=names[person.id], standing=standing, outputs=outputs)
        )
    return tuple(rows)


def outputs_by_person(state: Cohort, exercise_id: str) -> Mapping[ParticipantId, tuple[OutputId, ...]]:
    """Return the outputs that count in one exercise, by everybody they belong to."""
    found: dict[ParticipantId, tuple[OutputId, ...]] = {}
    for output in state.outputs.values():
        if output.exercise_id == exercise_id and output.withdrawn is None:
            for person in output.people:
                found[person] = (*found.get(person, ()), output.id)
    return found


def timer_view(state: Cohort, name: str, now: Instant) -> TimerView | None:
    """Return a second timer at `now`; None where there is none."""
    timer = state.timers.get(name)
    if timer is None:
        return None
    left = Duration(timer.length - elapsed(state, timer.started, now))
    return TimerView(left=left, length=timer.length, halfway=left * 2 <= timer.length)
