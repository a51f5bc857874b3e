"""What of groups, rounds and timers the whole room is told, and when it is not told any more, on a real record."""

from collections.abc import Callable

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, GroupingId, ParticipantId, RotationId
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import MINUTE, Duration, Instant
from pmworkshop.library.kit import load_kit
from pmworkshop.live.views.now import NowView, now_view
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.places import shipped_kit

START = Instant(1_803_893_400_000)
PLAN = load_kit(shipped_kit()).sessions["session-a"]
A = DeliveryId("a")


class Day:
    """Session A on a record, with six people and a clock that is set."""

    def __init__(self, open_workshop: Callable[..., Workshop]) -> None:
        self.now = START
        self.workshop = open_workshop(clock=lambda: self.now)
        people = tuple((ParticipantId(f"p{n}"), Person(name=f"Person {n}")) for n in range(6))
        self.do(c.CreateCohort(name="spring"), c.AddParticipants(people=people))
        self.begin(A)

    def begin(self, delivery: DeliveryId) -> None:
        zone, offset = "UTC", Duration(0)
        self.do(
            c.OpenDelivery(
                delivery=delivery, session_id="session-a", session=PLAN, zone=zone, utc_offset=offset
            ),
            c.StartDelivery(delivery=delivery, zone=zone, utc_offset=offset),
        )

    def do(self, *commands: c.Command) -> None:
        for command in commands:
            outcome = self.workshop.handle(command)
            assert not isinstance(outcome, Refusal), outcome.words

    def go(self, minutes: float) -> None:
        self.now = Instant(self.now + round(minutes * MINUTE))

    def to(self, segment: str) -> None:
        """Go on until the clock is in that segment, ten minutes a segment."""
        while self.workshop.state.deliveries[A].current != segment:
            self.go(10)
            self.do(c.MoveOn(delivery=A))

    def groups(self, name: str = "g") -> None:
        self.do(c.MakeGroups(grouping=GroupingId(name), delivery=A, name=name, size=3, chance=1))

    def rounds(self) -> None:
        self.do(
            c.StartRotation(
                rotation=RotationId("r"),
                grouping=GroupingId("g"),
                delivery=A,
                title="Coaching",
                roles=("Coach", "Coachee", "Observer"),
                rounds=3,
                work=Duration(4 * MINUTE),
                feedback=Duration(2 * MINUTE),
            )
        )

    @property
    def view(self) -> NowView:
        return now_view(self.workshop.state, self.now, Duration(0))


@pytest.fixture
def day(open_workshop: Callable[..., Workshop]) -> Day:
    return Day(open_workshop)


def test_groups_are_called_out_for_their_segment(day: Day) -> None:
    """Groups are called out in the segment that they were made for, not in the next, and not again after rounds."""
    day.to("big-picture")
    day.groups()
    assert day.view.groups is not None
    day.to("best-practice")
    assert day.view.groups is None
    day.groups("g")
    day.rounds()
    assert (day.view.groups, day.view.rotation is None) == (None, False)
    day.do(c.EndRotation(rotation=RotationId("r")))
    assert (day.view.groups, day.view.rotation) == (None, None)


def test_groups_of_the_break_are_for_what_follows(day: Day) -> None:
    """Groups that were made in a break are called out in it, in the segment after it, and no longer."""
    day.to("break")
    day.groups()
    for segment, called in (
        ("break", True),
        ("behaviour-and-performance", True),
        ("developing-performance", False),
    ):
        day.to(segment)
        assert (day.view.groups is not None) is called, segment


def test_forgotten_rounds_go(day: Day) -> None:
    """Rounds whose time is up are called out until the day goes on; those that run, as long as they run; none after the end."""
    day.to("developing-performance")
    day.groups()
    day.rounds()
    day.go(5)
    day.do(c.MoveOn(delivery=A))
    assert day.view.rotation is not None
    day.go(2)
    assert day.view.rotation is None
    day.do(c.BeginRound(rotation=RotationId("r"), number=2))
    assert day.view.rotation is not None
    day.go(7)
    assert day.view.rotation is not None
    day.do(c.FinishDelivery(delivery=A))
    assert day.view.rotation is None


def test_rounds_of_another_session_are_not_called_out(day: Day) -> None:
    """What was left running in one session is not called out in the next."""
    day.to("developing-performance")
    day.groups()
    day.rounds()
    day.do(c.FinishDelivery(delivery=A))
    day.go(60)
    day.begin(DeliveryId("next"))
    assert (day.view.groups, day.view.rotation) == (None, None)


def test_timers_run_out_and_go(day: Day) -> None:
    """The trainer's own timers are called out till two minutes after their end, pauses not counted; others are not."""
    day.do(c.StartTimer(timer="Report-backs", length=Duration(5 * MINUTE)))
    day.do(c.StartTimer(timer="cards:difficult-conversations/Group 1", length=Duration(5 * MINUTE)))
    seen = []
    for minutes in (0, 4, 2.9, 0.2):
        day.go(minutes)
        seen.append([(one.name, one.over, one.moves) for one in day.view.timers])
    assert seen == [[("Report-backs", False, True)]] * 2 + [[("Report-backs", True, True)], []]
    day.do(c.StartTimer(timer="Report-backs", length=Duration(5 * MINUTE)), c.Pause(delivery=A))
    day.go(30)
    assert [(one.left, one.moves) for one in day.view.timers] == [(5 * MINUTE, False)]
