"""How the sessions were for people, and how sure they felt before and after: only what enough of them gave together.

Where the same people answered before and after, only they are compared, and nothing is shown of the others beside
them: from two means over groups that differ by one person, that person's answer could be worked out.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from pmworkshop.core.answers import Answers
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.scoring import mean_in_tenths
from pmworkshop.core.state import Cohort
from pmworkshop.core.value import value
from pmworkshop.live.views.outputs import is_private
from pmworkshop.live.views.results import Together, together
from pmworkshop.live.views.sheets import sheets

BOTH: Final = 2
"""Views that are compared: the first that an exercise offers, and the last."""


@value
class Confidence:
    """How sure people felt on one criterion, means in tenths; None where too few marked it both times."""

    text: str
    people: int
    first: int | None
    last: int | None


@value
class Compared:
    """One exercise that was filled in twice, by the `people` who did both; no rows where they are too few."""

    title: str
    people: int
    at_least: int
    first: str
    last: str
    labels: tuple[str, ...]
    rows: tuple[Confidence, ...]
    caveats: tuple[str, ...]


@value
class Anonymous:
    """One exercise without names; while it is `open`, its sheets still lie in their box."""

    result: Together
    open: bool


@value
class Evaluation:
    """What people thought, and how sure they felt; both empty where nothing of the kind was taken up."""

    anonymous: tuple[Anonymous, ...]
    compared: tuple[Compared, ...]


def evaluation(state: Cohort, at_least: int) -> Evaluation:
    """Return what people said without names, and how sure they felt, from `at_least` people up."""
    return Evaluation(
        anonymous=tuple(_anonymous(state, at_least)), compared=tuple(_compared(state, at_least))
    )


def _anonymous(state: Cohort, at_least: int) -> Iterator[Anonymous]:
    for name in state.editions:
        found = together(state, name, at_least)
        if found is not None and found.exercise.privacy == "anonymous":
            activity = state.activities.get(name)
            yield Anonymous(result=found, open=activity is not None and activity.open)


def _compared(state: Cohort, at_least: int) -> Iterator[Compared]:
    """Yield the exercises about oneself that ask how far each criterion is reached, seen from two sides."""
    for name, editions in state.editions.items():
        exercise = editions[-1]
        view = exercise.item(exercise.compare) if exercise.compare else None
        rated = [one for one in exercise.items if _is_confidence(exercise, one)]
        if view is None or len(view.options) < BOTH or not rated or not _may_be_shown(exercise):
            continue
        first, last = view.options[0], view.options[-1]
        pairs = _pairs(state, name, exercise.compare or "", (first.id, last.id))
        enough = len(pairs) >= at_least
        scale = exercise.scale(rated[0])
        yield Compared(
            title=exercise.title,
            people=len(pairs),
            at_least=at_least,
            first=first.text,
            last=last.text,
            labels=scale.labels if scale else (),
            rows=tuple(_confidence(one, pairs, at_least) for one in rated) if enough else (),
            caveats=exercise.reading.caveats,
        )


def _may_be_shown(exercise: Exercise) -> bool:
    """Whether its answers are of a named person about themselves, and seen by others."""
    return exercise.about == "me" and exercise.privacy in ("shared", "evidence")


def _is_confidence(exercise: Exercise, item: Item) -> bool:
    return item.kind == "rating" and bool(item.criteria) and not is_private(exercise, item)


def _pairs(
    state: Cohort, exercise_id: str, compare: str, views: tuple[str, str]
) -> Mapping[str, tuple[Answers, Answers]]:
    """Return the newest answers of everybody who gave both views."""
    found: dict[str, dict[str, Answers]] = {}
    for sheet in sheets(state, exercise_id):
        for person in sheet.people:
            found.setdefault(person, {})[str(sheet.answers.get(compare, ""))] = sheet.answers
    first, last = views
    return {who: (mine[first], mine[last]) for who, mine in found.items() if first in mine and last in mine}


def _confidence(item: Item, pairs: Mapping[str, tuple[Answers, Answers]], at_least: int) -> Confidence:
    marks = [(one.get(item.id), two.get(item.id)) for one, two in pairs.values()]
    both = [(one, two) for one, two in marks if isinstance(one, int) and isinstance(two, int)]
    enough = len(both) >= at_least
    return Confidence(
        text=item.text,
        people=len(both),
        first=mean_in_tenths([one for one, _ in both]) if enough else None,
        last=mean_in_tenths([two for _, two in both]) if enough else None,
    )
