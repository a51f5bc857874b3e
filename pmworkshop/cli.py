"""The verbs. Stdout is data, stderr is talk; exit 0 is well, 1 is a problem found, 2 is a usage that cannot be.

What is slow to import is imported inside the verb that needs it.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from pmworkshop import __version__
from pmworkshop.wiring.unusable import Unusable

F = TypeVar("F", bound=Callable[..., Any])

DATA = click.option("--data", metavar="DIR", help="Folder of the cohorts (or PMWORKSHOP_DATA).")
KIT = click.option("--kit", metavar="DIR", help="Folder of the kit; without it, the one that comes along.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="For programs.")


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pmworkshop")
@DATA
@KIT
@click.pass_context
def cli(context: click.Context, data: str | None, kit: str | None) -> None:
    """Run ILM sessions from timed plans. Without a verb: the desk, at Home."""
    context.obj = {"data": data, "kit": kit}
    if context.invoked_subcommand is None:
        _needs_terminal()
        from pmworkshop.wiring.desk import run_desk  # noqa: PLC0415

        sys.exit(run_desk(_data(data), _kit(kit)))


@cli.command()
@click.argument("session")
@click.option("--cohort", metavar="NAME", help="The group; a new name makes a new cohort.")
@click.option(
    "--rehearse",
    metavar="SPEED",
    help="At a multiple of real time, on a cohort that is thrown away.",
)
@DATA
@KIT
def run(session: str, cohort: str | None, rehearse: str | None, data: str | None, kit: str | None) -> None:
    """Run SESSION for a cohort, straight away, or rehearse it."""
    from pmworkshop.wiring.finding import not_nearly, session_id, speed_of  # noqa: PLC0415

    root = _kit(kit)
    session = session_id(root, session)
    if rehearse is None and not (cohort and cohort.strip()):
        raise click.UsageError(
            "Say for whom: --cohort NAME (a new name makes a new cohort), or --rehearse SPEED."
        )
    speed = speed_of(rehearse) if rehearse is not None else None
    if speed is None:
        not_nearly(_data(data), cohort or "")
    _needs_terminal()
    from pmworkshop.wiring import desk  # noqa: PLC0415

    if speed is not None:
        sys.exit(desk.rehearse(_data(data), root, session, speed))
    sys.exit(desk.run_desk(_data(data), root, session=session, cohort=cohort or ""))


@cli.command()
@click.argument("exercise")
@click.option("--cohort", metavar="NAME", required=True, help="The group; a new name makes a new cohort.")
@click.option("--code", metavar="CODE", help="What leads back, at least 4 characters; asked for without it.")
@DATA
@KIT
def assess(exercise: str, cohort: str, code: str | None, data: str | None, kit: str | None) -> None:
    """Pass the laptop: participants fill EXERCISE in, one after the other."""
    from pmworkshop.wiring.finding import code_of, exercise_id, not_nearly  # noqa: PLC0415

    root = _kit(kit)
    exercise = exercise_id(root, exercise)
    not_nearly(_data(data), cohort)
    code = code_of(code)
    _needs_terminal()
    from pmworkshop.wiring.desk import assess_at_desk  # noqa: PLC0415

    sys.exit(assess_at_desk(_data(data), root, exercise=exercise, cohort=cohort, code=code))


@cli.command()
@click.argument("cohort")
@click.option("--session", metavar="SESSION", help="The session that phones and projector follow.")
@click.option("--open", "opened", metavar="EXERCISE,…", help="Exercises to open at once.")
@click.option(
    "--host", metavar="HOST", help="Serve at this address only; without it, at all of this laptop's."
)
@click.option("--port", type=click.IntRange(0, 65535), help="Without it, the first free one from 8600 on.")
@click.option("--tls-cert", metavar="FILE", help="Serve by https with this certificate …")
@click.option("--tls-key", metavar="FILE", help="… and its key.")
@AS_JSON
@DATA
@KIT
def room(
    cohort: str,
    session: str | None,
    opened: str | None,
    as_json: bool,
    data: str | None,
    kit: str | None,
    **at: Any,
) -> None:
    """Serve COHORT's room to phones and the projector, without the desk, until Ctrl+C. A new name makes a new cohort."""
    from pmworkshop.wiring.finding import exercise_id, not_nearly, session_id  # noqa: PLC0415

    root = _kit(kit)
    session = session_id(root, session) if session else None
    exercises = [exercise_id(root, one.strip()) for one in (opened or "").split(",") if one.strip()]
    cert, key = at["tls_cert"], at["tls_key"]
    if bool(cert) != bool(key):
        raise click.UsageError("--tls-cert and --tls-key go together.")
    if not cohort.strip():
        raise click.UsageError("Say for whom: a new name makes a new cohort.")
    not_nearly(_data(data), cohort)
    from pmworkshop.room.door import Where  # noqa: PLC0415
    from pmworkshop.room.server import Tls  # noqa: PLC0415
    from pmworkshop.wiring.room import serve_room  # noqa: PLC0415

    where = Where(host=at["host"], port=at["port"], tls=Tls(cert=cert, key=key) if cert else None)
    serve_room(_data(data), root, cohort, session, exercises, where, as_json=as_json)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@AS_JSON
@DATA
@KIT
def check(paths: Sequence[str], as_json: bool, data: str | None, kit: str | None) -> None:
    """Find every problem in the kit's files, or in PATHs. Exit 1 if there is an error."""
    del data
    from pmworkshop import library  # noqa: PLC0415

    root = _kit(kit)
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
        click.echo(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}", err=True)
    sys.exit(1 if errors else 0)


@cli.command()
@click.argument("name", metavar="[session|course|unit|planned|exercise|deck]")
@DATA
@KIT
def schema(name: str, data: str | None, kit: str | None) -> None:
    """Print the JSON Schema of a kind of file, for editors."""
    del data, kit
    from pmworkshop import library  # noqa: PLC0415

    if name not in library.SCHEMAS:
        raise click.UsageError(f"There is no schema “{name}”. There are: {', '.join(library.SCHEMAS)}.")
    click.echo(library.schema_text(name), nl=False)


@cli.command()
@click.argument("session")
@AS_JSON
@DATA
@KIT
def show(session: str, as_json: bool, data: str | None, kit: str | None) -> None:
    """Print SESSION's timetable."""
    del data
    from pmworkshop.wiring.finding import plan_of, session_id  # noqa: PLC0415
    from pmworkshop.wiring.show import timetable_json, timetable_lines  # noqa: PLC0415

    root = _kit(kit)
    session = session_id(root, session)
    plan = plan_of(root, session)
    if as_json:
        click.echo(json.dumps(timetable_json(session, plan), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(timetable_lines(plan)))


@cli.command()
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
        reading = journal.read_rows(_journal(data, cohort))
    except journal.JournalError as error:
        raise click.ClickException(str(error)) from error
    for row in reading.rows:
        click.echo(log_line(row, as_json=as_json))
    if reading.trouble:
        raise click.ClickException(reading.trouble)


@cli.command()
@click.argument("cohort")
@AS_JSON
@DATA
@KIT
def verify(cohort: str, as_json: bool, data: str | None, kit: str | None) -> None:
    """Walk COHORT's record and say whether every link holds. Exit 1 at the first that does not."""
    del kit
    from pmworkshop import journal  # noqa: PLC0415

    try:
        report = journal.verify(_journal(data, cohort))
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


def main() -> None:
    """Run the verbs with output that any terminal and any pipe can take."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    cli()


def _needs_terminal() -> None:
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise Unusable(
            "the desk needs a terminal to draw on and to type at; open a terminal window and start it there. "
            "`pmworkshop --help` lists what works without one."
        )


def _up(name: str, given: str | None) -> str | None:
    """Return an option as given here, or before the verb."""
    context = click.get_current_context(silent=True)
    return given or (context.obj or {}).get(name) if context else given


def _data(given: str | None) -> Path:
    from pmworkshop.wiring.places import data_folder  # noqa: PLC0415

    return data_folder(_up("data", given))


def _journal(data: str | None, cohort: str) -> Path:
    from pmworkshop.wiring.finding import journal_of  # noqa: PLC0415

    return journal_of(_data(data), cohort)


def _kit(given: str | None) -> Path:
    given = _up("kit", given)
    from pmworkshop.wiring.places import as_written, shipped_kit, there  # noqa: PLC0415

    if given is None:
        return shipped_kit()
    root = as_written(given)
    if not there(root / "sessions", Path.is_dir):
        raise Unusable(
            f"{given} is not a kit: there is no folder `sessions` in it. Name the folder that holds it."
        )
    return root


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
