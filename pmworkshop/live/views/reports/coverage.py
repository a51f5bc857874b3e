"""The cohort against the criteria, as the centre reads it: the desk's matrix, with what stands behind each cell.

Evidence is numbered as in each person's pack. Nothing here passes a criterion.
"""

from collections.abc import Mapping

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.packing import packed_outputs
from pmworkshop.core.state import Cohort
from pmworkshop.core.unit import Outcome
from pmworkshop.core.value import value
from pmworkshop.live.views.coverage import Cell, CriterionCoverage, SignedView, matrix, person_coverage


@value
class Behind:
    """What one person has for one criterion: `evidence` holds number, title, kind and day of each piece."""

    cell: Cell
    evidence: tuple[tuple[str, str, str, str], ...]
    remarks: tuple[str, ...]
    still_open: tuple[str, ...]


@value
class CoverageRow:
    """One person; `behind` is in the order of the unit's criteria, `supported` counts those that are."""

    name: str
    registration: str
    behind: tuple[Behind, ...]
    supported: int
    signed: SignedView


@value
class CoverageReport:
    """Everybody against every criterion; no outcomes where no unit has been taken up.

    `supported` counts, for each criterion, the people whose evidence supports it.
    """

    outcomes: tuple[Outcome, ...]
    rows: tuple[CoverageRow, ...]
    supported: tuple[int, ...]

    @property
    def signed(self) -> int:
        """How many have signed their pack, and it still holds."""
        return sum(one.signed.standing in ("signed", "signed for the centre") for one in self.rows)

    @property
    def signed_for_centre(self) -> int:
        """How many packs are signed by both."""
        return sum(one.signed.standing == "signed for the centre" for one in self.rows)


def coverage_report(state: Cohort) -> CoverageReport:
    """Return the matrix with what stands behind it."""
    found = matrix(state)
    rows = tuple(_row(state, one.participant) for one in found.rows)
    return CoverageReport(
        outcomes=state.unit.outcomes if state.unit else (),
        rows=rows,
        supported=tuple(
            sum(row.behind[place].cell.level == "supports" for row in rows)
            for place, _ in enumerate(found.criteria)
        ),
    )


def numbered(state: Cohort, participant: ParticipantId) -> Mapping[str, str]:
    """Return the number, E01 and so on, that each output and record has in somebody's pack, by its id."""
    outputs = [one.id for one in packed_outputs(state, participant)]
    records = [
        one.id for one in state.records.values() if one.participant == participant and one.withdrawn is None
    ]
    return {one: f"E{count:02d}" for count, one in enumerate([*outputs, *records], 1)}


def _row(state: Cohort, participant: ParticipantId) -> CoverageRow:
    person, numbers = person_coverage(state, participant), numbered(state, participant)
    return CoverageRow(
        name=person.name,
        registration=state.participants[participant].registration or "",
        behind=tuple(_behind(one, numbers) for one in person.criteria),
        supported=person.supported,
        signed=person.signed,
    )


def _behind(found: CriterionCoverage, numbers: Mapping[str, str]) -> Behind:
    lines = [(numbers.get(one.output or one.record or "", ""), one) for one in found.pieces]
    added = (f"{number}: {words}" for number, one in lines for words in one.lines if one.kind != "group work")
    taken = (
        f"{numbers.get(one.output, '')} “{one.title}” was taken out: {one.reason}" for one in found.taken_out
    )
    return Behind(
        cell=found.cell,
        evidence=tuple((number, one.title, one.kind, one.when) for number, one in lines),
        remarks=(*added, *taken),
        still_open=found.still_open,
    )
