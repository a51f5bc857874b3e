"""What was planned and what happened, segment by segment, and the notes and the register that go with it."""

from pmworkshop.core.ids import DeliveryId, NoteId, ParticipantId
from pmworkshop.core.plan import SegmentId
from pmworkshop.core.running import projection
from pmworkshop.core.schedule import Line
from pmworkshop.core.state import Attendance, Cohort, Delivery, NoteKind
from pmworkshop.core.text import matching
from pmworkshop.core.units import Duration, Instant, TimeOfDay, wall_clock
from pmworkshop.core.value import value
from pmworkshop.core.words import at_time, length_words, offset_sign, offset_words, whole_minutes
from pmworkshop.live.views.retention import due_words


@value
class Happened:
    """One segment, planned and actual; times are empty where it was not run."""

    segment: SegmentId
    title: str
    status: str
    planned: str
    actual: str
    planned_minutes: int
    actual_minutes: int | None
    difference: str
    notes: int
    looked_for: str
    corrected: bool


@value
class SummaryView:
    """A delivery as a whole."""

    title: str
    cohort: str
    rehearsal: bool
    started: str
    headline: str
    rows: tuple[Happened, ...]
    attended: str
    pauses: str


@value
class NoteRow:
    """One note in its newest wording; `corrections` counts the earlier ones."""

    note: NoteId
    at: TimeOfDay
    under: str
    kind: NoteKind
    text: str
    owner: str
    corrections: int
    earlier: tuple[str, ...]


@value
class PersonRow:
    """One person on the register, with how they attended in words."""

    participant: ParticipantId
    name: str
    organisation: str
    registration: str
    attendance: str


def summary_view(state: Cohort, delivery: Delivery, now: Instant) -> SummaryView:
    """Return what was planned and what happened, up to `now` or the end."""
    day = projection(delivery, now)
    offset = delivery.utc_offset
    marks = delivery.marks
    finish = at_time(day.finish, offset)
    off = offset_words(Duration(day.finish - day.planned_finish))
    paused = sum((pause.end or marks.ended or day.now) - pause.start for pause in marks.pauses)
    headline = f"Under way; expected to end at {finish}, {off}"
    if marks.ended is not None:
        headline = f"Ended at {finish}, {off}"
    elif not marks.visits:
        headline = "Not started"
    return SummaryView(
        title=delivery.session.title,
        cohort=state.name,
        rehearsal=state.rehearsal,
        started=at_time(marks.visits[0].begins, offset) if marks.visits else "",
        headline=headline,
        rows=tuple(_happened(state, delivery, line) for line in day.lines),
        attended=attended(state, delivery),
        pauses=f"{len(marks.pauses)} ({length_words(whole_minutes(Duration(paused)))})"
        if marks.pauses
        else "none",
    )


def _happened(state: Cohort, delivery: Delivery, line: Line) -> Happened:
    offset = delivery.utc_offset
    segment = delivery.segment(line.segment)
    seen = sum(1 for of, _index in delivery.seen if of == line.segment)
    looked = len(segment.look_for) if segment else 0
    run = line.status in ("done", "current")
    return Happened(
        segment=line.segment,
        title=segment.title if segment else line.segment,
        status="left out" if _left_out(delivery, line) else line.status,
        planned=f"{at_time(line.planned_start, offset)}–{at_time(line.planned_end, offset)}",  # noqa: RUF001
        actual="left out" if _left_out(delivery, line) else _actual(line, offset),
        planned_minutes=whole_minutes(Duration(line.planned_end - line.planned_start)),
        actual_minutes=whole_minutes(line.used) if run else None,
        difference=offset_sign(Duration(line.used - (line.planned_end - line.planned_start))) if run else "",
        notes=sum(1 for n in state.notes.values() if n.delivery == delivery.id and n.segment == line.segment),
        looked_for=f"{seen} of {looked}" if looked else "",
        corrected=line.segment in delivery.corrected,
    )


def _left_out(delivery: Delivery, line: Line) -> bool:
    """Whether the trainer left a segment out, and did not merely pass over it or not reach it."""
    return line.status == "skipped" and line.segment in delivery.marks.dropped


def _actual(line: Line, offset: Duration) -> str:
    if line.status == "skipped":
        return "skipped"
    if line.status == "to come":
        return f"from {at_time(line.start, offset)}"
    end = at_time(line.end, offset) if line.status == "done" else "now"
    return f"{at_time(line.start, offset)}–{end}"  # noqa: RUF001


def notes_view(state: Cohort, delivery: DeliveryId | None = None) -> tuple[NoteRow, ...]:
    """Return the notes of one delivery, or of all, the newest first."""
    rows = []
    for note in state.notes.values():
        of = state.deliveries.get(note.delivery)
        if of is None or (delivery is not None and of.id != delivery):
            continue
        segment = of.segment(note.segment) if note.segment else None
        rows.append(
            NoteRow(
                note=note.id,
                at=wall_clock(note.wordings[0].at, of.utc_offset),
                under=segment.title if segment else "before or after the session",
                kind=note.newest.kind,
                text=note.newest.text,
                owner=note.newest.owner or "",
                corrections=len(note.wordings) - 1,
                earlier=tuple(wording.text for wording in note.wordings[:-1]),
            )
        )
    return tuple(reversed(rows))


def register_view(state: Cohort, delivery: Delivery | None) -> tuple[PersonRow, ...]:
    """Return the register in the order of names, with attendance of `delivery`."""
    people = sorted(state.participants.values(), key=lambda person: matching(person.name))
    return tuple(
        PersonRow(
            participant=person.id,
            name=person.name,
            organisation=person.organisation or "",
            registration=person.registration or "",
            attendance=attendance_words(delivery, delivery.attendance.get(person.id)) if delivery else "",
        )
        for person in people
    )


def attended(state: Cohort, delivery: Delivery) -> str:
    """Say how many came, were late and left early: `9 of 11 came, 2 late, 1 left early`."""
    known = [a for person, a in delivery.attendance.items() if person in state.participants]
    came = [a for a in known if a.arrival != "absent"]
    late = sum(1 for a in came if a.arrival == "late")
    left = sum(1 for a in came if a.left is not None)
    parts = [f"{len(came)} of {len(state.participants)} came"]
    parts += [f"{late} late"] if late else []
    parts += [f"{left} left early"] if left else []
    return ", ".join(parts)


def attendance_words(delivery: Delivery, attendance: Attendance | None) -> str:
    """Say how somebody attended; nothing where that was not marked."""
    if attendance is None:
        return ""
    words: str = attendance.arrival
    if attendance.arrival == "late":
        words = f"late, {wall_clock(attendance.since, delivery.utc_offset)}"
    if attendance.left is not None:
        words += f"; left {wall_clock(attendance.left, delivery.utc_offset)}"
    return words


def standing(state: Cohort, now: Instant) -> str:
    """Say in a line where a cohort stands, for the list of cohorts."""
    if not state.deliveries:
        return "nothing run yet"
    parts = []
    for delivery in state.deliveries.values():
        name = delivery.session.title
        if delivery.under_way:
            day = projection(delivery, now)
            title = delivery.session.segments[day.current or 0].title
            parts.append(f"{name}: under way, in {title}")
        elif delivery.marks.ended is not None:
            parts.append(f"{name}: ended {at_time(delivery.marks.ended, delivery.utc_offset)}")
        else:
            parts.append(f"{name}: prepared")
    due = due_words(state, now)
    return "; ".join([*parts, *([due] if due else [])])
