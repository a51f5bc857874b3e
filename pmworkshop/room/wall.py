"""The projector's page: for this laptop, or for whoever has the link that nobody can guess."""

import hashlib
import json
from typing import Any, Final

import segno
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from pmworkshop.core.text import clean
from pmworkshop.core.units import Instant, minutes
from pmworkshop.drawing import together as drawn
from pmworkshop.live.box import PREFIX, Box, unpack
from pmworkshop.live.record import Record
from pmworkshop.live.views.now import NowView, finished_words, now_view
from pmworkshop.live.views.results import Together, together
from pmworkshop.room.context import Room, is_here, markdown
from pmworkshop.room.hub import Told
from pmworkshop.room.pulse import beside, digest_of, of_round, told
from pmworkshop.room.team import board_of

FIND: Final = minutes(5)
"""For how long after they are made groups are to be found on the wall; phones go on showing one's own."""


def may_see(room: Room, request: Request) -> bool:
    """Whether this is the trainer's laptop itself, or somebody who has the link."""
    if room.keys.is_screen(request.query_params.get("key", "")[:100]):
        return True
    return is_here(request.client.host if request.client else "") and is_here(request.url.hostname or "")


class Wall:
    """What the projector shows. `address` gives what phones are to type and to scan."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.url = ""
        self.join_url = ""
        self.boxes: dict[str, Box] = {}

    def view(self, now: Instant) -> NowView:
        """Return the room at `now`."""
        return now_view(self._room.state, now, self._room.services.zone()[1])

    def finished(self, view: NowView) -> dict[str, str]:
        """Return how many have finished, for what is open."""
        return {
            one.exercise_id: finished_words(
                self._room.state, one.exercise_id, self.boxes.get(one.exercise_id)
            )
            for one in view.activities
        }

    def revealed(self) -> tuple[Together, ...]:
        """Return the results that the trainer shows, the newest first; nothing where none are."""
        state, least = self._room.state, self._room.services.results_from()
        shown = [(one.opened, name) for name, one in state.activities.items() if one.revealed]
        found = (together(state, name, least) for _, name in sorted(shown, reverse=True)[:1])
        return tuple(one for one in found if one is not None)

    def told(self, now: Instant) -> Told:
        """Return what the projector is told."""
        view = self.view(now)
        if any(one.privacy == "anonymous" for one in view.activities):
            self._room.workshop.do(self._look)
        finished = self.finished(view)
        results = _changes(self.revealed())
        parts = (digest_of(view), finished, self.url, results, self._is_finding(view, now))
        digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
        return told(view, now, digest)

    def _look(self, record: Record) -> None:
        """On the workshop's thread: see how many sheets without a name lie in their boxes."""
        drafts = record.drafts()
        self.boxes = {
            key.removeprefix(PREFIX): unpack(body) for key, body in drafts.items() if key.startswith(PREFIX)
        }

    async def show(self, request: Request) -> Response:
        """Show the projector's page."""
        room = self._room
        if not may_see(room, request):
            words = (
                "This page is the trainer's. Open it on the trainer's laptop, or with the link shown there."
            )
            return room.plain(None, "Not here", words, 403)
        now = room.services.now()
        view = self.view(now)
        shown, round_on, finding = self.revealed(), view.rotation, self._is_finding(view, now)
        board = board_of(round_on) if round_on and not shown else None
        instruction = None if shown or round_on or finding else self._instruction(view)
        theme = request.query_params.get("theme", "")
        return room.page(
            "screen.html",
            me=None,
            view=view,
            digest=self.told(now).pulse["digest"],
            theme=theme if theme in ("light", "dark") else "",
            key=room.keys.screen if "key" in request.query_params else "",
            finished=self.finished(view),
            revealed=shown,
            leads=bool(round_on and not shown),
            round_timing=of_round(round_on) if round_on else None,
            board=board,
            finding=view.groups if finding and not shown else None,
            beside=beside(view),
            instruction=instruction,
            qr=qr_svg(self.join_url),
            url=self.url,
            pictures=drawn,
        )

    def _is_finding(self, view: NowView, now: Instant) -> bool:
        """Whether people are still looking for their groups."""
        made = self._room.state.groupings.get(view.groups.id) if view.groups else None
        return made is not None and now - made.at < FIND

    def _instruction(self, view: NowView) -> Markup | None:
        """Return what to do in the newest activity that is open."""
        if not view.activities:
            return None
        exercise = self._room.state.exercise(view.activities[0].exercise_id)
        return markdown(clean(exercise.instructions)) if exercise else None


def _changes(shown: tuple[Together, ...]) -> Any:
    """Return what changes when revealed results do."""
    return hashlib.sha256(repr(shown).encode()).hexdigest() if shown else ""


def qr_svg(url: str) -> Markup:
    """Return the QR code of an address as SVG, dark on light whatever the theme."""
    if not url:
        return Markup("")
    code = segno.make(url, error="m", micro=False)
    drawn = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704  # drawn by segno, and the address is our own
