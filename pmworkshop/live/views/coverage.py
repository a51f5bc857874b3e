"""Who has which evidence for each criterion: everybody in a matrix, or one person piece by piece.

The same for the desk and for a participant's own phone. `supports` and `not yet` are the only verdicts.
"""

from collections.abc import Iterator
from typing import Literal

from pmworkshop.core.coverage import (
    EvidenceKind,
    Level,
    Piece,
    Standing,
    coverage,
    criteria_supported,
    still_open,
)
from pmworkshop.core.evidence import WorkRecord
from pmworkshop.core.ids import OutputId, ParticipantId, RecordId
from pmworkshop.core.output import Output
from pmworkshop.core.packing import blanks, edition, goes_in, packed, packed_outputs
from pmworkshop.core.saying import named
from pmworkshop.core.signing import changes, holds, holds_for_centre
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import matching
from pmworkshop.core.unit import Criterion, criteria_of
from pmworkshop.core.value import value
from pmworkshop.live.views.days import said_at
from pmworkshop.live.views.outputs import person_name, without

Signed = Literal["not signed", "void", "signed", "signed for the centre"]
KINDS: dict[EvidenceKind, str] = {
    "individual": "own work",
    "group": "group work",
    "observation": "observation",
    "witness": "witness",
}


@value
class SignedView:
    """How somebody's pack is signed; `why` says what changed since, where a signature no longer holds."""

    standing: Signed
    words: str
    why: tuple[str, ...] = ()


@value
class Cell:
    """One person's standing on one criterion; `short` is `supports`, `1 of 2`, `group` or nothing."""

    criterion: str
    short: str
    words: str
    level: Level


@value
class MatrixRow:
    """One person's line of the matrix, a cell for each of its criteria."""

    participant: ParticipantId
    name: str
    cells: tuple[Cell, ...]
    signed: SignedView


@value
class Matrix:
    """Everybody on the register, in the order of names, against the unit's criteria in theirs."""

    criteria: tuple[Criterion, ...]
    rows: tuple[MatrixRow, ...]


@value
class EvidenceLine:
    """One piece of evidence: `output` or `record` says what it is; `lines` what is short or was changed about it.

    `counts` is how many different entries it brings; nothing where it is group work.
    """

    output: OutputId | None
    record: RecordId | None
    title: str
    kind: str
    when: str
    counts: int
    lines: tuple[str, ...]


@value
class TakenOut:
    """An output that the trainer took out of a criterion, and why."""

    output: OutputId
    title: str
    reason: str


@value
class CriterionCoverage:
    """One person's evidence for one criterion, and by its title what would still support it."""

    cell: Cell
    criterion: Criterion
    count: int
    pieces: tuple[EvidenceLine, ...]
    taken_out: tuple[TakenOut, ...]
    still_open: tuple[str, ...]


@value
class PersonCoverage:
    """One person's evidence for every criterion of the unit; none without a unit."""

    participant: ParticipantId
    name: str
    signed: SignedView
    criteria: tuple[CriterionCoverage, ...]

    @property
    def supported(self) -> int:
        """How many criteria the evidence supports."""
        return sum(one.cell.level == "supports" for one in self.criteria)


def matrix(state: Cohort) -> Matrix:
    """Return everybody's standing on every criterion."""
    people = sorted(state.participants.values(), key=lambda one: matching(one.name))
    return Matrix(
        criteria=criteria_of(state.unit) if state.unit else (),
        rows=tuple(
            MatrixRow(
                participant=one.id,
                name=one.name,
                cells=tuple(_cell(standing) for standing in coverage(state, one.id)),
                signed=signed_view(state, one.id),
            )
            for one in people
        ),
    )


def person_coverage(state: Cohort, participant: ParticipantId) -> PersonCoverage:
    """Return one person's evidence, criterion by criterion."""
    return PersonCoverage(
        participant=participant,
        name=person_name(state, participant),
        signed=signed_view(state, participant),
        criteria=tuple(_criterion(state, participant, one) for one in coverage(state, participant)),
    )


def signed_view(state: Cohort, participant: ParticipantId) -> SignedView:
    """Return whether somebody signed, whether that still holds, and whether the trainer signed for the centre."""
    signature, for_centre = state.signed.get(participant), state.centre_signed.get(participant)
    if signature is None:
        return SignedView(standing="not signed", words="not signed")
    at = said_at(state, signature.at)
    if not holds(state, participant):
        why = changes(state, participant, signature)
        return SignedView(standing="void", words=f"signed {at}, which no longer holds", why=why)
    if holds_for_centre(state, participant):
        return SignedView(standing="signed for the centre", words=f"signed {at}, and for the centre")
    gone = ("The signature for the centre was put under an earlier version.",) if for_centre else ()
    return SignedView(standing="signed", words=f"signed {at}, not yet for the centre", why=gone)


def _cell(standing: Standing) -> Cell:
    short = ""
    if standing.level == "supports":
        short = "supports"
    elif standing.count:
        short = f"{standing.count} of {standing.criterion.minimum}"
    elif standing.pieces:
        short = "group"
    return Cell(criterion=standing.criterion.id, short=short, words=standing.words, level=standing.level)


def _criterion(state: Cohort, participant: ParticipantId, standing: Standing) -> CriterionCoverage:
    criterion = standing.criterion
    return CriterionCoverage(
        cell=_cell(standing),
        criterion=criterion,
        count=standing.count,
        pieces=tuple(_line(state, participant, one) for one in standing.pieces),
        taken_out=tuple(_taken_out(state, participant, criterion.id)),
        still_open=() if standing.level == "supports" else still_open(state, participant, criterion.id),
    )


def _line(state: Cohort, participant: ParticipantId, piece: Piece) -> EvidenceLine:
    output, record = state.outputs.get(OutputId(piece.source)), state.records.get(RecordId(piece.source))
    return EvidenceLine(
        output=output.id if output else None,
        record=record.id if record else None,
        title=packed_title(state, output, participant) if output else _written_by(record),
        kind=KINDS[piece.kind],
        when=said_at(state, piece.at),
        counts=len(piece.entries) if piece.own else 0,
        lines=tuple(_about(state, participant, output, piece)),
    )


def _written_by(record: WorkRecord | None) -> str:
    return f"by {record.newest.particulars.by}" if record else ""


def packed_title(state: Cohort, output: Output, participant: ParticipantId) -> str:
    """Return an exercise's title, and what tells this output from others as far as that goes into the pack."""
    exercise = edition(state, output)
    kept = {item.id for item in packed(state, output, participant)}
    which = named(without(exercise, {one.id for one in exercise.items} - kept), output.newest.answers)
    return f"{exercise.title}, {which}" if which else exercise.title


def _about(state: Cohort, participant: ParticipantId, output: Output | None, piece: Piece) -> Iterator[str]:
    if piece.kind == "group":
        yield "Group work supports what somebody shows, and never counts as their own."
    if piece.reason:
        yield f"Added by the trainer: {piece.reason}"
    missing = len(blanks(state, output, participant)) if output else 0
    if missing:
        yield f"{missing} blank{'' if missing == 1 else 's'} on this sheet."


def _taken_out(state: Cohort, participant: ParticipantId, criterion: str) -> Iterator[TakenOut]:
    for (output_id, of), mapped in state.mapped.items():
        output = state.outputs.get(output_id)
        if of == criterion and not mapped.on and output and goes_in(state, output, participant):
            title = packed_title(state, output, participant)
            yield TakenOut(output=output.id, title=title, reason=mapped.reason)


def could_support(
    state: Cohort, participant: ParticipantId, criterion: str
) -> tuple[tuple[OutputId, str], ...]:
    """Return the outputs in somebody's pack that do not support a criterion, with their titles: one may be added."""
    return tuple(
        (output.id, packed_title(state, output, participant))
        for output in packed_outputs(state, participant)
        if criterion not in criteria_supported(state, output, participant)
    )
