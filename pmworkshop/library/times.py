"""The findings of `core.timetable` as problems of a file, even while other parts of the file are wrong."""

from collections.abc import Iterator
from typing import Any

from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.timetable import place
from pmworkshop.library.problem import Blame, Path

_OF_SESSION = frozenset({"start", "end", "segments"})
_OF_SEGMENT = frozenset({"at", "minutes", "fixed", "shortest"})
_ITEM, _FIELD = 2, 3
"""How long the path of a segment is, and of a key of one."""


def time_blames(data: dict[str, Any], session: Session | None, blamed: set[Path]) -> Iterator[Blame]:
    """Yield what is wrong with a session's times; nothing while a time itself cannot be read."""
    if session is None:
        if any(_touches_time(path) for path in blamed):
            return
        session = _skeleton(data)
    for finding in place(session)[1]:
        path: Path = (finding.field,)
        if finding.segment is not None:
            path = ("segments", finding.segment, finding.field)
        yield Blame(path, finding.what, finding.remedy, finding.severity)


def _touches_time(path: Path) -> bool:
    if path[:1] != ("segments",):
        return path[-1] in _OF_SESSION
    return len(path) <= _ITEM or (len(path) == _FIELD and path[-1] in _OF_SEGMENT)


def _skeleton(data: dict[str, Any]) -> Session:
    """Make a session of nothing but names and times, which were found to be well formed."""
    segments = tuple(
        Segment(
            id=SegmentId(str(number)),
            title=_text(segment.get("title")) or _text(segment.get("id")) or f"segment {number}",
            at=segment.get("at"),
            minutes=segment.get("minutes"),
            fixed=segment.get("fixed", False),
            shortest=segment.get("shortest"),
        )
        for number, segment in enumerate(data["segments"], 1)
    )
    return Session(
        title=_text(data.get("title")) or "session", start=data["start"], end=data["end"], segments=segments
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
