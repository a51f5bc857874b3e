"""Whether a command is carried out: (state, command, now) gives events, or a refusal in words.

The rules of the clock stand in `running`, those of exercises in `producing`, those of cards in `dealing`;
here are those of the cohort, its register and its notes.
"""

from collections.abc import Callable
from typing import Any

from pmworkshop.core import commands as c
from pmworkshop.core import (
    dealing,
    erasing,
    joining,
    merging,
    producing,
    replanning,
    running,
    signing,
    teaming,
    witnessing,
)
from pmworkshop.core import events as e
from pmworkshop.core.people import Person, person
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.running import Decision
from pmworkshop.core.state import NOTE_KINDS, Cohort, Delivery, NoteKind
from pmworkshop.core.text import LONGEST_NAME, LONGEST_NOTE, clean, clean_line, matching
from pmworkshop.core.units import Instant

NAMED = 5
UNKNOWN = refuse("That session is not in this cohort's record.")


def decide(state: Cohort, command: c.Command, now: Instant) -> Decision:
    """Return the events that carry out `command`, or a refusal."""
    if not state.exists and not isinstance(command, c.CreateCohort):
        return refuse("This cohort has no record yet.")
    rule = running.RULES.get(type(command)) or _ON_DELIVERY.get(type(command))
    if rule is None:
        return _ON_COHORT[type(command)](state, command)
    delivery = state.deliveries.get(command.delivery)  # type: ignore[union-attr,arg-type]  # all such commands have one
    if delivery is None:
        return UNKNOWN
    return joining.outlived(state, delivery, rule(delivery, command, now))


def _create(state: Cohort, command: c.CreateCohort) -> Decision:
    name = clean_line(command.name)[:LONGEST_NAME]
    if state.exists:
        return refuse(f"The cohort “{state.name}” is there already.")
    if not name:
        return refuse("A cohort needs a name.")
    return (e.CohortCreated(name=name, rehearsal=command.rehearsal, demonstration=command.demonstration),)


def _open(state: Cohort, command: c.OpenDelivery) -> Decision:
    if command.delivery in state.deliveries:
        return refuse("That session has been taken up already.")
    opened = e.DeliveryOpened(
        delivery=command.delivery,
        session_id=command.session_id,
        session=command.session,
        resources=command.resources,
        warn_at=command.warn_at,
        zone=command.zone,
        utc_offset=command.utc_offset,
    )
    return (opened,)


def _add(state: Cohort, command: c.AddParticipants) -> Decision:
    known = {matching(p.name): p.name for p in state.participants.values()}
    events: list[e.Event] = []
    doubles: list[str] = []
    for participant, given in command.people:
        one = person(given.name, given.organisation, given.registration)
        if one is None:
            continue
        key = matching(one.name)
        if key in known:
            doubles.append(one.name if one.name == known[key] else f"{one.name} (there is {known[key]})")
            if command.doubles == "leave out":
                continue
        known[key] = one.name
        events.append(_added(participant, one))
    if doubles and command.doubles == "ask":
        listed = ", ".join(doubles[:NAMED]) + (
            f" and {len(doubles) - NAMED} more" if len(doubles) > NAMED else ""
        )
        return Refusal(words=f"Already on the register: {listed}.", question=True)
    return tuple(events) if events or doubles else refuse("There is no name in that.")


def _added(participant: Any, one: Person) -> e.Event:
    return e.ParticipantAdded(
        participant=participant, name=one.name, organisation=one.organisation, registration=one.registration
    )


def _correct_participant(state: Cohort, command: c.CorrectParticipant) -> Decision:
    before = state.participants.get(command.participant)
    one = person(command.person.name, command.person.organisation, command.person.registration)
    if before is None:
        return refuse("That person is not on the register.")
    if one is None:
        return refuse("A participant needs a name.")
    same = (before.name, before.organisation, before.registration) == (
        one.name,
        one.organisation,
        one.registration,
    )
    if same and not before.walk_in:
        return ()
    corrected = e.ParticipantCorrected(
        participant=before.id, name=one.name, organisation=one.organisation, registration=one.registration
    )
    return (corrected,)


def _remove_participant(state: Cohort, command: c.RemoveParticipant) -> Decision:
    if command.participant not in state.participants:
        return refuse("That person is not on the register.")
    return (e.ParticipantRemoved(participant=command.participant),)


def _note_text(text: str) -> str | Refusal:
    cleaned = clean(text).strip()
    if not cleaned:
        return refuse("The note is empty.")
    if len(cleaned) > LONGEST_NOTE:
        return refuse(f"The note has {len(cleaned):,} characters; {LONGEST_NOTE:,} fit. Make two of it.")
    return cleaned


def _take_note(state: Cohort, command: c.TakeNote) -> Decision:
    delivery = state.deliveries.get(command.delivery)
    text = _note_text(command.text)
    if delivery is None:
        return UNKNOWN
    if command.note in state.notes:
        return refuse("That note is in the record already.")
    if isinstance(text, Refusal):
        return text
    taken = e.NoteTaken(
        note=command.note,
        delivery=delivery.id,
        segment=delivery.current,
        kind=_note_kind(command.kind),
        text=text,
        owner=clean_line(command.owner or "")[:LONGEST_NAME] or None,
    )
    return (taken,)


def _correct_note(state: Cohort, command: c.CorrectNote) -> Decision:
    note = state.notes.get(command.note)
    text = _note_text(command.text)
    if note is None:
        return refuse("That note is not in the record.")
    if isinstance(text, Refusal):
        return text
    owner = clean_line(command.owner or "")[:LONGEST_NAME] or None
    kind = _note_kind(command.kind)
    if (note.newest.kind, note.newest.text, note.newest.owner) == (kind, text, owner):
        return ()
    return (e.NoteCorrected(note=note.id, kind=kind, text=text, owner=owner),)


def _note_kind(kind: NoteKind) -> NoteKind:
    return kind if kind in NOTE_KINDS else "note"


def _tick_resource(delivery: Delivery, command: c.TickResource, _: Instant) -> Decision:
    if command.resource not in {resource.id for resource in delivery.resources}:
        return refuse("That is not on the preparation list.")
    if (command.resource in delivery.prepared) == command.on:
        return ()
    return (e.ResourceTicked(delivery=delivery.id, resource=command.resource, on=command.on),)


def _tick_look_for(delivery: Delivery, command: c.TickLookFor, _: Instant) -> Decision:
    segment = delivery.segment(command.segment)
    if not delivery.under_way:
        return running.NOT_UNDER_WAY
    if segment is None or not 0 <= command.index < len(segment.look_for):
        return refuse("There is no such thing to look for here.")
    if ((segment.id, command.index) in delivery.seen) == command.on:
        return ()
    ticked = e.LookForTicked(delivery=delivery.id, segment=segment.id, index=command.index, on=command.on)
    return (ticked,)


def _choose(delivery: Delivery, command: c.ChooseOptions, _: Instant) -> Decision:
    segment = delivery.segment(command.segment)
    if segment is None or segment.options is None:
        return refuse("There is nothing to choose here.")
    known = [option.id for option in segment.options.of]
    if any(option not in known for option in command.options):
        return refuse("There is no such option here.")
    if segment.options.choose == "one" and len(command.options) > 1:
        return refuse("Only one of these can be run.")
    if delivery.chosen.get(segment.id, ()) == command.options:
        return ()
    return (e.OptionsChosen(delivery=delivery.id, segment=segment.id, options=command.options),)


def _attendance(state: Cohort, command: c.MarkAttendance | c.MarkLeft) -> Decision:
    delivery = state.deliveries.get(command.delivery)
    if delivery is None:
        return UNKNOWN
    if command.participant not in state.participants:
        return refuse("That person is not on the register.")
    before = delivery.attendance.get(command.participant)
    if isinstance(command, c.MarkLeft):
        if before is not None and (before.left is not None or before.arrival == "absent"):
            return refuse("They are not in the room.")
        return (e.LeftEarly(delivery=delivery.id, participant=command.participant),)
    if before is not None and before.arrival == command.arrival and before.left is None:
        return ()
    marked = e.AttendanceMarked(
        delivery=delivery.id, participant=command.participant, arrival=command.arrival
    )
    return (marked,)


_ON_COHORT: dict[type, Callable[[Cohort, Any], Decision]] = {
    c.CreateCohort: _create,
    c.OpenDelivery: _open,
    c.AddParticipants: _add,
    c.CorrectParticipant: _correct_participant,
    c.RemoveParticipant: _remove_participant,
    c.TakeNote: _take_note,
    c.CorrectNote: _correct_note,
    c.MarkAttendance: _attendance,
    c.MarkLeft: _attendance,
    **producing.RULES,
    **dealing.RULES,
    **joining.RULES,
    **merging.RULES,
    **erasing.RULES,
    **signing.RULES,
    **witnessing.RULES,
    **teaming.RULES,
}

_ON_DELIVERY: dict[type, Callable[[Delivery, Any, Instant], Decision]] = {
    c.TickResource: _tick_resource,
    c.TickLookFor: _tick_look_for,
    c.ChooseOptions: _choose,
    **replanning.RULES,
}
