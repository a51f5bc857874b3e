"""Answers that are written: a line, a page, a table row by row, a photo by its path."""

from collections.abc import Mapping
from typing import Any, Final

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from pmworkshop.core.exercise import Column, Item
from pmworkshop.core.given import cell, figure
from pmworkshop.core.saying import cell_text
from pmworkshop.core.text import clean_line
from pmworkshop.desk.widgets.answering import KEYS, Answering, Changed, Done
from pmworkshop.desk.widgets.entry import Line, Page
from pmworkshop.desk.widgets.safe import safe, safe_line

HINTS: Final = {
    "date": "a date, such as 24/01/2027",
    "code": "a code, such as TM1",
    "number": "a number",
    "short": "",
    "choice": "a number",
}


class WritingLine(Answering):
    """A short text, a number, a date, a code."""

    HOW = "Enter goes on"

    def __init__(self, item: Item, given: Any) -> None:
        super().__init__()
        hint = f"{HINTS[item.kind]} of {item.unit}" if item.unit else HINTS[item.kind]
        self._line = Line(_text(given), placeholder=hint, select=False)

    def compose(self) -> ComposeResult:
        """Lay the line out."""
        yield self._line

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(Changed())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(Done())

    @property
    def given(self) -> Any:
        """The text."""
        return self._line.value


class WritingPage(Answering):
    """A long text, or a list with one entry a line."""

    HOW = "Ctrl+N goes on"

    def __init__(self, item: Item, given: Any) -> None:
        super().__init__()
        if item.kind == "list":
            self.HOW = "One a line · Ctrl+N goes on"
        text = "\n".join(map(str, given)) if isinstance(given, list | tuple) else _text(given)
        self._page = Page(text)

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield self._page

    def on_mount(self) -> None:
        """Go on writing where it stopped."""
        self._page.move_cursor(self._page.document.end)

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(Changed())

    @property
    def given(self) -> Any:
        """The text."""
        return self._page.text


class WritingRows(Answering):
    """A table: its rows above, one row's cells below. Enter goes from cell to cell, and at the end keeps the row."""

    HOW = "Enter goes to the next cell and keeps the row · empty row and Enter goes on · Up changes a row"

    def __init__(self, item: Item, given: Any) -> None:
        super().__init__()
        self._columns = item.columns
        rows = given if isinstance(given, list | tuple) else []
        self._rows = [{str(k): str(v) for k, v in row.items()} for row in rows if isinstance(row, Mapping)]
        self._at = len(self._rows)

    def compose(self) -> ComposeResult:
        """Lay the rows and the cells out."""
        yield OptionList(compact=True, id="rows")
        yield Static(id="row-words")
        for column in self._columns:
            label = column.title if column.required else f"{column.title} (optional)"
            yield Static(safe_line(label), classes="cell-label")
            if column.kind == "choice":
                listed = (f"{KEYS[n]} {clean_line(one.text)}" for n, one in enumerate(column.options))
                yield Static(safe("\n".join(listed)), classes="cell-choices", id=f"choices-{column.id}")
            yield Line(placeholder=HINTS[column.kind], select=False, id=f"cell-{column.id}")

    def on_mount(self) -> None:
        """Begin with a new row."""
        self._show_rows()
        self._show_cells()

    def on_focus(self) -> None:
        """Begin in the first cell."""
        self.query(Line).first().focus()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show what there is to choose from beside the cell that is filled in."""
        for column in self._columns:
            if column.kind == "choice":
                here = event.widget.id == f"cell-{column.id}"
                self.query_one(f"#choices-{column.id}").display = here

    def _show_rows(self) -> None:
        rows = self.query_one("#rows", OptionList)
        rows.clear_options()
        rows.add_options(Option(_row_words(self._columns, n, row)) for n, row in enumerate(self._rows, 1))
        rows.display = bool(self._rows)

    def _show_cells(self) -> None:
        row = self._rows[self._at] if self._at < len(self._rows) else {}
        for column in self._columns:
            text = row.get(column.id, "")
            self._cell(column).value = cell_text(column, text) if column.kind == "choice" else text
        self._say("")

    def _say(self, trouble: str) -> None:
        words = f"Row {self._at + 1}" + (f": {trouble}" if trouble else "")
        style = "bold $text-warning" if trouble else "bold"
        self.query_one("#row-words", Static).update(Content.styled(clean_line(words), style))

    def _cell(self, column: Column) -> Line:
        return self.query_one(f"#cell-{column.id}", Line)

    def _read(self, column: Column) -> str:
        """Return what a cell holds, a choice by its id; ValueError with words where that cannot be."""
        text = clean_line(self._cell(column).value)
        if not text:
            return ""
        return cell(column, _choice(column, text) if column.kind == "choice" else text)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(Changed())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Go to the next cell; from the last one keep the row, or go on where the row is empty."""
        event.stop()
        cells = [self._cell(column) for column in self._columns]
        column = self._columns[cells.index(event.input)]  # type: ignore[arg-type]  # all lines here are cells
        if not any(one.value.strip() for one in cells):
            self.post_message(Done())
            return
        try:
            self._read(column)
        except ValueError as error:
            self._say(f"“{column.title}”: {error}")
            return
        self._say("")
        if event.input is cells[-1]:
            self._keep_row()
            cells[0].focus()
        else:
            cells[cells.index(event.input) + 1].focus()  # type: ignore[arg-type]

    def _keep_row(self) -> None:
        row = self._row()
        if row:
            self._rows[self._at : self._at + 1] = [row]
        else:
            del self._rows[self._at : self._at + 1]
        self._at = len(self._rows)
        self._show_rows()
        self._show_cells()
        self.post_message(Changed())

    def _row(self) -> dict[str, str]:
        row = {}
        for column in self._columns:
            try:
                text = self._read(column)
            except ValueError:
                text = clean_line(self._cell(column).value)
            if text:
                row[column.id] = text
        return row

    def key_up(self) -> None:
        """Change the row before."""
        if self._at > 0:
            row = self._row()
            if row:
                self._rows[self._at : self._at + 1] = [row]
                self._show_rows()
            self._at -= 1
            self._show_cells()
            self.query(Line).first().focus()

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._at = event.option_index
        self._show_cells()
        self.query(Line).first().focus()

    @property
    def given(self) -> Any:
        """The rows, the one that is being written among them."""
        row = self._row()
        return [*self._rows[: self._at], *([row] if row else []), *self._rows[self._at + 1 :]]


class ShowingPhoto(Answering):
    """A photo by its path; whoever holds the screen keeps the file and says so with `kept` or `refused`."""

    HOW = "Drag the photo into this window, or type its path; Enter keeps it · empty and Enter goes on"

    class Given(Message):
        """Somebody gave the path of a photo."""

        def __init__(self, path: str, asking: "ShowingPhoto") -> None:
            self.path, self.asking = path, asking
            super().__init__()

    def __init__(self, item: Item, given: Any) -> None:
        super().__init__()
        self.item = item.id
        self._photo = _text(given)

    def compose(self) -> ComposeResult:
        """Lay the line out."""
        yield Line(placeholder="the photo's path", select=False)
        yield Static(id="photo-words")

    def on_mount(self) -> None:
        """Say what there is."""
        self._say("A photo is kept. Another one takes its place." if self._photo else "No photo yet.")

    def _say(self, words: str) -> None:
        self.query_one("#photo-words", Static).update(safe(words))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        path = event.value.strip()
        self.post_message(self.Given(path, self) if path else Done())

    def kept(self, photo: str) -> None:
        """Say that the file is kept, under that hash."""
        self._photo = photo
        self.query_one(Line).value = ""
        self._say("The photo is kept, smaller and without camera and place data. Enter goes on.")
        self.post_message(Changed())

    def refused(self, words: str) -> None:
        """Say why the file could not be kept."""
        self._say(words)

    @property
    def given(self) -> Any:
        """The photo's hash."""
        return self._photo or None


def _text(given: Any) -> str:
    if given is None or isinstance(given, list | tuple | Mapping):
        return ""
    return figure(given) if isinstance(given, float) else str(given)


def _choice(column: Column, text: str) -> str:
    """Return the id of the option whose key or beginning was typed; the text itself where there is none."""
    folded = text.casefold()
    for n, one in enumerate(column.options):
        if folded == KEYS[n] or text in (one.id, one.text):
            return one.id
    begun = [one.id for one in column.options if one.text.casefold().startswith(folded)]
    return begun[0] if len(begun) == 1 else text


def _row_words(columns: tuple[Column, ...], number: int, row: Mapping[str, str]) -> Content:
    cells = " · ".join(cell_text(column, row[column.id]) for column in columns if column.id in row)
    return Content.assemble((f"{number}. ", "bold"), safe_line(cells))
