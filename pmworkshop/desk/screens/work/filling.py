"""From a name to a filled form: which output, what was half written, the form, the result. Call from a worker."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, EnteredBy, OutputId, ParticipantId, Route
from pmworkshop.core.output import Output, Version
from pmworkshop.core.refusal import refuse
from pmworkshop.core.saying import named
from pmworkshop.core.scoring import marks
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import wall_clock
from pmworkshop.core.value import value
from pmworkshop.desk.screens.dialogs import Pick
from pmworkshop.desk.screens.picking import PickSeveral
from pmworkshop.desk.screens.work.form import FormScreen
from pmworkshop.desk.screens.work.form_pages import Filling
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views.activity import draft_key, outputs_by_person
from pmworkshop.live.views.outputs import holds_private, person_name, seen_by_trainer
from pmworkshop.live.views.people import shown_names
from pmworkshop.live.workshop import Workshop

NEW = "new"
TAKEN = "  (in a group that has handed in)"
PRIVATE = refuse(
    "This holds answers that nobody else may see. Whoever gave them can change it: pass the laptop."
)


@value
class Way:
    """How a form comes in: by which route, entered by whom, in which delivery."""

    route: Route = "laptop"
    entered_by: EnteredBy = "participant"
    delivery: DeliveryId | None = None


PAPER = Way(route="paper", entered_by="trainer")


async def take_up(screen: CohortScreen, exercise_id: str) -> bool:
    """Take the exercise up as the kit words it now; where the kit has it no longer, as the cohort knows it."""
    kit = await screen.desk.read_kit()
    exercise = kit.exercises.get(exercise_id)
    if exercise is None:
        if screen.state.exercise(exercise_id) is not None:
            return True
        screen.say_no(
            refuse(f"The kit has no exercise “{exercise_id}” that can be used. Home lists its problems.")
        )
        return False
    command = c.TakeUpExercise(exercise_id=exercise_id, exercise=exercise, unit=kit.unit, centre=kit.centre)
    return await screen.ask(command) is not None


def outputs_by(state: Cohort, exercise_id: str, participant: ParticipantId) -> list[Output]:
    """Return the outputs that somebody wrote in an exercise and that count."""
    return [
        output
        for output in state.outputs.values()
        if (output.exercise_id, output.participant, output.withdrawn) == (exercise_id, participant, None)
    ]


async def choose_output(
    screen: CohortScreen, exercise_id: str, participant: ParticipantId, *, for_trainer: bool = False
) -> tuple[bool, Output | None]:
    """Return whether to go on, and which output to amend, or None for a new one; by names that may be seen."""
    mine = outputs_by(screen.state, exercise_id, participant)
    if not mine:
        return True, None
    exercise = screen.state.editions[exercise_id][-1]
    if not exercise.repeatable:
        return True, mine[-1]
    offset = screen.desk.services.zone()[1]
    choices = [(NEW, "A new one")]
    for output in mine:
        newest = output.newest
        edition = screen.state.editions[exercise_id][newest.edition]
        seen = seen_by_trainer(edition) if for_trainer else edition
        words = named(seen, newest.answers) or "handed in"
        choices.append((output.id, f"Change: {words}, {wall_clock(newest.at, offset)}"))
    picked = await screen.put(Pick(f"{person_name(screen.state, participant)}: {exercise.title}", choices))
    if picked is None:
        return False, None
    return True, None if picked == NEW else screen.state.outputs[OutputId(picked)]


async def choose_members(
    screen: CohortScreen, exercise_id: str, participant: ParticipantId
) -> tuple[ParticipantId, ...] | None:
    """Return who else is in the scribe's pair or group; None when the trainer thought better of it."""
    state = screen.state
    exercise = state.editions[exercise_id][-1]
    if exercise.filled_by == "each":
        return ()
    names = shown_names(state)
    others = sorted((one for one in names if one != participant), key=lambda one: names[one].casefold())
    if not others:
        return ()
    title = f"{names.get(participant) or person_name(state, participant)} writes for a {exercise.filled_by}. Who else is in it?"
    taken = outputs_by_person(state, exercise_id)
    choices = [(one, f"{names[one]}{TAKEN if one in taken else ''}") for one in others]
    nobody = "Nobody else is ticked. Enter once more if you worked alone."
    picked = await screen.put(PickSeveral(title, choices, nobody=nobody))
    return None if picked is None else tuple(ParticipantId(one) for one in picked)


async def fill(
    screen: CohortScreen,
    exercise_id: str,
    participant: ParticipantId,
    way: Way,
    amend: Output | None = None,
    only: frozenset[str] = frozenset(),
    form: Callable[[Workshop, Filling], FormScreen] = FormScreen,
) -> OutputId | None:
    """Have a form filled in; return the output once it is handed in, `""` for one without a name, else None."""
    if amend is not None and way.entered_by == "trainer" and holds_private(screen.state, amend):
        screen.say_no(PRIVATE)
        return None
    filling = await _filling(screen, exercise_id, participant, way, amend, only)
    if filling is None:
        return None
    shown = form(screen.workshop, filling)
    if screen.app.screen is not screen:
        return None
    await screen.app.push_screen_wait(shown)
    if not shown.handed_in:
        return None
    return _handed_in(screen.state, filling)


def _handed_in(state: Cohort, filling: Filling) -> OutputId:
    """Return the output that a form became: its own, or one that it is a newer version of."""
    if filling.output in state.outputs:
        return filling.output
    mine = outputs_by(state, filling.exercise_id, filling.participant)
    newest = max(mine, key=lambda output: output.newest.at, default=None)
    return newest.id if newest else OutputId("")


async def _filling(
    screen: CohortScreen,
    exercise_id: str,
    participant: ParticipantId,
    way: Way,
    amend: Output | None,
    only: frozenset[str],
) -> Filling | None:
    key = draft_key(exercise_id, participant, amend.id if amend else "", way.route)
    draft = await asyncio.to_thread(_drafted, screen.workshop, key)
    editions = screen.state.editions[exercise_id]
    exercise = editions[-1]
    members = tuple(draft.get("members", ())) if draft else None
    if members is None:
        members = amend.members if amend else await choose_members(screen, exercise_id, participant)
    if members is None:
        return None
    answers = draft.get("answers") or (amend.newest.answers if amend else {})
    return Filling(
        exercise_id=exercise_id,
        exercise=exercise,
        edition=len(editions) - 1,
        participant=participant,
        name=person_name(screen.state, participant),
        members=members,
        output=amend.id if amend else OutputId(screen.desk.services.new_id()),
        amending=amend is not None,
        answers=answers if isinstance(answers, Mapping) else {},
        submission=_submission(screen.state, draft) or screen.desk.services.new_id(),
        route=way.route,
        entered_by=way.entered_by,
        delivery=way.delivery,
        only=only,
        at=int(draft.get("at", -1)) if draft else -1,
    )


def _submission(state: Cohort, draft: Mapping[str, Any]) -> str:
    """Return the submission that a draft was to become; nothing where it did, for what is written now is another."""
    found = str(draft.get("submission") or "")
    known = (version.submission for output in state.outputs.values() for version in output.versions)
    return "" if found in known else found


def _drafted(workshop: Workshop, key: str) -> dict[str, Any]:
    """Return what was half written; nothing where there is none, or where it cannot be read."""
    try:
        body = workshop.drafts().get(key)
        found = json.loads(body) if body else {}
    except (RecordTroubleError, ValueError):
        return {}
    sound = (
        isinstance(found, dict)
        and isinstance(found.get("answers", {}), dict)
        and isinstance(found.get("at", -1), int)
        and isinstance(found.get("members", []), list)
    )
    return found if sound else {}


async def amend_from_paper(screen: CohortScreen, output: OutputId) -> None:
    """Have the trainer correct an output from the person's paper."""
    before = screen.state.outputs[output]
    done = await fill(screen, before.exercise_id, before.participant, PAPER, before)
    if done is not None:
        screen.app.notify("Corrected; the older version is kept.", markup=False, timeout=3)


def not_right(state: Cohort, output: OutputId) -> frozenset[str]:
    """Return the questions of a quiz whose newest answer is not right."""
    found = state.outputs[output]
    version: Version = found.newest
    exercise = state.editions[found.exercise_id][version.edition]
    return frozenset(mark.item for mark in marks(exercise, version.answers, version.answers) if not mark.now)
