"""Groups and rounds as the room sees them: everybody's roles on the projector, one's own on the phone, by themselves."""

import re

import pytest
from playwright.async_api import Page, expect

from pmworkshop.core import commands as c
from pmworkshop.core.units import MINUTE, SECOND, Duration
from pmworkshop.live.views.teams.called_out import rounds_called
from tests.browser.answers import hand_in
from tests.browser.conftest import Phones
from tests.browser.phone import PROJECTOR, Phone
from tests.browser.place import Place
from tests.browser.teams import (
    GROUPING,
    ROLES,
    ROTATION,
    at_coaching,
    begin_round,
    make_trios,
    named,
    role_now,
    start_rounds,
)
from tests.browser.test_screen import CUT

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANN, BOB, CORA = "Ann Ash", "Bob Beech", "Cora Cedar"
OTHERS = ("Dan Damson", "Eve Elder", "Finn Fir")
ZOE = "Zoë Late"
HOSTILE = ("Wolfeschlegelsteinhausen" * 8 + "bergerdo", "[red]Una[/] <b>Ulex</b>", "محمد عبد الله", "李思敏")


async def heading(phone: Phone, words: str) -> None:
    """Insist that this comes to stand at the top of a phone by itself."""
    await expect(phone.page.locator(".turn-now h1")).to_have_text(words, timeout=6_000)


async def now_page(phones: Phones, name: str, size: tuple[int, int] = (360, 740)) -> Phone:
    phone = await phones(name, size)
    await phone.go("/now")
    return phone


async def wall_of(phones: Phones, size: tuple[int, int] = PROJECTOR) -> Phone:
    shown = await phones(size=size)
    await shown.go("/screen")
    return shown


async def rows(page: Page) -> list[list[list[str]]]:
    """Return the names in each cell of the projector's table."""
    return list(
        await page.evaluate(
            "[...document.querySelectorAll('.teams tbody tr')].map((row) => [...row.querySelectorAll('td')]"
            ".map((cell) => [...cell.querySelectorAll('bdi')].map((one) => one.textContent)))"
        )
    )


async def test_three_rounds(place: Place, phones: Phones) -> None:
    """Each round everybody reads their own new role, and the projector who is what; at its end they are told once to swap."""
    delivery = at_coaching(place, ANN, BOB, CORA, *OTHERS)
    wall, ann, bob = await wall_of(phones), await now_page(phones, ANN), await now_page(phones, BOB)
    groups = make_trios(place, delivery)
    await expect(wall.page.locator(".find li")).to_have_count(2)
    for phone, name in ((ann, ANN), (bob, BOB)):
        group = next(one for one in groups if place.whose(name) in one)
        await heading(phone, f"You are in Group {groups.index(group) + 1}")
        page = await phone.page.content()
        mates = named(place, group)
        assert all(one in page for one in mates)
        assert not [one for one in (ANN, BOB, CORA, *OTHERS) if one not in mates and one in page]
    had: dict[str, list[str]] = {ANN: [], BOB: []}
    start_rounds(place, delivery)
    for number in (1, 2, 3):
        if number > 1:
            begin_round(place, number)
        await expect(wall.page.locator(".segment")).to_contain_text(f"Round {number} of 3")
        for phone, name in ((ann, ANN), (bob, BOB)):
            role = role_now(place, name)
            had[name].append(role)
            await heading(phone, f"You are {role.lower()} now")
        assert [[one] for one in named(place, groups[0])] == sorted(
            (await rows(wall.page))[0],
            key=lambda cell: named(place, groups[0]).index(cell[0]),
        )
        for column, role in enumerate(ROLES):
            for line in await rows(wall.page):
                assert [role_now(place, one) for one in line[column]] == [role]
        place.wait_minutes(4)
        await expect(wall.page.locator(".round .doing")).to_have_text("Observer feeds back to the coach")
        place.wait_minutes(2)
        words = "Time: swap roles" if number < 3 else "Time: that was the last round"
        await heading(ann, words)
        await expect(ann.page.locator("#turn-now")).to_contain_text(words)
        await expect(wall.page.locator(".round .doing")).to_have_text(words)
        await expect(wall.page.locator("#called")).to_contain_text(words)
    assert [sorted(roles) for roles in had.values()] == [sorted(ROLES)] * 2
    place.do(c.EndRotation(rotation=ROTATION))
    await expect(ann.page.locator("h1")).to_have_text("Developing performance")
    await expect(wall.page.locator(".segment")).to_have_text("Developing performance")
    await expect(wall.page.locator(".teams")).to_have_count(0)


async def test_latecomer(place: Place, phones: Phones) -> None:
    """Who comes late is told to ask, then to watch their group, and has a role from the next round on."""
    delivery = at_coaching(place, ANN, BOB, CORA)
    make_trios(place, delivery)
    start_rounds(place, delivery)
    zoe, wall = await now_page(phones, ZOE), await wall_of(phones)
    await heading(zoe, "You are in no group yet")
    assert "Ask the trainer" in await zoe.words(".turn-now")
    place.do(c.PlaceInGroup(grouping=GROUPING, participant=place.whose(ZOE)))
    await heading(zoe, "Watch Group 1 until the next round")
    assert "(coach)" in await zoe.words(".turn-now")
    await expect(wall.page.locator(".teams tbody")).to_contain_text(f"watches: {ZOE}")
    begin_round(place, 2)
    await heading(zoe, f"You are {role_now(place, ZOE).lower()} now")
    await expect(wall.page.locator(".teams tbody")).not_to_contain_text("watches")


async def figures(page: Page) -> int:
    """Return the seconds that the round's countdown shows."""
    found = await page.inner_text("[data-timer='round:now']")
    minutes, seconds = (int(one) for one in found.split(":"))
    return minutes * 60 + seconds


async def test_pause(place: Place, phones: Phones) -> None:
    """While the session is paused the round and the second timers stand still, everywhere, and then go on where they were."""
    delivery = at_coaching(place, ANN, BOB, CORA)
    make_trios(place, delivery)
    start_rounds(place, delivery)
    place.do(c.StartTimer(timer="Report-backs <3>", length=Duration(5 * MINUTE)))
    ann, wall = await now_page(phones, ANN), await wall_of(phones)
    place.wait_minutes(1)
    place.do(c.Pause(delivery=delivery))
    await expect(ann.page.locator(".turn-now .timer-words")).to_have_text("left, paused")
    await expect(wall.page.locator(".stands-still")).to_have_text("paused")
    await expect(wall.page.locator(".beside")).to_contain_text("Report-backs <3> 0")
    before = [await figures(one.page) for one in (ann, wall)]
    beside = await wall.words(".beside")
    place.wait_minutes(10)
    await ann.page.wait_for_timeout(2_300)
    assert [await figures(one.page) for one in (ann, wall)] == before
    assert await wall.words(".beside") == beside
    assert 4 * 60 - 60 - 20 < before[0] <= 4 * 60 - 60
    place.do(c.Resume(delivery=delivery))
    await expect(ann.page.locator(".turn-now .timer-words")).to_have_text("left")
    await ann.page.wait_for_timeout(1_200)
    view = rounds_called(place.workshop.state, place.house.now())
    assert view is not None
    for page in (ann.page, wall.page):
        assert abs(await figures(page) - view.left / SECOND) <= 2
        assert await figures(page) < before[0]


async def test_told_while_writing(place: Place, phones: Phones) -> None:
    """Whoever writes the observer's sheet is told once on that page that the time is up, and keeps what was typed."""
    delivery = at_coaching(place, ANN, BOB, CORA)
    place.set_out("coaching-observer")
    make_trios(place, delivery)
    start_rounds(place, delivery)
    ann = await phones(ANN)
    await ann.go("/do/coaching-observer")
    await ann.page.fill("textarea >> nth=0", "What do you want?")
    await expect(ann.page.locator("#round")).to_have_count(0)
    place.wait_minutes(6)
    await expect(ann.page.locator("#round")).to_have_text(re.compile("Round 1 of 3. Time: swap roles."))
    assert await ann.page.input_value("textarea >> nth=0") == "What do you want?"
    begin_round(place, 2)
    await expect(ann.page.locator("#round")).to_contain_text("Round 2 of 3 has begun")
    place.do(c.EndRotation(rotation=ROTATION))
    await expect(ann.page.locator("#round")).to_have_count(0)


@pytest.mark.parametrize("size", [PROJECTOR, (1024, 768)], ids=["wide", "small"])
async def test_ten_trios(place: Place, phones: Phones, size: tuple[int, int]) -> None:
    """Thirty names, some as long or as strange as can be, stand on the wall as a whole, big enough, under a message."""
    names = [*HOSTILE, *(f"Person Number{number}" for number in range(26))]
    delivery = at_coaching(place, *names)
    make_trios(place, delivery)
    wall = await wall_of(phones, size)
    assert await wall.page.evaluate(CUT) == []
    assert await wall.page.locator(".find li").count() == 10
    start_rounds(place, delivery)
    place.do(c.ShowMessage(text="Phones: please hand in now"))
    place.do(c.StartTimer(timer="T" * 80, length=Duration(5 * MINUTE)))
    await expect(wall.page.locator(".message")).to_be_visible()
    await expect(wall.page.locator(".teams tbody tr")).to_have_count(10)
    await wall.page.wait_for_timeout(300)
    assert await wall.page.evaluate(CUT) == []
    found = await wall.page.evaluate("""() => {
      const box = document.querySelector('.teams'), all = [...box.querySelectorAll('.name')];
      return [box.scrollHeight - box.clientHeight, all.length, parseFloat(getComputedStyle(all[0]).fontSize),
        all.filter((one) => one.getBoundingClientRect().right > innerWidth).length];
    }""")
    assert found[0] <= 1
    assert found[1] == 30
    assert found[2] >= size[1] / 45
    assert found[3] == 0
    texts = await wall.page.locator(".teams bdi").all_inner_texts()
    assert sorted(texts) == sorted(names)


async def test_narrow(place: Place, phones: Phones) -> None:
    """At 320 pixels a group of long names is no wider than the phone, in rounds and before; nor is the projector's page."""
    delivery = at_coaching(place, *HOSTILE)
    make_trios(place, delivery)
    phone, wall = await now_page(phones, HOSTILE[0], (320, 640)), await wall_of(phones, (320, 640))
    for when in ("found", "work", "over"):
        if when == "work":
            start_rounds(place, delivery)
        place.wait_minutes(6 if when == "over" else 0)
        for one, path in ((phone, "/now"), (wall, "/screen")):
            await one.go(path)
            assert await one.page.evaluate("document.scrollingElement.scrollWidth") <= 320, (when, path)


async def test_results_win(place: Place, phones: Phones) -> None:
    """Results that are shown have the wall for themselves; the round goes on in a line beside the time."""
    names = [f"Person Number{number}" for number in range(6)]
    delivery = at_coaching(place, *names)
    place.set_out("ten-practices")
    for number, name in enumerate(names):
        hand_in(place, name, "ten-practices", number)
    make_trios(place, delivery)
    start_rounds(place, delivery)
    wall = await wall_of(phones)
    await expect(wall.page.locator(".teams")).to_be_visible()
    place.do(c.RevealResults(exercise_id="ten-practices", on=True))
    await expect(wall.page.locator(".wall-results")).to_be_visible()
    await expect(wall.page.locator(".teams")).to_have_count(0)
    await expect(wall.page.locator(".beside")).to_contain_text("Round 1 of 3 · Coach and coachee talk 0")
    assert await wall.page.evaluate(CUT) == []


async def test_without_scripts(place: Place, phones: Phones) -> None:
    """Without JavaScript the page says the same role with the time as it was when it was asked for, and asks again."""
    delivery = at_coaching(place, ANN, BOB, CORA)
    make_trios(place, delivery)
    start_rounds(place, delivery)
    ann = await phones(ANN, java_script_enabled=False)
    await ann.go("/now")
    assert f"You are {role_now(place, ANN).lower()} now" in await ann.words(".turn-now h1")
    assert re.match(r"0[34]:\d\d", await ann.words(".turn-now .figures"))
    place.wait_minutes(6)
    await ann.page.reload()
    assert "Time: swap roles" in await ann.words(".turn-now h1")


async def test_which_time_is_meant(place: Place, phones: Phones) -> None:
    """While a round runs, a phone that says how long is left says that it is not the round's time."""
    delivery = at_coaching(place, ANN, BOB, CORA)
    make_trios(place, delivery)
    start_rounds(place, delivery)
    ann = await now_page(phones, ANN)
    await expect(ann.page.locator(".turn-now")).to_be_visible()
    place.wait_minutes(35 - 1 / 60)
    await expect(ann.page.locator("#cue")).to_have_text("5 minutes left in this part of the session.")


async def test_names_in_full(place: Place, phones: Phones) -> None:
    """Where there is room on the wall, a name takes a second line and is not cut short: that may be all that tells two apart."""
    delivery = at_coaching(place, ANN, BOB, "Dora Papadopoulos-Konstantinou")
    make_trios(place, delivery)
    start_rounds(place, delivery)
    wall = await wall_of(phones, (1280, 720))
    names = await wall.page.locator(".teams .name").evaluate_all(
        "all => all.map((one) => [one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth])"
    )
    assert len(names) == 3
    assert max(map(max, names)) <= 1
