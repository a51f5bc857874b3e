"""Two entries of the register turn out to be one person: a walk-in is somebody who stands there already."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.evidence import Signature
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.output import Output, by_writer
from pmworkshop.core.refusal import refuse
from pmworkshop.core.running import Decision
from pmworkshop.core.state import Cohort, Delivery
from pmworkshop.core.teamed import became
from pmworkshop.core.units import Instant


def _merge(state: Cohort, command: c.MergeWalkIn) -> Decision:
    walk_in, into = state.participants.get(command.walk_in), state.participants.get(command.into)
    if walk_in is None or into is None or walk_in == into:
        return refuse("That person is not on the register.")
    if not walk_in.walk_in:
        return refuse(
            f"{walk_in.name} is no walk-in: only who came in by phone unexpected can be somebody else."
        )
    both = sorted(_both(state, command.walk_in, command.into))
    if both:
        return refuse(f"Both have handed in “{both[0]}”. Withdraw one of the two first.")
    return (e.ParticipantMerged(participant=command.walk_in, into=command.into),)


def _both(state: Cohort, one: ParticipantId, other: ParticipantId) -> Iterator[str]:
    """Yield the titles of exercises that are done once only, and that both have done."""
    done: dict[str, set[ParticipantId]] = {}
    for output in state.outputs.values():
        if output.withdrawn is None:
            done.setdefault(output.exercise_id, set()).update({one, other} & {output.participant})
    for exercise_id, people in done.items():
        exercise = state.exercise(exercise_id)
        if len(people) > 1 and exercise is not None and not exercise.repeatable:
            yield exercise.title


RULES: dict[type, Callable[[Cohort, Any], Decision]] = {c.MergeWalkIn: _merge}


def _merged(state: Cohort, event: e.ParticipantMerged, _: Instant) -> Cohort:
    gone, into = event.participant, event.into
    if gone not in state.participants or into not in state.participants:
        return state
    joined = dict(state.joined)
    since = joined.pop(gone, None)
    if since is not None:
        joined[into] = min(since, joined.get(into, since))
    outputs = {key: _of(output, gone, into) for key, output in state.outputs.items()}
    return replace(
        state,
        participants={key: person for key, person in state.participants.items() if key != gone},
        phones={device: into if of == gone else of for device, of in state.phones.items()},
        joined=joined,
        seats=_keyed(state.seats, gone, into),
        for_pack=_keyed(state.for_pack, gone, into),
        signed=_signed_by(state.signed, gone, into),
        centre_signed=_signed_by(state.centre_signed, gone, into),
        records={
            key: replace(one, participant=into) if one.participant == gone else one
            for key, one in state.records.items()
        },
        outputs=outputs,
        written=by_writer(outputs),
        deliveries={key: _attended(one, gone, into) for key, one in state.deliveries.items()},
        boards={key: replace(one, dots=_voted(one.dots, gone, into)) for key, one in state.boards.items()},
        **became(state, gone, into),
    )


def _keyed(
    mapping: Mapping[tuple[Any, ParticipantId], Any], gone: ParticipantId, into: ParticipantId
) -> dict[tuple[Any, ParticipantId], Any]:
    """Return a mapping by (something, person) with what was one's now the other's, unless they have their own."""
    moved = {(what, into): value for (what, who), value in mapping.items() if who == gone}
    return moved | {key: value for key, value in mapping.items() if key[1] != gone}


def _signed_by(
    signatures: Mapping[ParticipantId, Signature], gone: ParticipantId, into: ParticipantId
) -> Mapping[ParticipantId, Signature]:
    moved = {into: signatures[gone]} if gone in signatures else {}
    return moved | {who: one for who, one in signatures.items() if who != gone}


def _of(output: Output, gone: ParticipantId, into: ParticipantId) -> Output:
    if gone not in output.people:
        return output
    first = into if output.participant == gone else output.participant
    others = dict.fromkeys(into if one == gone else one for one in output.members)
    return replace(output, participant=first, members=tuple(one for one in others if one != first))


def _voted(
    dots: Mapping[str, tuple[str, ...]], gone: ParticipantId, into: ParticipantId
) -> Mapping[str, tuple[str, ...]]:
    if gone not in dots:
        return dots
    others = {voter: ideas for voter, ideas in dots.items() if voter != gone}
    return {into: dots[gone], **others}


def _attended(delivery: Delivery, gone: ParticipantId, into: ParticipantId) -> Delivery:
    if gone not in delivery.attendance:
        return delivery
    marks = {who: mark for who, mark in delivery.attendance.items() if who != gone}
    return replace(delivery, attendance={into: delivery.attendance[gone], **marks})


MERGED: dict[type[e.Event], Callable[[Cohort, Any, Instant], Cohort]] = {e.ParticipantMerged: _merged}
