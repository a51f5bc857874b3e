"""Answers from the workshop's thread: each reaches whoever waits for it, and a batch wakes the loop once."""

import asyncio
import threading
from concurrent.futures import Future

import pytest

from pmworkshop.room.hearing import Hearing


async def test_every_answer_reaches_whoever_waits() -> None:
    """However the threads run, nobody waits for an answer that was given, and nobody gets another's."""
    hearing = Hearing()
    answers = [Future[int]() for _ in range(2_000)]

    def answer(mine: "list[tuple[int, Future[int]]]") -> None:
        for number, one in mine:
            one.set_result(number)

    threads = [
        threading.Thread(target=answer, args=(list(enumerate(answers))[part::4],)) for part in range(4)
    ]
    waiting = asyncio.gather(*(hearing.wait(one) for one in answers))
    for thread in threads:
        thread.start()
    assert await asyncio.wait_for(waiting, 10) == list(range(2_000))


async def test_a_batch_wakes_the_loop_once() -> None:
    """Answers that come before the loop has looked are handed on together."""
    hearing, loop = Hearing(), asyncio.get_running_loop()
    answers = [Future[int]() for _ in range(50)]
    waiting = [asyncio.create_task(hearing.wait(one)) for one in answers]
    await asyncio.sleep(0)
    wakings = []
    wake = loop.call_soon_threadsafe
    loop.call_soon_threadsafe = lambda *args, **more: wakings.append(wake(*args, **more))  # type: ignore[assignment]
    try:
        for number, one in enumerate(answers):
            one.set_result(number)
    finally:
        del loop.call_soon_threadsafe
    assert await asyncio.gather(*waiting) == list(range(50))
    assert len(wakings) == 1


async def test_what_went_wrong_is_raised_and_the_next_answer_still_heard() -> None:
    """A failure reaches only whoever asked, and whoever has stopped waiting disturbs nobody."""
    hearing = Hearing()
    gone, failed, told = Future[int](), Future[int](), Future[int]()
    leaving = asyncio.create_task(hearing.wait(gone))
    failing, hearing_it = asyncio.create_task(hearing.wait(failed)), asyncio.create_task(hearing.wait(told))
    await asyncio.sleep(0)
    leaving.cancel()
    gone.set_result(1)
    failed.set_exception(OSError("the disk is full"))
    told.set_result(3)
    with pytest.raises(OSError, match="disk is full"):
        await failing
    assert await hearing_it == 3


def test_an_answer_after_the_room_has_closed_harms_nobody() -> None:
    """What is answered when the loop is gone is dropped without a word."""
    hearing, late = Hearing(), Future[int]()

    async def leave() -> None:
        waiting = asyncio.create_task(hearing.wait(late))
        await asyncio.sleep(0)
        waiting.cancel()

    asyncio.run(leave())
    late.set_result(1)
