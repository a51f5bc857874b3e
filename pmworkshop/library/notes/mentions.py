"""Slides and pages that notes mention: “slide 3-5”, “slides 6-9 and 12”, “ppt 4”, “pp6, 7”, “12,13 of workbook”.

Numbers that count something else (“slide 3, 10 minutes”) are left alone; what is doubtful carries its doubt.
"""

import re
from collections.abc import Iterable
from typing import Final, Literal

from pmworkshop.core.value import value

Kind = Literal["slides", "pages"]
_COUNTED = (
    r"(?!\s*(?:mins?|minutes?|hours?|hrs?|people|persons?|groups?|ways?|things?|points?|steps?|questions?|pairs?|trios?|"
    r"teams?|volunteers?|examples?|times?|copies|cards?|sheets?|participants?|delegates?|practices?|days?|weeks?|"
    r"percent|per cent|excellent|key|main|slides?|of them|am|pm)\b)(?!\s*[%x'’′])(?![.:]\d)(?!\d)"  # noqa: RUF001
)
_DASH = r"(?:-|–|—|−|\bto\b|\bthrough\b)"  # noqa: RUF001
_NUMBER = r"\d{1,3}(?!\d)"
_RANGE = rf"{_NUMBER}(?:\s*{_DASH}\s*{_NUMBER}{_COUNTED})?"
_AND = r"\s*(?:,\s*and\b|,\s*&|;\s*then\b|,|;|&|\+|/|\band\b)\s*"
_SLIDE = r"(?:(?:power\s?point|pptx?)\s*)?(?:slides?|sl\.)|power\s?points?|pptx?|ohps?"
_PAGE = r"pages?|pgs?\.?|pp?\.?"
_BOOK = r"(?:the\s+|your\s+|their\s+)?(?:work\s?-?book|wkbk|w/?b|hand\s?book|manual|booklet|course\s?book)"
_OF = r"\s*(?:nos?\.?|numbers?|#)?\s*[:#(]?\s*"


def _list(word: str) -> str:
    return rf"{_RANGE}(?:{_AND}(?:(?:{word})\s*)?{_RANGE}{_COUNTED}){{0,30}}"


_SLIDES = re.compile(rf"(?<![^\W\d_])(?:{_SLIDE}){_OF}(?P<list>{_list('slides?')})", re.IGNORECASE)
_PAGES = re.compile(
    rf"(?<![\w.])(?:{_BOOK}\s*[,:(]?\s*(?:{_PAGE})?|{_PAGE}){_OF}(?P<list>{_list(_PAGE)})", re.IGNORECASE
)
_OF_BOOK = re.compile(
    rf"(?<![\w.:])(?P<list>{_list(_PAGE)})\s*(?:of|in|from)?\s*{_BOOK}\b(?!\s+\w*(?:exercise|page|task|activit))",
    re.IGNORECASE,
)
_CODE = re.compile(r"P\d")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ONE = re.compile(rf"(\d{{1,3}})(?:\s*{_DASH}\s*(\d{{1,3}}))?", re.IGNORECASE)
FURTHEST: Final = 20_000
"""Characters of a line that are looked through; what stands further on is kept, but not understood."""
PAGE_ALONE: Final = re.compile(
    r"^(?:\d{1,3}|-\s*\d{1,3}\s*-|(?:page\s+)?\d{1,3}\s*(?:of|/)\s*\d{1,3})$", re.IGNORECASE
)
_HANGING = re.compile(
    r"(?:\b(?:slides?|pages?|pp?\.?|ppt)|\b(?:slides?|pages?|pp)\s?[\d\s,&-]*(?:,|&|\band))\s*$",
    re.IGNORECASE,
)


@value
class Mention:
    """Numbers that notes give, as a plan has them (`"6-9, 12"`), where they stood, and what is doubtful about them."""

    kind: Kind
    numbers: str
    quote: str
    start: int
    end: int
    doubt: str = ""


def mentions(text: str) -> tuple[Mention, ...]:
    """Return every mention of slides and pages in a line, in its order; no place is counted twice."""
    plain = _ADDRESS.sub(lambda found: " " * len(found.group()), text[:FURTHEST])
    found: list[Mention] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(_mention(kind, match, pattern is _OF_BOOK))
    return tuple(sorted((one for one in found if one.numbers), key=lambda one: one.start))


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("slides", _SLIDES),
    ("pages", _PAGES),
    ("pages", _OF_BOOK),
)


def _mention(kind: Kind, match: re.Match[str], reversed_: bool) -> Mention:
    numbers, doubt = normal(match["list"])
    quote = " ".join(match.group().split())
    if reversed_ and numbers.isdigit():
        doubt = f"“{quote}” may be a count and not a page"
    if kind == "pages" and _CODE.match(match.group()):
        doubt = f"“{quote}” may be a code and not a page"
    return Mention(kind=kind, numbers=numbers, quote=quote, start=match.start(), end=match.end(), doubt=doubt)


def normal(text: str) -> tuple[str, str]:
    """Return a list of numbers as a plan has it, and a doubt where a range had to be turned or filled up."""
    parts, doubt = [], ""
    for first, last in _ONE.findall(text):
        low, high = int(first), int(last or first)
        if high < low and len(last) < len(first):
            high = int(first[: len(first) - len(last)] + last)
            doubt = f"“{first}-{last}” taken for {low}-{high}"
        if high < low:
            low, high = high, low
            doubt = f"“{first}-{last}” runs backwards"
        parts.append(f"{low}-{high}" if last and high > low else f"{low}")
    return ", ".join(parts), doubt


def spread(numbers: str | None) -> frozenset[int]:
    """Return each number that a plan's `"6-9, 12"` stands for."""
    found: set[int] = set()
    for first, last in _ONE.findall(numbers or ""):
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)


def joined(lists: Iterable[str]) -> str | None:
    """Return several lists of numbers as one, in their order, without doubles; None where there are none."""
    parts = [part for one in lists for part in one.split(", ") if part]
    return ", ".join(dict.fromkeys(parts)) or None


def hangs(text: str) -> bool:
    """Whether a line ends in the middle of a mention, such as “see slide”, so that its number is on the next line."""
    return bool(_HANGING.search(text))
