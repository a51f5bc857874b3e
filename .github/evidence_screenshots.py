"""Make the README's pictures of evidence: three pages of a demonstration pack, and the matrix on the desk."""

import asyncio
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from pmworkshop.core.refusal import Refusal
from pmworkshop.desk.app import Desk
from pmworkshop.desk.screens.evidence.coverage import CoverageScreen
from pmworkshop.wiring.demo.play import demonstrate
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import shipped_kit

PAGES = (2, 5, 11)
"""Declarations, criteria, a result; counted from 1."""
SCALE = 1.2
GAP = 24


def make(folder: Path) -> None:
    """Make every picture of evidence."""
    with tempfile.TemporaryDirectory() as data:
        shown = demonstrate(Path(data), shipped_kit(), None, lambda _: None)
        if shown.look is None:
            raise SystemExit("no pack was unpacked")
        _pages(shown.look / "evidence-pack.pdf", folder / "pack-page.png")
        house = House(Path(data), shipped_kit())
        for theme in ("dark", "light"):
            for size in ((120, 36), (80, 24)):
                name = f"evidence-{theme}-{size[0]}x{size[1]}.svg"
                asyncio.run(_matrix(house, shown.cohort, theme, size, folder / name))


def _pages(paper: Path, to: Path) -> None:
    with pypdfium2.PdfDocument(paper) as opened:
        pages = [opened[number - 1].render(scale=SCALE).to_pil() for number in PAGES]
    wide, high = pages[0].size
    whole = Image.new("RGB", (len(pages) * (wide + GAP) + GAP, high + 2 * GAP), "#c8c8c8")
    for place, page in enumerate(pages):
        whole.paste(page, (GAP + place * (wide + GAP), GAP))
    whole.quantize(64).save(to, optimize=True)


async def _matrix(house: House, cohort: str, theme: str, size: tuple[int, int], to: Path) -> None:
    workshop = house.open_cohort(cohort, new=False)
    if isinstance(workshop, Refusal):
        raise SystemExit(workshop.words)
    desk = Desk(house, None)
    async with desk.run_test(size=size) as pilot:
        desk.theme = f"textual-{theme}"
        await desk.push_screen(CoverageScreen(workshop))
        await pilot.pause(1.5)
        desk.save_screenshot(to.name, path=str(to.parent))
    workshop.close()


if __name__ == "__main__":
    make(Path(__file__).parent / "screenshots")
