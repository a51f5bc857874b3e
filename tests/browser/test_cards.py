"""Two players with two briefs and an observer, each on a phone: everybody sees their own, and the turn when it is due."""

import asyncio

import pytest

from pmworkshop.core import events as e
from pmworkshop.core.deck import Card
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.browser.place import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

DECK = "difficult-conversations"


async def sit(phone: Phone, seat: str) -> None:
    """Take a seat at the first table that is set."""
    await phone.go(f"/cards/{DECK}")
    await phone.page.check(f"text=/^{seat}/ >> nth=0")
    await phone.page.click("text='Take this seat'")
    await phone.page.wait_for_selector("text=/you are the/")


async def sees(phone: Phone, *texts: str) -> None:
    """Wait until all `texts` are on the card."""
    for text in texts:
        await phone.page.wait_for_selector(f".card >> text={text[:60]}")


def card_of(place: Place) -> Card:
    return place.recorded(e.CardDrawn)[-1].card


async def test_a_round(place: Place, phones: Phones) -> None:
    """Each player reads their own brief and nobody else's; at half of the round it turns; the observer has the signs."""
    place.begin("session-b")
    place.set_out("conversation-cards")
    manager, other, watcher = [await phones(name) for name in ("Bea Miller", "Ali Khan", "Zoe Ng")]
    await manager.go("/now")
    await manager.page.click("text=/Cards: take a seat/")
    await sit(manager, "Player 1")
    await sit(other, "Player 2")
    assert not await other.page.query_selector("[name=seat]")
    await sit(watcher, "Observer")
    await manager.page.click("text='Draw a card'")
    card = card_of(place)
    one, two = (brief.text for brief in card.briefs)
    await asyncio.gather(
        sees(manager, card.text, one),
        sees(other, card.text, two),
        sees(watcher, card.text, *card.listen_for),
    )
    for phone, hidden in ((manager, two), (other, one), (watcher, one), (watcher, two)):
        assert hidden[:60] not in await phone.page.content()
    await manager.page.click("text=/Begin the round/")
    await manager.page.wait_for_selector("[data-timer=round]")
    assert not await manager.page.query_selector(".turn")
    place.wait_minutes(2.1)
    await asyncio.gather(*(sees(phone, str(card.turn)) for phone in (manager, other, watcher)))
    assert "It turns now" in await other.words("#news")
    await manager.page.click("text='Change roles'")
    await asyncio.gather(sees(manager, two), sees(other, one))


async def test_taken_seat(place: Place, phones: Phones) -> None:
    """A seat where somebody sits already is not to be had, not even from a page that was open before."""
    place.begin("session-b")
    place.set_out("conversation-cards")
    first, late = await phones("Bea Miller"), await phones("Ali Khan", expected="422")
    await late.go(f"/cards/{DECK}")
    await late.page.check("text=/^Player 1/")
    await sit(first, "Player 1")
    await late.page.click("text='Take this seat'")
    await late.page.wait_for_selector(".trouble")
    assert await late.page.is_disabled("input[value='1:Group 1']")
    assert "(taken)" in await late.words()
    assert "Bea" not in await late.words("main")


async def test_stays_where_it_is(place: Place, phones: Phones) -> None:
    """A page of cards that has nothing new to show leaves the keyboard where it is and draws nothing."""
    place.begin("session-b")
    place.set_out("conversation-cards")
    phone = await phones("Bea Miller")
    await sit(phone, "Player 1")
    await phone.page.click("text='Draw a card'")
    await phone.page.click("text=/Begin the round/")
    await phone.page.wait_for_selector("[data-timer=round]")
    await phone.page.focus("text='Change roles'")
    await phone.page.evaluate("document.querySelector('.card').isTheSame = true")
    async with phone.page.expect_response("**/cards/**"):
        pass
    await phone.page.wait_for_timeout(300)
    assert await phone.page.evaluate("document.querySelector('.card').isTheSame")
    assert await phone.page.evaluate("document.activeElement.textContent") == "Change roles"
