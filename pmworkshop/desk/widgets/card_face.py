"""How a card, its players and the rounds of other groups read on the table. Nothing here is for one pair of eyes."""

from collections.abc import Callable, Sequence

from textual.content import Content

from pmworkshop.core.deck import Deck
from pmworkshop.core.units import Duration
from pmworkshop.core.words import countdown, length_words
from pmworkshop.desk.widgets.markdown import GAP, Block, markdown
from pmworkshop.desk.widgets.safe import safe, safe_line
from pmworkshop.live.views.cards import CardsView, Face, Player, Round

LONGEST_NAME = 20
GAP_BETWEEN = "     "
KeyOf = Callable[[str], str]


def before_the_first(deck: Deck) -> tuple[Block, ...]:
    """Return what is read out before the first card."""
    caveats = tuple(Block(safe_line(words), "! ") for words in deck.caveats)
    return (*markdown(deck.instructions), GAP, *caveats)


def face(card: Face) -> Content:
    """Return the side of a card that everybody sees."""
    return Content.assemble(
        (safe_line(card.title).plain, "bold $text-primary"),
        "\n",
        (f"{safe_line(card.theme).plain} · {card.difficulty}", "$foreground 70%"),
        "\n\n",
        (safe(card.text).plain.strip(), "bold"),
    )


def players(those: Sequence[Player], key_of: KeyOf, width: int) -> Content:
    """Return who plays what in this round, and which key shows each brief: on one line if `width` allows."""
    lines = [
        Content.assemble(
            (key_of(f"brief({one.number - 1})"), "bold $text-accent"),
            (" brief  ", "$foreground 70%"),
            f"Player {one.number}: ",
            (safe_line(one.role).plain, "bold"),
        )
        for one in those
    ]
    line = Content(GAP_BETWEEN).join(lines)
    return line if line.cell_length <= width else Content("\n").join(lines)


def playing(player: Player) -> str:
    """Return a player in a sentence: `Player 1, the manager`, or `Player 2 (Other person)` where a title is no noun."""
    title = safe_line(player.role).plain
    return f"Player {player.number}" + (f", the {title.lower()}" if _is_word(title) else f" ({title})")


def _is_word(title: str) -> bool:
    return title.istitle() and " " not in title


def said(shown: CardsView, deck: Deck, key_of: KeyOf, *, turned: bool) -> tuple[Content, bool]:
    """Return what to do now, and whether that is to be seen from afar. `turned`: the turn has been shown."""
    words, loud = "", False
    if shown.face is None:
        group = safe_line(shown.group).plain
        words = f"Read this out. {key_of('draw')} draws the first card of {group}"
    elif shown.over:
        words, loud = _time(shown, deck), True
    elif shown.halfway and shown.face.has_turn and not turned:
        words, loud = f"Halfway: {key_of('turn')} shows the turn", True
    elif shown.timer is None and deck.minutes is not None:
        words = f"{key_of('timer')} starts the round of {length_words(deck.minutes)}"
    elif shown.timer is not None and shown.face.has_turn:
        half = countdown(Duration(shown.timer.length // 2))
        words = "The turn has been shown" if turned else f"The turn comes at {half}"
    return Content(words), loud


def _time(shown: CardsView, deck: Deck) -> str:
    """Say who speaks now: the observer to whoever plays the first role, for that is the one who practises."""
    first = deck.roles[0].title if deck.roles else ""
    if first and _is_word(first):
        return f"Time. Observer to the {safe_line(first).plain.lower()} first."
    playing_it = next((one.number for one in shown.players if one.role == first), None)
    if playing_it:
        return f"Time. Observer to Player {playing_it} first."
    return "Time. The observer first." if shown.face and shown.face.has_signs else "Time."


def foot(others: Sequence[Round], turned: frozenset[tuple[str, int]]) -> str:
    """Return the rounds of the other groups, the one that ends first at the beginning."""
    parts = []
    for one in others:
        name = safe_line(one.group, LONGEST_NAME).plain
        due = ", turn" if one.turn_due and (one.group, one.number) not in turned else ""
        parts.append(f"{name} time" if one.over else f"{name} {countdown(one.left)}{due}")
    return " · ".join(parts)
