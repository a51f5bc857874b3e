"""Coaching in trios with two timers running, in a process that is killed in the middle of it; `test_kill_rounds` starts it.

`kill_rounds.py DATA SEED` goes on where the cohort stands. Each acknowledged command is one line on standard output:
how many events the record has after it, the instant, and what stands on the screens at that instant.
"""

import json
import os
import random
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, GroupingId, ParticipantId, RotationId
from pmworkshop.core.people import Person
from pmworkshop.core.state import Cohort
from pmworkshop.core.teaming import rounds_under_way
from pmworkshop.core.units import MINUTE, SECOND, Duration, Instant, minutes
from pmworkshop.live.views.teams.timers import timers_view
from pmworkshop.live.views.teams.view import my_team, rotation_view
from pmworkshop.live.workshop import Accepted, Workshop
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import shipped_kit

COHORT, DAY, TRIOS, ROUNDS = "trios", DeliveryId("d1"), GroupingId("g1"), RotationId("t1")
TIMERS = ("Report-backs", "Group 2")
PEOPLE = tuple(ParticipantId(f"p{number}") for number in range(11))


def picture(state: Cohort, now: Instant) -> dict[str, Any]:
    """Say what stands on desk, projector and phones at an instant."""
    rounds = rotation_view(state, now)
    return {
        "rounds": asdict(rounds) if rounds else None,
        "timers": [asdict(one) for one in timers_view(state, now)],
        "mine": [asdict(team) if (team := my_team(state, one)) else None for one in PEOPLE],
    }


def morning(house: House) -> list[c.Command]:
    """Return what leads to the first round."""
    zone, offset = house.zone()
    people = tuple((one, Person(name=f"Zoë {one}")) for one in PEOPLE)
    roles = ("Coach", "Coachee", "Observer")
    session = house.kit().sessions["session-a"]
    return [
        c.AddParticipants(people=people),
        c.OpenDelivery(delivery=DAY, session_id="session-a", session=session, zone=zone, utc_offset=offset),
        c.StartDelivery(delivery=DAY, move_plan=True, zone=zone, utc_offset=offset),
        c.MakeGroups(grouping=TRIOS, delivery=DAY, name="Trios", size=3, chance=7),
        *(c.StartTimer(timer=name, length=minutes(5)) for name in TIMERS),
        c.StartRotation(
            rotation=ROUNDS, grouping=TRIOS, delivery=DAY, title="Coaching", roles=roles, rounds=3,
            work=minutes(4), feedback=minutes(2),
        ),
    ]  # fmt: skip


def anything(state: Cohort, dice: random.Random) -> c.Command:
    """Return something that a trainer may do in the middle of rounds."""
    rotation = rounds_under_way(state)
    number = dice.choice([1, 2, 3]) if rotation else 1
    paused = state.deliveries[DAY].marks.paused
    some: list[c.Command] = [
        c.BeginRound(rotation=ROUNDS, number=number),
        c.AddRoundTime(
            rotation=ROUNDS, by=Duration(dice.choice([-1, 1]) * 10 * SECOND), feedback=dice.random() < 0.5
        ),
        c.PlaceInGroup(grouping=TRIOS, participant=dice.choice(PEOPLE), group=dice.randrange(4)),
        c.StartTimer(timer=dice.choice(TIMERS), length=Duration(dice.randrange(1, 9) * MINUTE)),
        c.Resume(delivery=DAY) if paused else c.Pause(delivery=DAY),
    ]
    return dice.choice(some)


def work(data: Path, seed: int) -> None:
    house, dice = House(data, shipped_kit()), random.Random(seed)
    new = not house.has_cohort(COHORT)
    workshop = house.open_cohort(COHORT, new=new)
    assert isinstance(workshop, Workshop), workshop
    house.keep_time_of(workshop, DAY)
    count = 1
    first = morning(house) if new else []
    while True:
        command = first.pop(0) if first else anything(workshop.state, dice)
        outcome = workshop.handle(command)
        if isinstance(outcome, Accepted):
            count += len(outcome.events)
            now = house.now()
            fact = {"events": count, "begun": not first, "now": now, "picture": picture(outcome.state, now)}
            os.write(1, (json.dumps(fact) + "\n").encode())


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))
