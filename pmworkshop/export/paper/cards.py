"""A deck as cards to cut apart: eight to an A4, fronts and backs in place for printing on both sides, long edge.

Each role has cards of its own, and pages of its own: the setting on the front, that role's brief on the back.
No side of a page shows two roles' briefs, so that nobody who cuts, deals or turns a card reads the other side.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from pmworkshop.core.deck import Card, Deck
from pmworkshop.core.value import value
from pmworkshop.export.paper.marked import marked
from pmworkshop.export.typesetting import Typeset, typeset

TEMPLATE: Final = "cards.typ"
ACROSS: Final = 2
DOWN: Final = 4
ON_A_PAGE: Final = ACROSS * DOWN
MOST_ON_A_BACK: Final = 1_000
OBSERVER: Final = "Observer"
DIFFICULTY: Final = {1: "gentle", 2: "harder", 3: "hard"}


@value
class Side:
    """What a card shows when it is turned over: words of one role only, and signs to tick off."""

    text: str = ""
    turn: str = ""
    listen_for: tuple[str, ...] = ()


@value
class Stack:
    """The cards of one role, one for each card of the deck."""

    role: str
    cards: tuple[tuple[Card, Side], ...]


def stacks(deck: Deck) -> tuple[Stack, ...]:
    """Return a deck's cards by role; the observer's hold the turn and what to listen for."""
    found = []
    for role in deck.roles:
        pairs = tuple(
            (card, Side(text=brief.text))
            for card in deck.cards
            for brief in card.briefs
            if brief.role == role.id
        )
        found.append(Stack(role=role.title, cards=pairs))
    observed = tuple((card, side) for card in deck.cards for side in _observed(card))
    found.append(Stack(role=OBSERVER if deck.roles else "", cards=observed))
    return tuple(one for one in found if one.cards)


def _observed(card: Card) -> Iterator[Side]:
    """Yield what the observer's card holds; what would be too small to read there goes on two."""
    turn = card.turn or ""
    if len(turn) + sum(map(len, card.listen_for)) > MOST_ON_A_BACK:
        yield Side(turn=turn)
        yield Side(listen_for=card.listen_for)
    elif turn or card.listen_for or not card.briefs:
        yield Side(turn=turn, listen_for=card.listen_for)


def cards(deck: Deck) -> Typeset:
    """Return the deck as PDF: front, back, front, back …, then how to play. Raises `TypesettingError`."""
    themes = {one.id: one.title for one in deck.themes}
    numbers = {card.id: number for number, card in enumerate(deck.cards, 1)}
    sheets = [
        {"role": stack.role, "cards": [_card(card, side, numbers, themes) for card, side in page]}
        for stack in stacks(deck)
        for page in _pages(stack.cards)
    ]
    data = {
        "title": deck.title,
        "sheets": sheets,
        "of": len(deck.cards),
        "caveats": list(deck.caveats),
        "instructions": marked(deck.instructions),
    }
    return typeset(TEMPLATE, data, title=f"Cards: {deck.title}")


def _pages(pairs: Sequence[tuple[Card, Side]]) -> Iterable[Sequence[tuple[Card, Side]]]:
    return (pairs[start : start + ON_A_PAGE] for start in range(0, len(pairs), ON_A_PAGE))


def _card(card: Card, side: Side, numbers: dict[str, int], themes: dict[str, str]) -> dict[str, Any]:
    return {
        "number": numbers[card.id],
        "title": card.title,
        "theme": themes.get(card.theme, ""),
        "difficulty": DIFFICULTY[card.difficulty],
        "text": card.text,
        "brief": side.text,
        "turn": side.turn,
        "listen-for": list(side.listen_for),
    }
