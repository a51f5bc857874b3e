"""What a room's answers come to, as a page: bars, spreads, grids with everybody on them, a heat table, a board."""

from collections.abc import Iterator, Sequence
from typing import Final

from textual.content import Content

from pmworkshop.core.exercise import STEPS, Exercise
from pmworkshop.core.scoring import TENTH, corner
from pmworkshop.desk.widgets.grids import Grid, Strip, legend
from pmworkshop.desk.widgets.markdown import Block
from pmworkshop.desk.widgets.parts import after_gaps, bold, bullets, heading, plain, quiet, section
from pmworkshop.desk.widgets.pictures import Measure, bars, shaded, table
from pmworkshop.desk.widgets.result_blocks import CAVEATS
from pmworkshop.live.views.board import Idea, IdeaGroup
from pmworkshop.live.views.places import DOT, Field
from pmworkshop.live.views.results import Bars, Heat, Spread, Together

MOST_DOTS: Final = 8
UNSURE: Final = "?"


def together_blocks(view: Together) -> tuple[Block, ...]:
    """Return the room's results; below the number of people from which they show, only how many there are."""
    if not view.enough:
        return tuple(_too_few(view))
    pictures = [
        *_board(view),
        *_spreads(view),
        *(tuple(_field(view, one)) for one in view.fields),
        *(tuple(_heat(view, one)) for one in view.heat),
        *(tuple(_bars(view, one)) for one in view.bars),
        *((bold(one.text), *bullets(one.entries)) for one in view.words),
    ]
    if not pictures:
        pictures = [
            (quiet("Nothing here can be counted or placed. Read what was handed in, under outputs."),)
        ]
    return (*after_gaps(pictures), *section(CAVEATS, bullets(view.exercise.reading.caveats)))


def people_words(count: int) -> str:
    """Say how many people: `1 person`, `3 people`."""
    return f"{count} {'person' if count == 1 else 'people'}"


def _too_few(view: Together) -> Iterator[Block]:
    if view.people:
        yield plain(f"{people_words(view.people)} so far; results show from {view.at_least} up.")
    else:
        yield plain("Nobody has handed in yet.")
    if view.exercise.privacy == "anonymous":
        yield quiet("Anonymous sheets lie in a box. They are counted when the activity has been closed.")


def _few_here(view: Together) -> Block:
    return quiet(f"Too few for this one; it shows from {view.at_least} people up.")


def _title(text: str, view: str) -> Block:
    return bold(f"{text} · {view}" if view else text)


def _spreads(view: Together) -> Iterator[tuple[Block, ...]]:
    views = dict.fromkeys(one.view for one in view.spreads)
    for name in views:
        mine = [one for one in view.spreads if one.view == name]
        yield (heading(name or "Scores across the room"), *bars([_spread(view, one) for one in mine]))
    if any(one.scores for one in view.spreads):
        yield (quiet("The figures under a bar say how many scored there."),)


def _spread(view: Together, one: Spread) -> Measure:
    if one.mean is None:
        return Measure(label=one.title, share=None, words=f"no scores from {view.at_least} people")
    span = max(one.highest - one.lowest, 1) * TENTH
    shares = tuple((score - one.lowest * TENTH) / span for score in one.scores)
    return Measure(
        label=one.title,
        share=(one.mean - one.lowest * TENTH) / span,
        words=f"mean {_tenths(one.mean)} of {one.highest}",
        spread=shares,
        below=f"{_tenths(one.scores[0])} to {_tenths(one.scores[-1])}, {len(one.scores)} scores",
    )


def _tenths(score: int) -> str:
    return f"{score // TENTH}.{score % TENTH}"


def _field(view: Together, field: Field) -> Iterator[Block]:
    item = field.item
    yield _title(item.text, field.view)
    if not field.spots or item.x is None:
        yield _few_here(view)
        return
    places: dict[tuple[int, int], tuple[str, ...]] = {}
    for spot in field.spots:
        at = (spot.x, spot.y or 1)
        places[at] = (*places.get(at, ()), spot.label)
    if item.y is None:
        yield Strip(Content(""), axis=item.x, places=places)
        yield quiet(_along(field))
        yield from legend(places, across_only=True)
    else:
        yield Grid(Content(""), item=item, places=places)
        yield from _by_corner(field)
        yield from legend(places)


def _along(field: Field) -> str:
    places = sorted(spot.x for spot in field.spots)
    return f"{len(places)} marks from {places[0]} to {places[-1]} of {STEPS}; the middle one at {places[(len(places) - 1) // 2]}"


def _by_corner(field: Field) -> Iterator[Block]:
    """Yield in words who stands in which corner."""
    for one in field.item.corners:
        here = [spot.label for spot in field.spots if corner(field.item, (spot.x, spot.y or 1)) == one]
        named = ", ".join(sorted(label for label in here if label != DOT))
        yield plain(f"{len(here)}" + (f"  ({named})" if named else ""), f"{one.title}: ")


def _heat(view: Together, heat: Heat) -> Iterator[Block]:
    yield heading(heat.view or "How often each was given")
    points = [str(point) for point in range(1, len(heat.labels) + 1)]
    if heat.way_out:
        points[-1] = UNSURE
    yield quiet(" · ".join(f"{point}={label}" for point, label in zip(points, heat.labels, strict=True)))
    header = Content("".join(f"{point:>2}   " for point in points) + " mean")
    yield from table(
        header, [(row.text, _heat_cells(view, row.counts, row.mean, len(points))) for row in heat.rows]
    )


def _heat_cells(view: Together, counts: Sequence[int], mean: int | None, points: int) -> Content:
    if not counts:
        return Content(f"from {view.at_least} up".rjust(points * 5 + 5))
    of = max(sum(counts), 1)
    figure = "" if mean is None else _tenths(mean)
    return Content.assemble(*(shaded(count, of) for count in counts), f"{figure:>5}")


def _bars(view: Together, one: Bars) -> Iterator[Block]:
    item = view.exercise.item(one.item)
    first = ", put first" if item is not None and item.kind == "ranking" else ""
    yield _title(one.text, one.view)
    if not one.bars:
        yield _few_here(view)
        return
    rights = any(bar.right for bar in one.bars)
    yield from bars(
        [
            Measure(
                label=bar.label,
                share=bar.count / max(one.answered, 1),
                words=f"{bar.count} of {one.answered}{first}",
                sign=("✓ " if bar.right else "  ") if rights else "",
            )
            for bar in one.bars
        ]
    )


def _board(view: Together) -> Iterator[tuple[Block, ...]]:
    groups = view.board
    for group in groups:
        yield tuple(_group(view.exercise, group))
    used = {group.id for group in groups}
    if used - {None}:
        rest = [one for one in view.exercise.categories if one.id not in used]
        if rest:
            yield (heading("Nothing here yet"), *(_category(one.text, one.advice) for one in rest))


def _category(text: str, advice: str | None) -> Block:
    return quiet(f"{text}. For example: {advice}" if advice else text, "• ")


def _group(exercise: Exercise, group: IdeaGroup) -> Iterator[Block]:
    yield heading(f"{group.title} ({len(group.ideas)})")
    advice = next((one.advice for one in exercise.categories if one.id == group.id), None)
    if advice:
        yield quiet(advice, "For example: ")
    lead = max(len(_dots(idea.dots)) for idea in group.ideas)
    yield from (_idea(idea, lead) for idea in group.ideas)


def _dots(count: int) -> str:
    return "●" * count if count <= MOST_DOTS else f"{count} ●"


def _idea(idea: Idea, lead: int) -> Block:
    words = idea.words
    return plain(
        f"{idea.text}  ({words})" if words else idea.text, f"{_dots(idea.dots):<{lead}} " if lead else "• "
    )
