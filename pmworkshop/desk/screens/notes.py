"""Notes in the moment: written in a few keys, under the right segment, and found and corrected later."""

import asyncio
from contextlib import suppress
from typing import Any, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from pmworkshop.core import commands as c
from pmworkshop.core.state import NOTE_KINDS, Delivery, DeliveryId, NoteId, NoteKind
from pmworkshop.desk.keys import NOTES
from pmworkshop.desk.screens.dialogs import AskLine
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.entry import Line, Page
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.safe import safe, safe_line
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views.summary import NoteRow, notes_view
from pmworkshop.live.workshop import Workshop

Written = tuple[NoteKind, str, str]
DRAFT_SECONDS: Final = 0.5


class Kinds(Widget):
    """The kinds of note on one line, the chosen one between brackets."""

    class Clicked(Message):
        """The trainer clicked on the kinds."""

    kind: reactive[NoteKind] = reactive(NOTE_KINDS[0])

    def __init__(self, kind: NoteKind) -> None:
        super().__init__()
        self.set_reactive(Kinds.kind, kind)

    def render(self) -> RenderResult:
        """Draw the kinds."""
        parts = [
            (f"[{k}]", "bold $text-accent") if k == self.kind else (f" {k} ", "$foreground 60%")
            for k in NOTE_KINDS
        ]
        return Content.assemble("Kind ", *parts)

    def on_click(self) -> None:
        """Let the dialog choose the next."""
        self.post_message(self.Clicked())


class NoteDialog(ModalScreen[Written | None]):
    """Writes one note. What is half written is kept as a draft and is there again after a crash."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "keep", priority=True),
        Binding("ctrl+k", "kind", "next kind", priority=True),
        Binding("escape", "leave", "leave"),
    ]

    def __init__(self, title: str, workshop: Workshop, draft: str, *, before: NoteRow | None = None) -> None:
        super().__init__()
        self._title, self._workshop, self._draft, self._before = title, workshop, draft, before
        self._timer: Timer | None = None
        self._text = before.text if before else ""

    def compose(self) -> ComposeResult:
        """Lay the note out."""
        kind = self._before.kind if self._before else NOTE_KINDS[0]
        with Vertical(classes="dialog tall"):
            yield Static(safe(self._title), classes="title")
            yield Kinds(kind)
            with suppress(RecordTroubleError):
                self._text = self._workshop.drafts().get(self._draft, self._text)
            yield Page(self._text, id="text")
            yield Line(
                self._before.owner if self._before else "", placeholder="Owner: who sees to it", id="owner"
            )
            yield Static(
                "Ctrl+S keeps it · Ctrl+K next kind · Esc leaves it, and it is here again next time",
                classes="quiet",
            )

    def on_mount(self) -> None:
        """Begin in the text."""
        text = self.query_one(TextArea)
        text.focus()
        text.move_cursor(text.document.end)
        self._show_owner()

    def action_kind(self) -> None:
        """Take the next kind."""
        kinds = self.query_one(Kinds)
        kinds.kind = NOTE_KINDS[(NOTE_KINDS.index(kinds.kind) + 1) % len(NOTE_KINDS)]
        self._show_owner()

    @on(Kinds.Clicked)
    def _clicked(self) -> None:
        self.action_kind()

    def _show_owner(self) -> None:
        self.query_one("#owner").display = self._kind() == "parking lot"

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        self._text = event.text_area.text
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_SECONDS, self._save_draft)

    def _save_draft(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = None
        unchanged = self._before is not None and self._text == self._before.text
        self._workshop.save_draft(self._draft, "" if unchanged else self._text)

    def action_keep(self) -> None:
        """Give the note. It stays a draft until it is in the record."""
        self._text = self.query_one(TextArea).text
        if self._text.strip():
            self._save_draft()
            owner = self.query_one(Input).value if self._kind() == "parking lot" else ""
            self.dismiss((self._kind(), self._text, owner))

    def action_leave(self) -> None:
        """Leave it half written."""
        self._text = self.query_one(TextArea).text
        self._save_draft()
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Save what was typed in the last moment, should the desk be left from here."""
        if self._timer is not None:
            self._save_draft()

    def _kind(self) -> NoteKind:
        return self.query_one(Kinds).kind


async def write_note(screen: WorkshopScreen, workshop: Workshop, delivery_id: DeliveryId) -> None:
    """Have a note written under the current segment. Call it from a worker."""
    delivery: Delivery = workshop.state.deliveries[delivery_id]
    segment = delivery.segment(delivery.current) if delivery.current else None
    draft = f"note:{delivery_id}"
    dialog = NoteDialog(
        f"Note under {segment.title if segment else 'the session as a whole'}", workshop, draft
    )
    written = await screen.app.push_screen_wait(dialog)
    if written is None:
        return
    kind, text, owner = written
    command = c.TakeNote(
        note=NoteId(screen.desk.services.new_id()),
        delivery=delivery_id,
        kind=kind,
        text=text,
        owner=owner or None,
    )
    if await screen.ask(command):
        await asyncio.wrap_future(workshop.save_draft(draft, ""))
        screen.app.notify("Noted.", markup=False, timeout=2)


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
        words = await self.app.push_screen_wait(AskLine("Find in the notes", value=self._find, empty=True))
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

    @work
    async def action_correct(self) -> None:
        """Correct the note under the cursor."""
        here = self.query_one(OptionList).highlighted
        if here is None or here >= len(self._rows):
            return
        row = self._rows[here]
        draft = f"correct:{row.note}"
        title = f"Correct the note under {row.under}"
        written: Any = await self.app.push_screen_wait(NoteDialog(title, self.workshop, draft, before=row))
        if written is not None:
            kind, text, owner = written
            if await self.ask(c.CorrectNote(note=row.note, kind=kind, text=text, owner=owner or None)):
                self.workshop.save_draft(draft, "")


def _note(row: NoteRow) -> Content:
    head = f"{row.at}  {row.kind}"
    if row.owner:
        head += f" for {safe_line(row.owner).plain}"
    tail = f"  {safe_line(row.under).plain}" + (f"  corrected {row.corrections}×" if row.corrections else "")  # noqa: RUF001
    return Content.assemble((head, "bold"), (tail, "italic"), "\n", safe(row.text), "\n")
