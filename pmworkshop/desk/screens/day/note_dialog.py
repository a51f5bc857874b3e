"""Writing one note: its kind, its text, its owner. What is half written is kept and is there again after a crash."""

import asyncio
import json
from collections.abc import Callable
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult, RenderResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, NoteId
from pmworkshop.core.state import NOTE_KINDS, NoteKind
from pmworkshop.core.value import value
from pmworkshop.desk.keys import NOTE
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.entry import Line, Page
from pmworkshop.desk.widgets.safe import safe
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.workshop import Workshop

DRAFT_SECONDS: Final = 0.5


@value
class Written:
    """A note as it stands in the dialog."""

    kind: NoteKind = NOTE_KINDS[0]
    text: str = ""
    owner: str = ""


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
    """Writes one note. Calls `keep_draft` with what stands there, or with None when that is as it was given."""

    BINDINGS: ClassVar[list[BindingType]] = NOTE

    def __init__(
        self, title: str, given: Written, before: Written, keep_draft: Callable[[Written | None], None]
    ) -> None:
        super().__init__()
        self._title, self._now, self._before, self._keep_draft = title, given, before, keep_draft
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay the note out."""
        with Vertical(classes="dialog tall"):
            yield Static(safe(self._title), classes="title")
            yield Kinds(self._now.kind)
            yield Page(self._now.text, id="text")
            yield Line(self._now.owner, placeholder="Owner: who sees to it", id="owner")
            yield Static(
                "Ctrl+S keeps it · Ctrl+K next kind · Esc leaves it, and it is here again next time",
                classes="quiet",
            )

    def on_mount(self) -> None:
        """Begin in the text."""
        text = self.query_one(TextArea)
        text.focus()
        text.move_cursor(text.document.end)
        self._changed()

    def action_kind(self) -> None:
        """Take the next kind."""
        kinds = self.query_one(Kinds)
        kinds.kind = NOTE_KINDS[(NOTE_KINDS.index(kinds.kind) + 1) % len(NOTE_KINDS)]
        self._changed()

    @on(Kinds.Clicked)
    def _clicked(self) -> None:
        self.action_kind()

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        owner = self.query_one("#owner", Input)
        kind = self.query_one(Kinds).kind
        owner.display = kind == "parking lot"
        text = self.query_one(TextArea).text
        self._now = Written(kind=kind, text=text, owner=owner.value if owner.display else "")
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_SECONDS, self._save_draft)

    def _save_draft(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = None
        self._keep_draft(self._now if self._now.text and self._now != self._before else None)

    def action_keep(self) -> None:
        """Give the note. It stays a draft until it is in the record."""
        self._changed()
        if self._now.text.strip():
            self._save_draft()
            self.dismiss(self._now)

    def action_leave(self) -> None:
        """Leave it half written."""
        self._changed()
        self._save_draft()
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Save what was typed in the last moment, should the desk be left from here."""
        if self._timer is not None:
            self._save_draft()


async def have_written(
    screen: WorkshopScreen, title: str, draft: str, before: Written | None = None
) -> Written | None:
    """Have a note written, beginning with its draft if there is one. Call it from a worker."""
    before = before or Written()
    given = await asyncio.to_thread(_drafted, screen.workshop, draft, before)

    def keep_draft(now: Written | None) -> None:
        body = json.dumps({"kind": now.kind, "text": now.text, "owner": now.owner}) if now else ""
        screen.keep_draft(draft, body)

    return await screen.put(NoteDialog(title, given, before, keep_draft))


def _drafted(workshop: Workshop, draft: str, otherwise: Written) -> Written:
    try:
        body = workshop.drafts().get(draft)
        found = json.loads(body) if body else {}
        kind = found.get("kind", otherwise.kind)
        return Written(
            kind=kind if kind in NOTE_KINDS else otherwise.kind,
            text=str(found.get("text", otherwise.text)),
            owner=str(found.get("owner", otherwise.owner)),
        )
    except (RecordTroubleError, ValueError, AttributeError):
        return otherwise


async def write_note(screen: WorkshopScreen, delivery_id: DeliveryId) -> None:
    """Have a note written under the current segment. Call it from a worker."""
    delivery = screen.delivery
    segment = delivery.segment(delivery.current) if delivery.current else None
    draft = f"note:{delivery_id}"
    title = f"Note under {segment.title if segment else 'the session as a whole'}"
    written = await have_written(screen, title, draft)
    if written is None:
        return
    command = c.TakeNote(
        note=NoteId(screen.desk.services.new_id()),
        delivery=delivery_id,
        kind=written.kind,
        text=written.text,
        owner=written.owner or None,
    )
    if await screen.ask(command):
        screen.keep_draft(draft, "")
        screen.app.notify("Noted.", markup=False, timeout=2)
