"""The room while it is open (`desk.services.RoomDoor`): the server, its address, who is in and who asks."""

import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final, TypeVar

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import MINUTE, Duration, Instant
from pmworkshop.core.value import value
from pmworkshop.live.phones import Asking, Keys, Presence, room_secret
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views.now import now_view
from pmworkshop.live.workshop import Workshop
from pmworkshop.room.app import build
from pmworkshop.room.context import Room, is_here
from pmworkshop.room.hub import Hub, Told
from pmworkshop.room.network import Found, can_be_reached, found_addresses
from pmworkshop.room.pulse import digest_of, told
from pmworkshop.room.server import Serving, Tls, bind, tls_trouble
from pmworkshop.room.services import RoomServices
from pmworkshop.room.waiting import Waiting
from pmworkshop.room.wall import Wall

D = TypeVar("D", bound="Door")
SHOWN_AT: Final = "room:address"
QUIET: Final = Duration(2 * MINUTE)
"""So long after opening, a phone should have come."""
LOCAL: Final = "127.0.0.1"
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104  # phones must reach it on whatever network there is
INSTEAD: Final = "Instead: make a hotspot with a phone, pass the laptop round, or use paper."


@value
class Where:
    """Where the room is to be served; without a host on every address, without a port on the first that is free."""

    host: str | None = None
    port: int | None = None
    tls: Tls | None = None


class Door:
    """An open room. Made by `open_door`."""

    def __init__(self, room: Room, wall: Wall, sock: socket.socket, where: Where) -> None:
        self._room, self._wall, self._where = room, wall, where
        self._scheme = "https" if where.tls else "http"
        self._port = int(sock.getsockname()[1])
        self._listeners: list[Callable[[], None]] = []
        self._opened = room.services.now()
        self._found = found_addresses() if where.host in (None, EVERYWHERE) else ()
        self._host = (
            where.host if where.host and not self._found else self._found[0].host if self._found else LOCAL
        )
        self._before = ""
        self.reached = False
        room.waiting.changed = self._tell
        room.hub = Hub(room.services.now, self._to_phones, wall.told, self._tell)
        self._names = frozenset(
            {"localhost", socket.gethostname().lower(), f"{socket.gethostname()}.local".lower()}
        )
        named = {where.host.lower()} if where.host else set()
        self._serving = Serving(
            build(room, wall, self._names | named),
            sock,
            where.tls,
            room.hub.close,
            room.services.keep_failure,
        )
        self._unsubscribe: Callable[[], None] = lambda: None

    def open(self) -> Refusal | None:
        """Begin to serve."""
        trouble = self._serving.start(self._room.hub.begin)
        if trouble is not None:
            return trouble
        self._unsubscribe = self._room.workshop.subscribe(self._moved_on)
        self._remember()
        return None

    @property
    def code(self) -> str:
        """What participants type to join."""
        return self._room.keys.join

    @property
    def url(self) -> str:
        """The address to type."""
        return self._at(self._host)

    @property
    def join_url(self) -> str:
        """What the QR code holds."""
        return f"{self.url}/?code={self.code}"

    @property
    def screen_url(self) -> str:
        """The projector's page, for this laptop."""
        host = self._where.host or EVERYWHERE
        here = LOCAL if host == EVERYWHERE else host
        return f"{self._at(here)}/screen" if is_here(here) else self.screen_link

    @property
    def screen_link(self) -> str:
        """The projector's page for another machine."""
        return f"{self.url}/screen?key={self._room.keys.screen}"

    def _at(self, host: str) -> str:
        shown = f"[{host}]" if ":" in host else host
        return f"{self._scheme}://{shown}:{self._port}"

    def found(self) -> tuple[Found, ...]:
        """Return this laptop's addresses, the likeliest first."""
        return self._found

    def choose(self, host: str) -> None:
        """Show that address from now on."""
        self._host = host
        self._remember()
        self._serving.call(self._room.hub.soon)
        self._tell()

    def warnings(self) -> tuple[str, ...]:
        """Return what may keep phones out, in plain words with what to do."""
        return tuple(self._warnings())

    def _warnings(self) -> list[str]:
        words = []
        if self._host == LOCAL and self._where.host is None:
            words.append(
                f"This laptop is in no network, so phones cannot come in. Join the Wi-Fi and open again. {INSTEAD}"
            )
        if len(self._found) > 1:
            others = ", ".join(one.host for one in self._found if one.host != self._host)
            words.append(f"This laptop is in several networks. If phones do not get through, try {others}.")
        if self._before and self._before != self.url:
            words.append(
                f"The address has changed: it was {self._before}. A QR code shown before leads nowhere; scan again."
            )
        asked = self._room.reached
        if not asked and self._host != LOCAL and self._room.services.now() - self._opened > QUIET:
            words.append(
                "No phone has reached this laptop yet. Allow pmworkshop in the firewall; or this Wi-Fi keeps its guests "
                f"apart. {INSTEAD}"
            )
        if not self.reached:
            words.append(f"The room does not answer at {self.url}. A firewall may stand before it. {INSTEAD}")
        return words

    def test(self) -> None:
        """Test that the room answers at its address. Takes a second at most."""
        self.reached = can_be_reached(self._host, self._port, tls=self._where.tls is not None)

    def presence(self) -> Mapping[ParticipantId, Presence]:
        """Return whoever has been in since the room was opened."""
        return self._room.hub.presence()

    def recovery(self, participant: ParticipantId) -> str:
        """Return somebody's recovery code."""
        return self._room.keys.recovery(self._room.state, participant)

    def asking(self) -> tuple[Asking, ...]:
        """Return who waits for the trainer's yes."""
        return self._room.waiting.asking()

    def admit(self, asking: str, participant: ParticipantId) -> Refusal | None:
        """Let somebody in who waits, as that person."""
        if participant not in self._room.state.participants:
            return refuse("That person is not on the register.")
        found = self._room.waiting.answer(asking, participant, self._room.services.now())
        return None if found else refuse("They do not wait any more.")

    def turn_away(self, asking: str) -> None:
        """Say no to somebody who waits."""
        self._room.waiting.answer(asking, None, self._room.services.now())

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have `listener` called when who is in or asks has changed."""
        self._listeners.append(listener)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def close(self) -> None:
        """Close the room."""
        self._unsubscribe()
        self._serving.close()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            with suppress(Exception):  # a screen that is going away must not keep the news from the others
                listener()

    def _moved_on(self, state: Cohort) -> None:
        """On the workshop's thread: tell the phones soon, and send away whose phones were signed out."""
        del state
        self._serving.call(self._room.moved_on)

    def _to_phones(self, now: Instant) -> Told:
        view = now_view(self._room.state, now, self._room.services.zone()[1])
        return told(view, now, digest_of(view))

    def _remember(self) -> None:
        """Show this address, and know it when the room is opened again."""
        self._wall.url, self._wall.join_url = self.url, self.join_url
        workshop = self._room.workshop
        with suppress(RecordTroubleError):
            self._before = self._before or workshop.draft(SHOWN_AT).result()
            workshop.save_draft(SHOWN_AT, self.url)


def open_door(workshop: Workshop, services: RoomServices, where: Where, kind: type[D]) -> D | Refusal:
    """Open the room of a cohort, as that kind of door. Takes a while."""
    if where.tls is not None and (words := tls_trouble(where.tls)):
        return refuse(words)
    sock = bind(where.host or EVERYWHERE, where.port)
    if isinstance(sock, Refusal):
        return sock
    try:
        keys = Keys(room_secret(workshop))
    except (RecordTroubleError, ValueError) as error:
        sock.close()
        return refuse(f"The room cannot be opened: {error}")
    room = Room(workshop, services, keys, Waiting(), tls=where.tls is not None)
    door = kind(room, Wall(room), sock, where)
    trouble = door.open()
    if trouble is not None:
        return trouble
    door.test()
    return door
