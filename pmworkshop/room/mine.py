"""A participant's own page: what they have done, what of it goes into their pack, what it supports, who wrote about them."""

from starlette.requests import Request
from starlette.responses import Response

from pmworkshop.core import commands as c
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.packing import may_choose
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort
from pmworkshop.core.value import value
from pmworkshop.live.views.coverage import person_coverage
from pmworkshop.live.views.my_evidence import Share, my_records, share, would_support
from pmworkshop.live.views.outputs import OutputRow, output_rows
from pmworkshop.room.context import Me, Room, field, go


@value
class OwnSheet:
    """One output of one's own, what of it goes in, and what may be done with it."""

    row: OutputRow
    share: Share
    may_choose: bool
    may_change: bool


def own_sheets(state: Cohort, participant: ParticipantId) -> tuple[OwnSheet, ...]:
    """Return whatever somebody has a part in, the newest first; what was withdrawn last."""
    rows = output_rows(state, participant=participant, for_trainer=False)
    return tuple(_sheet(state, participant, row) for row in rows)


def _sheet(state: Cohort, participant: ParticipantId, row: OutputRow) -> OwnSheet:
    output, activity = state.outputs[row.output], state.activities.get(row.exercise_id)
    is_open = activity is not None and activity.open and not row.withdrawn
    return OwnSheet(
        row=row,
        share=share(state, output, participant),
        may_choose=may_choose(state, output, participant),
        may_change=is_open and output.participant == participant,
    )


async def mine(room: Room, request: Request, me: Me) -> Response:
    """Show what somebody has done, and let them choose what goes into their pack."""
    said = request.query_params.get("said", "")
    return _mine(room, me, "Chosen." if said == "chosen" else "")


def _mine(room: Room, me: Me, words: str = "", status: int = 200) -> Response:
    state = room.state
    sheets, covered = own_sheets(state, me.participant), person_coverage(state, me.participant)
    return room.page(
        "mine.html",
        status,
        me=me,
        sheets=sheets,
        records=my_records(state, me.participant),
        covered=covered,
        outcomes=state.unit.outcomes if state.unit else (),
        by_criterion={one.criterion.id: one for one in covered.criteria},
        would=would_support(state, me.participant),
        words=words,
        recovery=room.keys.recovery(state, me.participant),
        token=room.token(me),
    )


async def choose(room: Room, request: Request, me: Me) -> Response:
    """Put all of an output into the pack, or leave out what is no evidence."""
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
