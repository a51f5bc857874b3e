"""Any plan that an author may write and that is fit to run: starts, lengths, both, fixed points, idle time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from pmworkshop.core.learning import Edit
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.timetable import place
from pmworkshop.core.units import Minutes, minute_of_day, time_of_day

METHODS = ("input", "plenary", "debrief", "group work")


@st.composite
def plans(draw: st.DrawFn, most: int = 9) -> Session:
    """Draw a session without an error in it; nearly all of its starts lie on the five minutes."""
    start = draw(st.sampled_from(["09:30", "09:00", "13:07", "22:45"]))
    first, step = (
        minute_of_day(time_of_day(int(start[:2]) * 60 + int(start[3:]))),
        draw(st.sampled_from([5, 1])),
    )
    segments: list[Segment] = []
    at, follows = 0, False
    for index in range(draw(st.integers(1, most))):
        length = draw(st.integers(1, 9)) * step + draw(st.integers(0, 1)) * 5
        form = draw(st.sampled_from(["at", "minutes", "both", "idle"]))
        needs_at = index > 0 and not follows
        has_at = needs_at or form != "minutes" or draw(st.booleans())
        idle = draw(st.integers(1, 7)) if form == "idle" else 0
        gives = form != "at"
        is_break = draw(st.integers(0, 5)) == 0
        segment = Segment(
            id=SegmentId(f"s{index}"),
            title=f"Part {index}",
            kind="break" if is_break else "work",
            at=time_of_day(first + at) if has_at else None,
            minutes=Minutes(length) if gives else None,
            fixed=has_at and index > 0 and draw(st.integers(0, 3)) == 0,
            method=(draw(st.sampled_from(METHODS)),),
            criteria=("1.1",) if draw(st.booleans()) else (),
            priority=draw(st.sampled_from(["must", "should", "could"])),
            shortest=Minutes(draw(st.integers(1, length))) if draw(st.booleans()) else None,
        )
        segments.append(segment)
        follows = gives and not idle
        at += length + idle
    session = Session(
        title="Any", start=time_of_day(first), end=time_of_day(first + at), segments=tuple(segments)
    )
    assume(not errors(session))
    return session


def errors(session: Session) -> list[str]:
    return [one.what for one in place(session)[1] if one.severity == "error"]


def applied(session: Session, edits: Sequence[Edit]) -> Session:
    """Return a session with the numbers changed that `learn` proposes."""
    changes: dict[int, dict[str, Any]] = {}
    for edit in edits:
        changes.setdefault(edit.segment, {})[edit.field] = edit.now
    segments = (replace(one, **changes.get(index, {})) for index, one in enumerate(session.segments))
    return replace(session, segments=tuple(segments))
