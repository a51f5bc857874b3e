"""What every screen of the desk can do: say no, show help, be left. Light, for Home is such a screen."""

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.screen import ModalScreen, Screen

from pmworkshop.desk.widgets.safe import notice

if TYPE_CHECKING:
    from pmworkshop.core.refusal import Refusal
    from pmworkshop.desk.app import Desk

T = TypeVar("T")


class DeskScreen(Screen[None]):
    """A screen of the desk. `PURPOSE` says under `?` what it is for; `LISTS_CALLERS`, that it shows who asks to come in."""

    PURPOSE: ClassVar[str] = ""
    LISTS_CALLERS: ClassVar[bool] = False
    SHOWS: ClassVar[frozenset[str]] = frozenset()
    """The kinds of second countdowns that it shows, so that their end is not told over it."""

    @property
    def desk(self) -> "Desk":
        """The app, by its own type."""
        return cast("Desk", self.app)

    @property
    def stands(self) -> bool:
        """Whether there is still something to draw on: a screen that is being left loses its widgets first."""
        return self.is_attached and bool(self.query("#top"))

    def kit_changed(self) -> None:
        """Hear that the kit's files were changed, while this screen is on top and nothing lies over it."""

    def say_no(self, refusal: "Refusal") -> None:
        """Tell the trainer why not."""
        self.app.notify(notice(refusal.words), severity="warning", markup=False)

    async def put(self, dialog: ModalScreen[T]) -> T | None:
        """Ask over this screen, from a worker; None where something is asked already, for keys typed ahead."""
        if self.app.screen is not self:
            return None
        return await self.app.push_screen_wait(dialog)

    async def action_help(self) -> None:
        """Show what can be done here."""
        from pmworkshop.desk.screens.help import HelpScreen  # noqa: PLC0415  # help itself is such a screen

        await self.app.push_screen(HelpScreen(self))

    def action_leave(self) -> None:
        """Go back to the screen below, unless that has been done."""
        if self.app.screen is self:
            self.app.pop_screen()
