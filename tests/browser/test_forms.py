"""A form in the hand: it asks what is to be asked, numbers it, says what is wrong, takes photos and another row."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from pmworkshop.core import events as e
from tests.browser.conftest import Phones
from tests.browser.every_kind import EVERY_KIND
from tests.browser.filling import WORDS, fill_form
from tests.browser.phone import Phone
from tests.browser.photo import SIZE, take_photo
from tests.browser.place import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

BEA = "Bea Miller"


async def at_the_form(place: Place, phones: Phones, expected: str = "") -> Phone:
    place.begin()
    place.set_out(every_kind=EVERY_KIND)
    phone = await phones(BEA, expected=expected)
    await phone.go("/do/every-kind")
    await expect(phone.page.locator("#progress")).to_have_text("0 of 13 answered")
    return phone


async def numbers(page: Page) -> list[str]:
    """Return the numbers of the questions that are to be seen, from top to bottom."""
    return await page.locator(".number:visible").all_inner_texts()


async def test_asks_what_hangs_on_others(place: Place, phones: Phones) -> None:
    """A question that hangs on another comes and goes with its answer; the numbers have no gaps, and no words say why."""
    page = (await at_the_form(place, phones)).page
    assert await numbers(page) == [str(n) for n in range(1, 14)]
    await page.check("text='Pay and grading'")
    await expect(page.locator("#q-promised")).to_be_visible()
    assert await page.inner_text("#q-promised .number") == "4"
    assert await numbers(page) == [str(n) for n in range(1, 15)]
    assert "Only if" not in await page.inner_text("main")
    assert await page.get_attribute("#i-promised", "aria-describedby") is None
    await page.uncheck("text='Pay and grading'")
    await expect(page.locator("#q-promised")).to_be_hidden()
    assert await page.inner_text("#progress") == "0 of 13 answered"


async def test_flaws(place: Place, phones: Phones) -> None:
    """What is wrong is listed with the numbers that are on the page, five at the most, and leads to its question."""
    phone = await at_the_form(place, phones, "422")
    page = phone.page
    await page.fill("#i-who", "Anna")
    await page.click("#hand-in")
    await page.wait_for_selector("#trouble")
    assert await page.evaluate("document.activeElement.id") == "trouble"
    links = page.locator("#trouble a")
    assert await links.count() == 5
    assert "11 questions need another look" in await phone.words("#trouble")
    assert "and 6 more" in await phone.words("#trouble")
    for number in range(5):
        said = re.match(r"Question (\d+)", await links.nth(number).inner_text())
        target = await links.nth(number).get_attribute("href")
        assert said
        assert await page.inner_text(f"{target} .number") == said[1]
    assert await page.input_value("#i-who") == "Anna"
    await links.nth(1).click()
    assert await page.evaluate("document.activeElement.name") == "elements"
    await expect(page.locator("#q-elements")).to_be_in_viewport()


async def test_rows(place: Place, phones: Phones) -> None:
    """Another row comes on the phone itself, keeps what was typed, has the keyboard, and ends at the most there may be."""
    page = (await at_the_form(place, phones)).page
    await page.fill('[id="plan.1.what"]', "First")
    for number in (2, 3, 4):
        await page.click("text='Add a row'")
        assert await page.evaluate("document.activeElement.name") == f"plan.{number}.what"
    assert await page.locator("text='Add a row'").count() == 0
    await page.keyboard.type("Fourth")
    await page.wait_for_selector("#saved >> text=Kept as you write")
    await page.reload()
    kept = page.locator('[id$=".what"]')
    assert [await kept.nth(n).input_value() for n in range(await kept.count())] == ["First", "Fourth"]
    await fill_form(page)
    await page.click("#hand-in")
    await page.wait_for_url("**/done/**")
    [output] = place.recorded(e.OutputSubmitted)
    assert output.answers["plan"] == tuple(
        {"what": "Write it down", "by": "2027-04-12", "many": "3", "how": "urgent", "for": "TM4"}
        for _ in range(2)
    )


async def test_ranking(place: Place, phones: Phones) -> None:
    """What is chosen for one place is free at the other place where it stood."""
    page = (await at_the_form(place, phones)).page
    await page.select_option("#i-order-1", "trust")
    await page.select_option("#i-order-2", "time")
    await page.select_option("#i-order-2", "trust")
    assert await page.input_value("#i-order-1") == ""
    assert await page.input_value("#i-order-2") == "trust"


async def test_photo(place: Place, phones: Phones, tmp_path: Path) -> None:
    """A photo as a phone takes it is sent at once, smaller and with its progress shown, and stands on the receipt."""
    phone = await at_the_form(place, phones)
    page = phone.page
    await page.evaluate(
        "new MutationObserver((all) => all.forEach((one) => one.addedNodes.forEach((node) => {"
        " if (node.localName === 'progress') window.progressName = node.getAttribute('aria-label'); })))"
        ".observe(document.getElementById('q-sheet'), {childList: true})"
    )
    taken = take_photo(tmp_path)
    await page.set_input_files("#i-sheet", taken)
    await page.wait_for_selector("#news >> text=The photo is on the trainer's laptop")
    assert await page.evaluate("window.progressName") == "How much of the photo has been sent"
    assert await page.locator("#q-sheet progress").count() == 0
    shown = page.locator("#q-sheet img")
    width, height = await shown.evaluate(
        "one => one.decode().then(() => [one.naturalWidth, one.naturalHeight])"
    )
    assert max(width, height) == 2000
    assert round(width / height, 2) == round(SIZE[0] / SIZE[1], 2)
    await fill_form(page)
    await page.click("#hand-in")
    await page.wait_for_url("**/done/**")
    image = page.locator(".answers img")
    await image.scroll_into_view_if_needed()
    await page.wait_for_function("document.querySelector('.answers img').naturalWidth === 2000")
    await phone.go("/do/every-kind")
    assert "A photo is kept" in await phone.words("#q-sheet")


async def test_no_photo(place: Place, phones: Phones, tmp_path: Path) -> None:
    """A file that is no photo is refused in words, and the rest of the sheet is handed in without it."""
    phone = await at_the_form(place, phones, "422")
    wrong = tmp_path / "notes.jpg"
    wrong.write_text(WORDS)
    await phone.page.set_input_files("#i-sheet", wrong)
    await phone.page.wait_for_selector("#news >> text=/photo|picture|image/i")
    await expect(phone.page.locator("#photo-sheet")).not_to_contain_text("Sending")
    await fill_form(phone.page)
    await phone.page.click("#hand-in")
    await phone.page.wait_for_url("**/done/**")
