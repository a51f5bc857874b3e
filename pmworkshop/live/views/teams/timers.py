"""Second timers at one instant: those of activities and of cards by their titles, the trainer's own by their names."""

from typing import Final, Literal

from pmworkshop.core.dealing import OF_CARDS, round_name
from pmworkshop.core.state import Cohort
from pmworkshop.core.teaming import stands_still
from pmworkshop.core.units import Duration, Instant, minutes
from pmworkshop.core.value import value
from pmworkshop.live.views.activity import timer_view

NEWS: Final = minutes(10)
"""A timer that ran out longer ago is news no more."""

Kind = Literal["own", "activity", "cards"]


@value
class NamedTimer:
    """A second timer: `key` as the record has it, `name` as it is shown, `left` negative when its time is up."""

    key: str
    name: str
    kind: Kind
    left: Duration
    length: Duration
    moves: bool

    @property
    def over(self) -> bool:
        """Whether its time is up."""
        return self.left <= 0

    @property
    def news(self) -> bool:
        """Whether it runs, or ran out not long ago."""
        return self.left > -NEWS


def timers_view(state: Cohort, now: Instant) -> tuple[NamedTimer, ...]:
    """Return all second timers, the one that ends first at the beginning."""
    cards = _cards(state)
    moves = not stands_still(state)
    found = []
    for key in state.timers:
        timer = timer_view(state, key, now)
        if timer is None or (key.startswith(OF_CARDS) and key not in cards):
            continue
        exercise = state.exercise(key)
        kind: Kind = "cards" if key in cards else "activity" if exercise else "own"
        name = cards.get(key) or (exercise.title if exercise else key)
        found.append(
            NamedTimer(key=key, name=name, kind=kind, left=timer.left, length=timer.length, moves=moves)
        )
    return tuple(sorted(found, key=lambda one: one.left))


def _cards(state: Cohort) -> dict[str, str]:
    """Return the titles of the rounds of cards that belong to a group's newest card, by the timer's name."""
    names: dict[str, str] = {}
    for key, draws in state.draws.items():
        deck_id, _, group = key.partition("/")
        name = round_name(deck_id, group)
        timer = state.timers.get(name)
        if timer is not None and draws and timer.started >= draws[-1].at:
            names[name] = f"{group} · card {len(draws)}"
    return names
