"""What a preview is handed: the desk's services, and the one exercise or deck that its author looks at."""

from typing import TYPE_CHECKING, Literal, Protocol

from pmworkshop.core.value import value
from pmworkshop.desk.services import Services

if TYPE_CHECKING:
    from pmworkshop.core.deck import Deck
    from pmworkshop.core.exercise import Exercise


@value
class Shown:
    """What is previewed, as its file stands: `fit` says whether it can be used, `problems` what is wrong, a line each.

    Where it is not fit, exercise and deck are those of the last time that it was.
    """

    id: str
    place: str
    kind: Literal["exercise", "deck"]
    exercise: "Exercise | None" = None
    deck: "Deck | None" = None
    fit: bool
    problems: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        found = self.exercise or self.deck
        return found.title if found else self.id


class Previewing(Services, Protocol):
    """The services of a preview: those of the desk, and the file that is looked at."""

    @property
    def shown(self) -> Shown:
        """What was read last."""

    @property
    def secret(self) -> str:
        """What the browser that stands for a phone is known by."""

    def look(self) -> Shown:
        """Read the file and its kit again. Takes a while: call it off the screen's thread."""

    def changed(self) -> bool:
        """Whether something was written since the last look. Off the screen's thread as well."""

    def way_in(self, page: str) -> str:
        """Return an address that leads this laptop's browser straight to `page` of the room, as the phone's owner."""
