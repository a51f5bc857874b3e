"""The verbs about evidence: export, report."""

import sys
from pathlib import Path

import click

from pmworkshop.cli.options import DATA, KIT, data_of, journal_at, kit_at, kit_given


@click.command()
@click.argument("cohort")
@click.option("--to", metavar="DIR", help="Folder for the packs; without it, `exports` beside the record.")
@click.option("--participant", metavar="NAME", help="Only this person's pack.")
@click.option("--draft", is_flag=True, help="Also packs with blanks or without signatures, marked DRAFT.")
@DATA
@KIT
def export(
    cohort: str, to: str | None, participant: str | None, draft: bool, data: str | None, kit: str | None
) -> None:
    """Write an evidence pack for each participant of COHORT. Exit 1 if one of them could not be written."""
    from pmworkshop import library  # noqa: PLC0415
    from pmworkshop.live.record import RecordTroubleError  # noqa: PLC0415
    from pmworkshop.wiring.exporting import export_packs, of_name  # noqa: PLC0415
    from pmworkshop.wiring.places import as_written  # noqa: PLC0415
    from pmworkshop.wiring.settling import settled  # noqa: PLC0415
    from pmworkshop.wiring.writing import EXPORTS  # noqa: PLC0415

    path = journal_at(data, cohort)
    folder = as_written(to) if to else path.parent / EXPORTS
    failed = False
    try:
        found = settled(path, kit_given(kit))
        people = of_name(found.state, participant) if participant else ()
        for one in export_packs(found, folder, people, draft=draft, progress=_progress):
            failed = not _said(one.name, one.path, one.lacks, one.trouble) or failed
    except (RecordTroubleError, library.LibraryError) as trouble:
        raise click.ClickException(str(trouble)) from trouble
    sys.exit(1 if failed else 0)


@click.command()
@click.argument("cohort")
@click.option(
    "--to", metavar="DIR", help="Folder for the reports; without it, `exports/report` beside the record."
)
@DATA
@KIT
def report(cohort: str, to: str | None, data: str | None, kit: str | None) -> None:
    """Write COHORT's attendance, coverage, session records, planned and actual times, evaluation and what to follow up.

    Open index.html first. Times are over all deliveries in the data folder.
    """
    from pmworkshop import library  # noqa: PLC0415
    from pmworkshop.core.refusal import Refusal  # noqa: PLC0415
    from pmworkshop.live.record import RecordTroubleError  # noqa: PLC0415
    from pmworkshop.wiring.learning import beside  # noqa: PLC0415
    from pmworkshop.wiring.places import as_written  # noqa: PLC0415
    from pmworkshop.wiring.reporting import REPORT, shown_from, write_reports  # noqa: PLC0415
    from pmworkshop.wiring.settling import settled  # noqa: PLC0415
    from pmworkshop.wiring.writing import EXPORTS  # noqa: PLC0415

    path = journal_at(data, cohort)
    folder = as_written(to) if to else path.parent / EXPORTS / REPORT
    try:
        found = settled(path, kit_given(kit))
        others = beside(data_of(data), path, lambda words: click.echo(words, err=True))
        at_least = shown_from(kit_at(kit))
        written = write_reports(found, folder, at_least, others=others, progress=_progress)
    except (RecordTroubleError, library.LibraryError) as trouble:
        raise click.ClickException(str(trouble)) from trouble
    if isinstance(written, Refusal):
        raise click.ClickException(written.words)
    for one in written:
        click.echo(one)
    click.echo(f"Open {written[0]} first.", err=True)


def _progress(done: int, of: int, name: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{done} of {of}  {name}" if name else "\r\x1b[K", nl=False, err=True)


def _said(name: str, path: Path | None, lacks: tuple[str, ...], trouble: str) -> bool:
    """Say what became of a pack; whether it was written."""
    if path is not None:
        click.echo(path)
        if lacks:
            click.echo(f"{name}: DRAFT, since {_listed(lacks)}", err=True)
        return True
    click.echo(f"{name}: not written. {trouble or _listed(lacks)}", err=True)
    if not trouble:
        click.echo("    With --draft it is written all the same, marked DRAFT on every page.", err=True)
    return False


def _listed(lacks: tuple[str, ...]) -> str:
    return " ".join(lacks)
