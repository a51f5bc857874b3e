"""The way through the room: in by code or by scanning, every kind of question, handed in, mine, out again."""

import io
from typing import Any, get_args

import pytest
import zxingcpp
from PIL import Image

from pmworkshop.core import events as e
from pmworkshop.core.answers import read
from pmworkshop.core.exercise import ItemKind
from tests.browser.answers import hand_in
from tests.browser.conftest import Phones
from tests.browser.every_kind import EVERY_KIND
from tests.browser.filling import fill_form
from tests.browser.phone import DESKTOP, PHONE, PROJECTOR
from tests.browser.place import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

DAY = "2027-04-12"
STEPS = tuple(f"Step {n}: ask, listen, write it down" for n in range(1, 6))
WORDS = "We spoke about it for ten minutes and wrote down what comes next."
ROW = {"what": "Write it down", "by": DAY, "many": "3", "how": "urgent", "for": "TM4"}
GIVEN: dict[str, Any] = {
    "action": "1",
    "elements": "library",
    "topics": ["learning", "pay"],
    "promised": WORDS,
    "order": ["clarity", "trust", "time"],
    "met": "yes",
    "when": DAY,
    "why": f"{WORDS} {WORDS}",
    "people": "12",
    "who": "TM7",
    "steps": list(STEPS),
    "plan": [ROW],
    "near": "7",
    "place": "7,8",
    "sheet": "",
}


async def test_in_by_scanning(place: Place, phones: Phones) -> None:
    """The code on the projector, photographed from the screen, leads to the join page with the code filled in."""
    place.begin()
    wall = await phones(size=PROJECTOR)
    await wall.go("/screen")
    photo = Image.open(io.BytesIO(await wall.page.screenshot()))
    [found] = zxingcpp.read_barcodes(photo)
    assert found.text.startswith(place.url)
    phone = await phones()
    await phone.page.goto(found.text)
    assert await phone.page.input_value("#code") == place.code
    await phone.page.fill("#name", "Bea Miller")
    await phone.page.click("text='Join'")
    await phone.page.wait_for_url("**/now")
    assert "You are Bea Miller" in await phone.words("header")
    [joined] = place.recorded(e.PhoneJoined)
    assert (joined.participant, joined.way) == (place.whose("Bea Miller"), "name")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_every_kind(place: Place, phones: Phones, size: tuple[int, int]) -> None:
    """All fifteen kinds of question can be answered, and the record has them exactly as they were given."""
    assert {item.kind for item in EVERY_KIND.items} == set(get_args(ItemKind))
    place.begin()
    place.set_out(every_kind=EVERY_KIND)
    phone = await phones(size=size)
    await phone.join("Bea Miller")
    await phone.page.click("text='In every way'")
    await fill_form(phone.page, {"topics": 1}, quick=False)
    assert await phone.words("#progress") == "14 of 15 answered"
    await phone.page.click("#hand-in")
    await phone.page.wait_for_url("**/done/every-kind*")
    assert "Saved on the trainer's laptop, 09:30" in await phone.words(".receipt")
    [output] = place.recorded(e.OutputSubmitted)
    assert output.answers == read(EVERY_KIND, GIVEN).answers
    assert output.route == "phone"
    await phone.page.click("nav >> text='Mine'")
    assert (
        "12 answers and 1 rating go into my pack; “What came of it?” stays out unless I choose"
        in await phone.words()
    )


SHIPPED = ("ten-practices", "recap-quiz", "pm-inventory", "improvement-plan")


async def test_shipped(place: Place, phones: Phones) -> None:
    """Exercises of the kit are found on the page of now, done one after the other, and lie under “mine”."""
    place.begin()
    phone = await phones("Bea Miller")
    await phone.go("/now")
    place.set_out(*SHIPPED)
    await phone.page.wait_for_selector(".do >> nth=3")
    for name in SHIPPED:
        await phone.page.click(f'[href="/do/{name}"]')
        await fill_form(phone.page)
        await phone.page.click("#hand-in")
        await phone.page.wait_for_url(f"**/done/{name}*")
        await phone.page.click("text='Back to now'")
    assert len(await phone.page.query_selector_all("text=/✓ handed in/")) == len(SHIPPED)
    assert sorted(event.exercise_id for event in place.recorded(e.OutputSubmitted)) == sorted(SHIPPED)
    await phone.go("/mine")
    assert len(await phone.page.query_selector_all(".mine")) == len(SHIPPED)


async def test_choose_and_leave(place: Place, phones: Phones) -> None:
    """What is not evidence stays out of the pack until its owner puts it in; signing out ends at the door."""
    place.begin()
    place.set_out("ten-practices")
    phone = await phones("Bea Miller")
    hand_in(place, "Bea Miller", "ten-practices")
    await phone.go("/mine")
    assert "10 ratings stay out unless I choose" in await phone.words()
    await phone.page.click("text='Put the rest in'")
    await phone.page.wait_for_selector("text='Chosen.'")
    assert "✓ All of it goes into my pack" in await phone.words()
    assert [event.on for event in place.recorded(e.PackChosen)] == [True]
    await phone.go("/now")
    await phone.page.click("text=/Sign out/")
    await phone.page.wait_for_selector("text='Join the workshop'")
    await phone.go("/mine")
    assert phone.page.url == f"{place.url}/"


async def test_anonymous(place: Place, phones: Phones) -> None:
    """A sheet without a name goes into the box: no event tells of it, and its receipt shows nothing of it."""
    place.begin()
    place.set_out("evaluation")
    phone = await phones("Bea Miller")
    await phone.go("/do/evaluation")
    assert "No name is kept with this." in await phone.words(".privacy.whole")
    await fill_form(phone.page)
    await phone.page.click("#hand-in")
    await phone.page.wait_for_url("**/done/evaluation")
    assert "without a name" in await phone.words(".receipt")
    assert "ten minutes" not in await phone.words()
    assert place.recorded(e.OutputSubmitted) == []
