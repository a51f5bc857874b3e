"""How times are said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core.units import HOUR, MINUTE, SECOND, Duration, Instant
from pmworkshop.core.words import (
    at_time,
    countdown,
    length_words,
    offset_sign,
    offset_words,
    until_change,
    whole_minutes,
)

DAY_MS = 86_400_000


@pytest.mark.parametrize(
    ("seconds", "words", "sign"),
    [
        (0, "on time", ""),
        (29.999, "on time", ""),
        (30, "1 min behind", "+1"),
        (-30, "on time", ""),
        (-30.001, "1 min ahead", "−1"),  # noqa: RUF001  # a real minus sign
        (89.999, "1 min behind", "+1"),
        (4 * 60, "4 min behind", "+4"),
        (-4 * 60, "4 min ahead", "−4"),  # noqa: RUF001  # a real minus sign
        (60 * 60, "1 h behind", "+60"),
        (-70 * 60, "1 h 10 min ahead", "−70"),  # noqa: RUF001  # a real minus sign
    ],
)
def test_offsets_are_said_in_whole_minutes_halves_up(seconds: float, words: str, sign: str) -> None:
    """Half a minute behind is one minute behind; half a minute ahead is still on time; there is no minus nought."""
    offset = Duration(round(seconds * SECOND))
    assert (offset_words(offset), offset_sign(offset)) == (words, sign)


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (125, "2 h 5 min"), (720, "12 h")]
)
def test_lengths_are_said_in_hours_and_minutes(minutes: int, words: str) -> None:
    """Hours appear from sixty minutes on, and minutes only where there are any."""
    assert length_words(minutes) == words


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [
        (20 * MINUTE, "20:00"),
        (20 * MINUTE - 1, "20:00"),
        (20 * MINUTE - 1000, "19:59"),
        (1, "00:01"),
        (0, "00:00"),
        (-1, "00:00"),
        (-999, "00:00"),
        (-1000, "00:01"),
        (-61_999, "01:01"),
        (HOUR, "1:00:00"),
        (HOUR + 1, "1:00:01"),
        (-HOUR - 2 * MINUTE - 3 * SECOND, "1:02:03"),
    ],
)
def test_the_countdown_reaches_nought_exactly_when_time_is_up(milliseconds: int, shown: str) -> None:
    """Seconds left are rounded up, so that 00:00 means none left; seconds over count whole seconds over."""
    assert countdown(Duration(milliseconds)) == shown


@given(remaining=st.integers(-5 * HOUR, 5 * HOUR), part=st.floats(0, 1, exclude_max=True))
@settings(deadline=None, database=None)
def test_a_screen_that_wakes_when_told_misses_no_second(remaining: int, part: float) -> None:
    """`until_change` is the very moment at which the countdown changes: not before, and then at once."""
    wait = until_change(Duration(remaining))
    shown = countdown(Duration(remaining))
    assert 0 < wait <= SECOND
    assert countdown(Duration(remaining - int(wait * part))) == shown
    assert countdown(Duration(remaining - wait)) != shown or -SECOND < remaining - wait < SECOND


def test_expected_times_are_said_as_the_nearest_minute_in_local_time() -> None:
    """An end at 10:23:30 UTC is said as 10:24 in London's winter and 11:24 in its summer; midnight wraps."""
    instant = Instant(DAY_MS + 10 * HOUR + 23 * MINUTE + 30 * SECOND)
    assert at_time(instant, Duration(0)) == "10:24"
    assert at_time(Instant(instant - 1), Duration(0)) == "10:23"
    assert at_time(instant, HOUR) == "11:24"
    assert at_time(Instant(DAY_MS - 1), Duration(0)) == "00:00"


@given(st.integers(-DAY_MS, DAY_MS))
@settings(deadline=None, database=None)
def test_whole_minutes_are_never_more_than_half_a_minute_off(milliseconds: int) -> None:
    """The nearest minute is nearest on both sides of nought."""
    assert -30_000 < whole_minutes(Duration(milliseconds)) * MINUTE - milliseconds <= 30_000
