"""Rounds and second timers on the screen of the day: in one calm line each, and told wherever the trainer is when time is up."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content
from textual.widgets import Static

from pmworkshop.core.cues import STILL_NEWS, Reading, listen
from pmworkshop.core.units import HOUR, NOTHING, Duration
from pmworkshop.core.words import countdown, until_change
from pmworkshop.desk.screens.base import DeskScreen
from pmworkshop.desk.screens.day.sounding import Sounding
from pmworkshop.desk.widgets.safe import notice, safe_line
from pmworkshop.live.views.teams.due import due_view
from pmworkshop.live.views.teams.timers import NamedTimer, timers_view
from pmworkshop.live.views.teams.view import RotationView, groups_view, rotation_view

TOLD_SECONDS: Final = 8.0
LONGEST_NAMES: Final = (30, 20, 14, 10)
SHORTEST_WORDS: Final = 20
SHOWN: Final = 3
EDGES: Final = 2
AROUND: Final = 5
"""Cells beside the words of a round: the edges and the key."""
PARTS: Final = {"work": "left", "feedback": "left", "over": "over"}


class Calling(Sounding):
    """Shows and calls out what is timed beside the segment."""

    _heard: dict[str, Reading] | None = None

    def call_due(self) -> None:
        """Say and sound what has come to its end since this was last asked, each once."""
        before, heard = self._heard or {}, dict[str, Reading]()
        still_news = Duration(int(STILL_NEWS * max(self.desk.services.speed, 1)))
        for due in due_view(self.state, self.desk.services.now()):
            name = str(due.reading.of)
            heard[name], cue = listen(before.get(name), due.reading, NOTHING, still_news)
            if cue == "time":
                self.call_out("time" if due.kind in ("own", "activity") else "change")
                self._tell(due.kind, due.words)
        self._heard = heard

    def _tell(self, kind: str, words: str) -> None:
        if not self.app.screen_stack:
            return
        on_top = [one for one in self.app.screen_stack if isinstance(one, DeskScreen)][-1]
        if kind not in on_top.SHOWS:
            self.app.notify(notice(words), markup=False, timeout=TOLD_SECONDS)

    def show_teams(self) -> None:
        """Show the round and the second timers that run, or ran out not long ago."""
        where = self.query_one("#teams", Static)
        words = self._team_lines()
        where.display = bool(words)
        if where.content != words:
            where.update(words)

    def _team_lines(self) -> Content:
        lines = []
        now = self.desk.services.now()
        rotation = rotation_view(self.state, now)
        if rotation is not None:
            lines.append(self._round_line(rotation))
        timers = [one for one in timers_view(self.state, now) if one.news]
        if timers:
            lines.append(_timers_line(timers, self.query_one("#main").size.width - EDGES))
        return Content("\n").join(lines)

    def _round_line(self, rotation: RotationView) -> Content:
        """Say the round, its time, and whether anybody who has come since is in no group yet."""
        left = f"  {countdown(rotation.left)} {PARTS[rotation.part]}{'' if rotation.moves else ', paused'}"
        groups = groups_view(self.state, rotation.grouping, self.delivery_id)
        loose = len(groups.loose) if groups else 0
        left += f"  ·  {loose} in no group" if loose else ""
        room = self.query_one("#main").size.width - len(left) - AROUND
        title = safe_line(rotation.words, max(room, SHORTEST_WORDS)).plain
        style = "bold $text-warning" if rotation.part == "over" else "bold"
        return Content.assemble((title, style), left, ("  f", "bold $text-accent"))

    def next_change(self) -> Duration:
        """Return how long until a figure in these lines changes."""
        now = self.desk.services.now()
        lefts = [one.left for one in timers_view(self.state, now) if one.news]
        rotation = rotation_view(self.state, now)
        lefts += [rotation.left] if rotation else []
        return min(map(until_change, lefts), default=HOUR)

    async def action_groups(self) -> None:
        """Show the rounds under way, or the groups."""
        if rotation_view(self.state, self.desk.services.now()) is not None:
            from pmworkshop.desk.screens.groups.rounds import RoundsScreen  # noqa: PLC0415  # much, and not at once

            await self.app.push_screen(RoundsScreen(self.workshop, self.delivery_id))
            return
        from pmworkshop.desk.screens.groups.groups import GroupsScreen  # noqa: PLC0415  # as above

        await self.app.push_screen(GroupsScreen(self.workshop, self.delivery_id))

    async def action_timers(self) -> None:
        """Show the second timers."""
        from pmworkshop.desk.screens.day.timers import TimersScreen  # noqa: PLC0415  # as above

        await self.app.push_screen(TimersScreen(self.workshop, self.delivery_id))


def _timers_line(timers: Sequence[NamedTimer], room: int) -> Content:
    """Return as many timers as fit, with their times whole: names give way first, then the last of the timers."""
    line = Content("")
    for count in range(min(len(timers), SHOWN), 0, -1):
        more = f"  and {len(timers) - count} more" if timers[count:] else ""
        for longest in LONGEST_NAMES:
            shown = Content("  ·  ").join(_timer_words(one, longest) for one in timers[:count])
            line = Content.assemble(shown, more, ("  d", "bold $text-accent"))
            if line.cell_length <= room:
                return line
    return line


def _timer_words(timer: NamedTimer, longest: int) -> Content:
    name = safe_line(timer.name, longest).plain
    left = f"{countdown(timer.left)} {'over' if timer.over else 'left'}{'' if timer.moves else ', paused'}"
    return Content.assemble((f"{name} ", "bold $text-warning" if timer.over else "bold"), left)
