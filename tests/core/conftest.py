"""Any exercise that an author may write, and any answers to its items; and commands carried out one after the other.

An exercise drawn here keeps the rules that the library holds authors to: a factor's items share one range and must
be answered, bands have no gap, an item asked only `when` looks back at one whose answers are known beforehand.
"""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core.apply import apply
from pmworkshop.core.decide import decide
from pmworkshop.core.exercise import (
    DONT_KNOW,
    ITEM_KEYS,
    STEPS,
    Axis,
    Band,
    Choice,
    Column,
    Corner,
    Exercise,
    Factor,
    Item,
    Rate,
    Reading,
    Scale,
    When,
)
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import Instant, Minutes

Raw = dict[str, Any]
KINDS = tuple(ITEM_KEYS)
BRANCHING = ("choice", "choices", "yes-no", "rating")

words = st.text(max_size=20) | st.sampled_from(["Anna", "two\nlines", "\x1b[31mred", "\ud800", "[b]x[/b]"])
plain = st.text("abc äß,.", min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
CHOICES = tuple(
    Choice(id=f"o{n}", text=f"Option {n}", advice=f"Do {n}." if n % 2 else None) for n in range(4)
)
CORNERS = tuple(
    Corner(x=x, y=y, title=f"{x} and {y}", advice="Go on.") for x in ("low", "high") for y in ("low", "high")
)
COLUMNS = (
    Column(id="what", title="What"),
    Column(id="many", title="How many", kind="number", required=False),
    Column(id="due", title="Due", kind="date", required=False),
    Column(id="how", title="How", kind="choice", options=CHOICES, required=False),
    Column(id="whom", title="Whom", kind="code", required=False),
)
AXIS = Axis(title="Skill", low="little", high="much")


@st.composite
def some_items(draw: st.DrawFn, number: int, factors: Sequence[Factor], before: Sequence[Item]) -> Item:
    kind = draw(st.sampled_from(KINDS))
    keys: Raw = {"id": f"i{number}", "kind": kind, "text": f"Question {number}?"}
    keys |= {"required": draw(st.booleans()), "when": draw(branches(before))}
    if kind in ("rating", "yes-no") and factors and draw(st.booleans()):
        fitting = [one for one in factors if one.id.startswith(kind)]
        keys["factor"] = draw(st.sampled_from(fitting)).id if fitting else None
        keys["required"] = keys["required"] or bool(fitting)
    keys |= draw(of_kind(kind))
    return Item(**keys)


def branches(before: Sequence[Item]) -> st.SearchStrategy[When | None]:
    found = [item for item in before if item.kind in BRANCHING]
    if not found:
        return st.none()
    return st.none() | st.sampled_from(found).flatmap(branch)


def branch(item: Item) -> st.SearchStrategy[When]:
    known = {"yes-no": ["yes", "no"], "rating": ["1", "2", DONT_KNOW]}.get(item.kind) or [
        one.id for one in item.options
    ]
    some = st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True)
    return some.map(lambda any_of: When(item=item.id, any_of=tuple(any_of)))


@st.composite
def of_kind(draw: st.DrawFn, kind: str) -> Raw:
    keys: Raw = {}
    if kind == "rating":
        keys |= {"scale": "scale", "reverse": draw(st.booleans()), "dont_know": draw(st.booleans())}
    if kind in ("choice", "choices", "ranking"):
        keys["options"] = CHOICES[: draw(st.integers(2, 4))]
    if kind in ("choice", "choices") and draw(st.booleans()):
        ids = [one.id for one in keys["options"]]
        keys["right"] = tuple(draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True)))
    if kind == "yes-no":
        keys |= {"reverse": draw(st.booleans()), "right": draw(st.sampled_from([(), ("yes",), ("no",)]))}
    if kind in ("choices", "list", "table"):
        keys |= {"at_least": draw(st.none() | st.just(2)), "at_most": draw(st.none() | st.just(3))}
    if kind == "number":
        keys |= {"lowest": draw(st.none() | st.just(0.0)), "highest": draw(st.none() | st.just(2_000_000.0))}
    if kind == "table":
        keys["columns"] = COLUMNS[: draw(st.integers(1, len(COLUMNS)))]
    if kind in ("line", "grid"):
        keys["x"] = AXIS
    if kind == "grid":
        keys |= {"y": AXIS, "corners": draw(st.sampled_from([(), CORNERS]))}
    return keys


@st.composite
def some_factors(draw: st.DrawFn, number: int, points: int) -> Factor:
    kind, lowest, highest = draw(st.sampled_from([("rating", 1, points), ("yes-no", 0, 1)]))
    cuts = draw(st.lists(st.integers(lowest * 10, highest * 10 - 1), max_size=3, unique=True).map(sorted))
    lows = [lowest * 10, *(cut + 1 for cut in cuts)]
    highs = [*cuts, highest * 10]
    bands = tuple(
        Band(low=low / 10, high=high / 10, words=f"{low} to {high}")
        for low, high in zip(lows, highs, strict=True)
    )
    return Factor(
        id=f"{kind}-{number}",
        title=f"Factor {number}",
        bands=draw(st.sampled_from([(), bands])),
        actions=draw(st.sampled_from([(), ("Do this", "Or that")])),
    )


@st.composite
def some_exercises(draw: st.DrawFn) -> Exercise:
    points = draw(st.integers(2, 7))
    scale = Scale(id="scale", labels=tuple(f"Point {n}" for n in range(1, points + 1)))
    factors = tuple(draw(some_factors(n, points)) for n in range(draw(st.integers(0, 3))))
    items: list[Item] = []
    for number in range(draw(st.integers(1, 9))):
        items.append(draw(some_items(number, factors, items)))
    numbers = [item.id for item in items if item.kind == "number"]
    rates = (Rate(title="Share", part=numbers[0], whole=numbers[-1]),) if len(numbers) > 1 else ()
    reading = Reading(
        highlight=draw(st.sampled_from(["weakest", "strongest", "none"])),
        enough=draw(st.none() | st.integers(1, 3)),
        rates=rates,
        suppress_below=draw(st.integers(0, 12)),
        caveats=draw(st.sampled_from([(), ("Not a test.",), ("Not a test.", "One view.")])),
    )
    return Exercise(
        title="Any exercise",
        kind=draw(st.sampled_from(["self-assessment", "quiz", "worksheet", "grid"])),
        about="me",
        privacy="evidence",
        minutes=Minutes(5),
        instructions="Go.",
        scales=(scale,),
        items=tuple(items),
        factors=factors,
        reading=reading,
    )


def good(exercise: Exercise, item: Item) -> st.SearchStrategy[Any]:
    """Raw values that an item takes, as screens and forms may send them."""
    ids = [one.id for one in item.options]
    most = min(item.at_most or 3, 3)
    places = st.integers(1, STEPS)
    strategies: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
        "rating": lambda: ratings(exercise, item),
        "choice": lambda: st.sampled_from(ids),
        "choices": lambda: st.lists(st.sampled_from(ids), max_size=most, unique=True),
        "ranking": lambda: st.permutations(ids) | st.lists(st.sampled_from(ids), unique=True),
        "yes-no": lambda: st.sampled_from([True, False, "yes", "No", "on"]),
        "short": lambda: words,
        "long": lambda: words,
        "number": lambda: st.integers(0, 2_000_000) | st.sampled_from(["12", "7,5", "0.0001", "25 %", ""]),
        "date": lambda: st.dates().map(lambda day: day.isoformat()) | st.just("24/01/2027"),
        "code": lambda: st.sampled_from(["TM1", "tm 2", "me", ""]),
        "list": lambda: st.lists(words, max_size=most) | st.lists(plain, max_size=most).map("\n".join),
        "table": lambda: st.lists(rows(item.columns), max_size=most),
        "line": lambda: places | places.map(str),
        "grid": lambda: st.tuples(places, places) | st.tuples(places, places).map(lambda p: f"{p[0]},{p[1]}"),
        "photo": lambda: st.sampled_from(["0" * 64, "c0ffee" * 10 + "abcd"]),
    }
    return strategies[item.kind]()


def ratings(exercise: Exercise, item: Item) -> st.SearchStrategy[Any]:
    scale = exercise.scale(item)
    assert scale is not None
    known = st.integers(1, len(scale.labels))
    return known | known.map(str) | st.just(DONT_KNOW) if item.dont_know else known | known.map(str)


def rows(columns: Sequence[Column]) -> st.SearchStrategy[dict[str, Any]]:
    cells: dict[str, st.SearchStrategy[Any]] = {
        "short": words,
        "number": st.integers(0, 10**9) | st.sampled_from(["12.5", "1,234"]),
        "date": st.just("24 January 2027"),
        "code": st.just("tm1"),
    }
    return st.fixed_dictionaries(
        {},
        optional={
            one.id: cells.get(one.kind, st.sampled_from([option.id for option in one.options] or [""]))
            for one in columns
        },
    )


def some_answers(exercise: Exercise, *, gaps: bool = True) -> st.SearchStrategy[Raw]:
    """Raw answers to every item, or with `gaps` to any of them."""
    found = {item.id: good(exercise, item) for item in exercise.items}
    if gaps:
        return st.fixed_dictionaries({}, optional=found)
    return st.fixed_dictionaries(found)


@pytest.fixture(scope="session")
def exercises() -> st.SearchStrategy[Exercise]:
    return some_exercises()


@pytest.fixture(scope="session")
def answers_to() -> Callable[..., st.SearchStrategy[Raw]]:
    return some_answers


NOW = Instant(1_800_000_000_000)


def carried_out(state: Cohort, *commands: c.Command, now: Instant = NOW) -> Cohort:
    """Carry the commands out, all at one instant; none may be refused."""
    for command in commands:
        decision = decide(state, command, now)
        assert not isinstance(decision, Refusal), decision.words
        for event in decision:
            state = apply(state, event, now)
    return state


def refusal_of(state: Cohort, command: c.Command, *, question: bool = False) -> str:
    """Assert that a command is refused, and return the words."""
    decision = decide(state, command, NOW)
    assert isinstance(decision, Refusal), decision
    assert decision.question == question
    assert decision.words.strip()
    return decision.words


@pytest.fixture(scope="session")
def then() -> Callable[..., Cohort]:
    return carried_out


@pytest.fixture(scope="session")
def refused() -> Callable[..., str]:
    return refusal_of
