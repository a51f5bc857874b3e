"""What was planned and what happened, segment by segment."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from pmworkshop.core.text import clean_line
from pmworkshop.desk.keys import PLAIN
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.live.views.summary import Happened, summary_view

COLUMNS = ("Segment", "Planned", "Actual", "Plan", "Was", "+/−", "Seen", "Notes")  # noqa: RUF001
OTHER_COLUMNS = 66


class SummaryScreen(WorkshopScreen):
    """The delivery as a table."""

    PURPOSE = (
        "What was planned and what happened. Minutes leave pauses out; a * marks a start that was put right."
    )
    BINDINGS: ClassVar[list[BindingType]] = PLAIN

    def compose(self) -> ComposeResult:
        """Lay the summary out."""
        yield Ends(id="top")
        yield Ends(id="headline")
        yield DataTable[Text](cursor_type="row", zebra_stripes=True)
        yield Ends(id="foot", keep_left=True)
        yield Hints()

    def redraw(self) -> None:
        """Show the summary afresh."""
        view = summary_view(self.state, self.delivery, self.desk.services.now())
        top, headline, foot = (self.query_one(f"#{one}", Ends) for one in ("top", "headline", "foot"))
        mark = f"  {self.state.mark}" if self.state.mark else ""
        top.left, top.right = f"{view.title}: planned and actual{mark}", view.cohort
        headline.left = view.headline
        headline.right = f"started {view.started}" if view.started else "not started"
        foot.left, foot.right = view.attended, f"pauses: {view.pauses}"
        table = self.query_one(DataTable)
        if not table.columns:
            for label in COLUMNS:
                table.add_column(label, key=label)
        table.clear()
        for row in view.rows:
            table.add_row(*_cells(row, max(self.size.width - OTHER_COLUMNS, 14)), key=row.segment)


def _cells(row: Happened, widest: int) -> tuple[Text, ...]:
    actual = row.actual + ("*" if row.corrected else "")
    was = "" if row.actual_minutes is None else str(row.actual_minutes)
    title = Text(clean_line(row.title), no_wrap=True)
    title.truncate(widest, overflow="ellipsis")
    return (
        title,
        Text(row.planned),
        Text(actual),
        Text(str(row.planned_minutes), justify="right"),
        Text(was, justify="right"),
        Text(row.difference, justify="right"),
        Text(row.looked_for),
        Text(str(row.notes) if row.notes else "", justify="right"),
    )
