"""Catching up as the screen of the day tells of it: whether it is worth it, and what evidence is at risk."""

from typing import TYPE_CHECKING, Any, Final

from textual.content import Content
from textual.widgets import Static

from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.refusal import refuse
from pmworkshop.core.running import NOT_UNDER_WAY
from pmworkshop.core.units import SECOND
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.live.workshop import Workshop

if TYPE_CHECKING:
    from pmworkshop.live.views.catching_up.evidence_left import EvidenceLeft, EvidenceWatch
    from pmworkshop.live.views.catching_up.view import CatchUpHint

EVERY: Final = 5 * SECOND
"""So long a hint holds while nothing else has changed."""
AROUND: Final = 4
"""Cells around and between the ends of the last line."""


class CatchingUp(WorkshopScreen):
    """Knows who lacks what evidence, and what catching up would do; opens the screen for it."""

    def __init__(self, workshop: Workshop, delivery: DeliveryId) -> None:
        super().__init__(workshop, delivery)
        self._evidence_watch: EvidenceWatch | None = None
        self._known: tuple[Any, Any, dict[str, frozenset[str]]] = (None, None, {})
        self._hinted: tuple[Any, Any, int] = (None, None, 0)
        self._hint: CatchUpHint | None = None

    def evidence_left(self) -> "EvidenceLeft":
        """Return what people in the room lack, and what each activity can bring evidence for."""
        from pmworkshop.live.views.catching_up.evidence_left import (  # noqa: PLC0415  # not before the first picture
            EvidenceLeft,
            EvidenceWatch,
            known_criteria,
        )

        if self._evidence_watch is None:
            self._evidence_watch = EvidenceWatch()
        state, kit = self.state, self.desk.kit
        if self._known[0] is not kit or self._known[1] is not state.editions:
            exercises, decks = (kit.exercises, kit.decks) if kit else ({}, {})
            self._known = (kit, state.editions, known_criteria(state, exercises, decks))
        return EvidenceLeft(lacking=self._evidence_watch.lacking(state, self.delivery), known=self._known[2])

    def catch_up_hint(self) -> "CatchUpHint | None":
        """Return what to say about catching up; worked out anew when something has changed, or every few seconds.

        None while nothing runs, or the kit has not been read: what evidence an activity can bring stands there.
        """
        if not self.delivery.under_way or self.desk.kit is None:
            return None
        from pmworkshop.live.views.catching_up.view import catch_up_hint  # noqa: PLC0415  # as above

        now = self.desk.services.now()
        key = (self.state, self.desk.kit, now // EVERY)
        if (
            any(a is not b for a, b in zip(key[:2], self._hinted[:2], strict=True))
            or key[2] != self._hinted[2]
        ):
            self._hinted = key
            self._hint = catch_up_hint(self.state, self.delivery, now, self.evidence_left())
        return self._hint

    def show_foot(self, headline: str, *asides: str) -> None:
        """Show how late the room is, whether catching up is worth it, and what evidence is at risk.

        The key that takes it back is named where there is room. At the right stands what fits: all of it, else what is
        at risk, else what there is no risk beside.
        """
        hint, foot = self.catch_up_hint(), self.query_one("#foot", Ends)
        said, evidence, at_risk = (hint.words, hint.evidence, hint.risk) if hint else ("", "", "")
        ways = (said, said.partition(":")[0])
        lefts = [" · ".join(part for part in (headline, words) if part) for words in ways]
        foot.left = next((words for words in lefts if len(words) <= self.size.width - AROUND), lefts[-1])
        aside = " · ".join(part for part in asides if part)
        both = " · ".join(part for part in (aside, evidence) if part)
        short = evidence.removeprefix("evidence ")
        order = (both, evidence, short, aside) if at_risk else (both, aside, evidence)
        room = self.size.width - len(foot.left) - AROUND
        foot.right = next((words for words in order if len(words) <= room), "")
        risk, words = self.query_one("#risk", Static), Content(at_risk)
        risk.display = bool(at_risk)
        if risk.content != words:
            risk.update(words)

    async def action_catch_up(self) -> None:
        """Show what could be done about the time."""
        if not self.delivery.under_way:
            self.say_no(refuse(f"{NOT_UNDER_WAY.words} There is nothing to catch up."))
            return
        from pmworkshop.desk.screens.day.catch_up import CatchUpScreen  # noqa: PLC0415  # not before it is wanted

        if self.app.screen is self:
            await self.app.push_screen(CatchUpScreen(self.workshop, self.delivery_id, self.evidence_left))
