"""When something is wrong: it is said in words, on the screen, and the desk lives on, or says good-bye in words."""

import json
import os
import select
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import OptionList

from pmworkshop.core import events as e
from pmworkshop.core.units import MINUTE
from pmworkshop.desk.app import Straight
from pmworkshop.desk.screens.day.run import RunScreen
from pmworkshop.journal.schema import BUSY_MS, SETTINGS
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import journal_path

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

FAULTY = """
import sys
from pathlib import Path
from pmworkshop.desk.screens.home import HomeScreen
from pmworkshop.wiring.desk import run_desk
from pmworkshop.wiring.places import shipped_kit

def fail(self):
    raise ZeroDivisionError("secret details")

async def fail_later(self):
    fail(self)

if sys.argv[2] == "action":
    HomeScreen.action_new = fail
elif sys.argv[2] == "worker":
    HomeScreen.action_new = lambda self: self.run_worker(fail_later(self))
else:
    HomeScreen.list_cohorts = fail
sys.exit(run_desk(Path(sys.argv[1]), shipped_kit()))
"""


@pytest.fixture
def broken_kit(tmp_path: Path) -> Path:
    """Make a kit in which nothing is fit to run."""
    sessions = tmp_path / "kit" / "sessions"
    sessions.mkdir(parents=True)
    (sessions / "course.yaml").write_text("title: [/] course\nunit: none\nsessions: [bad]\n", "utf-8")
    (sessions / "bad.yaml").write_text(json.dumps({"title": "Bad", "strat": "[red]"}), "utf-8")
    return tmp_path / "kit"


async def test_a_kit_in_which_nothing_can_be_run(place: "Place", broken_kit: Path) -> None:
    """Home counts the problems of the kit and lists them, each with its file, and no session can be opened."""
    async with place.desk((120, 36), kit=broken_kit) as trainer:
        await trainer.sees("No session in this kit can be run", "problems in the kit; p lists them")
        await trainer.press("p")
        await trainer.on("Pick")
        await trainer.sees("sessions/bad.yaml:1:", "did you mean `start`?")
        await trainer.press("escape", "n")
        await trainer.on("AskLine")
        await trainer.write("spring")
        await trainer.press("enter")
        await trainer.sees("This kit has no session that can be run")
        await trainer.records("spring", e.CohortCreated)
        assert type(trainer.desk.screen).__name__ == "HomeScreen"


async def test_a_damaged_journal(place: "Place") -> None:
    """A cohort whose journal is damaged is said to be so, at Home and when it is opened; the others still open."""
    for name in ("sound", "spoilt"):
        place.workshop(name, new=True).close()
    journal_path(place.data, "spoilt").write_bytes(b"This is no journal. " * 500)
    async with place.desk((120, 36)) as trainer:
        await trainer.sees("sound", "nothing run yet", "spoilt")
        await trainer.press("home", "enter")
        await trainer.sees("The cohort “spoilt” cannot be opened")
        await trainer.press("down", "enter")
        await trainer.on("Pick")
        await trainer.sees("Run for sound")


async def test_a_journal_that_somebody_holds(place: "Place", monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be recorded is refused in words, the screen does not pretend, and later it works again."""
    impatient = SETTINGS.replace(f"busy_timeout = {BUSY_MS}", "busy_timeout = 50")
    monkeypatch.setattr("pmworkshop.journal.door.SETTINGS", impatient)
    async with place.desk(session="session-a") as trainer:
        with closing(sqlite3.connect(journal_path(place.data, "spring"), isolation_level=None)) as other:
            other.execute("PRAGMA busy_timeout = 50")
            other.execute("BEGIN IMMEDIATE")
            await trainer.press("space")
            await trainer.sees("Not recorded:", "Not started")
            await trainer.records("spring")
            other.execute("ROLLBACK")
        await trainer.press("space")
        await trainer.records("spring", e.DeliveryStarted)


async def test_a_session_that_the_kit_does_not_have(place: "Place") -> None:
    """Asked straight for a session that is not there, the desk says so and stays at Home."""
    async with place.desk(session="session-a") as trainer:
        await trainer.press("escape")
        await trainer.on("HomeScreen")
        trainer.desk._go_straight(Straight(session="session-z", cohort="spring"))
        await trainer.sees("has no session “session-z”")


async def test_a_list_that_cannot_be_read(place: "Place", tmp_path: Path) -> None:
    """A path that leads nowhere is named; a list in a spreadsheet's own encoding is read."""
    (tmp_path / "list.csv").write_bytes("Name;Employer\r\nZoë Å;Acme\r\n".encode("cp1252"))
    async with place.desk(session="session-a") as trainer:
        await trainer.press("r")
        for path, words in (("/no/[red]such\x1b[2J/list.csv", "/no/[red]such[2J/list.csv cannot be read"),
                            ("/" + "x" * 5000 + ".csv", "cannot be read"), ("; ;\n;;\n", "There is no name in that.")):  # fmt: skip
            await trainer.on("RegisterScreen")
            await trainer.press("v")
            await trainer.on("AskPage")
            await trainer.write(path)
            trainer.nothing_unprintable()
            await trainer.press("ctrl+s")
            await trainer.told(words)
            await trainer.on("AskPage")
            await trainer.press("escape")
            trainer.nothing_unprintable()
        await trainer.press("v")
        await trainer.on("AskPage")
        await trainer.write(f'"{tmp_path / "list.csv"}"')
        await trainer.press("ctrl+s")
        await trainer.on("Question")
        await trainer.press("y")
        added = await trainer.records("spring", e.ParticipantAdded)
        assert (added.name, added.organisation) == ("Zoë Å", "Acme")


@pytest.mark.parametrize("said", ["six", "nan", "inf", "-5", "1e9", "1e400"])
async def test_minutes_that_are_none(place: "Place", said: str) -> None:
    """Whatever is said instead of a number of minutes is refused in words and changes nothing."""
    async with place.desk(session="session-a") as trainer:
        await trainer.press("t")
        await trainer.sees("The session is not under way.")
        await trainer.press("space")
        await trainer.records("spring", e.DeliveryStarted)
        await trainer.press("t")
        await trainer.on("AskLine")
        await trainer.write(said)
        await trainer.press("enter")
        if said in ("six", "nan", "inf", "1e400"):
            await trainer.sees("That is not a number of minutes")
            await trainer.press("escape")
        else:
            await trainer.until(lambda: len(trainer.desk._notifications) >= 2, "a refusal")
        await trainer.on("RunScreen")
        await trainer.records("spring")


async def test_far_from_the_plan(place: "Place") -> None:
    """Started an hour late, the trainer chooses between the plan's times and times that move with the start."""
    for cohort, keys, offset in (("kept", ("down", "enter"), 0), ("moved", ("enter",), 60)):
        place.clock.minute = 60
        async with place.desk(session="session-a", cohort=cohort) as trainer:
            await trainer.press("space")
            await trainer.on("Pick")
            await trainer.sees("The plan starts at 09:30 and it is 10:30")
            await trainer.press("escape")
            await trainer.on("RunScreen")
            await trainer.press("space")
            await trainer.on("Pick")
            await trainer.press(*keys)
            started = await trainer.records(cohort, e.DeliveryStarted)
            assert started.planned_start == place.clock.now() + (offset - 60) * MINUTE
            await trainer.sees("On time · finish 13:30" if offset else "1 h behind · finish 13:30")


async def test_a_slow_record_and_a_screen_that_goes(place: "Place", monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that is left while the record is still being written does not take the desk with it."""
    async with place.desk(session="session-a") as trainer:
        await trainer.press("p")
        await trainer.on("PrepareScreen")
        workshop = trainer.run.workshop
        decide = workshop._decide_all

        def slowly(jobs: list[Any]) -> Any:
            time.sleep(0.3)
            return decide(jobs)

        monkeypatch.setattr(workshop, "_decide_all", slowly)
        trainer.desk.screen.query_one(OptionList).action_select()
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.records("spring", e.ResourceTicked)
        await trainer.press("escape")
        await trainer.on("HomeScreen")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
@pytest.mark.parametrize("where", ["action", "worker", "mount"])
def test_a_fault_of_the_desk_itself(tmp_path: Path, where: str) -> None:
    """A fault ends the desk with exit code 1 and plain words; its traceback goes into faults.txt, not on the screen."""
    import pty  # noqa: PLC0415  # not on Windows

    outer, inner = pty.openpty()
    command = [sys.executable, "-c", FAULTY, str(tmp_path / "data"), where]
    desk = subprocess.Popen(
        command, stdin=inner, stdout=inner, stderr=inner, env=os.environ | {"TERM": "xterm", "COLUMNS": "80"}
    )  # fmt: skip
    os.close(inner)
    drawn = b""
    deadline = time.monotonic() + 30
    pressed = False
    while time.monotonic() < deadline:
        if select.select([outer], [], [], 0.1)[0]:
            try:
                drawn += os.read(outer, 65536)
            except OSError:
                break
        elif desk.poll() is not None:
            break
        if b"in order" in drawn and not pressed:
            pressed = True
            os.write(outer, b"n")
    assert desk.wait(timeout=10) == 1
    os.close(outer)
    text = drawn.decode("utf-8", "replace")
    assert "Traceback" not in text
    assert "secret details" not in text
    last_words = text.rpartition("\x1b[?1049l")[2]
    assert "The desk stopped because of a fault of its own. Everything that was acknowledged" in last_words
    assert "faults.txt" in last_words
    kept = (tmp_path / "data" / "faults.txt").read_text("utf-8")
    assert "ZeroDivisionError: secret details" in kept


async def test_a_rehearsal_is_marked(place: "Place") -> None:
    """A rehearsal says so on the screen of the day, in the summary, at Home and in the record."""
    async with place.desk(session="session-a", rehearsal=True) as trainer:
        created = place.events("spring")[0]
        assert isinstance(created, e.CohortCreated)
        assert created.rehearsal
        await trainer.sees("REHEARSAL at 1×, nothing here counts")  # noqa: RUF001  # the screen's own sign
        await trainer.press("space")
        await trainer.records("spring", e.DeliveryStarted)
        await trainer.press("space")
        await trainer.sees("REHEARSAL", "PAUSED")
        await trainer.press("s")
        await trainer.on("SummaryScreen")
        await trainer.sees("REHEARSAL")
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.press("escape")
        await trainer.on("HomeScreen")
        await trainer.sees("REHEARSAL;")


async def test_options(place: "Place") -> None:
    """Where a segment can be run in several ways, one is chosen, taken back, and marked on the page."""
    async with place.desk((120, 36), session="session-b") as trainer:
        await trainer.press("space")
        await trainer.records("spring", e.DeliveryStarted)
        await trainer.press("o")
        await trainer.sees("This segment has no options.")
        await trainer.press("g")
        await trainer.on("Pick")
        await trainer.press("down", "down", "down", "down", "down", "enter")
        assert (await trainer.records("spring", e.SegmentEntered)).segment == "difficult-conversations"
        for keys, chosen in ((("enter",), ("cards",)), (("end", "enter"), ())):
            await trainer.press("o")
            await trainer.on("Pick")
            await trainer.sees("Which one is run?", "None of these")
            await trainer.press(*keys)
            await trainer.on("RunScreen")
            assert (await trainer.records("spring", e.OptionsChosen)).options == chosen
            page = trainer.desk.screen.query_one("#page")
            page.scroll_end(animate=False)
            await scroll_up_to(
                trainer, "(•) Difficult conversation cards" if chosen else "( ) Difficult conversation"
            )


async def scroll_up_to(trainer: "Trainer", words: str) -> None:
    assert isinstance(trainer.desk.screen, RunScreen)
    page = trainer.desk.screen.query_one("#page")
    await trainer.settle()
    while words not in trainer.text:
        assert page.scroll_y > 0, f"{words!r} is nowhere\n{trainer.text}"
        page.scroll_relative(y=-2, animate=False)
        await trainer.settle()


async def test_quitting_while_a_cohort_is_opened(place: "Place", monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaving the desk while a session is still being opened is no fault."""
    house = type(place.house())
    opened = house.open_cohort

    def slowly(self: House, name: str, **given: Any) -> Any:
        time.sleep(0.2)
        return opened(self, name, **given)

    monkeypatch.setattr(house, "open_cohort", slowly)
    async with place.desk() as trainer:
        trainer.desk._go_straight(Straight(session="session-z", cohort="spring"))
        await trainer.press("q")
    assert trainer.desk.return_code == 0
