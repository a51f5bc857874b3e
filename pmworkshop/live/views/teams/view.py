"""Groups and rounds with roles at one instant, as desk, projector and phones show them.

Whoever is on the register no longer is in none of it. Two people of one name are told apart.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from pmworkshop.core.grouping import Grouping, Groups
from pmworkshop.core.ids import DeliveryId, GroupingId, ParticipantId, RotationId
from pmworkshop.core.rotating import Part, Rotation, in_turn, role_index, role_of, stage
from pmworkshop.core.state import Cohort
from pmworkshop.core.teaming import elapsed, in_the_room, rounds_under_way, stands_still, taking_part
from pmworkshop.core.text import matching
from pmworkshop.core.units import Duration, Instant
from pmworkshop.core.value import value
from pmworkshop.core.words import countdown
from pmworkshop.live.views.people import shown_names
from pmworkshop.live.views.teams.words import (
    clash_words,
    count_words,
    doing,
    group_name,
    odd_words,
    role_words,
    round_of,
    turn_words,
)


@value
class TeamMate:
    """Somebody in a group: the role in this round and in the next, both empty where there is none.

    `watches` who came after the round began; `here` is false for those who are absent or have left.
    """

    participant: ParticipantId
    name: str
    role: str = ""
    next_role: str = ""
    watches: bool = False
    here: bool = True


@value
class TeamRow:
    """One group that has somebody in it; `index` counts from 0 and stays."""

    index: int
    name: str
    people: tuple[TeamMate, ...]


@value
class GroupsView:
    """Who works with whom. `loose` are in the room and in no group; `remarks` what the trainer should know.

    With `begun` there were rounds in these groups, so that they are not made anew.
    """

    id: GroupingId
    title: str
    sizes: str
    groups: tuple[TeamRow, ...]
    loose: tuple[TeamMate, ...]
    remarks: tuple[str, ...]
    begun: bool


@value
class RotationView:
    """Rounds that are under way. `words` are `heading` and `doing` on one line; `left` is negative when time is up.

    `length` is that of the part, `moves` false while the session is paused. `remarks` are for the trainer: odd
    groups, and from the last round on who has not had the first role.
    """

    id: RotationId
    grouping: GroupingId
    title: str
    number: int
    rounds: int
    part: Part
    heading: str
    doing: str
    words: str
    left: Duration
    length: Duration
    moves: bool
    roles: tuple[str, ...]
    groups: tuple[TeamRow, ...]
    remarks: tuple[str, ...]

    @property
    def last(self) -> bool:
        """Whether no further round was planned."""
        return self.number >= self.rounds


@value
class MyTeam:
    """What one person is told: their group, their role now and next, and the others with theirs.

    Roles are empty while no rounds are under way.
    """

    title: str
    index: int
    name: str
    role: str
    next_role: str
    watches: bool
    others: tuple[TeamMate, ...]


def groupings(state: Cohort) -> tuple[Grouping, ...]:
    """Return all groupings, the newest first."""
    order = {key: index for index, key in enumerate(state.groupings)}
    return tuple(sorted(state.groupings.values(), key=lambda one: (one.at, order[one.id]), reverse=True))


def newest_grouping(state: Cohort) -> Grouping | None:
    """Return the groups that people are in now: those of the rounds under way, or the newest of no session that is over."""
    rotation = rounds_under_way(state)
    if rotation is not None and rotation.grouping in state.groupings:
        return state.groupings[rotation.grouping]
    over = {one.id for one in state.deliveries.values() if one.marks.ended is not None}
    return next((one for one in groupings(state) if one.delivery not in over), None)


def groups_view(
    state: Cohort, grouping_id: GroupingId | None = None, delivery: DeliveryId | None = None
) -> GroupsView | None:
    """Return groups with names; the newest where none are asked for, None where there are none.

    Who is in the room is read from `delivery`, or else from the session that the groups were made in.
    """
    grouping = state.groupings.get(grouping_id) if grouping_id else newest_grouping(state)
    if grouping is None:
        return None
    names, here = shown_names(state), frozenset(in_the_room(state, delivery or grouping.delivery))
    groups = _of(grouping.groups, names)
    placed = {one for group in groups for one in group}
    rows = _rows(groups, lambda one: _mate(one, names, here))
    loose = [one for one in names if one in here and one not in placed]
    return GroupsView(
        id=grouping.id,
        title=grouping.name,
        sizes=count_words(len(group) for group in groups if group),
        groups=rows,
        loose=tuple(_mate(one, names, here) for one in loose),
        remarks=(
            *clash_words(groups, state.managers, names),
            *odd_words(
                taking_part(state, grouping.delivery, groups), trios="trio" in matching(grouping.name)
            ),
        ),
        begun=any(one.grouping == grouping.id for one in state.rotations.values()),
    )


def rotation_view(state: Cohort, now: Instant) -> RotationView | None:
    """Return the rounds under way at `now`; None where none are."""
    rotation = rounds_under_way(state)
    if rotation is None:
        return None
    at = stage(rotation, elapsed(state, rotation.started, now))
    heading, now_doing = round_of(rotation), doing(rotation, at.part)
    work, feedback = rotation.length
    present = replace(rotation, groups=taking_part(state, rotation.delivery, rotation.groups))
    turns = turn_words(present, shown_names(state)) if rotation.number >= rotation.rounds else ""
    return RotationView(
        id=rotation.id,
        grouping=rotation.grouping,
        title=rotation.title,
        number=rotation.number,
        rounds=rotation.rounds,
        part=at.part,
        heading=heading,
        doing=now_doing,
        words=f"{heading} · {now_doing}",
        left=at.left,
        length=work if at.part == "work" else feedback,
        moves=not stands_still(state),
        roles=rotation.roles,
        groups=_in_rounds(state, rotation),
        remarks=(*role_words(present), *([turns] if turns else [])),
    )


def round_beside(state: Cohort, now: Instant) -> str:
    """Say in a few words where the rounds are: `Round 2, 03:12 left`; nothing where none are under way."""
    rotation = rounds_under_way(state)
    if rotation is None:
        return ""
    at = stage(rotation, elapsed(state, rotation.started, now))
    words = f"Round {rotation.number}"
    if at.part == "over":
        return f"{words}: time is up"
    return f"{words}{', feedback' if at.part == 'feedback' else ''}, {countdown(at.left)} left"


def my_team(state: Cohort, participant: ParticipantId) -> MyTeam | None:
    """Return what somebody is told of their group; None where they are in none."""
    rotation, grouping = rounds_under_way(state), newest_grouping(state)
    if rotation is not None:
        rows, title = _in_rounds(state, rotation), rotation.title
    elif grouping is not None:
        names = shown_names(state)
        rows = _rows(_of(grouping.groups, names), lambda one: _mate(one, names, names))
        title = grouping.name
    else:
        return None
    for row in rows:
        me = next((one for one in row.people if one.participant == participant), None)
        if me is not None:
            return MyTeam(
                title=title,
                index=row.index,
                name=row.name,
                role=me.role,
                next_role=me.next_role,
                watches=me.watches,
                others=tuple(one for one in row.people if one is not me),
            )
    return None


def _in_rounds(state: Cohort, rotation: Rotation) -> tuple[TeamRow, ...]:
    """Return the groups of this round, with whoever has come since to watch, and what everybody is in the next.

    Whoever has left stays where they were until the round is over.
    """
    names, here = shown_names(state), frozenset(in_the_room(state, rotation.delivery))
    grouping = state.groupings.get(rotation.grouping)
    coming = taking_part(state, rotation.delivery, grouping.groups if grouping else rotation.groups)
    roles, further = len(rotation.roles), rotation.number < rotation.rounds
    following = {
        one: rotation.roles[role_index(place, len(group), rotation.number + 1, roles)]
        for group in in_turn(rotation, coming, rotation.number + 1)
        for place, one in enumerate(group)
    }
    playing = {one for group in rotation.groups for one in group}
    count = max(len(rotation.groups), len(coming))
    groups = tuple(
        (
            *(one for one in _at(rotation.groups, index) if one in names),
            *(one for one in _at(coming, index) if one not in playing),
        )
        for index in range(count)
    )

    def mate(one: ParticipantId) -> TeamMate:
        return TeamMate(
            participant=one,
            name=names[one],
            role=role_of(rotation, one),
            next_role=following.get(one, "") if further else "",
            watches=one not in playing,
            here=one in here,
        )

    return _rows(groups, mate)


def _rows(groups: Groups, mate: Callable[[ParticipantId], TeamMate]) -> tuple[TeamRow, ...]:
    return tuple(
        TeamRow(index=index, name=group_name(index), people=tuple(map(mate, group)))
        for index, group in enumerate(groups)
        if group
    )


def _mate(
    one: ParticipantId, names: Mapping[ParticipantId, str], here: Collection[ParticipantId]
) -> TeamMate:
    return TeamMate(participant=one, name=names[one], here=one in here)


def _of(groups: Groups, known: Collection[ParticipantId]) -> Groups:
    return tuple(tuple(one for one in group if one in known) for group in groups)


def _at(groups: Groups, index: int) -> tuple[ParticipantId, ...]:
    return groups[index] if index < len(groups) else ()
