"""What the trainer does with groups: make, mix anew, move, place, take out, say who reports to whom, begin rounds."""

from collections.abc import Mapping

from textual import work

from pmworkshop.core import commands as c
from pmworkshop.core.ids import GroupingId, ParticipantId
from pmworkshop.core.refusal import refuse
from pmworkshop.core.teaming import in_the_room
from pmworkshop.core.words import at_time
from pmworkshop.desk.screens.dialogs import Pick
from pmworkshop.desk.screens.groups.beginning import begin_rounds
from pmworkshop.desk.screens.groups.making import Making, MakingDialog, made_like
from pmworkshop.desk.screens.picking import PickName
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.people import shown_names
from pmworkshop.live.views.teams.view import (
    GroupsView,
    RotationView,
    groupings,
    groups_view,
    rotation_view,
)
from pmworkshop.live.views.teams.words import few, group_name

LONGEST = 30
NOBODY = refuse("Nobody stands under the cursor. n makes groups, r on the run screen adds people.")
NO_GROUPS = refuse("There are no groups yet. n makes them.")


class Regrouping(WorkshopScreen):
    """The keys of the groups. What cannot be done now is refused in words."""

    grouping_id: GroupingId | None = None
    _making: Making | None = None

    def groups(self) -> GroupsView | None:
        """Return the groups that are looked at; None where there are none."""
        return groups_view(self.state, self.grouping_id, self.delivery_id)

    def rounds(self) -> RotationView | None:
        """Return the rounds under way, whosever groups they are in."""
        return rotation_view(self.state, self.desk.services.now())

    @property
    def person(self) -> ParticipantId | None:
        """Who is under the cursor. The screen says."""
        return None

    @work
    async def action_make(self) -> None:
        """Ask how, and make new groups."""
        here = len(in_the_room(self.state, self.delivery_id))
        if not here:
            self.say_no(
                refuse("Nobody is here to be put into groups. r on the run screen opens the register.")
            )
            return
        making = await self.put(
            MakingDialog(self._making or Making(), here, len(self.state.participants) - here)
        )
        if making is not None:
            new = GroupingId(self.desk.services.new_id())
            if await self._make(new, making.name, making):
                self.grouping_id, self._making = new, making
                self.redraw_if_shown()

    async def action_mix(self) -> None:
        """Make the same groups by another chance."""
        view = self.groups()
        if view is None:
            self.say_no(NO_GROUPS)
            return
        making = self._making or made_like(self.state.groupings[view.id].groups)
        await self._make(view.id, view.title, making)

    async def _make(self, grouping: GroupingId, name: str, making: Making) -> bool:
        command = c.MakeGroups(
            grouping=grouping,
            delivery=self.delivery_id,
            name=name,
            size=making.size,
            mix=making.mix,
            fresh=making.fresh,
            chance=self.desk.services.chance(),
        )
        return await self.ask(command) is not None

    @work
    async def action_move(self) -> None:
        """Put the person under the cursor into another group."""
        view, who = self.groups(), self.person
        if view is None or who is None:
            self.say_no(NO_GROUPS if view is None else NOBODY)
            return
        grouping = self.state.groupings[view.id]
        here = grouping.group_of(who)
        choices = [(str(row.index), self._group_words(row.name, row.index, view, who)) for row in view.groups]
        empty = next(
            (index for index, group in enumerate(grouping.groups) if not group), len(grouping.groups)
        )
        choices.append((str(empty), f"A new group: {group_name(empty)}"))
        title = f"Where does {self._called(who)} go?"
        picked = await self.put(Pick(title, choices, picked=None if here is None else str(here)))
        if picked is not None:
            await self.ask(c.PlaceInGroup(grouping=view.id, participant=who, group=int(picked)))

    def _group_words(self, name: str, index: int, view: GroupsView, who: ParticipantId) -> str:
        row = next(one for one in view.groups if one.index == index)
        others = [one for one in row.people if one.participant != who]
        names = few([safe_line(one.name, LONGEST).plain for one in others]) or "nobody else"
        managers = self.state.managers
        line = any(
            managers.get(who) == one.participant or managers.get(one.participant) == who for one in others
        )
        return f"{name}: {names}{' — a line manager and their own report' if line else ''}"

    async def action_place(self) -> None:
        """Put whoever is in no group where they fit best."""
        view = self.groups()
        if view is None or not view.loose:
            self.say_no(NO_GROUPS if view is None else refuse("Everybody who is here is in a group."))
            return
        for one in view.loose:
            await self.ask(c.PlaceInGroup(grouping=view.id, participant=one.participant))

    async def action_take_out(self) -> None:
        """Take the person under the cursor out of their group."""
        view, who = self.groups(), self.person
        if view is None or who is None:
            self.say_no(NO_GROUPS if view is None else NOBODY)
            return
        await self.ask(c.TakeFromGroup(grouping=view.id, participant=who))

    @work
    async def action_manager(self) -> None:
        """Say whose line manager the person under the cursor has in the cohort."""
        who = self.person
        names = shown_names(self.state)
        if who is None:
            people = [(one, f"{name}{self._reports_to(one, names)}") for one, name in names.items()]
            picked = await self.put(PickName("Whose line manager is here too?", people))
            if not picked:
                return
            who = ParticipantId(picked)
        choices = [("", "(nobody here)"), *((one, name) for one, name in names.items() if one != who)]
        manager = await self.put(PickName(f"Who is the line manager of {self._called(who)}?", choices))
        if manager is not None:
            await self.ask(
                c.SayLineManager(participant=who, manager=ParticipantId(manager) if manager else None)
            )

    def _reports_to(self, who: ParticipantId, names: Mapping[ParticipantId, str]) -> str:
        of = self.state.managers.get(who)
        manager = names.get(of) if of else None
        return f", reports to {manager}" if manager else ""

    def _called(self, who: ParticipantId) -> str:
        return safe_line(shown_names(self.state).get(who, ""), LONGEST).plain

    @work
    async def action_other(self) -> None:
        """Look at other groups."""
        choices = []
        for one in groupings(self.state):
            view = groups_view(self.state, one.id, self.delivery_id)
            held = self.state.deliveries.get(one.delivery) if one.delivery else None
            title = f"{held.session.title} · " if held else ""
            when = at_time(one.at, held.utc_offset if held else self.delivery.utc_offset)
            choices.append((one.id, f"{title}{one.name}, made at {when}: {view.sizes if view else ''}"))
        if not choices:
            self.say_no(NO_GROUPS)
            return
        view = self.groups()
        picked = await self.put(Pick("Which groups?", choices, picked=view.id if view else None))
        if picked is not None:
            self.grouping_id, self._making = GroupingId(picked), None
            self.redraw_if_shown()

    @work
    async def action_rounds(self) -> None:
        """Go to the rounds under way, or begin some in these groups."""
        from pmworkshop.desk.screens.groups.rounds import RoundsScreen  # noqa: PLC0415  # which leads back here

        view = self.groups()
        if self.rounds() is None:
            if view is None:
                self.say_no(NO_GROUPS)
                return
            if not await begin_rounds(self, view.id):
                return
        if self.app.screen is not self:
            return
        if isinstance(self.app.screen_stack[-2], RoundsScreen):
            self.action_leave()
        else:
            self.app.switch_screen(RoundsScreen(self.workshop, self.delivery_id))
