"""A signature stands under what was there when it was given, and no longer once that has changed."""

from dataclasses import replace

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.centre import Centre, Declaration
from pmworkshop.core.evidence import Covered, Particulars
from pmworkshop.core.ids import OutputId, ParticipantId, RecordId
from pmworkshop.core.people import Person
from pmworkshop.core.signing import changes, covered, holds, holds_for_centre
from pmworkshop.core.state import Cohort, nobody
from tests.core.any_commands import FORM, MORNING, UNIT
from tests.core.test_merging import Refused, Then

ANNA, BORIS = ParticipantId("anna"), ParticipantId("boris")
CENTRE = Centre(
    learner=(Declaration(id="own", text="It is my own."), Declaration(id="not-twice", text="Only here.")),
    centre=(Declaration(id="seen", text="I looked at it."),),
)
SIGN = c.SignPack(
    participant=ANNA,
    name="Anna Berg",
    agreed=("own", "not-twice"),
    ai_use="none",
    reuse="none",
    route="phone",
    entered_by="participant",
)
FOR_CENTRE = c.SignForCentre(participant=ANNA, name="Tom Trainer", agreed=("seen",))
HERS = c.SubmitOutput(
    output=OutputId("hers"),
    exercise_id="form",
    participant=ANNA,
    answers={"who": "TM1"},
    with_gaps=True,
    route="phone",
    entered_by="participant",
)
THEIRS = replace(HERS, output=OutputId("theirs"), exercise_id="each", participant=BORIS, members=(ANNA,))


@pytest.fixture
def state(then: Then) -> Cohort:
    """Anna has handed one sheet in herself, and stands on one of Boris's."""
    editions = {
        "form": FORM,
        "each": replace(FORM, filled_by="pair"),
        "own": replace(FORM, privacy="private"),
    }
    return then(
        nobody(),
        c.CreateCohort(name="spring"),
        c.AddParticipants(people=((ANNA, Person(name="Anna")), (BORIS, Person(name="Boris")))),
        *(
            c.TakeUpExercise(exercise_id=name, exercise=one, unit=UNIT, centre=CENTRE)
            for name, one in editions.items()
        ),
        *(c.OpenActivity(exercise_id=name) for name in editions),
        HERS,
        THEIRS,
        now=MORNING,
    )


def test_nobody_signs_what_they_have_not_seen(state: Cohort, then: Then, refused: Refused) -> None:
    """Whoever says what they have seen signs that or nothing."""
    seen = covered(state, ANNA)
    changed = then(state, replace(HERS, answers={"who": "TM2"}), now=MORNING)
    assert "in the meantime" in refused(changed, replace(SIGN, seen=seen))
    assert holds(then(changed, replace(SIGN, seen=covered(changed, ANNA)), now=MORNING), ANNA)


def test_signing_needs_every_sentence_a_name_and_two_statements(
    state: Cohort, then: Then, refused: Refused
) -> None:
    """Each gap is named; nothing is signed until there is none."""
    assert "Only here." in refused(state, replace(SIGN, agreed=("own",)))
    assert "name" in refused(state, replace(SIGN, name=" \t"))
    assert "AI tools" in refused(state, replace(SIGN, ai_use=" "))
    assert "earlier use" in refused(state, replace(SIGN, reuse=""))
    assert "characters" in refused(state, replace(SIGN, reuse="x" * 3_000))
    signed = then(state, SIGN, now=MORNING)
    assert holds(signed, ANNA)
    assert signed.signed[ANNA].covers == (Covered(what="hers", version=1), Covered(what="theirs", version=1))
    assert [one.text for one in signed.signed[ANNA].declarations] == ["It is my own.", "Only here."]


def test_nothing_is_signed_before_there_is_something(then: Then, refused: Refused) -> None:
    """A signature under an empty pack would say nothing."""
    empty = then(
        nobody(),
        c.CreateCohort(name="spring"),
        c.AddParticipants(people=((ANNA, Person(name="Anna")),)),
        now=MORNING,
    )
    assert "taken up" in refused(empty, SIGN)
    known = then(empty, c.TakeCentre(centre=CENTRE), now=MORNING)
    assert "nothing to sign" in refused(known, SIGN)


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (replace(HERS, answers={"who": "TM2"}), "was amended"),
        (replace(THEIRS, answers={"who": "TM1", "rated": 3}), "was amended"),
        (replace(HERS, output=OutputId("o3"), exercise_id="own"), None),
        (c.WithdrawOutput(output=OutputId("theirs"), reason="Twice"), "no longer goes in"),
        (
            c.KeepRecord(
                record=RecordId("r"),
                participant=ANNA,
                particulars=Particulars(
                    kind="observation",
                    criteria=("1.1",),
                    text="Well done.",
                    by="Tom",
                    role="Trainer",
                    day="2027-03-01",
                    place="Here",
                ),
            ),
            "was added",
        ),
        (c.TakeCentre(centre=replace(CENTRE, name="College")), None),
    ],
)
def test_what_changes_afterwards_voids_the_signature(
    state: Cohort, then: Then, after: c.Command, told: str | None
) -> None:
    """Amending, adding and taking away void both signatures and say so; what does not go in does not."""
    signed = then(state, SIGN, FOR_CENTRE, now=MORNING)
    assert holds_for_centre(signed, ANNA)
    later = then(signed, after, now=MORNING)
    words = changes(later, ANNA, later.signed[ANNA])
    assert (told is None) == (words == ())
    assert holds(later, ANNA) == holds_for_centre(later, ANNA) == (told is None)
    assert all(told in one for one in words if told)
    again = then(later, SIGN, FOR_CENTRE, now=MORNING)
    assert holds_for_centre(again, ANNA)


def test_private_answers_put_in_afterwards_void_it_too(state: Cohort, then: Then) -> None:
    """The signature says whether private answers went in; choosing otherwise changes the pack."""
    private = replace(HERS, output=OutputId("o3"), exercise_id="own")
    signed = then(state, private, SIGN, now=MORNING)
    chosen = then(signed, c.ChooseForPack(output=OutputId("o3"), participant=ANNA, on=True), now=MORNING)
    assert changes(chosen, ANNA, chosen.signed[ANNA]) == ("“Form” was added",)
    assert covered(chosen, ANNA)[-1] == Covered(what="o3", version=1, whole=True)
    back = then(chosen, c.ChooseForPack(output=OutputId("o3"), participant=ANNA, on=False), now=MORNING)
    assert holds(back, ANNA)


def test_the_centre_signs_after_the_participant(state: Cohort, then: Then, refused: Refused) -> None:
    """Not before, not over a void signature; and when the participant signs anew, the centre does too."""
    assert "has not signed" in refused(state, FOR_CENTRE)
    amended = then(state, SIGN, replace(HERS, answers={"who": "TM9"}), now=MORNING)
    assert "something changed" in refused(amended, FOR_CENTRE)
    both = then(state, SIGN, FOR_CENTRE, now=MORNING)
    assert then(both, SIGN, FOR_CENTRE, now=MORNING) == both
