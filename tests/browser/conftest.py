"""A room and as many browsers in it as a test wants. One Chromium for all tests; it never skips."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from pmworkshop.desk.services import KitContents
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import shipped_kit
from tests.browser.phone import PHONE, Phone, chromium, new_phone
from tests.browser.place import Place

Phones = Callable[..., Awaitable[Phone]]


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> KitContents:
    return House(tmp_path_factory.mktemp("no-data"), shipped_kit()).kit()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield opened
        await opened.close()


@pytest.fixture
def place(tmp_path: Path, kit: KitContents) -> Iterator[Place]:
    place = Place(tmp_path / "data", kit)
    yield place
    place.close()


@pytest_asyncio.fixture(loop_scope="session")
async def phones(browser: Browser, place: Place) -> AsyncIterator[Phones]:
    """Return what opens one browser more; its console must have said nothing but what is `expected`."""
    opened: list[Phone] = []

    async def another(
        name: str = "", size: tuple[int, int] = PHONE, *, expected: str = "", **options: Any
    ) -> Phone:
        phone = await new_phone(browser, place, size, expected, **options)
        opened.append(phone)
        if name:
            await phone.be_in(name)
        return phone

    yield another
    for phone in opened:
        await phone.close()
