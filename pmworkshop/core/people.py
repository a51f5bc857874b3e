"""The register's people: reading a pasted or loaded list, and recognising one name in two spellings.

Names are of any script and any length up to `LONGEST_NAME`; they are cleaned, never judged.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from pmworkshop.core.text import LONGEST_NAME, clean, clean_line, matching
from pmworkshop.core.value import value

_NAME = {"name", "fullname", "participant", "learner", "learnername", "participantname", "delegate"}
_FIRST = {"firstname", "forename", "givenname", "first"}
_LAST = {"lastname", "surname", "familyname", "last"}
_ORGANISATION = {"organisation", "organization", "employer", "company", "department"}
_REGISTRATION = {
    "registration",
    "registrationnumber",
    "ilmnumber",
    "enrolment",
    "enrolmentnumber",
    "learnernumber",
}


_LIST_MARK = re.compile(r"^[ \t]*(?:[-*•–]|[0-9]{1,3}[.)])[ \t]+", re.MULTILINE)  # noqa: RUF001  # as lists are typed


@value
class Person:
    """A name with its particulars, as given."""

    name: str
    organisation: str | None = None
    registration: str | None = None


def person(name: str, organisation: str | None = None, registration: str | None = None) -> Person | None:
    """Return the person with every text cleaned; None where no name is left."""
    cleaned = clean_line(name)[:LONGEST_NAME].strip()
    if not cleaned:
        return None
    return Person(
        name=cleaned,
        organisation=clean_line(organisation or "")[:LONGEST_NAME] or None,
        registration=clean_line(registration or "")[:LONGEST_NAME] or None,
    )


def read_people(text: str) -> tuple[Person, ...]:
    """Read a list of people: one name a line, or CSV (comma, semicolon or tab) with or without a header.

    A header may name the columns: name, or first name and surname; organisation; registration number.
    Without one, the first column is the name, the second the organisation, the third the registration number.
    """
    text = _LIST_MARK.sub("", clean(text.removeprefix("\ufeff")))
    delimiter = max("\t;,", key=lambda char: sum(char in line for line in text.splitlines()))
    rows = [row for row in _rows(text, delimiter) if any(cell.strip() for cell in row)]
    if not rows:
        return ()
    header = [matching(cell).replace("_", "").replace("-", "") for cell in rows[0]]
    known = _NAME | _FIRST | _LAST
    if any(cell in known for cell in header):
        people = (_from_columns(header, row) for row in rows[1:])
    else:
        people = (person(*row[:3]) for row in rows)
    return tuple(one for one in people if one)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """Read CSV; where a quote is astray or a cell too long for CSV, every line stands for itself."""
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        return [_row(line, delimiter) for line in text.splitlines()]


def _row(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return line.split(delimiter)


def _from_columns(header: Sequence[str], row: Sequence[str]) -> Person | None:
    def cell(names: Iterable[str]) -> str:
        return next((value for key, value in zip(header, row, strict=False) if key in names), "")

    name = cell(_NAME) or f"{cell(_FIRST)} {cell(_LAST)}"
    return person(name, cell(_ORGANISATION), cell(_REGISTRATION))
