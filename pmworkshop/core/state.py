"""Everything known about one cohort at one moment: the fold of its events, immutable and swapped whole."""

from collections.abc import Mapping
from typing import Literal

from pmworkshop.core.centre import Centre
from pmworkshop.core.evidence import Mapped, Signature, WorkRecord
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.grouping import Grouping
from pmworkshop.core.ids import (
    DeliveryId,
    Device,
    GroupingId,
    Name,
    NoteId,
    OutputId,
    ParticipantId,
    ProposalId,
    RecordId,
    RotationId,
)
from pmworkshop.core.marks import Marks
from pmworkshop.core.moves import Move, RunOption
from pmworkshop.core.output import Activity, AnonymousSheet, Board, Draw, Output, Timer
from pmworkshop.core.plan import CriterionId, Resource, Segment, SegmentId, Session
from pmworkshop.core.rotating import Rotation
from pmworkshop.core.timetable import Timetable
from pmworkshop.core.unit import Unit
from pmworkshop.core.units import Duration, Instant, Minutes
from pmworkshop.core.value import value

NoteKind = Literal["flip-chart", "observation", "parking lot", "note"]
Arrival = Literal["present", "late", "absent"]

NOTE_KINDS: tuple[NoteKind, ...] = ("note", "flip-chart", "observation", "parking lot")


@value
class Participant:
    """Somebody on the register; a walk-in until the trainer has looked at their name."""

    id: ParticipantId
    name: Name
    organisation: str | None = None
    registration: str | None = None
    walk_in: bool = False


@value
class Attendance:
    """How one participant attended one delivery. `left` is set when they left early."""

    arrival: Arrival
    since: Instant
    left: Instant | None = None


@value
class Wording:
    """One version of a note."""

    at: Instant
    kind: NoteKind
    text: str
    owner: str | None = None


@value
class Note:
    """A note taken in the moment; every wording is kept, the newest last."""

    id: NoteId
    delivery: DeliveryId
    segment: SegmentId | None
    wordings: tuple[Wording, ...]

    @property
    def newest(self) -> Wording:
        """The wording that counts."""
        return self.wordings[-1]


@value
class Accepted:
    """A proposal that was accepted and stands; `options` are those that it alone added."""

    id: ProposalId
    at: Instant
    moves: tuple[Move, ...]
    dropped: tuple[SegmentId, ...]
    options: tuple[RunOption, ...]
    sliding: tuple[SegmentId, ...] = ()


@value
class Delivery:
    """One session as it is really run, with its own copy of the plan."""

    id: DeliveryId
    session_id: str
    session: Session
    timetable: Timetable
    resources: tuple[Resource, ...]
    warn_at: Minutes
    zone: str
    utc_offset: Duration
    opened: Instant
    moved: bool = False
    marks: Marks
    corrected: Mapping[SegmentId, Instant]
    prepared: frozenset[str] = frozenset()
    seen: frozenset[tuple[SegmentId, int]] = frozenset()
    chosen: Mapping[SegmentId, tuple[str, ...]]
    attendance: Mapping[ParticipantId, Attendance]
    clock_steps: tuple[Duration, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    taken_over: int = 0

    @property
    def started(self) -> bool:
        """Whether the clock was started."""
        return bool(self.marks.visits)

    @property
    def under_way(self) -> bool:
        """Started and not ended."""
        return self.started and self.marks.ended is None

    @property
    def current(self) -> SegmentId | None:
        """The segment that the clock is in."""
        return self.marks.visits[-1].segment if self.under_way else None

    @property
    def sliding(self) -> frozenset[SegmentId]:
        """The fixed starts that may begin late: what the newest accepted proposal says of them."""
        return frozenset(self.accepted[-1].sliding) if self.accepted else frozenset()

    def segment(self, wanted: SegmentId) -> Segment | None:
        """Return the segment of that id."""
        return next((segment for segment in self.session.segments if segment.id == wanted), None)


@value
class Seat:
    """Where somebody sits who plays with cards; players count from 1, 0 observes."""

    group: str
    number: int


@value
class Message:
    """What the trainer says on the projector and the phones; with `until`, only to that instant."""

    at: Instant
    text: str
    until: Instant | None = None


@value
class Cohort:
    """One group of participants and all that is recorded about them."""

    name: str = ""
    rehearsal: bool = False
    demonstration: bool = False
    created: Instant = Instant(0)
    participants: Mapping[ParticipantId, Participant]
    deliveries: Mapping[DeliveryId, Delivery]
    notes: Mapping[NoteId, Note]
    unit: Unit | None = None
    editions: Mapping[str, tuple[Exercise, ...]]
    outputs: Mapping[OutputId, Output]
    written: Mapping[tuple[str, ParticipantId], tuple[OutputId, ...]]
    activities: Mapping[str, Activity]
    anonymous: Mapping[str, tuple[AnonymousSheet, ...]]
    emptied: frozenset[str] = frozenset()
    boards: Mapping[str, Board]
    draws: Mapping[str, tuple[Draw, ...]]
    timers: Mapping[str, Timer]
    phones: Mapping[Device, ParticipantId]
    joined: Mapping[ParticipantId, Instant]
    signed_out: Mapping[ParticipantId, int]
    seats: Mapping[tuple[str, ParticipantId], Seat]
    for_pack: Mapping[tuple[OutputId, ParticipantId], bool]
    message: Message | None = None
    centre: Centre | None = None
    mapped: Mapping[tuple[OutputId, CriterionId], Mapped]
    records: Mapping[RecordId, WorkRecord]
    signed: Mapping[ParticipantId, Signature]
    centre_signed: Mapping[ParticipantId, Signature]
    erased: frozenset[ParticipantId] = frozenset()
    groupings: Mapping[GroupingId, Grouping]
    rotations: Mapping[RotationId, Rotation]
    managers: Mapping[ParticipantId, ParticipantId]

    def exercise(self, exercise_id: str) -> Exercise | None:
        """Return the newest edition of an exercise that this cohort has taken up."""
        editions = self.editions.get(exercise_id)
        return editions[-1] if editions else None

    @property
    def mark(self) -> str:
        """What everything of a cohort that is not a real one carries; nothing for a real one."""
        return "DEMONSTRATION" if self.demonstration else "REHEARSAL" if self.rehearsal else ""

    @property
    def exists(self) -> bool:
        """Whether the cohort's first event is there."""
        return bool(self.name)


def nobody() -> Cohort:
    """Return the cohort before its first event."""
    return Cohort(
        participants={},
        deliveries={},
        notes={},
        editions={},
        outputs={},
        written={},
        activities={},
        anonymous={},
        boards={},
        draws={},
        timers={},
        phones={},
        joined={},
        signed_out={},
        seats={},
        for_pack={},
        mapped={},
        records={},
        signed={},
        centre_signed={},
        groupings={},
        rotations={},
        managers={},
    )
