"""The projector follows the laptop's clock and the trainer's hand, and nothing on it is cut off or covered."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.async_api import Page, expect

from pmworkshop.core import commands as c
from pmworkshop.core.units import MINUTE, SECOND, Duration
from tests.browser.answers import hand_in, register
from tests.browser.conftest import Phones
from tests.browser.every_kind import EVERY_KIND
from tests.browser.phone import PROJECTOR, Phone
from tests.browser.place import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

SMALL = (1024, 768)
LONG = "Write down what you have seen in the last three months, not what you think of it, and what you will do next. "
MESSAGE = (
    "The fire alarm will be tested at ten. Stay where you are, and ask me if anything about it worries you."
)
SLOW_TIMERS = "const every = setInterval; window.setInterval = (work, after) => every(work, after * 12)"
CUT = """() => [...document.querySelectorAll('main, .segment, .message, .instruction, .wall-results, .clock, .foot')]
  .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1).map((one) => one.className)"""


async def wall(
    phones: Phones, size: tuple[int, int] = PROJECTOR, *, expected: str = "", query: str = ""
) -> Phone:
    """Return the projector's page in a window of that size."""
    shown = await phones(size=size, expected=expected)
    await shown.go(f"/screen{query}")
    return shown


def seconds_left(place: Place) -> int:
    """Return what the core says at this very instant, in the seconds that a countdown shows."""
    timing = place.view().timing
    assert timing is not None
    return -(-timing.left // SECOND)


async def right_to_a_second(page: Page, place: Place) -> None:
    """Insist that the figures on the wall are the core's, give or take a second, while they were read."""
    before = seconds_left(place)
    minutes, seconds = (int(one) for one in (await page.inner_text(".figures")).split(":")[-2:])
    assert seconds_left(place) - 1 <= minutes * 60 + seconds <= before + 1


async def follows(page: Page, place: Place) -> None:
    """Insist that the figures are right now and a little later."""
    for _ in range(3):
        await right_to_a_second(page, place)
        await page.wait_for_timeout(400)


async def test_follows_the_clock(place: Place, phones: Phones) -> None:
    """The figures are the core's, to a second: after a start, when time is given, and when the clock goes on."""
    delivery = place.begin()
    shown = await wall(phones)
    await expect(shown.page.locator(".segment")).to_have_text("Introductions")
    await follows(shown.page, place)
    place.do(c.AddTime(delivery=delivery, by=Duration(7 * MINUTE)))
    await expect(shown.page.locator(".figures")).to_have_text("26:58", timeout=4_000)
    place.wait_minutes(12.5)
    await expect(shown.page.locator(".figures")).to_have_text("14:25", timeout=5_000)
    await follows(shown.page, place)


async def test_does_not_drift(place: Place, phones: Phones) -> None:
    """A window whose timers hardly run, as a hidden one's, shows the right figures each time that it draws."""
    place.begin()
    shown = await phones(size=PROJECTOR)
    await shown.page.add_init_script(SLOW_TIMERS)
    await shown.go("/screen")
    figures = shown.page.locator(".figures")
    for _ in range(2):
        before = await figures.inner_text()
        await expect(figures).not_to_have_text(before, timeout=4_000)
        await right_to_a_second(shown.page, place)


async def test_follows_the_trainer(place: Place, phones: Phones) -> None:
    """The next segment, what to do, how many have finished, results and a message come up by themselves, and go."""
    delivery = place.begin()
    shown = await wall(phones)
    page = shown.page
    place.do(c.MoveOn(delivery=delivery))
    await expect(page.locator(".segment")).to_have_text("Big picture")
    place.do(c.ShowMessage(text="Back at <eleven>."))
    await expect(page.locator(".message")).to_have_text("Back at <eleven>.")
    place.do(c.ShowMessage(text=""))
    await expect(page.locator(".message")).to_have_count(0)
    people = [f"Person Number{n}" for n in range(5)]
    register(place, *people)
    place.set_out("ten-practices")
    await expect(page.locator(".instruction h2")).to_have_text("My area against ten practices")
    for number, name in enumerate(people):
        hand_in(place, name, "ten-practices", number)
    await expect(page.locator(".finished")).to_contain_text("5 of 5 finished")
    place.do(c.RevealResults(exercise_id="ten-practices", on=True))
    await expect(page.locator(".wall-results")).to_be_visible()
    assert "Person" not in await shown.words("body")
    place.do(c.RevealResults(exercise_id="ten-practices", on=False))
    await expect(page.locator(".wall-results")).to_have_count(0)


async def test_room_closed_and_opened(place: Place, phones: Phones) -> None:
    """While the laptop does not answer the time runs on, and the wall says so; then it follows again by itself."""
    delivery = place.begin()
    shown = await wall(phones, expected="ERR_|503")
    with place.shut():
        await expect(shown.page.locator("#lost")).to_be_visible()
        await follows(shown.page, place)
        place.do(c.MoveOn(delivery=delivery))
    await expect(shown.page.locator(".segment")).to_have_text("Big picture", timeout=12_000)
    await expect(shown.page.locator("#lost")).to_be_hidden()
    await follows(shown.page, place)


async def test_pages_of_results(place: Place, phones: Phones) -> None:
    """Results longer than the wall lie on pages that the arrow keys turn; other results begin at their first page."""
    place.begin()
    people = [f"Person Number{n}" for n in range(6)]
    register(place, *people)
    place.set_out("learning-styles", "ten-practices")
    for number, name in enumerate(people):
        hand_in(place, name, "learning-styles", number)
        hand_in(place, name, "ten-practices", number)
    place.do(c.RevealResults(exercise_id="learning-styles", on=True))
    page = (await wall(phones)).page
    await expect(page.locator("#page-note")).to_contain_text("page 1 of")
    first = await seen(page)
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("#page-note")).to_contain_text("page 2 of")
    second = await seen(page)
    assert first
    assert second
    assert not set(first) & set(second)
    await page.set_viewport_size({"width": SMALL[0], "height": SMALL[1]})
    await expect(page.locator("#page-note")).to_contain_text("page 2 of")
    place.do(c.ShowMessage(text=MESSAGE))
    await expect(page.locator(".message")).to_be_visible()
    assert await page.evaluate(CUT) == []
    assert await seen(page)
    place.do(
        c.RevealResults(exercise_id="learning-styles", on=False),
        c.RevealResults(exercise_id="ten-practices", on=True),
    )
    await expect(page.locator(".wall-results h2 >> nth=0")).to_contain_text("My area")
    await expect(page.locator("#page-note")).to_contain_text("page 1 of")


async def seen(page: Page) -> list[str]:
    """Return the rows of results that are to be seen, none of them cut."""
    return list(
        await page.evaluate("""() => {
          const frame = document.querySelector('.on-wall').getBoundingClientRect();
          return [...document.querySelectorAll('.on-wall .measure .label, .on-wall tbody th')].filter((one) => {
            const box = one.getBoundingClientRect();
            return box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.bottom <= frame.bottom + 1;
          }).map((one) => one.textContent);
        }""")
    )


@pytest.mark.parametrize("size", [PROJECTOR, SMALL], ids=["wide", "small"])
@pytest.mark.parametrize("told", ["", MESSAGE], ids=["", "message"])
async def test_nothing_cut(place: Place, phones: Phones, size: tuple[int, int], told: str) -> None:
    """Long titles, long instructions and a message stand on the wall as a whole, beside each other and not above."""
    place.begin()
    long = replace(EVERY_KIND, title=f"An exercise with a title {LONG[:90]}", instructions=f"- {LONG}\n" * 5)
    place.set_out("conversation-cards", "fair-assessment", long=long)
    if told:
        place.do(c.ShowMessage(text=told))
    page = (await wall(phones, size)).page
    await page.wait_for_timeout(200)
    assert await page.evaluate(CUT) == []
    boxes = [await page.locator(one).bounding_box() for one in ("h1", ".figures", ".instruction", ".foot")]
    areas = [(b["x"], b["y"], b["x"] + b["width"], b["y"] + b["height"]) for b in boxes if b]
    assert len(areas) == len(boxes)
    assert list(_overlaps(areas)) == []
    assert all(min(x, y) >= 0 and right <= size[0] and low <= size[1] for x, y, right, low in areas)
    smallest = await page.locator(".instruction .prose").evaluate(
        "one => parseFloat(getComputedStyle(one).fontSize)"
    )
    assert smallest >= size[1] / 61


def _overlaps(areas: list[tuple[float, float, float, float]]) -> Iterator[tuple[int, int]]:
    for one, (x, y, right, low) in enumerate(areas):
        for other, (x2, y2, right2, low2) in enumerate(areas[one + 1 :], one + 1):
            if min(right, right2) - max(x, x2) > 1 and min(low, low2) - max(y, y2) > 1:
                yield one, other


async def test_themes_and_full_screen(place: Place, phones: Phones) -> None:
    """The wall can be light or dark whatever the laptop is, and goes full screen by its key or its button."""
    place.begin()
    dark = await wall(phones, query="?theme=dark")
    assert await dark.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 22, 28)"
    await dark.page.mouse.move(200, 200)
    await dark.page.click("text=/Full screen/")
    assert await dark.page.evaluate("Boolean(document.fullscreenElement)")
    await dark.page.keyboard.press("f")
    assert not await dark.page.evaluate("Boolean(document.fullscreenElement)")
