"""What of a record is one person's: the events about them, themselves found by any name they ever had.

Works on the whole record, event by event, because an erased person is to be gone from its past as well.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from pmworkshop.core import events as e
from pmworkshop.core.apply import fold
from pmworkshop.core.erasing import their_ideas, theirs_alone
from pmworkshop.core.ids import Device, OutputId, ParticipantId, RecordId
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.text import matching
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value

WHO: Final = ("participant", "voter", "manager")
"""The fields of an event that say whose it is, where the event is not about an output."""


@value
class Logged:
    """One event that has not been erased, with its number in the record."""

    seq: int
    at: Instant
    event: e.Event


Log = Sequence[Logged]


@value
class Known:
    """Somebody of whom the record knows a name, also if they were taken off the register.

    `people` are they themselves and walk-ins who turned out to be them; `names` all they ever had, the newest last.
    """

    people: tuple[ParticipantId, ...]
    names: tuple[str, ...]
    organisation: str | None = None
    registration: str | None = None
    on_register: bool = True

    @property
    def name(self) -> str:
        """The name that counts."""
        return self.names[-1]


@value
class Erasure:
    """What is to be emptied: events by number. `outputs` go, `kept` are others' too; `phones` must not become another's."""

    known: Known
    seqs: tuple[int, ...]
    outputs: tuple[OutputId, ...]
    kept: tuple[OutputId, ...]
    phones: tuple[Device, ...]


def everybody(log: Log) -> tuple[Known, ...]:
    """Return whoever has a name in the record, in the order of coming."""
    state = fold(nobody(), ((one.event, one.at) for one in log))
    named: dict[ParticipantId, list[e.ParticipantAdded | e.ParticipantCorrected]] = {}
    for one in log:
        if isinstance(one.event, e.ParticipantAdded | e.ParticipantCorrected):
            named.setdefault(one.event.participant, []).append(one.event)
    found: dict[tuple[ParticipantId, ...], Known] = {}
    merged = _merged(log)
    for participant in named:
        people = _same(participant, merged, state, named)
        if people not in found:
            found[people] = _known(people, state, named)
    return tuple(found.values())


def _known(
    people: tuple[ParticipantId, ...],
    state: Cohort,
    named: Mapping[ParticipantId, Sequence[e.ParticipantAdded | e.ParticipantCorrected]],
) -> Known:
    events = [event for one in reversed(people) for event in named.get(one, ())]
    names = dict.fromkeys(reversed([event.name for event in events]))
    own = named.get(people[0], events)[-1]
    return Known(
        people=people,
        names=tuple(reversed(names)),
        organisation=own.organisation,
        registration=own.registration,
        on_register=any(one in state.participants for one in people),
    )


def _merged(log: Log) -> list[tuple[ParticipantId, ParticipantId]]:
    return [
        (one.event.participant, one.event.into) for one in log if isinstance(one.event, e.ParticipantMerged)
    ]


def _same(
    participant: ParticipantId,
    merged: Sequence[tuple[ParticipantId, ParticipantId]],
    state: Cohort,
    named: Collection[ParticipantId],
) -> tuple[ParticipantId, ...]:
    """Return all ids of one person, the one that stands (or last stood) on the register first."""
    found = {participant}
    while more := {one for pair in merged if found & set(pair) for one in pair} - found:
        found |= more
    gone = {one for one, _ in merged}
    order = {one: number for number, one in enumerate(named)}
    return tuple(
        sorted(found, key=lambda one: (one not in state.participants, one in gone, order.get(one, 0), one))
    )


def named(log: Log, text: str) -> tuple[Known, ...]:
    """Return whoever has this id, or else this name, as the register compares names; earlier names count too."""
    people = everybody(log)
    by_id = tuple(one for one in people if text.strip() in one.people)
    wanted = matching(text)
    return by_id or tuple(one for one in people if wanted and wanted in map(matching, one.names))


def erasure(log: Log, known: Known) -> Erasure:
    """Return what is to be emptied for somebody to be gone, also where it had been begun and was cut off."""
    mine = [one for one in log if not _says_gone(one.event, known.people)]
    before = fold(nobody(), ((one.event, one.at) for one in mine))
    gone = frozenset(known.people)
    outputs = frozenset(key for key, one in before.outputs.items() if theirs_alone(before, one, gone))
    whose = _Whose(
        people=gone,
        outputs=outputs,
        records=frozenset(
            one.event.record
            for one in log
            if isinstance(one.event, e.RecordKept) and one.event.participant in gone
        ),
        ideas=their_ideas(before, gone),
    )
    seqs = tuple(one.seq for one in log if is_theirs(one.event, whose))
    kept = tuple(key for key, one in before.outputs.items() if key not in outputs and gone & set(one.people))
    return Erasure(
        known=known,
        seqs=seqs,
        outputs=tuple(key for key in before.outputs if key in outputs),
        kept=kept,
        phones=tuple(_let_go(log, known, frozenset(seqs))),
    )


@value
class _Whose:
    people: frozenset[ParticipantId]
    outputs: frozenset[OutputId]
    records: frozenset[RecordId]
    ideas: Mapping[str, frozenset[str]]


def is_theirs(event: e.Event, whose: _Whose) -> bool:
    """Whether an event is about nobody but these people, or could not be understood without what goes with them."""
    match event:
        case e.ParticipantErased():
            return False
        case e.OutputSubmitted():
            return event.output in whose.outputs
        case e.IdeaSorted():
            return event.idea in whose.ideas.get(event.exercise_id, ())
        case e.DotsPlaced():
            ideas = whose.ideas.get(event.exercise_id, frozenset())
            return event.voter in whose.people or bool(ideas & set(event.ideas))
    return (
        any(getattr(event, field, None) in whose.people for field in WHO)
        or getattr(event, "output", None) in whose.outputs
        or getattr(event, "record", None) in whose.records
    )


def _says_gone(event: e.Event, people: Collection[ParticipantId]) -> bool:
    return isinstance(event, e.ParticipantErased) and event.participant in people


def _let_go(log: Log, known: Known, seqs: Collection[int]) -> Iterator[Device]:
    """Yield phones that were somebody else's before they were theirs, and would be again."""
    first, *others = known.people
    said = e.ParticipantErased(participant=first, also=tuple(others), events=1)
    whole = [(one.event, one.at) for one in log]
    left = [(one.event, one.at) for one in log if one.seq not in seqs]
    held = fold(nobody(), [*whole, (said, Instant(0))]).phones
    would_be = fold(nobody(), [*left, (said, Instant(0))]).phones
    return (device for device in would_be if device not in held)
