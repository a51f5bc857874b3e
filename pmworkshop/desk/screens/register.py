"""The register: who belongs to the cohort, and who is in the room."""

import asyncio
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Static
from textual.widgets.data_table import RowDoesNotExist

from pmworkshop.core import commands as c
from pmworkshop.core.people import Person, person, read_people
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Arrival, DeliveryId, ParticipantId
from pmworkshop.core.text import clean_line
from pmworkshop.desk.keys import REGISTER
from pmworkshop.desk.screens.dialogs import AskFields, AskPage, Question
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.live.views.summary import PersonRow, attended, register_view
from pmworkshop.live.workshop import Workshop

COLUMNS = ("Name", "In the room", "Organisation", "Registration")
FIELDS = ("Name", "Organisation (may stay empty)", "Registration number (may stay empty)")
SHOWN = 10
WIDEST = 60
OTHER_COLUMNS = 36


class RegisterScreen(WorkshopScreen):
    """The register of a cohort with the attendance of one delivery."""

    PURPOSE = "The register. Arrow keys choose a person; every mark is kept with its time."
    BINDINGS: ClassVar[list[BindingType]] = REGISTER

    def __init__(self, workshop: Workshop, delivery: DeliveryId) -> None:
        super().__init__(workshop, delivery)
        self._rows: dict[str, PersonRow] = {}

    def compose(self) -> ComposeResult:
        """Lay the register out."""
        yield Ends(id="top")
        yield DataTable[Text](cursor_type="row", zebra_stripes=True)
        yield Static(
            "Nobody on the register yet. a adds one person, v takes a pasted list or a CSV file.", id="empty"
        )
        yield Hints()

    def on_mount(self) -> None:
        """Begin in the table."""
        table = self.query_one(DataTable)
        for label in COLUMNS:
            table.add_column(label, key=label)
        table.focus()

    def redraw(self) -> None:
        """Show the register, touching only what changed."""
        table = self.query_one(DataTable)
        if not table.columns:
            return
        rows: dict[str, PersonRow] = {
            row.participant: row for row in register_view(self.state, self.delivery)
        }
        top = self.query_one("#top", Ends)
        top.left = f"Register of {self.state.name}"
        top.right = attended(self.state, self.delivery)
        self.query_one("#empty").display = not rows
        table.display = bool(rows)
        if list(rows) != list(self._rows):
            here = self._here()
            table.clear()
            for key, row in rows.items():
                table.add_row(*self._cells(row), key=key)
            self._go_to(here)
        else:
            for key, row in rows.items():
                if row != self._rows[key]:
                    for label, cell in zip(COLUMNS, self._cells(row), strict=True):
                        table.update_cell(key, label, cell, update_width=True)
        self._rows = rows

    def _cells(self, row: PersonRow) -> tuple[Text, ...]:
        """Return the cells, the name short enough for the attendance to be in sight."""
        name = _cell(row.name, max(self.size.width - OTHER_COLUMNS, 16))
        return name, *(_cell(cell, WIDEST) for cell in (row.attendance, row.organisation, row.registration))

    def _here(self) -> str | None:
        table = self.query_one(DataTable)
        if not table.row_count:
            return None
        return table.coordinate_to_cell_key(table.cursor_coordinate).row_key.value

    def _go_to(self, key: str | None) -> None:
        table = self.query_one(DataTable)
        if key is not None:
            try:
                table.move_cursor(row=table.get_row_index(key))
            except RowDoesNotExist:
                return

    async def _mark(self, arrival: Arrival) -> None:
        here = self._here()
        if here is not None:
            await self.ask(
                c.MarkAttendance(delivery=self.delivery_id, participant=ParticipantId(here), arrival=arrival)
            )
            self.query_one(DataTable).action_cursor_down()

    async def action_present(self) -> None:
        """Mark as here in time."""
        await self._mark("present")

    async def action_late(self) -> None:
        """Mark as here now, late."""
        await self._mark("late")

    async def action_absent(self) -> None:
        """Not here."""
        await self._mark("absent")

    async def action_left(self) -> None:
        """Left now."""
        here = self._here()
        if here is not None:
            await self.ask(c.MarkLeft(delivery=self.delivery_id, participant=ParticipantId(here)))

    @work
    async def action_add(self) -> None:
        """Add one person."""
        fields = await self.app.push_screen_wait(AskFields("Who is it?", [(label, "") for label in FIELDS]))
        one = person(*fields) if fields else None
        if one is not None:
            await self._add([one])

    @work
    async def action_paste(self) -> None:
        """Add many, from a pasted list or a file."""
        words = "Paste names, one a line, or a table with a header; or write the path of a CSV file."
        text = await self.app.push_screen_wait(AskPage(words))
        if not text or not text.strip():
            return
        path = text.strip().strip("\"'")
        if "\n" not in path and path.lower().endswith((".csv", ".txt", ".tsv")):
            read = await asyncio.to_thread(self.desk.services.read_text, path)
            if isinstance(read, Refusal):
                self.say_no(read)
                return
            text = read
        people = list(read_people(text))
        listed = "\n".join(f"  {_particulars(one)}" for one in people[:SHOWN])
        more = f"\n  and {len(people) - SHOWN} more" if len(people) > SHOWN else ""
        question = Question(f"Add {len(people)} to the register?\n{listed}{more}")
        if not people or await self.app.push_screen_wait(question):
            await self._add(people)

    async def _add(self, people: list[Person]) -> None:
        new = tuple((ParticipantId(self.desk.services.new_id()), one) for one in people)
        command = c.AddParticipants(people=new)
        done = await self.ask_or_insist(command, c.AddParticipants(people=new, certain=True))
        if done:
            count = len(done.events)
            self.app.notify(f"{count} {'person' if count == 1 else 'people'} added.", markup=False, timeout=3)

    @work
    async def action_correct(self) -> None:
        """Correct the person under the cursor."""
        here = self._here()
        row = self._rows.get(here or "")
        if row is None:
            return
        values = (row.name, row.organisation, row.registration)
        fields = await self.app.push_screen_wait(AskFields("Correct", list(zip(FIELDS, values, strict=True))))
        one = person(*fields) if fields else None
        if one is not None:
            await self.ask(c.CorrectParticipant(participant=row.participant, person=one))


def _particulars(one: Person) -> str:
    rest = ", ".join(text for text in (one.organisation, one.registration) if text)
    return f"{one.name} ({rest})" if rest else one.name


def _cell(text: str, widest: int) -> Text:
    cell = Text(clean_line(text), no_wrap=True)
    cell.truncate(widest, overflow="ellipsis")
    return cell
