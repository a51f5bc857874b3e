"""The projector's sound: off until it is asked for, the desk's tones at the desk's times, and words whether it sounds or not."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from pmworkshop.core import commands as c
from pmworkshop.core.cues import Cue
from pmworkshop.core.units import MINUTE, Duration
from pmworkshop.wiring.tones import TONES
from tests.browser.conftest import Phones
from tests.browser.phone import PROJECTOR, Phone
from tests.browser.place import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

SECOND = 1 / 60
LISTENS = """
  window.notes = [];
  const start = OscillatorNode.prototype.start, stop = OscillatorNode.prototype.stop;
  OscillatorNode.prototype.start = function (at) { this.at = at; return start.call(this, at); };
  OscillatorNode.prototype.stop = function (at) {
    window.notes.push([Math.round(this.frequency.value), Math.round((at - this.at) * 1000), Math.round(this.at * 1000)]);
    return stop.call(this, at);
  };
"""


def notes(cue: Cue) -> list[list[int]]:
    """Return a cue's notes as the desk sounds them: hertz, length and beginning in milliseconds."""
    return [[round(one.hertz), round(one.lasts * 1000), round(one.begins * 1000)] for one in TONES[cue]]


async def heard(page: Page) -> list[list[int]]:
    """Return the notes sounded since this was last asked, their beginnings counted from the first."""
    found: Any = await page.evaluate("window.notes.splice(0)")
    return [[hertz, lasts, begins - found[0][2]] for hertz, lasts, begins in found]


async def wall(phones: Phones) -> Phone:
    shown = await phones(size=PROJECTOR)
    await shown.page.add_init_script(LISTENS)
    await shown.go("/screen")
    return shown


async def words(page: Page, cue: str, last: str) -> None:
    """Insist on what stands beside the time as long as a cue is news, and on what stands there after it."""
    await expect(page.locator("[data-cue]")).to_have_text(cue, timeout=6_000)
    await expect(page.locator("[data-cue]")).to_be_visible()
    await expect(page.locator("[data-words=main]")).to_have_text(last)
    await expect(page.locator("[data-words=main]")).to_be_hidden()


async def test_the_desks_tones_at_the_desks_times(place: Place, phones: Phones) -> None:
    """With the sound on, five minutes, one minute and time sound once each, as the desk's do, with words and a colour each."""
    place.begin()
    page = (await wall(phones)).page
    await page.mouse.move(300, 300)
    await page.click("#sound")
    await expect(page.locator("#sound")).to_have_text("Sound is on (M)")
    assert await heard(page) == notes("one minute")
    colours = {await colour(page)}
    place.wait_minutes(15 - SECOND)
    for cue, said, last, then in (
        ("five minutes", "5 minutes left", "left · last 5 minutes", 4 - 2 * SECOND),
        ("one minute", "1 minute left", "left · last minute", 1 - 2 * SECOND),
        ("time", "Time is up", "over · time is up", 0.5),
    ):
        await words(page, said, last)
        colours.add(await colour(page))
        assert await heard(page) == notes(cue)  # type: ignore[arg-type]  # each of them is a cue
        place.wait_minutes(then)
    assert len(colours) == 3
    assert await heard(page) == []


async def colour(page: Page) -> str:
    return str(await page.locator(".clock .figures").evaluate("one => getComputedStyle(one).color"))


async def test_silent_until_asked_and_muted_by_m(place: Place, phones: Phones) -> None:
    """A projector is silent at first, and after `m`; the words come all the same. It remembers, and wants one click again."""
    place.begin()
    page = (await wall(phones)).page
    place.wait_minutes(15 - SECOND)
    await words(page, "5 minutes left", "left · last 5 minutes")
    assert await heard(page) == []
    await page.keyboard.press("m")
    assert await heard(page) == notes("one minute")
    await page.locator("#volume").fill("9")
    assert await heard(page) == notes("one minute")
    await page.keyboard.press("m")
    await expect(page.locator("#sound")).to_have_text("Sound is off (M)")
    place.wait_minutes(4 - SECOND)
    await words(page, "1 minute left", "left · last minute")
    assert await heard(page) == []
    await page.keyboard.press("m")
    await page.reload()
    await expect(page.locator("#sound")).to_have_text("Click here for the sound")
    await expect(page.locator(".tools")).to_have_css("opacity", "1")
    await page.click("#sound")
    await expect(page.locator("#sound")).to_have_text("Sound is on (M)")
    assert await page.locator("#volume").input_value() == "9"


async def test_what_the_trainer_does_is_no_cue(place: Place, phones: Phones) -> None:
    """Going on to a short segment, time given, and the page drawn anew sound nothing and say nothing."""
    delivery = place.begin()
    page = (await wall(phones)).page
    await page.keyboard.press("m")
    await heard(page)
    place.wait_minutes(10)
    place.do(c.MoveOn(delivery=delivery), c.AddTime(delivery=delivery, by=Duration(-26 * MINUTE)))
    await expect(page.locator("[data-words=main]")).to_have_text("left · last 4 minutes", timeout=6_000)
    place.do(c.AddTime(delivery=delivery, by=Duration(8 * MINUTE)))
    await expect(page.locator("[data-words=main]")).to_have_text("left", timeout=6_000)
    await page.reload()
    await expect(page.locator(".figures")).to_be_visible()
    assert await heard(page) == []
    assert await page.inner_text("[data-cue]") == ""
