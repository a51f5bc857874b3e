"""What the benchmarks of the room share: people who join, listen and fill forms in, and how their times are counted."""

import asyncio
import gc
import random
import resource
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from room_forms import answered, exercises_of, filled
from room_phone import Filled, Phone, Reply, Stream
from room_served import Served

from pmworkshop.core.exercise import Exercise
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import shipped_kit

Row = tuple[str, float, float, float]
"""What, ours, the floor, and the ratio not to exceed; a floor of 1 makes it a plain limit."""
HALF_MINUTE = 30.0
MOST_FILES = 2_000


async def joined(served: Served, people: int) -> list[Phone]:
    """Let so many people join by name."""
    phones = [Phone(served.port, number) for number in range(people)]
    for status in await asyncio.gather(*(phone.join(served.code) for phone in phones)):
        taken("joining", status)
    return phones


async def listening(phones: Sequence[Phone]) -> list[Stream]:
    """Let everybody listen; returns once all have heard a pulse."""
    streams = await asyncio.gather(*(phone.listen() for phone in phones))
    heard = await asyncio.gather(*(stream.heard(1, HALF_MINUTE) for stream in streams))
    if not all(heard):
        raise RuntimeError(f"{heard.count(False)} of {len(heard)} streams heard nothing")
    return streams


async def forms_of(
    phone: Phone, names: Sequence[str], exercises: Mapping[str, Exercise], turn: int = 0
) -> list[Filled]:
    """Fill in those forms; another `turn` gives other answers."""
    chance = random.Random(f"{phone.name} {turn}")
    return [await filled(phone, answered(name, exercises[name], chance)) for name in names]


def kept(reply: Reply) -> None:
    """Make sure that a draft was kept."""
    if reply.status != 200:
        raise RuntimeError(f"a draft was answered with {reply.status}: {reply.body[:300]!r}")


def taken(what: str, status: int, body: bytes = b"") -> None:
    """Make sure that what was posted was taken, and leads on."""
    if status != 303:
        raise RuntimeError(f"{what} was answered with {status}: {body[:300]!r}")


def part_of(times: Iterable[float], part: float) -> float:
    """Return what that part of the times stays below: 0.99 for p99."""
    ordered = sorted(times)
    return ordered[int(len(ordered) * part)]


def exercises_in(folder: str) -> Mapping[str, Exercise]:
    """Return every shipped exercise, as a cohort in that folder takes it up."""
    return exercises_of(House(Path(folder), shipped_kit()))


def get_ready() -> None:
    """Let this process hold a connection for everybody and one to listen on, and not look for lost memory meanwhile."""
    gc.collect()
    gc.freeze()
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if resource.RLIM_INFINITY not in (now, most):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, min(MOST_FILES, most)), most))
