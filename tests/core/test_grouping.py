"""Groups and rounds: everybody in one group, nobody with their own line report, everybody in every role."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core.grouping import (
    LINE,
    Grouping,
    Groups,
    Pair,
    apart,
    best_place,
    clashes,
    make_groups,
    sizes,
)
from pmworkshop.core.ids import GroupingId, ParticipantId, RotationId
from pmworkshop.core.rotating import Rotation, in_turn, role_index, role_of
from pmworkshop.core.units import MINUTE, Instant

laws = settings(deadline=None, database=None, max_examples=150)
people = st.integers(0, 31).map(lambda count: [ParticipantId(f"p{number}") for number in range(count)])


@given(crowd=people, size=st.integers(2, 5), chance=st.integers())
@laws
def test_everybody_is_in_one_group_of_a_fair_size(crowd: list[ParticipantId], size: int, chance: int) -> None:
    """Nobody twice, nobody left over; a group is at most one larger than asked for, and all are within one of another."""
    groups = make_groups(crowd, size, {}, chance)
    assert Counter(one for group in groups for one in group) == Counter(crowd)
    found = [len(group) for group in groups]
    assert found == list(sizes(len(crowd), size))
    assert max(found, default=0) <= size + 1
    assert max(found, default=0) - min(found, default=0) <= 1
    assert groups == make_groups(crowd, size, {}, chance)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, (1,)), (2, (2,)), (3, (3,)), (4, (4,)), (5, (3, 2)), (7, (4, 3)), (8, (4, 4)), (11, (4, 4, 3))],
)
def test_odd_numbers_by_threes(count: int, expected: tuple[int, ...]) -> None:
    """Whoever is left over makes a four, in which two observe; five are a three and a pair."""
    assert sizes(count, 3) == expected


@given(
    crowd=people.filter(lambda crowd: 2 <= len(crowd) <= 7),
    lines=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=6),
    firms=st.lists(st.sampled_from(["a", "b", ""]), min_size=7, max_size=7),
    met=st.lists(st.integers(0, 6), max_size=3, unique=True),
    chance=st.integers(),
)
@laws
def test_no_other_groups_would_be_better(
    crowd: list[ParticipantId], lines: list[tuple[int, int]], firms: list[str], met: list[int], chance: int
) -> None:
    """On small cohorts: of all ways to sit, none has less against it; a line report is avoided wherever it can be."""
    managers = {
        crowd[one]: crowd[other] for one, other in lines if one != other and max(one, other) < len(crowd)
    }
    earlier = [grouping(tuple(crowd[one] for one in met if one < len(crowd)))]
    costs = apart(managers, dict(zip(crowd, firms, strict=False)), earlier)
    groups = make_groups(crowd, 3, costs, chance)
    best = min(against(way, costs) for way in _ways(crowd, sizes(len(crowd), 3)))
    assert against(groups, costs) == best
    assert bool(list(clashes(groups, managers))) == (best >= LINE)


def grouping(*groups: tuple[ParticipantId, ...]) -> Grouping:
    return Grouping(id=GroupingId("g"), at=Instant(0), delivery=None, name="Trios", groups=groups)


def against(groups: Groups, costs: dict[Pair, int]) -> int:
    return sum(costs.get(frozenset(pair), 0) for group in groups for pair in combinations(group, 2))


def _ways(crowd: Sequence[ParticipantId], wanted: tuple[int, ...]) -> Iterator[Groups]:
    if not wanted:
        yield ()
        return
    for group in combinations(crowd, wanted[0]):
        for rest in _ways([one for one in crowd if one not in group], wanted[1:]):
            yield (group, *rest)


@given(size=st.integers(1, 8), roles=st.integers(2, 4))
@laws
def test_everybody_is_in_every_role_once(size: int, roles: int) -> None:
    """In as many rounds as there are people, everybody is coach once; each round, every role that can be is filled."""
    by_person = [
        [role_index(place, size, number, roles) for number in range(1, size + 1)] for place in range(size)
    ]
    for mine in by_person:
        assert [mine.count(role) for role in range(min(roles - 1, size))] == [1] * min(roles - 1, size)
    for in_round in zip(*by_person, strict=True):
        assert set(in_round) == set(range(min(roles, size)))


@given(
    start=st.integers(2, 5),
    joins=st.lists(st.integers(0, 1), min_size=1, max_size=9),
    roles=st.sampled_from([("Coach", "Coachee", "Observer"), ("A", "B")]),
)
@laws
def test_nobody_is_coach_again_before_everybody_was(
    start: int, joins: list[int], roles: tuple[str, ...]
) -> None:
    """Whoever joins between the rounds: the first role goes to one of those who had it least; undisturbed, one place on."""
    crowd = [ParticipantId(f"p{number}") for number in range(start + sum(joins))]
    rotation = Rotation(
        id=RotationId("r"), grouping=GroupingId("g"), delivery=None, title="t", roles=roles, rounds=9,
        work=MINUTE, feedback=MINUTE, number=1, groups=(tuple(crowd[:start]),), started=Instant(0),
    )  # fmt: skip
    coached = Counter(one for one in crowd[:start] if role_of(rotation, one) == roles[0])
    here = start
    for number, more in enumerate(joins, 2):
        here += more
        plain = (tuple(crowd[:here]),)
        groups = in_turn(rotation, plain, number)
        assert sum(joins[: number - 1]) or number > start or groups == plain
        rotation = replace(
            rotation, number=number, groups=groups, past=(*rotation.past, (number - 1, rotation.groups))
        )
        (coach,) = [one for one in crowd[:here] if role_of(rotation, one) == roles[0]]
        assert coached[coach] == min(coached[one] for one in crowd[:here])
        coached[coach] += 1


def test_a_late_arrival_joins_the_smallest_group_without_their_manager() -> None:
    """Never with their own line report; then where there are fewest; then with those they have not met."""
    anna, bo, cy, di, eve, late = (ParticipantId(name) for name in ("anna", "bo", "cy", "di", "eve", "late"))
    groups = ((anna, bo), (cy, di, eve), ())
    assert best_place(groups, late, {}) == 0
    assert best_place(groups, late, apart({late: anna}, {}, [])) == 1
    assert best_place(((anna, bo), (cy, di)), late, apart({}, {late: "x", anna: "x"}, [])) == 1
