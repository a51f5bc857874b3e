"""The verbs. Stdout is data, stderr is talk; exit 0 is well, 1 is a problem found, 2 is a usage that cannot be.

What is slow to import is imported inside the verb that needs it.
"""

import sys

import click

from pmworkshop import __version__
from pmworkshop.cli.authors import new, preview
from pmworkshop.cli.content import check, schema, show
from pmworkshop.cli.day import assess, room, run
from pmworkshop.cli.demo import demo
from pmworkshop.cli.evidence import export, report
from pmworkshop.cli.importing import import_notes
from pmworkshop.cli.learning import learn
from pmworkshop.cli.options import DATA, KIT, data_of, kit_at, needs_terminal
from pmworkshop.cli.paper import paper
from pmworkshop.cli.people import data as data_verb
from pmworkshop.cli.people import erase
from pmworkshop.cli.records import log, verify
from pmworkshop.wiring.memory import collect_seldom


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pmworkshop")
@DATA
@KIT
@click.pass_context
def cli(context: click.Context, data: str | None, kit: str | None) -> None:
    """Run ILM sessions from timed plans. Without a verb: the desk, at Home."""
    context.obj = {"data": data, "kit": kit}
    if context.invoked_subcommand is None:
        needs_terminal()
        from pmworkshop.wiring.desk import run_desk  # noqa: PLC0415

        sys.exit(run_desk(data_of(data), kit_at(kit)))


for verb in (
    demo,
    run,
    assess,
    room,
    new,
    preview,
    import_notes,
    check,
    schema,
    show,
    log,
    verify,
    export,
    report,
    learn,
    erase,
    data_verb,
    paper,
):
    cli.add_command(verb)


def main() -> None:
    """Run the verbs with output that any terminal and any pipe can take."""
    collect_seldom()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    cli()
