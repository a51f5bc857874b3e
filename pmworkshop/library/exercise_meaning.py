"""Whether an exercise makes sense as a whole: its ids, what it names, and what its kind and privacy ask for.

Its items, scores and branches have modules of their own. Like `meaning`, all of them work on values of any shape.
"""

from collections.abc import Iterator
from typing import Any

from pmworkshop.library.branch_meaning import branch_blames, once_each
from pmworkshop.library.item_meaning import item_blames
from pmworkshop.library.known import Known
from pmworkshop.library.problem import Blame, Path, did_you_mean, quoted
from pmworkshop.library.query import EACH, doubles, given, groups, inside, named, texts, unknown, word
from pmworkshop.library.quiz_meaning import quiz_blames
from pmworkshop.library.score_meaning import score_blames

_LISTS = {"items": "item", "scales": "scale", "factors": "factor", "categories": "category"}
_TELLS_WHO = ("code", "photo")
_OTHER = "choose another `privacy`"

Group = dict[str, Any]


def exercise_blames(data: Group, known: Known) -> Iterator[Blame]:
    """Yield what is wrong with an exercise."""
    for key, what in _LISTS.items():
        yield from doubles(data, what, key, EACH, "id")
    look = "take a criterion of the course's unit"
    for steps in (("criteria", EACH), ("items", EACH, "criteria", EACH)):
        yield from unknown(data, "criterion", known.criterion_ids, look, *steps)
    add = "write the deck, or put it on cards/planned.yaml"
    yield from unknown(data, "deck", known.decks, add, "deck")
    yield from _names(data)
    yield from _brainstorm(data)
    yield from _expanded(data, known)
    for path, item in groups(data, "items", EACH):
        yield from inside(path, item_blames(item))
    yield from quiz_blames(data)
    yield from score_blames(data, known)
    yield from branch_blames(data)
    if data.get("privacy") == "anonymous":
        yield from _anonymous(data)


def _names(data: Group) -> Iterator[Blame]:
    """Yield the items that the exercise names and does not have, or not of the kind that is needed."""
    items = named(data, "items")
    wanted: list[tuple[Path, str, str | None]] = [
        (path, name, kind)
        for steps, kind in (
            (("named_by", EACH), None),
            (("compare",), "choice"),
            (("reading", "rates", EACH, "part"), "number"),
            (("reading", "rates", EACH, "whole"), "number"),
        )
        for path, name in texts(data, *steps)
    ]
    for path, name, kind in wanted if items is not None else ():
        yield from _one_name(path, name, kind, items or {})
    for key in ("named_by", "compare"):
        if given(data, key) and data.get("repeatable", False) is False:
            yield Blame(
                (key,),
                f"`{key}` tells one time from another, but the exercise is done once",
                f"add `repeatable: true`, or take `{key}` away",
                "warning",
                at_key=True,
            )


def _one_name(path: Path, name: str, kind: str | None, items: dict[str, Group]) -> Iterator[Blame]:
    item = items.get(name)
    if item is None:
        remedy = did_you_mean(name, sorted(items), "name one of this exercise's items")
        yield Blame(path, f"there is no item {quoted(name)}", remedy)
    elif given(item, "for_each"):
        yield once_each(path, name)
    elif kind is not None and isinstance(item.get("kind"), str) and item["kind"] != kind:
        yield Blame(
            path,
            f"{quoted(name)} is of the kind {quoted(item['kind'])}; here a {kind} is needed",
            f"name an item of the kind {kind}",
        )


def _brainstorm(data: Group) -> Iterator[Blame]:
    """Yield what a brainstorm lacks, and what only a brainstorm can have."""
    kind = word(data, "kind")
    items = groups(data, "items", EACH)
    if kind == "brainstorm":
        if items and not any(word(item, "kind") == "list" for _, item in items):
            remedy = "add an item of the kind list, which takes the ideas"
            yield Blame(("kind",), "a brainstorm without a place for ideas", remedy)
    elif kind is not None:
        for key in ("categories", "dots"):
            if given(data, key) and data[key] != 0:
                remedy = "take it away, or write `kind: brainstorm`"
                yield Blame((key,), f"only a brainstorm has `{key}`", remedy, at_key=True)


def _expanded(data: Group, known: Known) -> Iterator[Blame]:
    """Yield the ids that an item asked for each criterion takes from another item."""
    once = {name: path for path, name in texts(data, "items", EACH, "id")}
    for _, item in groups(data, "items", EACH):
        name = word(item, "id")
        if name is None or not given(item, "for_each"):
            continue
        for criterion in known.criteria or ():
            made = f"{name}-{criterion.replace('.', '-')}"
            if made in once:
                yield Blame(
                    once[made],
                    f"{quoted(name)} is called {quoted(made)}, too, where it is asked for criterion {criterion}",
                    "give one of them another id",
                )


def _anonymous(data: Group) -> Iterator[Blame]:
    why = "an anonymous answer must not tell who gave it"
    for steps in (("kind",), ("columns", EACH, "kind")):
        for path, kind in texts(data, "items", EACH, *steps):
            if kind in _TELLS_WHO:
                yield Blame(path, f"a {kind} may tell who it is, and {why}", f"take it away, or {_OTHER}")
    for path, _ in texts(data, "items", EACH, "privacy"):
        remedy = f"take it away, or {_OTHER} for the whole exercise"
        yield Blame(path, f"an item here cannot have a privacy of its own: {why}", remedy, at_key=True)
    if data.get("repeatable") is True:
        yield Blame(
            ("repeatable",),
            f"to do it again, one would have to be known again, and {why}",
            f"take `repeatable` away, or {_OTHER}",
            "warning",
            at_key=True,
        )
