"""The clock of the house: it begins at the wall's time and runs evenly, whatever is done to the wall clock."""

import sys
import time

import pytest

from pmworkshop.core.units import HOUR, MINUTE, Duration, Instant
from pmworkshop.wiring import clock as clocks
from pmworkshop.wiring.clock import Clock, iso, local_zone, new_id

NOON = 1_803_902_400_000


class Hands:
    """The laptop's two clocks, moved by hand."""

    def __init__(self) -> None:
        self.wall, self.even = NOON, 5_000

    def pass_by(self, milliseconds: int) -> None:
        self.wall += milliseconds
        self.even += milliseconds


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    made = Hands()
    monkeypatch.setattr(clocks, "_wall_milliseconds", lambda: made.wall)
    monkeypatch.setattr(clocks, "_even_milliseconds", lambda: made.even)
    return made


@pytest.mark.parametrize("step", [HOUR, -HOUR, 3_000, -3_000])
def test_a_wall_clock_that_is_set_does_not_move_the_day(hands: Hands, step: int) -> None:
    """A step either way is told once, with its size, and the clock goes on evenly."""
    clock = Clock()
    hands.pass_by(MINUTE)
    hands.wall += step
    assert clock.now() == NOON + MINUTE
    assert clock.stepped() == step
    assert clock.stepped() == 0
    hands.pass_by(MINUTE)
    assert clock.now() == NOON + 2 * MINUTE
    hands.wall -= step
    assert clock.stepped() == -step


def test_small_corrections_are_no_steps_until_they_add_up(hands: Hands) -> None:
    """What the network does to a clock all the time is passed over, but not lost."""
    clock = Clock()
    for _ in range(2):
        hands.wall += 1_400
        assert clock.stepped() == 0
    hands.wall += 1_400
    assert clock.stepped() == 4_200


def test_a_closed_lid_counts(hands: Hands) -> None:
    """Ten minutes asleep are ten minutes on both clocks: no step, and no time lost."""
    clock = Clock()
    hands.pass_by(10 * MINUTE)
    assert clock.now() == NOON + 10 * MINUTE
    assert clock.stepped() == 0


def test_a_clock_takes_up_an_earlier_ones_time(hands: Hands) -> None:
    """After a restart the day goes on by the even clock: what the wall was set forward is taken off."""
    hands.pass_by(MINUTE)
    hands.wall += HOUR
    assert Clock(set_forward=HOUR).now() == NOON + MINUTE
    assert Clock(set_forward=Duration(-HOUR)).now() == NOON + MINUTE + 2 * HOUR


def test_a_rehearsal_runs_faster_from_its_own_start(hands: Hands) -> None:
    """A second of the laptop's is sixty of the rehearsal's."""
    clock = Clock(speed=60, start=Instant(0))
    hands.pass_by(1_500)
    assert clock.now() == 90_000
    hands.wall += HOUR
    assert clock.now() == 90_000
    assert clock.stepped() == HOUR


def test_the_real_clocks_agree() -> None:
    """On this machine, now: a clock never runs back, and begins at the wall's time."""
    clock = Clock()
    readings = [clock.now() for _ in range(1_000)]
    assert readings == sorted(readings)
    assert abs(clocks._wall_milliseconds() - readings[-1]) < 2_000
    assert clock.stepped() == 0
    name, offset = local_zone(clock.now())
    assert name
    assert offset % MINUTE == 0
    assert len({new_id() for _ in range(1_000)}) == 1_000


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (NOON + 7, "2027-03-01T12:00:00.007Z"),
        (-1, "-1 ms"),
        (2**63 - 1, "9223372036854775807 ms"),
    ],
)
def test_an_instant_is_written_in_utc(at: int, written: str) -> None:
    """Even one that a tampered record has put outside the calendar."""
    assert iso(at) == written


@pytest.mark.skipif(sys.platform != "linux", reason="asks for Linux's clock by name")
def test_the_even_clock_is_one_that_goes_on_asleep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux stops its monotonic clock while the lid is closed: the one that counts on is asked instead."""
    asked = []

    def read(which: int) -> int:
        asked.append(which)
        return 5_000_000

    monkeypatch.setattr(time, "clock_gettime_ns", read)
    assert clocks._even_milliseconds() == 5
    assert asked == [time.CLOCK_BOOTTIME]
