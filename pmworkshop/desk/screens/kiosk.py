"""Pass-the-laptop: one participant after the other picks their name and fills the form in; only the code leads back."""

import asyncio
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, OutputId, ParticipantId
from pmworkshop.core.output import Output
from pmworkshop.core.people import person
from pmworkshop.core.refusal import refuse
from pmworkshop.core.words import at_time
from pmworkshop.desk.keys import KIOSK
from pmworkshop.desk.screens.base import DeskScreen
from pmworkshop.desk.screens.dialogs import AskLine
from pmworkshop.desk.screens.filling import Way, choose_output, fill, not_right, take_up
from pmworkshop.desk.screens.handed_in import HandedInScreen
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views.activity import PersonRow, people_rows
from pmworkshop.live.views.outputs import output_page
from pmworkshop.live.workshop import Workshop

SHORTEST_CODE: Final = 4
SIGNS: Final = {"finished": "✓", "working": "…", "nothing yet": " "}
WORDS: Final = {"finished": "handed in", "working": "begun", "nothing yet": ""}


async def choose_code(screen: DeskScreen) -> str | None:
    """Have the trainer choose the code that leads back; the one chosen before stands there."""
    before = screen.desk.code
    code = await screen.put(
        AskLine(
            "Participants will have the laptop. Which code leads back to the desk?",
            value=before,
            hint=f"at least {SHORTEST_CODE} letters or figures",
            wrong=lambda text: "" if len(text.strip()) >= SHORTEST_CODE else "At least 4 letters or figures.",
        )
    )
    if code is not None:
        screen.desk.code = code.strip()
    return code.strip() if code is not None else None


class KioskScreen(CohortScreen):
    """Who are you? Then the form, then its result, and the list again."""

    PURPOSE = "Pick your name."
    BINDINGS: ClassVar[list[BindingType]] = KIOSK

    def __init__(
        self, workshop: Workshop, exercise_id: str, delivery: DeliveryId | None = None, *, alone: bool = False
    ) -> None:
        """With `alone`, nothing lies below: the exercise is opened here, and the code leads out of the desk."""
        super().__init__(workshop)
        self._exercise_id, self._delivery, self._alone = exercise_id, delivery, alone
        self._rows: tuple[PersonRow, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        yield Ends(id="top")
        yield Static(id="kiosk-words")
        yield OptionList(id="names", compact=True)
        yield Hints()

    def on_mount(self) -> None:
        """Lock the desk."""
        self.query_one("#names").focus()
        if self._alone:
            self._open()
        else:
            self.desk.locked = True

    @work(exclusive=True, group="turn")
    async def _open(self) -> None:
        """Take the exercise up and open it, and have a code chosen where there is none."""
        activity = self.state.activities.get(self._exercise_id)
        ready = await take_up(self, self._exercise_id)
        if ready and (activity is None or not activity.open):
            ready = await self.ask(c.OpenActivity(exercise_id=self._exercise_id)) is not None
        if not ready or (not self.desk.code and await choose_code(self) is None):
            await self._let_go()
            return
        self.desk.locked = True
        self._show()

    @work(exclusive=True, group="names")
    async def _show(self) -> None:
        if self.state.exercise(self._exercise_id) is None:
            return
        try:
            drafts, boxes = await asyncio.to_thread(lambda: (self.workshop.drafts(), self.workshop.boxes()))
        except RecordTroubleError:
            drafts, boxes = {}, {}
        box = boxes.get(self._exercise_id)
        rows = people_rows(self.state, self._exercise_id, tuple(drafts), box, self._delivery)
        exercise = self.state.editions[self._exercise_id][-1]
        finished = sum(row.standing == "finished" for row in rows)
        top = self.query_one("#top", Ends)
        top.left, top.right = exercise.title, f"{finished} of {len(rows)} finished"
        who = "Who writes for the group?" if exercise.filled_by != "each" else "Who are you?"
        words = (
            f"{who} Choose your name and press Enter."
            if rows
            else "Nobody is on the list yet: n adds your name."
        )
        self.query_one("#kiosk-words", Static).update(Content.styled(words, "bold"))
        if rows == self._rows:
            return
        self._rows = rows
        names = self.query_one("#names", OptionList)
        here = names.highlighted
        names.clear_options()
        names.add_options(Option(_line(row)) for row in rows)
        if rows:
            names.highlighted = min(here or 0, len(rows) - 1)

    def redraw(self) -> None:
        """Show who has finished."""
        self._show()

    def on_screen_resume(self) -> None:
        """Show what has been done since."""
        self._show()

    @on(OptionList.OptionSelected, "#names")
    @work(exclusive=True, group="turn")
    async def _turn(self, event: OptionList.OptionSelected) -> None:
        """Let one participant fill the form in and read the result."""
        if not event.option_index < len(self._rows):
            return
        row = self._rows[event.option_index]
        ready, amend = await choose_output(self, self._exercise_id, row.participant)
        if not ready or (amend is not None and not await self._allowed(amend)):
            return
        way = Way(delivery=self._delivery)
        done = await fill(self, self._exercise_id, row.participant, way, amend)
        while done is not None and await self._show_result(done):
            wrong = not_right(self.state, done)
            done = await fill(self, self._exercise_id, row.participant, way, self.state.outputs[done], wrong)

    async def _allowed(self, amend: Output) -> bool:
        """Whether something that was handed in may be looked at: only with the trainer's code beside them."""
        at = at_time(amend.newest.at, self.desk.services.zone()[1])
        return await self._code(f"This was handed in at {at}. The trainer's code opens it again.")

    async def _show_result(self, output: OutputId) -> bool:
        """Show the result; return whether a second try is wanted."""
        at = at_time(self.desk.services.now(), self.desk.services.zone()[1])
        page = output_page(self.state, output, for_trainer=False) if output else None
        words = f"Saved on the trainer's laptop, {at}."
        if page is None:
            words = f"Thank you. {words} No name is kept with it."
        again = await self.put(HandedInScreen(page, words))
        return again is True

    async def _code(self, title: str) -> bool:
        """Ask for the trainer's code."""
        wrong = "That is not the code."
        given = await self.put(
            AskLine(
                title,
                hint="the trainer's code",
                wrong=lambda text: "" if text.strip() == self.desk.code else wrong,
            )
        )
        return given is not None

    @work(exclusive=True, group="turn")
    async def action_new(self) -> None:
        """Put somebody on the register who is not there."""
        name = await self.put(AskLine("Your name", hint="first name and surname"))
        one = person(name) if name else None
        if one is None:
            return
        participant = ParticipantId(self.desk.services.new_id())
        command = c.AddParticipants(people=((participant, one),))
        outcome = await asyncio.wrap_future(self.workshop.submit(command))
        if not hasattr(outcome, "events"):
            self.say_no(
                refuse("That name is on the list already. If it is somebody else's, ask the trainer.")
            )
        self._show()

    def action_leave(self) -> None:
        """Leave with the trainer's code."""
        self._go_back()

    @work(exclusive=True, group="turn")
    async def _go_back(self) -> None:
        if not await self._code("The trainer's code"):
            return
        self.desk.locked = False
        if self._alone:
            await self._let_go()
        else:
            self.app.pop_screen()

    async def _let_go(self) -> None:
        """Leave the desk. What has no name is entered now, for nobody else would close the activity."""
        exercise = self.state.exercise(self._exercise_id)
        activity = self.state.activities.get(self._exercise_id)
        if exercise and activity and exercise.privacy == "anonymous" and activity.delivery is None:
            await self.ask(c.CloseActivity(exercise_id=self._exercise_id))
            trouble = await asyncio.to_thread(self.workshop.empty_boxes)
            self.desk.failure = trouble.words if trouble else ""
        await asyncio.to_thread(self.workshop.close)
        self.app.exit(return_code=1 if self.desk.failure else 0)

    def on_unmount(self) -> None:
        """Unlock the desk, however this was left."""
        super().on_unmount()
        self.desk.locked = False


def _line(row: PersonRow) -> Content:
    words = f"  {WORDS[row.standing]}" if WORDS[row.standing] else ""
    return Content.assemble((f"{SIGNS[row.standing]} ", "bold"), safe_line(row.name, 60), (words, "italic"))
