"""What goes into somebody's own pack, for them to look through before they sign: sheet by sheet, and what stays out.

Shows of an answer that stays out only its question: the laptop that is passed round has other eyes on it.
"""

from dataclasses import replace
from typing import Literal

from pmworkshop.core.answers import asked
from pmworkshop.core.evidence import WorkRecord
from pmworkshop.core.ids import OutputId, ParticipantId, RecordId
from pmworkshop.core.output import Output
from pmworkshop.core.packing import blanks, edition, has_chosen, is_group_work, may_choose, packed
from pmworkshop.core.state import Cohort
from pmworkshop.core.value import value
from pmworkshop.core.words import said_day
from pmworkshop.live.views.coverage import SignedView, packed_title, signed_view
from pmworkshop.live.views.days import said_at
from pmworkshop.live.views.outputs import OutputPage, output_page, person_name, without

GoesIn = Literal["all", "part", "nothing"]


@value
class OwnSheet:
    """One output of somebody's; `chosen` is their choice for what is not evidence, where they have one."""

    output: OutputId
    title: str
    kind: str
    when: str
    goes_in: GoesIn
    may_choose: bool
    chosen: bool
    may_correct: bool
    blanks: int


@value
class OwnPage:
    """One output as it goes in, and the questions whose answers stay out."""

    page: OutputPage
    stays_out: tuple[str, ...]
    blanks: tuple[str, ...]


@value
class OwnRecord:
    """What somebody else wrote about them, which goes in too."""

    record: RecordId
    title: str
    when: str
    text: str


@value
class OwnPack:
    """All of somebody's outputs that count, what others wrote about them, and their signature."""

    participant: ParticipantId
    name: str
    sheets: tuple[OwnSheet, ...]
    records: tuple[OwnRecord, ...]
    signed: SignedView

    @property
    def going_in(self) -> int:
        """How many sheets go in, whole or in part."""
        return sum(one.goes_in != "nothing" for one in self.sheets)


def own_pack(state: Cohort, participant: ParticipantId) -> OwnPack:
    """Return what somebody signs for, in the order of handing in."""
    mine = [one for one in state.outputs.values() if participant in one.people and one.withdrawn is None]
    written = [one for one in state.records.values() if one.participant == participant and not one.withdrawn]
    return OwnPack(
        participant=participant,
        name=person_name(state, participant),
        sheets=tuple(_sheet(state, one, participant) for one in mine),
        records=tuple(_record(one) for one in written),
        signed=signed_view(state, participant),
    )


def _record(record: WorkRecord) -> OwnRecord:
    said = record.newest.particulars
    what = "Observation" if said.kind == "observation" else "Statement"
    return OwnRecord(
        record=record.id, title=f"{what} by {said.by}, {said.role}", when=said_day(said.day), text=said.text
    )


def own_page(state: Cohort, output: OutputId, participant: ParticipantId) -> OwnPage | None:
    """Return one output as it goes into its owner's pack; None where it is nobody's of theirs."""
    found = state.outputs.get(output)
    if found is None or participant not in found.people:
        return None
    exercise, kept = edition(state, found), {item.id for item in packed(state, found, participant)}
    page = output_page(state, output, seen=without(exercise, {one.id for one in exercise.items} - kept))
    if page is None:
        return None
    shown = (replace(one, before=None) for one in page.answers if one.item in kept)
    answered = (one for one in asked(exercise, found.newest.answers) if one.id in found.newest.answers)
    return OwnPage(
        page=replace(page, answers=tuple(shown), prompts=()),
        stays_out=tuple(one.text for one in answered if one.id not in kept),
        blanks=tuple(one.text for one in blanks(state, found, participant)),
    )


def _sheet(state: Cohort, output: Output, participant: ParticipantId) -> OwnSheet:
    kept = {item.id for item in packed(state, output, participant)}
    goes_in: GoesIn = "nothing" if not kept else "part" if set(output.newest.answers) - kept else "all"
    return OwnSheet(
        output=output.id,
        title=packed_title(state, output, participant),
        kind="group work" if is_group_work(state, output) else "own work",
        when=said_at(state, output.newest.at),
        goes_in=goes_in,
        may_choose=may_choose(state, output, participant),
        chosen=has_chosen(state, output, participant),
        may_correct=output.participant == participant,
        blanks=len(blanks(state, output, participant)),
    )
