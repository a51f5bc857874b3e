"""A day as it is run, in a process that may be killed at any moment; `test_kill` starts it.

`kill_day.py DATA COHORT SEED` opens the cohort as the desk does and works until it is killed. `kill_day.py nursery`
reads such lines (and where the answers go), forks a child for each from what it has imported already, and says its
number; `kill NUMBER` kills one with SIGKILL and waits until it is gone.

Each acknowledged command is one line on standard output, written in one piece: the events as the record has them,
the number of the newest draft, and the day's picture at that instant.
"""

import itertools
import json
import os
import random
import signal
import sys
from concurrent.futures import Future
from hashlib import sha256
from pathlib import Path
from typing import Any

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, NoteId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.running import projection
from pmworkshop.core.state import NOTE_KINDS, Arrival, Cohort, Delivery
from pmworkshop.core.units import MINUTE, Duration, Instant
from pmworkshop.desk.services import KitContents
from pmworkshop.live.codec import encode
from pmworkshop.live.workshop import Accepted, Outcome, Workshop
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import shipped_kit

SESSION = "session-a"
DRAFT = "note:kept"
ARRIVALS: list[Arrival] = ["present", "late", "absent"]


class Day:
    """One run at the day, from where the cohort stands to the kill."""

    def __init__(self, house: House, workshop: Workshop, kit: KitContents, seed: int) -> None:
        self.house, self.workshop, self.kit = house, workshop, kit
        self.dice = random.Random(seed)
        self.numbers = itertools.count()
        self.mark = house.new_id()
        self.draft = int(workshop.drafts().get(DRAFT, "0"))

    def run(self) -> None:
        """Work until killed: one command at a time, or a handful at once."""
        while True:
            handful = [self.command() for _ in range(self.dice.choice([1, 1, 1, 5]))]
            asked = [self.workshop.submit(command) for command in handful]
            drafted = self.keep_draft() if self.dice.random() < 0.2 else None
            for future in asked:
                self.tell(future)
            if drafted is not None:
                drafted.result()
                say({"draft": self.draft})

    def keep_draft(self) -> "Future[None]":
        self.draft += 1
        return self.workshop.save_draft(DRAFT, str(self.draft))

    def tell(self, future: "Future[Outcome]") -> None:
        outcome = future.result()
        if isinstance(outcome, Accepted) and outcome.events:
            events = [encode(event, Instant(0)) for event in outcome.events]
            now = self.house.now()
            say(
                {
                    "events": [[one.name, digest(one.body)] for one in events],
                    "now": now,
                    "picture": picture(outcome.state, now),
                }
            )

    def command(self) -> c.Command:
        delivery = under_way(self.workshop.state)
        if delivery is None:
            return c.OpenDelivery(
                delivery=DeliveryId(self.house.new_id()),
                session_id=SESSION,
                session=self.kit.sessions[SESSION],
                zone="x",
                utc_offset=Duration(0),
            )
        zone, offset = self.house.zone()
        if not delivery.started and self.dice.random() < 0.5:
            return c.StartDelivery(delivery=delivery.id, move_plan=True, zone=zone, utc_offset=offset)
        return self.dice.choice([self.clock, self.note, self.note, self.register, self.tick])(delivery)

    def clock(self, delivery: Delivery) -> c.Command:
        segment = self.dice.choice(delivery.session.segments).id
        if delivery.current == delivery.session.segments[-1].id and self.dice.random() < 0.5:
            return c.FinishDelivery(delivery=delivery.id)
        if delivery.marks.paused:
            return self.one_of(c.Resume(delivery=delivery.id), c.MoveOn(delivery=delivery.id))
        return self.one_of(
            c.MoveOn(delivery=delivery.id),
            c.MoveOn(delivery=delivery.id),
            c.GoBack(delivery=delivery.id),
            c.Pause(delivery=delivery.id),
            c.JumpTo(delivery=delivery.id, segment=segment),
            c.AddTime(delivery=delivery.id, by=Duration(self.dice.choice([-1, 1, 5]) * MINUTE)),
            c.CorrectStart(delivery=delivery.id, began=Instant(self.house.now() - self.dice.randrange(900))),
            c.ReportClockStep(delivery=delivery.id, by=Duration(0)),
        )

    def one_of(self, *commands: c.Command) -> c.Command:
        return self.dice.choice(commands)

    def note(self, delivery: Delivery) -> c.Command:
        text = self.dice.choice(["Gaps", "long " * 600, "\x1b[31m[b]ü[/b] 🧑‍🏫"])
        taken = list(self.workshop.state.notes)
        kind = self.dice.choice(NOTE_KINDS)
        if taken and self.dice.random() < 0.3:
            return c.CorrectNote(note=self.dice.choice(taken), kind=kind, text=f"{text}{next(self.numbers)}")
        new = NoteId(f"{self.mark}-{next(self.numbers)}")
        return c.TakeNote(note=new, delivery=delivery.id, kind=kind, text=text, owner="Anna")

    def register(self, delivery: Delivery) -> c.Command:
        group = f"{self.mark}-{next(self.numbers)}"
        known = list(self.workshop.state.participants)
        if not known or self.dice.random() < 0.3:
            people = tuple((ParticipantId(f"{group}/{n}"), Person(name=f"Zoë {group} {n}")) for n in range(5))
            return c.AddParticipants(people=people, doubles="add")
        arrival = self.dice.choice(ARRIVALS)
        return c.MarkAttendance(delivery=delivery.id, participant=self.dice.choice(known), arrival=arrival)

    def tick(self, delivery: Delivery) -> c.Command:
        segment = self.dice.choice(delivery.session.segments)
        index = self.dice.randrange(max(len(segment.look_for), 1))
        return c.TickLookFor(
            delivery=delivery.id, segment=segment.id, index=index, on=self.dice.random() < 0.7
        )


def digest(body: str | None) -> str:
    return sha256((body or "").encode()).hexdigest()[:16]


def under_way(state: Cohort) -> Delivery | None:
    return next((one for one in reversed(list(state.deliveries.values())) if one.marks.ended is None), None)


def picture(state: Cohort, now: Instant) -> list[Any]:
    """Say where the day stands at an instant, as the run screen would."""
    delivery = under_way(state)
    if delivery is None:
        return ["no session", len(state.notes), len(state.participants)]
    day = projection(delivery, now)
    figures = [day.phase, day.paused, day.remaining, day.offset, day.finish]
    return [delivery.id, delivery.current, *figures, len(state.notes), len(state.participants)]


def say(fact: dict[str, Any]) -> None:
    os.write(1, (json.dumps(fact) + "\n").encode())


def work(kit: KitContents, data: str, cohort: str, seed: int) -> None:
    house = House(Path(data), shipped_kit())
    workshop = house.open_cohort(cohort, new=not house.has_cohort(cohort))
    assert isinstance(workshop, Workshop), workshop
    going = [d.id for d in workshop.state.deliveries.values() if d.under_way]
    house.keep_time_of(workshop, DeliveryId(going[-1] if going else ""))
    say({"open": True})
    Day(house, workshop, kit, seed).run()


def nursery(kit: KitContents) -> None:
    """Fork a child for each line asked for. There are no threads here, so a fork is as good as a start."""
    for line in sys.stdin:
        asked = json.loads(line)
        if "kill" in asked:
            os.kill(asked["kill"], signal.SIGKILL)
            _, status = os.waitpid(asked["kill"], 0)
            say({"signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None})
            continue
        child = os.fork()
        if child == 0:
            answers = os.open(asked["answers"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(answers, 1)
            try:
                work(kit, asked["data"], asked["cohort"], asked["seed"])
            finally:
                sys.excepthook(*sys.exc_info())  # work only ends with a fault
                os._exit(1)
        say({"child": child})


if __name__ == "__main__":
    contents = House(Path(), shipped_kit()).kit()
    if sys.argv[1:] == ["nursery"]:
        import pmworkshop.live.replay
        import pmworkshop.wiring.record  # noqa: F401  # so that the children need not import it

        say({"ready": True})
        nursery(contents)
    else:
        work(contents, sys.argv[1], sys.argv[2], int(sys.argv[3]))
