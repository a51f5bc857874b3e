"""One output on a page: read it, correct it from the person's paper, withdraw it or let it count again."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from pmworkshop.core import commands as c
from pmworkshop.core.ids import OutputId
from pmworkshop.core.refusal import refuse
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import Duration
from pmworkshop.desk.keys import OUTPUT
from pmworkshop.desk.screens.dialogs import AskLine
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.leaf import Leaf
from pmworkshop.desk.widgets.output_blocks import output_blocks
from pmworkshop.live.views.outputs import output_page
from pmworkshop.live.workshop import Workshop


def utc_offset_of(state: Cohort, output: OutputId, otherwise: Duration) -> Duration:
    """Return how far local clocks were ahead of UTC in the delivery that an output belongs to."""
    found = state.outputs.get(output)
    delivery = state.deliveries.get(found.delivery) if found and found.delivery else None
    return delivery.utc_offset if delivery else otherwise


class OutputScreen(CohortScreen):
    """Shows `output_page` as the trainer may see it."""

    PURPOSE = "One output: every answer, what was amended, and what it comes to. The arrow keys scroll."
    BINDINGS: ClassVar[list[BindingType]] = OUTPUT

    def __init__(self, workshop: Workshop, output: OutputId) -> None:
        super().__init__(workshop)
        self._output = output

    def compose(self) -> ComposeResult:
        """Lay the output out."""
        yield Ends(id="top")
        yield Leaf()
        yield Hints(self._hint)

    def on_mount(self) -> None:
        """Begin on the page."""
        self.query_one(Leaf).focus()

    def redraw(self) -> None:
        """Show the output as it is now."""
        page = output_page(self.state, self._output)
        if page is None:
            return
        top = self.query_one("#top", Ends)
        top.left = f"{page.title} · {page.named}" if page.named else page.title
        versions = f"{len(page.versions)} versions" if len(page.versions) > 1 else ""
        top.right = "WITHDRAWN" if page.withdrawn else versions
        offset = utc_offset_of(self.state, self._output, self.desk.services.zone()[1])
        self.query_one(Leaf).show(output_blocks(page, offset))
        self.query_one(Hints).refresh()

    @property
    def _withdrawn(self) -> bool:
        output = self.state.outputs.get(self._output)
        return output is not None and output.withdrawn is not None

    def _hint(self, action: str, label: str) -> str:
        """Return what the hints call an action now; nothing for what cannot be done."""
        if self._withdrawn:
            return {"withdraw": "let it count again", "amend": ""}.get(action, label)
        return label

    @work
    async def action_amend(self) -> None:
        """Correct it from the person's paper."""
        from pmworkshop.desk.screens.work.filling import amend_from_paper  # noqa: PLC0415  # not needed to read one

        if self._withdrawn:
            self.say_no(refuse("This was withdrawn. Let it count again before correcting it: w does."))
        else:
            await amend_from_paper(self, self._output)

    @work
    async def action_withdraw(self) -> None:
        """Let it no longer count, with a reason; or let it count again."""
        if self._withdrawn:
            await self.ask(c.RestoreOutput(output=self._output))
            return
        title = "Why does this no longer count? The record keeps it, with your reason."
        reason = await self.put(AskLine(title, hint="such as: entered twice", wrong=_no_reason))
        if reason is not None:
            await self.ask(c.WithdrawOutput(output=self._output, reason=reason))


def _no_reason(text: str) -> str:
    return "" if text.strip() else "Say why: whoever checks the record later will ask."
