"""The screen of the day: the time left, the rundown, what to say and do now, and what comes next."""

from collections.abc import Mapping
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.refusal import refuse
from pmworkshop.core.units import SECOND
from pmworkshop.desk.keys import RUN
from pmworkshop.desk.screens.day.calling import Calling
from pmworkshop.desk.screens.day.catching_up import CatchingUp
from pmworkshop.desk.screens.day.planning import Planning
from pmworkshop.desk.screens.day.steering import Steering
from pmworkshop.desk.screens.dialogs import Pick
from pmworkshop.desk.screens.room.hosting import Hosting
from pmworkshop.desk.widgets.bars import Ends, Progress
from pmworkshop.desk.widgets.big_time import BigTime
from pmworkshop.desk.widgets.detail import detail
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.look_fors import LookFors
from pmworkshop.desk.widgets.prose import Prose
from pmworkshop.desk.widgets.rundown import Rundown
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.activity import outputs_by_person
from pmworkshop.live.views.run import RunView, activities_of
from pmworkshop.live.workshop import Workshop

SHORTEST_WAIT: Final = 0.1
LONGEST_TITLE: Final = 24
SHORTEST_NAME: Final = 8
ROUND_NAME: Final = 7
"""Cells around a cohort's name in the first line."""
TITLES_AFTER: Final = 1.0
PHASES: Final = ("before", "waiting", "running", "warning", "last-minute", "over", "ended", "paused")


class Page(VerticalScroll, can_focus=True):
    """The segment's notes; the arrow keys and Page Down scroll them."""

    HELP = "The notes of this segment. The arrow keys, Page Up and Page Down scroll them."


class Signs(VerticalScroll, can_focus=True):
    """What to look for; scrolls where there is more than fits."""

    HELP = "What to look for, ticked by its number or a click. The arrow keys scroll where there is more."


class RunScreen(Hosting, Planning, Calling, CatchingUp, Steering):
    """Runs one delivery. Shows `run_view` and counts nothing itself."""

    PURPOSE = "Running the session. The clock goes on whatever screen is open."
    BINDINGS: ClassVar[list[BindingType]] = RUN

    def __init__(self, workshop: Workshop, delivery: DeliveryId) -> None:
        super().__init__(workshop, delivery)
        self._timer: Timer | None = None
        self._shown: tuple[object, ...] = ()
        self._phase: tuple[str, bool] = ("", False)
        self.warning = ""

    def compose(self) -> ComposeResult:
        """Lay the day out."""
        yield Ends(id="top")
        yield Static(id="banner")
        with Horizontal(id="body"):
            yield Rundown(id="rundown")
            with Vertical(id="main"):
                yield Ends(id="segment")
                yield BigTime(id="time")
                yield Progress(id="progress")
                yield Static(id="teams")
                with Page(id="page"):
                    yield Prose(id="prose")
                with Signs(id="looked"):
                    yield LookFors(id="look")
                yield Static(id="next")
        yield Static(id="risk")
        yield Ends(id="foot", keep_left=True)
        yield Hints(self.hint)

    def on_mount(self) -> None:
        """Begin with the notes in focus, so that the arrow keys scroll them."""
        self.query_one("#page").focus()
        self.set_timer(TITLES_AFTER, self._read_titles)
        self.remind_of_room()

    @work
    async def _read_titles(self) -> None:
        """Name the activities by their titles, once there is time for reading the kit."""
        await self.desk.read_kit()
        self._shown = ()
        self.redraw()

    def redraw(self) -> None:
        """Show the day at this instant, and come back when the next second shows."""
        if not self.stands:
            return
        view = self.view()
        if self.mind_kit():
            self._shown = ()
        self._show_time(view)
        self.sound_cues(view)
        self.call_due()
        self.show_teams()
        self.tell_news()
        finished = self._finished(view)
        still = (
            view.segment,
            view.phase == "before",
            view.seen,
            view.chosen,
            view.next,
            view.session,
            finished,
        )
        if still != self._shown:
            self._shown = still
            self._show_segment(view, dict(finished))
        if (view.phase, view.paused) != self._phase:
            self._phase = (view.phase, view.paused)
            self.query_one(Hints).refresh()
        if self._timer is not None:
            self._timer.stop()
        wait = min(view.changes_in, self.next_change()) / SECOND / self.desk.services.speed
        self._timer = self.set_timer(max(wait, SHORTEST_WAIT), self.redraw)

    def _show_time(self, view: RunView) -> None:
        phase = "paused" if view.paused else view.phase.replace(" ", "-")
        for name in PHASES:
            self.set_class(name == phase, f"-{name}")
        top = self.query_one("#top", Ends)
        top.left = f"{view.session} · {view.subtitle}" if view.subtitle else view.session
        top.right = self._top_right(view)
        time = self.query_one(BigTime)
        time.time = view.countdown
        time.label = view.beside
        self.query_one(Progress).show(view.fraction, view.until)
        self.query_one(Rundown).show(view.rows, f"{view.end} end{', assumed' if view.end_assumed else ''}")
        self.show_foot(view.headline, view.aside)
        self._show_banner(view)

    def _top_right(self, view: RunView) -> str:
        """Return the cohort, the time and who is in the room; where that is too long, the name gives way."""
        parts = (view.time, self.host.words(self.state), self.sound_words())
        words = " · ".join(part for part in parts if part)
        third = self.size.width // 3
        space = min(third, self.size.width - third - len(words) - ROUND_NAME)
        return f"{safe_line(view.cohort, space).plain} · {words}" if space >= SHORTEST_NAME else words

    def _show_banner(self, view: RunView) -> None:
        asking = self.host.asking()
        words = [f"{asking} asks to come in: j"] if asking else []
        if self.state.demonstration:
            words.append(f"{self.state.mark}: made up, nothing here counts")
        elif view.rehearsal:
            words.append(f"{self.state.mark} at {self.desk.services.speed:g}×, nothing here counts")  # noqa: RUF001
        words += ["PAUSED, space goes on"] if view.paused else []
        if view.phase == "waiting" and view.segment:
            title = safe_line(view.segment.title, LONGEST_TITLE).plain
            words.append(f"{title} waits for its time; n begins it now")
        words += [self.warning] if self.warning else []
        words += self.read_by_the_room()
        words += self.plan_words(shortly=bool(words))
        banner = self.query_one("#banner", Static)
        banner.display = bool(words)
        text = " · ".join(words)
        if banner.content != text:
            banner.update(Content(text))

    def _finished(self, view: RunView) -> tuple[tuple[str, str], ...]:
        """Return how many have finished the segment's activities, where any were opened."""
        if view.segment is None or not self.state.activities:
            return ()
        opened = [name for name in view.segment.activities if name in self.state.activities]
        return tuple((name, f"{len(outputs_by_person(self.state, name))} finished") for name in opened)

    def _show_segment(self, view: RunView, finished: Mapping[str, str]) -> None:
        self.set_class(view.segment is None, "-nothing")
        head = self.query_one("#segment", Ends)
        segment = view.segment
        head.left = segment.title if segment else view.session
        titles = {**(self.desk.kit.titles if self.desk.kit else {})}
        titles |= {name: f"{titles.get(name, name)} ({words})" for name, words in finished.items()}
        titles |= {resource.id: resource.title for resource in self.delivery.resources}
        self.query_one(Prose).show(detail(view, titles, self.delivery.session.welcome))
        if head.right != view.position:
            head.right = view.position
            self.query_one("#page", Page).scroll_home(animate=False)
        looked_for = segment.look_for if segment and view.phase != "before" else ()
        self.query_one("#looked").display = bool(looked_for)
        self.query_one(LookFors).show(looked_for, view.seen)
        self.query_one("#next", Static).update(_next_words(view))

    @work
    async def action_note(self) -> None:
        """Take a note."""
        from pmworkshop.desk.screens.day.note_dialog import write_note  # noqa: PLC0415  # not before the day begins

        await write_note(self, self.delivery_id)

    @work
    async def action_activity(self) -> None:
        """Open what participants do in this segment; where there are several, ask which."""
        named = activities_of(self.view())
        if not named:
            self.action_any_activity()
            return
        picked: str | None = named[0]
        if len(named) > 1:
            kit = await self.desk.read_kit()
            choices = [(name, kit.titles.get(name, name)) for name in named]
            picked = await self.put(Pick("Which activity?", choices))
        await self._open_activity(picked)

    @work
    async def action_any_activity(self) -> None:
        """Open any exercise or deck of the kit."""
        kit = await self.desk.read_kit()
        titles = {name: one.title for name, one in kit.exercises.items()}
        titles |= {name: f"{one.title}  (cards)" for name, one in kit.decks.items()}
        if not titles:
            self.say_no(refuse("This kit has no exercise that can be used. Home lists its problems."))
            return
        from pmworkshop.desk.screens.picking import PickName  # noqa: PLC0415  # as above

        await self._open_activity(
            await self.put(PickName("Which activity?", list(titles.items()), by_id=True))
        )

    async def _open_activity(self, activity_id: str | None) -> None:
        if activity_id is not None:
            from pmworkshop.desk.screens.work.activity import open_activity  # noqa: PLC0415  # as above

            await open_activity(self, activity_id)

    async def action_outputs(self) -> None:
        """Browse what was produced."""
        from pmworkshop.desk.screens.work.outputs import OutputsScreen  # noqa: PLC0415  # as above

        await self.app.push_screen(OutputsScreen(self.workshop))

    async def action_evidence(self) -> None:
        """Show who has evidence for what."""
        from pmworkshop.desk.screens.evidence.coverage import CoverageScreen  # noqa: PLC0415  # as above

        await self.app.push_screen(CoverageScreen(self.workshop))

    async def action_notes(self) -> None:
        """Look notes up."""
        from pmworkshop.desk.screens.day.notes import NotesScreen  # noqa: PLC0415  # as above

        await self.app.push_screen(NotesScreen(self.workshop, self.delivery_id))

    async def action_register(self) -> None:
        """Open the register."""
        from pmworkshop.desk.screens.day.register import RegisterScreen  # noqa: PLC0415  # as above

        await self.app.push_screen(RegisterScreen(self.workshop, self.delivery_id))

    async def action_prepare(self) -> None:
        """Open the preparation list."""
        from pmworkshop.desk.screens.day.prepare import PrepareScreen  # noqa: PLC0415  # as above

        await self.app.push_screen(PrepareScreen(self.workshop, self.delivery_id))


def _next_words(view: RunView) -> Content:
    if view.next is None:
        return Content("Next  the end" if view.segment else "")
    particulars = f" · {view.next.particulars}" if view.next.particulars else ""
    title = safe_line(view.next.title).plain
    lines = Content.assemble(
        ("Next  ", "bold $text-primary"), f"{view.next.at} ", (title, "bold"), particulars
    )
    if view.next.in_hand:
        lines = Content.assemble(lines, f"\n      in hand: {safe_line('; '.join(view.next.in_hand)).plain}")
    return lines
