"""What waits on a phone: sheets and half-written words go where they belong, once, and leave nothing behind."""

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from tests.browser.answers import hand_in
from tests.browser.conftest import Phones
from tests.browser.filling import fill_form
from tests.browser.phone import Phone
from tests.browser.place import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANN = "Ann Ash"
NAME, OTHER = "pm-responsibilities", "motivators"
FIRST = "#i-whose"
NO_LINE = "503|ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|FAILED|INCOMPLETE_CHUNKED|CONNECTION_RESET|EMPTY_RESPONSE)"


async def at_the_form(place: Place, phones: Phones, expected: str = NO_LINE) -> Phone:
    """Return Ann's phone with a form all done."""
    place.set_out(NAME)
    phone = await phones(ANN, expected=expected)
    await phone.go(f"/do/{NAME}")
    await fill_form(phone.page)
    await phone.page.fill(FIRST, "Six night staff")
    return phone


async def says(page: Page, words: str) -> None:
    """Wait until the news at the top of the page have these words."""
    await page.wait_for_selector(f"#news >> text={words}")


async def kept(phone: Phone) -> list[str]:
    """Return what the browser keeps for the room."""
    return list(
        await phone.page.evaluate("Object.keys(localStorage).filter((key) => localStorage[key] !== '[]')")
    )


def drafts(place: Place) -> list[str]:
    return [key for key, body in place.workshop.drafts().items() if key.startswith("form:") and body]


async def test_loaded_again(place: Place, phones: Phones) -> None:
    """A page loaded anew while its sheet waits still shows it, sends it once, shows its receipt, and keeps nothing of it."""
    phone = await at_the_form(place, phones)

    async def stop(route: Route) -> None:
        await (route.abort() if route.request.method == "POST" else route.continue_())

    await phone.page.route("**/do/**", stop)
    await phone.page.click("#hand-in")
    await says(phone.page, "waits on this phone")
    await phone.page.reload()
    await says(phone.page, "1 of your sheets waits on this phone")
    await expect(phone.page.locator(FIRST)).to_have_value("Six night staff")
    await phone.page.unroute("**/do/**")
    await phone.page.evaluate("dispatchEvent(new Event('online'))")
    await phone.page.wait_for_url(f"**/done/{NAME}*")
    assert "Six night staff" in await phone.words(".answers")
    assert [one.answers["whose"] for one in place.recorded(e.OutputSubmitted)] == ["Six night staff"]
    assert (await kept(phone), drafts(place)) == ([], [])


async def test_two_sheets(place: Place, phones: Phones) -> None:
    """Two sheets of one phone wait together and go together, each once, though two pages send them."""
    phone = await at_the_form(place, phones)
    place.set_out(OTHER)
    other = await phone.context.new_page()
    await other.goto(f"{place.url}/do/{OTHER}")
    await fill_form(other)
    with place.shut():
        await phone.page.click("#hand-in")
        await says(phone.page, "waits on this phone")
        await other.click("#hand-in")
        await says(other, "waits on this phone")
        await says(phone.page, "2 of your sheets wait")
    await phone.page.wait_for_url(f"**/done/{NAME}*", timeout=12_000)
    await other.wait_for_url(f"**/done/{OTHER}*", timeout=12_000)
    assert sorted(one.exercise_id for one in place.recorded(e.OutputSubmitted)) == [OTHER, NAME]
    assert place.recorded(e.OutputAmended) == []
    assert (await kept(phone), drafts(place)) == ([], [])


async def test_closed_meanwhile(place: Place, phones: Phones) -> None:
    """A waiting sheet of what was closed meanwhile is not taken, in plain words, and is on the form when it opens again."""
    phone = await at_the_form(place, phones, f"{NO_LINE}|409")
    with place.shut():
        await phone.page.click("#hand-in")
        await says(phone.page, "waits on this phone")
        place.do(c.CloseActivity(exercise_id=NAME))
    await phone.go("/now")
    await says(
        phone.page, "What I am responsible for is closed, so it was not handed in. What you wrote is kept"
    )
    assert place.recorded(e.OutputSubmitted) == []
    place.set_out(NAME)
    await phone.page.click(f'[href="/do/{NAME}"]')
    await expect(phone.page.locator(FIRST)).to_have_value("Six night staff")
    await phone.page.click("#hand-in")
    await phone.page.wait_for_url(f"**/done/{NAME}*")
    assert len(place.recorded(e.OutputSubmitted)) == 1


async def test_unsent_change(place: Place, phones: Phones) -> None:
    """A change that the laptop could not be told outlives a look at the receipt of what was handed in before."""
    place.set_out(NAME)
    phone = await phones(ANN, expected=NO_LINE)
    hand_in(place, ANN, NAME)
    await phone.go(f"/do/{NAME}")
    await phone.page.route("**/draft*", lambda route: route.abort())
    await phone.page.fill(FIRST, "Seven")
    await phone.page.wait_for_selector("#saved >> text=Kept on this phone for now")
    await phone.go(f"/done/{NAME}")
    await phone.page.unroute("**/draft*")
    await phone.page.click("text='Change it'")
    await expect(phone.page.locator(FIRST)).to_have_value("Seven")
    await phone.page.wait_for_selector("#saved >> text=Kept as you write")
    assert await kept(phone) == []


async def test_typed_at_once(place: Place, phones: Phones) -> None:
    """What was typed before the page's script had come is kept as well, and counted."""
    place.set_out(NAME)
    phone, late = await phones(ANN), asyncio.Event()

    async def wait(route: Route) -> None:
        await late.wait()
        await route.fallback()

    await phone.page.route("**/form.js", wait)
    await phone.page.goto(f"{place.url}/do/{NAME}", wait_until="commit")
    await phone.page.fill(FIRST, "Two porters")
    late.set()
    await phone.page.wait_for_selector("#saved >> text=Kept as you write")
    assert await phone.words("#progress") == "1 of 3 answered"


async def test_left_at_once(place: Place, phones: Phones) -> None:
    """What was typed the moment before somebody goes to another page reaches the laptop all the same."""
    phone = await at_the_form(place, phones)
    await phone.page.fill(FIRST, "Two porters")
    await phone.page.click("nav >> text='Now'")
    async with asyncio.timeout(3):
        while not any("Two porters" in body for body in place.workshop.drafts().values()):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_signing_out_waits(place: Place, phones: Phones) -> None:
    """Nobody signs out over a sheet that still waits: it goes first, and then nothing of theirs is left."""
    phone = await at_the_form(place, phones)
    now = await phone.context.new_page()
    await now.goto(f"{place.url}/now")
    with place.shut():
        await phone.page.click("#hand-in")
        await says(phone.page, "waits on this phone")
        await phone.page.close()
        await now.click("text=/Sign out/")
        await says(now, "still waits on this phone")
    await says(now, "Saved on the trainer's laptop")
    assert len(place.recorded(e.OutputSubmitted)) == 1
    await now.click("text=/Sign out/")
    await now.wait_for_selector("text='Join the workshop'")
    assert await now.evaluate("Object.keys(localStorage)") == []
