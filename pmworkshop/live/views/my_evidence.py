"""Somebody's own evidence as they see it: what goes into their pack, what would support more, what was written of them.

It is for its owner alone: of other participants there is nothing in it but how many stood behind a sheet.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from pmworkshop.core.answers import asked
from pmworkshop.core.coverage import coverage, criteria_named
from pmworkshop.core.evidence import Particulars, RecordKind
from pmworkshop.core.exercise import Item
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.output import Output
from pmworkshop.core.packing import (
    blanks,
    edition,
    has_chosen,
    is_evidence,
    is_group_work,
    packed_outputs,
)
from pmworkshop.core.plan import CriterionId
from pmworkshop.core.signing import covered
from pmworkshop.core.state import Cohort
from pmworkshop.core.teaming import followed
from pmworkshop.core.value import value
from pmworkshop.core.words import said_day
from pmworkshop.live.views.coverage import SignedView, signed_view

NAMED: Final = 3
LONGEST: Final = 48
Pointer = Literal["", "sign", "again", "signed"]
How = Literal["do", "add"]


@value
class Share:
    """What of one sheet goes into its owner's pack; only what was answered is in `always` and `choice`.

    `choice` goes in where they `chose` so; `blanks` are questions of the pack's that still lack an answer.
    """

    output: OutputId
    always: tuple[Item, ...]
    choice: tuple[Item, ...]
    chosen: bool
    words: str
    blanks: tuple[str, ...]


@value
class Would:
    """What would still support a criterion: to do an exercise, or to add to a sheet of one's own."""

    how: How
    exercise_id: str
    title: str
    is_open: bool
    sheet: OutputId | None = None


@value
class MyRecord:
    """What somebody else wrote about me; `particulars` are pairs of heading and text."""

    kind: RecordKind
    by: str
    particulars: tuple[tuple[str, str], ...]
    text: str
    criteria: tuple[str, ...]


@value
class SignPointer:
    """Where the page of now points: to signing, to signing `again` and why, or that it is signed; else nowhere.

    `closing` is whether this is the time for it: the session's last part, or after its end.
    """

    to: Pointer
    signed: SignedView
    closing: bool
    why: str


def share(state: Cohort, output: Output, participant: ParticipantId) -> Share:
    """Return what of a sheet goes into somebody's pack, and in words."""
    exercise, answers = edition(state, output), output.newest.answers
    answered = [item for item in asked(exercise, answers) if item.id in answers]
    always = tuple(item for item in answered if is_evidence(exercise, item))
    choice = tuple(item for item in answered if not is_evidence(exercise, item))
    chosen = bool(choice) and has_chosen(state, output, participant)
    return Share(
        output=output.id,
        always=always,
        choice=choice,
        chosen=chosen,
        words=_words(always, choice, chosen=chosen) if output.withdrawn is None else "Goes into no pack",
        blanks=tuple(item.text for item in blanks(state, output, participant)),
    )


def _words(always: Sequence[Item], choice: Sequence[Item], *, chosen: bool) -> str:
    if not always and not choice:
        return "Nothing was answered, so nothing goes into my pack"
    if not choice:
        return "✓ Goes into my pack: it is evidence"
    if not always:
        return "✓ Goes into my pack, as I chose" if chosen else "Stays out of my pack unless I choose"
    if chosen:
        return f"✓ All of it goes into my pack, also {said_items(choice)}, as I chose"
    goes, stays = ("goes" if len(always) == 1 else "go"), ("stays" if len(choice) == 1 else "stay")
    verdict = f"✓ {said_items(always)} {goes} into my pack"
    return f"{verdict}; {said_items(choice)} {stays} out unless I choose"


def said_items(items: Sequence[Item]) -> str:
    """Say which answers these are: by the question where they are few, by their number where they are many."""
    ratings = [item for item in items if item.kind == "rating"]
    others = [item for item in items if item.kind != "rating"]
    parts = [f"“{label(item.text)}”" for item in others] if len(others) <= NAMED else []
    parts = parts or ([f"{len(others)} answers"] if others else [])
    if ratings:
        parts.append("1 rating" if len(ratings) == 1 else f"{len(ratings)} ratings")
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def label(text: str) -> str:
    """Return a question in a few words: up to its colon, or cut short."""
    text = " ".join(text.split())
    head, colon, _ = text.partition(": ")
    if colon and len(head) <= LONGEST:
        return head
    if len(text) <= LONGEST:
        return text.rstrip(".:")
    return f"{text[:LONGEST].rpartition(' ')[0] or text[:LONGEST]} …"


def would_support(state: Cohort, participant: ParticipantId) -> dict[CriterionId, tuple[Would, ...]]:
    """Return for each criterion that is not supported yet what would support it: own sheets first, then what is open."""
    lacking = [one.criterion.id for one in coverage(state, participant) if one.level == "not yet"]
    if not lacking:
        return {}
    own = tuple(_of_own(state, participant))
    known = {would.exercise_id for would, _ in own}
    known |= {one.exercise_id for one in packed_outputs(state, participant)}
    sheets = (
        (_would(state, "do", exercise_id), criteria_named(editions[-1]))
        for exercise_id, editions in state.editions.items()
        if exercise_id not in known
    )
    ordered = (*own, *sorted(sheets, key=lambda one: not one[0].is_open))
    return {criterion: tuple(one for one, named in ordered if criterion in named) for criterion in lacking}


def _would(state: Cohort, how: How, exercise_id: str, sheet: OutputId | None = None) -> Would:
    activity, title = state.activities.get(exercise_id), state.editions[exercise_id][-1].title
    is_open = activity is not None and activity.open
    return Would(how=how, exercise_id=exercise_id, title=title, is_open=is_open, sheet=sheet)


def _of_own(state: Cohort, participant: ParticipantId) -> Iterator[tuple[Would, frozenset[CriterionId]]]:
    """Yield what one's own sheets could still support if more stood on them."""
    for output in state.outputs.values():
        if participant not in output.people or output.withdrawn is not None:
            continue
        add = _would(state, "add", output.exercise_id, output.id)
        if add.is_open and output.participant == participant and not is_group_work(state, output):
            yield add, criteria_named(edition(state, output))


def my_records(state: Cohort, participant: ParticipantId) -> tuple[MyRecord, ...]:
    """Return what others wrote about somebody's work and that counts, in the order of writing."""
    mine = (one for one in state.records.values() if one.participant == participant and not one.withdrawn)
    return tuple(_record(one.newest.particulars) for one in mine)


def _record(said: Particulars) -> MyRecord:
    pairs = (
        ("Role", said.role),
        ("Relation to me", said.relation or ""),
        ("Day", said_day(said.day)),
        ("Place", said.place),
    )
    return MyRecord(
        kind=said.kind,
        by=said.by,
        particulars=tuple(pair for pair in pairs if pair[1]),
        text=said.text,
        criteria=said.criteria,
    )


def sign_pointer(state: Cohort, participant: ParticipantId) -> SignPointer:
    """Return where the page of now points; it nags nobody in the middle of a session who has nothing to mend."""
    signed, closing = signed_view(state, participant), _is_closing(state)
    to: Pointer = ""
    if signed.standing == "void":
        to = "again"
    elif closing and signed.standing != "not signed":
        to = "signed"
    elif closing and state.centre is not None and covered(state, participant):
        to = "sign"
    return SignPointer(to=to, signed=signed, closing=closing, why=why_void(signed) if to == "again" else "")


def why_void(signed: SignedView) -> str:
    """Say on one line what changed since the signature: the first two things, and how many more."""
    more = len(signed.why) - 2
    rest = [f"{more} more {'thing' if more == 1 else 'things'} changed"] if more > 0 else []
    *first, last = [*signed.why[:2], *rest]
    return f"{', '.join(first)} and {last}" if first else last


def _is_closing(state: Cohort) -> bool:
    """Whether the session is in its last part, or over."""
    delivery = followed(state)
    if delivery is None or not delivery.started:
        return False
    return not delivery.under_way or delivery.current == delivery.session.segments[-1].id
