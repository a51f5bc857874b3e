"""The verbs about a record, and about packs made from one: log, verify."""

import json
import sys

import click

from pmworkshop.cli.options import AS_JSON, DATA, KIT, data_of, journal_at


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


def _is_pack(what: str, data: str | None, against: str | None, *, as_json: bool) -> bool:
    """Whether that is a pack; what can be said about it was said then."""
    from pmworkshop.wiring.verifying import compared, pack_at, proof_json, proof_lines, proof_of  # noqa: PLC0415

    path = pack_at(what, data_of(data))
    if path is None:
        return False
    proof = proof_of(path)
    if against is not None:
        proof = compared(proof, journal_at(data, against))
    if as_json:
        click.echo(json.dumps(proof_json(proof), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(proof_lines(path, proof)))
    if not proof.ok:
        sys.exit(1)
    return True


@click.command()
@click.argument("what", metavar="FILE.zip|COHORT")
@click.option("--against", metavar="COHORT", help="Is the pack from this cohort's record?")
@AS_JSON
@DATA
@KIT
def verify(what: str, against: str | None, as_json: bool, data: str | None, kit: str | None) -> None:
    """Say whether an evidence pack, or the record of a COHORT, is as it was. Exit 1 if anything does not hold."""
    del kit
    if _is_pack(what, data, against, as_json=as_json):
        return
    if against is not None:
        raise click.UsageError("--against goes with a pack: verify FILE.zip --against COHORT.")
    from pmworkshop import journal  # noqa: PLC0415

    try:
        report = journal.verify(journal_at(data, what))
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
