"""The kit as the workshop uses it, and the check of whatever an author points at.

`load_kit` and `check_paths` report what files hold as problems; they raise LibraryError only for a place
that is no kit, or that does not exist.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from pmworkshop.core.centre import Centre
from pmworkshop.core.deck import Deck
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.plan import Course, Session
from pmworkshop.core.text import clean_line
from pmworkshop.core.unit import Unit
from pmworkshop.core.value import value
from pmworkshop.library.known import Known
from pmworkshop.library.problem import LibraryError, Problem
from pmworkshop.library.sheet import check_sheet
from pmworkshop.library.source import open_source
from pmworkshop.library.survey import CENTRE, COURSE, Survey, survey


@value
class Kit:
    """A tree of content. All of it holds only what is fit to use; sessions come in the course's order."""

    root: Path
    course: Course | None
    centre: Centre | None
    sessions: Mapping[str, Session]
    units: Mapping[str, Unit]
    exercises: Mapping[str, Exercise]
    decks: Mapping[str, Deck]
    planned: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def unit(self) -> Unit | None:
        """The unit that the course names, if both can be used."""
        return None if self.course is None else self.units.get(self.course.unit)


def shipped_kit_path() -> Path:
    """Return the folder of the kit that came with the program: in the wheel, else the checkout's root."""
    package = Path(str(files("pmworkshop")))
    for root in (package / "_content", package.parent):
        if (root / COURSE).is_file():
            return root
    raise LibraryError("the program's own kit is missing; install it again, or name a kit with --kit")


def load_kit(root: Path) -> Kit:
    """Read the kit in `root`, with every problem in it. Raises LibraryError if `root` is not a kit."""
    found = survey(root)
    return Kit(
        root=root,
        course=found.course,
        centre=found.centre or _shipped_centre(),
        sessions=MappingProxyType(found.sessions),
        units=MappingProxyType(found.units),
        exercises=MappingProxyType(found.exercises),
        decks=MappingProxyType(found.decks),
        planned=MappingProxyType(found.planned),
        problems=tuple(found.problems),
    )


def _shipped_centre() -> Centre | None:
    """Return the settings that came with the program, for a kit that has none of its own."""
    source = open_source(shipped_kit_path() / CENTRE, CENTRE)
    centre = check_sheet(source, "centre", Known()).value
    return centre if isinstance(centre, Centre) else None


def check_paths(paths: Sequence[Path], kit_root: Path) -> tuple[Problem, ...]:
    """Check files and folders, each beside the kit it lies in, else beside the kit in `kit_root`.

    Raises LibraryError for a path that does not exist, or a folder that holds nothing to check.
    """
    checker = _Checker(kit_root)
    return tuple(sorted({problem for path in paths for problem in checker.check(path)}))


class _Checker:
    """Checks paths, surveying each kit at most once."""

    def __init__(self, kit_root: Path) -> None:
        self._root = _absolute(kit_root)
        self._surveys: dict[Path, Survey] = {}

    def check(self, given: Path) -> Iterator[Problem]:
        if not os.path.lexists(given):
            raise LibraryError(f"{clean_line(str(given))} does not exist")
        if not given.is_dir():
            yield from self._file(given)
        elif (given / "sessions").is_dir():
            for problem in self._survey(_absolute(given)).problems:
                yield replace(problem, path=self._shown(given / problem.path))
        else:
            found = list(_below(given))
            if not found:
                raise LibraryError(f"{clean_line(str(given))} holds no *.yaml files to check")
            for path in found:
                yield from self._file(path)

    def _file(self, path: Path) -> Iterator[Problem]:
        place, shown = _absolute(path), self._shown(path)
        around = self._survey(self._kit_of(place))
        inside = place.relative_to(around.root).as_posix() if place.is_relative_to(around.root) else None
        if inside in around.files:
            found = [problem for problem in around.problems if problem.path == inside]
        else:
            source = open_source(path, shown)
            check_sheet(source, None, around.known)
            found = source.problems
        for problem in found:
            yield replace(problem, path=shown)

    def _kit_of(self, place: Path) -> Path:
        """Return the nearest kit that a file lies in, else the one in use."""
        return next((folder for folder in place.parents if (folder / COURSE).is_file()), self._root)

    def _survey(self, root: Path) -> Survey:
        if root not in self._surveys:
            self._surveys[root] = survey(root)
        return self._surveys[root]

    def _shown(self, path: Path) -> str:
        """Return a path within the kit in use, or else as it was given; never more than one line."""
        place = _absolute(path)
        inside = place.relative_to(self._root) if place.is_relative_to(self._root) else path
        return clean_line(os.fsencode(inside.as_posix()).decode("utf-8", "replace"))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would lose the names of links


def _below(folder: Path) -> Iterator[Path]:
    """Yield the YAML files in a folder and below it; hidden folders and links to folders are left alone."""
    for where, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                yield Path(where) / name
