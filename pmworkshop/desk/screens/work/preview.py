"""A preview: straight on the form or the cards, the phone's page in the browser, and the file read again on a key."""

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, OutputId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import refuse
from pmworkshop.core.units import wall_clock
from pmworkshop.desk.keys import PREVIEW
from pmworkshop.desk.screens.room.hosting import Hosting
from pmworkshop.desk.screens.work.filling import Way, choose_output, fill, not_right, take_up
from pmworkshop.desk.screens.work.form import FormScreen
from pmworkshop.desk.screens.work.form_pages import Filling
from pmworkshop.desk.screens.work.handed_in import HandedInScreen
from pmworkshop.desk.screens.work.previewed import PreviewedCards, PreviewedForm
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.markdown import Block
from pmworkshop.desk.widgets.preview_blocks import deck_blocks, exercise_blocks, trouble_blocks
from pmworkshop.desk.widgets.prose import Prose
from pmworkshop.live.views.cards import in_order, next_name
from pmworkshop.live.views.outputs import output_page
from pmworkshop.live.workshop import Workshop

if TYPE_CHECKING:
    from pmworkshop.desk.previewing import Previewing, Shown

LOOK_SECONDS: Final = 1.0
ROUND_TIME: Final = 34
"""Cells for when the file was read; of a long path, the end is what tells."""
SHORTEST_PLACE: Final = 20
HANDED_IN: Final = "Handed in. This is a preview: nothing of it is kept."
CHANGED: Final = "The file has changed: F5 reads it again."
STILL_BROKEN: Final = "The file cannot be used as it stands, so this is still how it was before. {}"


class Through(VerticalScroll, can_focus=True):
    """The whole of it to read through; the arrow keys scroll it."""

    HELP = "The whole of it. The arrow keys, Page Up and Page Down scroll it."


class PreviewScreen(Hosting):
    """What lies under the form or the cards: the file read through, its problems, and the way to the phone's page."""

    PURPOSE = (
        "A preview of one exercise or deck. Nobody is here, and nothing is kept. Change the file in your editor, save "
        "it, and read it again."
    )
    BINDINGS: ClassVar[list[BindingType]] = PREVIEW
    DEFAULT_CSS = "PreviewScreen #status { height: auto; padding: 0 1; background: $boost; } PreviewScreen #page { padding: 1 2; }"

    def __init__(self, workshop: Workshop, delivery: DeliveryId, previewing: "Previewing") -> None:
        super().__init__(workshop, delivery)
        self._previewing = previewing
        self._read_at = previewing.now()
        self._stale = False
        self._form: PreviewedForm | None = None
        self._who: ParticipantId | None = None
        self._people = 0
        self.group = ""

    @property
    def shown(self) -> "Shown":
        """What was read last."""
        return self._previewing.shown

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield Ends(id="top")
        yield Static(id="status")
        with Through(id="page"):
            yield Prose(id="prose")
        yield Ends(id="foot")
        yield Hints(self._hint)

    def on_mount(self) -> None:
        """Go straight on to the form or the cards, and open the room meanwhile."""
        self.query_one("#page").focus()
        self.set_interval(LOOK_SECONDS, self._watch)
        self.action_fill()
        self._open_room()

    @work
    async def _open_room(self) -> None:
        refusal = await self.host.open()
        if refusal is not None:
            self.say_no(refusal)
        self.redraw_if_shown()

    def redraw(self) -> None:
        """Show what the file says, what is wrong with it, and where the phone's page is."""
        top, foot = self.query_one("#top", Ends), self.query_one("#foot", Ends)
        top.left, top.right = self.shown.title, "preview · nothing is kept"
        at = wall_clock(self._read_at, self._previewing.zone()[1])
        place, room = self.shown.place, max(self.size.width - ROUND_TIME, SHORTEST_PLACE)
        foot.left = place if len(place) <= room else f"…{place[-room:]}"
        foot.right = f"read at {at}, changed since" if self._stale else f"read at {at}"
        self.query_one("#prose", Prose).show(tuple(self._blocks()))
        address = self._address()
        words = (
            Content.assemble("The phone's page: ", (address, "bold $text-accent"), " (b shows it)")
            if address
            else Content("The phone's page is not open.")
        )
        self.query_one("#status", Static).update(words)

    def _blocks(self) -> list[Block]:
        shown = self.shown
        exercise = self.state.exercise(shown.id) or shown.exercise
        body = deck_blocks(shown.deck) if shown.deck else exercise_blocks(exercise) if exercise else ()
        return [*trouble_blocks(shown.problems, fit=shown.fit), *body]

    def _address(self) -> str:
        if self.host.door is None:
            return ""
        page = f"cards/{self.shown.id}" if self.shown.kind == "deck" else f"do/{self.shown.id}"
        return self._previewing.way_in(f"{self.host.door.url}/{page}")

    def _hint(self, action: str, label: str) -> str:
        if self.shown.kind == "deck":
            return {"fill": "cards", "afresh": "", "trainer": ""}.get(action, label)
        return label

    @work(exclusive=True, group="watching")
    async def _watch(self) -> None:
        """Say once that the file has changed, on whatever screen lies on top."""
        if not self._stale and await asyncio.to_thread(self._previewing.changed) and self.stands:
            self._stale = True
            self.app.notify(CHANGED, markup=False, timeout=8)
            self.redraw_if_shown()

    async def _take_up(self) -> bool:
        """Take the exercise up as it is now, for the laptop and the phone."""
        if self.shown.kind == "deck":
            return True
        if not await take_up(self, self.shown.id):
            return False
        activity = self.state.activities.get(self.shown.id)
        if activity is None or not activity.open:
            opened = c.OpenActivity(exercise_id=self.shown.id, delivery=self.delivery_id)
            return await self.ask(opened) is not None
        return True

    @work(exclusive=True, group="filling")
    async def action_fill(self) -> None:
        """Fill the form in as at the laptop, with what was given before; or go to the cards."""
        await self._fill()

    @work(exclusive=True, group="filling")
    async def action_afresh(self) -> None:
        """Fill the form in as somebody else, from the first question."""
        self._who = None
        await self._fill()

    async def _fill(self) -> None:
        if not await self._take_up() or self.app.screen is not self:
            return
        if self.shown.kind == "deck":
            await self.app.push_screen(PreviewedCards(self, self.shown.id))
            return
        while await self._filled():
            await self._read(over=True)

    async def _filled(self) -> bool:
        """Have the form filled in and show its result; return whether the file is to be read again instead."""
        self._form = None
        who = await self._somebody()
        if who is None:
            return False
        ready, amend = await choose_output(self, self.shown.id, who)
        if not ready:
            return False
        way = Way(delivery=self.delivery_id)
        done = await fill(self, self.shown.id, who, way, amend, form=self._make_form)
        if done == "":
            self._who = None  # who has handed in without a name cannot do so again
        while done is not None and await self._show_result(done):
            wrong = not_right(self.state, done)
            before = self.state.outputs[done]
            done = await fill(self, self.shown.id, who, way, before, wrong, form=self._make_form)
        return self._form is not None and self._form.again

    def _make_form(self, workshop: Workshop, filling: Filling) -> FormScreen:
        self._form = PreviewedForm(workshop, filling)
        return self._form

    async def _somebody(self) -> ParticipantId | None:
        """Return who fills in at the laptop: the one from before, or somebody new."""
        if self._who is None:
            self._people += 1
            who = ParticipantId(f"laptop{self._people}")
            person = Person(name=f"At the laptop {self._people}" if self._people > 1 else "At the laptop")
            self._who = who if await self.ask(c.AddParticipants(people=((who, person),))) else None
        return self._who

    async def _show_result(self, output: OutputId) -> bool:
        page = output_page(self.state, output, for_trainer=False) if output else None
        return await self.put(HandedInScreen(page, HANDED_IN)) is True

    @work(exclusive=True, group="filling")
    async def action_read(self, *, back: bool = False) -> None:
        """Read the file again; with `back`, go on where that was asked for."""
        await self._read(over=back)
        if back:
            await self._fill()

    async def _read(self, *, over: bool) -> None:
        """Read the file and show it, or what is wrong with it: in words where something will lie `over` this page."""
        shown = await asyncio.to_thread(self._previewing.look)
        self._read_at, self._stale = self._previewing.now(), False
        self.app.clear_notifications()
        if shown.fit:
            await self.desk.read_kit(again=True)
            await self._take_up()
            await self._open_afresh()
            self.app.notify("Read again.", markup=False, timeout=2)
        elif over:
            first = shown.problems[0] if shown.problems else ""
            self.say_no(refuse(STILL_BROKEN.format(first)))
        self.redraw_if_shown()

    async def _open_afresh(self) -> None:
        """Have the cards as they are now: a group keeps what it has drawn, and the room what there was when it opened."""
        if self.shown.kind != "deck":
            return
        drawn = in_order(key.partition("/")[2] for key in self.state.draws)
        self.group = next_name(drawn) if drawn else ""
        if self.host.door is not None:
            await self.host.close()
            await self.host.open()

    @work
    async def action_phone(self) -> None:
        """Show the phone's page in this laptop's browser."""
        refusal = await self.host.open()
        if refusal is None:
            refusal = await asyncio.to_thread(self._previewing.show_page, self._address())
        if refusal is not None:
            self.say_no(refusal)
        self.redraw_if_shown()

    @work
    async def action_trainer(self) -> None:
        """Show the activity as the trainer has it, with the room's results."""
        if self.shown.kind == "exercise" and self.app.screen is self:
            from pmworkshop.desk.screens.work.activity import open_activity  # noqa: PLC0415  # rarely needed

            await open_activity(self, self.shown.id)

    def action_leave(self) -> None:
        """End the preview."""
        self.app.exit()
