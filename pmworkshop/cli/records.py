"""The verbs about a cohort's record: log, verify."""

import json
import sys

import click

from pmworkshop.cli.options import AS_JSON, DATA, KIT, journal_at


@click.command()
@click.argument("cohort")
@AS_JSON
@DATA
@KIT
def log(cohort: str, as_json: bool, data: str | None, kit: str | None) -> None:
    """Print COHORT's record, one event a line."""
    del kit
    from pmworkshop import journal  # noqa: PLC0415
    from pmworkshop.wiring.show import log_line  # noqa: PLC0415

    try:
        reading = journal.read_rows(journal_at(data, cohort))
    except journal.JournalError as error:
        raise click.ClickException(str(error)) from error
    for row in reading.rows:
        click.echo(log_line(row, as_json=as_json))
    if reading.trouble:
        raise click.ClickException(reading.trouble)


@click.command()
@click.argument("cohort")
@AS_JSON
@DATA
@KIT
def verify(cohort: str, as_json: bool, data: str | None, kit: str | None) -> None:
    """Walk COHORT's record and say whether every link holds. Exit 1 at the first that does not."""
    del kit
    from pmworkshop import journal  # noqa: PLC0415

    try:
        report = journal.verify(journal_at(data, cohort))
    except journal.JournalError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        found = {
            "ok": report.ok,
            "events": report.events,
            "erased": report.erased,
            "head": report.head.hash,
            "first_broken": report.first_broken,
            "words": report.words,
        }
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        click.echo(report.words)
    sys.exit(0 if report.ok else 1)
