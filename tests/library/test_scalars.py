"""Plain words mean what YAML 1.2's core schema says, and nothing of YAML 1.1."""

import math

import pytest

from pmworkshop.library.scalars import TooLongError, resolve


@pytest.mark.parametrize(
    "word",
    ["09:30", "10:30", "1:30:00", "on", "off", "yes", "no", "y", "N", "1_000", "0b11", "-0x1F", "2027-03-01", "=", "<<", "nULL", "tRUE", "..", ".", "-", "+", "1e", "e5", "0o8", "0xG", "1.2.3", ".infinity", "\uff11\uff12"],
)  # fmt: skip
def test_a_word_that_yaml_1_1_would_twist_stays_text(word: str) -> None:
    """Times, switches, dates and grouped figures stay the author's text."""
    assert resolve(word) == word


@pytest.mark.parametrize(
    ("word", "value"),
    [("", None), ("~", None), ("null", None), ("NULL", None), ("true", True), ("False", False), ("017", 17), ("0o17", 15), ("0x1F", 31), ("-3", -3), ("+4", 4), ("0.5", 0.5), (".5", 0.5), ("5.", 5), ("20.0", 20), ("1e3", 1000), ("-1.5e-1", -0.15), (".inf", math.inf), ("-.INF", -math.inf), ("1e999", math.inf)],
)  # fmt: skip
def test_a_word_of_the_core_schema_is_read_as_such(word: str, value: object) -> None:
    """Nulls, truths and numbers are read; a number without a fraction is whole, as JSON Schema sees it."""
    assert resolve(word) == value
    assert type(resolve(word)) is type(value)


def test_not_a_number_is_a_number_to_yaml() -> None:
    """`.nan` is read, and refused later as no whole number."""
    value = resolve(".NaN")
    assert isinstance(value, float)
    assert math.isnan(value)


@pytest.mark.parametrize("word", ["9" * 19, "9" * 5000, "0x" + "f" * 400, "1." + "0" * 5000])
def test_a_number_of_endless_figures_is_refused(word: str) -> None:
    """A number that Python itself would balk at is refused before it is made."""
    with pytest.raises(TooLongError):
        resolve(word)
