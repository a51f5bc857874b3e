"""One person with several devices, tabs and a back button: one record, and nothing that two pages do to each other."""

import re

import pytest
from playwright.async_api import expect

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from tests.browser.conftest import Phones
from tests.browser.filling import fill_form
from tests.browser.phone import DESKTOP, Phone
from tests.browser.place import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

BEA = "Bea Miller"
NAME = "pm-responsibilities"


async def rejoin(phone: Phone, code: str, recovery: str) -> None:
    """Come back by recovery code, from the folded part of the join page."""
    await phone.go("/")
    await phone.page.click("summary")
    await phone.page.fill("#code-again", code)
    await phone.page.fill("#recovery", recovery)
    await phone.page.click("text='Come back'")


async def test_second_device(place: Place, phones: Phones) -> None:
    """The recovery code, as it stands on the phone, opens the half-written sheet on another device."""
    place.begin()
    place.set_out(NAME)
    first = await phones(BEA)
    await first.go("/now")
    recovery = await first.words(".big-code")
    await first.go(f"/do/{NAME}")
    await first.page.fill("textarea >> nth=0", "I listen\nI write it down")
    await first.page.wait_for_selector("#saved >> text=Kept as you write")
    second = await phones(size=DESKTOP, expected="403")
    await rejoin(second, place.code, "222 222")
    assert "That is nobody's recovery code" in await second.words(".trouble")
    await second.page.fill("#recovery", recovery.lower())
    await second.page.click("text='Come back'")
    await second.page.wait_for_url("**/now")
    await second.page.click(f'[href="/do/{NAME}"]')
    await expect(second.page.locator("textarea").nth(0)).to_have_value("I listen\nI write it down")
    assert [event.way for event in place.recorded(e.PhoneJoined)] == ["name", "code"]
    await first.page.reload()
    assert "You are Bea Miller" in await first.words("header")


async def test_reload_and_back(place: Place, phones: Phones) -> None:
    """A draft outlives a reload; the back button after handing in leads to no second output."""
    place.begin()
    place.set_out(NAME)
    phone = await phones(BEA)
    await phone.go("/now")
    await phone.page.click(f'[href="/do/{NAME}"]')
    await fill_form(phone.page)
    await phone.page.wait_for_selector("#saved >> text=Kept as you write")
    await phone.page.reload()
    assert await phone.words("#progress") == "3 of 3 answered"
    await phone.page.click("#hand-in")
    await phone.page.wait_for_url("**/done/**")
    await phone.page.go_back()
    await phone.page.wait_for_url("**/do/**")
    await expect(phone.page.locator("#progress")).to_have_text("3 of 3 answered")
    await phone.page.click("#hand-in")
    await phone.page.wait_for_url("**/done/**")
    assert len(place.recorded(e.OutputSubmitted)) == 1
    assert place.recorded(e.OutputAmended) == []


async def test_two_tabs(place: Place, phones: Phones) -> None:
    """The same form open in two tabs and handed in from both with other words is one output in two versions."""
    place.begin()
    place.set_out(NAME)
    phone = await phones(BEA)
    tabs = [phone.page, await phone.context.new_page()]
    for tab in tabs:
        await tab.goto(f"{place.url}/do/{NAME}")
    await fill_form(tabs[0])
    await tabs[0].bring_to_front()
    await tabs[0].click("#hand-in")
    await tabs[0].wait_for_url("**/done/**")
    await fill_form(tabs[1])
    await tabs[1].fill("textarea >> nth=1", "In other words, from the other tab.")
    await tabs[1].bring_to_front()
    await tabs[1].click("#hand-in")
    await tabs[1].wait_for_url("**/done/**")
    assert len(place.recorded(e.OutputSubmitted)) == 1
    [amended] = place.recorded(e.OutputAmended)
    assert amended.answers["why-me"] == "In other words, from the other tab."
    assert "other tab" in await tabs[1].inner_text(".answers")


async def test_change(place: Place, phones: Phones) -> None:
    """What was handed in can be changed from its receipt; the newer version stands there then, with the one before."""
    place.begin()
    place.set_out(NAME)
    phone = await phones(BEA)
    await phone.go(f"/do/{NAME}")
    await fill_form(phone.page)
    await phone.page.click("#hand-in")
    await phone.page.click("text='Change it'")
    await phone.page.fill("textarea >> nth=1", "Because I see it every day.")
    await phone.page.click("text='Hand in the change'")
    await phone.page.wait_for_url("**/done/**")
    assert "Because I see it every day." in await phone.words(".answers")
    assert len(place.recorded(e.OutputAmended)) == 1


async def test_signed_out_by_the_trainer(place: Place, phones: Phones) -> None:
    """A phone that the trainer signs out says so, and what was written there comes back with its owner."""
    place.begin()
    place.set_out(NAME)
    phone = await phones(BEA, expected="401|ERR_")
    await phone.go(f"/do/{NAME}")
    await phone.page.fill("textarea >> nth=0", "I listen")
    await phone.page.wait_for_selector("#saved >> text=Kept as you write")
    place.do(c.SignPhonesOut(participant=place.whose(BEA)))
    await phone.page.wait_for_selector("#news >> text=/has been signed out/")
    await phone.page.fill("textarea >> nth=0", "I listen, then I write")
    await rejoin(phone, place.code, place.door.recovery(place.whose(BEA)))
    await phone.page.wait_for_url("**/now")
    await phone.go(f"/do/{NAME}")
    await expect(phone.page.locator("textarea").nth(0)).to_have_value(re.compile("I listen"))
    await expect(phone.page.locator("textarea").nth(0)).to_have_value("I listen, then I write")


async def test_closed_by_the_trainer(place: Place, phones: Phones) -> None:
    """A form that the trainer closes says so at once; handing in keeps what was written for when it opens again."""
    place.begin()
    place.set_out(NAME)
    phone = await phones(BEA, expected="409")
    await phone.go(f"/do/{NAME}")
    await fill_form(phone.page)
    place.do(c.CloseActivity(exercise_id=NAME))
    await phone.page.wait_for_selector("#news >> text=/The trainer has closed this/")
    await phone.page.click("#hand-in")
    await phone.page.wait_for_selector("#trouble >> text=/it was not handed in/")
    place.set_out(NAME)
    await phone.go(f"/do/{NAME}")
    await expect(phone.page.locator("#progress")).to_have_text("3 of 3 answered")
    assert place.recorded(e.OutputSubmitted) == []
