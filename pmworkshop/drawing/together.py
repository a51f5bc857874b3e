"""What pages draw and say of a room's results, and the shapes that all pictures are drawn with.

A drawing is plain SVG, in shades of grey where no style sheet is: `results.css` gives it a page's colours by class.
It holds no words but single letters and counts: names stand in the HTML around it, where they wrap. One unit is about
one CSS pixel on the narrowest phone. Nobody is named: of places there are counts, never the desk's initials or codes.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

from markupsafe import Markup

from pmworkshop.core.exercise import STEPS, Choice, End
from pmworkshop.core.scoring import TENTH, corner
from pmworkshop.core.text import clean_line
from pmworkshop.live.views.places import Field
from pmworkshop.live.views.results import Bar, Bars, Heat, Spread, Together

WIDE: Final = 320
CELL: Final = WIDE / STEPS
HALF: Final = STEPS // 2
BAR: Final = 20
SHADES: Final = 4
_INSET: Final = 9
"""How far a scale's ends stay inside the drawing, so that a mark there is whole."""
_DOT: Final = 11
"""From one dot's middle to the next: no two cover each other."""
_TALLEST: Final = 6 * _DOT
"""Taller piles are pushed together, dot upon dot, so that a picture stays flat."""

_RECT: Final = Markup('<rect class="{}" x="{:g}" y="{:g}" width="{:g}" height="{:g}" fill="{}" stroke="{}"/>')
_LINE: Final = Markup('<line class="{}" x1="{:g}" y1="{:g}" x2="{:g}" y2="{:g}" stroke="{}"/>')
_DISC: Final = Markup('<circle class="{}" cx="{:g}" cy="{:g}" r="{:g}" fill="{}" stroke="{}"/>')
_WORDS: Final = Markup(
    '<text class="{}" x="{:g}" y="{:g}" text-anchor="middle" font-size="18" fill="{}">{}</text>'
)
NOTHING: Final = Markup("")


def ident(kind: str, *parts: object) -> str:
    """Return an id for a page, different for different parts: what is no plain letter or figure becomes its number."""
    written = ("".join(map(_plain, str(part))) for part in parts)
    return "-".join((kind, *written))


def _plain(char: str) -> str:
    return char if char.isascii() and char.isalnum() else f"_{ord(char):x}."


def drawing(uid: str, high: float, title: str, parts: Sequence[Markup], desc: str = "") -> Markup:
    """Return an SVG of `WIDE` by `high` units, named by `title` to whoever does not see it; `desc` says more.

    Both are cleaned and escaped; `uid` is an `ident`, and alone of its kind on the page.
    """
    more = Markup('<desc id="{}-more">{}</desc>').format(uid, clean_line(desc)) if desc else ""
    named = f"{uid}-name {uid}-more" if desc else f"{uid}-name"
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 {} {:g}" role="img" '
        'aria-labelledby="{}"><title id="{}-name">{}</title>{}{}</svg>'
    ).format(WIDE, high, named, uid, clean_line(title), more, NOTHING.join(parts))


def along(given: float) -> float:
    """Return how far across a drawing a share of a scale lies, from 0 to 1."""
    return _INSET + min(max(given, 0.0), 1.0) * (WIDE - 2 * _INSET)


def stroke(kind: str, start: tuple[float, float], end: tuple[float, float], grey: str = "#767676") -> Markup:
    """Return a straight line."""
    return _LINE.format(kind, *start, *end, grey)


def disc(kind: str, x: float, y: float, size: float, fill: str = "#444") -> Markup:
    """Return a disc, or a ring where `fill` is none."""
    return _DISC.format(kind, x, y, size, fill, "#000" if fill == "none" else "#fff")


def words(text: str, x: float, y: float, *, on: bool = False) -> Markup:
    """Return a letter or a count, `on` a disc or beside one."""
    return _WORDS.format("drawn-count-in" if on else "drawn-count", x, y, "#fff" if on else "#000", text)


def bar(share: float, top: float = 0, *, steps: int = 0) -> list[Markup]:
    """Return a bar filled up to `share`, from 0 to 1; `BAR` units high. A scale's `steps` are ticks, and its end is marked."""
    low, at, high = along(0), along(share), along(1)
    ticks = (along(step / steps) for step in range(1, steps))
    end = [_RECT.format("drawn-end", at - 2.5, top, 5, BAR, "#000", "none")] if steps else []
    return [
        _RECT.format("drawn-track", low, top + 4, high - low, 12, "#ddd", "#767676"),
        _RECT.format("drawn-bar", low, top + 4, at - low, 12, "#555", "none"),
        *(stroke("drawn-tick", (x, top + 4), (x, top + 16)) for x in ticks),
        *end,
    ]


def grid(places: Mapping[tuple[int, int], int], *, own: bool = False) -> list[Markup]:
    """Return a grid of ten by ten, `WIDE` units high, with a mark at each place, counted from the left and the bottom.

    A place of several shows how many; with `own` it is one person's place, and its quarter is shaded.
    """
    fine = (one for step in range(1, STEPS) if step != HALF for one in _crossing("drawn-fine", step, "#ddd"))
    frame = _RECT.format("drawn-frame", 1, 1, WIDE - 2, WIDE - 2, "none", "#767676")
    here = [_quarter(*place) for place in places] if own else []
    marks = (one for (x, y), count in sorted(places.items()) for one in _marked(x, y, count, own=own))
    return [*here, *fine, frame, *_crossing("drawn-axis", HALF, "#444"), *marks]


def _crossing(kind: str, step: int, grey: str) -> list[Markup]:
    at, end = step * CELL, WIDE - 1
    return [stroke(kind, (at, 1), (at, end), grey), stroke(kind, (1, at), (end, at), grey)]


def _quarter(x: int, y: int) -> Markup:
    left, top = (WIDE / 2 if beyond else 0 for beyond in (x > HALF, y <= HALF))
    return _RECT.format("drawn-here", left, top, WIDE / 2, WIDE / 2, "#ddd", "none")


def _marked(x: int, y: int, count: int, *, own: bool) -> list[Markup]:
    across, down = middle(x), WIDE - middle(y)
    if own:
        return mark(across, down)
    if count == 1:
        return [disc("drawn-dot", across, down, 8)]
    return [disc("drawn-dot", across, down, 15), words(str(count), across, down + 6, on=True)]


def mark(x: float, y: float) -> list[Markup]:
    """Return one's own mark: a disc in a ring."""
    return [disc("drawn-ring", x, y, 14, "none"), disc("drawn-dot", x, y, 9)]


def middle(place: int) -> float:
    """Return where one of ten places has its middle."""
    return (place - 0.5) * CELL


def line(base: float) -> list[Markup]:
    """Return a line of ten places, `base` units from the top."""
    places = [middle(place) for place in range(1, STEPS + 1)]
    ticks = (stroke("drawn-axis", (x, base - 6), (x, base + 6)) for x in places)
    return [stroke("drawn-axis", (places[0], base), (places[-1], base)), *ticks]


def by_view(view: Together) -> dict[str, list[Spread]]:
    """Return the spreads by the view they belong to, in the order in which the views are offered."""
    names = dict.fromkeys(one.view for one in view.spreads)
    return {name: [one for one in view.spreads if one.view == name] for name in names}


def spread(one: Spread, *key: object) -> Markup:
    """Draw a factor's mean, with every score as a dot above it; nothing where too few have one. `key` makes the id."""
    if one.mean is None:
        return NOTHING
    shares = [share_of(score, one.lowest, one.highest) for score in one.scores]
    piled = _piled([along(share) for share in shares])
    step = _step(max(level for _, level in piled))
    top = max(level for _, level in piled) * step + _DOT + 2
    dots = [disc("drawn-dot", x, top - 2 - _DOT / 2 - level * step, 5) for x, level in piled]
    mean = bar(share_of(one.mean, one.lowest, one.highest), top, steps=one.highest - one.lowest)
    title = f"{one.title}: mean {tenths(one.mean)} from {one.lowest} to {one.highest}; {spread_words(one)}"
    desc = "Scores: " + ", ".join(map(tenths, one.scores))
    return drawing(ident("spread", *key), top + BAR, title, [*dots, *mean], desc)


def _piled(places: Sequence[float]) -> list[tuple[float, int]]:
    """Return each place with how high its dot stands, so that none covers one beside it; `places` are in order."""
    ends: list[float] = []
    found = []
    for x in places:
        level = next((n for n, end in enumerate(ends) if x - end >= _DOT), len(ends))
        ends[level : level + 1] = [x]
        found.append((x, level))
    return found


def _step(highest: int) -> float:
    return min(_DOT, _TALLEST / highest) if highest else _DOT


def share_of(tenths: int, lowest: int, highest: int) -> float:
    """Return how far up its range a figure in tenths lies, from 0 to 1."""
    return (tenths / TENTH - lowest) / max(highest - lowest, 1)


def spread_words(one: Spread) -> str:
    """Say from where to where the room's scores go, and how many they are."""
    return f"{tenths(one.scores[0])} to {tenths(one.scores[-1])}, {len(one.scores)} scores"


def tenths(given: int) -> str:
    """Write tenths with their decimal."""
    return f"{given // TENTH}.{given % TENTH}"


def field(one: Field, *key: object) -> Markup:
    """Draw everybody's place on a grid or a line, by count alone; nothing where too few have one. `key` makes the id."""
    if not one.spots:
        return NOTHING
    uid, desc = ident("field", *key), places(one)
    if one.item.y is None:
        return _on_line(uid, one, desc)
    counts = corners(one)
    counted = ", ".join(f"{here.title}: {counts[here.x, here.y]}" for here in one.item.corners)
    title = counted or f"{len(one.spots)} places on a grid"
    return drawing(uid, WIDE, title, grid(Counter((spot.x, spot.y or 1) for spot in one.spots)), desc)


def _on_line(uid: str, one: Field, desc: str) -> Markup:
    counts = Counter(spot.x for spot in one.spots)
    most = max(counts.values())
    step = _step(most - 1)
    base = 32 + (most - 1) * step
    dots = [
        disc("drawn-dot", middle(x), base - 8 - n * step, 5)
        for x, count in counts.items()
        for n in range(count)
    ]
    figures = [words(str(count), middle(x), base - 16 - (count - 1) * step) for x, count in counts.items()]
    return drawing(uid, base + 8, marks_words(one), [*line(base), *dots, *figures], desc)


def places(one: Field, at_least: int = 1) -> str:
    """Say how many are at each place where there are `at_least` so many."""
    counts = sorted(Counter((spot.x, spot.y or 0) for spot in one.spots).items())
    found = ((f"{x} across, {y} up" if y else f"{x}", count) for (x, y), count in counts)
    return "; ".join(f"{count} at {where}" for where, count in found if count >= at_least)


def marks_words(one: Field) -> str:
    """Say how the marks on a line lie."""
    xs = sorted(spot.x for spot in one.spots)
    return f"{len(xs)} marks from {xs[0]} to {xs[-1]} of {STEPS}; the middle one at {xs[(len(xs) - 1) // 2]}"


def corners(one: Field) -> dict[tuple[End, End], int]:
    """Return how many stand in each corner that has a title, by the ends of the axes that meet there."""
    found = [corner(one.item, (spot.x, spot.y or 1)) for spot in one.spots]
    return {(here.x, here.y): found.count(here) for here in one.item.corners}


def points(heat: Heat) -> list[tuple[str, str]]:
    """Return the points of a scale, each with its label; “don't know” is a question mark."""
    signs = chain(range(1, len(heat.labels) + 1 - heat.way_out), "?" * heat.way_out)
    return [(str(sign), label) for sign, label in zip(signs, heat.labels, strict=True)]


def shade(count: int, counts: Sequence[int]) -> int:
    """Return how dense a cell's shade is: 0 for none, up to `SHADES` for all."""
    return min(count * SHADES // sum(counts) + 1, SHADES) if count else 0


def share(bars: Bars, one: Bar, *key: object) -> Markup:
    """Draw how many chose one answer, of all who answered. `key` makes the id."""
    title = f"{one.label}: {one.count} of {bars.answered}" + (", right" if one.right else "")
    return drawing(ident("share", *key), BAR, title, bar(one.count / max(bars.answered, 1)))


def empty(view: Together) -> list[Choice]:
    """Return the categories that hold no idea; none as long as nothing has been sorted."""
    used = {group.id for group in view.board}
    return [one for one in view.exercise.categories if one.id not in used] if used - {None} else []
