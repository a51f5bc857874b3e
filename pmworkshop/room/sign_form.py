"""What somebody types and ticks in order to sign, how it is read, and what is missing from it."""

import hashlib
import json
from collections.abc import Iterator
from typing import Final

from starlette.datastructures import FormData

from pmworkshop.core import commands as c
from pmworkshop.core.centre import Centre
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.packing import has_chosen, may_choose
from pmworkshop.core.signing import LONGEST_STATEMENT
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import LONGEST_NAME, clean_line
from pmworkshop.core.value import value
from pmworkshop.room.context import field

LONGEST_TYPED: Final = 20_000
"""What a field may hold before it is cut: far more than it may have, so that the form can say what is too long."""


@value
class Typed:
    """What stands on the form: `agreed` ids of declarations, `whole` outputs of which everything is to go in."""

    name: str = ""
    agreed: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    ai_use: str = ""
    reuse: str = ""
    refuses: bool = False
    may_be_named: bool = False


def before(state: Cohort, participant: ParticipantId) -> Typed:
    """Return the form as it is first shown: the choices as they are, what was said last time, no tick and no name."""
    chosen = (
        one.id
        for one in state.outputs.values()
        if may_choose(state, one, participant) and has_chosen(state, one, participant)
    )
    last = state.signed.get(participant)
    return Typed(
        whole=frozenset(chosen),
        ai_use=last.ai_use if last else "",
        reuse=last.reuse if last else "",
        refuses=last.refuses_standardisation if last else False,
        may_be_named=last.may_be_named if last else False,
    )


def typed_into(form: FormData) -> Typed:
    """Read what was posted."""
    return Typed(
        name=field(form, "name", LONGEST_TYPED),
        agreed=frozenset(str(one) for one in form.getlist("agreed")),
        whole=frozenset(str(one) for one in form.getlist("whole")),
        ai_use=field(form, "ai-use", LONGEST_TYPED),
        reuse=field(form, "reuse", LONGEST_TYPED),
        refuses=field(form, "refuses") == "yes",
        may_be_named=field(form, "may-be-named") == "yes",
    )


def mark_of(state: Cohort, participant: ParticipantId) -> str:
    """Return what is another as soon as anything is that the form shows for signing."""
    outputs = [
        (one.id, len(one.versions))
        for one in state.outputs.values()
        if participant in one.people and one.withdrawn is None
    ]
    records = [
        (one.id, len(one.wordings))
        for one in state.records.values()
        if one.participant == participant and one.withdrawn is None
    ]
    declared = [(one.id, one.text) for one in state.centre.learner] if state.centre else []
    return hashlib.sha256(json.dumps([outputs, records, declared]).encode()).hexdigest()[:16]


def flaws(centre: Centre | None, typed: Typed) -> Iterator[tuple[str, str]]:
    """Yield the field and the words for everything that is missing, so that all of it is said at once."""
    missing = [one.id for one in (centre.learner if centre else ()) if one.id not in typed.agreed]
    if missing:
        count = "One sentence is" if len(missing) == 1 else f"{len(missing)} sentences are"
        yield "agreed", f"{count} not ticked yet. Tick each that is true; speak to the trainer if one is not."
    for name, text in (("ai-use", typed.ai_use), ("reuse", typed.reuse)):
        if not text.strip():
            yield name, "Not answered yet. “None” will do."
        elif len(text.strip()) > LONGEST_STATEMENT:
            yield name, f"{len(text.strip())} characters; {LONGEST_STATEMENT} are the most."
    name = clean_line(typed.name)
    if not name:
        yield "name", "Type your name: that is your signature."
    elif len(name) > LONGEST_NAME:
        yield "name", f"A name may have {LONGEST_NAME} characters here."


def choices(state: Cohort, participant: ParticipantId, typed: Typed) -> Iterator[c.ChooseForPack]:
    """Yield what has still to be chosen or left out, for the pack to hold what is ticked."""
    for output in state.outputs.values():
        if may_choose(state, output, participant):
            on = output.id in typed.whole
            if on != has_chosen(state, output, participant):
                yield c.ChooseForPack(output=output.id, participant=participant, on=on)
