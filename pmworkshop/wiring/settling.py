"""What the centre asks for, taken into a cohort's record before anything is made from it."""

from pathlib import Path

from pmworkshop import library
from pmworkshop.core import commands as c
from pmworkshop.core.refusal import Refusal
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.exporting import Held, held
from pmworkshop.wiring.places import shipped_kit
from pmworkshop.wiring.record import opener


def settled(path: Path, kit: Path | None) -> Held:
    """Return a cohort's record with the settings of the kit that was named, or the shipped ones if it has none yet.

    It is written to only where that has to change. Raises `RecordTroubleError`; where the kit is none or has
    no settings that can be used, `LibraryError`.
    """
    data = held(path)
    if kit is None and data.state.centre is not None:
        return data
    centre = library.load_kit(kit or shipped_kit()).centre
    if centre is None or centre == data.state.centre:
        return data
    workshop = Workshop(opener(path, new=False), Clock().now)
    try:
        outcome = workshop.handle(c.TakeCentre(centre=centre))
    finally:
        workshop.close()
    if isinstance(outcome, Refusal):
        raise RecordTroubleError(outcome.words)
    return held(path)
