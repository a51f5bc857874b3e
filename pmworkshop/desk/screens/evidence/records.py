"""What others wrote about one person: the assessor's own observations, and statements of witnesses."""

from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from pmworkshop.core import commands as c
from pmworkshop.core.evidence import RecordKind, WorkRecord
from pmworkshop.core.ids import ParticipantId, RecordId
from pmworkshop.core.refusal import refuse
from pmworkshop.core.words import said_day
from pmworkshop.desk.keys import RECORDS
from pmworkshop.desk.screens.dialogs import AskLine, Pick
from pmworkshop.desk.screens.evidence.record_form import write_record
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.leaf import Leaf
from pmworkshop.desk.widgets.markdown import GAP, Block
from pmworkshop.desk.widgets.parts import bold, plain, quiet
from pmworkshop.desk.widgets.rows import Rows
from pmworkshop.live.views.days import said_at
from pmworkshop.live.views.outputs import person_name
from pmworkshop.live.workshop import Workshop

KINDS: Final[dict[RecordKind, str]] = {"observation": "observation", "witness": "statement"}
CHOICES: Final = (
    ("observation", "An observation record: what I saw myself, as the assessor"),
    ("witness", "A witness's statement: what somebody else saw, who is no relative"),
)
LABELS: Final = ("Kind", "By", "Day", "Criteria", "Versions")
OTHERS: Final = 62
NONE_YET: Final = "Nothing yet. n writes an observation record, or a witness's statement."
NOTHING_HERE: Final = refuse("There is no record yet. n writes one.")
WITHDRAWN: Final = refuse("This was withdrawn. Write a new one: n does.")


class RecordsScreen(CohortScreen):
    """Shows the records about one person, those that were withdrawn last."""

    PURPOSE = "Observation records and witness statements. A correction is added; the earlier wording stays in the record."
    BINDINGS: ClassVar[list[BindingType]] = RECORDS

    def __init__(self, workshop: Workshop, participant: ParticipantId, at: RecordId | None = None) -> None:
        """Begin with the cursor on the record `at`, where one is meant."""
        super().__init__(workshop)
        self._participant, self._at = participant, at
        self._records: tuple[WorkRecord, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay the records out."""
        yield Ends(id="top")
        yield Rows()
        yield Static(NONE_YET, id="empty")
        yield Leaf()
        yield Hints()

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(Rows).focus()

    def on_resize(self) -> None:
        """Cut the names to the new width."""
        self.redraw_if_shown()

    def redraw(self) -> None:
        """Show the records as they are now."""
        mine = [one for one in self.state.records.values() if one.participant == self._participant]
        self._records = tuple(sorted(mine, key=lambda one: one.withdrawn is not None))
        top, rows = self.query_one("#top", Ends), self.query_one(Rows)
        top.left = f"Records about {person_name(self.state, self._participant)}"
        count = sum(one.withdrawn is None for one in mine)
        top.right = f"{count} that count" if mine else ""
        rows.display, self.query_one("#empty").display = bool(mine), not mine
        widths = (11, max(self.size.width - OTHERS, 12), 17, 13, 13)
        gone = frozenset(n for n, one in enumerate(self._records) if one.withdrawn)
        texts = [_texts(one) for one in self._records]
        ids = [one.id for one in self._records]
        rows.show(LABELS, widths, texts, ids, gone)
        if self._at in ids:
            rows.cursor, self._at = ids.index(self._at), None
        self._show_page()

    @on(Rows.Highlighted)
    def _show_page(self) -> None:
        """Show the record under the cursor."""
        here = self._here
        blocks = _page(here, said_at(self.state, here.newest.at)) if here else ()
        self.query_one(Leaf).show(blocks)

    @property
    def _here(self) -> WorkRecord | None:
        at = self.query_one(Rows).cursor
        return self._records[at] if at < len(self._records) else None

    @work
    async def action_new(self) -> None:
        """Write a record."""
        kind = await self.put(Pick("What is it?", CHOICES))
        if kind is not None:
            await write_record(self, self._participant, "witness" if kind == "witness" else "observation")

    @on(Rows.Opened)
    @work
    async def action_correct(self) -> None:
        """Correct the record under the cursor."""
        here = self._here
        if here is None or here.withdrawn is not None:
            self.say_no(WITHDRAWN if here else NOTHING_HERE)
        else:
            await write_record(self, self._participant, here.newest.particulars.kind, here)

    @work
    async def action_withdraw(self) -> None:
        """Let the record under the cursor no longer count."""
        here = self._here
        if here is None:
            self.say_no(NOTHING_HERE)
            return
        if here.withdrawn is not None:
            self.say_no(WITHDRAWN)
            return
        title = "Why does this no longer count? It stays here, with your reason."
        reason = await self.put(AskLine(title, hint="such as: about somebody else", wrong=_no_reason))
        if reason is not None:
            await self.ask(c.WithdrawRecord(record=RecordId(here.id), reason=reason))


def _texts(record: WorkRecord) -> tuple[str, ...]:
    said = record.newest.particulars
    versions = [str(len(record.wordings))] + (["withdrawn"] if record.withdrawn else [])
    return KINDS[said.kind], said.by, said_day(said.day), ", ".join(said.criteria), ", ".join(versions)


def _page(record: WorkRecord, at: str) -> tuple[Block, ...]:
    said = record.newest.particulars
    relation = f", {said.relation}" if said.relation else ""
    gone = (bold(f"Withdrawn: {record.withdrawn.reason}", "! "),) if record.withdrawn else ()
    return (
        *gone,
        bold(f"{said.by}, {said.role}{relation}"),
        quiet(f"{said_day(said.day)}, {said.place}. Written down {at}."),
        GAP,
        plain(said.text),
    )


def _no_reason(text: str) -> str:
    return "" if text.strip() else "Say why: whoever checks the record later will ask."
