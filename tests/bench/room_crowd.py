"""A crowd far larger than any training room: all join and answer at once, then all lose the Wi-Fi and come back."""

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from room_forms import Answered, answered, filled
from room_people import HALF_MINUTE, Row, exercises_in, listening, taken
from room_phone import Phone, Stream
from room_served import COHORT, Served, room

from pmworkshop import journal
from pmworkshop.core import events as e
from pmworkshop.core.exercise import Exercise
from pmworkshop.live.codec import decode
from pmworkshop.wiring.places import journal_path
from pmworkshop.wiring.record import stored_rows

CROWD = 500
MINUTE = 60.0


def crowd() -> list[Row]:
    """Five hundred people join and answer at once; then all lose the Wi-Fi, and come back."""
    with tempfile.TemporaryDirectory() as folder:
        data, name = Path(folder), "goal-practice"
        exercise = exercises_in(folder)[name]
        with room(data, [name]) as served:
            rows = asyncio.run(_crowd(served, name, exercise, data))
    return rows


async def _crowd(served: Served, name: str, exercise: Exercise, data: Path) -> list[Row]:
    phones = [Phone(served.port, number) for number in range(CROWD)]
    coming = [(phone, answered(name, exercise, random.Random(phone.name))) for phone in phones]
    began = time.perf_counter()
    found = await asyncio.gather(
        *(_come_and_answer(one, served.code, answers) for one, answers in coming), return_exceptions=True
    )
    took = time.perf_counter() - began
    sent = [one for one in found if isinstance(one, str)]
    for trouble in [one for one in found if isinstance(one, BaseException)][:3]:
        print(f"  {type(trouble).__name__}: {trouble}")
    return [
        (f"{CROWD} people join and answer at once, s", took, 1, MINUTE),
        ("of those, not taken", CROWD - len(sent), 1, 0),
        ("acknowledged, not in the journal exactly once", _amiss(data, sent), 1, 0),
        *await _dropped(phones),
    ]


async def _come_and_answer(phone: Phone, code: str, answers: Answered) -> str:
    """Return the token of what was handed in. A stream is open meanwhile, as on every page."""
    taken("joining", await phone.join(code))
    await phone.ask("GET", "/now")
    await phone.listen()
    form = await filled(phone, answers)
    reply = await phone.hand_in(form)
    taken(form.path, reply.status, reply.body)
    return form.submission


def _amiss(data: Path, sent: Sequence[str]) -> int:
    """Count what was acknowledged and is not in the journal exactly once; raises where the chain is broken."""
    reading = journal.read_rows(journal_path(data, COHORT))
    if reading.trouble:
        raise RuntimeError(reading.trouble)
    events = map(decode, stored_rows(journal_path(data, COHORT)))
    handed_in = Counter(one.submission for one in events if isinstance(one, e.OutputSubmitted))
    return sum(handed_in[token] != 1 for token in sent)


async def _dropped(phones: Sequence[Phone]) -> list[Row]:
    """Let everybody listen, lose the line and listen again; each must hear a pulse, and another one after it."""
    streams = await listening(phones)
    for stream in streams:
        stream.drop()
    began = time.perf_counter()
    again = await asyncio.gather(*(_come_back(one, number) for number, one in enumerate(phones)))
    took = time.perf_counter() - began
    left = HALF_MINUTE - took
    still = await asyncio.gather(*(stream.heard(2, left) for stream in again))
    for stream in again:
        stream.drop()
    return [
        (f"{CROWD} dropped streams hear a pulse again, s", took, 1, HALF_MINUTE),
        ("of those, not hearing on", sum(not one for one in still), 1, 0),
    ]


async def _come_back(phone: Phone, number: int) -> Stream:
    """Come back after the one to three seconds that the room asks for."""
    await asyncio.sleep(random.Random(number).uniform(1, 3))
    stream = await phone.listen()
    await stream.heard(1, HALF_MINUTE)
    return stream
