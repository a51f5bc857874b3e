"""What is only probably a time or a length: a scanner's letters for figures, whole hours such as “9-10”, “(3 x 10 mins)”.

None counts for itself: a repaired time and a length inside a line carry a doubt, and whole hours need a time beside
them that they touch.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pmworkshop.library.notes.times import HALF_DAY, Spoken, Timed, leading

_SCANNED = re.compile(r"^(?P<time>[\dOoIl|]{1,2}\s?[.:]\s?[\dOoIl|]{2})(?=[\s\-–—]|$)")  # noqa: RUF001
_FIGURES: Final = str.maketrans("OoIl|", "00111")
_INSIDE = re.compile(
    r"(?:\b(?P<count>\d{1,2})\s*[x×]\s*)?\b(?P<each>\d{1,3})\s?(?:minutes?|mins?)\b",  # noqa: RUF001
    re.IGNORECASE,
)
_ALONE: Final = 3
"""So many whole hours in a row are a running order without any clearer time."""


def repaired(text: str) -> tuple[Timed, str] | None:
    """Return the time in a line such as “O9:3O Welcome”, and the doubt about it; None where no letter was a figure."""
    found = _SCANNED.match(text)
    if found is None:
        return None
    said = found["time"]
    figures = "".join(said.split()).translate(_FIGURES)
    if figures == said or not any(sign.isdigit() for sign in said):
        return None
    timed = leading(figures + text[found.end() :])
    return None if timed is None else (timed, f"“{said}” taken for {timed.start.said}")


def whole_hours(
    texts: Sequence[tuple[int, str]], clear: Sequence[tuple[int, Spoken, Spoken | None]]
) -> list[tuple[int, Timed]]:
    """Return the ranges of whole hours, by line, that touch a clear time beside them or, without any, one another.

    `texts` are the lines that may be ones and `clear` those that have a time, with its end where they give one.
    """
    maybe = [(at, timed) for at, text in texts if (timed := _range(text)) is not None]
    known = [*clear, *((at, timed.start, timed.until) for at, timed in maybe)]
    known.sort(key=lambda one: one[0])
    runs: list[set[int]] = [{at} for at, _, _ in known[:1]]
    for (_, _, until), (at, start, _) in pairwise(known):
        if until is not None and _same(until, start):
            runs[-1].add(at)
        else:
            runs.append({at})
    anchors = {at for at, _, _ in clear}
    good = {at for run in runs if run & anchors or (not anchors and len(run) >= _ALONE) for at in run}
    return [(at, timed) for at, timed in maybe if at in good]


def length_inside(text: str) -> tuple[int, str] | None:
    """Return the one length, in minutes, that a line gives somewhere, and the doubt about it; None for none or several."""
    found = list(_INSIDE.finditer(text))
    if len(found) != 1:
        return None
    minutes = int(found[0]["each"]) * int(found[0]["count"] or 1)
    return (minutes, f"“{found[0].group()}” taken for its length") if 0 < minutes <= HALF_DAY else None


def _range(text: str) -> Timed | None:
    timed = leading(text, in_column=True)
    if timed is None or timed.until is None or timed.start.shape != "bare" or not timed.rest[:1].isupper():
        return None
    return timed


def _same(one: Spoken, other: Spoken) -> bool:
    return one.minute % HALF_DAY == other.minute % HALF_DAY
