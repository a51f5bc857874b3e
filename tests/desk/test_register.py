"""The register's quicker keys: everybody at once, and taking off who is there twice."""

from typing import TYPE_CHECKING

from pmworkshop.core import events as e

if TYPE_CHECKING:
    from tests.desk.conftest import Place


async def test_all_here_and_one_taken_off(place: "Place") -> None:
    """`h` marks everybody without a mark as here; `d` takes off who is there twice, once the trainer is sure."""
    async with place.desk(session="session-a") as trainer:
        await trainer.press("r")
        await trainer.on("RegisterScreen")
        await trainer.press("v")
        await trainer.on("AskPage")
        await trainer.write("1. Amara Okafor\n2. Bronwen Pugh\n3. Bronwen Pugh")
        await trainer.press("ctrl+s")
        await trainer.on("Question")
        await trainer.sees("Add 3 to the register?", "  Amara Okafor")
        await trainer.press("y")
        await trainer.on("Pick")
        await trainer.press("down", "enter")
        await trainer.records("spring", *[e.ParticipantAdded] * 3)
        await trainer.press("x")
        await trainer.records("spring", e.AttendanceMarked)
        await trainer.press("h")
        marked = await trainer.records("spring", e.AttendanceMarked, e.AttendanceMarked)
        assert [one.arrival for one in marked] == ["present", "present"]
        await trainer.press("down", "d")
        await trainer.on("Question")
        await trainer.sees("Take Bronwen Pugh off the register?")
        await trainer.press("enter")
        await trainer.on("RegisterScreen")
        await trainer.press("d", "y")
        removed = await trainer.records("spring", e.ParticipantRemoved)
        assert removed.participant in {one.participant for one in marked}
        await trainer.sees("1 of 2 came")
