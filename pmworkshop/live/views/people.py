"""What people are called wherever several stand together: two of one name are told apart."""

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.state import Cohort, Participant
from pmworkshop.core.text import matching


def shown_names(state: Cohort) -> dict[ParticipantId, str]:
    """Return everybody's name; two of one name with their organisation, or counted: the wall shows no numbers of anybody's."""
    alike: dict[str, list[Participant]] = {}
    for one in state.participants.values():
        alike.setdefault(matching(one.name), []).append(one)
    apart: dict[ParticipantId, str] = {}
    for people in alike.values():
        apart |= {people[0].id: people[0].name} if len(people) == 1 else _apart(people)
    return {one: apart[one] for one in state.participants}


def _apart(people: list[Participant]) -> dict[ParticipantId, str]:
    """Tell people of one name apart by their organisations, where each has one of their own."""
    texts = [one.organisation or "" for one in people]
    if len({matching(text) for text in texts} - {""}) == len(people):
        return {one.id: f"{one.name} ({text})" for one, text in zip(people, texts, strict=True)}
    return {one.id: f"{one.name} ({number})" for number, one in enumerate(people, 1)}
