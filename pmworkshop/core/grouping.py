"""Groups made at random or by rule: sizes, whom to keep apart, where a late arrival fits best.

The number that chance gives is handed in; the same number makes the same groups. What cannot be had (everybody from
one organisation) is got as near as the search comes; that nobody sits with their own line report comes before all else.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from pmworkshop.core.ids import DeliveryId, GroupingId, ParticipantId
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value

LINE: Final = 1_000_000
"""What it costs to put somebody with their own line manager: more than everything else together."""
EARLIER: Final = 100
SAME_ORGANISATION: Final = 10
TRIES: Final = 12
Pair = frozenset[ParticipantId]
Groups = tuple[tuple[ParticipantId, ...], ...]


@value
class Grouping:
    """Who works with whom. Groups keep their number; one that everybody left is empty."""

    id: GroupingId
    at: Instant
    delivery: DeliveryId | None
    name: str
    groups: Groups

    def group_of(self, participant: ParticipantId) -> int | None:
        """Return the index of somebody's group; None where they have none."""
        return next((index for index, group in enumerate(self.groups) if participant in group), None)


def sizes(count: int, size: int) -> tuple[int, ...]:
    """Return how large the groups are: of `size`, the odd ones out one each to groups that are one larger.

    Where there are too few groups for that, one more group and all nearly equal: 5 by threes are 3 and 2.
    """
    if count <= 0:
        return ()
    groups = max(count // size, 1)
    if count - groups * size > groups:
        groups += 1
    base, more = divmod(count, groups)
    return (base + 1,) * more + (base,) * (groups - more)


def apart(
    managers: Mapping[ParticipantId, ParticipantId],
    organisations: Mapping[ParticipantId, str],
    earlier: Iterable[Grouping],
) -> dict[Pair, int]:
    """Return what it costs to put two people together; nothing where there is no reason against it."""
    costs: dict[Pair, int] = {}
    for report, manager in managers.items():
        costs[frozenset((report, manager))] = LINE
    for grouping in earlier:
        for group in grouping.groups:
            for pair in map(frozenset, combinations(group, 2)):
                costs[pair] = costs.get(pair, 0) + EARLIER
    by_name: dict[str, list[ParticipantId]] = {}
    for person, organisation in organisations.items():
        by_name.setdefault(organisation, []).append(person)
    for organisation, people in by_name.items():
        for pair in map(frozenset, combinations(people, 2) if organisation else ()):
            costs[pair] = costs.get(pair, 0) + SAME_ORGANISATION
    return costs


def make_groups(people: Sequence[ParticipantId], size: int, costs: Mapping[Pair, int], chance: int) -> Groups:
    """Return groups of about `size` in which the costs of who sits with whom are as low as the search finds."""
    wanted = sizes(len(people), size)
    best: list[list[ParticipantId]] = []
    lowest: int | None = None
    for number in range(TRIES):
        groups = _cut(_shuffled(people, f"{chance}/{number}"), wanted)
        _improve(groups, costs)
        cost = sum(_cost(group, costs) for group in groups)
        if lowest is None or cost < lowest:
            best, lowest = groups, cost
        if lowest == 0:
            break
    return tuple(tuple(group) for group in best)


def _shuffled(people: Iterable[ParticipantId], salt: str) -> list[ParticipantId]:
    def key(one: ParticipantId) -> bytes:
        return hashlib.sha256(f"{salt}\0{one}".encode("utf-8", "replace")).digest()

    return sorted(dict.fromkeys(people), key=key)


def _cut(order: Sequence[ParticipantId], wanted: Iterable[int]) -> list[list[ParticipantId]]:
    groups, start = [], 0
    for count in wanted:
        groups.append(list(order[start : start + count]))
        start += count
    return groups


def _cost(group: Collection[ParticipantId], costs: Mapping[Pair, int]) -> int:
    return sum(costs.get(frozenset(pair), 0) for pair in combinations(group, 2))


def _improve(groups: list[list[ParticipantId]], costs: Mapping[Pair, int]) -> None:
    """Swap people between groups for as long as that costs less."""
    better = bool(costs)
    while better:
        better = False
        for one, other in combinations(groups, 2):
            for here in range(len(one)):
                for there in range(len(other)):
                    before = _with(one, here, costs) + _with(other, there, costs)
                    if not before:
                        continue
                    one[here], other[there] = other[there], one[here]
                    if _with(one, here, costs) + _with(other, there, costs) < before:
                        better = True
                    else:
                        one[here], other[there] = other[there], one[here]


def _with(group: Sequence[ParticipantId], index: int, costs: Mapping[Pair, int]) -> int:
    mine = group[index]
    return sum(costs.get(frozenset((mine, one)), 0) for place, one in enumerate(group) if place != index)


def best_place(groups: Groups, participant: ParticipantId, costs: Mapping[Pair, int]) -> int:
    """Return the index of the group that a late arrival fits best: with nobody to avoid, then the smallest."""

    def strain(index: int) -> tuple[int, int, int]:
        reasons = sum(costs.get(frozenset((participant, one)), 0) for one in groups[index])
        return (reasons // LINE, len(groups[index]), reasons)

    filled = [index for index, group in enumerate(groups) if group]
    return min(filled, key=strain, default=0)


def clashes(groups: Groups, managers: Mapping[ParticipantId, ParticipantId]) -> Iterator[Pair]:
    """Yield whoever sits with their own line manager all the same."""
    for group in groups:
        for report in group:
            if managers.get(report) in group:
                yield frozenset((report, managers[report]))
