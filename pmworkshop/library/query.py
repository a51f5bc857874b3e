"""Looking into values that may have any shape: what is there is found, what is not is passed over."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from pmworkshop.library.problem import Blame, Path, did_you_mean, quoted

EACH: Final = ...
"""A step that stands for every item of a list."""


def find(value: Any, *steps: Any) -> list[tuple[Path, Any]]:
    """Return path and value of everything that `steps` lead to, in the order of the file."""
    found: list[tuple[Path, Any]] = [((), value)]
    for step in steps:
        if step is EACH:
            lists = [(path, inner) for path, inner in found if isinstance(inner, list)]
            found = [((*path, at), item) for path, inner in lists for at, item in enumerate(inner)]
        else:
            found = [
                ((*path, step), inner[step])
                for path, inner in found
                if isinstance(inner, dict) and step in inner
            ]
    return found


def texts(value: Any, *steps: Any) -> list[tuple[Path, str]]:
    """Return path and text of every text that `steps` lead to."""
    return [(path, found) for path, found in find(value, *steps) if isinstance(found, str)]


def groups(value: Any, *steps: Any) -> list[tuple[Path, dict[str, Any]]]:
    """Return path and value of every group of keys that `steps` lead to."""
    return [(path, found) for path, found in find(value, *steps) if isinstance(found, dict)]


def word(group: dict[str, Any], key: str) -> str | None:
    """Return the text under a key, if there is one."""
    found = group.get(key)
    return found if isinstance(found, str) else None


def given(group: dict[str, Any], key: str) -> bool:
    """Tell whether an author has said something with a key."""
    found = group.get(key)
    return found is not None and found is not False and found != []


def number(group: dict[str, Any], key: str) -> int | float | None:
    """Return the finite number under a key, if there is one."""
    found = group.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
        return None
    return found


def named(group: dict[str, Any], key: str) -> dict[str, dict[str, Any]] | None:
    """Return a list's groups of keys by their ids, the first where two have the same.

    None where an id cannot be read, so that nobody is blamed for naming what may be there.
    """
    found = group.get(key) or []
    if not isinstance(found, list):
        return None
    by_id: dict[str, dict[str, Any]] = {}
    for entry in found:
        name = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(name, str):
            return None
        by_id.setdefault(name, entry)
    return by_id


def inside(path: Path, blames: Iterable[Blame]) -> Iterator[Blame]:
    """Put what was found in a part under the path of that part."""
    return (blame._replace(path=path + blame.path) for blame in blames)


def doubles(value: Any, what: str, *steps: Any) -> Iterator[Blame]:
    """Blame every value that stood before in the same list; `what` names it, such as `segment`."""
    seen: Counter[Any] = Counter()
    for path, found in find(value, *steps):
        if isinstance(found, str | int):
            seen[found] += 1
            if seen[found] > 1:
                yield Blame(path, f"a second {what} is called {quoted(str(found))}", "give it another id")


def unknown(value: Any, what: str, known: frozenset[str] | None, remedy: str, *steps: Any) -> Iterator[Blame]:
    """Blame every text that is not known; nothing is known to be wrong while `known` is None."""
    if known is None:
        return
    for path, found in texts(value, *steps):
        if found not in known:
            yield Blame(
                path, f"there is no {what} {quoted(found)}", did_you_mean(found, sorted(known), remedy)
            )
