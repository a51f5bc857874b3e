"""Starting points for authors: a session, exercise, deck, unit or a whole kit, commented, and sound from the first moment.

Invariant: nothing that was there is written over, and no name leads out of the folder it is for.
"""

import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from pmworkshop.core.unit import criteria_of
from pmworkshop.core.value import value
from pmworkshop.library.notes.writing import scalar
from pmworkshop.wiring.called import Called, called
from pmworkshop.wiring.listing import list_session
from pmworkshop.wiring.places import there
from pmworkshop.wiring.unusable import Unusable

if TYPE_CHECKING:
    from pmworkshop.library import Kit

Sort = Literal["session", "exercise", "deck", "unit"]
FOLDERS: Final[Mapping[Sort, str]] = {
    "session": "sessions",
    "exercise": "exercises",
    "deck": "cards",
    "unit": "sessions/units",
}
PARTS: Final = ("sessions", "exercises", "cards", ".schema")
"""The folders of a kit; the last one is for editors."""
_TOKEN: Final = re.compile(r"«([a-z_]+)»")


@value
class Begun:
    """What was written, and what to say about it: a word for each line."""

    paths: tuple[Path, ...]
    id: str
    root: Path
    said: tuple[str, ...] = ()


def start_file(sort: Sort, name: str, root: Path) -> Begun:
    """Write a session, exercise, deck or unit into the kit in `root`. Raises Unusable where that cannot be."""
    from pmworkshop import library  # noqa: PLC0415  # slow to import

    kit = library.load_kit(root)
    named = called(name, sort, lambda one: _is_taken(root, sort, one))
    path = root / FOLDERS[sort] / f"{named.id}.yaml"
    _refuse_taken(root, sort, named.id)
    text = _filled(sort, named, {"criterion": _criterion(kit)})
    schemas = _missing_schemas(root, sort)
    for place, content in {path: text, **schemas}.items():
        _write_new(place, content)
    return Begun(paths=(path, *schemas), id=named.id, root=root, said=tuple(_said(sort, named.id, root)))


def _said(sort: Sort, one: str, root: Path) -> list[str]:
    said = []
    if sort == "session":
        said.append(list_session(root, one))
    if sort == "unit":
        said.append(f"To use it, write `unit: {one}` in sessions/course.yaml.")
    if sort in ("exercise", "deck"):
        said.append(f"A segment opens it with `activities: [{one}]`.")
    planned = root / FOLDERS[sort] / "planned.yaml"
    if there(planned) and re.search(rf"\bid: {re.escape(one)}\s*$", _text(planned), re.MULTILINE):
        said.append(f"It is written now, so take it off {FOLDERS[sort]}/planned.yaml.")
    return said


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def start_kit(name: str, where: Path, *, copy: bool, shipped: Path) -> Begun:
    """Make the folder of a kit in `where`: a small one, or a copy of the `shipped` one. Raises Unusable if it cannot be."""
    if re.search(r"[/\\]", name) or name.strip() in (".", ".."):
        raise Unusable(
            f"“{name}” is a place, not a name. Say where with --to: pmworkshop new kit my-kit --to DIR"
        )
    named = called(name, "kit", lambda one: there(where / one))
    root = where / named.id
    if there(root):
        raise Unusable(f"{root} is there already, and nothing was written. Choose another name.")
    try:
        with tempfile.TemporaryDirectory(
            prefix=".pmworkshop-", dir=where, ignore_cleanup_errors=True
        ) as half:
            made = Path(half) / "kit"
            _copy(shipped, made) if copy else _small(made, named)
            made.rename(root)
    except OSError as error:
        raise _unwritten(root, error) from error
    paths = sorted(one for one in root.rglob("*.yaml") if not one.is_relative_to(root / ".schema"))
    return Begun(paths=tuple(paths), id=named.id, root=root)


def _copy(shipped: Path, made: Path) -> None:
    for part in PARTS:
        shutil.copytree(shipped / part, made / part)


def _small(made: Path, named: Called) -> None:
    """Write a kit with one of each, which name one another."""
    from pmworkshop import library  # noqa: PLC0415  # slow to import

    files: dict[str, tuple[str, Called]] = {
        "sessions/course.yaml": ("course", named),
        "sessions/centre.yaml": ("centre", named),
        "sessions/units/my-unit.yaml": ("unit", Called(id="my-unit", title="My unit")),
        "sessions/my-session.yaml": ("session", Called(id="my-session", title="My session")),
        "exercises/my-exercise.yaml": ("exercise", Called(id="my-exercise", title="My exercise")),
        "cards/my-cards.yaml": ("deck", Called(id="my-cards", title="My cards")),
    }
    known = {
        "criterion": "2.1",
        "criteria": '"1.1", "1.2", "2.1"',
        "activities": "my-exercise, my-cards",
        "unit": "my-unit",
        "session": "my-session",
    }
    for place, (template, one) in files.items():
        _write_new(made / place, _filled(template, one, known))
    for kind in library.SCHEMAS:
        _write_new(made / ".schema" / f"{kind}.json", library.schema_text(kind))


def _filled(template: str, named: Called, known: Mapping[str, str]) -> str:
    """Return a template with its places filled; what is not known becomes an example in a comment."""
    text = (Path(__file__).parent.parent / "library" / "starting" / f"{template}.yaml").read_text("utf-8")
    places = {
        "title": scalar(named.title),
        "id": named.id,
        "criterion": known.get("criterion") or "1.1",
        "criteria": known.get("criteria") or f'"{known.get("criterion") or "1.1"}"',
        "no_criteria": "" if known.get("criterion") else "# ",
        "activities": known.get("activities") or "my-exercise",
        "no_activities": "" if known.get("activities") else "# ",
        "unit": known.get("unit", ""),
        "session": known.get("session", ""),
    }
    return _TOKEN.sub(lambda found: places[found[1]], text)


def _criterion(kit: "Kit") -> str:
    """Return a criterion of the course's unit: the last one, which mostly asks for words of one's own."""
    found = criteria_of(kit.unit) if kit.unit else ()
    return found[-1].id if found else ""


def _is_taken(root: Path, sort: Sort, one: str) -> bool:
    return bool(_in_the_way(root, sort, one))


def _in_the_way(root: Path, sort: Sort, one: str) -> Path | None:
    """Return the file that has a name already; exercises and decks share theirs, for a segment names either."""
    folders = ("exercises", "cards") if sort in ("exercise", "deck") else (FOLDERS[sort],)
    places = (root / folder / f"{one}{ending}" for folder in folders for ending in (".yaml", ".yml"))
    return next((place for place in places if there(place, lambda it: it.exists() or it.is_symlink())), None)


def _refuse_taken(root: Path, sort: Sort, one: str) -> None:
    taken = _in_the_way(root, sort, one)
    if taken is not None:
        raise Unusable(f"{taken} is there already, and nothing was written. Choose another name.")


def _missing_schemas(root: Path, sort: Sort) -> dict[Path, str]:
    """Return the schema that the file names for editors, where the kit does not have it."""
    from pmworkshop import library  # noqa: PLC0415  # slow to import

    path = root / ".schema" / f"{sort}.json"
    return {} if there(path) else {path: library.schema_text(sort)}


def _write_new(path: Path, text: str) -> None:
    """Write a file that must not be there. Raises Unusable if it is, or cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise Unusable(f"{path} is there already, and nothing was written over it.") from error
    except OSError as error:
        raise _unwritten(path, error) from error


def _unwritten(path: Path, error: OSError) -> Unusable:
    return Unusable(
        f"{path} could not be written: {error.strerror or error}. Check the folder, or name another with --to."
    )
