"""What is taken out of untrusted text, what stays, and when two spellings are one name."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core.text import clean, clean_line, matching

anything = st.text() | st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Lu", "Mn"]))
laws = settings(deadline=None, database=None)


@given(anything)
@laws
def test_cleaned_text_can_neither_steer_a_terminal_nor_turn_a_line_around(text: str) -> None:
    """After cleaning there is no control character but newline and tab, no surrogate and no direction override."""
    cleaned = clean(text)
    assert not [char for char in cleaned if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"]
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")
    assert clean(cleaned) == cleaned
    cleaned.encode()


@given(anything)
@laws
def test_a_cleaned_line_is_one_line(text: str) -> None:
    """A line has no breaks, no double spaces and none at its ends, whatever kind of space was given."""
    line = clean_line(text)
    assert line == " ".join(line.split())
    assert len(line.splitlines()) <= 1
    assert clean_line(line) == line


@pytest.mark.parametrize(
    "text",
    [
        "Zoë O'Neill-Þórsdóttir",
        "王小明",
        "محمد عبد الله",
        "\u200fשלמה\u200f",
        "👩\u200d👩\u200d👧\u200d👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        "क्षितिज",
        "[bold]not markup[/bold] <b>&amp;</b> =1+1",
        "two\nlines\tand a tab",
    ],
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    """Any script, joined emoji, direction marks, brackets and formulas are text like any other."""
    assert clean(text) == text


def test_line_ends_of_all_kinds_become_newlines() -> None:
    """Windows, old Mac and Unicode line ends all become one newline each."""
    assert clean("a\r\nb\rc\u2028d\u2029e") == "a\nb\nc\nd\ne"


def test_an_escape_sequence_loses_its_sting() -> None:
    """The escape character goes; what followed it is shown."""
    assert clean("\x1b[31mred\x9b0m\x00") == "[31mred0m"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José Núñez", "JOSE NUNEZ"),
        ("Anna  Smith ", "anna\u00a0smith"),
        ("Strauß", "STRAUSS"),
        ("Ａｎｎａ", "anna"),  # noqa: RUF001  # full width on purpose
        ("\U0001d400nna", "anna"),
        ("ﬁona", "Fiona"),
        ("İpek", "ipek"),
    ],
)
def test_two_spellings_of_one_name_match(one: str, other: str) -> None:
    """Case, accents, spacing and compatibility forms do not make another person."""
    assert matching(one) == matching(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Anna", "Anne"), ("王小明", "王小月"), ("Ng", "Nguyen"), ("किरण", "करण")]
)
def test_different_names_do_not_match(one: str, other: str) -> None:
    """Letters, in any script, do make another person."""
    assert matching(one) != matching(other)


@given(anything)
@laws
def test_matching_does_not_depend_on_how_a_keyboard_composes(text: str) -> None:
    """A letter typed as one sign or as letter and accent is the same letter."""
    text = clean_line(text)
    assert matching(unicodedata.normalize("NFC", text)) == matching(unicodedata.normalize("NFD", text))
    assert matching(f" {text} ") == matching(text)
