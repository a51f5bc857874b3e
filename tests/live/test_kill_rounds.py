"""Kill -9 in the middle of a rotation with two timers running: the same round, roles and time left are there again."""

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.widgets import Static

import pmworkshop
from pmworkshop import journal
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.units import Instant
from pmworkshop.core.words import countdown
from pmworkshop.desk.app import Desk, Straight
from pmworkshop.desk.screens.day.run import RunScreen
from pmworkshop.desk.screens.groups.rounds import RoundsScreen
from pmworkshop.desk.widgets.big_time import BigTime
from pmworkshop.live.replay import replay
from pmworkshop.live.views.teams.timers import timers_view
from pmworkshop.live.views.teams.view import rotation_view
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import journal_path, shipped_kit
from pmworkshop.wiring.record import stored_rows

SCRIPT = Path(__file__).with_name("kill_rounds.py")
ENV = os.environ | {"PYTHONPATH": str(Path(pmworkshop.__file__).parents[1])}
KILLS, COHORT = 5, "trios"
PATIENCE = 30.0


def child() -> Any:
    spec = importlib.util.spec_from_file_location("kill_rounds", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_and_kill(data: Path, seed: int, wanted: int) -> list[dict[str, Any]]:
    """Let a child work until it has told of so much, kill it, and return what it got out."""
    answers = data / f"{seed}.jsonl"
    with answers.open("wb") as out:
        process = subprocess.Popen([sys.executable, str(SCRIPT), str(data), str(seed)], env=ENV, stdout=out)
    deadline = time.monotonic() + PATIENCE
    while answers.read_bytes().count(b"\n") < wanted:
        assert process.poll() is None, "the child had come to an end of its own"
        assert time.monotonic() < deadline, "the child did not get on with its day"
        time.sleep(0.002)
    process.kill()
    assert process.wait() == -9 or os.name == "nt"
    lines = answers.read_bytes().splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith(b"\n")]


def folded(data: Path, upto: int | None = None) -> Cohort:
    rows = list(stored_rows(journal_path(data, COHORT)))
    return replay(nobody(), iter(rows[:upto]))[0]


async def test_rounds_go_on_where_they_were(tmp_path: Path) -> None:
    """After each kill the record holds, gives the picture that was acknowledged last, and the desk shows it by the clock."""
    picture: Callable[[Cohort, Instant], Any] = child().picture
    for seed in range(KILLS):
        before = len(list(stored_rows(journal_path(tmp_path, COHORT)))) if seed else 0
        last = run_and_kill(tmp_path, seed, 12 + 7 * seed)[-1]
        assert last["begun"]
        report = journal.verify(journal_path(tmp_path, COHORT))
        assert report.ok, report.words
        upto = last["events"] if not seed else before + last["events"] - 1
        then = folded(tmp_path, upto)
        assert json.loads(json.dumps(picture(then, Instant(last["now"])))) == last["picture"]
        assert last["picture"]["rounds"] is not None
        assert len(last["picture"]["timers"]) == 2
    await goes_on_at_the_desk(tmp_path)


async def goes_on_at_the_desk(data: Path) -> None:
    """Insist that the desk shows the round, its time by the clock, and both timers."""
    state = folded(data)
    desk = Desk(House(data, shipped_kit()), Straight(session="session-a", cohort=COHORT))
    async with desk.run_test(size=(120, 36)) as pilot:
        for _ in range(200):
            await pilot.pause(0.05)
            if isinstance(desk.screen, RunScreen) and desk.screen.query("#teams"):
                break
        run = desk.screen
        assert isinstance(run, RunScreen)
        assert run.state == state
        run.redraw()
        now = desk.services.now()
        shown = str(run.query_one("#teams", Static).content)
        rounds = rotation_view(state, now)
        assert rounds is not None
        assert rounds.heading in shown
        assert all(timer.name in shown for timer in timers_view(state, now))
        await pilot.press("f")
        await pilot.pause()
        screen = desk.screen
        assert isinstance(screen, RoundsScreen)
        screen.redraw()
        now = desk.services.now()
        views = [rotation_view(state, Instant(now - ago)) for ago in (0, 500, 1_000)]
        assert screen.query_one(BigTime).time in {countdown(one.left) for one in views if one}
        run.workshop.close()
