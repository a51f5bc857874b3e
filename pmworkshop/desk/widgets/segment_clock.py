"""The day's clock on one line, for screens that lie over the run screen: a trainer must never lose sight of the time."""

from collections.abc import Callable

from textual.app import RenderResult
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from pmworkshop.core.units import SECOND
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.run import RunView

SHORTEST_TITLE = 12
SPACES = 6
"""Cells between the title, the time and until when, and at the ends."""
STYLES = {"warning": "bold $text-warning", "last minute": "bold $text-error", "over": "bold $text-error"}


class SegmentClock(Widget):
    """Which segment, the time left in it, and until when; where rounds are under way, their time instead of until when."""

    DEFAULT_CSS = "SegmentClock { height: 1; padding: 0 1; background: $boost; }"

    def __init__(
        self, view: Callable[[], RunView], speed: Callable[[], float], rounds: Callable[[], str]
    ) -> None:
        super().__init__()
        self._view, self._speed, self._rounds = view, speed, rounds
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Begin to follow the clock."""
        self._follow()

    def _follow(self) -> None:
        view = self._view()
        self.display = view.segment is not None and view.phase != "before"
        self.refresh()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(max(view.changes_in / SECOND / self._speed(), 0.1), self._follow)

    def render(self) -> RenderResult:
        """Draw the line."""
        view = self._view()
        if view.segment is None:
            return Content("")
        time, until = f"{view.countdown} {view.beside}", self._rounds() or view.until
        room = self.size.width - SPACES - len(time)
        if len(until) + SHORTEST_TITLE > room:
            until = until.rpartition("now ")[2]
        title = safe_line(view.segment.title, max(room - len(until), SHORTEST_TITLE)).plain
        style = STYLES.get(view.phase, "bold")
        return Content.assemble((f"{title}  ", "$foreground 70%"), (time, style), f"  {until}")
