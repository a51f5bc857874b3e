"""What an author writes for participants to do: one form, its items, and how its results read.

One model for self-assessments, quizzes, worksheets, grids and brainstorms; it knows of no screen. Which keys
an item needs depends on its kind (`ITEM_KEYS`); the library says so to the author.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Literal

from annotated_types import Interval, Len

from pmworkshop.core.plan import CriterionId, Id, Line, Provenance, Text
from pmworkshop.core.unit import Unit, criteria_of
from pmworkshop.core.units import Length
from pmworkshop.core.value import Doc, value

ItemKind = Literal[
    "rating",
    "choice",
    "choices",
    "ranking",
    "yes-no",
    "short",
    "long",
    "number",
    "date",
    "code",
    "list",
    "table",
    "line",
    "grid",
    "photo",
]
ColumnKind = Literal["short", "number", "date", "choice", "code"]
Kind = Literal["self-assessment", "quiz", "worksheet", "grid", "brainstorm"]
About = Literal["me", "team member", "own area", "group"]
FilledBy = Literal["each", "pair", "group"]
Privacy = Literal["evidence", "shared", "private", "anonymous"]
End = Literal["low", "high"]

DONT_KNOW = "dont-know"
YES, NO = "yes", "no"
STEPS = 10
"""Positions on a line or an axis, counted from 1: even, so that nobody sits on the fence of a corner."""

Count = Annotated[int, Interval(ge=1, le=50)]


@value
class Choice:
    """One of the answers to choose from."""

    id: Id
    text: Line
    advice: Annotated[Text | None, Doc("Shown with the result to whoever chose this")] = None


@value
class Scale:
    """The points of a rating, from the lowest, which counts 1."""

    id: Id
    labels: Annotated[tuple[Line, ...], Len(2, 10)]
    dont_know: Annotated[Line, Doc("What the way out is called, where an item offers it")] = "Don't know"


@value
class Axis:
    """A line from its low end to its high end."""

    title: Line
    low: Line
    high: Line


@value
class Corner:
    """What it means to stand in one corner of a grid, and what to do there."""

    x: End
    y: End
    title: Line
    advice: Text


@value
class Column:
    """One column of a table that participants fill in."""

    id: Id
    title: Line
    kind: ColumnKind = "short"
    required: bool = True
    options: Annotated[tuple[Choice, ...], Len(0, 20), Doc("For the kind `choice`")] = ()
    diary: Annotated[Line | None, Doc("For dates: what is due then, for the diary")] = None


@value
class When:
    """An item is asked only if another, before it, was answered in one of these ways."""

    item: Id
    any_of: Annotated[
        tuple[Line, ...], Len(1, 20), Doc("Ids of options; yes or no; a rating's number in quotes")
    ]


@value
class Item:
    """One question of a form."""

    id: Id
    kind: ItemKind
    text: Annotated[
        Text, Doc("The question; with `for_each`, {criterion} stands for the criterion's wording")
    ]
    help: Annotated[Text | None, Doc("A hint below the question")] = None
    section: Annotated[Line | None, Doc("A heading: a new section begins with this item")] = None
    required: bool = True
    privacy: Annotated[
        Literal["evidence", "shared", "private"] | None, Doc("If other than the exercise's")
    ] = None
    criteria: Annotated[
        tuple[CriterionId, ...], Doc("What the answer supports; its verb is what the coach looks for")
    ] = ()
    when: When | None = None
    for_each: Annotated[
        Literal["criterion"] | None, Doc("Asked once for each criterion of the course's unit")
    ] = None
    scale: Annotated[Id | None, Doc("rating: a scale of this exercise")] = None
    reverse: Annotated[bool, Doc("rating, yes-no: a high answer counts as low")] = False
    dont_know: Annotated[bool, Doc("rating: offers a way out, which is left out of the score")] = False
    factor: Annotated[Id | None, Doc("rating, yes-no: the factor that the answer counts for")] = None
    options: Annotated[tuple[Choice, ...], Len(0, 30), Doc("choice, choices, ranking")] = ()
    right: Annotated[
        tuple[Line, ...], Len(0, 30), Doc("Quiz: the ids of the right options, or [yes] or [no]")
    ] = ()
    why: Annotated[Text | None, Doc("Quiz: why that is right")] = None
    at_least: Annotated[Count | None, Doc("choices, list, table: how many are asked for")] = None
    at_most: Annotated[Count | None, Doc("choices, list, table: how many may be given")] = None
    lowest: Annotated[float | None, Doc("number")] = None
    highest: Annotated[float | None, Doc("number")] = None
    unit: Annotated[Line | None, Doc("number: what is counted, such as learners")] = None
    columns: Annotated[tuple[Column, ...], Len(0, 8), Doc("table")] = ()
    x: Annotated[Axis | None, Doc("line, grid: from left to right")] = None
    y: Annotated[Axis | None, Doc("grid: from bottom to top")] = None
    corners: Annotated[tuple[Corner, ...], Len(0, 4), Doc("grid: what each corner means")] = ()
    diary: Annotated[Line | None, Doc("date: what is due then, for the diary")] = None


@value
class Band:
    """What a score means in words, from `low` to `high`, both within; one decimal place."""

    low: float
    high: float
    words: Text


@value
class Factor:
    """What several items measure together. Its score is the mean of their answers."""

    id: Id
    title: Line
    meaning: Text | None = None
    bands: Annotated[tuple[Band, ...], Len(0, 10)] = ()
    actions: Annotated[tuple[Line, ...], Len(0, 20), Doc("What one can do about it")] = ()


@value
class Rate:
    """A share in per cent: one number of the form over another."""

    title: Line
    part: Annotated[Id, Doc("The item that counts those who did")]
    whole: Annotated[Id, Doc("The item that counts those who could have")]


@value
class Reading:
    """How results read."""

    highlight: Annotated[
        Literal["weakest", "strongest", "none"], Doc("Which factor is named first; ties are named together")
    ] = "none"
    enough: Annotated[Count | None, Doc("Known answers that a factor needs; without it, more than half")] = (
        None
    )
    rates: tuple[Rate, ...] = ()
    suppress_below: Annotated[
        int, Interval(ge=0, le=100), Doc("No rate where the whole is smaller than this")
    ] = 5
    caveats: Annotated[tuple[Text, ...], Doc("What the result is not; always shown with it")] = ()


@value
class Exercise:
    """One form: what is asked, about whom, who fills it in, who sees it, and how its results read."""

    title: Line
    kind: Kind
    about: Annotated[About, Doc("Whom the answers are about")]
    filled_by: Annotated[FilledBy, Doc("Each for themselves, or one for a pair or a group")] = "each"
    privacy: Annotated[
        Privacy,
        Doc(
            "evidence goes into the pack; shared is seen by the trainer; private by nobody else; "
            "anonymous is kept without a name"
        ),
    ]
    minutes: Length
    repeatable: Annotated[bool, Doc("May be done more than once by the same person")] = False
    named_by: Annotated[
        tuple[Id, ...], Len(0, 4), Doc("Repeatable: the items whose answers tell one from another")
    ] = ()
    compare: Annotated[
        Id | None, Doc("The choice by which two outputs of the same name are set side by side")
    ] = None
    criteria: Annotated[tuple[CriterionId, ...], Doc("Criteria of the unit that the work supports")] = ()
    deck: Annotated[Id | None, Doc("Cards that go with it")] = None
    instructions: Annotated[Text, Doc("To read out, in Markdown")]
    intro: Annotated[Text | None, Doc("What a participant reads first, in Markdown")] = None
    scales: Annotated[tuple[Scale, ...], Len(0, 10)] = ()
    items: Annotated[tuple[Item, ...], Len(1, 100)]
    factors: Annotated[tuple[Factor, ...], Len(0, 20)] = ()
    categories: Annotated[tuple[Choice, ...], Len(0, 20), Doc("Brainstorm: what ideas are sorted into")] = ()
    dots: Annotated[int, Interval(ge=0, le=10), Doc("Brainstorm: votes for each person; 0 for no vote")] = 0
    reading: Reading = Reading()  # frozen, so one for all will do
    provenance: tuple[Provenance, ...] = ()

    def item(self, wanted: str) -> Item | None:
        """Return the item of that id."""
        return next((item for item in self.items if item.id == wanted), None)

    def scale(self, item: Item) -> Scale | None:
        """Return the scale that an item names."""
        return next((scale for scale in self.scales if scale.id == item.scale), None)


ITEM_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "rating": (("scale",), ("reverse", "dont_know", "factor")),
    "choice": (("options",), ("right", "why")),
    "choices": (("options",), ("right", "why", "at_least", "at_most")),
    "ranking": (("options",), ()),
    "yes-no": ((), ("options", "right", "why", "reverse", "factor")),
    "short": ((), ()),
    "long": ((), ()),
    "number": ((), ("lowest", "highest", "unit")),
    "date": ((), ("diary",)),
    "code": ((), ()),
    "list": ((), ("at_least", "at_most")),
    "table": (("columns",), ("at_least", "at_most")),
    "line": (("x",), ()),
    "grid": (("x", "y"), ("corners",)),
    "photo": ((), ()),
}
"""Beyond the keys of every item: those that a kind needs, and those that it may have."""


def expanded(exercise: Exercise, unit: Unit | None) -> Exercise:
    """Return the exercise with every `for_each` item asked once for each criterion of the unit."""
    return replace(exercise, items=tuple(_expanded(exercise, unit)))


def _expanded(exercise: Exercise, unit: Unit | None) -> Iterator[Item]:
    for item in exercise.items:
        if item.for_each is None:
            yield item
            continue
        for count, criterion in enumerate(criteria_of(unit) if unit else ()):
            yield replace(
                item,
                id=f"{item.id}-{criterion.id.replace('.', '-')}",
                text=item.text.replace("{criterion}", f"{criterion.id} {criterion.text}"),
                section=item.section if count == 0 else None,
                criteria=(criterion.id,),
                for_each=None,
            )
