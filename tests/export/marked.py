"""A cohort whose people, answers and codes cannot be mistaken for one another's, on a real journal with the shipped kit.

Everything that somebody types is a mark that says whose it is, of which output and of which question. So a test may
search any document for what must be in it once, and for what must not be in it at all.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pmworkshop.core import commands as c
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import DeliveryId, NoteId, OutputId, ParticipantId
from pmworkshop.core.output import Output
from pmworkshop.core.packing import may_choose
from pmworkshop.core.people import Person
from pmworkshop.core.units import Duration
from pmworkshop.live.views.pack import PackView
from tests.export.pack_cohort import CENTRE, DAY, Day, answer

PEOPLE: Final = {
    ParticipantId(f"m{number}"): name
    for number, name in enumerate(
        ("Zebulon Quixley", "Hepzibah Wrothmore", "Ignatius Pomfret", "Marigold Thackeray-Bly")
    )
}
OPEN: Final = next(iter(PEOPLE))
"""The one who chose that everything goes in."""
MARK: Final = re.compile(r"zz\d+e\d+i\d+(?:n\d+|r\d+c\d+)?zz")
_TYPED: Final = frozenset({"short", "long", "list", "table"})


def marked(place: Path) -> Day:
    """Record a morning in which everybody hands in everything, some of it for a group, and a flip chart names all."""
    day = Day(place)
    day.do(-60, c.CreateCohort(name="marked"))
    day.do(-50, c.AddParticipants(people=tuple((one, Person(name=name)) for one, name in PEOPLE.items())))
    day.do(-45, c.TakeCentre(centre=CENTRE))
    delivery = DeliveryId("morning")
    plan = day.kit.sessions["session-a"]
    day.do(
        -20,
        c.OpenDelivery(
            delivery=delivery, session_id="session-a", session=plan, zone="GMT", utc_offset=Duration(0)
        ),
    )
    day.do(0, c.StartDelivery(delivery=delivery, zone="GMT", utc_offset=Duration(0)))
    chart = ", ".join(PEOPLE.values())
    day.do(5, c.TakeNote(note=NoteId("n"), delivery=delivery, kind="flip-chart", text=f"By {chart}"))
    for number, (name, exercise) in enumerate(day.kit.exercises.items()):
        day.do(10, c.TakeUpExercise(exercise_id=name, exercise=exercise, unit=day.kit.unit))
        if exercise.privacy != "anonymous":
            day.do(11, c.OpenActivity(exercise_id=name, delivery=delivery))
            _hand_in(day, number, name)
    for output in day.workshop.state.outputs.values():
        if output.participant == OPEN and may_choose(day.workshop.state, output, OPEN):
            day.do(DAY, c.ChooseForPack(output=output.id, participant=OPEN, on=True))
    return day


def _hand_in(day: Day, number: int, name: str) -> None:
    exercise = day.workshop.state.editions[name][-1]
    for who, person in enumerate(PEOPLE):
        members = tuple(PEOPLE)[who + 1 : who + 2] if exercise.filled_by != "each" else ()
        answers = {
            item.id: _answer(exercise, item, who, f"zz{who}e{number}i{place}")
            for place, item in enumerate(exercise.items)
            if item.kind != "photo"
        }
        given = c.SubmitOutput(
            output=OutputId(f"{name}-{person}"),
            exercise_id=name,
            participant=person,
            members=members,
            answers=answers,
            with_gaps=True,
            route="phone",
            entered_by="participant",
        )
        day.do(12 + number, given)


def _answer(exercise: Exercise, item: Item, who: int, mark: str) -> Any:
    if item.kind in ("short", "long"):
        return f"{mark}zz"
    if item.kind == "code":
        return f"QX{70 + who}"
    if item.kind == "list":
        return [f"{mark}n{number}zz" for number in range(item.at_least or 2)]
    if item.kind == "table":
        return [
            {
                column.id: f"{mark}r{row}c{place}zz"
                if column.kind == "short"
                else f"QX{70 + who}"
                if column.kind == "code"
                else column.options[0].id
                if column.options
                else "2027-04-24"
                if column.kind == "date"
                else "3"
                for place, column in enumerate(item.columns)
            }
            for row in range(item.at_least or 2)
        ]
    return answer(exercise, item, who)


def due(day: Day, person: ParticipantId) -> Counter[str]:
    """Return every mark that belongs into somebody's pack, once each, worked out from the record alone."""
    return Counter(
        mark
        for output in day.workshop.state.outputs.values()
        if person in output.people
        for item, given in _typed(day, output)
        if person == OPEN == output.participant or _is_evidence(day, output, item)
        for mark in MARK.findall(repr(given))
    )


def withheld(day: Day, person: ParticipantId) -> set[str]:
    """Return the marks that somebody wrote, or was written with, and that stay out of their pack."""
    mine = (output for output in day.workshop.state.outputs.values() if person in output.people)
    found = {mark for one in mine for _, given in _typed(day, one) for mark in MARK.findall(repr(given))}
    return found - set(due(day, person))


def _typed(day: Day, output: Output) -> Iterator[tuple[Item, Any]]:
    exercise = day.workshop.state.editions[output.exercise_id][-1]
    return (
        (item, output.newest.answers[item.id])
        for item in exercise.items
        if item.kind in _TYPED and item.id in output.newest.answers
    )


def _is_evidence(day: Day, output: Output, item: Item) -> bool:
    exercise = day.workshop.state.editions[output.exercise_id][-1]
    return (item.privacy or exercise.privacy) == "evidence"


def strangers(person: ParticipantId, view: PackView) -> list[re.Pattern[str]]:
    """Return what must stand nowhere in somebody's pack: others' names, and codes that only others gave."""
    shared = {
        code for one in view.outputs for _, given in one.raw for code in re.findall(r"QX\d+", repr(given))
    }
    words = [word for one, name in PEOPLE.items() if one != person for word in re.split(r"[ -]", name)]
    codes = [f"QX{70 + who}" for who in range(len(PEOPLE)) if f"QX{70 + who}" not in shared]
    return [re.compile(rf"\b{word}\b") for word in (*words, *codes)]


def typed(day: Day, person: ParticipantId) -> set[str]:
    """Return every text that goes into somebody's pack as the record holds it, from any cohort."""
    state = day.workshop.state
    return {
        str(state.outputs[one.output].newest.answers[item.id])
        for one in day.view(person).outputs
        for item in one.page.exercise.items
        if item.kind in ("short", "long") and item.id in state.outputs[one.output].newest.answers
    }


def raw_answers(day: Day, view: PackView) -> Mapping[str, Mapping[str, Any]]:
    """Return the newest answers of a pack's outputs from the record, by output."""
    return {one.output: day.workshop.state.outputs[one.output].newest.answers for one in view.outputs}
