"""What was produced, to browse: a line for each output, and one output on a page with what was amended.

The trainer sees of private answers that they are there, and no more: no score, no mark and no name leads back to them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from pmworkshop.core.answers import is_asked, read
from pmworkshop.core.coach import Prompt, prompts
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.output import Output, Version
from pmworkshop.core.result import Difference, Result, differences, result
from pmworkshop.core.saying import NO_ANSWER, answer_lines, named
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import matching
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value

GONE = "(no longer on the register)"
ERASED = "(erased)"
HIDDEN = ("(private)",)
NOT_ASKED = ("(no longer asked)",)


@value
class OutputRow:
    """An output on one line."""

    output: OutputId
    exercise_id: str
    title: str
    named: str
    name: str
    with_others: int
    at: Instant
    route: str
    versions: int
    withdrawn: bool
    group: bool


@value
class AnswerLine:
    """One item with its answer; `before` is what it said in the version before, where that was different."""

    item: str
    section: str | None
    text: str
    lines: tuple[str, ...]
    before: tuple[str, ...] | None
    private: bool


@value
class VersionLine:
    """When a version came, by which route, and who entered it."""

    number: int
    at: Instant
    words: str


@value
class OutputPage:
    """One output as it reads; `compared` is in the order in which the exercise offers `compared_views`."""

    output: OutputId
    exercise: Exercise
    title: str
    named: str
    people: tuple[str, ...]
    group: bool
    answers: tuple[AnswerLine, ...]
    result: Result
    compared: tuple[Difference, ...]
    compared_with: str
    compared_views: tuple[str, ...]
    prompts: tuple[Prompt, ...]
    versions: tuple[VersionLine, ...]
    withdrawn: str


def person_name(state: Cohort, participant: ParticipantId) -> str:
    """Return somebody's name; words where they were taken off the register, or erased from the record."""
    person = state.participants.get(participant)
    return person.name if person else ERASED if participant in state.erased else GONE


def edition_of(state: Cohort, output: Output, version: Version) -> Exercise:
    """Return the exercise as it was worded when this version was filled in."""
    return state.editions[output.exercise_id][version.edition]


def output_rows(
    state: Cohort,
    *,
    exercise_id: str | None = None,
    participant: ParticipantId | None = None,
    for_trainer: bool = True,
) -> tuple[OutputRow, ...]:
    """Return the outputs of an exercise, of a person, or all, the newest first; withdrawn ones last."""
    seen: dict[int, Exercise] = {}
    rows = [
        _row(state, output, seen, for_trainer=for_trainer)
        for output in state.outputs.values()
        if exercise_id in (None, output.exercise_id) and (participant is None or participant in output.people)
    ]
    return tuple(sorted(rows, key=lambda row: (row.withdrawn, -row.at, row.name)))


def _row(state: Cohort, output: Output, seen: dict[int, Exercise], *, for_trainer: bool) -> OutputRow:
    newest = output.newest
    exercise = edition_of(state, output, newest)
    if id(exercise) not in seen:
        seen[id(exercise)] = seen_by_trainer(exercise) if for_trainer else exercise
    return OutputRow(
        output=output.id,
        exercise_id=output.exercise_id,
        title=exercise.title,
        named=named(seen[id(exercise)], newest.answers),
        name=person_name(state, output.participant),
        with_others=len(output.members),
        at=newest.at,
        route=newest.route,
        versions=len(output.versions),
        withdrawn=output.withdrawn is not None,
        group=exercise.filled_by != "each",
    )


def seen_by_trainer(exercise: Exercise) -> Exercise:
    """Return the exercise without its private items, and without what rests on one."""
    return without(exercise, {item.id for item in exercise.items if is_private(exercise, item)})


def without(exercise: Exercise, private: Collection[str]) -> Exercise:
    """Return the exercise without some items, by id, and without what rests on one: factors, their ranking, rates."""
    hidden = {item.factor for item in exercise.items if item.id in private}
    factors = tuple(one for one in exercise.factors if one.id not in hidden)
    highlight = exercise.reading.highlight if len(factors) == len(exercise.factors) else "none"
    rates = (
        rate for rate in exercise.reading.rates if rate.part not in private and rate.whole not in private
    )
    return replace(
        exercise,
        items=tuple(item for item in exercise.items if item.id not in private),
        factors=factors,
        reading=replace(exercise.reading, highlight=highlight, rates=tuple(rates)),
    )


def output_page(
    state: Cohort, output_id: OutputId, *, for_trainer: bool = True, seen: Exercise | None = None
) -> OutputPage | None:
    """Return one output as it reads. The trainer sees of private answers that they are there, and no more.

    With `seen`, results rest on that part of the exercise alone, and answers are as their owner sees them.
    """
    output = state.outputs.get(output_id)
    if output is None:
        return None
    exercise = edition_of(state, output, output.newest)
    for_trainer = for_trainer and seen is None
    part = seen or (seen_by_trainer(exercise) if for_trainer else exercise)
    answers = output.newest.answers
    other = compared_output(state, output) if part.compare and part.item(part.compare) else None
    pair = _in_order(exercise, [output, *([other] if other else [])])
    compared = differences(part, *(one.newest.answers for one in pair)) if len(pair) > 1 else ()
    earlier = [read(exercise, version.answers).answers for version in output.versions[:-1]]
    return OutputPage(
        output=output.id,
        exercise=seen or exercise,
        title=exercise.title,
        named=named(part, answers),
        people=tuple(person_name(state, one) for one in output.people),
        group=exercise.filled_by != "each",
        answers=tuple(_answers(state, output, for_trainer=for_trainer)),
        result=result(part, [*earlier, answers]),
        compared=compared,
        compared_with=_view_name(exercise, other) if other is not None and compared else "",
        compared_views=tuple(_view_name(exercise, one) for one in pair) if compared else (),
        prompts=prompts(part, answers, state.unit),
        versions=tuple(_versions(output)),
        withdrawn=output.withdrawn.reason if output.withdrawn else "",
    )


def is_private(exercise: Exercise, item: Item) -> bool:
    """Whether an item is seen by nobody but whoever answered it."""
    return (item.privacy or exercise.privacy) == "private"


def holds_private(state: Cohort, output: Output) -> bool:
    """Whether somebody gave answers here themselves that nobody else may see."""
    exercise, newest = edition_of(state, output, output.newest), output.newest
    private = any(is_private(exercise, item) for item in exercise.items if item.id in newest.answers)
    return private and newest.entered_by == "participant"


def _answers(state: Cohort, output: Output, *, for_trainer: bool) -> Iterator[AnswerLine]:
    """Yield what is asked, and what was answered before and is no longer asked."""
    exercise, answers = edition_of(state, output, output.newest), output.newest.answers
    before = output.versions[-2] if len(output.versions) > 1 else None
    for item in exercise.items:
        now_asked = is_asked(item, answers)
        was = None if before is None else _said_before(state, output, before, item)
        if not now_asked and was in (None, (NO_ANSWER,)):
            continue
        lines = answer_lines(exercise, item, answers.get(item.id)) if now_asked else NOT_ASKED
        private = is_private(exercise, item)
        hide = private and for_trainer
        yield AnswerLine(
            item=item.id,
            section=item.section,
            text=item.text,
            lines=HIDDEN if hide else lines,
            before=None if hide or was == lines else was,
            private=private,
        )


def _said_before(state: Cohort, output: Output, before: Version, item: Item) -> tuple[str, ...]:
    """Return what a version says to an item, in the words that the item had then."""
    exercise = edition_of(state, output, before)
    then = exercise.item(item.id)
    return answer_lines(exercise, then, before.answers.get(item.id)) if then else (NO_ANSWER,)


def _versions(output: Output) -> Iterator[VersionLine]:
    for number, version in enumerate(output.versions, 1):
        verb = "handed in" if number == 1 else "amended"
        by = " by the trainer on their behalf" if version.entered_by == "trainer" else ""
        yield VersionLine(number=number, at=version.at, words=f"{verb} from {version.route}{by}")


def compared_output(state: Cohort, output: Output) -> Output | None:
    """Return the newest other output of the same person and name, seen from the other side."""
    exercise = edition_of(state, output, output.newest)
    view = output.newest.answers.get(exercise.compare) if exercise.compare else None
    if exercise.compare is None or view is None:
        return None
    names = [name for name in exercise.named_by if name != exercise.compare]
    others = [
        other
        for other in state.outputs.values()
        if other.withdrawn is None
        and (other.exercise_id, other.participant) == (output.exercise_id, output.participant)
        and other.newest.answers.get(exercise.compare, view) != view
        and _spelt(other, names) == _spelt(output, names)
    ]
    return max(others, key=lambda one: one.newest.at, default=None)


def _in_order(exercise: Exercise, outputs: Sequence[Output]) -> Sequence[Output]:
    """Return outputs in the order in which the exercise offers their views."""
    item = exercise.item(exercise.compare) if exercise.compare else None
    views = [one.id for one in item.options] if item else []
    places = {view: place for place, view in enumerate(views)}
    return sorted(outputs, key=lambda one: places.get(str(one.newest.answers.get(exercise.compare or "")), 0))


def _spelt(output: Output, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(matching(str(output.newest.answers.get(name, ""))) for name in names)


def _view_name(exercise: Exercise, other: Output) -> str:
    item = exercise.item(exercise.compare) if exercise.compare else None
    return answer_lines(exercise, item, other.newest.answers.get(item.id))[0] if item else ""
