"""How one person's pack is put together from the state; `pack` says what it looks like."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from pmworkshop.core.coverage import Standing, coverage, criteria_supported, still_open
from pmworkshop.core.evidence import WorkRecord
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.output import Output
from pmworkshop.core.packing import blanks, edition, is_group_work, packed, packed_outputs
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.saying import named
from pmworkshop.core.signing import changes, holds_for_centre
from pmworkshop.core.state import Cohort, Participant
from pmworkshop.core.unit import Unit
from pmworkshop.core.units import Instant
from pmworkshop.core.words import day_words, said_day
from pmworkshop.live.views.days import day_of, said_at
from pmworkshop.live.views.outputs import OutputPage, output_page, without
from pmworkshop.live.views.pack import (
    CriterionLine,
    IndexLine,
    OutcomeLines,
    PackOutput,
    PackRecord,
    PackView,
    Photo,
)
from pmworkshop.live.views.pack_frame import cover, for_centre, learner, provenance, session_record
from pmworkshop.live.views.pack_names import name_or_initials

KINDS: Final = {
    "individual": "individual",
    "group": "group work",
    "observation": "observation record",
    "witness": "witness statement",
}
WITHHELD: Final = "Private answers on this sheet are left out, as their owner chose."


def pack_view(
    state: Cohort, participant: ParticipantId, at: Instant, head: tuple[int, str], software: str
) -> PackView | Refusal:
    """Return somebody's pack as of the newest event, `at`, which ends the chain in `head` (number, hash)."""
    person, unit, centre = state.participants.get(participant), state.unit, state.centre
    if person is None:
        return refuse("That person is not on the register.")
    if unit is None or centre is None:
        return refuse(
            "Nothing has been handed in for a unit yet, so there is nothing to make a pack of. "
            "Open an exercise of the session first."
        )
    outputs = tuple(_outputs(state, person))
    records = tuple(_records(state, person, len(outputs)))
    numbers = {one.output: one.number for one in outputs} | {one.record: one.number for one in records}
    lacks = tuple(_lacks(state, person, outputs))
    return PackView(
        participant=person.id,
        mark=" · ".join(filter(None, (state.mark, "DRAFT" if lacks else ""))),
        draft=bool(lacks),
        demonstration=bool(state.mark),
        lacks=lacks,
        at=at,
        made=said_at(state, at),
        cover=cover(state, person, unit, centre),
        learner=learner(state, person, centre),
        centre=for_centre(state, person, centre),
        index=tuple(_index(outputs, records)),
        matrix=tuple(_matrix(state, person, unit, numbers)),
        outputs=outputs,
        records=records,
        sessions=tuple(
            session_record(state, person, one, at) for one in state.deliveries.values() if one.started
        ),
        provenance=provenance(state, outputs, head, software),
        retention=f"To be kept for {centre.keep_months} months after the last session; check with the centre.",
    )


def _lacks(state: Cohort, person: Participant, outputs: Sequence[PackOutput]) -> Iterator[str]:
    """Say why a pack is not final: nothing in it, blanks, a signature that is missing or no longer holds."""
    if not outputs:
        yield "There is no evidence in it yet."
    for one in outputs:
        if one.blanks:
            count = len(one.blanks)
            yield f"{one.number} “{one.page.title}” has {count} blank{'' if count == 1 else 's'}: {one.blanks[0]}"
    signature = state.signed.get(person.id)
    if signature is None:
        yield "It is not signed."
    else:
        yield from (f"The signature no longer holds: {one}." for one in changes(state, person.id, signature))
    if not holds_for_centre(state, person.id):
        yield "It is not signed for the centre."


def _outputs(state: Cohort, person: Participant) -> Iterator[PackOutput]:
    for number, output in enumerate(packed_outputs(state, person.id), 1):
        page = _page(state, output, person)
        answers = output.newest.answers
        kept = {item.id for item in page.exercise.items}
        label = f"E{number:02d}"
        short = blanks(state, output, person.id)
        yield PackOutput(
            number=label,
            output=output.id,
            version=len(output.versions),
            kind="group" if is_group_work(state, output) else "individual",
            at=output.newest.at,
            when=said_at(state, output.newest.at),
            route=output.newest.route,
            entered_by=output.newest.entered_by,
            delivered_in=_where(state, output),
            how=_how(output),
            page=page,
            criteria=tuple(criteria_supported(state, output, person.id)),
            photos=tuple(_photos(label, page.exercise, output)),
            withheld=WITHHELD if set(answers) - kept else "",
            blanks=tuple(item.text for item in short),
            raw=tuple((item.id, answers[item.id]) for item in page.exercise.items if item.id in answers),
        )


def _page(state: Cohort, output: Output, person: Participant) -> OutputPage:
    exercise = edition(state, output)
    kept = {item.id for item in packed(state, output, person.id)}
    seen = without(exercise, {item.id for item in exercise.items} - kept)
    others = dict.fromkeys(one for one in output.people if one != person.id)
    page = output_page(state, output.id, seen=seen)
    if page is None:  # pragma: no cover  # it was taken from the state
        raise ValueError(output.id)
    return replace(
        page,
        people=(person.name, *(name_or_initials(state, one) for one in others)),
        named=named(seen, output.newest.answers),
        answers=tuple(replace(one, before=None) for one in page.answers if one.item in kept),
        compared=(),
        compared_with="",
        compared_views=(),
        prompts=(),
        versions=(),
    )


def _where(state: Cohort, output: Output) -> str:
    delivery = state.deliveries.get(output.delivery) if output.delivery else None
    if delivery is None:
        return ""
    segment = delivery.segment(output.segment) if output.segment else None
    return f"{delivery.session.title}, {segment.title}" if segment else delivery.session.title


def _how(output: Output) -> str:
    newest = output.newest
    how = {"phone": "on a phone", "laptop": "at the laptop", "paper": "on paper"}[newest.route]
    by = ", typed in by the trainer" if newest.entered_by == "trainer" else ""
    amended = f", amended {len(output.versions) - 1} times" if len(output.versions) > 2 else ""  # noqa: PLR2004
    return f"Handed in {how}{by}{amended or (', amended once' if len(output.versions) == 2 else '')}"  # noqa: PLR2004


def _photos(number: str, exercise: Exercise, output: Output) -> Iterator[Photo]:
    photos = [item for item in exercise.items if item.kind == "photo" and item.id in output.newest.answers]
    for count, item in enumerate(photos, 1):
        file = f"photos/{number}.jpg" if count == 1 else f"photos/{number}-{count}.jpg"
        yield Photo(
            sha256=str(output.newest.answers[item.id]), file=file, alt=f"Photo to {number}: {item.text}"
        )


def _records(state: Cohort, person: Participant, before: int) -> Iterator[PackRecord]:
    mine = [one for one in state.records.values() if one.participant == person.id and one.withdrawn is None]
    for number, record in enumerate(mine, before + 1):
        yield _record(state, record, f"E{number:02d}")


def _record(state: Cohort, record: WorkRecord, number: str) -> PackRecord:
    said = record.newest.particulars
    kind = KINDS[said.kind]
    return PackRecord(
        number=number,
        record=record.id,
        kind=said.kind,
        title=f"{kind.capitalize()} by {said.by}",
        at=record.newest.at,
        when=said_at(state, record.newest.at),
        particulars=tuple(
            (heading, text)
            for heading, text in (
                ("Written by", said.by),
                ("Role", said.role),
                ("Relation to the participant", said.relation or ""),
                ("Day", said_day(said.day)),
                ("Place", said.place),
            )
            if text
        ),
        text=said.text,
        criteria=said.criteria,
    )


def _index(outputs: Sequence[PackOutput], records: Sequence[PackRecord]) -> Iterator[IndexLine]:
    for one in outputs:
        title = f"{one.page.title}, {one.page.named}" if one.page.named else one.page.title
        yield IndexLine(
            number=one.number,
            day=one.when,
            title=title,
            kind=KINDS[one.kind],
            place=f"{one.number} {title}",
            criteria=one.criteria,
        )
    for record in records:
        yield IndexLine(
            number=record.number,
            day=record.when,
            title=record.title,
            kind=KINDS[record.kind],
            place=f"{record.number} {record.title}",
            criteria=record.criteria,
        )


def _matrix(
    state: Cohort, person: Participant, unit: Unit, numbers: dict[str, str]
) -> Iterator[OutcomeLines]:
    standings = {one.criterion.id: one for one in coverage(state, person.id)}
    for outcome in unit.outcomes:
        lines = tuple(_line(state, person, standings[one.id], numbers) for one in outcome.criteria)
        yield OutcomeLines(id=outcome.id, title=outcome.title, criteria=lines)


def _line(state: Cohort, person: Participant, found: Standing, numbers: dict[str, str]) -> CriterionLine:
    criterion = found.criterion
    return CriterionLine(
        id=criterion.id,
        text=criterion.text,
        evidence=tuple((numbers[one.source], KINDS[one.kind]) for one in found.pieces),
        supported=found.level == "supports",
        words=found.words,
        minimum=f"at least {criterion.minimum}, {found.count} so far" if criterion.minimum > 1 else "",
        newest=day_words(day_of(state, found.newest)) if found.newest is not None else "",
        still_open=() if found.level == "supports" else still_open(state, person.id, criterion.id),
    )
