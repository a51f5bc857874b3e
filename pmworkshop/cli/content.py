"""The verbs about the kit: check, schema, show."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pmworkshop.cli.options import AS_JSON, DATA, KIT, count, kit_at, kit_here
from pmworkshop.wiring.unusable import Unusable


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--watch", is_flag=True, help="Go on, and check again whenever a file changes, until Ctrl+C.")
@AS_JSON
@DATA
@KIT
def check(paths: Sequence[str], as_json: bool, data: str | None, kit: str | None, *, watch: bool) -> None:
    """Find every problem in PATHs, or in the kit that you are in. Exit 1 if there is an error."""
    del data
    from pmworkshop import library  # noqa: PLC0415

    if watch and as_json:
        raise click.UsageError("--watch is for people, --json for programs: take one of them.")
    root = kit_here(kit)
    places = [Path(path) for path in paths] or [root]
    if watch:
        sys.exit(_watch(places, root))
    try:
        problems = library.check_paths(places, root)
    except library.LibraryError as error:
        raise Unusable(str(error)) from error
    errors = sum(problem.severity == "error" for problem in problems)
    if as_json:
        fields = ("path", "line", "column", "severity", "what", "remedy")
        click.echo(json.dumps([{name: getattr(p, name) for name in fields} for p in problems], indent=2))
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}", err=True)
    sys.exit(1 if errors else 0)


def _watch(places: list[Path], root: Path) -> int:
    """Check now and after every change; return the exit code of the last check. Ends with Ctrl+C."""
    from pmworkshop.wiring.watching import follow, stamp, time_of_day  # noqa: PLC0415

    code = 0

    def look_again() -> None:
        nonlocal code
        code, lines, words = _checked(places, root)
        click.echo(f"{time_of_day()}  {words}", err=True)
        for line in lines:
            click.echo(line)
        sys.stdout.flush()

    click.echo("Checking whenever a file is saved. Ctrl+C ends it.", err=True)
    try:
        follow(lambda: stamp(places, root), look_again)
    except KeyboardInterrupt:
        click.echo("", err=True)
    return code


def _checked(places: list[Path], root: Path) -> tuple[int, list[str], str]:
    """Check once; return the exit code, the problems and a summary, also where there is nothing to check just now."""
    from pmworkshop import library  # noqa: PLC0415

    try:
        problems = library.check_paths(places, root)
    except (library.LibraryError, OSError) as error:  # a folder may be renamed under our eyes, and back again
        return 2, [], f"{error}; waiting until it is there"
    errors = sum(problem.severity == "error" for problem in problems)
    words = (
        f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}" if problems else "all well"
    )
    return 1 if errors else 0, [str(problem) for problem in problems], words


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
