"""What an author calls something, as an id and as a title. Any text may come in; what goes out is always sound."""

import re
from collections.abc import Callable
from itertools import count
from typing import Final

from pmworkshop.core.filenames import is_taken, slug
from pmworkshop.core.text import clean_line
from pmworkshop.core.value import value
from pmworkshop.wiring.unusable import Unusable

LONGEST_ID: Final = 50
"""Characters; an id may have ten more, which leaves room for what tells two apart."""
LONGEST_TITLE: Final = 200
_AS_ID: Final = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")


@value
class Called:
    """A name that is fit for a file and the kit, and a title for people."""

    id: str
    title: str


def called(name: str, sort: str, taken: Callable[[str], bool]) -> Called:
    """Return id and title for what an author typed; Unusable where that is nothing.

    Where no letter or figure of it can stand in an id, it is called after its sort, with a number if need be.
    """
    line = clean_line(name.replace("\ufeff", ""))
    line = re.sub(r"\.ya?ml$", "", line, flags=re.IGNORECASE).strip()
    if not line:
        raise Unusable(f"a name is needed: pmworkshop new {sort} NAME")
    one = _id(line, sort)
    if not one:
        numbered = (sort if n == 1 else f"{sort}-{n}" for n in count(1))
        one = next(candidate for candidate in numbered if not taken(candidate))
    return Called(id=one, title=_title(line)[:LONGEST_TITLE].strip())


def _id(line: str, sort: str) -> str:
    found = slug(line, longest=LONGEST_ID)
    return f"{found}-{sort}" if is_taken(found) else found


def _title(line: str) -> str:
    """Return a title: as it was typed, but `my-feedback` is a file's name and not a title."""
    if not _AS_ID.fullmatch(line):
        return line
    words = re.sub(r"[-_]", " ", line)
    return words[:1].upper() + words[1:]
