"""Whether an exercise's scales, factors and bands fit its items: every score must have one range and one meaning.

Bands are compared in tenths, as scores are (`core.scoring`).
"""

from collections.abc import Iterator
from typing import Any

from pmworkshop.core.scoring import TENTH
from pmworkshop.library.known import Known
from pmworkshop.library.problem import Blame, Path, quoted
from pmworkshop.library.query import EACH, given, groups, inside, named, number, texts, unknown, word

_FARTHEST = 1_000.0
"""Beyond any score; keeps what an author may write from overflowing."""
_LEFT_OVER = 1e-6
"""What is left over of a decimal place in a float."""

Group = dict[str, Any]
Entry = tuple[Path, Group]
Range = tuple[int, int]
"""The lowest and the highest point that an answer can count."""
Band = tuple[int, int, Path]
"""From and to in tenths, and where it stands."""


def score_blames(data: Group, known: Known) -> Iterator[Blame]:
    """Yield what is wrong with scales, factors, the items that count for them, and bands."""
    scales = named(data, "scales")
    for what, key in (("scale", "scales"), ("factor", "factors")):
        there = named(data, key)
        add = f"add it to `{key}`"
        yield from unknown(data, what, None if there is None else frozenset(there), add, "items", EACH, what)
        used = {name for _, name in texts(data, "items", EACH, what)}
        for path, name in texts(data, key, EACH, "id"):
            if name not in used:
                yield Blame(path, f"no item uses the {what} {quoted(name)}", "take it away", "warning")
    counted: dict[str, list[Entry]] = {}
    for path, item in groups(data, "items", EACH):
        factor = word(item, "factor")
        if factor is not None:
            counted.setdefault(factor, []).append((path, item))
            if item.get("required") is False:
                yield _may_be_left_out(path, item)
    for path, measure in groups(data, "factors", EACH):
        items = counted.get(word(measure, "id") or "", [])
        yield from _one_range(measure, items, scales)
        ranges = {_range(item, scales) for _, item in items}
        yield from inside(path, _bands(measure, ranges.pop() if len(ranges) == 1 else None))
    yield from _enough(data, counted, known)


def _may_be_left_out(path: Path, item: Group) -> Blame:
    offer = (
        "offer `dont_know: true`" if word(item, "kind") == "rating" else "make it a rating with `dont_know`"
    )
    return Blame(
        (*path, "required"),
        "an item that counts for a factor must be answered: leaving it out would change the score",
        f"take `required: false` away; where people may not know, {offer}",
        at_key=True,
    )


def _range(item: Group, scales: dict[str, Group] | None) -> Range | None:
    """Return what an answer can count; None where that cannot be told."""
    kind = word(item, "kind")
    if kind == "yes-no":
        return (0, 1)
    scale = (scales or {}).get(word(item, "scale") or "")
    labels = scale.get("labels") if scale is not None and kind == "rating" else None
    return (1, len(labels)) if isinstance(labels, list) and len(labels) > 1 else None


def _one_range(factor: Group, items: list[Entry], scales: dict[str, Group] | None) -> Iterator[Blame]:
    first: Range | None = None
    for path, item in items:
        found = _range(item, scales)
        first = first or found
        if found is not None and found != first and first is not None:
            name = quoted(word(factor, "id") or "")
            yield Blame(
                (*path, "factor"),
                f"{_from_to(found)} here and {_from_to(first)} before cannot be averaged in the factor {name}",
                "let all its items be yes-no, or ratings on scales of equally many labels",
            )


def _from_to(found: Range) -> str:
    return f"{found[0]} to {found[1]}"


def _enough(data: Group, counted: dict[str, list[Entry]], known: Known) -> Iterator[Blame]:
    """Yield that more answers are needed than the smallest factor has; nothing while an item names no factor."""
    reading = data.get("reading")
    enough = number(reading, "enough") if isinstance(reading, dict) else None
    names = {name for _, name in texts(data, "factors", EACH, "id")} & counted.keys()
    if enough is None or len(names) < max(len(counted), 1):
        return
    each = len(known.criteria) if known.criteria else int(enough)
    sizes = {name: sum(each if given(item, "for_each") else 1 for _, item in counted[name]) for name in names}
    least = min(sizes, key=lambda name: (sizes[name], name))
    if sizes[least] < enough:
        yield Blame(
            ("reading", "enough"),
            f"{enough} known answers are needed, but the factor {quoted(least)} has only {sizes[least]} items",
            f"ask for {sizes[least]} or fewer",
        )


def _bands(factor: Group, span: Range | None) -> Iterator[Blame]:
    """Yield the odd bands of a factor; only where there are none, the gaps between them."""
    bands: list[Band] = []
    good = True
    for path, band in groups(factor, "bands", EACH):
        low, high = number(band, "low"), number(band, "high")
        wrong = list(_odd(path, band))
        yield from wrong
        if wrong or low is None or high is None:
            good = False
        else:
            bands.append((_tenths(low), _tenths(high), path))
    if good and bands:
        bands.sort()
        yield from _gaps(bands)
        yield from _ends(bands, span) if span is not None else ()


def _odd(path: Path, band: Group) -> Iterator[Blame]:
    ends = {key: found for key in ("low", "high") if (found := number(band, key)) is not None}
    for key, found in ends.items():
        if abs(found) < _FARTHEST and abs(found * TENTH - _tenths(found)) > _LEFT_OVER:
            words = f"`{key}` is {found}, but scores have one decimal place"
            yield Blame((*path, key), words, f"write {found:.1f}")
    low, high = ends.get("low"), ends.get("high")
    if low is not None and high is not None and low > high:
        yield Blame((*path, "low"), f"from {low} to {high} is upside down", "swap `low` and `high`")


def _tenths(found: float) -> int:
    return round(max(-_FARTHEST, min(_FARTHEST, found)) * TENTH)


def _gaps(bands: list[Band]) -> Iterator[Blame]:
    end = bands[0][1]
    for begin, this_end, path in bands[1:]:
        remedy = f"begin this band at {_words(end + 1)}, or end the one below at {_words(begin - 1)}"
        if begin <= end:
            yield Blame((*path, "low"), f"a score of {_words(begin)} lies in two bands", remedy)
        elif begin > end + 1:
            hole = _words(end + 1) + (f" to {_words(begin - 1)}" if begin > end + 2 else "")
            yield Blame((*path, "low"), f"no band holds a score of {hole}", remedy)
        end = max(end, this_end)


def _ends(bands: list[Band], span: Range) -> Iterator[Blame]:
    lowest, highest = bands[0], max(bands, key=lambda band: band[1])
    scores = f"scores go from {span[0]} to {span[1]}"
    if lowest[0] != span[0] * TENTH:
        words = f"{scores}, but the bands begin at {_words(lowest[0])}"
        yield Blame((*lowest[2], "low"), words, f"write `low: {span[0]}`")
    if highest[1] != span[1] * TENTH:
        words = f"{scores}, but the bands end at {_words(highest[1])}"
        yield Blame((*highest[2], "high"), words, f"write `high: {span[1]}`")


def _words(tenths: int) -> str:
    return f"{tenths / TENTH:g}"
