"""Which criteria people in the room still have no evidence for, when what would supply it is what would be cut.

A criterion is at risk where somebody lacks evidence for it, something still to be run today would supply it, and
nothing that would is left whole. Like `coverage`, this passes and fails nobody.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from pmworkshop.core.coverage import coverage
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.plan import CriterionId, Segment, SegmentId
from pmworkshop.core.state import Cohort
from pmworkshop.core.unit import Unit, criteria_of
from pmworkshop.core.value import value

Cut = Literal["shortened", "past the end", "left out"]
Gaps = Mapping[CriterionId, bool]
"""What one person lacks: True where there is nothing of their own, False where there is not yet enough."""


@value
class Lack:
    """How many people in the room have not enough evidence for a criterion; `nothing` of them have none at all."""

    criterion: CriterionId
    people: int
    nothing: int


@value
class AtRisk:
    """A criterion that people lack, the segments that would supply it, and the worst that would be done to them."""

    lack: Lack
    segments: tuple[SegmentId, ...]
    how: Cut


def gaps(state: Cohort, participant: ParticipantId) -> Gaps:
    """Return the criteria that somebody has not enough evidence of their own for; nothing without a unit."""
    return {
        one.criterion.id: not one.count for one in coverage(state, participant) if one.level != "supports"
    }


def lacks(unit: Unit | None, people: Iterable[Gaps]) -> tuple[Lack, ...]:
    """Return what the people with these gaps lack, in the unit's order."""
    found = list(people)
    counted = (
        (one.id, [of[one.id] for of in found if one.id in of]) for one in (criteria_of(unit) if unit else ())
    )
    return tuple(
        Lack(criterion=criterion, people=len(of), nothing=sum(of)) for criterion, of in counted if of
    )


def supplied(
    segment: Segment, chosen: Iterable[str], known: Mapping[str, frozenset[CriterionId]]
) -> frozenset[CriterionId]:
    """Return the criteria that a segment's activities can bring evidence for.

    `chosen` are the options that are run: where one must be and none is chosen yet, any may be. `known` has the
    criteria of each exercise; where one is not known, the segment's own count as well.
    """
    activities = [*segment.activities, *_of_options(segment, frozenset(chosen))]
    found = {one for name in activities for one in known.get(name, ())}
    if not activities or any(name not in known for name in activities):
        found |= set(segment.criteria)
    return frozenset(found)


def _of_options(segment: Segment, chosen: frozenset[str]) -> Iterator[str]:
    options = segment.options
    if options is None:
        return
    for one in options.of:
        if one.id in chosen or (not chosen and options.choose == "one"):
            yield from one.activities


def at_risk(
    lacking: Iterable[Lack],
    supplies: Mapping[SegmentId, frozenset[CriterionId]],
    cuts: Mapping[SegmentId, Cut],
) -> tuple[AtRisk, ...]:
    """Return what is at risk. `supplies` has every segment still to be run, and those left out, in their order."""
    found = []
    for lack in lacking:
        of = tuple(name for name, criteria in supplies.items() if lack.criterion in criteria)
        if of and all(name in cuts for name in of):
            found.append(AtRisk(lack=lack, segments=of, how=max((cuts[name] for name in of), key=_worse)))
    return tuple(found)


def _worse(how: Cut) -> int:
    return ("shortened", "past the end", "left out").index(how)
