"""Evidence at the desk: the matrix, one cell piece by piece, criteria put right, what others wrote."""

from typing import TYPE_CHECKING

import pytest
from textual.app import App, ComposeResult

from pmworkshop.core import events as e
from pmworkshop.core.evidence import Particulars
from pmworkshop.desk.screens.evidence.coverage import CoverageScreen
from pmworkshop.desk.widgets.cross_table import CrossTable
from tests.desk.evidence import AMARA, BRONWEN, LONG, STRANGE, WAYS, Cohort

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

BOTH = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["narrow", "wide"])


def with_evidence(place: "Place") -> None:
    """Two ways from Amara, one from Bronwen, and the other two in a group."""
    cohort = Cohort(place)
    cohort.ways(AMARA, *WAYS)
    cohort.ways(BRONWEN, WAYS[0])
    cohort.hand_in("pm-inventory", LONG, {"step-1": ["Appraisal"]}, STRANGE)
    cohort.sign(AMARA, "Amara Okafor")
    cohort.sign(BRONWEN, "B. Pugh")
    cohort.ways(BRONWEN, "Ask her own view")
    cohort.close()


async def open_coverage(trainer: "Trainer") -> CrossTable:
    trainer._told = len(trainer.place.events("spring"))
    await trainer.press("v")
    await trainer.on("CoverageScreen")
    await trainer.sees("Evidence of spring", "Amara Okafor")
    screen = trainer.desk.screen
    assert isinstance(screen, CoverageScreen)
    return screen.query_one(CrossTable)


async def open_cell(trainer: "Trainer", person: int, criterion: int) -> None:
    table = await open_coverage(trainer)
    table.action_move(person - table.row, criterion - table.column)
    await trainer.press("enter")
    await trainer.on("EvidenceScreen")


def row(trainer: "Trainer", name: str) -> list[str]:
    """Return what stands beside a name."""
    line = next(line for line in trainer.lines if line.strip().startswith(name))
    return line.replace(name, "").split()


@BOTH
async def test_the_matrix_says_who_has_what(place: "Place", size: tuple[int, int]) -> None:
    """A cell says whether evidence supports a criterion, how many of those asked for, that it is group work, or nothing."""
    with_evidence(place)
    async with place.desk(size, session="session-a") as trainer:
        await open_coverage(trainer)
        await trainer.sees("1.1", "4.3", "✓ supports", "grp group work only", "1 of 4 signed")
        assert row(trainer, "Amara Okafor") == ["–", "–", "✓", *"––––––––", "signed"]  # noqa: RUF001
        assert row(trainer, "Bronwen Pugh") == ["–", "–", "1/2", *"––––––––", "VOID"]  # noqa: RUF001
        assert all(len(line) <= size[0] for line in trainer.lines)
        trainer.nothing_unprintable()


async def test_a_signature_that_no_longer_holds_says_why(place: "Place") -> None:
    """Where something was changed after signing, the matrix says VOID, and in words what it was."""
    with_evidence(place)
    async with place.desk((120, 36), session="session-a") as trainer:
        await open_coverage(trainer)
        await trainer.press("down")
        await trainer.sees("which no longer holds; “Ways to assess fairly” was amended")


async def test_the_matrix_follows_the_room(place: "Place") -> None:
    """What is handed in while the matrix is on the screen changes its cell, and the cursor stays with its person."""
    with_evidence(place)
    async with place.desk((120, 36), session="session-a") as trainer:
        await open_coverage(trainer)
        await trainer.press("down")
        other = Cohort.__new__(Cohort)
        other.workshop, other.kit = trainer.run.workshop, place.house().kit()
        other.ways(BRONWEN, *WAYS)
        await trainer.until(lambda: row(trainer, "Bronwen Pugh")[2] == "✓", "two ways")
        await trainer.sees("Bronwen Pugh: signed")


@BOTH
async def test_from_a_cell_to_the_very_output(place: "Place", size: tuple[int, int]) -> None:
    """Enter on a cell lists the evidence with dates and counts, what is missing and what would help; Enter opens it."""
    with_evidence(place)
    async with place.desk(size, session="session-a") as trainer:
        await open_cell(trainer, 1, 2)
        await trainer.sees(
            "Bronwen Pugh", "not yet: 1 of 2", "Ways to assess fairly", "own work", "1 March 2027"
        )
        await trainer.sees(
            "1 different entry, over all sheets; the criterion asks for 2", "1 blank on this sheet"
        )
        await trainer.sees("Bronwen Pugh signed")
        await trainer.press("enter")
        await trainer.on("OutputScreen")
        await trainer.sees("Ask her own view", "before: • Agree the standard first")


async def test_group_work_is_said_to_be_nobodys_own(place: "Place") -> None:
    """A piece of group work counts for nothing, and says so; withdrawn, it is gone from the list."""
    with_evidence(place)
    async with place.desk((120, 36), session="session-a") as trainer:
        await open_cell(trainer, 2, 0)
        await trainer.sees(
            "group work only", "Group work supports what somebody shows, and never counts as their own"
        )
        await trainer.press("enter")
        await trainer.on("OutputScreen")
        await trainer.press("w")
        await trainer.on("AskLine")
        await trainer.write("entered twice")
        await trainer.press("enter")
        await trainer.records("spring", e.OutputWithdrawn)
        await trainer.on("OutputScreen")
        await trainer.press("escape")
        await trainer.on("EvidenceScreen")
        await trainer.sees("Nothing yet")
        await trainer.press("enter")
        await trainer.told("a adds an output")


async def test_a_criterion_is_added_and_taken_out_with_a_reason(place: "Place") -> None:
    """The trainer lets an output support one more criterion, or one less; without a reason nothing is recorded."""
    with_evidence(place)
    async with place.desk((80, 24), session="session-a") as trainer:
        await open_cell(trainer, 0, 0)
        await trainer.press("a")
        await trainer.on("PickName")
        await trainer.press("enter")
        await trainer.on("AskLine")
        await trainer.press("enter")
        await trainer.sees("Say why")
        await trainer.write("The debrief was about its value")
        await trainer.press("enter")
        mapped = await trainer.records("spring", e.CriterionMapped)
        assert (mapped.output, mapped.criterion, mapped.on) == (f"fair-assessment-{AMARA}", "1.1", True)
        await trainer.on("EvidenceScreen")
        await trainer.sees("supports", "Added by the trainer: The debrief was about its value")
        await trainer.press("x")
        await trainer.on("AskLine")
        await trainer.write("Not after all")
        await trainer.press("enter")
        mapped = await trainer.records("spring", e.CriterionMapped)
        assert (mapped.on, mapped.reason) == (False, "Not after all")
        await trainer.on("EvidenceScreen")
        await trainer.sees("Nothing yet", "was taken out: Not after all")


async def test_an_observation_is_written_corrected_and_withdrawn(place: "Place") -> None:
    """An observation record needs all its particulars; a correction is a newer version, a withdrawal has a reason."""
    with_evidence(place)
    async with place.desk((80, 24), session="session-a") as trainer:
        await open_coverage(trainer)
        await trainer.press("r")
        await trainer.on("RecordsScreen")
        await trainer.press("n")
        await trainer.on("Pick")
        await trainer.press("enter")
        await trainer.on("RecordForm")
        await trainer.write("She asked before she told.\nTwice.")
        await trainer.press("ctrl+s")
        await trainer.sees("It still has to say who writes it, their role and where it was")
        for text in ("3.2, 1.2", "Tom Trainer", "Assessor"):
            await trainer.press("tab")
            await trainer.write(text)
        await trainer.press("tab", "tab")
        await trainer.write("Room 4")
        await trainer.press("ctrl+s")
        kept = await trainer.records("spring", e.RecordKept)
        assert kept.participant == AMARA
        assert kept.particulars == Particulars(
            kind="observation",
            criteria=("3.2", "1.2"),
            text="She asked before she told.\nTwice.",
            by="Tom Trainer",
            role="Assessor",
            day="2027-03-01",
            place="Room 4",
        )
        await trainer.on("RecordsScreen")
        await trainer.sees("Tom Trainer, Assessor", "1 that count")
        await trainer.press("c")
        await trainer.on("RecordForm")
        await trainer.press("tab")
        await trainer.press("end", "ctrl+u")
        await trainer.write("3.2")
        await trainer.press("ctrl+s")
        kept = await trainer.records("spring", e.RecordKept)
        assert kept.particulars.criteria == ("3.2",)
        await trainer.on("RecordsScreen")
        await trainer.press("w")
        await trainer.on("AskLine")
        await trainer.write("It was somebody else")
        await trainer.press("enter")
        gone = await trainer.records("spring", e.RecordWithdrawn)
        assert gone.reason == "It was somebody else"
        await trainer.sees("Withdrawn: It was somebody else", "2, withdrawn")


async def test_a_witness_is_no_relative(place: "Place") -> None:
    """A witness's statement says how they know the participant, and the trainer confirms that they are no relative."""
    with_evidence(place)
    async with place.desk((80, 24), session="session-a") as trainer:
        await open_coverage(trainer)
        await trainer.press("r")
        await trainer.on("RecordsScreen")
        await trainer.press("n")
        await trainer.on("Pick")
        await trainer.press("down", "enter")
        await trainer.on("RecordForm")
        await trainer.write("She ran the review well.")
        for text in ("3.2", "Wanda Witt", "Head", "her line manager"):
            await trainer.press("tab")
            await trainer.write(text)
        await trainer.press("tab", "tab")
        await trainer.write("Leeds")
        await trainer.press("ctrl+s")
        await trainer.sees("A relative cannot be a witness")
        await trainer.press("tab", "space", "ctrl+s")
        kept = await trainer.records("spring", e.RecordKept)
        assert (kept.particulars.kind, kept.particulars.relation) == ("witness", "her line manager")


async def test_a_record_half_written_is_there_again(place: "Place") -> None:
    """What was typed into a record stays, when it is left and when the desk is closed; it is no evidence until kept."""
    with_evidence(place)
    for first in (True, False):
        async with place.desk((80, 24), session="session-a") as trainer:
            await open_coverage(trainer)
            await trainer.press("r")
            await trainer.on("RecordsScreen")
            await trainer.press("n")
            await trainer.on("Pick")
            await trainer.press("enter")
            await trainer.on("RecordForm")
            if first:
                await trainer.write("Half a sentence")
                await trainer.press("escape")
            else:
                await trainer.sees("Half a sentence")
    assert not [one for one in place.events("spring") if isinstance(one, e.RecordKept)]


async def test_without_people_or_a_unit_the_matrix_says_what_to_do(place: "Place") -> None:
    """Before anything was opened there is no unit, and before anybody is on the register nothing to sign or export."""
    async with place.desk((80, 24), session="session-a") as trainer:
        await trainer.press("v")
        await trainer.on("CoverageScreen")
        await trainer.sees("Nobody is on the register yet")
        for key in ("s", "p", "r", "e"):
            await trainer.press(key)
        await trainer.on("CoverageScreen")
        await trainer.press("c")
        await trainer.told("The centre's declarations have not been taken up yet")


class Wide(App[None]):
    """A table of more columns than any terminal shows."""

    def compose(self) -> ComposeResult:
        yield CrossTable()


async def test_more_columns_than_fit_move_with_the_cursor() -> None:
    """Forty columns at 80 cells: the names and the last column stay, and the cell under the cursor is always in sight."""
    app = Wide()
    async with app.run_test(size=(80, 24)) as pilot:
        table = app.query_one(CrossTable)
        heading = ("Name", *(f"{number:>3}" for number in range(40)), "Signed")
        rows = [
            (f"{name}" + "漢" * 30, *(f"{number:>3}" for number in range(40)), "yes") for name in "AB" * 20
        ]
        table.show(heading, rows, 4)
        for key, column in (("end", 39), ("left", 38), ("home", 0), ("pagedown", 0)):
            await pilot.press(key)
            lines = [strip.text for strip in (table.render_line(y) for y in range(24))]
            assert all(line.startswith((" Name", " A漢", " B漢", "   ")) for line in lines)
            assert all(f"{column:>3}" in line and "yes" in line for line in lines[1:3])
            assert {strip.cell_length for strip in (table.render_line(y) for y in range(24))} == {
                table.size.width
            }
        assert table.row == table.size.height - 2
