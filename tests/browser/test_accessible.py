"""Axe finds nothing on any page, by light, in the dark and in forced colours (WCAG 2.2 AA and good practice)."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from pmworkshop.core import commands as c
from pmworkshop.core.units import MINUTE, Duration
from pmworkshop.desk.services import KitContents
from tests.browser.answers import hand_in, register
from tests.browser.axe import violations
from tests.browser.conftest import Phones
from tests.browser.every_kind import EVERY_KIND
from tests.browser.phone import PHONE, PROJECTOR, Phone, new_phone
from tests.browser.place import Place
from tests.browser.teams import at_coaching, begin_round, make_trios, start_rounds

pytestmark = pytest.mark.asyncio(loop_scope="session")

BEA = "Bea Miller"
DECK = "difficult-conversations"
NAMES = (
    "amo",
    "goal-practice",
    "recap-quiz",
    "results-behaviours",
    "termly-profile",
    "pm-inventory",
    "evaluation",
)
PAGES = ("/now", "/mine", "/sign", "/about", "/nowhere", f"/cards/{DECK}", "/")
FORMS = ("every-kind", "amo", "pm-inventory", "recap-quiz", "evaluation")
RESULTS = (
    *(
        "every-kind",
        "amo",
        "goal-practice",
        "recap-quiz",
        "results-behaviours",
        "termly-profile",
        "evaluation",
    ),
    "recap-quiz?explain=1",
)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def bea(
    browser: Browser, kit: KitContents, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Phone]:
    """Give a phone in a room where much is open and much was handed in."""
    place = Place(tmp_path_factory.mktemp("lived-in") / "data", kit)
    place.begin()
    phone = await new_phone(browser, place, PHONE, "40[49]|422")
    await phone.join(BEA)
    place.set_out(*NAMES, every_kind=EVERY_KIND)
    for name in (*NAMES[:-1], "every-kind"):
        hand_in(place, BEA, name)
    hand_in(place, BEA, "amo", 0, view="manager", who="TM1")
    hand_in(place, BEA, "amo", 3, view="own", who="TM1")
    yield phone
    await phone.close()
    place.close()


async def test_axe_sees(phones: Phones) -> None:
    """A page that is as bad as can be does not pass, in any look."""
    page = (await phones()).page
    await page.set_content(
        "<img alt='' src=''><p style='color:#bbb;background:#fff;forced-color-adjust:none'>pale</p>"
    )
    found = "\n".join(await violations(page))
    assert "light/none html-has-lang" in found
    for look in ("light/none", "dark/none", "light/active"):
        assert f"{look} color-contrast" in found


@pytest.mark.parametrize(
    "path", [*PAGES, *(f"/do/{one}" for one in FORMS), *(f"/done/{one}" for one in RESULTS)]
)
async def test_page(bea: Phone, path: str) -> None:
    """Whatever somebody opens on their phone can be read and worked by everybody."""
    await bea.go(path)
    assert await violations(bea.page) == []


async def test_form_with_flaws(bea: Phone) -> None:
    """A form that was not taken says so to everybody."""
    await bea.go("/do/every-kind?output=new")
    await bea.page.fill("#i-who", "Anna")
    await bea.page.click("#hand-in")
    await bea.page.wait_for_selector("#trouble")
    assert await violations(bea.page) == []


async def test_at_the_door(place: Place, phones: Phones) -> None:
    """The way in can be read, also where the code was wrong, the name is taken, or the trainer is asked."""
    stranger = await phones(expected="40[39]")
    await stranger.go("/")
    found = await violations(stranger.page)
    await stranger.page.fill("#code", "0000")
    await stranger.page.fill("#name", BEA)
    await stranger.page.click("text='Join'")
    await stranger.page.wait_for_selector(".trouble")
    found += await violations(stranger.page)
    await phones(BEA)
    await stranger.page.fill("#code", place.code)
    await stranger.page.click("text='Join'")
    await stranger.page.wait_for_selector("text='Ask the trainer'")
    found += await violations(stranger.page)
    await stranger.page.click("text='Ask the trainer'")
    await stranger.page.wait_for_url("**/wait")
    assert found + await violations(stranger.page) == []


async def test_card(place: Place, phones: Phones) -> None:
    """A seat, a card, its brief and its turn can be read."""
    place.set_out("conversation-cards")
    player = await phones(BEA)
    await player.go(f"/cards/{DECK}")
    await player.page.check("text=/Player 1/")
    await player.page.click("text='Take this seat'")
    await player.page.click("text='Draw a card'")
    await player.page.click("text=/Begin the round/")
    await player.page.wait_for_selector(".brief")
    place.wait_minutes(3)
    await player.page.reload()
    assert await violations(player.page) == []


@pytest.mark.parametrize("layout", ["only-time", "with-instruction", "with-results"])
async def test_projector(place: Place, phones: Phones, layout: str) -> None:
    """The projector's page passes as it shows the time, what to do, and results, with a message above them."""
    place.begin()
    if layout != "only-time":
        place.set_out("ten-practices")
        place.do(c.ShowMessage(text="Back at eleven."))
    if layout == "with-results":
        people = [f"Person Number{n}" for n in range(6)]
        register(place, *people)
        for number, name in enumerate(people):
            hand_in(place, name, "ten-practices", number)
        place.do(c.RevealResults(exercise_id="ten-practices", on=True))
    wall = await phones(size=PROJECTOR)
    await wall.go("/screen")
    assert layout in str(await wall.page.get_attribute("main", "class"))
    assert await violations(wall.page) == []


@pytest.mark.parametrize("when", ["found", "work", "over", "last"])
async def test_groups_and_rounds(place: Place, phones: Phones, when: str) -> None:
    """Groups and rounds can be read by everybody, on the phone and on the projector, at every stage."""
    delivery = at_coaching(place, BEA, "Ali Khan", "Zoe Ng", "[red]Una[/]")
    make_trios(place, delivery)
    place.do(c.StartTimer(timer="Report-backs", length=Duration(5 * MINUTE)))
    if when != "found":
        start_rounds(place, delivery)
    if when in ("over", "last"):
        begin_round(place, 3 if when == "last" else 2)
        place.wait_minutes(6)
    phone, wall = await phones(BEA), await phones(size=PROJECTOR)
    found = []
    for one, path in ((phone, "/now"), (wall, "/screen")):
        await one.go(path)
        found += await violations(one.page)
    assert found == []
