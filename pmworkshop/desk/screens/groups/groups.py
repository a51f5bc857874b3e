"""Groups: who works with whom, made by chance or by rule, mended by hand, and the way to their rounds."""

from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from pmworkshop.core.ids import DeliveryId, GroupingId, ParticipantId
from pmworkshop.desk.keys import TEAMS
from pmworkshop.desk.screens.groups.regrouping import Regrouping
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.rows import Rows
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.desk.widgets.team_blocks import remarks
from pmworkshop.live.views.people import shown_names
from pmworkshop.live.views.teams.view import GroupsView, RotationView, TeamMate
from pmworkshop.live.workshop import Workshop

GROUP_CELLS: Final = 9
NARROWEST: Final = 16
LONGEST: Final = 30
AROUND: Final = 6
"""Cells before, between and after three columns."""
EMPTY: Final = "No groups yet. n puts whoever is here into groups of three, or of any size."
NEEDS_GROUPS: Final = {"mix", "rounds", "move", "place", "take_out"}


class GroupsScreen(Regrouping):
    """The groups of a delivery. Shows `groups_view`, one person a row."""

    PURPOSE = "Groups. The arrow keys choose a person; every change is kept, and shown in the room at once."
    BINDINGS: ClassVar[list[BindingType]] = TEAMS

    def __init__(self, workshop: Workshop, delivery: DeliveryId, grouping: GroupingId | None = None) -> None:
        super().__init__(workshop, delivery)
        self.grouping_id = grouping

    def compose(self) -> ComposeResult:
        """Lay the groups out."""
        yield Ends(id="top")
        yield self.segment_clock()
        yield Static(EMPTY, id="empty")
        yield Rows(id="people-rows")
        yield Static(id="remarks")
        yield Ends(id="foot", keep_left=True)
        yield Hints(self._hint)

    def on_mount(self) -> None:
        """Begin among the people."""
        self.query_one(Rows).focus()

    def _hint(self, action: str, label: str) -> str:
        view = self.groups()
        if view is None:
            return "" if action in NEEDS_GROUPS else label
        if action == "rounds":
            return "rounds" if self.rounds() else "start rounds"
        impossible = (action == "mix" and view.begun) or (action == "place" and not view.loose)
        return "" if impossible else label

    @on(events.Resize)
    def resized(self) -> None:
        """Fit the columns."""
        self.call_after_refresh(self.redraw_if_shown)

    def redraw(self) -> None:
        """Show the groups as they are."""
        view, rounds, rows = self.groups(), self.rounds(), self.query_one(Rows)
        top, foot = self.query_one("#top", Ends), self.query_one("#foot", Ends)
        mark = f"{self.state.mark} · " if self.state.mark else ""
        top.left = f"{mark}{view.title if view else 'Groups'}"
        top.right = view.sizes if view else ""
        self.query_one("#empty").display = view is None
        rows.display = view is not None
        foot.display = view is not None and rounds is not None and rounds.grouping == view.id
        if view is not None:
            self._show_people(view, rounds if foot.display else None)
            foot.left = rounds.words if rounds else ""
        words = remarks(view.loose, view.remarks) if view else Content("")
        below = self.query_one("#remarks", Static)
        below.display = bool(words)
        below.update(words)
        self.query_one(Hints).refresh()

    def _show_people(self, view: GroupsView, rounds: RotationView | None) -> None:
        roles = {one.participant: one for row in rounds.groups for one in row.people} if rounds else {}
        rows, keys = list[tuple[str, ...]](), list[str]()
        for row in view.groups:
            for place, one in enumerate(row.people):
                rows.append(
                    ("" if place else row.name, one.name, self._about(roles.get(one.participant, one)))
                )
                keys.append(one.participant)
        first_loose = len(rows)
        for one in view.loose:
            rows.append(("no group", one.name, self._about(one)))
            keys.append(one.participant)
        rest = max(self.size.width - GROUP_CELLS - AROUND, 2 * NARROWEST)
        widths = (GROUP_CELLS, rest // 2, rest - rest // 2)
        heading = ("Group", "Name", "Role in this round" if rounds else "Organisation")
        loud = frozenset(range(first_loose, len(rows)))
        self.query_one(Rows).show(heading, widths, rows, keys, loud=loud)

    def _about(self, one: TeamMate) -> str:
        person, manager = self.state.participants[one.participant], self.state.managers.get(one.participant)
        parts = ["watches until the next round"] if one.watches else [one.role] if one.role else []
        parts += [] if parts else [person.organisation or ""]
        if manager is not None and manager in self.state.participants:
            parts.append(f"reports to {safe_line(shown_names(self.state)[manager], LONGEST).plain}")
        parts += [] if one.here else ["not here"]
        return " · ".join(part for part in parts if part)

    @property
    def person(self) -> ParticipantId | None:
        """Who is under the cursor."""
        key = self.query_one(Rows).key
        return ParticipantId(key) if key in self.state.participants and self.groups() else None

    @on(Rows.Opened)
    def opened(self) -> None:
        """Move the person under the cursor."""
        self.action_move()
