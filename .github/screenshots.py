"""Make the README's pictures: a real cohort on a real journal, at chosen minutes of Session A.

`python .github/screenshots.py` makes those of the README anew; with a folder, every screen at both sizes in both themes.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, NoteId, OutputId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.plan import SegmentId, needed
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import MINUTE, Duration, Instant, between
from pmworkshop.desk.app import Desk, Straight
from pmworkshop.desk.screens.day.run import RunScreen
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import shipped_kit

HALF_PAST_NINE = Instant(1_803_893_400_000)  # 1 March 2027, 09:30 UTC
GMT = ("GMT", Duration(0))
DESK_PICTURES = (
    "run-dark-120x36",
    "waiting-light-80x24",
    "catch-up-dark-120x36",
    "end-dark-120x36",
    "form-light-80x24",
    "result-dark-120x36",
    "evidence-dark-120x36",
)
README = (
    *(f"{name}.svg" for name in DESK_PICTURES),
    *(
        f"{name}.png"
        for name in ("phone-now", "phone-form", "phone-result", "projector", "rounds", "pack-page")
    ),
)
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


def prepare(house: House, clock: ShownClock) -> Workshop:
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
    return workshop


def hand_in(house: House, workshop: Workshop) -> None:
    """Have five people hand in an AMO sheet."""
    kit = house.kit()
    workshop.handle(c.TakeUpExercise(exercise_id="amo", exercise=kit.exercises["amo"], unit=kit.unit))
    workshop.handle(c.OpenActivity(exercise_id="amo", delivery=DeliveryId("a")))
    ratings = [item for item in kit.exercises["amo"].items if item.kind == "rating"]
    for number in range(5):
        given = {item.id: 1 + (number * 3 + at * 2 + at // 6) % 5 for at, item in enumerate(ratings)}
        outcome = workshop.handle(
            c.SubmitOutput(
                output=OutputId(f"amo{number}"),
                exercise_id="amo",
                participant=ParticipantId(str(number)),
                delivery=DeliveryId("a"),
                answers={"who": f"TM{number + 1}", "view": "manager", **given},
                route="laptop",
                entered_by="participant",
                with_gaps=True,
            )
        )
        if isinstance(outcome, Refusal):
            raise SystemExit(outcome.words)


async def settle(pilot: Pilot[None]) -> None:
    """Wait for reading, opening and drawing."""
    for _ in range(10):
        await pilot.pause(0.05)


async def of_activities(at: Callable[..., Awaitable[None]], shot: Callable[..., Awaitable[None]]) -> None:
    """Open AMO, pass the laptop, hand in, reveal; then draw a card."""
    await shot("activity", 76.2, "a", "enter", "space")
    await shot("results", 79, "v")
    await at(80, "escape", "p", *"4711", "enter")
    await shot("kiosk")
    await at(80.5, "up", "up", "enter")
    await at(80.6, "enter", *"TM6", "enter", "1", "4")
    await shot("form", 81)
    await at(82, "2", "4", "3", "2", "4", "ctrl+n", *"443534", "ctrl+n", *"121302", "ctrl+n")
    await at(
        83,
        "3",
        "ctrl+n",
        *"I sign off small orders every Monday, so that work need not wait.",
        "ctrl+n",
    )
    await at(83.5, *"24/03/2027", "enter")
    await shot("review", 84)
    await shot("result", 85, "ctrl+s", "y")
    await at(86, "enter", "escape", *"4711", "enter", "escape")
    await at(86.2, "i", *"Difficult conversations", "enter")
    await shot("card", 86.5, "d", "space")
    await at(87, "space", "y", "escape")


async def pictures(folder: Path, theme: str, size: tuple[int, int]) -> None:
    """Save one picture after the other while the morning goes on."""
    clock = ShownClock()
    with tempfile.TemporaryDirectory() as data:
        house = ShownHouse(Path(data), shipped_kit(), clock)
        workshop = prepare(house, clock)
        desk = Desk(house, Straight(session="session-a", cohort="spring-2027"))
        async with desk.run_test(size=size) as pilot:
            desk.theme = theme
            await settle(pilot)
            tail = f"{theme.removeprefix('textual-')}-{size[0]}x{size[1]}"

            async def at(minute: float, *keys: str) -> None:
                clock.at = Instant(HALF_PAST_NINE + int(minute * 60_000))
                await pilot.press(*keys)
                await settle(pilot)

            async def shot(name: str, minute: float | None = None, *keys: str) -> None:
                since = between(HALF_PAST_NINE, clock.at) / MINUTE
                await at(since if minute is None else minute, *keys)
                if isinstance(desk.screen, RunScreen):
                    desk.screen.redraw()
                    await pilot.pause(0.1)
                desk.save_screenshot(f"{name}-{tail}.svg", path=str(folder))

            await shot("run", 41.28)
            await shot("notes", None, "l")
            await shot("register", None, "escape", "r")
            await shot("prepare", None, "escape", "p")
            await shot("note", None, "escape", "k")
            await shot("warning", 48.5, "escape")
            await shot("over", 54.2)
            await shot("catch-up", 54.4, "c")
            await shot("paused", None, "escape", "space")
            await at(55, "space", "n")
            await at(73, "n")
            hand_in(house, workshop)
            await of_activities(at, shot)
            await shot("waiting", 88.2, "n")
            await shot("break", 94)
            await shot("last-minute", 104.4)
            await at(107, "n")
            await at(131, "n", "1", "3", "4")
            await shot("late", 150)
            await at(174, "n", "1")
            await shot("end", 184, "e", "y")
            await shot("ended", None, "escape")
            await shot("home", None, "escape")
            await shot("help", None, "question_mark")
        workshop.close()


def main() -> None:
    """Make the pictures."""
    if sys.argv[1:]:
        make(Path(sys.argv[1]))
        return
    kept = Path(__file__).parent / "screenshots"
    with tempfile.TemporaryDirectory() as every:
        make(Path(every))
        for name in README:
            shutil.copy(Path(every) / name, kept / name)


def make(folder: Path) -> None:
    """Make every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("textual-dark", "textual-light"):
        for size in ((120, 36), (80, 24)):
            asyncio.run(pictures(folder, theme, size))
    import evidence_screenshots  # noqa: PLC0415  # slow to import
    import room_screenshots  # noqa: PLC0415  # which takes its day from here

    room_screenshots.make(folder)
    evidence_screenshots.make(folder)


if __name__ == "__main__":
    main()
