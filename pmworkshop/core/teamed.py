"""What groups, rounds and line managers are after each event; and what becomes of them when somebody goes or is somebody else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from pmworkshop.core import events as e
from pmworkshop.core.grouping import Grouping, Groups
from pmworkshop.core.growing import having
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.rotating import Rotation
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import Duration, Instant


def _made(state: Cohort, event: e.GroupsMade, at: Instant) -> Cohort:
    grouping = Grouping(
        id=event.grouping, at=at, delivery=event.delivery, name=event.name, groups=event.groups
    )
    return replace(state, groupings=having(state.groupings, grouping.id, grouping))


def _changed(state: Cohort, event: e.GroupsChanged, _: Instant) -> Cohort:
    grouping = state.groupings.get(event.grouping)
    if grouping is None:
        return state
    changed = replace(grouping, groups=event.groups)
    return replace(state, groupings=having(state.groupings, grouping.id, changed))


def _said(state: Cohort, event: e.LineManagerSaid, _: Instant) -> Cohort:
    if not {event.participant, event.manager} <= state.participants.keys():
        return state
    managers = {
        who: of for who, of in state.managers.items() if (who, of) != (event.participant, event.manager)
    }
    return replace(state, managers=managers | ({event.participant: event.manager} if event.on else {}))


def _started(state: Cohort, event: e.RotationStarted, at: Instant) -> Cohort:
    rotation = Rotation(
        id=event.rotation,
        grouping=event.grouping,
        delivery=event.delivery,
        title=event.title,
        roles=event.roles,
        rounds=event.rounds,
        work=event.work,
        feedback=event.feedback,
        number=1,
        groups=known(event.groups, state),
        started=at,
    )
    return replace(state, rotations=having(state.rotations, rotation.id, rotation))


def _of_rotation(state: Cohort, event: Any, at: Instant) -> Cohort:
    rotation = state.rotations.get(event.rotation)
    if rotation is None:
        return state
    match event:
        case e.RoundBegun():
            rotation = replace(
                rotation,
                number=event.number,
                rounds=max(rotation.rounds, event.number),
                groups=known(event.groups, state),
                started=at,
                added=Duration(0),
                added_feedback=Duration(0),
                past=_past(rotation, event.number),
            )
        case e.RoundTimeAdded():
            rotation = _lengthened(rotation, event)
        case e.RotationEnded():
            rotation = replace(rotation, ended=at)
    return replace(state, rotations=having(state.rotations, rotation.id, rotation))


def _lengthened(rotation: Rotation, event: e.RoundTimeAdded) -> Rotation:
    if event.feedback:
        return replace(rotation, added_feedback=Duration(rotation.added_feedback + event.by))
    return replace(rotation, added=Duration(rotation.added + event.by))


def _past(rotation: Rotation, number: int) -> tuple[tuple[int, Groups], ...]:
    """Return the rounds before round `number`; those that are done over are done once."""
    held = {**dict(rotation.past), rotation.number: rotation.groups}
    return tuple((one, groups) for one, groups in sorted(held.items()) if one < number)


def _regrouped(rotation: Rotation, change: Callable[[Groups], Groups]) -> Rotation:
    past = tuple((number, change(groups)) for number, groups in rotation.past)
    return replace(rotation, groups=change(rotation.groups), past=past)


def known(groups: Groups, state: Cohort) -> Groups:
    """Return groups with only those in them who are on the register."""
    return tuple(tuple(one for one in group if one in state.participants) for group in groups)


def without(groups: Groups, gone: Iterable[ParticipantId]) -> Groups:
    """Return groups without some people."""
    out = frozenset(gone)
    return tuple(tuple(one for one in group if one not in out) for group in groups)


def left_by(state: Cohort, gone: frozenset[ParticipantId]) -> Mapping[str, Any]:
    """Return what groups and managers are without these people, as fields of the cohort.

    A round that has begun keeps their places, so that nobody else's role changes in the middle of it.
    """
    return {
        "groupings": {
            key: replace(one, groups=without(one.groups, gone)) for key, one in state.groupings.items()
        },
        "managers": {who: of for who, of in state.managers.items() if who not in gone and of not in gone},
    }


def forgotten(state: Cohort, gone: frozenset[ParticipantId]) -> Mapping[str, Any]:
    """Return the same for people who are erased: they stand in no round either."""
    rotations = {
        key: _regrouped(one, lambda groups: without(groups, gone)) for key, one in state.rotations.items()
    }
    return {**left_by(state, gone), "rotations": rotations}


def became(state: Cohort, gone: ParticipantId, into: ParticipantId) -> Mapping[str, Any]:
    """Return groups, rounds and managers with one person in another's place, as fields of the cohort."""

    def swapped(groups: Groups) -> Groups:
        rest = without(groups, {gone}) if any(into in group for group in groups) else groups
        return tuple(tuple(into if one == gone else one for one in group) for group in rest)

    managers = {
        (into if who == gone else who): (into if of == gone else of) for who, of in state.managers.items()
    } | {who: (into if of == gone else of) for who, of in state.managers.items() if who == into}
    return {
        "groupings": {key: replace(one, groups=swapped(one.groups)) for key, one in state.groupings.items()},
        "rotations": {key: _regrouped(one, swapped) for key, one in state.rotations.items()},
        "managers": {who: of for who, of in managers.items() if who != of},
    }


TEAMED: dict[type[e.Event], Callable[[Cohort, Any, Instant], Cohort]] = {
    e.GroupsMade: _made,
    e.GroupsChanged: _changed,
    e.LineManagerSaid: _said,
    e.RotationStarted: _started,
    e.RoundBegun: _of_rotation,
    e.RoundTimeAdded: _of_rotation,
    e.RotationEnded: _of_rotation,
}
