"""The register: who belongs to the cohort, and who is in the room."""

import asyncio
from collections.abc import Mapping
from typing import ClassVar, Literal

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Static
from textual.widgets.data_table import RowDoesNotExist

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, ParticipantId
from pmworkshop.core.people import Person, person, read_people
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.state import Arrival
from pmworkshop.core.text import clean_line
from pmworkshop.desk.keys import REGISTER
from pmworkshop.desk.screens.dialogs import AskFields, AskPage, Pick, Question
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
        self._shown: dict[str, tuple[str, ...]] = {}

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
        self.watch(table, "virtual_size", self._draw_anew, init=False)

    def _draw_anew(self) -> None:
        """Have the table forget lines that were drawn before its columns had their new width: by itself it keeps them."""
        self.query_one(DataTable).notify_style_update()

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
        self._rows = rows
        shown = self._texts(rows)
        if list(shown) != list(self._shown):
            here = self._here()
            table.clear()
            for key, texts in shown.items():
                table.add_row(*self._cells(texts), key=key)
            self._go_to(here)
        else:
            for key, texts in shown.items():
                if texts != self._shown[key]:
                    for label, cell in zip(COLUMNS, self._cells(texts), strict=True):
                        table.update_cell(key, label, cell, update_width=True)
        self._shown = shown

    def _texts(self, rows: Mapping[str, PersonRow]) -> dict[str, tuple[str, ...]]:
        """Return what stands in the columns; beside the attendance, who is in by phone and who walked in."""
        presence = self.desk.room.presence() if self.desk.room else {}
        texts: dict[str, tuple[str, ...]] = {}
        for key, row in rows.items():
            phone, one = presence.get(row.participant), self.state.participants[row.participant]
            marks = [row.attendance] if row.attendance else []
            marks += ["by phone"] if phone and phone.connected else []
            marks += ["walk-in"] if one.walk_in else []
            texts[key] = (row.name, " · ".join(marks), row.organisation, row.registration)
        return texts

    def _cells(self, texts: tuple[str, ...]) -> tuple[Text, ...]:
        """Return the cells, the name short enough for the attendance to be in sight."""
        name = _cell(texts[0], max(self.size.width - OTHER_COLUMNS, 16))
        return name, *(_cell(text, WIDEST) for text in texts[1:])

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
            done = await self.ask(
                c.MarkAttendance(delivery=self.delivery_id, participant=ParticipantId(here), arrival=arrival)
            )
            if done:
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
        fields = await self.put(AskFields("Who is it?", [(label, "") for label in FIELDS]))
        one = person(*fields) if fields else None
        if one is not None:
            await self._add([one])

    @work
    async def action_paste(self) -> None:
        """Add many, from a pasted list or a file; the list stays in the box until it is taken or left."""
        words = "Paste names, one a line, or a table with a header; or write the path of a CSV file."
        text: str | None = ""
        while text is not None:
            text = await self.put(AskPage(words, value=text))
            if text is None or not text.strip():
                return
            people = await self._read(text)
            if people and await self._sure_of(people) and await self._add(people):
                return

    async def _read(self, text: str) -> list[Person]:
        path = text.strip().strip("\"'")
        if "\n" not in path and path.lower().endswith((".csv", ".txt", ".tsv")):
            read = await asyncio.to_thread(self.desk.services.read_text, path)
            if isinstance(read, Refusal):
                self.say_no(read)
                return []
            text = read
        people = list(read_people(text))
        if not people:
            self.say_no(refuse("There is no name in that."))
        return people

    async def _sure_of(self, people: list[Person]) -> bool:
        listed = "\n".join(f"  {_particulars(one)}" for one in people[:SHOWN])
        more = f"\n  and {len(people) - SHOWN} more" if len(people) > SHOWN else ""
        question = Question(f"Add {len(people)} to the register?\n{listed}{more}", no="Back to the list")
        sure = await self.put(question)
        return bool(sure)

    async def _add(self, people: list[Person]) -> bool:
        """Add people, asking about those who seem to be there already; False when the trainer wants to go back."""
        new = tuple((ParticipantId(self.desk.services.new_id()), one) for one in people)
        outcome = await asyncio.wrap_future(self.workshop.submit(c.AddParticipants(people=new)))
        if isinstance(outcome, Refusal) and outcome.question:
            choices = [
                ("leave out", "They are the same: leave them out, and add the others"),
                ("add", "They are different people: add them all"),
            ]
            picked = await self.put(Pick(outcome.words, choices))
            if picked is None:
                return False
            doubles: Literal["add", "leave out"] = "add" if picked == "add" else "leave out"
            outcome = await asyncio.wrap_future(
                self.workshop.submit(c.AddParticipants(people=new, doubles=doubles))
            )
        if isinstance(outcome, Refusal):
            self.say_no(outcome)
            return False
        self.redraw()
        count = len(outcome.events)
        self.app.notify(f"{count} {'person' if count == 1 else 'people'} added.", markup=False, timeout=3)
        return True

    @work
    async def action_remove(self) -> None:
        """Take the person under the cursor off the register."""
        row = self._rows.get(self._here() or "")
        if row is None:
            return
        words = f"Take {row.name} off the register? The record keeps what was recorded so far."
        if await self.put(Question(words, yes="Take off", no="Keep", careful=True)):
            await self.ask(c.RemoveParticipant(participant=row.participant))

    async def action_all_present(self) -> None:
        """Mark everybody who has no mark yet as here in time."""
        for row in list(self._rows.values()):
            if not row.attendance:
                command = c.MarkAttendance(
                    delivery=self.delivery_id, participant=row.participant, arrival="present"
                )
                await self.ask(command)

    @work
    async def action_correct(self) -> None:
        """Correct the person under the cursor."""
        here = self._here()
        row = self._rows.get(here or "")
        if row is None:
            return
        values = (row.name, row.organisation, row.registration)
        fields = await self.put(AskFields("Correct", list(zip(FIELDS, values, strict=True))))
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
