"""What is on the table at one instant, as the desk's screen of cards shows it."""

from dataclasses import replace

from pmworkshop.core.dealing import round_name
from pmworkshop.core.deck import Card, Deck, Role, Theme
from pmworkshop.core.output import Draw, Timer
from pmworkshop.core.produced import hand
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.units import MINUTE, SECOND, Instant, minutes
from pmworkshop.live.views.cards import (
    cards_view,
    groups,
    in_order,
    newest_group,
    next_name,
    rounds,
)

TALK = Card(id="x", title="X", theme="one", text="Everybody reads this.", turn="It turns.")
DECK = Deck(
    title="Deck",
    instructions="Play.",
    minutes=None,
    roles=(Role(id="a", title="A"), Role(id="b", title="B")),
    themes=(Theme(id="one", title="One"),),
    cards=(TALK,),
)


def cohort(draws: dict[str, int], timers: dict[str, int]) -> Cohort:
    """Make a cohort of groups that drew, and of timers that were started, at so many minutes."""
    return replace(
        nobody(),
        draws={key: (Draw(at=minute(at), card=TALK),) for key, at in draws.items()},
        timers={name: Timer(started=minute(at), length=minutes(4)) for name, at in timers.items()},
    )


def minute(number: float) -> Instant:
    return Instant(round(number * MINUTE))


def test_a_timer_of_an_earlier_card_is_none_of_this_round() -> None:
    """A timer that was started before the newest card was drawn is put aside, even if nobody stopped it."""
    state = cohort({hand("d", "A"): 5, hand("d", "B"): 1}, {round_name("d", "A"): 4, round_name("d", "B"): 2})
    shown = cards_view(state, "d", DECK, "A", minute(5.5))
    assert (shown.timer, [one.group for one in shown.others], shown.changes_in) == (None, ["B"], SECOND)
    assert [one.group for one in rounds(state, "d", minute(5.5))] == ["B"]


def test_which_group_is_shown_first() -> None:
    """The group that drew or started last, Group 1 before anybody did; other decks' groups can be picked."""
    state = cohort({hand("d", "A"): 1, hand("d", "B"): 2, hand("other", "C/D"): 9}, {round_name("d", "A"): 3})
    assert newest_group(state, "d") == "A"
    assert newest_group(state, "other") == "C/D"
    assert newest_group(nobody(), "d") == "Group 1"
    assert groups(state) == ("A", "B", "C/D")


def test_how_groups_are_named_and_listed() -> None:
    """Group 2 comes before Group 10, and a new group takes the first name that is free in any spelling."""
    assert in_order(["Group 10", "b", "Group 2", "A", "Group 2"]) == ("A", "b", "Group 2", "Group 10")
    assert next_name(()) == "Group 1"
    assert next_name(("group 1", "Group  2", "Group 4")) == "Group 3"
    assert len(round_name("d", "g" * 300)) <= 200


def test_the_view_holds_nothing_for_one_pair_of_eyes() -> None:
    """What the shared picture of a group is made of names neither brief nor turn, whatever field is looked at."""
    state = cohort({hand("d", "A"): 1}, {})
    assert "It turns." not in repr(cards_view(state, "d", DECK, "A", minute(2)))
    assert cards_view(state, "d", DECK, "A", minute(2)).timer is None
