"""A trainer's notes into sessions of a kit: pure from lines to YAML, and never a word lost.

What is recognised becomes keys, with the line it came from beside it; everything else stays in `notes`, or in
`welcome` where it comes before the first time. Whatever was guessed is marked in the YAML and told.
"""

from pmworkshop.core.value import value
from pmworkshop.library.known import Known
from pmworkshop.library.notes.parts import plan
from pmworkshop.library.notes.pieces import Stretch
from pmworkshop.library.notes.reading import Notes
from pmworkshop.library.notes.sessions import stretches
from pmworkshop.library.notes.slugs import Names, file_stem
from pmworkshop.library.notes.writing import said, written
from pmworkshop.library.problem import Problem
from pmworkshop.library.sheet import check_sheet
from pmworkshop.library.source import Source, decode

__all__ = ["Imported", "Notes", "NotesError", "imported"]


@value
class Imported:
    """A session made from notes: `stem` names its file, `text` is the YAML, `segments` counts them.

    `key` is what its heading calls it (`a`, `2`, `morning`), `unsure` what was guessed, by line of the notes;
    `problems` are what `check` says about it, which must hold no error before it is written.
    """

    stem: str
    key: str
    title: str
    text: str
    segments: int
    unsure: tuple[tuple[int | None, str], ...]
    problems: tuple[Problem, ...]

    @property
    def fit(self) -> bool:
        """Whether it passes `check`."""
        return not any(problem.severity == "error" for problem in self.problems)


MOST_LINES = 5_000
MOST_SEGMENTS = 500


class NotesError(Exception):
    """Why nothing can be made of notes; its text is for the trainer."""


def imported(notes: Notes) -> tuple[Imported, ...]:
    """Return the sessions found in notes, in their order; none where there is neither a time nor a length.

    Raises NotesError for more than any session can hold.
    """
    if len(notes.lines) > MOST_LINES:
        raise NotesError(
            f"the notes have {len(notes.lines):,} lines, more than {MOST_LINES:,}; import a part of them at a time"
        )
    found = stretches(notes)
    most = max((len(one.pieces) for one in found), default=0)
    if most > MOST_SEGMENTS:
        raise NotesError(
            f"one session would have {most:,} segments, more than {MOST_SEGMENTS}; put headings such as “Session A” between the sessions"
        )
    names = Names()
    return tuple(_imported(one, notes, names) for one in found)


def _imported(stretch: Stretch, notes: Notes, names: Names) -> Imported:
    made = plan(stretch)
    text = written(made, notes.source, notes.unit)
    stem = names.take(file_stem(made.title, "session"))
    source = decode(text.encode(), Source(f"{stem}.yaml"))
    check_sheet(source, "session", Known())
    return Imported(
        stem=stem,
        key=made.key,
        title=made.title,
        text=text,
        segments=len(made.parts),
        unsure=tuple(sorted(said(made), key=lambda one: one[0] or 0)),
        problems=tuple(sorted(source.problems)),
    )
