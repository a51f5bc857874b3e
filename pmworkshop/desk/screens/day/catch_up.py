"""Catching up at the desk: the rest of the day as it runs beside the day as it would be, changed by keys, then accepted."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, ProposalId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.desk.keys import CATCH_UP
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.rows import Rows
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.catching_up import wishes as wish
from pmworkshop.live.views.catching_up.evidence_left import EvidenceLeft
from pmworkshop.live.views.catching_up.view import CatchUpRow, CatchUpView, catch_up_view
from pmworkshop.live.views.catching_up.wished import Wishes, as_accepted
from pmworkshop.live.workshop import Workshop

FOLLOWS: Final = 3.0
"""Seconds after which the figures follow the clock: calm enough to read them."""
SHORTEST_WAIT: Final = 0.5
HEADING: Final = ("", "Segment", "Start", "then", "Min", "then", "Least", "How it gives way")
WIDTHS: Final = (5, 5, 3, 9, 5)
"""Cells of start, then, minutes, then and least."""
MARK: Final = 1
GAPS: Final = 16
NARROWEST: Final = 12


class RestOfDay(Rows, inherit_bindings=False):
    """The segments still to be run. Left, right and Enter are the screen's."""

    HELP = "Up and down choose a segment; left and right take a minute from it, or give it one."
    BINDINGS: ClassVar[list[BindingType]] = [
        one for one in Rows.BINDINGS if isinstance(one, Binding) and one.key != "enter"
    ]

    def action_open(self) -> None:
        """Nothing: Enter accepts, and a click only chooses."""


class CatchUpScreen(WorkshopScreen):
    """Shows `catch_up_view`, and sends what it shows."""

    PURPOSE = (
        "What could be done about the time. Nothing changes until Enter accepts it, and u takes back what was "
        "accepted. What is moved by hand stays by hand until p brings the proposal back."
    )
    BINDINGS: ClassVar[list[BindingType]] = CATCH_UP

    def __init__(
        self, workshop: Workshop, delivery: DeliveryId, evidence: Callable[[], EvidenceLeft]
    ) -> None:
        super().__init__(workshop, delivery)
        self._evidence = evidence
        self._wishes = as_accepted(self.delivery)
        self._view: CatchUpView | None = None
        self._proposal = ProposalId("")
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay the proposal out."""
        yield Ends(id="top")
        yield self.segment_clock()
        yield Static(id="proposed")
        yield Static(id="risk")
        yield RestOfDay()
        yield Static(id="about")
        yield Static(id="stands")
        yield Ends(id="foot", keep_left=True)
        yield Hints(self.hint)

    def on_mount(self) -> None:
        """Begin in the table, and follow the clock."""
        self._proposal = ProposalId(self.desk.services.new_id())
        self.query_one(RestOfDay).focus()
        self._timer = self.set_interval(
            max(FOLLOWS / self.desk.services.speed, SHORTEST_WAIT), self.redraw_if_shown
        )

    def on_resize(self) -> None:
        """Make room for longer titles, or for shorter ones."""
        self.redraw_if_shown()

    def redraw(self) -> None:
        """Work the proposal out at this instant, and show it."""
        if self.app.screen is not self:
            return
        now = self.desk.services.now()
        view = catch_up_view(self.state, self.delivery, now, self._wishes, self._evidence())
        self._view = view
        top = self.query_one("#top", Ends)
        mark = f"{self.state.mark} · " if self.state.mark else ""
        top.left = f"{mark}Catching up · {self.delivery.session.title}"
        top.right = f"{view.target}{' · by hand' if view.by_hand else ''}" if view.target else ""
        self._say("#proposed", view.headline)
        self._say("#risk", view.risk)
        self._say("#stands", view.accepted)
        foot = self.query_one("#foot", Ends)
        foot.left = view.finish
        self._show_rows(view)
        self._show_row()
        self.query_one(Hints).refresh()

    def _say(self, where: str, words: str) -> None:
        static, content = self.query_one(where, Static), Content(safe_line(words).plain)
        static.display = bool(words)
        if static.content != content:
            static.update(content)

    def _show_rows(self, view: CatchUpView) -> None:
        table = self.query_one(RestOfDay)
        here = table.key
        room = max(self.size.width - MARK - sum(WIDTHS) - GAPS, NARROWEST)
        why = min(max((len(row.why) for row in view.rows), default=0), room // 2)
        title = max(min(room - why, max((len(row.title) for row in view.rows), default=0)), NARROWEST)
        keys: list[str] = [row.segment for row in view.rows]
        if here in keys:
            table.cursor = keys.index(here)
        table.show(
            HEADING,
            (MARK, title, *WIDTHS, room - title),
            [_cells(row) for row in view.rows],
            keys,
            frozenset(number for number, row in enumerate(view.rows) if row.left_out),
            frozenset(number for number, row in enumerate(view.rows) if row.at_risk and not row.left_out),
        )

    def on_rows_highlighted(self) -> None:
        """Say more about the segment that the cursor is on."""
        self._show_row()

    def _show_row(self) -> None:
        row = self._row()
        self._say("#about", row.detail if row else "")

    def _row(self) -> CatchUpRow | None:
        key = self.query_one(RestOfDay).key
        return next((row for row in self._view.rows if row.segment == key), None) if self._view else None

    def hint(self, action: str, label: str) -> str:
        """Return what the hints line calls an action; nothing for what cannot be done with this segment now."""
        view, row = self._view, self._row()
        if view is None or row is None:
            return label if action in ("leave", "help") else ""
        possible = {
            "accept": view.anything,
            "leave_out": row.may_be_left_out,
            "let_move": row.fixed,
            "run_extra": bool(row.extras),
            "undo": view.newest is not None,
            "proposal": view.by_hand,
            "target": view.two_targets,
        }
        named = {
            "leave_out": "put back" if row.left_out else label,
            "let_move": "keep to its time" if row.slides else label,
            "target": "to the end" if self._wishes.target == "next" else label,
        }
        return named.get(action, label) if possible.get(action, True) else ""

    def _wish(self, wished: Wishes | Refusal) -> None:
        if isinstance(wished, Refusal):
            self.say_no(wished)
        else:
            self._wishes = wished
            self.redraw()

    def _by_hand(self, by: int) -> None:
        row = self._row()
        if self._view is not None and row is not None:
            self._wish(wish.by_hand(self._view, self._wishes, row, by))

    def action_more(self) -> None:
        """Give this segment a minute."""
        self._by_hand(1)

    def action_less(self) -> None:
        """Take a minute from this segment."""
        self._by_hand(-1)

    def action_leave_out(self) -> None:
        """Leave this segment out, or put it back."""
        row = self._row()
        if row is not None:
            self._wish(wish.left_out(self._wishes, row))

    def action_let_move(self) -> None:
        """Let this fixed start move, or keep it to its time."""
        row = self._row()
        if row is not None:
            self._wish(wish.let_move(self._wishes, row))

    def action_run_extra(self) -> None:
        """Run an option of this segment as well."""
        row = self._row()
        if self._view is not None and row is not None:
            self._wish(wish.run_extra(self._view, self._wishes, row))

    def action_target(self) -> None:
        """Look to the next fixed start only, or to the end."""
        self._wish(wish.other_target(self._wishes))

    def action_proposal(self) -> None:
        """Bring the proposal back."""
        self._wish(wish.proposed_again(self._wishes))

    async def action_accept(self) -> None:
        """Carry out what is shown, and go back to the day."""
        view = self._view
        if view is None or not view.anything:
            self.say_no(refuse("There is nothing here to accept. Left and right move minutes by hand."))
            return
        command = c.AcceptProposal(
            delivery=self.delivery_id,
            proposal=self._proposal,
            moves=view.moves,
            dropped=view.dropped,
            options=view.options,
            sliding=view.sliding,
        )
        if await self.ask(command):
            self.action_leave()
        else:
            self.redraw_if_shown()

    async def action_undo(self) -> None:
        """Take the newest of what was accepted back."""
        if self._view is None or self._view.newest is None:
            self.say_no(refuse("Nothing was accepted that could be taken back."))
        elif await self.ask(c.UndoProposal(delivery=self.delivery_id, proposal=self._view.newest)):
            self._wishes = replace(as_accepted(self.delivery), target=self._wishes.target)
            self._proposal = ProposalId(self.desk.services.new_id())
            self.redraw_if_shown()


def _cells(row: CatchUpRow) -> tuple[str, ...]:
    change = f" ({row.change:+d})".replace("-", "\u2212") if row.change else ""
    then = "out" if row.left_out else f"{row.then_minutes}{change}"
    return (
        "▶" if row.current else "◼" if row.fixed else "",
        row.title,
        row.starts,
        "" if row.left_out else row.then,
        str(row.minutes),
        then,
        str(row.shortest),
        row.why,
    )
