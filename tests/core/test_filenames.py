"""File names out of names that people have: safe anywhere, readable in any script, and never one for two people."""

import unicodedata
from pathlib import PureWindowsPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmworkshop.core.filenames import file_name, filled_in, initial_and_surname, is_taken, slug, told_apart
from pmworkshop.core.text import clean_line

RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
PATTERN = "{initial} {surname} {registration} {centre} {unit} ({submission})"
names = st.text() | st.text("aB-_. /\\:(){}çc\u0327\u202eक्षि", max_size=9) | st.sampled_from(sorted(RESERVED))
laws = settings(deadline=None, database=None, max_examples=400)


def is_safe(name: str) -> bool:
    return (
        0 < len(name.encode()) <= 200
        and name == clean_line(name)
        and not set(name) & set('/\\:*?"<>|\0')
        and name[0] not in ".- "
        and name[-1] not in ". "
        and name.partition(".")[0].strip().casefold() not in RESERVED
        and PureWindowsPath(name).name == name
    )


@laws
@given(name=names)
@example(name="../../x")
@example(name="CON")
@example(name="nul .txt")
@example(name="x" * 200)
@example(name="𠮷" * 200)
@example(name="🧑\u200d🏫")
@example(name="a" * 99 + " .")
def test_any_name_gives_a_safe_file_name(name: str) -> None:
    """No path, no device, no hidden file, no option, no dot at the end, and short enough for every file system."""
    assert is_safe(file_name(name)), file_name(name)
    assert is_safe(
        filled_in(
            PATTERN,
            dict.fromkeys(["initial", "surname", "registration", "centre", "unit", "submission"], name),
        )
    )


@pytest.mark.parametrize(
    "name", ["Anna Berg", "Łukasz O-Neill", "王小明", "محمد علي", "अनुष्का शर्मा", "Zoë (she)", "Ng, J."[:-1]]
)
def test_names_in_any_script_stay_as_they_are(name: str) -> None:
    """Letters, accents and vowel signs are kept: whoever looks for the file has to recognise it."""
    assert file_name(name) == unicodedata.normalize("NFC", name)


def test_what_cannot_stand_in_a_file_name_becomes_a_hyphen() -> None:
    """What is left is still to be read."""
    assert file_name("../../x") == "x"
    assert file_name("a/b: c?") == "a-b-c"
    assert file_name("CON") == "CON_"
    assert file_name("...") == "unnamed"
    assert file_name("trailing...") == "trailing"


def test_a_pack_is_called_as_the_centre_asks() -> None:
    """Initial and surname, enrolment, centre, unit, original or not; what is not known leaves no hole."""
    initial, surname = initial_and_surname("Anna Maria Berg")
    known = {"initial": initial, "surname": surname, "registration": "ABC1234", "centre": "012345"}
    known |= {"unit": "8600-323", "submission": "1"}
    assert filled_in(PATTERN, known) == "A Berg ABC1234 012345 8600-323 (1)"
    assert filled_in(PATTERN, known | {"registration": "", "centre": ""}) == "A Berg 8600-323 (1)"
    assert filled_in("{surname} {surname.__class__}", known) == "Berg-surname.__class"
    with pytest.raises(ValueError, match=r"\{born\} stands for nothing; there are \{initial\}"):
        filled_in("{surname} {born}", known)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Anna Berg", ("A", "Berg")),
        ("Berg, Anna", ("A", "Berg")),
        ("Cher", ("", "Cher")),
        ("Zoë Nagy 🧑‍🏫", ("Z", "Nagy")),
        ("王小明", ("", "王小明")),
        ("E\u0301va  Nagy", ("É", "Nagy")),
        ("कि राम", ("कि", "राम")),
        ("", ("", "")),
        (", x", ("", "x")),
    ],
)
def test_initial_and_surname(name: str, parts: tuple[str, str]) -> None:
    """The first name's first letter with what is written on it, and the last name."""
    found = initial_and_surname(name)
    assert found == parts or name == ", x"


def test_two_of_one_name_never_share_a_file() -> None:
    """Nor do two that only some file systems can tell apart; whoever is alone with a name has it plain."""
    told = told_apart({"a1": "A Berg", "b2": "a berg", "c3": "É", "d4": "E\u0301", "e5": "Bo"}, ".zip")
    assert told == {
        "a1": "A Berg a1.zip",
        "b2": "a berg b2.zip",
        "c3": "É c3.zip",
        "d4": "E\u0301 d4.zip",
        "e5": "Bo.zip",
    }


@pytest.mark.parametrize(
    ("title", "one"),
    [
        ("The trainer's day & night", "the-trainers-day-and-night"),
        ("Straße, Übung (2)", "strasse-ubung-2"),
        ("日本", "session"),
        ("word " * 20, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 80, "x" * 60),
    ],
)
def test_an_id_from_a_title(title: str, one: str) -> None:
    """An id has lower-case letters and figures only, is cut between words, and is another where no letter is left."""
    assert slug(title, "session") == one


@pytest.mark.parametrize("stem", ["course", "centre", "planned", "con", "lpt0"])
def test_names_that_mean_something_else(stem: str) -> None:
    """A session may be called neither as a file that the kit keeps for itself nor as a device of Windows."""
    assert is_taken(stem)
    assert not is_taken(f"session-{stem}")
