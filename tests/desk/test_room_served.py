"""The desk with a real room: a key opens it, phones come in over HTTP, and leaving the day closes it."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest

from pmworkshop.core import events as e
from pmworkshop.core.refusal import Refusal
from pmworkshop.desk.services import RoomDoor
from pmworkshop.live.workshop import Workshop
from pmworkshop.room.door import Where
from pmworkshop.wiring.places import shipped_kit
from pmworkshop.wiring.room import open_room
from tests.desk.conftest import GreenwichHouse, Place


class ServedHouse(GreenwichHouse):
    """The real house, whose room is served to this machine alone."""

    def open_room(self, workshop: Workshop) -> RoomDoor | Refusal:
        return open_room(self, workshop, Where(host="127.0.0.1", port=0))


class ServedPlace(Place):
    def house(self, kit: Path | None = None) -> ServedHouse:
        return ServedHouse(self.data, kit or shipped_kit(), self.clock)


@pytest.fixture
def place(tmp_path: Path) -> ServedPlace:
    return ServedPlace(tmp_path / "data")


def joined(base: str, code: str, name: str) -> httpx.Client:
    phone = httpx.Client(base_url=base, follow_redirects=True, timeout=5)
    assert phone.post("/join", data={"code": code, "name": name}).url.path == "/now"
    return phone


def hand_in(phone: httpx.Client, exercise: str) -> httpx.Response:
    form = phone.get(f"/do/{exercise}").text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    return phone.post(f"/do/{exercise}", data={**fields, "goal": "Ten visits by May", "with-gaps": "yes"})


async def test_from_the_key_to_a_sheet_in_the_record(place: ServedPlace) -> None:
    """`j` opens the room; a phone joins and hands in, the desk sees it; leaving the day closes the door."""
    async with place.desk((120, 36), session="session-a") as trainer:
        await trainer.press("space", "j")
        await trainer.on("RoomScreen")
        await trainer.records("spring", e.DeliveryStarted)
        door = trainer.desk.room
        assert door is not None
        base = door.screen_url.removesuffix("/screen")
        phone = await asyncio.to_thread(joined, base, door.code, "Ada Okafor")
        await trainer.sees("Ada Okafor", "in, walk-in")
        await trainer.records("spring", e.ParticipantAdded, e.PhoneJoined)
        await trainer.press("escape", "i")
        await trainer.on("PickName")
        await trainer.write("One goal, with standard and measure")
        await trainer.press("enter")
        await trainer.on("ActivityScreen")
        await trainer.sees("0 of 1 finished")
        receipt = await asyncio.to_thread(hand_in, phone, "goal-practice")
        assert receipt.url.path == "/done/goal-practice", receipt.text
        assert "laptop, 09:30" in receipt.text
        await trainer.sees("1 of 1 finished", "Ada Okafor")
        page = await asyncio.to_thread(phone.get, "/now")
        assert "Introductions" in page.text
        await trainer.press("escape", "escape")
        await trainer.on("Question")
        await trainer.sees("The room closes until j opens it again, and 1 person is in by phone.")
        await trainer.press("y")
        await trainer.on("HomeScreen")
        with pytest.raises(httpx.TransportError):
            await asyncio.to_thread(phone.get, "/now")
        phone.close()
