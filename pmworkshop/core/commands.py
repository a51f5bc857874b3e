"""What somebody wants to happen, in the imperative. `decide` turns a command into events or refuses it in words."""

from typing import Literal

from pmworkshop.core.ids import DeliveryId, NoteId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.plan import Resource, SegmentId, Session
from pmworkshop.core.state import Arrival, NoteKind
from pmworkshop.core.units import Duration, Instant, Minutes
from pmworkshop.core.value import value


@value
class CreateCohort:
    """Begin a cohort's record."""

    name: str
    rehearsal: bool = False


@value
class AddParticipants:
    """Put people on the register; `doubles` says what becomes of names that are there already."""

    people: tuple[tuple[ParticipantId, Person], ...]
    doubles: Literal["ask", "add", "leave out"] = "ask"


@value
class CorrectParticipant:
    """Put somebody's name or particulars right."""

    participant: ParticipantId
    person: Person


@value
class RemoveParticipant:
    """Take somebody off the register, who was added twice or by mistake; the record keeps what was."""

    participant: ParticipantId


@value
class OpenDelivery:
    """Take up a session for this cohort. `utc_offset` is local minus UTC."""

    delivery: DeliveryId
    session_id: str
    session: Session
    resources: tuple[Resource, ...] = ()
    warn_at: Minutes = Minutes(5)
    zone: str
    utc_offset: Duration


@value
class StartDelivery:
    """Start the clock; with `move_plan` every planned time moves with the start."""

    delivery: DeliveryId
    move_plan: bool = False
    zone: str
    utc_offset: Duration


@value
class MoveOn:
    """Go on to what comes next, or begin now what waits for its fixed time."""

    delivery: DeliveryId


@value
class GoBack:
    """Go back to the segment before."""

    delivery: DeliveryId


@value
class JumpTo:
    """Go to any segment."""

    delivery: DeliveryId
    segment: SegmentId


@value
class Pause:
    """Stop the clock for a while."""

    delivery: DeliveryId


@value
class Resume:
    """Let the clock go on."""

    delivery: DeliveryId


@value
class AddTime:
    """Give a segment (the current one by default) more time, or take some."""

    delivery: DeliveryId
    by: Duration
    segment: SegmentId | None = None


@value
class CorrectStart:
    """Say when the current segment really began."""

    delivery: DeliveryId
    began: Instant


@value
class FinishDelivery:
    """End the session."""

    delivery: DeliveryId


@value
class ReopenDelivery:
    """The session was ended by mistake: go on."""

    delivery: DeliveryId


@value
class TickResource:
    """Tick something on the preparation list, or untick it."""

    delivery: DeliveryId
    resource: str
    on: bool


@value
class TickLookFor:
    """Tick something to look for, or untick it; `index` counts from 0."""

    delivery: DeliveryId
    segment: SegmentId
    index: int
    on: bool


@value
class ChooseOptions:
    """Choose which of a segment's options are run."""

    delivery: DeliveryId
    segment: SegmentId
    options: tuple[str, ...]


@value
class MarkAttendance:
    """Mark how somebody arrived."""

    delivery: DeliveryId
    participant: ParticipantId
    arrival: Arrival


@value
class MarkLeft:
    """Mark that somebody left early."""

    delivery: DeliveryId
    participant: ParticipantId


@value
class TakeNote:
    """Take a note; it goes under the segment that the clock is in."""

    note: NoteId
    delivery: DeliveryId
    kind: NoteKind
    text: str
    owner: str | None = None


@value
class CorrectNote:
    """Give a note a newer wording; the older ones are kept."""

    note: NoteId
    kind: NoteKind
    text: str
    owner: str | None = None


@value
class ReportClockStep:
    """The laptop's clock was set forward (or back, when negative)."""

    delivery: DeliveryId
    by: Duration


Command = (
    CreateCohort
    | AddParticipants
    | CorrectParticipant
    | RemoveParticipant
    | OpenDelivery
    | StartDelivery
    | MoveOn
    | GoBack
    | JumpTo
    | Pause
    | Resume
    | AddTime
    | CorrectStart
    | FinishDelivery
    | ReopenDelivery
    | TickResource
    | TickLookFor
    | ChooseOptions
    | MarkAttendance
    | MarkLeft
    | TakeNote
    | CorrectNote
    | ReportClockStep
)
