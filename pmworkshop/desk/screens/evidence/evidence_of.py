"""One person's evidence for one criterion, piece by piece; an output added to it or taken out, with a reason."""

from collections.abc import Iterator
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from pmworkshop.core import commands as c
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.plan import CriterionId
from pmworkshop.core.refusal import refuse
from pmworkshop.desk.keys import EVIDENCE
from pmworkshop.desk.screens.dialogs import AskLine
from pmworkshop.desk.screens.evidence.records import RecordsScreen
from pmworkshop.desk.screens.picking import PickName
from pmworkshop.desk.screens.work.output import OutputScreen
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.leaf import Leaf
from pmworkshop.desk.widgets.markdown import GAP, Block
from pmworkshop.desk.widgets.parts import bold, bullets, heading, plain, quiet
from pmworkshop.desk.widgets.rows import Rows
from pmworkshop.desk.widgets.safe import safe
from pmworkshop.live.views.coverage import (
    CriterionCoverage,
    EvidenceLine,
    PersonCoverage,
    could_support,
    person_coverage,
)
from pmworkshop.live.workshop import Workshop

LABELS: Final = ("What", "Kind", "When", "Counts")
OTHERS: Final = 48
"""Cells that the columns beside the title take."""
MOST_OPEN: Final = 6
NOTHING_HERE: Final = refuse("Nothing is here yet. a adds an output.")
NOT_A_RECORD: Final = refuse("A record names its criteria itself. r shows the records: correct it there.")
NO_OTHER: Final = refuse("There is no other output in this person's pack that could be added.")


class EvidenceScreen(CohortScreen):
    """Shows one criterion of `person_coverage`."""

    PURPOSE = "The evidence of one person for one criterion. Enter opens the output itself, or the records."
    BINDINGS: ClassVar[list[BindingType]] = EVIDENCE

    def __init__(self, workshop: Workshop, participant: ParticipantId, criterion: CriterionId) -> None:
        super().__init__(workshop)
        self._participant, self._criterion = participant, criterion
        self._found: tuple[PersonCoverage, CriterionCoverage] | None = None

    def compose(self) -> ComposeResult:
        """Lay the evidence out."""
        yield Ends(id="top")
        yield Static(id="criterion")
        yield Rows()
        yield Leaf()
        yield Hints()

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(Rows).focus()

    def on_resize(self) -> None:
        """Cut the titles to the new width."""
        self.redraw_if_shown()

    def redraw(self) -> None:
        """Show the evidence as it is now."""
        person = person_coverage(self.state, self._participant)
        found = next((one for one in person.criteria if one.criterion.id == self._criterion), None)
        if found is None:
            return
        self._found = person, found
        top, rows = self.query_one("#top", Ends), self.query_one(Rows)
        top.left, top.right = person.name, found.cell.words
        words = Content.assemble(
            (f"{found.criterion.id}  ", "bold $text-primary"), safe(found.criterion.text)
        )
        self.query_one("#criterion", Static).update(words)
        title = max(self.size.width - OTHERS, 20)
        texts = [_texts(one) for one in found.pieces] or [("Nothing yet", "", "", "")]
        group = frozenset(n for n, one in enumerate(found.pieces) if not one.counts)
        rows.show(LABELS, (title, 11, 24, 6), texts, [str(n) for n in range(len(texts))], group)
        self._show_page()

    @on(Rows.Highlighted)
    def _show_page(self) -> None:
        """Say what there is to say about the piece under the cursor."""
        if self._found is not None:
            self.query_one(Leaf).show(tuple(_page(*self._found, self.query_one(Rows).cursor)))

    @property
    def _here(self) -> EvidenceLine | None:
        pieces, at = self._found[1].pieces if self._found else (), self.query_one(Rows).cursor
        return pieces[at] if at < len(pieces) else None

    @on(Rows.Opened)
    async def opened(self) -> None:
        """Open the output, or the records."""
        here = self._here
        if here is None:
            self.say_no(NOTHING_HERE)
        elif here.output is not None:
            await self.app.push_screen(OutputScreen(self.workshop, here.output))
        else:
            await self.app.push_screen(RecordsScreen(self.workshop, self._participant, here.record))

    async def action_records(self) -> None:
        """Show what others wrote about this person."""
        await self.app.push_screen(RecordsScreen(self.workshop, self._participant))

    @work
    async def action_add(self) -> None:
        """Let another output support this criterion."""
        others = could_support(self.state, self._participant, self._criterion)
        if not others:
            self.say_no(NO_OTHER)
            return
        picked = await self.put(PickName(f"Which output supports {self._criterion} too?", list(others)))
        if picked is not None:
            await self._map(OutputId(picked), on=True)

    @work
    async def action_out(self) -> None:
        """Take the output under the cursor out of this criterion."""
        here = self._here
        if here is None or here.output is None:
            self.say_no(NOTHING_HERE if here is None else NOT_A_RECORD)
        else:
            await self._map(here.output, on=False)

    async def _map(self, output: OutputId, *, on: bool) -> None:
        people = len(self.state.outputs[output].people)
        all_of = f", for all {people} who made it" if people > 1 else ""
        what = "support" if on else "no longer support"
        title = f"Why does this {what} {self._criterion}{all_of}? It stands beside the evidence."
        reason = await self.put(AskLine(title, hint="such as: the debrief was about this", wrong=_no_reason))
        if reason is not None:
            command = c.MapCriterion(output=output, criterion=self._criterion, on=on, reason=reason)
            await self.ask(command)


def _texts(one: EvidenceLine) -> tuple[str, str, str, str]:
    return one.title, one.kind, one.when, str(one.counts) if one.counts else "–"  # noqa: RUF001  # an empty cell


def _page(person: PersonCoverage, found: CriterionCoverage, at: int) -> Iterator[Block]:
    """Yield what there is to say about the piece under the cursor, what is missing, and what would help."""
    here = found.pieces[at] if at < len(found.pieces) else None
    if here is not None:
        yield bold(here.title)
        for line in here.lines:
            yield plain(line, "! ")
        yield GAP
    minimum = found.criterion.minimum
    if minimum > 1:
        different = f"{found.count} different entr{'y' if found.count == 1 else 'ies'}, over all sheets"
        yield plain(f"{different}; the criterion asks for {minimum}.")
    if found.cell.level != "supports" and found.still_open:
        yield heading("Would support it")
        yield from bullets(found.still_open[:MOST_OPEN])
    for one in found.taken_out:
        yield quiet(f"{one.title} was taken out: {one.reason}")
    if person.signed.standing == "void":
        yield quiet(f"{person.name} {person.signed.words}.")


def _no_reason(text: str) -> str:
    return "" if text.strip() else "Say why: the centre reads it beside the evidence."
