"""Who is named in a pack and how: its owner in full, everybody else by initials unless they agreed."""

import re
from typing import Final

from pmworkshop.core.centre import Centre
from pmworkshop.core.filenames import filled_in, initial_and_surname
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.state import Cohort, Participant
from pmworkshop.core.unit import Unit

SHORTEST_WORD: Final = 3


def pack_name(centre: Centre, unit: Unit, person: Participant) -> str:
    """Return what a pack is called by the centre's pattern, as the stem of a file."""
    initial, surname = initial_and_surname(person.name)
    values = {
        "initial": initial,
        "surname": surname,
        "registration": person.registration or "",
        "centre": centre.number or "",
        "unit": unit.reference,
        "submission": str(centre.submission),
    }
    return filled_in(centre.pack_name, values, otherwise=f"pack {unit.reference}")


def name_or_initials(state: Cohort, participant: ParticipantId) -> str:
    """Return how somebody else stands in a pack."""
    person = state.participants.get(participant)
    if person is None:
        return "(erased)" if participant in state.erased else "somebody no longer on the register"
    signature = state.signed.get(participant)
    return person.name if signature and signature.may_be_named else initials(person.name)


def initials(name: str) -> str:
    """Return the first letter of each word of a name, such as B. S."""
    return " ".join(f"{word[0]}." for word in name.split())


def without_others(state: Cohort, text: str, participant: ParticipantId) -> str:
    """Return a text of the room's with everybody else's name as initials, also where only a part of it stands."""
    for other in state.participants.values():
        if other.id == participant:
            continue
        text = re.sub(re.escape(other.name), initials(other.name), text, flags=re.IGNORECASE)
        for word in other.name.split():
            if len(word) >= SHORTEST_WORD:
                text = re.sub(rf"\b{re.escape(word)}\b", f"{word[0]}.", text)
    return text
