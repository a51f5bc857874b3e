"""A cohort on a real journal whose reports are worth looking at: two mornings, eight people, some with hostile names."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from pmworkshop.core import commands as c
from pmworkshop.core.centre import Centre, Declaration, Review
from pmworkshop.core.evidence import Particulars
from pmworkshop.core.exercise import DONT_KNOW
from pmworkshop.core.ids import DeliveryId, NoteId, OutputId, ParticipantId, RecordId
from pmworkshop.core.output import AnonymousSheet
from pmworkshop.core.people import Person
from pmworkshop.core.plan import SegmentId
from pmworkshop.core.units import Duration
from pmworkshop.live.views.reports.report import ReportView, report_view
from tests.export.pack_cohort import Day, answer

HEAD: Final = (512, "9f2c" * 16)
DAY: Final = 24 * 60
FORMULA: Final = '=HYPERLINK("https://example.org","Click me")'
NAMES: Final = (
    "Amara Okafor",
    "Bronwen Pugh",
    FORMULA,
    "<script>alert(1)</script> & “Quote”, #panic()",
    "مريم الحسيني",
    "王小明 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "../../x",
    "Maximiliane-Friederike von und zu Außergewöhnlichlangenamen-Hohenstein-Wolkenburg",
)
PEOPLE: Final = tuple(ParticipantId(f"p{number}") for number in range(len(NAMES)))
AMARA, BRONWEN, FORMULIST, SCRIPT, MARYAM, XIAOMING, DOTS, MAX = PEOPLE
SECRET: Final = "2031-11-05"
"""A day that stands only in private answers."""
EVIDENCE: Final = (
    "pm-responsibilities",
    "fair-assessment",
    "goal-practice",
    "improvement-plan",
    "feedback-script",
)
CENTRE: Final = Centre(
    name="Example College",
    number="012345",
    learner=(Declaration(id="own", text="What stands here under my name is my own work."),),
    centre=(Declaration(id="seen", text="I have compared this work with what I saw."),),
    reviews=(
        Review(title="January review of goals", month=1),
        Review(title="April review of goals", month=4),
    ),
)


def cohort(place: Path, *, demonstration: bool = False) -> Day:
    """Record two mornings, evidence of very different extent, an evaluation and the confidence before and after."""
    day = begun(place, demonstration=demonstration)
    people = (
        (
            one,
            Person(
                name=name, organisation="Queen Mary" if number % 2 else None, registration=f"ILM-{number:03d}"
            ),
        )
        for number, (one, name) in enumerate(zip(PEOPLE, NAMES, strict=True))
    )
    day.do(-50, c.AddParticipants(people=tuple(people)))
    for name in (
        *EVIDENCE,
        "criterion-confidence",
        "evaluation",
        "one-to-one",
        "assignment-plan",
        "pm-inventory",
    ):
        take_up(day, name)
    first_morning(day)
    second_morning(day)
    sign(day)
    return day


def begun(place: Path, name: str = "spring-2027", **marks: bool) -> Day:
    day = Day(place)
    day.do(-60, c.CreateCohort(name=name, **marks))
    day.do(-60, c.TakeCentre(centre=CENTRE))
    return day


def take_up(day: Day, name: str) -> None:
    exercise = day.kit.exercises[name]
    day.do(-40, c.TakeUpExercise(exercise_id=name, exercise=exercise, unit=day.kit.unit))


def hand_in(day: Day, minute: float, name: str, who: int, suffix: str = "", **given: Any) -> None:
    made = {
        item.id: answer(day.workshop.state.editions[name][-1], item, who + place)
        for place, item in enumerate(day.workshop.state.editions[name][-1].items)
    }
    command = c.SubmitOutput(
        output=OutputId(f"{name}{suffix}-{PEOPLE[who]}"),
        exercise_id=name,
        participant=PEOPLE[who],
        answers=made | given,
        route="laptop",
        entered_by="participant",
        with_gaps=True,
    )
    day.do(minute, command)


def open_session(day: Day, session: str, at: float) -> DeliveryId:
    delivery = DeliveryId(session)
    plan = day.kit.sessions[session]
    opened = c.OpenDelivery(
        delivery=delivery, session_id=session, session=plan, zone="GMT", utc_offset=Duration(0)
    )
    day.do(at - 20, opened)
    return delivery


def first_morning(day: Day) -> None:
    a = open_session(day, "session-a", 0)
    for who in PEOPLE[:5]:
        day.do(-2, c.MarkAttendance(delivery=a, participant=who, arrival="present"))
    day.do(-1, c.MarkAttendance(delivery=a, participant=DOTS, arrival="absent"))
    day.do(
        -1, c.TakeNote(note=NoteId("n0"), delivery=a, kind="note", text="The projector needs the HDMI lead.")
    )
    day.do(2, c.StartDelivery(delivery=a, zone="GMT", utc_offset=Duration(0)))
    day.do(3, c.TickLookFor(delivery=a, segment=SegmentId("introductions"), index=0, on=True))
    for number in range(len(PEOPLE)):
        hand_in(day, 5, "criterion-confidence", number, "-before", **confidence(day, "before", number))
    day.do(9, c.MarkAttendance(delivery=a, participant=XIAOMING, arrival="late"))
    day.do(12, c.TakeNote(note=NoteId("n1"), delivery=a, kind="observation", text=f"{FORMULA}\n#panic()"))
    day.do(24, c.MoveOn(delivery=a))
    day.do(30, c.Pause(delivery=a))
    day.do(34, c.Resume(delivery=a))
    day.do(36, c.TakeNote(note=NoteId("n2"), delivery=a, kind="parking lot", text="And pay?", owner="Amara"))
    day.do(40, c.OpenActivity(exercise_id="pm-inventory", delivery=a))
    group = c.SubmitOutput(
        output=OutputId("inventory"),
        exercise_id="pm-inventory",
        participant=AMARA,
        members=(BRONWEN, MARYAM),
        delivery=a,
        answers=inventory(day),
        route="phone",
        entered_by="participant",
        with_gaps=True,
    )
    day.do(41, group)
    for minute in (55, 74, 93, 108, 133, 172):
        day.do(minute, c.MoveOn(delivery=a))
    day.do(150 + 24, c.MarkLeft(delivery=a, participant=BRONWEN))
    day.do(184, c.FinishDelivery(delivery=a))


def inventory(day: Day) -> dict[str, Any]:
    exercise = day.workshop.state.editions["pm-inventory"][-1]
    return {item.id: answer(exercise, item, place) for place, item in enumerate(exercise.items)}


def confidence(day: Day, when: str, who: int) -> dict[str, Any]:
    exercise = day.workshop.state.editions["criterion-confidence"][-1]
    rated = [item.id for item in exercise.items if item.kind == "rating"]
    more = 1 if when == "after" else 0
    return {"when": when, **{one: min(1 + (who + place) % 4 + more, 5) for place, one in enumerate(rated)}}


def second_morning(day: Day) -> None:
    b = open_session(day, "session-b", DAY)
    for who in PEOPLE:
        day.do(DAY - 2, c.MarkAttendance(delivery=b, participant=who, arrival="present"))
    day.do(DAY + 1, c.StartDelivery(delivery=b, zone="GMT", utc_offset=Duration(0)))
    for number in range(1, len(day.kit.sessions["session-b"].segments)):
        day.do(DAY + 20 * number, c.MoveOn(delivery=b))
    for number in range(6):
        for name in EVIDENCE[: 5 - number // 2]:
            hand_in(day, DAY + 170, name, number, f"-{number}")
    hand_in(day, DAY + 171, "one-to-one", 0, **dated(day, "one-to-one", SECRET))
    hand_in(day, DAY + 171, "assignment-plan", 1)
    for number in range(6):
        hand_in(day, DAY + 172, "criterion-confidence", number, "-after", **confidence(day, "after", number))
    day.do(DAY + 172, c.OpenActivity(exercise_id="evaluation", delivery=b))
    day.do(DAY + 180, c.CloseActivity(exercise_id="evaluation"))
    day.do(DAY + 180, c.EnterAnonymous(exercise_id="evaluation", box="box", sheets=tuple(evaluated(day, 7))))
    day.do(DAY + 182, c.FinishDelivery(delivery=b))


def dated(day: Day, name: str, when: str) -> dict[str, Any]:
    """Return answers with `when` wherever an exercise asks for a day."""
    found: dict[str, Any] = {}
    for item in day.workshop.state.editions[name][-1].items:
        if item.kind == "date":
            found[item.id] = when
        elif any(one.kind == "date" for one in item.columns):
            cells = {"date": when, "code": "TM1", "number": "3", "short": "so"}
            found[item.id] = [
                {one.id: one.options[0].id if one.options else cells[one.kind] for one in item.columns}
            ]
    return found


def evaluated(day: Day, people: int) -> Iterable[AnonymousSheet]:
    """Return sheets without names, one of them hostile."""
    exercise = day.workshop.state.editions["evaluation"][-1]
    for who in range(people):
        given: dict[str, Any] = {
            item.id: 1 + (who + place) % 4
            for place, item in enumerate(exercise.items)
            if item.kind == "rating"
        }
        given |= {"pace": 4 + who % 4, "use": ("know-what", "not-yet")[who % 2]}
        given["access"] = DONT_KNOW if who == 0 else 4
        if who in (1, 3):
            given["keep"] = ("The trios.", "<b>The cards</b> & =1+1\n#panic()")[who // 2]
        yield AnonymousSheet(edition=0, answers=given)


def sign(day: Day) -> None:
    """Have three people sign: one for good, one without the centre yet, one who changes something afterwards."""
    said = Particulars(
        kind="observation",
        criteria=("3.2",),
        text="Asked before she told.",
        by="Tom Trainer",
        role="Trainer",
        day="2027-03-02",
        place="Room 4",
    )
    day.do(DAY + 190, c.KeepRecord(record=RecordId("r1"), participant=AMARA, particulars=said))
    mapped = c.MapCriterion(
        output=OutputId(f"feedback-script-0-{AMARA}"),
        criterion="1.2",
        on=True,
        reason="Says it in the last line",
    )
    day.do(DAY + 195, mapped)
    for who in (AMARA, BRONWEN, SCRIPT):
        signed = c.SignPack(
            participant=who,
            name=NAMES[PEOPLE.index(who)],
            agreed=("own",),
            ai_use="None",
            reuse="None",
            route="phone",
            entered_by="participant",
        )
        day.do(DAY + 200, signed)
    day.do(DAY + 205, c.SignForCentre(participant=AMARA, name="Tom Trainer", agreed=("seen",)))
    gone = c.WithdrawOutput(
        output=OutputId(f"fair-assessment-3-{SCRIPT}"), reason="Handed in for somebody else"
    )
    day.do(DAY + 210, gone)


def view_of(day: Day, at_least: int = 5) -> ReportView:
    return report_view(day.workshop.state, day.workshop.newest, HEAD, "pmworkshop 0.1.0", at_least)
