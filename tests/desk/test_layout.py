"""What every size keeps: where the clock is, how late, when it ends, and how to get help."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.plan import SegmentId
from pmworkshop.core.units import time_of_day

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

SIZES = [(80, 24), (100, 30), (120, 36), (60, 20), (200, 60)]
TINY = (40, 12)
MANY = 500


def title(number: int) -> str:
    return f"Segment {number} " + "with a title that goes on and on " * 5 + "until here"


def look_for(number: int) -> str:
    return f"Sign {number}, " + "which takes more than one line in a narrow terminal and is worth it " * 2


@pytest.fixture
def long_kit(tmp_path: Path) -> Path:
    """Make a kit with one session of 500 segments, a minute each, with long titles and twenty things to look for."""
    segments = [
        {"id": f"s{n}", "title": title(n), "at": time_of_day(570 + n - 1), "fixed": n == MANY,
         "look_for": [look_for(i) for i in range(1, 21)] if n == 1 else [], "notes": "A long walk.\n\n" * 50}
        for n in range(1, MANY + 1)
    ]  # fmt: skip
    session = {"title": title(0), "start": "09:30", "end": time_of_day(570 + MANY), "segments": segments}
    (tmp_path / "kit" / "sessions").mkdir(parents=True)
    (tmp_path / "kit" / "sessions" / "long.yaml").write_text(json.dumps(session), "utf-8")
    return tmp_path / "kit"


def whole(trainer: "Trainer", size: tuple[int, int]) -> list[str]:
    """Return the lines, as many and as wide as the terminal."""
    lines = trainer.lines
    assert len(lines) == size[1]
    assert {cell_len(line) for line in lines} == {size[0]}, "a line of another width"
    return lines


def laws(trainer: "Trainer", size: tuple[int, int], label: str, *foot: str) -> None:
    """Insist on what is visible at any size."""
    lines = whole(trainer, size)
    assert "? help" in lines[-1]
    for words in foot:
        assert words in lines[-2]
    assert any(label in line for line in lines[:12]), f"no {label!r}\n{trainer.text}"
    figures = [line for line in lines[:12] if "██" in line or "▀" in line]
    assert len(figures) >= 2, "no countdown"


@pytest.mark.parametrize("size", SIZES)
async def test_the_day_at_any_size(place: "Place", size: tuple[int, int]) -> None:
    """Before, running, paused, over and at the end, the label, the offset, the finish and help are to be seen."""
    async with place.desk(size, session="session-a", cohort="c" * 190) as trainer:
        await trainer.at(-3)
        laws(trainer, size, "until the start", "Not started · planned for 09:30")
        await trainer.at(5)
        laws(trainer, size, "past the planned start", "5 min late")
        await trainer.press("space")
        await trainer.sees("left")
        laws(trainer, size, "left", "5 min behind", "finish 12:35")
        assert "09:35" in trainer.lines[0]
        await trainer.press("space")
        await trainer.sees("PAUSED")
        laws(trainer, size, "paused", "5 min behind", "finish 12:35")
        await trainer.press("space")
        await trainer.at(30)
        laws(trainer, size, "over", "10 min behind", "finish 12:40")
        await trainer.press("g")
        await trainer.on("Pick")
        await trainer.press("end", "enter")
        await trainer.sees("Review and close", "8 of 8")
        laws(trainer, size, "left", "finish 10:10")
        await trainer.press("e", "y")
        await trainer.on("SummaryScreen")
        assert "? help" in whole(trainer, size)[-1]
        await trainer.press("escape")
        await trainer.sees("Ended at 10:00", "The session has ended")
        whole(trainer, size)
        await trainer.resize(TINY)
        whole(trainer, TINY)


@pytest.mark.parametrize("size", SIZES[1:])
async def test_five_hundred_long_segments(place: "Place", long_kit: Path, size: tuple[int, int]) -> None:
    """With 500 segments of long titles the current one is in sight in the rundown, in the head and in the list."""
    async with place.desk(size, session="long", kit=long_kit) as trainer:
        for segment in (1, MANY - 1):
            if segment == 1:
                await trainer.at(4)
                await trainer.press("space")
                await trainer.sees("behind")
            else:
                jump(trainer, segment)
                await trainer.sees(f"{segment} of {MANY}")
            laws(trainer, size, "left", "finish ")
            assert any(f"Segment {segment} " in line for line in trainer.lines[1:3])
            assert (size[0] >= 100) == any(line.startswith(" ▶ ") for line in trainer.lines)
            await trainer.press("g")
            await trainer.on("Pick")
            await trainer.sees(f"Segment {segment} with")
            await trainer.press("end")
            await trainer.sees(f"Segment {MANY} with")
            whole(trainer, size)
            await trainer.press("escape")
            await trainer.on("RunScreen")
        await trainer.press("n")
        await trainer.sees("waits for its time")
        laws(trainer, size, "until ", "finish ")
        await trainer.resize(TINY)
        whole(trainer, TINY)


def jump(trainer: "Trainer", segment: int) -> None:
    run = trainer.run
    run.workshop.handle(c.JumpTo(delivery=run.delivery_id, segment=SegmentId(f"s{segment}")))


async def test_every_sign_can_be_read(place: "Place", long_kit: Path) -> None:
    """However many things there are to look for, each can be brought into sight and ticked."""
    async with place.desk((80, 24), session="long", kit=long_kit) as trainer:
        await trainer.press("space")
        await trainer.sees("☐ 1 Sign 1,")
        await trainer.press("tab")
        seen = set[int]()
        for _ in range(60):
            seen |= {n for n in range(1, 21) if f" Sign {n}," in trainer.text}
            await trainer.press("down")
        assert seen == set(range(1, 21))


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_dialogs_fit(place: "Place", size: tuple[int, int]) -> None:
    """A dialog stays within the terminal, and what can be answered is in sight however long the question is."""
    names = "\n".join(f"Person {n} " + "of a very long name " * 8 for n in range(30))
    async with place.desk(size, session="session-a") as trainer:
        await trainer.press("r")
        await trainer.on("RegisterScreen")
        for known in (False, True):
            await trainer.press("v")
            await trainer.on("AskPage")
            whole(trainer, size)
            await trainer.write(names)
            await trainer.press("ctrl+s")
            await trainer.on("Question")
            await trainer.sees("Add 30 to the register?", "Yes (y)", "Back to the list (n)")
            whole(trainer, size)
            await trainer.press("y")
            if known:
                await trainer.on("Pick")
                await trainer.sees("Already on the register", "leave them out")
                whole(trainer, size)
                await trainer.press("enter")
            await trainer.on("RegisterScreen")
        await trainer.on("RegisterScreen")
        await trainer.press("c")
        await trainer.on("AskFields")
        whole(trainer, size)
        await trainer.press("escape", "escape", "k")
        await trainer.on("NoteDialog")
        await trainer.press("ctrl+k", "ctrl+k", "ctrl+k")
        await trainer.sees("[parking lot]")
        await trainer.write("A text")
        await trainer.sees("A text")
        for end in (size, TINY):
            await trainer.resize(end)
            whole(trainer, end)


async def test_who_is_here_is_in_sight(place: "Place") -> None:
    """At 80 columns a long name does not push the attendance off the screen, and the register scrolls to anyone."""
    async with place.desk((80, 24), session="session-a") as trainer:
        await trainer.press("r")
        await trainer.on("RegisterScreen")
        for name in ("Aname " * 30, "漢" * 90):
            await trainer.press("a")
            await trainer.on("AskFields")
            await trainer.write(name)
            await trainer.press("enter", "enter", "enter")
            await trainer.records("spring", e.ParticipantAdded)
            await trainer.on("RegisterScreen")
        await trainer.until(lambda: "漢" in trainer.text, "both names")
        await trainer.press("p", "p")
        await trainer.sees("In the room", "2 of 2 came")
        await trainer.until(lambda: trainer.text.count("present ") >= 2, "two marks")
