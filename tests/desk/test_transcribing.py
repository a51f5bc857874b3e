"""Paper sheets typed in by the short ids at their feet: keyboard only, one after the other."""

from functools import partial
from typing import TYPE_CHECKING

import pytest

from pmworkshop.core import events as e
from pmworkshop.core.sheet_id import sheet_id
from pmworkshop.desk.screens.work.form import FormScreen
from tests.desk.evidence import AMARA, BRONWEN, STRANGE, WAYS, Cohort
from tests.desk.participant import on_form

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

NAME = "fair-assessment"
WAYS_AT = 2


async def type_sheet_in(trainer: "Trainer", typed: str) -> None:
    """Type an id, and one way to be fair into the form that it opens."""
    await trainer.on("AskLine")
    await trainer.write(typed)
    await trainer.press("enter")
    await trainer.on("FormScreen")
    await write_ways(trainer, "\n".join(WAYS))


def _is_after(form: FormScreen, here: int) -> bool:
    return form._at > here and form.focused is not None


async def write_ways(trainer: "Trainer", text: str) -> None:
    """Go to the question that asks for ways, write them, and hand in what is complete or not."""
    form = on_form(trainer)
    while form._at < WAYS_AT:
        here = form._at
        await trainer.press("enter" if here < 0 else "ctrl+n")
        await trainer.until(partial(_is_after, form, here), "the next question")
    await trainer.settle()
    await trainer.write(text)
    await trainer.press("ctrl+s")
    await trainer.on("Question")
    await trainer.press("y")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["narrow", "wide"])
async def test_from_sheet_to_sheet(place: "Place", size: tuple[int, int]) -> None:
    """An id, however it is typed, opens the form of its person and exercise by the route paper; then the next is asked for."""
    cohort = Cohort(place)
    cohort.close()
    async with place.desk(size, session="session-a") as trainer:
        await trainer.press("u")
        await trainer.on("OutputsScreen")
        await trainer.press("t")
        for who, typed in (
            (AMARA, sheet_id(AMARA, NAME)),
            (STRANGE, sheet_id(STRANGE, NAME).lower().replace("-", " ")),
        ):
            await type_sheet_in(trainer, typed)
            await trainer.on("AskLine")
            await trainer.sees("Which sheet is next?")
            handed_in = [one for one in place.events("spring") if isinstance(one, e.OutputSubmitted)]
            newest = handed_in[-1]
            assert (newest.participant, newest.exercise_id, newest.route, newest.entered_by) == (
                who,
                NAME,
                "paper",
                "trainer",
            )
            assert newest.answers["own-ways"] == WAYS
            trainer.nothing_unprintable()
        await trainer.press("escape")
        await trainer.on("OutputsScreen")
        await trainer.sees("Amara Okafor", "paper")


async def test_a_mistyped_id_is_mended_in_place(place: "Place") -> None:
    """An id that is no sheet's is said to be wrong where it was typed, and nothing is opened."""
    cohort = Cohort(place)
    cohort.close()
    right = sheet_id(BRONWEN, NAME)
    swapped = right[1] + right[0] + right[2:]
    async with place.desk((80, 24), session="session-a") as trainer:
        await trainer.press("u")
        await trainer.on("OutputsScreen")
        await trainer.press("t")
        await trainer.on("AskLine")
        for typed, words in (
            ("", "8 letters"),
            ("Anna Smith", "consonants only"),
            (swapped, "two are swapped"),
        ):
            await trainer.press("end", "ctrl+u")
            await trainer.write(typed)
            await trainer.press("enter")
            await trainer.sees(words)


async def test_a_sheet_that_was_handed_in_before_is_amended(place: "Place") -> None:
    """A second sheet of the same person and exercise is a newer version, in the session in which the activity was opened."""
    cohort = Cohort(place)
    cohort.ways(BRONWEN, WAYS[0])
    cohort.close()
    async with place.desk((80, 24), session="session-a") as trainer:
        await trainer.press("i")
        await trainer.on("PickName")
        await trainer.write("Ways to assess fairly")
        await trainer.press("enter")
        await trainer.on("ActivityScreen")
        await trainer.press("t")
        await trainer.on("AskLine")
        await trainer.write(sheet_id(BRONWEN, NAME))
        await trainer.press("enter")
        await trainer.on("FormScreen")
        await trainer.sees("Ways to assess fairly")
        await write_ways(trainer, "Ask twice: ")
        await trainer.until(lambda: isinstance(place.events("spring")[-1], e.OutputAmended), "an amendment")
        await trainer.on("AskLine")
