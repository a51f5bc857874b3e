"""The first morning: everybody comes in, one late and under another name, one is away for a while."""

from functools import partial

from pmworkshop.core import commands as c
from pmworkshop.core.ids import GroupingId, ParticipantId, RotationId
from pmworkshop.core.people import Person
from pmworkshop.core.units import MINUTE, Duration
from pmworkshop.wiring.demo.chart import chart
from pmworkshop.wiring.demo.phones import Phone
from pmworkshop.wiring.demo.script import Begin, Script, Tell
from pmworkshop.wiring.demo.stage import Stage
from pmworkshop.wiring.demo.trouble import StuckError

BEGINS = {
    "introductions": Begin(minute=0.7, seen=(0, 1)),
    "big-picture": Begin(minute=22.5, seen=(0, 2, 3)),
    "best-practice": Begin(minute=53.2, seen=(1, 2)),
    "bath-and-amo": Begin(minute=73.0, seen=(1,)),
    "break": Begin(minute=92.5),
    "behaviour-and-performance": Begin(minute=106.5, seen=(0, 1, 2)),
    "developing-performance": Begin(minute=132.0, seen=(0, 2)),
    "review-and-close": Begin(minute=171.0, seen=(0, 1)),
}
AWAY = "priyanka"
WALK_IN = "siobhan"
ROUNDS = (141, 147.1, 153.3)
AFTER_ROUNDS = 159.5
CHANCE = 1012
"""Makes groups in which everybody has the role that their own sheet of that round speaks of."""


def session_a(stage: Stage, tell: Tell) -> None:
    """Play Session A."""
    stage.day(stage.days.a)
    script = Script(stage, "session-a", tell)
    script.at(-44, lambda: _register(stage))
    script.opened(-40)
    script.at(-20, stage.open_door)
    _arrivals(script)
    script.segments(BEGINS)
    _work(script)
    _trainer(script)
    _coaching(script)
    script.do(178.5, c.FinishDelivery(delivery=script.delivery))
    script.at(185, script.close_activities)
    script.at(190, stage.close_door)
    script.play()


def _register(stage: Stage) -> None:
    people = tuple(
        (
            stage.ids[one.key],
            Person(name=one.name, organisation=one.organisation, registration=one.registration),
        )
        for one in stage.guests.values()
    )
    stage.do(c.AddParticipants(people=people))
    stage.do(c.TakeCentre(centre=stage.centre))


def _arrivals(script: Script) -> None:
    stage = script.stage
    for number, guest in enumerate(stage.guests.values()):
        minute = 6.2 if guest.key == WALK_IN else -14 + number * 1.3
        if guest.route == "phone":
            script.at(minute, partial(_joins, stage, guest.key))
        if guest.key != WALK_IN:
            arrived = c.MarkAttendance(
                delivery=script.delivery, participant=stage.ids[guest.key], arrival="present"
            )
            script.do(minute + 0.3, arrived)
    script.at(6.6, lambda: _late(script))
    script.at(15, lambda: _known_after_all(stage))


def _joins(stage: Stage, key: str) -> None:
    phone = stage.phones[key] = Phone(stage.port)
    phone.join(stage.open.code, stage.guests[key].joins_as)


def _walk_in(stage: Stage) -> ParticipantId:
    found = next((one.id for one in stage.workshop.state.participants.values() if one.walk_in), None)
    if found is None:
        raise StuckError("the door", "nobody came in unexpected.")
    return found


def _late(script: Script) -> None:
    late = c.MarkAttendance(delivery=script.delivery, participant=_walk_in(script.stage), arrival="late")
    script.stage.do(late)


def _known_after_all(stage: Stage) -> None:
    """Find that whoever came in unexpected stands on the register under their full name."""
    gone, into = _walk_in(stage), stage.ids[WALK_IN]
    stage.do(c.MergeWalkIn(walk_in=gone, into=into))
    stage.workshop.move_drafts(gone, into).result()


def _work(script: Script) -> None:
    stage = script.stage
    script.sheet(4.5, "pm-responsibilities")
    script.sheet(17, "before")
    script.groups(41, "pm-inventory", chart)
    script.sheet(60, "ten-practices")
    script.sheet(80.5, "amo")
    script.at(86, lambda: stage.hand_in(AWAY, "skill-will", {"who": "TM1"}))
    script.at(87.5, lambda: _about_the_wrong_one(stage))
    script.sheet(88, "skill-will")
    script.sheet(111, "results-behaviours")
    script.sheet(121.5, "fair-assessment")
    script.at(127, lambda: stage.amend("zoe", "fair-assessment"))
    script.sheet(136, "learning-styles")
    script.sheet(160, "coaching-observer", "coaching-grow")
    script.sheet(172.5, "action-plan")


def _about_the_wrong_one(stage: Stage) -> None:
    wrong = stage.made.pop((AWAY, "skill-will"))
    reason = "Filled in about the wrong person; taken out at her own request."
    stage.do(c.WithdrawOutput(output=wrong, reason=reason))


def _trainer(script: Script) -> None:
    """Put down what else the trainer does: a pause, more time, results, somebody who is away for a while."""
    stage, delivery = script.stage, script.delivery
    script.notes("A")
    script.do(31, c.Pause(delivery=delivery))
    script.do(33.2, c.Resume(delivery=delivery))
    script.do(38, c.AddTime(delivery=delivery, by=Duration(2 * MINUTE)))
    script.do(45, c.StartTimer(timer="Report-backs", length=Duration(5 * MINUTE)))
    script.do(50.5, c.StopTimer(timer="Report-backs"))
    script.do(56, c.MarkLeft(delivery=delivery, participant=stage.ids[AWAY]))
    script.do(59.5, c.MarkAttendance(delivery=delivery, participant=stage.ids[AWAY], arrival="present"))
    script.do(68, c.RevealResults(exercise_id="ten-practices", on=True))
    script.do(72, c.RevealResults(exercise_id="ten-practices", on=False))
    script.do(93, c.ShowMessage(text="Break. Back at 11:15."))
    script.do(106, c.ShowMessage(text=""))
    script.at(140, lambda: stage.draw("coaching-questions", "Group 1", ""))


def _coaching(script: Script) -> None:
    """Put down the coaching: groups, three rounds of four and two minutes, half a minute more for the last."""
    grouping, rotation = GroupingId("demo-groups"), RotationId("demo-rounds")
    make = c.MakeGroups(
        grouping=grouping, delivery=script.delivery, name="Coaching trios", size=3, chance=CHANCE
    )
    begin = c.StartRotation(
        rotation=rotation,
        grouping=grouping,
        delivery=script.delivery,
        title="Coaching",
        roles=("Coach", "Coachee", "Observer"),
        rounds=len(ROUNDS),
        work=Duration(4 * MINUTE),
        feedback=Duration(2 * MINUTE),
    )
    first, *others = ROUNDS
    script.do(first - 2, make)
    script.do(first, begin)
    for number, minute in enumerate(others, 2):
        script.do(minute, c.BeginRound(rotation=rotation, number=number))
    script.do(ROUNDS[-1] + 3, c.AddRoundTime(rotation=rotation, by=Duration(MINUTE // 2)))
    script.do(AFTER_ROUNDS, c.EndRotation(rotation=rotation))
