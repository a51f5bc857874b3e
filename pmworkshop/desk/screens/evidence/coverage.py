"""Everybody's evidence against the unit's criteria, and who has signed; from here to evidence, records, signing, packs."""

import asyncio
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.refusal import refuse
from pmworkshop.core.state import Cohort
from pmworkshop.desk.keys import COVERAGE
from pmworkshop.desk.screens.evidence.evidence_of import EvidenceScreen
from pmworkshop.desk.screens.evidence.records import RecordsScreen
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.cross_table import CrossTable
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.coverage import Cell, Matrix, MatrixRow, Signed, matrix
from pmworkshop.live.workshop import Workshop

NARROW, WIDE = 4, 9
BESIDE: Final = 48
"""Cells beside the criteria: what is left makes them wider, until words take the place of signs."""
SIGNED: Final[dict[Signed, str]] = {
    "not signed": "not yet",
    "void": "VOID",
    "signed": "signed",
    "signed for the centre": "and centre",
}
NOBODY: Final = refuse("Nobody is on the register yet. r on the run screen adds people.")
NO_UNIT: Final = (
    "No exercise of the course has been opened yet, so there is no unit to hold evidence against."
)
LEGEND: Final = "✓ supports · 1/2 one of two asked for · grp group work only · – nothing yet"  # noqa: RUF001  # the dash of an empty cell


class CoverageScreen(CohortScreen):
    """Shows `matrix`. Nothing here passes a criterion."""

    PURPOSE = (
        "Who has evidence for which criterion. Enter shows a cell piece by piece. “Supports” is not “passed”: "
        "that is for the assessor to say."
    )
    BINDINGS: ClassVar[list[BindingType]] = COVERAGE

    def __init__(self, workshop: Workshop) -> None:
        super().__init__(workshop)
        self._matrix = Matrix(criteria=(), rows=())
        self._of: Cohort | None = None
        self._here: ParticipantId | None = None
        self._putting_together = False
        self.trainer = ""
        """The name under which the trainer signed last."""

    def compose(self) -> ComposeResult:
        """Lay the matrix out."""
        yield Ends(id="top")
        yield CrossTable()
        yield Static(id="empty")
        yield Static(id="cell")
        yield Ends(id="foot", keep_left=True)
        yield Hints()

    def on_mount(self) -> None:
        """Begin in the matrix."""
        self.query_one(CrossTable).focus()

    def on_resize(self) -> None:
        """Take words or signs, as the new width allows."""
        self._show()

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen lay above."""
        self.redraw_if_shown()

    def redraw(self) -> None:
        """Put the matrix together anew, where it is seen and the state has moved on."""
        if not self._putting_together and self.app.screen is self and self._of is not self.state:
            self._putting_together = True
            self._put_together()

    @work
    async def _put_together(self) -> None:
        """Put it together beside the screen's thread: for thirty people it takes longer than the clock can wait."""
        try:
            while self._of is not self.state:
                state = self.state
                self._matrix, self._of = await asyncio.to_thread(matrix, state), state
                self._show()
        finally:
            self._putting_together = False

    def _show(self) -> None:
        if not self.stands or self._of is None:
            return
        here, found, state = self.here, self._matrix, self._of
        top, foot = self.query_one("#top", Ends), self.query_one("#foot", Ends)
        top.left = f"{state.mark} · Evidence of {state.name}" if state.mark else f"Evidence of {state.name}"
        signed = sum(one.signed.standing not in ("not signed", "void") for one in found.rows)
        top.right = f"{signed} of {len(found.rows)} signed"
        table, empty = self.query_one(CrossTable), self.query_one("#empty", Static)
        table.display, empty.display = bool(found.rows), not (found.rows and found.criteria)
        empty.update(NO_UNIT if found.rows else NOBODY.words)
        cell = min(max((self.size.width - BESIDE) // max(len(found.criteria), 1), NARROW), WIDE)
        wide = cell == WIDE
        foot.left = LEGEND if found.criteria and not wide else ""
        heading = ("Name", *(one.id for one in found.criteria), "Signed")
        rows = [(row.name, *(sign(one, wide=wide) for one in row.cells), SIGNED[row.signed.standing])
                for row in found.rows]  # fmt: skip
        void = frozenset(n for n, row in enumerate(found.rows) if row.signed.standing == "void")
        people = [row.participant for row in found.rows]
        if here in people:
            table.row = people.index(here)
        table.show(heading, rows, cell, void)
        self._show_cell()

    @property
    def here(self) -> ParticipantId | None:
        """Whose row the cursor is on, also while the rows are put in another order."""
        return self._here

    def _row(self) -> MatrixRow | None:
        at = self.query_one(CrossTable).row
        return self._matrix.rows[at] if at < len(self._matrix.rows) else None

    @on(CrossTable.Moved)
    def _show_cell(self) -> None:
        """Say in words what the cursor is on, and how that person has signed."""
        row, column = self._row(), self.query_one(CrossTable).column
        self._here, words = row.participant if row else None, ""
        if row is not None:
            words = safe_line(f"{row.name}: {'; '.join((row.signed.words, *row.signed.why))}").plain
            if column < len(row.cells):
                criterion, cell = self._matrix.criteria[column], row.cells[column]
                line = f"{criterion.id} {cell.words} · {criterion.text}"
                words = f"{safe_line(line, max(self.size.width - 2, 1)).plain}\n{words}"
        self.query_one("#cell", Static).update(Content(words))

    @on(CrossTable.Opened)
    async def opened(self) -> None:
        """Show the evidence of one person for one criterion."""
        here, column = self.here, self.query_one(CrossTable).column
        if here is not None and column < len(self._matrix.criteria):
            criterion = self._matrix.criteria[column].id
            await self.app.push_screen(EvidenceScreen(self.workshop, here, criterion))

    async def action_records(self) -> None:
        """Show what others wrote about the person under the cursor."""
        if self.here is None:
            self.say_no(NOBODY)
        else:
            await self.app.push_screen(RecordsScreen(self.workshop, self.here))

    @work
    async def action_sign(self) -> None:
        """Pass the laptop to the person under the cursor."""
        from pmworkshop.desk.screens.evidence.sign import pass_to_sign  # noqa: PLC0415  # not needed to look

        if self.here is None:
            self.say_no(NOBODY)
        else:
            await pass_to_sign(self, self.here)

    @work
    async def action_paper(self) -> None:
        """Record what the person under the cursor signed on paper."""
        from pmworkshop.desk.screens.evidence.sign import sign_from_paper  # noqa: PLC0415  # as above

        if self.here is None:
            self.say_no(NOBODY)
        else:
            await sign_from_paper(self, self.here)

    @work
    async def action_centre(self) -> None:
        """Sign for the centre."""
        from pmworkshop.desk.screens.evidence.sign_centre import sign_for_centre  # noqa: PLC0415  # as above

        self.trainer = await sign_for_centre(self, self.here, self.trainer)

    @work
    async def action_export(self) -> None:
        """Make packs."""
        from pmworkshop.desk.screens.evidence.export import export_packs  # noqa: PLC0415  # as above

        await export_packs(self, self.here)


def sign(cell: Cell, *, wide: bool) -> str:
    """Return what stands in a cell: words where there is room, else a short sign of them."""
    if wide:
        return cell.short or "–"  # noqa: RUF001  # the dash of an empty cell
    short = cell.short.replace(" of ", "/")
    return {"supports": "✓", "group": "grp", "": "–"}.get(short, short)  # noqa: RUF001
