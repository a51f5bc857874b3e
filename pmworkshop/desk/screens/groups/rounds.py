"""Rounds under way, big enough to be read from the back: which round, which part, how long still, who is who."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Static

from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.units import NOTHING, SECOND
from pmworkshop.core.words import countdown, until_change
from pmworkshop.desk.keys import ROUNDS
from pmworkshop.desk.screens.groups.rotating import Rotating
from pmworkshop.desk.widgets.bars import Ends, Progress
from pmworkshop.desk.widgets.big_time import BigTime
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.rows import Rows
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.desk.widgets.team_blocks import remarks
from pmworkshop.live.views.teams.view import RotationView, TeamRow
from pmworkshop.live.workshop import Workshop

SHORTEST_WAIT: Final = 0.1
GROUP_CELLS: Final = 9
NARROWEST: Final = 8
LABELS: Final = {"work": "left", "feedback": "of feedback left", "over": "over"}


class RoundsScreen(Rotating):
    """Rounds of one delivery. Shows `rotation_view`, and is left by itself when the rounds have ended."""

    PURPOSE = "Rounds with roles. n is the only key that a round needs; the room sees who is who by itself."
    SHOWS: ClassVar[frozenset[str]] = frozenset({"rounds"})
    BINDINGS: ClassVar[list[BindingType]] = ROUNDS

    def __init__(self, workshop: Workshop, delivery: DeliveryId) -> None:
        super().__init__(workshop, delivery)
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay the round out."""
        yield Ends(id="top")
        yield self.segment_clock()
        yield Static(id="said")
        with Vertical(id="rounds"):
            yield BigTime(id="time")
            yield Progress(id="progress")
            yield Rows(id="teams")
        yield Static(id="remarks")
        yield Hints(self._hint)

    def on_mount(self) -> None:
        """Begin on the groups, so that the arrow keys scroll them."""
        self.query_one(Rows).focus()

    def _hint(self, action: str, label: str) -> str:
        view, groups = self.rounds(), self.groups()
        if action == "pause":
            return self.pause_words()
        if action == "place" and not (groups and groups.loose):
            return ""
        return "further round" if action == "next" and view is not None and view.last else label

    @on(events.Resize)
    def resized(self) -> None:
        """Fit the columns."""
        self.call_after_refresh(self.redraw_if_shown)

    @on(Rows.Opened)
    async def opened(self) -> None:
        """Show the groups, to move people."""
        await self.action_groups()

    def redraw(self) -> None:
        """Show the round at this instant, and come back when the next second shows."""
        view = self.rounds()
        if view is None:
            self.call_later(self._gone)
            return
        top = self.query_one("#top", Ends)
        top.left = f"{self.state.mark} · {view.title}" if self.state.mark else view.title
        top.right = view.heading
        said = self.query_one("#said", Static)
        said.update(safe_line(view.words))
        said.set_class(view.part == "over", "-loud")
        self._show_time(view)
        self._show_teams(view)
        groups, below = self.groups(), self.query_one("#remarks", Static)
        words = remarks(groups.loose if groups else (), view.remarks)
        below.display = bool(words)
        below.update(words)
        self.query_one(Hints).refresh()
        if self._timer is not None:
            self._timer.stop()
        wait = until_change(view.left) / SECOND / self.desk.services.speed
        self._timer = self.set_timer(max(wait, SHORTEST_WAIT), self.redraw_if_shown)

    def _gone(self) -> None:
        """Leave, for the rounds have ended, unless something lies over this screen: it is left when that is closed."""
        if self.rounds() is None and self.stands:
            self.action_leave()

    def on_screen_resume(self) -> None:
        """Leave where the rounds have ended under something else."""
        self.call_later(self._gone)

    def _show_time(self, view: RotationView) -> None:
        time = self.query_one(BigTime)
        time.time = countdown(view.left)
        time.label = LABELS[view.part] + ("" if view.moves else ", paused")
        self.set_class(view.part == "over", "-over")
        self.set_class(view.part == "feedback", "-feedback")
        self.set_class(not view.moves, "-paused")
        used = 1 - max(view.left, NOTHING) / view.length if view.length else 1.0
        self.query_one(Progress).show(min(max(used, 0.0), 1.0), f"of {countdown(view.length)}")

    def _show_teams(self, view: RotationView) -> None:
        columns = len(view.roles)
        rest = self.size.width - GROUP_CELLS - 3
        wide = max(rest // columns - 2, NARROWEST)
        swapping = view.part == "over" and not view.last
        rows, keys = list[tuple[str, ...]](), list[str]()
        for row in view.groups:
            lines = list(_lines(row, view.roles, coming=swapping))
            rows += [("" if place else row.name, *line) for place, line in enumerate(lines)]
            keys += [str(row.index)] * len(lines)
        heading = ("Group", *(f"{role} next" if swapping else role for role in view.roles))
        self.query_one(Rows).show(heading, (GROUP_CELLS, *([wide] * columns)), rows, keys)


def _lines(row: TeamRow, roles: tuple[str, ...], *, coming: bool) -> Iterator[tuple[str, ...]]:
    """Yield who is what in a group, in the round that is coming or in this, one name a cell.

    Who came later watches; who has left since is said to have, and is nothing in the round that is coming.
    """
    found: dict[str, list[str]] = {role: [] for role in roles}
    for one in row.people:
        if coming and not one.here:
            continue
        if coming:
            found[one.next_role or roles[-1]].append(one.name)
        elif one.watches:
            found[roles[-1]].append(f"watches: {one.name}")
        else:
            found[one.role].append(one.name if one.here else f"not here: {one.name}")
    return zip_longest(*(found[role] for role in roles), fillvalue="")
