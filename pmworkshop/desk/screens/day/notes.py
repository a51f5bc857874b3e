"""Notes taken so far: found, corrected, and their earlier wordings looked at."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId
from pmworkshop.desk.keys import NOTES
from pmworkshop.desk.screens.day.note_dialog import Written, have_written
from pmworkshop.desk.screens.dialogs import AskLine, Pick
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.safe import safe, safe_line
from pmworkshop.live.views.summary import NoteRow, notes_view
from pmworkshop.live.workshop import Workshop


class NotesScreen(WorkshopScreen):
    """All notes, the newest first; find and correct them."""

    PURPOSE = "Notes taken so far. A correction is added; the earlier wording stays in the record."
    BINDINGS: ClassVar[list[BindingType]] = NOTES

    def __init__(self, workshop: Workshop, delivery: DeliveryId) -> None:
        super().__init__(workshop, delivery)
        self._find, self._all = "", False
        self._rows: tuple[NoteRow, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay the notes out."""
        yield Ends(id="top")
        yield OptionList(id="notes")
        yield Static("No notes yet. k on the run screen takes one.", id="empty")
        yield Hints()

    def redraw(self) -> None:
        """Show the notes that are wanted."""
        every = notes_view(self.state, None if self._all else self.delivery_id)
        rows = tuple(
            row
            for row in every
            if self._find.casefold() in f"{row.text} {row.owner} {row.under} {row.kind}".casefold()
        )
        top = self.query_one("#top", Ends)
        found = f", with “{self._find}”" if self._find else ""
        top.left = f"Notes of {'all sessions' if self._all else self.delivery.session.title}{found}"
        top.right = f"{len(rows)} of {len(every)}"
        self.query_one("#empty").display = not rows
        if rows == self._rows:
            return
        self._rows = rows
        notes = self.query_one(OptionList)
        here = notes.highlighted
        notes.clear_options()
        notes.add_options(Option(_note(row)) for row in rows)
        notes.display = bool(rows)
        if rows:
            notes.highlighted = min(here or 0, len(rows) - 1)

    @work
    async def action_find(self) -> None:
        """Find words."""
        words = await self.put(AskLine("Find in the notes", value=self._find))
        if words is not None:
            self._find = words.strip()
            self.redraw()

    def action_all(self) -> None:
        """Switch between this session's notes and all."""
        self._all = not self._all
        self.redraw()

    @on(OptionList.OptionSelected)
    def chosen(self) -> None:
        """Correct by Enter or click."""
        self.action_correct()

    def _under_cursor(self) -> NoteRow | None:
        here = self.query_one(OptionList).highlighted
        return self._rows[here] if here is not None and here < len(self._rows) else None

    @work
    async def action_correct(self) -> None:
        """Correct the note under the cursor."""
        row = self._under_cursor()
        if row is None:
            return
        draft = f"correct:{row.note}"
        before = Written(kind=row.kind, text=row.text, owner=row.owner)
        written = await have_written(self, f"Correct the note under {row.under}", draft, before)
        if written is not None:
            command = c.CorrectNote(
                note=row.note, kind=written.kind, text=written.text, owner=written.owner or None
            )
            if await self.ask(command):
                self.keep_draft(draft, "")

    @work
    async def action_earlier(self) -> None:
        """Show the earlier wordings of the note under the cursor."""
        row = self._under_cursor()
        if row is not None:
            wordings = [(str(index), words) for index, words in enumerate(row.earlier)]
            await self.put(Pick("Earlier wordings", wordings or [("", "There are none.")]))


def _note(row: NoteRow) -> Content:
    head = f"{row.at}  {row.kind}"
    if row.owner:
        head += f" for {safe_line(row.owner).plain}"
    tail = f"  {safe_line(row.under).plain}" + (f"  corrected {row.corrections}×" if row.corrections else "")  # noqa: RUF001
    return Content.assemble((head, "bold"), (tail, "italic"), "\n", safe(row.text), "\n")
