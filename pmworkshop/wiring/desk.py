"""Starting the desk: on a real day, straight into a session, or as a rehearsal on a cohort that is thrown away."""

import shutil
import sys
import tempfile
from pathlib import Path

from pmworkshop.core.units import MINUTE, Instant, nearest
from pmworkshop.desk.app import Desk, Straight
from pmworkshop.wiring.clock import Clock, local_zone
from pmworkshop.wiring.house import House


def run_desk(data: Path, kit_root: Path, *, session: str = "", cohort: str = "") -> int:
    """Run the desk until the trainer leaves it, straight in a session where one is named; return the exit code."""
    straight = Straight(session=session, cohort=cohort) if session else None
    return _run(House(data, kit_root), straight)


def rehearse(kit_root: Path, session: str, speed: float) -> int:
    """Run a session at `speed` times real time, beginning a minute before its planned start."""
    from pmworkshop import library  # noqa: PLC0415  # slow to import

    clock = Clock()
    _, offset = local_zone(clock.now())
    plan = library.load_kit(kit_root).sessions.get(session)
    if plan is not None:
        start = nearest(plan.start, clock.now(), offset)
        clock = Clock(speed=speed, start=Instant(start - MINUTE))
    folder = Path(tempfile.mkdtemp(prefix="pmworkshop-rehearsal-"))
    try:
        return _run(
            House(folder, kit_root, clock), Straight(session=session, cohort="rehearsal", rehearsal=True)
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(house: House, straight: Straight | None) -> int:
    desk = Desk(house, straight)
    desk.run()
    if desk.failure:
        print(desk.failure, file=sys.stderr)  # noqa: T201  # the screen is gone; these are the last words
    return desk.return_code or 0
