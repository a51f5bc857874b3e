"""What the verbs share: their options, and where data and kit are."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from pmworkshop.wiring.unusable import Unusable

F = TypeVar("F", bound=Callable[..., Any])

DATA = click.option("--data", metavar="DIR", help="Folder of the cohorts (or PMWORKSHOP_DATA).")
KIT = click.option(
    "--kit",
    metavar="DIR",
    help="Folder of the kit; without it, the one you are in, or else the one that comes along.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="For programs.")


def needs_terminal() -> None:
    """End with words where the desk could not be drawn."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise Unusable(
            "the desk needs a terminal to draw on and to type at; open a terminal window and start it there. "
            "`pmworkshop --help` lists what works without one."
        )


def _up(name: str, given: str | None) -> str | None:
    """Return an option as given here, or before the verb."""
    context = click.get_current_context(silent=True)
    return given or (context.obj or {}).get(name) if context else given


def data_of(given: str | None) -> Path:
    """Return the folder of the cohorts."""
    from pmworkshop.wiring.places import data_folder  # noqa: PLC0415

    return data_folder(_up("data", given))


def journal_at(data: str | None, cohort: str) -> Path:
    """Return where the journal of a cohort is that must be there."""
    from pmworkshop.wiring.finding import journal_of  # noqa: PLC0415

    return journal_of(data_of(data), cohort)


def kit_at(given: str | None) -> Path:
    """Return the folder of the kit that is named, or else of the one that we are in, or else of the one that comes along."""
    given = _up("kit", given)
    from pmworkshop.wiring.places import as_written, kit_around, shipped_kit, there  # noqa: PLC0415

    if given is None:
        here = kit_around(Path().absolute())
        return here if here and there(here / "sessions" / "course.yaml") else shipped_kit()
    root = as_written(given)
    if not there(root / "sessions", Path.is_dir):
        raise Unusable(
            f"{given} is not a kit: there is no folder `sessions` in it. Name the folder that holds it."
        )
    return root


def kit_here(given: str | None) -> Path:
    """Return the same for whoever writes it: by its short path, and also where it has no course yet."""
    from pmworkshop.wiring.places import kit_around  # noqa: PLC0415

    return kit_given(given) or kit_around(Path()) or kit_at(None)


def kit_given(given: str | None) -> Path | None:
    """Return the kit's folder where one was named."""
    return kit_at(given) if _up("kit", given) else None


def count(number: int, noun: str) -> str:
    """Say how many of something there are."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
