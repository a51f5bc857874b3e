"""Which evidence somebody has for each of the unit's criteria, and what is not there yet.

The words are “supports” and “not yet”: nothing here passes a criterion. What several people made together never
counts as one person's own, and only what an author called evidence counts: private or shared answers that go in by
choice are there to be read. Where a criterion asks for a number (two ways, two causes), different entries are counted
over all of somebody's own evidence, the same entry once.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from pmworkshop.core.answers import Answers
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.output import Output
from pmworkshop.core.packing import edition, is_evidence, is_group_work, packed, packed_outputs
from pmworkshop.core.plan import CriterionId
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import matching
from pmworkshop.core.unit import Criterion, criteria_of
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value

EvidenceKind = Literal["individual", "group", "observation", "witness"]
Level = Literal["supports", "not yet"]


@value
class Piece:
    """What one output or record brings to one criterion; `entries` are told apart as the criterion counts them.

    `items` are the questions whose answers name the criterion; none where the whole sheet supports it.
    `reason` is the trainer's, who added the criterion.
    """

    source: str
    kind: EvidenceKind
    at: Instant
    entries: frozenset[str]
    items: tuple[str, ...] = ()
    reason: str = ""

    @property
    def own(self) -> bool:
        """Whether it can stand for one person."""
        return self.kind != "group"


@value
class Standing:
    """How somebody stands on one criterion; `count` of `criterion.minimum` that are asked for."""

    criterion: Criterion
    pieces: tuple[Piece, ...]
    count: int
    level: Level
    words: str

    @property
    def newest(self) -> Instant | None:
        """When the newest evidence came."""
        return max((one.at for one in self.pieces), default=None)


def coverage(state: Cohort, participant: ParticipantId) -> tuple[Standing, ...]:
    """Return how somebody stands on every criterion of the unit, in its order; nothing without a unit."""
    if state.unit is None:
        return ()
    found: dict[CriterionId, list[Piece]] = {}
    for criterion, piece in _all(state, participant):
        found.setdefault(criterion, []).append(piece)
    return tuple(standing(one, found.get(one.id, ())) for one in criteria_of(state.unit))


def standing(criterion: Criterion, pieces: Iterable[Piece]) -> Standing:
    """Return how these pieces of evidence stand on a criterion."""
    found = tuple(pieces)
    own = [one for one in found if one.own]
    count = len(frozenset().union(*(one.entries for one in own)))
    return Standing(
        criterion=criterion,
        pieces=found,
        count=count,
        level="supports" if count >= criterion.minimum else "not yet",
        words=_words(criterion, count, anything=bool(found)),
    )


def _words(criterion: Criterion, count: int, *, anything: bool) -> str:
    if count >= criterion.minimum:
        return "supports"
    if count:
        return f"not yet: {count} of {criterion.minimum}"
    return "not yet: group work only" if anything else "not yet"


def criteria_supported(state: Cohort, output: Output, participant: ParticipantId) -> Iterator[CriterionId]:
    """Yield the criteria that an output supports as it goes into somebody's pack, in the unit's order."""
    named = {one for one, _ in _of_output(state, output, participant)}
    return (one.id for one in (criteria_of(state.unit) if state.unit else ()) if one.id in named)


def _all(state: Cohort, participant: ParticipantId) -> Iterator[tuple[CriterionId, Piece]]:
    for output in packed_outputs(state, participant):
        yield from _of_output(state, output, participant)
    for record in state.records.values():
        if record.participant == participant and record.withdrawn is None:
            newest = record.newest
            for criterion in newest.particulars.criteria:
                kind = newest.particulars.kind
                yield (
                    criterion,
                    Piece(source=record.id, kind=kind, at=newest.at, entries=frozenset({record.id})),
                )


def _of_output(
    state: Cohort, output: Output, participant: ParticipantId
) -> Iterator[tuple[CriterionId, Piece]]:
    exercise, answers = edition(state, output), output.newest.answers
    kept = (item for item in packed(state, output, participant) if item.id in answers)
    items = [item for item in kept if is_evidence(exercise, item)]
    if not items:
        return
    by_item = {
        one: [item for item in items if one in item.criteria] for item in items for one in item.criteria
    }
    named = dict.fromkeys((*by_item, *exercise.criteria, *_added(state, output)))
    asked_for = {one for item in exercise.items if is_evidence(exercise, item) for one in item.criteria}
    for criterion in named:
        mapped = state.mapped.get((output.id, criterion))
        taken_out = mapped is not None and not mapped.on
        unanswered = criterion in asked_for and criterion not in by_item
        if taken_out or (unanswered and mapped is None):
            continue
        naming = by_item.get(criterion, [])
        yield (
            criterion,
            Piece(
                source=output.id,
                kind="group" if is_group_work(state, output) else "individual",
                at=output.newest.at,
                entries=_entries(output, naming, answers),
                items=tuple(item.id for item in naming),
                reason=mapped.reason if mapped else "",
            ),
        )


def _added(state: Cohort, output: Output) -> Iterator[CriterionId]:
    return (criterion for (of, criterion), mapped in state.mapped.items() if of == output.id and mapped.on)


def _entries(output: Output, items: list[Item], answers: Answers) -> frozenset[str]:
    """Tell apart what is counted: each line of a list, row of a table and option chosen; any other answer is one."""
    if not items:
        return frozenset({output.id})
    return frozenset(entry for item in items for entry in _of_item(output, item, answers[item.id]))


def _of_item(output: Output, item: Item, given: object) -> Iterator[str]:
    if isinstance(given, tuple) and item.kind in ("list", "choices"):
        yield from (f"{item.kind}:{matching(str(one))}" for one in given)
    elif isinstance(given, tuple) and item.kind == "table":
        yield from (f"row:{matching(_head(item, row))}" for row in given)
    elif item.kind == "choice":
        yield f"choices:{matching(str(given))}"
    else:
        yield f"{output.id}:{item.id}"


def _head(item: Item, row: dict[str, str]) -> str:
    """Return what tells a row from others: its first column that says something."""
    return next((row[column.id] for column in item.columns if row.get(column.id)), "")


def still_open(state: Cohort, participant: ParticipantId, criterion: CriterionId) -> tuple[str, ...]:
    """Return the exercises that would support a criterion and that somebody has not done, by their title."""
    done = {one.exercise_id for one in packed_outputs(state, participant)}
    return tuple(
        editions[-1].title
        for exercise_id, editions in state.editions.items()
        if exercise_id not in done and criterion in criteria_named(editions[-1])
    )


def criteria_named(exercise: Exercise) -> frozenset[CriterionId]:
    """Return every criterion that an exercise or one of its questions names, as far as it asks for evidence."""
    items = [item for item in exercise.items if is_evidence(exercise, item)]
    return frozenset((*exercise.criteria, *(one for item in items for one in item.criteria)) if items else ())
