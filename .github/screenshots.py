"""Make the README's pictures: a real cohort on a real journal, at chosen minutes of Session A.

Run `python .github/screenshots.py [FOLDER [THEME]]`; without a folder the pictures beside this file are made anew.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from pmworkshop.core import commands as c
from pmworkshop.core.people import Person
from pmworkshop.core.plan import SegmentId
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import DeliveryId, NoteId, ParticipantId
from pmworkshop.core.units import Duration, Instant
from pmworkshop.desk.app import Desk, Straight
from pmworkshop.desk.screens.opening import needed
from pmworkshop.desk.screens.run import RunScreen
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import shipped_kit

HALF_PAST_NINE = Instant(1_803_893_400_000)  # 1 March 2027, 09:30 UTC
GMT = ("GMT", Duration(0))
NAMES = (
    "Amara Okafor",
    "Bronwen Pugh",
    "Dilip Rao",
    "Eilidh Fraser",
    "Farid Haddad",
    "Ines Carvalho",
    "Jun Watanabe",
)


class ShownClock(Clock):
    """A clock that stands where the picture wants it."""

    def __init__(self) -> None:
        super().__init__()
        self.at = HALF_PAST_NINE

    def now(self) -> Instant:
        """Return the chosen instant."""
        return self.at


class ShownHouse(House):
    """The real house, in Greenwich."""

    def zone(self) -> tuple[str, Duration]:
        """Return the zone of the pictures."""
        return GMT


def prepare(house: House, clock: ShownClock) -> tuple[Workshop, DeliveryId]:
    """Record a morning up to the big picture."""
    workshop = house.open_cohort("spring-2027", new=True)
    if isinstance(workshop, Refusal):
        raise SystemExit(workshop.words)
    delivery = DeliveryId("a")
    kit = house.kit()
    session = kit.sessions["session-a"]

    def do(minute: float, command: c.Command) -> None:
        clock.at = Instant(HALF_PAST_NINE + int(minute * 60_000))
        outcome = workshop.handle(command)
        if isinstance(outcome, Refusal):
            raise SystemExit(f"{command}: {outcome.words}")

    people = tuple((ParticipantId(str(number)), Person(name=name)) for number, name in enumerate(NAMES))
    do(-30, c.AddParticipants(people=people))
    resources = tuple(needed(session, kit.course))
    do(
        -20,
        c.OpenDelivery(
            delivery=delivery,
            session_id="session-a",
            session=session,
            resources=resources,
            zone=GMT[0],
            utc_offset=GMT[1],
        ),
    )
    for resource in resources[:-1]:
        do(-15, c.TickResource(delivery=delivery, resource=resource.id, on=True))
    for participant, _ in people[:-2]:
        do(-2, c.MarkAttendance(delivery=delivery, participant=participant, arrival="present"))
    do(2, c.StartDelivery(delivery=delivery, zone=GMT[0], utc_offset=GMT[1]))
    do(8, c.MarkAttendance(delivery=delivery, participant=people[-2][0], arrival="late"))
    do(9, c.TickLookFor(delivery=delivery, segment=SegmentId("introductions"), index=0, on=True))
    note = "Nobody mentioned recognition until asked."
    do(12, c.TakeNote(note=NoteId("n1"), delivery=delivery, kind="observation", text=note))
    do(22.5, c.MoveOn(delivery=delivery))
    note = "Where does the appraisal form go once it is signed?"
    do(30, c.TakeNote(note=NoteId("n2"), delivery=delivery, kind="parking lot", text=note, owner="Dilip"))
    do(33, c.TickLookFor(delivery=delivery, segment=SegmentId("big-picture"), index=0, on=True))
    do(34, c.TickLookFor(delivery=delivery, segment=SegmentId("big-picture"), index=2, on=True))
    return workshop, delivery


async def settle(pilot: Pilot[None]) -> None:
    """Wait for reading, opening and drawing."""
    for _ in range(10):
        await pilot.pause(0.05)


async def pictures(folder: Path, theme: str, size: tuple[int, int]) -> None:
    """Save one picture after the other while the morning goes on."""
    clock = ShownClock()
    with tempfile.TemporaryDirectory() as data:
        house = ShownHouse(Path(data), shipped_kit(), clock)
        workshop, delivery = prepare(house, clock)
        desk = Desk(house, Straight(session="session-a", cohort="spring-2027"))
        async with desk.run_test(size=size) as pilot:
            desk.theme = theme
            await settle(pilot)
            tail = f"{theme.removeprefix('textual-')}-{size[0]}x{size[1]}"

            async def shot(name: str, minute: float | None = None, *keys: str) -> None:
                if minute is not None:
                    clock.at = Instant(HALF_PAST_NINE + int(minute * 60_000))
                await pilot.press(*keys)
                await settle(pilot)
                if isinstance(desk.screen, RunScreen):
                    desk.screen.redraw()
                    await pilot.pause(0.1)
                desk.save_screenshot(f"{name}-{tail}.svg", path=str(folder))

            await shot("run", 41.28)
            await shot("notes", None, "l")
            await shot("register", None, "escape", "r")
            await shot("prepare", None, "escape", "p")
            await shot("warning", 48.5, "escape")
            await shot("over", 55.7)
            await shot("paused", None, "space")
            await shot("waiting", 88.2, "space", "n", "n", "n")
            await shot("break", 94)
            await shot("lastminute", 104.4)
            workshop.handle(c.MoveOn(delivery=delivery))
            await shot("options", 106, "g", "down", "down", "enter")
            await shot("end", 181, "e", "y")
            await shot("ended", None, "escape")
            await shot("home", None, "escape")
            await shot("help", None, "question_mark")
        workshop.close()


def main() -> None:
    """Make the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    theme = sys.argv[2] if sys.argv[2:] else "textual-dark"
    for size in ((120, 36), (80, 24)):
        asyncio.run(pictures(folder, theme, size))


if __name__ == "__main__":
    main()
