"""What may be done with groups and rounds: make, place, call the next round, give time, end; and who is whose manager."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.grouping import Groups, Pair, apart, best_place, make_groups
from pmworkshop.core.ids import DeliveryId, GroupingId, ParticipantId
from pmworkshop.core.marks import paused_within
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.rotating import Rotation, in_turn
from pmworkshop.core.running import LONGEST_LENGTH, Decision
from pmworkshop.core.state import Cohort, Delivery
from pmworkshop.core.teamed import without
from pmworkshop.core.text import LONGEST_NAME, clean_line, matching
from pmworkshop.core.units import Duration, Instant

MOST_ROUNDS: Final = 12
LARGEST: Final = 12
UNKNOWN: Final = refuse("Those groups are not in the record.")
NO_ROUNDS: Final = refuse("No rounds are under way.")


def in_the_room(state: Cohort, delivery: DeliveryId | None) -> tuple[ParticipantId, ...]:
    """Return who can be put into a group: whoever is on the register and not marked absent or gone."""
    held = state.deliveries.get(delivery) if delivery else None
    marks = held.attendance if held else {}
    gone = {who for who, mark in marks.items() if mark.arrival == "absent" or mark.left is not None}
    return tuple(one for one in state.participants if one not in gone)


def taking_part(state: Cohort, delivery: DeliveryId | None, groups: Groups) -> Groups:
    """Return groups with only those in them who are in the room; whoever has gone home has no role in a new round."""
    here = frozenset(in_the_room(state, delivery))
    return tuple(tuple(one for one in group if one in here) for group in groups)


def reasons(state: Cohort, but: GroupingId, *, mix: bool = True, fresh: bool = True) -> dict[Pair, int]:
    """Return what speaks against two people in one group: line, earlier partners, the same organisation."""
    people = state.participants.values()
    return apart(
        state.managers,
        {one.id: matching(one.organisation or "") for one in people} if mix else {},
        [one for one in state.groupings.values() if one.id != but] if fresh else [],
    )


def _make(state: Cohort, command: c.MakeGroups) -> Decision:
    if command.delivery is not None and command.delivery not in state.deliveries:
        return refuse("That session is not in this cohort's record.")
    if any(one.grouping == command.grouping for one in state.rotations.values()):
        return refuse("These groups have begun their rounds. Move single people, or make new groups.")
    if not 1 < command.size <= LARGEST:
        return refuse(f"A group has 2 to {LARGEST} people.")
    people = [one for one in in_the_room(state, command.delivery) if one not in command.without]
    if not people:
        return refuse("Nobody is here to be put into groups. Mark the register first.")
    name = clean_line(command.name)[:LONGEST_NAME].strip() or "Groups"
    costs = reasons(state, command.grouping, mix=command.mix, fresh=command.fresh)
    groups = make_groups(people, command.size, costs, command.chance)
    return (e.GroupsMade(grouping=command.grouping, delivery=command.delivery, name=name, groups=groups),)


def _place(state: Cohort, command: c.PlaceInGroup) -> Decision:
    grouping = state.groupings.get(command.grouping)
    if grouping is None:
        return UNKNOWN
    if command.participant not in state.participants:
        return refuse("That person is not on the register.")
    group = command.group
    if group is None:
        present = taking_part(state, grouping.delivery, grouping.groups)
        group = best_place(present, command.participant, reasons(state, command.grouping))
    if not 0 <= group <= len(grouping.groups):
        return refuse("There is no such group.")
    if grouping.group_of(command.participant) == group:
        return ()
    groups = [list(one) for one in without(grouping.groups, {command.participant})]
    if group == len(groups):
        groups.append([])
    groups[group].append(command.participant)
    return (e.GroupsChanged(grouping=grouping.id, groups=tuple(map(tuple, groups))),)


def _take_out(state: Cohort, command: c.TakeFromGroup) -> Decision:
    grouping = state.groupings.get(command.grouping)
    if grouping is None:
        return UNKNOWN
    if grouping.group_of(command.participant) is None:
        return ()
    groups = without(grouping.groups, {command.participant})
    return (e.GroupsChanged(grouping=grouping.id, groups=groups),)


def _manager(state: Cohort, command: c.SayLineManager) -> Decision:
    if command.participant not in state.participants or (
        command.manager is not None and command.manager not in state.participants
    ):
        return refuse("That person is not on the register.")
    if command.manager == command.participant:
        return refuse("Nobody is their own line manager.")
    was = state.managers.get(command.participant)
    if was == command.manager:
        return ()
    said = [(was, False), (command.manager, True)]
    return tuple(
        e.LineManagerSaid(participant=command.participant, manager=manager, on=on)
        for manager, on in said
        if manager is not None
    )


def rounds_under_way(state: Cohort) -> Rotation | None:
    """Return the rounds that are under way: one set at a time, the newest. With their session they are over too."""
    over = {one.id for one in state.deliveries.values() if one.marks.ended is not None}
    going = [one for one in state.rotations.values() if one.ended is None and one.delivery not in over]
    return max(going, key=lambda one: one.started, default=None)


def _start(state: Cohort, command: c.StartRotation) -> Decision:
    grouping = state.groupings.get(command.grouping)
    roles = tuple(role for one in command.roles if (role := clean_line(one)[:LONGEST_NAME].strip()))
    if command.rotation in state.rotations:
        return ()
    against = next(_against(state, command, roles), None)
    if grouping is None or against is not None:
        return against or UNKNOWN
    started = e.RotationStarted(
        rotation=command.rotation,
        grouping=grouping.id,
        delivery=command.delivery if command.delivery in state.deliveries else None,
        title=clean_line(command.title)[:LONGEST_NAME].strip() or "Rounds",
        roles=roles,
        rounds=command.rounds,
        work=command.work,
        feedback=command.feedback,
        groups=taking_part(state, command.delivery, grouping.groups),
    )
    return (started,)


def _against(state: Cohort, command: c.StartRotation, roles: tuple[str, ...]) -> Iterator[Refusal]:
    """Yield what speaks against beginning rounds."""
    grouping = state.groupings.get(command.grouping)
    if rounds_under_way(state) is not None:
        yield refuse("Rounds are under way already. End them first.")
    if grouping is not None and not any(taking_part(state, command.delivery, grouping.groups)):
        yield refuse("There is nobody in these groups.")
    if len(roles) < 2:  # noqa: PLR2004  # a role alone is nobody's turn
        yield refuse("Rounds need two roles at least, such as coach and coachee.")
    if not 1 <= command.rounds <= MOST_ROUNDS:
        yield refuse(f"There are 1 to {MOST_ROUNDS} rounds.")
    if not 0 < command.work <= LONGEST_LENGTH or not 0 <= command.feedback <= LONGEST_LENGTH:
        yield refuse("A round needs a length, up to 12 hours.")


def _round(state: Cohort, command: c.BeginRound) -> Decision:
    rotation = state.rotations.get(command.rotation)
    if rotation is None or rotation.ended is not None:
        return NO_ROUNDS
    if not 1 <= command.number <= MOST_ROUNDS:
        return refuse(f"There are 1 to {MOST_ROUNDS} rounds.")
    grouping = state.groupings.get(rotation.grouping)
    present = taking_part(state, rotation.delivery, grouping.groups if grouping else rotation.groups)
    groups = in_turn(rotation, present, command.number)
    return (e.RoundBegun(rotation=rotation.id, number=command.number, groups=groups),)


def _add(state: Cohort, command: c.AddRoundTime) -> Decision:
    rotation = state.rotations.get(command.rotation)
    if rotation is None or rotation.ended is not None:
        return NO_ROUNDS
    work, feedback = rotation.length
    if not 0 <= (feedback if command.feedback else work) + command.by <= LONGEST_LENGTH:
        return refuse("So much time cannot be taken from this round, nor given to it.")
    added = e.RoundTimeAdded(rotation=rotation.id, by=command.by, feedback=command.feedback)
    return (added,) if command.by else ()


def _end(state: Cohort, command: c.EndRotation) -> Decision:
    rotation = state.rotations.get(command.rotation)
    if rotation is None:
        return NO_ROUNDS
    return () if rotation.ended is not None else (e.RotationEnded(rotation=rotation.id),)


RULES: dict[type, Callable[[Cohort, Any], Decision]] = {
    c.MakeGroups: _make,
    c.PlaceInGroup: _place,
    c.TakeFromGroup: _take_out,
    c.SayLineManager: _manager,
    c.StartRotation: _start,
    c.BeginRound: _round,
    c.AddRoundTime: _add,
    c.EndRotation: _end,
}


def followed(state: Cohort) -> Delivery | None:
    """Return the session that the room follows: what is under way, or was taken up last; the newest first."""
    held = sorted(state.deliveries.values(), key=lambda one: one.opened)
    under_way = [one for one in held if one.under_way]
    return next(reversed(under_way or held), None)


def stands_still(state: Cohort) -> bool:
    """Whether second timers and rounds stand still: the session that the room follows is paused."""
    held = followed(state)
    return held is not None and held.under_way and held.marks.paused


def elapsed(state: Cohort, since: Instant, now: Instant) -> Duration:
    """Return how long it is from `since` to `now` without the pauses of the session that the room follows.

    A session that was forgotten while it was paused holds nothing up; one that has ended is paused no longer.
    """
    whole = max(now - since, 0)
    held = followed(state)
    if held is None:
        return Duration(whole)
    until = now if held.marks.ended is None else min(now, max(held.marks.ended, since))
    return Duration(whole - min(paused_within(held.marks, since, until), whole))
