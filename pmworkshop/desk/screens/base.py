"""What the desk's screens share: asking the running workshop, saying no, help."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from pmworkshop.core.commands import Command
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort, Delivery, DeliveryId
from pmworkshop.desk.screens.dialogs import Question
from pmworkshop.live.workshop import Accepted, Workshop

if TYPE_CHECKING:
    from pmworkshop.desk.app import Desk


class DeskScreen(Screen[None]):
    """A screen of the desk. `PURPOSE` says under `?` what it is for."""

    PURPOSE: ClassVar[str] = ""

    @property
    def desk(self) -> "Desk":
        """The app, by its own type."""
        return cast("Desk", self.app)

    def say_no(self, refusal: Refusal) -> None:
        """Tell the trainer why not."""
        self.app.notify(refusal.words, severity="warning", markup=False)

    async def action_help(self) -> None:
        """Show what can be done here."""
        from pmworkshop.desk.screens.help import HelpScreen  # noqa: PLC0415  # help itself is such a screen

        await self.app.push_screen(HelpScreen(self))

    def action_leave(self) -> None:
        """Go back to the screen below."""
        self.app.pop_screen()


class WorkshopScreen(DeskScreen):
    """A screen on one delivery of the running workshop; redrawn whenever the workshop's state is swapped."""

    def __init__(self, workshop: Workshop, delivery: DeliveryId) -> None:
        super().__init__()
        self.workshop, self.delivery_id = workshop, delivery
        self._unsubscribe: Callable[[], None] = lambda: None

    @property
    def state(self) -> Cohort:
        """The cohort as it is now."""
        return self.workshop.state

    @property
    def delivery(self) -> Delivery:
        """The delivery as it is now."""
        return self.workshop.state.deliveries[self.delivery_id]

    def on_mount(self) -> None:
        """Hear of every change, from wherever it comes."""
        self._unsubscribe = self.workshop.subscribe(self._changed)
        self.redraw()

    def on_unmount(self) -> None:
        """Hear no more."""
        self._unsubscribe()

    def redraw(self) -> None:
        """Show the state. The screens say how."""

    async def ask(self, command: Command) -> Accepted | None:
        """Have the workshop carry out `command`; where it refuses, say why and return None."""
        outcome = await asyncio.wrap_future(self.workshop.submit(command))
        if isinstance(outcome, Refusal):
            self.say_no(outcome)
            return None
        self.redraw()
        return outcome

    async def ask_or_insist(self, command: Command, certain: Command) -> Accepted | None:
        """Ask; where the workshop asks back, let the trainer decide. Call it from a worker."""
        outcome = await asyncio.wrap_future(self.workshop.submit(command))
        if isinstance(outcome, Refusal) and outcome.question:
            if not await self.app.push_screen_wait(Question(outcome.words)):
                return None
            return await self.ask(certain)
        if isinstance(outcome, Refusal):
            self.say_no(outcome)
            return None
        self.redraw()
        return outcome

    def _changed(self, _: Cohort) -> None:
        """On the workshop's thread: let the screen's own thread redraw."""
        if self.app.is_running:
            self.app.call_later(self._redraw_if_shown)

    def _redraw_if_shown(self) -> None:
        if self.is_attached:
            self.redraw()
