"""The ILM unit: outcomes and criteria in their regulated wording, and how a centre marks them."""

from typing import Annotated, Literal

from annotated_types import Interval, Len

from pmworkshop.core.plan import CriterionId, Line, Provenance, Text
from pmworkshop.core.value import Doc, value

Verb = Literal["identify", "describe", "explain"]


@value
class Criterion:
    """One assessment criterion. `text` is regulated wording and stands exactly as published."""

    id: CriterionId
    text: Annotated[Line, Doc("Exactly as published")]
    verb: Annotated[Verb, Doc("What the criterion asks for; a lower verb does not satisfy a higher one")]
    minimum: Annotated[int, Interval(ge=1, le=20), Doc("How many are asked for at least")] = 1


@value
class Outcome:
    """One learning outcome with its criteria."""

    id: Annotated[int, Interval(ge=1, le=99)]
    title: Line
    criteria: Annotated[tuple[Criterion, ...], Len(1, 40)]


@value
class Marking:
    """The centre's marking rule: a setting, since published pages differ."""

    rule: Annotated[
        Literal["at least half", "above half", "pass or referral"], Doc("What each criterion needs")
    ]
    every_criterion: Annotated[bool, Doc("One criterion that falls short refers the whole")] = True
    note: Text | None = None


@value
class Assignment:
    """What the written assignment asks for."""

    words: Annotated[int, Interval(ge=100, le=20_000)]
    words_from: Annotated[int, Interval(ge=100, le=20_000)]
    words_to: Annotated[int, Interval(ge=100, le=20_000)]
    note: Text | None = None


@value
class Unit:
    """A unit that evidence is held against."""

    reference: Line
    title: Line
    level: Annotated[int, Interval(ge=1, le=8)]
    credits: Annotated[int, Interval(ge=0, le=200)]
    guided_hours: Annotated[int, Interval(ge=0, le=2000)]
    language: Annotated[Line, Doc("Of the criteria; the coach that looks at answers speaks only en")] = "en"
    status: Annotated[
        Literal["current", "withdrawn", "check_with_centre"], Doc("Whether the unit is still offered")
    ]
    marking: Marking
    assignment: Assignment | None = None
    provenance: tuple[Provenance, ...] = ()
    outcomes: Annotated[tuple[Outcome, ...], Len(1, 40)]


def criteria_of(unit: Unit) -> tuple[Criterion, ...]:
    """Return the unit's criteria in their order."""
    return tuple(criterion for outcome in unit.outcomes for criterion in outcome.criteria)
