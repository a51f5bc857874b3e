"""What may be done with cards and second timers: draw without repeats, swap roles, start, stop."""

from collections.abc import Callable
from typing import Any, Final

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.deck import Card, Deck
from pmworkshop.core.output import Draw
from pmworkshop.core.produced import hand
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.running import LONGEST_LENGTH, Decision
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import LONGEST_NAME, clean_line

OF_CARDS: Final = "cards:"
"""How the names of the timers of rounds of cards begin."""


def round_name(deck_id: str, group: str) -> str:
    """Return the name of the timer of a group's round, as the record keeps it."""
    return _name(f"{OF_CARDS}{hand(deck_id, group)}")


def fitting(deck: Deck, theme: str | None, difficulty: int | None) -> tuple[Card, ...]:
    """Return the cards of a theme and a difficulty, or of any."""
    return tuple(
        card for card in deck.cards if theme in (None, card.theme) and difficulty in (None, card.difficulty)
    )


def left(deck: Deck, draws: tuple[Draw, ...], theme: str | None, difficulty: int | None) -> tuple[Card, ...]:
    """Return the cards that fit and that a group has not had."""
    had = {draw.card.id for draw in draws}
    return tuple(card for card in fitting(deck, theme, difficulty) if card.id not in had)


def _name(text: str) -> str:
    return clean_line(text)[:LONGEST_NAME].strip()


def _draw(state: Cohort, command: c.DrawCard) -> Decision:
    group = _name(command.group)
    if not group:
        return refuse("Say which group draws.")
    draws = state.draws.get(hand(command.deck_id, group), ())
    fit = fitting(command.deck, command.theme, command.difficulty)
    fresh = left(command.deck, draws, command.theme, command.difficulty)
    if not fit:
        return refuse("No card of this deck is of that theme and difficulty.")
    if not fresh and not command.again:
        return Refusal(words=f"{group} has had every card that fits. Draw from them again?", question=True)
    card = fresh[command.chance % len(fresh)] if fresh else _longest_ago(fit, draws)
    return (e.CardDrawn(deck_id=command.deck_id, group=group, card=card),)


def _longest_ago(cards: tuple[Card, ...], draws: tuple[Draw, ...]) -> Card:
    order = [draw.card.id for draw in draws]
    return min(cards, key=lambda card: len(order) - order[::-1].index(card.id))


def _swap(state: Cohort, command: c.SwapRoles) -> Decision:
    group = _name(command.group)
    if not state.draws.get(hand(command.deck_id, group)):
        return refuse("This group has drawn no card yet.")
    return (e.RolesSwapped(deck_id=command.deck_id, group=group),)


def _start(_: Cohort, command: c.StartTimer) -> Decision:
    name = _name(command.timer)
    if not name or not 0 < command.length <= LONGEST_LENGTH:
        return refuse("A timer needs a name and a length.")
    return (e.TimerStarted(timer=name, length=command.length),)


def _stop(state: Cohort, command: c.StopTimer) -> Decision:
    name = _name(command.timer)
    return (e.TimerStopped(timer=name),) if name in state.timers else ()


RULES: dict[type, Callable[[Cohort, Any], Decision]] = {
    c.DrawCard: _draw,
    c.SwapRoles: _swap,
    c.StartTimer: _start,
    c.StopTimer: _stop,
}
