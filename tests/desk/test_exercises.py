"""Every exercise that comes along is done at the laptop by keyboard alone, in a small terminal, and is in the journal."""

from typing import TYPE_CHECKING

import pytest

from pmworkshop.core import events as e
from pmworkshop.core.answers import read
from pmworkshop.desk.screens.work.handed_in import HandedInScreen
from pmworkshop.wiring.places import shipped_kit
from tests.desk.participant import answers_in_journal, fill_in, pass_laptop, put_on_register, take_back

if TYPE_CHECKING:
    from tests.desk.conftest import Place

EXERCISES = sorted(path.stem for path in (shipped_kit() / "exercises").glob("*.yaml"))


@pytest.mark.parametrize("exercise_id", EXERCISES)
async def test_every_exercise_is_done_at_the_laptop(place: "Place", exercise_id: str) -> None:
    """A participant picks their name, fills the form in by keyboard, sees the result; the answers are in the journal."""
    put_on_register(place, "Ada Okafor", "Ben Llewellyn", "Cara Nowak")
    async with place.desk((80, 24), session="session-a") as trainer:
        kit = await trainer.desk.read_kit()
        exercise = kit.exercises[exercise_id]
        await pass_laptop(trainer, exercise.title)
        await trainer.press("enter")
        if exercise.filled_by != "each":
            await trainer.on("PickSeveral")
            await trainer.press("space", "ctrl+s")
        raw = await fill_in(trainer)
        await trainer.press("ctrl+s")
        await trainer.until(lambda: isinstance(trainer.desk.screen, HandedInScreen), "the result")
        await trainer.on("HandedInScreen")
        await trainer.sees("Saved on the trainer's laptop")
        trainer.nothing_unprintable()
        await trainer.press("enter")
        await trainer.sees("1 of 3 finished" if exercise.filled_by == "each" else "2 of 3 finished")
        await take_back(trainer)
        taken = next(one for one in place.events("spring") if isinstance(one, e.ExerciseTaken))
        if exercise.privacy == "anonymous":
            await trainer.press("o")
            await trainer.on("Question")
            await trainer.sees("Only 1 handed in")
            await trainer.press("y")
            await trainer.until(
                lambda: any(isinstance(one, e.AnonymousEntered) for one in place.events("spring")),
                "the box in the record",
            )
        expected = read(taken.exercise, raw)
        assert expected.flaws == ()
        assert answers_in_journal(place) == expected.answers
