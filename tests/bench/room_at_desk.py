"""The room beside the real desk: closed with many listening, and busy on a slow disk while the desk must stay quick."""

import asyncio
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from room_people import HALF_MINUTE, Row, exercises_in, forms_of, joined, kept, listening, part_of, taken
from room_phone import Filled, Phone, Stream
from room_served import Served, desk_with_room

from pmworkshop.core.exercise import Exercise

LISTENERS, BURSTING = 300, 300
SLOWER_BY = 0.004
A_SECOND, SECONDS = 300, 10


def closing() -> list[Row]:
    """Close the room with many listening, and open it again at the same address."""
    with (
        tempfile.TemporaryDirectory() as folder,
        desk_with_room(Path(folder), ["amo"], slower_by=0) as served,
    ):
        seconds, strangers = asyncio.run(_closed_and_opened(served))
    return [
        (f"closing with {LISTENERS} streams open, s", seconds, 1, 1),
        ("phones not known after opening again", strangers, 1, 0),
    ]


async def _closed_and_opened(served: Served) -> tuple[float, int]:
    phones = await joined(served, LISTENERS)
    streams = await listening(phones)
    said = await asyncio.to_thread(served.tell, "close")
    ended = await asyncio.gather(*(_over(stream) for stream in streams))
    if not all(ended):
        raise RuntimeError("a stream has outlived the room")
    await asyncio.to_thread(served.tell, "open")
    for phone in phones:
        phone.hang_up()
    pages = [(await phone.ask("GET", "/now")).status for phone in phones]
    return said["seconds"], sum(status != 200 for status in pages)


async def _over(stream: Stream) -> bool:
    await stream.heard(1_000_000, HALF_MINUTE)
    return stream.over


def burst() -> list[Row]:
    """Hand in three hundred forms a second on a slow disk, with the desk beside it."""
    names = ["amo", "goal-practice", "growth-goal", "action-plan", "why-appraise"]
    with tempfile.TemporaryDirectory() as folder:
        exercises = {name: one for name, one in exercises_in(folder).items() if name in names}
        with desk_with_room(Path(folder), list(exercises), slower_by=SLOWER_BY) as served:
            times, late = asyncio.run(_burst(served, exercises))
    return [
        (f"POST, {A_SECOND} a second on a slow disk: p99, ms", part_of(times, 0.99), 1, 120),
        ("the desk's 10 Hz timer meanwhile: late, p99 ms", part_of(late, 0.99), 1, 20),
    ]


async def _burst(served: Served, exercises: Mapping[str, Exercise]) -> tuple[list[float], list[float]]:
    phones = await joined(served, BURSTING)
    streams = await listening(phones)
    names = [name for name in exercises for _ in range(SECONDS // len(exercises))]
    forms = await asyncio.gather(*(forms_of(phone, names, exercises) for phone in phones))
    for phone, mine in zip(phones, forms, strict=True):
        for form in mine:
            kept(await phone.keep_draft(form))
    await asyncio.to_thread(served.tell, "late")
    begin = time.perf_counter() + 0.2
    sending = [
        _send_in_turn(phone, mine, begin + number / A_SECOND)
        for number, (phone, mine) in enumerate(zip(phones, forms, strict=True))
    ]
    times = [took for each in await asyncio.gather(*sending) for took in each]
    said = await asyncio.to_thread(served.tell, "late")
    if any(stream.over for stream in streams):
        raise RuntimeError("somebody's stream has ended meanwhile")
    return times, said["late"]


async def _send_in_turn(phone: Phone, forms: Iterable[Filled], when: float) -> list[float]:
    """Hand in a form each second from that moment on; return how long each took in milliseconds."""
    times = []
    for turn, form in enumerate(forms):
        await asyncio.sleep(when + turn - time.perf_counter())
        began = time.perf_counter()
        reply = await phone.hand_in(form)
        times.append((time.perf_counter() - began) * 1000)
        taken(form.path, reply.status, reply.body)
    return times
