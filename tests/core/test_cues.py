"""Five minutes, one minute, time: each once, in time, and only when the countdown came there by itself."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core.cues import STILL_NEWS, Cue, Reading, crossed, last_words, listen
from pmworkshop.core.schedule import Phase
from pmworkshop.core.units import MINUTE, SECOND, Duration, minutes

WARN = minutes(5)
ORDER: tuple[Cue, ...] = ("five minutes", "one minute", "time")
laws = settings(deadline=None, database=None, max_examples=200)
lefts = st.integers(-40 * MINUTE, 40 * MINUTE).map(Duration)
starts = st.integers(5 * MINUTE + 1, 40 * MINUTE).map(Duration)
steps = st.lists(st.integers(1, STILL_NEWS - 1), min_size=1, max_size=200)
A, B = "a", "b"


def at(left: float, of: str | None = A, *, moves: bool = True) -> Reading:
    """Return a reading with so many seconds left."""
    return Reading(of=of, left=Duration(round(left * SECOND)), moves=moves)


def heard(readings: Iterable[Reading], warn: Duration = WARN) -> list[Cue]:
    """Return the cues that fall over a course of readings."""
    before, cues = None, []
    for reading in readings:
        before, cue = listen(before, reading, warn)
        cues += [cue] if cue else []
    return cues


@given(start=starts, steps=steps)
@laws
def test_every_cue_once_however_far_apart_the_readings(start: Duration, steps: list[int]) -> None:
    """A countdown read every so often, seconds apart, gives each cue that it has passed, once, and in order."""
    lefts = [start]
    for step in steps:
        lefts.append(Duration(lefts[-1] - step))
    passed = [
        cue for limit, cue in ((WARN, ORDER[0]), (MINUTE, ORDER[1]), (0, ORDER[2])) if lefts[-1] <= limit
    ]
    assert heard(Reading(of=A, left=left) for left in lefts) == passed


@given(start=starts, steps=steps, wobbles=st.lists(st.integers(0, 1_999), min_size=200, max_size=200))
@laws
def test_a_line_that_wobbles_says_nothing_twice(
    start: Duration, steps: list[int], wobbles: list[int]
) -> None:
    """Readings that come up to two seconds too late or too early still give each cue at most once."""
    left, readings = int(start), []
    for step, wobble in zip(steps, wobbles, strict=False):
        left -= step
        readings.append(Reading(of=A, left=Duration(left + wobble)))
    cues = heard(readings)
    assert cues == [cue for cue in ORDER if cue in cues]


@given(before=lefts, now=lefts)
@laws
def test_only_the_newest_and_never_late(before: Duration, now: Duration) -> None:
    """Over any jump, as when a laptop was asleep, one cue at most is given: that of the limit passed last, and not after 20 s."""
    cue = crossed(before, now, WARN)
    limits = {ORDER[0]: WARN, ORDER[1]: MINUTE, ORDER[2]: 0}
    passed = [name for name in ORDER if now <= limits[name] < before]
    assert cue in (None, *passed[-1:])
    assert (cue is not None) == (bool(passed) and limits[passed[-1]] - now < STILL_NEWS)


@given(before=lefts, now=lefts, more=st.integers(2 * SECOND, 60 * MINUTE))
@laws
def test_silence_where_the_trainer_did_it(before: Duration, now: Duration, more: int) -> None:
    """Another segment, time given, and a countdown that stands still or has not begun are no cue."""
    first = Reading(of=A, left=before)
    assert listen(first, Reading(of=B, left=now), WARN)[1] is None
    assert listen(first, Reading(of=A, left=Duration(before + more)), WARN)[1] is None
    assert listen(first, Reading(of=A, left=now, moves=False), WARN)[1] is None
    assert listen(Reading(of=None, left=before), Reading(of=None, left=now), WARN)[1] is None
    assert listen(None, Reading(of=A, left=now), WARN)[1] is None


def test_a_segment_that_starts_below_a_limit_has_no_such_cue() -> None:
    """A 4-minute segment has no five-minute cue, and one of five minutes begins without it; the others come."""
    for length in (240, 300):
        assert heard(at(left) for left in range(length, -3, -1)) == ["one minute", "time"]


def test_time_given_makes_the_cue_come_again() -> None:
    """Two minutes given at 4:50 are silent; when five minutes are left once more it is said once more."""
    assert heard(at(left) for left in (301, 290, 410, 302, 299, 298)) == ["five minutes", "five minutes"]


def test_what_passed_just_before_a_pause_is_said_after_it() -> None:
    """A cue that fell between the last reading and the pause is not lost, and is not said while it is paused."""
    paused = [at(299.8, moves=False)] * 3
    assert heard([at(300.4), *paused]) == []
    assert heard([at(300.4), *paused, at(299.7), at(299)]) == ["five minutes"]


def test_the_course_says_when_the_first_cue_comes() -> None:
    """With 10 minutes it comes at 10; with one minute there is no other cue beside that of one minute."""
    assert heard((at(left) for left in range(700, -2, -1)), minutes(10)) == list(ORDER)
    assert heard((at(left) for left in range(120, -2, -1)), minutes(1)) == ["one minute", "time"]


def test_words_for_each_colour() -> None:
    """What the colour of the countdown says stands in words beside it; a short segment says its own length."""
    said: dict[Phase, str] = {
        "running": "",
        "warning": "last 5 minutes",
        "last minute": "last minute",
        "over": "time is up",
    }
    for phase, words in said.items():
        assert last_words(phase, minutes(20), WARN) == words
    assert last_words("warning", minutes(4), WARN) == "last 4 minutes"
    assert last_words("warning", minutes(20), minutes(10)) == "last 10 minutes"
