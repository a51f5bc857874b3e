"""Where segments may begin: every line or row that has a time (or, in notes without clocks, a length) and a title.

A start says which lines it used up, so that the rest can be kept; whether it really is one is decided in `chain`.
"""

import re
from collections.abc import Sequence
from typing import Final

from pmworkshop.core.value import value
from pmworkshop.library.notes.chain import Told
from pmworkshop.library.notes.headings import heading
from pmworkshop.library.notes.mentions import Kind, Mention, mentions
from pmworkshop.library.notes.reading import NoteLine, lines_of
from pmworkshop.library.notes.tables import Columns, Row, cell_lines, columns, row
from pmworkshop.library.notes.times import Spoken, Timed, leading, length_in, says_end, trailing
from pmworkshop.library.notes.titles import titled, without_mentions
from pmworkshop.library.notes.unclear import length_inside, repaired, whole_hours

STRONG: Final = 0.55
LONGEST_TITLE_LINE: Final = 120
LONGEST_TRAILING: Final = 90
_LABEL = re.compile(r"^(?:time|timing|duration|length|allow)\b[\s:]*", re.IGNORECASE)


@value
class Start:
    """A place where a segment may begin.

    `index` is the first line it uses, `uses` all of them; `kept` are words of these that must go into the notes.
    `told` is None where only a length is given.
    """

    index: int
    uses: frozenset[int]
    number: int
    told: Told | None
    until: Spoken | None = None
    minutes: int | None = None
    title: str = ""
    kept: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
    in_bullet: bool = False
    in_row: bool = False

    @property
    def ends(self) -> bool:
        """Whether it says no more than that the session is over; with a length it is a part of it."""
        alone = self.told is not None and self.until is None and self.minutes is None
        return alone and says_end(self.title)


def clock_starts(lines: Sequence[NoteLine]) -> list[Start]:
    """Return the starts that have a time, in the order of the lines."""
    heads = table_heads(lines)
    found = [one for at in range(len(lines)) if (one := _leading_start(lines, at, heads)) is not None]
    lead_lines = sum(one.weight >= STRONG for one in _told(found)) >= 2  # noqa: PLR2004  # else they may end them
    used = {index for one in found for index in one.uses}
    for at in range(len(lines)):
        if at not in used and (lines[at].heading or not lead_lines):
            more = _trailing_start(lines, at)
            found += [more] if more is not None else []
    found += _whole_hour_starts(lines, found)
    found.sort(key=lambda one: one.index)
    return _convincing(found)


def _whole_hour_starts(lines: Sequence[NoteLine], found: Sequence[Start]) -> list[Start]:
    """Return the starts such as “9-10 Welcome” that touch those found, or one another."""
    used = {index for one in found for index in one.uses}
    free = [one for one in enumerate(lines) if one[0] not in used and not (one[1].cells or one[1].bullet)]
    texts = [(at, line.bare) for at, line in free]
    clear = [
        (one.index, one.told.spoken, one.until)
        for one in found
        if one.told and one.told.weight >= STRONG and not one.in_bullet
    ]
    return [_line_start(lines, at, timed) for at, timed in whole_hours(texts, clear)]


def length_starts(lines: Sequence[NoteLine]) -> list[Start]:
    """Return the starts that have only a length, such as “Welcome (10 mins)”."""
    heads = table_heads(lines)
    found = [one for at in range(len(lines)) if (one := _length_start(lines, at, heads)) is not None]
    plain = [one for one in found if not one.in_bullet]
    both = plain if len(plain) > 1 else [*found, *_numbered_too(lines, found)]
    return sorted(both, key=lambda one: one.index)


def _numbered_too(lines: Sequence[NoteLine], found: Sequence[Start]) -> list[Start]:
    """Return the other items of a numbered list whose items mostly have lengths; `minutes` is None where one has none."""
    items = [at for at, line in enumerate(lines) if line.bullet and line.text[:1].isdigit()]
    known = {one.index for one in found} & set(items)
    outer = min((lines[at].indent for at in known), default=0)
    others = [at for at in items if at not in known and lines[at].indent == outer]
    return [_item_start(lines[at], at) for at in others] if len(known) > len(others) else []


def _item_start(line: NoteLine, at: int) -> Start:
    inside = length_inside(line.bare)
    title = titled(line.bare)
    return Start(
        index=at,
        uses=frozenset({at}),
        number=line.number,
        told=None,
        minutes=inside[0] if inside and title.text else None,
        title=title.text,
        kept=() if title.whole else (line.bare,),
        mentions=title.mentions,
        doubts=(("minutes", inside[1]),) if inside else (),
        in_bullet=True,
    )


def _told(starts: Sequence[Start]) -> list[Told]:
    return [one.told for one in starts if one.told is not None and not one.in_bullet]


def _convincing(found: Sequence[Start]) -> list[Start]:
    """Leave out bullets and four-figure numbers where other lines have clearer times."""
    clear = [one for one in _told(found) if one.weight >= STRONG]
    if len(clear) > 1:
        return [one for one in found if one.told and one.told.weight >= STRONG and not one.in_bullet]
    weak = [one for one in found if one.told and one.told.weight < STRONG]
    return [one for one in found if one not in weak] if len(weak) < 2 else list(found)  # noqa: PLR2004  # “1400 words”


def table_heads(lines: Sequence[NoteLine]) -> dict[int, Columns]:
    """Return for every row of a table that has a heading the columns it has, and for the heading itself too."""
    found: dict[int, Columns] = {}
    known: Columns | None = None
    for at, line in enumerate(lines):
        if not line.cells:
            known = known if line.blank else None
            continue
        heads = columns(line.cells)
        known = heads or known
        if known is not None:
            found[at] = known
    return found


def as_lines(line: NoteLine, known: Columns | None) -> tuple[NoteLine, ...]:
    """Return a row of a table that begins no segment as lines, each cell under its column's heading; others as they are."""
    if known is None or is_table_head(line):
        return (line,)
    return lines_of((line.number, text) for text in cell_lines(line.cells, known))


def is_table_head(line: NoteLine) -> bool:
    """Whether a line only names the columns below it."""
    return bool(line.cells) and columns(line.cells) is not None


def _leading_start(lines: Sequence[NoteLine], at: int, heads: dict[int, Columns]) -> Start | None:
    line = lines[at]
    if line.blank or is_table_head(line):
        return None
    if line.cells:
        found = row(line.cells, heads.get(at))
        if found is not None and found.timed is not None:
            return _row_start(lines, at, found)
        if found is not None or at in heads:
            return None
    timed = leading(line.bare)
    if timed is not None:
        return _line_start(lines, at, timed)
    mended = repaired(line.bare)
    return None if mended is None else _line_start(lines, at, mended[0], (("at", mended[1]),))


def _trailing_start(lines: Sequence[NoteLine], at: int) -> Start | None:
    line = lines[at]
    signed = line.bullet and line.text.startswith("- ")
    pair = sum(bool(cell) for cell in line.cells) == 2 and "|" not in line.text  # noqa: PLR2004  # a title, and its time
    if line.blank or signed or (line.cells and not pair) or len(line.bare) > LONGEST_TRAILING:
        return None
    if heading(lines, at) is not None and _next_has_time(lines, at):
        return None
    timed = trailing(without_mentions(line.bare), heading=line.heading or pair)
    return None if timed is None else _line_start(lines, at, timed)


def _next_has_time(lines: Sequence[NoteLine], at: int) -> bool:
    following = next((line for line in lines[at + 1 :] if not line.blank), None)
    return following is not None and leading(following.bare) is not None


def _length_start(lines: Sequence[NoteLine], at: int, heads: dict[int, Columns]) -> Start | None:
    line = lines[at]
    if line.blank or is_table_head(line):
        return None
    if line.cells:
        found = row(line.cells, heads.get(at))
        return _row_start(lines, at, found) if found is not None and found.minutes else None
    if len(line.bare) > LONGEST_TRAILING or length_in(without_mentions(line.bare)) is None:
        return None
    title = titled(line.bare)
    minutes, uses = title.minutes, {at}
    if _LABEL.match(title.text) and at and _may_be_title(lines, at - 1):
        uses.add(at - 1)
        title = titled(lines[at - 1].bare)
    if not title.text or minutes is None:
        return None
    return Start(
        index=min(uses),
        uses=frozenset(uses),
        number=line.number,
        told=None,
        minutes=minutes,
        title=title.text,
        kept=() if title.whole else (line.bare,),
        mentions=title.mentions,
        in_bullet=line.bullet,
    )


def _row_start(lines: Sequence[NoteLine], at: int, found: Row) -> Start:
    title = titled(found.title)
    numbers: tuple[tuple[Kind, str, str], ...] = (("slides", *found.slides), ("pages", *found.pages))
    cells = tuple(
        Mention(kind=kind, numbers=some, quote=some, start=0, end=0, doubt=doubt)
        for kind, some, doubt in numbers
        if some
    )
    timed = found.timed
    until = timed.until if timed and timed.until else found.until.start if found.until else None
    return Start(
        index=at,
        uses=frozenset({at}),
        number=lines[at].number,
        told=Told(spoken=timed.start, weight=max(timed.weight, STRONG)) if timed else None,
        until=until,
        minutes=found.minutes or title.minutes,
        title=title.text,
        kept=(*(() if title.whole else (found.title,)), *found.rest),
        mentions=(*title.mentions, *cells),
        doubts=_without_title(title.text),
        in_row=True,
    )


def _line_start(
    lines: Sequence[NoteLine], at: int, timed: Timed, doubts: tuple[tuple[str, str], ...] = ()
) -> Start:
    """Make a start of a line with a time; the title may stand on the line above or below."""
    title = titled(timed.rest)
    length, uses = title.minutes, {at}
    if not title.text:
        other = _title_near(lines, at)
        if other is not None:
            uses.add(other)
            title = titled(lines[other].bare)
    told = mentions(lines[at].bare) if not title.mentions else ()
    source = lines[max(uses - {at}, default=at)].bare if len(uses) > 1 else timed.rest
    return Start(
        index=min(uses),
        uses=frozenset(uses),
        number=lines[at].number,
        told=Told(spoken=timed.start, weight=timed.weight),
        until=timed.until,
        minutes=length or title.minutes,
        title=title.text,
        kept=() if title.whole else (source,),
        mentions=(*title.mentions, *told),
        doubts=(*doubts, *_doubts_of(title.text, whole=title.whole)),
        in_bullet=lines[at].bullet,
    )


def _doubts_of(title: str, *, whole: bool) -> tuple[tuple[str, str], ...]:
    if not whole:
        return (("title", "shortened from the line, which stands in the notes below"),)
    return _without_title(title)


def _without_title(title: str) -> tuple[tuple[str, str], ...]:
    return () if title else (("title", "the notes give no title here"),)


def _title_near(lines: Sequence[NoteLine], at: int) -> int | None:
    """Return the line that is the title of a time which stands alone: the heading or first line above it, or the next."""
    begins = at > 0 and not lines[at - 1].blank and (at == 1 or lines[at - 2].blank)
    if (begins or (at > 0 and _LABEL.match(lines[at].bare))) and _may_be_title(lines, at - 1):
        return at - 1
    above = next((one for one in range(at - 1, max(at - 3, -1), -1) if not lines[one].blank), None)
    if above is not None and lines[above].heading and _may_be_title(lines, above):
        return above
    below = next((one for one in range(at + 1, min(at + 4, len(lines))) if not lines[one].blank), None)
    return below if below is not None and _may_be_title(lines, below) else None


def _may_be_title(lines: Sequence[NoteLine], at: int) -> bool:
    line = lines[at]
    if line.blank or line.bullet or line.cells or len(line.bare) > LONGEST_TITLE_LINE:
        return False
    return leading(line.bare) is None and heading(lines, at) is None and bool(titled(line.bare).text)
