"""Opening the room on real services: for the desk, and by the verb `room` without it."""

import json
import signal
import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import click

from pmworkshop.core import commands as c
from pmworkshop.core.deck import Deck
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.plan import needed
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.teaming import followed
from pmworkshop.core.units import Duration, Instant, Minutes
from pmworkshop.desk.services import Address, KitContents
from pmworkshop.live.views.activity import AGGREGATE_FROM
from pmworkshop.live.workshop import Workshop
from pmworkshop.room.door import Door, Where, open_door
from pmworkshop.wiring.house import House
from pmworkshop.wiring.photos import keep_photo_bytes, photo_path
from pmworkshop.wiring.unusable import Unusable

WATCH_SECONDS = 1.0
WARN = Minutes(5)


class RoomHouse:
    """`room.services.RoomServices` on the real house; the kit is the desk's, or is read when it is first asked for."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._lock = threading.Lock()

    @cached_property
    def _read(self) -> KitContents:
        return self._house.kit()

    @property
    def kit(self) -> KitContents:
        """The kit."""
        with self._lock:
            return self._house.kit_in_use or self._read

    def now(self) -> Instant:
        """Return the instant."""
        return self._house.now()

    def zone(self) -> tuple[str, Duration]:
        """Return the zone's name and its offset from UTC."""
        return self._house.zone()

    def new_id(self) -> str:
        """Return a new id."""
        return self._house.new_id()

    def chance(self) -> int:
        """Return a number that nobody can foresee."""
        return self._house.chance()

    def decks(self) -> Mapping[str, Deck]:
        """Return the decks of the kit."""
        return self.kit.decks

    def results_from(self) -> int:
        """Return from how many people up the room's results are shown."""
        return self.kit.course.results_from if self.kit.course else AGGREGATE_FROM

    def keep_photo_bytes(self, workshop: Workshop, raw: bytes) -> str | Refusal:
        """Keep a photo beside the cohort's journal."""
        return keep_photo_bytes(self._house.folder(workshop), raw)

    def photo_bytes(self, workshop: Workshop, photo: str) -> bytes | None:
        """Return a photo that was kept."""
        try:
            return photo_path(self._house.folder(workshop), photo).read_bytes()
        except OSError:
            return None

    def keep_failure(self, details: str) -> str:
        """Write down the details of a fault."""
        return self._house.keep_failure(details)


class OpenRoom(Door):
    """The door as the desk knows it (`desk.services.RoomDoor`)."""

    def addresses(self) -> tuple[Address, ...]:
        """Return this laptop's addresses, the likeliest first."""
        return tuple(
            Address(host=one.host, words=f"{one.adapter} (Wi-Fi)" if one.wireless else one.adapter)
            for one in self.found()
        )


def open_room(house: House, workshop: Workshop, where: Where) -> OpenRoom | Refusal:
    """Open the room of a cohort. Takes a while: the kit is read first, so that no phone waits for it."""
    services = RoomHouse(house)
    services.decks()
    return open_door(workshop, services, where, OpenRoom)


def serve_room(
    data: Path,
    kit_root: Path,
    cohort: str,
    session: str | None,
    exercises: list[str],
    where: Where,
    *,
    as_json: bool,
) -> None:
    """Serve a cohort's room until Ctrl+C."""
    house = House(data, kit_root)
    workshop = house.open_cohort(cohort, new=not house.has_cohort(cohort))
    if isinstance(workshop, Refusal):
        raise Unusable(workshop.words)
    try:
        services = RoomHouse(house)
        _take_up(services, workshop, session, exercises)
        door = open_door(workshop, services, where, OpenRoom)
        if isinstance(door, Refusal):
            raise Unusable(door.words)
        try:
            _say(door, as_json=as_json)
            _until_interrupted(door, quiet=as_json)
        finally:
            door.close()
    finally:
        workshop.close()


def _take_up(services: RoomHouse, workshop: Workshop, session: str | None, exercises: list[str]) -> None:
    """Open the session, if it is not, and the exercises."""
    kit = services.kit
    commands: list[c.Command] = []
    delivery = followed(workshop.state)
    if session is not None and (
        delivery is None or delivery.session_id != session or delivery.marks.ended is not None
    ):
        commands.append(_opening(services, session))
    for name in exercises:
        exercise = kit.exercises.get(name)
        if exercise is None:
            raise Unusable(f"the exercise “{name}” cannot be used; `pmworkshop check` says why")
        commands.append(
            c.TakeUpExercise(exercise_id=name, exercise=exercise, unit=kit.unit, centre=kit.centre)
        )
        commands.append(c.OpenActivity(exercise_id=name, delivery=delivery.id if delivery else None))
    for command in commands:
        outcome = workshop.handle(command)
        if isinstance(outcome, Refusal):
            raise Unusable(outcome.words)


def _opening(services: RoomHouse, session: str) -> c.OpenDelivery:
    plan, course = services.kit.sessions.get(session), services.kit.course
    if plan is None:
        raise Unusable(f"the session “{session}” cannot be used; `pmworkshop check` says why")
    zone, offset = services.zone()
    return c.OpenDelivery(
        delivery=DeliveryId(services.new_id()),
        session_id=session,
        session=plan,
        resources=tuple(needed(plan, course)),
        warn_at=course.warn_at if course else WARN,
        zone=zone,
        utc_offset=offset,
    )


def _say(door: OpenRoom, *, as_json: bool) -> None:
    """Say where the room is: data on stdout, the rest on stderr."""
    urls = list(dict.fromkeys([door.url, door.screen_url.partition("/screen")[0]]))
    if as_json:
        click.echo(json.dumps({"urls": urls, "code": door.code}))
        return
    for url in urls:
        click.echo(url)
    click.echo(f"code {door.code}")
    click.echo(f"Projector: {door.screen_url}", err=True)
    click.echo(f"Projector on another machine: {door.screen_link}", err=True)
    click.echo("Ctrl+C closes the room; phones come back by themselves when it is opened again.", err=True)


def _until_interrupted(door: OpenRoom, *, quiet: bool) -> None:
    """Wait for Ctrl+C, and say each warning once."""
    said: set[str] = set()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a kind kill closes the room as Ctrl+C does
    stop = threading.Event()
    try:
        while not stop.wait(WATCH_SECONDS):
            for words in door.warnings():
                if words not in said and not quiet:
                    click.echo(words, err=True)
                said.add(words)
    except KeyboardInterrupt:
        click.echo("", err=True)
