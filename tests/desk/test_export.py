"""Packs made from the desk: whose, where to, final or as drafts; stopped, refused or failed, the day goes on."""

import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.desk.services import ExportOutcome
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.places import shipped_kit
from tests.desk.conftest import GreenwichHouse, HandClock, Place
from tests.desk.evidence import AMARA, BRONWEN, LONG, PEOPLE, STRANGE, WAYS, Cohort
from tests.desk.test_coverage import open_coverage

if TYPE_CHECKING:
    from tests.desk.conftest import Trainer

NAMES = dict(PEOPLE)
BY_NAME = (AMARA, BRONWEN, STRANGE, LONG)


class PackingHouse(GreenwichHouse):
    """The real house, which makes empty packs, each when `going` is set; what it was asked for is `wanted`."""

    def __init__(self, data: Path, kit: Path, clock: HandClock, place: "PackingPlace") -> None:
        super().__init__(data, kit, clock)
        self._place = place

    def export_packs(
        self,
        workshop: Workshop,
        people: tuple[ParticipantId, ...],
        to: str,
        draft: bool,
        progress: Callable[[int, int, str], None],
        cancelled: Callable[[], bool],
    ) -> ExportOutcome | Refusal:
        assert threading.current_thread() is not threading.main_thread()
        place = self._place
        place.wanted.append((people, to, draft))
        if place.fault is not None:
            raise place.fault
        if place.refusal is not None:
            return place.refusal
        files = list[str]()
        for done, one in enumerate(people):
            if cancelled():
                break
            progress(done, len(people), workshop.state.participants[one].name)
            place.going.wait(timeout=10)
            files.append(f"{one}.zip")
        stopped = len(files) < len(people)
        return ExportOutcome(
            folder=to or "exports", files=tuple(files), lacking=("p1: a blank",), stopped=stopped
        )


class PackingPlace(Place):
    """A place whose packs are made when the test says so."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.wanted: list[tuple[tuple[ParticipantId, ...], str, bool]] = []
        self.going = threading.Event()
        self.refusal: Refusal | None = None
        self.fault: Exception | None = None

    def house(self, kit: Path | None = None) -> PackingHouse:
        return PackingHouse(self.data, kit or shipped_kit(), self.clock, self)


@pytest.fixture
def packing(tmp_path: Path) -> PackingPlace:
    """Four people, of whom only Amara lacks nothing."""
    place = PackingPlace(tmp_path / "data")
    cohort = Cohort(place)
    complete(cohort)
    cohort.ways(BRONWEN, WAYS[0])
    cohort.close()
    return place


def complete(cohort: Cohort) -> None:
    """Have Amara's pack lack nothing."""
    centre = cohort.kit.centre
    assert centre is not None
    cohort.ways(AMARA, *WAYS)
    cohort.sign(AMARA, "Amara Okafor")
    agreed = tuple(one.id for one in centre.centre)
    cohort.do(c.SignForCentre(participant=AMARA, name="Tom", agreed=agreed))


async def export(trainer: "Trainer", *keys: str, to: str = "") -> None:
    """Press e, choose whose by these keys, and the folder."""
    await open_coverage(trainer)
    await trainer.press("e")
    await trainer.on("Pick")
    await trainer.press(*keys, "enter")
    await trainer.on("AskLine")
    if to:
        await trainer.write(to)
    await trainer.press("enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["narrow", "wide"])
async def test_all_as_drafts_with_a_bar(packing: PackingPlace, size: tuple[int, int]) -> None:
    """What is lacking is listed person by person; as drafts, all are made, and the bar says whose is being made."""
    async with packing.desk(size, session="session-a") as trainer:
        await export(trainer, to="/tmp/packs")
        await trainer.on("LackingDialog")
        await trainer.sees(
            "3 of 4 packs are not final yet", "Bronwen Pugh", "It is not signed", "marked DRAFT"
        )
        await trainer.press("down", "enter")
        await trainer.on("Exporting")
        await trainer.sees("1 of 4", "Amara Okafor", "Esc stops after this pack")
        assert packing.wanted == [(BY_NAME, "/tmp/packs", True)]
        trainer.nothing_unprintable()
        packing.going.set()
        await trainer.on("Telling")
        await trainer.sees("4 packs made", "In /tmp/packs", "p0.zip", "p1: a blank")


async def test_only_what_is_final(packing: PackingPlace) -> None:
    """Those that lack nothing are made as final, and nobody else's."""
    packing.going.set()
    async with packing.desk((80, 24), session="session-a") as trainer:
        await export(trainer)
        await trainer.on("LackingDialog")
        await trainer.sees("Only the 1 that lacks nothing")
        await trainer.press("enter")
        await trainer.on("Telling")
        await trainer.sees("1 pack made")
        assert packing.wanted == [((AMARA,), "", False)]


async def test_one_person_s_pack_that_lacks_nothing_is_made_at_once(packing: PackingPlace) -> None:
    """A final pack of one person asks for no draft; leaving any of the questions makes nothing."""
    packing.going.set()
    async with packing.desk((80, 24), session="session-a") as trainer:
        await export(trainer, "down")
        await trainer.on("Telling")
        assert packing.wanted == [((AMARA,), "", False)]
        await trainer.press("enter")
        await trainer.on("CoverageScreen")
        await trainer.press("down", "e")
        await trainer.on("Pick")
        await trainer.press("down", "enter")
        await trainer.on("AskLine")
        await trainer.press("enter")
        await trainer.on("LackingDialog")
        await trainer.sees("This pack is not final yet", "Make it as a DRAFT")
        await trainer.press("escape")
        await trainer.on("CoverageScreen")
        assert len(packing.wanted) == 1


async def test_escape_stops_after_the_pack_that_is_being_made(packing: PackingPlace) -> None:
    """The trainer stops the making: the pack in hand is finished, the others are not begun, and both are said."""
    async with packing.desk((80, 24), session="session-a") as trainer:
        await export(trainer)
        await trainer.on("LackingDialog")
        await trainer.press("down", "enter")
        await trainer.on("Exporting")
        await trainer.sees("1 of 4")
        await trainer.press("escape")
        await trainer.sees("Stopping after this pack")
        packing.going.set()
        await trainer.on("Telling")
        await trainer.sees("Stopped after 1 pack", "p0.zip")


@pytest.mark.parametrize("fault", [True, False], ids=["a fault", "refused"])
async def test_packs_that_cannot_be_made_cost_no_session(packing: PackingPlace, *, fault: bool) -> None:
    """Where the folder refuses, its words are shown; a fault of our own is said in words, and the desk goes on."""
    if fault:
        packing.fault = ZeroDivisionError("no traceback for trainers")
    else:
        packing.refusal = refuse("The folder /nowhere cannot be written to: choose another.")
    async with packing.desk((80, 24), session="session-a") as trainer:
        await export(trainer, "down", to="/nowhere")
        await trainer.on("Telling")
        await trainer.sees("a fault of the software" if fault else "cannot be written to: choose another")
        await trainer.press("enter")
        await trainer.on("CoverageScreen")
    if fault:
        assert "no traceback for trainers" in (packing.data / "faults.txt").read_text("utf-8")


async def test_the_clock_goes_on_while_packs_are_made(packing: PackingPlace) -> None:
    """While a pack takes its time, the desk answers keys and draws the time of day."""
    async with packing.desk((80, 24), session="session-a") as trainer:
        await export(trainer, "down")
        await trainer.on("Exporting")
        began = time.monotonic()
        await trainer.at(17)
        assert "09:47" in trainer.run.query_one("#top").render().plain  # type: ignore[union-attr]
        assert time.monotonic() - began < 1.0
        packing.going.set()
        await trainer.on("Telling")


async def test_a_final_pack_lies_in_the_cohort_s_own_folder(place: Place) -> None:
    """With the real services, a pack that lacks nothing is made whole, and found where the desk says that it is."""
    cohort = Cohort(place)
    complete(cohort)
    cohort.close()
    async with place.desk((120, 36), session="session-a") as trainer:
        await export(trainer, "down")
        await trainer.on("Telling")
        await trainer.sees("1 pack made", "exports")
        (made,) = (place.data / "spring" / "exports").iterdir()
        assert made.name in trainer.text
    with zipfile.ZipFile(made) as pack:
        assert pack.testzip() is None
        assert "evidence-pack.pdf" in " ".join(pack.namelist())
