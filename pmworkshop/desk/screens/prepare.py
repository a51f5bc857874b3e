"""What to have in hand, ticked before the start."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import SelectionList, Static
from textual.widgets.selection_list import Selection

from pmworkshop.core import commands as c
from pmworkshop.core.plan import Resource
from pmworkshop.desk.keys import PLAIN
from pmworkshop.desk.screens.base import WorkshopScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.markdown import markdown
from pmworkshop.desk.widgets.prose import Prose
from pmworkshop.desk.widgets.safe import safe_line


class PrepareScreen(WorkshopScreen):
    """The preparation list of one delivery."""

    PURPOSE = "What to have in hand before the start. Space or Enter ticks; every tick is kept."
    BINDINGS: ClassVar[list[BindingType]] = PLAIN

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        delivery = self.delivery
        yield Ends(id="top")
        with VerticalScroll(id="page"):
            if delivery.session.welcome:
                yield Prose(id="welcome")
            yield SelectionList[str](
                *(Selection(_words(one), one.id, one.id in delivery.prepared) for one in delivery.resources)
            )
            if not delivery.resources:
                yield Static("This session names nothing to bring.")
        yield Hints()

    def on_mount(self) -> None:
        """Begin in the list."""
        super().on_mount()
        self.query_one(SelectionList).focus()
        for prose in self.query(Prose):
            prose.show(markdown(self.delivery.session.welcome or ""))

    def redraw(self) -> None:
        """Say how much is ready."""
        top = self.query_one("#top", Ends)
        top.left = f"Before {self.delivery.session.title}: what to have in hand"
        top.right = f"{len(self.delivery.prepared)} of {len(self.delivery.resources)} ready"

    @on(SelectionList.SelectionToggled)
    async def ticked(self, event: "SelectionList.SelectionToggled[str]") -> None:
        """Put a tick on the record."""
        resource = event.selection.value
        on_list = resource in event.selection_list.selected
        await self.ask(c.TickResource(delivery=self.delivery_id, resource=resource, on=on_list))


def _words(resource: Resource) -> Content:
    parts: list[Content | tuple[str, str]] = [(safe_line(resource.title).plain, "bold")]
    for text in (resource.link, resource.note):
        if text:
            parts += [Content("\n"), safe_line(text)]
    return Content.assemble(*parts)
