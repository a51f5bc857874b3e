"""What somebody wants to happen, in the imperative. `decide` turns a command into events or refuses it in words."""

from collections.abc import Mapping
from typing import Any, Literal

from pmworkshop.core.centre import Centre
from pmworkshop.core.deck import Deck
from pmworkshop.core.evidence import Covered, Particulars
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.ids import (
    DeliveryId,
    Device,
    EnteredBy,
    GroupingId,
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
from pmworkshop.core.people import Person
from pmworkshop.core.plan import CriterionId, Resource, SegmentId, Session
from pmworkshop.core.state import Arrival, NoteKind
from pmworkshop.core.unit import Unit
from pmworkshop.core.units import Duration, Instant, Minutes
from pmworkshop.core.value import value


@value
class CreateCohort:
    """Begin a cohort's record."""

    name: str
    rehearsal: bool = False
    demonstration: bool = False


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


@value
class TakeUpExercise:
    """Take up an exercise as the kit words it now, the unit that it serves, and what the centre asks for."""

    exercise_id: str
    exercise: Exercise
    unit: Unit | None = None
    centre: Centre | None = None


@value
class OpenActivity:
    """Let participants hand in an exercise that was taken up."""

    exercise_id: str
    delivery: DeliveryId | None = None


@value
class CloseActivity:
    """Let participants hand in no longer."""

    exercise_id: str


@value
class RevealResults:
    """Show the room the results, or hide them again."""

    exercise_id: str
    on: bool


@value
class SubmitOutput:
    """Hand in, or amend; `answers` are raw values by item id. `with_gaps` hands in what is not complete.

    The same answers under the same `submission`, or unchanged, lead to no event. A second output of an
    exercise that is not repeatable, or of the same name, becomes a newer version of the first.
    """

    output: OutputId
    exercise_id: str
    edition: int | None = None
    participant: ParticipantId
    members: tuple[ParticipantId, ...] = ()
    delivery: DeliveryId | None = None
    answers: Mapping[str, Any]
    route: Route
    entered_by: EnteredBy
    submission: str | None = None
    with_gaps: bool = False


@value
class WithdrawOutput:
    """Let an output no longer count."""

    output: OutputId
    reason: str


@value
class RestoreOutput:
    """Let a withdrawn output count again."""

    output: OutputId


@value
class EnterAnonymous:
    """Enter into the record what was held in a box until its activity closed; a box is entered once only."""

    exercise_id: str
    box: str
    sheets: tuple[AnonymousSheet, ...]


@value
class SortIdea:
    """Put an idea of a brainstorm into a category, or into none."""

    exercise_id: str
    idea: str
    category: str | None = None


@value
class PlaceDots:
    """Vote for ideas, instead of the votes before. Without a `voter`: the dots counted on the flip chart."""

    exercise_id: str
    voter: ParticipantId | None = None
    ideas: tuple[str, ...]


@value
class DrawCard:
    """Draw a card for a group that it has not had; `chance` is any number, and chooses among those that fit.

    With `again`, cards that the group has had may come, the longest ago first.
    """

    deck_id: str
    deck: Deck
    group: str
    theme: str | None = None
    difficulty: int | None = None
    chance: int
    again: bool = False


@value
class SwapRoles:
    """Let the players of a group's newest card change roles."""

    deck_id: str
    group: str


@value
class StartTimer:
    """Start a second timer, or start it anew."""

    timer: str
    length: Duration


@value
class StopTimer:
    """Put a second timer away."""

    timer: str


@value
class JoinRoom:
    """Join from a phone by name: the one on the register, or as a walk-in, who becomes `participant`."""

    participant: ParticipantId
    name: str
    device: Device


@value
class LinkPhone:
    """Make a phone somebody's: they have shown their recovery code, or the trainer says so."""

    participant: ParticipantId
    device: Device
    way: Way


@value
class LeaveRoom:
    """Sign out on one phone."""

    device: Device


@value
class SignPhonesOut:
    """Sign all phones of somebody out, because they are not theirs."""

    participant: ParticipantId


@value
class MergeWalkIn:
    """A walk-in is somebody who stands on the register already."""

    walk_in: ParticipantId
    into: ParticipantId


@value
class EraseParticipant:
    """Take somebody out of the record for good, as `theirs.erasure` has found them in it.

    `also` are walk-ins who were them, `events` is how many events are to be emptied; `phones` are signed out, which
    would be somebody else's again.
    """

    participant: ParticipantId
    also: tuple[ParticipantId, ...] = ()
    events: int
    phones: tuple[Device, ...] = ()


@value
class TakeSeat:
    """Sit down in a group that plays with a deck's cards; `seat` counts players from 1, 0 observes."""

    participant: ParticipantId
    deck_id: str
    deck: Deck
    group: str
    seat: int


@value
class LeaveSeat:
    """Stand up."""

    participant: ParticipantId
    deck_id: str


@value
class ChooseForPack:
    """Choose whether an output of one's own goes into one's pack."""

    output: OutputId
    participant: ParticipantId
    on: bool


@value
class ShowMessage:
    """Put a message on the projector and the phones, until `until` if that is given; an empty one takes it away."""

    text: str
    until: Instant | None = None


@value
class TakeCentre:
    """Take up what the centre asks for."""

    centre: Centre


@value
class MapCriterion:
    """Have an output support one more criterion, or one less, and say why."""

    output: OutputId
    criterion: CriterionId
    on: bool
    reason: str


@value
class KeepRecord:
    """Keep an observation record or a witness statement; one of the same id is corrected.

    `no_relative` is the trainer's word that the witness is none.
    """

    record: RecordId
    participant: ParticipantId
    particulars: Particulars
    no_relative: bool = False


@value
class WithdrawRecord:
    """Have a record no longer count."""

    record: RecordId
    reason: str


@value
class SignPack:
    """Put one's name to the centre's declarations, all of which must be among `agreed`, by id.

    By the route paper, the trainer says that it was signed on a sheet. With `seen`, it is refused where the pack now
    holds anything else.
    """

    participant: ParticipantId
    name: str
    agreed: tuple[str, ...]
    seen: tuple[Covered, ...] | None = None
    ai_use: str
    reuse: str
    refuses_standardisation: bool = False
    may_be_named: bool = False
    route: Route
    entered_by: EnteredBy


@value
class SignForCentre:
    """Sign somebody's pack for the centre; all of its declarations must be among `agreed`, by id."""

    participant: ParticipantId
    name: str
    agreed: tuple[str, ...]


@value
class AcceptProposal:
    """Move minutes between the segments still to be run, leave some out, run options as well. Twice is once.

    The fixed starts of `sliding` may begin late from then on, and no others.
    """

    delivery: DeliveryId
    proposal: ProposalId
    moves: tuple[Move, ...]
    dropped: tuple[SegmentId, ...] = ()
    options: tuple[RunOption, ...] = ()
    sliding: tuple[SegmentId, ...] = ()


@value
class UndoProposal:
    """Take an accepted proposal back."""

    delivery: DeliveryId
    proposal: ProposalId


@value
class TakeOverPlan:
    """Take the author's newer plan over for the segments still to be run."""

    delivery: DeliveryId
    session: Session
    resources: tuple[Resource, ...] = ()


@value
class MakeGroups:
    """Put whoever is here into groups of about `size`, but for those in `without`; the same id makes them anew.

    With `mix` organisations are mixed, with `fresh` earlier partners are avoided. `chance` is any number.
    """

    grouping: GroupingId
    delivery: DeliveryId | None = None
    name: str
    size: int
    mix: bool = True
    fresh: bool = True
    without: tuple[ParticipantId, ...] = ()
    chance: int


@value
class PlaceInGroup:
    """Put somebody into a group, counted from 0 (one more makes a new one), or where they fit best."""

    grouping: GroupingId
    participant: ParticipantId
    group: int | None = None


@value
class TakeFromGroup:
    """Somebody is in no group any more."""

    grouping: GroupingId
    participant: ParticipantId


@value
class SayLineManager:
    """Say whose line manager is in the cohort too, so that they are never put together; None takes it back."""

    participant: ParticipantId
    manager: ParticipantId | None = None


@value
class StartRotation:
    """Begin rounds with roles, with the first of them. The last role is also that of whoever is left over."""

    rotation: RotationId
    grouping: GroupingId
    delivery: DeliveryId | None = None
    title: str
    roles: tuple[str, ...]
    rounds: int
    work: Duration
    feedback: Duration


@value
class BeginRound:
    """Begin a round, the next or one again, counted from 1."""

    rotation: RotationId
    number: int


@value
class AddRoundTime:
    """Give the round's work more time, or take some; with `feedback`, its feedback."""

    rotation: RotationId
    by: Duration
    feedback: bool = False


@value
class EndRotation:
    """End the rounds."""

    rotation: RotationId


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
    | TakeUpExercise
    | OpenActivity
    | CloseActivity
    | RevealResults
    | SubmitOutput
    | WithdrawOutput
    | RestoreOutput
    | EnterAnonymous
    | SortIdea
    | PlaceDots
    | DrawCard
    | SwapRoles
    | StartTimer
    | StopTimer
    | JoinRoom
    | LinkPhone
    | LeaveRoom
    | SignPhonesOut
    | MergeWalkIn
    | EraseParticipant
    | TakeSeat
    | LeaveSeat
    | ChooseForPack
    | ShowMessage
    | TakeCentre
    | MapCriterion
    | KeepRecord
    | WithdrawRecord
    | SignPack
    | SignForCentre
    | AcceptProposal
    | UndoProposal
    | TakeOverPlan
    | MakeGroups
    | PlaceInGroup
    | TakeFromGroup
    | SayLineManager
    | StartRotation
    | BeginRound
    | AddRoundTime
    | EndRotation
)
