"""Whether a deck makes sense: its ids, its themes, and a brief on every card for every player."""

from collections.abc import Iterator
from typing import Any

from pmworkshop.library.known import Known
from pmworkshop.library.problem import Blame, listed, quoted
from pmworkshop.library.query import EACH, doubles, find, groups, inside, named, texts, unknown, word

_LISTS = {"cards": "card", "themes": "theme", "roles": "role"}

Group = dict[str, Any]


def deck_blames(data: Group, known: Known) -> Iterator[Blame]:
    """Yield what is wrong with a deck."""
    for key, what in _LISTS.items():
        yield from doubles(data, what, key, EACH, "id")
    look = "take a criterion of the course's unit"
    yield from unknown(data, "criterion", known.criterion_ids, look, "criteria", EACH)
    themes = named(data, "themes")
    add = "add it to `themes`"
    yield from unknown(
        data, "theme", None if themes is None else frozenset(themes), add, "cards", EACH, "theme"
    )
    used = {name for _, name in texts(data, "cards", EACH, "theme")}
    for path, name in texts(data, "themes", EACH, "id"):
        if name not in used:
            remedy = "write a card for it, or take it away"
            yield Blame(path, f"no card is about the theme {quoted(name)}", remedy, "warning")
    roles = named(data, "roles")
    if roles:
        for path, card in groups(data, "cards", EACH):
            yield from inside(path, _briefs(card, roles))
    elif roles is not None:
        for path, _ in find(data, "cards", EACH, "briefs", EACH)[:1]:
            remedy = "add `roles` to the deck, or say it in the card's `text`"
            yield Blame(path[:-1], "nobody reads this: the deck has no roles", remedy, at_key=True)
    yield from _turns(data)


def _briefs(card: Group, roles: dict[str, Group]) -> Iterator[Blame]:
    """Yield the briefs that are for nobody, or for somebody who has one; then who has none."""
    good = True
    seen: set[str | None] = set()
    for path, brief in find(card, "briefs", EACH):
        role = word(brief, "role") if isinstance(brief, dict) else None
        if role is not None and role in seen:
            remedy = "keep one of them, or name the other role"
            yield Blame((*path, "role"), f"a second brief for {quoted(role)}", remedy)
        good = good and role in roles and role not in seen
        seen.add(role)
    yield from unknown(card, "role", frozenset(roles), "add it to `roles`", "briefs", EACH, "role")
    missing = [role for role in roles if role not in seen]
    if good and missing:
        names = listed(map(quoted, missing), 4)
        yield Blame(("briefs",), f"the card has no brief for {names}", "add one for each role", at_key=True)


def _turns(data: Group) -> Iterator[Blame]:
    """Yield the first turn of a deck that does not say how long a round is."""
    turn = next(iter(texts(data, "cards", EACH, "turn")), None)
    if turn is not None and data.get("minutes") is None:
        yield Blame(
            turn[0],
            "a turn comes at half of a round, and nothing says how long a round is",
            "add `minutes` to the deck",
            "warning",
            at_key=True,
        )
