"""Without a pointer and without looking: the keyboard alone, the focus to be seen, and a voice that is not always talking."""

import pytest
from playwright.async_api import Page

from pmworkshop.core import events as e
from tests.browser.conftest import Phones
from tests.browser.phone import DESKTOP
from tests.browser.place import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

BEA = "Bea Miller"
SPOKEN = """() => {
  window.spoken = [];
  new MutationObserver((all) => {
    for (const one of all) {
      const node = one.target.nodeType === 1 ? one.target : one.target.parentElement;
      const live = node?.closest('[aria-live], [role=status], [role=alert], [role=log]');
      if (live && live.getAttribute('aria-live') !== 'off' && live.getAttribute('role') !== 'timer') window.spoken.push(live.outerHTML);
    }
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


async def focus_is_seen(page: Page) -> None:
    """Insist that what has the focus has an outline, or its frame has."""
    outline = await page.evaluate("""() => {
      const at = document.activeElement;
      return [at, at.closest('label')].some((one) => one && getComputedStyle(one).outlineStyle !== 'none'
        && parseFloat(getComputedStyle(one).outlineWidth) >= 2);
    }""")
    assert outline, await page.evaluate("document.activeElement.outerHTML")


async def tab_to(page: Page, condition: str, most: int = 40) -> None:
    """Press Tab until what has the focus meets `condition`, a script's expression on `at`."""
    for _ in range(most):
        await page.keyboard.press("Tab")
        await focus_is_seen(page)
        if await page.evaluate(f"(() => {{ const at = document.activeElement; return {condition}; }})()"):
            return
    raise AssertionError(f"no Tab leads to {condition}")


async def test_whole_way(place: Place, phones: Phones) -> None:
    """Joining, skipping to the page, a whole form and handing it in need the keyboard alone, and the focus is seen."""
    place.begin()
    place.set_out("ten-practices")
    phone = await phones(size=DESKTOP)
    page, keys = phone.page, phone.page.keyboard
    await phone.go("/")
    await tab_to(page, "at.id === 'code'")
    await keys.type(place.code)
    await tab_to(page, "at.id === 'name'")
    await keys.type(BEA)
    await keys.press("Enter")
    await page.wait_for_url("**/now")
    await keys.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "Skip to the page"
    await focus_is_seen(page)
    assert await page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    await keys.press("Enter")
    await keys.press("Tab")
    assert await page.evaluate("document.activeElement.getAttribute('href')") == "/do/ten-practices"
    await keys.press("Enter")
    await page.wait_for_url("**/do/**")
    await page.wait_for_selector("#progress >> text=/^0 of/")
    for number in range(10):
        await tab_to(page, "at.type === 'radio'")
        await keys.press("Space")
        for _ in range(number % 3):
            await keys.press("ArrowDown")
    for _ in range(3):
        await tab_to(page, "at.matches('input:not([type=radio]), textarea')")
        await keys.type("Talk to each other more often")
    await tab_to(page, "at.id === 'hand-in'")
    await keys.press("Enter")
    await page.wait_for_url("**/done/**")
    [output] = place.recorded(e.OutputSubmitted)
    assert len(output.answers) == 13


async def test_timer_is_quiet(place: Place, phones: Phones) -> None:
    """The countdown is a timer with a name that no voice reads out each second, and nothing else speaks either."""
    place.begin()
    place.set_out("amo")
    timers = {"/now": 1, "/do/amo": 0, "/screen": 1}
    pages = {path: (await phones(f"Bea{path}")).page for path in timers}
    for path, page in pages.items():
        await page.goto(f"{place.url}{path}")
    await pages["/screen"].wait_for_timeout(500)
    for page in pages.values():
        await page.evaluate(SPOKEN)
    before = await pages["/now"].inner_text(".figures")
    await pages["/now"].wait_for_timeout(3_000)
    assert await pages["/now"].inner_text(".figures") != before
    for path, page in pages.items():
        assert await page.evaluate("window.spoken") == [], path
        found = await page.locator("[data-timer]").evaluate_all(
            "all => all.map((one) => [one.role, one.ariaLive, one.ariaLabel])"
        )
        assert len(found) == timers[path]
        assert all(
            role == "timer" and live == "off" and name.startswith("Time left") for role, live, name in found
        )


async def test_minutes_are_told(place: Place, phones: Phones) -> None:
    """Five minutes and one minute before the end a voice says so, once."""
    place.begin()
    phone = await phones(BEA)
    await phone.go("/now")
    place.wait_minutes(15 - 1 / 60)
    await phone.page.wait_for_selector("#news >> text='5 minutes left.'")
    place.wait_minutes(4)
    await phone.page.wait_for_selector("#news >> text='1 minute left.'")
    assert await phone.words("#news") == "1 minute left."
