"""What the centre asks for, taken into a cohort's record before anything is made from it."""

from pathlib import Path

from pmworkshop import library
from pmworkshop.core import commands as c
from pmworkshop.core.refusal import Refusal
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.places import shipped_kit
from pmworkshop.wiring.record import opener


def settle_centre(path: Path, kit: Path | None) -> None:
    """Take up the settings of the kit that was named; where none was, the shipped ones only if there are none yet.

    Raises `RecordTroubleError`, or `LibraryError` where the kit is none.
    """
    workshop = Workshop(opener(path, new=False), Clock().now)
    try:
        if kit is None and workshop.state.centre is not None:
            return
        centre = library.load_kit(kit or shipped_kit()).centre
        if centre is None:
            return
        outcome = workshop.handle(c.TakeCentre(centre=centre))
        if isinstance(outcome, Refusal):
            raise RecordTroubleError(outcome.words)
    finally:
        workshop.close()
