"""The laptop in one participant's hands: look the pack through, choose what goes in, sign. Only the code leads back."""

import asyncio
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pmworkshop.core import commands as c
from pmworkshop.core.evidence import Covered
from pmworkshop.core.ids import EnteredBy, OutputId, ParticipantId, Route
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.signing import NO_CENTRE, covered
from pmworkshop.core.units import wall_clock
from pmworkshop.desk.keys import OWN_PACK, OWN_PAGE
from pmworkshop.desk.screens.dialogs import Question
from pmworkshop.desk.screens.evidence.sign_form import Signed, SignForm
from pmworkshop.desk.screens.room.codes import choose_code, has_code
from pmworkshop.desk.screens.work.filling import Way, fill
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.leaf import Leaf
from pmworkshop.desk.widgets.markdown import GAP, Block
from pmworkshop.desk.widgets.output_blocks import own_blocks
from pmworkshop.desk.widgets.parts import plain, quiet
from pmworkshop.desk.widgets.rows import Rows
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.my_evidence import share
from pmworkshop.live.views.outputs import holds_private, person_name
from pmworkshop.live.views.own_pack import OwnPack, OwnSheet, own_pack, own_page
from pmworkshop.live.workshop import Workshop

LABELS: Final = ("Goes in", "What", "Kind", "Handed in", "Blanks")
OTHERS: Final = 62
LONGEST: Final = 60
ALWAYS_IN: Final = refuse("All of this sheet goes in: it is evidence, and there is nothing to choose.")
A_RECORD: Final = refuse("This was written about you. If it is wrong, tell the trainer.")
NOT_THE_SCRIBE: Final = refuse("Somebody else wrote this for the group. They can correct it.")
NOTHING: Final = refuse("There is nothing to sign yet: nothing has been handed in under this name.")
OPENS: Final = (
    "This sheet holds answers that nobody else may see. Your recovery code opens it, or the trainer's code."
)


async def pass_to_sign(screen: CohortScreen, participant: ParticipantId) -> None:
    """Pass the laptop to one participant. Call from a worker."""
    pack = own_pack(screen.state, participant)
    if screen.state.centre is None:
        screen.say_no(NO_CENTRE)
    elif not (pack.sheets or pack.records):
        screen.say_no(NOTHING)
    elif await choose_code(screen) is not None:
        await screen.app.push_screen(SignScreen(screen.workshop, participant))


async def sign_from_paper(screen: CohortScreen, participant: ParticipantId) -> None:
    """Have the trainer record what somebody signed on a sheet. Call from a worker."""
    centre = screen.state.centre
    if centre is None:
        screen.say_no(NO_CENTRE)
        return
    name = person_name(screen.state, participant)
    title = f"What {safe_line(name, LONGEST).plain} ticked and signed on paper. You enter it for them."

    async def sign(given: Signed) -> str:
        return await _sign(screen, participant, given, "paper", "trainer")

    form = SignForm(title, centre.learner, sign, whose="The name as it is signed on the sheet")
    if await screen.put(form):
        screen.app.notify("Recorded as signed on paper. Keep the sheet.", markup=False, timeout=4)


async def _sign(
    screen: CohortScreen,
    participant: ParticipantId,
    given: Signed,
    route: Route,
    by: EnteredBy,
    seen: tuple[Covered, ...] | None = None,
) -> str:
    """Sign what was `seen`; return why not, if so."""
    command = c.SignPack(
        participant=participant,
        name=given.name,
        agreed=given.agreed,
        ai_use=given.ai_use,
        reuse=given.reuse,
        refuses_standardisation=given.refuses_standardisation,
        may_be_named=given.may_be_named,
        route=route,
        entered_by=by,
        seen=seen,
    )
    outcome = await asyncio.wrap_future(screen.workshop.submit(command))
    return outcome.words if isinstance(outcome, Refusal) else ""


class SignScreen(CohortScreen):
    """Shows `own_pack` to its owner, and nothing of anybody else."""

    PURPOSE = "Your pack. Look it through, choose what goes in, and sign."
    BINDINGS: ClassVar[list[BindingType]] = OWN_PACK

    def __init__(self, workshop: Workshop, participant: ParticipantId) -> None:
        super().__init__(workshop)
        self._participant = participant
        self._owner = person_name(workshop.state, participant)
        self._begun, self._thanks = False, ""

    def compose(self) -> ComposeResult:
        """Lay the pack out."""
        yield Ends(id="top")
        yield Static(id="say")
        yield Rows()
        yield Static(id="cell")
        yield Ends(id="foot", keep_left=True)
        yield Hints(self._hint)

    def on_mount(self) -> None:
        """Lock the desk, and ask whether the right person has it."""
        self.desk.locked = True
        self.query_one(Rows).focus()
        self._meet()

    @work
    async def _meet(self) -> None:
        name = safe_line(self._owner, LONGEST).plain
        words = (
            f"This laptop is for {name} now.\n\nYou see what goes into your evidence pack, which the centre "
            "receives. Look it through, correct what is wrong, choose what else goes in. Then sign."
        )
        while not self._begun and self.is_attached:
            if await self.put(Question(words, yes="That is me", no="Not me")):
                self._begun = True
                self.redraw()
            elif await has_code(self, "Give it back to the trainer. The trainer's code"):
                self._let_go()
                return

    def on_resize(self) -> None:
        """Cut the titles to the new width."""
        self.redraw_if_shown()

    def redraw(self) -> None:
        """Show the pack as it is now."""
        pack = own_pack(self.state, self._participant)
        top, rows = self.query_one("#top", Ends), self.query_one(Rows)
        top.left = f"Evidence pack of {pack.name}"
        top.right = f"{pack.going_in} of {len(pack.sheets)} sheets go in" if self._shows else ""
        rows.display = self._shows
        self.query_one("#say", Static).update(Content(self._words(pack)))
        texts = [*(_texts(one) for one in pack.sheets), *(("all", one.title, "about you", one.when, "")
                                                          for one in pack.records)]  # fmt: skip
        keys = [*(one.output for one in pack.sheets), *(f"record:{one.record}" for one in pack.records)]
        widths = (9, max(self.size.width - OTHERS, 14), 10, 24, 6)
        out = frozenset(n for n, one in enumerate(pack.sheets) if one.goes_in == "nothing")
        rows.show(LABELS, widths, texts, keys, quiet=out)
        foot = self.query_one("#foot", Ends)
        foot.left = "* is yours to choose, with Space. Enter shows what goes in of a sheet."
        foot.display = self._shows
        self._show_share()
        self.query_one(Hints).refresh()

    @on(Rows.Highlighted)
    def _show_share(self) -> None:
        """Say what of the sheet under the cursor goes in."""
        here = self._here()
        words = share(self.state, self.state.outputs[here.output], self._participant).words if here else ""
        self.query_one("#cell", Static).update(safe_line(words))

    @property
    def _shows(self) -> bool:
        return self._begun and not self._thanks

    def _words(self, pack: OwnPack) -> str:
        if self._thanks or not self._begun:
            return self._thanks
        if pack.signed.standing == "void":
            why = "; ".join(pack.signed.why)
            return f"Your signature no longer holds: {safe_line(why, 200).plain}. Sign anew with s."
        if pack.signed.standing != "not signed":
            return f"You have {pack.signed.words}. What is changed from now on has to be signed anew."
        return "Look through what goes into your pack. When it is right, s signs."

    def _hint(self, action: str, label: str) -> str:
        return label if self._shows or action == "leave" else ""

    def _here(self) -> OwnSheet | None:
        """Return the sheet under the cursor; None for what somebody else wrote."""
        if not self._shows:
            return None
        key = self.query_one(Rows).key
        return next(
            (one for one in own_pack(self.state, self._participant).sheets if one.output == key), None
        )

    @on(Rows.Opened)
    async def opened(self, event: Rows.Opened) -> None:
        """Show what goes in, as it reads."""
        page = own_page(self.state, OutputId(event.key), self._participant)
        if page is not None:
            await self.app.push_screen(OwnPageScreen(page.page.title, own_blocks(page)))
            return
        for one in own_pack(self.state, self._participant).records:
            if event.key == f"record:{one.record}":
                blocks = (quiet(one.when), GAP, plain(one.text))
                await self.app.push_screen(OwnPageScreen(one.title, blocks))

    async def action_choose(self) -> None:
        """Put all of the sheet in, or leave out again what is theirs to choose."""
        here = self._here()
        if here is None or not here.may_choose:
            if self._shows:
                self.say_no(ALWAYS_IN if here else A_RECORD)
            return
        command = c.ChooseForPack(output=here.output, participant=self._participant, on=not here.chosen)
        await self.ask(command)

    @work
    async def action_correct(self) -> None:
        """Correct the sheet under the cursor."""
        here = self._here()
        if here is None or not here.may_correct:
            if self._shows:
                self.say_no(NOT_THE_SCRIBE if here else A_RECORD)
            return
        output = self.state.outputs[here.output]
        if holds_private(self.state, output) and not await has_code(self, OPENS, self._participant):
            return
        way = Way(delivery=output.delivery)
        if await fill(self, output.exercise_id, self._participant, way, output) is not None:
            self.app.notify("Corrected; what stood there before is kept.", markup=False, timeout=3)

    @work
    async def action_sign(self) -> None:
        """Sign."""
        centre = self.state.centre
        if centre is None or not self._shows:
            return
        title = f"{safe_line(self._owner, LONGEST).plain}: put your name to your evidence pack"
        seen = covered(self.state, self._participant)

        async def sign(given: Signed) -> str:
            return await _sign(self, self._participant, given, "laptop", "participant", seen)

        if await self.put(SignForm(title, centre.learner, sign)):
            at = wall_clock(self.desk.services.now(), self.desk.services.zone()[1])
            self._thanks = (
                f"Thank you. Signed at {at}, and kept on the trainer's laptop. Give it back to the trainer."
            )
            self.redraw()

    def action_leave(self) -> None:
        """Leave with the trainer's code."""
        self._go_back()

    @work
    async def _go_back(self) -> None:
        if await has_code(self, "The trainer's code"):
            self._let_go()

    def _let_go(self) -> None:
        self.desk.locked = False
        if self.app.screen is self:
            self.app.pop_screen()

    def on_unmount(self) -> None:
        """Unlock the desk, however this was left."""
        super().on_unmount()
        self.desk.locked = False


class OwnPageScreen(ModalScreen[None]):
    """One thing that goes into the pack, as it reads; Escape or Enter goes back."""

    BINDINGS: ClassVar[list[BindingType]] = OWN_PAGE

    def __init__(self, title: str, blocks: tuple[Block, ...]) -> None:
        super().__init__()
        self._title, self._blocks = title, blocks

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield Ends(id="top")
        yield Leaf()
        yield Hints()

    def on_mount(self) -> None:
        """Show the page."""
        self.query_one("#top", Ends).left = self._title
        leaf = self.query_one(Leaf)
        leaf.show(self._blocks)
        leaf.focus()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


def _texts(one: OwnSheet) -> tuple[str, ...]:
    choice = " *" if one.may_choose else ""
    return one.goes_in + choice, one.title, one.kind, one.when, str(one.blanks) if one.blanks else ""
