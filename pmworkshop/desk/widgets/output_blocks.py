"""One output as a page for the trainer: who, when, every answer, what was amended, and what it comes to."""

from collections.abc import Iterator
from datetime import UTC, datetime

from pmworkshop.core.units import Duration, Instant
from pmworkshop.desk.widgets.markdown import GAP, Block
from pmworkshop.desk.widgets.parts import after_gaps, bold, heading, plain, quiet
from pmworkshop.desk.widgets.result_blocks import closing, outcome
from pmworkshop.desk.widgets.safe import safe
from pmworkshop.live.views.outputs import AnswerLine, OutputPage

WORK = {"each": "", "pair": "Pair work, one sheet for both", "group": "Group work, one sheet for all"}
PRIVATE = "Private answers are for whoever gave them, and for nobody else."


def output_blocks(page: OutputPage, utc_offset: Duration) -> tuple[Block, ...]:
    """Return one output as it reads, times of day where clocks are `utc_offset` ahead of UTC."""
    return (
        *_head(page, utc_offset),
        *_answers(page),
        *_result(page),
        *closing(page),
    )


def day_and_time(at: Instant, utc_offset: Duration) -> str:
    """Say a local day and time, such as `1 Mar 10:52`."""
    local = datetime.fromtimestamp((at + utc_offset) / 1000, UTC)
    return f"{local.day} {local:%b %H:%M}"


def _head(page: OutputPage, utc_offset: Duration) -> Iterator[Block]:
    yield bold("; ".join(page.people))
    if WORK[page.exercise.filled_by]:
        yield plain(WORK[page.exercise.filled_by])
    if page.withdrawn:
        yield Block(safe(f"Withdrawn: {page.withdrawn}").stylize("bold $text-warning"), "! ")
    for version in page.versions:
        at = day_and_time(version.at, utc_offset)
        yield quiet(f"{at}  {version.words}", f"Version {version.number}  " if len(page.versions) > 1 else "")
    if any(line.private for line in page.answers):
        yield quiet(PRIVATE)


def _answers(page: OutputPage) -> Iterator[Block]:
    numbers = {item.id: number for number, item in enumerate(page.exercise.items, 1)}
    for line in page.answers:
        yield GAP
        if line.section:
            yield heading(line.section)
        yield from _answer(line, numbers.get(line.item, 0))


def _answer(line: AnswerLine, number: int) -> Iterator[Block]:
    lead = f"{number:>2}. "
    yield quiet(line.text, lead)
    for text in line.lines:
        yield plain(text, indent=len(lead))
    for count, text in enumerate(line.before or ()):
        yield quiet(text, "before: " if count == 0 else "        ", len(lead))


def _result(page: OutputPage) -> Iterator[Block]:
    parts = tuple(after_gaps(outcome(page, explain=True)))
    if parts:
        yield GAP
        yield heading("What it comes to")
        yield from parts
