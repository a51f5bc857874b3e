"""Laws of catching up: what is shown is what is done, by hand is by hand, and what is remembered of evidence is true."""

from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core.apply import apply
from pmworkshop.core.decide import decide
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import OutputId, ParticipantId, ProposalId, RecordId
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import Minutes
from pmworkshop.live.views.catching_up import wishes as wish
from pmworkshop.live.views.catching_up.evidence_left import EvidenceWatch
from pmworkshop.live.views.catching_up.wished import Wishes
from tests.core.any_commands import CENTRE, UNIT
from tests.core.test_coverage import SEEN
from tests.live.late import BREAK, DELIVERY, FEEDBACK, GOALS, HARD, REWARD, Day

FORM = Exercise(
    title="Form", kind="worksheet", about="me", privacy="evidence", minutes=Minutes(5), instructions="Go.",
    criteria=("1.2",), items=(Item(id="why", kind="short", text="Why?"),), repeatable=True,
)  # fmt: skip
WHO = tuple(ParticipantId(name) for name in ("anna", "boris", "chloe"))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("hand in"), st.sampled_from(WHO)),
        st.tuples(st.just("absent"), st.sampled_from(WHO)),
        st.tuples(st.just("present"), st.sampled_from(WHO)),
        st.tuples(st.just("remove"), st.sampled_from(WHO)),
        st.tuples(st.just("withdraw"), st.sampled_from(WHO)),
        st.tuples(st.just("observe"), st.sampled_from(WHO)),
    ),
    max_size=12,
)


def meant(what: str, who: ParticipantId, number: int) -> c.Command:
    if what == "hand in":
        return c.SubmitOutput(
            output=OutputId(f"{who}-{number}"), exercise_id="form", participant=who, answers={"why": "so"},
            route="phone", entered_by="participant",
        )  # fmt: skip
    if what == "withdraw":
        return c.WithdrawOutput(output=OutputId(f"{who}-{number - 1}"), reason="twice")
    if what == "observe":
        return c.KeepRecord(record=RecordId(f"r{number}"), participant=who, particulars=SEEN)
    if what == "remove":
        return c.RemoveParticipant(participant=who)
    arrival: Literal["absent", "present"] = "absent" if what == "absent" else "present"
    return c.MarkAttendance(delivery=DELIVERY, participant=who, arrival=arrival)


@given(steps)
def test_what_is_remembered_of_evidence_is_what_looking_afresh_says(
    done: list[tuple[str, ParticipantId]],
) -> None:
    """Whatever happens to outputs and register, the watch that remembers answers as one that was never asked before."""
    day, watch = Day(), EvidenceWatch()
    assert watch.lacking(day.state, day.delivery) == ()
    day.do(c.AddParticipants(people=tuple((who, Person(name=who)) for who in WHO)))
    assert watch.lacking(day.state, day.delivery) == (), "without a unit there is nothing to lack"
    day.do(c.TakeUpExercise(exercise_id="form", exercise=FORM, unit=UNIT, centre=CENTRE))
    day.do(c.OpenActivity(exercise_id="form"))
    for number, (what, who) in enumerate(done):
        decision = decide(day.state, meant(what, who, number), day.now)
        for event in () if isinstance(decision, Refusal) else decision:
            day.state = apply(day.state, event, day.now)
        found = watch.lacking(day.state, day.delivery)
        assert found == EvidenceWatch().lacking(day.state, day.delivery)
        here = [one for one in WHO if one in day.state.participants]
        assert all(lack.people <= len(here) for lack in found)


late = st.integers(0, 60)
wishes = st.builds(
    Wishes,
    target=st.sampled_from(["next", "end"]),
    sliding=st.frozensets(st.sampled_from([BREAK, REWARD])),
    dropped=st.frozensets(st.sampled_from([FEEDBACK, BREAK, REWARD, HARD])),
    by_hand=st.none()
    | st.dictionaries(st.sampled_from([GOALS, FEEDBACK, BREAK, HARD]), st.integers(-60, 60)),
)


@given(late, st.integers(0, 4), wishes)
def test_what_is_shown_is_what_is_done(minute: int, on: int, wished: Wishes) -> None:
    """Once accepted, every segment starts when, and is as long as, the screen said; and taking back restores all."""
    day = Day().at(minute, on=on)
    state, view = day.state, day.look(wished)
    if not view.anything:
        return
    day.accept(view)
    lines = {row.segment: row for row in day.look().rows}
    for row in view.rows:
        if row.left_out:
            assert row.segment not in lines
        else:
            then = lines[row.segment]
            assert (then.starts, then.minutes) == (row.then, row.then_minutes)
            assert row.then_minutes == row.minutes + row.change or row.current
    day.do(c.UndoProposal(delivery=DELIVERY, proposal=ProposalId("p")))
    assert day.state == state


@given(late, st.integers(0, 4), st.lists(st.tuples(st.integers(0, 6), st.integers(-9, 9)), max_size=8))
def test_by_hand_is_by_hand(minute: int, on: int, keys: list[tuple[int, int]]) -> None:
    """A key changes one segment by its minute and no other; nothing goes below what is left."""
    day = Day().at(minute, on=on)
    wished = Wishes()
    for at, by in keys:
        before = day.look(wished)
        row = before.rows[at % len(before.rows)]
        after = wish.by_hand(before, wished, row, by)
        if isinstance(after, Refusal):
            assert not by or row.change in (row.lowest, row.highest)
            continue
        wished = after
        changed = {one.segment: one.change for one in day.look(wished).rows}
        assert changed.pop(row.segment) == min(max(row.change + by, row.lowest), row.highest)
        assert changed == {one.segment: one.change for one in before.rows if one.segment != row.segment}
    day.at(minute + 3)
    view = day.look(wished)
    if view.anything:
        day.accept(view)
