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
from pmworkshop.core.producing import ONLY_ONCE
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.state import Arrival
from pmworkshop.core.units import wall_clock
from pmworkshop.desk.keys import KIOSK
from pmworkshop.desk.screens.dialogs import AskLine, Question
from pmworkshop.desk.screens.room.codes import choose_code, has_code, recovery
from pmworkshop.desk.screens.work.filling import Way, choose_output, fill, not_right, take_up
from pmworkshop.desk.screens.work.handed_in import HandedInScreen
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.widgets.activity_blocks import SIGNS
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views.activity import PersonRow, people_rows
from pmworkshop.live.views.outputs import is_private, output_page
from pmworkshop.live.workshop import Workshop

WORDS: Final = {"finished": "handed in", "working": "begun", "nothing yet": ""}
OPENS: Final = "Your recovery code opens it, or the trainer's code."
ON_THE_LIST: Final = refuse("That name is on the list already. If it is somebody else's, ask the trainer.")


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
        self._here: ParticipantId | None = None

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

    @work
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
        if not self.stands:
            return
        box = boxes.get(self._exercise_id)
        rows = people_rows(self.state, self._exercise_id, tuple(drafts), box, self._delivery)
        exercise = self.state.editions[self._exercise_id][-1]
        finished = sum(row.standing == "finished" for row in rows)
        top = self.query_one("#top", Ends)
        top.left, top.right = exercise.title, f"{finished} of {len(rows)} finished"
        who = "Who writes for the group?" if exercise.filled_by != "each" else "Who are you?"
        if exercise.privacy == "anonymous":
            who = "Who are you? Your name is only ticked off here, and not kept with what you write."
        words = (
            f"{who} Choose your name and press Enter."
            if rows
            else "Nobody is on the list yet: n adds your name."
        )
        self.query_one("#kiosk-words", Static).update(Content.styled(words, "bold"))
        if rows == self._rows:
            return
        names = self.query_one("#names", OptionList)
        at = names.highlighted if self._rows else 0
        here = self._here
        if here is None and at is not None and at < len(self._rows):
            here = self._rows[at].participant
        self._rows, self._here = rows, None
        names.clear_options()
        wide = max(self.size.width - 20, 20)
        names.add_options(Option(_line(row, wide), id=row.participant) for row in rows)
        people = [row.participant for row in rows]
        names.highlighted = (
            people.index(here) if here in people else at if at is None or at < len(people) else None
        )

    def redraw(self) -> None:
        """Show who has finished."""
        self._show()

    def on_screen_resume(self) -> None:
        """Show what has been done since."""
        self._show()

    @on(OptionList.OptionSelected, "#names")
    @work
    async def _turn(self, event: OptionList.OptionSelected) -> None:
        """Let one participant fill the form in and read the result."""
        row = next((one for one in self._rows if one.participant == event.option_id), None)
        if row is None:
            return
        if row.standing == "finished" and self.state.editions[self._exercise_id][-1].privacy == "anonymous":
            self.say_no(ONLY_ONCE)
            return
        if row.standing == "working" and not await self._goes_on(row):
            return
        ready, amend = await choose_output(self, self._exercise_id, row.participant)
        if not ready or (amend is not None and not await self._allowed(amend)):
            return
        way = Way(delivery=self._delivery)
        done = await fill(self, self._exercise_id, row.participant, way, amend)
        self.query_one("#names", OptionList).highlighted = None
        while done is not None and await self._show_result(done, row.name):
            wrong = not_right(self.state, done)
            done = await fill(self, self._exercise_id, row.participant, way, self.state.outputs[done], wrong)

    async def _goes_on(self, row: PersonRow) -> bool:
        """Whether a form that was begun may be opened: where it is private, only with a code."""
        exercise = self.state.editions[self._exercise_id][-1]
        if exercise.privacy == "anonymous" or any(is_private(exercise, item) for item in exercise.items):
            return await self._code(f"{row.name} has begun this. {OPENS}", row.participant)
        words = f"{row.name} has begun this form. Is that you?"
        mine = await self.put(Question(words, yes="Go on with it", no="Not me"))
        return mine is True

    async def _allowed(self, amend: Output) -> bool:
        """Whether something that was handed in may be looked at: only with their own code, or the trainer's."""
        at = wall_clock(amend.newest.at, self.desk.services.zone()[1])
        return await self._code(f"This was handed in at {at}. {OPENS}", amend.participant)

    async def _show_result(self, output: OutputId, name: str) -> bool:
        """Show the result; return whether a second try is wanted."""
        at = wall_clock(self.desk.services.now(), self.desk.services.zone()[1])
        page = output_page(self.state, output, for_trainer=False) if output else None
        words = f"Saved on the trainer's laptop, {at}, for {name}."
        if page is None:
            words = f"Thank you. Saved on the trainer's laptop, {at}. No name is kept with it."
        else:
            code = await self._recovery(self.state.outputs[output].participant)
            words += f" Your recovery code {code} opens it again, here or on your phone." if code else ""
        again = await self.put(HandedInScreen(page, words))
        return again is True

    async def _recovery(self, participant: ParticipantId) -> str:
        return await recovery(self, participant)

    async def _code(self, title: str, participant: ParticipantId | None = None) -> bool:
        return await has_code(self, title, participant)

    @work
    async def action_new(self) -> None:
        """Put somebody on the register who is not there."""
        name = await self.put(AskLine("Your name", hint="first name and surname"))
        one = person(name) if name else None
        if one is None:
            return
        participant = ParticipantId(self.desk.services.new_id())
        command = c.AddParticipants(people=((participant, one),))
        outcome = await asyncio.wrap_future(self.workshop.submit(command))
        if isinstance(outcome, Refusal):
            self.say_no(ON_THE_LIST if outcome.question else outcome)
        else:
            self._here = participant
            await self._mark_here(participant)
        self._show()

    async def _mark_here(self, participant: ParticipantId) -> None:
        """Somebody who puts their name down is in the room."""
        delivery = self.state.deliveries.get(self._delivery) if self._delivery else None
        if delivery is not None:
            arrival: Arrival = "late" if delivery.under_way else "present"
            await self.ask(c.MarkAttendance(delivery=delivery.id, participant=participant, arrival=arrival))

    def action_leave(self) -> None:
        """Leave with the trainer's code."""
        self._go_back()

    @work
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


def _line(row: PersonRow, wide: int) -> Content:
    words = f"  {WORDS[row.standing]}" if WORDS[row.standing] else ""
    return Content.assemble((f"{SIGNS[row.standing]} ", "bold"), safe_line(row.name, wide), (words, "italic"))
