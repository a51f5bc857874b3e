"""The verbs about the kit: check, schema, show."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pmworkshop.cli.options import AS_JSON, DATA, KIT, count, kit_at
from pmworkshop.wiring.unusable import Unusable


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@AS_JSON
@DATA
@KIT
def check(paths: Sequence[str], as_json: bool, data: str | None, kit: str | None) -> None:
    """Find every problem in the kit's files, or in PATHs. Exit 1 if there is an error."""
    del data
    from pmworkshop import library  # noqa: PLC0415

    root = kit_at(kit)
    try:
        problems = library.check_paths([Path(path) for path in paths] or [root], root)
    except library.LibraryError as error:
        raise Unusable(str(error)) from error
    errors = sum(problem.severity == "error" for problem in problems)
    if as_json:
        fields = ("path", "line", "column", "severity", "what", "remedy")
        click.echo(json.dumps([{name: getattr(p, name) for name in fields} for p in problems], indent=2))
    else:
        for problem in problems:
            click.echo(str(problem))
        warnings = len(problems) - errors
        click.echo(f"{count(errors, 'error')}, {count(warnings, 'warning')}", err=True)
    sys.exit(1 if errors else 0)


@click.command()
@click.argument("name", metavar="[session|course|unit|centre|planned|exercise|deck]")
@DATA
@KIT
def schema(name: str, data: str | None, kit: str | None) -> None:
    """Print the JSON Schema of a kind of file, for editors."""
    del data, kit
    from pmworkshop import library  # noqa: PLC0415

    if name not in library.SCHEMAS:
        raise click.UsageError(f"There is no schema “{name}”. There are: {', '.join(library.SCHEMAS)}.")
    click.echo(library.schema_text(name), nl=False)


@click.command()
@click.argument("session")
@AS_JSON
@DATA
@KIT
def show(session: str, as_json: bool, data: str | None, kit: str | None) -> None:
    """Print SESSION's timetable."""
    del data
    from pmworkshop.wiring.finding import plan_of, session_id  # noqa: PLC0415
    from pmworkshop.wiring.show import timetable_json, timetable_lines  # noqa: PLC0415

    root = kit_at(kit)
    session = session_id(root, session)
    plan = plan_of(root, session)
    if as_json:
        click.echo(json.dumps(timetable_json(session, plan), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(timetable_lines(plan)))
