"""The centre's reports in a browser: axe finds nothing, and nothing runs off a narrow screen."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

from pmworkshop.export.report_files import report_files
from tests.browser.axe import violations
from tests.export.report_cohort import begun, cohort, view_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = ("index", "coverage", "evaluation", "timings")
NARROW = 320


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the reports of a cohort in `full`, and of a demonstration with nobody in it in `empty`."""
    found = tmp_path_factory.mktemp("reports")
    for name, make in (("full", cohort), ("empty", begun)):
        (found / name).mkdir()
        day = make(found / f"{name}.db", demonstration=name == "empty")
        for file, content in report_files(view_of(day)):
            (found / name / file).write_bytes(content)
        day.close()
    return found


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("kind", ["full", "empty"])
async def test_reports_are_for_everybody(browser: Browser, folder: Path, kind: str, name: str) -> None:
    """Axe finds nothing by light, in the dark and in forced colours; no page is wider than 320 pixels of screen."""
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    await page.goto((folder / kind / f"{name}.html").as_uri())
    assert await violations(page) == []
    await page.set_viewport_size({"width": NARROW, "height": 640})
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert await violations(page) == []
    assert said == []
    await page.close()
