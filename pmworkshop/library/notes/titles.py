"""A title out of what a line says: without slides, pages and length where these end it, and never too long."""

import re
from typing import Final

from pmworkshop.core.value import value
from pmworkshop.library.notes.mentions import Mention, mentions
from pmworkshop.library.notes.times import length_in

LONGEST: Final = 80
SHORTEST: Final = 8
_FAR: Final = 2000
_STOP = re.compile(r"[.;:!?](?=\s)|\s[-–—]\s|,\s|\s\(")  # noqa: RUF001
_SPREAD = re.compile(
    r"(?<![\d.:])\d{1,3}\s?(?:[-–]|\bto\b)\s?(?=\d{1,3}\s?m(?:ins?|inutes?)?\b)",  # noqa: RUF001
    re.IGNORECASE,
)
_EDGES: Final = " \t-–—:;,.|*_~>\\/=#·•"  # noqa: RUF001


@value
class Title:
    """A title, the length and the numbers that its line gave, and whether it says less than the line did."""

    text: str
    minutes: int | None
    mentions: tuple[Mention, ...]
    whole: bool


def titled(line: str) -> Title:
    """Return the title in a line; its text is empty where the line has no words but numbers and lengths."""
    long, line = len(line) > _FAR, line[:_FAR]
    found = mentions(line)
    minutes, rest = _without_length(line)
    rest = without_mentions(rest)
    if minutes is None:
        minutes, rest = _without_length(rest)
    text = _tidy(rest)
    if len(text) <= LONGEST and not long:
        return Title(text=text, minutes=minutes, mentions=found, whole=True)
    return Title(text=_shortened(text), minutes=minutes, mentions=found, whole=False)


def _without_length(text: str) -> tuple[int | None, str]:
    found = length_in(_SPREAD.sub("", text))
    return (found.minutes, found.rest) if found else (None, text)


def without_mentions(text: str) -> str:
    """Take away what a line says of slides and pages at its end, with its brackets or comma."""
    cut = text
    for one in reversed(mentions(text)):
        if cut[one.end :].strip(" )]}.,;&+"):
            break
        before = cut[: one.start].rstrip(" (+&,;")
        cut = before.removesuffix(" on").removesuffix(" see").removesuffix(" and").rstrip(" -–—:([,;+&")  # noqa: RUF001
    return cut or text


def _tidy(text: str) -> str:
    tidy = text.strip(_EDGES)
    if tidy.endswith(")") and "(" not in tidy:
        tidy = tidy[:-1].rstrip(_EDGES)
    if tidy.count("(") > tidy.count(")"):
        tidy += ")"
    return tidy


def _shortened(text: str) -> str:
    """Cut at the first natural stop that leaves a title, else at a word."""
    stop = _STOP.search(text, SHORTEST)
    if stop is not None and stop.start() <= LONGEST:
        return _tidy(text[: stop.start()])
    cut = text[: LONGEST - 1]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip(_EDGES)}…"
