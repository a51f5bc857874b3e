"""An activity in the room: what to read out, its own timer, who has finished; from here to forms, results and cards."""

import asyncio
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, ParticipantId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.teaming import stands_still
from pmworkshop.core.units import MINUTE, SECOND, Duration, minutes
from pmworkshop.core.words import countdown, until_change
from pmworkshop.desk.keys import ACTIVITY
from pmworkshop.desk.screens.dialogs import Question
from pmworkshop.desk.screens.picking import PickName
from pmworkshop.desk.screens.room.codes import choose_code
from pmworkshop.desk.screens.work.cards import CardsScreen
from pmworkshop.desk.screens.work.filling import PAPER, Way, choose_output, fill, take_up
from pmworkshop.desk.screens.work.kiosk import KioskScreen
from pmworkshop.desk.screens.work.outputs import OutputsScreen
from pmworkshop.desk.screens.work.results import ResultsScreen
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.activity_blocks import names, page
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.big_time import BigTime
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.prose import Prose
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.box import Box
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views.activity import AGGREGATE_FROM, ActivityView, activity_view
from pmworkshop.live.views.outputs import person_name
from pmworkshop.live.views.room import dropped
from pmworkshop.live.workshop import Workshop

LOOK_SECONDS: Final = 3.0
SEEN_BY: Final = {
    "evidence": "for the pack",
    "shared": "you see it",
    "private": "private",
    "anonymous": "no names",
}
WORK: Final = {
    "each": "each for themselves",
    "pair": "one writes for a pair",
    "group": "one writes for a group",
}


class Instructions(VerticalScroll, can_focus=True):
    """What to read out; the arrow keys scroll it."""

    HELP = "What to read out. The arrow keys, Page Up and Page Down scroll it."


async def open_activity(screen: WorkshopScreen, activity_id: str) -> None:
    """Open an exercise or a deck for the room. Call from a worker."""
    kit = await screen.desk.read_kit()
    if activity_id in kit.decks and activity_id not in kit.exercises:
        await screen.app.push_screen(CardsScreen(screen.workshop, screen.delivery_id, activity_id))
        return
    if await take_up(screen, activity_id):
        command = c.OpenActivity(exercise_id=activity_id, delivery=screen.delivery_id)
        before = screen.state.activities.get(activity_id)
        if before is None or before.delivery != screen.delivery_id:
            await screen.ask(command)
        await screen.app.push_screen(ActivityScreen(screen.workshop, screen.delivery_id, activity_id))


class ActivityScreen(WorkshopScreen):
    """One exercise in this room. Shows `activity_view`."""

    PURPOSE = "An activity: read out what to do, let people hand in, look at what comes of it."
    SHOWS: ClassVar[frozenset[str]] = frozenset({"activity"})
    BINDINGS: ClassVar[list[BindingType]] = ACTIVITY

    def __init__(self, workshop: Workshop, delivery: DeliveryId, exercise_id: str) -> None:
        super().__init__(workshop, delivery)
        self._exercise_id = exercise_id
        self._drafts: tuple[str, ...] = ()
        self._box: Box | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay the activity out."""
        yield Ends(id="top")
        yield self.segment_clock()
        with Horizontal(id="body"):
            with Vertical(id="main"):
                yield BigTime(id="time")
                with Instructions(id="page"):
                    yield Prose(id="prose")
            with VerticalScroll(id="people"):
                yield Prose(id="names")
        yield Ends(id="foot", keep_left=True)
        yield Hints(self._hint)

    def on_mount(self) -> None:
        """Begin with the instructions in focus."""
        self.query_one("#page").focus()
        self.set_interval(LOOK_SECONDS, self._look)
        self._look()

    def on_screen_resume(self) -> None:
        """Look who has finished since."""
        self._look()

    @work(exclusive=True, group="looking")
    async def _look(self) -> None:
        """Look who is at it: half-filled forms are outside the record."""
        try:
            drafts, boxes = await asyncio.to_thread(lambda: (self.workshop.drafts(), self.workshop.boxes()))
        except RecordTroubleError:
            return
        self._drafts, self._box = tuple(drafts), boxes.get(self._exercise_id)
        if self.stands:
            self.redraw()

    def _view(self) -> ActivityView | None:
        now = self.desk.services.now()
        return activity_view(self.state, self._exercise_id, now, self._drafts, self._box, self.delivery_id)

    def redraw(self) -> None:
        """Show the activity at this instant, and come back when the timer's next second shows."""
        view = self._view()
        if view is None or not self.stands:
            return
        exercise = view.exercise
        top, foot = self.query_one("#top", Ends), self.query_one("#foot", Ends)
        top.left = exercise.title
        top.right = f"{view.words} · {'open' if view.open else 'closed'}" + (
            " · results shown" if view.revealed else ""
        )
        criteria = f" · criteria {', '.join(exercise.criteria)}" if exercise.criteria else ""
        foot.left = f"{exercise.minutes} min · {WORK[exercise.filled_by]}{criteria}"
        foot.right = SEEN_BY[exercise.privacy]
        self.query_one("#prose", Prose).show(page(view))
        room = self.desk.room
        gone = dropped(self.state, room.presence()) if room else frozenset[ParticipantId]()
        self.query_one("#names", Prose).show(names(view, gone))
        self._show_timer(view)

    def _show_timer(self, view: ActivityView) -> None:
        time = self.query_one(BigTime)
        time.display = view.timer is not None
        if self._timer is not None:
            self._timer.stop()
        if view.timer is None:
            return
        time.time = countdown(view.timer.left)
        over = view.timer.left <= 0
        label = "over: time for this activity is up" if over else "left for this activity"
        time.label = f"{label}, paused" if stands_still(self.state) else label
        time.set_class(over, "-over")
        wait = until_change(view.timer.left) / SECOND / self.desk.services.speed
        self._timer = self.set_timer(max(wait, 0.1), self.redraw)

    def _hint(self, action: str, label: str) -> str:
        view = self._view()
        if view is None:
            return label
        if action == "cards" and view.exercise.deck is None:
            return ""
        words = {
            "timer": f"start {view.exercise.minutes} min" if view.timer is None else "put timer away",
            "open": "close" if view.open else "open",
            "more": label if view.timer is not None else "",
        }
        return words.get(action, label)

    @work
    async def action_pass(self) -> None:
        """Pass the laptop."""
        if await self._reopened() and await choose_code(self) is not None:
            await self.app.push_screen(KioskScreen(self.workshop, self._exercise_id, self.delivery_id))

    async def _reopened(self) -> bool:
        """Open the activity once more where it was closed, if that is wanted."""
        if not self._is_open:
            await self._reopen()
        return self._is_open

    @property
    def _is_open(self) -> bool:
        activity = self.state.activities.get(self._exercise_id)
        return activity is not None and activity.open

    @work
    async def action_paper(self) -> None:
        """Enter sheets from paper, one after the other."""
        way = Way(route=PAPER.route, entered_by=PAPER.entered_by, delivery=self.delivery_id)
        while True:
            view = self._view()
            if view is None or not (view.rows or view.exercise.privacy == "anonymous"):
                self.say_no(refuse("Nobody is on the register yet. r on the run screen adds people."))
                return
            person = await self._whose_sheet(view)
            if person is None:
                return
            ready, amend = await choose_output(self, self._exercise_id, person, for_trainer=True)
            if not ready:
                continue
            if await fill(self, self._exercise_id, person, way, amend) is None:
                return
            name = (
                safe_line(person_name(self.state, person), 60).plain
                if person in self.state.participants
                else ""
            )
            self.app.notify(f"Recorded{f' for {name}' if name else ''}.", markup=False, timeout=2)
            self._look()

    @work
    async def action_sheet(self) -> None:
        """Enter printed sheets by the ids at their feet."""
        from pmworkshop.desk.screens.work.transcribing import transcribe  # noqa: PLC0415  # rarely needed

        await transcribe(self, self.delivery_id)
        self._look()

    async def _whose_sheet(self, view: ActivityView) -> ParticipantId | None:
        """Ask whose sheet lies there; a sheet without a name is taken as it is."""
        if view.exercise.privacy == "anonymous":
            words = "A sheet without a name. Enter one now?"
            return (
                ParticipantId(f"paper-{self.desk.services.new_id()}")
                if await self.put(Question(words))
                else None
            )
        choices = [(row.participant, f"{row.name}{_already(row.standing)}") for row in view.rows]
        picked = await self.put(PickName("Whose sheet?", choices))
        return None if picked is None else ParticipantId(picked)

    async def action_timer(self) -> None:
        """Start the activity's own timer, or put it away."""
        view = self._view()
        if view is None:
            return
        if view.timer is not None:
            await self.ask(c.StopTimer(timer=self._exercise_id))
        else:
            await self.ask(c.StartTimer(timer=self._exercise_id, length=minutes(view.exercise.minutes)))

    async def action_more(self) -> None:
        """One minute more."""
        view = self._view()
        if view is not None and view.timer is not None:
            length = Duration(max(view.timer.left, 0) + MINUTE)
            await self.ask(c.StartTimer(timer=self._exercise_id, length=length))

    @work
    async def action_open(self) -> None:
        """Let participants hand in, or no longer."""
        if self._is_open:
            await self._close()
        else:
            await self._reopen()

    async def _reopen(self) -> None:
        sheets = len(self.state.anonymous.get(self._exercise_id, ()))
        words = f"{sheets} have handed in without a name, and nobody can tell who. Open it again, for the others only?"
        if sheets and not await self.put(Question(words, yes="Open", no="Leave it", careful=True)):
            return
        await self.ask(c.OpenActivity(exercise_id=self._exercise_id, delivery=self.delivery_id))
        self._show_anew()

    async def _close(self) -> bool:
        """Close it; what has no name then goes into the record, and what was begun of that is thrown away."""
        view, doubts = self._view(), list[str]()
        if view is not None and view.exercise.privacy == "anonymous":
            begun = sum(row.standing == "working" for row in view.rows)
            held = len(self._box.sheets) if self._box else 0
            if begun:
                doubts.append(f"{begun} have begun and not handed in; what they wrote will be thrown away.")
            course = (await self.desk.read_kit()).course
            if 0 < held < (course.results_from if course else AGGREGATE_FROM):
                doubts.append(f"Only {held} handed in: who wrote what could be guessed.")
        if doubts and not await self.put(
            Question(
                "\n".join([*doubts, "Close it all the same?"]), yes="Close it", no="Not yet", careful=True
            )
        ):
            return False
        if await self.ask(c.CloseActivity(exercise_id=self._exercise_id)):
            trouble = await asyncio.to_thread(self.workshop.empty_boxes)
            if isinstance(trouble, Refusal):
                self.say_no(trouble)
        self._show_anew()
        return True

    def _show_anew(self) -> None:
        self._look()
        self.query_one(Hints).refresh()

    @work
    async def action_results(self) -> None:
        """Reveal the room's results; those without a name only once it is closed."""
        view = self._view()
        if view is None:
            return
        if view.exercise.privacy == "anonymous" and view.open:
            words = "Answers without a name are kept in a box until this is closed. Close it now?"
            if not await self.put(Question(words, yes="Close it", no="Not yet")) or not await self._close():
                return
        if await self.ask(c.RevealResults(exercise_id=self._exercise_id, on=True)) is not None:
            await self.app.push_screen(ResultsScreen(self.workshop, self.delivery_id, self._exercise_id))

    async def action_outputs(self) -> None:
        """Browse what has been handed in."""
        await self.app.push_screen(OutputsScreen(self.workshop, self._exercise_id))

    async def action_cards(self) -> None:
        """Open the cards that go with it."""
        view = self._view()
        if view is not None and view.exercise.deck is not None:
            await self.app.push_screen(CardsScreen(self.workshop, self.delivery_id, view.exercise.deck))
        else:
            self.say_no(refuse("No cards go with this exercise."))


def _already(standing: str) -> str:
    return {"finished": "  (has one)", "working": "  (begun)"}.get(standing, "")
