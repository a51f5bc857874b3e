"""Five hundred segments over twelve hours, ninety minutes late: how long a proposal takes, beside one projection."""

import time
from collections.abc import Callable

from pmworkshop.core.catching_up import propose
from pmworkshop.core.marks import Marks, Visit
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.schedule import project
from pmworkshop.core.timetable import place
from pmworkshop.core.units import MINUTE, Duration, Instant, Minutes, TimeOfDay, later, time_of_day

Row = tuple[str, float, float, float]
COUNT, HOURS, EVERY = 500, 12, 50
LATE = Duration(40 * MINUTE)
LIMIT = 10.0
RATIO = 3.0
TIMES = 25


def run() -> list[Row]:
    """Return the proposal in milliseconds against its limit, and against one projection of the same day."""
    session = day()
    timetable, findings = place(session)
    if any(one.severity == "error" for one in findings):
        raise SystemExit(findings[0].what)
    start = Instant(20_878 * 24 * 60 * MINUTE)
    visit = Visit(segment=session.segments[0].id, entered=start, begins=start)
    marks = Marks(planned_start=start, visits=(visit,), added={})
    now = later(start, LATE)
    projected = project(timetable, marks, now)
    proposal = propose(session, projected)
    if proposal.standing != "behind" or not proposal.changes:
        raise SystemExit("nothing to propose")
    floor = best(lambda: project(timetable, marks, now))
    ours = best(lambda: propose(session, projected))
    return [
        ("proposal for 500 segments, ms", ours, 1.0, LIMIT),
        ("  vs one projection of the day", ours, floor, RATIO),
    ]


def day() -> Session:
    """Return twelve hours in 500 segments of one or two minutes, of every kind, every fiftieth a fixed break."""
    segments, at = [], 0
    for number in range(COUNT):
        length = 2 if number % 25 < 11 else 1  # 720 minutes in all
        pause = number % EVERY == EVERY - 1
        segments.append(
            Segment(
                id=SegmentId(f"s{number}"),
                title=f"Segment {number}",
                kind="break" if pause else "work",
                at=time_of_day(at) if pause else None,
                minutes=Minutes(length),
                fixed=pause,
                method=("input",) if number % 3 else ("practice",),
                criteria=() if number % 4 else ("1.1",),
                priority=("must", "should", "could")[number % 3],
                shortest=Minutes(1),
            )
        )
        at += length
    return Session(title="Long", start=TimeOfDay("00:00"), end=time_of_day(at), segments=tuple(segments))


def best(work: Callable[[], object]) -> float:
    """Return the best of several times, in milliseconds."""
    found = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        found.append((time.perf_counter() - began) * 1000)
    return min(found)
