"""Where segments stand in time, given or derived, and what an author is told when they cannot stand so."""

import pytest

from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.timetable import Finding, Timetable, place
from pmworkshop.core.units import MINUTE, Minutes, TimeOfDay


def seg(
    at: str | None = None, length: int | None = None, *, fixed: bool = False, shortest: int | None = None
) -> Segment:
    return Segment(
        id=SegmentId("x"),
        title="X",
        at=None if at is None else TimeOfDay(at),
        minutes=None if length is None else Minutes(length),
        fixed=fixed,
        shortest=None if shortest is None else Minutes(shortest),
    )


def put(start: str, end: str, *segments: Segment) -> tuple[Timetable, tuple[Finding, ...]]:
    return place(Session(title="S", start=TimeOfDay(start), end=TimeOfDay(end), segments=segments))


def slots(timetable: Timetable) -> list[tuple[int, int]]:
    """Return starts and lengths in minutes."""
    return [(slot.start // MINUTE, slot.length // MINUTE) for slot in timetable.slots]


def told(findings: tuple[Finding, ...]) -> list[tuple[int | None, str, str]]:
    return [(finding.segment, finding.field, finding.severity) for finding in findings]


def test_lengths_come_from_the_next_start_and_the_last_from_the_end() -> None:
    """With starts alone, a segment lasts up to the next start and the last one up to the session's end."""
    timetable, findings = put("09:30", "12:30", seg("09:30"), seg("09:50"), seg("11:00"))
    assert slots(timetable) == [(0, 20), (20, 70), (90, 90)]
    assert timetable.end == 180 * MINUTE
    assert findings == ()


def test_starts_come_from_the_lengths_before() -> None:
    """With lengths alone, a segment starts when the one before has ended, the first with the session."""
    timetable, findings = put("09:30", "10:30", seg(length=20), seg(length=30), seg())
    assert slots(timetable) == [(0, 20), (20, 30), (50, 10)]
    assert findings == ()


def test_starts_and_lengths_may_be_mixed() -> None:
    """One gives a start, another a length, and what is left out is worked out from its neighbours."""
    timetable, findings = put("09:30", "11:00", seg(length=20), seg(), seg("10:20", 20), seg())
    assert slots(timetable) == [(0, 20), (20, 30), (50, 20), (70, 20)]
    assert findings == ()


def test_times_past_midnight_count_on() -> None:
    """From 22:30 to 01:00 is two and a half hours, and 00:30 lies two hours in."""
    timetable, findings = put(
        "22:30", "01:00", seg("22:30", 60), seg("23:30", 15), seg("23:45"), seg("00:30")
    )
    assert slots(timetable) == [(0, 60), (60, 15), (75, 45), (120, 30)]
    assert findings == ()


def test_a_gap_is_a_warning_wherever_it_is() -> None:
    """Time that no segment fills is told with its minutes: before the first, between two, and before the end."""
    _, findings = put("09:30", "11:00", seg("09:40", 20), seg("10:05", 25), seg(length=20))
    assert told(findings) == [(0, "at", "warning"), (0, "minutes", "warning"), (2, "minutes", "warning")]
    assert ["10 min" in findings[0].what, "5 min" in findings[1].what, "10 min" in findings[2].what] == [
        True
    ] * 3


def test_an_overlap_is_an_error_that_says_by_how_much() -> None:
    """A segment that runs into the next start is told when it would end and how far it runs over."""
    _, findings = put("09:30", "10:30", seg("09:30", 40), seg("10:00"))
    assert told(findings) == [(0, "minutes", "error")]
    assert "until 10:10, 10 min into" in findings[0].what
    assert "take 10 min away" in findings[0].remedy


def test_running_beyond_the_end_is_an_error() -> None:
    """The last segment may neither run past the session's end nor start at it."""
    _, findings = put("09:30", "10:30", seg("09:30", 50), seg(length=25))
    assert told(findings) == [(1, "minutes", "error")]
    assert "15 min beyond the end" in findings[0].what
    _, findings = put("09:30", "10:30", seg("09:30", 60), seg("10:30"))
    assert told(findings) == [(1, "at", "error")]


@pytest.mark.parametrize("wrong", ["09:50", "09:40", "09:00"])
def test_time_never_runs_backwards(wrong: str) -> None:
    """A start not later than the one before, or before the session itself, is an error and not a day of waiting."""
    timetable, findings = put("09:30", "10:30", seg("09:30"), seg("09:50", 20), seg(wrong, 20), seg("10:20"))
    assert (2, "at", "error") in told(findings)
    assert len(timetable.slots) == 4


@pytest.mark.parametrize("end", ["09:30", "09:00", "03:00"])
def test_a_session_ends_after_it_starts(end: str) -> None:
    """An end at or before the start, or a session of more than sixteen hours, is an error."""
    _, findings = put("09:30", end, seg("09:30", 20))
    assert (None, "end", "error") in told(findings)


def test_a_start_that_nothing_gives_is_asked_for() -> None:
    """Two segments with neither start nor length between them leave the second nowhere to stand."""
    _, findings = put("09:30", "10:30", seg("09:30"), seg(), seg("10:00"))
    assert (1, "at", "error") in told(findings)


def test_a_fixed_segment_has_a_time_of_its_own() -> None:
    """What waits for its time must say which."""
    _, findings = put("09:30", "10:30", seg(length=30), seg(length=30, fixed=True))
    assert told(findings) == [(1, "fixed", "error")]


def test_the_shortest_length_fits_into_the_planned_one() -> None:
    """A segment cannot need more at the least than it is given, be that given or derived; as much is allowed."""
    _, findings = put("09:30", "10:30", seg("09:30", shortest=21), seg("09:50", 40, shortest=40))
    assert told(findings) == [(0, "shortest", "error")]


def test_all_findings_come_at_once_in_the_order_of_the_segments() -> None:
    """Three slips in one plan are three findings."""
    _, findings = put("09:30", "10:30", seg("09:30", 40), seg("10:00", 10), seg("10:20", 20, shortest=30))
    assert told(findings) == [
        (0, "minutes", "error"),
        (1, "minutes", "warning"),
        (2, "shortest", "error"),
        (2, "minutes", "error"),
    ]
