"""What comes after handing in: the receipt, the result, the photo."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from pmworkshop.core.ids import OutputId
from pmworkshop.core.producing import outputs_of
from pmworkshop.core.saying import NO_ANSWER
from pmworkshop.drawing import own
from pmworkshop.live.views.coverage import signed_view
from pmworkshop.live.views.outputs import OutputPage, output_page
from pmworkshop.room.context import Me, Room, go
from pmworkshop.room.sheets import in_box, no_exercise

LENGTH_OF_HASH = 64


async def done(room: Room, request: Request, me: Me) -> Response:
    """Show the receipt and what it comes to."""
    exercise_id = request.path_params["exercise"]
    state = room.state
    exercise = state.exercise(exercise_id)
    if exercise is None:
        return no_exercise(room, me)
    activity = state.activities.get(exercise_id)
    is_open = activity is not None and activity.open
    if exercise.privacy == "anonymous":
        if is_open and not await in_box(room, exercise_id, me.participant):
            return go(f"/do/{exercise_id}")
        return room.page("done.html", me=me, exercise=exercise, exercise_id=exercise_id, page=None)
    found = list(outputs_of(state, exercise_id, me.participant))
    wanted = request.query_params.get("output", "")
    output = next((one for one in found if one.id == wanted), None) or max(
        found, key=lambda one: one.newest.at, default=None
    )
    if output is None:
        return go(f"/do/{exercise_id}")
    page = output_page(state, output.id, for_trainer=False)
    return room.page(
        "done.html",
        me=me,
        exercise=exercise,
        exercise_id=exercise_id,
        page=page,
        output=output,
        is_open=is_open,
        is_scribe=output.participant == me.participant,
        void=signed_view(state, me.participant).standing == "void",
        explain=bool(request.query_params.get("explain")),
        photos=_photos(page) if page else frozenset(),
        pictures=own,
    )


def _photos(page: OutputPage) -> frozenset[str]:
    """Return the items that were answered with a photo."""
    kinds = {item.id: item.kind for item in page.exercise.items}
    return frozenset(
        one.item for one in page.answers if kinds[one.item] == "photo" and one.lines != (NO_ANSWER,)
    )


async def photo(room: Room, request: Request, me: Me) -> Response:
    """Return a photo of one's own output."""
    output = room.state.outputs.get(OutputId(request.path_params["output"]))
    item = request.path_params["item"]
    if output is None or me.participant not in output.people:
        return room.plain(me, "Not here", "There is no such photo.", 404)
    found = output.newest.answers.get(item)
    raw = None
    if isinstance(found, str) and len(found) == LENGTH_OF_HASH:
        raw = await asyncio.to_thread(room.services.photo_bytes, room.workshop, found)
    if raw is None:
        return room.plain(me, "Not here", "There is no such photo.", 404)
    return Response(raw, media_type="image/jpeg")
