"""A participant at the passed laptop: picks a name, presses keys, reads the result. Shared by the tests of exercises."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.exercise import Column, Item
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.desk.screens.work.form import FormScreen

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

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


def keys_for(item: Item) -> tuple[str, ...]:
    """Return the keys that answer an item where nothing is to be written."""
    figures = "123456789"
    return {
        "rating": ("1",),
        "choice": ("1",),
        "yes-no": ("1",),
        "choices": (*figures[: len(item.options)][-(item.at_most or item.at_least or 1) :], "enter"),
        "ranking": (*figures[: len(item.options)], "enter"),
        "line": ("7", "enter"),
        "grid": ("right", "right", "up", "enter"),
    }.get(item.kind, ())


async def answer(trainer: "Trainer", item: Item, photo: str) -> None:
    """Answer one item with the keys that a participant would press."""
    if keys_for(item):
        await trainer.press(*keys_for(item))
    elif item.kind == "table":
        for _ in range(item.at_least or 1):
            for column in item.columns:
                await trainer.write(cell_keys(column))
                await trainer.press("enter")
        await trainer.press("enter")
    elif item.kind == "photo":
        await give_photo(trainer, photo)
    else:
        text, key = writing(item)
        await trainer.write(text)
        await trainer.press(key)


async def give_photo(trainer: "Trainer", photo: str) -> None:
    if photo:
        await trainer.write(photo)
        await trainer.press("enter")
        await trainer.sees("The photo is kept")
    await trainer.press("enter")


async def fill_in(trainer: "Trainer", photo: str = "") -> dict[str, Any]:
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
        await answer(trainer, items[here], photo)
        await trainer.until(lambda here=here: form._at > here, f"the question after {items[here].id}")  # type: ignore[misc]
    await trainer.sees("All your answers", "Complete.")
    return dict(form._raw)


def answers_in_journal(place: "Place") -> Any:
    handed_in = [
        one for one in place.events("spring") if isinstance(one, e.OutputSubmitted | e.AnonymousEntered)
    ]
    assert len(handed_in) == 1
    (one,) = handed_in
    return one.answers if isinstance(one, e.OutputSubmitted) else one.sheets[0].answers
