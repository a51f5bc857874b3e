"""The cues of the day, heard: five minutes, one minute, time. Called at each redraw of the run screen, whatever lies over it."""

import asyncio
from typing import TYPE_CHECKING

from textual import work

from pmworkshop.core.cues import STILL_NEWS, Cue, Reading, listen
from pmworkshop.core.units import Duration
from pmworkshop.desk.screens.working import WorkshopScreen

if TYPE_CHECKING:
    from pmworkshop.live.views.run import RunView


class Sounding(WorkshopScreen):
    """Calls each cue of the segment's countdown out, once; and lets the trainer say how loud."""

    _reading: Reading | None = None

    def sound_cues(self, view: "RunView") -> None:
        """Call out what has come up since this was last asked."""
        still_news = Duration(int(STILL_NEWS * max(self.desk.services.speed, 1)))
        self._reading, cue = listen(self._reading, view.reading, view.warn, still_news)
        if cue is not None:
            self.call_out(cue)

    @work(group="sounding")
    async def call_out(self, cue: Cue) -> None:
        """Sound a cue without holding anything up; by the terminal's bell where this laptop plays nothing."""
        if not await asyncio.to_thread(self.desk.services.sound, cue):
            self.app.bell()

    def sound_words(self) -> str:
        """Say that there is no sound, where there is none."""
        return "" if self.desk.services.volume() else "sound off"

    @work
    async def action_sound(self) -> None:
        """Set how loud the cues are."""
        from pmworkshop.desk.screens.day.volume import VolumeDialog  # noqa: PLC0415  # seldom wanted

        await self.put(VolumeDialog(self.desk.services.volume(), self.delivery.warn_at))
        self.redraw_if_shown()
