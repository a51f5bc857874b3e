"""One output as a page for the trainer: who, when, every answer, what was amended, and what it comes to."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from pmworkshop.core.units import Duration, Instant
from pmworkshop.desk.widgets.markdown import GAP, Block
from pmworkshop.desk.widgets.parts import after_gaps, bold, bullets, heading, plain, quiet, section
from pmworkshop.desk.widgets.result_blocks import closing, outcome
from pmworkshop.desk.widgets.safe import safe
from pmworkshop.live.views.outputs import HIDDEN, AnswerLine, OutputPage
from pmworkshop.live.views.own_pack import OwnPage

WORK = {"each": "", "pair": "Pair work, one sheet for both", "group": "Group work, one sheet for all"}


def output_blocks(page: OutputPage, utc_offset: Duration) -> tuple[Block, ...]:
    """Return one output as it reads, times of day where clocks are `utc_offset` ahead of UTC."""
    return (
        *_head(page, utc_offset),
        *_answers(page),
        *_result(page),
        *closing(page),
    )


def own_blocks(own: OwnPage) -> tuple[Block, ...]:
    """Return one output as it goes into its owner's pack, for them: and which questions stay out, or are blank."""
    page = own.page
    return (
        *((quiet(page.named),) if page.named else ()),
        *(_answers(page) if page.answers else (plain("Nothing of this sheet goes in."),)),
        *_result(page),
        *section("Left blank", bullets(own.blanks)),
        *section("Stays out: what you wrote to these", bullets(own.stays_out)),
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
    hidden = sum(line.lines == HIDDEN for line in page.answers)
    if hidden:
        answers = f"{hidden} answers are" if hidden > 1 else "1 answer is"
        yield quiet(f"{answers} private: for whoever gave them, and for nobody else.")


def _answers(page: OutputPage) -> Iterator[Block]:
    """Yield every answer that is not private, with the heading of its section."""
    numbers = {item.id: number for number, item in enumerate(page.exercise.items, 1)}
    title: str | None = None
    for line in page.answers:
        title = line.section or title
        if line.lines == HIDDEN:
            continue
        yield GAP
        if title:
            yield heading(title)
        title = None
        yield from _answer(line, numbers.get(line.item, 0))


def _answer(line: AnswerLine, number: int) -> Iterator[Block]:
    lead = f"{number:>2}. "
    yield quiet(line.text, lead)
    for text in line.lines:
        mark, rest = _entry(text)
        yield plain(rest, mark, len(lead))
    for count, text in enumerate(line.before or ()):
        mark, rest = _entry(text)
        yield quiet(rest, ("before: " if count == 0 else "        ") + mark, len(lead))


def _entry(text: str) -> tuple[str, str]:
    """Return the bullet or number that an entry of a list begins with, and the rest, for it to hang by."""
    found = re.match(r"(?:•|\d{1,2}\.) ", text)
    return (found[0], text[found.end() :]) if found else ("", text)


def _result(page: OutputPage) -> Iterator[Block]:
    parts = tuple(after_gaps(outcome(page, explain=True)))
    if parts:
        yield GAP
        yield heading("What it comes to")
        yield from parts
