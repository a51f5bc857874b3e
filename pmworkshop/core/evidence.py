"""What backs evidence up, as part of a cohort's state: records of what was seen, signatures, criteria put right."""

from collections.abc import Mapping
from typing import Annotated, Literal

from annotated_types import Len

from pmworkshop.core.centre import Declaration
from pmworkshop.core.ids import EnteredBy, ParticipantId, RecordId, Route
from pmworkshop.core.output import Withdrawal
from pmworkshop.core.plan import CriterionId
from pmworkshop.core.text import LONGEST_NOTE
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value

RecordKind = Literal["observation", "witness"]
Whose = Literal["learner", "centre"]

Short = Annotated[str, Len(1, 300)]
Long = Annotated[str, Len(1, LONGEST_NOTE)]


@value
class Particulars:
    """What a record of somebody's work must say; `day` is `YYYY-MM-DD`, `relation` is the witness's to the learner.

    An observation record is the assessor's own; a witness statement is a third person's, never a relative's.
    """

    kind: RecordKind
    criteria: Annotated[tuple[CriterionId, ...], Len(1)]
    text: Long
    by: Short
    role: Short
    relation: Short | None = None
    day: Annotated[str, Len(10, 10)]
    place: Short


@value
class Wording:
    """One version of a record."""

    at: Instant
    particulars: Particulars


@value
class WorkRecord:
    """An observation record or a witness statement about one person; every version is kept, the newest last."""

    id: RecordId
    participant: ParticipantId
    wordings: Annotated[tuple[Wording, ...], Len(1)]
    withdrawn: Withdrawal | None = None

    @property
    def newest(self) -> Wording:
        """The version that counts."""
        return self.wordings[-1]


@value
class Covered:
    """One thing that was signed: an output or a record, its version from 1; `whole` with the private answers too."""

    what: str
    version: int
    whole: bool = False


@value
class Signature:
    """Somebody's name under declarations, in their wording at the time, and what they were put under."""

    at: Instant
    name: str
    declarations: tuple[Declaration, ...]
    covers: tuple[Covered, ...]
    route: Route
    entered_by: EnteredBy
    ai_use: str = ""
    reuse: str = ""
    refuses_standardisation: bool = False
    may_be_named: bool = False


@value
class Mapped:
    """A criterion that the trainer added to an output, or took out of it, and why."""

    at: Instant
    on: bool
    reason: str


Signatures = Mapping[ParticipantId, Signature]
