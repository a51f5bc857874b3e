"""Which events of a record a pack may show in full: what is its owner's and goes in, and what is nobody's.

Of all others a pack shows only the seal. An event that also holds private answers stays closed, unless they go in.
"""

from collections.abc import Callable
from typing import Any, Final

from pmworkshop.core import events as e
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.output import Output
from pmworkshop.core.packing import has_chosen, is_evidence, packed_outputs
from pmworkshop.core.state import Cohort
from pmworkshop.core.theirs import Log

NOBODYS: Final = (
    e.CohortCreated,
    e.UnitTaken,
    e.CentreTaken,
    e.DeliveryOpened,
    e.DeliveryStarted,
    e.SegmentEntered,
    e.SegmentBegun,
    e.StartCorrected,
    e.Paused,
    e.Resumed,
    e.TimeAdded,
    e.DeliveryFinished,
    e.DeliveryReopened,
    e.OptionsChosen,
    e.ClockStepped,
)
ABOUT_SOMEBODY: Final = (
    e.ParticipantAdded,
    e.ParticipantCorrected,
    e.ParticipantMerged,
    e.AttendanceMarked,
    e.LeftEarly,
    e.PackChosen,
    e.PackSigned,
    e.CentreSigned,
)


def shown_events(state: Cohort, log: Log, participant: ParticipantId) -> frozenset[int]:
    """Return the numbers of the events that somebody's pack may show in full."""
    people = _also(log, participant)
    outputs = {one.id: one for one in packed_outputs(state, participant)}
    exercises = {one.exercise_id for one in outputs.values()}
    whole = {key for key, one in outputs.items() if _goes_in_whole(state, one, participant)}

    def record_goes_in(event: Any) -> bool:
        record = state.records.get(event.record)
        return record is not None and record.participant == participant and record.withdrawn is None

    rules: dict[type, Callable[[Any], bool]] = {
        **dict.fromkeys(NOBODYS, lambda _: True),
        **dict.fromkeys(ABOUT_SOMEBODY, lambda event: event.participant in people),
        e.PackChosen: lambda event: event.participant in people and event.output in outputs,
        e.ExerciseTaken: lambda event: event.exercise_id in exercises,
        e.OutputSubmitted: lambda event: event.output in whole,
        e.OutputAmended: lambda event: event.output in whole,
        e.RecordKept: record_goes_in,
        e.CriterionMapped: lambda event: event.output in outputs,
    }
    return frozenset(one.seq for one in log if rules.get(type(one.event), lambda _: False)(one.event))


def _goes_in_whole(state: Cohort, output: Output, participant: ParticipantId) -> bool:
    """Whether nothing that was ever answered on a sheet stays out, in any of its versions."""
    editions = state.editions[output.exercise_id]
    return has_chosen(state, output, participant) or all(
        is_evidence(editions[version.edition], item)
        for version in output.versions
        for item in editions[version.edition].items
        if item.id in version.answers
    )


def _also(log: Log, participant: ParticipantId) -> frozenset[ParticipantId]:
    """Return somebody with the walk-ins who turned out to be them."""
    people = {participant}
    for one in reversed(log):
        if isinstance(one.event, e.ParticipantMerged) and one.event.into in people:
            people.add(one.event.participant)
    return frozenset(people)
