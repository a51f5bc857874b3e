"""What answers add up to: corners, marks and rates, case by case; the laws of scores stand in test_scoring_laws."""

from itertools import product
from typing import Any

import pytest

from pmworkshop.core.exercise import (
    DONT_KNOW,
    Axis,
    Choice,
    Corner,
    Exercise,
    Factor,
    Item,
    Rate,
    Reading,
    Scale,
    When,
)
from pmworkshop.core.scoring import (
    Score,
    corner,
    highlighted,
    is_right,
    marks,
    percentage,
    points,
    score,
)
from pmworkshop.core.units import Minutes

AXIS = Axis(title="Skill", low="little", high="much")
PLACES = [(across, up) for across in range(1, 11) for up in range(1, 11)]
ENDS = {"low": range(1, 6), "high": range(6, 11)}


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


def rating(name: str, **keys: Any) -> Item:
    wanted: dict[str, Any] = {"scale": "five", "factor": "one", "dont_know": True}
    return Item(id=name, kind="rating", text=f"{name}?", **wanted | keys)


def question(name: str, *right: str, **keys: Any) -> Item:
    wanted: dict[str, Any] = {"kind": "choice", "options": tuple(Choice(id=one, text=one) for one in "abc")}
    return Item(id=name, text=f"{name}?", right=right, **wanted | keys)


ONE = Factor(id="one", title="One")
SIX = form(*(rating(f"r{n}") for n in range(6)), factors=(ONE,))


def sixth(*given: int | str, exercise: Exercise = SIX) -> Score:
    return score(exercise, ONE, {f"r{n}": one for n, one in enumerate(given)})


# ---- scores


def test_a_score_says_on_what_it_rests() -> None:
    """The mean in tenths, halves up, with how many answers were known; there is no score without its reason."""
    full = sixth(1, 2, 3, 4, 5, 5)
    assert (full.tenths, full.words, full.reason) == (33, "3.3", "mean of 6")
    assert (full.lowest, full.highest, full.known, full.of) == (1, 5, 6, 6)
    halves = sixth(1, 2, 2, 2, DONT_KNOW, DONT_KNOW)
    assert (halves.tenths, halves.reason) == (18, "mean of 4, 2 not known")
    assert sixth(1, 1, 1, 1, 1, 1).share == 0.0
    assert sixth(5, 5, 5, 5, 5, 5).share == 1.0
    assert sixth(3, 3, 3, 3, 3, 3).share == 0.5


def test_too_little_known_is_no_score() -> None:
    """Half known is not enough, more than half is, unless the author says how many; nothing known is never enough."""
    no = DONT_KNOW
    assert sixth(5, 5, 5, 5, no, no).tenths == 50
    scarce = sixth(5, 5, 5, no, no, no)
    assert (scarce.tenths, scarce.words, scarce.share) == (None, "no score", 0.0)
    assert scarce.reason == "only 3 of 6 known; 4 are needed"
    assert scarce.band is None
    for enough, known in ((2, 2), (6, 6)):
        asking = form(*SIX.items, factors=(ONE,), reading=Reading(enough=enough))
        assert sixth(*[4] * known, *[no] * (6 - known), exercise=asking).tenths == 40
        assert sixth(*[4] * (known - 1), *[no] * (7 - known), exercise=asking).tenths is None
    assert sixth(no, no, no, no, no, no).tenths is None
    assert score(form(rating("r", factor=None), factors=(ONE,)), ONE, {"r": 5}).tenths is None


def test_one_missing_answer_is_no_score() -> None:
    """Left out is not the same as not known: then there is no score, however much else is known."""
    missing = sixth(5, 5, 5, 5, 5)
    assert (missing.tenths, missing.reason) == (None, "1 of 6 not answered")


def test_yes_counts_one_and_no_nothing() -> None:
    """A factor of yes and no goes from 0 to 1, the other way round where the item is reversed."""
    items = [Item(id=f"r{n}", kind="yes-no", text="?", factor="one", reverse=n == 0) for n in range(3)]
    exercise = form(*items, factors=(ONE,))
    found = score(exercise, ONE, {"r0": False, "r1": True, "r2": False})
    assert (found.tenths, found.lowest, found.highest) == (7, 0, 1)
    assert [points(exercise, one, True) for one in items] == [0, 1, 1]


def test_a_branch_not_taken_is_left_out_and_one_not_decided_makes_no_score() -> None:
    """Only what is asked counts; but as long as nobody knows whether an item will be asked, there is no score."""
    deciding = question("view", kind="yes-no", options=())
    deeper = question("why", kind="yes-no", options=(), when=When(item="view", any_of=("yes",)))
    items = (
        deciding,
        deeper,
        rating("plain"),
        rating("hidden", when=When(item="view", any_of=("yes",))),
        rating("deep", when=When(item="why", any_of=("yes",))),
    )
    exercise = form(*items, factors=(ONE,))
    both: dict[str, Any] = {"view": True, "why": True, "plain": 5, "hidden": 1, "deep": 1}
    assert score(exercise, ONE, both).tenths == 23
    assert score(exercise, ONE, {"view": False, "plain": 5}).tenths == 50
    assert score(exercise, ONE, {"plain": 5}).reason == "2 of 3 not answered"
    assert score(exercise, ONE, {"view": True, "plain": 5, "hidden": 1}).reason == "1 of 3 not answered"
    assert score(exercise, ONE, {"view": True, "why": False, "plain": 5, "hidden": 1}).tenths == 30


@pytest.mark.parametrize(
    ("highlight", "tenths", "named"),
    [
        ("weakest", (10, 20, 10), ["0", "2"]),
        ("weakest", (30, 20, 10), ["2"]),
        ("strongest", (30, 20, 10), ["0"]),
        ("strongest", (30, 30, 10), ["0", "1"]),
        ("weakest", (20, 20, 20), []),
        ("none", (30, 20, 10), []),
        ("weakest", (30, None, 10), ["2"]),
        ("weakest", (30, None, None), []),
        ("strongest", (), []),
    ],
)
def test_ties_are_named_together(highlight: Any, tenths: tuple[int | None, ...], named: list[str]) -> None:
    """All that stand lowest (or highest) of those with a score are named; none where all of these are equal."""
    scores = tuple(
        Score(factor=str(n), title="", tenths=one, lowest=1, highest=5, known=1, of=1, reason="")
        for n, one in enumerate(tenths)
    )
    exercise = form(rating("r"), reading=Reading(highlight=highlight))
    assert [one.factor for one in highlighted(exercise, scores)] == named


# ---- corners


def test_every_place_of_a_grid_lies_in_the_corner_it_is_nearest_to() -> None:
    """One to five is low, six to ten is high; each corner holds twenty-five places, and no place lies in none."""
    corners = tuple(Corner(x=x, y=y, title=f"{x} {y}", advice="Go.") for x, y in product(ENDS, repeat=2))  # type: ignore[arg-type]
    item = Item(id="it", kind="grid", text="?", x=AXIS, y=AXIS, corners=corners)
    found: dict[str, list[tuple[int, int]]] = {}
    for at in PLACES:
        one = corner(item, at)
        assert one is not None
        found.setdefault(one.title, []).append(at)
    assert {title: len(places) for title, places in found.items()} == dict.fromkeys(found, 25)
    assert len(found) == 4
    for title, places in found.items():
        x, y = title.split()
        assert set(places) == set(product(ENDS[x], ENDS[y]))
    bare = Item(id="it", kind="grid", text="?", x=AXIS, y=AXIS)
    assert [corner(bare, at) for at in PLACES] == [None] * 100


# ---- quizzes


@pytest.mark.parametrize(
    ("item", "right", "wrong"),
    [
        (question("q", "a"), ["a"], ["b", None]),
        (question("q", "a", "c"), ["a", "c"], ["b", None]),
        (question("q", "a", "c", kind="choices"), [("a", "c")], [("a",), ("a", "b", "c"), ("b",), None]),
        (question("q", "yes", kind="yes-no", options=()), [True], [False, None]),
        (question("q", "no", kind="yes-no", options=()), [False], [True, None]),
    ],
)
def test_what_is_right(item: Item, right: list[Any], wrong: list[Any]) -> None:
    """One of the right options, or where several are chosen exactly the right ones; nothing is never right."""
    assert all(is_right(item, given) for given in right)
    assert not any(is_right(item, given) for given in wrong)


def test_a_quiz_counts_only_what_it_asks() -> None:
    """Questions of the other part are no questions; one that is not answered is not right, first and now."""
    part = Item(
        id="part", kind="choice", text="?", options=(Choice(id="a", text="A"), Choice(id="b", text="B"))
    )
    of_a = question("one", "a", when=When(item="part", any_of=("a",)))
    of_b = question("two", "a", when=When(item="part", any_of=("b",)))
    exercise = form(part, of_a, of_b, question("three", "b"), question("free"))
    first, second = marks(exercise, {"part": "a", "one": "b"}, {"part": "a", "one": "a"})
    assert (first.item, first.first, first.now, first.answered) == ("one", False, True, True)
    assert (second.item, second.first, second.now, second.answered) == ("three", False, False, False)
    assert [one.item for one in marks(exercise, {}, {})] == ["three"]


# ---- rates

RATE = Rate(title="Retention", part="stayed", whole="began")


@pytest.mark.parametrize(
    ("part", "whole", "below", "percent", "says"),
    [
        (9, 12, 5, 75, "9 of 12"),
        (1, 8, 5, 13, "1 of 8"),
        (23, 200, 5, 12, "23 of 200"),
        (1, 3, 0, 33, "1 of 3"),
        (2, 3, 0, 67, "2 of 3"),
        (0, 12, 5, 0, "0 of 12"),
        (12, 12, 5, 100, "12 of 12"),
        (5, 5, 5, 100, "5 of 5"),
        (199, 200, 5, 100, "199 of 200"),
        (7.5, 10, 5, 75, "7.5 of 10"),
        (1_234_567, 2_000_000, 5, 62, "1234567 of 2000000"),
        (4, 4, 5, None, "not shown for fewer than 5"),
        (0, 0, 5, None, "not shown for fewer than 5"),
        (0, 0, 0, None, "not shown for fewer than 1"),
        (9, 3, 5, None, "not shown for fewer than 5"),
        (13, 12, 5, None, "13 of 12 cannot be: look at the numbers again"),
        (-1, 12, 5, None, "-1 of 12 cannot be: look at the numbers again"),
        (3, -12, 0, None, "not shown for fewer than 1"),
        (None, 12, 5, None, "a number is missing"),
        (9, None, 5, None, "a number is missing"),
        ("9", 12, 5, None, "a number is missing"),
    ],
)
def test_a_rate_is_whole_per_cent_or_says_why_not(
    part: Any, whole: Any, below: int, percent: int | None, says: str
) -> None:
    """Halves go up; nothing is shown of few people, of numbers upside down, or of none; whole numbers stay whole."""
    answers = {key: one for key, one in (("stayed", part), ("began", whole)) if one is not None}
    found = percentage(RATE, answers, below)
    assert (found.title, found.percent, found.reason) == ("Retention", percent, says)
