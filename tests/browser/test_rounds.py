"""What the laptop tells each phone in a round of cards, to the last byte: one's own, in time, and nothing of another's."""

import asyncio
from html import unescape

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.deck import Card
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.browser.place import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

DECK, EXERCISE = "difficult-conversations", "conversation-cards"
ANN, BOB, CORA, DAN = "Ann Ash", "Bob Beech", "Cora Cedar", "Dan Damson"
MANAGER, OTHER, OBSERVER = 1, 2, 0


def plain(text: str) -> str:
    return " ".join(text.split())


async def sit(phone: Phone, seat: int, group: str = "Group 1") -> None:
    await phone.go(f"/cards/{DECK}")
    await phone.page.check(f'input[value="{seat}:{group}"]')
    await phone.page.click("text='Take this seat'")
    await phone.page.wait_for_selector("text='Leave this seat'")


async def told(phone: Phone) -> str:
    """Return all that a phone has been told: the page as it stands, and as the laptop sends it now."""
    answer = await phone.page.request.get(f"{phone.place.url}/cards/{DECK}")
    return plain(unescape(await phone.page.content()) + unescape(await answer.text()))


def shared(text: str, page: str) -> list[str]:
    """Return what of a text is on a page, in pieces of forty letters."""
    return [
        text[start : start + 40] for start in range(0, len(text) - 40, 20) if text[start : start + 40] in page
    ]


def drawn(place: Place) -> Card:
    return place.recorded(e.CardDrawn)[-1].card


def briefs(place: Place) -> tuple[str, str]:
    """Return the manager's and the other's brief of the newest card."""
    texts = {one.role: plain(one.text) for one in drawn(place).briefs}
    return texts["manager"], texts["other"]


async def reads_only(phone: Phone, own: str, other: str) -> None:
    """See that a phone comes to show its own brief by itself, and that nothing of the other's has reached it."""
    await phone.page.wait_for_selector(f".brief >> text={own[:60]}")
    page = await told(phone)
    assert own in page
    assert shared(other, page) == []


async def test_trainer_draws(place: Place, phones: Phones) -> None:
    """A card that the trainer draws comes up by itself; until it is due, no phone has been told what another may see."""
    place.set_out(EXERCISE)
    ann, bob, cora, dan = [await phones(name) for name in (ANN, BOB, CORA, DAN)]
    for phone, seat in ((ann, MANAGER), (bob, OTHER), (cora, OBSERVER)):
        await sit(phone, seat)
    await sit(dan, MANAGER, "Group 2")
    place.do(c.DrawCard(deck_id=DECK, deck=place.kit.decks[DECK], group="Group 1", chance=7))
    [(manager, other), signs, turn] = (
        briefs(place),
        list(drawn(place).listen_for),
        plain(drawn(place).turn or ""),
    )
    await asyncio.gather(
        reads_only(ann, manager, other),
        reads_only(bob, other, manager),
        cora.page.wait_for_selector("text='Listen for'"),
    )
    await bob.page.click("text=/Begin the round: 4 min/")
    place.wait_minutes(1.5)
    pages = {phone: await told(phone) for phone in (ann, bob, cora, dan)}
    for phone, page in pages.items():
        assert turn not in page
        assert [one for one in signs if plain(one) in page] == (signs if phone is cora else [])
    assert [shared(text, pages[cora]) for text in (manager, other)] == [[], []]
    assert [shared(text, pages[dan]) for text in (manager, other, plain(drawn(place).text))] == [[], [], []]
    place.wait_minutes(0.6)
    pages = {phone: await told(phone) for phone in (ann, bob, cora, dan)}
    assert [turn in page for page in pages.values()] == [True, True, True, False]


async def test_seat_left(place: Place, phones: Phones) -> None:
    """A seat that is left is free for the next person, and whoever left it is told nothing more of its card."""
    place.set_out(EXERCISE)
    ann, bob = await phones(ANN), await phones(BOB)
    await sit(ann, MANAGER)
    await bob.go(f"/cards/{DECK}")
    assert await bob.page.is_disabled('input[value="1:Group 1"]')
    assert "Player 1: Manager (taken)" in await bob.words()
    await ann.page.click("text='Leave this seat'")
    await ann.page.wait_for_selector("text='Take this seat'")
    await bob.page.wait_for_selector('input[value="1:Group 1"]:enabled')
    await sit(bob, MANAGER)
    await bob.page.click("text='Draw a card'")
    await reads_only(bob, *briefs(place))
    page = await told(ann)
    assert [shared(text, page) for text in (*briefs(place), plain(drawn(place).text))] == [[], [], []]
    assert [one.participant for one in place.recorded(e.SeatTaken)] == [place.whose(ANN), place.whose(BOB)]
    assert [one.participant for one in place.recorded(e.SeatLeft)] == [place.whose(ANN)]


async def test_without_scripts(place: Place, phones: Phones) -> None:
    """Without JavaScript the same is played by pressing buttons, and the page loads itself anew."""
    place.set_out(EXERCISE)
    ann, bob = [await phones(name, java_script_enabled=False) for name in (ANN, BOB)]
    for phone, seat in ((ann, MANAGER), (bob, OTHER)):
        await sit(phone, seat)
    await ann.page.click("text='Draw a card'")
    await bob.page.reload()
    manager, other = briefs(place)
    await reads_only(ann, manager, other)
    await reads_only(bob, other, manager)
    await bob.page.click("text=/Begin the round/")
    place.wait_minutes(2.1)
    await ann.page.reload()
    assert plain(drawn(place).turn or "") in await ann.words(".turn")
    await bob.page.click("text='Change roles'")
    assert "you are the Manager" in await bob.words(".lead")
    await reads_only(bob, manager, other)
    assert await bob.page.get_attribute("meta[http-equiv=refresh]", "content") == "20"
    await bob.page.click("text='Leave this seat'")
    await bob.page.wait_for_selector("text='Take this seat'")
    assert shared(manager, await told(bob)) == []
