"""What is said of groups and rounds: their sizes, what everybody does now, odd numbers, whose turn has not come."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from pmworkshop.core.grouping import Groups, clashes
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.rotating import Part, Rotation, roles_had
from pmworkshop.core.words import listed

VERBS: Final = {"coach": "coach", "observer": "observe"}
PAIR: Final = 2
TRIO: Final = 3
NAMED: Final = 4
NUMBERS: Final = (
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
ORDINALS: Final = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip


def group_name(index: int) -> str:
    """Return what a group is called, `index` from 0."""
    return f"Group {index + 1}"


def number_word(count: int) -> str:
    """Return a small number in words."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def ordinal(count: int) -> str:
    """Return a small number as it counts: `fourth`."""
    return ORDINALS[count] if 0 < count < len(ORDINALS) else f"{count}th"


def few(names: Sequence[str]) -> str:
    """Say the names of a few, or the first of many and how many more there are."""
    return listed(names, NAMED)


def round_of(rotation: Rotation) -> str:
    """Say which round it is: `Round 2 of 3`."""
    return f"Round {rotation.number} of {rotation.rounds}"


def as_noun(role: str) -> str:
    """Return a role as it stands within a sentence: Coach is a coach, HR stays."""
    return role[:1].lower() + role[1:] if role[1:] == role[1:].lower() else role


def count_words(sizes: Iterable[int]) -> str:
    """Say how many groups of which size there are: `2 groups of 4, 1 of 3`."""
    (size, count), *rest = sorted(Counter(sizes).items(), reverse=True) or [(0, 0)]
    if not count:
        return "nobody"
    first = f"{count} group{'' if count == 1 else 's'} of {size}"
    return ", ".join([first, *(f"{count} of {size}" for size, count in rest)])


def doing(rotation: Rotation, part: Part) -> str:
    """Say what everybody does in this part of a round."""
    if part == "over":
        return "Time: swap roles" if rotation.number < rotation.rounds else "Time: that was the last round"
    first, *rest = rotation.roles
    if part == "feedback":
        return (
            f"{rest[-1]} feeds back to the {as_noun(first)}"
            if len(rest) >= PAIR
            else "Feedback to each other"
        )
    talkers = [first, *map(as_noun, rest[:-1] if len(rest) >= PAIR else rest)]
    return f"{listed(talkers)} talk"


def clash_words(
    groups: Groups, managers: Mapping[ParticipantId, ParticipantId], names: Mapping[ParticipantId, str]
) -> Iterator[str]:
    """Say who sits with their own line manager all the same."""
    filled = sum(bool(group) for group in groups)
    for index, group in enumerate(groups):
        for pair in clashes((group,), managers):
            report = next(one for one in pair if managers.get(one) in pair)
            manager = managers[report]
            if report in names and manager in names:
                then = "move one of them with g" if filled > 1 else "there is no other group"
                yield f"{group_name(index)}: {names[manager]} sits with their own report {names[report]}; {then}."


def odd_words(groups: Groups, *, trios: bool) -> Iterator[str]:
    """Say what odd numbers mean: for trios what becomes of a pair or of four, and that one alone is no group."""
    sizes = {len(group) for group in groups}
    for size in sorted(sizes - {0}, reverse=True):
        if size == 1 or (trios and size in (PAIR, TRIO + 1)):
            yield f"{_which(groups, size)}: {_meaning(size, TRIO)}."


def role_words(rotation: Rotation) -> Iterator[str]:
    """Say what groups larger or smaller than the roles do, and what a further round is good for where none is planned."""
    roles, first, last = len(rotation.roles), as_noun(rotation.roles[0]), as_noun(rotation.roles[-1])
    for size in sorted({len(group) for group in rotation.groups} - {0, roles}, reverse=True):
        meaning = _meaning(size, roles, first, last, further=rotation.rounds < size)
        yield f"{_which(rotation.groups, size)}: {meaning}."


def _which(groups: Groups, size: int) -> str:
    names = [group_name(index) for index, group in enumerate(groups) if len(group) == size]
    return f"{few(names)} {'has' if len(names) == 1 else 'have'} {number_word(size)}"


def _be(role: str) -> str:
    """Return being in a role as a verb."""
    return VERBS.get(role, f"be {role}")


def _meaning(
    size: int, roles: int, first: str = "coach", last: str = "observer", *, further: bool = True
) -> str:
    if size == 1:
        return "nobody to work with, so move them with g"
    if size > roles:
        many = number_word(size - roles + 1)
        are = f"{many} observe" if last == "observer" else f"{many} are {last}"
        return f"{are}, and a {ordinal(size)} round lets everybody {_be(first)}" if further else are
    if roles - size > 1:
        return f"{number_word(roles - size)} of the roles are not taken"
    return "nobody observes" if last == "observer" else f"nobody is {last}"


def turn_words(rotation: Rotation, names: Mapping[ParticipantId, str]) -> str:
    """Say whether everybody has had the first role by the end of this round, or who has not."""
    first, had = rotation.roles[0], roles_had(rotation)
    here = [one for group in rotation.groups for one in group if one in names]
    missing = [names[one] for one in here if first not in had.get(one, ())]
    if not here:
        return ""
    if not missing:
        return f"Everybody has been {as_noun(first)}."
    return f"Not yet {as_noun(first)}: {few(missing)}."
