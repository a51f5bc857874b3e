"""Doing an exercise on a phone: the form, its draft, handing in."""

import json
from collections.abc import Mapping
from typing import Any, Final

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.answers import Flaw, read
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.producing import CLOSED, ONLY_ONCE, same_output
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort
from pmworkshop.core.teaming import followed
from pmworkshop.core.text import clean
from pmworkshop.live.views.activity import draft_key
from pmworkshop.live.workshop import Accepted
from pmworkshop.room.context import Me, Room, field, go
from pmworkshop.room.form_reading import photos, raw_answers
from pmworkshop.room.groups import members_named
from pmworkshop.room.sheets import (
    Again,
    Sheet,
    form_page,
    in_box,
    mine_in,
    no_exercise,
    own,
    take_up,
    unpacked,
)

LONGEST_DRAFT: Final = 400_000
OLD_PAGE: Final = (
    "This page was open for another person or too long. Nothing is lost: look it over and hand it in again."
)
KEPT: Final = (
    "This is closed, so it was not handed in. What you wrote is kept: ask the trainer to open it again."
)


async def show(room: Room, request: Request, me: Me) -> Response:
    """Show a form, with what was half written or handed in before."""
    exercise_id = request.path_params["exercise"]
    state = room.state
    activity = state.activities.get(exercise_id)
    if state.exercise(exercise_id) is None or activity is None:
        return no_exercise(room, me)
    if not activity.open:
        words = "The trainer has closed this. What was handed in is safe; what is half written is kept."
        return room.plain(me, "Closed", words, 409)
    if await in_box(room, exercise_id, me.participant):
        return go(f"/done/{exercise_id}")
    sheet = await take_up(room, exercise_id, me, request.query_params.get("output", ""))
    return form_page(room, me, sheet)


async def hand_in(room: Room, request: Request, me: Me) -> Response:
    """Take a form; see other once it is durable, or the form again with all that was typed."""
    exercise_id = request.path_params["exercise"]
    state = room.state
    if state.exercise(exercise_id) is None:
        return no_exercise(room, me)
    async with request.form(max_files=10, max_fields=1500, max_part_size=100_000) as form:
        sheet = _posted(room, state, exercise_id, me, form)
        if not room.is_token(me, field(form, "submission")):
            return form_page(room, me, sheet, Again(words=OLD_PAGE, status=403))
        trouble = await _keep_photos(room, sheet, form)
        more = field(form, "more-rows")
        if more:
            return form_page(room, me, sheet, Again(more=more))
        if trouble:
            return form_page(
                room, me, sheet, Again(words="The photo was not kept.", flaws=trouble, status=422)
            )
        return await _take(room, me, sheet, with_gaps=bool(field(form, "with-gaps")))


def _posted(room: Room, state: Cohort, exercise_id: str, me: Me, form: FormData) -> Sheet:
    editions = state.editions[exercise_id]
    number = field(form, "edition", 4)
    edition = (
        int(number)
        if number.isascii() and number.isdecimal() and int(number) < len(editions)
        else len(editions) - 1
    )
    wanted = field(form, "output", 40)
    amends = own(state, exercise_id, me.participant, wanted)
    exercise = editions[edition]
    is_new = wanted.isascii() and wanted.isalnum() and wanted not in state.outputs
    given = field(form, "submission")
    valid = room.is_token(me, given)
    return Sheet(
        exercise_id=exercise_id,
        exercise=exercise,
        edition=edition,
        output=wanted if is_new or amends else room.services.new_id(),
        amends=amends,
        raw=raw_answers(exercise, form),
        group=field(form, "group-members", 4000),
        submission=given if valid else room.token(me),
    )


async def _keep_photos(room: Room, sheet: Sheet, form: FormData) -> tuple[Flaw, ...]:
    """Keep the photos that came, and put their hashes into the answers."""
    flaws = []
    for item, file in photos(sheet.exercise, form).items():
        kept = await room.keep_photo(await file.read())
        if isinstance(kept, Refusal):
            flaws.append(Flaw(item=item, words=kept.words))
        else:
            sheet.raw[item] = kept  # type: ignore[index]  # the raw answers of a posted sheet are its own
    return tuple(flaws)


async def _take(room: Room, me: Me, sheet: Sheet, *, with_gaps: bool) -> Response:
    members, group_error = members_named(room.state, sheet.group, me.participant)
    if group_error and sheet.exercise.filled_by != "each":
        return form_page(
            room, me, sheet, Again(words="Not handed in yet.", group_error=group_error, status=422)
        )
    key = draft_key(sheet.exercise_id, me.participant, sheet.amends.id if sheet.amends else "")
    if sheet.exercise.privacy == "anonymous":
        outcome = await _into_box(room, me, sheet, key, with_gaps=with_gaps)
    else:
        outcome = await room.ask(_command(room, me, sheet, members, with_gaps=with_gaps), draft=key)
    if isinstance(outcome, Refusal):
        return await _not_taken(room, me, sheet, outcome, key)
    found = _became(outcome.events) or _same(outcome.state, sheet, me)
    if (
        found
        and sheet.amends is None
        and not any(isinstance(one, e.OutputSubmitted) for one in outcome.events)
    ):
        # The page is older than what it has become a version of, under which its draft was kept.
        room.workshop.save_draft(draft_key(sheet.exercise_id, me.participant, found), "")
    return go(f"/done/{sheet.exercise_id}" + (f"?output={found}" if found else ""))


def _command(
    room: Room, me: Me, sheet: Sheet, members: tuple[ParticipantId, ...], *, with_gaps: bool
) -> c.SubmitOutput:
    delivery = followed(room.state)
    return c.SubmitOutput(
        output=OutputId(sheet.output),
        exercise_id=sheet.exercise_id,
        edition=sheet.edition,
        participant=me.participant,
        members=members,
        delivery=delivery.id if delivery else None,
        answers=sheet.raw,
        route="phone",
        entered_by="participant",
        submission=sheet.submission,
        with_gaps=with_gaps,
    )


async def _into_box(room: Room, me: Me, sheet: Sheet, key: str, *, with_gaps: bool) -> Accepted | Refusal:
    """Put a sheet without a name into its box; one that is there already has come twice over a bad line."""
    outcome = await room.hear(
        room.workshop.hold(
            sheet.exercise_id,
            me.participant,
            sheet.raw,
            room.services.new_id(),
            with_gaps=with_gaps,
            draft=key,
        )
    )
    room.hub.soon()
    if outcome == ONLY_ONCE:
        room.workshop.save_draft(key, "")
        return Accepted(events=(), state=room.state)
    return outcome


async def _not_taken(room: Room, me: Me, sheet: Sheet, refusal: Refusal, key: str) -> Response:
    """Say why not, with all that was typed; what came too late is kept as half written."""
    if refusal == CLOSED and sheet.exercise.privacy == "anonymous":
        return form_page(room, me, sheet, Again(words=refusal.words, status=409))
    if refusal == CLOSED:
        kept = await room.keep(key, _packed(sheet.raw, sheet.group))
        return form_page(room, me, sheet, Again(words=KEPT if kept else refusal.words, status=409))
    if refusal.trouble:
        return form_page(room, me, sheet, Again(words=f"{refusal.words} Hand it in once more.", status=503))
    found = read(sheet.exercise, sheet.raw)
    words = "" if found.flaws else refusal.words
    return form_page(
        room, me, sheet, Again(words=words, flaws=found.flaws, gaps=refusal.question, status=422)
    )


def _packed(raw: Mapping[str, Any], group: str) -> str:
    return json.dumps({"answers": raw, "group": group}, separators=(",", ":"))


def _draft(known: Mapping[str, Any], group: str) -> str:
    """Return a draft packed; nothing where it is nested so deeply that no form can have sent it."""
    try:
        return _packed(known, clean(group)[:4000])
    except RecursionError:
        return ""


def _became(events: tuple[e.Event, ...]) -> str:
    return next((one.output for one in events if isinstance(one, e.OutputSubmitted | e.OutputAmended)), "")


def _same(state: Cohort, sheet: Sheet, me: Me) -> str:
    """Return the output that a sheet which changed nothing stands for."""
    if sheet.exercise.privacy == "anonymous":
        return ""
    answers = read(sheet.exercise, sheet.raw).answers
    found = state.outputs.get(OutputId(sheet.output)) or same_output(
        state, sheet.exercise_id, me.participant, answers, sheet.edition
    )
    return found.id if found else ""


async def keep_photo(room: Room, request: Request, me: Me) -> Response:
    """Keep a photo while the rest is still being written; return what stands for it in the form."""
    del me
    exercise = room.state.exercise(request.path_params["exercise"])
    item = exercise.item(request.path_params["item"]) if exercise else None
    if item is None or item.kind != "photo":
        return JSONResponse({"error": "There is no such question."}, 404)
    if not request.headers.get("content-type", "").startswith("image/"):
        return JSONResponse({"error": "Send a photo."}, 415)
    kept = await room.keep_photo(await request.body())
    if isinstance(kept, Refusal):
        return JSONResponse({"error": kept.words}, 422)
    return JSONResponse({"photo": kept})


async def keep_draft(room: Room, request: Request, me: Me) -> Response:
    """Keep what is half written: a JSON object of item id to value."""
    exercise_id = request.path_params["exercise"]
    exercise = room.state.exercise(exercise_id)
    if exercise is None:
        return JSONResponse({"error": "There is no such exercise."}, 404)
    if not request.headers.get("content-type", "").startswith("application/json"):
        return JSONResponse({"error": "Send JSON."}, 415)
    given = unpacked((await request.body()).decode("utf-8", "replace"))
    known = {item.id: given[item.id] for item in exercise.items if item.id in given}
    group = given.get("group-members")
    body = _draft(known, group if isinstance(group, str) else "") if known or group else ""
    if not body:
        return JSONResponse({"error": "Send an object of item id to value."}, 400)
    wanted = request.query_params.get("output", "")
    amends = own(room.state, exercise_id, me.participant, wanted)
    if amends is None and not exercise.repeatable:
        amends = next(reversed(mine_in(room.state, exercise_id, me.participant)), None)
    if len(body) > LONGEST_DRAFT:
        return JSONResponse({"error": "That is too long."}, 413)
    key = draft_key(exercise_id, me.participant, amends.id if amends else "")
    if exercise.privacy == "anonymous":
        kept = await room.begin(exercise_id, me.participant, key, body)
    else:
        kept = await room.keep(key, body)
    if not kept:
        return JSONResponse({"error": "It could not be kept. It will be tried again."}, 503)
    return JSONResponse({"saved": room.at(room.services.now())})
