"""The one reducer: state and event give the next state. A cohort's state is always the fold of its events.

`apply` trusts events, for `decide` let them happen; an event about something unknown (erased, or from
elsewhere) leaves the state as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from pmworkshop.core import events as e
from pmworkshop.core.erasing import ERASED
from pmworkshop.core.growing import Growing, having
from pmworkshop.core.joining import JOINED
from pmworkshop.core.marks import Marks, Pause, Visit
from pmworkshop.core.merging import MERGED
from pmworkshop.core.plan import SegmentId
from pmworkshop.core.produced import PRODUCED
from pmworkshop.core.replanning import REPLANNED
from pmworkshop.core.signing import SIGNED
from pmworkshop.core.state import Attendance, Cohort, Delivery, Note, Participant, Wording
from pmworkshop.core.teamed import TEAMED, left_by
from pmworkshop.core.timetable import place
from pmworkshop.core.units import NOTHING, Duration, Instant, nearest, nearest_minute
from pmworkshop.core.witnessing import WITNESSED

GROWING = (
    "participants",
    "deliveries",
    "notes",
    "editions",
    "outputs",
    "written",
    "activities",
    "anonymous",
    "boards",
    "draws",
    "timers",
    "phones",
    "joined",
    "seats",
    "for_pack",
    "mapped",
    "records",
    "signed",
    "centre_signed",
    "groupings",
    "rotations",
)


def apply(state: Cohort, event: e.Event, at: Instant) -> Cohort:
    """Return the state after `event`, which was recorded `at`."""
    to_delivery = _DELIVERY.get(type(event))
    if to_delivery is None:
        return _COHORT[type(event)](state, event, at)
    delivery = state.deliveries.get(event.delivery)  # type: ignore[union-attr,arg-type]  # all in _DELIVERY have one
    if delivery is None:
        return state
    changed = to_delivery(delivery, event, at)
    return replace(state, deliveries=having(state.deliveries, delivery.id, changed))


def fold(state: Cohort, events: Iterable[tuple[e.Event, Instant]]) -> Cohort:
    """Return the state after all `events`, each with its instant: the same as applying one after the other."""
    growing = {name: Growing(getattr(state, name)) for name in GROWING}
    state = replace(state, **growing)  # type: ignore[arg-type]  # each of them is a mapping
    for event, at in events:
        state = apply(state, event, at)
    return replace(state, **{name: dict(getattr(state, name)) for name in GROWING})  # type: ignore[arg-type]


def _marks(delivery: Delivery, **changes: Any) -> Delivery:
    return replace(delivery, marks=replace(delivery.marks, **changes))


def _created(state: Cohort, event: e.CohortCreated, at: Instant) -> Cohort:
    return replace(
        state,
        name=event.name,
        rehearsal=event.rehearsal,
        demonstration=event.demonstration,
        created=at,
    )


def _participant(state: Cohort, event: e.ParticipantAdded | e.ParticipantCorrected, _: Instant) -> Cohort:
    person = Participant(
        id=event.participant,
        name=event.name,
        organisation=event.organisation,
        registration=event.registration,
        walk_in=isinstance(event, e.ParticipantAdded) and event.walk_in,
    )
    return replace(state, participants=having(state.participants, person.id, person))


def _removed(state: Cohort, event: e.ParticipantRemoved, _: Instant) -> Cohort:
    others = {key: person for key, person in state.participants.items() if key != event.participant}
    phones = {device: of for device, of in state.phones.items() if of != event.participant}
    seats = {(deck, who): seat for (deck, who), seat in state.seats.items() if who != event.participant}
    rest = left_by(state, frozenset({event.participant}))
    return replace(state, participants=others, phones=phones, seats=seats, **rest)


def _opened(state: Cohort, event: e.DeliveryOpened, at: Instant) -> Cohort:
    timetable, _ = place(event.session)
    delivery = Delivery(
        id=event.delivery,
        session_id=event.session_id,
        session=event.session,
        timetable=timetable,
        resources=event.resources,
        warn_at=event.warn_at,
        zone=event.zone,
        utc_offset=event.utc_offset,
        opened=at,
        marks=Marks(planned_start=nearest(event.session.start, at, event.utc_offset), added={}),
        corrected={},
        chosen={},
        attendance={},
    )
    return replace(state, deliveries=having(state.deliveries, delivery.id, delivery))


def _started(delivery: Delivery, event: e.DeliveryStarted, at: Instant) -> Delivery:
    started = replace(delivery, utc_offset=event.utc_offset, zone=event.zone, moved=event.moved)
    first = Visit(segment=event.segment, entered=at, begins=at)
    return _marks(started, planned_start=event.planned_start, visits=(first,))


def _entered(delivery: Delivery, event: e.SegmentEntered, at: Instant) -> Delivery:
    marks = delivery.marks
    order = [segment.id for segment in delivery.session.segments]
    finished = marks.finished - {event.segment}
    left = marks.visits[-1].segment if marks.visits else None
    if left in order and event.segment in order and order.index(event.segment) > order.index(left):
        finished |= {left}
    visit = Visit(segment=event.segment, entered=at, begins=event.begins)
    return _marks(
        delivery,
        visits=(*marks.visits, visit),
        finished=frozenset(finished),
        dropped=marks.dropped - {event.segment},
    )


def _begun(delivery: Delivery, _: e.SegmentBegun, at: Instant) -> Delivery:
    *earlier, last = delivery.marks.visits
    return _marks(delivery, visits=(*earlier, replace(last, begins=at)))


def _corrected(delivery: Delivery, event: e.StartCorrected, _: Instant) -> Delivery:
    *earlier, last = delivery.marks.visits
    waited = last.begins > last.entered
    entered = min(last.entered, event.began) if waited else event.began
    moved = replace(last, entered=entered, begins=event.began)
    was = delivery.corrected.get(event.segment, event.was)
    put_right = replace(delivery, corrected=having(delivery.corrected, event.segment, was))
    if delivery.moved and not earlier:
        put_right = _marks(put_right, planned_start=nearest_minute(event.began))
    pauses = tuple(_cut(pause, event.began, last) for pause in delivery.marks.pauses)
    return _marks(put_right, visits=(*earlier, moved), pauses=pauses)


def _cut(pause: Pause, began: Instant, visit: Visit) -> Pause:
    """End a pause from before `visit` where the segment really began: whoever moved on was no longer pausing."""
    spans = pause.end is not None and pause.start < min(began, visit.entered) and pause.end > began
    return replace(pause, end=began) if spans else pause


def _paused(delivery: Delivery, _: e.Paused, at: Instant) -> Delivery:
    return _marks(delivery, pauses=(*delivery.marks.pauses, Pause(start=at)))


def _resumed(delivery: Delivery, _: e.Resumed, at: Instant) -> Delivery:
    *earlier, last = delivery.marks.pauses
    return _marks(delivery, pauses=(*earlier, replace(last, end=at)))


def _time_added(delivery: Delivery, event: e.TimeAdded, _: Instant) -> Delivery:
    added: Mapping[SegmentId, Duration] = delivery.marks.added
    total = Duration(added.get(event.segment, NOTHING) + event.by)
    return _marks(delivery, added=having(added, event.segment, total))


def _finished(delivery: Delivery, _: e.DeliveryFinished, at: Instant) -> Delivery:
    return _marks(delivery, ended=at)


def _reopened(delivery: Delivery, _: e.DeliveryReopened, __: Instant) -> Delivery:
    return _marks(delivery, ended=None)


def _resource(delivery: Delivery, event: e.ResourceTicked, _: Instant) -> Delivery:
    others = delivery.prepared - {event.resource}
    return replace(delivery, prepared=others | {event.resource} if event.on else others)


def _look_for(delivery: Delivery, event: e.LookForTicked, _: Instant) -> Delivery:
    seen = (event.segment, event.index)
    others = delivery.seen - {seen}
    return replace(delivery, seen=others | {seen} if event.on else others)


def _options(delivery: Delivery, event: e.OptionsChosen, _: Instant) -> Delivery:
    return replace(delivery, chosen=having(delivery.chosen, event.segment, event.options))


def _attendance(delivery: Delivery, event: e.AttendanceMarked, at: Instant) -> Delivery:
    marked = Attendance(arrival=event.arrival, since=at)
    return replace(delivery, attendance=having(delivery.attendance, event.participant, marked))


def _left(delivery: Delivery, event: e.LeftEarly, at: Instant) -> Delivery:
    before = delivery.attendance.get(event.participant, Attendance(arrival="present", since=at))
    return replace(
        delivery, attendance=having(delivery.attendance, event.participant, replace(before, left=at))
    )


def _clock_stepped(delivery: Delivery, event: e.ClockStepped, _: Instant) -> Delivery:
    return replace(delivery, clock_steps=(*delivery.clock_steps, event.by))


def _note(state: Cohort, event: e.NoteTaken, at: Instant) -> Cohort:
    wording = Wording(at=at, kind=event.kind, text=event.text, owner=event.owner)
    note = Note(id=event.note, delivery=event.delivery, segment=event.segment, wordings=(wording,))
    return replace(state, notes=having(state.notes, note.id, note))


def _note_corrected(state: Cohort, event: e.NoteCorrected, at: Instant) -> Cohort:
    note = state.notes.get(event.note)
    if note is None:
        return state
    wording = Wording(at=at, kind=event.kind, text=event.text, owner=event.owner)
    return replace(
        state, notes=having(state.notes, note.id, replace(note, wordings=(*note.wordings, wording)))
    )


_COHORT: dict[type[e.Event], Callable[[Cohort, Any, Instant], Cohort]] = {
    e.CohortCreated: _created,
    e.ParticipantAdded: _participant,
    e.ParticipantCorrected: _participant,
    e.ParticipantRemoved: _removed,
    e.DeliveryOpened: _opened,
    e.NoteTaken: _note,
    e.NoteCorrected: _note_corrected,
    **PRODUCED,
    **JOINED,
    **MERGED,
    **ERASED,
    **SIGNED,
    **WITNESSED,
    **TEAMED,
}

_DELIVERY: dict[type[e.Event], Callable[[Delivery, Any, Instant], Delivery]] = {
    e.DeliveryStarted: _started,
    e.SegmentEntered: _entered,
    e.SegmentBegun: _begun,
    e.StartCorrected: _corrected,
    e.Paused: _paused,
    e.Resumed: _resumed,
    e.TimeAdded: _time_added,
    e.DeliveryFinished: _finished,
    e.DeliveryReopened: _reopened,
    e.ResourceTicked: _resource,
    e.LookForTicked: _look_for,
    e.OptionsChosen: _options,
    e.AttendanceMarked: _attendance,
    e.LeftEarly: _left,
    e.ClockStepped: _clock_stepped,
    **REPLANNED,
}
