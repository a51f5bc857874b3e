"""Coming in: the join page, by name, by recovery code, by the trainer's yes; and going out."""

import asyncio
import re

from starlette.requests import Request
from starlette.responses import Response

from pmworkshop.core import commands as c
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.joining import TAKEN, of_name
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.text import LONGEST_NAME, clean_line
from pmworkshop.live.phones import as_typed, device_of, new_secret
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.room.context import Room, client_of, field, go
from pmworkshop.room.waiting import Answer

TICKET = "door"
_TICKET = re.compile(r"[0-9a-f]{32}")
"""What a join page carries and the phone is known by from then on, so that joining twice by a double press is joining once."""
WRONG_CODE = "That is not the code. It stands on the projector, and the trainer knows it."
WRONG_RECOVERY = "That is nobody's recovery code. Look once more, or ask the trainer to let you in."
TOO_MANY = "Too many wrong codes have been tried. Wait a minute, or ask the trainer."
NO_MORE_WAIT = "Too many are waiting already. Speak to the trainer."


async def show(room: Room, request: Request) -> Response:
    """Show the join page, with the code filled in where it was scanned."""
    me = room.me(request)
    code = as_typed(request.query_params.get("code", ""))[:20]
    return room.page("join.html", me=me, code=code, name="", error="", taken=False, ticket=new_secret())


def _again(room: Room, code: str, name: str, error: str, status: int, *, taken: bool = False) -> Response:
    return room.page(
        "join.html", status, me=None, code=code, name=name, error=error, taken=taken, ticket=new_secret()
    )


def _code_trouble(room: Room, request: Request, code: str) -> tuple[str, int]:
    """Return what is wrong with the room's code, and the status; nothing where it is right."""
    now, client = room.services.now(), client_of(request)
    if not room.join_guesses.may(client, now):
        return TOO_MANY, 429
    if room.keys.is_join(code):
        return "", 200
    room.join_guesses.wrong(client)
    return WRONG_CODE, 403


async def join(room: Room, request: Request) -> Response:
    """Come in by name."""
    form = await request.form(max_files=0, max_fields=20)
    code, name = field(form, "code"), clean_line(field(form, "name"))
    error, status = _code_trouble(room, request, code)
    if error:
        return _again(room, code, name, error, status)
    if len(name) > LONGEST_NAME:
        return _again(room, code, name, f"A name may have {LONGEST_NAME} characters here.", 422)
    ticket = field(form, "ticket", 32)
    secret = ticket if _TICKET.fullmatch(ticket) else new_secret()
    newcomer = ParticipantId(room.services.new_id())
    if await _has_begun(room, name):
        return _again(room, code, name, TAKEN.words, 409, taken=True)
    outcome = await room.ask(c.JoinRoom(participant=newcomer, name=name, device=device_of(secret)))
    if isinstance(outcome, Refusal):
        taken = outcome == TAKEN
        status = 409 if taken else 503 if outcome.trouble else 422
        return _again(room, code, name, outcome.words, status, taken=taken)
    return await _let_in(room, request, secret)


async def _has_begun(room: Room, name: str) -> bool:
    """Whether somebody of that name, who has never been in by phone, has begun a sheet at the laptop that is theirs to read."""
    known = [one for one in of_name(room.state, name) if one not in room.state.joined]
    if not known:
        return False
    try:
        drafts = await asyncio.wrap_future(room.workshop.do(lambda record: record.drafts()))
    except RecordTroubleError:
        return False  # joining is recorded, so it will say itself what is wrong
    return any(key.startswith("form:") and key.split(":")[2] in known for key in drafts)


async def rejoin(room: Room, request: Request) -> Response:
    """Come back by recovery code."""
    form = await request.form(max_files=0, max_fields=20)
    code, recovery = field(form, "code"), field(form, "recovery")
    name = clean_line(field(form, "name"))[:LONGEST_NAME]
    error, status = _code_trouble(room, request, code)
    if error:
        return _again(room, code, name, error, status, taken=True)
    now, client = room.services.now(), client_of(request)
    if not room.recovery_guesses.may(client, now):
        return _again(room, code, name, TOO_MANY, 429, taken=True)
    participant = room.keys.whose(room.state, recovery)
    if participant is None:
        room.recovery_guesses.wrong(client)
        return _again(room, code, name, WRONG_RECOVERY, 403, taken=True)
    secret = new_secret()
    outcome = await room.ask(c.LinkPhone(participant=participant, device=device_of(secret), way="code"))
    if isinstance(outcome, Refusal):
        return _again(room, code, name, outcome.words, 503, taken=True)
    return await _let_in(room, request, secret)


async def _let_in(room: Room, request: Request, secret: str) -> Response:
    """Give the phone its new secret; the one that it held before is nobody's any more."""
    before = room.me(request)
    if before is not None and before.device != device_of(secret):
        await room.ask(c.LeaveRoom(device=before.device))
    participant = room.state.phones.get(device_of(secret))
    if participant is not None:
        room.hub.touch(participant)
    return room.known(go("/now"), request, secret)


async def ask(room: Room, request: Request) -> Response:
    """Ask for the trainer's yes."""
    form = await request.form(max_files=0, max_fields=20)
    code, name = field(form, "code"), clean_line(field(form, "name"))[:LONGEST_NAME]
    error, status = _code_trouble(room, request, code)
    if error:
        return _again(room, code, name, error, status)
    whose = of_name(room.state, name)
    if not whose:
        return _again(room, code, name, "Nobody of this name is here yet: simply join.", 409)
    ticket = room.waiting.ask(name, whose, room.services.now())
    if ticket is None:
        return _again(room, code, name, NO_MORE_WAIT, 429, taken=True)
    response = go("/wait")
    response.set_cookie(
        TICKET, ticket, max_age=900, httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
    return response


async def wait(room: Room, request: Request) -> Response:
    """Wait for the trainer's yes; the page asks again by itself."""
    ticket = request.cookies.get(TICKET, "")
    answer = room.waiting.answered(ticket, room.services.now()) if ticket else False
    if answer is True:
        return room.page("wait.html", me=None)
    if isinstance(answer, Answer) and answer.participant is not None:
        outcome = await room.ask(
            c.LinkPhone(participant=answer.participant, device=device_of(ticket), way="trainer")
        )
        if not isinstance(outcome, Refusal):
            response = await _let_in(room, request, ticket)
            response.delete_cookie(TICKET)
            return response
    words = "The trainer has said no, or it took too long. Ask once more, or speak to the trainer."
    response = room.page(
        "join.html", 403, me=None, code="", name="", error=words, taken=False, ticket=new_secret()
    )
    response.delete_cookie(TICKET)
    return response


async def leave(room: Room, request: Request) -> Response:
    """Sign out on this phone."""
    me = room.me(request)
    form = await request.form(max_files=0, max_fields=20)
    if me is not None and room.is_token(me, field(form, "token")):
        await room.ask(c.LeaveRoom(device=me.device))
        room.hub.forget(me.participant)
    response = go("/?left=yes")
    response.delete_cookie("room")
    return response
