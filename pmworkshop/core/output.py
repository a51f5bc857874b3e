"""What participants have produced, as part of a cohort's state: every version kept, the newest last."""

from collections.abc import Mapping
from typing import Annotated

from annotated_types import Len

from pmworkshop.core.answers import Answers
from pmworkshop.core.deck import Card
from pmworkshop.core.ids import DeliveryId, EnteredBy, OutputId, ParticipantId, Route
from pmworkshop.core.plan import SegmentId
from pmworkshop.core.units import Duration, Instant
from pmworkshop.core.value import value


@value
class Version:
    """One version of an output. `edition` counts the wordings of the exercise that this cohort has had, from 0."""

    at: Instant
    edition: int
    answers: Answers
    route: Route
    entered_by: EnteredBy
    submission: str | None = None


@value
class Withdrawal:
    """An output no longer counts."""

    at: Instant
    reason: str


@value
class Output:
    """What one person, or a scribe for others, produced in one exercise."""

    id: OutputId
    exercise_id: str
    participant: ParticipantId
    members: tuple[ParticipantId, ...] = ()
    delivery: DeliveryId | None = None
    segment: SegmentId | None = None
    versions: Annotated[tuple[Version, ...], Len(1)]
    withdrawn: Withdrawal | None = None

    @property
    def newest(self) -> Version:
        """The version that counts."""
        return self.versions[-1]

    @property
    def people(self) -> tuple[ParticipantId, ...]:
        """Whoever it belongs to, the one who wrote it first."""
        return (self.participant, *self.members)


def by_writer(
    outputs: Mapping[OutputId, Output],
) -> dict[tuple[str, ParticipantId], tuple[OutputId, ...]]:
    """Return what each person wrote themselves in each exercise, in the order of handing in."""
    found: dict[tuple[str, ParticipantId], tuple[OutputId, ...]] = {}
    for one in outputs.values():
        key = (one.exercise_id, one.participant)
        found[key] = (*found.get(key, ()), one.id)
    return found


@value
class AnonymousSheet:
    """Answers that nobody's name is kept with."""

    edition: int
    answers: Answers


@value
class Activity:
    """An exercise that was opened for a cohort."""

    delivery: DeliveryId | None = None
    segment: SegmentId | None = None
    opened: Instant
    closed: Instant | None = None
    revealed: bool = False

    @property
    def open(self) -> bool:
        """Whether participants can hand in on their own."""
        return self.closed is None


@value
class Board:
    """A brainstorm's ideas sorted and voted on, each idea by what its spellings share."""

    sorted: Mapping[str, str]
    dots: Mapping[str, tuple[str, ...]]


@value
class Draw:
    """A card in a group's hands. With `swapped` the players have changed roles."""

    at: Instant
    card: Card
    swapped: bool = False


@value
class Timer:
    """A second timer, beside that of the segment."""

    started: Instant
    length: Duration


FLIP_CHART = "flip-chart"
"""The voter of the dots that were counted on the wall."""


def empty_board() -> Board:
    """Return a board with nothing sorted and no dots."""
    return Board(sorted={}, dots={})
