"""The form and the cards of a preview, which can be left for reading their file again."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from pmworkshop.desk.keys import PREVIEWED_CARDS, PREVIEWED_FORM
from pmworkshop.desk.screens.work.cards import CardsScreen
from pmworkshop.desk.screens.work.form import FormScreen

if TYPE_CHECKING:
    from pmworkshop.desk.screens.work.preview import PreviewScreen


class PreviewedForm(FormScreen):
    """The form, which can be left for reading its file again."""

    BINDINGS: ClassVar[list[BindingType]] = PREVIEWED_FORM
    again = False

    def action_again(self) -> None:
        """Leave it as it is, to come back with what the file says now."""
        self.again = True
        self.action_leave()


class PreviewedCards(CardsScreen):
    """The cards, which can be left for reading their file again."""

    BINDINGS: ClassVar[list[BindingType]] = PREVIEWED_CARDS

    def __init__(self, below: "PreviewScreen", deck_id: str) -> None:
        super().__init__(below.workshop, below.delivery_id, deck_id)
        self._below = below
        self.group = below.group or self.group

    def action_again(self) -> None:
        """Come back with what the file says now."""
        if self.app.screen is self:
            self.app.pop_screen()
            self._below.call_later(self._below.action_read, back=True)
