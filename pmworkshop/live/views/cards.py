"""A deck in the hands of one group at one instant: the card, who plays whom, the round's time, the other groups'.

`cards_view` holds nothing but what everybody may see. What only some may see, a brief, the turn and what the
observer listens for, is asked for one by one.
"""

import re
from collections.abc import Iterable
from typing import Final

from pmworkshop.core.dealing import fitting, left, round_name
from pmworkshop.core.deck import Card, Deck, Role
from pmworkshop.core.output import Draw
from pmworkshop.core.produced import hand
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import matching
from pmworkshop.core.units import Duration, Instant
from pmworkshop.core.value import value
from pmworkshop.core.words import countdown, until_change
from pmworkshop.live.views.activity import TimerView, timer_view
from pmworkshop.live.views.teams.timers import NEWS

DIFFICULTY: Final = {1: "gentle", 2: "harder", 3: "hard"}


@value
class Player:
    """Who plays what in this round; players count from 1."""

    number: int
    role: str


@value
class Round:
    """The round of a group. `turn_due`: past half of it, and its card has a turn."""

    group: str
    number: int
    left: Duration
    turn_due: bool

    @property
    def over(self) -> bool:
        """Whether its time is up."""
        return self.left <= 0


@value
class Face:
    """The side of a card that everybody sees."""

    title: str
    theme: str
    difficulty: str
    text: str
    drawn: Instant
    has_turn: bool
    has_signs: bool


@value
class CardsView:
    """What one group has before it. `fresh` cards fit theme and difficulty, `fresh_in_all` any; neither was had.

    `changes_in` is how long until a figure changes; None while no round runs.
    """

    group: str
    number: int
    face: Face | None
    players: tuple[Player, ...]
    fresh: int
    fresh_in_all: int
    timer: TimerView | None
    others: tuple[Round, ...]
    changes_in: Duration | None

    @property
    def running(self) -> bool:
        """Whether the group's round has time left."""
        return self.timer is not None and self.timer.left > 0

    @property
    def over(self) -> bool:
        """Whether the group's round has run out of time."""
        return self.timer is not None and self.timer.left <= 0

    @property
    def halfway(self) -> bool:
        """Whether the group's round is past half of its time."""
        return self.timer is not None and self.timer.halfway


def cards_view(
    state: Cohort,
    deck_id: str,
    deck: Deck,
    group: str,
    now: Instant,
    theme: str | None = None,
    difficulty: int | None = None,
) -> CardsView:
    """Return what `group` has of a deck at `now`; it draws from `theme` and `difficulty`, or from any."""
    draws = _draws(state, deck_id, group)
    card = draws[-1].card if draws else None
    timer = _timer(state, deck_id, group, now)
    others = _others(state, deck_id, group, now)
    running = [timer.left] if timer else []
    running = [one for one in running if one > 0] or [one.left for one in others if not one.over]
    return CardsView(
        group=group,
        number=len(draws),
        face=_face(deck, card, draws[-1].at) if card else None,
        players=_players(deck, draws),
        fresh=len(left(deck, draws, theme, difficulty)),
        fresh_in_all=len(left(deck, draws, None, None)),
        timer=timer,
        others=others,
        changes_in=min(map(until_change, running)) if running else None,
    )


def brief(state: Cohort, deck_id: str, deck: Deck, group: str, number: int) -> str:
    """Return what player `number` of a group, and nobody else, may read now; nothing where there is no such brief."""
    draws = _draws(state, deck_id, group)
    roles = _roles(deck, draws)
    if not draws or not 0 < number <= len(roles):
        return ""
    return next((one.text for one in draws[-1].card.briefs if one.role == roles[number - 1].id), "")


def turn(state: Cohort, deck_id: str, group: str) -> str:
    """Return what changes halfway in a group's round; nothing where nothing does."""
    draws = _draws(state, deck_id, group)
    return (draws[-1].card.turn or "") if draws else ""


def signs(state: Cohort, deck_id: str, group: str) -> tuple[str, ...]:
    """Return what the observer of a group listens for."""
    draws = _draws(state, deck_id, group)
    return draws[-1].card.listen_for if draws else ()


def rounds(state: Cohort, deck_id: str, now: Instant) -> tuple[Round, ...]:
    """Return the rounds of all groups that have a timer, the one that ends first at the beginning."""
    found = []
    for group in _of_deck(state, deck_id):
        timer = _timer(state, deck_id, group, now)
        if timer is not None:
            draws = _draws(state, deck_id, group)
            due = timer.halfway and timer.left > 0 and bool(draws[-1].card.turn)
            found.append(Round(group=group, number=len(draws), left=timer.left, turn_due=due))
    return tuple(sorted(found, key=lambda one: one.left))


def groups(state: Cohort) -> tuple[str, ...]:
    """Return the groups that have drawn from any deck, Group 2 before Group 10."""
    return in_order(key.partition("/")[2] for key in state.draws)


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Return each name once, figures in them counted as numbers."""

    def parts(name: str) -> list[str | int]:
        return [int(one) if one.isdecimal() else one for one in re.split(r"(\d+)", name.casefold())]

    return tuple(sorted(dict.fromkeys(names), key=parts))


def newest_group(state: Cohort, deck_id: str) -> str:
    """Return the group that drew from this deck or started a round last; `Group 1` before anybody did."""

    def last(group: str) -> Instant:
        drawn = _draws(state, deck_id, group)[-1].at
        timer = state.timers.get(round_name(deck_id, group))
        return max(drawn, timer.started) if timer else drawn

    return max(reversed(_of_deck(state, deck_id)), key=last, default="Group 1")


def next_name(names: tuple[str, ...]) -> str:
    """Return a name that no group has yet, such as `Group 2`."""
    taken = {matching(name) for name in names}
    return next(name for n in range(1, len(names) + 2) if matching(name := f"Group {n}") not in taken)


def theme_rows(state: Cohort, deck_id: str, deck: Deck, group: str) -> tuple[tuple[str, str, int], ...]:
    """Return id, title and how many cards a group has left, of each theme of a deck."""
    draws = _draws(state, deck_id, group)
    return tuple((one.id, one.title, len(left(deck, draws, one.id, None))) for one in deck.themes)


def difficulty_rows(
    state: Cohort, deck_id: str, deck: Deck, group: str, theme: str | None
) -> tuple[tuple[int, str, int], ...]:
    """Return number, words and how many cards a group has left, of each difficulty that a theme has."""
    draws = _draws(state, deck_id, group)
    return tuple(
        (number, words, len(left(deck, draws, theme, number)))
        for number, words in DIFFICULTY.items()
        if fitting(deck, theme, number)
    )


def group_words(state: Cohort, deck_id: str, group: str, now: Instant) -> str:
    """Say how far a group is with a deck: `card 3, 01:12 left`."""
    number = len(_draws(state, deck_id, group))
    timer = _timer(state, deck_id, group, now)
    standing = f"card {number}" if number else "no card yet"
    if timer is None:
        return standing
    return f"{standing}, {countdown(timer.left)} left" if timer.left > 0 else f"{standing}, time"


def _draws(state: Cohort, deck_id: str, group: str) -> tuple[Draw, ...]:
    return state.draws.get(hand(deck_id, group), ())


def _of_deck(state: Cohort, deck_id: str) -> list[str]:
    start = hand(deck_id, "")
    return [key.removeprefix(start) for key, draws in state.draws.items() if key.startswith(start) and draws]


def _timer(state: Cohort, deck_id: str, group: str, now: Instant) -> TimerView | None:
    """Return the timer of the newest card's round. One that was started before the card was drawn is none of it."""
    name, draws = round_name(deck_id, group), _draws(state, deck_id, group)
    timer = state.timers.get(name)
    if timer is None or not draws or timer.started < draws[-1].at:
        return None
    return timer_view(state, name, now)


def _others(state: Cohort, deck_id: str, group: str, now: Instant) -> tuple[Round, ...]:
    return tuple(one for one in rounds(state, deck_id, now) if one.group != group and one.left > -NEWS)


def _roles(deck: Deck, draws: tuple[Draw, ...]) -> tuple[Role, ...]:
    """Return the roles in the order of the players; once they have changed, everybody plays the next one."""
    swapped = bool(draws) and draws[-1].swapped
    return (*deck.roles[1:], *deck.roles[:1]) if swapped else deck.roles


def _players(deck: Deck, draws: tuple[Draw, ...]) -> tuple[Player, ...]:
    return tuple(Player(number=number, role=role.title) for number, role in enumerate(_roles(deck, draws), 1))


def _face(deck: Deck, card: Card, drawn: Instant) -> Face:
    return Face(
        title=card.title,
        theme=next((one.title for one in deck.themes if one.id == card.theme), card.theme),
        difficulty=DIFFICULTY[card.difficulty],
        text=card.text,
        drawn=drawn,
        has_turn=bool(card.turn),
        has_signs=bool(card.listen_for),
    )
