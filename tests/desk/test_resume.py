"""Coming back: after the power cable, from Home, and when somebody else writes to the same cohort."""

import json
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import OptionList

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.ids import DeliveryId, NoteId
from pmworkshop.core.units import MINUTE, Duration

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

COHORT = "spring"


async def start_and_take_a_note(trainer: "Trainer") -> None:
    await trainer.press("space")
    await trainer.records(COHORT, e.DeliveryStarted)
    await trainer.at(22)
    await trainer.press("n")
    await trainer.records(COHORT, e.SegmentEntered)
    await trainer.press("k")
    await trainer.on("NoteDialog")
    await trainer.write("They plan and never look back")
    await trainer.press("ctrl+s")
    await trainer.on("RunScreen")
    await trainer.records(COHORT, e.NoteTaken)


async def test_the_power_cable(place: "Place", tmp_path: Path) -> None:
    """After a crash the same segment, the countdown by the clock, the notes and the half-written note are there."""
    after = type(place)(tmp_path / "after")
    async with place.desk(session="session-a") as trainer:
        await start_and_take_a_note(trainer)
        await trainer.press("k")
        await trainer.on("NoteDialog")
        await trainer.write("Half a tho")
        workshop = trainer.run.workshop
        await trainer.until(
            lambda: any("Half a tho" in draft for draft in workshop.drafts().values()), "the draft"
        )
        shutil.copytree(place.data, after.data)
    after.clock.minute = 30
    async with after.desk((120, 36)) as trainer:
        await trainer.sees("Session A: under way, in Big picture")
        await trainer.press("enter")
        await trainer.on("Pick")
        await trainer.sees("Session A (under way)")
        await trainer.press("enter")
        await trainer.on("RunScreen")
        await trainer.sees("▶ 09:50 Big picture", "2 of 8", "2 min behind · finish 12:32")
        assert trainer.run.view().countdown == "22:00"
        await trainer.press("k")
        await trainer.on("NoteDialog")
        await trainer.sees("Half a tho")
        await trainer.press("u", "g", "h", "t", "ctrl+s")
        await trainer.on("RunScreen")
        await trainer.until(lambda: after.events(COHORT)[-1:] != [], "")
        await trainer.press("l")
        await trainer.on("NotesScreen")
        await trainer.sees("They plan and never look back", "Half a thought")
    assert [one.text for one in after.events(COHORT) if isinstance(one, e.NoteTaken)] == [
        "They plan and never look back", "Half a thought"
    ]  # fmt: skip


async def test_a_note_left_in_haste(place: "Place") -> None:
    """What was typed in the last moment before Escape is there again; what was kept in haste is no draft any more."""
    async with place.desk(session="session-a") as trainer:
        await trainer.press("k")
        await trainer.on("NoteDialog")
        await trainer.press("H", "m", "escape")
        await trainer.on("RunScreen")
        await trainer.press("k")
        await trainer.on("NoteDialog")
        await trainer.sees("Hm")
        await trainer.press("exclamation_mark", "ctrl+s")
        await trainer.on("RunScreen")
        assert (await trainer.records(COHORT, e.NoteTaken)).text.startswith("Hm")
        await trainer.until(lambda: trainer.run.workshop.drafts() == {}, "no draft")
        await trainer.press("k")
        await trainer.on("NoteDialog")
        await trainer.sees_no("Hm")


async def test_a_note_refused_is_not_lost(place: "Place") -> None:
    """A note that the record refuses is still there as a draft, to be made shorter."""
    async with place.desk(session="session-a") as trainer:
        await trainer.press("k")
        await trainer.on("NoteDialog")
        await trainer.write("long " * 2_001)
        await trainer.press("ctrl+s")
        await trainer.on("RunScreen")
        await trainer.sees("Make two of it.")
        await trainer.records(COHORT)
        await trainer.press("k")
        await trainer.on("NoteDialog")
        await trainer.sees("long long long")


async def test_quitting_in_the_middle_of_a_note(place: "Place") -> None:
    """Leaving the desk with Ctrl+Q keeps the half-written note, and lets go of the journal."""
    async with place.desk(session="session-a") as trainer:
        await trainer.press("k")
        await trainer.on("NoteDialog")
        await trainer.press("A", "h", "ctrl+q")
    drafts = place.workshop(COHORT).drafts()
    assert {name: json.loads(body) for name, body in drafts.items()} == {
        f"note:{delivery(place)}": {"kind": "note", "text": "Ah", "owner": ""}
    }


def delivery(place: "Place") -> DeliveryId:
    return next(one.delivery for one in place.events(COHORT) if isinstance(one, e.DeliveryOpened))


async def test_somebody_else_writes(place: "Place") -> None:
    """What another process records for this cohort is on the screen within three seconds, on whatever screen."""
    async with place.desk(session="session-a") as trainer:
        await trainer.press("space")
        await trainer.sees("left")
        await trainer.press("l")
        await trainer.on("NotesScreen")
        other, here = place.workshop(COHORT), delivery(place)
        began = time.monotonic()
        other.handle(c.TakeNote(note=NoteId("n"), delivery=here, kind="note", text="From the other laptop"))
        other.handle(c.Pause(delivery=here))
        await trainer.sees("From the other laptop")
        await trainer.press("escape")
        await trainer.sees("PAUSED")
        assert time.monotonic() - began < 3
        await trainer.press("space")
        await trainer.sees_no("PAUSED")
    assert isinstance(place.events(COHORT)[-1], e.Resumed)


async def test_the_laptop_clock_is_set(place: "Place", monkeypatch: pytest.MonkeyPatch) -> None:
    """A step of the laptop's clock is reported in words and in the record, and the countdown does not jump."""
    monkeypatch.setattr("pmworkshop.desk.app.WATCH_SECONDS", 0.05)
    async with place.desk(session="session-a") as trainer:
        await trainer.press("space")
        await trainer.records(COHORT, e.DeliveryStarted)
        await trainer.at(5)
        before = trainer.run.view()
        place.clock.step = Duration(-7 * MINUTE)
        assert (await trainer.records(COHORT, e.ClockStepped)).by == -7 * MINUTE
        await trainer.sees("clock was set back by 7 min", "the timer keeps its own time")
        assert trainer.run.view() == before
        assert before.countdown == "15:00"


async def test_leaving_lets_go_of_the_journal(place: "Place") -> None:
    """A screen that is left listens no more; leaving a session for Home closes its journal; opened again, it goes on where it stopped."""
    async with place.desk(session="session-a") as trainer:
        await trainer.press("space")
        await trainer.sees("left")
        workshop = trainer.run.workshop
        for key in "rplsr":
            await trainer.press(key)
            await trainer.until(lambda: len(workshop._listeners) == 2, "the screen above to listen, once")
            await trainer.press("escape")
            await trainer.on("RunScreen")
        await trainer.until(lambda: len(workshop._listeners) == 1, "the run screen alone to listen")
        await trainer.press("escape")
        await trainer.on("HomeScreen")
        await trainer.until(lambda: not workshop._thread.is_alive(), "the journal to be closed")
        await trainer.press("enter")
        await trainer.on("Pick")
        await trainer.press("enter")
        await trainer.on("RunScreen")
        await trainer.sees("left", "1 of 8")
    assert sum(isinstance(one, e.DeliveryOpened) for one in place.events(COHORT)) == 1


async def test_enter_pressed_twice(place: "Place") -> None:
    """Impatience opens a cohort once, not twice."""
    place.workshop(COHORT, new=True)
    async with place.desk() as trainer:
        await trainer.sees("nothing run yet")
        for _ in range(2):
            trainer.desk.screen.query_one(OptionList).action_select()
        await trainer.on("Pick")
        await trainer.press("enter")
        await trainer.on("RunScreen")
        names = [type(screen).__name__ for screen in trainer.desk.screen_stack]
        assert names.count("RunScreen") == 1
        assert "Pick" not in names
