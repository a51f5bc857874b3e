"""The sheets that count in one exercise: who wrote them, and what they say by the exercise's newest wording."""

from collections.abc import Iterator, Sequence

from pmworkshop.core.answers import Answers, options, read
from pmworkshop.core.exercise import NO, YES, Exercise, Item
from pmworkshop.core.given import Value
from pmworkshop.core.state import Cohort
from pmworkshop.core.value import value

NOT_SAID = "View not said"


@value
class Sheet:
    """One sheet: whose it is, the name of who wrote it (empty where it has none), and what it says."""

    people: frozenset[str]
    name: str
    answers: Answers


def sheets(state: Cohort, exercise_id: str) -> tuple[Sheet, ...]:
    """Return the newest version of every output that was not withdrawn, and the sheets without a name."""
    return (*_named(state, exercise_id), *_nameless(state, exercise_id))


def _named(state: Cohort, exercise_id: str) -> Iterator[Sheet]:
    for output in state.outputs.values():
        if output.exercise_id == exercise_id and output.withdrawn is None:
            person = state.participants.get(output.participant)
            version = output.newest
            yield Sheet(
                people=frozenset(output.people),
                name=person.name if person else "",
                answers=_fitting(state, exercise_id, version.edition, version.answers),
            )


def _nameless(state: Cohort, exercise_id: str) -> Iterator[Sheet]:
    for number, sheet in enumerate(state.anonymous.get(exercise_id, ())):
        answers = _fitting(state, exercise_id, sheet.edition, sheet.answers)
        yield Sheet(people=frozenset({f"sheet {number}"}), name="", answers=answers)


def _fitting(state: Cohort, exercise_id: str, edition: int, answers: Answers) -> Answers:
    """Return the answers that still fit the exercise, where it was worded differently when they were given."""
    editions = state.editions[exercise_id]
    return answers if edition == len(editions) - 1 else read(editions[-1], answers).answers


def people_of(given: Sequence[Sheet]) -> int:
    """Return how many people wrote these sheets, each counted once."""
    return len({person for one in given for person in one.people})


def by_view(exercise: Exercise, given: Sequence[Sheet]) -> Iterator[tuple[str, Sequence[Sheet]]]:
    """Yield the sheets by the view that outputs are compared by; all of them where there is none."""
    item = exercise.item(exercise.compare) if exercise.compare else None
    if item is None:
        yield "", given
        return
    for option in options(item):
        mine = [one for one in given if says(one.answers.get(item.id), option.id)]
        if mine:
            yield option.text, mine
    rest = [one for one in given if item.id not in one.answers]
    if rest:
        yield NOT_SAID, rest


def answering(item: Item, given: Sequence[Sheet], at_least: int) -> Sequence[Sheet]:
    """Return the sheets that answer an item; none where they are of too few people."""
    found = [one for one in given if item.id in one.answers]
    return found if people_of(found) >= at_least else ()


def says(given: Value | None, option: str, *, first: bool = False) -> bool:
    """Whether an answer chooses an option, or with `first` puts it first."""
    if isinstance(given, bool):
        return option == (YES if given else NO)
    if isinstance(given, tuple):
        return option in (given[:1] if first else given)
    return given == option
