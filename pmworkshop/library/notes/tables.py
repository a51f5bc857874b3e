"""Tables in notes: what each column holds by its heading, and a row as the start of a segment."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pmworkshop.core.value import value
from pmworkshop.library.notes.mentions import normal
from pmworkshop.library.notes.reading import bare
from pmworkshop.library.notes.times import Timed, leading, minutes_alone

_COLUMNS: Final = (
    ("until", r"(?:end|finish|to|until)(?:\s*time)?|ends"),
    ("time", r"(?:start\s*)?times?|starts?|when|clock|from|begin|timings?"),
    ("minutes", r"(?:duration|length|mins?|minutes|how long|time allowed|time needed)(?:\s*\(?(?:mins?|minutes)\.?\)?)?"),
    ("either", r"slides?\s*(?:/|&|and|or|,|\+)\s*(?:work\s?book\s*)?(?:pages?|pp?\.?)|(?:work\s?book\s*)?(?:pages?|pp?\.?)\s*(?:/|&|and|or|,|\+)\s*slides?"),
    ("slides", r"(?:ppt|powerpoint)?\s*(?:slides?|ppt|powerpoint)(?:\s*(?:nos?\.?|numbers?|ref))?"),
    ("pages", r"(?:work\s?book|handbook)?\s*(?:pages?|pp?\.?|work\s?book|handbook)(?:\s*(?:nos?\.?|numbers?|ref))?"),
    ("title", r"topics?|titles?|segments?|sessions?|subjects?|content|contents|activity|activities|what|item|items|section|theme|heading|(?:teach(?:er|ing)|tutor|trainer|facilitator)\W?s?(?:\s*(?:and|&|/)\s*learn(?:er|ing))?\s+activit(?:y|ies)"),
)  # fmt: skip
_PATTERNS: Final = tuple((role, re.compile(rf"^(?:{words})\W*$", re.IGNORECASE)) for role, words in _COLUMNS)
_NUMBERS = re.compile(r"^[\d\s,;&+/–—-]*(?:and[\d\s,;&+/–—-]*)*$", re.IGNORECASE)  # noqa: RUF001


@value
class Columns:
    """Which column holds what, by position from 0, and every column's own heading."""

    roles: Mapping[str, int]
    names: tuple[str, ...]


@value
class Row:
    """A row that begins a segment. `timed` is None where it has only a length."""

    timed: Timed | None
    title: str
    minutes: int | None
    slides: tuple[str, str]
    pages: tuple[str, str]
    until: Timed | None
    used: tuple[str, ...]
    rest: tuple[str, ...]


def columns(cells: Sequence[str]) -> Columns | None:
    """Return the columns that a row of headings names; None for a row that is none."""
    names = tuple(bare(cell) for cell in cells)
    roles: dict[str, int] = {}
    for role, pattern in _PATTERNS:
        at = next(
            (at for at, name in enumerate(names) if pattern.match(name) and at not in roles.values()), None
        )
        if at is not None:
            roles[role] = at
    timed = "time" in roles or "minutes" in roles
    if not timed or len(roles) < 2:  # noqa: PLR2004  # a time, and something that happens then
        return None
    if "title" not in roles:
        free = [at for at, name in enumerate(names) if name and at not in roles.values()]
        if free:
            roles["title"] = free[0]
    return Columns(roles=roles, names=names)


def row(cells: Sequence[str], known: Columns | None) -> Row | None:
    """Return the segment that a row begins; None where it has neither a time nor, under a heading, a length."""
    roles = known.roles if known else _guessed(cells)
    if roles is None:
        return None
    given = {role: bare(cells[at]) for role, at in roles.items() if at < len(cells)}
    clock, _, under_clock = cells[roles["time"]].partition("\n") if "time" in given else ("", "", "")
    timed = leading(bare(clock), in_column=known is not None)
    length = minutes_alone(given.get("minutes", "")) or (None if timed else minutes_alone(bare(clock)))
    if timed is None and (length is None or known is None):
        return None
    first = cells[roles["title"]] if "title" in given else ""
    title, _, below = first.partition("\n")
    if timed is not None and timed.rest and not title:
        title = timed.rest
    taken = {at for role, at in roles.items() if _is_used(role, cells, at, timed, length)}
    more = [line for line in (under_clock, *below.splitlines()) if line]
    others = [_named(known, at, cell) for at, cell in enumerate(cells) if cell and at not in taken]
    if timed is not None and timed.rest and title != timed.rest and minutes_alone(timed.rest) is None:
        more.insert(0, timed.rest)
    return Row(
        timed=timed,
        title=bare(title),
        minutes=length or (minutes_alone(timed.rest) if timed else None),
        slides=_numbers(given.get("slides", "")) if "either" not in given else _either(given["either"]),
        pages=_numbers(given.get("pages", "")),
        until=leading(given.get("until", ""), in_column=True),
        used=tuple(cells[at].partition("\n")[0] for at in sorted(taken) if at < len(cells) and cells[at]),
        rest=(*more, *(line for one in others for line in one)),
    )


def _guessed(cells: Sequence[str]) -> Mapping[str, int] | None:
    """Without headings: the first cell that is a time, and the title after it."""
    at = next((at for at, cell in enumerate(cells) if cell), None)
    if at is None or leading(bare(cells[at].partition("\n")[0])) is None:
        return None
    title = next((later for later in range(at + 1, len(cells)) if cells[later]), at + 1)
    return {"time": at, "title": title}


def _is_used(role: str, cells: Sequence[str], at: int, timed: Timed | None, length: int | None) -> bool:
    """Whether all that a cell says is said by the plan, so that it need not be in the notes as well."""
    if at >= len(cells):
        return False
    text = bare(cells[at])
    if role in {"either", "slides", "pages"}:
        return bool(_NUMBERS.match(text))
    if role == "minutes":
        return minutes_alone(text) is not None
    if role == "until":
        found = leading(text, in_column=True)
        return found is not None and not found.rest
    return role == "title" or timed is not None or length is not None


def _numbers(text: str) -> tuple[str, str]:
    """Return the numbers of a cell that holds nothing else, and a doubt about them."""
    return normal(text) if text and _NUMBERS.match(text) else ("", "")


def _either(text: str) -> tuple[str, str]:
    """Return the bare numbers of a column for slides and pages as slides, and say so."""
    numbers, doubt = _numbers(text)
    return numbers, doubt or ("the column is for slides and pages; taken for slides" if numbers else "")


def cell_lines(cells: Sequence[str], known: Columns) -> list[str]:
    """Return what the cells of a row say, line by line; numbers of slides and pages under their column's heading."""
    found: list[str] = []
    for at, cell in enumerate(cells):
        if cell:
            plain = at in {known.roles.get("title"), known.roles.get("time")}
            slides = at == known.roles.get("either") and _NUMBERS.match(bare(cell))
            found += (
                cell.splitlines()
                if plain
                else [f"Slides {bare(cell)}"]
                if slides
                else _named(known, at, cell)
            )
    return found


def _named(known: Columns | None, at: int, cell: str) -> list[str]:
    """Return the lines of a cell that has no place of its own, under its column's heading."""
    lines = cell.splitlines()
    name = known.names[at] if known and at < len(known.names) else ""
    if not name or name.casefold() in {"notes", "content", "details", "description"}:
        return lines
    return [f"{name}: {lines[0]}", *lines[1:]]
