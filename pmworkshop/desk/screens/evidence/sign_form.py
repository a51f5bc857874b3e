"""Declarations to tick, what has to be said besides, and a typed name: the one form for every signature at the laptop."""

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from pmworkshop.core.centre import Declaration
from pmworkshop.core.value import value
from pmworkshop.desk.keys import PAGE
from pmworkshop.desk.widgets.answering import KEYS, Choosing
from pmworkshop.desk.widgets.entry import Line
from pmworkshop.desk.widgets.safe import safe

REFUSES: Final = "refuses-standardisation"
NAMED: Final = "may-be-named"
CHOICES: Final = (
    Declaration(
        id=REFUSES,
        text="No: my work may not be used, not even without my name, to compare marking between assessors.",
    ),
    Declaration(
        id=NAMED,
        text="Yes: where I worked with others, their packs may show my name. Otherwise they show my initials.",
    ),
)
QUESTIONS: Final = (
    ("ai_use", "How were AI tools used? “None” will do."),
    ("reuse", "Has any of this been used elsewhere, or will it be? “None” will do."),
)


@value
class Signed:
    """What somebody ticked and wrote; `name` is the signature."""

    agreed: tuple[str, ...]
    name: str
    ai_use: str = ""
    reuse: str = ""

    @property
    def refuses_standardisation(self) -> bool:
        """Whether anonymised use is refused."""
        return REFUSES in self.agreed

    @property
    def may_be_named(self) -> bool:
        """Whether others' packs may show the name."""
        return NAMED in self.agreed


class SignForm(ModalScreen[bool]):
    """Gives True once `sign` has carried the signature out; what that says no with is shown, and mended here."""

    BINDINGS: ClassVar[list[BindingType]] = PAGE
    AUTO_FOCUS = ""

    def __init__(
        self,
        title: str,
        declarations: Sequence[Declaration],
        sign: Callable[[Signed], Awaitable[str]],
        *,
        asks: bool = True,
        name: str = "",
        whose: str = "Your name. To type it is to sign.",
    ) -> None:
        """With `asks`, the questions and choices that are a participant's are there too."""
        super().__init__()
        self._title, self._declarations, self._sign = title, tuple(declarations), sign
        self._asks, self._signer, self._whose = asks, name, whose
        self._ticked: dict[str, bool] = {}
        self._signing = False

    def compose(self) -> ComposeResult:
        """Lay the form out."""
        with Vertical(classes="dialog tall", id="sign-form"):
            yield Static(safe(self._title), classes="title")
            with VerticalScroll(can_focus=False):
                yield Static("Tick every sentence that holds. All of them are needed.")
                yield Choosing([(KEYS[n], one.text) for n, one in enumerate(self._declarations)])
                if self._asks:
                    for name, question in QUESTIONS:
                        yield Static(question)
                        yield Line(id=name, placeholder="none")
                    yield Static("As you like:")
                    yield Choosing([(KEYS[n], one.text) for n, one in enumerate(CHOICES)])
                yield Static(self._whose)
                yield Line(self._signer, id="name", select=False)
            yield Static("Numbers tick, Enter and Tab go on, Ctrl+S signs, Esc goes back.", id="sign-words")

    def on_mount(self) -> None:
        """Begin with the declarations."""
        for choosing in self.query(Choosing):
            choosing.highlighted = 0
        self._show()
        self.query(Choosing).first().focus(scroll_visible=False)

    def _lists(self) -> list[tuple[Choosing, tuple[Declaration, ...]]]:
        return list(zip(self.query(Choosing), (self._declarations, CHOICES), strict=False))

    def _show(self) -> None:
        for choosing, sentences in self._lists():
            choosing.show(["[x]" if self._ticked.get(one.id) else "[ ]" for one in sentences])

    @on(Choosing.Chosen)
    def _tick(self, event: Choosing.Chosen) -> None:
        if event.enter:
            self.focus_next()
            return
        sentences = next(found for choosing, found in self._lists() if choosing.has_focus)
        name = sentences[event.index].id
        self._ticked[name] = not self._ticked.get(name)
        self._show()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if event.input.id == "name":
            self.action_keep()
        else:
            self.focus_next()

    def action_keep(self) -> None:
        """Sign, once at a time."""
        if not self._signing:
            self._signing = True
            self._try()

    @work
    async def _try(self) -> None:
        try:
            words = await self._sign(self._given())
        finally:
            self._signing = False
        if not words and self.is_current:
            self.dismiss(result=True)
        for said in self.query("#sign-words").results(Static) if words else ():  # none once the form was left
            said.update(safe(words))
            said.add_class("-wrong")

    def _given(self) -> Signed:
        texts = {str(line.id): line.value for line in self.query(Line)}
        agreed = tuple(name for name, on in self._ticked.items() if on)
        return Signed(agreed=agreed, **texts)

    def action_leave(self) -> None:
        """Go back without signing."""
        if not self._signing:
            self.dismiss(result=False)
