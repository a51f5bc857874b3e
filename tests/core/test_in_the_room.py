"""What is done on phones beside exercises, and said to them: seats for the cards, one's own pack, the trainer's message."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.apply import apply, fold
from pmworkshop.core.decide import decide
from pmworkshop.core.deck import Card, Deck, Role, Theme
from pmworkshop.core.exercise import Exercise, Item, Privacy
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.joining import LONGEST_MESSAGE
from pmworkshop.core.packing import goes_in
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort, Message, Seat, nobody
from pmworkshop.core.text import LONGEST_NAME, clean
from pmworkshop.core.units import Instant, Minutes

Then = Callable[..., Cohort]
Refused = Callable[..., str]

NOW = Instant(1_800_000_000_000)
ANNA, BORIS, CHLOE, NOBODY = (ParticipantId(name) for name in ("anna", "boris", "chloe", "nobody"))
O1 = OutputId("o1")
PRIVACIES: tuple[Privacy, ...] = ("evidence", "shared", "private")
laws = settings(deadline=None, database=None, max_examples=300)
FORM = Exercise(
    title="Form",
    kind="worksheet",
    about="me",
    filled_by="pair",
    privacy="evidence",
    minutes=Minutes(5),
    instructions="Go.",
    items=(Item(id="text", kind="short", text="What?"),),
)
DECK = Deck(
    title="Talks",
    instructions="Draw.",
    roles=(Role(id="manager", title="Manager"), Role(id="member", title="Team member")),
    themes=(Theme(id="late", title="Late"),),
    cards=(Card(id="c1", title="A talk", theme="late", text="You begin."),),
)


@pytest.fixture
def state(then: Then) -> Cohort:
    people = tuple((one, Person(name=one.title())) for one in (ANNA, BORIS, CHLOE))
    return then(
        nobody(),
        c.CreateCohort(name="spring"),
        c.AddParticipants(people=people),
        *(c.TakeUpExercise(exercise_id=one, exercise=replace(FORM, privacy=one)) for one in PRIVACIES),
    )


# ---- seats


def sit(who: ParticipantId, seat: int = 1, group: str = "Red", deck_id: str = "talks") -> c.TakeSeat:
    return c.TakeSeat(participant=who, deck_id=deck_id, deck=DECK, group=group, seat=seat)


def stand(who: ParticipantId) -> c.LeaveSeat:
    return c.LeaveSeat(participant=who, deck_id="talks")


def test_a_player_s_seat_is_one_person_s(state: Cohort, then: Then, refused: Refused) -> None:
    """In one group of one deck; the next group and the next deck have seats of their own, and observers need none."""
    seated = then(state, sit(ANNA))
    assert "Somebody else sits there" in refused(seated, sit(BORIS))
    assert "Somebody else sits there" in refused(seated, sit(BORIS, group="  Red\n"))
    for other in (sit(BORIS, 2), sit(BORIS, group="Blue"), sit(BORIS, deck_id="more")):
        assert len(then(seated, other).seats) == 2
    watched = then(state, *(sit(who, 0) for who in (ANNA, BORIS, CHLOE)))
    assert set(watched.seats.values()) == {Seat(group="Red", number=0)}


def test_whoever_moves_or_leaves_makes_room(state: Cohort, then: Then) -> None:
    """A person sits in one place of a deck; sitting down again where one sits, and standing up twice, lead to nothing."""
    seated = then(state, sit(ANNA))
    assert decide(seated, sit(ANNA, group=" Red "), NOW) == ()
    moved = then(seated, sit(ANNA, 2), sit(BORIS, 1))
    assert moved.seats == {
        ("talks", ANNA): Seat(group="Red", number=2),
        ("talks", BORIS): Seat(group="Red", number=1),
    }
    stood = then(seated, stand(ANNA))
    assert stood.seats == {}
    assert decide(stood, stand(ANNA), NOW) == ()
    assert then(stood, sit(BORIS)).seats == {("talks", BORIS): Seat(group="Red", number=1)}


def test_whoever_was_taken_off_the_register_keeps_no_seat(
    state: Cohort, then: Then, refused: Refused
) -> None:
    """Somebody else may sit down there; and nobody sits who is not on the register."""
    gone = then(state, sit(ANNA), c.RemoveParticipant(participant=ANNA))
    assert then(gone, sit(BORIS)).seats["talks", BORIS] == Seat(group="Red", number=1)
    assert "not on the register" in refused(gone, sit(ANNA, 2))
    sat = e.SeatTaken(participant=NOBODY, deck_id="talks", group="Red", seat=1)
    assert fold(state, [(sat, NOW)]) == state


@pytest.mark.parametrize(("group", "seat"), [("Red", -1), ("Red", 3), ("", 1), (" \x00\n", 0)])
def test_there_are_as_many_seats_as_roles(state: Cohort, refused: Refused, group: str, seat: int) -> None:
    """A seat that no role of the deck stands for, or in a group without a name, is refused."""
    assert refused(state, sit(ANNA, seat, group)) == "There is no such seat."


places = st.tuples(st.sampled_from([ANNA, BORIS, CHLOE, NOBODY]), st.integers(-1, 3))
moves = st.tuples(places, st.sampled_from(["Red", "Red ", "Blue", ""]), st.sampled_from(["talks", "more"]))


@given(script=st.lists(moves | st.sampled_from([ANNA, BORIS]), max_size=30))
@laws
def test_no_two_players_ever_share_a_seat(script: list[Any]) -> None:
    """Whoever sits down and stands up in whatever order: each seat of each group has one player at most, and it exists."""
    people = tuple((one, Person(name=one.title())) for one in (ANNA, BORIS, CHLOE))
    state = apply(nobody(), e.CohortCreated(name="spring"), NOW)
    for move in [None, *script]:
        command: c.Command = c.AddParticipants(people=people)
        if isinstance(move, str):
            command = stand(ParticipantId(move))
        elif move is not None:
            (who, seat), group, deck_id = move
            command = sit(who, seat, group, deck_id)
        decision = decide(state, command, NOW)
        for event in () if isinstance(decision, Refusal) else decision:
            state = apply(state, event, NOW)
        players = [(deck_id, seat) for (deck_id, _), seat in state.seats.items() if seat.number]
        assert len(players) == len(set(players))
        assert all(seat.group and seat.number <= len(DECK.roles) for seat in state.seats.values())


def test_a_group_s_name_is_one_clean_line(state: Cohort, then: Then) -> None:
    """It is typed on a phone: control characters go, and it is no longer than a name may be."""
    seated = then(state, sit(ANNA, group="\x1b[31m Red\u202e\nand " + "x" * 500))
    group = seated.seats["talks", ANNA].group
    assert group.startswith("[31m Red and xxx")
    assert len(group) == LONGEST_NAME


# ---- what goes into a pack


def handed_in(exercise_id: str, *members: ParticipantId, **keys: Any) -> c.SubmitOutput:
    return c.SubmitOutput(
        output=O1,
        exercise_id=exercise_id,
        participant=ANNA,
        members=members,
        answers={"text": "Seen"},
        route="laptop",
        entered_by="participant",
        **keys,
    )


def choose(who: ParticipantId, *, on: bool) -> c.ChooseForPack:
    return c.ChooseForPack(output=O1, participant=who, on=on)


def packs(state: Cohort) -> list[ParticipantId]:
    """Return whose packs the output goes into."""
    return [who for who in (ANNA, BORIS, CHLOE) if goes_in(state, state.outputs[O1], who)]


def test_evidence_always_goes_in(state: Cohort, then: Then, refused: Refused) -> None:
    """Into the pack of each whose it is, without being asked; nobody can leave it out, or need put it in."""
    done = then(state, handed_in("evidence", BORIS))
    assert packs(done) == [ANNA, BORIS]
    for on in (True, False):
        assert "always goes into your pack" in refused(done, choose(ANNA, on=on))


@pytest.mark.parametrize("privacy", ["shared", "private"])
def test_the_rest_goes_in_where_each_chose_so(state: Cohort, then: Then, privacy: str) -> None:
    """What two have produced stays out of both packs until one of them puts it into their own, and can be taken out again."""
    done = then(state, handed_in(privacy, BORIS))
    assert packs(done) == []
    assert decide(done, choose(ANNA, on=False), NOW) == ()
    chosen = then(done, choose(BORIS, on=True))
    assert packs(chosen) == [BORIS]
    assert decide(chosen, choose(BORIS, on=True), NOW) == ()
    assert packs(then(chosen, choose(ANNA, on=True), choose(BORIS, on=False))) == [ANNA]


def test_nobody_chooses_for_another(state: Cohort, then: Then, refused: Refused) -> None:
    """An output that is somebody else's, or that is not there, is not one's own to choose; nor does it go in."""
    done = then(state, handed_in("private"))
    for who, command in (
        (CHLOE, choose(CHLOE, on=True)),
        (ANNA, replace(choose(ANNA, on=True), output=OutputId("x"))),
    ):
        assert refused(done, command) == "That is not yours.", who
    left = then(state, handed_in("shared", BORIS), choose(BORIS, on=True), handed_in("shared", CHLOE))
    assert packs(left) == []
    chosen = e.PackChosen(output=OutputId("erased"), participant=ANNA, on=True)
    assert fold(state, [(chosen, NOW)]) == state


@pytest.mark.parametrize("privacy", PRIVACIES)
def test_what_was_withdrawn_goes_into_no_pack(
    state: Cohort, then: Then, refused: Refused, privacy: str
) -> None:
    """Evidence or chosen: it counts no longer, until it is restored; meanwhile there is nothing to choose."""
    done = then(state, handed_in(privacy))
    done = done if privacy == "evidence" else then(done, choose(ANNA, on=True))
    gone = then(done, c.WithdrawOutput(output=O1, reason="Wrong"))
    assert packs(gone) == []
    assert "withdrawn" in refused(gone, choose(ANNA, on=False))
    assert packs(then(gone, c.RestoreOutput(output=O1))) == [ANNA]


def test_the_newest_wording_says_what_is_evidence(state: Cohort, then: Then) -> None:
    """Amended under a wording that keeps it private, it stays out; under one that makes it evidence, it goes in."""
    done = then(state, handed_in("evidence"))
    private = then(done, c.TakeUpExercise(exercise_id="evidence", exercise=replace(FORM, privacy="private")))
    assert packs(private) == [ANNA]
    assert packs(then(private, handed_in("evidence"))) == []
    again = then(private, c.TakeUpExercise(exercise_id="evidence", exercise=FORM), handed_in("evidence"))
    assert packs(again) == [ANNA]


# ---- the trainer's message


def say(text: str) -> c.ShowMessage:
    return c.ShowMessage(text=text)


def test_a_message_stays_until_another_or_none(state: Cohort, then: Then) -> None:
    """It has the instant it was said; the same again leads to nothing, and an empty one takes it away."""
    later = Instant(NOW + 60_000)
    said = then(state, say(" Back at\nten past "))
    assert said.message == Message(at=NOW, text="Back at\nten past")
    assert decide(said, say("Back at\nten past"), later) == ()
    assert then(said, say("Now"), now=later).message == Message(at=later, text="Now")
    for empty in ("", " \n", "\x00"):
        assert then(said, say(empty)).message is None
        assert decide(state, say(empty), NOW) == ()


@given(text=st.text() | st.text(st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Lu"]), max_size=400))
@laws
def test_whatever_is_said_fits_the_projector_or_is_refused(text: str) -> None:
    """Any text is shown clean and whole, or refused with its length; an event is never longer than what fits."""
    state = apply(nobody(), e.CohortCreated(name="spring"), NOW)
    decision = decide(state, say(text), NOW)
    if isinstance(decision, Refusal):
        assert f"{len(clean(text).strip())} characters" in decision.words
        return
    after = fold(state, [(event, NOW) for event in decision])
    shown = after.message.text if after.message else ""
    assert shown == clean(text).strip()
    assert len(shown) <= LONGEST_MESSAGE


def test_a_long_message_is_refused_with_its_length(state: Cohort, then: Then, refused: Refused) -> None:
    """Three hundred characters fit, not one more; what stood there before stays."""
    assert then(state, say("x" * LONGEST_MESSAGE)).message is not None
    assert refused(state, say("x" * 301)) == "The message has 301 characters; 300 fit on the projector."
