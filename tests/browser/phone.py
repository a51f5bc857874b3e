"""One person's browser in the room, and everything that its console said."""

import re
import shutil
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from tests.browser.place import Place

PHONE = (360, 740)
DESKTOP = (1280, 800)
PROJECTOR = (1920, 1080)
NOT_FOUND = "There is no Chromium here, and these tests do nothing without one: apt-get install chromium"


ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def chromium() -> str:
    """Return where the browser is."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge", "msedge")
    found = next((path for name in (*names, *ELSEWHERE) if (path := shutil.which(name))), None)
    assert found, NOT_FOUND
    return found


class Phone:
    """A context of its own, with one page; `trouble` is what no page should have said on its console."""

    def __init__(self, place: Place, context: BrowserContext, page: Page, expected: str) -> None:
        self.place, self.context, self.page = place, context, page
        self.expected = expected
        self.trouble: list[str] = []
        context.on("console", self._said)
        context.on("weberror", lambda error: self.trouble.append(f"{error.page}: {error.error}"))

    def _said(self, message: ConsoleMessage) -> None:
        words = f"{message.type}: {message.text} at {message.location}"
        if not self.expected or not re.search(self.expected, words):
            self.trouble.append(words)

    async def go(self, path: str) -> Response:
        """Go to an address of the room."""
        answer = await self.page.goto(f"{self.place.url}{path}")
        assert answer is not None
        return answer

    async def join(self, name: str) -> None:
        """Join by the code, as typed from the projector."""
        await self.go("/")
        await self.page.fill("#code", self.place.code)
        await self.page.fill("#name", name)
        await self.page.click("text='Join'")
        await self.page.wait_for_url("**/now")

    async def be_in(self, name: str) -> None:
        """Be somebody who has joined already; which page is shown stays the same."""
        form: dict[str, str | float | bool] = {"code": self.place.code, "name": name}
        answer = await self.context.request.post(f"{self.place.url}/join", form=form, max_redirects=0)
        assert answer.status == 303, await answer.text()

    async def words(self, selector: str = "main") -> str:
        """Return what is to be read in a part of the page, spaces as one."""
        return " ".join((await self.page.inner_text(selector)).split())

    async def shoot(self, path: Path) -> None:
        """Take a picture of the whole page."""
        await self.page.screenshot(path=path, full_page=True)

    async def close(self) -> None:
        await self.context.close()
        assert not self.trouble, self.trouble


async def new_phone(
    browser: Browser, place: Place, size: tuple[int, int], expected: str, **options: Any
) -> Phone:
    """Return a browser context with one page of that size."""
    options = {"reduced_motion": "reduce", **options}  # pages that scroll smoothly take their time
    context = await browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    context.set_default_timeout(8_000)
    page = await context.new_page()
    return Phone(place, context, page, expected)
