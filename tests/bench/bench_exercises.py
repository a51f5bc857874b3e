"""Thirty people who have done every exercise: how long browsing, putting together and drawing take.

Times are milliseconds, each until the lines for the terminal are made.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from textual.screen import Screen

from pmworkshop.core import commands as c
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.desk.app import Desk, Straight
from pmworkshop.desk.screens.day.run import RunScreen
from pmworkshop.desk.screens.work.activity import ActivityScreen
from pmworkshop.desk.screens.work.output import OutputScreen
from pmworkshop.desk.screens.work.outputs import OutputsScreen
from pmworkshop.desk.screens.work.results import ResultsScreen
from pmworkshop.live.views.activity import activity_view
from pmworkshop.live.views.outputs import output_page, output_rows
from pmworkshop.live.views.results import together
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.house import House
from pmworkshop.wiring.memory import collect_seldom
from pmworkshop.wiring.places import shipped_kit

Row = tuple[str, float, float, float]
PEOPLE = 30
COHORT = "spring"
LIMIT = 50.0


def run() -> list[Row]:
    """Return (what, ours, floor, target ratio or limit); a floor of 1 makes the target a plain limit."""
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder), shipped_kit())
        workshop = filled(house)
        rows = [_views(workshop)]
        workshop.close()
        return rows + asyncio.run(_screens(house))


def given(exercise: Exercise, item: Item, who: int) -> Any:
    """Return a raw answer that differs from person to person."""
    scale = exercise.scale(item)
    chosen = [option.id for option in item.options]
    count = min(max(item.at_least or 1, 3), item.at_most or 9)
    cells = {"number": "3", "date": "2027-01-24", "code": f"TM{who % 9 + 1}", "short": "as agreed"}
    answers: dict[str, Callable[[], Any]] = {
        "rating": lambda: 1 + who % len(scale.labels if scale else "1"),
        "choice": lambda: chosen[who % len(chosen)],
        "choices": lambda: chosen[: item.at_least or 1],
        "ranking": lambda: chosen[who % len(chosen) :] + chosen[: who % len(chosen)],
        "yes-no": lambda: bool(who % 2),
        "number": lambda: 12,
        "long": lambda: "We agree it because people then know what good looks like. " * 5,
        "list": lambda: [f"Practice {number} of {who % 5}" for number in range(count)],
        "line": lambda: 1 + who % 10,
        "grid": lambda: [1 + who % 10, 1 + who * 3 % 10],
        "photo": lambda: None,
        "table": lambda: [
            {col.id: col.options[0].id if col.options else cells[col.kind] for col in item.columns}
            for _ in range(count)
        ],
    }
    return answers.get(item.kind, lambda: cells.get(item.kind, "as agreed"))()


def filled(house: House) -> Workshop:
    """Return a cohort in which everybody has done every exercise."""
    workshop = house.open_cohort(COHORT, new=True)
    if isinstance(workshop, Refusal):
        raise SystemExit(workshop.words)
    kit = house.kit()
    people = tuple((ParticipantId(f"p{n}"), Person(name=f"Participant Number {n}")) for n in range(PEOPLE))
    workshop.handle(c.AddParticipants(people=people))
    for name, exercise in kit.exercises.items():
        workshop.handle(
            c.TakeUpExercise(exercise_id=name, exercise=exercise, unit=kit.unit, centre=kit.centre)
        )
        workshop.handle(c.OpenActivity(exercise_id=name))
        taken = workshop.state.editions[name][-1]
        for who in range(PEOPLE):
            _hand_in(workshop, name, taken, who)
        workshop.handle(c.CloseActivity(exercise_id=name))
    workshop.empty_boxes()
    return workshop


def _hand_in(workshop: Workshop, name: str, exercise: Exercise, who: int) -> None:
    answers = {item.id: given(exercise, item, who + number) for number, item in enumerate(exercise.items)}
    person = ParticipantId(f"p{who}")
    if exercise.privacy == "anonymous":
        outcome = workshop.hold(name, person, answers, "box", with_gaps=True).result()
    else:
        outcome = workshop.handle(
            c.SubmitOutput(
                output=OutputId(f"{name}-{who}"),
                exercise_id=name,
                participant=person,
                answers=answers,
                route="laptop",
                entered_by="participant",
                with_gaps=True,
            )
        )
    if isinstance(outcome, Refusal):
        raise SystemExit(f"{name}: {outcome.words}")


def _p99(times: Iterable[float]) -> float:
    ordered = sorted(times)
    return ordered[int(len(ordered) * 0.99)]


def _timed(calls: Iterable[Callable[[], object]]) -> Iterator[float]:
    for call in calls:
        started = time.perf_counter()
        call()
        yield (time.perf_counter() - started) * 1000


def _views(workshop: Workshop) -> Row:
    state, now = workshop.state, workshop.newest
    names = list(state.editions)
    calls: list[Callable[[], object]] = [lambda: output_rows(state)] * 30
    calls += [lambda name=name: together(state, name) for name in names]  # type: ignore[misc]
    calls += [lambda name=name: activity_view(state, name, now) for name in names]  # type: ignore[misc]
    calls += [lambda one=one: output_page(state, one) for one in state.outputs]  # type: ignore[misc]
    return (f"views of {len(state.outputs)} outputs, p99 ms", _p99(_timed(calls)), 1.0, LIMIT)


async def _screens(house: House) -> list[Row]:
    desk = Desk(house, Straight(session="session-a", cohort=COHORT))
    async with desk.run_test(size=(120, 36)) as pilot:
        while not isinstance(desk.screen, RunScreen):
            await pilot.pause(0.05)
        day, workshop = desk.screen.delivery_id, desk.screen.workshop
        await desk.read_kit()
        names = [name for name in workshop.state.editions if workshop.state.outputs]
        made: list[Callable[[], Any]] = [lambda: OutputsScreen(workshop)] * 8
        made += [lambda name=name: ResultsScreen(workshop, day, name) for name in names]  # type: ignore[misc]
        made += [lambda name=name: ActivityScreen(workshop, day, name) for name in names]  # type: ignore[misc]
        made += [lambda one=one: OutputScreen(workshop, one) for one in list(workshop.state.outputs)[::20]]  # type: ignore[misc]
        collect_seldom()
        found = [await _shown(desk, make, pilot.pause) for make in made]
    opened, drawn = [one for one, _ in found], [again for _, again in found]
    typical = sorted(opened)[len(opened) // 2]
    return [
        ("redraw a screen of them, p99 ms", _p99(drawn), 1.0, LIMIT),
        ("open one, median ms", typical, 1.0, 100.0),
        ("open one, p99 ms", _p99(opened), 1.0, 150.0),
    ]


async def _shown(
    desk: Desk, make: Callable[[], Screen[Any]], pause: Callable[[float], Awaitable[None]]
) -> tuple[float, float]:
    """Open a screen, then redraw it; return both times, each until the lines for the terminal are made."""
    screen = make()
    started = time.perf_counter()
    await desk.push_screen(screen)
    while not (screen.is_active and screen.is_mounted and screen.size.width):  # noqa: ASYNC110  # no event tells
        await asyncio.sleep(0)
    opened = _lines(screen, started)
    await pause(0.1)
    started = time.perf_counter()
    getattr(screen, "redraw", screen.refresh)()
    await asyncio.sleep(0)
    again = _lines(screen, started)
    desk.pop_screen()
    await pause(0.02)
    return opened, again


def _lines(screen: Screen[Any], started: float) -> float:
    screen._on_timer_update()
    screen._compositor.render_strips()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    for row in run():
        print(row)
