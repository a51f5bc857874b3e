"""Records of somebody's work that others write, and criteria that the trainer adds to an output or takes out of it."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from typing import Any, Final

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.evidence import Mapped, Particulars, Wording, WorkRecord
from pmworkshop.core.growing import having
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.naming import naming, plain
from pmworkshop.core.output import Withdrawal
from pmworkshop.core.refusal import refuse
from pmworkshop.core.running import Decision
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import LONGEST_NOTE, clean, clean_line
from pmworkshop.core.unit import criteria_of
from pmworkshop.core.units import Instant

LONGEST_REASON: Final = 500
LONGEST_LINE: Final = 300
NO_UNIT: Final = refuse("This cohort has no unit yet: take up one of the course's exercises first.")
NO_RECORD: Final = refuse("That record is not there.")


def _map(state: Cohort, command: c.MapCriterion) -> Decision:
    output, reason = state.outputs.get(command.output), clean_line(command.reason)[:LONGEST_REASON]
    if output is None or output.withdrawn is not None:
        return refuse("That output is not in the record, or was withdrawn.")
    if state.unit is None:
        return NO_UNIT
    if command.criterion not in {one.id for one in criteria_of(state.unit)}:
        return refuse(f"The unit has no criterion {command.criterion}.")
    words = "Say why: the centre reads it beside the evidence." if not reason else ""
    words = words or names_another(state, (reason,), output.people[:1] if not output.members else ())
    if words:
        return refuse(words)
    before = state.mapped.get((command.output, command.criterion))
    if before is not None and (before.on, before.reason) == (command.on, reason):
        return ()
    mapped = e.CriterionMapped(
        output=command.output, criterion=command.criterion, on=command.on, reason=reason
    )
    return (mapped,)


def names_another(state: Cohort, texts: Collection[str], whose: Collection[ParticipantId]) -> str:
    """Say so where a text that goes into the pack of `whose` names somebody else on the register."""
    for person in state.participants.values():
        found = naming([person.name]) if person.id not in whose else None
        if found and any(found.search(plain(text)) for text in texts):
            return f"This goes into a pack, and names {person.name}, whose pack it is not. Write initials instead."
    return ""


def tidy(particulars: Particulars) -> Particulars:
    """Return particulars without what no page could show, each criterion once."""
    relation = clean_line(particulars.relation or "")[:LONGEST_LINE]
    return replace(
        particulars,
        criteria=tuple(dict.fromkeys(particulars.criteria)),
        text=clean(particulars.text).strip()[:LONGEST_NOTE],
        by=clean_line(particulars.by)[:LONGEST_LINE],
        role=clean_line(particulars.role)[:LONGEST_LINE],
        relation=relation or None,
        day=particulars.day.strip(),
        place=clean_line(particulars.place)[:LONGEST_LINE],
    )


def lacking(state: Cohort, particulars: Particulars, *, no_relative: bool) -> str:
    """Say what a record still needs; nothing where it has all."""
    named = {
        "what was seen": particulars.text,
        "who writes it": particulars.by,
        "their role": particulars.role,
    }
    empty = [what for what, text in {**named, "where it was": particulars.place}.items() if not text]
    if empty:
        *before, last = empty
        return f"It still has to say {', '.join(before)}{' and ' if before else ''}{last}."
    if not _is_day(particulars.day):
        return "It needs a day, such as 2026-10-12."
    unit = [one.id for one in criteria_of(state.unit)] if state.unit else []
    strange = [one for one in particulars.criteria if one not in unit]
    if not particulars.criteria or strange:
        wrong = f"The unit has no criterion {strange[0]}." if strange else "It is about no criterion yet."
        return f"{wrong} Name those that it supports."
    return (
        "" if particulars.kind == "observation" else _of_witness(unit, particulars, no_relative=no_relative)
    )


def _of_witness(unit: list[str], particulars: Particulars, *, no_relative: bool) -> str:
    if set(particulars.criteria) == set(unit) and len(unit) > 1:
        return "A statement cannot stand for the whole unit. Name the criteria that the witness saw."
    if not particulars.relation:
        return "A witness says how they know the participant: as their line manager, a colleague, a customer."
    return "" if no_relative else "A relative cannot be a witness. Confirm that this one is none."


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _keep(state: Cohort, command: c.KeepRecord) -> Decision:
    if command.participant not in state.participants:
        return refuse("That person is not on the register.")
    if state.unit is None:
        return NO_UNIT
    particulars = tidy(command.particulars)
    words = lacking(state, particulars, no_relative=command.no_relative)
    texts = (
        particulars.text,
        particulars.by,
        particulars.role,
        particulars.relation or "",
        particulars.place,
    )
    words = words or names_another(state, texts, (command.participant,))
    before = state.records.get(command.record)
    if before is not None and before.participant != command.participant:
        words = "That record is about somebody else."
    elif before is not None and before.withdrawn is not None:
        words = "That record was withdrawn. Write a new one."
    if words:
        return refuse(f"Not kept. {words}")
    if before is not None and before.newest.particulars == particulars:
        return ()
    return (e.RecordKept(record=command.record, participant=command.participant, particulars=particulars),)


def _withdraw(state: Cohort, command: c.WithdrawRecord) -> Decision:
    record, reason = state.records.get(command.record), clean_line(command.reason)[:LONGEST_REASON]
    if record is None:
        return NO_RECORD
    if record.withdrawn is not None:
        return ()
    return (e.RecordWithdrawn(record=command.record, reason=reason),) if reason else refuse("Say why.")


RULES: dict[type, Callable[[Cohort, Any], Decision]] = {
    c.MapCriterion: _map,
    c.KeepRecord: _keep,
    c.WithdrawRecord: _withdraw,
}


def _mapped(state: Cohort, event: e.CriterionMapped, at: Instant) -> Cohort:
    if event.output not in state.outputs:
        return state
    mapped = Mapped(at=at, on=event.on, reason=event.reason)
    return replace(state, mapped=having(state.mapped, (event.output, event.criterion), mapped))


def _kept(state: Cohort, event: e.RecordKept, at: Instant) -> Cohort:
    if event.participant not in state.participants:
        return state
    before = state.records.get(event.record)
    wordings = (*(before.wordings if before else ()), Wording(at=at, particulars=event.particulars))
    record = WorkRecord(id=event.record, participant=event.participant, wordings=wordings)
    return replace(state, records=having(state.records, record.id, record))


def _withdrawn(state: Cohort, event: e.RecordWithdrawn, at: Instant) -> Cohort:
    before = state.records.get(event.record)
    if before is None:
        return state
    gone = replace(before, withdrawn=Withdrawal(at=at, reason=event.reason))
    return replace(state, records=having(state.records, gone.id, gone))


WITNESSED: dict[type[e.Event], Callable[[Cohort, Any, Instant], Cohort]] = {
    e.CriterionMapped: _mapped,
    e.RecordKept: _kept,
    e.RecordWithdrawn: _withdrawn,
}
