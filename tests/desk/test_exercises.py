"""Every exercise that comes along is done at the laptop by keyboard alone, in a small terminal, and is in the journal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.answers import read
from pmworkshop.core.exercise import Column, Item
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.desk.screens.form import FormScreen
from pmworkshop.desk.screens.handed_in import HandedInScreen
from pmworkshop.wiring.places import shipped_kit

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

EXERCISES = sorted(path.stem for path in (shipped_kit() / "exercises").glob("*.yaml"))
CODE = "4711"
TEXT = "We agree it in April because people then know what good looks like, and look again in July."


def put_on_register(place: "Place", *names: str) -> None:
    workshop = place.workshop("spring", new=True)
    people = tuple((ParticipantId(f"p{n}"), Person(name=name)) for n, name in enumerate(names))
    workshop.handle(c.AddParticipants(people=people))
    workshop.close()


async def pass_laptop(trainer: "Trainer", title: str) -> None:
    """Open an exercise by its title and give the laptop away."""
    await trainer.press("i")
    await trainer.on("PickName")
    await trainer.write(title)
    await trainer.press("enter")
    await trainer.on("ActivityScreen")
    await trainer.press("p")
    await trainer.on("AskLine")
    await trainer.write(CODE)
    await trainer.press("enter")
    await trainer.on("KioskScreen")
    await trainer.sees("Choose your name")


async def take_back(trainer: "Trainer") -> None:
    await trainer.on("KioskScreen")
    await trainer.press("escape")
    await trainer.on("AskLine")
    await trainer.write(CODE)
    await trainer.press("enter")
    await trainer.on("ActivityScreen")


def on_form(trainer: "Trainer") -> FormScreen:
    screen = trainer.desk.screen
    assert isinstance(screen, FormScreen)
    return screen


def cell_keys(column: Column) -> str:
    return {"choice": "1", "number": "12", "date": "24/01/2027", "code": "TM1", "short": "as agreed"}[
        column.kind
    ]


def writing(item: Item) -> Iterator[str]:
    """Yield what to write for an item, and the key that follows it."""
    lines = {"short": "Minutes of the team meeting", "long": TEXT, "date": "24/01/2027", "code": "TM1"}
    if item.kind == "list":
        yield "\n".join(f"Practice number {n}" for n in range(1, (item.at_least or 1) + 1))
    elif item.kind == "number":
        yield f"{(item.highest or 12) if item.highest is not None and item.highest < 12 else 12:g}"
    else:
        yield lines[item.kind]
    yield "ctrl+n" if item.kind in ("long", "list") else "enter"


async def answer(trainer: "Trainer", item: Item) -> None:
    """Answer one item with the keys that a participant would press."""
    if item.kind in ("rating", "choice", "yes-no"):
        await trainer.press("1")
    elif item.kind == "choices":
        await trainer.press(*"123456789"[: item.at_least or 1], "enter")
    elif item.kind == "ranking":
        await trainer.press(*"123456789"[: len(item.options)], "enter")
    elif item.kind == "line":
        await trainer.press("7", "enter")
    elif item.kind == "grid":
        await trainer.press("right", "right", "up", "enter")
    elif item.kind == "photo":
        await trainer.press("enter")
    elif item.kind == "table":
        for _ in range(item.at_least or 1):
            for column in item.columns:
                await trainer.write(cell_keys(column))
                await trainer.press("enter")
        await trainer.press("enter")
    else:
        text, key = writing(item)
        await trainer.write(text)
        await trainer.press(key)


async def fill_in(trainer: "Trainer") -> dict[str, Any]:
    """Fill the form in, question by question; return the raw answers as they stand at its end."""
    await trainer.on("FormScreen")
    form = on_form(trainer)
    if form._at < 0:
        await trainer.press("enter")
    for _ in range(200):
        items = form._items
        if form._at >= len(items):
            break
        here = form._at
        await trainer.until(lambda: form.focused is not None, "the question's input")
        await answer(trainer, items[here])
        await trainer.until(lambda here=here: form._at > here, f"the question after {items[here].id}")  # type: ignore[misc]
    await trainer.sees("All your answers", "Complete.")
    return dict(form._raw)


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
            await trainer.sees("closed")
        expected = read(taken.exercise, raw)
        assert expected.flaws == ()
        assert answers_in_journal(place) == expected.answers


def answers_in_journal(place: "Place") -> Any:
    handed_in = [
        one for one in place.events("spring") if isinstance(one, e.OutputSubmitted | e.AnonymousEntered)
    ]
    assert len(handed_in) == 1
    (one,) = handed_in
    return one.answers if isinstance(one, e.OutputSubmitted) else one.sheets[0].answers
