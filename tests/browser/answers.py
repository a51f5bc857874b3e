"""Raw answers to any exercise, another sheet for each number, always the same for the same number."""

from collections.abc import Mapping
from typing import Any

from pmworkshop.core import commands as c
from pmworkshop.core.exercise import STEPS, Column, Exercise, Item
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.people import Person
from tests.browser.place import Place

DAY = "2027-04-12"
WORDS = "We spoke about it for ten minutes and wrote down what comes next."


def answers(exercise: Exercise, number: int) -> Mapping[str, Any]:
    """Return sheet `number`; photos stay empty."""
    return {
        item.id: _given(exercise, item, number + place)
        for place, item in enumerate(exercise.items)
        if item.kind != "photo"
    }


def _given(exercise: Exercise, item: Item, number: int) -> Any:
    scale = exercise.scale(item)
    if scale is not None:
        return str(1 + number * 3 % len(scale.labels))
    chosen = [one.id for one in item.options]
    least = item.at_least or 1
    given = {
        "choice": chosen[number % len(chosen)] if chosen else "",
        "choices": chosen[: max(least, 1)],
        "ranking": chosen[number % max(len(chosen), 1) :] + chosen[: number % max(len(chosen), 1)],
        "yes-no": "yes" if number % 2 else "no",
        "number": str((item.lowest or 0) + 7),
        "date": DAY,
        "code": f"TM{1 + number % 9}",
        "list": [f"Step {n}: {WORDS}" for n in range(1, least + 2)],
        "table": [{column.id: _cell(column) for column in item.columns}] * least,
        "line": str(1 + number * 3 % STEPS),
        "grid": f"{1 + number * 3 % STEPS},{1 + number * 7 % STEPS}",
    }
    return given.get(item.kind, f"{WORDS} {number}")


def _cell(column: Column) -> str:
    cells = {"date": DAY, "number": "3", "code": "TM2"}
    return column.options[0].id if column.kind == "choice" else cells.get(column.kind, "Write it down")


def hand_in(place: Place, name: str, exercise_id: str, number: int = 0, **changed: Any) -> OutputId:
    """Hand a sheet in for somebody, as their phone would; return what it became."""
    exercise = place.workshop.state.exercise(exercise_id)
    assert exercise is not None
    output = OutputId(place.house.new_id())
    place.do(
        c.SubmitOutput(
            output=output,
            exercise_id=exercise_id,
            participant=place.whose(name),
            answers={**answers(exercise, number), **changed},
            route="phone",
            entered_by="participant",
            with_gaps=True,
        )
    )
    return output


def register(place: Place, *names: str) -> None:
    """Put people on the register."""
    place.do(
        c.AddParticipants(
            people=tuple((ParticipantId(place.house.new_id()), Person(name=name)) for name in names)
        )
    )
