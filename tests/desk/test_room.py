"""The room at the desk: opened by a key, seen from every screen, closed before the cohort; how it is scanned and read."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image
from rich.color import Color
from rich.style import Style

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.refusal import refuse
from pmworkshop.desk.widgets.qr import modules
from tests.desk.doors import PaperDoor, RoomPlace, room
from tests.desk.test_layout import whole

if TYPE_CHECKING:
    from tests.desk.conftest import Trainer

SIZES = [(80, 24), (120, 36)]
THEMES = ["textual-dark", "textual-light"]
MODULE = 6
P0, P1, P2 = (ParticipantId(f"p{n}") for n in range(3))
HOSTILE = ("[/]", "[red]x", "W" * 200, "\u202emoor\u202c \x1b[2Jin", "漢" * 100, "[@click=app.quit]go[/]")
LIGHT_LOADED = """
import sys
import pmworkshop.desk.app, pmworkshop.desk.screens.home, pmworkshop.desk.screens.day.run
print(*sorted(sys.modules))
"""


@pytest.fixture
def place(tmp_path: Path) -> RoomPlace:
    return RoomPlace(tmp_path / "data")


async def test_the_room_opens_once_and_stays_open(place: RoomPlace) -> None:
    """`j` opens the room and shows the way in; on the run screen stands the code and who is in; `j` shows it again."""
    async with place.desk(session="session-a") as trainer:
        assert "room" not in trainer.lines[0]
        await trainer.press("j")
        await trainer.on("RoomScreen")
        (door,) = place.doors
        await trainer.sees(f"Type http://192.168.1.23:8600, code {door.code}", "0 of 0 in", "Nobody is on")
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.sees(f"· room {door.code} · 0 in")
        door.join("Amara Okafor", "d0")
        door.join("Bronwen Pugh", "d1")
        await trainer.sees("· 2 in")
        door.seen(ParticipantId("d1"), connected=False)
        await trainer.sees("· 1 in")
        await trainer.press("j")
        await trainer.on("RoomScreen")
        await trainer.sees("1 of 2 in · 1 dropped")
    assert len(place.doors) == 1


async def test_the_room_is_closed_and_opened_again(place: RoomPlace) -> None:
    """`o` closes the room once the trainer is sure, and opens it again; a closed one lets nobody in and shows no code."""
    async with room(place) as (trainer, door):
        door.join("Amara Okafor", "d0")
        await trainer.press("o")
        await trainer.on("Question")
        await trainer.sees("1 of 3 in")
        await trainer.press("enter")
        await trainer.on("RoomScreen")
        assert not door.closed
        await trainer.press("o", "y")
        await trainer.sees("The room is closed. o opens it again", "closed")
        await trainer.until(lambda: door.closed, "the room to be closed")
        assert door.listeners == []
        assert decoded(trainer) == []
        for key in ("p", "w", "c"):
            await trainer.press(key)
            await trainer.told("The room is closed.")
            trainer.desk.clear_notifications()
        await trainer.press("escape")
        await trainer.sees_no(door.code)
        await trainer.press("j")
        await trainer.on("RoomScreen")
        assert len(place.doors) == 1
        await trainer.press("o")
        await trainer.sees("code ", "0 of 3 in")
        assert len(place.doors) == 2
    assert place.doors[1].closed


@pytest.mark.parametrize("way", ["escape", "ctrl+q"])
async def test_the_room_is_closed_before_the_cohort(place: RoomPlace, way: str) -> None:
    """Leaving for Home, or the desk itself, closes the room, off the screen's thread, while the record is still open."""
    async with room(place) as (trainer, door):
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.press(way)
        if way == "escape":
            await trainer.until(lambda: door.closed, "the room to be closed")
            await trainer.on("HomeScreen")
            assert trainer.desk.room is None
    assert door.closed
    assert door.closed != threading.main_thread().name


async def test_a_room_that_opens_too_late_is_closed(place: RoomPlace) -> None:
    """Whoever leaves while the room is opening leaves no room behind."""
    async with place.desk(session="session-a") as trainer:
        place.opening.clear()
        await trainer.press("j", "j")
        threading.Timer(0.3, place.opening.set).start()
        await trainer.press("escape")
        await trainer.until(lambda: place.doors and place.doors[0].closed, "the room to be closed")
        await trainer.on("HomeScreen")
    assert len(place.doors) == 1


async def test_a_room_that_cannot_be_opened(place: RoomPlace) -> None:
    """Where the room cannot be opened the trainer hears why, stays on the run screen, and may try again."""
    place.refusal = refuse("Every port from 8600 to 8699 is taken.")
    async with place.desk(session="session-a") as trainer:
        await trainer.press("j")
        await trainer.told("Every port from 8600 to 8699 is taken.")
        await trainer.on("RunScreen")
        place.refusal = None
        await trainer.press("j")
        await trainer.on("RoomScreen")


@pytest.mark.parametrize("size", SIZES)
async def test_who_asks_catches_the_eye(place: RoomPlace, size: tuple[int, int]) -> None:
    """On the run screen words say how many ask and who, a message comes once, and walk-ins are named."""
    async with room(place, size) as (trainer, door):
        door.join("Bronwen Pugh", "d1")
        await trainer.press("escape")
        await trainer.on("RunScreen")
        door.ask("q", "Bronwen Pugh", P1)
        await trainer.told("Bronwen Pugh asks to come in.")
        await trainer.sees(f"room {door.code} · 1 in · 1 asks to come in", "Bronwen Pugh asks to come in: j")
        door.ask("r", "Amara Okafor", P0)
        await trainer.sees("2 ask to come in")
        trainer.desk.clear_notifications()
        for number, name in enumerate(("[/]", "Kasia Nowak")):
            door.join(name, f"w{number}")
            await trainer.told(f"Came in without being on the register: {name}.")
        await trainer.at(1)
        assert [one.message for one in trainer.desk._notifications].count(
            "Bronwen Pugh asks to come in."
        ) == 0
        trainer.nothing_unprintable()


async def test_a_participant_at_the_laptop_is_told_nothing(place: RoomPlace) -> None:
    """While the laptop goes round, who asks is not told; the trainer hears of it when they have the laptop back."""
    async with room(place) as (trainer, door):
        await trainer.press("escape")
        await trainer.on("RunScreen")
        trainer.desk.locked = True
        door.ask("q", "Bronwen Pugh", P1)
        door.join("Kasia Nowak", "w")
        await trainer.at(1)
        assert not trainer.desk._notifications
        trainer.desk.locked = False
        await trainer.at(2)
        await trainer.told("Bronwen Pugh asks to come in.")
        await trainer.told("Kasia Nowak")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
async def test_the_code_can_be_scanned(place: RoomPlace, theme: str, size: tuple[int, int]) -> None:
    """In either theme the QR code on the screen leads to the room; with another address, to that one."""
    async with room(place, size) as (trainer, door):
        trainer.desk.theme = theme
        await trainer.settle()
        assert decoded(trainer) == [door.join_url]
        await trainer.press("w")
        await trainer.on("Pick")
        await trainer.sees("192.168.1.23 · Wi-Fi", "10.0.0.7 · cable")
        await trainer.press("down", "enter")
        await trainer.sees("Type http://10.0.0.7:8600")
        await trainer.settle()
        assert decoded(trainer) == [door.join_url]
        assert "10.0.0.7" in door.join_url


def decoded(trainer: "Trainer") -> list[str]:
    """Return what a phone's camera reads from the whole screen."""
    strips = trainer.desk.screen._compositor.render_strips()
    image = Image.new("RGB", (sum(len(one.text) for one in strips[0]) * MODULE, len(strips) * 2 * MODULE))
    for y, strip in enumerate(strips):
        x = 0
        for segment in strip:
            style = segment.style or Style()
            dark, light = _rgb(style.color), _rgb(style.bgcolor)
            for char in segment.text:
                for half, full in ((0, "▀█"), (1, "▄█")):
                    box = (x * MODULE, (y * 2 + half) * MODULE, (x + 1) * MODULE, (y * 2 + half + 1) * MODULE)
                    image.paste(dark if char in full else light, box)
                x += 1
    return [one.text for one in zxingcpp.read_barcodes(image)]


def _rgb(color: Color | None) -> tuple[int, int, int]:
    red, green, blue = color.get_truecolor() if color else (0, 0, 0)
    return red, green, blue


@pytest.mark.parametrize(("width", "height", "border"), [(37, 19, 4), (36, 30, 3), (90, 18, 3), (33, 17, 2)])
def test_the_quiet_zone_is_as_wide_as_there_is_room_for(width: int, height: int, border: int) -> None:
    """A code keeps four light modules around it where it can, and never fewer than two."""
    code = modules("http://192.168.1.23:8600/?c=4F7K", width, height)
    assert len(code) == 29 + 2 * border
    assert not any(any(row) for row in (*code[:border], *code[-border:]))
    assert not any(cell for row in code for cell in (*row[:border], *row[-border:]))
    assert modules("http://192.168.1.23:8600/?c=4F7K", 32, 90) == ()
    assert modules("http://192.168.1.23:8600/?c=4F7K", 90, 16) == ()


@pytest.mark.parametrize("size", [*SIZES, (60, 20), (40, 12), (200, 60)])
async def test_thirty_people_of_any_name(place: RoomPlace, size: tuple[int, int]) -> None:
    """With thirty long and hostile names the way in, the help and everybody's phone can be seen; a code, where it fits."""
    names = tuple(f"{number} {HOSTILE[number % len(HOSTILE)]}" for number in range(30))
    async with room(place, size, *names) as (trainer, door):
        door.warned = ("The firewall may keep phones out. " * 4, "[/] This laptop is on two networks.")
        for number in range(0, 30, 2):
            door.join(names[number], f"d{number}")
        door.seen(P2, connected=False)
        door.ask("q", HOSTILE[1] * 20, P1)
        workshop = trainer.run.workshop
        kit = await trainer.desk.read_kit()
        for name in ("amo", "goal-types"):
            workshop.handle(c.TakeUpExercise(exercise_id=name, exercise=kit.exercises[name], unit=kit.unit))
            workshop.handle(c.OpenActivity(exercise_id=name, delivery=trainer.run.delivery_id))
        workshop.handle(c.ShowMessage(text="[/] $x " * 20))
        await trainer.sees("14 of 30 in" if size[0] > 60 else "1 asks", f"code {door.code}"[: size[0] - 40])
        lines = whole(trainer, size)
        trainer.nothing_unprintable()
        assert "? help" in lines[-1]
        assert (decoded(trainer) == [door.join_url]) == (size[0] >= 80)
        if size[0] == 60:
            await trainer.sees("A larger window shows the QR code too.")
        if size[1] >= 20:
            await trainer.press("end")
            await trainer.sees("not in")
            await trainer.press("home")
            await trainer.sees("asks to come in")
            whole(trainer, size)


def test_the_room_is_not_loaded_before_it_is_wanted() -> None:
    """Home and the run screen load neither the room's screen nor what draws its code."""
    done = subprocess.run(
        [sys.executable, "-c", LIGHT_LOADED], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert "pmworkshop.desk.screens.day.run" in loaded
    assert not loaded & {"segno", "pmworkshop.desk.screens.room.room", "starlette", "uvicorn"}


async def test_other_screens_see_the_room(place: RoomPlace) -> None:
    """The register says who is in by phone and who walked in; an activity, whose phone dropped out."""
    async with room(place) as (trainer, door):
        door.join("Amara Okafor", "d0")
        door.join("Dilip Rao", "d2")
        door.join("Kasia Nowak", "w")
        door.seen(P2, connected=False)
        await trainer.sees("Dilip Rao", "dropped 09:30", "in, walk-in", "not in")
        await trainer.press("escape", "r")
        await trainer.on("RegisterScreen")
        await trainer.sees("by phone · walk-in")
        assert [line.split()[2:] for line in trainer.lines if "Dilip" in line] == [["Firm", "2"]]
        door.seen(P2)
        await trainer.until(lambda: any("by phone" in line for line in trainer.lines if "Dilip" in line), "")
        await trainer.press("h")
        await trainer.sees("present · by phone · walk-in")
        door.seen(P2, connected=False)
        await trainer.press("escape", "i")
        await trainer.on("PickName")
        await trainer.write("amo")
        await trainer.press("enter")
        await trainer.on("ActivityScreen")
        await trainer.sees("Dilip Rao, phone dropped")
        assert trainer.text.count("dropped") == 1
        await trainer.press("escape", "j")
        await trainer.on("RoomScreen")
        trainer.run.workshop.save_draft("form:amo:p0:", "{}").result()
        await trainer.sees("working", "Ability")
    assert isinstance(door, PaperDoor)
    assert any(isinstance(event, e.AttendanceMarked) for event in place.events("spring"))
