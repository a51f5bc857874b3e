"""What an author writes as cards: a deck, its roles and its cards."""

from typing import Annotated

from annotated_types import Interval, Len

from pmworkshop.core.plan import CriterionId, Id, Line, Provenance
from pmworkshop.core.units import Length
from pmworkshop.core.value import Doc, value

CardText = Annotated[str, Len(1, 600)]
"""What fits on one side of a card, and on a phone without scrolling far."""


@value
class Role:
    """A part that somebody plays."""

    id: Id
    title: Line


@value
class Theme:
    """What cards are about, to draw by."""

    id: Id
    title: Line


@value
class Brief:
    """What only the player of one role reads."""

    role: Id
    text: CardText


@value
class Card:
    """One card. `text` is for everybody; each brief for one player; the turn is given halfway."""

    id: Id
    title: Line
    theme: Id
    difficulty: Annotated[int, Interval(ge=1, le=3), Doc("1 gentle, 2 harder, 3 hard")] = 1
    text: Annotated[CardText, Doc("The setting, the situation or the question: everybody reads it")]
    briefs: Annotated[tuple[Brief, ...], Len(0, 4), Doc("One for each role of the deck")] = ()
    turn: Annotated[CardText | None, Doc("What changes halfway")] = None
    listen_for: Annotated[tuple[Line, ...], Len(0, 6), Doc("What the observer listens for")] = ()


@value
class Deck:
    """Cards that belong together."""

    title: Line
    instructions: Annotated[str, Len(1, 6000), Doc("To read out, in Markdown")]
    minutes: Annotated[Length | None, Doc("Length of one round; the turn comes at half of it")] = None
    roles: Annotated[tuple[Role, ...], Len(0, 4), Doc("Players with a brief of their own")] = ()
    themes: Annotated[tuple[Theme, ...], Len(1, 20)]
    criteria: tuple[CriterionId, ...] = ()
    caveats: Annotated[tuple[Line, ...], Doc("Said with every card")] = ()
    provenance: tuple[Provenance, ...] = ()
    cards: Annotated[tuple[Card, ...], Len(1, 200)]
