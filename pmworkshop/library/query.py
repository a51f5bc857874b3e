"""Looking into values that may have any shape: what is there is found, what is not is passed over."""

from collections import Counter
from collections.abc import Iterator
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
