"""Whether every item of an exercise can come to be asked: what its `when` names, and what that can answer."""

from collections.abc import Iterator
from typing import Any

from pmworkshop.core.exercise import DONT_KNOW, NO, YES
from pmworkshop.library.problem import Blame, did_you_mean, listed, quoted, shortened
from pmworkshop.library.query import EACH, given, groups, inside, named, texts, word

_KINDS = ("choice", "choices", "yes-no", "rating")
"""Items whose answers are known beforehand."""
_LONGEST_SCALE = 10

Group = dict[str, Any]


def branch_blames(data: Group) -> Iterator[Blame]:
    """Yield what is wrong with each `when`, from the first item to the last."""
    walk = _Walk(data)
    for path, item in groups(data, "items", EACH):
        when = item.get("when")
        if isinstance(when, dict):
            yield from inside((*path, "when"), walk.blames(item, when))
        walk.go_past(item)


class _Walk:
    """What is known halfway through the items: those before, and those that are never asked."""

    def __init__(self, data: Group) -> None:
        self._scales = named(data, "scales")
        self._all = named(data, "items")
        self._before: dict[str, Group] = {}
        self._possible: dict[str, dict[str, None]] = {}
        self._never: set[str | None] = set()

    def go_past(self, item: Group) -> None:
        name = word(item, "id")
        if name is not None:
            self._before.setdefault(name, item)

    def blames(self, item: Group, when: Group) -> Iterator[Blame]:
        name, wanted = word(item, "id"), word(when, "item")
        if wanted is None or self._all is None:
            return
        asked = self._before.get(wanted)
        if asked is None:
            yield self._not_before(name, wanted)
        elif given(asked, "for_each"):
            yield once_each(("item",), wanted)
        elif wanted in self._never:
            self._never.add(name)
            yield Blame(
                ("item",),
                f"{quoted(wanted)} is never asked, so this item is not either",
                f"mend the `when` of {quoted(wanted)}",
            )
        elif word(asked, "kind") not in _KINDS:
            yield Blame(
                ("item",),
                f"the answers to {quoted(wanted)} are not known beforehand",
                f"name an item of the kind {listed(_KINDS)}",
            )
        else:
            yield from self._answers(name, wanted, when)

    def _not_before(self, name: str | None, wanted: str) -> Blame:
        if name == wanted:
            return Blame(("item",), "the item waits for itself", "name an item before it")
        if self._all is not None and wanted in self._all:
            return Blame(("item",), f"{quoted(wanted)} is asked only later", "move it before this item")
        remedy = did_you_mean(wanted, sorted(self._before), "name an item before this one")
        return Blame(("item",), f"there is no item {quoted(wanted)}", remedy)

    def _answers(self, name: str | None, wanted: str, when: Group) -> Iterator[Blame]:
        if wanted not in self._possible:
            self._possible[wanted] = _possible(self._before[wanted], self._scales)
        possible, hoped = self._possible[wanted], texts(when, "any_of", EACH)
        wrong = [(path, answer) for path, answer in hoped if possible and answer not in possible]
        if wrong and len(wrong) == len(hoped):
            self._never.add(name)
        for path, answer in wrong:
            remedy = f"choose from: {listed(map(shortened, possible), 8)}"
            yield Blame(
                path,
                f"{quoted(wanted)} is never answered {quoted(answer)}",
                did_you_mean(answer, possible, remedy),
            )


def once_each(path: tuple[str | int, ...], name: str) -> Blame:
    """Return the blame for naming an item as if it were asked only once."""
    return Blame(
        path,
        f"{quoted(name)} is asked once for each criterion, so it has no one answer",
        "name an item without `for_each`",
    )


def _possible(item: Group, scales: dict[str, Group] | None) -> dict[str, None]:
    """Return every answer that an item can have, in order; nothing where they cannot be told."""
    kind = word(item, "kind")
    if kind == "yes-no":
        return dict.fromkeys((YES, NO))
    if kind != "rating":
        return dict.fromkeys(named(item, "options") or ())
    labels = (scales or {}).get(word(item, "scale") or "", {}).get("labels")
    if not isinstance(labels, list) or len(labels) > _LONGEST_SCALE:
        return {}
    points = dict.fromkeys(str(point) for point in range(1, len(labels) + 1))
    return {**points, DONT_KNOW: None} if item.get("dont_know") is True else points
