"""What of an output goes into somebody's pack: what is evidence always, the rest only where they chose so."""

from collections.abc import Iterator

from pmworkshop.core.answers import asked, read
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.output import Output
from pmworkshop.core.state import Cohort


def edition(state: Cohort, output: Output) -> Exercise:
    """Return the exercise as it was worded when the newest version was filled in."""
    return state.editions[output.exercise_id][output.newest.edition]


def is_evidence(exercise: Exercise, item: Item) -> bool:
    """Whether an answer goes into packs without being asked."""
    return (item.privacy or exercise.privacy) == "evidence"


def may_choose(state: Cohort, output: Output, participant: ParticipantId) -> bool:
    """Whether there is anything on a sheet that goes into somebody's pack only where they choose so."""
    exercise = edition(state, output)
    if participant not in output.people or output.withdrawn is not None:
        return False
    answered = (item for item in exercise.items if item.id in output.newest.answers)
    return not all(is_evidence(exercise, item) for item in answered)


def has_chosen(state: Cohort, output: Output, participant: ParticipantId) -> bool:
    """Whether somebody chose that all of a sheet goes into their pack."""
    return state.for_pack.get((output.id, participant), False)


def packed(state: Cohort, output: Output, participant: ParticipantId) -> tuple[Item, ...]:
    """Return the items of an output that go into somebody's pack, also those without an answer.

    None where nothing of it does: it is somebody else's, was withdrawn, or none of these items was answered.
    """
    if participant not in output.people or output.withdrawn is not None:
        return ()
    exercise, answers = edition(state, output), output.newest.answers
    chosen = has_chosen(state, output, participant)
    found = tuple(item for item in asked(exercise, answers) if chosen or is_evidence(exercise, item))
    return found if any(item.id in answers for item in found) else ()


def goes_in(state: Cohort, output: Output, participant: ParticipantId) -> bool:
    """Whether anything of an output goes into somebody's pack."""
    return bool(packed(state, output, participant))


def packed_outputs(state: Cohort, participant: ParticipantId) -> Iterator[Output]:
    """Yield the outputs of which something goes into somebody's pack, in the order of handing in."""
    return (one for one in state.outputs.values() if goes_in(state, one, participant))


def blanks(state: Cohort, output: Output, participant: ParticipantId) -> tuple[Item, ...]:
    """Return the items that go into somebody's pack and lack an answer, or have too short a one."""
    exercise = edition(state, output)
    missing = {flaw.item for flaw in read(exercise, output.newest.answers).missing}
    return tuple(item for item in packed(state, output, participant) if item.id in missing)


def is_group_work(state: Cohort, output: Output) -> bool:
    """Whether several people stand behind an output, so that it is nobody's own."""
    return bool(output.members) or edition(state, output).filled_by != "each"
