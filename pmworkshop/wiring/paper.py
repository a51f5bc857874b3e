"""The kit on paper: what a verb was asked to print is found in the kit and the cohort, set, and written as one PDF."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pmworkshop.core.refusal import Refusal
from pmworkshop.core.text import clean_line
from pmworkshop.wiring.finding import deck_id, exercise_id, journal_of, plan_of, session_id
from pmworkshop.wiring.places import as_written, there
from pmworkshop.wiring.unusable import Unusable

if TYPE_CHECKING:
    from pmworkshop.core.exercise import Exercise
    from pmworkshop.core.state import Cohort
    from pmworkshop.export.typesetting import Typeset
    from pmworkshop.library import Kit

OURS: Final = b"pmworkshop paper"
"""What every paper of ours carries among its keywords: only such a file is replaced without a question."""
LONGEST_ADDRESS: Final = 300
MOST_SHEETS: Final = 200
"""A part ends with the exercise that takes it past this: setting a sheet takes about 2 MB."""
MOST_NAMED: Final = 3
"""So many exercises stand in the name of a file; of more, how many there are."""
_CODE = re.compile(r"^[A-Za-z0-9]{1,12}$")
_ADDRESS = re.compile(
    r"^(https?://)?[^\s/:]+(:[0-9]{1,5})?(/\S*)?$|^(https?://)?\[[0-9A-Fa-f:%.]+\](:[0-9]{1,5})?(/\S*)?$"
)


def run_sheet_of(root: Path, session: str) -> tuple[str, "Typeset"]:
    """Return a session's guide, with the name for its file."""
    wanted = session_id(root, session)
    plan = plan_of(root, wanted)
    from pmworkshop.export.paper.run_sheet import Around, run_sheet  # noqa: PLC0415  # slow to import

    kit = _kit(root)
    around = Around(
        course=kit.course, unit=kit.unit, exercises=kit.exercises, decks=kit.decks, planned=kit.planned
    )
    with _plainly():
        return f"run-sheet {wanted}.pdf", run_sheet(plan, around)


def handouts_of(
    root: Path, data: Path, exercises: Sequence[str], cohort: str | None, *, leaves: bool
) -> Iterator[tuple[str, str, int, "Typeset"]]:
    """Yield the sheets to fill in: the name for their file, which part it is, how many there are, and the PDF.

    Without `exercises`, all that can be used; with a cohort, one for each of its people. There is one part, named
    by nothing, unless it would be a load for a small laptop.
    """
    wanted = tuple(dict.fromkeys(exercise_id(root, one) for one in exercises))
    kit = _kit(root)
    chosen = _chosen(kit, wanted)
    state = _cohort(data, cohort) if cohort is not None else None
    from pmworkshop.core.exercise import expanded  # noqa: PLC0415  # slow to import
    from pmworkshop.export.paper.handouts import Handout, for_cohort, handouts  # noqa: PLC0415  # slow to import

    parts: list[list[Handout]] = [[]]
    for name, exercise in chosen.items():
        whole = expanded(exercise, kit.unit)
        people = tuple(state.participants.values()) if state else ()
        sheets = for_cohort(name, whole, people) if state else (Handout(exercise_id=name, exercise=whole),)
        if len(parts[-1]) >= MOST_SHEETS:
            parts.append([])
        parts[-1].extend(sheets)
    whose = clean_line(state.name) if state else ""
    for number, sheets in enumerate(parts, 1):
        with _plainly():
            made = handouts(sheets, cohort=whose, leaves=leaves)
        part = f"{number} of {len(parts)}" if len(parts) > 1 else ""
        yield _file_name("handouts", *_named(wanted), whose), part, len(sheets), made


def cards_of(root: Path, deck: str) -> tuple[str, "Typeset"]:
    """Return a deck's cards, with the name for their file."""
    wanted = deck_id(root, deck)
    kit = _kit(root)
    if wanted not in kit.decks:
        _say_problems(kit)
        raise click.ClickException(f"“{wanted}” cannot be printed before its problems are mended.")
    from pmworkshop.export.paper.cards import cards  # noqa: PLC0415  # slow to import

    with _plainly():
        return f"cards {wanted}.pdf", cards(kit.decks[wanted])


def poster_of(*, address: str | None, code: str | None, wifi: str | None) -> tuple[str, "Typeset"]:
    """Return the poster, with the name for its file."""
    place, secret = clean_line(address or ""), clean_line(code or "")
    if place and (len(place) > LONGEST_ADDRESS or not _ADDRESS.match(place)):
        raise click.UsageError(
            f"--address takes a web address such as http://192.168.1.20:8600, not “{place}”."
        )
    if secret and not _CODE.match(secret):
        raise click.UsageError(
            f"--code takes the room's code, letters and figures such as 4F7K, not “{secret}”."
        )
    from pmworkshop.export.paper.poster import poster  # noqa: PLC0415  # slow to import

    if place and "://" not in place:
        place = f"http://{place}"
    with _plainly():
        return "poster.pdf", poster(address=place, code=secret.upper(), wifi=clean_line(wifi or "")[:60])


def keep(made: "Typeset", to: str | None, name: str, part: str = "") -> Path:
    """Write a paper, or a part of it, to the file or folder `to`, or into the current folder; return where it is.

    A paper of ours is replaced by its newer edition; a file that is not ours is never written over.
    """
    from pmworkshop.wiring.writing import target_folder, write_whole  # noqa: PLC0415  # rarely needed

    path = _target(to, name)
    if part:
        path = path.with_name(f"{path.stem}, {part}{path.suffix}")
    if there(path) and not _is_ours(path):
        raise Unusable(
            f"{path} is there already, and is no paper of ours. Move it away, or name another file with --to."
        )
    trouble = target_folder(path.parent) or write_whole(path, made.pdf)
    if isinstance(trouble, Refusal):
        raise Unusable(trouble.words)
    return path


@contextmanager
def _plainly() -> Iterator[None]:
    """Say what a paper lacked to be set, where nothing at all could be made of it."""
    from pmworkshop.export.typesetting import TypesettingError  # noqa: PLC0415  # slow to import

    try:
        yield
    except TypesettingError as error:
        raise click.ClickException(str(error)) from error


def _target(to: str | None, name: str) -> Path:
    if not to:
        return Path(name)
    given = as_written(to)
    if there(given, Path.is_dir) or to.endswith(("/", "\\")) or given.suffix.casefold() != ".pdf":
        return given / name
    return given


def _is_ours(path: Path) -> bool:
    try:
        return OURS in path.read_bytes()
    except OSError:
        return False


def _kit(root: Path) -> "Kit":
    from pmworkshop import library  # noqa: PLC0415  # slow to import

    try:
        return library.load_kit(root)
    except library.LibraryError as error:
        raise Unusable(str(error)) from error


def _chosen(kit: "Kit", wanted: Sequence[str]) -> dict[str, "Exercise"]:
    broken = [one for one in wanted if one not in kit.exercises]
    if broken or not kit.exercises:
        _say_problems(kit)
        what = f"“{'”, “'.join(broken)}”" if broken else "This kit's exercises"
        raise click.ClickException(f"{what} cannot be printed before the problems are mended.")
    if wanted:
        return {one: kit.exercises[one] for one in wanted}
    if any(problem.severity == "error" and problem.path.startswith("exercises") for problem in kit.problems):
        _say_problems(kit)
        click.echo("Exercises with problems are left out.", err=True)
    return dict(kit.exercises)


def _cohort(data: Path, cohort: str) -> "Cohort":
    path = journal_of(data, cohort)
    from pmworkshop.live.record import RecordTroubleError  # noqa: PLC0415  # slow to import
    from pmworkshop.wiring.exporting import held  # noqa: PLC0415  # slow to import

    try:
        state = held(path).state
    except RecordTroubleError as trouble:
        raise click.ClickException(str(trouble)) from trouble
    if not state.participants:
        raise Unusable(
            f"nobody is on the register of “{cohort}” yet; without --cohort, the sheets are printed without names."
        )
    return state


def _say_problems(kit: "Kit") -> None:
    for problem in kit.problems:
        click.echo(str(problem), err=True)


def _named(wanted: Sequence[str]) -> tuple[str, ...]:
    more = (f"and {len(wanted) - MOST_NAMED} more",) if len(wanted) > MOST_NAMED else ()
    return (*wanted[:MOST_NAMED], *more)


def _file_name(*parts: str) -> str:
    from pmworkshop.core.filenames import file_name  # noqa: PLC0415  # rarely needed

    return f"{file_name(' '.join(parts), 'handouts')}.pdf"
