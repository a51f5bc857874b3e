"""One person's evidence pack as it reads: every document in a pack is made from this, so that no two disagree.

Nothing of anybody else is in it: who else made something stands as initials, unless they agreed to be named. All
times are words, local to the session. Free text is as it was written: whoever prints it makes it safe.
"""

from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value
from pmworkshop.live.views.outputs import OutputPage


@value
class Cover:
    """The cover sheet; what is not known is empty, to be written in by hand."""

    centre_name: str
    centre_number: str
    learner: str
    registration: str
    organisation: str
    unit_reference: str
    unit_title: str
    unit_level: int
    unit_credits: int
    course_sessions: tuple[str, ...]
    cohort: str
    trainer: str
    submission: str
    caution: str


@value
class Signing:
    """Declarations and the signature under them; `words` say who signed when and how, or that nobody has.

    `void` lists what has changed since, where the signature no longer holds. `statements` are pairs of question and
    answer, such as the use of AI tools. `at` is None and `route` empty where nobody has signed.
    """

    whose: str
    declarations: tuple[str, ...]
    name: str
    words: str
    signed: bool
    at: Instant | None = None
    route: str = ""
    void: tuple[str, ...] = ()
    statements: tuple[tuple[str, str], ...] = ()


@value
class Photo:
    """A photo that belongs to an output: its hash, by which it is kept, its name in the pack, what it shows."""

    sha256: str
    file: str
    alt: str


@value
class PackOutput:
    """One output as it goes in; `page` holds only what goes in, names by initials.

    `number` is E01 …; `kind` individual or group; `withheld` says that private answers were left out.
    """

    number: str
    output: OutputId
    version: int
    kind: str
    at: Instant
    when: str
    route: str
    entered_by: str
    delivered_in: str
    how: str
    page: OutputPage
    criteria: tuple[str, ...]
    photos: tuple[Photo, ...]
    withheld: str
    blanks: tuple[str, ...]
    raw: tuple[tuple[str, object], ...]


@value
class PackRecord:
    """An observation record or a witness statement as it goes in; `particulars` are pairs of heading and text."""

    number: str
    record: str
    kind: str
    title: str
    at: Instant
    when: str
    particulars: tuple[tuple[str, str], ...]
    text: str
    criteria: tuple[str, ...]


@value
class IndexLine:
    """One line of the evidence index; `kind` individual, group, observation or witness; `place` is its heading."""

    number: str
    day: str
    title: str
    kind: str
    place: str
    criteria: tuple[str, ...]


@value
class CriterionLine:
    """One criterion of the matrix: `evidence` pairs of number and kind, `words` “supports” or “not yet: …”.

    `minimum` says what is asked for, empty where one piece will do; `still_open` names exercises that would support it.
    """

    id: str
    text: str
    evidence: tuple[tuple[str, str], ...]
    supported: bool
    words: str
    minimum: str
    newest: str
    still_open: tuple[str, ...]


@value
class OutcomeLines:
    """One learning outcome with its criteria."""

    id: int
    title: str
    criteria: tuple[CriterionLine, ...]


@value
class SegmentLine:
    """One segment as planned and as run; `actual` is empty where it was not."""

    title: str
    planned: str
    actual: str
    difference: str


@value
class SessionRecord:
    """One session as planned and as run, and how this person attended it."""

    title: str
    day: str
    headline: str
    attendance: str
    segments: tuple[SegmentLine, ...]
    charts: tuple[str, ...]


@value
class Provenance:
    """Where all this comes from, for whoever checks it: pairs of heading and text, and the versions of each output."""

    head_seq: int
    head_hash: str
    lines: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    mapped: tuple[str, ...]


@value
class PackView:
    """One person's pack. `mark` is DRAFT, DEMONSTRATION or both, for every page; `lacks` says why it is not final."""

    participant: ParticipantId
    mark: str
    draft: bool
    demonstration: bool
    lacks: tuple[str, ...]
    at: Instant
    made: str
    cover: Cover
    learner: Signing
    centre: Signing
    index: tuple[IndexLine, ...]
    matrix: tuple[OutcomeLines, ...]
    outputs: tuple[PackOutput, ...]
    records: tuple[PackRecord, ...]
    sessions: tuple[SessionRecord, ...]
    provenance: Provenance
    retention: str
