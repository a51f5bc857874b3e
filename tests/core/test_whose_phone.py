"""Whose a phone is: one person's at a time, of whom each has so many, until they leave or are signed out."""

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.apply import apply, fold
from pmworkshop.core.decide import decide
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.joining import MOST_PHONES
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.units import Instant

Then = Callable[..., Cohort]
Refused = Callable[..., str]

NOW, LATER = Instant(1_800_000_000_000), Instant(1_800_000_060_000)
ANNA, BORIS, CHLOE, NEW = (ParticipantId(name) for name in ("anna", "boris", "chloe", "new"))
laws = settings(deadline=None, database=None, max_examples=300)


def phone(number: int) -> str:
    return f"{number:064}"


def link(participant: ParticipantId, number: int = 1) -> c.LinkPhone:
    return c.LinkPhone(participant=participant, device=phone(number), way="code")


def join(name: str, number: int = 1) -> c.JoinRoom:
    return c.JoinRoom(participant=NEW, name=name, device=phone(number))


def add(*people: ParticipantId) -> c.AddParticipants:
    return c.AddParticipants(people=tuple((one, Person(name=one.title())) for one in people), doubles="add")


@pytest.fixture
def state(then: Then) -> Cohort:
    return then(nobody(), c.CreateCohort(name="spring"), add(ANNA, BORIS, CHLOE))


def test_a_phone_is_one_person_s_at_a_time(state: Cohort, then: Then) -> None:
    """Handed on and joined with another name, it is the second's from then on; the first one's other phones stay."""
    passed_on = then(state, join("Boris"), link(BORIS, 2), join("Anna"))
    assert passed_on.phones == {phone(2): BORIS, phone(1): ANNA}
    assert set(passed_on.joined) == {ANNA, BORIS}
    assert decide(passed_on, link(ANNA), NOW) == ()


@pytest.mark.parametrize(
    "command", [c.SignPhonesOut(participant=BORIS), c.RemoveParticipant(participant=BORIS)]
)
def test_all_phones_of_somebody_are_let_go(state: Cohort, then: Then, command: c.Command) -> None:
    """Signed out by the trainer, or taken off the register: none of their phones is in any longer, and all others are."""
    joined = then(state, link(BORIS, 1), link(ANNA, 2), link(BORIS, 3))
    assert then(joined, command).phones == {phone(2): ANNA}


def test_leaving_is_for_one_phone(state: Cohort, then: Then) -> None:
    """The other phones of the same person stay; a phone that is nobody's leaves without a trace."""
    joined = then(state, link(BORIS, 1), link(BORIS, 2))
    left = then(joined, c.LeaveRoom(device=phone(1)))
    assert left.phones == {phone(2): BORIS}
    assert decide(left, c.LeaveRoom(device=phone(1)), NOW) == ()


def test_when_somebody_was_in_first_is_kept(state: Cohort, then: Then) -> None:
    """Their later phones do not change it, nor does coming back after signing out."""
    joined = then(then(state, link(BORIS)), link(BORIS, 2), link(ANNA, 3), now=LATER)
    assert joined.joined == {BORIS: NOW, ANNA: LATER}
    back = then(joined, c.SignPhonesOut(participant=BORIS), link(BORIS, 4), now=LATER)
    assert back.joined[BORIS] == NOW


def test_nobody_joins_as_somebody_who_is_not_there(state: Cohort, refused: Refused) -> None:
    """A person taken off the register has no phones to link or to sign out."""
    for command in (link(NEW), c.SignPhonesOut(participant=NEW)):
        assert refused(state, command) == "That person is not on the register."


def test_the_oldest_of_too_many_phones_is_let_go(state: Cohort, then: Then) -> None:
    """Somebody has ten at most, whatever others have. A phone that came back from somebody else counts as new again."""
    others = [link(ANNA, number) for number in range(50, 50 + MOST_PHONES)]
    full = then(state, *others, *(link(BORIS, number) for number in range(MOST_PHONES)))
    assert len(full.phones) == 2 * MOST_PHONES
    one_more = then(full, link(BORIS, 20))
    assert list(one_more.phones)[MOST_PHONES:] == [phone(number) for number in (*range(1, MOST_PHONES), 20)]
    assert [one for one in one_more.phones if one_more.phones[one] == ANNA] == list(full.phones)[:MOST_PHONES]
    back = then(full, link(CHLOE, 0), link(BORIS, 20), link(BORIS, 0))
    mine = [one for one, who in back.phones.items() if who == BORIS]
    assert mine == [phone(number) for number in (*range(2, MOST_PHONES), 20, 0)]


people = st.sampled_from([ANNA, BORIS, ParticipantId("walter")])
phones = st.integers(0, 2 * MOST_PHONES).map(phone)
links = st.builds(c.LinkPhone, participant=people, device=phones, way=st.just("code"))
goings = st.one_of(
    st.builds(c.LeaveRoom, device=phones),
    st.builds(c.SignPhonesOut, participant=people),
    st.builds(c.RemoveParticipant, participant=people),
    people.map(add),
    st.builds(c.JoinRoom, participant=people, name=people.map(str.upper), device=phones),
)
scripts = st.integers(0, 60).flatmap(
    lambda count: st.lists(links | links | links | goings, min_size=count, max_size=count)
)
MANY = [link(BORIS, number) for number in range(MOST_PHONES)]


@given(script=scripts)
@example(script=[*MANY, link(ANNA, 0), link(BORIS, 11), link(BORIS, 0), link(BORIS, 12)])
@laws
def test_phones_are_whose_the_record_says_in_its_order(script: list[c.Command]) -> None:
    """Told as a plain list of who joined last with what, and replayed at once or in parts: the same phones, in the same order."""
    start = apply(nobody(), e.CohortCreated(name="spring"), NOW)
    state, log, told = start, list[tuple[e.Event, Instant]](), list[tuple[str, str]]()
    for command in [add(ANNA, BORIS), *script]:
        decision = decide(state, command, NOW)
        for event in () if isinstance(decision, Refusal) else decision:
            state = apply(state, event, NOW)
            log.append((event, NOW))
            told = retold(told, event)
        assert list(state.phones.items()) == told
        assert set(state.phones.values()) <= set(state.participants)
    for cut in range(0, len(log) + 1, 7):
        again = fold(fold(start, log[:cut]), log[cut:])
        assert again == state
        assert list(again.phones.items()) == told


def retold(told: list[tuple[str, str]], event: e.Event) -> list[tuple[str, str]]:
    match event:
        case e.PhoneJoined():
            told = [one for one in told if one[0] != event.device]
            told.append((event.device, event.participant))
            mine = [one for one in told if one[1] == event.participant]
            return [one for one in told if one not in mine[:-MOST_PHONES]]
        case e.PhoneLeft():
            return [one for one in told if one[0] != event.device]
        case e.PhonesSignedOut() | e.ParticipantRemoved():
            return [one for one in told if one[1] != event.participant]
        case _:
            return told


def test_a_phone_of_somebody_who_was_erased_is_nobody_s(state: Cohort) -> None:
    """Where the event that brought a person in was erased, those about their phones lead to nothing."""
    strangers: list[tuple[e.Event, Instant]] = [
        (e.PhoneJoined(participant=NEW, device=phone(1), way="name"), NOW),
        (e.PhonesSignedOut(participant=NEW), NOW),
        (e.PhoneLeft(device=phone(2)), NOW),
    ]
    assert fold(state, strangers) == state
