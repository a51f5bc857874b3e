"""From the narrowest phone to large print: nothing has to be scrolled sideways, and every target can be hit."""

import pytest
from playwright.async_api import Page

from pmworkshop.core import commands as c
from tests.browser.answers import hand_in
from tests.browser.conftest import Phones
from tests.browser.every_kind import EVERY_KIND
from tests.browser.place import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

NARROW = (320, 640)
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff" * 5 + " " + "Anna" * 6
PATHS = (
    *("/", "/now", "/mine", "/sign", "/about", "/nowhere", "/cards/difficult-conversations", "/screen"),
    *("/do/every-kind", "/do/amo", "/do/pm-inventory", "/do/tutor-cycle"),
    *("/done/every-kind", "/done/amo", "/done/results-behaviours", "/done/ten-practices"),
)
TARGETS = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .filter((one) => one.checkVisibility() && !one.matches('.skip, [type=hidden]'))
  .map((one) => [one, (one.closest('label') ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([one]) => one.outerHTML.slice(0, 120))"""


async def too_wide(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    width = await page.evaluate("document.scrollingElement.scrollWidth")
    return int(width) - NARROW[0]


async def test_narrow(place: Place, phones: Phones) -> None:
    """At 320 pixels, with a name of 200 characters and words without end, no page is wider than the window."""
    place.begin()
    assert len(LONG_NAME) == 200
    phone = await phones(LONG_NAME, NARROW, expected="404")
    place.set_out(
        "amo", "pm-inventory", "tutor-cycle", "results-behaviours", "ten-practices", every_kind=EVERY_KIND
    )
    hand_in(place, LONG_NAME, "every-kind", promised="W" * 190, why="V" * 900, steps=["S" * 290] * 3)
    for name in ("amo", "results-behaviours", "ten-practices"):
        hand_in(place, LONG_NAME, name)
    place.do(c.ShowMessage(text="M" * 190))
    found = {}
    for path in PATHS:
        await phone.go(path)
        found[path] = (await too_wide(phone.page), await phone.page.evaluate(TARGETS))
    assert {path: told for path, told in found.items() if told != (0, [])} == {}


async def test_large_print(place: Place, phones: Phones) -> None:
    """With letters twice as large a form still fits a phone."""
    place.begin()
    place.set_out(every_kind=EVERY_KIND)
    phone = await phones("Bea Miller", NARROW)
    browser = await phone.context.new_cdp_session(phone.page)
    await browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    for path in ("/now", "/do/every-kind", "/"):
        await phone.go(path)
        assert (
            await phone.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 32
        )
        assert await too_wide(phone.page) == 0


async def test_motion(phones: Phones) -> None:
    """Nothing moves for those who want nothing to move."""
    still, moving = await phones(size=NARROW), await phones(size=NARROW, reduced_motion="no-preference")
    found = []
    for phone in (still, moving):
        await phone.go("/screen")
        found.append(
            await phone.page.evaluate(
                "[getComputedStyle(document.documentElement).scrollBehavior,"
                " [...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).transitionDuration !== '0s'"
                " || getComputedStyle(one).animationName !== 'none').length]"
            )
        )
    assert found == [["auto", 0], ["smooth", 1]]
