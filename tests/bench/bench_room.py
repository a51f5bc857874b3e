"""The room under load: real servers on this machine, journals on the disk, and this process as everybody's phones.

Beside what is here: `room_crowd` and `room_at_desk`.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median

from room_at_desk import burst, closing
from room_crowd import crowd
from room_forms import Answered, answered, filled
from room_people import Row, exercises_in, forms_of, get_ready, joined, kept, part_of, taken
from room_phone import Filled, Phone
from room_served import Served, floor, room

from pmworkshop.core.exercise import Exercise

PEOPLE = 30
THINKING = (0.1, 1.0)
CONNECTIONS, SHARING, RUNS = 32, 6, 9
SEED = 2027


def run() -> list[Row]:
    """Return all measurements. Takes some minutes."""
    get_ready()
    return [row for part in PARTS for row in part()]


def answering() -> list[Row]:
    """Thirty people answer every exercise, thinking a little, and then without thinking."""
    return [*_answering("thinking", THINKING), *_answering("not thinking", None)]


def _answering(how: str, thinking: tuple[float, float] | None) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        exercises = exercises_in(folder)
        with room(Path(folder), list(exercises)) as served:
            times = asyncio.run(_day(served, exercises, thinking))
        if len(times) != PEOPLE * len(exercises):
            raise RuntimeError(f"{len(times)} forms were handed in, not {PEOPLE * len(exercises)}")
    return [
        (f"POST, {PEOPLE} people {how}: p50, ms", part_of(times, 0.5), 1, 60),
        (f"POST, {PEOPLE} people {how}: p95, ms", part_of(times, 0.95), 1, 60),
    ]


async def _day(
    served: Served, exercises: Mapping[str, Exercise], thinking: tuple[float, float] | None
) -> list[float]:
    phones = await joined(served, PEOPLE)
    days = []
    for number, phone in enumerate(phones):
        chance = random.Random(SEED + number)
        names = chance.sample(sorted(exercises), len(exercises))
        answers = [answered(name, exercises[name], chance) for name in names]
        days.append(_all_of_them(phone, answers, chance, thinking))
    return [took for day in await asyncio.gather(*days) for took in day]


async def _all_of_them(
    phone: Phone, day: Sequence[Answered], chance: random.Random, thinking: tuple[float, float] | None
) -> list[float]:
    """Answer one exercise after the other; return how long each handing in took, in milliseconds.

    Who thinks also keeps a draft of each form, as the page does where somebody stops typing, and reads the result.
    """
    times = []
    await phone.listen()
    for answers in day:
        form = await filled(phone, answers)
        if thinking is not None:
            await asyncio.sleep(chance.uniform(*thinking))
            kept(await phone.keep_draft(form))
            await asyncio.sleep(chance.uniform(*thinking))
        began = time.perf_counter()
        reply = await phone.hand_in(form)
        times.append((time.perf_counter() - began) * 1000)
        taken(form.path, reply.status, reply.body)
        if thinking is not None:
            await phone.ask("GET", reply.place)
    phone.hang_up()
    return times


def throughput() -> list[Row]:
    """Forms handed in as fast as they go, beside a bare handler that inserts as many."""
    name = "amo"
    with tempfile.TemporaryDirectory() as folder:
        exercise = exercises_in(folder)[name]
        with room(Path(folder), [name]) as served, floor(Path(folder)) as bare:
            ours, least = asyncio.run(_against(served, bare, name, exercise))
    return [(f"handing {name} in, {CONNECTIONS} at once: ms each", ours, least, 2.0)]


async def _against(served: Served, bare: Served, name: str, exercise: Exercise) -> tuple[float, float]:
    """Return the milliseconds that a form takes, ours and the floor's: medians of runs taken in turns."""
    people = await joined(served, CONNECTIONS * SHARING)
    lines = [[Phone(one.port, number) for number in range(CONNECTIONS)] for one in (served, bare)]
    took: tuple[list[float], list[float]] = ([], [])
    for turn in range(RUNS):
        forms = await asyncio.gather(*(forms_of(one, [name], {name: exercise}, turn) for one in people))
        for one in people:
            one.hang_up()
        shares = [
            [form for mine in forms[number::CONNECTIONS] for form in mine] for number in range(CONNECTIONS)
        ]
        for side, phones in enumerate(lines):
            took[side].append(await _saturated(phones, shares))
    return median(took[0]), median(took[1])


async def _saturated(lines: Sequence[Phone], shares: Sequence[Sequence[Filled]]) -> float:
    """Return the milliseconds that each form takes where one follows the other on every line."""

    async def send(line: Phone, forms: Iterable[Filled]) -> None:
        for form in forms:
            reply = await line.hand_in(form)
            taken(form.path, reply.status, reply.body)

    began = time.perf_counter()
    await asyncio.gather(*(send(line, forms) for line, forms in zip(lines, shares, strict=True)))
    return (time.perf_counter() - began) * 1000 / sum(map(len, shares))


PARTS = (answering, crowd, closing, burst, throughput)

if __name__ == "__main__":
    for row in run():
        print(row)
