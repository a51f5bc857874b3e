"""The room is killed in the middle of a burst: what was called saved is saved, once, and whoever heard nothing asks again.

`PMWORKSHOP_KILLS` says how often; `KILL_SEED` repeats the moments of one run.
"""

import json
import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

import pmworkshop
from pmworkshop import journal
from pmworkshop.core import events as e
from pmworkshop.core.refusal import Refusal
from pmworkshop.live.codec import decode
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import journal_path, shipped_kit
from pmworkshop.wiring.record import stored_rows
from tests.room.conftest import FORM, LOCAL, RealRoom, filled, hand_in, page, until
from tests.room.forms import Fields, as_it_stands, body_of

KILLS = int(os.environ.get("PMWORKSHOP_KILLS", "5"))
SEED = int(os.environ.get("KILL_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
COHORT, EXERCISES = "killed", ("ten-practices", "growth-goal", "tutor-cycle")
PHONES = 6
STREAMS = 300


@contextmanager
def serving(data: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """Run the verb `room` in a process of its own; yield it, its address and its code, and kill it at the end."""
    opened = ",".join((*EXERCISES, "evaluation"))
    command = [sys.executable, "-m", "pmworkshop", "room", COHORT, "--open", opened, "--json"]
    command += ["--host", LOCAL, "--port", str(port), "--data", str(data)]
    root = str(Path(pmworkshop.__file__).parents[1])
    process = subprocess.Popen(
        command,
        env=os.environ | {"PYTHONPATH": root},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline() or "{}")
        assert said, process.communicate()[1]
        yield process, said["urls"][0], said["code"]
    finally:
        process.kill()
        process.communicate()


class Phone:
    """Somebody who hands in one sheet after the other, and sends the same again where nobody answered."""

    def __init__(self, number: int) -> None:
        self.name = f"Phone number {number}"
        self.count, self.told = 0, list[str]()
        self.anonymous = False
        self._client: httpx.Client
        self._join: Fields = {}
        self._pending: tuple[str, Fields] | None = None

    @property
    def waits(self) -> bool:
        """Whether a sheet was sent to which no answer came."""
        return self._pending is not None

    def burst(self, url: str, code: str) -> None:
        """Work until the room is gone."""
        cookies = self._client.cookies if self.count else None
        self._client = httpx.Client(base_url=url, trust_env=False, verify=False, timeout=10, cookies=cookies)
        with self._client as client:
            try:
                if not self.count:
                    self._come_in(client, code)
                while True:
                    self._one(client)
            except httpx.TransportError:
                return

    def _come_in(self, client: httpx.Client, code: str) -> None:
        if not self._join:
            form = as_it_stands(page(client, f"/?code={code}").form("/join"))
            self._join = form | {"name": [self.name]}
        answer = client.post("/join", content=body_of(self._join), headers=FORM)
        assert answer.status_code == 303, answer.text
        self.count = 1

    def _one(self, client: httpx.Client) -> None:
        if self._pending is None:
            exercise = EXERCISES[self.count % len(EXERCISES)] if self.count != 2 else "evaluation"
            words = f"{self.name} wrote sheet {self.count} because they agreed it."
            self._pending = exercise, filled(client, exercise, words)
        exercise, fields = self._pending
        answer = hand_in(client, exercise, fields)
        assert answer.status_code == 303, (exercise, answer.status_code, answer.text)
        assert answer.headers["location"].startswith(f"/done/{exercise}")
        self._pending = None
        self.count += 1
        if exercise == "evaluation":
            self.anonymous = True
        else:
            self.told += fields["submission"]


def submissions(data: Path) -> Counter[str]:
    """Return how often each submission is in the journal, which must be whole."""
    path = journal_path(data, COHORT)
    assert journal.verify(path).ok
    assert journal.read_rows(path).trouble is None
    found = [decode(row) for row in stored_rows(path)]
    return Counter(
        str(one.submission) for one in found if isinstance(one, e.OutputSubmitted | e.OutputAmended)
    )


def test_what_was_called_saved_survives_the_kill(tmp_path: Path) -> None:
    """Killed at any moment of a burst, the journal has every sheet that was called saved, and no sheet twice."""
    print(f"KILL_SEED={SEED}")  # noqa: T201  # pytest shows it where the test fails
    dice, phones, port = random.Random(SEED), [Phone(n) for n in range(PHONES)], 0
    for turn in range(KILLS):
        with ThreadPoolExecutor(PHONES) as pool:
            with serving(tmp_path, port) as (_, url, code):
                port = int(url.rpartition(":")[2])
                bursts = [pool.submit(one.burst, url, code) for one in phones]
                time.sleep(dice.uniform(0.05, 0.9))
            for one in bursts:
                one.result(timeout=20)
        kept, told = submissions(tmp_path), [each for one in phones for each in one.told]
        assert [one for one in told if kept[one] != 1] == [], turn
        assert max(kept.values(), default=1) == 1, turn
        waiting = [one for one in phones if one.waits]
        assert len(kept) <= len(told) + len(waiting), turn  # what is saved without its phone's having heard
    assert sum(len(one.told) for one in phones) > 3 * KILLS
    assert not (tmp_path / "faults.txt").exists()
    nobody_twice(tmp_path, phones)


def nobody_twice(data: Path, phones: list[Phone]) -> None:
    """Hold that everybody is on the register once, and has one anonymous sheet in the box who was told so."""
    workshop = House(data, shipped_kit()).open_cohort(COHORT, new=False)
    assert not isinstance(workshop, Refusal)
    try:
        names = Counter(one.name for one in workshop.state.participants.values())
        assert [one.name for one in phones if one.count and names[one.name] != 1] == []
        boxes = workshop.boxes()
        sheets = len(boxes["evaluation"].sheets) if boxes else 0
        assert sum(one.anonymous for one in phones) <= sheets <= PHONES
        assert sheets == len(set(boxes["evaluation"].handed_in) if boxes else ())
    finally:
        workshop.close()


def test_closing_with_three_hundred_listeners(room: RealRoom) -> None:
    """The room closes in under a second, however many listen; each hears that it is over."""
    with ExitStack() as lines:
        listening = []
        for number in range(STREAMS // 6):
            cookie = room.join(f"Listener {number}").cookies["room"]
            ask = f"GET /events HTTP/1.1\r\nhost: {LOCAL}\r\ncookie: room={cookie}\r\n\r\n".encode()
            for _ in range(6):
                line = lines.enter_context(socket.create_connection((LOCAL, room.port), timeout=5))
                line.sendall(ask)
                listening.append(line)
        hub = room.door._room.hub
        until(lambda: len(hub._streams) == STREAMS, "three hundred listeners")
        began = time.monotonic()
        room.door.close()
        assert time.monotonic() - began < 1.0
        for line in listening:
            heard = b""
            while chunk := line.recv(65536):
                heard += chunk
            assert heard.endswith(b"0\r\n\r\n")
    room.workshop.close()
    room.begin()
