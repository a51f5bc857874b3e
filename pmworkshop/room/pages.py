"""A participant's own pages: now, mine, and what is kept about them."""

from starlette.requests import Request
from starlette.responses import Response

from pmworkshop.core import commands as c
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.ids import OutputId
from pmworkshop.core.packing import goes_in, may_choose
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.value import value
from pmworkshop.live.views.now import now_view
from pmworkshop.live.views.outputs import OutputRow, edition_of, output_rows
from pmworkshop.room.context import Me, Room, field, go
from pmworkshop.room.pulse import digest_of
from pmworkshop.room.sheets import in_box


@value
class MineRow:
    """One output of one's own, with what may be done with it."""

    row: OutputRow
    exercise: Exercise
    is_open: bool
    is_scribe: bool
    in_pack: bool
    may_choose: bool


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
        digest=digest_of(view),
        done=done,
        decks=[(name, deck.title) for name, deck in decks.items() if _plays(room, name, me)],
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


async def mine(room: Room, request: Request, me: Me) -> Response:
    """Show what somebody has done, and let them choose what goes into their pack."""
    said = request.query_params.get("said", "")
    return _mine(room, me, "Chosen." if said == "chosen" else "")


def _mine(room: Room, me: Me, words: str = "", status: int = 200) -> Response:
    state, rows = room.state, []
    for row in output_rows(state, participant=me.participant, for_trainer=False):
        output = state.outputs[row.output]
        activity = state.activities.get(row.exercise_id)
        rows.append(
            MineRow(
                row=row,
                exercise=edition_of(state, output, output.newest),
                is_open=activity is not None and activity.open and not row.withdrawn,
                is_scribe=output.participant == me.participant,
                in_pack=goes_in(state, output, me.participant),
                may_choose=may_choose(state, output),
            )
        )
    recovery = room.keys.recovery(state, me.participant)
    return room.page(
        "mine.html",
        status,
        me=me,
        rows=rows,
        words=words,
        recovery=recovery,
        token=room.token(me),
    )


async def choose(room: Room, request: Request, me: Me) -> Response:
    """Put an output into the pack, or leave it out."""
    form = await request.form(max_files=0, max_fields=20)
    if not room.is_token(me, field(form, "token")):
        return _mine(room, me, "This page was open for too long. Choose once more.", 422)
    outcome = await room.ask(
        c.ChooseForPack(
            output=OutputId(field(form, "output")),
            participant=me.participant,
            on=field(form, "in-pack") == "yes",
        )
    )
    if isinstance(outcome, Refusal):
        return _mine(room, me, outcome.words, 503 if outcome.trouble else 422)
    return go("/mine?said=chosen")


async def about(room: Room, request: Request) -> Response:
    """Say what is kept, where, for how long, and who sees it."""
    return room.page("about.html", me=room.me(request))
