"""Cards and second timers: no repeats until all are drawn, then a question, then the one drawn longest ago."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core.dealing import fitting, left
from pmworkshop.core.decide import decide
from pmworkshop.core.deck import Brief, Card, Deck, Role, Theme
from pmworkshop.core.produced import hand
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.units import HOUR, MINUTE, Duration, Instant, Minutes

Then = Callable[..., Cohort]
Refused = Callable[..., str]
laws = settings(deadline=None, database=None, max_examples=80)

NOW = Instant(1_800_000_000_000)


def card(name: str, theme: str, difficulty: int) -> Card:
    briefs = (Brief(role="manager", text="You begin."),)
    return Card(id=name, title=name, theme=theme, difficulty=difficulty, text="A talk.", briefs=briefs)


DECK = Deck(
    title="Talks",
    instructions="Draw.",
    minutes=Minutes(4),
    roles=(Role(id="manager", title="Manager"),),
    themes=(Theme(id="late", title="Late"), Theme(id="rude", title="Rude"), Theme(id="none", title="None")),
    cards=(card("l1", "late", 1), card("l2", "late", 2), card("r1", "rude", 1), card("r3", "rude", 3)),
)


@pytest.fixture(scope="session")
def state(then: Then) -> Cohort:
    return then(nobody(), c.CreateCohort(name="spring"))


def draw(group: str = "red", chance: int = 0, **keys: Any) -> c.DrawCard:
    return c.DrawCard(deck_id="talks", deck=DECK, group=group, chance=chance, **keys)


def had(state: Cohort, group: str = "red") -> list[str]:
    return [one.card.id for one in state.draws.get(hand("talks", group), ())]


@given(chances=st.lists(st.integers(-(2**70), 2**70), min_size=4, max_size=12))
@laws
def test_a_group_has_every_card_before_one_comes_again(
    state: Cohort, then: Then, refused: Refused, chances: list[int]
) -> None:
    """Whatever chance says: first each card once, then a question, then always the one drawn longest ago."""
    for chance in chances[:4]:
        state = then(state, draw(chance=chance))
    first = had(state)
    assert sorted(first) == ["l1", "l2", "r1", "r3"]
    assert "has had every card" in refused(state, draw(chance=chances[0]), question=True)
    for chance in chances[4:]:
        state = then(state, draw(chance=chance, again=True))
    assert had(state) == [first[n % 4] for n in range(len(chances))]


@given(
    draws=st.lists(
        st.tuples(
            st.sampled_from(["red", "blue"]),
            st.none() | st.sampled_from(["late", "rude"]),
            st.none() | st.sampled_from([1, 2, 3]),
            st.integers(0, 9),
        ),
        max_size=20,
    )
)
@laws
def test_a_drawn_card_fits_and_has_been_away_the_longest(state: Cohort, then: Then, draws: list[Any]) -> None:
    """Of the theme and difficulty asked for; new to the group where one is left; what other groups draw means nothing."""
    for group, theme, difficulty, chance in draws:
        before = had(state, group)
        fit = [one.id for one in fitting(DECK, theme, difficulty)]
        command = draw(group, chance, theme=theme, difficulty=difficulty, again=True)
        if not fit:
            assert isinstance(decide(state, command, NOW), Refusal)
            continue
        state = then(state, command)
        *earlier, drawn = had(state, group)
        assert earlier == before
        assert drawn in fit
        new = [one for one in fit if one not in before]
        if new:
            assert drawn in new
        else:
            since = {one: before[::-1].index(one) for one in fit}
            assert since[drawn] == max(since.values())


def test_chance_can_bring_any_card_that_is_left(state: Cohort, then: Then) -> None:
    """Each of the cards that fit comes for some chance, and none that does not fit for any."""
    assert {had(then(state, draw(chance=n)))[0] for n in range(4)} == {"l1", "l2", "r1", "r3"}
    assert {had(then(state, draw(chance=n, theme="late")))[0] for n in range(9)} == {"l1", "l2"}
    assert {had(then(state, draw(chance=n, difficulty=1)))[0] for n in range(9)} == {"l1", "r1"}
    one = then(state, draw(chance=3))
    assert {had(then(one, draw(chance=n)))[1] for n in range(9)} == {"l1", "l2", "r1"}
    assert [left_over.id for left_over in left(DECK, one.draws["talks/red"], "rude", None)] == ["r1"]


def test_where_no_card_fits_none_is_drawn(state: Cohort, refused: Refused) -> None:
    """A theme without cards, or not at that difficulty, is said plainly, also when cards may come again."""
    wanted: list[dict[str, Any]] = [
        {"theme": "none"},
        {"theme": "late", "difficulty": 3},
        {"difficulty": 9, "again": True},
    ]
    for keys in wanted:
        assert refused(state, draw(**keys)) == "No card of this deck is of that theme and difficulty."
    assert refused(state, draw(" \x00 ")) == "Say which group draws."


def test_players_swap_roles_on_the_newest_card(state: Cohort, then: Then, refused: Refused) -> None:
    """And back again; the next card begins unswapped; a group is the same with spaces around its name."""
    swap = c.SwapRoles(deck_id="talks", group=" red ")
    assert "no card" in refused(state, swap)
    state = then(state, draw(" red "), swap)
    assert [one.swapped for one in state.draws["talks/red"]] == [True]
    state = then(state, draw("red", 1), swap, swap)
    assert [one.swapped for one in state.draws["talks/red"]] == [True, False]
    assert "no card" in refused(state, c.SwapRoles(deck_id="other", group="red"))


def test_a_drawn_card_is_kept_as_it_was(state: Cohort, then: Then) -> None:
    """With the instant and a copy, so that a card taken out of the deck since is still what the group had."""
    (drawn,) = then(state, draw()).draws["talks/red"]
    assert (drawn.at, drawn.card) == (NOW, DECK.cards[0])


def test_second_timers_start_anew_and_stop(state: Cohort, then: Then, refused: Refused) -> None:
    """By name, spaces around it set aside; started again it begins anew; stopping what is not there leads to nothing."""
    start = c.StartTimer(timer=" Report-backs ", length=Duration(4 * MINUTE))
    running = then(state, start, c.StartTimer(timer="trios", length=Duration(12 * HOUR)))
    assert {name: (one.started, one.length) for name, one in running.timers.items()} == {
        "Report-backs": (NOW, 4 * MINUTE),
        "trios": (NOW, 12 * HOUR),
    }
    anew = then(running, c.StartTimer(timer="trios", length=Duration(MINUTE)))
    assert anew.timers["trios"].length == MINUTE
    assert list(then(running, c.StopTimer(timer=" Report-backs")).timers) == ["trios"]
    assert decide(running, c.StopTimer(timer="other"), NOW) == ()
    for timer, length in (("", MINUTE), (" ", MINUTE), ("x", 0), ("x", -1), ("x", 12 * HOUR + 1)):
        assert "name and a length" in refused(state, c.StartTimer(timer=timer, length=Duration(length)))
