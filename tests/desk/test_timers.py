"""Second timers at the desk: ready-made or one's own, given time, put away, shown on the run screen, told when over."""

from typing import TYPE_CHECKING

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.units import MINUTE, minutes
from tests.desk.test_groups import COHORT, at, sit_down

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

LONG = "\u202e[red]discussion[/] 山田 " * 8


async def begin(trainer: "Trainer", picked: int = 0) -> e.TimerStarted:
    """Start a ready-made timer from the run screen."""
    await trainer.press("d")
    await trainer.on("TimersScreen")
    await trainer.press("n")
    await trainer.on("Pick")
    await trainer.press(*["down"] * picked, "enter")
    started = await trainer.records(COHORT, e.TimerStarted)
    assert isinstance(started, e.TimerStarted)
    await trainer.on("TimersScreen")
    return started


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_report_backs_have_their_own_time(place: "Place", size: tuple[int, int]) -> None:
    """A ready-made timer is three keys away, runs beside the segment's, takes a minute more, and is put away."""
    async with place.desk(size, session="session-a") as trainer:
        await sit_down(trainer)
        started = await begin(trainer)
        assert (started.timer, started.length) == ("Report-backs", minutes(5))
        await at(trainer, 2)
        await trainer.sees("Report-backs", "03:00 left")
        await trainer.press("+")
        assert (await trainer.records(COHORT, e.TimerStarted)).length == 4 * MINUTE
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await at(trainer, 3)
        await trainer.sees("Report-backs 03:00 left  d")
        await at(trainer, 5.95)
        await at(trainer, 6.05)
        await trainer.told("Report-backs: time is up.")
        trainer.desk.clear_notifications()
        await trainer.sees("Report-backs 00:03 over")
        await at(trainer, 20)
        await trainer.sees_no("Report-backs 1")
        await trainer.press("d")
        await trainer.on("TimersScreen")
        await trainer.sees("14:00 over: time is up")
        await trainer.press("x")
        await trainer.records(COHORT, e.TimerStopped)
        await trainer.sees("No second timer runs.")


async def test_two_timers_stand_still_together(place: "Place") -> None:
    """Two timers run side by side; a pause of the session stops both, and a minute more then still leaves the rest right."""
    async with place.desk((80, 24), session="session-a") as trainer:
        await sit_down(trainer)
        await begin(trainer)
        await trainer.press("escape")
        await at(trainer, 1)
        await begin(trainer, 1)
        await at(trainer, 2)
        await trainer.press("space")
        await trainer.records(COHORT, e.Paused)
        await at(trainer, 12)
        await trainer.sees("03:00 left, paused", "09:00 left, paused")
        await trainer.press("+")
        assert (await trainer.records(COHORT, e.TimerStarted)).length == 4 * MINUTE
        await at(trainer, 15)
        await trainer.press("space")
        await trainer.records(COHORT, e.Resumed)
        await at(trainer, 16)
        await trainer.sees("03:00 left", "08:00 left")


async def test_a_timer_of_ones_own(place: "Place") -> None:
    """Any name and any length in minutes will do; what is no length is said, and the name stays typed."""
    async with place.desk((80, 24), session="session-a") as trainer:
        await sit_down(trainer)
        await trainer.press("d")
        await trainer.on("TimersScreen")
        await trainer.press("n")
        await trainer.on("Pick")
        await trainer.press("end", "enter")
        await trainer.on("AskFields")
        await trainer.write(LONG)
        await trainer.press("enter", "ctrl+u")
        await trainer.write("soon")
        await trainer.press("enter")
        await trainer.told("Minutes are a number above 0, such as 5 or 2.5.")
        trainer.desk.clear_notifications()
        await trainer.on("AskFields")
        await trainer.press("enter", "ctrl+u")
        await trainer.write("2.5")
        await trainer.press("enter")
        started = await trainer.records(COHORT, e.TimerStarted)
        assert started.length == 150_000
        assert len(started.timer) == len(LONG.replace("\u202e", "").strip())
        await trainer.on("TimersScreen")
        await trainer.sees("[red]discussion[/]", "02:30 left")
        trainer.nothing_unprintable()
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.sees("02:30 left  d")
        trainer.nothing_unprintable()


@pytest.mark.parametrize(
    ("size", "shown", "end"),
    [((80, 24), 3, "left  d"), ((120, 36), 3, "left  d"), ((60, 20), 1, "left  and 2 more  d")],
)
async def test_three_timers_on_one_line(place: "Place", size: tuple[int, int], shown: int, end: str) -> None:
    """Timers of long names stand on one line of the run screen: names give way, then the last timer, and no time is cut."""
    async with place.desk(size, session="session-a") as trainer:
        await sit_down(trainer)
        for name in ("Report-backs of all the groups", "Group 2 reports back", "Discussion of what it means"):
            await trainer.run.ask(c.StartTimer(timer=name, length=minutes(10)))
        await trainer.sees(end)
        assert trainer.text.count("10:00 left") == shown
