"""The short id of a printed sheet: easy to type, and a slip is noticed before it lands on somebody else's sheet."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.sheet_id import LETTERS, MARK, find_sheet, sheet_id
from pmworkshop.core.state import Cohort, Participant, nobody

PEOPLE = [ParticipantId(f"person-{number}") for number in range(30)]
EXERCISES = [f"exercise-{number}" for number in range(30)]
COHORT: Cohort = replace(
    nobody(), name="spring", participants={one: Participant(id=one, name=f"Name {one}") for one in PEOPLE}
)


def test_the_sheets_of_a_large_cohort_have_ids_of_their_own() -> None:
    """Thirty people and thirty exercises: nine hundred sheets, nine hundred ids."""
    assert len({sheet_id(who, what) for who, what in product(PEOPLE, EXERCISES)}) == 900


@given(
    st.sampled_from(PEOPLE),
    st.sampled_from(EXERCISES),
    st.sampled_from(("{}", " {} ", "pmw:{}", f"{MARK}{{}}")),
)
def test_a_sheet_is_found_however_its_id_is_typed(who: ParticipantId, what: str, way: str) -> None:
    """Small letters, spaces, no hyphen, or the scanner's mark before it: it is the same sheet."""
    name = sheet_id(who, what)
    for typed in (name, name.lower(), name.replace("-", ""), name.replace("-", " ")):
        assert find_sheet(COHORT, way.format(typed), EXERCISES) == (who, what)


@given(st.sampled_from(PEOPLE), st.sampled_from(EXERCISES), st.data())
def test_one_slip_is_always_noticed(who: ParticipantId, what: str, data: st.DataObject) -> None:
    """One letter mistyped, or two neighbours swapped, never names another sheet."""
    letters = sheet_id(who, what).replace("-", "")
    at = data.draw(st.integers(0, len(letters) - 2))
    other = data.draw(st.sampled_from([one for one in LETTERS if one != letters[at]]))
    swapped = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
    for wrong in (letters[:at] + other + letters[at + 1 :], swapped):
        found = find_sheet(COHORT, wrong, EXERCISES)
        assert wrong == letters or (isinstance(found, Refusal) and "swapped" in found.words)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "8 letters"),
        ("BCDF", "these are 4"),
        ("BCDF-GHJ1", "“1” stands in no sheet"),
        ("管理者管理者管理", "“管” stands in no sheet"),
        ("BCDF-GHJB", "No sheet of this cohort"),
        ("x" * 10_000, "8 letters"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(typed: str, why: str) -> None:
    """Whatever is typed, the answer says what an id looks like or that it is not known here."""
    found = find_sheet(COHORT, typed, EXERCISES)
    assert isinstance(found, Refusal)
    assert why in found.words
