"""Packs: one person's documents put together, written aside and named last, one after the other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from pmworkshop import __version__, journal
from pmworkshop.core import joining
from pmworkshop.core.filenames import told_apart
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.slicing import shown_events
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import matching
from pmworkshop.core.theirs import Logged
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value
from pmworkshop.desk.services import ExportOutcome
from pmworkshop.export.parcel import About, parcel
from pmworkshop.export.slices import record_lines
from pmworkshop.export.typesetting import TypesettingError
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views.follow_ups import follow_ups
from pmworkshop.live.views.pack import PackView
from pmworkshop.live.views.pack_names import pack_name
from pmworkshop.live.views.packing import pack_view
from pmworkshop.wiring.finding import near
from pmworkshop.wiring.photos import photo_path
from pmworkshop.wiring.places import as_written
from pmworkshop.wiring.record import log_of, state_of
from pmworkshop.wiring.unusable import Unusable
from pmworkshop.wiring.writing import EXPORTS, target_folder, write_whole


@value
class Held:
    """A cohort's record as it lies on the disk: its rows, what they come to, and the folder with its photos."""

    folder: Path
    rows: tuple[journal.Row, ...]
    log: tuple[Logged, ...]
    state: Cohort

    @property
    def head(self) -> tuple[int, str]:
        """The end of the chain."""
        return (self.rows[-1].seq, self.rows[-1].hash) if self.rows else (0, "")

    @property
    def at(self) -> Instant:
        """When the newest event was recorded."""
        return Instant(self.rows[-1].at if self.rows else 0)


def held(path: Path) -> Held:
    """Read a cohort's journal. Raises `RecordTroubleError` where it is damaged or not there."""
    try:
        reading = journal.read_rows(path)
    except journal.JournalError as trouble:
        raise RecordTroubleError(str(trouble)) from trouble
    if reading.trouble:
        raise RecordTroubleError(reading.trouble)
    log = log_of(reading.rows)
    return Held(folder=path.parent, rows=reading.rows, log=log, state=state_of(log))


@value
class Packed:
    """One pack that was written, or why it was not: `lacks` says what keeps it from being final."""

    participant: ParticipantId
    name: str
    path: Path | None
    lacks: tuple[str, ...]
    trouble: str = ""


Progress = Callable[[int, int, str], None]


def export_packs(
    data: Held,
    to: Path,
    people: Sequence[ParticipantId] = (),
    *,
    draft: bool,
    progress: Progress = lambda _done, _of, _name: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Packed]:
    """Write the packs of `people`, or of everybody on the register, into the folder `to`; yield each as it is done.

    One that is not final is written only as a draft. Ends early once `cancelled`. `Packed.trouble` has the words
    of what could not be written; the others go on.
    """
    views = [_view(data, one) for one in people or in_order(data.state)]
    names = _names(data.state)
    kept = [one for one in views if draft or not one.draft]
    trouble = target_folder(to) if kept else None
    for one in views:
        if one not in kept:
            yield _unwritten(one)
    for done, one in enumerate(kept):
        if cancelled():
            return
        progress(done, len(kept), one.cover.learner)
        refused = trouble or _written(data, one, to / names[one.participant])
        if refused is not None:
            yield _unwritten(one, refused.words)
        else:
            yield Packed(
                participant=one.participant,
                name=one.cover.learner,
                path=to / names[one.participant],
                lacks=one.lacks,
            )
    progress(len(kept), len(kept), "")


def _names(state: Cohort) -> Mapping[ParticipantId, str]:
    """Return what everybody's pack is called, so that it is called the same whoever else's is made with it."""
    centre, unit = state.centre, state.unit
    if centre is None or unit is None:
        return {}
    stems = {one.id: pack_name(centre, unit, one) for one in state.participants.values()}
    return {ParticipantId(one): name for one, name in told_apart(stems, ".zip").items()}  # type: ignore[arg-type]  # ids are texts


def _written(data: Held, view: PackView, path: Path) -> Refusal | None:
    try:
        return write_whole(path, pack_file(data, view))
    except TypesettingError as error:
        return refuse(str(error))


def _unwritten(view: PackView, trouble: str = "") -> Packed:
    return Packed(
        participant=view.participant, name=view.cover.learner, path=None, lacks=view.lacks, trouble=trouble
    )


def in_order(state: Cohort) -> tuple[ParticipantId, ...]:
    """Return everybody on the register, in the order of names."""
    return tuple(one.id for one in sorted(state.participants.values(), key=lambda one: matching(one.name)))


def export_for_desk(
    journal_file: Path,
    to: str,
    people: Sequence[ParticipantId],
    *,
    draft: bool,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> ExportOutcome | Refusal:
    """Write packs as `export_packs` does; without `draft` none, where one of them is not final."""
    target = as_written(to.strip()) if to.strip() else journal_file.parent / EXPORTS
    try:
        data = held(journal_file)
        views = [_view(data, one) for one in people or in_order(data.state)]
        lacking = [f"{one.cover.learner}: {' '.join(one.lacks)}" for one in views if one.draft]
        if lacking and not draft:
            return refuse("Not final yet. " + " ".join(lacking))
        written = tuple(
            export_packs(data, target, people, draft=draft, progress=progress, cancelled=cancelled)
        )
    except RecordTroubleError as trouble:
        return refuse(str(trouble))
    troubles = [one.trouble for one in written if one.trouble]
    if troubles:
        return refuse(troubles[0])
    return ExportOutcome(
        folder=str(target),
        files=tuple(one.path.name for one in written if one.path),
        lacking=tuple(lacking),
        stopped=len(written) < len(views),
    )


def of_name(state: Cohort, name: str) -> tuple[ParticipantId, ...]:
    """Return whoever has this name. Raises `Unusable`, with the nearest names, where nobody has."""
    found = joining.of_name(state, name)
    if not found:
        names = [one.name for one in state.participants.values()]
        raise Unusable(f"nobody of the name “{name}” is on the register; {near(name, names, 'it is empty')}")
    return found


def _view(data: Held, participant: ParticipantId) -> PackView:
    found = pack_view(data.state, participant, data.at, data.head, software())
    if isinstance(found, Refusal):
        raise RecordTroubleError(found.words)
    return found


def pack_file(data: Held, view: PackView) -> bytes:
    """Return the zip of one pack. `TypesettingError` where its PDF cannot be set at all."""
    from pmworkshop.export.pack_docx import pack_docx  # noqa: PLC0415  # slow to import, as all of these
    from pmworkshop.export.pack_html import pack_html  # noqa: PLC0415
    from pmworkshop.export.pack_json import evidence_json, evidence_schema  # noqa: PLC0415
    from pmworkshop.export.pack_pdf import pack_pdf  # noqa: PLC0415
    from pmworkshop.export.report_calendar import calendar  # noqa: PLC0415

    photos = _photos(data.folder, view)
    paper = pack_pdf(view, photos)
    files = {
        "evidence-pack.pdf": paper.pdf,
        "evidence-pack.html": pack_html(view, photos),
        "evidence-pack.docx": pack_docx(view, photos),
        "evidence.json": evidence_json(view),
        "evidence.schema.json": evidence_schema(),
        "record.jsonl": record_lines(data.rows, shown_events(data.state, data.log, view.participant)),
    }
    due = follow_ups(data.state, view.participant)
    if due:
        files["follow-up.ics"] = calendar(data.state.name, due, view.at, data.state.mark)
    for output in view.outputs:
        files |= {one.file: photos[one.sha256] for one in output.photos if one.sha256 in photos}
    return parcel(files, _about(data, view, paper.standards, paper.replaced))


def _about(data: Held, view: PackView, standards: tuple[str, ...], replaced: tuple[str, ...]) -> About:
    seq, head = data.head
    return About(
        software=software(),
        cohort=data.state.name,
        participant=view.participant,
        person=view.cover.learner,
        unit=view.cover.unit_reference,
        head_seq=seq,
        head_hash=head,
        made=view.at,
        draft=view.draft,
        demonstration=view.demonstration,
        standards=standards,
        replaced=replaced,
    )


def _photos(folder: Path, view: PackView) -> Mapping[str, bytes]:
    """Return the photos of a pack by their hash; one that is gone from the disk is left out, and said to be."""
    wanted = {one.sha256 for output in view.outputs for one in output.photos}
    found = {}
    for one in wanted:
        with suppress(OSError):
            found[one] = photo_path(folder, one).read_bytes()
    return found


def software() -> str:
    """Return what makes packs, with its version."""
    return f"pmworkshop {__version__}"
