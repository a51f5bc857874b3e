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
    from pmworkshop.core.state import Participant
    from pmworkshop.export.typesetting import Typeset
    from pmworkshop.library import Kit

OURS: Final = b"pmworkshop paper"
"""What every paper of ours carries among its keywords: only such a file is replaced without a question."""
LONGEST_ADDRESS: Final = 300
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
) -> tuple[str, int, "Typeset"]:
    """Return the sheets to fill in, with the name for their file and how many there are.

    Without `exercises`, all that can be used; with a cohort, one for each of its people.
    """
    wanted = tuple(dict.fromkeys(exercise_id(root, one) for one in exercises))
    kit = _kit(root)
    chosen = _chosen(kit, wanted)
    people = _people(data, cohort) if cohort is not None else ()
    from pmworkshop.core.exercise import expanded  # noqa: PLC0415  # slow to import
    from pmworkshop.export.paper.handouts import Handout, for_cohort, handouts  # noqa: PLC0415  # slow to import

    sheets: list[Handout] = []
    for name, exercise in chosen.items():
        whole = expanded(exercise, kit.unit)
        if cohort is None:
            sheets.append(Handout(exercise_id=name, exercise=whole))
        else:
            sheets += for_cohort(name, whole, people)
    whose = clean_line(cohort) if cohort is not None else ""
    with _plainly():
        made = handouts(sheets, cohort=whose, leaves=leaves)
    return _file_name("handouts", *_named(wanted), whose), len(sheets), made


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


def keep(made: "Typeset", to: str | None, name: str) -> Path:
    """Write a paper to the file or into the folder `to`, or into the current folder; return where it is.

    A paper of ours is replaced by its newer edition; a file that is not ours is never written over.
    """
    from pmworkshop.wiring.writing import target_folder, write_whole  # noqa: PLC0415  # rarely needed

    path = _target(to, name)
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


def _people(data: Path, cohort: str) -> tuple["Participant", ...]:
    path = journal_of(data, cohort)
    from pmworkshop.live.record import RecordTroubleError  # noqa: PLC0415  # slow to import
    from pmworkshop.wiring.exporting import held  # noqa: PLC0415  # slow to import

    try:
        people = tuple(held(path).state.participants.values())
    except RecordTroubleError as trouble:
        raise click.ClickException(str(trouble)) from trouble
    if not people:
        raise Unusable(
            f"nobody is on the register of “{cohort}” yet; without --cohort, the sheets are printed without names."
        )
    return people


def _say_problems(kit: "Kit") -> None:
    for problem in kit.problems:
        click.echo(str(problem), err=True)


def _named(wanted: Sequence[str]) -> tuple[str, ...]:
    more = (f"and {len(wanted) - MOST_NAMED} more",) if len(wanted) > MOST_NAMED else ()
    return (*wanted[:MOST_NAMED], *more)


def _file_name(*parts: str) -> str:
    from pmworkshop.core.filenames import file_name  # noqa: PLC0415  # rarely needed

    return f"{file_name(' '.join(parts), 'handouts')}.pdf"
