"""The verb demo: the whole of it on invented people, and what to look at afterwards."""

import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from pmworkshop.cli.options import DATA, KIT, count, data_of, kit_given
from pmworkshop.wiring.unusable import Unusable

if TYPE_CHECKING:
    from pmworkshop.wiring.demo.play import Shown


@click.command()
@click.option(
    "--to", metavar="DIR", help="Folder for packs and reports; without it, `exports` beside the record."
)
@DATA
@KIT
def demo(to: str | None, data: str | None, kit: str | None) -> None:
    """Play both sessions with eight invented people, make their packs, and say what to look at."""
    if kit_given(kit) is not None:
        raise Unusable("the demonstration plays with the kit that comes along; leave --kit out")
    from pmworkshop.live.record import RecordTroubleError  # noqa: PLC0415
    from pmworkshop.wiring.demo.play import demonstrate  # noqa: PLC0415
    from pmworkshop.wiring.places import as_written, data_folder, shipped_kit  # noqa: PLC0415

    steps = Steps()
    try:
        shown = demonstrate(data_of(data), shipped_kit(), as_written(to) if to else None, steps.tell)
    except RecordTroubleError as trouble:
        raise click.ClickException(str(trouble)) from trouble
    finally:
        steps.over()
    click.echo("\n".join(_said(shown, usual=shown.data == data_folder(None))))
    for words in shown.trouble:
        click.echo(words, err=True)
    sys.exit(1 if shown.trouble else 0)


class Steps:
    """What is being done, on stderr: one line that is written over on a terminal, a line for each step elsewhere."""

    def __init__(self) -> None:
        self._over = sys.stderr.isatty()
        self._longest = 0

    def tell(self, words: str) -> None:
        """Say a step."""
        if not self._over:
            click.echo(words, err=True)
            return
        words = words[: shutil.get_terminal_size().columns - 1]
        self._longest = max(self._longest, len(words))
        click.echo(f"\r{words:<{self._longest}}", nl=False, err=True)

    def over(self) -> None:
        """Leave no half line behind."""
        if self._over and self._longest:
            click.echo(f"\r{'':<{self._longest}}\r", nl=False, err=True)


def _said(shown: "Shown", *, usual: bool) -> Iterator[str]:
    """Say where everything is and what to do next; `usual` where the cohort lies where the app looks for cohorts."""
    yield f"DEMONSTRATION. Eight invented people, two mornings, {count(shown.events, 'event')} on the record."
    yield f"The cohort is “{shown.cohort}” in {shown.data}."
    if shown.replaced:
        yield "It took the place of the demonstration that was there before. No other cohort was touched."
    final = [one for one in shown.packs if one.path and not one.lacks]
    drafts = [one for one in shown.packs if one.path and one.lacks]
    if shown.packs and shown.packs[0].path:
        yield f"\nEvidence packs are in {shown.packs[0].path.parent}"
    for one in final:
        yield f"  {one.name}: complete and signed"
    for one in drafts:
        yield f"  {one.name}: DRAFT. {' '.join(one.lacks)}"
    if shown.reports:
        yield f"Reports are in {shown.reports[0].parent}"
    if shown.look:
        yield "\nOpen first, one pack unpacked:"
        yield f"  {shown.look / 'evidence-pack.pdf'}"
        yield "  Look at the criterion matrix, at what was amended, and at the signatures on the cover sheet."
    if shown.reports:
        yield f"  {shown.reports[0]}"
    yield "\nThen try:"
    app = "pmworkshop" if usual else f'pmworkshop --data "{shown.data}"'
    example = next((one.path for one in (*final, *drafts) if one.path), None)
    if example:
        yield f'  {app} verify "{example}" --against "{shown.cohort}"'
    yield f"  {app}"
    yield "    opens the app; Home shows the cohort, marked DEMONSTRATION."
