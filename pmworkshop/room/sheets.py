"""A form in somebody's hands: what it changes or becomes, what stands on it, and the page that shows it."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from pmworkshop.core.answers import Flaw, read
from pmworkshop.core.coach import prompts
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.output import Output
from pmworkshop.core.producing import written_by
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import clean
from pmworkshop.core.value import value
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views.activity import draft_key
from pmworkshop.live.views.outputs import output_rows
from pmworkshop.room.context import Me, Room
from pmworkshop.room.form_fields import fields


@value
class Again:
    """Why a form is shown once more: words above it, a flaw at an item, and what may be done about it."""

    words: str = ""
    flaws: tuple[Flaw, ...] = ()
    gaps: bool = False
    more: str = ""
    group_error: str = ""
    status: int = 200


@value
class Sheet:
    """A form in somebody's hands: which edition, which output it changes or becomes, and what stands on it."""

    exercise_id: str
    exercise: Exercise
    edition: int
    output: str
    amends: Output | None
    raw: Mapping[str, Any]
    group: str
    submission: str


def own(state: Cohort, exercise_id: str, participant: ParticipantId, wanted: str) -> Output | None:
    """Return the output of that id, where somebody wrote it themselves in this exercise and it counts."""
    found = state.outputs.get(OutputId(wanted))
    if found is None or found.withdrawn is not None:
        return None
    return found if (found.exercise_id, found.participant) == (exercise_id, participant) else None


def mine_in(state: Cohort, exercise_id: str, participant: ParticipantId) -> list[Output]:
    """Return what somebody wrote themselves in an exercise, the newest last."""
    found = written_by(state, exercise_id, participant)
    return sorted((one for one in found if one.withdrawn is None), key=lambda one: one.newest.at)


async def in_box(room: Room, exercise_id: str, participant: ParticipantId) -> bool:
    """Whether somebody has handed in without a name, while that is still known."""
    exercise = room.state.exercise(exercise_id)
    if exercise is None or exercise.privacy != "anonymous":
        return False
    try:
        boxes = await asyncio.to_thread(room.workshop.boxes)
    except RecordTroubleError:
        return False
    return exercise_id in boxes and participant in boxes[exercise_id].handed_in


def no_exercise(room: Room, me: Me) -> Response:
    """Say that there is no such exercise."""
    return room.plain(me, "Not here", "There is no such exercise here, or it has not been opened yet.", 404)


async def take_up(room: Room, exercise_id: str, me: Me, wanted: str) -> Sheet:
    """Take up a form: what is to be amended, or a new one; with its draft, if there is one."""
    state = room.state
    mine = mine_in(state, exercise_id, me.participant)
    editions = state.editions[exercise_id]
    exercise = editions[-1]
    amends = next((one for one in mine if one.id == wanted), None)
    if amends is None and mine and not exercise.repeatable:
        amends = mine[-1]
    key = draft_key(exercise_id, me.participant, amends.id if amends else "")
    draft = unpacked(await room.draft(key))
    given = draft.get("answers") if isinstance(draft.get("answers"), dict) else None
    before: Mapping[str, Any] = amends.newest.answers if amends else {}
    return Sheet(
        exercise_id=exercise_id,
        exercise=exercise,
        edition=len(editions) - 1,
        output=amends.id if amends else room.services.new_id(),
        amends=amends,
        raw=given if given is not None else before,
        group=clean(str(draft["group"]))[:4000] if "group" in draft else _names(state, amends),
        submission=room.token(me),
    )


def _names(state: Cohort, amends: Output | None) -> str:
    """Return the group that its own scribe has named before."""
    members = amends.members if amends else ()
    return "\n".join(state.participants[one].name for one in members if one in state.participants)


def unpacked(body: str) -> dict[str, Any]:
    """Return the object in a JSON text; an empty one where there is none."""
    try:
        found = json.loads(body) if body else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def form_page(room: Room, me: Me, sheet: Sheet, again: Again = Again()) -> Response:  # noqa: B008  # frozen
    """Return the page with a form."""
    exercise = sheet.exercise
    sheet_read = read(exercise, sheet.raw)
    hints = (
        {one.item: one.words for one in prompts(exercise, sheet_read.answers, room.state.unit)}
        if again.flaws or sheet.amends
        else {}
    )
    mine = output_rows(
        room.state, exercise_id=sheet.exercise_id, participant=me.participant, for_trainer=False
    )
    others = [row for row in mine if row.output != sheet.output and not row.withdrawn]
    return room.page(
        "do.html",
        again.status,
        me=me,
        sheet=sheet,
        exercise=exercise,
        fields=fields(exercise, sheet.raw, again.flaws, hints, again.more),
        again=again,
        others=others,
        answered=len(sheet_read.answers),
        has_photo=any(item.kind == "photo" for item in exercise.items),
    )
