"""What a room's answers come to together: bars, places on a grid, a heat table, a brainstorm's board.

Shown from a number of people up (`at_least`), as a whole and item by item, so that nobody is picked out. Only the
newest version of each sheet counts, read by the exercise's newest wording: what no longer fits it is left out.
Where outputs are compared by a view (mine and theirs, before and after), the views are never mixed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from pmworkshop.core.answers import options
from pmworkshop.core.exercise import DONT_KNOW, Exercise, Factor, Item
from pmworkshop.core.given import Value
from pmworkshop.core.saying import answer_text
from pmworkshop.core.scoring import mean_in_tenths, scale_range, score
from pmworkshop.core.state import Cohort
from pmworkshop.core.value import value
from pmworkshop.live.views.activity import AGGREGATE_FROM
from pmworkshop.live.views.board import IdeaGroup, board
from pmworkshop.live.views.places import Field, fields
from pmworkshop.live.views.sheets import Sheet, answering, by_view, people_of, says, sheets

WRITTEN = ("short", "long", "list", "table", "number", "date", "code")
BARS = ("choice", "choices", "yes-no", "ranking")


@value
class Bar:
    """One bar: how many; `right` marks a quiz's right answer."""

    label: str
    count: int
    right: bool = False


@value
class Bars:
    """How the room answered one item; a ranking counts what was put first. No bars where too few answered it."""

    item: str
    text: str
    answered: int
    bars: tuple[Bar, ...]
    view: str = ""


@value
class Spread:
    """One factor across the room, in tenths; None and no scores where too few have one."""

    title: str
    mean: int | None
    lowest: int
    highest: int
    scores: tuple[int, ...]
    view: str = ""


@value
class HeatRow:
    """How often each point of the scale was given to one item, “don't know” last; no counts where too few answered."""

    text: str
    counts: tuple[int, ...]
    mean: int | None


@value
class Heat:
    """All items of one scale; with `way_out` its last label is “don't know”."""

    labels: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    view: str = ""
    way_out: bool = False


@value
class Words:
    """What sheets without a name say to one item in words, in the order of the alphabet."""

    text: str
    entries: tuple[str, ...]


@value
class Together:
    """The room's results. `words` are for the trainer's eyes, not for the wall. Below `at_least` there is nothing but the count, and a brainstorm's board."""

    exercise: Exercise
    people: int
    at_least: int
    spreads: tuple[Spread, ...] = ()
    fields: tuple[Field, ...] = ()
    heat: tuple[Heat, ...] = ()
    bars: tuple[Bars, ...] = ()
    board: tuple[IdeaGroup, ...] = ()
    words: tuple[Words, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether there are people enough to show more than the count."""
        return self.people >= self.at_least


def together(state: Cohort, exercise_id: str, at_least: int = AGGREGATE_FROM) -> Together | None:
    """Return the room's results in one exercise; None before it was taken up."""
    exercise = state.exercise(exercise_id)
    if exercise is None:
        return None
    given = sheets(state, exercise_id)
    # A board is on the wall for all to see, whoever wrote on it; what else a brainstorm asks is not.
    on_wall = exercise.kind == "brainstorm" and exercise.privacy != "private"
    enough = people_of(given) >= at_least
    views = list(by_view(exercise, given)) if enough else []
    return Together(
        exercise=exercise,
        people=people_of(given),
        at_least=1 if on_wall else at_least,
        spreads=tuple(one for view, of in views for one in _spreads(exercise, view, of, at_least)),
        fields=tuple(one for view, of in views for one in fields(exercise, view, of, at_least)),
        heat=tuple(one for view, of in views for one in _heat(exercise, view, of, at_least)),
        bars=tuple(_bars(exercise, views, given, at_least)) if enough else (),
        board=board(state, exercise_id, exercise, (one.answers for one in given)) if on_wall else (),
        words=tuple(_words(exercise, given)) if enough and exercise.privacy == "anonymous" else (),
    )


def _words(exercise: Exercise, given: Sequence[Sheet]) -> Iterator[Words]:
    """Yield what was written: nobody's outputs hold it, so that this is the only place to read it."""
    for item in exercise.items:
        if item.kind in WRITTEN:
            answers = (one.answers[item.id] for one in given if item.id in one.answers)
            entries = sorted((answer_text(exercise, item, one) for one in answers), key=str.casefold)
            if entries:
                yield Words(text=item.text, entries=tuple(entries))


def _spreads(exercise: Exercise, view: str, given: Sequence[Sheet], at_least: int) -> Iterator[Spread]:
    for factor in exercise.factors:
        scored = [(one, score(exercise, factor, one.answers).tenths) for one in given]
        enough = people_of([one for one, tenths in scored if tenths is not None]) >= at_least
        known = sorted(tenths for _, tenths in scored if tenths is not None) if enough else []
        lowest, highest = _range(exercise, factor)
        yield Spread(
            title=factor.title,
            mean=(2 * sum(known) + len(known)) // (2 * len(known)) if known else None,
            lowest=lowest,
            highest=highest,
            scores=tuple(known),
            view=view,
        )


def _range(exercise: Exercise, factor: Factor) -> tuple[int, int]:
    return next((scale_range(exercise, item) for item in exercise.items if item.factor == factor.id), (0, 1))


def _heat(exercise: Exercise, view: str, given: Sequence[Sheet], at_least: int) -> Iterator[Heat]:
    for scale in exercise.scales:
        items = [item for item in exercise.items if item.scale == scale.id]
        if not any(item.id in one.answers for one in given for item in items):
            continue
        points: tuple[Value, ...] = (*range(1, len(scale.labels) + 1),)
        unsure = any(item.dont_know for item in items)
        points = (*points, DONT_KNOW) if unsure else points
        rows = tuple(_heat_row(item, points, answering(item, given, at_least)) for item in items)
        labels = (*scale.labels, scale.dont_know) if unsure else scale.labels
        yield Heat(labels=labels, rows=rows, view=view, way_out=unsure)


def _heat_row(item: Item, points: Sequence[Value], given: Sequence[Sheet]) -> HeatRow:
    found = [one.answers[item.id] for one in given]
    counts = Counter(map(str, found))
    known = [int(one) for one in found if isinstance(one, int)]
    return HeatRow(
        text=item.text,
        counts=tuple(counts[str(point)] for point in points) if found else (),
        mean=mean_in_tenths(known) if known else None,
    )


def _bars(
    exercise: Exercise, views: Sequence[tuple[str, Sequence[Sheet]]], every: Sequence[Sheet], at_least: int
) -> Iterator[Bars]:
    for item in exercise.items:
        if item.kind not in BARS:
            continue
        for view, given in [("", every)] if item.id == exercise.compare else views:
            if any(item.id in one.answers for one in given):
                yield _bars_of(item, view, answering(item, given, at_least))


def _bars_of(item: Item, view: str, given: Sequence[Sheet]) -> Bars:
    found = [one.answers[item.id] for one in given]
    bars = [
        Bar(
            label=option.text,
            count=sum(says(one, option.id, first=item.kind == "ranking") for one in found),
            right=option.id in item.right,
        )
        for option in options(item)
    ]
    return Bars(
        item=item.id, text=item.text, answered=len(found), bars=tuple(bars) if found else (), view=view
    )
