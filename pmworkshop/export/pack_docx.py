"""A pack as a Word document that can be edited: the same as on paper, and at its end the frame of an assignment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from pmworkshop.export import pack_words as words
from pmworkshop.export.docx_outputs import put_output
from pmworkshop.live.views.pack import (
    CriterionLine,
    OutcomeLines,
    PackRecord,
    PackView,
    SessionRecord,
    Signing,
)

if TYPE_CHECKING:
    from pmworkshop.export.docx_elements import Link
    from pmworkshop.export.docx_paper import Paper

ASSIGNMENT: Final = "The assignment, to be written"
FRAME: Final = (
    "Write under each learning outcome, about your own organisation and in your own words. What stands in italics "
    "is the criterion as the unit words it; the numbers lead to your evidence above, which you may point to."
)
_PARTS: Final = (
    ("declarations", words.DECLARATIONS),
    ("index", words.INDEX),
    ("matrix", words.MATRIX),
    ("outputs", words.OUTPUTS),
    ("records", words.RECORDS),
    ("sessions", words.SESSIONS),
    ("provenance", words.PROVENANCE),
    ("assessor", words.ASSESSOR),
    ("assignment", ASSIGNMENT),
)


def pack_docx(view: PackView, photos: Mapping[str, bytes]) -> bytes:
    """Return a pack as DOCX, the same bytes for the same view; `photos` are JPEG or PNG by their SHA-256.

    A photo that is not among them, or that cannot be read, is named in its place.
    """
    from pmworkshop.export.docx_paper import Paper  # noqa: PLC0415  # slow to import

    cover = view.cover
    title = f"{words.TITLE}: {cover.learner}, {cover.unit_reference}"
    paper = Paper(title=title, author=cover.learner, subject=f"{cover.unit_reference} {cover.unit_title}")
    when = words.moment(view.at)
    if when is not None:
        paper.dated(when.replace(microsecond=0))
    paper.running(f"{words.TITLE}: {cover.learner}", view.mark, f"{cover.unit_reference}, {view.made}")
    _front(paper, view)
    _index(paper, view)
    _heading(paper, "matrix")
    for outcome in view.matrix:
        _outcome(paper, outcome)
    _heading(paper, "outputs")
    if not view.outputs:
        paper.text(words.NOTHING_YET)
    for one in view.outputs:
        put_output(paper, one, photos)
    if view.records:
        _heading(paper, "records")
        for record in view.records:
            _record(paper, record)
    if view.sessions:
        _heading(paper, "sessions")
        for session in view.sessions:
            _session(paper, session)
    _back(paper, view)
    return paper.finished()


def _heading(paper: "Paper", part: str) -> None:
    paper.heading(1, dict(_PARTS)[part], part)


def _facts(paper: "Paper", name: str, pairs: Iterable[tuple[str, str]]) -> None:
    paper.table(name, (3, 7), ("Particulars", "Entry"), pairs)


def _links(numbers: Sequence[str]) -> list["str | Link"]:
    """Return links to pieces of evidence, with commas between them."""
    from pmworkshop.export.docx_elements import Link  # noqa: PLC0415  # slow to import

    found: list[str | Link] = []
    for number in dict.fromkeys(numbers):
        found += [*([", "] if found else []), Link(to=number, text=number)]
    return found


def _front(paper: "Paper", view: PackView) -> None:
    cover = view.cover
    paper.heading(0, cover.learner)
    paper.text(f"{words.TITLE}, {cover.unit_reference} {cover.unit_title}", "Quiet")
    if view.lacks:
        paper.text("This is a draft.", "Question")
        paper.bullets(view.lacks)
    _facts(paper, "Cover sheet", words.cover_facts(view))
    paper.text(cover.caution)
    _heading(paper, "declarations")
    _signing(paper, view.learner)
    _signing(paper, view.centre)
    paper.heading(1, words.CONTENTS)
    paper.contents(_contents(view))


def _contents(view: PackView) -> Iterator[tuple[int, "Link"]]:
    from pmworkshop.export.docx_elements import Link  # noqa: PLC0415  # slow to import

    below: dict[str, list[tuple[str, str]]] = {
        "outputs": [(one.number, words.evidence_title(one)) for one in view.outputs],
        "records": [(one.number, one.title) for one in view.records],
    }
    for part, title in _PARTS:
        if (part == "records" and not view.records) or (part == "sessions" and not view.sessions):
            continue
        yield 1, Link(to=part, text=title)
        for number, name in below.get(part, ()):
            yield 2, Link(to=number, text=f"{number} {name}")


def _signing(paper: "Paper", one: Signing) -> None:
    paper.heading(2, one.whose)
    paper.bullets(one.declarations)
    if one.statements:
        _facts(paper, f"{one.whose}: statements", one.statements)
    paper.text(one.words if one.name else f"{one.words} Name and date:", "Question")
    if one.void:
        paper.text("This signature does not hold any more:")
        paper.bullets(one.void)


def _index(paper: "Paper", view: PackView) -> None:
    _heading(paper, "index")
    if not view.index:
        paper.text(words.NOTHING_YET)
        return
    rows = (
        (_links([one.number]), one.title, one.day, one.kind, ", ".join(one.criteria) or "–")  # noqa: RUF001  # an empty cell
        for one in view.index
    )
    paper.table(words.INDEX, (2, 9, 5, 4, 4), ("No.", "Evidence", "When", "Kind", "Supports"), rows)


def _outcome(paper: "Paper", outcome: OutcomeLines) -> None:
    title = f"{outcome.id}. {outcome.title}"
    paper.heading(2, title)
    paper.table(title, (11, 5, 5), ("Criterion", "Evidence", "So far"), map(_criterion, outcome.criteria))


def _criterion(one: CriterionLine) -> tuple[str, list["str | Link"], str]:
    lines = "\n".join((f"{one.id} {one.text}", *words.criterion_notes(one)))
    found: list[str | Link] = []
    for number, kind in one.evidence:
        said = "" if kind == "individual" else f" {kind}"
        found += [*(["\n"] if found else []), *_links([number]), said]
    return lines, found or ["–"], one.words  # noqa: RUF001  # an empty cell


def _record(paper: "Paper", one: PackRecord) -> None:
    paper.heading(2, f"{one.number} {one.title}", one.number)
    _facts(paper, f"About {one.number}", words.record_facts(one))
    paper.text(one.text)
    paper.text("Signed by who wrote it:\nSigned by the participant:", "Quiet")


def _session(paper: "Paper", one: SessionRecord) -> None:
    paper.heading(2, one.title)
    paper.text(f"{one.day}. {one.headline}")
    paper.text(f"Attendance: {one.attendance}")
    rows = ((row.title, row.planned, row.actual or "not run", row.difference) for row in one.segments)
    paper.table(one.title, (8, 4, 4, 4), ("Part", "Planned", "Actual", "Difference"), rows)
    if one.charts:
        paper.heading(3, "From the flip charts")
        paper.bullets(one.charts)


def _back(paper: "Paper", view: PackView) -> None:
    _heading(paper, "provenance")
    _facts(paper, words.PROVENANCE, words.origin(view))
    if view.provenance.versions:
        paper.heading(2, "Versions")
        paper.bullets([*_links([number]), f" {said}"] for number, said in view.provenance.versions)
    if view.provenance.mapped:
        paper.heading(2, "Criteria put right by the trainer")
        paper.bullets(view.provenance.mapped)
    paper.text(view.retention)
    _heading(paper, "assessor")
    ticks = ((f"{word}. {asks}", "☐", "") for word, asks in words.VACSR)
    paper.table(words.ASSESSOR, (8, 2, 9), ("The evidence is", "Tick", "Note"), ticks)
    _assignment(paper, view)


def _assignment(paper: "Paper", view: PackView) -> None:
    """Add the frame of the assignment: each learning outcome, its criteria word for word, the evidence for each."""
    _heading(paper, "assignment")
    paper.text(FRAME, "Quiet")
    for outcome in view.matrix:
        paper.heading(2, f"Learning outcome {outcome.id}: {outcome.title}")
        for one in outcome.criteria:
            paper.text(f"{one.id} {one.text}", "Criterion")
            numbers = [number for number, _ in one.evidence]
            asks = f". Asks for {one.minimum}." if one.minimum else "."
            paper.text(["Evidence: ", *(_links(numbers) or ["none yet"]), asks], "Quiet")
            paper.text("")
