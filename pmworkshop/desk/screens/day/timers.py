"""Second timers: started, given time, put away; all that run, by their names."""

from typing import ClassVar, Final

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer
from textual.widgets import Static

from pmworkshop.core import commands as c
from pmworkshop.core.dealing import OF_CARDS
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.refusal import refuse
from pmworkshop.core.text import clean_line
from pmworkshop.core.units import MINUTE, SECOND, Duration, minutes
from pmworkshop.core.words import countdown, length_words, until_change, whole_minutes
from pmworkshop.desk.keys import TIMERS
from pmworkshop.desk.screens.day.pausing import Pausing
from pmworkshop.desk.screens.dialogs import AskFields, Pick
from pmworkshop.desk.screens.groups.beginning import as_minutes
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.rows import Rows
from pmworkshop.live.views.run import activities_of, run_view
from pmworkshop.live.views.teams.timers import NamedTimer, timers_view
from pmworkshop.live.views.teams.view import groups_view
from pmworkshop.live.workshop import Workshop

SHORTEST_WAIT: Final = 0.1
LEFT_CELLS: Final = 22
KIND_CELLS: Final = 20
AROUND: Final = 6
NARROWEST: Final = 12
KINDS: Final = {"own": "", "activity": "of an activity", "cards": "of the cards"}
EMPTY: Final = "No second timer runs. n starts one: report-backs, a discussion, a group, or your own."
REPORTS: Final = minutes(5)
A_GROUP: Final = minutes(2)
"""What one group has for reporting back."""
DISCUSSION: Final = minutes(10)
NONE_HERE: Final = refuse("No timer stands under the cursor. n starts one.")


class TimerRows(Rows):
    """The second timers; the keys act on the one under the cursor, and Enter on none."""

    HELP = "The arrow keys choose a timer."


class TimersScreen(Pausing):
    """The second timers of a cohort. Shows `timers_view`."""

    PURPOSE = "Second timers, beside that of the segment. They stand still while the session is paused."
    SHOWS: ClassVar[frozenset[str]] = frozenset({"own", "activity", "cards"})
    BINDINGS: ClassVar[list[BindingType]] = TIMERS

    def __init__(self, workshop: Workshop, delivery: DeliveryId) -> None:
        super().__init__(workshop, delivery)
        self._timer: Timer | None = None
        self._shown: tuple[NamedTimer, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay the timers out."""
        yield Ends(id="top")
        yield self.segment_clock()
        yield Static(EMPTY, id="empty")
        yield TimerRows(id="timer-rows")
        yield Hints(self._hint)

    def on_mount(self) -> None:
        """Begin among the timers."""
        self.query_one(Rows).focus()

    def _hint(self, action: str, label: str) -> str:
        if action == "pause":
            return self.pause_words()
        return "" if action in ("more", "less", "away") and not self._shown else label

    @on(events.Resize)
    def resized(self) -> None:
        """Fit the columns."""
        self.call_after_refresh(self.redraw_if_shown)

    def redraw(self) -> None:
        """Show the timers at this instant, and come back when the next second of any shows."""
        self._shown = timers_view(self.state, self.desk.services.now())
        rows, top = self.query_one(Rows), self.query_one("#top", Ends)
        top.left = f"{self.state.mark} · Second timers" if self.state.mark else "Second timers"
        top.right = "paused" if any(not one.moves for one in self._shown) else ""
        self.query_one("#empty").display = not self._shown
        rows.display = bool(self._shown)
        if rows.display and not rows.has_focus and self.app.screen is self:
            rows.focus()
        name = max(self.size.width - LEFT_CELLS - KIND_CELLS - AROUND, NARROWEST)
        rows.show(
            ("Timer", "Left", ""),
            (name, LEFT_CELLS, KIND_CELLS),
            [(one.name, _left(one), KINDS[one.kind]) for one in self._shown],
            [one.key for one in self._shown],
            loud=frozenset(index for index, one in enumerate(self._shown) if one.over),
        )
        self.query_one(Hints).refresh()
        if self._timer is not None:
            self._timer.stop()
        if self._shown:
            wait = min(until_change(one.left) for one in self._shown) / SECOND / self.desk.services.speed
            self._timer = self.set_timer(max(wait, SHORTEST_WAIT), self.redraw_if_shown)

    def _here(self) -> NamedTimer | None:
        key = self.query_one(Rows).key
        return next(
            (one for one in timers_view(self.state, self.desk.services.now()) if one.key == key), None
        )

    @work
    async def action_start(self) -> None:
        """Start a second timer, ready-made or the trainer's own."""
        ready = await self._ready()
        running = {one.key: one for one in timers_view(self.state, self.desk.services.now())}
        choices = [
            (key, f"{name}, {length_words(whole_minutes(length))}{_anew(running.get(key))}")
            for key, (name, length) in ready.items()
        ]
        picked = await self.put(Pick("Start which timer?", [*choices, ("", "Your own …")]))
        if picked:
            await self.ask(c.StartTimer(timer=picked, length=ready[picked][1]))
        elif picked is not None:
            await self._own()

    async def _ready(self) -> dict[str, tuple[str, Duration]]:
        """Return the timers that can be started as they are: their names and lengths."""
        services = self.desk.services
        view = run_view(self.state, self.delivery, services.now(), services.zone()[1])
        kit = await self.desk.read_kit()
        found = groups_view(self.state, None, self.delivery_id)
        groups = found.groups if found else ()
        reports = Duration(A_GROUP * len(groups)) if groups else REPORTS
        ready = {"Report-backs": ("Report-backs", reports), "Discussion": ("Discussion", DISCUSSION)}
        for name in activities_of(view):
            exercise = self.state.exercise(name) or kit.exercises.get(name)
            if exercise is not None and name in self.state.editions:
                ready[name] = (exercise.title, minutes(exercise.minutes))
        for row in groups:
            words = f"{row.name} reports back"
            ready[words] = (words, A_GROUP)
        return ready

    async def _own(self) -> None:
        given: tuple[str, ...] | None = ("", "5")
        while given is not None:
            fields = list(zip(("What for, such as Report-backs", "Minutes"), given, strict=True))
            given = await self.put(AskFields("A second timer", fields))
            if given is None:
                return
            name, length = clean_line(given[0]), as_minutes(given[1])
            if length is None or length <= 0:
                self.say_no(refuse("Minutes are a number above 0, such as 5 or 2.5."))
            elif name.startswith(OF_CARDS):
                self.say_no(refuse(f"A name that begins with “{OF_CARDS}” is the cards' own. Take another."))
            elif await self.ask(c.StartTimer(timer=name, length=length)):
                return

    async def action_more(self) -> None:
        """One minute more."""
        await self._add(MINUTE)

    async def action_less(self) -> None:
        """One minute less."""
        await self._add(Duration(-MINUTE))

    async def _add(self, by: Duration) -> None:
        timer = self._here()
        if timer is None:
            self.say_no(NONE_HERE)
        elif timer.left + by <= 0 and by < 0:
            self.say_no(refuse("There is less than a minute left of this. x puts it away."))
        else:
            await self.ask(c.StartTimer(timer=timer.key, length=Duration(max(timer.left, 0) + by)))

    async def action_away(self) -> None:
        """Put the timer under the cursor away."""
        timer = self._here()
        if timer is None:
            self.say_no(NONE_HERE)
        else:
            await self.ask(c.StopTimer(timer=timer.key))


def _left(timer: NamedTimer) -> str:
    words = f"{countdown(timer.left)} {'over: time is up' if timer.over else 'left'}"
    return words if timer.moves else f"{words}, paused"


def _anew(timer: NamedTimer | None) -> str:
    if timer is None:
        return ""
    return " (its time is up)" if timer.over else f" (runs, {countdown(timer.left)} left: begins anew)"
