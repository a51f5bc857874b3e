"""Finding what a verb was told: a session, an exercise, a cohort; what is not there is said with the nearest name."""

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmworkshop.desk.services import SHORTEST_CODE
from pmworkshop.wiring.places import JOURNAL, as_written, cohorts, journal_path, nearly, there
from pmworkshop.wiring.unusable import Unusable

if TYPE_CHECKING:
    from pmworkshop.core.plan import Session

SLOWEST, FASTEST = 0.1, 1000
MOST_NAMED = 20


def journal_of(folder: Path, cohort: str) -> Path:
    """Return a cohort's journal, by the cohort's name or as a path."""
    direct = as_written(cohort)
    if there(direct, Path.is_file):
        return direct
    if there(direct / JOURNAL, Path.is_file) and len(direct.parts) > 1:
        return direct / JOURNAL
    path = journal_path(folder, cohort)
    if not there(path):
        names = [place.name for place in cohorts(folder)]
        raise Unusable(
            f"there is no cohort “{cohort}” in {folder}; {near(cohort, names, 'there is none yet')}"
        )
    return path


def not_nearly(data: Path, cohort: str) -> None:
    """Refuse a new cohort whose name is that of another but for case, spacing or hyphens."""
    other = nearly(data, cohort)
    if other is not None:
        raise Unusable(
            f"there is no cohort “{cohort}”, but there is “{other}”. Write that, or choose a name that differs more."
        )


def speed_of(text: str) -> float:
    """Return the speed of a rehearsal."""
    try:
        speed = float(text.strip().rstrip("×x"))  # noqa: RUF001  # as the desk shows it
    except ValueError:
        speed = 0.0
    if not SLOWEST <= speed <= FASTEST:  # which nan is not, either
        raise click.UsageError(
            f"--rehearse takes a number from {SLOWEST:g} to {FASTEST:g}, such as 60, not “{text}”."
        )
    return speed


def code_of(text: str | None) -> str:
    """Return the code that leads back from the participants; empty to ask for one."""
    code = (text or "").strip()
    if text is not None and len(code) < SHORTEST_CODE:
        raise click.UsageError(f"--code takes at least {SHORTEST_CODE} letters or figures.")
    return code


def session_id(root: Path, session: str) -> str:
    """Return the id of a session of the kit, however its file was named."""
    return _stem(root / "sessions", "session", session, leave_out=("course", "centre"))


def exercise_id(root: Path, exercise: str) -> str:
    """Return the id of an exercise of the kit, however its file was named."""
    return _stem(root / "exercises", "exercise", exercise, leave_out=("planned",))


def deck_id(root: Path, deck: str) -> str:
    """Return the id of a deck of the kit, however its file was named."""
    return _stem(root / "cards", "deck", deck, leave_out="planned")


def _stem(folder: Path, what: str, given: str, *, leave_out: Sequence[str]) -> str:
    known = sorted(path.stem for path in folder.glob("*.y*ml") if path.stem not in leave_out)
    wanted = Path(given).stem if given.endswith((".yaml", ".yml")) else given
    wanted = next((one for one in known if one == wanted.strip().casefold().replace(" ", "-")), wanted)
    if wanted not in known:
        raise Unusable(
            f"there is no {what} “{given}” in this kit; {near(given, known, 'it has none at all')}"
        )
    return wanted


def plan_of(root: Path, session: str) -> "Session":
    """Return the plan of a session that is fit to use; its problems go to stderr where it is not."""
    from pmworkshop import library  # noqa: PLC0415  # slow to import

    kit = library.load_kit(root)
    plan = kit.sessions.get(session)
    if plan is None:
        for problem in kit.problems:
            click.echo(str(problem), err=True)
        raise click.ClickException(f"“{session}” cannot be used before its problems are mended.")
    return plan


def near(word: str, known: Sequence[str], none: str) -> str:
    """Return the nearest known word as a question, or what there is."""
    folded = {one.casefold(): one for one in known}
    close = difflib.get_close_matches(word.casefold(), folded, n=1)
    if close:
        return f"did you mean {folded[close[0]]}?"
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    return f"there are: {', '.join(known[:MOST_NAMED])}{more}" if known else none
