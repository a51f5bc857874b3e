"""What can happen, in the past tense. An event is a fact: it is never changed, only followed by another.

Fields may be added with a default; anything else needs a new version and an upgrade in `live.codec`.
"""

from typing import get_args

from pmworkshop.core.answers import Answers
from pmworkshop.core.centre import Centre, Declaration
from pmworkshop.core.deck import Card
from pmworkshop.core.evidence import Covered, Particulars
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.grouping import Groups
from pmworkshop.core.ids import (
    DeliveryId,
    Device,
    EnteredBy,
    GroupingId,
    Name,
    NoteId,
    OutputId,
    ParticipantId,
    ProposalId,
    RecordId,
    RotationId,
    Route,
    Way,
)
from pmworkshop.core.moves import Move, RunOption
from pmworkshop.core.output import AnonymousSheet
from pmworkshop.core.plan import CriterionId, Resource, SegmentId, Session
from pmworkshop.core.state import Arrival, NoteKind
from pmworkshop.core.unit import Unit
from pmworkshop.core.units import Duration, Instant, Minutes
from pmworkshop.core.value import value


@value
class CohortCreated:
    """The first event of every journal."""

    name: Name
    rehearsal: bool = False
    demonstration: bool = False


@value
class ParticipantAdded:
    """Somebody came onto the register; with `walk_in` they gave their name on a phone, and nobody expected them."""

    participant: ParticipantId
    name: Name
    organisation: str | None = None
    registration: str | None = None
    walk_in: bool = False


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


@value
class UnitTaken:
    """The unit that evidence is held against, with a copy of it."""

    unit: Unit


@value
class ExerciseTaken:
    """An exercise was taken up for this cohort, or a newer wording of it: its next edition, with a copy."""

    exercise_id: str
    exercise: Exercise


@value
class ActivityOpened:
    """Participants may hand in."""

    exercise_id: str
    delivery: DeliveryId | None = None
    segment: SegmentId | None = None


@value
class ActivityClosed:
    """Participants may hand in no longer."""

    exercise_id: str


@value
class ResultsRevealed:
    """The room sees the results, or no longer does."""

    exercise_id: str
    on: bool


@value
class OutputSubmitted:
    """Something was handed in, by a scribe for all `members` too."""

    output: OutputId
    exercise_id: str
    edition: int
    participant: ParticipantId
    members: tuple[ParticipantId, ...] = ()
    delivery: DeliveryId | None = None
    segment: SegmentId | None = None
    answers: Answers
    route: Route
    entered_by: EnteredBy
    submission: str | None = None


@value
class OutputAmended:
    """An output has a newer version; the older ones are kept. Without `members`, it is for the same people."""

    output: OutputId
    edition: int
    members: tuple[ParticipantId, ...] | None = None
    answers: Answers
    route: Route
    entered_by: EnteredBy
    submission: str | None = None


@value
class OutputWithdrawn:
    """An output no longer counts."""

    output: OutputId
    reason: str


@value
class OutputRestored:
    """A withdrawn output counts again."""

    output: OutputId


@value
class AnonymousEntered:
    """What was handed in without names, sorted by what it says, so that neither order nor time tells who wrote it."""

    exercise_id: str
    box: str
    sheets: tuple[AnonymousSheet, ...]


@value
class IdeaSorted:
    """An idea of a brainstorm was put into a category, or taken out of any."""

    exercise_id: str
    idea: str
    category: str | None = None


@value
class DotsPlaced:
    """Somebody's votes for ideas, instead of those they gave before; `voter` may be the flip chart."""

    exercise_id: str
    voter: str
    ideas: tuple[str, ...]


@value
class CardDrawn:
    """A group drew a card, with a copy of it."""

    deck_id: str
    group: str
    card: Card


@value
class RolesSwapped:
    """The players of a group's newest card have changed roles."""

    deck_id: str
    group: str


@value
class TimerStarted:
    """A second timer was started, or started anew."""

    timer: str
    length: Duration


@value
class TimerStopped:
    """A second timer was put away."""

    timer: str


@value
class PhoneJoined:
    """A phone became somebody's; `device` is the SHA-256 of the secret that it holds."""

    participant: ParticipantId
    device: Device
    way: Way


@value
class PhoneLeft:
    """Somebody signed out on one of their phones."""

    device: Device


@value
class PhonesSignedOut:
    """The trainer signed all phones of somebody out; their recovery code is another from now on."""

    participant: ParticipantId


@value
class ParticipantMerged:
    """A walk-in turned out to be somebody who was on the register: what was theirs is now the other's."""

    participant: ParticipantId
    into: ParticipantId


@value
class ParticipantErased:
    """Somebody was taken out of the record for good: of `events` events about them the content is gone.

    `also` are walk-ins who had turned out to be them. What they made together with others is kept, without their name.
    """

    participant: ParticipantId
    also: tuple[ParticipantId, ...] = ()
    events: int


@value
class SeatTaken:
    """Somebody sat down in a group that plays with a deck's cards; `seat` counts players from 1, 0 observes."""

    participant: ParticipantId
    deck_id: str
    group: str
    seat: int


@value
class SeatLeft:
    """Somebody stood up."""

    participant: ParticipantId
    deck_id: str


@value
class PackChosen:
    """Somebody chose whether an output of theirs goes into their pack."""

    output: OutputId
    participant: ParticipantId
    on: bool


@value
class MessageShown:
    """A message was put on the projector and the phones, until `until` if that is given; an empty one takes it away."""

    text: str
    until: Instant | None = None


@value
class CentreTaken:
    """What the centre asks for, with a copy of it."""

    centre: Centre


@value
class CriterionMapped:
    """An output was found to support one more criterion, or not to support one after all."""

    output: OutputId
    criterion: CriterionId
    on: bool
    reason: str


@value
class RecordKept:
    """An observation record or a witness statement was kept; one of the same id is its newer version."""

    record: RecordId
    participant: ParticipantId
    particulars: Particulars


@value
class RecordWithdrawn:
    """A record no longer counts."""

    record: RecordId
    reason: str


@value
class PackSigned:
    """Somebody put their name to the declarations, as worded here, about what `covers` lists."""

    participant: ParticipantId
    name: str
    declarations: tuple[Declaration, ...]
    covers: tuple[Covered, ...]
    ai_use: str
    reuse: str
    refuses_standardisation: bool = False
    may_be_named: bool = False
    route: Route
    entered_by: EnteredBy


@value
class CentreSigned:
    """The trainer put their name to the centre's declarations about somebody's pack."""

    participant: ParticipantId
    name: str
    declarations: tuple[Declaration, ...]
    covers: tuple[Covered, ...]


@value
class ProposalAccepted:
    """Minutes were moved between the segments still to be run; `dropped` are left out, `options` run as well.

    The fixed starts of `sliding` may begin late.
    """

    delivery: DeliveryId
    proposal: ProposalId
    moves: tuple[Move, ...]
    dropped: tuple[SegmentId, ...] = ()
    options: tuple[RunOption, ...] = ()
    sliding: tuple[SegmentId, ...] = ()


@value
class ProposalUndone:
    """An accepted proposal was taken back: everything is as it was without it."""

    delivery: DeliveryId
    proposal: ProposalId


@value
class PlanTakenOver:
    """The author's newer plan was taken over for the segments still to be run; `session` is the whole plan as it is now."""

    delivery: DeliveryId
    session: Session
    resources: tuple[Resource, ...] = ()


@value
class GroupsMade:
    """People were put into groups; those of the same id are made anew."""

    grouping: GroupingId
    delivery: DeliveryId | None = None
    name: str
    groups: Groups


@value
class GroupsChanged:
    """Somebody was put into another group, or taken out: the groups as they are since."""

    grouping: GroupingId
    groups: Groups


@value
class LineManagerSaid:
    """Somebody's own line manager is in the cohort too, or is not after all."""

    participant: ParticipantId
    manager: ParticipantId
    on: bool


@value
class RotationStarted:
    """Rounds with roles began, with the first of them; `groups` are copied from the grouping."""

    rotation: RotationId
    grouping: GroupingId
    delivery: DeliveryId | None = None
    title: str
    roles: tuple[str, ...]
    rounds: int
    work: Duration
    feedback: Duration
    groups: Groups


@value
class RoundBegun:
    """A round began, counted from 1; `groups` as they are now."""

    rotation: RotationId
    number: int
    groups: Groups


@value
class RoundTimeAdded:
    """The work of a round, or with `feedback` that, was given more time, or less when `by` is negative."""

    rotation: RotationId
    by: Duration
    feedback: bool = False


@value
class RotationEnded:
    """The rounds are over."""

    rotation: RotationId


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
    | UnitTaken
    | ExerciseTaken
    | ActivityOpened
    | ActivityClosed
    | ResultsRevealed
    | OutputSubmitted
    | OutputAmended
    | OutputWithdrawn
    | OutputRestored
    | AnonymousEntered
    | IdeaSorted
    | DotsPlaced
    | CardDrawn
    | RolesSwapped
    | TimerStarted
    | TimerStopped
    | PhoneJoined
    | PhoneLeft
    | PhonesSignedOut
    | ParticipantMerged
    | ParticipantErased
    | SeatTaken
    | SeatLeft
    | PackChosen
    | MessageShown
    | CentreTaken
    | CriterionMapped
    | RecordKept
    | RecordWithdrawn
    | PackSigned
    | CentreSigned
    | ProposalAccepted
    | ProposalUndone
    | PlanTakenOver
    | GroupsMade
    | GroupsChanged
    | LineManagerSaid
    | RotationStarted
    | RoundBegun
    | RoundTimeAdded
    | RotationEnded
)

EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
VERSIONS: dict[str, int] = dict.fromkeys(EVENTS, 1)
"""The version that each event is written in."""
