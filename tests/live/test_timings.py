"""How long segments took over all deliveries: what counts, what is told apart, and what never counts."""

from pathlib import Path

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.ids import ProposalId
from pmworkshop.core.moves import Move
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import MINUTE, Duration, Instant, Minutes, TimeOfDay
from pmworkshop.live.views.timings import SessionTimes, cohort_times, session_times
from pmworkshop.wiring.learning import states
from tests.wiring.taught import Room, delivered

PLAN = Session(
    title="Morning",
    start=TimeOfDay("09:30"),
    end=TimeOfDay("11:00"),
    segments=tuple(
        Segment(id=SegmentId(name), title=name.title(), at=TimeOfDay(at), minutes=None)
        for name, at in (("open", "09:30"), ("work", "09:50"), ("talk", "10:20"), ("close", "10:40"))
    ),
)


def read(data: Path) -> list[Cohort]:
    journals = sorted(data.glob("*/journal.db"))
    return list(states(journals, pytest.fail))


def times(data: Path, plan: Session = PLAN) -> SessionTimes:
    return session_times(read(data), "session-a", plan)


def of(found: SessionTimes, segment: str) -> list[tuple[str, int | None]]:
    (one,) = (one for one in found.segments if one.segment == segment)
    return [(took.standing, took.minutes) for took in one.took]


def test_pauses_and_a_late_start_are_no_part_of_what_a_segment_took(tmp_path: Path) -> None:
    """Ten minutes late, a pause of six in a segment that took 23 of the clock: it took 17, and both are told apart."""
    room = Room(tmp_path, "one")
    delivery = room.open(PLAN)
    room.wait(10)
    room.start(delivery)
    room.wait(20)
    room.do(c.MoveOn(delivery=delivery))
    room.wait(5)
    room.do(c.Pause(delivery=delivery))
    room.wait(6)
    room.do(c.Resume(delivery=delivery))
    room.wait(12)
    room.do(c.MoveOn(delivery=delivery))
    found = times(tmp_path)
    assert of(found, "open") == [("run", 20)]
    assert of(found, "work") == [("run", 17)]
    assert of(found, "talk") == [("open", 0)]
    assert of(found, "close") == [("to come", None)]
    (ran,) = found.deliveries
    assert (ran.late, ran.pauses, ran.over) == (10, 6, None)
    assert [one.counted for one in found.segments] == [(20,), (17,), (), ()]


def test_a_start_put_right_counts_as_put_right(tmp_path: Path) -> None:
    """Whoever went on eight minutes late and put it right took eight minutes less for what came before."""
    room = Room(tmp_path, "one")
    delivery = room.open(PLAN)
    room.start(delivery)
    room.wait(33)
    room.do(c.MoveOn(delivery=delivery))
    room.do(c.CorrectStart(delivery=delivery, began=Instant(room.at - 8 * MINUTE)))
    room.wait(17)
    room.do(c.MoveOn(delivery=delivery))
    found = times(tmp_path)
    assert of(found, "open") == [("run", 25)]
    assert of(found, "work") == [("run", 25)]
    (work,) = (one for one in found.segments if one.segment == "work")
    assert work.took[0].corrected


def test_what_was_not_run_to_its_end_is_told_and_never_counted(tmp_path: Path) -> None:
    """Skipped, passed over within seconds, ended in the middle, left running overnight: none of them is a length."""
    delivered(tmp_path, "skips", PLAN, {"talk": 0.3}, skipped=["work"])
    room = Room(tmp_path, "stopped", week=1)
    delivery = room.open(PLAN)
    room.start(delivery)
    room.wait(20)
    room.do(c.MoveOn(delivery=delivery))
    room.wait(11)
    room.do(c.FinishDelivery(delivery=delivery))
    delivered(tmp_path, "u-forgot", PLAN, {"close": 15 * 60}, week=2)
    found = times(tmp_path)
    assert of(found, "work") == [("skipped", None), ("ended in it", 11), ("run", 30)]
    assert of(found, "talk") == [("skipped", 0), ("skipped", None), ("run", 20)]
    assert of(found, "close")[2] == ("left running", 15 * 60)
    (work,) = (one for one in found.segments if one.segment == "work")
    assert (work.counted, work.skipped, work.median) == ((30,), 1, 30)


def test_what_was_cut_to_catch_up_says_nothing_of_its_length(tmp_path: Path) -> None:
    """A segment that was shortened on the day, or left out, is told as that, so that lateness is never learned as the plan."""
    room = Room(tmp_path, "late")
    delivery = room.open(PLAN)
    room.start(delivery)
    room.wait(28)
    room.do(
        c.AcceptProposal(
            delivery=delivery,
            proposal=ProposalId("q"),
            moves=(Move(segment=SegmentId("work"), by=Duration(-8 * MINUTE)),),
            dropped=(SegmentId("close"),),
        )
    )
    room.do(c.MoveOn(delivery=delivery))
    room.wait(21)
    room.do(c.MoveOn(delivery=delivery))
    room.wait(20)
    room.do(c.FinishDelivery(delivery=delivery))
    found = times(tmp_path)
    assert of(found, "work") == [("cut short", 21)]
    assert of(found, "talk") == [("run", 20)]
    assert of(found, "close") == [("left out", None)]
    (close,) = (one for one in found.segments if one.segment == "close")
    (work,) = (one for one in found.segments if one.segment == "work")
    assert (close.skipped, work.cut, work.counted) == (1, 1, ())


def test_rehearsals_and_demonstrations_never_count(tmp_path: Path) -> None:
    """They are counted, and nothing of them is among the figures; not even in the report of a rehearsal itself."""
    delivered(tmp_path, "real", PLAN, {"open": 22})
    delivered(tmp_path, "dry", PLAN, {"open": 50}, rehearsal=True)
    delivered(tmp_path, "shown", PLAN, {"open": 60}, demonstration=True)
    found = times(tmp_path)
    assert of(found, "open") == [("run", 22)]
    assert (found.rehearsals, found.demonstrations) == (1, 1)
    dry = next(one for one in read(tmp_path) if one.rehearsal)
    (alone,) = cohort_times(dry)
    assert (alone.deliveries, alone.segments, alone.rehearsals) == ((), alone.segments, 1)
    assert all(one.counted == () for one in alone.segments)


def test_a_copy_of_a_record_counts_once_and_the_longer_one_wins(tmp_path: Path) -> None:
    """A copied folder, made during the day, teaches nothing twice."""
    room = Room(tmp_path, "one")
    delivery = room.open(PLAN)
    room.start(delivery)
    room.wait(25)
    room.do(c.MoveOn(delivery=delivery))
    early = read(tmp_path)
    room.wait(35)
    room.do(c.MoveOn(delivery=delivery))
    for order in ([*early, *read(tmp_path)], [*read(tmp_path), *early]):
        assert of(session_times(order, "session-a", PLAN), "work") == [("run", 35)]


def test_another_plan_is_told_apart_segment_by_segment(tmp_path: Path) -> None:
    """A segment that a delivery's plan lacked has no figure from it; a plan without any of them is another session."""
    shorter = Session(
        title="Morning",
        start=TimeOfDay("09:30"),
        end=TimeOfDay("10:30"),
        segments=(
            PLAN.segments[0],
            Segment(id=SegmentId("else"), title="Else", at=TimeOfDay("09:55"), minutes=Minutes(35)),
        ),
    )
    other = Session(
        title="Other",
        start=TimeOfDay("09:30"),
        end=TimeOfDay("10:30"),
        segments=(Segment(id=SegmentId("x"), title="X"),),
    )
    delivered(tmp_path, "a", shorter, {})
    delivered(tmp_path, "b", PLAN, {}, week=1)
    delivered(tmp_path, "c", other, {}, week=2)
    found = times(tmp_path)
    assert len(found.deliveries) == 2
    assert [one.segment for one in found.segments] == ["open", "work", "talk", "close", "else"]
    assert of(found, "work") == [("not in its plan", None), ("run", 30)]
    (opening,) = (one for one in found.segments if one.segment == "open")
    assert [one.planned for one in opening.took] == [25, 20]
