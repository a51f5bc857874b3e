"""The verb that learns from past deliveries: learn."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmworkshop.cli.options import DATA, KIT, data_of, kit_at

if TYPE_CHECKING:
    from pmworkshop.wiring.learning import Learned


@click.command()
@click.argument("session")
@click.argument("cohorts", nargs=-1, metavar="[COHORT]...")
@click.option("--write", "put", is_flag=True, help="Change the session's file too; without it, nothing is.")
@DATA
@KIT
def learn(session: str, cohorts: Sequence[str], put: bool, data: str | None, kit: str | None) -> None:
    """Propose timings for SESSION from how long its segments took, as a diff of its file.

    It reads the records of the COHORTs named, or of all there are; rehearsals and demonstrations never count, nor does
    a segment that was skipped or is still running. Two deliveries or more, whose middle lies at least 2 min from the
    plan and three in four of them on that side of it, give a hint; from four that agree within 5 min it is fairly sure.
    Fixed starts and the end never move, and nothing goes below its shortest length.
    """
    from pmworkshop import library  # noqa: PLC0415
    from pmworkshop.wiring import learning  # noqa: PLC0415
    from pmworkshop.wiring.finding import plan_of, session_id  # noqa: PLC0415

    root = kit_at(kit)
    if put:
        learning.not_shipped(root)
    session = session_id(root, session)
    plan, folder = plan_of(root, session), data_of(data)
    states = learning.states(learning.journals(folder, cohorts), _tell)
    try:
        found = learning.learned(root, session, plan, states)
        if found.file is None:
            _nothing(found, session, folder)
            return
        click.echo(learning.patch_of(found, found.file, Path.cwd()), nl=False)
        if put:
            learning.write(found.file)
            _tell(f"Written: {found.file.path}")
    except library.LibraryError as trouble:
        raise click.ClickException(str(trouble)) from trouble


def _nothing(found: "Learned", session: str, folder: Path) -> None:
    """Say why nothing is proposed."""
    from pmworkshop.live.views.lessons import delivery_words, left_out  # noqa: PLC0415

    if not found.times.deliveries:
        words = f"There is no delivery of {session} to learn from in {folder}"
        _tell("; ".join([words, *left_out(found.times)]) + ".")
        return
    _tell(f"{session}: {delivery_words(found.times)}")
    for line in found.lines:
        _tell(line)
    _tell("Nothing to change.")


def _tell(words: str) -> None:
    from pmworkshop.core.text import clean_line  # noqa: PLC0415

    click.echo(clean_line(words), err=True)
