"""Handing in, amending, withdrawing: every version is kept, nothing is kept twice, and nobody's sheet is another's."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.decide import decide
from pmworkshop.core.exercise import Choice, Exercise, Item, When
from pmworkshop.core.ids import DeliveryId, OutputId, ParticipantId
from pmworkshop.core.output import Output
from pmworkshop.core.people import Person
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.producing import outputs_of, same_output
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.units import NOTHING, Instant, Minutes, TimeOfDay

Then = Callable[..., Cohort]
Refused = Callable[..., str]

NOW = Instant(1_800_000_000_000)
ANNA, BORIS, CHLOE = (ParticipantId(name) for name in ("anna", "boris", "chloe"))
FORM = Exercise(
    title="Form",
    kind="worksheet",
    about="me",
    privacy="evidence",
    minutes=Minutes(5),
    instructions="Go.",
    items=(
        Item(id="text", kind="short", text="What?"),
        Item(id="more", kind="list", text="More?", at_least=2),
    ),
)
VIEWS = (Choice(id="manager", text="Manager"), Choice(id="own", text="Own"))
AMO = replace(
    FORM,
    repeatable=True,
    named_by=("who",),
    compare="view",
    items=(
        Item(id="who", kind="code", text="Who?"),
        Item(id="view", kind="choice", text="View?", options=VIEWS),
        Item(id="text", kind="short", text="What?", required=False),
    ),
)
PLAN = Session(
    title="Morning",
    start=TimeOfDay("09:30"),
    end=TimeOfDay("10:30"),
    segments=(Segment(id=SegmentId("talk"), title="Talk"),),
)
FULL: dict[str, Any] = {"text": "Seen", "more": ["one", "two"]}


@pytest.fixture
def state(then: Then) -> Cohort:
    people = tuple((one, Person(name=one.title())) for one in (ANNA, BORIS, CHLOE))
    exercises = {"form": FORM, "sheet": replace(FORM, filled_by="group"), "amo": AMO}
    return then(
        nobody(),
        c.CreateCohort(name="spring"),
        c.AddParticipants(people=people),
        *(c.TakeUpExercise(exercise_id=key, exercise=one) for key, one in exercises.items()),
        *(c.OpenActivity(exercise_id=key) for key in exercises),
    )


def hand_in(output: str, exercise_id: str = "form", answers: Any = FULL, **keys: Any) -> c.SubmitOutput:
    wanted: dict[str, Any] = {"participant": ANNA, "route": "phone", "entered_by": "participant"}
    return c.SubmitOutput(output=OutputId(output), exercise_id=exercise_id, answers=answers, **wanted | keys)


def only(state: Cohort) -> Output:
    (output,) = state.outputs.values()
    return output


def about(who: str | None, view: str | None = "manager", text: str = "Seen") -> dict[str, Any]:
    return {"who": who, "view": view, "text": text}


# ---- handing in


def test_what_is_handed_in_is_kept_with_how_it_came(state: Cohort, then: Then) -> None:
    """The read answers, their edition, the route, who entered it, and the segment that the clock was in."""
    delivery = DeliveryId("d1")
    state = then(
        state,
        c.OpenDelivery(delivery=delivery, session_id="a", session=PLAN, zone="x", utc_offset=NOTHING),
        c.StartDelivery(delivery=delivery, zone="x", utc_offset=NOTHING),
        hand_in("o1", delivery=delivery, route="paper", entered_by="trainer", submission="s1"),
    )
    output = only(state)
    assert (output.participant, output.delivery, output.segment) == (ANNA, delivery, "talk")
    newest = output.newest
    assert (newest.at, newest.edition, newest.submission) == (NOW, 0, "s1")
    assert (newest.route, newest.entered_by) == ("paper", "trainer")
    assert dict(newest.answers) == {"text": "Seen", "more": ("one", "two")}


def test_a_second_sheet_is_a_newer_version_of_the_first(state: Cohort, then: Then) -> None:
    """An exercise that is done once has one output for each person; the older versions stay, the newest counts."""
    second = FULL | {"text": "Seen again"}
    state = then(state, hand_in("o1"), hand_in("o2", answers=second), hand_in("o3", participant=BORIS))
    assert list(state.outputs) == ["o1", "o3"]
    assert [version.answers["text"] for version in state.outputs[OutputId("o1")].versions] == [
        "Seen",
        "Seen again",
    ]
    assert state.outputs[OutputId("o1")].newest.answers["text"] == "Seen again"
    assert len(state.outputs[OutputId("o3")].versions) == 1


@pytest.mark.parametrize(
    "again",
    [
        hand_in("o2"),
        hand_in("o1", answers={"text": " Seen ", "more": "one\ntwo"}),
        hand_in("o2", answers=FULL, submission="s1"),
        hand_in("o2", submission="s2"),
    ],
)
def test_the_same_again_leads_to_nothing(state: Cohort, again: c.SubmitOutput, then: Then) -> None:
    """Unchanged answers, or the same sheet sent again, are acknowledged without an event."""
    state = then(state, hand_in("o1", submission="s1"))
    assert decide(state, again, NOW) == ()


def test_a_key_does_not_swallow_other_answers(state: Cohort, then: Then) -> None:
    """Other answers under a submission that is known are not lost: they are a newer version."""
    state = then(state, hand_in("o1", submission="s1"))
    state = then(state, hand_in("o2", answers=FULL | {"text": "Other"}, submission="s1"))
    assert [version.answers["text"] for version in only(state).versions] == ["Seen", "Other"]


def test_a_submission_is_known_only_of_the_same_person_and_exercise(state: Cohort, then: Then) -> None:
    """Two phones that count from the same number do not take each other's sheets away, nor does a second exercise."""
    state = then(
        state,
        hand_in("o1", submission="1"),
        hand_in("o2", submission="1", participant=BORIS),
        hand_in("o3", "amo", about("TM1"), submission="1"),
    )
    assert len(state.outputs) == 3


def test_a_repeatable_exercise_has_one_output_for_each_name_and_view(state: Cohort, then: Then) -> None:
    """The same name in any spelling and the same view is the same output; another name or view is another."""
    state = then(
        state,
        hand_in("o1", "amo", about("TM1")),
        hand_in("o2", "amo", about("TM2")),
        hand_in("o3", "amo", about("TM1", "own")),
        hand_in("o4", "amo", about("tm 1", text="More seen")),
        hand_in("o5", "amo", about("TM1", "own", "Own words")),
        hand_in("o6", "amo", about("TM1"), participant=BORIS),
    )
    assert {key: len(one.versions) for key, one in state.outputs.items()} == {
        "o1": 2,
        "o2": 1,
        "o3": 2,
        "o6": 1,
    }
    found = same_output(state, "amo", ANNA, {"who": "TM1", "view": "manager"})
    assert found is not None
    assert found.id == "o1"


def test_without_a_name_every_sheet_of_a_repeatable_exercise_is_a_new_one(state: Cohort, then: Then) -> None:
    """Where nothing tells one from another, none takes the place of another, unless it is amended by its own id."""
    plain = replace(FORM, repeatable=True)
    state = then(
        state, c.TakeUpExercise(exercise_id="log", exercise=plain), c.OpenActivity(exercise_id="log")
    )
    state = then(
        state, hand_in("o1", "log"), hand_in("o2", "log"), hand_in("o2", "log", FULL | {"text": "x"})
    )
    assert {key: len(one.versions) for key, one in state.outputs.items()} == {"o1": 1, "o2": 2}
    unnamed = [hand_in(f"u{n}", "amo", about(None, None), with_gaps=True) for n in range(2)]
    assert len(then(state, *unnamed).outputs) == 4


def test_gaps_are_asked_about_and_wrong_answers_refused(state: Cohort, then: Then, refused: Refused) -> None:
    """Not complete is a question, and with gaps it is taken; wrong is no, and so is a sheet with nothing on it."""
    gap = hand_in("o1", answers={"text": "Seen"})
    assert refused(state, gap, question=True) == "Not complete. Question 2: 2 are asked for."
    assert dict(only(then(state, replace(gap, with_gaps=True))).newest.answers) == {"text": "Seen"}
    wrong = hand_in("o1", answers=FULL | {"text": "x" * 300}, with_gaps=True)
    assert refused(state, wrong) == "Not handed in. Question 1: 300 characters; 200 fit. Shorten it."
    assert "no answer" in refused(state, hand_in("o1", answers={"text": " "}, with_gaps=True))


def test_what_is_wrong_is_named_by_the_question_s_number(state: Cohort, then: Then, refused: Refused) -> None:
    """Numbered as on the sheet, where what is not asked has no number; the first three, and how many more."""
    parts = tuple(Choice(id=one, text=one) for one in "ab")
    items = [
        Item(id=f"{part}{n}", kind="short", text="?", when=When(item="part", any_of=(part,)))
        for part in "ab"
        for n in range(5)
    ]
    branched = replace(FORM, items=(Item(id="part", kind="choice", text="?", options=parts), *items))
    state = then(
        state, c.TakeUpExercise(exercise_id="parts", exercise=branched), c.OpenActivity(exercise_id="parts")
    )
    words = refused(state, hand_in("o1", "parts", {"part": "b", "b0": "x"}), question=True)
    assert [words.count(f"Question {number}: ") for number in range(1, 7)] == [0, 0, 1, 1, 1, 0]
    assert words.endswith(" And 1 more.")


def test_a_scribe_hands_in_for_a_group(state: Cohort, then: Then, refused: Refused) -> None:
    """One output belongs to all of them, each named once; who is not on the register cannot be on a sheet."""
    group = hand_in("o1", "sheet", members=(BORIS, ANNA, CHLOE, BORIS))
    state = then(state, group)
    assert only(state).people == (ANNA, BORIS, CHLOE)
    assert [[one.id for one in outputs_of(state, "sheet", person)] for person in (ANNA, BORIS, CHLOE)] == [
        ["o1"]
    ] * 3
    stranger = ParticipantId("nobody")
    for command in (hand_in("o2", "sheet", members=(stranger,)), hand_in("o2", participant=stranger)):
        assert "not on the register" in refused(state, command)
    own = then(state, hand_in("o2", "sheet", participant=BORIS, answers=FULL | {"text": "Mine"}))
    assert len(own.outputs) == 2
    assert own.outputs[OutputId("o1")].newest.answers["text"] == "Seen"
    fewer = then(state, hand_in("o1", "sheet", members=(BORIS,)))
    assert only(fewer).people == (ANNA, BORIS)
    assert len(only(fewer).versions) == 2
    alone = then(state, hand_in("o3", members=(BORIS,)))
    assert alone.outputs[OutputId("o3")].people == (ANNA,)


def test_one_name_stands_for_one_output(state: Cohort, then: Then, refused: Refused) -> None:
    """An output cannot be renamed to what another one is called already."""
    state = then(state, hand_in("o1", "amo", about("TM1")), hand_in("o2", "amo", about("TM2")))
    assert "another output of that name" in refused(state, hand_in("o2", "amo", about("TM1")))


def test_nobody_amends_what_is_another_s(state: Cohort, then: Then, refused: Refused) -> None:
    """An output's id is no key to it: the person and the exercise have to be the same."""
    state = then(state, hand_in("o1"))
    changed = FULL | {"text": "Mine now"}
    assert "belongs to somebody else" in refused(state, hand_in("o1", participant=BORIS, answers=changed))
    assert "belongs to somebody else" in refused(state, hand_in("o1", "amo", about("TM1")))
    assert "not been taken up" in refused(state, hand_in("o1", "stranger"))


# ---- withdrawing


def test_a_withdrawn_output_does_not_count_until_it_is_restored(
    state: Cohort, then: Then, refused: Refused
) -> None:
    """It stays in the record with its reason; meanwhile it is nobody's, and cannot be amended."""
    withdraw = c.WithdrawOutput(output=OutputId("o1"), reason=" Handed in\nfor Boris ")
    restore = c.RestoreOutput(output=OutputId("o1"))
    state = then(state, hand_in("o1"))
    gone = then(state, withdraw)
    withdrawn = only(gone).withdrawn
    assert withdrawn is not None
    assert (withdrawn.at, withdrawn.reason) == (NOW, "Handed in for Boris")
    assert list(outputs_of(gone, "form", ANNA)) == []
    assert decide(gone, withdraw, NOW) == ()
    assert "count again before" in refused(gone, hand_in("o1", answers=FULL | {"text": "x"}))
    assert then(gone, restore) == state
    assert decide(state, restore, NOW) == ()
    assert "why" in refused(state, replace(withdraw, reason=" \x00"))
    for command in (replace(withdraw, output=OutputId("o9")), replace(restore, output=OutputId("o9"))):
        assert refused(state, command) == "That output is not in the record."


def test_an_output_whose_place_was_taken_cannot_come_back_beside_it(
    state: Cohort, then: Then, refused: Refused
) -> None:
    """A person has one output that counts in an exercise, or one for each name: restoring makes no second one."""
    away = c.WithdrawOutput(output=OutputId("o1"), reason="Wrong")
    back = c.RestoreOutput(output=OutputId("o1"))
    taken = then(state, hand_in("o1"), away, hand_in("o2"))
    assert "taken its place" in refused(taken, back)
    free = then(taken, c.WithdrawOutput(output=OutputId("o2"), reason="Wrong"), back)
    assert [one.id for one in outputs_of(free, "form", ANNA)] == ["o1"]
    named = then(state, hand_in("o1", "amo", about("TM1")), away)
    assert "taken its place" in refused(then(named, hand_in("o2", "amo", about("TM1"))), back)
    assert len(list(outputs_of(then(named, hand_in("o2", "amo", about("TM2")), back), "amo", ANNA))) == 2
