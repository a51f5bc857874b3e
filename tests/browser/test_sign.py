"""Signing on a phone: looked over, chosen, declared, signed; amended and signed again; without a line, without scripts."""

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.evidence import Particulars
from pmworkshop.core.ids import RecordId
from pmworkshop.core.signing import holds
from tests.browser.answers import hand_in
from tests.browser.axe import violations
from tests.browser.conftest import Phones
from tests.browser.phone import Phone
from tests.browser.place import Place
from tests.browser.test_keyboard import tab_to
from tests.browser.test_widths import NARROW, TARGETS, too_wide

pytestmark = pytest.mark.asyncio(loop_scope="session")

BEA = "Bea Miller"
SHEETS = ("ten-practices", "pm-responsibilities", "learning-styles", "pm-inventory")


def lived_in(place: Place) -> None:
    """Bea has handed in four sheets, one of them with gaps, and the trainer wrote about her."""
    for name in SHEETS:
        hand_in(place, BEA, name)
    hand_in(place, BEA, "fair-assessment", where="")
    said = Particulars(
        kind="observation",
        criteria=("3.2",),
        text="Asked, told, asked.",
        by="Dana Smith",
        role="Trainer",
        day="2027-03-01",
        place="Room 4",
    )
    place.do(c.KeepRecord(record=RecordId("r"), participant=place.whose(BEA), particulars=said))


async def fill(phone: Phone, name: str = BEA) -> None:
    """Tick every sentence and say what is asked for."""
    for one in await phone.page.query_selector_all("[name=agreed]"):
        await one.check()
    await phone.page.fill("#ai-use", "None")
    await phone.page.fill("#reuse", "None")
    await phone.page.fill("#name", name)


async def test_the_whole_way(place: Place, phones: Phones) -> None:
    """From the page of now through what is missing to the receipt; a change undoes it, and axe finds nothing anywhere."""
    delivery = place.begin()
    place.set_out(*SHEETS, "fair-assessment")
    phone = await phones(BEA, expected="422")
    lived_in(place)
    place.do(c.FinishDelivery(delivery=delivery))
    await phone.go("/now")
    found = await violations(phone.page)
    await phone.page.click("text='Look it over and sign'")
    await phone.page.wait_for_url("**/sign")
    await phone.page.click("summary >> nth=0")
    found += await violations(phone.page)
    await phone.page.check("[name=whole] >> nth=0")
    await phone.page.click("#put-name")
    await phone.page.wait_for_selector("#trouble:focus")
    assert "4 things are missing" in await phone.words("#trouble")
    found += await violations(phone.page)
    assert await phone.page.is_checked("[name=whole] >> nth=0")
    assert place.recorded(e.PackSigned) == []
    await fill(phone)
    await phone.page.click("#put-name")
    await phone.page.wait_for_url("**/signed")
    [signed] = place.recorded(e.PackSigned)
    assert (signed.name, signed.route, len(signed.covers)) == (BEA, "phone", 6)
    assert len(place.recorded(e.PackChosen)) == 1
    found += await violations(phone.page)
    hand_in(place, BEA, "ten-practices", 3)
    await phone.go("/mine")
    assert "no longer holds" in await phone.words(".void")
    for summary in await phone.page.query_selector_all("summary"):
        await summary.click()
    found += await violations(phone.page)
    assert found == []
    await phone.page.click("text='Look it over and sign again'")
    await fill(phone)
    await phone.page.click("#put-name")
    await phone.page.wait_for_url("**/signed")
    assert holds(place.workshop.state, place.whose(BEA))


async def test_without_scripts(place: Place, phones: Phones) -> None:
    """Plain links and a plain form sign as well; what was typed is kept where something is missing."""
    place.begin()
    place.set_out(*SHEETS, "fair-assessment")
    phone = await phones(BEA, expected="422", java_script_enabled=False)
    lived_in(place)
    await phone.go("/mine")
    await phone.page.click("text='Look it over and sign'")
    await phone.page.fill("#ai-use", "None")
    await phone.page.click("#put-name")
    assert "Part 2: 4 sentences are not ticked yet." in await phone.words("#trouble")
    assert await phone.page.input_value("#ai-use") == "None"
    await fill(phone)
    await phone.page.click("#put-name")
    assert "✓ Signed and saved" in await phone.words()
    assert [one.name for one in place.recorded(e.PackSigned)] == [BEA]


async def test_without_a_line(place: Place, phones: Phones) -> None:
    """A signature does not wait on the phone: without a line the page says so, keeps what was typed, and signs later."""
    place.begin()
    place.set_out("pm-responsibilities")
    phone = await phones(BEA, expected="ERR_|Failed to load|50[0-9]")
    hand_in(place, BEA, "pm-responsibilities")
    await phone.go("/sign")
    await fill(phone)
    with place.shut():
        await phone.page.click("#put-name")
        await phone.page.wait_for_selector("text=/you cannot sign now/")
        assert phone.page.url.endswith("/sign")
        assert await phone.page.input_value("#name") == BEA
        assert place.recorded(e.PackSigned) == []
    await phone.page.click("#put-name")
    await phone.page.wait_for_url("**/signed")
    assert len(place.recorded(e.PackSigned)) == 1
    await phone.go("/sign?again=1")
    await fill(phone, "Bea M.")
    place.do(c.SignPhonesOut(participant=place.whose(BEA)))
    await phone.page.click("#put-name")
    await phone.page.wait_for_selector("text=/This phone has been signed out/")
    assert await phone.page.input_value("#name") == "Bea M."
    assert len(place.recorded(e.PackSigned)) == 1


async def test_narrow_and_by_keyboard(place: Place, phones: Phones) -> None:
    """At 320 pixels nothing is too wide or too small to hit, and the keyboard alone ticks, types and signs."""
    place.begin()
    place.set_out(*SHEETS, "fair-assessment")
    phone = await phones(BEA, NARROW)
    lived_in(place)
    await phone.go("/sign")
    for summary in await phone.page.query_selector_all("summary"):
        await summary.click()
    assert (await too_wide(phone.page), await phone.page.evaluate(TARGETS)) == (0, [])
    keys = phone.page.keyboard
    await phone.page.focus("[name=agreed]")
    await keys.press("Space")
    for _ in range(3):
        await tab_to(phone.page, "at.name === 'agreed'")
        await keys.press("Space")
    for name in ("ai-use", "reuse", "name"):
        await tab_to(phone.page, f"at.id === '{name}'")
        await keys.type("None" if name != "name" else BEA)
    await keys.press("Enter")
    await phone.page.wait_for_url("**/signed")
    assert (await too_wide(phone.page), await phone.page.evaluate(TARGETS)) == (0, [])
    [signed] = place.recorded(e.PackSigned)
    assert (signed.name, len(signed.declarations)) == (BEA, 4)
