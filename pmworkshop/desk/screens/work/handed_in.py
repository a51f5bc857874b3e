"""What a participant at the laptop sees when a form has been handed in: saved, and what it comes to. Nothing else."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from pmworkshop.desk.keys import HANDED_IN
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.leaf import Leaf
from pmworkshop.desk.widgets.markdown import GAP, Block
from pmworkshop.desk.widgets.parts import bold, quiet
from pmworkshop.desk.widgets.result_blocks import handed_in_blocks
from pmworkshop.live.views.outputs import OutputPage

CHOICE = (
    "You may try once more what is not right yet. Or read the explanations now; then there is no second try."
)


class HandedInScreen(ModalScreen[bool]):
    """The receipt and the result. Gives True when a second try is wanted; no key leads anywhere but back."""

    BINDINGS: ClassVar[list[BindingType]] = HANDED_IN

    def __init__(self, page: OutputPage | None, words: str) -> None:
        """Without a `page`, for what has no name on it, there are only the `words`."""
        super().__init__()
        self._page, self._words = page, words
        self._explained = not _may_try_again(page)

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        yield Ends(id="top")
        yield Leaf()
        yield Hints()

    def on_mount(self) -> None:
        """Show the receipt and the result."""
        top = self.query_one("#top", Ends)
        top.left = self._page.title if self._page else "Handed in"
        leaf = self.query_one(Leaf)
        leaf.focus()
        leaf.show(self._blocks())

    def _blocks(self) -> tuple[Block, ...]:
        receipt = bold(self._words, "✓ ")
        if self._page is None:
            return (receipt,)
        choice = () if self._explained else (GAP, quiet(CHOICE))
        return (receipt, *choice, GAP, *handed_in_blocks(self._page, explain=self._explained))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a second try and the explanations only while both are open."""
        del parameters
        return not self._explained if action in ("again", "explain") else True

    def action_done(self) -> None:
        """Close it for good."""
        self.dismiss(result=False)

    def action_again(self) -> None:
        """Try once more what was not right."""
        self.dismiss(result=True)

    def action_explain(self) -> None:
        """Show the right answers, and why; then there is no second try."""
        self._explained = True
        self.query_one(Leaf).show(self._blocks())
        self.refresh_bindings()


def _may_try_again(page: OutputPage | None) -> bool:
    """Whether this is a quiz at its first try with something not right yet."""
    if page is None or page.exercise.kind != "quiz" or len(page.versions) != 1:
        return False
    return any(not mark.now for mark in page.result.marks)
