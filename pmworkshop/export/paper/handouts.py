"""Exercises as sheets to fill in by hand: blank ones, or one for each person, named by a code that a camera reads."""

from collections.abc import Iterable, Sequence
from typing import Final

from pmworkshop.core.exercise import Exercise
from pmworkshop.core.saying import PRIVACY
from pmworkshop.core.sheet_id import MARK, sheet_id
from pmworkshop.core.state import Participant
from pmworkshop.core.value import value
from pmworkshop.core.words import length_words
from pmworkshop.export.paper.codes import qr
from pmworkshop.export.paper.items import Drawing, entries
from pmworkshop.export.paper.marked import marked
from pmworkshop.export.typesetting import Typeset, typeset

TEMPLATE: Final = "handouts.typ"
ABOUT: Final = {
    "me": "about yourself",
    "team member": "about a member of your team, under a code",
    "own area": "about your own area",
    "group": "about what your group found",
}
BY: Final = {"each": "each for yourself", "pair": "one sheet for two", "group": "one sheet for each group"}
IN_A: Final = {"pair": 2, "group": 4}
"""How many share a sheet, to know how many of them a cohort needs."""


@value
class Handout:
    """One sheet: `exercise` with its questions asked out in full, and whose it is, where it is somebody's."""

    exercise_id: str
    exercise: Exercise
    person: Participant | None = None

    @property
    def short_id(self) -> str:
        """What names the sheet; nothing for a blank one."""
        return sheet_id(self.person.id, self.exercise_id) if self.person else ""


def for_cohort(exercise_id: str, exercise: Exercise, people: Sequence[Participant]) -> Iterable[Handout]:
    """Yield the sheets that a cohort needs: one a person; without a name where it is anonymous, or work in common."""
    if exercise.privacy == "anonymous" or exercise.filled_by != "each":
        shared = IN_A.get(exercise.filled_by, 1)
        count = max(1, -(-len(people) // shared))
        yield from (Handout(exercise_id=exercise_id, exercise=exercise) for _ in range(count))
    else:
        yield from (Handout(exercise_id=exercise_id, exercise=exercise, person=one) for one in people)


def handouts(sheets: Sequence[Handout], *, cohort: str = "", leaves: bool = True) -> Typeset:
    """Return the sheets as one PDF. With `leaves`, each begins on a leaf of its own when printed on both sides.

    Raises `TypesettingError`.
    """
    codes = {f"{one.short_id}.svg": qr(MARK + one.short_id) for one in sheets if one.person}
    titles = list(dict.fromkeys(one.exercise.title for one in sheets))
    title = titles[0] if len(titles) == 1 else f"{len(titles)} exercises on paper"
    forms: dict[str, Drawing] = {}
    for one in sheets:
        forms.setdefault(one.exercise_id, _form(one.exercise))
    data = {
        "leaves": leaves,
        "cohort": cohort,
        "forms": forms,
        "sheets": [
            {"form": one.exercise_id, "id": one.short_id, "name": one.person.name if one.person else ""}
            for one in sheets
        ],
    }
    return typeset(TEMPLATE, data, title=f"{title}, {cohort}" if cohort else title, files=codes)


def _form(exercise: Exercise) -> Drawing:
    particulars = [length_words(exercise.minutes), BY[exercise.filled_by], ABOUT[exercise.about]]
    return {
        "title": exercise.title,
        "particulars": " · ".join(particulars),
        "named": "no" if exercise.privacy == "anonymous" else exercise.filled_by,
        "privacy": PRIVACY[exercise.privacy],
        "intro": marked(exercise.intro),
        "instructions": marked(exercise.instructions),
        "categories": [one.text for one in exercise.categories],
        "dots": exercise.dots,
        "entries": entries(exercise),
        "criteria": ", ".join(exercise.criteria),
    }
