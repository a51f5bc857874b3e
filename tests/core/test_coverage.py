"""What supports a criterion, and what does not: the work of one, of several, of witnesses; counted where a number is asked for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core.coverage import Piece, coverage, standing, still_open
from pmworkshop.core.evidence import Particulars
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import OutputId, ParticipantId, RecordId
from pmworkshop.core.packing import packed_outputs
from pmworkshop.core.people import Person
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.unit import Criterion
from pmworkshop.core.units import Instant, Minutes
from tests.core.any_commands import CENTRE, MORNING, UNIT
from tests.core.test_merging import Refused, Then

ANNA, BORIS = ParticipantId("anna"), ParticipantId("boris")
FORM = Exercise(
    title="Two ways",
    kind="worksheet",
    about="me",
    privacy="private",
    minutes=Minutes(5),
    instructions="Go.",
    criteria=("1.1", "1.2"),
    items=(
        Item(id="mood", kind="short", text="Mood?", required=False),
        Item(
            id="ways",
            kind="list",
            text="Ways?",
            at_least=2,
            privacy="evidence",
            criteria=("1.1",),
            required=False,
        ),
    ),
)
SEEN = Particulars(
    kind="observation",
    criteria=("1.2",),
    text="Explained it well.",
    by="Tom",
    role="Trainer",
    day="2027-03-01",
    place="Room 4",
)


@pytest.fixture
def state(then: Then) -> Cohort:
    """Anna and Boris, and an exercise whose list of ways is evidence for 1.1 while the rest of it is private."""
    return then(
        nobody(),
        c.CreateCohort(name="spring"),
        c.AddParticipants(people=((ANNA, Person(name="Anna")), (BORIS, Person(name="Boris")))),
        *(
            c.TakeUpExercise(exercise_id=name, exercise=one, unit=UNIT, centre=CENTRE)
            for name, one in (
                ("ways", FORM),
                ("again", FORM),
                ("group", replace(FORM, filled_by="group")),
                ("pair", replace(FORM, filled_by="pair")),
            )
        ),
        now=MORNING,
    )


def sheet(
    ways: tuple[str, ...], exercise: str = "ways", *members: ParticipantId, mood: str = ""
) -> c.SubmitOutput:
    return c.SubmitOutput(
        output=OutputId(exercise),
        exercise_id=exercise,
        participant=ANNA,
        members=members,
        answers={"ways": ways, "mood": mood},
        with_gaps=True,
        route="laptop",
        entered_by="participant",
    )


def words(state: Cohort, who: ParticipantId = ANNA) -> dict[str, str]:
    return {one.criterion.id: one.words for one in coverage(state, who)}


def test_a_number_that_is_asked_for_is_counted(state: Cohort, then: Then) -> None:
    """One way of two is not yet enough; another way on another sheet is; the same way again is not."""
    once = then(state, sheet(("Dated notes",)), now=MORNING)
    assert words(once) == {"1.1": "not yet: 1 of 2", "1.2": "supports"}
    same = then(once, sheet(("dated NOTES ",), "again"), now=MORNING)
    assert words(same)["1.1"] == "not yet: 1 of 2"
    other = then(once, sheet(("Two raters",), "again"), now=MORNING)
    assert words(other)["1.1"] == "supports"
    assert words(state) == {"1.1": "not yet", "1.2": "not yet"}


def test_private_answers_support_nothing(state: Cohort, then: Then) -> None:
    """Only what its author called evidence counts, also of a sheet that its owner puts into the pack as a whole."""
    private = then(state, sheet((), mood="good"), now=MORNING)
    assert words(private) == {"1.1": "not yet", "1.2": "not yet"}
    chosen = then(private, c.ChooseForPack(output=OutputId("ways"), participant=ANNA, on=True), now=MORNING)
    assert words(chosen) == {"1.1": "not yet", "1.2": "not yet"}
    assert next(packed_outputs(chosen, ANNA)).id == "ways"


def test_group_work_is_nobodys_own(state: Cohort, then: Then) -> None:
    """What several made, or what is made for groups, never counts as one person's own, for whoever of them."""
    together = then(
        state, sheet(("one", "two"), "pair", BORIS), sheet(("three", "four"), "group"), now=MORNING
    )
    assert words(together) == {"1.1": "not yet: group work only", "1.2": "not yet: group work only"}
    assert words(together, BORIS) == words(together)
    kinds = {piece.kind for one in coverage(together, ANNA) for piece in one.pieces}
    assert kinds == {"group"}


def test_what_was_withdrawn_supports_nothing(state: Cohort, then: Then) -> None:
    """A withdrawn output and a withdrawn record are no evidence."""
    kept = c.KeepRecord(record=RecordId("r"), participant=ANNA, particulars=SEEN)
    seen = then(state, sheet(("one", "two")), kept, now=MORNING)
    assert words(seen) == {"1.1": "supports", "1.2": "supports"}
    gone = then(
        seen,
        c.WithdrawOutput(output=OutputId("ways"), reason="Not hers"),
        c.WithdrawRecord(record=RecordId("r"), reason="Somebody else"),
        now=MORNING,
    )
    assert words(gone) == {"1.1": "not yet", "1.2": "not yet"}


def test_the_trainer_may_add_a_criterion_or_take_it_out(state: Cohort, then: Then, refused: Refused) -> None:
    """With a reason, on the record; and back again."""
    done = then(state, sheet(("one", "two")), now=MORNING)
    out = c.MapCriterion(output=OutputId("ways"), criterion="1.1", on=False, reason="Copied from the slide")
    assert words(then(done, out, now=MORNING))["1.1"] == "not yet"
    back = then(done, out, replace(out, on=True, reason="Hers after all"), now=MORNING)
    assert words(back)["1.1"] == "supports"
    assert "why" in refused(done, replace(out, reason="  "))
    assert "no criterion 7.7" in refused(done, replace(out, criterion="7.7"))


def test_records_of_work_count_as_ones_own(state: Cohort, then: Then, refused: Refused) -> None:
    """An observation record supports its criteria; a witness statement needs its particulars, and a stranger."""
    kept = c.KeepRecord(record=RecordId("r"), participant=BORIS, particulars=SEEN)
    assert words(then(state, kept, now=MORNING), BORIS)["1.2"] == "supports"
    witness = replace(kept, particulars=replace(SEEN, kind="witness"))
    assert "how they know" in refused(state, witness)
    named = replace(witness, particulars=replace(witness.particulars, relation="Line manager"))
    assert "relative" in refused(state, named)
    assert words(then(state, replace(named, no_relative=True), now=MORNING), BORIS)["1.2"] == "supports"
    whole = replace(named, no_relative=True, particulars=replace(named.particulars, criteria=("1.1", "1.2")))
    assert "whole unit" in refused(state, whole)
    for lacking, told in (
        (replace(SEEN, day=" "), "a day"),
        (replace(SEEN, place=" "), "where"),
        (replace(SEEN, by=" "), "who"),
        (replace(SEEN, text=" "), "what was seen"),
    ):
        assert told in refused(state, replace(kept, particulars=lacking))


def test_what_goes_into_a_pack_names_nobody_else(state: Cohort, then: Then, refused: Refused) -> None:
    """A record or a reason that names somebody else on the register is refused, in any spelling; initials are not."""
    kept = c.KeepRecord(
        record=RecordId("r"), participant=ANNA, particulars=replace(SEEN, text="Anna led, as BORIS did not.")
    )
    assert "names Boris" in refused(state, kept)
    done = then(state, sheet(("one", "two")), now=MORNING)
    out = c.MapCriterion(output=OutputId("ways"), criterion="1.1", on=False, reason="It was Bóris's idea")
    assert "names Boris" in refused(done, out)
    assert then(done, replace(out, reason="It was B.'s idea"), now=MORNING).mapped


def test_what_would_still_support_a_criterion(state: Cohort, then: Then) -> None:
    """The exercises that serve it and that somebody has not done."""
    done = then(state, sheet(("one",)), now=MORNING)
    assert still_open(done, ANNA, "1.1") == ("Two ways",) * 3
    assert len(still_open(done, BORIS, "1.1")) == 4


pieces = st.lists(
    st.builds(
        Piece,
        source=st.sampled_from("abc"),
        kind=st.sampled_from(["individual", "group", "observation", "witness"]),
        at=st.just(Instant(1)),
        entries=st.frozensets(st.sampled_from("123456"), min_size=1, max_size=3),
    ),
    max_size=6,
)
criteria = st.builds(
    Criterion, id=st.just("1.1"), text=st.just("x"), verb=st.just("identify"), minimum=st.integers(1, 4)
)


@given(criterion=criteria, found=pieces, more=pieces)
def test_more_evidence_never_takes_support_away(
    criterion: Criterion, found: list[Piece], more: list[Piece]
) -> None:
    """Evidence only adds; its order is of no account; group work alone never supports; the words say the level."""
    before, after = standing(criterion, found), standing(criterion, [*found, *more])
    assert after.count >= before.count
    assert standing(criterion, found[::-1]).count == before.count
    assert (before.level == "supports") == before.words.startswith("supports")
    only_groups = [replace(one, kind="group") for one in found]
    assert standing(criterion, only_groups).level == "not yet"
