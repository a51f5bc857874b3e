"""Notes cut into sessions, and these into pieces that begin with a time: every line goes to exactly one place.

What comes before the first session's heading belongs to all of them, such as a list of what to bring.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pmworkshop.library.notes.cutting import Cutter, without_page_numbers
from pmworkshop.library.notes.headings import Heading, heading
from pmworkshop.library.notes.pieces import Doubt, Stretch
from pmworkshop.library.notes.reading import NoteLine, Notes
from pmworkshop.library.notes.starts import Start, clock_starts, length_starts
from pmworkshop.library.notes.times import HALF_DAY, after, start_line

ASSUMED_START: Final = 9 * 60 + 30
_RANKS: Final = (4, 3, 2, 1)


def stretches(notes: Notes) -> tuple[Stretch, ...]:
    """Return the sessions in notes, in their order; none where there is neither a time nor a length."""
    lines = notes.lines
    starts = clock_starts(lines)
    lengths = length_starts(lines) if len(starts) < 2 else []  # noqa: PLR2004  # two times are a running order
    if len(lengths) > max(len(starts), 1):
        return (_with_preamble(_by_lengths(notes, lengths), notes.asides),)
    spans = _spans(starts)
    starts = [one for one in starts if one.index not in spans]
    taken = {index for one in starts for index in one.uses}
    heads = [
        found for at in range(len(lines)) if at not in taken and (found := heading(lines, at)) is not None
    ]
    dividing = _dividing(heads, starts)
    sections = _sections(dividing, starts, len(lines))
    shared = lines[: dividing[0].index] if dividing and sections[0][0] is not None else ()
    lonely = {one.index for one in heads if dividing and one.rank == dividing[0].rank} - {
        one.index for one in dividing
    }
    cutter = Cutter(notes, heads, spans, lonely)
    cut = [one for head, begin, end in sections for one in cutter.section(head, begin, end, starts)]
    return tuple(_with_preamble(one, (*shared, *notes.asides)) for one in cut)


def _with_preamble(stretch: Stretch, shared: Sequence[NoteLine]) -> Stretch:
    """Put what stands before the first heading before what stands below a session's own."""
    kept, quotes = without_page_numbers(shared)
    return replace(stretch, welcome=(*kept, *stretch.welcome), quotes=(*quotes, *stretch.quotes))


def _spans(starts: Sequence[Start]) -> dict[int, tuple[int, int]]:
    """Return the lines that give the times of a whole session, such as “9.30 - 12.30”, with its first and last minute."""
    found: dict[int, tuple[int, int]] = {}
    for at, one in enumerate(starts):
        if one.told is None or one.until is None or one.in_row:
            continue
        begin = one.told.spoken.minute
        end = after(begin, one.until)
        inside = [other for other in starts[at + 1 : at + 3] if other.told and _within(other, begin, end)]
        if len(inside) == 2:  # noqa: PLR2004  # one may be a slip
            found[one.index] = (begin, end)
    return found


def _within(start: Start, begin: int, end: int) -> bool:
    if start.told is None:
        return False
    minute = start.told.spoken.minute
    if minute < begin and not start.told.spoken.sure:
        minute += HALF_DAY
    return begin <= minute < end


def _dividing(heads: Sequence[Heading], starts: Sequence[Start]) -> list[Heading]:
    """Return the headings that begin a session: of the highest rank that has times below it, and only those.

    Morning and afternoon of one text are one day, and so one session.
    """
    for rank in _RANKS:
        same = [one for one in heads if one.rank == rank]
        below = {
            max((one.index for one in same if one.index <= start.index), default=None) for start in starts
        }
        good = [one for one in same if one.index in below]
        if good and not (len(good) > 1 and all(one.of_day for one in good)):
            return good
    return []


def _sections(
    dividing: Sequence[Heading], starts: Sequence[Start], count: int
) -> list[tuple[Heading | None, int, int]]:
    """Return each heading with the lines below it; what comes before the first only where it has times."""
    bounds = [*(one.index for one in dividing), count]
    found: list[tuple[Heading | None, int, int]] = [
        (one, begin + 1, end) for one, (begin, end) in zip(dividing, pairwise(bounds), strict=True)
    ]
    if any(one.index < bounds[0] for one in starts):
        found.insert(0, (None, 0, bounds[0]))
    return found


def _by_lengths(notes: Notes, starts: Sequence[Start]) -> Stretch:
    """Return the one session of notes that give lengths and no times."""
    cutter = Cutter(notes, (), {}, set())
    lines = notes.lines
    said = next((one for line in lines[: starts[0].index] if (one := start_line(line.bare))), None)
    minute, doubts = ASSUMED_START, []
    if said is None:
        words = "the notes give lengths but no start; 09:30 is assumed"
        doubts.append(Doubt(number=starts[0].number, key="start", words=words))
    else:
        minute = said.minute
    chain: list[tuple[Start, int]] = []
    for start in starts:
        if start.minutes is not None:
            chain.append((start, minute))
            minute += start.minutes
    made = cutter.stretch(None, 0, len(lines), chain, starts)
    return replace(made, ends=minute, timed=False, doubts=(*made.doubts, *doubts))
