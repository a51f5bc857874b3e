"""File names out of untrusted text: readable in any script, and safe on the three systems; and ids out of titles."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Final

from pmworkshop.core.text import clean_line

LONGEST_STEM: Final = 100
MOST_BYTES: Final = 180
"""Of UTF-8: a file system takes 255, and what is added to a name (`.zip`, an id) has to fit as well."""
EXTRA: Final = " -_.,()+"
AROUND: Final = " -_.,+"
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$", re.IGNORECASE)
OF_THE_KIT: Final = frozenset({"course", "centre", "planned"})
"""Names of files that mean something of their own in a kit."""
LONGEST_SLUG: Final = 60
_PLACE = re.compile(r"\{([a-z]+)\}")


def is_reserved(name: str) -> bool:
    """Whether Windows takes a file of that name for a device, whatever its ending."""
    return bool(_RESERVED.match(name.partition(".")[0].rstrip()))


def slug(title: str, otherwise: str = "", longest: int = LONGEST_SLUG) -> str:
    """Return an id for a title: lower-case letters, figures and single hyphens, cut between words where it is too long.

    `otherwise` where no letter or figure of it can stand in one.
    """
    plain = unicodedata.normalize("NFKD", title.casefold().replace("&", " and "))
    kept = re.sub(r"['’ʼ`]", "", "".join(char for char in plain if not unicodedata.combining(char)))  # noqa: RUF001
    found = re.sub(r"[^a-z0-9]+", "-", kept).strip("-")
    if len(found) > longest:
        found = found[: longest + 1].rpartition("-")[0] or found[:longest]
    return found.strip("-") or otherwise


def is_taken(stem: str) -> bool:
    """Whether a file of that name would mean something else in a kit, or to Windows."""
    return stem in OF_THE_KIT or is_reserved(stem)


def file_name(text: str, otherwise: str = "unnamed") -> str:
    """Return the stem of a file's name for any text; `otherwise` where nothing of it could stand in one.

    Letters, figures and accents of any script stay, no path comes out of it, and it is at most `LONGEST_STEM`
    characters and `MOST_BYTES` bytes long. Two texts may have the same: see `told_apart`.
    """
    plain = unicodedata.normalize("NFC", clean_line(text))
    kept = "".join(
        char if _stays(char) else "" if unicodedata.category(char) == "Cf" else "-" for char in plain
    )
    kept = re.sub(r" *-[ -]*", "-", re.sub(r" {2,}", " ", kept)).strip(AROUND)
    kept = _within(kept)
    if not any(char.isalnum() for char in kept):
        return otherwise
    first, dot, rest = kept.partition(".")
    return f"{first.rstrip()}_{dot}{rest}" if is_reserved(kept) else kept


def _stays(char: str) -> bool:
    return char.isalnum() or char in EXTRA or unicodedata.category(char) in ("Mn", "Mc")


def _within(text: str) -> str:
    shorter = text[:LONGEST_STEM].encode()[:MOST_BYTES].decode(errors="ignore")
    return shorter.rstrip(AROUND) if shorter != text else text


def told_apart(names: Mapping[str, str], ending: str = "") -> dict[str, str]:
    """Return names by id, each with its `ending`; those that a file system could take for one another carry their id."""
    folded = {one: unicodedata.normalize("NFKC", name).casefold() for one, name in names.items()}
    times = Counter(folded.values())
    return {
        one: f"{name} {file_name(one)}{ending}" if times[folded[one]] > 1 else f"{name}{ending}"
        for one, name in names.items()
    }


def filled_in(pattern: str, particulars: Mapping[str, str], otherwise: str = "unnamed") -> str:
    """Return a file's stem by a pattern such as `{initial} {surname} {unit} ({submission})`; what is unknown is left out.

    ValueError, naming it, where the pattern has a place that `particulars` does not know.
    """

    def known(place: re.Match[str]) -> str:
        if place[1] not in particulars:
            raise ValueError(
                f"{place[0]} stands for nothing; there are {', '.join(map(_place, particulars))}"
            )
        return particulars[place[1]]

    return file_name(_PLACE.sub(known, pattern).replace("()", ""), otherwise)


def _place(name: str) -> str:
    return f"{{{name}}}"


def initial_and_surname(name: str) -> tuple[str, str]:
    """Return the initial and the surname of “Anna Berg” or “Berg, Anna”; a name of one word is the surname."""
    last, comma, first = name.partition(",")
    if comma and first.strip() and last.strip():
        return _initial(first.strip()), last.strip()
    words = [word for word in name.split() if any(char.isalnum() for char in word)] or name.split()
    return (_initial(words[0]), words[-1]) if len(words) > 1 else ("", name.strip())


def _initial(word: str) -> str:
    """Return the first letter with whatever is written on it."""
    composed = unicodedata.normalize("NFC", word)
    end = next(
        (n for n, char in enumerate(composed) if n and not unicodedata.category(char).startswith("M")), None
    )
    return composed[:end]
