"""What a room's answers come to together: bars, places on a grid, a heat table, a brainstorm's board.

Shown from a number of people up (`at_least`), so that nobody is picked out. Only each person's newest answers count.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from pmworkshop.core.answers import Answers, Value, options
from pmworkshop.core.exercise import DONT_KNOW, Exercise, Item
from pmworkshop.core.output import FLIP_CHART, empty_board
from pmworkshop.core.scoring import Score, mean_in_tenths, score
from pmworkshop.core.state import Cohort, Participant
from pmworkshop.core.text import matching
from pmworkshop.core.value import value
from pmworkshop.live.views.activity import AGGREGATE_FROM

SMALL = 3
"""Letters of a mark on the grid."""


@value
class Bar:
    """One bar: how many, of how many; `right` marks a quiz's right answer."""

    label: str
    count: int
    right: bool = False


@value
class Bars:
    """How the room answered one item."""

    item: str
    text: str
    answered: int
    bars: tuple[Bar, ...]


@value
class Spread:
    """One factor across the room, in tenths; None where nobody has a score."""

    title: str
    mean: int | None
    lowest: int
    highest: int
    scores: tuple[int, ...]


@value
class Spot:
    """Somebody's place on a grid or a line, under initials or a code, from 1 to 10."""

    label: str
    x: int
    y: int | None


@value
class Field:
    """One grid or line with everybody's place on it."""

    item: Item
    spots: tuple[Spot, ...]


@value
class HeatRow:
    """How often each point of the scale was given to one item, “don't know” last."""

    text: str
    counts: tuple[int, ...]
    mean: int | None


@value
class Heat:
    """All items of one scale."""

    labels: tuple[str, ...]
    rows: tuple[HeatRow, ...]


@value
class Idea:
    """One idea of a brainstorm."""

    key: str
    text: str
    named: int
    dots: int


@value
class IdeaGroup:
    """The ideas of one category; those that nobody has sorted have no id."""

    id: str | None
    title: str
    ideas: tuple[Idea, ...]


@value
class Together:
    """The room's results. Below `at_least` there is nothing but the count."""

    exercise: Exercise
    people: int
    at_least: int
    spreads: tuple[Spread, ...] = ()
    fields: tuple[Field, ...] = ()
    heat: tuple[Heat, ...] = ()
    bars: tuple[Bars, ...] = ()
    board: tuple[IdeaGroup, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether there are people enough to show more than the count."""
        return self.people >= self.at_least


@value
class _Given:
    label: str
    answers: Answers


def together(state: Cohort, exercise_id: str, at_least: int = AGGREGATE_FROM) -> Together | None:
    """Return the room's results in one exercise; None before it was taken up."""
    exercise = state.exercise(exercise_id)
    if exercise is None:
        return None
    given = list(_given(state, exercise_id, exercise))
    people = _people(state, exercise_id) + len(state.anonymous.get(exercise_id, ()))
    board = _board(state, exercise_id, exercise, given) if exercise.kind == "brainstorm" else ()
    # A board is on the wall for all to see, and a group's sheet speaks for several.
    at_least = 1 if exercise.kind == "brainstorm" else at_least
    if people < at_least:
        return Together(exercise=exercise, people=people, at_least=at_least)
    return Together(
        exercise=exercise,
        people=people,
        at_least=at_least,
        spreads=tuple(_spreads(exercise, given)),
        fields=tuple(_fields(exercise, given)),
        heat=tuple(_heat(exercise, given)),
        bars=tuple(_bars(exercise, given)),
        board=board,
    )


def _people(state: Cohort, exercise_id: str) -> int:
    return len(
        {
            person
            for output in state.outputs.values()
            if output.exercise_id == exercise_id and output.withdrawn is None
            for person in output.people
        }
    )


def _given(state: Cohort, exercise_id: str, exercise: Exercise) -> Iterator[_Given]:
    for output in state.outputs.values():
        if output.exercise_id == exercise_id and output.withdrawn is None:
            answers = output.newest.answers
            person = state.participants.get(output.participant)
            yield _Given(label=_label(exercise, answers, person), answers=answers)
    for sheet in state.anonymous.get(exercise_id, ()):
        yield _Given(label="•", answers=sheet.answers)


def _label(exercise: Exercise, answers: Answers, person: Participant | None) -> str:
    """Return a code where the exercise is about somebody else, initials where it is not private, else a dot."""
    codes = (answers.get(item.id) for item in exercise.items if item.kind == "code")
    code = next((str(one) for one in codes if one), None)
    if code is not None:
        return code[:SMALL]
    if exercise.privacy == "private" or person is None:
        return "•"
    return initials(person.name)


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _spreads(exercise: Exercise, given: Sequence[_Given]) -> Iterator[Spread]:
    for factor in exercise.factors:
        scores: list[Score] = [score(exercise, factor, one.answers) for one in given]
        known = sorted(one.tenths for one in scores if one.tenths is not None)
        yield Spread(
            title=factor.title,
            mean=(2 * sum(known) + len(known)) // (2 * len(known)) if known else None,
            lowest=scores[0].lowest if scores else 0,
            highest=scores[0].highest if scores else 1,
            scores=tuple(known),
        )


def _fields(exercise: Exercise, given: Sequence[_Given]) -> Iterator[Field]:
    for item in exercise.items:
        if item.x is not None:
            spots = (_spot(one.label, one.answers[item.id]) for one in given if item.id in one.answers)
            yield Field(item=item, spots=tuple(spots))


def _spot(label: str, place: Value) -> Spot:
    if isinstance(place, tuple):
        return Spot(label=label, x=int(str(place[0])), y=int(str(place[1])))
    return Spot(label=label, x=int(str(place)), y=None)


def _heat(exercise: Exercise, given: Sequence[_Given]) -> Iterator[Heat]:
    for scale in exercise.scales:
        items = [item for item in exercise.items if item.scale == scale.id]
        if not items:
            continue
        points: tuple[Value, ...] = (*range(1, len(scale.labels) + 1),)
        unsure = any(item.dont_know for item in items)
        rows = [_heat_row(item, (*points, DONT_KNOW) if unsure else points, given) for item in items]
        yield Heat(labels=(*scale.labels, scale.dont_know) if unsure else scale.labels, rows=tuple(rows))


def _heat_row(item: Item, points: Sequence[Value], given: Sequence[_Given]) -> HeatRow:
    found = [one.answers[item.id] for one in given if item.id in one.answers]
    counts = Counter(map(str, found))
    known = [int(one) for one in found if isinstance(one, int)]
    return HeatRow(
        text=item.text,
        counts=tuple(counts[str(point)] for point in points),
        mean=mean_in_tenths(known) if known else None,
    )


def _bars(exercise: Exercise, given: Sequence[_Given]) -> Iterator[Bars]:
    for item in exercise.items:
        if item.kind not in ("choice", "choices", "yes-no", "ranking"):
            continue
        found = [one.answers[item.id] for one in given if item.id in one.answers]
        bars = tuple(
            Bar(
                label=option.text,
                count=sum(_says(one, option.id, first=item.kind == "ranking") for one in found),
                right=option.id in item.right,
            )
            for option in options(item)
        )
        yield Bars(item=item.id, text=item.text, answered=len(found), bars=bars)


def _says(given: Value, option: str, *, first: bool) -> bool:
    if isinstance(given, bool):
        return option == ("yes" if given else "no")
    if isinstance(given, tuple):
        return option in (given[:1] if first else given)
    return given == option


def _board(
    state: Cohort, exercise_id: str, exercise: Exercise, given: Sequence[_Given]
) -> tuple[IdeaGroup, ...]:
    board = state.boards.get(exercise_id, empty_board())
    dots = Counter(idea for ideas in board.dots.values() for idea in ideas)
    found: dict[str, Idea] = {}
    for text in _ideas(exercise, given):
        key = matching(text)
        before = found.get(key)
        found[key] = Idea(
            key=key,
            text=before.text if before else text,
            named=before.named + 1 if before else 1,
            dots=dots[key],
        )
    titles = {one.id: one.text for one in exercise.categories}
    groups: dict[str | None, list[Idea]] = {name: [] for name in (*titles, None)}
    for idea in found.values():
        category = board.sorted.get(idea.key)
        groups[category if category in titles else None].append(idea)
    return tuple(
        IdeaGroup(
            id=name,
            title=titles[name] if name else "Not sorted yet",
            ideas=tuple(sorted(ideas, key=lambda one: (-one.dots, -one.named, one.text.casefold()))),
        )
        for name, ideas in groups.items()
        if ideas
    )


def _ideas(exercise: Exercise, given: Sequence[_Given]) -> Iterator[str]:
    lists = [item.id for item in exercise.items if item.kind == "list"]
    for one in given:
        for name in lists:
            entries = one.answers.get(name, ())
            if isinstance(entries, tuple):
                yield from (str(entry) for entry in entries)


def votes_on_wall(state: Cohort, exercise_id: str) -> tuple[str, ...]:
    """Return the dots that were counted on the flip chart."""
    board = state.boards.get(exercise_id)
    return board.dots.get(FLIP_CHART, ()) if board else ()
