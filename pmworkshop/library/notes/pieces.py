"""Notes on their way to a plan: sessions, pieces of them, and what is doubtful about either."""

from pmworkshop.core.value import value
from pmworkshop.library.notes.reading import NoteLine
from pmworkshop.library.notes.starts import Start

Quote = tuple[int, str]
"""A line's number and words that a plan says in its own way, to stand beside it."""


@value
class Doubt:
    """Something that was guessed: the line it is about, the key it concerns, and what about it."""

    number: int | None
    key: str
    words: str


@value
class Piece:
    """What becomes a segment: its start, the minute of the day that means, and the lines below it."""

    start: Start
    minute: int
    lines: tuple[NoteLine, ...]
    quotes: tuple[Quote, ...]
    doubts: tuple[Doubt, ...] = ()


@value
class Stretch:
    """What becomes a session. `ends` is a minute of the day, where the notes give it; `timed` is whether they give times."""

    title: str
    key: str
    welcome: tuple[NoteLine, ...]
    pieces: tuple[Piece, ...]
    ends: int | None = None
    timed: bool = True
    late: bool = False
    quotes: tuple[Quote, ...] = ()
    doubts: tuple[Doubt, ...] = ()
