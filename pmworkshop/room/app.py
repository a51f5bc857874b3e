"""The room's addresses: which page answers what."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pmworkshop.room import doing, entrance, mine, pages, playing, receipts, signing
from pmworkshop.room.context import STATIC, Me, Room, go
from pmworkshop.room.guard import FAULT, App, Guard, Receive, Scope, Send, TooLargeError, TooSlowError
from pmworkshop.room.wall import Wall, may_see

Handler = Callable[[Room, Request], Awaitable[Response]]
OwnHandler = Callable[[Room, Request, Me], Awaitable[Response]]
UNREADABLE = "That could not be read. Go back and try again."
STATUS = {404: "There is no such page here.", 405: "That cannot be done here."}


def build(room: Room, wall: Wall, names: frozenset[str]) -> App:
    """Return the room as an ASGI app behind its guard; `names` are the host names that it answers to."""

    def for_all(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return await handler(room, request)

        return answer

    def for_me(handler: OwnHandler) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            me = room.me(request)
            if me is None:
                return _join_first(request)
            return await handler(room, request, me)

        return answer

    routes: list[Any] = [
        Route("/", for_all(entrance.show)),
        Route("/join", for_all(entrance.join), methods=["POST"]),
        Route("/rejoin", for_all(entrance.rejoin), methods=["POST"]),
        Route("/ask", for_all(entrance.ask), methods=["POST"]),
        Route("/wait", for_all(entrance.wait)),
        Route("/leave", for_all(entrance.leave), methods=["POST"]),
        Route("/now", for_me(pages.now)),
        Route("/do/{exercise}", for_me(doing.show), methods=["GET"]),
        Route("/do/{exercise}", for_me(doing.hand_in), methods=["POST"]),
        Route("/do/{exercise}/draft", for_me(doing.keep_draft), methods=["PUT"]),
        Route("/do/{exercise}/photo/{item}", for_me(doing.keep_photo), methods=["PUT"]),
        Route("/done/{exercise}", for_me(receipts.done)),
        Route("/photo/{output}/{item}", for_me(receipts.photo)),
        Route("/mine", for_me(mine.mine), methods=["GET"]),
        Route("/mine", for_me(mine.choose), methods=["POST"]),
        Route("/sign", for_me(signing.show), methods=["GET"]),
        Route("/sign", for_me(signing.sign), methods=["POST"]),
        Route("/signed", for_me(signing.signed)),
        Route("/cards/{deck}", for_me(playing.show), methods=["GET"]),
        Route("/cards/{deck}", for_me(playing.act), methods=["POST"]),
        Route("/about", for_all(pages.about)),
        Route("/screen", wall.show),
        Route("/healthz", _healthz),
        Mount("/static", StaticFiles(directory=STATIC, packages=[("pmworkshop.drawing", "static")])),
    ]
    plain = _plain_error(room)
    errors = dict.fromkeys((HTTPException, TooLargeError, TooSlowError, Exception), plain)
    starlette = Starlette(routes=routes, exception_handlers={**errors, ClientDisconnect: _gone})

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        """Serve streams directly, for they last, and everything else as pages."""
        streams = {"/events": False, "/screen/events": True}
        if scope["type"] == "http" and scope["path"] in streams and scope["method"] == "GET":
            await _stream(room, scope, receive, send, is_wall=streams[scope["path"]])
        else:
            await starlette(scope, receive, send)

    return Guard(app, names, room.services.keep_failure)


async def _stream(room: Room, scope: Scope, receive: Receive, send: Send, *, is_wall: bool) -> None:
    request = Request(scope)
    me = None if is_wall else room.me(request)
    allowed = may_see(room, request) if is_wall else me is not None
    if room.hub.closed or not allowed:
        words = "The room is closed." if allowed else "Join first."
        await PlainTextResponse(words, 503 if allowed else 401)(scope, receive, send)
        return
    await room.hub.serve(scope, receive, send, me.participant if me else None)


def _join_first(request: Request) -> Response:
    """Send whoever has not joined to the join page; what a program sends hears of it instead."""
    if request.method == "PUT":
        return PlainTextResponse("Join first.", 401)
    return go("/")


async def _healthz(_: Request) -> Response:
    return PlainTextResponse("ok")


def _plain_error(room: Room) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        if isinstance(error, TooLargeError | TooSlowError):
            status, words = error.status, str(error)
        elif isinstance(error, HTTPException):
            status, words = error.status_code, STATUS.get(error.status_code, UNREADABLE)
        else:
            status, words = 500, FAULT
        response = room.plain(room.me(request), "That did not work", words, status)
        if status in (408, 413):
            response.headers["connection"] = "close"  # the rest of the body is not read
        return response

    return answer


async def _gone(_: Request, __: Exception) -> Response:
    """Answer a phone that has gone while it was sending: nobody hears it."""
    return PlainTextResponse("", 400)
