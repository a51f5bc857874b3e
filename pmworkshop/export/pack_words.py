"""The words that every document of a pack shares, so that the PDF, the web page and the Word file read alike."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from pmworkshop.core.units import Instant
from pmworkshop.live.views.pack import CriterionLine, PackOutput, PackRecord, PackView

TITLE: Final = "Evidence pack"
DECLARATIONS: Final = "Declarations and signatures"
CONTENTS: Final = "Contents"
INDEX: Final = "Evidence index"
MATRIX: Final = "Criteria and evidence"
OUTPUTS: Final = "Evidence"
RECORDS: Final = "Observation records and witness statements"
SESSIONS: Final = "The sessions, planned and actual"
PROVENANCE: Final = "Where this comes from"
ASSESSOR: Final = "For the assessor"
NO_ANSWER: Final = "No answer."
NO_PHOTO: Final = "The photo is not kept on the trainer's laptop any more."
NOTHING_YET: Final = "Nothing has been handed in yet."
VACSR: Final = (
    ("Valid", "It shows what the criteria ask for."),
    ("Authentic", "It is this person's own, or says whose else it is."),
    ("Current", "It is recent enough to count."),
    ("Sufficient", "There is enough of it for every criterion that is claimed."),
    ("Reliable", "Another assessor would come to the same decision."),
)
"""What an assessor ticks, and what each word asks."""


def cover_facts(view: PackView) -> tuple[tuple[str, str], ...]:
    """Return the cover sheet as pairs of heading and text; an empty text is a line to write on."""
    cover = view.cover
    return (
        ("Learner", cover.learner),
        ("Registration number", cover.registration),
        ("Organisation", cover.organisation),
        ("Centre", cover.centre_name),
        ("Centre number", cover.centre_number),
        ("Unit", f"{cover.unit_reference} {cover.unit_title}"),
        ("Level and credits", f"Level {cover.unit_level}, {cover.unit_credits} credits"),
        ("Sessions", "\n".join(cover.course_sessions)),
        ("Cohort", cover.cohort),
        ("Trainer", cover.trainer),
        ("Submission", cover.submission),
    )


def evidence_title(one: PackOutput) -> str:
    """Return an output's title, with what tells it from others of its exercise."""
    return f"{one.page.title}, {one.page.named}" if one.page.named else one.page.title


def output_facts(one: PackOutput) -> tuple[tuple[str, str], ...]:
    """Return what is to be known of an output before it is read, as pairs of heading and text."""
    kind = "Group work, nobody's own" if one.kind == "group" else "Individual work"
    found = (
        ("When", one.when),
        ("Where", one.delivered_in),
        ("How", one.how),
        ("Kind", kind),
        ("By", ", ".join(one.page.people) if one.kind == "group" else ""),
        ("Supports", ", ".join(one.criteria) or "no criterion by itself"),
    )
    return tuple((heading, text) for heading, text in found if text)


def record_facts(one: PackRecord) -> tuple[tuple[str, str], ...]:
    """Return the particulars of a record, as pairs of heading and text."""
    kept = ("Kept", one.when)
    return (*one.particulars, kept, ("Supports", ", ".join(one.criteria) or "no criterion by itself"))


def criterion_notes(one: CriterionLine) -> Iterator[str]:
    """Yield what else is to be said of a criterion: what it asks for, how old the evidence is, what would help."""
    if one.minimum:
        yield f"Asks for {one.minimum}."
    if one.newest:
        yield f"Newest: {one.newest}."
    if one.still_open:
        yield f"Would support it: {', '.join(one.still_open)}."


def origin(view: PackView) -> tuple[tuple[str, str], ...]:
    """Return where a pack comes from, as pairs of heading and text."""
    return (*(line for line in view.provenance.lines if line[1]), ("As of", view.made))


def moment(at: Instant) -> datetime | None:
    """Return an instant as a date and time in UTC; None where Python's calendar does not reach."""
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
    except OverflowError:
        return None
