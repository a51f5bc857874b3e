"""The line goes and comes back: nothing that was typed is lost, and what was handed in arrives once, by itself."""

from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from pmworkshop.core import events as e
from tests.browser.conftest import Phones
from tests.browser.every_kind import AGAIN, EVERY_KIND
from tests.browser.filling import WORDS, fill_form
from tests.browser.phone import Phone
from tests.browser.photo import take_photo
from tests.browser.place import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

BEA = "Bea Miller"
NAME = "again"
NO_LINE = (
    "ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_FAILED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET"
)


async def at_the_form(place: Place, phones: Phones, expected: str = NO_LINE) -> Phone:
    """Return a phone with a form half done."""
    place.begin()
    place.set_out(again=AGAIN)
    phone = await phones(BEA, expected=expected)
    await phone.go(f"/do/{NAME}")
    await fill_form(phone.page)
    return phone


def drafts(place: Place) -> str:
    return "\n".join(body for key, body in place.workshop.drafts().items() if NAME in key)


async def says(page: Page, words: str) -> None:
    """Wait until the news at the top of the page have these words."""
    await page.wait_for_selector(f"#news >> text={words}")


async def test_typed_without_a_line(place: Place, phones: Phones) -> None:
    """What is typed while the line is gone stays on the phone, which says so, and goes to the laptop when it is back."""
    phone = await at_the_form(place, phones)
    await phone.page.wait_for_selector("#saved >> text=Kept as you write")
    await phone.context.set_offline(offline=True)
    await says(phone.page, "No connection to the trainer's laptop")
    await phone.page.fill("textarea >> nth=0", "Typed in the lift")
    await phone.page.wait_for_selector("#saved >> text=Kept on this phone for now")
    assert "Typed in the lift" not in drafts(place)
    await phone.context.set_offline(offline=False)
    await phone.page.wait_for_selector("#saved >> text=Kept as you write")
    assert "Typed in the lift" in drafts(place)
    assert await phone.words("#news") == ""


async def test_typed_and_torn_away(place: Place, phones: Phones) -> None:
    """What was typed without a line is on the page again when the browser was closed and the page opened anew."""
    phone = await at_the_form(place, phones)
    with place.shut():
        await phone.page.fill("textarea >> nth=0", "Typed in the lift")
        await phone.page.wait_for_selector("#saved >> text=Kept on this phone for now")
        await phone.page.close()
    phone.page = await phone.context.new_page()
    await phone.go(f"/do/{NAME}")
    await expect(phone.page.locator("textarea").nth(0)).to_have_value("Typed in the lift")
    await phone.page.wait_for_selector("#saved >> text=Kept as you write")
    assert "Typed in the lift" in drafts(place)


async def test_handed_in_without_a_line(place: Place, phones: Phones) -> None:
    """A sheet handed in without a line waits, goes by itself once, and its receipt comes up."""
    phone = await at_the_form(place, phones)
    await phone.context.set_offline(offline=True)
    await phone.page.click("#hand-in")
    await says(phone.page, "waits on this phone")
    assert place.recorded(e.OutputSubmitted) == []
    await phone.context.set_offline(offline=False)
    await phone.page.wait_for_url(f"**/done/{NAME}*")
    assert "Saved on the trainer's laptop" in await phone.words(".receipt")
    assert len(place.recorded(e.OutputSubmitted)) == 1
    assert (
        await phone.page.evaluate("Object.keys(localStorage).filter((key) => localStorage[key] !== '[]')")
        == []
    )
    assert drafts(place) == ""


async def test_room_closed_and_opened(place: Place, phones: Phones) -> None:
    """A sheet handed in while the laptop starts anew arrives once, under the same cookie, at the same address."""
    phone = await at_the_form(place, phones)
    with place.shut():
        await phone.page.click("#hand-in")
        await says(phone.page, "waits on this phone")
        await phone.page.click("#hand-in")
    await phone.page.wait_for_url(f"**/done/{NAME}*", timeout=12_000)
    assert len(place.recorded(e.OutputSubmitted)) == 1
    assert place.recorded(e.OutputAmended) == []


async def test_sent_from_another_page(place: Place, phones: Phones) -> None:
    """A sheet that waits goes from whatever page is opened next, which says that it is saved."""
    phone = await at_the_form(place, phones)
    with place.shut():
        await phone.page.click("#hand-in")
        await says(phone.page, "waits on this phone")
        await phone.page.close()
    phone.page = await phone.context.new_page()
    await phone.go("/now")
    await says(phone.page, "Saved on the trainer's laptop")
    assert len(place.recorded(e.OutputSubmitted)) == 1


async def test_answer_lost(place: Place, phones: Phones) -> None:
    """Where the laptop has taken a sheet and only its answer was lost, the sheet sent again is no second one."""
    phone = await at_the_form(place, phones)

    async def lose(route: Route) -> None:
        if route.request.method == "POST":
            await route.fetch(max_redirects=0)
            await route.abort()
            await phone.page.unroute("**/do/**")
        else:
            await route.continue_()

    await phone.page.route("**/do/**", lose)
    await phone.page.click("#hand-in")
    await says(phone.page, "waits on this phone")
    assert len(place.recorded(e.OutputSubmitted)) == 1
    await phone.page.wait_for_url(f"**/done/{NAME}*")
    assert len(place.recorded(e.OutputSubmitted)) == 1
    assert place.recorded(e.OutputAmended) == []


async def test_not_taken_after_waiting(place: Place, phones: Phones) -> None:
    """A sheet that waited and is not complete is not taken; the phone says so, and nothing on it is lost."""
    phone = await at_the_form(place, phones, f"{NO_LINE}|422")
    await phone.page.fill("textarea >> nth=0", "")
    await phone.page.fill("textarea >> nth=1", WORDS)
    await phone.context.set_offline(offline=True)
    await phone.page.click("#hand-in")
    await says(phone.page, "waits on this phone")
    await phone.context.set_offline(offline=False)
    await says(phone.page, "was not taken yet")
    await phone.go(f"/do/{NAME}")
    await expect(phone.page.locator("textarea").nth(1)).to_have_value(WORDS)
    assert place.recorded(e.OutputSubmitted) == []


async def test_photo_without_a_line(place: Place, phones: Phones, tmp_path: Path) -> None:
    """A photo that could not be sent stays chosen, goes when the line is back, and the sheet is handed in with it."""
    place.begin()
    place.set_out(every_kind=EVERY_KIND)
    phone = await phones(BEA, expected=NO_LINE)
    await phone.go("/do/every-kind")
    await fill_form(phone.page)
    await phone.context.set_offline(offline=True)
    await phone.page.set_input_files("#i-sheet", take_photo(tmp_path))
    await says(phone.page, "The photo could not be sent yet")
    await phone.page.click("#hand-in")
    await says(phone.page, "A photo cannot wait on this phone")
    await phone.context.set_offline(offline=False)
    await says(phone.page, "The photo is on the trainer's laptop")
    await phone.page.click("#hand-in")
    await phone.page.wait_for_url("**/done/every-kind*")
    assert "photo" in str(await phone.page.get_attribute(".answers img", "alt"))
    assert len(place.recorded(e.OutputSubmitted)) == 1
