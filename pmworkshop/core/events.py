"""What can happen, in the past tense. An event is a fact: it is never changed, only followed by another.

Fields may be added with a default; anything else needs a new version and an upgrade in `live.codec`.
"""

from typing import get_args

from pmworkshop.core.ids import DeliveryId, Name, NoteId, ParticipantId
from pmworkshop.core.plan import Resource, SegmentId, Session
from pmworkshop.core.state import Arrival, NoteKind
from pmworkshop.core.units import Duration, Instant, Minutes
from pmworkshop.core.value import value


@value
class CohortCreated:
    """The first event of every journal."""

    name: Name
    rehearsal: bool = False


@value
class ParticipantAdded:
    """Somebody came onto the register."""

    participant: ParticipantId
    name: Name
    organisation: str | None = None
    registration: str | None = None


@value
class ParticipantCorrected:
    """A name or its particulars were put right."""

    participant: ParticipantId
    name: Name
    organisation: str | None = None
    registration: str | None = None


@value
class ParticipantRemoved:
    """Somebody was taken off the register."""

    participant: ParticipantId


@value
class DeliveryOpened:
    """A session was taken up for this cohort, with a copy of its plan. `utc_offset` is local minus UTC."""

    delivery: DeliveryId
    session_id: str
    session: Session
    resources: tuple[Resource, ...] = ()
    warn_at: Minutes = Minutes(5)
    zone: str
    utc_offset: Duration


@value
class DeliveryStarted:
    """The clock was started; `planned_start` is the instant that the plan's own start stands for.

    With `moved` the plan was moved to the start, and follows if that start is put right.
    """

    delivery: DeliveryId
    planned_start: Instant
    segment: SegmentId
    utc_offset: Duration
    zone: str
    moved: bool = False


@value
class SegmentEntered:
    """The clock moved to a segment. It `begins` later only where a fixed start is waited for."""

    delivery: DeliveryId
    segment: SegmentId
    begins: Instant


@value
class SegmentBegun:
    """The trainer did not wait for a fixed start."""

    delivery: DeliveryId
    segment: SegmentId


@value
class StartCorrected:
    """The segment that the clock is in really began at another time than was recorded."""

    delivery: DeliveryId
    segment: SegmentId
    began: Instant
    was: Instant


@value
class Paused:
    """The clock was paused."""

    delivery: DeliveryId


@value
class Resumed:
    """The clock went on."""

    delivery: DeliveryId


@value
class TimeAdded:
    """A segment was given more time, or less when `by` is negative."""

    delivery: DeliveryId
    segment: SegmentId
    by: Duration


@value
class DeliveryFinished:
    """The session ended."""

    delivery: DeliveryId


@value
class DeliveryReopened:
    """The session was ended by mistake; its clock has gone on since."""

    delivery: DeliveryId


@value
class ResourceTicked:
    """Something on the preparation list is in hand, or is not after all."""

    delivery: DeliveryId
    resource: str
    on: bool


@value
class LookForTicked:
    """Something to look for was seen, or was not after all; `index` counts from 0."""

    delivery: DeliveryId
    segment: SegmentId
    index: int
    on: bool


@value
class OptionsChosen:
    """Which of a segment's options are run."""

    delivery: DeliveryId
    segment: SegmentId
    options: tuple[str, ...]


@value
class AttendanceMarked:
    """Somebody arrived, in time or late, or is absent."""

    delivery: DeliveryId
    participant: ParticipantId
    arrival: Arrival


@value
class LeftEarly:
    """Somebody left before the end."""

    delivery: DeliveryId
    participant: ParticipantId


@value
class NoteTaken:
    """A note was taken under the segment that the clock was in."""

    note: NoteId
    delivery: DeliveryId
    segment: SegmentId | None = None
    kind: NoteKind
    text: str
    owner: str | None = None


@value
class NoteCorrected:
    """A note has a newer wording."""

    note: NoteId
    kind: NoteKind
    text: str
    owner: str | None = None


@value
class ClockStepped:
    """The laptop's clock was set forward (or back, when negative); the delivery's own clock went on evenly."""

    delivery: DeliveryId
    by: Duration


Event = (
    CohortCreated
    | ParticipantAdded
    | ParticipantCorrected
    | ParticipantRemoved
    | DeliveryOpened
    | DeliveryStarted
    | SegmentEntered
    | SegmentBegun
    | StartCorrected
    | Paused
    | Resumed
    | TimeAdded
    | DeliveryFinished
    | DeliveryReopened
    | ResourceTicked
    | LookForTicked
    | OptionsChosen
    | AttendanceMarked
    | LeftEarly
    | NoteTaken
    | NoteCorrected
    | ClockStepped
)

EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
VERSIONS: dict[str, int] = dict.fromkeys(EVENTS, 1)
"""The version that each event is written in."""
