"""Rounds with roles in groups: everybody in every role, one after the other. What runs is a function of (marks, now).

A round is `work`, then `feedback` from whoever observed; then its time is up, and the trainer begins the next one.
Source: `domain.md`, Trios for coaching: three rounds, a group of four has two observers, a pair none.
"""

from collections.abc import Mapping
from typing import Literal

from pmworkshop.core.grouping import Groups
from pmworkshop.core.ids import DeliveryId, GroupingId, ParticipantId, RotationId
from pmworkshop.core.units import NOTHING, Duration, Instant
from pmworkshop.core.value import value

Part = Literal["work", "feedback", "over"]


@value
class Rotation:
    """Rounds of one grouping. `groups` are as they were when the round began; who comes later watches until the next.

    `roles` by position; whoever stands further on has the last of them. `started` is when the round began, `added`
    the time that its work was given, `added_feedback` its feedback. `past` are the rounds before this one by number, with their groups as they were.
    """

    id: RotationId
    grouping: GroupingId
    delivery: DeliveryId | None
    title: str
    roles: tuple[str, ...]
    rounds: int
    work: Duration
    feedback: Duration
    number: int
    groups: Groups
    started: Instant
    added: Duration = NOTHING
    added_feedback: Duration = NOTHING
    ended: Instant | None = None
    past: tuple[tuple[int, Groups], ...] = ()

    @property
    def length(self) -> tuple[Duration, Duration]:
        """How long this round's work and its feedback are."""
        return Duration(max(self.work + self.added, 0)), Duration(max(self.feedback + self.added_feedback, 0))


@value
class Stage:
    """What a round is at: `left` of this part, negative when its time is up."""

    part: Part
    left: Duration


def stage(rotation: Rotation, elapsed: Duration) -> Stage:
    """Return what a round is at, `elapsed` after it began, pauses set aside."""
    work, feedback = rotation.length
    if elapsed < work:
        return Stage(part="work", left=Duration(work - elapsed))
    left = Duration(work + feedback - elapsed)
    return Stage(part="feedback" if left > 0 else "over", left=left)


def role_index(place: int, size: int, number: int, roles: int) -> int:
    """Return which role (from 0) somebody has in round `number` (from 1) who is `place`th (from 0) of `size` people.

    In as many rounds as there are people in the group, everybody has been in every position once.
    """
    return min((place + number - 1) % max(size, 1), roles - 1)


def role_of(rotation: Rotation, participant: ParticipantId) -> str:
    """Return somebody's role in this round; nothing where they came later or are in none of its groups."""
    for group in rotation.groups:
        if participant in group:
            index = role_index(group.index(participant), len(group), rotation.number, len(rotation.roles))
            return rotation.roles[index]
    return ""


def in_turn(rotation: Rotation, groups: Groups, number: int) -> Groups:
    """Return groups in the order of their places in round `number`, so that whoever was least in a role has it next.

    Where nobody came or went it is the order that they had: one place on each round.
    """
    counts = _times(rotation, number)
    return tuple(_placed(group, number, len(rotation.roles), counts) for group in groups)


def _placed(
    group: tuple[ParticipantId, ...], number: int, roles: int, counts: Mapping[tuple[ParticipantId, int], int]
) -> tuple[ParticipantId, ...]:
    size = len(group)
    left = {one: (place + number - 1) % size for place, one in enumerate(group)}
    placed = list(group)
    for position in range(size):
        role = min(position, roles - 1)
        chosen = min(left, key=lambda one: (counts.get((one, role), 0), (left[one] - position) % size))
        placed[(position - number + 1) % size] = chosen
        del left[chosen]
    return tuple(placed)


def _times(rotation: Rotation, number: int) -> dict[tuple[ParticipantId, int], int]:
    """Return how often everybody was in each role before round `number`."""
    counts: dict[tuple[ParticipantId, int], int] = {}
    for held, groups in (*rotation.past, (rotation.number, rotation.groups)):
        for group in groups if held < number else ():
            for place, one in enumerate(group):
                key = (one, role_index(place, len(group), held, len(rotation.roles)))
                counts[key] = counts.get(key, 0) + 1
    return counts


def roles_had(rotation: Rotation) -> dict[ParticipantId, frozenset[str]]:
    """Return which roles everybody has had, up to and with this round."""
    had: dict[ParticipantId, frozenset[str]] = {}
    for number, groups in (*rotation.past, (rotation.number, rotation.groups)):
        for group in groups:
            for place, one in enumerate(group):
                role = rotation.roles[role_index(place, len(group), number, len(rotation.roles))]
                had[one] = had.get(one, frozenset()) | {role}
    return had
