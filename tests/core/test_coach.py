"""The verb coach: a question back where an answer looks like less than its criterion's verb asks for; never a grade."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core.answers import read
from pmworkshop.core.coach import WRITTEN, prompts, things_in
from pmworkshop.core.exercise import Column, Exercise, Item, When
from pmworkshop.core.unit import Criterion, Marking, Outcome, Unit
from pmworkshop.core.units import Minutes

Exercises = st.SearchStrategy[Exercise]
AnswersTo = Callable[..., st.SearchStrategy[dict[str, Any]]]
laws = settings(deadline=None, database=None, max_examples=80)

VERDICT = re.compile(
    r"\b(pass\w*|fail\w*|mark\w*|refer\w*|grade\w*|score\w*|wrong|insufficient|weak|poor|not good)\b",
    re.IGNORECASE,
)
UNIT = Unit(
    reference="8600-323",
    title="Unit",
    level=3,
    credits=2,
    guided_hours=7,
    status="check_with_centre",
    marking=Marking(rule="at least half"),
    outcomes=(
        Outcome(
            id=1,
            title="One",
            criteria=(
                Criterion(id="1.1", text="Describe the value of assessment", verb="describe"),
                Criterion(id="1.2", text="Explain the role of the manager", verb="explain"),
                Criterion(id="1.3", text="Identify ways to ensure fairness", verb="identify", minimum=2),
                Criterion(id="4.3", text="Describe actions", verb="describe", minimum=2),
            ),
        ),
    ),
)


def form(*items: Item) -> Exercise:
    return Exercise(
        title="Form",
        kind="worksheet",
        about="me",
        privacy="evidence",
        minutes=Minutes(5),
        instructions="Go.",
        items=items,
    )


def item(*criteria: str, kind: Any = "long", **keys: Any) -> Item:
    return Item(id="it", kind=kind, text="?", criteria=criteria, **keys)


def asked_back(one: Item, given_raw: Any, unit: Unit | None = UNIT) -> list[tuple[str, str]]:
    exercise = form(one)
    return [
        (found.criterion, found.words)
        for found in prompts(exercise, read(exercise, {"it": given_raw}).answers, unit)
    ]


TABLE = [
    # identify: to name is enough, and nobody has to say why
    ("1.3", "Agreed standards for all, and dated notes over the whole year", ""),
    ("1.3", "Agreed standards\nDated notes", ""),
    ("1.3", "Moderation", "1.3 asks for at least 2; this looks like 1."),
    ("1.3", "Self-assessment helps, because people see the same year from another side than I do", ""),
    # describe: what it looks like
    ("1.1", "Weekly catch-ups", "This identifies; 1.1 asks you to describe"),
    (
        "1.1",
        "Reviews, observations, catch-ups, learner feedback",
        "This identifies; 1.1 asks you to describe",
    ),
    ("1.1", "A form twice a year, and a talk about it", "This identifies; 1.1 asks you to describe"),
    (
        "1.1",
        "Formal reviews happen twice a year, with a form that both fill in beforehand and talk through for an hour.",
        "",
    ),
    (
        "1.1",
        "The review gives everybody a record, so that nobody has to rely on what was said in passing.",
        "",
    ),
    (
        "4.3",
        "I sit down with them every Monday for half an hour with the log of the past week before us",
        "4.3 asks for at least 2; this looks like 1.",
    ),
    (
        "4.3",
        "I coach them on one task each week, and I take the weekly report off their list until the end of June.",
        "",
    ),
    # explain: reasons, or how it works
    ("1.2", "Sets goals and reviews them", "This identifies; 1.2 asks you to explain"),
    ("1.2", "Because it works.", "This identifies; 1.2 asks you to explain"),
    (
        "1.2",
        "The manager agrees a standard at the start of the year and writes it down in the 1:1 record.",
        "This describes; 1.2 asks you to explain",
    ),
    (
        "1.2",
        "We went through the goal together, he said he was fine, and we shook hands on it the same day.",
        "This describes; 1.2 asks you to explain",
    ),
    ("1.2", "The manager talks with people early, so that small things are put right before they grow.", ""),
    (
        "1.2",
        "Clear goals matter. Without them people guess at what is wanted and spend weeks on the wrong thing.",
        "",
    ),
    (
        "1.2",
        "Feedback improves the work by showing people the gap between what they do and what is needed.",
        "",
    ),
    (
        "1.2",
        "It lets people correct course early. This reduces surprises in the review at the end of the year.",
        "",
    ),
    (
        "1.2",
        "Regular feedback keeps people going, as they know that somebody has seen the work that they do.",
        "",
    ),
    (
        "1.2",
        "If a standard is vague, two people read it in two ways and neither can be held to it later.",
        "",
    ),
]


@pytest.mark.parametrize(("criterion", "text", "prompt"), TABLE)
def test_what_managers_write_is_asked_about_or_left_alone(criterion: str, text: str, prompt: str) -> None:
    """Naming is asked to be described, describing to be explained, one to be two; what does what the verb asks is left alone."""
    found = asked_back(item(criterion), text)
    assert [one for one, _ in found] == ([criterion] if prompt else [])
    assert all(words.startswith(prompt) for _, words in found)


def test_the_highest_verb_of_an_item_counts() -> None:
    """An answer for several criteria is held against the most that one of them asks; the prompt names that one."""
    description = "I sit down with them every Monday for half an hour with the log of the past week before us"
    ((criterion, words),) = asked_back(item("1.3", "1.2", "1.1"), description)
    assert (criterion, words.split(":")[0]) == ("1.2", "This describes; 1.2 asks you to explain")
    ((criterion, words),) = asked_back(item("1.1", "1.3"), description)
    assert (criterion, words) == ("1.3", "1.3 asks for at least 2; this looks like 1.")


def test_a_list_counts_its_entries_and_a_table_needs_no_sentences() -> None:
    """Two entries are two things; cells are read together, and nobody is asked to write prose into a table."""
    assert asked_back(item("1.3", kind="list"), ["Moderation", "Agreed standards"]) == []
    assert asked_back(item("1.3", kind="list"), ["Moderation"])[0][1].endswith("this looks like 1.")
    columns = (Column(id="what", title="What"), Column(id="why", title="Why", required=False))
    assert asked_back(item("1.2", kind="table", columns=columns), [{"what": "Goals"}]) == []
    one_row = asked_back(item("4.3", kind="table", columns=columns), [{"what": "Coach", "why": "Skill"}])
    assert one_row == [("4.3", "4.3 asks for at least 2; this looks like 1.")]


def test_where_the_form_asks_for_as_many_itself_the_coach_need_not() -> None:
    """An item that wants two already says so when one is missing; the coach does not say it a second time."""
    assert asked_back(item("1.3", kind="list", at_least=2), ["Moderation"]) == []


@pytest.mark.parametrize("unit", [None, replace(UNIT, language="de"), replace(UNIT, language="enx")])
def test_without_an_english_unit_there_is_no_coach(unit: Unit | None) -> None:
    """The signs are those of English: for a unit in another language, or without one, nothing is said."""
    assert asked_back(item("1.2"), "Weekly catch-ups", unit) == []


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_english_of_any_country_has_a_coach(language: str) -> None:
    """A unit says `en`, or en with its country."""
    assert asked_back(item("1.2"), "Weekly catch-ups", replace(UNIT, language=language))


def test_nothing_is_asked_about_nothing() -> None:
    """No answer, an item without a criterion of the unit, a choice, a question that was not asked: no prompt."""
    for blank in (None, "", "  ", "\x00"):
        assert asked_back(item("1.2"), blank) == []
    assert asked_back(item(), "Weekly catch-ups") == []
    assert asked_back(item("9.9"), "Weekly catch-ups") == []
    assert asked_back(item("1.2", kind="date"), "24/01/2027") == []
    first = Item(id="first", kind="yes-no", text="?")
    exercise = form(first, item("1.2", when=When(item="first", any_of=("yes",))))
    assert prompts(exercise, {"first": False, "it": "Goals"}, UNIT) == ()
    assert len(prompts(exercise, read(exercise, {"first": "yes", "it": "Goals"}).answers, UNIT)) == 1


@pytest.mark.parametrize(
    ("given_text", "count"),
    [
        ("Lateness", 1),
        ("Lateness and poor reports", 2),
        ("One. Two. Three.", 3),
        ("1) one\n2) two", 2),
        ("a; b, c", 3),
    ],
)
def test_things_are_counted_by_the_marks_between_them(given_text: str, count: int) -> None:
    """Lines, clauses, full stops and “and” part one thing from the next."""
    assert things_in(given_text) == count


@given(data=st.data())
@laws
def test_whatever_is_answered_a_prompt_is_a_question_and_no_verdict(
    exercises: Exercises, answers_to: AnswersTo, data: st.DataObject
) -> None:
    """For any exercise and answers there is at most one prompt for each written answer, in words that never judge."""
    exercise = data.draw(exercises)
    names = st.lists(st.sampled_from(["1.1", "1.2", "1.3", "4.3", "9.9"]), unique=True).map(tuple)
    exercise = replace(
        exercise, items=tuple(replace(one, criteria=data.draw(names)) for one in exercise.items)
    )
    answers = read(exercise, data.draw(answers_to(exercise))).answers
    found = prompts(exercise, answers, UNIT)
    assert prompts(exercise, answers, replace(UNIT, language="cy")) == ()
    assert len({one.item for one in found}) == len(found)
    for one in found:
        asking = exercise.item(one.item)
        assert asking is not None
        assert asking.kind in WRITTEN
        assert one.item in answers
        assert one.criterion in asking.criteria
        assert one.words.startswith(
            ("This identifies; ", "This describes; ", f"{one.criterion} asks for at least ")
        )
        assert one.criterion in one.words
        assert not VERDICT.search(one.words)
