"""Lines that announce a session (“Notes - Session A”, “Day 1”) and those that only part one."""

import re
from collections.abc import Sequence
from typing import Final

from pmworkshop.core.value import value
from pmworkshop.library.notes.reading import NoteLine
from pmworkshop.library.notes.times import Timed, leading, trailing

LONGEST: Final = 90
_FEW_WORDS: Final = 7
_COUNT = r"(?:[A-H]|\d{1,2}|i{1,3}|iv|vi{0,3}|one|two|three|four|five|six|seven|eight|first|second|third)"
_KIND = r"(?:day|week|session|workshop|module|unit|part)"
_HEADING = re.compile(
    r"^(?:(?:trainer(?:['’]?s)?\s+|tutor\s+|t\s+)?(?:notes?|plan|running order|timetable|agenda|outline)\s*"  # noqa: RUF001
    r"(?:[-–—:]|for|of)?\s*)?"  # noqa: RUF001
    rf"(?:(?P<kind>{_KIND})\s*(?:no\.?\s*)?(?P<key>{_COUNT})\b|(?P<order>first|second|third|fourth)\s+(?P<what>{_KIND})\b"
    r"|(?P<time>morning|afternoon|evening|am|pm)\b(?:\s+(?:session|workshop))?)(?P<rest>.*)$",
    re.IGNORECASE,
)
_RANK: Final = {
    "day": 4,
    "week": 4,
    "session": 3,
    "workshop": 3,
    "module": 2,
    "unit": 2,
    "part": 1,
    "morning": 1,
    "afternoon": 1,
    "evening": 1,
    "am": 1,
    "pm": 1,
}
_LATE: Final = frozenset({"afternoon", "evening", "pm"})
_PREFIX = re.compile(
    r"^(?:trainer(?:['’]?s)?\s+|tutor\s+|t\s+)?(?:notes?|plan)\s*(?:[-–—:]|for|of)?\s*(?=\S)",  # noqa: RUF001
    re.IGNORECASE,
)
_SEPARATES = re.compile(r"^\s*(?:$|[-–—:.,|(\[/]|of\s+\d|notes?\b|plan\b)", re.IGNORECASE)  # noqa: RUF001
_NAMED = re.compile(r"^[\s\-–—:.,]*$")  # noqa: RUF001


@value
class Heading:
    """A line that may announce a session: its title, its key (`a`, `2`, `morning`), its rank, and times it gives.

    `of_day` where it only says which part of a day it is.
    """

    index: int
    title: str
    key: str
    rank: int
    late: bool
    span: Timed | None = None
    of_day: bool = False


def heading(lines: Sequence[NoteLine], index: int) -> Heading | None:
    """Return the heading that a line is, if it is one."""
    line = lines[index]
    if line.bullet or line.blank or len(line.bare) > LONGEST:
        return None
    words = _words(line)
    found = _HEADING.match(words.rstrip())
    if found is None or leading(words) is not None:
        return None
    span = trailing(words, heading=True)
    rest = found["rest"] if span is None else span.rest[found.start("rest") :]
    if not _stands_alone(line, words, rest):
        return None
    kind = (found["kind"] or found["what"] or found["time"]).lower()
    title = _PREFIX.sub("", words if span is None else span.rest).strip(" :-–—*_.")  # noqa: RUF001
    return Heading(
        index=index,
        title=title[:1].upper() + title[1:],
        key=(found["key"] or found["order"] or found["time"]).lower(),
        rank=_RANK[kind],
        late=kind in _LATE,
        of_day=found["time"] is not None,
        span=span,
    )


def _words(line: NoteLine) -> str:
    """Return what a line says as a heading: of a row its only cell, of words set apart all, where a time ends them."""
    filled = [cell for cell in line.cells if cell]
    if len(filled) < 2:  # noqa: PLR2004  # a heading in a table
        return filled[0] if filled else line.bare
    return line.bare if "|" not in line.text and trailing(line.bare, heading=True) else ""


def _stands_alone(line: NoteLine, words: str, rest: str) -> bool:
    """Whether a line is a heading and not the beginning of a sentence about a session."""
    if _NAMED.match(rest):
        return True
    if words.endswith((".", "?", "!", ";", ",")) and not line.heading:
        return False
    few = len(rest.split()) <= _FEW_WORDS
    return few and (line.heading or bool(_SEPARATES.match(rest)) or _is_titled(rest))


def _is_titled(rest: str) -> bool:
    """Whether words have capitals as a title has them, as in “Session 2 Feedback”."""
    words = [word for word in rest.split() if word[:1].isalpha()]
    return bool(words) and rest[:1].isspace() and words[0][:1].isupper()
