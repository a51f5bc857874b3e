"""Making packs: whose, where to, final or as drafts; then a bar, which the trainer may stop. The clock goes on."""

import asyncio
import threading
from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import matching
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value
from pmworkshop.desk.keys import ASKING, EXPORTING
from pmworkshop.desk.screens.dialogs import AskLine, Pick, Telling
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.services import ExportOutcome, Services
from pmworkshop.desk.widgets.bars import Progress
from pmworkshop.desk.widgets.safe import safe, safe_line
from pmworkshop.live.views.outputs import person_name
from pmworkshop.live.views.packing import pack_view
from pmworkshop.live.workshop import Workshop

ONE, ALL, FINAL, DRAFT = "one", "all", "final", "draft"
LONGEST: Final = 60
NOBODY: Final = refuse("Nobody is on the register yet, so there is no pack to make.")
FAILED: Final = "The packs were not made because of a fault of the software's own ({}). {}"


@value
class Lacking:
    """Why somebody's pack is not final."""

    participant: ParticipantId
    name: str
    why: tuple[str, ...]


def lacking(state: Cohort, people: Sequence[ParticipantId], at: Instant) -> tuple[Lacking, ...]:
    """Return whose packs are not final, and why. Takes a while for many."""
    found = []
    for one in people:
        view = pack_view(state, one, at, (0, ""), "")
        why = (view.words,) if isinstance(view, Refusal) else view.lacks
        if why:
            found.append(Lacking(participant=one, name=person_name(state, one), why=why))
    return tuple(found)


async def export_packs(screen: CohortScreen, here: ParticipantId | None) -> None:
    """Ask what is to be made, and make it. Call from a worker."""
    people = await _whose(screen, here)
    if not people:
        return
    title = "Which folder? Nothing typed: “exports” in the cohort's own folder."
    to = await screen.put(AskLine(title, hint="exports"))
    if to is None:
        return
    short = await asyncio.to_thread(lacking, screen.state, people, screen.desk.services.now())
    draft = False
    if short:
        picked = await screen.put(LackingDialog(short, len(people)))
        if picked is None:
            return
        draft = picked == DRAFT
        without = {one.participant for one in short}
        people = people if draft else tuple(one for one in people if one not in without)
    outcome = await screen.put(Exporting(screen.workshop, people, to.strip(), draft=draft))
    if isinstance(outcome, Refusal):
        await screen.put(Telling(outcome.words))
    elif outcome is not None:
        await screen.put(Telling(_said(outcome)))


async def _whose(screen: CohortScreen, here: ParticipantId | None) -> tuple[ParticipantId, ...]:
    people = sorted(screen.state.participants.values(), key=lambda one: matching(one.name))
    everybody = tuple(one.id for one in people)
    if not everybody or here is None:
        screen.say_no(NOBODY)
        return ()
    if len(everybody) == 1:
        return everybody
    choices = [(ALL, f"All {len(everybody)}"), (ONE, f"{person_name(screen.state, here)}, and nobody else")]
    picked = await screen.put(Pick("Whose packs?", choices))
    return () if picked is None else everybody if picked == ALL else (here,)


def _said(outcome: ExportOutcome) -> str:
    packs = "1 pack" if len(outcome.files) == 1 else f"{len(outcome.files)} packs"
    head = f"Stopped after {packs}." if outcome.stopped else f"{packs} made."
    lines = [head, f"In {outcome.folder}", *(f"  {one}" for one in outcome.files)]
    lines += ["", "What was lacking:", *(f"  {one}" for one in outcome.lacking)] if outcome.lacking else []
    return "\n".join(lines)


class LackingDialog(ModalScreen[str | None]):
    """What is lacking, person by person; and whether to make drafts, or only what is final."""

    BINDINGS: ClassVar[list[BindingType]] = ASKING

    def __init__(self, short: Sequence[Lacking], wanted: int) -> None:
        super().__init__()
        self._short = tuple(short)
        final = wanted - len(self._short)
        only = "1 that lacks" if final == 1 else f"{final} that lack"
        self._choices = [(FINAL, f"Only the {only} nothing")] if final else []
        drafts = (
            "All, those that lack something marked DRAFT on every page" if final else "Make it as a DRAFT"
        )
        self._choices.append((DRAFT, drafts if wanted == 1 or final else "Make them all as DRAFTS"))
        self._head = (
            "This pack is not final yet:"
            if wanted == 1
            else f"{len(self._short)} of {wanted} packs are not final yet:"
        )

    def compose(self) -> ComposeResult:
        """Lay the list and the choice out."""
        lines = [line for one in self._short for line in _lines(one)]
        with Vertical(classes="dialog"):
            yield Static(self._head, classes="title")
            with VerticalScroll(classes="words"):
                yield Static(safe("\n".join(lines)))
            yield OptionList(*(Option(safe_line(words)) for _, words in self._choices))
            yield Static(
                "Enter takes one, Esc makes nothing, Tab and the arrow keys scroll.", classes="quiet"
            )

    def on_mount(self) -> None:
        """Stand on the choice."""
        choices = self.query_one(OptionList)
        choices.highlighted = 0
        choices.focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index][0])

    def action_leave(self) -> None:
        """Make nothing."""
        self.dismiss(None)


def _lines(one: Lacking) -> list[str]:
    return [safe_line(one.name, LONGEST).plain, *(f"  {safe_line(why).plain}" for why in one.why)]


class Exporting(ModalScreen["ExportOutcome | Refusal | None"]):
    """The bar while packs are made on a thread of their own; Escape stops after the one that is being made."""

    BINDINGS: ClassVar[list[BindingType]] = EXPORTING

    def __init__(
        self, workshop: Workshop, people: tuple[ParticipantId, ...], to: str, *, draft: bool
    ) -> None:
        super().__init__()
        self._workshop, self._people, self._to, self._draft = workshop, people, to, draft
        self._stop = threading.Event()
        self._far = (0, len(people), "")
        self._told = False

    def compose(self) -> ComposeResult:
        """Lay the bar out."""
        with Vertical(classes="dialog"):
            yield Static("Making packs", classes="title")
            yield Progress(id="export-bar")
            yield Static(id="export-who")
            yield Static("The clock goes on. Esc stops after this pack.", classes="quiet", id="export-words")

    def on_mount(self) -> None:
        """Begin."""
        self._show()
        self._make()

    @work
    async def _make(self) -> None:
        services: Services = self.app.services  # type: ignore[attr-defined]  # the desk's own
        try:
            outcome = await asyncio.to_thread(
                services.export_packs,
                self._workshop,
                self._people,
                self._to,
                self._draft,
                self._progress,
                self._stop.is_set,
            )
        except Exception as fault:  # noqa: BLE001  # saves the day: a pack can be made again, a running session not
            kept = services.keep_failure(repr(fault))
            outcome = refuse(FAILED.format(type(fault).__name__, kept))
        if self.is_attached:
            self.dismiss(outcome)

    def _progress(self, done: int, total: int, name: str) -> None:
        """On the thread that makes packs: let the screen's own thread show how far it is, once for however many."""
        self._far = (done, total, name)
        if not self._told and self.app.is_running:
            self._told = True
            self.app.call_later(self._hear)

    def _hear(self) -> None:
        self._told = False
        if self.is_attached:
            self._show()

    def _show(self) -> None:
        done, total, name = self._far
        words = f"{min(done + 1, total)} of {total}" if name else f"{done} of {total}"
        self.query_one(Progress).show(done / max(total, 1), words)
        self.query_one("#export-who", Static).update(safe_line(name, LONGEST))

    def action_stop(self) -> None:
        """Stop after the pack that is being made."""
        self._stop.set()
        self.query_one("#export-words", Static).update("Stopping after this pack …")

    def on_unmount(self) -> None:
        """Make no more, should the desk be left from here."""
        self._stop.set()
