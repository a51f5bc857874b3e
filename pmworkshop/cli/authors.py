"""The verbs for authors: new, preview."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmworkshop.cli.options import DATA, KIT, data_of, kit_given, kit_here, needs_terminal
from pmworkshop.wiring.unusable import Unusable

if TYPE_CHECKING:
    from pmworkshop.wiring.starting import Begun, Sort

TO = click.option("--to", metavar="DIR", help="Folder of the kit; without it, the one you are in.")


@click.group()
@DATA
@KIT
def new(data: str | None, kit: str | None) -> None:
    """Begin a session, an exercise, a deck of cards, a unit or a kit, with comments that explain every key."""
    above = click.get_current_context().obj or {}
    click.get_current_context().obj = {"data": data or above.get("data"), "kit": kit or above.get("kit")}


@new.command()
@click.argument("name")
@TO
@DATA
@KIT
def session(name: str, to: str | None, data: str | None, kit: str | None) -> None:
    """Begin the session NAME: segments, a fixed break, options; and put it on the course's list."""
    del data
    _begin("session", name, to, kit)


@new.command()
@click.argument("name")
@TO
@DATA
@KIT
def exercise(name: str, to: str | None, data: str | None, kit: str | None) -> None:
    """Begin the exercise NAME: one form with the commonest kinds of question."""
    del data
    _begin("exercise", name, to, kit)


@new.command()
@click.argument("name")
@TO
@DATA
@KIT
def deck(name: str, to: str | None, data: str | None, kit: str | None) -> None:
    """Begin the deck of cards NAME."""
    del data
    _begin("deck", name, to, kit)


@new.command()
@click.argument("name")
@TO
@DATA
@KIT
def unit(name: str, to: str | None, data: str | None, kit: str | None) -> None:
    """Begin the unit NAME: outcomes and criteria that evidence is held against."""
    del data
    _begin("unit", name, to, kit)


@new.command("kit")
@click.argument("name")
@click.option("--to", metavar="DIR", help="Folder in which the kit's own folder is made; without it, here.")
@click.option("--copy", is_flag=True, help="A copy of the kit that comes along, instead of a small one.")
@DATA
@KIT
def whole_kit(name: str, to: str | None, copy: bool, data: str | None, kit: str | None) -> None:
    """Begin the kit NAME, a folder: course, centre, and one unit, session, exercise and deck to write over."""
    del data, kit
    from pmworkshop.wiring.places import as_written, shipped_kit, there  # noqa: PLC0415
    from pmworkshop.wiring.starting import start_kit  # noqa: PLC0415

    where = as_written(to) if to else Path()
    if not there(where, Path.is_dir):
        raise Unusable(f"{where} is no folder. Make it first, or name another with --to.")
    begun = start_kit(name, where, copy=copy, shipped=shipped_kit())
    click.echo("\n".join(map(str, begun.paths)))
    click.echo(f"The kit is in {begun.root}. Go on there:", err=True)
    click.echo(f'  cd "{begun.root}"', err=True)
    click.echo("  pmworkshop check --watch          # says what is wrong, each time you save", err=True)
    first = next((one.stem for one in begun.paths if one.parent.name == "exercises"), "")
    click.echo(f"  pmworkshop preview {first:<14} # as participants will see it", err=True)


def _begin(sort: "Sort", name: str, to: str | None, kit: str | None) -> None:
    from pmworkshop.wiring.starting import start_file  # noqa: PLC0415

    root = _kit_to_write_into(to, kit)
    begun = start_file(sort, name, root)
    click.echo("\n".join(map(str, begun.paths)))
    for words in (*begun.said, *_next(sort, begun)):
        click.echo(words, err=True)


def _kit_to_write_into(to: str | None, kit: str | None) -> Path:
    """Return the kit that `--to` or `--kit` names, or the one that we are in."""
    from pmworkshop.wiring.places import as_written, kit_around, there  # noqa: PLC0415

    named = kit_given(kit) if to is None else None
    folder = as_written(to) if to else Path()
    found = named or (kit_around(folder) if there(folder, Path.is_dir) else None)
    if found is None:
        raise Unusable(
            f"there is no kit in {to or 'this folder'}. `pmworkshop new kit NAME` makes one; "
            "or go into a kit's folder, or name it with --to."
        )
    return found


def _next(sort: "Sort", begun: "Begun") -> list[str]:
    """Say what to do next, with the verb that shows the thing."""
    from pmworkshop.wiring.places import kit_around  # noqa: PLC0415

    place = f'"{begun.root}"' if " " in str(begun.root) else str(begun.root)
    here = kit_around(Path())
    at = "" if here is not None and here.absolute() == begun.root.absolute() else f" --kit {place}"
    watch = f"`pmworkshop check --watch{at}` says what is wrong, each time you save."
    words = [f"Open {begun.paths[0].name} in your editor. {watch}"]
    if sort in ("exercise", "deck"):
        words.append(f"`pmworkshop preview {begun.id}{at}` shows it as participants will see it.")
    if sort == "session":
        words.append(f"`pmworkshop show {begun.id}{at}` prints its timetable.")
    return words


@click.command()
@click.argument("what", metavar="EXERCISE|DECK|FILE")
@DATA
@KIT
def preview(what: str, data: str | None, kit: str | None) -> None:
    """Show an exercise or a deck as participants will see it, on the desk and on a phone. Nothing is kept."""
    from pmworkshop.wiring.previewing import find, previewing, show_preview  # noqa: PLC0415

    file = find(what, kit_here(kit))
    with previewing(file, data_of(data)) as house:
        shown = house.look()
        for problem in shown.problems:
            click.echo(problem, err=True)
        if not shown.fit:
            raise click.ClickException(f"{file.place} cannot be shown as it stands.")
        needs_terminal()
        sys.exit(show_preview(house))
