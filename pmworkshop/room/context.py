"""What all pages share: the running workshop, the keys, the hub, the templates, and who is asking."""

import asyncio
import hashlib
import ipaddress
from collections.abc import Mapping
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pmworkshop.core.commands import Command
from pmworkshop.core.ids import Device, ParticipantId
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import clean
from pmworkshop.core.units import Instant, wall_clock
from pmworkshop.core.value import value
from pmworkshop.core.words import countdown
from pmworkshop.drawing import templating as drawn
from pmworkshop.live.phones import Keys, device_of
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views.teams.called_out import rounds_called
from pmworkshop.live.workshop import Accepted, Outcome, Workshop
from pmworkshop.room.hearing import Hearing
from pmworkshop.room.hub import Hub
from pmworkshop.room.limits import Guesses
from pmworkshop.room.services import RoomServices
from pmworkshop.room.templating import templates
from pmworkshop.room.waiting import Waiting

T = TypeVar("T")
COOKIE: Final = "room"
STATIC: Final = Path(__file__).parent / "static"
COOKIE_SECONDS: Final = 200 * 24 * 3600
_MARKDOWN: Final = MarkdownIt("js-default").disable(
    ["image", "link", "autolink", "html_block", "html_inline"]
)


@value
class Me:
    """Who is asking: the person that this phone belongs to."""

    participant: ParticipantId
    device: Device
    name: str


class Room:
    """One cohort's room."""

    def __init__(
        self, workshop: Workshop, services: RoomServices, keys: Keys, waiting: Waiting, *, tls: bool
    ) -> None:
        self.workshop, self.services, self.keys, self.waiting = workshop, services, keys, waiting
        self.tls = tls
        self.hub: Hub
        self.reached = False
        self._signed_out = workshop.state.signed_out
        self._hearing = Hearing()
        self._redrawing = asyncio.Lock()
        self.join_guesses = Guesses(total=200, a_minute=10, each=40)
        self.recovery_guesses = Guesses(total=60, a_minute=1, each=10)
        self._templates = templates(
            {"markdown": markdown, "clean": clean, "at": self.at, "countdown": countdown}
        )
        self._templates.globals["version"] = _version()

    @property
    def state(self) -> Cohort:
        """The cohort as of the newest recorded event."""
        return self.workshop.state

    def at(self, instant: Instant) -> str:
        """Return the local time of day of an instant."""
        return wall_clock(instant, self.services.zone()[1])

    def moved_on(self) -> None:
        """Tell everybody soon that the workshop has moved on, and let go of phones that were signed out."""
        signed_out = self.state.signed_out
        for participant, times in signed_out.items():
            if self._signed_out.get(participant, 0) != times:
                self.hub.forget(participant)
        self._signed_out = signed_out
        self.hub.keep_only(self.state.participants)
        self.hub.soon()

    def me(self, request: Request) -> Me | None:
        """Return whose phone asks; None where nobody has joined with it."""
        self.reached = self.reached or not is_here(request.client.host if request.client else "")
        secret = request.cookies.get(COOKIE, "")
        if not secret:
            return None
        device = device_of(secret)
        participant = self.state.phones.get(device)
        person = self.state.participants.get(participant) if participant else None
        if person is None:
            return None
        self.hub.touch(person.id)
        return Me(participant=person.id, device=device, name=person.name)

    def token(self, me: Me) -> str:
        """Return what a form carries to show that it came from a page of this very phone, for this very person."""
        return self.keys.token(f"{me.device}:{me.participant}")

    def is_token(self, me: Me, token: str) -> bool:
        """Whether a form came from a page of this very phone, for this very person."""
        return self.keys.is_token(f"{me.device}:{me.participant}", token)

    def page(self, name: str, status: int = 200, /, **given: Any) -> HTMLResponse:
        """Return a page."""
        state = self.state
        called = rounds_called(state, self.services.now())
        text = self._templates.get_template(name).render(room=self, state=state, called=called, **given)
        return HTMLResponse(text, status)

    def plain(self, me: Me | None, title: str, words: str, status: int) -> HTMLResponse:
        """Return a page that says one thing."""
        return self.page("plain.html", status, me=me, title=title, words=words)

    async def ask(self, command: Command, *, draft: str = "") -> Accepted | Refusal:
        """Have the workshop carry out a command, and forget the `draft`; returns once it is durable or refused."""
        return await self.hear(self.workshop.submit(command, draft=draft))

    async def hear(self, answer: Future[Outcome]) -> Accepted | Refusal:
        """Wait for an outcome."""
        try:
            return await self._hearing.wait(answer)
        except RecordTroubleError as trouble:
            return Refusal(words=f"Not recorded: {trouble}", trouble=True)

    async def draft(self, key: str) -> str:
        """Return what is half written; nothing where it cannot be read."""
        try:
            return await self._hearing.wait(self.workshop.draft(key))
        except RecordTroubleError:
            return ""

    async def keep(self, key: str, text: str) -> bool:
        """Keep what is half written; return whether it could be."""
        try:
            await self._hearing.wait(self.workshop.save_draft(key, text))
        except RecordTroubleError:
            return False
        return True

    async def begin(self, exercise_id: str, participant: ParticipantId, key: str, text: str) -> bool:
        """Keep what somebody has begun to write without a name; return whether it could be, and may be."""
        try:
            return await self._hearing.wait(self.workshop.begin(exercise_id, participant, key, text))
        except RecordTroubleError:
            return False

    async def keep_photo(self, raw: bytes) -> str | Refusal:
        """Keep a photo and return its hash; one after the other, for each may take up a gigabyte until it is small."""
        async with self._redrawing:
            return await asyncio.to_thread(self.services.keep_photo_bytes, self.workshop, raw)

    def known(self, response: Response, request: Request, secret: str) -> Response:
        """Let the phone hold its secret."""
        response.set_cookie(
            COOKIE,
            secret,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return response


@lru_cache(256)
def is_here(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def go(path: str) -> RedirectResponse:
    """Send the browser on to a page of the room."""
    return RedirectResponse(path, 303)


def client_of(request: Request) -> str:
    """Return what tells clients apart for counting guesses: address and browser, for an address may be shared."""
    host = request.client.host if request.client else ""
    return f"{host} {request.headers.get('user-agent', '')[:200]}"


@lru_cache(256)  # a room full of phones asks for the same few texts
def markdown(text: str) -> Markup:
    """Return an author's Markdown as HTML, without links, pictures and HTML of its own."""
    return Markup(_MARKDOWN.render(clean(text)))  # noqa: S704  # markdown-it escapes what is no Markdown


def field(form: Mapping[str, Any], name: str, longest: int = 500) -> str:
    """Return what was typed into one field; a file counts as nothing."""
    found = form.get(name, "")
    return clean(found)[:longest] if isinstance(found, str) else ""


def _version() -> str:
    digest = hashlib.sha256()
    for path in sorted((*STATIC.iterdir(), *drawn.STATIC.iterdir())):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
