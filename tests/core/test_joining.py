"""Who comes in by phone: a name is known in every spelling, is enough once only, and puts nobody in another's place."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.apply import apply
from pmworkshop.core.decide import decide
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.joining import MOST_PEOPLE, TAKEN, is_taken, of_name
from pmworkshop.core.people import Person
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.text import LONGEST_NAME
from pmworkshop.core.units import Instant, Minutes

Then = Callable[..., Cohort]
Refused = Callable[..., str]

NOW = Instant(1_800_000_000_000)
ANNA, BORIS, SAM, OTHER_SAM, NEW = (
    ParticipantId(name) for name in ("anna", "boris", "sam", "other-sam", "new")
)
laws = settings(deadline=None, database=None)
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


def phone(number: int) -> str:
    return f"{number:064}"


def join(name: str, number: int = 1, participant: ParticipantId = NEW) -> c.JoinRoom:
    return c.JoinRoom(participant=participant, name=name, device=phone(number))


def link(participant: ParticipantId, number: int = 1) -> c.LinkPhone:
    return c.LinkPhone(participant=participant, device=phone(number), way="code")


def add(*people: tuple[ParticipantId, str]) -> c.AddParticipants:
    return c.AddParticipants(people=tuple((one, Person(name=name)) for one, name in people), doubles="add")


@pytest.fixture
def state(then: Then) -> Cohort:
    people = ((ANNA, "Zoë Strauß"), (BORIS, "Boris"), (SAM, "Sam Lee"), (OTHER_SAM, "SAM LEE"))
    return then(nobody(), c.CreateCohort(name="spring"), add(*people))


# ---- by name


@pytest.mark.parametrize(
    "name",
    ["zoe STRAUSS", " Zoë\u00a0 Strauß\n", "Zoe\u0308Strauß", "\uff3aoë Strau\u017fs", "Zoë\x00 Strauß"],
)
def test_a_name_on_the_register_is_known_however_it_is_typed(state: Cohort, then: Then, name: str) -> None:
    """Case, spacing, accents and compatibility forms set aside; the register keeps its own spelling, and nobody is added."""
    joined = then(state, join(name))
    assert joined.phones == {phone(1): ANNA}
    assert joined.joined == {ANNA: NOW}
    assert joined.participants == state.participants


@given(
    name=st.text("aÀäçÉß øñ-'Ωж王ﬁＡ️👩", min_size=1, max_size=30).filter(lambda text: bool(text.strip())),
    respelt=st.sampled_from([str.upper, str.lower, str.casefold, str.swapcase]),
    form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
)
@laws
def test_whoever_is_on_the_register_is_found_in_every_spelling(
    name: str, respelt: Callable[[str], str], form: Any
) -> None:
    """However a keyboard composes and capitalises a name, it leads to the same person, and never to a second one."""
    before = apply(nobody(), e.ParticipantAdded(participant=ANNA, name=name), NOW)
    typed = f"  {unicodedata.normalize(form, respelt(name)).replace(' ', '   ')} "
    assert of_name(before, typed) == (ANNA,)


@pytest.mark.parametrize("name", ["Zoe Straus", "Boris B", "Zoë", "Борис", "👩\u200d🏫", "x" * 10_000])
def test_another_name_is_a_walk_in(state: Cohort, then: Then, name: str) -> None:
    """Who is not on the register comes onto it by joining, flagged for the trainer to look at, with nobody else changed."""
    joined = then(state, join(name))
    added = joined.participants[NEW]
    assert (added.name, added.walk_in) == (name[:LONGEST_NAME], True)
    assert joined.phones == {phone(1): NEW}
    assert {one: who for one, who in joined.participants.items() if one != NEW} == state.participants


@pytest.mark.parametrize("name", ["", " \n\t", "\x00\x1b\u202e", "\u200b \u2060", "\ud800"])
def test_a_name_that_nobody_can_see_is_none(state: Cohort, refused: Refused, name: str) -> None:
    """Nothing, spaces, control characters and characters without width are asked for again."""
    assert "Type your name" in refused(state, join(name))


# ---- a name that is taken


def handed_in(participant: ParticipantId, *members: ParticipantId) -> tuple[c.Command, ...]:
    sheet = c.SubmitOutput(
        output=OutputId("o1"),
        exercise_id="form",
        participant=participant,
        members=members,
        answers={"text": "Seen"},
        route="laptop",
        entered_by="participant",
    )
    return (c.TakeUpExercise(exercise_id="form", exercise=FORM), sheet)


WITHDRAWN = c.WithdrawOutput(output=OutputId("o1"), reason="Wrong")
TAKEN_BY: dict[str, tuple[c.Command, ...]] = {
    "in now": (join("Boris", 7),),
    "was in": (join("Boris", 7), c.LeaveRoom(device=phone(7))),
    "was signed out": (join("Boris", 7), c.SignPhonesOut(participant=BORIS)),
    "came in as another": (join("Boris", 7), link(ANNA, 7)),
    "handed in": handed_in(BORIS),
    "handed in by another for both": handed_in(ANNA, BORIS),
    "withdrawn since": (*handed_in(BORIS), WITHDRAWN),
}


@pytest.mark.parametrize("how", TAKEN_BY)
def test_a_taken_name_alone_lets_nobody_in(state: Cohort, then: Then, refused: Refused, how: str) -> None:
    """Once its owner has been in, or there is something of theirs to read, a name is a question; with a yes they are in."""
    taken = then(state, *TAKEN_BY[how])
    assert is_taken(taken, BORIS)
    for name in ("Boris", " BORIS ", "bóris"):
        assert refused(taken, join(name), question=True) == TAKEN.words
    assert then(taken, link(BORIS)).phones[phone(1)] == BORIS


def test_a_name_is_free_until_its_owner_comes(state: Cohort, then: Then) -> None:
    """What others do takes nobody's name, nor does the trainer's putting it right on the register."""
    before = then(
        state,
        join("Zoë Strauß", 7),
        *handed_in(ANNA),
        c.CorrectParticipant(participant=BORIS, person=Person(name="Boris B")),
    )
    assert not is_taken(before, BORIS)
    assert then(before, join("boris b")).phones[phone(1)] == BORIS


def test_two_of_one_name_are_asked_for(state: Cohort, then: Then, refused: Refused) -> None:
    """Which of them it is cannot be told by the name, even while neither has been in; and nobody is added as a third."""
    assert refused(state, join("sam lee"), question=True) == TAKEN.words
    assert refused(then(state, link(SAM)), join("Sam Lee", 2), question=True) == TAKEN.words
    alone = then(state, c.RemoveParticipant(participant=OTHER_SAM))
    assert then(alone, join("sam lee")).phones == {phone(1): SAM}


def test_joining_twice_on_one_phone_is_joining_once(state: Cohort, then: Then) -> None:
    """A phone that sends its name again, because nobody heard the answer, is in: as a walk-in too, and as one of two."""
    for name, who in (("Boris", BORIS), ("Walter", NEW)):
        joined = then(state, join(name))
        again = join(name.upper(), participant=ParticipantId("another"))
        assert decide(joined, again, NOW) == ()
        assert joined.phones == {phone(1): who}
    assert decide(then(state, link(SAM)), join("Sam Lee"), NOW) == ()


# ---- walk-ins


def test_a_walk_in_comes_onto_the_register_once(state: Cohort, then: Then, refused: Refused) -> None:
    """The same name from a second phone is a question, not a second person."""
    joined = then(state, join("Walter Ødegård"))
    again = join("walter ødegard", 2, ParticipantId("another"))
    assert refused(joined, again, question=True) == TAKEN.words
    assert [one.id for one in joined.participants.values() if one.walk_in] == [NEW]


@pytest.mark.parametrize("name", ["Walter", "Walter Ødegård"])
def test_correcting_a_walk_in_takes_the_flag_away(state: Cohort, then: Then, name: str) -> None:
    """Whether the trainer changes the name or lets it stand: they have looked. Looking twice leads to nothing."""
    correct = c.CorrectParticipant(participant=NEW, person=Person(name=name))
    looked_at = then(state, join("Walter"), correct)
    assert (looked_at.participants[NEW].name, looked_at.participants[NEW].walk_in) == (name, False)
    assert looked_at.phones == {phone(1): NEW}
    assert decide(looked_at, correct, NOW) == ()


def test_whoever_was_expected_is_no_walk_in(state: Cohort, then: Then) -> None:
    """Joining, by name or by code, flags nobody who was on the register before."""
    joined = then(state, join("Boris"), link(ANNA, 2))
    assert not any(one.walk_in for one in joined.participants.values())


def test_a_full_register_lets_those_in_who_are_on_it(then: Then, refused: Refused) -> None:
    """Beyond a thousand nobody is added by phone; whoever is on the register joins all the same."""
    people = tuple((ParticipantId(f"p{number}"), f"Person {number}") for number in range(MOST_PEOPLE))
    almost = then(nobody(), c.CreateCohort(name="spring"), add(*people[1:]))
    full = then(almost, join("Person 0"))
    assert len(full.participants) == MOST_PEOPLE
    assert "full" in refused(full, join("Walter", 2, ParticipantId("another")))
    assert then(full, join("person 999", 2)).phones[phone(2)] == "p999"
