"""Learning timings: the records of past deliveries read, a session's file retimed by them, and written only if asked.

A record that cannot be read is told and left out. Nothing of the kit that comes along is ever written to.
"""

import os
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from pmworkshop import journal
from pmworkshop.core.learning import Proposal, learn
from pmworkshop.core.plan import Session
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import clean_line
from pmworkshop.core.value import value
from pmworkshop.library.problem import LibraryError
from pmworkshop.library.retiming import Retimed, differences, retimed
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views.lessons import delivery_words, lesson_lines
from pmworkshop.live.views.timings import SessionTimes, session_times
from pmworkshop.wiring.finding import journal_of
from pmworkshop.wiring.places import cohorts, shipped_kit
from pmworkshop.wiring.record import log_of, state_of
from pmworkshop.wiring.unusable import Unusable
from pmworkshop.wiring.writing import target_folder, write_whole

Tell = Callable[[str], None]


@value
class Learned:
    """What deliveries taught about a session; `file` is None where no number of it changes."""

    session: Session
    times: SessionTimes
    proposal: Proposal
    file: Retimed | None

    @property
    def lines(self) -> tuple[str, ...]:
        """The evidence, a line for each segment that was run."""
        return tuple(lesson_lines(self.session, self.proposal, self.times))


def journals(data: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """Return the journals of these cohorts, or of all there are, each once. Raises `Unusable` for an unknown name."""
    found = [journal_of(data, name) for name in names] if names else [one.journal for one in cohorts(data)]
    return tuple(dict.fromkeys(path.resolve() for path in found))


def states(paths: Iterable[Path], tell: Tell) -> Iterator[Cohort]:
    """Yield what each record comes to; tell of those that cannot be read, and leave them out."""
    for path in paths:
        try:
            state = _state_at(path)
        except (journal.JournalError, RecordTroubleError) as trouble:
            tell(f"{path.parent.name} is left out: {trouble}")
        else:
            yield state


def beside(data: Path, path: Path, tell: Tell) -> tuple[Cohort, ...]:
    """Return the other cohorts in the data folder, for a report of the one whose journal is at `path`."""
    mine = path.resolve()
    return tuple(states((one for one in journals(data, ()) if one != mine), tell))


def _state_at(path: Path) -> Cohort:
    reading = journal.read_rows(path)
    if reading.trouble:
        raise RecordTroubleError(reading.trouble)
    return state_of(log_of(reading.rows))


def learned(root: Path, session_id: str, plan: Session, of: Iterable[Cohort]) -> Learned:
    """Return what these cohorts teach about a session. Raises `LibraryError` where its file cannot be retimed."""
    times = session_times(of, session_id, plan)
    proposal = learn(plan, {one.segment: one.counted for one in times.segments})
    file = retimed(root, session_id, proposal.edits) if proposal.edits else None
    return Learned(session=plan, times=times, proposal=proposal, file=file)


def patch_of(found: Learned, file: Retimed, here: Path) -> bytes:
    """Return the evidence as comments and then the diff: `patch` takes both. Paths are as seen from `here`."""
    label = _label(file.path, here)
    how = "patch -p0 < THIS" if not Path(label).is_absolute() else f"patch {shlex.quote(label)} < THIS"
    comments = [
        f"{label}: timings learned from {delivery_words(found.times)}",
        f"To apply: {how}",
        *found.lines,
        *(
            f"Line {line} speaks of {time}, which moves: look whether it still holds"
            for line, time in file.mentions
        ),
    ]
    said = "".join(f"# {clean_line(one)}\n" for one in comments)
    return said.encode("utf-8", "replace") + differences(file, label)


def _label(path: Path, here: Path) -> str:
    """Return how `patch` is told of a file: from `here`; by its whole path where it lies elsewhere."""
    whole = os.path.abspath(path)  # noqa: PTH100  # resolve() would lose the names of links
    with suppress(ValueError):  # another drive
        near = os.path.relpath(whole, here)
        if not near.startswith(os.pardir):
            return Path(near).as_posix()
    return whole


def not_shipped(root: Path) -> None:
    """Refuse to write into the kit that comes along."""
    if root.resolve() == shipped_kit().resolve():
        raise Unusable(
            "the kit that comes along is not written to. Make one of your own with `pmworkshop new kit`, "
            "and name it with --kit; or leave --write out, and keep the proposal."
        )


def write(file: Retimed) -> None:
    """Put the new times into the file itself. Raises `LibraryError` where it cannot be, or has just changed."""
    path = file.path.resolve()
    try:
        if path.read_bytes() != file.before:
            raise LibraryError(
                f"{path} was changed in the meantime, so it was left as it is. Run this again."
            )
        mode = path.stat().st_mode
    except OSError as error:
        raise LibraryError(f"{path} cannot be read ({error.strerror}); it was left as it is.") from error
    if target_folder(path.parent) or write_whole(path, file.after):
        raise LibraryError(
            f"{path} could not be written and is as it was. Look whether it is read-only or open in another "
            "program, and whether the disk is full."
        )
    with suppress(OSError):
        path.chmod(mode)
