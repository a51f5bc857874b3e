"""The room's part in the screen of the day: opened by a key, told of, and closed with the cohort."""

import asyncio
from typing import Final

from textual import on, work
from textual.events import Unmount

from pmworkshop.core.ids import DeliveryId
from pmworkshop.desk.host import Host
from pmworkshop.desk.screens.base import DeskScreen
from pmworkshop.desk.screens.dialogs import Question
from pmworkshop.desk.screens.working import CohortScreen, WorkshopScreen
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.messages import message_at
from pmworkshop.live.views.room import inside
from pmworkshop.live.workshop import Workshop

NEWS_SECONDS: Final = 6.0
CLOSED: Final = (
    "The room is closed, and people have been in by phone: j opens it, and they come back by themselves."
)
LONGEST_READ: Final = 30
"""Cells of a message that the run screen shows."""


class Hosting(WorkshopScreen):
    """Has the room of its cohort, and is the last to let go of both."""

    def __init__(self, workshop: Workshop, delivery: DeliveryId) -> None:
        super().__init__(workshop, delivery)
        self.host = Host(workshop, lambda: self.desk, self._room_moved)

    @on(Unmount)
    async def let_go(self) -> None:
        """Close the room, finish what is queued and close the journal: whoever comes back opens it again."""
        try:
            await self.host.close()
        finally:
            await asyncio.to_thread(self.workshop.close)

    def _room_moved(self) -> None:
        """Let every screen show who is in and who asks, whichever lies on top."""
        for screen in self.app.screen_stack:
            if isinstance(screen, CohortScreen):
                screen.redraw_if_shown()

    def tell_news(self) -> None:
        """Say who asks to come in and who walked in, unless a participant has the laptop, or it stands in a list."""
        if self.desk.locked or not self.app.screen_stack:
            return
        screen = self.app.screen
        listed = isinstance(screen, DeskScreen) and screen.LISTS_CALLERS
        for words in self.host.news(self.state):
            if not listed:
                self.app.notify(words, markup=False, timeout=NEWS_SECONDS)

    @work
    async def action_room(self) -> None:
        """Open the room the first time; show who is in."""
        refusal = None if self.host.opened else await self.host.open()
        if refusal is not None:
            self.say_no(refusal)
        elif self.app.screen is self:
            from pmworkshop.desk.screens.room.room import RoomScreen  # noqa: PLC0415  # much, and not at once

            await self.app.push_screen(RoomScreen(self.workshop, self.delivery_id, self.host))

    @work
    async def action_message(self) -> None:
        """Say something on the projector and the phones, or take it away."""
        from pmworkshop.desk.screens.day.messaging import say_something  # noqa: PLC0415  # as above

        await say_something(self, is_open=self.host.door is not None)

    def remind_of_room(self) -> None:
        """Say that the room is closed where a session with phones is taken up again, for nobody else would tell."""
        if self.delivery.under_way and self.state.phones and not self.host.opened:
            self.app.notify(CLOSED, markup=False, timeout=NEWS_SECONDS)

    def action_leave(self) -> None:
        """Leave for Home, which closes the room; while people are in by phone, ask."""
        door = self.host.door
        count = inside(self.state, door.presence()) if door else 0
        if count:
            self._leave_them(count)
        else:
            super().action_leave()

    @work
    async def _leave_them(self, count: int) -> None:
        who = "1 person is" if count == 1 else f"{count} people are"
        words = f"Leave for Home? The room closes until j opens it again, and {who} in by phone."
        if await self.put(Question(words, yes="Leave", no="Stay here", careful=True)):
            super().action_leave()

    def read_by_the_room(self) -> list[str]:
        """Say what stands on the projector and the phones, while there is anybody to read it."""
        said = message_at(self.state, self.desk.services.now()) if self.host.door else ""
        return [f"The room reads “{safe_line(said, LONGEST_READ).plain}”: m"] if said else []
