"""A real room on this machine: a real journal in a temporary folder, a real server, phones that are HTTP clients.

Whatever a test does to it, nothing may be written to faults.txt: every room is looked at when it closes.
"""

import asyncio
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.output import Output
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.desk.services import KitContents
from pmworkshop.live.codec import decode
from pmworkshop.live.replay import replay
from pmworkshop.live.workshop import Accepted, Workshop
from pmworkshop.room.door import Where
from pmworkshop.room.server import Tls
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import journal_path, shipped_kit
from pmworkshop.wiring.record import stored_rows
from pmworkshop.wiring.room import OpenRoom, open_room
from tests.room.forms import WORDS, Fields, Page, body_of, fill
from tests.room.wire import ask_directly, is_guarded, sent

COHORT = "spring"
LOCAL = "127.0.0.1"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@cache
def _kit() -> KitContents:
    return House(Path(), shipped_kit()).kit()


class QuickHouse(House):
    """The real house; the shipped kit is read once for all tests."""

    def kit(self) -> KitContents:
        return _kit()


class RealRoom:
    """A room that is open, the trainer's hand on it, and the phones that come in."""

    def __init__(self, data: Path, tls: Tls | None = None, cohort: str = COHORT) -> None:
        self.data, self._tls, self._cohort = data, tls, cohort
        self.house = QuickHouse(data, shipped_kit())
        self.journal = journal_path(data, cohort)
        self._clients = ExitStack()
        self.workshop: Workshop
        self.door: OpenRoom
        self._port = 0
        self.begin()

    def begin(self) -> None:
        """Open the room, on the port where it was before."""
        workshop = self.house.open_cohort(self._cohort, new=not self.house.has_cohort(self._cohort))
        assert not isinstance(workshop, Refusal), workshop.words
        where = Where(host=LOCAL, port=self._port, tls=self._tls)
        door = open_room(self.house, workshop, where)
        assert not isinstance(door, Refusal), door.words
        self.workshop, self.door = workshop, door
        self._port = int(door.url.rpartition(":")[2])

    def end(self) -> None:
        """Close the room, as the trainer does; the phones keep what they have."""
        self.door.close()
        self.workshop.close()

    def close(self) -> None:
        self._clients.close()
        self.end()
        assert self.faults == ""

    @property
    def url(self) -> str:
        return self.door.url

    @property
    def code(self) -> str:
        return self.door.code

    @property
    def port(self) -> int:
        return self._port

    @property
    def faults(self) -> str:
        """What the server did not expect, if anything."""
        path = self.data / "faults.txt"
        return path.read_text("utf-8") if path.exists() else ""

    @property
    def exercises(self) -> dict[str, Exercise]:
        return dict(_kit().exercises)

    def exercise(self, name: str) -> Exercise:
        """Return an exercise as the cohort has taken it up."""
        found = self.state.exercise(name)
        assert found is not None
        return found

    @property
    def state(self) -> Cohort:
        """The cohort as its journal has it, read afresh from the file."""
        return replay(nobody(), stored_rows(self.journal))[0]

    def events(self, *kinds: type[e.Event]) -> list[e.Event]:
        """Return the events in the journal, or those of some kinds."""
        found = [decode(row) for row in stored_rows(self.journal)]
        return [one for one in found if one is not None and (not kinds or isinstance(one, kinds))]

    def outputs(self, exercise: str) -> list[Output]:
        return [one for one in self.state.outputs.values() if one.exercise_id == exercise]

    def who(self, name: str) -> ParticipantId:
        """Return the person of exactly that name."""
        (found,) = (one.id for one in self.state.participants.values() if one.name == name)
        return found

    def do(self, command: c.Command) -> Accepted:
        """Have the trainer do something."""
        outcome = self.workshop.handle(command)
        assert not isinstance(outcome, Refusal), outcome.words
        return outcome

    def open(self, *names: str) -> None:
        """Open exercises, all where none is named."""
        for name in names or _kit().exercises:
            exercise = _kit().exercises[name]
            self.do(
                c.TakeUpExercise(exercise_id=name, exercise=exercise, unit=_kit().unit, centre=_kit().centre)
            )
            self.do(c.OpenActivity(exercise_id=name))

    def shut(self, name: str) -> None:
        self.do(c.CloseActivity(exercise_id=name))

    def phone(self, agent: str = "a phone") -> httpx.Client:
        """Return a browser that has not been here before."""
        client = httpx.Client(
            base_url=self.url,
            headers={"user-agent": agent},
            trust_env=False,
            verify=False,
            timeout=20,
            event_hooks={"response": [is_guarded]},
        )
        return self._clients.enter_context(client)

    def join(self, name: str) -> httpx.Client:
        """Come in by name; return the phone with its cookie."""
        client = self.phone(f"a phone of its own, {time.monotonic_ns()}")
        answer = client.post("/join", data={"code": self.code, "name": name})
        assert (answer.status_code, answer.headers.get("location")) == (303, "/now"), answer.text
        return client

    def recovery(self, name: str) -> str:
        return self.door.recovery(self.who(name))

    def from_elsewhere(
        self, path: str, *, host: str = "192.0.2.1:8600", client: str = "192.0.2.9", cookie: str = ""
    ) -> tuple[int, bytes]:
        """Ask as another machine would; return the status and the body, of a stream what comes first."""
        serving = self.door._serving
        assert serving._loop is not None
        asked = ask_directly(serving._server.config.loaded_app, path, host, client, cookie)
        return asyncio.run_coroutine_threadsafe(asked, serving._loop).result(timeout=10)

    def raw(self, *parts: bytes, pause: float = 0.0, patience: float = 5.0) -> bytes:
        """Send bytes over a line of one's own; return what comes until it is closed, or nothing comes any more."""
        with socket.create_connection((LOCAL, self._port), timeout=patience) as line:
            return sent(line, *parts, pause=pause)


def page(client: httpx.Client, path: str, status: int = 200) -> Page:
    """Ask for a page."""
    answer = client.get(path)
    assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:300]}"
    return Page(answer.text)


def filled(
    client: httpx.Client, exercise: str, words: str = WORDS, *, query: str = "", last: bool = False
) -> Fields:
    """Take a form and fill it in; return what is to be posted."""
    return fill(page(client, f"/do/{exercise}{query}"), exercise, words, last=last)


def hand_in(client: httpx.Client, exercise: str, fields: Fields) -> httpx.Response:
    """Post a form as a browser without scripts does."""
    return client.post(f"/do/{exercise}", content=body_of(fields), headers=FORM)


def do(client: httpx.Client, exercise: str, words: str = WORDS) -> httpx.Response:
    """Take a form, fill it in and hand it in; return the receipt."""
    answer = hand_in(client, exercise, filled(client, exercise, words))
    assert answer.status_code == 303, f"{exercise}: {answer.status_code} {Page(answer.text).text[:600]}"
    assert answer.headers["location"].startswith(f"/done/{exercise}")
    return client.get(answer.headers["location"])


def pulses(client: httpx.Client, path: str = "/events") -> Iterator[dict[str, Any]]:
    """Listen; yield each pulse as it comes."""
    with client.stream("GET", path) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


def until(found: Callable[[], object], what: str, patience: float = 10.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + patience
    while not found():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.01)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[RealRoom]:
    """Open a room of the test's own, with nothing opened in it yet."""
    one = RealRoom(tmp_path)
    yield one
    one.close()


@pytest.fixture(scope="module")
def full_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealRoom]:
    """Open one room for a whole module, with every shipped exercise; tests bring people of their own."""
    one = RealRoom(tmp_path_factory.mktemp("room"))
    one.open()
    yield one
    one.close()
