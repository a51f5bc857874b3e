"""Without JavaScript the same way through the room holds: only plain links and forms."""

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.answers import read
from tests.browser.answers import hand_in
from tests.browser.conftest import Phones
from tests.browser.every_kind import EVERY_KIND
from tests.browser.filling import DAY, LISTED, WORDS, fill_form
from tests.browser.phone import Phone
from tests.browser.photo import take_photo
from tests.browser.place import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

BEA = "Bea Miller"
SHOWN_ALWAYS = 15
ROW = {"what": "Write it down", "by": DAY, "many": "3", "how": "urgent", "for": "TM4"}


async def plain(phones: Phones, expected: str = "") -> Phone:
    """Return a phone whose browser runs no scripts."""
    return await phones(expected=expected, java_script_enabled=False)


async def test_every_kind(place: Place, phones: Phones, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every kind of question, and a photo, is answered and handed in; conditional ones say when to answer them."""
    place.begin()
    place.set_out(every_kind=EVERY_KIND)
    phone = await plain(phones)
    await phone.join(BEA)
    await phone.page.click("text='In every way'")
    assert await phone.page.locator("[data-item]:visible").count() == SHOWN_ALWAYS
    assert "Only if you answered “Pay and grading” to question 3." in await phone.words("#q-promised")
    await fill_form(phone.page, {"topics": 1})
    await phone.page.set_input_files("#i-sheet", take_photo(tmp_path_factory.mktemp("photo")))
    await phone.page.click("#hand-in")
    await phone.page.wait_for_url("**/done/every-kind*")
    assert "Saved on the trainer's laptop, 09:30" in await phone.words(".receipt")
    [output] = place.recorded(e.OutputSubmitted)
    assert output.answers["promised"] == WORDS
    assert output.answers["steps"] == tuple(LISTED.splitlines())
    assert output.answers["plan"] == read(EVERY_KIND, {"plan": [ROW]}).answers["plan"]
    assert (
        await phone.page.locator(".answers img").evaluate("one => one.decode().then(() => one.naturalWidth)")
        > 0
    )


async def test_kept_when_not_taken(place: Place, phones: Phones) -> None:
    """Adding a row keeps what was typed; a form that is not taken comes back with everything, and lists five flaws."""
    place.begin()
    place.set_out(every_kind=EVERY_KIND)
    phone = await plain(phones, "422")
    await phone.be_in(BEA)
    await phone.go("/do/every-kind")
    await phone.page.fill("#i-why", WORDS)
    await phone.page.check("input[name=elements][value=library]", force=True)
    await phone.page.fill('[id="plan.1.what"]', "First")
    await phone.page.click("text='Add a row'")
    await phone.page.fill('[id="plan.2.what"]', "Second")
    await phone.page.click("#hand-in")
    await phone.page.wait_for_selector("#trouble")
    assert "10 questions need another look" in await phone.words("#trouble")
    assert "and 5 more" in await phone.words("#trouble")
    assert await phone.page.locator("#trouble a").count() == 5
    assert await phone.page.input_value("#i-why") == WORDS
    assert await phone.page.is_checked("input[name=elements][value=library]")
    assert [await phone.page.input_value(f'[id="plan.{n}.what"]') for n in (1, 2)] == ["First", "Second"]
    assert place.recorded(e.OutputSubmitted) == []
    await phone.page.check("text=/Hand it in with these gaps/")
    await phone.page.click("#hand-in")
    await phone.page.wait_for_url("**/done/every-kind*")
    assert "Handed in with gaps: 10 questions are not answered" in await phone.words()
    assert [event.answers["why"] for event in place.recorded(e.OutputSubmitted)] == [WORDS]


async def test_pack_cards_and_out(place: Place, phones: Phones) -> None:
    """Choosing for the pack, a seat, a card, its round, and signing out need no script."""
    place.begin()
    place.set_out("ten-practices", "conversation-cards")
    phone = await plain(phones)
    await phone.be_in(BEA)
    hand_in(place, BEA, "ten-practices")
    await phone.go("/mine")
    await phone.page.click("text='Put the rest in'")
    assert "✓ All of it goes into my pack" in await phone.words()
    await phone.go("/cards/difficult-conversations")
    await phone.page.check("text=/Player 1/")
    for button in ("Take this seat", "Draw a card", "Change roles"):
        await phone.page.click(f"text='{button}'")
    await phone.page.click("text=/Begin the round/")
    assert "For you alone: Other person" in await phone.words(".brief")
    place.wait_minutes(3)
    await phone.page.reload()
    assert "It turns now" in await phone.words(".card")
    await phone.page.click("text='Leave this seat'")
    assert len(place.recorded(e.SeatLeft)) == 1
    await phone.go("/now")
    await phone.page.click("text=/Sign out/")
    assert "Join the workshop" in await phone.words()
    assert len(place.recorded(e.PhoneLeft)) == 1


async def test_follows_by_itself(place: Place, phones: Phones) -> None:
    """The page of now and the projector's ask again by themselves, and so does whoever waits at the door."""
    place.begin()
    phone = await plain(phones)
    await phone.be_in(BEA)
    await phone.go("/now")
    assert await phone.page.get_attribute("meta[http-equiv=refresh]", "content") == "20"
    wall = await plain(phones)
    await wall.go("/screen")
    assert await wall.page.get_attribute("meta[http-equiv=refresh]", "content") == "10"
    place.do(c.ShowMessage(text="Back at eleven."))
    await wall.page.reload()
    assert "Back at eleven." in await wall.words(".message")
    second = await plain(phones, "409")
    await second.go("/")
    await second.page.fill("#code", place.code)
    await second.page.fill("#name", BEA)
    await second.page.click("text='Join'")
    await second.page.click("text='Ask the trainer'")
    [asking] = place.door.asking()
    assert place.door.admit(asking.id, place.whose(BEA)) is None
    await second.page.wait_for_url("**/now")
