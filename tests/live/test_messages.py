"""What may be said to the whole room: ready-made messages fit the moment, and none stands longer than it is true."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.apply import apply
from pmworkshop.core.decide import decide
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.units import HOUR, MINUTE, Duration, Instant, Minutes, TimeOfDay, minutes
from pmworkshop.live.codec import decode, encode
from pmworkshop.live.record import Stored
from pmworkshop.live.views.messages import SAID_FOR, message_at, sayings
from pmworkshop.live.views.now import now_view

THE = DeliveryId("d")
SUMMER = Duration(HOUR)
"""Local clocks are an hour ahead of UTC."""
NINE = Instant(1_811_836_800_000)  # 1 June 2027, 08:00 UTC
PLAN = Session(
    title="Morning",
    start=TimeOfDay("09:00"),
    end=TimeOfDay("12:00"),
    segments=(
        Segment(id=SegmentId("talk"), title="Talk", minutes=Minutes(60)),
        Segment(id=SegmentId("trios"), title="Trios", minutes=Minutes(60), grouping=("trios",)),
        Segment(id=SegmentId("break"), title="Break", kind="break", minutes=Minutes(15)),
        Segment(id=SegmentId("rest"), title="Rest", minutes=Minutes(45)),
    ),
)


class Day:
    """A morning whose clock is set by hand, in minutes after nine."""

    def __init__(self) -> None:
        self.state: Cohort = nobody()
        self.minute = 0.0
        self.do(c.CreateCohort(name="spring"))
        self.do(
            c.OpenDelivery(
                delivery=THE, session_id="s", session=PLAN, resources=(), zone="BST", utc_offset=SUMMER
            )
        )

    @property
    def now(self) -> Instant:
        return Instant(NINE + round(self.minute * MINUTE))

    def do(self, command: c.Command) -> None:
        events = decide(self.state, command, self.now)
        assert not isinstance(events, Refusal), events.words
        for event in events:
            self.state = apply(self.state, event, self.now)

    def begin(self, *, moves: int = 0) -> None:
        self.do(c.StartDelivery(delivery=THE, zone="BST", utc_offset=SUMMER))
        for _ in range(moves):
            self.do(c.MoveOn(delivery=THE))

    @property
    def offered(self) -> list[str]:
        return [one.text for one in sayings(self.state, self.state.deliveries[THE], self.now)]

    @property
    def shown(self) -> str:
        words = now_view(self.state, self.now, SUMMER).message
        assert words == message_at(self.state, self.now)
        return words

    def say(self, text: str) -> None:
        """Say the ready-made message of these words."""
        found = next(
            one for one in sayings(self.state, self.state.deliveries[THE], self.now) if one.text == text
        )
        self.do(c.ShowMessage(text=found.text, until=found.until))


@pytest.fixture
def day() -> Day:
    return Day()


def test_back_at_is_when_the_break_ends_as_it_looks_now(day: Day) -> None:
    """In the room's own time; ten minutes late it is ten minutes later, and minutes given to the break count."""
    assert not any(text.startswith("Back at") for text in day.offered)
    day.begin(moves=1)
    assert day.offered[0] == "Back at 10:15"
    day.minute = 70
    assert day.offered[0] == "Back at 10:25"
    day.do(c.MoveOn(delivery=THE))
    assert day.offered[0] == "Back at 10:25"
    day.do(c.AddTime(delivery=THE, by=minutes(5)))
    assert day.offered[0] == "Back at 10:30"


def test_what_fits_the_moment_comes_first(day: Day) -> None:
    """Long before the break its end is offered last; in trios, swapping roles comes early; nothing is offered twice."""
    day.begin()
    assert day.offered[0] == "5 more minutes"
    assert day.offered[-1] == "Back at 11:15"
    day.do(c.MoveOn(delivery=THE))
    assert day.offered.index("Swap roles now") == 1
    assert len(set(day.offered)) == len(day.offered)
    day.do(c.JumpTo(delivery=THE, segment=SegmentId("rest")))
    assert not any(text.startswith("Back at") for text in day.offered)


def test_a_message_with_a_time_goes_by_itself(day: Day) -> None:
    """`Back at 10:15` stands five minutes after its time, for those who come late, and no longer; other words stay."""
    day.begin(moves=2)
    day.say("Back at 09:15")
    for minute, shown in ((15, True), (19.9, True), (20, False), (200, False)):
        day.minute = minute
        assert bool(day.shown) == shown
    day.say("Look at the front, please")
    day.minute = 1_000
    assert day.shown == "Look at the front, please"


def test_going_on_to_work_takes_it_away(day: Day) -> None:
    """Said before the break it stays into it; when work begins it goes, on the record; what has no time stays."""
    day.begin(moves=1)
    day.say("Back at 10:15")
    day.do(c.MoveOn(delivery=THE))
    assert day.shown == "Back at 10:15"
    events = decide(day.state, c.MoveOn(delivery=THE), day.now)
    assert not isinstance(events, Refusal)
    assert [type(one) for one in events] == [e.SegmentEntered, e.MessageShown]
    day.do(c.MoveOn(delivery=THE))
    assert (day.shown, day.state.message) == ("", None)
    day.do(c.ShowMessage(text="The lift is broken"))
    day.do(c.GoBack(delivery=THE))
    day.do(c.GoBack(delivery=THE))
    assert day.shown == "The lift is broken"


def test_the_same_again_later_is_said_again(day: Day) -> None:
    """`5 more minutes` said once more when the five have passed stands for another five."""
    day.begin()
    day.say("5 more minutes")
    day.minute = 5
    assert day.shown == ""
    day.say("5 more minutes")
    assert day.shown == "5 more minutes"
    day.minute = 5 + SAID_FOR / MINUTE
    assert day.shown == ""


@settings(deadline=None, database=None, max_examples=80)
@given(
    minute=st.integers(0, 400),
    moves=st.integers(0, 3),
    more=st.integers(-14, 60).filter(bool),
    later=st.integers(0, 60),
)
def test_every_ready_made_message_can_be_said(minute: int, moves: int, more: int, later: int) -> None:
    """At any point of any day each is taken as it is, lies ahead where it has a time, and comes back from the record."""
    day = Day()
    day.begin(moves=moves)
    day.minute = minute
    if not isinstance(decide(day.state, c.AddTime(delivery=THE, by=minutes(more)), day.now), Refusal):
        day.do(c.AddTime(delivery=THE, by=minutes(more)))
    for one in sayings(day.state, day.state.deliveries[THE], day.now):
        assert one.until is None or one.until > day.now
        (event,) = decide(day.state, c.ShowMessage(text=one.text, until=one.until), day.now)  # type: ignore[misc]  # no refusal
        entry = encode(event, day.now)
        assert (
            decode(
                Stored(seq=1, at=entry.at, name=entry.name, version=entry.version, body=entry.body, head=None)
            )
            == event
        )
        said = apply(day.state, event, day.now)
        assert message_at(said, day.now) == one.text
        assert message_at(said, Instant(day.now + later * MINUTE)) in ("", one.text)
