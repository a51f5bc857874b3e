"""Ids and file names for what notes become, each only once."""

from pmworkshop.core.filenames import LONGEST_SLUG, is_taken, slug


def file_stem(title: str, otherwise: str) -> str:
    """Return the name of a session's file, which must not be one that means something else in a kit or to Windows."""
    found = slug(title, otherwise)
    return f"session-{found}" if is_taken(found) else found


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
            name = wanted[: LONGEST_SLUG - len(tail)].rstrip("-") + tail
        self._taken.add(name)
        return name
