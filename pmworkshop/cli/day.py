"""The verbs of the day: run, assess, room."""

import sys
from typing import Any

import click

from pmworkshop.cli.options import AS_JSON, DATA, KIT, data_of, kit_at, needs_terminal


@click.command()
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

    root = kit_at(kit)
    session = session_id(root, session)
    if rehearse is None and not (cohort and cohort.strip()):
        raise click.UsageError(
            "Say for whom: --cohort NAME (a new name makes a new cohort), or --rehearse SPEED."
        )
    speed = speed_of(rehearse) if rehearse is not None else None
    if speed is None:
        not_nearly(data_of(data), cohort or "")
    needs_terminal()
    from pmworkshop.wiring import desk  # noqa: PLC0415

    if speed is not None:
        sys.exit(desk.rehearse(data_of(data), root, session, speed))
    sys.exit(desk.run_desk(data_of(data), root, session=session, cohort=cohort or ""))


@click.command()
@click.argument("exercise")
@click.option("--cohort", metavar="NAME", required=True, help="The group; a new name makes a new cohort.")
@click.option("--code", metavar="CODE", help="What leads back, at least 4 characters; asked for without it.")
@DATA
@KIT
def assess(exercise: str, cohort: str, code: str | None, data: str | None, kit: str | None) -> None:
    """Pass the laptop: participants fill EXERCISE in, one after the other."""
    from pmworkshop.wiring.finding import code_of, exercise_id, not_nearly  # noqa: PLC0415

    root = kit_at(kit)
    exercise = exercise_id(root, exercise)
    not_nearly(data_of(data), cohort)
    code = code_of(code)
    needs_terminal()
    from pmworkshop.wiring.desk import assess_at_desk  # noqa: PLC0415

    sys.exit(assess_at_desk(data_of(data), root, exercise=exercise, cohort=cohort, code=code))


@click.command()
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

    root = kit_at(kit)
    session = session_id(root, session) if session else None
    exercises = [exercise_id(root, one.strip()) for one in (opened or "").split(",") if one.strip()]
    cert, key = at["tls_cert"], at["tls_key"]
    if bool(cert) != bool(key):
        raise click.UsageError("--tls-cert and --tls-key go together.")
    if not cohort.strip():
        raise click.UsageError("Say for whom: a new name makes a new cohort.")
    not_nearly(data_of(data), cohort)
    from pmworkshop.room.door import Where  # noqa: PLC0415
    from pmworkshop.room.server import Tls  # noqa: PLC0415
    from pmworkshop.wiring.room import serve_room  # noqa: PLC0415

    where = Where(host=at["host"], port=at["port"], tls=Tls(cert=cert, key=key) if cert else None)
    serve_room(data_of(data), root, cohort, session, exercises, where, as_json=as_json)
