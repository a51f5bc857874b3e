"""People who hand in beside the desk, as on their phones: any answers to any exercise of the kit."""

from collections.abc import Mapping
from random import Random
from typing import TYPE_CHECKING, Any

from pmworkshop.core import commands as c
from pmworkshop.core.exercise import DONT_KNOW, Column, Exercise, Item
from pmworkshop.core.ids import DeliveryId, OutputId, ParticipantId, Route
from pmworkshop.core.output import AnonymousSheet
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.unit import Unit
from pmworkshop.live.workshop import Workshop

if TYPE_CHECKING:
    from tests.desk.conftest import Trainer

NAMES = ("Amara Okafor", "Bronwen Pugh", "Øyvind Ås", "漢字 名前", "W" + "x" * 198, "Dilip Rao", "Zoe")
LONGEST = "Practice that goes on " * 9


class Sheets:
    """Hands sheets in, one exercise after the other, for seven people."""

    def __init__(self, workshop: Workshop, delivery: DeliveryId | None = None) -> None:
        self.workshop, self.delivery, self.random = workshop, delivery, Random(7)
        people = tuple((ParticipantId(f"p{n}"), Person(name=name)) for n, name in enumerate(NAMES))
        self.do(c.AddParticipants(people=people))

    def do(self, command: c.Command) -> None:
        outcome = self.workshop.handle(command)
        assert not isinstance(outcome, Refusal), outcome.words

    def take_up(self, name: str, exercise: Exercise, unit: Unit | None = None) -> Exercise:
        self.do(c.TakeUpExercise(exercise_id=name, exercise=exercise, unit=unit))
        self.do(c.OpenActivity(exercise_id=name, delivery=self.delivery))
        taken = self.workshop.state.exercise(name)
        assert taken is not None
        return taken

    def hand_in(
        self,
        name: str,
        who: int,
        answers: Mapping[str, Any] | None = None,
        *,
        output: str = "",
        members: tuple[int, ...] = (),
        route: Route = "phone",
    ) -> OutputId:
        """Hand in for person `who`, anything where no `answers` are given."""
        exercise = self.workshop.state.exercise(name)
        assert exercise is not None
        found = OutputId(output or f"{name}-{who}")
        self.do(
            c.SubmitOutput(
                output=found,
                exercise_id=name,
                participant=ParticipantId(f"p{who}"),
                members=tuple(ParticipantId(f"p{one}") for one in members),
                delivery=self.delivery,
                answers=answers if answers is not None else self.anything(exercise),
                route=route,
                entered_by="participant",
                with_gaps=True,
            )
        )
        return found

    def into_the_box(self, name: str, count: int) -> None:
        """Hand `count` sheets in without a name, and close the activity."""
        exercise = self.workshop.state.exercise(name)
        assert exercise is not None
        self.do(c.CloseActivity(exercise_id=name))
        sheets = tuple(AnonymousSheet(edition=0, answers=self.anything(exercise)) for _ in range(count))
        self.do(c.EnterAnonymous(exercise_id=name, box=name, sheets=sheets))

    def anything(self, exercise: Exercise) -> dict[str, Any]:
        found = {item.id: self._any(exercise, item) for item in exercise.items}
        return {name: given for name, given in found.items() if given is not None}

    def _any(self, exercise: Exercise, item: Item) -> Any:
        scale = exercise.scale(item)
        if scale is not None:
            unsure = item.dont_know and self.random.random() < 0.2
            return DONT_KNOW if unsure else self.random.randint(1, len(scale.labels))
        if item.options and item.kind != "yes-no":
            chosen = self.random.sample(item.options, min(item.at_least or 1, len(item.options)))
            return chosen[0].id if item.kind == "choice" else tuple(one.id for one in chosen)
        lists = {"list": ("Clear goals", LONGEST), "table": tuple(self._row(item) for _ in range(2))}
        figures = {"number": 12, "line": self.random.randint(1, 10), "yes-no": self.random.random() < 0.5}
        words = {"short": "Clear goals", "long": LONGEST, "date": "2027-04-12", "code": "TM1"}
        place = {"grid": (self.random.randint(1, 10), self.random.randint(1, 10))}
        return {**lists, **figures, **words, **place}.get(item.kind)

    def _row(self, item: Item) -> dict[str, str]:
        return {column.id: _cell(column) for column in item.columns}


def _cell(column: Column) -> str:
    if column.options:
        return column.options[0].id
    return {"number": "3", "date": "2027-05-01", "code": "TM1"}.get(column.kind, "as agreed")


async def beside(trainer: "Trainer") -> Sheets:
    """Have people hand in while the trainer is at the desk."""
    await trainer.desk.read_kit()
    sheets = Sheets(trainer.run.workshop, trainer.run.delivery_id)
    trainer._told = len(trainer.place.events("spring"))
    return sheets


def told_all(trainer: "Trainer") -> None:
    """Let what was handed in beside the desk be known, so that only what the trainer does is new."""
    trainer._told = len(trainer.place.events("spring"))
