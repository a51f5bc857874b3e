"""The second morning: one comes with a new phone, one leaves early, cards are drawn, the end is a little early."""

from functools import partial

from pmworkshop.core import commands as c
from pmworkshop.core.dealing import round_name
from pmworkshop.core.text import matching
from pmworkshop.wiring.demo.phones import Phone
from pmworkshop.wiring.demo.script import Begin, Script, Tell
from pmworkshop.wiring.demo.stage import Stage

BEGINS = {
    "appraisal": Begin(minute=1.2, seen=(0, 2, 3)),
    "goal-setting": Begin(minute=31.5, seen=(1, 2, 3)),
    "effective-feedback": Begin(minute=62.0, seen=(0, 2, 3)),
    "break": Begin(minute=91.0),
    "reward-and-recognition": Begin(minute=105.5, seen=(2,)),
    "difficult-conversations": Begin(minute=120.5, seen=(1, 2, 3)),
    "review-and-assignment": Begin(minute=166.0, seen=(2, 3)),
}
LEAVES, NEW_PHONE = "olufemi", "bronagh"
DECK = "difficult-conversations"
TABLES = {
    "Group 1": ("ten-past-nine", {"zoe": 1, "tomasz": 2, "bronagh": 0}),
    "Group 2": ("all-clear", {"priyanka": 1, "siobhan": 2}),
}
"""Which card each group gets, and who sits where; 0 observes."""
IDEAS = {
    "A card that says exactly what helped": ("thanks-private", 6),
    "Tell the customer's praise in front of the team": ("thanks-public", 2),
    "First choice of shifts next month": ("time-flexibility", 4),
    "An early finish on the Friday after a hard week": ("time-flexibility", 1),
    "A morning with another team": ("development", 2),
    "Let them present it upstairs": ("visibility", 1),
    "A key of their own": ("responsibility", 3),
    "Mend the scanner that freezes": ("conditions", 3),
    "Cake when the part-timers are in": ("team-celebration", 2),
}
"""Into what the trainer sorts the ideas on the wall, and how many dots they were given."""


def session_b(stage: Stage, tell: Tell) -> Script:
    """Play Session B up to its end, the room still open."""
    stage.day(stage.days.b)
    script = Script(stage, "session-b", tell)
    script.opened(-40)
    script.at(-20, stage.open_door)
    script.at(-8, lambda: _comes_back(stage))
    for number, who in enumerate(stage.ids.values()):
        arrived = c.MarkAttendance(delivery=script.delivery, participant=who, arrival="present")
        script.do(-12 + number, arrived)
    script.segments(BEGINS)
    _before_the_break(script)
    _after_the_break(script)
    _cards(script)
    _trainer(script)
    script.do(176.5, c.FinishDelivery(delivery=script.delivery))
    script.play()
    return script


def _comes_back(stage: Stage) -> None:
    """Let somebody in with a new phone, by the recovery code that the trainer looks up."""
    phone = Phone(stage.port)
    recovery = stage.open.recovery(stage.ids[NEW_PHONE])
    phone.come_back(stage.open.code, stage.guests[NEW_PHONE].name, recovery)
    stage.phones[NEW_PHONE] = phone


def _before_the_break(script: Script) -> None:
    stage = script.stage
    script.at(2.5, lambda: stage.take_up("amo"))
    script.at(5, lambda: stage.amend("bronagh", "amo"))
    script.do(20, c.CloseActivity(exercise_id="amo"))
    script.sheet(26, "why-appraise")
    script.at(33, lambda: stage.take_up("motivators"))
    script.sheet(39, "goal-types")
    script.sheet(42, "motivators")
    script.sheet(54, "goal-practice", "growth-goal")
    script.sheet(76, "mindset-implications")
    script.sheet(85, "feedback-script")


def _after_the_break(script: Script) -> None:
    stage = script.stage
    script.groups(109, "reward-ideas", None)
    script.at(113, lambda: _sorted(stage))
    script.sheet(127, "underperformance")
    for name in ("conversation-cards", "improvement-plan"):
        script.at(131, partial(stage.take_up, name))
    script.sheet(136, "prepare")
    script.sheet(154, "observe")
    script.sheet(156, "improvement-plan")
    script.sheet(161, "own-note")
    script.sheet(168, "assignment-plan")
    script.at(167, lambda: stage.take_up("recap-quiz"))
    script.sheet(171, "after")
    script.sheet(172, "quiz-1")
    script.sheet(173.5, "quiz-2")
    script.sheet(173.2, "evaluation")


def _sorted(stage: Stage) -> None:
    for idea, (category, _) in IDEAS.items():
        stage.do(c.SortIdea(exercise_id="reward-ideas", idea=matching(idea), category=category))
    dots = tuple(matching(idea) for idea, (_, count) in IDEAS.items() for _ in range(count))
    stage.do(c.PlaceDots(exercise_id="reward-ideas", ideas=dots))


def _cards(script: Script) -> None:
    stage = script.stage
    for number, (group, (card, seats)) in enumerate(TABLES.items()):
        script.at(132 + number / 5, partial(stage.draw, DECK, group, card))
        for place, (key, seat) in enumerate(seats.items()):
            script.at(
                133 + number / 2 + place / 8,
                partial(_sits, stage, key, group, seat),
            )
        player = next(iter(seats))
        script.at(140 + number / 5, partial(_presses, stage, player, "begin"))
        script.at(146 + number / 5, partial(_presses, stage, player, "swap"))
        script.do(153 + number / 5, c.StopTimer(timer=round_name(DECK, group)))


def _sits(stage: Stage, key: str, group: str, seat: int) -> None:
    stage.phones[key].sit(DECK, group, seat)


def _presses(stage: Stage, key: str, button: str) -> None:
    stage.phones[key].press(DECK, button)


def _trainer(script: Script) -> None:
    stage, delivery = script.stage, script.delivery
    script.notes("B")
    for minute, segment, option in (
        (32, "goal-setting", "motivation"),
        (121, "difficult-conversations", "cards"),
        (166.5, "review-and-assignment", "recap"),
    ):
        chosen = script.segment(segment).id
        script.do(minute, c.ChooseOptions(delivery=delivery, segment=chosen, options=(option,)))
    script.at(80, lambda: stage.draw("feedback-situations", "Group 1", ""))
    script.do(91.5, c.ShowMessage(text="Break. Back at 11:15."))
    script.do(105, c.ShowMessage(text=""))
    script.do(114, c.RevealResults(exercise_id="reward-ideas", on=True))
    script.do(116, c.RevealResults(exercise_id="reward-ideas", on=False))
    script.do(117, c.MarkLeft(delivery=delivery, participant=stage.ids[LEAVES]))
    script.do(175.5, c.RevealResults(exercise_id="recap-quiz", on=True))
