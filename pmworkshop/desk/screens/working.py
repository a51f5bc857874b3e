"""What the screens on a running workshop share: asking it, insisting, and redrawing when it has moved on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future

from pmworkshop.core.commands import Command
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.state import Cohort, Delivery
from pmworkshop.desk.screens.base import DeskScreen
from pmworkshop.desk.widgets.segment_clock import SegmentClock
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views.run import run_view
from pmworkshop.live.views.teams.view import round_beside
from pmworkshop.live.workshop import Accepted, Outcome, Workshop


class CohortScreen(DeskScreen):
    """A screen on the running workshop of one cohort; redrawn whenever the workshop's state is swapped."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__()
        self.workshop = workshop
        self._unsubscribe: Callable[[], None] = lambda: None
        self._draft_lost = False
        self._told = False

    @property
    def state(self) -> Cohort:
        """The cohort as it is now."""
        return self.workshop.state

    def on_mount(self) -> None:
        """Hear of every change, from wherever it comes. Textual calls this after a screen's own `on_mount`."""
        self._unsubscribe = self.workshop.subscribe(self._changed)
        self.redraw()

    def on_unmount(self) -> None:
        """Hear no more."""
        self._unsubscribe()

    def redraw(self) -> None:
        """Show the state. The screens say how."""

    async def ask(self, command: Command) -> Accepted | None:
        """Have the workshop carry out `command`; where it refuses, say why and return None."""
        return await self._hear(self.workshop.submit(command))

    async def _hear(self, answer: Future[Outcome]) -> Accepted | None:
        try:
            outcome = await asyncio.wrap_future(answer)
        except RecordTroubleError as trouble:
            outcome = refuse(str(trouble))
        if isinstance(outcome, Refusal):
            self.say_no(outcome)
            return None
        self.redraw_if_shown()
        return outcome

    def keep_draft(self, key: str, body: str) -> None:
        """Keep what is half written, or forget it when empty; say once where that cannot be done."""
        self.workshop.save_draft(key, body).add_done_callback(self._draft_kept)

    def _draft_kept(self, answer: Future[None]) -> None:
        """On the workshop's thread: hear whether the draft is safe."""
        trouble = answer.exception()
        if trouble is not None and not self._draft_lost and self.app.is_running:
            self._draft_lost = True
            self.app.call_later(self.say_no, refuse(f"What is half written is not kept: {trouble}"))

    def _changed(self, _: Cohort) -> None:
        """On the workshop's thread: let the screen's own thread redraw, once for however many changes."""
        if not self._told and self.app.is_running:
            self._told = True
            self.app.call_later(self._caught_up)

    def _caught_up(self) -> None:
        self._told = False
        self.redraw_if_shown()

    def redraw_if_shown(self) -> None:
        """Redraw, unless the screen is being left."""
        if self.stands:
            self.redraw()


class WorkshopScreen(CohortScreen):
    """A screen on one delivery of a cohort."""

    def __init__(self, workshop: Workshop, delivery: DeliveryId) -> None:
        super().__init__(workshop)
        self.delivery_id = delivery

    @property
    def delivery(self) -> Delivery:
        """The delivery as it is now."""
        return self.workshop.state.deliveries[self.delivery_id]

    def segment_clock(self) -> SegmentClock:
        """Return a line that follows the day's clock, for screens over the run screen."""
        services = self.desk.services
        return SegmentClock(
            lambda: run_view(self.state, self.delivery, services.now(), services.zone()[1]),
            lambda: services.speed,
            lambda: round_beside(self.state, services.now()),
        )
