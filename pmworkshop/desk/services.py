"""What the desk is handed: the clock, the kit, the cohorts. `wiring` has the real ones."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pmworkshop.core.value import value

if TYPE_CHECKING:
    from pmworkshop.core.centre import Centre
    from pmworkshop.core.cues import Cue
    from pmworkshop.core.deck import Deck
    from pmworkshop.core.exercise import Exercise
    from pmworkshop.core.ids import DeliveryId, ParticipantId
    from pmworkshop.core.plan import Course, Session
    from pmworkshop.core.refusal import Refusal
    from pmworkshop.core.unit import Unit
    from pmworkshop.core.units import Duration, Instant
    from pmworkshop.live.phones import Asking, Presence
    from pmworkshop.live.workshop import Workshop

SHORTEST_CODE = 4
"""Letters or figures of the code that leads back from the participants."""


@value
class KitContents:
    """The kit as the desk shows it: sessions fit to run, and every problem as a line.

    `kept` are those that worked before and stay in use, although their files cannot be used now.
    """

    place: str
    course: "Course | None"
    sessions: Mapping[str, "Session"]
    titles: Mapping[str, str]
    exercises: Mapping[str, "Exercise"]
    decks: Mapping[str, "Deck"]
    unit: "Unit | None"
    centre: "Centre | None" = None
    problems: tuple[str, ...]
    kept: tuple[str, ...] = ()


@value
class CohortLine:
    """A cohort in the list, by its folder's name."""

    name: str


@value
class Address:
    """One of this laptop's addresses that phones may reach it by, and words about it for the trainer."""

    host: str
    words: str


@value
class ExportOutcome:
    """What an export came to: the folder, the files written in it, and a line for each thing that was lacking.

    `stopped` where the trainer stopped it: what is written is whole all the same.
    """

    folder: str
    files: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    stopped: bool = False


class RoomDoor(Protocol):
    """The room while it is open: served from this laptop. Every method may be called from any thread, and is quick but for `close`."""

    @property
    def code(self) -> str:
        """What participants type to join, such as 4F7K."""

    @property
    def url(self) -> str:
        """The address to type, such as http://192.168.1.23:8600."""

    @property
    def join_url(self) -> str:
        """What the QR code holds: the address with the code."""

    @property
    def screen_url(self) -> str:
        """The projector's page, for this laptop's own browser."""

    @property
    def screen_link(self) -> str:
        """The projector's page for another machine. Nobody can guess it; whoever has it sees the projector."""

    def addresses(self) -> "tuple[Address, ...]":
        """Return this laptop's addresses, the likeliest first."""

    def choose(self, host: str) -> None:
        """Show that address from now on."""

    def warnings(self) -> tuple[str, ...]:
        """Return what may keep phones out, each in plain words with what to do; nothing where all is well."""

    def presence(self) -> "Mapping[ParticipantId, Presence]":
        """Return whoever has been in by phone since the room was opened."""

    def asking(self) -> "tuple[Asking, ...]":
        """Return who waits for the trainer's yes, the longest first."""

    def admit(self, asking: str, participant: "ParticipantId") -> "Refusal | None":
        """Let somebody in who waits, as that person."""

    def turn_away(self, asking: str) -> None:
        """Say no to somebody who waits."""

    def recovery(self, participant: "ParticipantId") -> str:
        """Return somebody's recovery code, with which a phone becomes theirs. For the trainer's eyes."""

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have `listener` called, on any thread, when who is in or asks has changed. Call what is returned to stop."""

    def close(self) -> None:
        """Close the room, within a second; whoever was in comes back by themselves when it is opened again."""


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

    def kit_stamp(self) -> object:
        """Return what the kit's files look like from outside: another value once one was changed. Off the screen's thread."""

    def use_kit(self, kit: KitContents) -> None:
        """Let the room have this kit too, from now on."""

    def cohorts(self) -> list[CohortLine]:
        """Return the cohorts, the newest first."""

    def standing(self, name: str) -> tuple[str, str]:
        """Return a cohort's own name, and words about where it stands. Takes a while."""

    def open_cohort(self, name: str, *, new: bool, rehearsal: bool = False) -> "Workshop | Refusal":
        """Open a cohort's record, or make it. Takes a while."""

    def open_room(self, workshop: "Workshop") -> "RoomDoor | Refusal":
        """Serve the room to phones and the projector. Takes a while."""

    def export_packs(
        self,
        workshop: "Workshop",
        people: "tuple[ParticipantId, ...]",
        to: str,
        draft: bool,
        progress: Callable[[int, int, str], None],
        cancelled: Callable[[], bool],
    ) -> "ExportOutcome | Refusal":
        """Make packs in the folder `to`, or in the cohort's own where that is empty. Takes long; not on the screen's thread.

        Those that lack something are marked DRAFT with `draft`, and otherwise refused, all of them. `progress` is
        called on the same thread before each pack: how many are done, of how many, and whose comes next; `cancelled`
        is asked between packs.
        """

    def show_page(self, url: str) -> "Refusal | None":
        """Show a page of the room in this laptop's browser. Takes a while."""

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

    def sound(self, cue: "Cue") -> bool:
        """Begin to play a cue's tone; False where that cannot be done, so that the terminal's bell should ring.

        True where it plays, and where it is to be silent. May take half a second: call it off the screen's thread.
        """

    def volume(self) -> int:
        """Return how loud the cues are, from 0, silent, to 10."""

    def keep_volume(self, volume: int) -> None:
        """Remember how loud the cues are."""

    def leave_if_terminal_lost(self) -> None:
        """End the process where the terminal is gone, so that nobody can see or type."""

    def keep_failure(self, details: str) -> str:
        """Write down the details of a fault for whoever mends it; return words that say where they are."""
