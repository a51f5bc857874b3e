"""The verbs about one person of a cohort: erase, data."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from pmworkshop.cli.options import AS_JSON, DATA, KIT, count, journal_at
from pmworkshop.wiring.unusable import Unusable

if TYPE_CHECKING:
    from pmworkshop.wiring.erasing import Done, Plan

LISTED = 12
BEYOND = "What was handed out, copied or backed up elsewhere is out of reach: see to it yourself."


@click.command()
@click.argument("cohort")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Without asking.")
@DATA
@KIT
def erase(cohort: str, name: str, yes: bool, data: str | None, kit: str | None) -> None:
    """Take the person NAME (or id) out of COHORT for good: entries, answers, photos, drafts, exports beside the record.

    The record stays provable and says that something was erased. It cannot be undone.
    """
    del kit
    path = journal_at(data, cohort)
    from pmworkshop import journal  # noqa: PLC0415
    from pmworkshop.live.record import RecordTroubleError  # noqa: PLC0415
    from pmworkshop.wiring.erasing import carry_out, look  # noqa: PLC0415

    try:
        plan = look(path, name)
        if plan.erasure is None:
            carry_out(path, plan)
            raise Unusable(plan.nobody)
        for line in _foretold(plan):
            click.echo(line, err=True)
        if not (yes or click.confirm("Erase all that? It cannot be undone.", err=True)):
            click.echo("Nothing was erased.", err=True)
            sys.exit(1)
        done = carry_out(path, plan)
    except (journal.JournalError, RecordTroubleError) as trouble:
        raise click.ClickException(f"Not erased. {trouble}") from trouble
    for line in _told(done):
        click.echo(line)
    sys.exit(1 if done.stayed or not done.report.ok else 0)


def _foretold(plan: "Plan") -> Iterator[str]:
    """Say what would be erased, what stays all the same, and what is left for the trainer to look at."""
    from pmworkshop.core.text import clean_line  # noqa: PLC0415
    from pmworkshop.wiring.erasing import described  # noqa: PLC0415

    if plan.erasure is None:
        return
    found = plan.erasure
    yield clean_line(f"{described(found.known)}, in “{plan.cohort}”:")
    yield f"  {count(len(found.seqs), 'event')} of the record, with {count(len(found.outputs), 'output')}"
    yield f"  {count(len(plan.drafts), 'unfinished sheet')}, {count(len(plan.photos), 'photo')}"
    yield from _listed(
        f"  {count(len(plan.exports.go), 'file')} in exports (others' packs and reports can be made again):",
        map(str, plan.exports.go),
    )
    yield from _listed("Kept, because others made it too (their name goes from it):", plan.kept)
    yield from _listed("Could not be looked into, so see to it yourself:", map(str, plan.exports.unknown))
    yield from _listed(
        "May still name them. It stays, because it may be somebody else's record; look at it yourself:",
        (f"{one.where}: {one.text}" for one in plan.named),
    )
    yield BEYOND


def _listed(title: str, lines: "Iterator[str] | tuple[str, ...] | map[str]") -> Iterator[str]:
    from pmworkshop.core.text import clean_line  # noqa: PLC0415

    found = list(lines)
    if found or title.startswith("  "):
        yield title
    for line in found[:LISTED]:
        yield f"    {clean_line(line)}"
    if len(found) > LISTED:
        yield f"    and {len(found) - LISTED} more"


def _told(done: "Done") -> Iterator[str]:
    yield (
        f"Erased: {count(done.events, 'event')}, {count(done.photos, 'photo')}, "
        f"{count(done.exports, 'file')} in exports."
    )
    yield f"{done.report.words[:1].upper()}{done.report.words[1:]}."
    yield from _listed("These files could not be removed; remove them yourself:", map(str, done.stayed))


@click.command()
@click.argument("cohort")
@click.argument("name")
@click.option("--to", metavar="DIR", help="Folder for the file; without it, `exports` beside the record.")
@AS_JSON
@DATA
@KIT
def data(cohort: str, name: str, to: str | None, as_json: bool, data: str | None, kit: str | None) -> None:
    """Write all that is held on the person NAME (or id) of COHORT into one zip: to read, for programs, and photos."""
    del kit
    path = journal_at(data, cohort)
    from pmworkshop import journal  # noqa: PLC0415
    from pmworkshop.live.record import RecordTroubleError  # noqa: PLC0415
    from pmworkshop.wiring.personal import personal_data  # noqa: PLC0415
    from pmworkshop.wiring.places import as_written  # noqa: PLC0415
    from pmworkshop.wiring.writing import EXPORTS, target_folder, write_whole  # noqa: PLC0415

    folder = as_written(to) if to else path.parent / EXPORTS
    try:
        found = personal_data(path, name)
    except (journal.JournalError, RecordTroubleError) as trouble:
        raise click.ClickException(str(trouble)) from trouble
    refused = target_folder(folder) or write_whole(folder / found.file_name, found.content)
    if refused is not None:
        raise click.ClickException(refused.words)
    where = str(folder / found.file_name)
    click.echo(json.dumps({"path": where, "events": found.events}) if as_json else where)
    click.echo(
        f"Everything held on {found.name}: {count(found.events, 'event')}. Read data.html in it first.",
        err=True,
    )
