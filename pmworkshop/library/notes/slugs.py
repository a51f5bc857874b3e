"""Ids out of titles: lower-case letters, figures and single hyphens, at most 60 of them, each only once."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 60
_FILES_OF_THE_KIT: Final = frozenset({"course", "centre", "con", "prn", "aux", "nul"})


def slug(title: str, otherwise: str) -> str:
    """Return the id for a title; `otherwise` where no letter of it can stand in one."""
    plain = unicodedata.normalize("NFKD", title.casefold().replace("&", " and ").replace("ß", "ss"))
    kept = re.sub(r"['’ʼ`]", "", "".join(char for char in plain if not unicodedata.combining(char)))  # noqa: RUF001
    found = re.sub(r"[^a-z0-9]+", "-", kept).strip("-")
    if len(found) > LONGEST:
        found = found[: LONGEST + 1].rpartition("-")[0] or found[:LONGEST]
    return found.strip("-") or otherwise


def file_stem(title: str, otherwise: str) -> str:
    """Return the name of a session's file, which must not be one that means something else in a kit or to Windows."""
    found = slug(title, otherwise)
    taken = found in _FILES_OF_THE_KIT or re.fullmatch(r"(?:com|lpt)\d", found)
    return f"session-{found}" if taken else found


class Names:
    """Hands out ids, and puts a number behind one that was given before."""

    def __init__(self) -> None:
        """Begin with none taken."""
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """Return `wanted`, or the first of `wanted-2`, `wanted-3` … that is free."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            tail = f"-{number}"
            name = wanted[: LONGEST - len(tail)].rstrip("-") + tail
        self._taken.add(name)
        return name
