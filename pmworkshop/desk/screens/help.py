"""Help for where the trainer is: what the screen and the focused part are for, and every key."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pmworkshop.desk.keys import HELPING
from pmworkshop.desk.widgets.hints import in_order

if TYPE_CHECKING:
    from pmworkshop.desk.screens.base import DeskScreen


class HelpScreen(ModalScreen[None]):
    """Keys with their tooltips, over the screen they belong to."""

    BINDINGS: ClassVar[list[BindingType]] = HELPING

    def __init__(self, about: "DeskScreen") -> None:
        super().__init__()
        self._about = about

    def action_close(self) -> None:
        """Close the help."""
        self.dismiss()

    def compose(self) -> ComposeResult:
        """Lay the help out."""
        with VerticalScroll(classes="dialog tall") as scroll:
            scroll.can_focus = True
            yield Static(Content(self._about.PURPOSE), classes="title")
            focused = self._about.focused
            if focused is not None and focused.HELP:
                yield Static(Content(focused.HELP))
            yield Static(Content("\n").join(self._keys()))
            yield Static(
                Content(
                    "\nTab goes to the next part, the arrow keys scroll. Ctrl+P opens the command palette: themes, "
                    "screenshot, and these commands by name. Keys can be changed by id in keys.yaml beside the cohorts."
                ),
                classes="quiet",
            )

    def _keys(self) -> list[Content]:
        lines: dict[str, Content] = {}
        for active in in_order(self._about):
            binding = active.binding
            if binding.id is None or binding.action in lines or ".tick-" in binding.id:
                continue
            shown = self.app.get_key_display(binding)
            words = binding.tooltip or binding.description
            lines[binding.action] = Content.assemble(
                (f"{shown:>8}", "bold $text-accent"), "  ", words, (f"  {binding.id}", "$foreground 40%")
            )
        if any(active.binding.action.startswith("tick(") for active in self._about.active_bindings.values()):
            lines["tick"] = Content.assemble(
                ("  1 to 0", "bold $text-accent"), "  Tick what to look for, by its number"
            )
        return list(lines.values())
