"""A pack as a web page, in a real browser: everything that is due once, nothing from outside, readable by everybody."""

import base64
import hashlib
import html
import re
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from pmworkshop.core.ids import ParticipantId
from pmworkshop.export.pack_html import pack_html
from pmworkshop.export.pack_words import NO_PHOTO
from pmworkshop.export.said import said
from tests.browser.axe import violations
from tests.browser.phone import chromium
from tests.export.marked import MARK, PEOPLE, due, strangers, typed
from tests.export.pack_cohort import ANNA, BORIS, DILIP, NAMES, PHOTOS, STRANGE, Day

session_loop = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield opened
        await opened.close()


async def shown(browser: Browser, day: Day, person: ParticipantId, folder: Path, wide: int = 360) -> Page:
    """Open somebody's pack from a file; whatever the browser asks for or complains of fails the test."""
    path = folder / "evidence-pack.html"
    path.write_bytes(pack_html(day.view(person), PHOTOS))
    page = await browser.new_page(viewport={"width": wide, "height": 740})
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    page.on(
        "request",
        lambda asked: trouble.append(asked.url) if asked.url[:5] not in ("file:", "data:") else None,
    )
    await page.goto(path.as_uri())
    assert trouble == []
    return page


@pytest.mark.parametrize("person", PEOPLE)
def test_every_answer_is_there_once_and_nobody_elses(marked_day: Day, person: ParticipantId) -> None:
    """Every answer that is due stands once among the answers; nothing private without opt-in, nothing of others."""
    view = marked_day.view(person)
    text = pack_html(view, {}).decode()
    answers = re.findall(r'<dl class="answers">(.*?)</dl>', text, re.DOTALL)
    assert Counter(mark for one in answers for mark in MARK.findall(one)) == due(marked_day, person)
    assert set(MARK.findall(text)) == set(due(marked_day, person))
    assert [one.pattern for one in strangers(person, view) if one.search(text)] == []


@session_loop
@pytest.mark.parametrize("person", [ANNA, STRANGE])
async def test_answers_read_as_they_were_written(
    browser: Browser, spring: Day, person: ParticipantId, tmp_path: Path
) -> None:
    """What a reader sees of an answer is what was written, line by line, whatever is in it: it is text and nothing else."""
    page = await shown(browser, spring, person, tmp_path)
    seen = await page.eval_on_selector_all(
        ".said, .answers li, .answers td", "found => found.map((one) => one.textContent)"
    )
    written = [
        part
        for output in spring.view(person).outputs
        for one in said(output)
        for part in ((one.text,) if one.text else (*one.entries, *(cell for row in one.rows for cell in row)))
    ]
    records = [one.text for one in spring.view(person).records]
    assert len(written) > 200
    assert seen == written + records
    assert typed(spring, person) <= set(seen)
    assert (
        await page.evaluate("[...document.scripts].length + document.querySelectorAll('[onerror]').length")
        == 0
    )
    await page.close()


@session_loop
@pytest.mark.parametrize("person", [ANNA, BORIS, STRANGE])
async def test_axe_finds_nothing(
    browser: Browser, spring: Day, person: ParticipantId, tmp_path: Path
) -> None:
    """Everybody can read it, by light and in the dark, and every link in it leads somewhere in it."""
    page = await shown(browser, spring, person, tmp_path)
    assert await violations(page) == []
    lost = "[...document.querySelectorAll('a')].filter((one) => !document.querySelector(one.hash)).length"
    assert await page.evaluate(lost) == 0
    assert await page.locator("a").count() > 20
    await page.close()


@session_loop
@pytest.mark.parametrize("person", [ANNA, BORIS, STRANGE])
async def test_nothing_runs_off_a_narrow_page(
    browser: Browser, spring: Day, person: ParticipantId, tmp_path: Path
) -> None:
    """At 320 pixels, nobody has to scroll sideways, however long a word or a name is."""
    page = await shown(browser, spring, person, tmp_path, wide=320)
    assert await page.evaluate("document.documentElement.scrollWidth") == 320
    await page.close()


@session_loop
async def test_a_draft_says_so_wherever_one_reads(browser: Browser, spring: Day, tmp_path: Path) -> None:
    """The mark stays in sight down to the end of the page, and lies across every printed sheet; a final pack has none."""
    page = await shown(browser, spring, DILIP, tmp_path)
    await page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    box = await page.locator(".flag").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 100
    await page.emulate_media(media="print")
    across = page.locator(".across")
    assert await across.inner_text() == "DRAFT"
    assert await across.evaluate("(one) => getComputedStyle(one).position") == "fixed"
    await page.close()
    assert "DRAFT" not in pack_html(spring.view(ANNA), PHOTOS).decode()


@pytest.mark.parametrize("person", NAMES)
def test_nothing_is_fetched_and_only_our_style_is_taken(spring: Day, person: ParticipantId) -> None:
    """The page names no other file or site, runs nothing, and tells the browser to refuse whatever is not ours."""
    text = pack_html(spring.view(person), PHOTOS).decode()
    named = set(re.findall(r"\s(?:href|src|action)=\"([^\",]*)", text))
    assert len(named) > 8
    assert [one for one in named if not one.startswith(("#", "data:image/jpeg;base64"))] == []
    assert not re.search(
        r"<(?:script|link|iframe|object|form|base)\b|\sstyle=|\son\w+=\"|url\(|@import", text
    )
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert style is not None
    assert policy is not None
    wanted = base64.b64encode(hashlib.sha256(html.unescape(style[1]).encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{wanted}'" in html.unescape(policy[1])


def test_photos_are_in_it_or_named(spring: Day) -> None:
    """A photo is part of the page; one that is lost, or is no photo, is said to be missing, and nothing else breaks."""
    view = spring.view(ANNA)
    wanted = len({photo.file for one in view.outputs for photo in one.photos})
    assert wanted > 1
    whole = pack_html(view, PHOTOS).decode()
    assert whole.count('src="data:image/jpeg;base64,') == wanted
    assert NO_PHOTO not in html.unescape(whole)
    for photos in ({}, dict.fromkeys(PHOTOS, b"<svg onload='alert(1)'>")):
        assert html.unescape(pack_html(view, photos).decode()).count(NO_PHOTO) == wanted


def test_the_same_view_gives_the_same_bytes(spring: Day) -> None:
    """A pack that is made again from the same record does not differ by a byte."""
    assert pack_html(spring.view(STRANGE), PHOTOS) == pack_html(spring.view(STRANGE), PHOTOS)
