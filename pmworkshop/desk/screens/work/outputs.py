"""What has been produced, by whom, the newest first: one person's, one exercise's, or all."""

from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import clean_line, matching
from pmworkshop.core.units import NOTHING, Duration
from pmworkshop.desk.keys import OUTPUTS
from pmworkshop.desk.screens.dialogs import Pick
from pmworkshop.desk.screens.work.output import OutputScreen, utc_offset_of
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.output_blocks import day_and_time
from pmworkshop.desk.widgets.rows import Rows
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.outputs import OutputRow, output_rows, person_name
from pmworkshop.live.workshop import Workshop

COLUMNS = ("When", "Who", "Exercise", "Which", "From", "Versions")
CUT = ("Who", "Exercise", "Which")
"""The columns that give way; the others keep their width."""
GAP = 2
NARROWEST = 8
EVERYTHING = ""


class OutputsScreen(CohortScreen):
    """The outputs of a cohort as a table."""

    PURPOSE = "What has been produced. Enter opens an output; what was withdrawn stands last."
    BINDINGS: ClassVar[list[BindingType]] = OUTPUTS

    def __init__(self, workshop: Workshop, exercise_id: str | None = None) -> None:
        super().__init__(workshop)
        self._exercise_id = exercise_id
        self._person: ParticipantId | None = None
        self._rows: tuple[OutputRow, ...] = ()
        self._zone = NOTHING
        self._drawn: tuple[object, ...] = ()
        self._of: Cohort | None = None

    def compose(self) -> ComposeResult:
        """Lay the table out."""
        yield Ends(id="top")
        yield Rows()
        yield Static(id="empty")
        yield Ends(id="foot", keep_left=True)
        yield Hints()

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(Rows).focus()

    def on_resize(self) -> None:
        """Cut the columns to the new width."""
        self.redraw()

    def redraw(self) -> None:
        """Show the outputs that are wanted, unless they stand there already."""
        wanted = (id(self.state), self.size.width, self._exercise_id, self._person)
        if wanted == self._drawn:
            return
        self._drawn, self._of = wanted, self.state  # held, so that its id stays its own
        here, self._zone = self._here(), self.desk.services.zone()[1]
        self._rows = output_rows(self.state, exercise_id=self._exercise_id, participant=self._person)
        self._show_ends()
        rows, empty = self.query_one(Rows), self.query_one("#empty", Static)
        rows.display, empty.display = bool(self._rows), not self._rows
        empty.update(self._nothing())
        texts = {label: [self._text(label, row) for row in self._rows] for label in self._labels()}
        widths = fitting(texts, self.size.width)
        if "Who" in texts:
            texts["Who"] = [
                _cut(text, widths["Who"], _others("Who", row)) if row.with_others else text
                for text, row in zip(texts["Who"], self._rows, strict=True)
            ]
        ids = [row.output for row in self._rows]
        gone = frozenset(index for index, row in enumerate(self._rows) if row.withdrawn)
        rows.show(tuple(texts), tuple(widths.values()), tuple(zip(*texts.values(), strict=True)), ids, gone)
        if here in ids:
            rows.cursor = ids.index(here)

    def _labels(self) -> list[str]:
        """Return the columns that say something here."""
        empty = {"Exercise"} if self._exercise_id is not None else set()
        empty |= set() if any(row.named for row in self._rows) else {"Which"}
        return [label for label in COLUMNS if label not in empty]

    def _show_ends(self) -> None:
        top, foot = self.query_one("#top", Ends), self.query_one("#foot", Ends)
        parts = [f"Outputs of {self.state.name}"]
        if self._exercise_id is not None:
            parts.append(self._title(self._exercise_id))
        if self._person is not None:
            parts.append(person_name(self.state, self._person))
        top.left = " · ".join(parts)
        count, gone = len(self._rows), sum(row.withdrawn for row in self._rows)
        top.right = f"{count - gone} that count" + (f", {gone} withdrawn" if gone else "")
        sheets = sum(
            len(found)
            for name, found in self.state.anonymous.items()
            if self._exercise_id in (None, name) and self._person is None
        )
        foot.left = f"{sheets} more without a name: see the results" if sheets else ""
        foot.display = bool(sheets)

    def _title(self, exercise_id: str) -> str:
        exercise = self.state.exercise(exercise_id)
        return exercise.title if exercise else exercise_id

    def _nothing(self) -> str:
        if self._person is not None:
            return "Nothing of this person's here. p shows somebody else's, or everybody's."
        if self._exercise_id is not None:
            return "Nothing has been handed in here yet. x shows other exercises, or all of them."
        return "Nothing has been handed in yet."

    def _text(self, label: str, row: OutputRow) -> str:
        """Return what stands in a column."""
        if label == "When":
            return day_and_time(row.at, self._offset(row.output))
        if label == "Who":
            return row.name + _others(label, row)
        if label == "Versions":
            words = ["amended"] * (row.versions > 1) + ["withdrawn"] * row.withdrawn
            return ", ".join([str(row.versions), *words])
        return {"Exercise": row.title, "Which": row.named, "From": row.route}[label]

    def _offset(self, output: OutputId) -> Duration:
        return utc_offset_of(self.state, output, self._zone)

    def _here(self) -> OutputId | None:
        cursor = self.query_one(Rows).cursor
        return self._rows[cursor].output if cursor < len(self._rows) else None

    @on(Rows.Opened)
    async def opened(self, event: Rows.Opened) -> None:
        """Open an output by Enter or click."""
        await self.app.push_screen(OutputScreen(self.workshop, OutputId(event.key)))

    @work
    async def action_person(self) -> None:
        """Show only what one person has produced, or everybody's."""
        people = {person for output in self.state.outputs.values() for person in output.people}
        names = sorted(((one, person_name(self.state, one)) for one in people), key=lambda p: matching(p[1]))
        picked = await self.put(
            Pick("Whose outputs?", [(EVERYTHING, "Everybody's"), *names], picked=self._person or EVERYTHING)
        )
        if picked is not None:
            self._person = ParticipantId(picked) if picked else None
            self.redraw()

    @work
    async def action_sheet(self) -> None:
        """Enter printed sheets by the ids at their feet."""
        from pmworkshop.desk.screens.work.transcribing import transcribe  # noqa: PLC0415  # rarely needed

        await transcribe(self)

    @work
    async def action_exercise(self) -> None:
        """Show only one exercise, or all of them."""
        ids = {output.exercise_id for output in self.state.outputs.values()}
        titles = sorted(((one, self._title(one)) for one in ids), key=lambda pair: matching(pair[1]))
        picked = await self.put(
            Pick(
                "Which exercise?",
                [(EVERYTHING, "All of them"), *titles],
                picked=self._exercise_id or EVERYTHING,
            )
        )
        if picked is not None:
            self._exercise_id = picked or None
            self.redraw()


def fitting(columns: Mapping[str, Sequence[str]], room: int, cut: Collection[str] = CUT) -> dict[str, int]:
    """Return how wide each column may be, for all to fit into `room` cells: the widest of `cut` give way first."""
    widths = {label: max(cell_len(text) for text in (label, *texts)) for label, texts in columns.items()}
    while sum(widths.values()) + GAP * (len(widths) + 1) > room:
        widest = max((label for label in widths if label in cut), key=lambda label: widths[label])
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _others(label: str, row: OutputRow) -> str:
    return f" +{row.with_others}" if row.with_others and label == "Who" else ""


def _cut(text: str, widest: int, tail: str) -> str:
    """Return a text no wider than `widest`; when it is cut, its tail stays."""
    text = clean_line(text)
    if cell_len(text) <= widest:
        return text
    return safe_line(text.removesuffix(tail), widest - len(tail)).plain + tail
