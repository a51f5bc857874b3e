"""Reading answers: what each kind of item takes and refuses, what is missing, and what is never asked."""

import math
from typing import Any

import pytest

from pmworkshop.core.answers import asked, options, read
from pmworkshop.core.exercise import DONT_KNOW, ITEM_KEYS, Axis, Choice, Column, Exercise, Item, Scale, When
from pmworkshop.core.given import LONGEST_ENTRY, LONGEST_LONG, LONGEST_SHORT, MOST_ENTRIES, cell
from pmworkshop.core.units import Minutes

SOME = tuple(Choice(id=one, text=one.upper()) for one in ("a", "b", "c"))
AXIS = Axis(title="Skill", low="little", high="much")
HEX = "0123456789abcdef" * 4
TABLE = (
    Column(id="what", title="What"),
    Column(id="many", title="How many", kind="number", required=False),
    Column(id="due", title="Due", kind="date", required=False),
    Column(id="who", title="Who", kind="code", required=False),
    Column(id="how", title="How", kind="choice", options=SOME, required=False),
)
KEYS: dict[str, dict[str, Any]] = {
    "rating": {"scale": "five", "dont_know": True},
    "choice": {"options": SOME},
    "choices": {"options": SOME, "at_most": 2},
    "ranking": {"options": SOME},
    "number": {"lowest": -5.0, "highest": 2_000_000.0},
    "list": {"at_most": 3},
    "table": {"columns": TABLE, "at_most": 2},
    "line": {"x": AXIS},
    "grid": {"x": AXIS, "y": AXIS},
}
BLANK = [None, "", "  ", "\t\n", "\x00\x1b"]
BLANK_LISTS: dict[str, list[Any]] = {
    "list": [[], [""], ["", " "]],
    "choices": [[], [""], ("", None)],
    "ranking": [[], [""], ["", " "]],
    "table": [[], [{}], [{"what": " "}, {"other": "x"}]],
    "grid": [[], [None, ""], ",", " , "],
}


def item(kind: str, name: str = "it", **keys: Any) -> Item:
    return Item(id=name, kind=kind, text="?", **(KEYS.get(kind, {}) | keys))  # type: ignore[arg-type]


def form(*items: Item) -> Exercise:
    return Exercise(
        title="Form",
        kind="worksheet",
        about="me",
        privacy="evidence",
        minutes=Minutes(5),
        instructions="Go.",
        scales=(Scale(id="five", labels=("1", "2", "3", "4", "5")),),
        items=items,
    )


GOOD: list[tuple[str, Any, Any]] = [
    ("rating", 3, 3),
    ("rating", " 5 ", 5),
    ("rating", DONT_KNOW, DONT_KNOW),
    ("choice", "b", "b"),
    ("choices", ["c", "a", "a"], ("a", "c")),
    ("choices", "c\na", ("a", "c")),
    ("choices", "b", ("b",)),
    ("ranking", ["c", "a", "b"], ("c", "a", "b")),
    ("ranking", "b\r\na", ("b", "a")),
    ("yes-no", True, True),
    ("yes-no", False, False),
    ("yes-no", "On", True),
    ("yes-no", " no", False),
    ("short", " two\nwords\x1b ", "two words"),
    ("short", 12, "12"),
    ("short", "x" * LONGEST_SHORT, "x" * LONGEST_SHORT),
    ("long", " one\r\n\r\ntwo\u202e ", "one\n\ntwo"),
    ("number", 0, 0),
    ("number", "-5", -5),
    ("number", "2,000,000", 2_000_000),
    ("number", 12.0, 12),
    ("number", "12,5", 12.5),
    ("number", "1,234,567", 1_234_567),
    ("number", "1 234", 1_234),
    ("number", "1 234,5", 1_234.5),
    ("number", "80 %", 80),
    ("number", "0.0001", 0.0001),
    ("date", "2027-01-24", "2027-01-24"),
    ("date", "24/1/2027", "2027-01-24"),
    ("date", "24/01/27", "2027-01-24"),
    ("date", "24.01.2027", "2027-01-24"),
    ("date", "24 Jan 2027", "2027-01-24"),
    ("date", "24  january  2027", "2027-01-24"),
    ("date", "29/02/2028", "2028-02-29"),
    ("code", "tm 1", "TM1"),
    ("code", "me", "ME"),
    ("list", ["one", "", " two "], ("one", "two")),
    ("list", "one\n\n two \n", ("one", "two")),
    ("list", [7], ("7",)),
    ("table", [{"what": " x ", "many": "1,234,567", "who": "tm1", "how": "a"}, {}, {"what": ""}],
     ({"what": "x", "many": "1234567", "who": "TM1", "how": "a"},)),
    ("table", [{"what": "x", "due": "24/1/27", "many": 1.5, "else": "?"}],
     ({"what": "x", "due": "2027-01-24", "many": "1.5"},)),
    ("line", 10, 10),
    ("line", "1", 1),
    ("grid", (3, 10), (3, 10)),
    ("grid", ["3", 10], (3, 10)),
    ("grid", "3, 10", (3, 10)),
    ("photo", HEX, HEX),
]  # fmt: skip

BAD: list[tuple[str, Any, str]] = [
    ("rating", 0, "Choose from 1 to 5."),
    ("rating", "6", "Choose from 1 to 5."),
    ("rating", "often", "Choose from 1 to 5."),
    ("rating", True, "Choose from 1 to 5."),
    ("choice", "A", "Choose one of these."),
    ("choice", ["a"], "cannot be read"),
    ("choices", ["a", "d"], "Choose from these."),
    ("choices", ["a", "b", "c"], "3 are chosen; 2 are the most."),
    ("choices", {"a": "on"}, "cannot be read as a list"),
    ("ranking", ["a", "a"], "Put each of these in order once."),
    ("ranking", ["a", "z"], "Put each of these in order once."),
    ("yes-no", "perhaps", "Answer yes or no."),
    ("yes-no", 1, "Answer yes or no."),
    ("short", "x" * (LONGEST_SHORT + 1), "201 characters; 200 fit."),
    ("short", ["a"], "cannot be read"),
    ("short", {"a": 1}, "cannot be read"),
    ("long", "x" * (LONGEST_LONG + 1), "4,001 characters; 4,000 fit."),
    ("long", [["a"]], "cannot be read"),
    ("number", "twelve", "Give a number"),
    ("number", "0.00001", "Give a number"),
    ("number", "1,2,3", "Give a number"),
    ("number", "10 12", "Give a number"),
    ("number", "123456789012", "Give a number"),
    ("number", math.nan, "Give a number"),
    ("number", 1e300, "Give a number"),
    ("number", 10**5_000, "too long"),
    ("number", "-6", "-5 is the least."),
    ("number", "2000001", "2000000 is the most."),
    ("date", "31/02/2027", "Give a date"),
    ("date", "soon", "Give a date"),
    ("code", "Anna", "never a name"),
    ("code", "Anna Smith", "never a name"),
    ("list", ["a", "b", "c", "d"], "4 entries; 3 are the most."),
    ("list", ["x" * (LONGEST_ENTRY + 1)], "301 characters; 300 fit."),
    ("list", [["a"]], "cannot be read"),
    ("list", 7, "cannot be read as a list"),
    ("table", "a;b", "cannot be read as a table"),
    ("table", {"what": "x"}, "cannot be read as a table"),
    ("table", [["x"]], "cannot be read as a table"),
    ("table", [{"what": "x"}] * 3, "3 rows; 2 are the most."),
    ("table", [{"what": "x"}, {"what": "y", "many": "few"}], "Row 2, “How many”: Give a number"),
    ("table", [{"what": ["x"]}], "Row 1, “What”: This cannot be read"),
    ("table", [{"what": "x", "how": "z"}], "Row 1, “How”: choose one of these."),
    ("line", 0, "Give a place from 1 to 10."),
    ("line", "11", "Give a place from 1 to 10."),
    ("grid", "5", "Give two places"),
    ("grid", "5,", "Give two places"),
    ("grid", [1, 2, 3], "Give two places"),
    ("grid", [1, 11], "Give a place from 1 to 10."),
    ("grid", 5, "Give two places"),
    ("grid", {"x": 1, "y": 2}, "Give two places"),
    ("photo", "photo.jpg", "Choose it again."),
    ("photo", HEX.upper(), "Choose it again."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "raw", "value"), GOOD, ids=[f"{one[0]}-{n}" for n, one in enumerate(GOOD)])
def test_what_can_be_kept_is_kept_in_one_form(kind: str, raw: Any, value: Any) -> None:
    """A typed value, a form's text and a list from JSON come to the same, and read again it stays as it is."""
    sheet = read(form(item(kind)), {"it": raw})
    assert (dict(sheet.answers), sheet.wrong) == ({"it": value}, ())
    assert type(sheet.answers["it"]) is type(value)


@pytest.mark.parametrize(("kind", "raw", "says"), BAD, ids=[f"{one[0]}-{n}" for n, one in enumerate(BAD)])
def test_what_cannot_be_kept_is_refused_in_words(kind: str, raw: Any, says: str) -> None:
    """Each kind says what it takes; nothing of a wrong answer is kept, and the other answers are."""
    sheet = read(form(item(kind), item("short", "other")), {"it": raw, "other": "kept"})
    assert dict(sheet.answers) == {"other": "kept"}
    (flaw,) = sheet.wrong
    assert flaw.item == "it"
    assert says in flaw.words
    assert sheet.missing == ()


@pytest.mark.parametrize("kind", ITEM_KEYS)
def test_nothing_is_no_answer(kind: str) -> None:
    """Blanks of any sort are absent: missing where the item is required, else nothing at all."""
    for raw in (*BLANK, *BLANK_LISTS.get(kind, ())):
        sheet = read(form(item(kind)), {"it": raw})
        assert (dict(sheet.answers), sheet.wrong) == ({}, ()), raw
        assert [flaw.words for flaw in sheet.flaws] == ["Not answered yet."]
        assert read(form(item(kind, required=False)), {"it": raw}).flaws == ()
    assert [flaw.item for flaw in read(form(item(kind)), {"stranger": "x"}).missing] == ["it"]


def test_what_is_not_complete_is_missing_and_kept() -> None:
    """Too few entries, an order begun, an empty cell: the answer is kept as far as it goes, and says what it lacks."""
    lacks: list[tuple[Item, Any, str]] = [
        (item("list", at_least=2), ("one",), "2 are asked for, 1 so far."),
        (item("choices", at_least=2), ("a",), "2 are asked for, 1 so far."),
        (item("ranking"), ("b", "a"), "2 of 3 are in order so far."),
        (item("table"), ({"what": "x"}, {"many": "1"}), "Row 2: “What” is empty."),
    ]
    for one, given, says in lacks:
        sheet = read(form(one), {"it": given})
        assert (sheet.answers["it"], sheet.wrong) == (given, ())
        assert [flaw.words for flaw in sheet.missing] == [says]
    for one, given in (
        (item("list", at_least=2), ["one", "two"]),
        (item("choices", at_least=2), ["a", "b"]),
        (item("ranking"), ["b", "a", "c"]),
        (item("table", at_least=1), [{"what": "x"}]),
    ):
        assert read(form(one), {"it": given}).flaws == ()
    assert read(form(item("list", at_least=2)), {}).missing[0].words == "2 are asked for."
    optional = item("list", at_least=2, required=False)
    assert read(form(optional), {}).missing == ()
    assert read(form(optional), {"it": ["one"]}).missing[0].words == "2 are asked for, 1 so far."


def test_how_many_fit_where_an_author_sets_no_limit() -> None:
    """Thirty entries and thirty rows fit; one more is too many."""
    for one, entry in ((item("list", at_most=None), "x"), (item("table", at_most=None), {"what": "x"})):
        assert len(read(form(one), {"it": [entry] * MOST_ENTRIES}).answers["it"]) == MOST_ENTRIES  # type: ignore[arg-type]
        assert read(form(one), {"it": [entry] * (MOST_ENTRIES + 1)}).wrong


def test_what_was_chosen_stands_in_the_order_of_the_options() -> None:
    """Whichever was tapped first: two sheets with the same choices are the same sheet."""
    eight = tuple(Choice(id=one, text=one) for one in "hgfedcba")
    several = form(item("choices", options=eight, at_most=None))
    assert read(several, {"it": list("abcdefgh")}).answers == {"it": tuple("hgfedcba")}
    assert read(several, {"it": "a\nh\nd"}).answers == {"it": ("h", "d", "a")}


def test_a_rating_without_a_way_out_has_none() -> None:
    """“Don't know” is an answer only where the item offers it."""
    assert read(form(item("rating", dont_know=False)), {"it": DONT_KNOW}).wrong


def test_only_a_branch_that_is_taken_has_answers() -> None:
    """What hangs on another answer is neither asked, nor kept, nor missing unless that answer was given; so down the chain."""
    first = item("choice", "first")
    second = item("yes-no", "second", when=When(item="first", any_of=("a", "b")))
    third = item("short", "third", when=When(item="second", any_of=("yes",)))
    by_rating = item("short", "four", when=When(item="rated", any_of=("1", DONT_KNOW)))
    exercise = form(first, second, third, item("rating", "rated"), by_rating)
    raw = {"first": "a", "second": "yes", "third": "deep", "rated": 1, "four": "low"}
    assert set(read(exercise, raw).answers) == {"first", "second", "third", "rated", "four"}
    assert set(read(exercise, raw | {"first": "c"}).answers) == {"first", "rated", "four"}
    assert set(read(exercise, raw | {"second": "no"}).answers) == {"first", "second", "rated", "four"}
    assert set(read(exercise, raw | {"rated": DONT_KNOW}).answers) == set(raw)
    assert "four" not in read(exercise, raw | {"rated": 2}).answers
    wrong = read(exercise, raw | {"first": "z"})
    assert [flaw.item for flaw in wrong.flaws] == ["first"]
    assert [one.id for one in asked(exercise, wrong.answers)] == ["first", "rated", "four"]
    of_many = form(item("choices", "many"), item("short", "why", when=When(item="many", any_of=("b",))))
    assert set(read(of_many, {"many": ["a", "b"], "why": "x"}).answers) == {"many", "why"}
    assert set(read(of_many, {"many": ["a", "c"], "why": "x"}).answers) == {"many"}


def test_yes_and_no_can_be_worded() -> None:
    """An author may word the two answers; without that they are called yes and no."""
    worded = (Choice(id="yes", text="Agreed"), Choice(id="no", text="Not yet"))
    assert [one.text for one in options(item("yes-no"))] == ["Yes", "No"]
    assert options(item("yes-no", options=worded)) == worded
    assert options(item("choice")) == SOME


def test_a_cell_says_what_is_wrong_with_it() -> None:
    """A cell on its own is read like one in a table, and raises words."""
    assert cell(TABLE[1], "1,234,567.5") == "1234567.5"
    with pytest.raises(ValueError, match="Give a date"):
        cell(TABLE[2], "soon")
