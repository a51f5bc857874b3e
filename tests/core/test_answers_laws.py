"""Laws of reading answers: for any exercise, and whatever comes in."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core.answers import asked, read
from pmworkshop.core.exercise import DONT_KNOW, Exercise
from pmworkshop.core.text import clean, clean_line

Exercises = st.SearchStrategy[Exercise]
AnswersTo = Callable[..., st.SearchStrategy[dict[str, Any]]]
laws = settings(deadline=None, database=None, max_examples=100)

junk: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(
        ["1", "o0", "yes", DONT_KNOW, "\x1b[31m\x00", "3,4", "TM1", "x\u2028y", "\ud800", "1e5"]
    )
    | st.binary(max_size=3),
    lambda some: (
        st.lists(some, max_size=4)
        | st.tuples(some, some)
        | st.dictionaries(st.sampled_from(["what", "many", "due", "how", "whom", ""]), some, max_size=3)
    ),
    max_leaves=6,
)


@given(data=st.data())
@laws
def test_reading_any_junk_never_raises_and_reading_again_changes_nothing(
    exercises: Exercises, answers_to: AnswersTo, data: st.DataObject
) -> None:
    """Whatever comes in, a sheet comes out; what it keeps is asked, clean, and read again the very same."""
    exercise = data.draw(exercises)
    rubbish = st.fixed_dictionaries({}, optional={one.id: junk for one in exercise.items} | {"else": junk})
    sheet = read(exercise, data.draw(answers_to(exercise)) | data.draw(rubbish))
    again = read(exercise, sheet.answers)
    assert repr(again.answers) == repr(sheet.answers)
    assert again.wrong == ()
    wrong = {flaw.item for flaw in sheet.wrong}
    assert {flaw.item for flaw in again.missing} <= {flaw.item for flaw in sheet.missing} | wrong
    assert wrong.isdisjoint(sheet.answers)
    assert set(sheet.answers) <= {one.id for one in asked(exercise, sheet.answers)}
    assert all(flaw.words.strip() for flaw in sheet.flaws)
    assert_clean(sheet.answers)


def assert_clean(found: Any) -> None:
    """Nothing empty is kept, and no text that a screen could not show."""
    if isinstance(found, str):
        assert found
        assert found == clean(found).strip()
        found.encode()
    elif isinstance(found, tuple | dict):
        for one in found.values() if isinstance(found, dict) else found:
            assert one not in ("", (), None)
            assert_clean(one)


@given(data=st.data())
@laws
def test_what_is_hidden_never_counts(
    exercises: Exercises, answers_to: AnswersTo, data: st.DataObject
) -> None:
    """Answers to items that are not asked can be anything or nothing: the sheet is the same."""
    exercise = data.draw(exercises)
    raw = data.draw(answers_to(exercise))
    sheet = read(exercise, raw)
    open_to = {one.id for one in asked(exercise, sheet.answers)}
    hidden = [one.id for one in exercise.items if one.id not in open_to]
    assert read(exercise, {key: given for key, given in raw.items() if key in open_to}) == sheet
    assert read(exercise, raw | {name: data.draw(junk) for name in hidden}) == sheet
    assert {flaw.item for flaw in sheet.flaws} <= open_to


@given(data=st.data())
@laws
def test_a_full_sheet_of_good_answers_has_nothing_wrong(
    exercises: Exercises, answers_to: AnswersTo, data: st.DataObject
) -> None:
    """What the screens can send is never wrong, and only what is blank or begun is missing."""
    exercise = data.draw(exercises)
    exercise = replace(exercise, items=tuple(replace(one, required=True) for one in exercise.items))
    raw = data.draw(answers_to(exercise, gaps=False))
    sheet = read(exercise, raw)
    assert sheet.wrong == ()
    without = {one.id for one in asked(exercise, sheet.answers)} - set(sheet.answers)
    assert without <= {flaw.item for flaw in sheet.missing}
    for name in without:
        kept = raw[name] if isinstance(raw[name], list) else [raw[name]]
        assert not any(clean_line(str(one)) for one in kept if not isinstance(one, dict))
