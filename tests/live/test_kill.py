"""Kill -9 at any moment, two hundred times: what was acknowledged is there, the chain holds, the day goes on."""

import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import OptionList

import pmworkshop
from pmworkshop import journal
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.state import Cohort, Delivery, nobody
from pmworkshop.core.units import Instant
from pmworkshop.desk.app import Desk, Straight
from pmworkshop.desk.screens.day.notes import NotesScreen
from pmworkshop.desk.screens.day.run import RunScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.big_time import BigTime
from pmworkshop.live.replay import replay
from pmworkshop.live.views.run import run_view
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import journal_path, shipped_kit
from pmworkshop.wiring.record import stored_rows

SCRIPT = Path(__file__).with_name("kill_day.py")
SEED = int(os.environ.get("KILL_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
FORKS = hasattr(os, "fork")
COHORTS = 8
KILLS = (26 if FORKS else 4) * COHORTS
"""A process takes half a second to start; where there is fork, a nursery starts one in a few milliseconds."""
SESSION, DRAFT = "session-a", "note:kept"
ENV = os.environ | {"PYTHONPATH": str(Path(pmworkshop.__file__).parents[1])}


class Nursery:
    """Starts children that run the day and kills them, by fork where there is one."""

    def __init__(self) -> None:
        command = [sys.executable, str(SCRIPT), "nursery"]
        self._process = subprocess.Popen(
            command, env=ENV, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        assert json.loads(self._process.stdout.readline()) == {"ready": True}

    def start(self, data: Path, cohort: str, seed: int, answers: Path) -> Callable[[], None]:
        asked = {"data": str(data), "cohort": cohort, "seed": seed, "answers": str(answers)}
        child = self._ask(asked)["child"]

        def kill() -> None:
            assert self._ask({"kill": child}) == {"signal": 9}, "the child had come to an end of its own"

        return kill

    def _ask(self, what: dict[str, Any]) -> dict[str, Any]:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(what) + "\n")
        process.stdin.flush()
        answer: dict[str, Any] = json.loads(process.stdout.readline())
        return answer

    def close(self) -> None:
        self._process.communicate()


class Starter:
    """The same where there is no fork: each child is a start of its own."""

    def start(self, data: Path, cohort: str, seed: int, answers: Path) -> Callable[[], None]:
        command = [sys.executable, str(SCRIPT), str(data), cohort, str(seed)]
        with answers.open("ab") as out:
            process = subprocess.Popen(command, env=ENV, stdout=out)

        def kill() -> None:
            assert process.poll() is None, "the child had come to an end of its own"
            process.kill()
            process.wait()

        return kill

    def close(self) -> None:
        pass


@contextmanager
def starter() -> Iterator[Nursery | Starter]:
    one: Nursery | Starter = Nursery() if FORKS else Starter()
    try:
        yield one
    finally:
        one.close()


def told(answers: Path) -> list[dict[str, Any]]:
    """Return the whole lines that the child got out before its end."""
    text = answers.read_text("utf-8") if answers.exists() else ""
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def wait_for_the_moment(dice: random.Random, answers: Path) -> None:
    """Return at a random time after the start, or at a random time after a random number of answers."""
    if dice.random() < 0.3:
        time.sleep(dice.uniform(0, 0.15 if FORKS else 1.5))
        return
    wanted, end = dice.randrange(1, 40), time.monotonic() + 20
    while time.monotonic() < end:
        with suppress(FileNotFoundError):
            if answers.read_bytes().count(b"\n") >= wanted:
                break
        time.sleep(0.0005)
    else:
        raise AssertionError("the child did not get on with its day")
    time.sleep(dice.uniform(0, 0.004))


class Killed:
    """What is known of one cohort from one kill to the next."""

    def __init__(self, data: Path, cohort: str, fold: Any) -> None:
        self.data, self.cohort, self.fold = data, cohort, fold
        self.path = journal_path(data, cohort)
        self.known, self.draft, self.acknowledged = 0, 0, 0

    def check(self, answers: list[dict[str, Any]]) -> None:
        """Hold what is in the file, and what opens from it, against what was acknowledged."""
        if not self.path.exists():
            assert answers == []
            return
        report = journal.verify(self.path)
        assert report.ok, report.words
        rows = journal.read_rows(self.path).rows
        spoken = [answer for answer in answers if "events" in answer]
        acknowledged = [tuple(event) for answer in spoken for event in answer["events"]]
        if self.known == 0:  # the cohort's own creation is not told of, but comes before all else
            assert not answers or rows[0].name == "CohortCreated"
            self.known = 1 if rows else 0
        recorded = [(row.name, self.fold.digest(row.body)) for row in rows[self.known :]]
        assert recorded[: len(acknowledged)] == acknowledged
        self.acknowledged += len(acknowledged)
        state, _ = replay(nobody(), stored_rows(self.path))
        self._same_picture(spoken)
        for person in state.participants:  # five were added by one command: all of them or none
            assert f"{person.split('/')[0]}/4" in state.participants
        self._reopen(state, [answer["draft"] for answer in answers if "draft" in answer])
        self.known = len(rows)

    def _same_picture(self, spoken: list[dict[str, Any]]) -> None:
        """Hold that the record up to the last acknowledged event gives the very picture that the child had."""
        if spoken:
            upto = self.known + sum(len(answer["events"]) for answer in spoken)
            then, _ = replay(nobody(), (row for row in stored_rows(self.path) if row.seq <= upto))
            assert self.fold.picture(then, Instant(spoken[-1]["now"])) == spoken[-1]["picture"]

    def _reopen(self, state: Cohort, drafts: list[int]) -> None:
        house = House(self.data, shipped_kit())
        workshop = house.open_cohort(self.cohort, new=False)
        assert isinstance(workshop, Workshop), workshop
        try:
            assert workshop.state.exists
            assert not state.exists or workshop.state == state
            going = [d.id for d in workshop.state.deliveries.values() if d.under_way]
            assert house.keep_time_of(workshop, DeliveryId(going[-1] if going else "")) == 0
            assert house.now() >= workshop.newest - 1
            kept = int(workshop.drafts().get(DRAFT, "0"))
            assert max([self.draft, *drafts]) <= kept <= max([self.draft, *drafts]) + 1
            self.draft = kept
        finally:
            workshop.close()


def run_and_kill(
    numbers: range, data: Path, snapshots: Path, fold: Any
) -> tuple[int, list[tuple[Path, str]]]:
    """Kill children on these cohorts, in turn; return how many events were acknowledged, and copies of some ends."""
    kept: list[tuple[Path, str]] = []
    cohorts = {number: Killed(data, f"cohort-{number}", fold) for number in numbers}
    kills = KILLS // COHORTS * len(numbers)
    with starter() as nest:
        for turn in range(kills):
            one = cohorts[numbers[turn % len(numbers)]]
            seed = SEED * 10_000 + numbers[0] * 1_000 + turn
            dice = random.Random(seed)
            answers = data / f"{one.cohort}-{turn}.jsonl"
            kill = nest.start(data, one.cohort, seed, answers)
            try:
                wait_for_the_moment(dice, answers)
            finally:
                kill()
            if turn >= kills - 5:
                copy = snapshots / f"{one.cohort}-{turn}"
                shutil.copytree(one.path.parent, copy / one.cohort)
                kept.append((copy, one.cohort))
            one.check(told(answers))
    return sum(one.acknowledged for one in cohorts.values()), kept


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[tuple[Path, str]]]:
    """Kill two hundred times, two at once; every kill is checked before the next child goes on from there."""
    print(f"KILL_SEED={SEED}")  # noqa: T201  # pytest shows it where a test fails
    spec = importlib.util.spec_from_file_location("kill_day", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    fold = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fold)
    data, snapshots = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("ends")
    halves = [range(COHORTS // 2), range(COHORTS // 2, COHORTS)]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda half: run_and_kill(half, data, snapshots, fold), halves))
    return sum(count for count, _ in results), [one for _, kept in results for one in kept]


def test_nothing_acknowledged_is_lost(aftermath: tuple[int, list[tuple[Path, str]]]) -> None:
    """However often it is killed, the record holds, keeps every acknowledged event in order, and opens where it was."""
    acknowledged, kept = aftermath
    assert KILLS >= 200 or not FORKS
    assert acknowledged > 10 * KILLS
    assert len(kept) == 10


async def test_the_desk_goes_on_where_it_was(aftermath: tuple[int, list[tuple[Path, str]]]) -> None:
    """After a kill the desk shows the same segment, a countdown that fits the marks, and all the notes."""
    for data, cohort in aftermath[1]:
        state, _ = replay(nobody(), stored_rows(journal_path(data, cohort)))
        going = [one for one in state.deliveries.values() if one.marks.ended is None]
        desk = Desk(House(data, shipped_kit()), Straight(session=SESSION, cohort=cohort))
        async with desk.run_test(size=(120, 36)) as pilot:
            for _ in range(100):
                await pilot.pause(0.05)
                if not going or (isinstance(desk.screen, RunScreen) and desk.screen.query("#segment")):
                    break
            if not going:
                continue  # the session had just ended: the desk asks what to do
            run = desk.screen
            assert isinstance(run, RunScreen)
            await pilot.pause()
            assert run.delivery_id == going[-1].id
            assert run.state == state
            assert run.query_one("#segment", Ends).left == title(going[-1])
            run.redraw()
            now = desk.services.now()
            recent = [Instant(now - ago) for ago in (0, 500, 1_000)]
            countdowns = {run_view(state, going[-1], then).countdown for then in recent}
            assert run.query_one(BigTime).time in countdowns
            await pilot.press("l", "a")
            await pilot.pause()
            assert isinstance(desk.screen, NotesScreen)
            assert desk.screen.query_one(OptionList).option_count == len(state.notes)
            run.workshop.close()


def title(delivery: Delivery) -> str:
    segments = {segment.id: segment.title for segment in delivery.session.segments}
    return segments[delivery.current] if delivery.current else delivery.session.segments[0].title
