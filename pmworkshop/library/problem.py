"""What is wrong with a kit, said so that its author can mend it: place, fault and remedy on one line.

Every `what` and `remedy` here is cleaned and stands on one line, whatever the file held.
"""

import difflib
from collections.abc import Iterable
from itertools import islice
from typing import Literal, NamedTuple

from pmworkshop.core.text import clean_line
from pmworkshop.core.value import value

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]
SHOWN = 60
"""Characters of an author's text that are quoted in a problem."""

MOST_KNOWN = 2_000
"""Words that a misspelt one is compared with; more would take long, and are a slip themselves."""


@value
class Problem:
    """One thing amiss in one file; `line` and `column` count from 1, `path` has forward slashes."""

    path: str
    line: int
    column: int
    severity: Severity = "error"
    what: str
    remedy: str

    def __str__(self) -> str:
        """Return the line that `check` prints."""
        warning = "warning: " if self.severity == "warning" else ""
        return f"{self.path}:{self.line}:{self.column}: {warning}{self.what}; {self.remedy}"

    def __lt__(self, other: "Problem") -> bool:
        """Order by path, then line, then column, so that a report reads from top to bottom."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, int, int, str, str]:
        return (self.path, self.line, self.column, self.what, self.remedy)


class Blame(NamedTuple):
    """A problem before its place is known: where in the values it lies, by keys and positions from 0."""

    path: Path
    what: str
    remedy: str
    severity: Severity = "error"
    at_key: bool = False


class LibraryError(Exception):
    """What was asked cannot be looked at at all, such as a path that does not exist. Its text is for the trainer."""


def shortened(text: str, most: int = SHOWN) -> str:
    """Return `text` on one line, cleaned, and cut to `most` characters."""
    line = clean_line(text[: most * 4])
    return line if len(line) <= most else line[: most - 1] + "…"


def quoted(text: str) -> str:
    """Return an author's own words in quotation marks, cleaned and shortened."""
    return f"“{shortened(text)}”"


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` was probably meant to be; none out of more than anybody could mean."""
    spellings = {candidate.casefold(): candidate for candidate in known}
    if len(spellings) > MOST_KNOWN:
        return None
    found = difflib.get_close_matches(word[:SHOWN].casefold(), spellings, n=1, cutoff=0.6)
    return spellings[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a remedy: the nearest known word as a question, else the words given."""
    guess = closest(word, known)
    return otherwise if guess is None else f"did you mean `{guess}`?"


def listed(words: Iterable[str], most: int = 30) -> str:
    """Return the words one after the other, the long tail left out."""
    names = list(islice(words, most + 1))
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")
