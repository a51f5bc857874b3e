"""The verb `import`: a trainer's notes into session plans."""

import click

from pmworkshop.cli.options import DATA, KIT, count, kit_given


@click.command("import")
@click.argument("notes", metavar="NOTES")
@click.option(
    "--to",
    metavar="FILE|DIR",
    help="Where the plans go; without it, the kit's folder `sessions` if there is one here, else this folder.",
)
@click.option("--session", "wanted", metavar="NAME", help="Only this session of the notes, such as A.")
@DATA
@KIT
def import_notes(notes: str, to: str | None, wanted: str | None, data: str | None, kit: str | None) -> None:
    """Make session plans of a trainer's NOTES (.txt, .md, .docx); what was unsure is marked in them."""
    del data
    from pmworkshop.core.text import clean_line  # noqa: PLC0415  # rarely needed
    from pmworkshop.wiring.importing import keep, notes_at, sessions_in, targets, to_list  # noqa: PLC0415
    from pmworkshop.wiring.listing import list_session  # noqa: PLC0415

    read, remark = notes_at(notes)
    found = sessions_in(read, wanted, notes)
    paths = targets(found, to, kit_given(kit))
    keep(paths, found)
    if remark:
        click.echo(remark, err=True)
    for path, one in zip(paths, found, strict=True):
        click.echo(str(path))
        unsure = f"{count(len(one.unsure), 'place')} unsure" if one.unsure else "nothing unsure"
        click.echo(f"{clean_line(one.title)}: {count(one.segments, 'segment')}, {unsure}", err=True)
        for number, words in one.unsure:
            mark = ":" if read.unit == "line" else f", {read.unit} "
            where = "" if number is None else f"{mark}{number}"
            click.echo(f"  {clean_line(notes)}{where}: {words}", err=True)
    for name in to_list(paths):
        click.echo(list_session(paths[0].parent.parent, name), err=True)
