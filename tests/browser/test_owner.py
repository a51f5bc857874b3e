"""Whose phone it is: by recovery code, by the trainer's yes or no, signed out, renamed, and the next person on it."""

import pytest
from playwright.async_api import Page, expect

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.people import Person
from tests.browser.answers import hand_in as handed_in
from tests.browser.conftest import Phones
from tests.browser.filling import fill_form
from tests.browser.phone import Phone
from tests.browser.place import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANN, BOB = "Ann Ash", "Bob Beech"
NAME, PRIVATE = "pm-responsibilities", "motivators"
FIRST = "#i-whose"


async def hand_in(page: Page, name: str = NAME) -> None:
    await page.click("#hand-in")
    await page.wait_for_url(f"**/done/{name}*")


async def join(phone: Phone, name: str) -> None:
    """Type the code and a name, whatever page comes of it."""
    await phone.go(f"/?code={phone.place.code}")
    await phone.page.fill("#name", name)
    await phone.page.click("text='Join'")


async def come_back(phone: Phone, recovery: str) -> None:
    """Type a recovery code on the page that asks for it, or from its folded part."""
    if not await phone.page.is_visible("#recovery"):
        await phone.page.click("summary")
    await phone.page.fill("#code-again", phone.place.code)
    await phone.page.fill("#recovery", recovery)
    await phone.page.click("text='Come back'")


async def kept(phone: Phone) -> dict[str, str]:
    """Return all that the browser keeps for the room."""
    return dict(await phone.page.evaluate("Object.entries(localStorage)"))


async def typed(page: Page) -> str:
    """Return all that stands in the forms of a page, but what a page carries for itself."""
    own = "['token', 'ticket', 'submission', 'output', 'edition', 'code', 'name']"
    fields = f"[...new FormData(form)].filter(([name]) => !{own}.includes(name)).map(([, value]) => value)"
    return str(await page.evaluate(f"[...document.forms].flatMap((form) => {fields}).join('')"))


def drafts(place: Place) -> list[str]:
    return [key for key, body in place.workshop.drafts().items() if key.startswith("form:") and body]


def firsts(place: Place) -> list[str]:
    """Return the first answer of each version that is recorded, in order."""
    found: list[e.OutputSubmitted | e.OutputAmended] = []
    found += place.recorded(e.OutputSubmitted)
    found += place.recorded(e.OutputAmended)
    return [str(event.answers["whose"]) for event in found]


async def test_cookie_gone(place: Place, phones: Phones) -> None:
    """Whoever lost the cookie and joins by name is asked for the code; a wrong one is said to be wrong, the right one opens."""
    phone = await phones(ANN, expected="40[39]")
    await phone.context.clear_cookies()
    await phone.go("/mine")
    await join(phone, "ann  ASH")
    await phone.page.wait_for_selector("text='Welcome back'")
    assert "type your recovery code" in await phone.words(".trouble")
    await come_back(phone, "AAAAAA")
    await phone.page.wait_for_selector("text=/nobody's recovery code/")
    code = place.door.recovery(place.whose(ANN))
    await come_back(phone, f"{code[:3]} {code[3:]}".lower())
    await phone.page.wait_for_url("**/now")
    assert "You are Ann Ash" in await phone.words("header")
    assert [event.way for event in place.recorded(e.PhoneJoined)] == ["name", "code"]
    assert len(place.workshop.state.participants) == 1


async def test_trainers_yes(place: Place, phones: Phones) -> None:
    """Who asks the trainer waits; at the yes the page goes on by itself to what is theirs, at the no it says so."""
    place.set_out(NAME)
    await phones(ANN)
    handed_in(place, ANN, NAME)
    good, bad = [await phones(expected="40[39]") for _ in range(2)]
    for phone in (good, bad):
        await join(phone, ANN)
        await phone.page.click("text='Ask the trainer'")
        await phone.page.wait_for_url("**/wait")
    first, second = place.door.asking()
    assert (first.name, first.whose) == (ANN, (place.whose(ANN),))
    assert place.door.admit(first.id, place.whose(ANN)) is None
    place.door.turn_away(second.id)
    await good.page.wait_for_url("**/now")
    await good.page.click("text='Mine'")
    assert "What I am responsible for" in await good.words(".mine")
    await bad.page.wait_for_selector("text=/The trainer has said no/")
    await bad.go("/now")
    assert bad.page.url == f"{place.url}/"
    assert [event.way for event in place.recorded(e.PhoneJoined)] == ["name", "trainer"]


async def test_signed_out(place: Place, phones: Phones) -> None:
    """A phone that was signed out says so on any page, its next click leads to the door, and its old code opens nothing."""
    phone = await phones(ANN, expected="40[13]")
    await phone.go("/now")
    old = await phone.words(".big-code")
    place.do(c.SignPhonesOut(participant=place.whose(ANN)))
    await phone.page.wait_for_selector("#news >> text=/This phone has been signed out/")
    await phone.page.click("nav >> text='Mine'")
    await phone.page.wait_for_selector("text='Join the workshop'")
    await come_back(phone, old)
    await phone.page.wait_for_selector("text=/nobody's recovery code/")
    await come_back(phone, place.door.recovery(place.whose(ANN)))
    await phone.page.wait_for_url("**/now")
    assert await phone.words(".big-code") != old


async def test_renamed_and_taken_off(place: Place, phones: Phones) -> None:
    """A name that was put right stands on the next page, whatever is in it; who was taken off the register is at the door."""
    phone = await phones(ANN, expected="401")
    name = "Ann <b>O'Ash</b> & Co"
    await phone.go("/now")
    place.do(c.CorrectParticipant(participant=place.whose(ANN), person=Person(name=name)))
    await phone.page.click("text='Mine'")
    await expect(phone.page.locator("header strong")).to_have_text(name)
    place.do(c.RemoveParticipant(participant=place.whose(name)))
    await phone.page.click("nav >> text='Now'")
    await phone.page.wait_for_selector("text='Join the workshop'")


async def test_late(place: Place, phones: Phones) -> None:
    """Who comes in the middle sees at once where the room is and what is open, and hands it in."""
    place.begin()
    place.set_out(NAME)
    place.do(c.ShowMessage(text="Back at eleven."))
    place.wait_minutes(4)
    phone = await phones()
    await join(phone, ANN)
    await phone.page.wait_for_url("**/now")
    page, now = await phone.words(), place.view()
    assert all(words in page for words in ("Back at eleven.", now.segment, now.activities[0].title))
    await phone.page.click(f'[href="/do/{NAME}"]')
    await fill_form(phone.page)
    await hand_in(phone.page)
    assert [one.participant for one in place.recorded(e.OutputSubmitted)] == [place.whose(ANN)]


async def test_versions(place: Place, phones: Phones) -> None:
    """Back and changed, or changed on an older tab: each is a newer version, and no draft of it is left to come up later."""
    place.set_out(NAME)
    phone = await phones(ANN)
    await phone.go(f"/do/{NAME}")
    older = await phone.context.new_page()
    await older.goto(phone.page.url)
    for page in (phone.page, older):
        await fill_form(page)
    await phone.page.fill(FIRST, "First")
    await hand_in(phone.page)
    await phone.page.go_back()
    await phone.page.fill(FIRST, "Second")
    await hand_in(phone.page)
    async with older.expect_response("**/draft*"):
        await older.fill(FIRST, "Half of the third")
    await older.fill(FIRST, "Third")
    await hand_in(older)
    assert "before: Second" in await older.inner_text(".answers")
    assert firsts(place) == ["First", "Second", "Third"]
    assert len(place.workshop.state.outputs) == 1
    assert drafts(place) == []
    await older.click("text='Change it'")
    await expect(older.locator(FIRST)).to_have_value("Third")


async def test_signed_out_before_the_script_listens(place: Place, phones: Phones) -> None:
    """Whoever is quicker than the page's script signs out without it, and leaves nothing on the phone either."""
    place.set_out(PRIVATE)
    phone = await phones(ANN)
    await phone.go("/now")
    await phone.page.click(f'[href="/do/{PRIVATE}"]')
    await fill_form(phone.page)
    await phone.page.route(
        "**/static/room.js*", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    await phone.page.click("nav >> text='Now'")
    assert await kept(phone) != {}
    await phone.page.unroute("**/static/room.js*")
    await phone.page.click("text=/Sign out/")
    await phone.page.wait_for_url("**/?left=yes")
    await phone.page.wait_for_function("Object.keys(localStorage).length === 0")


async def test_next_person(place: Place, phones: Phones) -> None:
    """Signing out leaves nothing of a person on the phone: the next one finds an empty form, also by going back."""
    place.set_out(PRIVATE)
    phone = await phones(ANN)
    await phone.go("/now")
    await phone.page.click(f'[href="/do/{PRIVATE}"]')
    await fill_form(phone.page)
    written = await typed(phone.page)
    assert len(written) > 10
    await phone.page.click("nav >> text='Now'")
    await phone.page.click("text=/Sign out/")
    await phone.page.wait_for_selector("text='Join the workshop'")
    assert await kept(phone) == {}
    await phone.page.fill("#code", place.code)
    await phone.page.fill("#name", BOB)
    await phone.page.click("text='Join'")
    await phone.page.wait_for_url("**/now")
    for page in ("/?left=yes", f"/do/{PRIVATE}"):
        await phone.page.go_back()
        assert phone.page.url == f"{place.url}{page}"
        assert await typed(phone.page) == ""
        assert "You are Bob Beech" in await phone.words("header")
    await phone.go(f"/do/{PRIVATE}")
    assert await typed(phone.page) == ""
