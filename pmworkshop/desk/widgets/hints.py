"""The keys of the screen on one line that never overflows: what does not fit is under `?`."""

from collections.abc import Callable
from typing import Any

from textual.app import RenderResult
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

GAP = "   "
WIDE = 100
Words = Callable[[str, str], str]


def in_order(screen: Screen[Any]) -> list[ActiveBinding]:
    """Return what can be done on `screen` in the order of its own bindings, whatever keys they were given."""
    ids = [one.id for one in screen.BINDINGS if isinstance(one, Binding)]
    known = {name: index for index, name in enumerate(ids)}
    return sorted(screen.active_bindings.values(), key=lambda one: known.get(one.binding.id, len(known)))


class Hints(Widget):
    """As many keys as fit, in the order of the screen's bindings; help always."""

    DEFAULT_CSS = """
    Hints {
        height: 1; dock: bottom; padding: 0 1; color: $text-muted;
        link-style: none; link-color: $text-muted; link-background: transparent;
    }
    """

    def __init__(self, words: Words = lambda _, label: label) -> None:
        """`words` gives what an action is called at this moment, or nothing, from its name and its label."""
        super().__init__()
        self._words = words

    def on_mount(self) -> None:
        """Redraw when what can be done changes."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> RenderResult:
        """Draw the keys."""
        pairs = self._pairs()
        last = [pair for pair in pairs if pair[1] == "help"]
        others = [pair for pair in pairs if pair[1] != "help"]
        gap = GAP if self.size.width >= WIDE else GAP[:2]
        room = self.size.width - sum(len(k) + len(label) + 1 for k, label, _ in last)
        shown = []
        for pair in others:
            room -= len(pair[0]) + 1 + len(pair[1]) + len(gap)
            if room < 0:
                break
            shown.append(pair)
        parts = [
            Content.from_markup(f"[@click={action}][b $text-accent]$key[/] $label[/]", key=k, label=label)
            for k, label, action in [*shown, *last]
        ]
        return Content(gap).join(parts)

    def _pairs(self) -> list[tuple[str, str, str]]:
        seen: set[str] = set()
        pairs = []
        for active in in_order(self.screen):
            binding = active.binding
            if not binding.show or not active.enabled or binding.action in seen or active.node is self.app:
                continue
            seen.add(binding.action)
            action = binding.action if "(" in binding.action else f"{binding.action}()"
            label = self._words(binding.action, binding.description)
            if label:
                pairs.append((self.app.get_key_display(binding), label, f"screen.{action}"))
        return pairs
