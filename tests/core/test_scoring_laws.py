"""Laws of scores: order, reversal, what is missing and what is not known. There is no total, and nothing is zero by default."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pmworkshop.core.answers import Answers, asked, read
from pmworkshop.core.exercise import DONT_KNOW, Band, Exercise, Factor, Item, Reading, Scale
from pmworkshop.core.result import result
from pmworkshop.core.scoring import (
    band,
    highlighted,
    marks,
    mean_in_tenths,
    percentage,
    points,
    score,
    turned,
)
from pmworkshop.core.units import Minutes

Exercises = st.SearchStrategy[Exercise]
AnswersTo = Callable[..., st.SearchStrategy[dict[str, Any]]]
laws = settings(deadline=None, database=None, max_examples=100)


@st.composite
def rated(draw: st.DrawFn) -> tuple[Exercise, Answers]:
    """Draw up to three factors of ratings on one scale, some reversed, in any order, with every item answered."""
    top = draw(st.integers(2, 10))
    count = draw(st.integers(1, 3))
    items = [
        Item(
            id=f"i{number}",
            kind="rating",
            text="?",
            scale="scale",
            factor=f"f{draw(st.integers(0, count - 1))}",
            reverse=draw(st.booleans()),
            dont_know=True,
        )
        for number in range(draw(st.integers(1, 12)))
    ]
    exercise = Exercise(
        title="Ratings",
        kind="self-assessment",
        about="me",
        privacy="private",
        minutes=Minutes(5),
        instructions="Go.",
        scales=(Scale(id="scale", labels=tuple(map(str, range(top)))),),
        items=tuple(items),
        factors=tuple(Factor(id=f"f{number}", title=f"Factor {number}") for number in range(count)),
        reading=Reading(
            highlight=draw(st.sampled_from(["weakest", "strongest"])),
            enough=draw(st.none() | st.integers(1, 4)),
        ),
    )
    some: st.SearchStrategy[int | str] = st.integers(1, top) | st.sampled_from([DONT_KNOW, top, 1])
    return exercise, {item.id: draw(some) for item in items}


def scores(exercise: Exercise, answers: Answers) -> dict[str, Any]:
    return {factor.id: score(exercise, factor, answers) for factor in exercise.factors}


@given(case=rated(), data=st.data())
@laws
def test_the_order_of_items_means_nothing(case: tuple[Exercise, Answers], data: st.DataObject) -> None:
    """Shuffled items, shuffled factors and shuffled answers lead to the same scores and the same names."""
    exercise, answers = case
    shuffled = replace(
        exercise,
        items=tuple(data.draw(st.permutations(exercise.items))),
        factors=tuple(data.draw(st.permutations(exercise.factors))),
    )
    again = dict(data.draw(st.permutations(list(answers.items()))))
    assert scores(shuffled, again) == scores(exercise, answers)
    one, other = (highlighted(e, tuple(scores(e, answers).values())) for e in (exercise, shuffled))
    assert {x.factor for x in one} == {x.factor for x in other}


@given(lowest=st.integers(-5, 5), length=st.integers(0, 10), data=st.data())
@laws
def test_turning_twice_is_not_turning(lowest: int, length: int, data: st.DataObject) -> None:
    """A point counted from the other end stays on the scale, and counted back it is where it was; ends change places."""
    highest = lowest + length
    point = data.draw(st.integers(lowest, highest))
    there = turned(point, lowest, highest)
    assert lowest <= there <= highest
    assert turned(there, lowest, highest) == point
    assert turned(lowest, lowest, highest) == highest
    assert there - lowest == highest - point


@given(case=rated(), data=st.data())
@laws
def test_a_reversed_item_with_a_reversed_answer_scores_the_same(
    case: tuple[Exercise, Answers], data: st.DataObject
) -> None:
    """Any item turned over together with its answer changes no score; “don't know” stays what it is."""
    exercise, answers = case
    top = len(exercise.scales[0].labels)
    over = data.draw(st.sets(st.sampled_from([item.id for item in exercise.items])))
    items = tuple(replace(one, reverse=not one.reverse) if one.id in over else one for one in exercise.items)
    turned_over = {
        key: top + 1 - one if key in over and isinstance(one, int) else one for key, one in answers.items()
    }
    assert scores(replace(exercise, items=items), turned_over) == scores(exercise, answers)


def independent(exercise: Exercise, factor: Factor, answers: Answers) -> int | None:
    """Work a score out anew, from the rule in words: in fractions, from what is known only."""
    items = [item for item in exercise.items if item.factor == factor.id]
    top = len(exercise.scales[0].labels)
    given_answers = [(item, answers.get(item.id)) for item in items]
    if any(one is None for _, one in given_answers):
        return None
    known = [
        (top - Fraction(one) + 1 if item.reverse else Fraction(one))
        for item, one in given_answers
        if isinstance(one, int)
    ]
    needed = exercise.reading.enough or Fraction(len(items), 2) + Fraction(1, 2)
    if not known or len(known) < needed:
        return None
    return floor(sum(known) / len(known) * 10 + Fraction(1, 2))


@given(case=rated(), data=st.data())
@laws
def test_a_score_is_the_mean_of_what_is_known(case: tuple[Exercise, Answers], data: st.DataObject) -> None:
    """Worked out anew in fractions, “don't know” left out and never zero, a score is the same to the tenth."""
    exercise, answers = case
    if data.draw(st.booleans()):
        gap = data.draw(st.sampled_from(sorted(answers)))
        answers = {key: one for key, one in answers.items() if key != gap}
    for factor in exercise.factors:
        found = score(exercise, factor, answers)
        assert found.tenths == independent(exercise, factor, answers)
        assert found.reason
        if found.tenths is not None:
            assert found.lowest * 10 <= found.tenths <= found.highest * 10
            assert 0 <= found.share <= 1


@given(case=rated())
@laws
def test_not_knowing_is_as_if_the_item_were_not_there(
    case: tuple[Exercise, Answers],
) -> None:
    """As long as enough is known, a form without the items that were not known has the same scores."""
    exercise, answers = case
    enough = replace(exercise, reading=replace(exercise.reading, enough=1))
    unknown = {key for key, one in answers.items() if one == DONT_KNOW}
    assume(unknown < set(answers))
    shorter = replace(enough, items=tuple(one for one in exercise.items if one.id not in unknown))
    known = {key: one for key, one in answers.items() if key not in unknown}
    assert {key: one.tenths for key, one in scores(shorter, known).items()} == {
        key: one.tenths for key, one in scores(enough, answers).items()
    }


@given(data=st.data())
@settings(laws, max_examples=150)
def test_leaving_an_answer_out_never_raises_anything(
    exercises: Exercises, answers_to: AnswersTo, data: st.DataObject
) -> None:
    """Any one answer less, from any sheet: each score is gone or not higher, no more is right, and no rate is made up."""
    exercise = data.draw(exercises)
    full = read(exercise, data.draw(answers_to(exercise, gaps=data.draw(st.booleans())))).answers
    assume(full)
    gap = data.draw(st.sampled_from(sorted(full)))
    less = read(exercise, {key: one for key, one in full.items() if key != gap}).answers
    before, after = scores(exercise, full), scores(exercise, less)
    for name, one in after.items():
        assert one.tenths is None or (before[name].tenths or 0) >= one.tenths
    for first, second in ((full, full), (full, less)):
        assert sum(one.now for one in marks(exercise, first, less)) <= sum(
            one.now for one in marks(exercise, first, full)
        )
        assert sum(one.first for one in marks(exercise, less, second)) <= sum(
            one.first for one in marks(exercise, full, second)
        )
    for rate in exercise.reading.rates:
        lost = percentage(rate, less, 0).percent
        assert lost is None or lost == percentage(rate, full, 0).percent


@given(data=st.data())
@laws
def test_what_was_not_asked_is_in_no_score(
    exercises: Exercises, answers_to: AnswersTo, data: st.DataObject
) -> None:
    """Of each factor only items that are asked, or may yet be, are counted; each known answer counts once."""
    exercise = data.draw(exercises)
    answers = read(exercise, data.draw(answers_to(exercise))).answers
    open_to = [item for item in asked(exercise, answers) if item.factor]
    for factor in exercise.factors:
        mine = [item for item in open_to if item.factor == factor.id]
        found = score(exercise, factor, answers)
        assert found.of >= len(mine)
        assert found.known == sum(points(exercise, item, answers.get(item.id)) is not None for item in mine)
        if found.tenths is not None:
            assert found.of == len(mine) >= found.known > 0


@given(known=st.lists(st.integers(-10, 10), min_size=1, max_size=30))
@laws
def test_a_mean_is_rounded_to_tenths_with_halves_up(known: list[int]) -> None:
    """As a fraction would be, for any points; and a mean lies between the least and the most."""
    assert mean_in_tenths(known) == floor(Fraction(sum(known), len(known)) * 10 + Fraction(1, 2))
    assert min(known) * 10 <= mean_in_tenths(known) <= max(known) * 10


@given(lowest=st.integers(0, 1), highest=st.integers(2, 10), data=st.data())
@laws
def test_every_possible_score_lies_in_one_band(lowest: int, highest: int, data: st.DataObject) -> None:
    """Bands that an author writes with one decimal, end to end, hold every tenth from the lowest to the highest."""
    cuts = sorted(data.draw(st.sets(st.integers(lowest * 10 + 1, highest * 10), max_size=9)))
    lows, highs = [lowest * 10, *cuts], [*(cut - 1 for cut in cuts), highest * 10]
    bands = tuple(
        Band(low=float(f"{low / 10:.1f}"), high=float(f"{high / 10:.1f}"), words=str(number))
        for number, (low, high) in enumerate(zip(lows, highs, strict=True))
    )
    factor = Factor(id="f", title="F", bands=bands)
    for tenths in range(lowest * 10, highest * 10 + 1):
        assert band(factor, tenths) == str(sum(cut <= tenths for cut in cuts))
    assert band(factor, lowest * 10 - 1) is None
    assert band(factor, highest * 10 + 1) is None


@given(data=st.data())
@laws
def test_every_score_of_any_exercise_has_its_band(
    exercises: Exercises, answers_to: AnswersTo, data: st.DataObject
) -> None:
    """Where a factor has bands and a score, the score has words; and where the author wants it, all that tie are named."""
    exercise = data.draw(exercises)
    found = result(exercise, [read(exercise, data.draw(answers_to(exercise, gaps=False))).answers])
    for factor, one in zip(exercise.factors, found.scores, strict=True):
        assert (one.band is not None) == (bool(factor.bands) and one.tenths is not None)
    tenths = [one.tenths for one in found.scores]
    wanted = exercise.reading.highlight
    if wanted != "none" and None not in tenths and len(set(tenths)) > 1:
        best = (min if wanted == "weakest" else max)(one for one in tenths if one is not None)
        assert list(found.named) == [one.factor for one in found.scores if one.tenths == best]
    else:
        assert found.named == ()
