"""Pausing the session from screens that lie over the run screen, where what they show stands still with it."""

from typing import Final

from pmworkshop.core import commands as c
from pmworkshop.core.refusal import refuse
from pmworkshop.desk.screens.working import WorkshopScreen

NOT_YET: Final = refuse(
    "The session is not under way, so there is nothing to pause. The run screen starts it."
)


class Pausing(WorkshopScreen):
    """Has the key that pauses the session."""

    async def action_pause(self) -> None:
        """Pause the session, and all that runs in it, or go on."""
        delivery = self.delivery
        if not delivery.under_way:
            self.say_no(NOT_YET)
        elif delivery.marks.paused:
            await self.ask(c.Resume(delivery=delivery.id))
        else:
            await self.ask(c.Pause(delivery=delivery.id))

    def pause_words(self) -> str:
        """Return what the hints line calls it now."""
        if not self.delivery.under_way:
            return ""
        return "go on" if self.delivery.marks.paused else "pause"
