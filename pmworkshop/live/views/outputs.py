"""What was produced, to browse: a line for each output, and one output on a page with what was amended."""

from collections.abc import Iterator

from pmworkshop.core.answers import Answers, asked
from pmworkshop.core.coach import Prompt, prompts
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.output import Output, Version
from pmworkshop.core.result import Difference, Result, differences, result
from pmworkshop.core.saying import answer_lines, named
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value

GONE = "(no longer on the register)"
HIDDEN = ("(private)",)


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
    """One output as it reads."""

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
    prompts: tuple[Prompt, ...]
    versions: tuple[VersionLine, ...]
    withdrawn: str


def person_name(state: Cohort, participant: ParticipantId) -> str:
    """Return somebody's name, even if they were taken off the register."""
    person = state.participants.get(participant)
    return person.name if person else GONE


def edition_of(state: Cohort, output: Output, version: Version) -> Exercise:
    """Return the exercise as it was worded when this version was filled in."""
    return state.editions[output.exercise_id][version.edition]


def output_rows(
    state: Cohort, *, exercise_id: str | None = None, participant: ParticipantId | None = None
) -> tuple[OutputRow, ...]:
    """Return the outputs of an exercise, of a person, or all, the newest first; withdrawn ones last."""
    rows = [
        _row(state, output)
        for output in state.outputs.values()
        if exercise_id in (None, output.exercise_id) and (participant is None or participant in output.people)
    ]
    return tuple(sorted(rows, key=lambda row: (row.withdrawn, -row.at, row.name)))


def _row(state: Cohort, output: Output) -> OutputRow:
    newest = output.newest
    exercise = edition_of(state, output, newest)
    return OutputRow(
        output=output.id,
        exercise_id=output.exercise_id,
        title=exercise.title,
        named=named(exercise, newest.answers),
        name=person_name(state, output.participant),
        with_others=len(output.members),
        at=newest.at,
        route=newest.route,
        versions=len(output.versions),
        withdrawn=output.withdrawn is not None,
        group=exercise.filled_by != "each",
    )


def output_page(state: Cohort, output_id: OutputId, *, for_trainer: bool = True) -> OutputPage | None:
    """Return one output as it reads. The trainer sees of private answers that they are there, and no more."""
    output = state.outputs.get(output_id)
    if output is None:
        return None
    newest = output.newest
    exercise = edition_of(state, output, newest)
    before = output.versions[-2].answers if len(output.versions) > 1 else None
    hidden = for_trainer and exercise.privacy == "private"
    other = compared_output(state, output)
    shown = () if hidden or other is None else differences(exercise, newest.answers, other.newest.answers)
    return OutputPage(
        output=output.id,
        exercise=exercise,
        title=exercise.title,
        named=named(exercise, newest.answers),
        people=tuple(person_name(state, one) for one in output.people),
        group=exercise.filled_by != "each",
        answers=tuple(_answers(exercise, newest.answers, before, for_trainer=for_trainer)),
        result=Result() if hidden else result(exercise, [version.answers for version in output.versions]),
        compared=shown,
        compared_with=_view_name(exercise, other) if other is not None and not hidden else "",
        prompts=() if hidden else prompts(exercise, newest.answers, state.unit),
        versions=tuple(_versions(output)),
        withdrawn=output.withdrawn.reason if output.withdrawn else "",
    )


def is_private(exercise: Exercise, item: Item) -> bool:
    """Whether an item is seen by nobody but whoever answered it."""
    return (item.privacy or exercise.privacy) == "private"


def _answers(
    exercise: Exercise, answers: Answers, before: Answers | None, *, for_trainer: bool
) -> Iterator[AnswerLine]:
    for item in asked(exercise, answers):
        private = is_private(exercise, item)
        lines = answer_lines(exercise, item, answers.get(item.id))
        was = None if before is None else answer_lines(exercise, item, before.get(item.id))
        hide = private and for_trainer
        yield AnswerLine(
            item=item.id,
            section=item.section,
            text=item.text,
            lines=HIDDEN if hide else lines,
            before=None if hide or was == lines else was,
            private=private,
        )


def _versions(output: Output) -> Iterator[VersionLine]:
    for number, version in enumerate(output.versions, 1):
        verb = "handed in" if number == 1 else "amended"
        by = " by the trainer on their behalf" if version.entered_by == "trainer" else ""
        yield VersionLine(number=number, at=version.at, words=f"{verb} from {version.route}{by}")


def compared_output(state: Cohort, output: Output) -> Output | None:
    """Return the newest other output of the same person and name, seen from the other side."""
    exercise = edition_of(state, output, output.newest)
    if exercise.compare is None:
        return None
    mine = output.newest.answers
    name = exercise.named_by if exercise.named_by != exercise.compare else None
    others = [
        other
        for other in state.outputs.values()
        if other.id != output.id
        and other.withdrawn is None
        and (other.exercise_id, other.participant) == (output.exercise_id, output.participant)
        and other.newest.answers.get(exercise.compare) != mine.get(exercise.compare)
        and (name is None or other.newest.answers.get(name) == mine.get(name))
    ]
    return max(others, key=lambda one: one.newest.at, default=None)


def _view_name(exercise: Exercise, other: Output) -> str:
    item = exercise.item(exercise.compare) if exercise.compare else None
    return answer_lines(exercise, item, other.newest.answers.get(item.id))[0] if item else ""
