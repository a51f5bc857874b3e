"""An exercise or a deck as its author reads it through: what is read out, every question, every card with all its sides."""

from collections.abc import Iterator
from typing import Final

from pmworkshop.core.deck import Card, Deck
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.desk.widgets.markdown import GAP, Block, markdown
from pmworkshop.desk.widgets.parts import bold, bullets, plain, quiet, section
from pmworkshop.live.views.cards import DIFFICULTY

BROKEN: Final = "The file cannot be used as it stands. What is shown is how it was before:"
DOUBTS: Final = "Worth a look:"
SEEN_BY: Final = {
    "evidence": "goes into the pack",
    "shared": "the trainer sees it",
    "private": "nobody else sees it",
    "anonymous": "kept without a name",
}
WORK: Final = {
    "each": "each for themselves",
    "pair": "one writes for a pair",
    "group": "one writes for a group",
}


def trouble_blocks(problems: tuple[str, ...], *, fit: bool) -> Iterator[Block]:
    """Yield what is wrong with the file."""
    if problems:
        yield bold(DOUBTS if fit else BROKEN)
        for words in problems:
            yield plain(words, "! ")
        yield GAP


def exercise_blocks(exercise: Exercise) -> Iterator[Block]:
    """Yield what an exercise says, from the facts to the last question."""
    facts = [
        exercise.kind,
        f"about {exercise.about}",
        f"{exercise.minutes} min",
        WORK[exercise.filled_by],
        SEEN_BY[exercise.privacy],
        f"criteria {', '.join(exercise.criteria)}" if exercise.criteria else "no criteria",
    ]
    yield quiet(" · ".join(facts))
    yield from section("Read out", markdown(exercise.instructions))
    yield from section("Participants read first", markdown(exercise.intro or ""))
    yield from section("Questions", _questions(exercise))
    yield from section("Said with every result", bullets(exercise.reading.caveats))


def _questions(exercise: Exercise) -> Iterator[Block]:
    for number, item in enumerate(exercise.items, 1):
        if item.section:
            yield bold(item.section)
        yield plain(item.text, f"{number:>2}. ")
        yield quiet(" · ".join(_particulars(item)), indent=4)


def _particulars(item: Item) -> Iterator[str]:
    yield item.kind
    if not item.required:
        yield "may be left empty"
    if item.privacy:
        yield SEEN_BY[item.privacy]
    if item.criteria:
        yield f"criteria {', '.join(item.criteria)}"
    if item.when:
        yield f"only if {item.when.item} is {' or '.join(item.when.any_of)}"
    if item.options:
        yield " / ".join(one.text for one in item.options)


def deck_blocks(deck: Deck) -> Iterator[Block]:
    """Yield what a deck says, card by card, with the sides that only one player reads."""
    facts = [
        f"{len(deck.cards)} cards",
        f"{deck.minutes} min a round" if deck.minutes else "no time for a round",
        f"criteria {', '.join(deck.criteria)}" if deck.criteria else "no criteria",
    ]
    yield quiet(" · ".join(facts))
    yield from section("Read out", markdown(deck.instructions))
    themes = {one.id: one.title for one in deck.themes}
    for card in deck.cards:
        yield from section(card.title, _card(card, deck, themes[card.theme]))


def _card(card: Card, deck: Deck, theme: str) -> Iterator[Block]:
    yield quiet(f"{theme} · {DIFFICULTY[card.difficulty]}")
    yield plain(card.text)
    titles = {one.id: one.title for one in deck.roles}
    for brief in card.briefs:
        yield plain(brief.text, f"{titles[brief.role]}: ")
    if card.turn:
        yield plain(card.turn, "The turn: ")
    yield from bullets(card.listen_for)
