"""Somebody is taken out of the record for good: the state without them, whether or not the bodies are erased yet.

What others made together with them is the others' evidence too, and stays; `theirs` finds the events that are theirs.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.answers import Answers
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.output import Board, Output, by_writer
from pmworkshop.core.refusal import refuse
from pmworkshop.core.running import Decision
from pmworkshop.core.state import Cohort, Delivery
from pmworkshop.core.teamed import forgotten
from pmworkshop.core.text import matching
from pmworkshop.core.units import Instant

People = Collection[ParticipantId]


def _erase(state: Cohort, command: c.EraseParticipant) -> Decision:
    gone = {command.participant, *command.also}
    if gone <= state.erased and not gone & state.participants.keys():
        return ()
    if command.events < 1:
        return refuse("There is nothing of that person in the record.")
    erased = e.ParticipantErased(participant=command.participant, also=command.also, events=command.events)
    phones = (e.PhoneLeft(device=device) for device in command.phones)
    return (erased, *phones, *_voted_anew(state, gone))


def _voted_anew(state: Cohort, gone: People) -> Iterator[e.Event]:
    """Yield the votes of others who had voted for an idea that goes, without it."""
    for exercise_id, ideas in their_ideas(state, gone).items():
        board = state.boards.get(exercise_id)
        for voter, chosen in board.dots.items() if board else ():
            if voter not in gone and ideas & set(chosen):
                rest = tuple(idea for idea in chosen if idea not in ideas)
                yield e.DotsPlaced(exercise_id=exercise_id, voter=voter, ideas=rest)


RULES: dict[type, Callable[[Cohort, Any], Decision]] = {c.EraseParticipant: _erase}


def theirs_alone(state: Cohort, output: Output, gone: People) -> bool:
    """Whether an output is nobody else's who can still be asked for it."""
    return all(
        one in gone or (one in state.erased and one not in state.participants) for one in output.people
    )


def their_ideas(state: Cohort, gone: People) -> Mapping[str, frozenset[str]]:
    """Return the ideas, as boards know them, that stand on nobody else's sheet, by exercise."""
    theirs: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for output in state.outputs.values():
        found = theirs if theirs_alone(state, output, gone) else others
        ideas = (one.answers for one in output.versions)
        found.setdefault(output.exercise_id, set()).update(_ideas(ideas))
    for exercise_id, sheets in state.anonymous.items():
        others.setdefault(exercise_id, set()).update(_ideas(sheet.answers for sheet in sheets))
    return {name: frozenset(ideas - others.get(name, set())) for name, ideas in theirs.items()}


def _ideas(sheets: Iterable[Answers]) -> Iterator[str]:
    for answers in sheets:
        for given in answers.values():
            for entry in given if isinstance(given, tuple) else (given,):
                if isinstance(entry, str):
                    yield matching(entry)


def _erased(state: Cohort, event: e.ParticipantErased, _: Instant) -> Cohort:
    gone = frozenset({event.participant, *event.also})
    ideas = their_ideas(state, gone)
    outputs = {
        key: _named_once(one, event)
        for key, one in state.outputs.items()
        if not theirs_alone(state, one, gone)
    }
    boards = {
        key: _without_ideas(one, gone, ideas.get(key, frozenset())) for key, one in state.boards.items()
    }
    return replace(
        state,
        participants=_but(state.participants, gone),
        phones={device: of for device, of in state.phones.items() if of not in gone},
        joined=_but(state.joined, gone),
        signed_out=_but(state.signed_out, gone),
        seats={key: seat for key, seat in state.seats.items() if key[1] not in gone},
        for_pack={key: on for key, on in state.for_pack.items() if key[1] not in gone and key[0] in outputs},
        mapped={key: one for key, one in state.mapped.items() if key[0] in outputs},
        records={key: one for key, one in state.records.items() if one.participant not in gone},
        signed=_but(state.signed, gone),
        centre_signed=_but(state.centre_signed, gone),
        outputs=outputs,
        written=by_writer(outputs),
        deliveries={key: _unattended(one, gone) for key, one in state.deliveries.items()},
        boards={key: one for key, one in boards.items() if one.sorted or one.dots},
        erased=state.erased | gone,
        **forgotten(state, gone),
    )


def _but(mapping: Mapping[ParticipantId, Any], gone: People) -> dict[ParticipantId, Any]:
    return {who: one for who, one in mapping.items() if who not in gone}


def _named_once(output: Output, event: e.ParticipantErased) -> Output:
    """Return what was made together, with the erased person in it once: the merging of a walk-in is erased as well."""
    people = dict.fromkeys(event.participant if one in event.also else one for one in output.people)
    first, *others = people
    return replace(output, participant=first, members=tuple(others))


def _without_ideas(board: Board, gone: People, ideas: frozenset[str]) -> Board:
    return Board(
        sorted={idea: into for idea, into in board.sorted.items() if idea not in ideas},
        dots={
            voter: tuple(one for one in chosen if one not in ideas)
            for voter, chosen in board.dots.items()
            if voter not in gone
        },
    )


def _unattended(delivery: Delivery, gone: People) -> Delivery:
    if not any(one in delivery.attendance for one in gone):
        return delivery
    return replace(delivery, attendance=_but(delivery.attendance, gone))


ERASED: dict[type[e.Event], Callable[[Cohort, Any, Instant], Cohort]] = {e.ParticipantErased: _erased}
