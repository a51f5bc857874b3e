"""The page of now, and what is kept about whom."""

from starlette.requests import Request
from starlette.responses import Response

from pmworkshop.live.views.my_evidence import sign_pointer
from pmworkshop.live.views.now import now_view
from pmworkshop.room.context import Me, Room
from pmworkshop.room.pulse import beside, digest_of, of_round
from pmworkshop.room.sheets import in_box
from pmworkshop.room.team import turn_of


async def now(room: Room, request: Request, me: Me) -> Response:
    """Show what is going on now."""
    del request
    at = room.services.now()
    view = now_view(room.state, at, room.services.zone()[1])
    done = {
        output.exercise_id
        for output in room.state.outputs.values()
        if output.withdrawn is None and me.participant in output.people
    }
    for one in view.activities:
        if one.privacy == "anonymous" and await in_box(room, one.exercise_id, me.participant):
            done.add(one.exercise_id)
    decks = room.services.decks()
    return room.page(
        "now.html",
        me=me,
        view=view,
        turn=turn_of(room.state, view, me.participant),
        round_timing=of_round(view.rotation) if view.rotation else None,
        beside=beside(view),
        digest=digest_of(view),
        done=done,
        decks=[(name, deck.title) for name, deck in decks.items() if _plays(room, name, me)],
        signing=sign_pointer(room.state, me.participant),
        recovery=room.keys.recovery(room.state, me.participant),
        token=room.token(me),
    )


def _plays(room: Room, deck_id: str, me: Me) -> bool:
    """Whether cards of a deck are being played: a group has drawn, or an exercise that goes with it is open."""
    if (deck_id, me.participant) in room.state.seats:
        return True
    if any(key.startswith(f"{deck_id}/") for key in room.state.draws):
        return True
    for exercise_id, activity in room.state.activities.items():
        exercise = room.state.exercise(exercise_id)
        if activity.open and exercise is not None and exercise.deck == deck_id:
            return True
    return False


async def about(room: Room, request: Request) -> Response:
    """Say what is kept, where, for how long, and who sees it."""
    return room.page("about.html", me=room.me(request))
