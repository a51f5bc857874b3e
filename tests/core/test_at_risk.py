"""Evidence at risk: what people lack, what would supply it, and when that is about to be cut."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core.at_risk import Cut, Lack, at_risk, gaps, lacks, supplied
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.plan import Option, Options, Segment, SegmentId
from pmworkshop.core.state import Cohort, nobody
from tests.core.any_commands import CENTRE, MORNING, UNIT
from tests.core.test_coverage import ANNA, BORIS, FORM, sheet
from tests.core.test_merging import Then

CRITERIA = ("1.1", "1.2", "1.3")
NAMES = tuple(SegmentId(name) for name in "abcd")
CUTS: tuple[Cut, ...] = ("shortened", "past the end", "left out")
some_lacks = st.lists(st.sampled_from(CRITERIA), unique=True).map(
    lambda of: tuple(Lack(criterion=one, people=3, nothing=2) for one in of)
)
some_supplies = st.dictionaries(st.sampled_from(NAMES), st.frozensets(st.sampled_from(CRITERIA)))
some_cuts = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(CUTS))


def cohort(then: Then) -> Cohort:
    return then(
        nobody(),
        c.CreateCohort(name="spring"),
        c.AddParticipants(people=((ANNA, Person(name="Anna")), (BORIS, Person(name="Boris")))),
        c.TakeUpExercise(exercise_id="ways", exercise=FORM, unit=UNIT, centre=CENTRE),
        now=MORNING,
    )


def test_gaps_tell_nothing_from_too_little(then: Then) -> None:
    """Nothing of one's own is told from one way of the two that are asked for; what is supported is no gap."""
    state = cohort(then)
    assert gaps(state, ANNA) == {"1.1": True, "1.2": True}
    one = then(state, sheet(("Dated notes",)), now=MORNING)
    assert gaps(one, ANNA) == {"1.1": False}
    assert lacks(UNIT, [gaps(one, who) for who in (ANNA, BORIS)]) == (
        Lack(criterion="1.1", people=2, nothing=1),
        Lack(criterion="1.2", people=1, nothing=1),
    )


def test_group_work_leaves_a_gap(then: Then) -> None:
    """What several people made is nobody's own: for each of them there is still nothing."""
    pair = c.TakeUpExercise(
        exercise_id="pair", exercise=replace(FORM, filled_by="pair"), unit=UNIT, centre=CENTRE
    )
    together = then(cohort(then), pair, sheet(("one", "two"), "pair", BORIS), now=MORNING)
    assert gaps(together, ANNA) == gaps(together, BORIS) == {"1.1": True, "1.2": True}


def test_without_a_unit_or_people_nothing_is_lacking() -> None:
    """No unit, no criteria; nobody in the room, nothing lacking."""
    assert gaps(nobody(), ParticipantId("anna")) == {}
    assert lacks(None, [{"1.1": True}]) == ()
    assert lacks(UNIT, []) == ()


def test_what_a_segment_would_supply() -> None:
    """Its exercises say; one that is unknown leaves the segment's own criteria to count, and a deck brings none."""
    known = {"form": frozenset({"1.1"}), "cards": frozenset[str]()}
    segment = Segment(id=NAMES[0], title="Work", activities=("form", "cards"), criteria=("1.1", "1.2"))
    assert supplied(segment, (), known) == {"1.1"}
    assert supplied(segment, (), {"cards": frozenset()}) == {"1.1", "1.2"}
    assert supplied(Segment(id=NAMES[0], title="Talk", criteria=("1.3",)), (), known) == {"1.3"}


def test_options_count_as_far_as_they_may_be_run() -> None:
    """Of options of which one is run, any may still be where none is chosen; what is run besides must be chosen."""
    known = {"x": frozenset({"1.1"}), "y": frozenset({"1.2"})}
    ways = tuple(Option(id=name, title=name, activities=(name,)) for name in "xy")
    one = Segment(id=NAMES[0], title="Work", options=Options(choose="one", of=ways))
    besides = Segment(id=NAMES[0], title="Work", options=Options(choose="any", of=ways))
    assert supplied(one, (), known) == {"1.1", "1.2"}
    assert supplied(one, ("y",), known) == {"1.2"}
    assert supplied(besides, (), known) == frozenset()
    assert supplied(besides, ("x",), known) == {"1.1"}


@given(some_lacks, some_supplies, some_cuts)
def test_at_risk_is_what_nothing_left_whole_would_supply(
    lacking: tuple[Lack, ...],
    supplies: dict[SegmentId, frozenset[str]],
    cuts: dict[SegmentId, Cut],
) -> None:
    """A criterion is at risk just where something would supply it and all of that is cut; the worst cut is told."""
    found = {one.lack.criterion: one for one in at_risk(lacking, supplies, cuts)}
    for lack in lacking:
        of = {name for name, criteria in supplies.items() if lack.criterion in criteria}
        assert (lack.criterion in found) == (bool(of) and of <= cuts.keys())
        if lack.criterion in found:
            risk = found[lack.criterion]
            assert set(risk.segments) == of
            assert CUTS.index(risk.how) == max(CUTS.index(cuts[name]) for name in of)
    assert at_risk(lacking, supplies, {}) == ()


@given(some_lacks, some_supplies, some_cuts, st.sampled_from(NAMES), st.sampled_from(CUTS))
def test_cutting_more_never_takes_a_risk_away(
    lacking: tuple[Lack, ...],
    supplies: dict[SegmentId, frozenset[str]],
    cuts: dict[SegmentId, Cut],
    also: SegmentId,
    how: Cut,
) -> None:
    """Whatever was at risk still is when one more segment is cut."""
    before = {one.lack.criterion for one in at_risk(lacking, supplies, cuts)}
    after = {one.lack.criterion for one in at_risk(lacking, supplies, {also: how, **cuts})}
    assert before <= after
