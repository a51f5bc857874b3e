"""The room on the trainer's desk: how phones come in, who is in and who asks, what the projector says."""

import asyncio
from typing import ClassVar, Final
from urllib.parse import urlsplit

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.refusal import refuse
from pmworkshop.core.units import Duration
from pmworkshop.desk.host import Host
from pmworkshop.desk.keys import ROOM
from pmworkshop.desk.screens.day.messaging import say_something
from pmworkshop.desk.screens.dialogs import Pick, Question
from pmworkshop.desk.screens.room.doorkeeping import ASKS, CLOSED, IS, Doorkeeping
from pmworkshop.desk.screens.work.outputs import fitting
from pmworkshop.desk.services import RoomDoor
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.qr import Qr
from pmworkshop.desk.widgets.rows import Rows
from pmworkshop.desk.widgets.safe import safe
from pmworkshop.live.box import Box
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views.messages import message_at
from pmworkshop.live.views.people import shown_names
from pmworkshop.live.views.room import RoomView, asking_words, room_view
from pmworkshop.live.workshop import Workshop

LOOK_SECONDS: Final = 3.0
LIST_WIDTH: Final = 44
"""Cells that the list of people keeps beside the code."""
NAME, PHONE, DOING = "Name", "Phone", "Doing"
ROUND_CELLS: Final = 6
"""Cells between three columns and at their ends."""
TOO_SMALL: Final = "A larger window shows the QR code too."


class Body(Horizontal):
    """The code beside the people."""

    class Changed(Message):
        """There is more room, or less."""

    def on_resize(self) -> None:
        """Say so."""
        self.post_message(self.Changed())


class Warnings(VerticalScroll, can_focus=True):
    """What may keep phones out; scrolls where there is more than fits."""

    HELP = "What may keep phones out. The arrow keys scroll where there is more."


class RoomScreen(Doorkeeping):
    """The room of a cohort. Shows `room_view`."""

    PURPOSE = (
        "The room: how phones come in, who is in, who asks to come in. "
        "The arrow keys choose a person; Enter corrects them, or answers whoever asks."
    )
    LISTS_CALLERS = True
    BINDINGS: ClassVar[list[BindingType]] = ROOM

    def __init__(self, workshop: Workshop, delivery: DeliveryId, host: Host) -> None:
        super().__init__(workshop, delivery, host)
        self._drafts: tuple[str, ...] = ()
        self._boxes: dict[str, Box] = {}

    def compose(self) -> ComposeResult:
        """Lay the room out."""
        yield Ends(id="top")
        yield self.segment_clock()
        yield Static(id="say")
        with Body(id="body"):
            yield Qr()
            with Vertical(id="main"):
                with Warnings(id="warnings"):
                    yield Static(id="warned")
                yield Rows()
                yield Static(id="empty")
        yield Ends(id="foot", keep_left=True)
        yield Hints(self._hint)

    def on_mount(self) -> None:
        """Begin in the list."""
        rows = self.query_one(Rows)
        rows.focus()
        self.watch(rows, "cursor", self._show_hints, init=False)
        self.set_interval(LOOK_SECONDS, self._look)
        self._look()

    @on(Body.Changed)
    def body_changed(self) -> None:
        """Fit the code and the columns to the window."""
        self.redraw_if_shown()

    @work(exclusive=True, group="looking")
    async def _look(self) -> None:
        """Look who is at it: half-filled forms and anonymous sheets are outside the record."""
        if any(activity.open for activity in self.state.activities.values()):
            try:
                found = await asyncio.to_thread(lambda: (self.workshop.drafts(), self.workshop.boxes()))
            except RecordTroubleError:
                return
            self._drafts, self._boxes = tuple(found[0]), found[1]
        self.redraw_if_shown()

    def _offset(self) -> Duration:
        return self.delivery.utc_offset if self.delivery.started else self.desk.services.zone()[1]

    def redraw(self) -> None:
        """Show the room at this instant."""
        door = self.host.door
        self.seen = room_view(
            self.state,
            door.presence() if door else {},
            door.asking() if door else (),
            utc_offset=self._offset(),
            drafts=self._drafts,
            boxes=self._boxes,
        )
        top, foot = self.query_one("#top", Ends), self.query_one("#foot", Ends)
        top.left = f"Room of {self.state.name}"
        asking = asking_words(len(self.seen.callers))
        top.right = " · ".join(part for part in (asking, self.seen.words if door else "closed") if part)
        message = message_at(self.state, self.desk.services.now())
        foot.display = bool(message)
        foot.left = f"Projector and phones say: {message}" if message else ""
        self._show_way_in(door)
        self._show_people(self.seen)
        self._show_hints()

    def _show_hints(self) -> None:
        self.query_one(Hints).refresh()

    def _show_way_in(self, door: RoomDoor | None) -> None:
        """Show how to come in, by code and in words, and what may be in the way."""
        body, code = self.query_one("#body").size, self.query_one(Qr)
        if door is None:
            code.show("", 0, 0)
            say = Content("The room is closed. o opens it again; whoever was in comes back by themselves.")
            warnings: tuple[str, ...] = ()
        else:
            shown = code.show(door.join_url, body.width - LIST_WIDTH, body.height)
            say = Content.assemble(
                "Type ", (door.url, "bold $text-accent"), ", code ", (door.code, "bold reverse")
            )
            warnings = (*door.warnings(), *(() if shown else (TOO_SMALL,)))
        self.query_one("#warnings").display = bool(warnings)
        for name, words in (("#say", say), ("#warned", safe("\n".join(warnings)))):
            static = self.query_one(name, Static)
            if static.content != words:
                static.update(words)

    def _show_people(self, view: RoomView) -> None:
        rows, empty = self.query_one(Rows), self.query_one("#empty", Static)
        keys = [ASKS + one.id for one in view.callers] + [IS + one.participant for one in view.guests]
        rows.display, empty.display = bool(keys), not keys
        empty.update("Nobody is on the register yet. Whoever joins by phone puts themselves there.")
        here, room, names = rows.key, rows.size.width, shown_names(self.state)
        texts = {
            NAME: [one.name for one in view.callers]
            + [names.get(one.participant, one.name) for one in view.guests],
            PHONE: [asking_words(1).removeprefix("1 ")] * len(view.callers)
            + [", ".join([one.phone_words, *["walk-in"] * one.walk_in]) for one in view.guests],
        }
        if view.open:
            texts[DOING] = [one.at for one in view.callers] + [one.doing for one in view.guests]
        widths = fitting(texts, room, [label for label in texts if label != PHONE])
        heading = {DOING: view.open[0]} if len(view.open) == 1 else {}
        if heading:
            widths[DOING] = max(widths[DOING], room - sum(widths.values()) + widths[DOING] - ROUND_CELLS)
        callers = len(view.callers)
        away = frozenset(at for at, one in enumerate(view.guests, callers) if one.phone == "not in")
        rows.show(
            tuple(heading.get(label, label) for label in texts),
            tuple(widths.values()),
            tuple(zip(*texts.values(), strict=True)),
            keys,
            quiet=away,
            loud=frozenset(range(callers)),
        )
        if here in keys:
            rows.cursor = keys.index(here)

    def _hint(self, action: str, label: str) -> str:
        """Return what a key does now; nothing where it would do nothing."""
        guest, closed = self.guest(), self.host.door is None
        if action == "open":
            return "open again" if closed else "close"
        impossible = (
            (action in ("let_in", "turn_away") and not self.seen.callers)
            or (action in ("confirm", "merge") and not (guest and guest.walk_in))
            or (action in ("rename", "code", "sign_out", "remove") and guest is None)
            or (action in ("projector", "address", "code") and closed)
        )
        return "" if impossible else label

    @work
    async def action_open(self) -> None:
        """Close the room, or open it again."""
        if self.host.door is None:
            refusal = await self.host.open()
            if refusal is not None:
                self.say_no(refusal)
        else:
            words = (
                f"Close the room? {self.seen.words}. Whoever is in can hand in only once it is open again."
            )
            if await self.put(Question(words, yes="Close it", no="Leave it open", careful=True)):
                await self.host.close()
        self.redraw_if_shown()

    @work
    async def action_address(self) -> None:
        """Show another of this laptop's addresses."""
        door = self.host.door
        if door is None:
            self.say_no(CLOSED)
            return
        found = await asyncio.to_thread(door.addresses)
        choices = [(one.host, f"{one.host} · {one.words}") for one in found]
        if not choices:
            self.say_no(refuse("This laptop is on no network that phones could reach it by. Join one first."))
            return
        picked = await self.put(
            Pick("By which address do phones reach it?", choices, picked=urlsplit(door.url).hostname)
        )
        if picked is not None:
            await asyncio.to_thread(door.choose, picked)
            self.redraw_if_shown()

    @work
    async def action_projector(self) -> None:
        """Show the projector's page in this laptop's browser, and its link for another machine."""
        door = self.host.door
        if door is None:
            self.say_no(CLOSED)
            return
        refusal = await asyncio.to_thread(self.desk.services.show_page, door.screen_url)
        link = door.screen_link
        begun = "This laptop's browser shows the projector's page. Drag it to the projector; F11 fills the screen."
        words = (
            f"{refusal.words if refusal else begun}\n\n"
            f"On another machine, its browser shows it here:\n{link}\n"
            "Whoever has this link sees what the projector shows."
        )
        if await self.put(Question(words, yes="Copy the link", no="Close")):
            self.app.copy_to_clipboard(link)

    @work
    async def action_message(self) -> None:
        """Say something on the projector and the phones, or take it away."""
        await say_something(self, is_open=self.host.door is not None)
