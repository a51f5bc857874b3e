"""Whether a text names somebody, however it is spelt, folded or spaced."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from pmworkshop.core.text import clean

SHORTEST_PART = 3


def plain(text: str) -> str:
    """Return a text as two spellings of it would be alike, its spaces kept."""
    decomposed = unicodedata.normalize("NFKD", clean(text)).casefold()
    kept = (char for char in decomposed if not unicodedata.combining(char))
    return "".join(char for char in kept if unicodedata.category(char) != "Cf")


def naming(names: Collection[str], *, parts: bool = False) -> re.Pattern[str] | None:
    """Return what finds any of these names in a `plain` text; None where there is nothing to look for.

    With `parts`, a first name or a surname by itself is found as well, unless it is very short.
    """
    found = [words for name in names if (words := plain(name).split())]
    if parts:
        found += [[word] for words in found for word in words if len(word) >= SHORTEST_PART]
    patterns = dict.fromkeys(_pattern(words) for words in found)
    return re.compile("|".join(patterns)) if patterns else None


def _pattern(words: list[str]) -> str:
    """Return what finds these words after one another; where a script has capitals, it also parts its words."""
    body = r"\s*".join(map(re.escape, words))
    before = r"(?<!\w)" if words[0][0].upper() != words[0][0] else ""
    after = r"(?!\w)" if words[-1][-1].upper() != words[-1][-1] else ""
    return before + body + after


def strings_in(value: object) -> Iterator[str]:
    """Yield every text within lists and objects as JSON has them, their keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from strings_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings_in(one)
