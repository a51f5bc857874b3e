"""One person leaves the record: what was theirs alone goes, what others made with them stays, and the rest is as it was."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.apply import apply, fold
from pmworkshop.core.decide import decide
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.theirs import WHO, Known, Log, Logged, erasure, everybody, named
from tests.core.any_commands import COMMANDS, EXERCISES, MORNING, OPENING, TAKEN_UP, instants
from tests.golden import make_journal

Refused = Callable[..., str]
ANNA, BO, JON = (ParticipantId(name) for name in ("anna", "bo", "jon"))
laws = settings(deadline=None, database=None, max_examples=150)


def written(*script: Any) -> tuple[Log, Cohort]:
    """Return the record that these commands lead to, refused ones left out, and its state."""
    log: list[Logged] = []
    state = nobody()
    for step in script:
        command, now = step if isinstance(step, tuple) else (step, MORNING)
        decision = decide(state, command, now)
        for event in () if isinstance(decision, Refusal) else decision:
            state = apply(state, event, now)
            log.append(Logged(seq=len(log) + 1, at=now, event=event))
    return log, state


def folded(log: Log) -> Cohort:
    return fold(nobody(), ((one.event, one.at) for one in log))


def erased(log: Log, known: Known) -> tuple[Cohort, Cohort, Log]:
    """Return the state with the erasing told but nothing emptied, the one with all emptied, and what is left."""
    state, plan = folded(log), erasure(log, known)
    first, *also = known.people
    command = c.EraseParticipant(
        participant=first, also=tuple(also), events=len(plan.seqs), phones=plan.phones
    )
    decision = decide(state, command, MORNING)
    assert not isinstance(decision, Refusal), decision
    told = [*log, *(Logged(seq=len(log) + n, at=MORNING, event=one) for n, one in enumerate(decision, 1))]
    left = [one for one in told if one.seq not in plan.seqs]
    return folded(told), folded(left), left


def sheet(
    output: str, by: ParticipantId, *members: ParticipantId, form: str = "form", **answers: Any
) -> c.SubmitOutput:
    return c.SubmitOutput(
        output=OutputId(output),
        exercise_id=form,
        participant=by,
        members=members,
        answers=answers,
        route="phone",
        entered_by="participant",
        with_gaps=True,
    )


FORM, STORM = (replace(EXERCISES[name][0], filled_by="group") for name in ("form", "storm"))
STORM = replace(STORM, items=(replace(STORM.items[2], when=None),))
DAY = (
    c.CreateCohort(name="spring"),
    c.AddParticipants(people=((ANNA, Person(name="Anna Berg", organisation="Ærø")), (BO, Person(name="Bo")))),
    c.TakeUpExercise(exercise_id="form", exercise=FORM),
    c.TakeUpExercise(exercise_id="storm", exercise=STORM),
    c.OpenActivity(exercise_id="form"),
    c.OpenActivity(exercise_id="storm"),
    c.JoinRoom(participant=BO, name="Bo", device="1" * 64),
    c.LinkPhone(participant=ANNA, device="1" * 64, way="code"),
    c.JoinRoom(participant=JON, name="A. Berg", device="2" * 64),
    sheet("pair", JON, BO, who="TM1"),
    sheet("hers", ANNA, form="storm", why=["Free lunch", "Thanks"]),
    sheet("his", BO, form="storm", why=["Thanks"]),
    c.SortIdea(exercise_id="storm", idea="Free lunch", category="thanks"),
    c.PlaceDots(exercise_id="storm", voter=BO, ideas=("Free lunch", "Thanks")),
    c.PlaceDots(exercise_id="storm", voter=ANNA, ideas=("Thanks",)),
    c.MergeWalkIn(walk_in=JON, into=ANNA),
)


def test_she_is_gone_and_what_is_his_stays() -> None:
    """Her entry, sheet, phones, votes and ideas go, with those of the walk-in who was she; what Bo made with her stays his."""
    log, _ = written(*DAY)
    (known,) = named(log, "ANNA berg")
    assert known.people == (ANNA, JON)
    assert known.names == ("A. Berg", "Anna Berg")
    _, state, left = erased(log, known)
    assert set(state.participants) == {BO}
    assert set(state.outputs) == {"pair", "his"}
    assert state.outputs[OutputId("pair")].people == (ANNA, BO)
    assert state.erased == {ANNA, JON}
    assert state.phones == {}
    assert state.boards["storm"].dots == {BO: ("thanks",)}
    assert not state.boards["storm"].sorted
    assert "lunch" not in repr([one.event for one in left])
    assert "Berg" not in repr([one.event for one in left])


def test_what_two_had_together_goes_with_the_second() -> None:
    """Once everybody who made it is erased, nobody is left whose evidence it would be."""
    log, _ = written(*DAY)
    _, _, left = erased(log, named(log, "Anna Berg")[0])
    (bo,) = named(left, "Bo")
    _, state, left = erased(left, bo)
    assert not state.participants
    assert not state.outputs
    assert everybody(left) == ()


def test_she_is_found_by_earlier_names_and_after_she_was_taken_off() -> None:
    """Whoever was corrected or removed is still in the record's past, and can be erased from it."""
    log, _ = written(
        *DAY,
        c.CorrectParticipant(participant=ANNA, person=Person(name="Anna Lund")),
        c.RemoveParticipant(participant=ANNA),
    )
    for text in ("Anna Berg", "anna lund", "a. berg", "anna", "jon"):
        (known,) = named(log, text)
        assert (known.name, known.on_register) == ("Anna Lund", False)
    assert named(log, "nobody") == ()
    assert named(log, " ") == ()


def test_two_of_one_name_are_both_found() -> None:
    """The register may hold two of one name; it is not for the program to choose."""
    twice = c.AddParticipants(people=((JON, Person(name="anna  berg")),), doubles="add")
    assert [one.people for one in named(written(*DAY[:2], twice)[0], "Anna Berg")] == [(ANNA,), (JON,)]


def test_erasing_twice_says_nothing_new(refused: Refused) -> None:
    """What was told is not told again; a person of whom there is nothing cannot be erased."""
    log, state = written(*DAY)
    told, *_ = erased(log, named(log, "Anna Berg")[0])
    assert decide(told, c.EraseParticipant(participant=ANNA, also=(JON,), events=9), MORNING) == ()
    assert "nothing of that person" in refused(state, c.EraseParticipant(participant=ANNA, events=0))


@st.composite
def records(draw: st.DrawFn) -> Log:
    opening = draw(
        st.sampled_from([(*OPENING, *TAKEN_UP), tuple(command for _, command in make_journal.script()), DAY])
    )
    more = draw(st.lists(st.tuples(st.one_of(*COMMANDS.values()), instants), max_size=30))
    return written(*opening, *more)[0]


@given(data=st.data())
@laws
def test_emptying_her_events_changes_nothing_else(data: st.DataObject) -> None:
    """Whatever happened before, the state is the same whether her events are emptied or only she is said to be erased."""
    log = data.draw(records())
    people = everybody(log)
    if not people:
        return
    known = data.draw(st.sampled_from(people))
    told, state, left = erased(log, known)
    assert not state.participants.keys() & set(known.people)
    assert state.phones.items() <= told.phones.items()
    assert replace(state, phones={}) == replace(told, phones={})
    for one in left:
        if not isinstance(one.event, e.ParticipantErased | e.OutputSubmitted | e.OutputAmended):
            whose = {getattr(one.event, field, None) for field in WHO}
            assert not whose & set(known.people), one
        assert not isinstance(one.event, e.ParticipantAdded) or one.event.participant not in known.people
    assert erasure(left, known).seqs == ()
    assert named(left, known.name) == tuple(
        one for one in people if one != known and one in named(log, known.name)
    )


ABOUT = {
    ("participant", ParticipantId),
    ("into", ParticipantId),
    ("also", tuple[ParticipantId, ...]),
    ("members", tuple[ParticipantId, ...]),
    ("members", tuple[ParticipantId, ...] | None),
    ("manager", ParticipantId),
    ("groups", tuple[tuple[ParticipantId, ...], ...]),
}
"""The fields that say whose an event is; `into` and `also` never stand without `participant`, `members` never without `output`.

`groups` are everybody's, by id alone: the event stays, and the state leaves out whoever is gone.
"""


@pytest.mark.parametrize("kind", e.EVENTS.values(), ids=list(e.EVENTS))
def test_every_event_says_whose_it_is_where_erasing_looks(kind: type[Any]) -> None:
    """An event that names a person in some other field has to be taught to `theirs` before it may be recorded."""
    hints = get_type_hints(kind)
    for field in fields(kind):
        if "ParticipantId" in str(hints[field.name]):
            assert (field.name, hints[field.name]) in ABOUT, field.name
