"""Everything the plan says about one segment, as blocks to read from: notes first, doubts last."""

from collections.abc import Iterable, Iterator, Mapping

from textual.content import Content

from pmworkshop.core.plan import Option, Segment
from pmworkshop.desk.widgets.markdown import GAP, Block, markdown
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.run import RunView, numbered

ENDED = (
    "The session has ended. Everything is in the record.",
    "",
    "s  what was planned and what happened",
    "l  the notes, the parking lot among them",
    "v  the evidence: who has what, signatures, packs",
    "r  the register",
    "e  take the end back, and go on where it was",
)


def detail(view: RunView, titles: Mapping[str, str], welcome: str | None) -> tuple[Block, ...]:
    """Return the page for what `view` shows; `titles` names exercises and resources by id."""
    if view.segment is None:
        return tuple(Block(Content(words)) for words in ENDED)
    parts: list[Block] = []
    if view.phase == "before":
        parts += [
            _heading("Before the room fills"),
            *markdown(welcome or "p shows what to have in hand."),
            GAP,
        ]
        parts += [Block(Content.styled(f"First: {view.segment.title}", "bold $text-primary"))]
    parts += _segment(view.segment, view, titles)
    return tuple(parts)


def _segment(segment: Segment, view: RunView, titles: Mapping[str, str]) -> Iterator[Block]:
    if view.particulars:
        yield Block(Content.styled(view.particulars, "$foreground 70%"))
    if segment.caution:
        count = len(segment.caution)
        yield Block(
            Content.styled(
                f"! {count} caution{'s' if count > 1 else ''}, at the foot of this page", "$text-warning"
            )
        )
    if view.moved:
        yield Block(Content.styled(view.moved, "$text-warning"), "! ")
    if segment.purpose:
        yield Block(Content.styled(safe_line(segment.purpose).plain, "italic"))
    yield GAP
    if segment.notes:
        yield from markdown(segment.notes)
        yield GAP
    if segment.options:
        yield from _options(segment, view)
    yield from _labelled("Outcome", [segment.output] if segment.output else [])
    yield from _labelled("Activity", (titles.get(one, one) for one in segment.activities))
    yield from _labelled("In hand", (titles.get(one, one) for one in segment.resources))
    yield from _labelled("Criteria", [", ".join(segment.criteria)] if segment.criteria else [])
    yield Block(Content(f"{segment.priority}" + (f", {segment.shortest} min at the least" if segment.shortest else "")),
                "Priority  ")  # fmt: skip
    if segment.caution:
        yield GAP
        yield Block(Content.styled("Cautions", "bold $text-warning"))
        for caution in segment.caution:
            yield Block(safe_line(caution), "! ")


def _options(segment: Segment, view: RunView) -> Iterator[Block]:
    options = segment.options
    if options is None:
        return
    rule = "one of these; o chooses" if options.choose == "one" else "if there is time; o chooses"
    yield _heading(f"Options, {rule}")
    for option in options.of:
        chosen = option.id in view.chosen
        yield Block(Content.styled(_title(option), "bold" if chosen else ""), "(•) " if chosen else "( ) ")
        if option.notes and (chosen or not view.chosen):
            for block in markdown(option.notes):
                yield Block(block.content, block.lead, block.indent + 4)
    yield GAP


def _title(option: Option) -> str:
    parts = [option.title]
    parts += [f"{option.minutes} min"] if option.minutes else []
    parts += [numbered("slide", option.slides)] if option.slides else []
    parts += [numbered("page", option.pages)] if option.pages else []
    return " · ".join(parts)


def _heading(words: str) -> Block:
    return Block(Content.styled(words, "bold $text-primary"))


def _labelled(label: str, texts: Iterable[str]) -> Iterator[Block]:
    joined = "; ".join(texts)
    if joined:
        yield Block(safe_line(joined), f"{label:<10}")
