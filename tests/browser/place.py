"""A real room for real browsers: the shipped kit, a real journal, a real server on loopback, a clock that can be moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pmworkshop.core import commands as c
from pmworkshop.core.events import Event
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.ids import DeliveryId, ParticipantId
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import MINUTE, Duration, Instant
from pmworkshop.desk.services import KitContents
from pmworkshop.live.codec import decode
from pmworkshop.live.views.now import NowView, now_view
from pmworkshop.live.workshop import Workshop
from pmworkshop.room.door import Where
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import journal_path, shipped_kit
from pmworkshop.wiring.record import stored_rows
from pmworkshop.wiring.room import OpenRoom, open_room

E = TypeVar("E", bound=Event)
LOCAL = "127.0.0.1"
HALF_PAST_NINE = Instant(1_803_893_400_000)  # 1 March 2027, 09:30 UTC
COHORT = "spring"


class MovedClock(Clock):
    """The real even clock from 09:30 on, that a test may move forward."""

    def __init__(self) -> None:
        super().__init__(start=HALF_PAST_NINE)
        self.ahead = 0

    def now(self) -> Instant:
        return Instant(super().now() + self.ahead)


class RoomyHouse(House):
    """The real house, in Greenwich, with the kit read once for all tests."""

    def __init__(self, data: Path, clock: Clock, kit: KitContents) -> None:
        super().__init__(data, shipped_kit(), clock)
        self._kit = kit

    def zone(self) -> tuple[str, Duration]:
        return "GMT", Duration(0)

    def kit(self) -> KitContents:
        return self._kit


class Place:
    """A cohort on disk and its room, which may be closed and opened again at the same port."""

    def __init__(self, data: Path, kit: KitContents) -> None:
        self.data, self.kit, self.clock = data, kit, MovedClock()
        self.house = RoomyHouse(data, self.clock, kit)
        workshop = self.house.open_cohort(COHORT, new=True)
        assert not isinstance(workshop, Refusal), workshop.words
        self.workshop: Workshop = workshop
        self._port = 0
        self.door = self._opened()

    def _opened(self) -> OpenRoom:
        door = open_room(self.house, self.workshop, Where(host=LOCAL, port=self._port))
        assert not isinstance(door, Refusal), door.words
        self._port = int(door.url.rpartition(":")[2])
        return door

    @property
    def url(self) -> str:
        return f"http://{LOCAL}:{self._port}"

    @property
    def code(self) -> str:
        return self.door.code

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Shut the room for a while, as when the laptop's program has ended; it opens again at the same port."""
        self.door.close()
        yield
        self.door = self._opened()

    def close(self) -> None:
        self.door.close()
        self.workshop.close()
        faults = self.data / "faults.txt"
        assert not faults.exists(), faults.read_text("utf-8")

    def do(self, *commands: c.Command) -> None:
        """Have the workshop carry out commands."""
        for command in commands:
            outcome = self.workshop.handle(command)
            assert not isinstance(outcome, Refusal), outcome.words

    def begin(self, session: str = "session-a", *, started: bool = True) -> DeliveryId:
        """Take up a session, and start it."""
        delivery, (zone, offset) = DeliveryId(session), self.house.zone()
        plan = self.kit.sessions[session]
        self.do(
            c.OpenDelivery(delivery=delivery, session_id=session, session=plan, zone=zone, utc_offset=offset)
        )
        if started:
            self.do(c.StartDelivery(delivery=delivery, zone=zone, utc_offset=offset))
        return delivery

    def set_out(self, *names: str, **made_up: Exercise) -> None:
        """Open exercises of the kit by name, and made-up ones."""
        exercises = {name: self.kit.exercises[name] for name in names}
        exercises |= {name.replace("_", "-"): one for name, one in made_up.items()}
        for name, exercise in exercises.items():
            self.do(
                c.TakeUpExercise(
                    exercise_id=name, exercise=exercise, unit=self.kit.unit, centre=self.kit.centre
                ),
                c.OpenActivity(exercise_id=name),
            )

    def wait_minutes(self, minutes: float) -> None:
        """Let time pass."""
        self.clock.ahead += round(minutes * MINUTE)

    def view(self) -> NowView:
        """Return what the core says about this very instant."""
        return now_view(self.workshop.state, self.house.now(), Duration(0))

    def recorded(self, kind: type[E]) -> list[E]:
        """Return the events of one kind that are in the journal, read from its file."""
        events = [decode(stored) for stored in stored_rows(journal_path(self.data, COHORT))]
        return [event for event in events if isinstance(event, kind)]

    def whose(self, name: str) -> ParticipantId:
        """Return who has this name."""
        return next(one.id for one in self.workshop.state.participants.values() if one.name == name)
