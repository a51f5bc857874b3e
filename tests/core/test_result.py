"""Results: of any answers to any exercise, drawn or shipped, there is a result, and always what it is not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core.answers import Answers, asked, options, read
from pmworkshop.core.exercise import DONT_KNOW, Exercise, Factor, Item, Reading, Scale, expanded
from pmworkshop.core.result import Result, differences, result
from pmworkshop.core.units import Minutes
from pmworkshop.library import Kit, load_kit, shipped_kit_path

Exercises = st.SearchStrategy[Exercise]
AnswersTo = Callable[..., st.SearchStrategy[dict[str, Any]]]
laws = settings(deadline=None, database=None, max_examples=100)
few = settings(deadline=None, database=None, max_examples=12)
SHIPPED = sorted(
    path.stem for path in (shipped_kit_path() / "exercises").glob("*.yaml") if path.stem != "planned"
)


@pytest.fixture(scope="session")
def kit() -> Kit:
    return load_kit(shipped_kit_path())


def hold(exercise: Exercise, tries: list[Answers]) -> Result:
    """Assert all that must hold of any result, and return it."""
    answers = tries[-1]
    found = result(exercise, tries)
    assert found == result(exercise, tries)
    assert found.caveats == exercise.reading.caveats
    assert [one.factor for one in found.scores] == [factor.id for factor in exercise.factors]
    for one in found.scores:
        assert one.title
        assert one.reason.strip()
        assert one.tenths is not None or one.words == "no score"
    assert [one.title for one in found.rates] == [rate.title for rate in exercise.reading.rates]
    assert all(one.reason.strip() for one in found.rates)
    assert set(found.named) <= {factor.id for factor in exercise.factors}
    assert {one.factor for one in found.actions} <= set(found.named)
    assert (found.headline == "") or found.scores or found.marks
    told(exercise, answers, found)
    return found


def told(exercise: Exercise, answers: Answers, found: Result) -> None:
    """Assert that what is not in the result is said to be missing, and nothing else."""
    open_to = {item.id: item for item in asked(exercise, answers)}
    missing = {flaw.item for flaw in found.missing}
    assert missing <= set(open_to)
    assert all(flaw.words.strip() for flaw in found.missing)
    required = {name for name, item in open_to.items() if item.required}
    assert required - set(answers) <= missing
    for score in found.scores:
        counting = [item for item in exercise.items if item.factor == score.factor and item.id in open_to]
        unknown = sum(answers.get(item.id) == DONT_KNOW for item in counting)
        assert score.tenths is not None or missing or unknown * 2 >= len(counting) or exercise.reading.enough
    placed = {name for name, item in open_to.items() if item.kind in ("line", "grid") and name in answers}
    assert {one.item for one in found.placed} == placed
    for place in found.placed:
        item = open_to[place.item]
        assert (place.x if place.y is None else (place.x, place.y)) == answers[place.item]
        assert (place.y is not None) == (item.kind == "grid")
        assert (place.corner is None) == (not item.corners)
        assert (place.advice is None) == (place.corner is None)
    assert [one.item for one in found.marks] == [item.id for item in open_to.values() if item.right]
    assert not [one for one in found.marks if one.now and not one.answered]
    expected = {(name, words) for name, item in open_to.items() for words in advised(item, answers.get(name))}
    assert {(one.item, one.words) for one in found.advice} == expected


def advised(item: Item, given: Any) -> set[str]:
    """Return what is advised to whoever chose these options, in an item or in the cells of a table."""
    if item.kind == "table":
        cells = [(column.options, row.get(column.id)) for row in given or () for column in item.columns]
    elif item.kind in ("choice", "choices", "yes-no"):
        chosen_ids = ("no", "yes")[given] if isinstance(given, bool) else given
        cells = [(options(item), one) for one in (given if isinstance(given, tuple) else (chosen_ids,))]
    else:
        cells = []
    return {one.advice for offered, chosen in cells for one in offered if one.id == chosen and one.advice}


def test_there_are_exercises_to_try() -> None:
    """The shipped kit has exercises; without any, the laws below would say nothing."""
    assert len(SHIPPED) >= 1


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_exercise_has_a_result_for_any_answers(
    kit: Kit, answers_to: AnswersTo, name: str
) -> None:
    """Full sheets, sheets with gaps, “don't know” and every branch: none fails, and a full one lacks nothing required."""
    exercise = expanded(kit.exercises[name], kit.unit)

    @few
    @given(data=st.data())
    def try_it(data: st.DataObject) -> None:
        gaps = data.draw(st.booleans())
        tries = [
            read(exercise, data.draw(answers_to(exercise, gaps=gaps))).answers
            for _ in range(data.draw(st.integers(1, 2)))
        ]
        hold(exercise, tries)
        differences(exercise, tries[0], tries[-1])

    try_it()
    empty = hold(exercise, [{}])
    assert bool(empty.missing) == any(item.required and item.when is None for item in exercise.items)
    assert all(one.tenths is None for one in empty.scores)


@given(data=st.data())
@laws
def test_any_exercise_has_a_result_for_any_answers(
    exercises: Exercises, answers_to: AnswersTo, data: st.DataObject
) -> None:
    """Whatever an author writes and a participant answers, there is a result, or what is missing is said; never an error."""
    exercise = data.draw(exercises)
    tries = [
        read(exercise, raw).answers
        for raw in data.draw(st.lists(answers_to(exercise), min_size=1, max_size=2))
    ]
    found = hold(exercise, tries)
    again = hold(exercise, [*tries, tries[-1]])
    assert again.scores == found.scores
    assert [one.now for one in again.marks] == [one.now for one in found.marks]


@given(data=st.data())
@laws
def test_two_views_of_one_thing_stand_side_by_side(
    exercises: Exercises, answers_to: AnswersTo, data: st.DataObject
) -> None:
    """Seen the other way round, every difference has the other sign; a view beside itself is nowhere apart."""
    exercise = data.draw(exercises)
    one, two = (read(exercise, data.draw(answers_to(exercise))).answers for _ in range(2))
    there, back = differences(exercise, one, two), differences(exercise, two, one)
    assert [(d.title, d.first, d.second) for d in there] == [(d.title, d.second, d.first) for d in back]
    assert [d.apart for d in there] == [None if d.apart is None else -d.apart for d in back]
    assert {d.apart for d in differences(exercise, one, one)} <= {0, None}


# ---- what a result says


def form(*items: Item, **keys: Any) -> Exercise:
    return Exercise(
        title="Form",
        kind="self-assessment",
        about="me",
        privacy="private",
        minutes=Minutes(5),
        instructions="Go.",
        scales=(Scale(id="five", labels=("1", "2", "3", "4", "5")),),
        items=items,
        **keys,
    )


def rated(highlight: Any) -> Exercise:
    factors = tuple(
        Factor(id=name, title=name.title(), actions=(f"Work on {name}",)) for name in ("skill", "will", "way")
    )
    items = [
        Item(id=f.id, kind="rating", text=f.id, scale="five", factor=f.id, dont_know=True) for f in factors
    ]
    return form(*items, factors=factors, reading=Reading(highlight=highlight, caveats=("Not a test.",)))


@pytest.mark.parametrize(
    ("highlight", "given_ratings", "headline", "actions"),
    [
        ("weakest", (1, 2, 3), "Weakest: Skill (1.0)", ["Work on skill"]),
        ("weakest", (3, 2, 2), "Weakest, equally: Will and Way (2.0)", ["Work on will", "Work on way"]),
        ("strongest", (3, 2, 2), "Strongest: Skill (3.0)", ["Work on skill"]),
        ("weakest", (4, 4, 4), "All 3 stand equal (4.0)", []),
        ("weakest", (1, DONT_KNOW, 3), "Weakest: Skill (1.0), of the 2 with a score", ["Work on skill"]),
        ("weakest", (1, DONT_KNOW, DONT_KNOW), "", []),
        ("none", (1, 2, 3), "", []),
    ],
)
def test_the_headline_names_all_that_tie(
    highlight: Any, given_ratings: tuple[Any, ...], headline: str, actions: list[str]
) -> None:
    """The weakest or the strongest is named with its ideas, ties together; nothing where one has no score or none is asked for."""
    exercise = rated(highlight)
    found = hold(exercise, [dict(zip(("skill", "will", "way"), given_ratings, strict=True))])
    assert found.headline == headline
    assert [line for one in found.actions for line in one.lines] == actions
    assert found.caveats == ("Not a test.",)


def test_a_quiz_counts_the_first_try_and_the_newest() -> None:
    """What was right at once is said first; a second try only where it changed something."""
    quiz = replace(
        form(
            Item(id="one", kind="yes-no", text="?", right=("yes",), why="So."),
            Item(id="two", kind="yes-no", text="?", right=("no",), why="So."),
        ),
        kind="quiz",
    )
    first, second = {"one": True, "two": True}, {"one": True, "two": False}
    assert hold(quiz, [first]).headline == "1 of 2 right at the first try"
    assert hold(quiz, [first, first]).headline == "1 of 2 right at the first try"
    assert hold(quiz, [first, second]).headline == "1 of 2 right at the first try, 2 after a second try"
    assert hold(quiz, [first, {"one": False}, second]).headline.endswith("2 after a second try")


def test_two_views_are_told_factor_by_factor() -> None:
    """The second minus the first, in tenths; nothing is apart where one of them has no score."""
    found = differences(
        rated("weakest"), {"skill": 2, "will": DONT_KNOW, "way": 3}, {"skill": 5, "will": 1, "way": 1}
    )
    assert [(d.title, d.first, d.second, d.apart) for d in found] == [
        ("Skill", "2.0", "5.0", 30),
        ("Will", "no score", "1.0", None),
        ("Way", "3.0", "1.0", -20),
    ]


def test_a_single_rating_apart_is_told_in_tenths_and_in_words() -> None:
    """Without factors two views are set side by side rating by rating, with who did not know or did not answer."""
    items = [Item(id=name, kind="rating", text=name.upper(), scale="five", dont_know=True) for name in "abcd"]
    found = differences(form(*items), {"a": 2, "b": DONT_KNOW, "c": 3}, {"a": 4, "b": 1})
    assert [(d.title, d.first, d.second, d.apart) for d in found] == [
        ("A", "2", "4", 20),
        ("B", "don't know", "1", None),
        ("C", "3", "no answer", None),
    ]
