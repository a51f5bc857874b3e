"""One form, filled in question by question by keyboard alone. What is half written is kept and survives a crash."""

import asyncio
import json
from typing import ClassVar, Final

from textual import on, work
from textual.binding import BindingType
from textual.timer import Timer
from textual.widgets import OptionList

from pmworkshop.core.commands import SubmitOutput
from pmworkshop.core.refusal import Refusal
from pmworkshop.desk.keys import FORM
from pmworkshop.desk.screens.dialogs import Question
from pmworkshop.desk.screens.work.form_pages import Filling, FormPages
from pmworkshop.desk.widgets.answering import Changed, Done
from pmworkshop.desk.widgets.writing import ShowingPhoto
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.workshop import Outcome, Workshop

DRAFT_SECONDS: Final = 0.5


class FormScreen(FormPages):
    """One form: what it is for, its questions one by one, then all answers to look over. `handed_in` says whether."""

    PURPOSE = "Filling in a form. Everything typed is kept, also when the laptop fails."
    BINDINGS: ClassVar[list[BindingType]] = FORM

    def __init__(self, workshop: Workshop, filling: Filling) -> None:
        super().__init__(workshop, filling)
        self._timer: Timer | None = None
        self._saved = json.dumps(self._raw, default=list)
        self._handing_in = self._finished = False
        self.handed_in = False

    @on(OptionList.OptionSelected, "#review")
    def _jump(self, event: OptionList.OptionSelected) -> None:
        self._at = event.option_index
        self._show()

    @on(Changed)
    def _written(self) -> None:
        self._take()
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_SECONDS, self._save_draft)

    def _take(self) -> None:
        """Take what stands in the input."""
        items = self._items
        if self._input is not None and self._input.is_mounted and 0 <= self._at < len(items):
            self._raw[items[self._at].id] = self._input.given

    @on(Done)
    def _done(self) -> None:
        self.action_next()

    def key_enter(self) -> None:
        """Begin from the first page."""
        if self._at < 0:
            self.action_next()

    def action_next(self) -> None:
        """Go on, unless what stands here cannot be kept as it is."""
        self._take()
        items = self._items
        if 0 <= self._at < len(items):
            here = items[self._at].id
            wrong = [flaw.words for flaw in self._sheet.wrong if flaw.item == here]
            if wrong:
                self._say(wrong[0])
                return
        self._at += 1
        self._show()

    def action_back(self) -> None:
        """Go back."""
        self._take()
        self._at -= 1
        self._show()

    def action_all(self) -> None:
        """Look all answers over."""
        self._take()
        self._at = len(self._items)
        self._show()

    @on(ShowingPhoto.Given)
    @work
    async def _photo(self, event: ShowingPhoto.Given) -> None:
        """Keep a photo, which takes a while: by then another question may be shown."""
        kept = await asyncio.to_thread(self.desk.services.keep_photo, self.workshop, event.path)
        if event.asking is self._input and event.asking.is_mounted:
            event.asking.refused(kept.words) if isinstance(kept, Refusal) else event.asking.kept(kept)
        elif isinstance(kept, Refusal):
            self.say_no(kept)
        else:
            self._raw[event.asking.item] = kept
            self._save_draft()

    def action_hand_in(self) -> None:
        """Hand in, once at a time: nothing may cancel it, for its outcome would be lost."""
        if not (self._handing_in or self._finished):
            self._handing_in = True
            self._hand_in()

    @work
    async def _hand_in(self) -> None:
        try:
            await self._try_to_hand_in()
        finally:
            self._handing_in = False

    async def _try_to_hand_in(self) -> None:
        """Hand in; where something is missing, show what, and ask whether to hand in as it is."""
        self._take()
        outcome = await self._submit(with_gaps=False)
        if isinstance(outcome, Refusal):
            self.action_all()
        if isinstance(outcome, Refusal) and outcome.question:
            words = f"{outcome.words}\nHand it in as it is? It can be completed later."
            if not await self.put(Question(words, yes="Hand in", no="Go on", careful=True)):
                return
            outcome = await self._submit(with_gaps=True)
        if isinstance(outcome, Refusal):
            self.say_no(outcome)
            return
        self._finished = self.handed_in = True
        self.keep_draft(self._filling.draft, "")
        self.dismiss()

    async def _submit(self, *, with_gaps: bool) -> Outcome:
        filling = self._filling
        if filling.exercise.privacy == "anonymous":
            box = self.desk.services.new_id()
            answer = self.workshop.hold(
                filling.exercise_id,
                filling.participant,
                self._raw,
                box,
                with_gaps=with_gaps,
                draft=filling.draft,
            )
        else:
            command = SubmitOutput(
                output=filling.output,
                exercise_id=filling.exercise_id,
                edition=filling.edition,
                participant=filling.participant,
                members=filling.members,
                delivery=filling.delivery,
                answers=self._raw,
                route=filling.route,
                entered_by=filling.entered_by,
                submission=filling.submission,
                with_gaps=with_gaps,
            )
            answer = self.workshop.submit(command)
        try:
            return await asyncio.wrap_future(answer)
        except RecordTroubleError as trouble:
            return Refusal(words=f"Not recorded: {trouble}")

    def _save_draft(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = None
        now = json.dumps(self._raw, default=list)
        if self._finished or now == self._saved:
            return
        self._saved = now
        filling = self._filling
        body = {
            "answers": self._raw,
            "at": self._at,
            "submission": filling.submission,
            "members": filling.members,
        }
        self.keep_draft(filling.draft, json.dumps(body, default=list))

    def action_leave(self) -> None:
        """Leave it half written, unless it is being handed in."""
        if self._handing_in or self._finished:
            return
        self._take()
        self._save_draft()
        self.dismiss()

    def on_unmount(self) -> None:
        """Save what was typed in the last moment, should the desk be left from here."""
        super().on_unmount()
        if self._timer is not None:
            self._save_draft()
