"""What is half written survives a kill and a leaving, and is nobody else's to see."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pmworkshop.core import events as e
from pmworkshop.core.ids import ParticipantId
from pmworkshop.desk.screens.work.kiosk import KioskScreen
from tests.desk.participant import CODE, fill_in, on_form, pass_laptop, put_on_register, take_back

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

ROOT = Path(__file__).parents[2]
EXERCISE = "Planning a challenging conversation"
WRITTEN = "They hand over before half past eight, every day."


def kill_half_way(data: Path) -> None:
    """Fill a worksheet half in, in a process of its own, and kill that."""
    script = [sys.executable, "-m", "tests.desk.half_filled", str(data), EXERCISE, WRITTEN]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=env) as desk:
        assert desk.stdout is not None
        assert desk.stdout.readline() == "half filled\n"
        desk.kill()


async def test_a_killed_worksheet_is_there_on_return(place: "Place") -> None:
    """Kill -9 in the middle of a worksheet: what was typed a second before is there for whoever picks the name again."""
    put_on_register(place, "Ada Okafor", "Ben Llewellyn")
    kill_half_way(place.data)
    async with place.desk((80, 24), session="session-b") as trainer:
        await pass_laptop(trainer, EXERCISE)
        await trainer.sees("Ada Okafor  begun")
        await trainer.press("enter")
        await give_code(trainer)
        await trainer.on("FormScreen")
        await trainer.sees("2 of", WRITTEN)


async def give_code(trainer: "Trainer") -> None:
    await trainer.on("AskLine")
    await trainer.write(CODE)
    await trainer.press("enter")


async def test_what_is_left_half_filled_goes_on_where_it_was_left(place: "Place") -> None:
    """Esc keeps a form half filled; the next one begins with their own, and a stray Enter opens nobody's."""
    put_on_register(place, "Ada Okafor", "Ben Llewellyn")
    async with place.desk((80, 24), session="session-b") as trainer:
        await pass_laptop(trainer, EXERCISE)
        await trainer.press("enter")
        await trainer.on("FormScreen")
        await trainer.press("enter")
        await trainer.until(lambda: trainer.desk.screen.focused is not None)
        await trainer.write("TM1")
        await trainer.press("enter")
        await trainer.sees("2 of")
        await trainer.until(lambda: trainer.desk.screen.focused is not None)
        await trainer.write(WRITTEN)
        await trainer.press("escape")
        await trainer.on("KioskScreen")
        await trainer.sees("Ada Okafor  begun")
        await trainer.press("enter")
        await trainer.on("KioskScreen")
        await trainer.press("down", "down", "enter")
        await trainer.on("FormScreen")
        await trainer.sees("Ben Llewellyn")
        await trainer.press("enter")
        await trainer.sees("1 of")
        await trainer.sees_no(WRITTEN)
        assert on_form(trainer)._raw == {}
        await trainer.press("escape")
        await trainer.on("KioskScreen")
        await trainer.press("down", "enter")
        await trainer.on("AskLine")
        await trainer.sees("Ada Okafor has begun this")
        await give_code(trainer)
        await trainer.on("FormScreen")
        await trainer.sees(WRITTEN)


async def test_the_passed_laptop_leads_nowhere_without_the_code(place: "Place") -> None:
    """While participants have the laptop, no key leads back to the desk, out of it, or to somebody's sheet."""
    put_on_register(place, "Ada Okafor", "Ben Llewellyn")
    async with place.desk((80, 24), session="session-a") as trainer:
        await pass_laptop(trainer, "What I am responsible for")
        await trainer.press("ctrl+q", "ctrl+p", "f1", "question_mark", "q")
        await trainer.on("KioskScreen")
        await trainer.press("enter")
        await fill_in(trainer)
        await trainer.press("ctrl+q", "ctrl+s")
        await trainer.on("HandedInScreen")
        await trainer.press("ctrl+q", "ctrl+p", "tab", "enter")
        await trainer.on("KioskScreen")
        await trainer.press("down", "enter")
        await trainer.on("AskLine")
        await trainer.sees("This was handed in at 09:30")
        await trainer.write("1234")
        await trainer.press("enter")
        await trainer.sees("That is not the code.")
        await trainer.press("escape")
        await trainer.on("KioskScreen")
        await trainer.press("enter")
        await trainer.on("AskLine")
        await give_code(trainer)
        await trainer.on("FormScreen")
        await trainer.press("escape")
        await take_back(trainer)


async def test_ones_own_recovery_code_opens_ones_own_sheet_and_no_other(place: "Place") -> None:
    """The receipt at the passed laptop shows a recovery code; it opens that sheet again, and nobody else's code does."""
    put_on_register(place, "Ada Okafor", "Ben Llewellyn")
    async with place.desk((80, 24), session="session-a") as trainer:
        await pass_laptop(trainer, "What I am responsible for")
        kiosk = trainer.desk.screen
        assert isinstance(kiosk, KioskScreen)
        ada, ben = [await kiosk._recovery(ParticipantId(one)) for one in ("p0", "p1")]
        await trainer.press("enter")
        await fill_in(trainer)
        await trainer.press("ctrl+s")
        await trainer.on("HandedInScreen")
        await trainer.sees(f"Your recovery code {ada}")
        await trainer.press("enter")
        await trainer.on("KioskScreen")
        await trainer.press("down", "enter")
        await trainer.on("AskLine")
        await trainer.write(ben)
        await trainer.press("enter")
        await trainer.sees("That is not the code.")
        for _ in range(len(ben)):
            await trainer.press("backspace")
        await trainer.write(f"{ada[:3]} {ada[3:]}".lower())
        await trainer.press("enter")
        await trainer.on("FormScreen")
        await trainer.press("escape")
        await take_back(trainer)


async def test_the_trainer_enters_one_sheet_after_the_other(place: "Place") -> None:
    """From paper: a few letters find the person, the form begins at its first question, and the next name is asked for."""
    put_on_register(place, "Ada Okafor", "Ben Llewellyn", "Cara Nowak")
    async with place.desk((80, 24), session="session-a") as trainer:
        await trainer.press("i")
        await trainer.on("PickName")
        await trainer.write("How I like to learn")
        await trainer.press("enter")
        await trainer.on("ActivityScreen")
        await trainer.press("e")
        for letters in ("llew", "now"):
            await trainer.on("PickName")
            await trainer.write(letters)
            await trainer.press("enter")
            await trainer.on("FormScreen")
            await trainer.sees("from paper · 1 of")
            await fill_in(trainer)
            await trainer.press("ctrl+s")
        await trainer.on("PickName")
        await trainer.press("escape")
        await trainer.sees("2 of 3 finished")
    entered = [one for one in place.events("spring") if isinstance(one, e.OutputSubmitted)]
    assert [(one.participant, one.route, one.entered_by) for one in entered] == [
        ("p1", "paper", "trainer"),
        ("p2", "paper", "trainer"),
    ]


async def test_a_question_that_gives_way_at_once_leaves_nothing_behind(place: "Place") -> None:
    """Next and all questions pressed in one breath: the overview stands there, with no input of a question in it."""
    put_on_register(place, "Ada Okafor")
    async with place.desk((80, 24), session="session-a") as trainer:
        await pass_laptop(trainer, "What I am responsible for")
        await trainer.press("enter")
        await trainer.on("FormScreen")
        form = on_form(trainer)
        form.action_next()
        form.action_all()
        await trainer.settle()
        await trainer.sees("All your answers", "Not answered yet.")
        assert not form.query_one("#answer").display
