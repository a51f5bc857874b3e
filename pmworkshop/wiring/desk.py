"""Starting the desk: on a real day, straight into a session, or as a rehearsal on a cohort that is thrown away."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from pmworkshop.core.units import MINUTE, Instant, nearest
from pmworkshop.desk.app import Desk, Straight
from pmworkshop.wiring.clock import Clock, local_zone
from pmworkshop.wiring.house import House
from pmworkshop.wiring.sounding import Sounds


def run_desk(data: Path, kit_root: Path, *, session: str = "", cohort: str = "") -> int:
    """Run the desk until the trainer leaves it, straight in a session where one is named; return the exit code."""
    straight = Straight(session=session, cohort=cohort) if session else None
    return _run(House(data, kit_root, sounds=Sounds()), straight)


def assess_at_desk(data: Path, kit_root: Path, *, exercise: str, cohort: str, code: str) -> int:
    """Pass the laptop around for one exercise; return the exit code."""
    return _run(House(data, kit_root), Straight(exercise=exercise, cohort=cohort, code=code))


def rehearse(data: Path, kit_root: Path, session: str, speed: float) -> int:
    """Run a session at `speed` times real time, beginning a minute before its planned start.

    Nothing of it comes into `data`, whose keys and theme are used all the same.
    """
    from pmworkshop import library  # noqa: PLC0415  # slow to import

    clock = Clock()
    _, offset = local_zone(clock.now())
    plan = library.load_kit(kit_root).sessions.get(session)
    if plan is not None:
        start = nearest(plan.start, clock.now(), offset)
        clock = Clock(speed=speed, start=Instant(start - MINUTE))
    folder = Path(tempfile.mkdtemp(prefix="pmworkshop-rehearsal-"))
    _when_hung_up(lambda: shutil.rmtree(folder, ignore_errors=True))
    try:
        house = House(folder, kit_root, clock, settings=data, sounds=Sounds())
        return _run(house, Straight(session=session, cohort="rehearsal", rehearsal=True))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _when_hung_up(clear_up: Callable[[], None]) -> None:
    """Clear up and end when the terminal's window is closed (not on Windows, which has no such signal)."""
    if sys.platform == "win32":
        return

    def end(*_: object) -> None:
        clear_up()
        os._exit(1)

    signal.signal(signal.SIGHUP, end)


def _run(house: House, straight: Straight | None) -> int:
    desk = Desk(house, straight)
    desk.run()
    if desk.failure:
        print(desk.failure, file=sys.stderr)  # noqa: T201  # the screen is gone; these are the last words
    return desk.return_code or 0
