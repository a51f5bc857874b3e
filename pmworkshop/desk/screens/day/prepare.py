"""What to have in hand, ticked before the start."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pmworkshop.core import commands as c
from pmworkshop.core.plan import Resource
from pmworkshop.desk.keys import PREPARE
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.markdown import markdown
from pmworkshop.desk.widgets.prose import Prose
from pmworkshop.desk.widgets.safe import safe, safe_line


class PrepareScreen(WorkshopScreen):
    """The preparation list of one delivery."""

    PURPOSE = "What to have in hand before the start. Space or Enter ticks; every tick is kept."
    BINDINGS: ClassVar[list[BindingType]] = PREPARE

    def compose(self) -> ComposeResult:
        """Lay the list out."""
        yield Ends(id="top")
        with VerticalScroll(id="page") as page:
            page.can_focus = False
            if self.delivery.session.welcome:
                yield Prose(id="welcome")
            yield OptionList(id="list")
            yield Static(id="note")
        yield Hints()

    def on_mount(self) -> None:
        """Begin in the list."""
        resources = self.query_one(OptionList)
        resources.add_options(Option(_words(one, on=False)) for one in self.delivery.resources)
        resources.display = bool(self.delivery.resources)
        resources.focus()
        resources.highlighted = 0 if self.delivery.resources else None
        for prose in self.query(Prose):
            prose.show(markdown(self.delivery.session.welcome or ""))
        if not self.delivery.resources:
            self.query_one("#note", Static).update("This session names nothing to bring.")

    def redraw(self) -> None:
        """Show what is ready, and how much."""
        delivery = self.delivery
        top = self.query_one("#top", Ends)
        top.left = f"Before {delivery.session.title}: what to have in hand"
        top.right = f"{len(delivery.prepared)} of {len(delivery.resources)} ready"
        resources = self.query_one(OptionList)
        for index, one in enumerate(delivery.resources):
            resources.replace_option_prompt_at_index(index, _words(one, on=one.id in delivery.prepared))

    @on(OptionList.OptionHighlighted)
    def highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say more about the thing under the cursor."""
        one = self.delivery.resources[event.option_index]
        lines = [text for text in (one.link, one.note) if text]
        self.query_one("#note", Static).update(safe("\n".join(lines)))

    @on(OptionList.OptionSelected)
    async def ticked(self, event: OptionList.OptionSelected) -> None:
        """Tick by Enter or click."""
        await self._tick(event.option_index)

    async def action_tick(self) -> None:
        """Tick or untick the thing under the cursor."""
        here = self.query_one(OptionList).highlighted
        if here is not None:
            await self._tick(here)

    async def _tick(self, index: int) -> None:
        resource = self.delivery.resources[index].id
        on_list = resource not in self.delivery.prepared
        await self.ask(c.TickResource(delivery=self.delivery_id, resource=resource, on=on_list))


def _words(resource: Resource, *, on: bool) -> Content:
    return Content.assemble("☑ " if on else "☐ ", safe_line(resource.title))
