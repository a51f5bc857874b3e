"""Pieces of notes as segments, and a stretch of them as a session: times, numbers, guesses, each with its doubt."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final, Literal

from pmworkshop.core.filenames import slug
from pmworkshop.core.units import TimeOfDay, time_of_day
from pmworkshop.core.value import value
from pmworkshop.library.notes.choices import Choice, sorted_out
from pmworkshop.library.notes.guesses import guesses, is_break, is_lunch
from pmworkshop.library.notes.mentions import Mention, hangs, joined, mentions, spread
from pmworkshop.library.notes.pieces import Doubt, Piece, Quote, Stretch
from pmworkshop.library.notes.reading import NoteLine
from pmworkshop.library.notes.slugs import Names
from pmworkshop.library.notes.times import after

BREAK: Final = 15
LUNCH: Final = 45
LONGEST_BREAK: Final = 120
_LEAST, _ROUND = 10, 30
_LONGEST_HUNG: Final = 2000


@value
class Part:
    """A segment as it will be written. Numbers are as a plan has them; `quotes` are the lines that it stands for."""

    id: str
    title: str
    kind: Literal["work", "break"]
    at: TimeOfDay | None
    minutes: int | None
    fixed: bool
    method: tuple[str, ...]
    grouping: tuple[str, ...]
    slides: str | None
    pages: str | None
    notes: tuple[NoteLine, ...]
    look_for: tuple[NoteLine, ...]
    choices: tuple[Choice, ...]
    choose: str
    quotes: tuple[Quote, ...]
    doubts: tuple[Doubt, ...]


@value
class Plan:
    """A session as it will be written; `key` is what its heading calls it, such as `a`."""

    title: str
    key: str
    start: TimeOfDay
    end: TimeOfDay
    end_assumed: bool
    welcome: tuple[NoteLine, ...]
    parts: tuple[Part, ...]
    quotes: tuple[Quote, ...]
    doubts: tuple[Doubt, ...]


def plan(stretch: Stretch) -> Plan:
    """Return the session that a stretch of notes makes."""
    end, assumed = _end(stretch)
    names = Names()
    starts = [*(piece.minute for piece in stretch.pieces[1:]), end]
    parts = [_part(stretch, number, until, names) for number, until in enumerate(starts)]
    doubts = list(stretch.doubts)
    if assumed:
        words = "the notes give no end; this is the next half hour"
        doubts.append(Doubt(number=stretch.pieces[-1].start.number, key="end", words=words))
    return Plan(
        title=stretch.title,
        key=stretch.key,
        start=time_of_day(stretch.pieces[0].minute),
        end=time_of_day(end),
        end_assumed=assumed,
        welcome=stretch.welcome,
        parts=_with_doubles(parts),
        quotes=stretch.quotes,
        doubts=tuple(doubts),
    )


def _end(stretch: Stretch) -> tuple[int, bool]:
    """Return the minute at which a session ends, and whether it was assumed."""
    last = stretch.pieces[-1]
    if stretch.ends is not None:
        return stretch.ends, False
    if last.start.until is not None and (until := after(last.minute, last.start.until)) > last.minute:
        return until, False
    if last.start.minutes is not None:
        return last.minute + last.start.minutes, False
    if is_break(last.start.title):
        return last.minute + (LUNCH if is_lunch(last.start.title) else BREAK), True
    return -(-(last.minute + _LEAST) // _ROUND) * _ROUND, True


def _part(stretch: Stretch, number: int, until: int, names: Names) -> Part:
    piece, timed = stretch.pieces[number], stretch.timed
    start = piece.start
    body = sorted_out(piece.lines)
    title = start.title or f"Part {number + 1}"
    pause = is_break(title)
    minutes, length_doubts = _minutes(piece, until, pause)
    said = [(start.number, one) for one in start.mentions] + _mentioned((*body.notes, *body.look_for))
    guessed = {} if pause else {key: _guessed(key, piece, body.notes) for key in ("method", "grouping")}
    return Part(
        id=names.take(slug(title, f"part-{number + 1}")),
        title=title,
        kind="break" if pause else "work",
        at=time_of_day(piece.minute) if timed or number == 0 else None,
        minutes=minutes if timed else start.minutes,
        fixed=pause and timed,
        method=guessed["method"][0] if guessed else (),
        grouping=guessed["grouping"][0] if guessed else (),
        slides=_numbers(said, "slides"),
        pages=_numbers(said, "pages"),
        notes=body.notes,
        look_for=body.look_for,
        choices=body.choices,
        choose=body.choose,
        quotes=piece.quotes,
        doubts=(
            *piece.doubts,
            *_afternoon(piece, number, late=stretch.late),
            *(length_doubts if timed else ()),
            *(doubt for _, found in guessed.values() for doubt in found),
            *(Doubt(number=at, key=one.kind, words=one.doubt) for at, one in said if one.doubt),
        ),
    )


def _minutes(piece: Piece, until: int, pause: bool) -> tuple[int | None, tuple[Doubt, ...]]:
    """Return the length to write, if any: a break's, or one that leaves a gap; and what does not agree."""
    gap = until - piece.minute
    start = piece.start
    ends = None if start.until is None else after(piece.minute, start.until) - piece.minute
    stated = ends if ends is not None and ends > 0 else start.minutes
    written = gap if pause else None

    def doubt(words: str) -> tuple[Doubt, ...]:
        return (Doubt(number=start.number, key="minutes", words=words),)

    if stated is None or stated == gap:
        long = pause and gap > LONGEST_BREAK
        return written, doubt(f"the next start makes this break {gap} min long") if long else ()
    if stated > gap:
        return written, doubt(f"the notes say {stated} min, but there are {gap} up to what follows")
    if ends == stated:
        return stated, doubt(f"{gap - stated} min are left open before what follows")
    return written, doubt(f"the notes say {stated} min, but what follows begins {gap} min later")


def _mentioned(lines: Sequence[NoteLine]) -> list[tuple[int, Mention]]:
    """Return the mentions in lines, also where one runs over the end of a line."""
    found: list[tuple[int, Mention]] = []
    carried = ""
    for line, following in zip_longest(lines, lines[1:]):
        text = f"{carried} {line.bare}".strip()
        goes_on = following is not None and not following.bullet and not following.blank
        carried = text if goes_on and len(text) <= _LONGEST_HUNG and hangs(text) else ""
        if not carried:
            found += [(line.number, one) for one in mentions(text)]
    return found


def _numbers(said: Iterable[tuple[int, Mention]], kind: str) -> str | None:
    return joined(one.numbers for _, one in said if one.kind == kind)


def _guessed(key: str, piece: Piece, lines: Sequence[NoteLine]) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    """Return what the words give away of one key, and the doubt that says which words."""
    found: dict[str, tuple[int, str]] = {}
    for number, text in ((piece.start.number, piece.start.title), *((one.number, one.bare) for one in lines)):
        for guess in guesses(key, text):
            found.setdefault(guess.name, (number, guess.quote))
    if not found:
        return (), ()
    quotes = ", ".join(dict.fromkeys(f"“{quote}”" for _, quote in found.values()))
    first = min(number for number, _ in found.values())
    return tuple(found), (Doubt(number=first, key=key, words=f"guessed from {quotes}"),)


def _afternoon(piece: Piece, number: int, *, late: bool) -> tuple[Doubt, ...]:
    """Say where a time was read as afternoon without a time before it that makes it so."""
    told = piece.start.told
    if told is None or number or late or piece.minute == told.spoken.minute:
        return ()
    words = f"“{told.spoken.minute // 60}.{told.spoken.minute % 60:02d}” taken for the afternoon"
    return (Doubt(number=piece.start.number, key="at", words=words),)


def _with_doubles(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Say where two segments have the same slide, which may be a slip of the notes."""
    shown = [_all_slides(part) for part in parts]
    found = []
    for at, part in enumerate(parts):
        others = [
            (sorted(shown[at] & slides), parts[other].title)
            for other, slides in enumerate(shown)
            if other != at and len(slides) > len(shown[at] & slides) and shown[at] & slides
        ]
        key = "options" if part.slides is None or not spread(part.slides) & _in(others) else "slides"
        doubts = tuple(
            Doubt(
                number=part.quotes[0][0],
                key=key,
                words=f"slide {', '.join(map(str, same))} stands in “{title}” as well",
            )
            for same, title in others
        )
        found.append(replace(part, doubts=(*part.doubts, *doubts)) if doubts else part)
    return tuple(found)


def _in(others: Sequence[tuple[list[int], str]]) -> frozenset[int]:
    return frozenset(number for numbers, _ in others for number in numbers)


def _all_slides(part: Part) -> frozenset[int]:
    return spread(joined([part.slides or "", *(choice.numbers("slides") or "" for choice in part.choices)]))
