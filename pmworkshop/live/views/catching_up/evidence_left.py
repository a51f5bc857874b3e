"""Who in the room lacks evidence, remembered per person until something of theirs moves on; and said in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pmworkshop.core.at_risk import AtRisk, Gaps, Lack, gaps, lacks
from pmworkshop.core.coverage import criteria_named
from pmworkshop.core.evidence import WorkRecord
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.ids import OutputId, ParticipantId, RecordId
from pmworkshop.core.output import Output
from pmworkshop.core.plan import CriterionId
from pmworkshop.core.state import Cohort, Delivery
from pmworkshop.core.teaming import in_the_room
from pmworkshop.core.value import value
from pmworkshop.core.words import listed

NAMED: Final = 4
"""So many criteria are named in a sentence; the rest are counted."""


@value
class EvidenceLeft:
    """What people in the room lack, and which criteria each activity can bring evidence for (none for a deck)."""

    lacking: tuple[Lack, ...] = ()
    known: Mapping[str, frozenset[CriterionId]]


NO_EVIDENCE = EvidenceLeft(known={})


def known_criteria(
    state: Cohort, exercises: Mapping[str, Exercise], decks: Iterable[str] = ()
) -> dict[str, frozenset[CriterionId]]:
    """Return the criteria of every exercise: as the cohort has taken it up, else as the kit has it."""
    taken_up = {name: editions[-1] for name, editions in state.editions.items()}
    found: dict[str, frozenset[CriterionId]] = dict.fromkeys(decks, frozenset())
    return found | {name: criteria_named(one) for name, one in ({**exercises} | taken_up).items()}


class EvidenceWatch:
    """Answers who lacks what again and again at little cost: a person is looked at anew only when need be."""

    def __init__(self) -> None:
        self._of: tuple[Any, ...] = ()
        self._lacking: tuple[Lack, ...] = ()
        self._people: dict[ParticipantId, tuple[tuple[Any, ...], Gaps]] = {}

    def lacking(self, state: Cohort, delivery: Delivery) -> tuple[Lack, ...]:
        """Return what the people in the room lack. Whoever is absent or has left does not count."""
        key = (
            state.unit, state.outputs, state.records, state.participants, state.mapped, state.editions,
            delivery.attendance, delivery.id,
        )  # fmt: skip
        if not _same(key, self._of):
            self._of, self._lacking = key, self._look(state, delivery)
        return self._lacking

    def _look(self, state: Cohort, delivery: Delivery) -> tuple[Lack, ...]:
        if state.unit is None:
            return ()
        theirs: dict[ParticipantId, dict[OutputId, Output]] = {}
        for output in state.outputs.values():
            for who in output.people:
                theirs.setdefault(who, {})[output.id] = output
        records: dict[ParticipantId, dict[RecordId, WorkRecord]] = {}
        for record in state.records.values():
            records.setdefault(record.participant, {})[record.id] = record
        self._people = {
            who: self._one(state, who, theirs.get(who, {}), records.get(who, {}))
            for who in in_the_room(state, delivery.id)
        }
        return lacks(state.unit, (found for _, found in self._people.values()))

    def _one(
        self,
        state: Cohort,
        who: ParticipantId,
        outputs: dict[OutputId, Output],
        records: dict[RecordId, WorkRecord],
    ) -> tuple[tuple[Any, ...], Gaps]:
        key = (state.unit, state.mapped, *outputs.values(), *records.values())
        before = self._people.get(who)
        if before is not None and _same(key, before[0]):
            return before
        return key, gaps(replace(state, outputs=outputs, records=records), who)


def _same(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Whether these are the very same values: each is swapped whole when anything in it changes."""
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def criteria_words(criteria: Sequence[CriterionId]) -> str:
    """Say `4.1, 4.2 and 4.3`, or the first of many and how many more there are."""
    return listed(criteria, NAMED)


def at_risk_words(risks: Sequence[AtRisk]) -> str:
    """Say whose evidence for what is lacking, and what becomes of its activity; nothing where there is no risk."""
    if not risks:
        return ""
    one = len(risks) == 1
    verb = "has" if one else "have"
    only = all(risk.lack.nothing == risk.lack.people for risk in risks)
    counts = {risk.lack.people for risk in risks}
    people = f"{max(counts)} {'person' if max(counts) == 1 else 'people'}"
    activity = (
        "its activity is" if one or len({risk.segments for risk in risks}) == 1 else "their activities are"
    )
    if not one and activity.startswith("its"):
        activity = "their activity is"
    return (
        f"{'criterion' if one else 'criteria'} {criteria_words([risk.lack.criterion for risk in risks])} {verb} "
        f"{'no evidence' if only else 'not enough evidence'} from {'up to ' if len(counts) > 1 else ''}{people}, "
        f"and {activity} what would be cut"
    )
