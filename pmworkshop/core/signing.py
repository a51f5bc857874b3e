"""Who put their name to what: a participant to their pack, the trainer for the centre; and what undoes it.

A signature holds for what it was put under. Whatever changes there afterwards voids it, until it is given anew.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.centre import Declaration
from pmworkshop.core.evidence import Covered, Signature
from pmworkshop.core.growing import having
from pmworkshop.core.ids import OutputId, ParticipantId, RecordId
from pmworkshop.core.packing import edition, has_chosen, may_choose, packed_outputs
from pmworkshop.core.refusal import refuse
from pmworkshop.core.running import Decision
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import LONGEST_NAME, clean, clean_line
from pmworkshop.core.units import Instant

LONGEST_STATEMENT: Final = 2_000
NO_CENTRE: Final = refuse(
    "The centre's declarations have not been taken up yet. Open the kit's session first."
)
NOBODY: Final = refuse("That person is not on the register.")
CHANGED: Final = refuse(
    "Not signed: something was handed in or changed in the meantime. Look it over, and sign what is there now."
)


def covered(state: Cohort, participant: ParticipantId) -> tuple[Covered, ...]:
    """Return what somebody's signature would be put under now: their pack's outputs and records, in order."""
    outputs = (
        Covered(
            what=one.id,
            version=len(one.versions),
            whole=may_choose(state, one, participant) and has_chosen(state, one, participant),
        )
        for one in packed_outputs(state, participant)
    )
    records = (
        Covered(what=one.id, version=len(one.wordings))
        for one in state.records.values()
        if one.participant == participant and one.withdrawn is None
    )
    return (*outputs, *records)


def changes(state: Cohort, participant: ParticipantId, signature: Signature) -> tuple[str, ...]:
    """Return in words what has changed since `signature`; nothing where it holds."""
    then = {one.what: one for one in signature.covers}
    now = {one.what: one for one in covered(state, participant)}
    return tuple(_changes(state, then, now))


def _changes(state: Cohort, then: Mapping[str, Covered], now: Mapping[str, Covered]) -> Iterator[str]:
    for what, one in now.items():
        if what not in then:
            yield f"{title(state, what)} was added"
        elif one.version != then[what].version:
            yield f"{title(state, what)} was amended"
        elif one.whole != then[what].whole:
            yield f"what goes in of {title(state, what)} was changed"
    for what in then:
        if what not in now:
            yield f"{title(state, what)} no longer goes in"


def title(state: Cohort, what: str) -> str:
    """Return what an output or a record is called."""
    output, record = state.outputs.get(OutputId(what)), state.records.get(RecordId(what))
    if output is not None:
        return f"“{edition(state, output).title}”"
    if record is not None:
        kind = (
            "the observation record" if record.newest.particulars.kind == "observation" else "the statement"
        )
        return f"{kind} by {record.newest.particulars.by}"
    return "something that was erased"


def holds(state: Cohort, participant: ParticipantId) -> bool:
    """Whether somebody has signed, and nothing has changed since."""
    signature = state.signed.get(participant)
    return signature is not None and not changes(state, participant, signature)


def holds_for_centre(state: Cohort, participant: ParticipantId) -> bool:
    """Whether the trainer has signed somebody's pack, and nothing has changed since."""
    signature = state.centre_signed.get(participant)
    if signature is None or not holds(state, participant):
        return False
    return signature.at >= state.signed[participant].at and not changes(state, participant, signature)


def _sign(state: Cohort, command: c.SignPack) -> Decision:
    ai_use, reuse = clean(command.ai_use).strip(), clean(command.reuse).strip()
    if command.participant not in state.participants:
        return NOBODY
    if state.centre is None:
        return NO_CENTRE
    covers = covered(state, command.participant)
    if command.seen is not None and command.seen != covers:
        return CHANGED
    words = "" if covers else "There is nothing to sign yet: no evidence has been handed in."
    words = words or _unnamed(command.name) or _disagreed(state.centre.learner, command.agreed)
    words = words or _unsaid(ai_use, reuse)
    if words:
        return refuse(words)
    signed = e.PackSigned(
        participant=command.participant,
        name=clean_line(command.name)[:LONGEST_NAME],
        declarations=state.centre.learner,
        covers=covers,
        ai_use=ai_use,
        reuse=reuse,
        refuses_standardisation=command.refuses_standardisation,
        may_be_named=command.may_be_named,
        route=command.route,
        entered_by=command.entered_by,
    )
    before = state.signed.get(command.participant)
    return () if before is not None and _signature(signed, before.at) == before else (signed,)


def _unnamed(name: str) -> str:
    return "" if clean_line(name) else "Type your name: that is your signature."


def _disagreed(wanted: tuple[Declaration, ...], agreed: Collection[str]) -> str:
    missing = next((one.text for one in wanted if one.id not in agreed), "")
    return f"Not signed. Every sentence has to be agreed to; this one is not: “{missing}”" if missing else ""


def _unsaid(ai_use: str, reuse: str) -> str:
    if not ai_use or not reuse:
        what = "AI tools" if not ai_use else "earlier use of this work"
        return f"Not signed. Say something about {what}; “none” will do."
    if max(len(ai_use), len(reuse)) > LONGEST_STATEMENT:
        return f"Not signed. A statement may have {LONGEST_STATEMENT} characters."
    return ""


def _sign_for_centre(state: Cohort, command: c.SignForCentre) -> Decision:
    if command.participant not in state.participants:
        return NOBODY
    if state.centre is None:
        return NO_CENTRE
    words = _not_yet(state, command.participant)
    words = words or _unnamed(command.name) or _disagreed(state.centre.centre, command.agreed)
    if words:
        return refuse(words)
    name = clean_line(command.name)[:LONGEST_NAME]
    before = state.centre_signed.get(command.participant)
    if before is not None and before.name == name and holds_for_centre(state, command.participant):
        return ()
    signed = e.CentreSigned(
        participant=command.participant,
        name=name,
        declarations=state.centre.centre,
        covers=covered(state, command.participant),
    )
    return (signed,)


def _not_yet(state: Cohort, participant: ParticipantId) -> str:
    if holds(state, participant):
        return ""
    why = "has signed, but something changed since" if participant in state.signed else "has not signed"
    return f"{state.participants[participant].name} {why}: the centre signs after the participant."


def _take_centre(state: Cohort, command: c.TakeCentre) -> Decision:
    return () if command.centre == state.centre else (e.CentreTaken(centre=command.centre),)


RULES: dict[type, Callable[[Cohort, Any], Decision]] = {
    c.TakeCentre: _take_centre,
    c.SignPack: _sign,
    c.SignForCentre: _sign_for_centre,
}


def _signature(event: e.PackSigned, at: Instant) -> Signature:
    return Signature(
        at=at,
        name=event.name,
        declarations=event.declarations,
        covers=event.covers,
        route=event.route,
        entered_by=event.entered_by,
        ai_use=event.ai_use,
        reuse=event.reuse,
        refuses_standardisation=event.refuses_standardisation,
        may_be_named=event.may_be_named,
    )


def _signed(state: Cohort, event: e.PackSigned, at: Instant) -> Cohort:
    if event.participant not in state.participants:
        return state
    return replace(state, signed=having(state.signed, event.participant, _signature(event, at)))


def _centre_signed(state: Cohort, event: e.CentreSigned, at: Instant) -> Cohort:
    if event.participant not in state.participants:
        return state
    signature = Signature(
        at=at,
        name=event.name,
        declarations=event.declarations,
        covers=event.covers,
        route="laptop",
        entered_by="trainer",
    )
    return replace(state, centre_signed=having(state.centre_signed, event.participant, signature))


def _taken(state: Cohort, event: e.CentreTaken, _: Instant) -> Cohort:
    return replace(state, centre=event.centre)


SIGNED: dict[type[e.Event], Callable[[Cohort, Any, Instant], Cohort]] = {
    e.CentreTaken: _taken,
    e.PackSigned: _signed,
    e.CentreSigned: _centre_signed,
}
