"""What may be done with exercises and outputs: take up, open, hand in, amend, withdraw, and keep without a name."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.answers import Answers, Flaw, Sheet, asked, read
from pmworkshop.core.exercise import Exercise, expanded
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.output import FLIP_CHART, AnonymousSheet, Output
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.running import Decision
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import clean, clean_line, matching

LONGEST_REASON = 500
NAMED_FLAWS = 3
NOT_TAKEN = refuse("That exercise has not been taken up for this cohort.")
NO_OUTPUT = refuse("That output is not in the record.")
TWICE = refuse(
    "There is another output of that name already. Name this one otherwise, or change that one instead."
)
MOST_ITEMS = 100
ONLY_ONCE = refuse("You have handed this in. It has no name on it, so it cannot be changed.")
CLOSED = refuse("This is closed now. Nothing was handed in.")
UNNAMED = refuse("This exercise is anonymous: it goes into the box, without a name.")
_spelling = lru_cache(4096)(matching)  # each handing in asks for the same few names again


def same_output(
    state: Cohort, exercise_id: str, participant: ParticipantId, answers: Answers, edition: int = -1
) -> Output | None:
    """Return the output that these answers would be a newer version of.

    A person has one output in an exercise, or where it is repeatable one for each name and view given in it.
    """
    exercise = state.editions[exercise_id][edition]
    return _same(exercise, written_by(state, exercise_id, participant), answers)


def _same(exercise: Exercise, written: Sequence[Output], answers: Answers) -> Output | None:
    mine = [one for one in written if one.withdrawn is None]
    if not exercise.repeatable:
        return mine[-1] if mine else None
    name = _name(exercise, answers)
    if name is None:
        return None
    return next((one for one in reversed(mine) if _name(exercise, one.newest.answers) == name), None)


def written_by(state: Cohort, exercise_id: str, participant: ParticipantId) -> list[Output]:
    """Return what somebody wrote themselves in an exercise, also what was withdrawn, in the order of handing in."""
    return [state.outputs[one] for one in state.written.get((exercise_id, participant), ())]


def outputs_of(state: Cohort, exercise_id: str, participant: ParticipantId) -> Iterator[Output]:
    """Yield the outputs that count in one exercise and belong to one person, alone or with others."""
    for output in state.outputs.values():
        if output.exercise_id == exercise_id and output.withdrawn is None and participant in output.people:
            yield output


def _name(exercise: Exercise, answers: Answers) -> tuple[str, ...] | None:
    keys = [key for key in dict.fromkeys((*exercise.named_by, exercise.compare)) if key]
    if not any(key in answers for key in keys):
        return None
    return tuple(_spelling(str(answers.get(key, ""))) for key in keys)


def flaw_words(exercise: Exercise, answers: Answers, flaws: Sequence[Flaw]) -> str:
    """Say what is wrong with a sheet, the first few questions by their number among those that are asked."""
    numbers = {item.id: number for number, item in enumerate(asked(exercise, answers), 1)}
    named = [f"Question {numbers[flaw.item]}: {flaw.words}" for flaw in flaws[:NAMED_FLAWS]]
    more = len(flaws) - len(named)
    return " ".join(named) + (f" And {more} more." if more else "")


def check_sheet(exercise: Exercise, answers: Any, *, with_gaps: bool) -> Sheet | Refusal:
    """Read answers; refuse them where they are wrong, or incomplete and not `with_gaps`."""
    sheet = read(exercise, answers)
    if sheet.wrong:
        return refuse(f"Not handed in. {flaw_words(exercise, sheet.answers, sheet.wrong)}")
    if not sheet.answers:
        return refuse("Not handed in. There is no answer on this sheet yet.")
    if sheet.missing and not with_gaps:
        return Refusal(
            words=f"Not complete. {flaw_words(exercise, sheet.answers, sheet.missing)}", question=True
        )
    return sheet


def _take_up(state: Cohort, command: c.TakeUpExercise) -> Decision:
    exercise = expanded(command.exercise, command.unit)
    events: list[e.Event] = []
    if command.unit is not None and command.unit != state.unit:
        events.append(e.UnitTaken(unit=command.unit))
    if command.centre is not None and command.centre != state.centre:
        events.append(e.CentreTaken(centre=command.centre))
    if not exercise.items:
        return refuse(f"“{exercise.title}” asks nothing without the course's unit.")
    if len(exercise.items) > MOST_ITEMS:
        return refuse(f"“{exercise.title}” asks {len(exercise.items)} questions; {MOST_ITEMS} are the most.")
    if exercise != state.exercise(command.exercise_id):
        events.append(e.ExerciseTaken(exercise_id=command.exercise_id, exercise=exercise))
    return tuple(events)


def _open(state: Cohort, command: c.OpenActivity) -> Decision:
    if state.exercise(command.exercise_id) is None:
        return NOT_TAKEN
    delivery = state.deliveries.get(command.delivery) if command.delivery else None
    before = state.activities.get(command.exercise_id)
    if before is not None and before.open and before.delivery == (delivery.id if delivery else None):
        return ()
    opened = e.ActivityOpened(
        exercise_id=command.exercise_id,
        delivery=delivery.id if delivery else None,
        segment=delivery.current if delivery else None,
    )
    return (opened,)


def _close(state: Cohort, command: c.CloseActivity) -> Decision:
    activity = state.activities.get(command.exercise_id)
    if activity is None or not activity.open:
        return ()
    return (e.ActivityClosed(exercise_id=command.exercise_id),)


def _reveal(state: Cohort, command: c.RevealResults) -> Decision:
    activity = state.activities.get(command.exercise_id)
    if activity is None:
        return refuse("That exercise has not been opened yet.")
    if activity.revealed == command.on:
        return ()
    return (e.ResultsRevealed(exercise_id=command.exercise_id, on=command.on),)


def _submit(state: Cohort, command: c.SubmitOutput) -> Decision:
    exercise = _edition(state, command.exercise_id, command.edition)
    if exercise is None:
        return NOT_TAKEN
    if exercise.privacy == "anonymous":
        return UNNAMED
    sheet = check_sheet(exercise, command.answers, with_gaps=command.with_gaps)
    written = written_by(state, command.exercise_id, command.participant)
    if isinstance(sheet, Sheet) and _seen(written, command, sheet):
        return ()
    activity = state.activities.get(command.exercise_id)
    if command.route == "phone" and (activity is None or not activity.open):
        return CLOSED
    if any(one not in state.participants for one in (command.participant, *command.members)):
        return refuse("Somebody on this sheet is not on the register.")
    return sheet if isinstance(sheet, Refusal) else _hand_in(state, command, sheet, written)


def _hand_in(state: Cohort, command: c.SubmitOutput, sheet: Sheet, written: Sequence[Output]) -> Decision:
    number = len(state.editions[command.exercise_id]) - 1 if command.edition is None else command.edition
    same = _same(state.editions[command.exercise_id][number], written, sheet.answers)
    meant = state.outputs.get(command.output)
    if meant is not None and same is not None and meant.id != same.id:
        return TWICE
    before = meant or same
    if before is not None:
        return _amend(before, command, number, sheet.answers, _members(state, command))
    return (_submitted(state, command, number, sheet.answers),)


def _members(state: Cohort, command: c.SubmitOutput) -> tuple[ParticipantId, ...]:
    """Return for whom else a scribe writes; nobody, where each writes for themselves."""
    if state.editions[command.exercise_id][-1].filled_by == "each":
        return ()
    return tuple(dict.fromkeys(one for one in command.members if one != command.participant))


def anonymous_sheet(
    state: Cohort,
    exercise_id: str,
    handed_in: Collection[ParticipantId],
    participant: ParticipantId,
    answers: Any,
    *,
    with_gaps: bool,
) -> AnonymousSheet | Refusal:
    """Return what may go into the box of an anonymous exercise; `handed_in` have given theirs already."""
    exercise = state.exercise(exercise_id)
    activity = state.activities.get(exercise_id)
    if exercise is None or exercise.privacy != "anonymous":
        return NOT_TAKEN
    if participant in handed_in:
        return ONLY_ONCE
    if activity is None or not activity.open:
        return CLOSED
    sheet = check_sheet(exercise, answers, with_gaps=with_gaps)
    if isinstance(sheet, Refusal):
        return sheet
    return AnonymousSheet(edition=len(state.editions[exercise_id]) - 1, answers=sheet.answers)


def _edition(state: Cohort, exercise_id: str, number: int | None) -> Exercise | None:
    editions = state.editions.get(exercise_id, ())
    number = len(editions) - 1 if number is None else number
    return editions[number] if 0 <= number < len(editions) else None


def _seen(written: Sequence[Output], command: c.SubmitOutput, sheet: Sheet) -> bool:
    """Whether this very sheet came before: sent again because nobody heard the answer, perhaps after the closing."""
    return bool(command.submission) and any(
        version.submission == command.submission and version.answers == sheet.answers
        for output in written
        for version in output.versions
    )


def _submitted(state: Cohort, command: c.SubmitOutput, edition: int, answers: Answers) -> e.Event:
    delivery = state.deliveries.get(command.delivery) if command.delivery else None
    return e.OutputSubmitted(
        output=command.output,
        exercise_id=command.exercise_id,
        edition=edition,
        participant=command.participant,
        members=_members(state, command),
        delivery=delivery.id if delivery else None,
        segment=delivery.current if delivery else None,
        answers=answers,
        route=command.route,
        entered_by=command.entered_by,
        submission=command.submission,
    )


def _amend(
    before: Output,
    command: c.SubmitOutput,
    edition: int,
    answers: Answers,
    members: tuple[ParticipantId, ...],
) -> Decision:
    if (before.exercise_id, before.participant) != (command.exercise_id, command.participant):
        return refuse("That output belongs to somebody else.")
    if before.withdrawn is not None:
        return refuse("That output was withdrawn. Let it count again before amending it.")
    if (before.newest.edition, before.newest.answers, before.members) == (edition, answers, members):
        return ()
    amended = e.OutputAmended(
        output=before.id,
        edition=edition,
        members=None if members == before.members else members,
        answers=answers,
        route=command.route,
        entered_by=command.entered_by,
        submission=command.submission,
    )
    return (amended,)


def _withdraw(state: Cohort, command: c.WithdrawOutput) -> Decision:
    output = state.outputs.get(command.output)
    reason = clean_line(command.reason)[:LONGEST_REASON]
    if output is None:
        return NO_OUTPUT
    if not reason:
        return refuse("Say why it is withdrawn: the record keeps the reason.")
    return () if output.withdrawn else (e.OutputWithdrawn(output=output.id, reason=reason),)


def _restore(state: Cohort, command: c.RestoreOutput) -> Decision:
    output = state.outputs.get(command.output)
    if output is None:
        return NO_OUTPUT
    if output.withdrawn is None:
        return ()
    newest = output.newest
    if same_output(state, output.exercise_id, output.participant, newest.answers, newest.edition):
        return refuse("Another output has taken its place. Withdraw that one first.")
    return (e.OutputRestored(output=output.id),)


def _enter_anonymous(state: Cohort, command: c.EnterAnonymous) -> Decision:
    activity = state.activities.get(command.exercise_id)
    if command.box in state.emptied or not command.sheets:
        return ()
    if activity is not None and activity.open:
        return refuse("Anonymous answers are entered when their activity has been closed.")
    for sheet in command.sheets:
        exercise = _edition(state, command.exercise_id, sheet.edition)
        if exercise is None:
            return NOT_TAKEN
        if exercise.privacy != "anonymous":
            return refuse("This exercise is not anonymous: its answers are handed in under a name.")
    sheets = tuple(sorted(command.sheets, key=_by_what_it_says))
    return (e.AnonymousEntered(exercise_id=command.exercise_id, box=command.box, sheets=sheets),)


def _by_what_it_says(sheet: AnonymousSheet) -> Any:
    return sheet.edition, sorted((name, repr(given)) for name, given in sheet.answers.items())


def _sort_idea(state: Cohort, command: c.SortIdea) -> Decision:
    exercise = state.exercise(command.exercise_id)
    if exercise is None:
        return NOT_TAKEN
    if command.category not in {None, *(one.id for one in exercise.categories)}:
        return refuse("There is no such category here.")
    idea = matching(clean(command.idea))
    board = state.boards.get(command.exercise_id)
    if not idea or (board.sorted.get(idea) if board else None) == command.category:
        return ()
    return (e.IdeaSorted(exercise_id=command.exercise_id, idea=idea, category=command.category),)


def _place_dots(state: Cohort, command: c.PlaceDots) -> Decision:
    exercise = state.exercise(command.exercise_id)
    if exercise is None:
        return NOT_TAKEN
    if command.voter is not None and command.voter not in state.participants:
        return refuse("That person is not on the register.")
    if command.voter is not None and len(command.ideas) > exercise.dots:
        return refuse(f"{len(command.ideas)} dots; each person has {exercise.dots}.")
    voter = command.voter or FLIP_CHART
    ideas = tuple(sorted(idea for idea in map(matching, command.ideas) if idea))
    board = state.boards.get(command.exercise_id)
    if (board.dots.get(voter, ()) if board else ()) == ideas:
        return ()
    return (e.DotsPlaced(exercise_id=command.exercise_id, voter=voter, ideas=ideas),)


RULES: dict[type, Callable[[Cohort, Any], Decision]] = {
    c.TakeUpExercise: _take_up,
    c.OpenActivity: _open,
    c.CloseActivity: _close,
    c.RevealResults: _reveal,
    c.SubmitOutput: _submit,
    c.WithdrawOutput: _withdraw,
    c.RestoreOutput: _restore,
    c.EnterAnonymous: _enter_anonymous,
    c.SortIdea: _sort_idea,
    c.PlaceDots: _place_dots,
}
