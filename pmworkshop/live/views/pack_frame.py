"""What stands around the outputs of a pack: cover, declarations and signatures, the sessions, where it comes from."""

from collections.abc import Sequence
from typing import Final

from pmworkshop.core.centre import Centre
from pmworkshop.core.evidence import Signature
from pmworkshop.core.signing import changes, holds_for_centre
from pmworkshop.core.state import Cohort, Delivery, Participant
from pmworkshop.core.unit import Unit, criteria_of
from pmworkshop.core.units import Instant
from pmworkshop.core.words import day_words
from pmworkshop.live.views.days import day_of, said_at
from pmworkshop.live.views.pack import Cover, PackOutput, Provenance, SegmentLine, SessionRecord, Signing
from pmworkshop.live.views.pack_names import without_others
from pmworkshop.live.views.summary import attendance_words, summary_view

CAUTION: Final = (
    "This pack supports the written assignment and does not replace it. Nothing in it passes a criterion: "
    "that is for the assessor to say."
)


def cover(state: Cohort, person: Participant, unit: Unit, centre: Centre) -> Cover:
    """Return the cover sheet."""
    signature = state.centre_signed.get(person.id)
    return Cover(
        centre_name=centre.name or "",
        centre_number=centre.number or "",
        learner=person.name,
        registration=person.registration or "",
        organisation=person.organisation or "",
        unit_reference=unit.reference,
        unit_title=unit.title,
        unit_level=unit.level,
        unit_credits=unit.credits,
        course_sessions=tuple(
            f"{one.session.title}, {day_words(day_of(state, one.marks.visits[0].begins))}"
            for one in state.deliveries.values()
            if one.started
        ),
        cohort=state.name,
        trainer=signature.name if signature else "",
        submission="original" if centre.submission == 1 else "resubmission",
        caution=CAUTION,
    )


def learner(state: Cohort, person: Participant, centre: Centre) -> Signing:
    """Return what the participant declares, and their signature."""
    signature = state.signed.get(person.id)
    void = changes(state, person.id, signature) if signature else ()
    statements: tuple[tuple[str, str], ...] = ()
    if signature is not None:
        yes_no = "No, I refuse that." if signature.refuses_standardisation else "Yes."
        statements = (
            ("How I used AI tools", signature.ai_use),
            ("Where else I have used this work", signature.reuse),
            ("May this be used without my name to compare marking between assessors?", yes_no),
        )
    declarations = signature.declarations if signature else centre.learner
    return Signing(
        whose="The participant",
        declarations=tuple(one.text for one in declarations),
        name=signature.name if signature else "",
        words=_signed_words(state, signature, void=bool(void)),
        signed=signature is not None and not void,
        at=signature.at if signature else None,
        route=signature.route if signature else "",
        void=void,
        statements=statements,
    )


def _signed_words(state: Cohort, signature: Signature | None, *, void: bool) -> str:
    if signature is None:
        return "Not signed yet."
    how = {"phone": "on their phone", "laptop": "at the laptop", "paper": "on paper"}[signature.route]
    by = "by the trainer" if signature.entered_by == "trainer" and signature.route != "paper" else how
    words = f"Signed {by} as “{signature.name}”, {said_at(state, signature.at)}."
    return f"{words} No longer valid: something was changed afterwards." if void else words


def for_centre(state: Cohort, person: Participant, centre: Centre) -> Signing:
    """Return what the trainer declares for the centre, and their signature."""
    signature = state.centre_signed.get(person.id)
    good = holds_for_centre(state, person.id)
    void = changes(state, person.id, signature) if signature else ()
    if signature is not None and not good and not void:
        void = ("the participant signed anew",)
    declarations = signature.declarations if signature else centre.centre
    words = "Not signed yet."
    if signature is not None:
        words = f"Signed as “{signature.name}”, {said_at(state, signature.at)}."
        words = words if good else f"{words} No longer valid: something was changed afterwards."
    return Signing(
        whose="For the centre",
        declarations=tuple(one.text for one in declarations),
        name=signature.name if signature else "",
        words=words,
        signed=good,
        at=signature.at if signature else None,
        route=signature.route if signature else "",
        void=() if good else void,
    )


def session_record(state: Cohort, person: Participant, delivery: Delivery, at: Instant) -> SessionRecord:
    """Return one session as planned and as run, and how somebody attended it."""
    view = summary_view(state, delivery, at)
    charts = (
        note.newest.text
        for note in state.notes.values()
        if note.delivery == delivery.id and note.newest.kind == "flip-chart"
    )
    return SessionRecord(
        title=view.title,
        day=day_words(day_of(state, delivery.marks.visits[0].begins)),
        headline=view.headline,
        attendance=attendance_words(delivery, delivery.attendance.get(person.id)) or "not marked",
        segments=tuple(
            SegmentLine(title=one.title, planned=one.planned, actual=one.actual, difference=one.difference)
            for one in view.rows
        ),
        charts=tuple(without_others(state, text, person.id) for text in charts),
    )


def provenance(
    state: Cohort, outputs: Sequence[PackOutput], head: tuple[int, str], software: str
) -> Provenance:
    """Return where a pack comes from, for whoever checks it."""
    mine = [state.outputs[one.output] for one in outputs]
    numbers = {one.output: one.number for one in outputs}
    versions = tuple(
        (numbers[one.id], f"version {count}, {said_at(state, version.at)}, {version.route}")
        for one in mine
        for count, version in enumerate(one.versions, 1)
    )
    mapped = tuple(
        f"{numbers[output]}: criterion {criterion} {'added' if one.on else 'taken out'} by the trainer, "
        f"{said_at(state, one.at)}: {one.reason}"
        for (output, criterion), one in state.mapped.items()
        if output in numbers
    )
    lines = (
        ("Record", f"cohort {state.name}, {head[0]} events"),
        ("Head of the chain", head[1]),
        ("Made by", software),
        ("Unit", f"{state.unit.reference}, {len(criteria_of(state.unit))} criteria" if state.unit else ""),
    )
    return Provenance(head_seq=head[0], head_hash=head[1], lines=lines, versions=versions, mapped=mapped)
