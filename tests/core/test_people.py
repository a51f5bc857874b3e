"""Reading a pasted or loaded list of people."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core.people import Person, person, read_people
from pmworkshop.core.text import LONGEST_NAME, clean_line

laws = settings(deadline=None, database=None)
printable = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=40)
names = printable.filter(lambda text: bool(clean_line(text)))


def read(text: str) -> list[str]:
    return [one.name for one in read_people(text)]


def test_one_name_a_line_is_the_simplest_list() -> None:
    """Blank lines and stray spaces mean nothing; the order stays."""
    assert read("  Anna Smith\n\n\t\nBob  Jones \r\n王小明\rمحمد") == [
        "Anna Smith",
        "Bob Jones",
        "王小明",
        "محمد",
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_columns_without_a_header_are_name_organisation_and_registration(mark: str) -> None:
    """A comma, a semicolon or a tab parts the columns; further columns are left alone."""
    text = mark.join(["Anna Smith", "Acme", "L1", "x"]) + "\n" + "Bob Jones"
    assert read_people(text) == (
        Person(name="Anna Smith", organisation="Acme", registration="L1"),
        Person(name="Bob Jones"),
    )


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_header_says_which_column_is_which(mark: str) -> None:
    """Columns may come in any order, with others between; first name and surname make one name; BOM and case vanish."""
    header = mark.join(["ILM Number", "SURNAME", "e-mail", "First name", "Employer"])
    row = mark.join(["L1", "Smith", "a@x.uk", "Anna", "Acme"])
    assert read_people(f"\ufeff{header}\r\n{row}\r\n") == (
        Person(name="Anna Smith", organisation="Acme", registration="L1"),
    )


def test_a_short_row_under_a_header_is_still_a_person() -> None:
    """Cells that are missing at the end of a row are empty, not an error."""
    assert read_people("Name,Organisation\nAnna Smith\nBob,Acme") == (
        Person(name="Anna Smith"),
        Person(name="Bob", organisation="Acme"),
    )


def test_quoted_commas_and_line_breaks_stay_within_their_cell() -> None:
    """What a spreadsheet quotes is one cell."""
    text = 'Name,Organisation\n"Smith, Anna","Acme,\nLeeds"\n"Bob ""Bobby"" Jones",Acme'
    assert read_people(text) == (
        Person(name="Smith, Anna", organisation="Acme, Leeds"),
        Person(name='Bob "Bobby" Jones', organisation="Acme"),
    )


def test_commas_within_semicolon_columns_do_not_mislead() -> None:
    """Where every line has both, the semicolon parts the columns, as in spreadsheets that write decimal commas."""
    assert read_people("Anna Smith;Acme, Leeds\nBob Jones;Acme, York")[1] == Person(
        name="Bob Jones", organisation="Acme, York"
    )


def test_a_quote_astray_swallows_nobody() -> None:
    """A quote that is never closed stays in its own line; everybody after it is still read."""
    assert read('"Anna Smith\nBob Jones\nCarl Weiss') == ['"Anna Smith', "Bob Jones", "Carl Weiss"]
    assert read('"Dai" Jones\nRobert "Bob" Hill') == ['"Dai" Jones', 'Robert "Bob" Hill']
    assert read('Name,Organisation\n"Smith, Anna",Acme\n"Bob,Acme')[0] == "Smith, Anna"


def test_names_and_lines_of_any_length_are_read() -> None:
    """Ten thousand characters are cut to what a register holds; a line of a million is no error either."""
    assert read("x" * 10_000) == ["x" * LONGEST_NAME]
    assert read("Anna\n" + "y" * 1_000_000 + "\nBob")[::2] == ["Anna", "Bob"]
    assert len(read("\n".join(f"Person {number}" for number in range(5_000)))) == 5_000


def test_control_characters_are_no_part_of_a_name() -> None:
    """NUL, escape sequences and direction overrides are dropped; a name of nothing else is nobody."""
    assert read("An\x00na\x1b[2J\n\x00\u202e\n\u202eBob") == ["Anna[2J", "Bob"]
    assert person("\x00 \u2066") is None


@given(
    st.text()
    | st.text(alphabet=',;\t"\n\r\x00 aN\ufeff', max_size=60)
    | st.binary().map(lambda b: b.decode("latin-1"))
)
@laws
def test_nothing_that_can_be_pasted_is_an_error(text: str) -> None:
    """Whatever comes in, what comes out are clean names of 1 to 200 characters, and empty particulars are None."""
    for one in read_people(text):
        assert 1 <= len(one.name) <= LONGEST_NAME
        for given_text in (one.name, one.organisation, one.registration):
            assert given_text is None or (given_text and clean_line(given_text) == given_text)


@given(st.lists(st.tuples(names, printable), min_size=1, max_size=5), st.sampled_from(",;\t"))
@laws
def test_what_a_spreadsheet_wrote_is_read_as_it_was(rows: list[tuple[str, str]], mark: str) -> None:
    """Any names and employers written as CSV with a header come back one for one, spaces tidied."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([("Name", "Employer"), *rows])
    assert read_people(out.getvalue()) == tuple(
        Person(name=clean_line(name), organisation=clean_line(employer) or None) for name, employer in rows
    )
