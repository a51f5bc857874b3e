"""The desk as an app: which screen, the kit in use, the laptop's clock, its terminal and the kit's files watched."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from pmworkshop.core.value import value
from pmworkshop.desk.keys import DESK
from pmworkshop.desk.kit_in_use import KitInUse
from pmworkshop.desk.screens.base import DeskScreen
from pmworkshop.desk.screens.home import HomeScreen
from pmworkshop.desk.services import KitContents, RoomDoor, Services
from pmworkshop.desk.widgets.hints import in_order
from pmworkshop.desk.widgets.safe import notice

if TYPE_CHECKING:
    from pmworkshop.core.units import Duration

WATCH_SECONDS = 5.0
KIT_SECONDS = 3.0


@value
class Straight:
    """Where to go without asking: a session, or an exercise for participants, of a cohort, made if it is new."""

    session: str = ""
    exercise: str = ""
    code: str = ""
    cohort: str
    rehearsal: bool = False


class Desk(App[None]):
    """The trainer's terminal app."""

    TITLE = "PM Workshop"
    CSS_PATH = "desk.tcss"
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  # as Textual declares it
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-short"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = DESK
    FOLLOWS_KIT: ClassVar[bool] = True

    def __init__(self, services: Services, straight: Straight | None = None) -> None:
        super().__init__()
        self.services = services
        self.kits = KitInUse(services)
        self._straight = straight
        self.going_straight = straight is not None
        self._looking = False
        self.failure = ""
        self.code = ""
        self.locked = False
        self.room: RoomDoor | None = None

    @property
    def kit(self) -> KitContents | None:
        """The kit in use, once it has been read."""
        return self.kits.contents

    @kit.setter
    def kit(self, contents: KitContents) -> None:
        self.kits.contents = contents

    async def action_quit(self) -> None:
        """Leave the desk, but not from under a participant."""
        if self.locked:
            self.notify(
                "The laptop is with the participants. Esc and the code lead back.", markup=False, timeout=4
            )
        else:
            await super().action_quit()

    def action_command_palette(self) -> None:
        """Open the palette, but not for a participant."""
        if not self.locked:
            super().action_command_palette()

    def on_mount(self) -> None:
        """Take the trainer's own keys and theme, and go where asked."""
        keys, wrong = self.services.keymap()
        self.set_keymap(dict(keys))
        theme = self.services.theme()
        if theme in self.available_themes:
            self.theme = theme
        self.theme_changed_signal.subscribe(self, lambda new: self.services.keep_theme(new.name))
        self.push_screen(HomeScreen())
        if wrong:
            self.notify(wrong, severity="warning", markup=False)
        if self._straight is not None:
            self._go_straight(self._straight)
        self.set_interval(WATCH_SECONDS, self._watch)
        if self.FOLLOWS_KIT:
            self.set_interval(KIT_SECONDS, self._follow_kit)

    async def read_kit(self, *, again: bool = False) -> KitContents:
        """Return the kit, read off this thread, once."""
        return await self.kits.read(again=again)

    async def look_at_kit(self) -> None:
        """Read the kit again if its files have changed; use it later, when nothing is disturbed by it."""
        if self._looking:
            return
        self._looking = True
        try:
            await self.kits.look()
        except Exception:  # noqa: BLE001  # whatever a file does to its reader, the day goes on with what was read
            self.services.keep_failure(traceback.format_exc())
        finally:
            self._looking = False

    @work(group="kit")
    async def _follow_kit(self) -> None:
        await self.look_at_kit()
        if self.kits.waiting and self.screen_stack and isinstance(self.screen, DeskScreen):
            self.screen.kit_changed()

    @work
    async def _go_straight(self, to: Straight) -> None:
        home = self.screen
        try:
            await self._open_straight(to, home)
        finally:
            self.going_straight = False
            still_here = (
                self.screen_stack and self.screen is home
            )  # while the desk is being left there is none
            if still_here and isinstance(home, HomeScreen):
                home.on_screen_resume()

    async def _open_straight(self, to: Straight, home: Screen[object]) -> None:
        from pmworkshop.core.refusal import Refusal  # noqa: PLC0415  # not needed before the first screen
        from pmworkshop.desk.screens.work.opening import open_session  # noqa: PLC0415

        workshop = await asyncio.to_thread(
            self.services.open_cohort,
            to.cohort,
            new=not self.services.has_cohort(to.cohort),
            rehearsal=to.rehearsal,
        )
        if isinstance(workshop, Refusal):
            self.notify(notice(workshop.words), severity="error", markup=False, timeout=30)
        elif to.exercise:
            from pmworkshop.desk.screens.work.kiosk import KioskScreen  # noqa: PLC0415  # as above

            self.code = to.code
            await self.push_screen(KioskScreen(workshop, to.exercise, alone=True))
        elif isinstance(home, DeskScreen) and not await open_session(home, workshop, to.session):
            await asyncio.to_thread(workshop.close)

    async def _watch(self) -> None:
        if not self.is_headless:
            self.services.leave_if_terminal_lost()
        step = self.services.clock_stepped()
        if step:
            await self._report_step(step)

    async def _report_step(self, step: "Duration") -> None:
        from pmworkshop.core import commands as c  # noqa: PLC0415  # only when it happens
        from pmworkshop.core.units import MINUTE  # noqa: PLC0415
        from pmworkshop.core.words import length_words  # noqa: PLC0415
        from pmworkshop.desk.screens.day.run import RunScreen  # noqa: PLC0415

        way = "forward" if step > 0 else "back"
        run = next((one for one in self.screen_stack if isinstance(one, RunScreen)), None)
        goes_on = run is not None and run.delivery.under_way
        follows = "the timer keeps its own time" if goes_on else "the desk follows it"
        words = f"This laptop's clock was set {way} by {length_words(max(abs(step) // MINUTE, 1))}; {follows}"
        self.notify(words, severity="warning", markup=False, timeout=20)
        if run is None or not goes_on:
            self.services.follow_laptop()
        else:
            run.warning = words
            await run.ask(c.ReportClockStep(delivery=run.delivery_id, by=step))

    def _fatal_error(self) -> None:
        """Leave with plain words instead of a traceback, which goes into a file; Textual calls this."""
        kept = self.services.keep_failure(traceback.format_exc())
        self.failure = (
            "The desk stopped because of a fault of its own. Everything that was acknowledged is in the record: "
            f"start it again and it goes on where it was. {kept}"
        )
        self.exit(return_code=1)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer the screen's own commands by name, then Textual's."""
        seen = set()
        for active in in_order(screen):
            binding = active.binding
            if binding.action in seen:
                continue
            seen.add(binding.action)
            if binding.id is not None and ".tick-" not in binding.id and active.node is screen:
                title = f"{binding.description[0].upper()}{binding.description[1:]}"
                yield SystemCommand(title, binding.tooltip, self._run_action(screen, binding.action))
        yield from super().get_system_commands(screen)

    def _run_action(self, screen: Screen[object], action: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await screen.run_action(action)

        return run
