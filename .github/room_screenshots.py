"""Make the README's pictures of the room: phones and the projector, in the Chromium that is installed."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from screenshots import HALF_PAST_NINE, ShownClock, ShownHouse, hand_in, prepare

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, GroupingId, RotationId
from pmworkshop.core.plan import SegmentId
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import MINUTE, Duration, Instant
from pmworkshop.live.workshop import Workshop
from pmworkshop.room.door import Where
from pmworkshop.wiring.places import shipped_kit
from pmworkshop.wiring.room import OpenRoom, open_room

PHONE = {"width": 360, "height": 740}
WALL = {"width": 1280, "height": 720}
RATINGS = (4, 2, 4, 5, 2, 4, 4, 4, 2, 3, 4, 2, 2, 3, 4, 2, 1, 3)


def _phone(browser: Browser, door: OpenRoom, folder: Path) -> None:
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    base = door.screen_url.removesuffix("/screen")
    page.goto(f"{base}/?code={door.code}")
    page.fill("#name", "Jun Watanabe")
    page.click("button.main >> nth=0")
    page.wait_for_url("**/now")
    page.wait_for_timeout(500)
    page.screenshot(path=folder / "phone-now.png")
    page.goto(f"{base}/do/amo")
    page.fill("[name=who]", "TM7")
    page.check("[name=view] >> nth=0")
    _rate(page)
    page.locator("fieldset[data-kind=rating]").nth(1).scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    page.screenshot(path=folder / "phone-form.png")
    for question in page.locator("fieldset[data-kind=choice], fieldset[data-kind=choices]").all()[1:]:
        question.locator("input").first.check()
    for text in page.locator("[data-kind=long] textarea").all():
        text.fill("I sign off small orders every Monday, so that work need not wait.")
    for day in page.locator("input[type=date]").all():
        day.fill("2027-03-24")
    page.click("#hand-in")
    page.wait_for_url("**/done/**", timeout=10_000)
    page.wait_for_timeout(500)
    page.screenshot(path=folder / "phone-result.png")
    context.close()


def _rate(page: Page) -> None:
    for at, question in enumerate(page.locator("fieldset[data-kind=rating]").all()):
        question.locator("input").nth(RATINGS[at % len(RATINGS)] - 1).check()


def _rounds(workshop: Workshop, clock: ShownClock) -> None:
    """Make trios and begin their second round of coaching."""
    delivery, trios, rounds = DeliveryId("a"), GroupingId("g"), RotationId("r")
    clock.at = Instant(HALF_PAST_NINE + 150 * MINUTE)
    script: tuple[c.Command, ...] = (
        c.CloseActivity(exercise_id="amo"),
        c.JumpTo(delivery=delivery, segment=SegmentId("developing-performance")),
        c.MakeGroups(grouping=trios, delivery=delivery, name="Trios", size=3, chance=3),
        c.StartRotation(
            rotation=rounds,
            grouping=trios,
            delivery=delivery,
            title="Coaching",
            roles=("Coach", "Coachee", "Observer"),
            rounds=3,
            work=Duration(4 * MINUTE),
            feedback=Duration(2 * MINUTE),
        ),
        c.BeginRound(rotation=rounds, number=2),
    )
    for command in script:
        outcome = workshop.handle(command)
        if isinstance(outcome, Refusal):
            raise SystemExit(outcome.words)
    clock.at = Instant(clock.at + 48_000)


def make(folder: Path) -> None:
    """Make every picture of the room."""
    clock = ShownClock()
    with tempfile.TemporaryDirectory() as data:
        house = ShownHouse(Path(data), shipped_kit(), clock)
        workshop = prepare(house, clock)
        clock.at = Instant(HALF_PAST_NINE + 50 * MINUTE)
        for _ in range(2):
            workshop.handle(c.MoveOn(delivery=DeliveryId("a")))
        hand_in(house, workshop)
        clock.at = Instant(HALF_PAST_NINE + 57 * MINUTE)
        door = open_room(house, workshop, Where(host="127.0.0.1", port=8600))
        if isinstance(door, Refusal):
            raise SystemExit(door.words)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            _phone(browser, door, folder)
            wall = browser.new_context(viewport=WALL, color_scheme="dark").new_page()
            wall.goto(door.screen_url)
            wall.wait_for_timeout(500)
            wall.screenshot(path=folder / "projector.png")
            _rounds(workshop, clock)
            wall.wait_for_timeout(1500)
            wall.screenshot(path=folder / "rounds.png")
            browser.close()
        door.close()
        workshop.close()
