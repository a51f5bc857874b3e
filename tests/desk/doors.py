"""A room of paper: a door as the desk knows it, to which a test brings people; and a house that opens such doors."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import Instant
from pmworkshop.desk.services import Address, RoomDoor
from pmworkshop.live.phones import Asking, Keys, Presence, device_of, room_secret
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.places import shipped_kit
from tests.desk.conftest import GreenwichHouse, HandClock, Place, Trainer


class PaperDoor:
    """A door without a network; who comes and goes is what the test says."""

    def __init__(self, workshop: Workshop, now: Callable[[], Instant]) -> None:
        self.workshop, self._now = workshop, now
        self.keys = Keys(room_secret(workshop))
        self.host, self.warned = "192.168.1.23", tuple[str, ...]()
        self.people: dict[ParticipantId, Presence] = {}
        self.callers: list[Asking] = []
        self.turned_away: list[str] = []
        self.admitted: list[tuple[str, ParticipantId]] = []
        self.closed = ""
        self.listeners: list[Callable[[], None]] = []

    @property
    def code(self) -> str:
        return self.keys.join

    @property
    def url(self) -> str:
        return f"http://{self.host}:8600"

    @property
    def join_url(self) -> str:
        return f"{self.url}/?c={self.code}"

    @property
    def screen_url(self) -> str:
        return f"http://127.0.0.1:8600/screen/{self.keys.screen}"

    @property
    def screen_link(self) -> str:
        return f"{self.url}/screen/{self.keys.screen}"

    def addresses(self) -> tuple[Address, ...]:
        return (
            Address(host="192.168.1.23", words="Wi-Fi, likely the room's"),
            Address(host="10.0.0.7", words="cable"),
        )

    def choose(self, host: str) -> None:
        self.host = host

    def warnings(self) -> tuple[str, ...]:
        return self.warned

    def presence(self) -> dict[ParticipantId, Presence]:
        return dict(self.people)

    def asking(self) -> tuple[Asking, ...]:
        return tuple(self.callers)

    def admit(self, asking: str, participant: ParticipantId) -> Refusal | None:
        outcome = self.workshop.handle(
            c.LinkPhone(participant=participant, device=device_of(asking), way="trainer")
        )
        if isinstance(outcome, Refusal):
            return outcome
        self.admitted.append((asking, participant))
        self.callers = [one for one in self.callers if one.id != asking]
        self.seen(participant)
        return None

    def turn_away(self, asking: str) -> None:
        self.turned_away.append(asking)
        self.callers = [one for one in self.callers if one.id != asking]
        self._changed()

    def recovery(self, participant: ParticipantId) -> str:
        return self.keys.recovery(self.workshop.state, participant)

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def close(self) -> None:
        """Note on which thread it was closed; the workshop must still answer then."""
        assert not self.closed, "closed twice"
        self.workshop.do(lambda record: record.drafts()).result(timeout=5)
        self.closed = threading.current_thread().name

    def join(self, name: str, device: str, new: str = "") -> None:
        """Join by name, as a phone does."""
        command = c.JoinRoom(participant=ParticipantId(new or device), device=device_of(device), name=name)
        outcome = self.workshop.handle(command)
        assert not isinstance(outcome, Refusal), outcome.words
        self.seen(self.workshop.state.phones[device_of(device)])

    def seen(self, who: ParticipantId, *, connected: bool = True) -> None:
        """Hear of somebody, or no longer."""
        self.people[who] = Presence(connected=connected, seen=self._now())
        self._changed()

    def ask(self, asking: str, name: str, *whose: ParticipantId) -> None:
        """Come to the door under a name that is taken."""
        self.callers.append(Asking(id=asking, name=name, at=self._now(), whose=whose))
        self._changed()

    def _changed(self) -> None:
        """Tell the desk from another thread, as a server does."""

        def tell() -> None:
            for listener in tuple(self.listeners):
                listener()

        thread = threading.Thread(target=tell)
        thread.start()
        thread.join()


class RoomHouse(GreenwichHouse):
    """The real house, whose rooms have paper doors and whose browser shows nothing."""

    def __init__(self, place: "RoomPlace", data: Path, kit: Path, clock: HandClock) -> None:
        super().__init__(data, kit, clock)
        self._place = place

    def open_room(self, workshop: Workshop) -> RoomDoor | Refusal:
        assert threading.current_thread() is not threading.main_thread()
        self._place.opening.wait(timeout=10)
        if self._place.refusal is not None:
            return self._place.refusal
        self._place.doors.append(PaperDoor(workshop, self.now))
        return self._place.doors[-1]

    def show_page(self, url: str) -> Refusal | None:
        assert threading.current_thread() is not threading.main_thread()
        self._place.pages.append(url)
        return self._place.no_browser


class RoomPlace(Place):
    """A place whose desks open paper doors; `opening` holds them up while it is clear."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.doors: list[PaperDoor] = []
        self.pages: list[str] = []
        self.refusal: Refusal | None = None
        self.no_browser: Refusal | None = None
        self.opening = threading.Event()
        self.opening.set()

    def house(self, kit: Path | None = None) -> RoomHouse:
        return RoomHouse(self, self.data, kit or shipped_kit(), self.clock)


PEOPLE = ("Amara Okafor", "Bronwen Pugh", "Dilip Rao")


@asynccontextmanager
async def room(
    place: RoomPlace, size: tuple[int, int] = (80, 24), *names: str
) -> AsyncIterator[tuple[Trainer, PaperDoor]]:
    """Open the desk in Session A with people on the register, called p0, p1 and so on, and the room."""
    people = tuple(
        (ParticipantId(f"p{n}"), Person(name=name, organisation=f"Firm {n}"))
        for n, name in enumerate(names or PEOPLE)
    )
    async with place.desk(size, session="session-a") as trainer:
        trainer.run.workshop.handle(c.AddParticipants(people=people, doubles="add"))
        await trainer.records("spring", *[e.ParticipantAdded] * len(people))
        await trainer.press("j")
        await trainer.on("RoomScreen")
        yield trainer, place.doors[0]
