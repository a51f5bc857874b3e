"""What the room is handed: the clock, the kit, the photos. `wiring` has the real ones."""

from collections.abc import Mapping
from typing import Protocol

from pmworkshop.core.deck import Deck
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import Duration, Instant
from pmworkshop.live.workshop import Workshop


class RoomServices(Protocol):
    """Everything that the room needs from outside. Every method may be called from any thread."""

    def now(self) -> Instant:
        """Return the instant, by the even clock."""

    def zone(self) -> tuple[str, Duration]:
        """Return the zone's name and its offset from UTC."""

    def new_id(self) -> str:
        """Return a new id."""

    def chance(self) -> int:
        """Return a number that nobody can foresee, for drawing cards."""

    def decks(self) -> Mapping[str, Deck]:
        """Return the decks of the kit. Takes a while the first time."""

    def results_from(self) -> int:
        """Return from how many people up the room's results are shown. Takes a while the first time."""

    def keep_photo_bytes(self, workshop: Workshop, raw: bytes) -> str | Refusal:
        """Keep a photo beside the cohort's journal and return its hash. Takes a while."""

    def photo_bytes(self, workshop: Workshop, photo: str) -> bytes | None:
        """Return a photo that was kept, as JPEG. Takes a while."""

    def keep_failure(self, details: str) -> str:
        """Write down the details of a fault for whoever mends it."""
