"""What the desk is handed: the clock, the kit, the cohorts. `wiring` has the real ones."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pmworkshop.core.value import value

if TYPE_CHECKING:
    from pmworkshop.core.deck import Deck
    from pmworkshop.core.exercise import Exercise
    from pmworkshop.core.ids import DeliveryId
    from pmworkshop.core.plan import Course, Session
    from pmworkshop.core.refusal import Refusal
    from pmworkshop.core.unit import Unit
    from pmworkshop.core.units import Duration, Instant
    from pmworkshop.live.workshop import Workshop

SHORTEST_CODE = 4
"""Letters or figures of the code that leads back from the participants."""


@value
class KitContents:
    """The kit as the desk shows it: sessions fit to run, and every problem as a line."""

    place: str
    course: "Course | None"
    sessions: Mapping[str, "Session"]
    titles: Mapping[str, str]
    exercises: Mapping[str, "Exercise"]
    decks: Mapping[str, "Deck"]
    unit: "Unit | None"
    problems: tuple[str, ...]


@value
class CohortLine:
    """A cohort in the list, by its folder's name."""

    name: str


class Services(Protocol):
    """Everything that the desk needs from outside."""

    @property
    def data(self) -> Path:
        """The folder of the cohorts."""

    @property
    def speed(self) -> float:
        """How fast the clock runs: 1 on a real day."""

    def now(self) -> "Instant":
        """Return the instant, by the even clock."""

    def clock_stepped(self) -> "Duration":
        """Return how far the laptop's own clock was set since this was last asked."""

    def keep_time_of(self, workshop: "Workshop", delivery: "DeliveryId") -> "Duration":
        """Take up the even clock of a delivery under way; return how far the laptop's clock lies before the record."""

    def follow_laptop(self) -> None:
        """Take up the laptop's own clock afresh, where nothing is under way."""

    def zone(self) -> tuple[str, "Duration"]:
        """Return the zone's name and its offset from UTC."""

    def new_id(self) -> str:
        """Return a new id."""

    def chance(self) -> int:
        """Return a number that nobody can foresee, for drawing cards."""

    def keep_photo(self, workshop: "Workshop", path: str) -> "str | Refusal":
        """Keep a photo beside the cohort's journal and return its hash: smaller, without camera and place data."""

    def kit(self) -> KitContents:
        """Read the kit. Takes a while: call it off the screen's thread."""

    def cohorts(self) -> list[CohortLine]:
        """Return the cohorts, the newest first."""

    def standing(self, name: str) -> tuple[str, str]:
        """Return a cohort's own name, and words about where it stands. Takes a while."""

    def open_cohort(self, name: str, *, new: bool, rehearsal: bool = False) -> "Workshop | Refusal":
        """Open a cohort's record, or make it. Takes a while."""

    def read_text(self, path: str) -> "str | Refusal":
        """Read a file with a list of people."""

    def keymap(self) -> tuple[Mapping[str, str], str]:
        """Return the trainer's own keys by binding id, and words about what is wrong with them, if anything."""

    def has_cohort(self, name: str) -> bool:
        """Whether that cohort is there."""

    def theme(self) -> str:
        """Return the theme that was chosen last."""

    def keep_theme(self, name: str) -> None:
        """Remember the theme."""

    def leave_if_terminal_lost(self) -> None:
        """End the process where the terminal is gone, so that nobody can see or type."""

    def keep_failure(self, details: str) -> str:
        """Write down the details of a fault for whoever mends it; return words that say where they are."""
