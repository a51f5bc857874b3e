"""The verbs that print: run-sheet, handouts, cards, poster. Each writes one PDF and says where it is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pmworkshop.cli.options import DATA, KIT, count, data_of, kit_at

if TYPE_CHECKING:
    from pmworkshop.export.typesetting import Typeset

TO = click.option("--to", metavar="FILE|DIR", help="Where the PDF goes; without it, into the current folder.")


@click.group("print")
@DATA
@KIT
def paper(data: str | None, kit: str | None) -> None:
    """Make PDFs to print: the guide to a session, exercises, cards, the poster."""
    above = click.get_current_context().obj or {}
    click.get_current_context().obj = {"data": data or above.get("data"), "kit": kit or above.get("kit")}


@paper.command("run-sheet")
@click.argument("session")
@TO
@DATA
@KIT
def run_sheet(session: str, to: str | None, data: str | None, kit: str | None) -> None:
    """Print the facilitator's guide to SESSION: timetable, notes, look-fors, cautions, what to bring."""
    del data
    from pmworkshop.wiring.paper import run_sheet_of  # noqa: PLC0415

    name, made = run_sheet_of(kit_at(kit), session)
    _keep(made, to, name)


@paper.command()
@click.argument("exercises", nargs=-1, metavar="[EXERCISE]...")
@click.option("--cohort", metavar="NAME", help="One sheet for each of its people, with name and code.")
@click.option("--one-sided", is_flag=True, help="Leave out the blank pages that keep sheets apart in duplex.")
@TO
@DATA
@KIT
def handouts(
    exercises: Sequence[str],
    cohort: str | None,
    to: str | None,
    data: str | None,
    kit: str | None,
    *,
    one_sided: bool,
) -> None:
    """Print EXERCISEs as sheets to fill in by hand; without a name, all of them."""
    from pmworkshop.wiring.paper import handouts_of  # noqa: PLC0415

    made = handouts_of(kit_at(kit), data_of(data), exercises, cohort, leaves=not one_sided)
    for name, part, sheets, one in made:
        _keep(one, to, name, count(sheets, "sheet"), part)


@paper.command()
@click.argument("deck")
@TO
@DATA
@KIT
def cards(deck: str, to: str | None, data: str | None, kit: str | None) -> None:
    """Print DECK as cards: eight to an A4, to print on both sides (long edge) and cut apart."""
    del data
    from pmworkshop.wiring.paper import cards_of  # noqa: PLC0415

    name, made = cards_of(kit_at(kit), deck)
    _keep(made, to, name, "Print on both sides, turned over the long edge, at 100 %.")


@paper.command()
@click.option("--code", metavar="CODE", help="The room's code; without it, boxes to write it into.")
@click.option("--address", metavar="URL", help="The room's address; without it, a line to write it on.")
@click.option("--wifi", metavar="NAME", help="The Wi-Fi's name; without it, a line to write it on.")
@TO
@DATA
@KIT
def poster(
    code: str | None,
    address: str | None,
    wifi: str | None,
    to: str | None,
    data: str | None,
    kit: str | None,
) -> None:
    """Print how to join the room."""
    del data, kit
    from pmworkshop.wiring.paper import poster_of  # noqa: PLC0415

    name, made = poster_of(address=address, code=code, wifi=wifi)
    _keep(made, to, name)


def _keep(made: "Typeset", to: str | None, name: str, aside: str = "", part: str = "") -> None:
    """Write a paper; its path goes to stdout, what is worth knowing to stderr."""
    from pmworkshop.wiring.paper import keep  # noqa: PLC0415

    click.echo(keep(made, to, name, part))
    if aside:
        click.echo(aside, err=True)
    if made.replaced:
        shown = ", ".join("+".join(f"U+{ord(char):04X}" for char in one) for one in made.replaced[:10])
        click.echo(
            f"{count(len(made.replaced), 'character')} that no font has stand as their numbers: {shown}",
            err=True,
        )
    if not made.standards:
        click.echo("It is no accessible PDF (PDF/UA, PDF/A): something in it could not be set so.", err=True)
