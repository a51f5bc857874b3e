"""Who has written a sheet together: the scribe types the names, for no page shows anybody the names of all."""

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import clean_line, matching

MOST: int = 40


def members_named(state: Cohort, typed: str, scribe: ParticipantId) -> tuple[tuple[ParticipantId, ...], str]:
    """Return whom the typed names mean, one a line or between commas, and words about the first that means nobody.

    A name means whoever has it; a first name will do where only one person has it.
    """
    members: dict[ParticipantId, None] = {}
    for name in [clean_line(one) for one in typed.replace(",", "\n").replace(";", "\n").split("\n")][:MOST]:
        if not name:
            continue
        found = _meant(state, name)
        if len(found) != 1:
            who = "Nobody here is called" if not found else "More than one person here is called"
            return (
                (),
                f"{who} “{name}”. Write first name and surname, as they joined; leave out who has not joined.",
            )
        if found[0] != scribe:
            members[found[0]] = None
    return tuple(members), ""


def _meant(state: Cohort, name: str) -> list[ParticipantId]:
    wanted = matching(name)
    whole = [one.id for one in state.participants.values() if matching(one.name) == wanted]
    if whole:
        return whole
    return [one.id for one in state.participants.values() if matching(one.name.split()[0]) == wanted]
