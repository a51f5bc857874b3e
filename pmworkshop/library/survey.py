"""One walk through a kit: every file of it read once and checked beside the others.

Problems name files by their place in the kit, such as `sessions/x.yaml`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pmworkshop.core.centre import Centre
from pmworkshop.core.deck import Deck
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.plan import Course, Session
from pmworkshop.core.unit import Unit
from pmworkshop.library.known import Known
from pmworkshop.library.problem import LibraryError, Problem
from pmworkshop.library.query import EACH, texts
from pmworkshop.library.sheet import Sheet, check_sheet
from pmworkshop.library.source import Source, open_source
from pmworkshop.library.yaml_source import read_yaml

COURSE = "sessions/course.yaml"
CENTRE = "sessions/centre.yaml"


@dataclass(slots=True)
class Survey:
    """What a kit holds, what is wrong with it, and what a further file may refer to."""

    root: Path
    course: Course | None = None
    centre: Centre | None = None
    sessions: dict[str, Session] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    decks: dict[str, Deck] = field(default_factory=dict)
    planned: dict[str, str] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
    files: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def survey(root: Path) -> Survey:
    """Check the kit in the folder `root`. Raises LibraryError if there is no `sessions` folder in it."""
    if not (root / "sessions").is_dir():
        raise LibraryError(f"{root} is not a kit: there is no folder “sessions” in it")
    found = Survey(root)
    criteria = _units(found)
    files = dict(_files(found, "sessions"))
    course = files.pop("course", None) or _missing_course()
    centre = files.pop("centre", None)
    plain = _plain(course)
    found.known = replace(
        found.known,
        sessions=frozenset(files),
        criteria=_of_course(plain, criteria),
        resources=None if plain is None else frozenset(_names(plain, "resources", EACH, "id")),
    )
    _activities(found)
    _sessions(found, files, plain)
    found.course = _sheet(found, course, "course", found.known).value
    found.centre = _sheet(found, centre, "centre", found.known).value if centre else None
    found.problems.sort()
    return found


def _activities(found: Survey) -> None:
    """Read the decks, then the exercises, which may name them. A session may name either, even one with errors."""
    decks = _folder(found, "cards", "deck", found.decks)
    found.known = replace(found.known, decks=decks)
    exercises = _folder(found, "exercises", "exercise", found.exercises)
    if decks is not None and exercises is not None:
        found.known = replace(found.known, activities=decks | exercises)


def _folder(found: Survey, folder: str, kind: str, fit: dict[str, Any]) -> frozenset[str] | None:
    """Read one folder, what is fit into `fit`; return all names, planned ones too, or None if those are unreadable."""
    files = dict(_files(found, folder))
    planned = files.pop("planned", None)
    for stem, source in files.items():
        sheet = _sheet(found, source, kind, found.known)
        if sheet.value is not None:
            fit[stem] = sheet.value
    if planned is None:
        return frozenset(files)
    sheet = _sheet(found, planned, "planned", Known(existing=frozenset(files)))
    coming = _planned(sheet.plain)
    found.planned |= coming
    return None if sheet.plain is None else frozenset(files) | coming.keys()


def _planned(plain: Any) -> dict[str, str]:
    entries = plain.get("planned") if isinstance(plain, dict) else None
    return {
        entry["id"]: str(entry.get("title", entry["id"]))
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    }


def _units(found: Survey) -> dict[str, dict[str, str]]:
    """Read the units; return the criteria of each that can be read, with their wording."""
    criteria: dict[str, dict[str, str]] = {}
    names = set()
    for stem, source in _files(found, "sessions/units"):
        names.add(stem)
        sheet = _sheet(found, source, "unit", found.known)
        if sheet.value is not None:
            found.units[stem] = sheet.value
        if sheet.plain is not None:
            criteria[stem] = _criteria(sheet.plain)
    found.known = replace(found.known, units=frozenset(names))
    return criteria


def _criteria(plain: Any) -> dict[str, str]:
    words = dict(texts(plain, "outcomes", EACH, "criteria", EACH, "text"))
    return {
        name: words.get((*path[:-1], "text"), "")
        for path, name in texts(plain, "outcomes", EACH, "criteria", EACH, "id")
    }


def _sessions(found: Survey, files: dict[str, Source], plain: Any) -> None:
    """Read the sessions beside what the course says; `plain` is the course's values, if it can be read."""
    listed = {} if plain is None else {name: at for at, name in enumerate(_names(plain, "sessions", EACH))}
    served: set[str] = set()
    whole = listed.keys() <= files.keys()
    for stem in sorted(files, key=lambda stem: (listed.get(stem, len(listed)), stem)):
        sheet = check_sheet(files[stem], "session", found.known)
        if None not in (plain, sheet.plain) and stem not in listed:
            files[stem].blame_at(
                (1, 1), f"the course does not list {stem}", f"add it to `sessions` in {COURSE}", "warning"
            )
        found.problems += files[stem].problems
        if sheet.value is not None:
            found.sessions[stem] = sheet.value
        served.update(_names(sheet.plain, "segments", EACH, "criteria", EACH))
        whole = whole and sheet.plain is not None
    found.known = replace(found.known, served=frozenset(served) if whole else None)


def _missing_course() -> Source:
    source = Source(COURSE)
    source.blame_at((1, 1), "the course is missing", "write this file: title, unit and sessions")
    return source


def _names(value: Any, *steps: Any) -> list[str]:
    return [name for _, name in texts(value, *steps)]


def _of_course(plain: Any, criteria: dict[str, dict[str, str]]) -> dict[str, str] | None:
    """Return the criteria of the course's unit; while the course cannot be read, those of the only unit."""
    if plain is None and len(criteria) == 1:
        return next(iter(criteria.values()))
    unit = plain.get("unit") if isinstance(plain, dict) else None
    return criteria.get(unit) if isinstance(unit, str) else None


def _plain(source: Source) -> Any:
    """Read a file's values ahead of its check, without a word about what is wrong with it."""
    document = read_yaml(Source(source.shown, source.text)) if source.text else None
    return None if document is None else document.value


def _sheet(found: Survey, source: Source, kind: str, known: Known) -> Sheet:
    sheet = check_sheet(source, kind, known)
    found.problems += source.problems
    return sheet


def _files(found: Survey, folder: str) -> Iterator[tuple[str, Source]]:
    """Open the YAML files of one folder, in order of name; hidden ones are not of the kit."""
    try:
        names = sorted(path.name for path in (found.root / folder).iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        source = Source(folder)
        source.blame_at((1, 1), f"the folder cannot be read ({error.strerror})", "look at its permissions")
        found.problems += source.problems
        return
    for name in names:
        stem, _, ending = name.rpartition(".")
        if not stem or stem.startswith(".") or ending not in {"yaml", "yml"}:
            continue
        shown = f"{folder}/{name}"
        found.files.add(shown)
        if ending == "yml":
            source = Source(shown)
            source.blame_at((1, 1), "the kit reads only *.yaml", f"rename it to {stem}.yaml")
            found.problems += source.problems
        else:
            yield stem, open_source(found.root / folder / name, shown)
