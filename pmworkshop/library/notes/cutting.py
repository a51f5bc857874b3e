"""A section of the notes cut into sessions where its times begin again, and each session into pieces at its starts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import Final

from pmworkshop.core.units import time_of_day
from pmworkshop.library.notes.chain import chains
from pmworkshop.library.notes.headings import Heading
from pmworkshop.library.notes.mentions import PAGE_ALONE
from pmworkshop.library.notes.pieces import Doubt, Piece, Quote, Stretch
from pmworkshop.library.notes.reading import NoteLine, Notes, bare, lines_of
from pmworkshop.library.notes.starts import Start, as_lines, is_table_head, table_heads
from pmworkshop.library.notes.times import HALF_DAY, after, end_line, maybe_hour

LONGEST_TITLE: Final = 80
_MOSTLY: Final = 0.8
_DENSE: Final = 2
"""Lines for each time in an overview, at most: a time and a blank line."""
_GENERAL = re.compile(
    r"^(?:(?:trainer|tutor|facilitator|session|course|my)?['’]?s?\s*(?:notes?|plan|agenda|timetable|programme|running order|outline))\W*$",  # noqa: RUF001
    re.IGNORECASE,
)

_MAIL = re.compile(
    r"^(?:from|sent|to|cc|bcc|date|when|where|location|organi[sz]er|required|optional|attendees|importance)\s*:",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:course|session|workshop|topic|title|subject)(?:\s+(?:title|name|topic))?\s*:$", re.IGNORECASE
)
_ABOUT = re.compile(r"^(?:subject|title|course|topic)\s*:\s*(?:(?:re|fwd?)\s*:\s*)*(?=\S)", re.IGNORECASE)


class Cutter:
    """Cuts a section of the notes into sessions and pieces."""

    def __init__(
        self, notes: Notes, heads: Sequence[Heading], spans: Mapping[int, tuple[int, int]], lonely: set[int]
    ) -> None:
        self._notes = notes
        self._lines = notes.lines
        self._heads = {one.index: one for one in heads}
        self._spans = spans
        self._lonely = lonely
        self._tables = table_heads(self._lines)

    def section(self, head: Heading | None, begin: int, end: int, starts: Sequence[Start]) -> list[Stretch]:
        """Return the sessions in the lines from `begin` to `end`: one, or more where times begin again."""
        here = [one for one in starts if begin <= one.index < end]
        told = [one.told for one in here if one.told is not None]
        found: list[Stretch] = []
        chosen = [
            [(here[placed.index], placed.minute) for placed in chain]
            for chain in chains(told, late=head is not None and head.late)
        ]
        chosen = _without_agenda(chosen)
        lead: Heading | None = head
        for number, chain in enumerate(chosen):
            last = number + 1 == len(chosen)
            following = None if last else self._announced(chain[-1][0].index, chosen[number + 1][0][0].index)
            until = end if last else following.index if following else chosen[number + 1][0][0].index
            made = self.stretch(lead, begin, until, chain, here)
            found.append(made if number == 0 or lead is not None else _numbered(made, number + 1))
            begin = until if following is None else until + 1
            lead = following
        return found

    def _announced(self, after_line: int, before_line: int) -> Heading | None:
        """Return the last heading between two lines."""
        between = [self._heads[at] for at in range(after_line + 1, before_line) if at in self._heads]
        return between[-1] if between else None

    def stretch(
        self,
        head: Heading | None,
        begin: int,
        end: int,
        chain: Sequence[tuple[Start, int]],
        starts: Sequence[Start],
    ) -> Stretch:
        """Return the session that the lines from `begin` to `end` make, with the starts of `chain` and their minutes."""
        kept = [one for one, _ in chain]
        first = self._before(kept[0], begin if head is not None else self._below_first_line(begin))
        title, quotes, doubts, untitled = self._title(head, begin, first)
        welcome, page_numbers = without_page_numbers(
            [self._lines[at] for at in range(begin, first) if at not in kept[0].uses and at not in untitled]
        )
        bounds = [*(self._before(one, chain[0][0].index) for one in kept[1:]), end]
        used = {index for one in kept for index in one.uses}
        dropped = {one.index: _why_not(one) for one in starts if one.index not in used}
        pieces = []
        floor = first
        for (one, minute), bound in zip(chain, bounds, strict=True):
            pieces.append(self._piece(one, minute, (floor, bound), used, dropped))
            floor = bound
        pieces = [
            _with_hours(one, following.minute if following else one.minute + HALF_DAY // 2)
            for one, following in zip_longest(pieces, pieces[1:])
        ]
        pieces, ends, end_quotes, end_doubts = _end_of(pieces)
        span = [self._spans[at] for at in range(begin, first) if at in self._spans]
        return Stretch(
            title=title,
            key=head.key if head else "",
            late=head is not None and head.late,
            welcome=welcome,
            pieces=tuple(pieces),
            ends=ends or _span_end(head, span, pieces[-1].minute),
            quotes=(*quotes, *page_numbers, *end_quotes),
            doubts=(*doubts, *end_doubts),
        )

    def _below_first_line(self, begin: int) -> int:
        """Return the position behind the first line that says something and is not the head of a table."""
        at = next((one for one in range(begin, len(self._lines)) if not self._lines[one].blank), begin)
        return begin if is_table_head(self._lines[at]) else at + 1

    def _before(self, start: Start, floor: int) -> int:
        """Return where a piece begins: at its start, or at the headings that stand right above it."""
        at = start.index
        while at > floor:
            above = next((one for one in range(at - 1, floor - 1, -1) if not self._lines[one].blank), None)
            if above is None or not (
                self._lines[above].heading or is_table_head(self._lines[above]) or above in self._heads
            ):
                break
            at = above
        return at

    def _title(
        self, head: Heading | None, begin: int, first: int
    ) -> tuple[str, tuple[Quote, ...], tuple[Doubt, ...], set[int]]:
        """Return a session's title, the line that gives it, what is doubtful about it, and which lines it uses up."""
        if head is not None:
            line = self._lines[head.index]
            return head.title, ((line.number, line.text),), (), set()
        parts = {at for at, one in self._heads.items() if one.of_day}
        for at in range(begin, first):
            line = self._lines[at]
            if named := _cell_named(line):
                doubt = Doubt(
                    number=line.number, key="title", words=f"taken from the cell beside “{named[0]}”"
                )
                return named[1], (), (doubt,), set()
            if (
                at not in parts
                and not line.blank
                and not _GENERAL.match(line.bare)
                and not _MAIL.match(line.bare)
            ):
                if line.bullet or line.cells or len(line.bare) > LONGEST_TITLE or at in self._spans:
                    break
                doubt = Doubt(number=line.number, key="title", words="taken from the first line")
                return _ABOUT.sub("", line.bare), ((line.number, line.text),), (doubt,), {at}
        doubt = Doubt(number=None, key="title", words="the notes give none; this is the name of their file")
        return self._notes.name, (), (doubt,), set()

    def _piece(
        self,
        start: Start,
        minute: int,
        bounds: tuple[int, int],
        used: set[int],
        dropped: Mapping[int, str],
    ) -> Piece:
        above = [at for at in range(bounds[0], start.index) if at not in used]
        quotes = [
            _quote(self._lines[at]) for at in sorted({*above, *start.uses}) if not self._lines[at].blank
        ]
        doubts = [Doubt(number=start.number, key=key, words=words) for key, words in start.doubts]
        inside = [at for at in range(start.index, bounds[1]) if at not in used]
        for at in sorted((self._lonely | dropped.keys()) & set(inside)):
            lonely = "has no times below it, so no session was made of it"
            words = f"“{_short(self._lines[at].text)}” {lonely if at in self._lonely else dropped[at]}"
            doubts.append(Doubt(number=self._lines[at].number, key="notes", words=words))
        lines, page_numbers = without_page_numbers(
            [one for at in inside for one in as_lines(self._lines[at], self._tables.get(at))]
        )
        words_kept = lines_of((start.number, text) for text in start.kept)
        return Piece(
            start=start,
            minute=minute,
            lines=(*words_kept, *lines),
            quotes=(*quotes, *page_numbers),
            doubts=tuple(doubts),
        )


def _without_agenda(chosen: list[list[tuple[Start, int]]]) -> list[list[tuple[Start, int]]]:
    """Leave out an overview whose times nearly all come again below, with more to say."""
    if len(chosen) > 1:
        first, second = ({minute for _, minute in chain} for chain in chosen[:2])
        bare = chosen[0][-1][0].index - chosen[0][0][0].index < _DENSE * len(chosen[0])
        if bare and len(first & second) >= _MOSTLY * len(first):
            return chosen[1:]
    return chosen


def _cell_named(line: NoteLine) -> tuple[str, str] | None:
    """Return the label and the words of a row such as “Course: | Feedback”, which has the title."""
    for label, words in pairwise(line.cells):
        if _LABEL.match(label) and 0 < len(bare(words)) <= LONGEST_TITLE:
            return bare(label), bare(words)
    return None


def _why_not(start: Start) -> str:
    if start.told is None:
        return "has no length as those around it have; left in the notes"
    return "looks like a start but does not fit the times around it; left in the notes"


def _quote(line: NoteLine) -> Quote:
    """Return a line to stand beside the plan; of a row, its cells."""
    cells = " | ".join(cell.replace("\n", " / ") for cell in line.cells if cell)
    return line.number, cells or line.text


def _with_hours(piece: Piece, until: int) -> Piece:
    """Say of lines such as “10 - Theory” that they may be starts, where the hour lies before what follows."""
    doubts = tuple(
        Doubt(
            number=line.number, key="notes", words=f"“{_short(line.text)}” may be a start, and was left here"
        )
        for line in piece.lines
        if not line.bullet and maybe_hour(line.bare, piece.minute, until)
    )
    return replace(piece, doubts=(*piece.doubts, *doubts)) if doubts else piece


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1]}…"


def _numbered(stretch: Stretch, number: int) -> Stretch:
    """Give a session that no heading announces a number, and say how it was found."""
    first = stretch.pieces[0]
    words = f"no heading says so, but the times begin again at {time_of_day(first.minute)}: taken for another session"
    doubt = Doubt(number=first.start.number, key="title", words=words)
    return replace(stretch, title=f"Session {number}", key=str(number), quotes=(), doubts=(doubt,))


def without_page_numbers(lines: Sequence[NoteLine]) -> tuple[tuple[NoteLine, ...], tuple[Quote, ...]]:
    """Take out lines that hold nothing but a page's number."""
    alone = [bool(PAGE_ALONE.match(line.text)) and not line.bullet for line in lines]
    kept = tuple(line for line, out in zip(lines, alone, strict=True) if not out)
    quotes = tuple(
        (line.number, f"{line.text} (taken for a page's number)")
        for line, out in zip(lines, alone, strict=True)
        if out
    )
    return kept, quotes


def _end_of(pieces: list[Piece]) -> tuple[list[Piece], int | None, tuple[Quote, ...], tuple[Doubt, ...]]:
    """Return the pieces without one that only says when the session ends, that end, its line, and a doubt about it."""
    last = pieces[-1]
    if len(pieces) > 1 and last.start.ends and not any(not line.blank for line in last.lines):
        words = f"“{last.start.title}” taken for the end, and not for a segment"
        doubt = Doubt(number=last.start.number, key="end", words=words)
        return pieces[:-1], last.minute, last.quotes, (doubt,) if "close" in last.start.title.lower() else ()
    if len(pieces) > 1 and last.start.ends and "close" not in last.start.title.lower():
        above = replace(
            pieces[-2], lines=(*pieces[-2].lines, *last.lines), doubts=(*pieces[-2].doubts, *last.doubts)
        )
        return [*pieces[:-2], above], last.minute, last.quotes, ()
    for line in last.lines:
        said = end_line(line.bare)
        minute = None if said is None else after(last.minute, said)
        if minute is not None and minute > last.minute:
            rest = tuple(one for one in last.lines if one is not line)
            return [*pieces[:-1], replace(last, lines=rest)], minute, (_quote(line),), ()
    return pieces, None, (), ()


def _span_end(head: Heading | None, spans: Sequence[tuple[int, int]], last: int) -> int | None:
    """Return the end that a heading or a line above the first start gives, if it lies after the last start."""
    ends = [end for _, end in spans]
    if head is not None and head.span is not None and head.span.until is not None:
        ends.append(after(head.span.start.minute, head.span.until))
    ends = [end + HALF_DAY if end <= last and end < HALF_DAY else end for end in ends]
    return next((end for end in ends if end > last), None)
