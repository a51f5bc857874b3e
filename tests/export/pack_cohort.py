"""A cohort on a real journal whose packs are worth looking at: shipped exercises, two sessions, signatures, records."""

import hashlib
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from PIL import Image

from pmworkshop.core import commands as c
from pmworkshop.core.centre import Centre, Declaration
from pmworkshop.core.evidence import Particulars
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import DeliveryId, NoteId, OutputId, ParticipantId, RecordId
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import MINUTE, Duration, Instant
from pmworkshop.library.kit import Kit, load_kit
from pmworkshop.live.views.pack import PackView
from pmworkshop.live.views.packing import pack_view
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.places import shipped_kit
from pmworkshop.wiring.record import opener

HALF_PAST_NINE: Final = Instant(1_803_893_400_000)
"""1 March 2027, 09:30 UTC."""
DAY: Final = 24 * 60
HEAD: Final = (512, "9f2c" * 16)
ANNA, BORIS, CHLOE, DILIP, STRANGE = (ParticipantId(f"p{number}") for number in range(5))
NAMES: Final = {
    ANNA: "Amara Okafor",
    BORIS: "Bronwen Pugh",
    CHLOE: "Chloé Dubois-Marchetti",
    DILIP: "Dilip Rao",
    STRANGE: "مريم الحسيني " + "von und zu Außergewöhnlichlangenamen " * 3 + "<b>#panic()</b>",
}
PANIC: Final = "\n".join(f"#panic() {number}" for number in range(1, 41))
ODD: Final = (
    "كيف نقيّم الأداء بعدل؟ نتفق على المعايير أولاً، ثم نجمع الأدلة.",
    "我们先约定标准,然后一起看证据。每个月谈一次,而不是一年一次。" * 6,
    "Family \U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 and \U0001f1ec\U0001f1e7 and \U0001f44d\U0001f3fd done",
    "Wide" + "w" * 400,
    "$ \\ ` * _ < > @ ~ // /* #let x = 1; [unclosed {brace \"quote\" 'single' -- --- ...",
    "Hieroglyph \U00013000 and a private one \ue000.",
    '=HYPERLINK("https://example.org")',
)
SAID: Final = (
    "We agreed the standard in writing in October, so that we both know what good looks like in January.",
    "I keep a dated note after every observation, and we look at them all.\nThat has made our reviews calmer.",
    "He said that the new timetable leaves him nine minutes between two sites; I had taken it for unpunctuality.",
    "Ask first, tell what I saw and what it led to, then ask what they make of it and what comes next.",
)
CENTRE: Final = Centre(
    name="Example College",
    number="012345",
    learner=(
        Declaration(id="own", text="What stands here under my name is my own work and in my own words."),
        Declaration(
            id="not", text="I have not handed it in for another qualification, except where I say so."
        ),
        Declaration(id="sources", text="Where I used somebody else's words or figures, I have said whose."),
    ),
    centre=(
        Declaration(id="compared", text="I have compared this work with what I saw in the room."),
        Declaration(id="support", text="The participant had the support that the session plans foresee."),
    ),
)


class Day:
    """A cohort's record being written, at minutes after half past nine on the first day."""

    def __init__(self, place: Path) -> None:
        self.kit: Kit = load_kit(shipped_kit())
        self.at = HALF_PAST_NINE
        self.workshop = Workshop(opener(place, new=True), lambda: self.at)

    def do(self, minute: float, command: c.Command) -> None:
        self.at = Instant(HALF_PAST_NINE + int(minute * MINUTE))
        outcome = self.workshop.handle(command)
        if isinstance(outcome, Refusal):
            raise SystemExit(f"{type(command).__name__}: {outcome.words}")

    def view(self, person: ParticipantId) -> PackView:
        found = pack_view(self.workshop.state, person, self.workshop.newest, HEAD, "pmworkshop 0.1.0")
        if isinstance(found, Refusal):
            raise SystemExit(found.words)
        return found

    def close(self) -> None:
        self.workshop.close()


def photo() -> bytes:
    """Return a photo of a flip chart, near enough."""
    picture = Image.new("RGB", (1200, 900), (236, 232, 220))
    for row in range(80, 860, 60):
        picture.paste((60, 70, 90), (90, row, 1100 - row % 400, row + 12))
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=80)
    return kept.getvalue()


PHOTO: Final = photo()
SHA: Final = hashlib.sha256(PHOTO).hexdigest()
PHOTOS: Final = {SHA: PHOTO}


def answer(exercise: Exercise, item: Item, who: int) -> Any:
    """Return a raw answer that differs from person to person and reads like one."""
    scale = exercise.scale(item)
    chosen = [option.id for option in item.options]
    count = min(max(item.at_least or 1, 3), item.at_most or 9)
    said = SAID[who % len(SAID)]
    cells = {"number": "3", "date": "2027-04-24", "code": f"TM{who % 9 + 1}", "short": f"as agreed, {who}"}
    answers: dict[str, Callable[[], Any]] = {
        "rating": lambda: 1 + who % len(scale.labels if scale else "1"),
        "choice": lambda: chosen[who % len(chosen)],
        "choices": lambda: chosen[: item.at_least or 1],
        "ranking": lambda: chosen[who % len(chosen) :] + chosen[: who % len(chosen)],
        "yes-no": lambda: bool(who % 2),
        "number": lambda: 12,
        "long": lambda: f"{said} ({item.id} {who})",
        "list": lambda: [f"{item.id}: practice {number} of {who}" for number in range(count)],
        "line": lambda: 1 + who % 10,
        "grid": lambda: [1 + who % 10, 1 + who * 3 % 10],
        "photo": lambda: SHA,
        "table": lambda: [
            {col.id: col.options[0].id if col.options else cells[col.kind] for col in item.columns}
            for _ in range(count)
        ],
        "short": lambda: f"{said.splitlines()[0][:90]} ({item.id} {who})",
    }
    return answers.get(item.kind, lambda: cells.get(item.kind, "as agreed"))()


def strange_answer(exercise: Exercise, item: Item, who: int) -> Any:
    """Return what somebody hostile, or merely abroad, might write."""
    if item.kind == "long":
        return (PANIC, "x" * 4_000, "A word or two. " * 266, *ODD)[who % (3 + len(ODD))]
    if item.kind in ("short", "list"):
        line = ODD[who % len(ODD)][:200]
        return (
            line
            if item.kind == "short"
            else [line, "#panic()", "[*]", f"{item.id} {who}"][: item.at_most or 4]
        )
    return answer(exercise, item, who)


def sheet(name: str, who: ParticipantId, answers: Mapping[str, Any], **more: Any) -> c.SubmitOutput:
    """Return an output being handed in."""
    return c.SubmitOutput(
        output=OutputId(f"{name}-{who}"),
        exercise_id=name,
        participant=who,
        answers=dict(answers),
        with_gaps=True,
        **({"route": "phone", "entered_by": "participant"} | more),
    )


def written(
    day: Day,
    names: tuple[str, ...],
    who: ParticipantId,
    minute: float,
    make: Callable[..., Any] = answer,
    **more: Any,
) -> None:
    """Have somebody hand in exercises, within the session that is under way."""
    for number, name in enumerate(names):
        exercise = day.workshop.state.editions[name][-1]
        answers = {item.id: make(exercise, item, number + place) for place, item in enumerate(exercise.items)}
        members = (BORIS, CHLOE) if exercise.filled_by != "each" and who != BORIS else ()
        day.do(minute + number / 2, sheet(name, who, answers, members=members, **more))


def morning(day: Day, session: str, at: float) -> DeliveryId:
    """Run a session up to its fifth segment, each about as long as planned."""
    delivery, plan = DeliveryId(session), day.kit.sessions[session]
    opened = c.OpenDelivery(
        delivery=delivery, session_id=session, session=plan, zone="GMT", utc_offset=Duration(0)
    )
    day.do(at - 20, opened)
    for person in NAMES:
        day.do(at - 2, c.MarkAttendance(delivery=delivery, participant=person, arrival="present"))
    day.do(at + 2, c.StartDelivery(delivery=delivery, zone="GMT", utc_offset=Duration(0)))
    chart = "Group of Bronwen Pugh: gaps in feedback, overkill in forms"
    day.do(at + 20, c.TakeNote(note=NoteId(f"n-{session}"), delivery=delivery, kind="flip-chart", text=chart))
    for number in range(1, 5):
        day.do(at + 21 * number, c.MoveOn(delivery=delivery))
    return delivery


def finished(day: Day, delivery: DeliveryId, at: float) -> None:
    """Run what is left of a session, and end it."""
    for number in range(5, len(day.workshop.state.deliveries[delivery].session.segments)):
        day.do(at + 21 * number, c.MoveOn(delivery=delivery))
    day.do(at + 185, c.FinishDelivery(delivery=delivery))


def observed(who: ParticipantId, kind: Any, text: str) -> c.KeepRecord:
    """Return a record of somebody's work."""
    said = Particulars(
        kind=kind,
        criteria=("3.2",),
        text=text,
        by="Tom Trainer" if kind == "observation" else "Wilma Hughes",
        role="Trainer" if kind == "observation" else "Head of school",
        relation=None if kind == "observation" else "Line manager",
        day="2027-03-01",
        place="Room 4, People's Palace",
    )
    return c.KeepRecord(record=RecordId(f"{kind}-{who}"), participant=who, particulars=said, no_relative=True)


def signed(who: ParticipantId) -> c.SignPack:
    """Return somebody's signature."""
    return c.SignPack(
        participant=who,
        name=NAMES[who],
        agreed=tuple(one.id for one in CENTRE.learner),
        ai_use="A chat tool suggested three openings for the feedback script; I wrote my own from them.",
        reuse="None",
        route="phone",
        entered_by="participant",
    )


def for_centre(who: ParticipantId) -> c.SignForCentre:
    """Return the trainer's signature for the centre."""
    return c.SignForCentre(participant=who, name="Tom Trainer", agreed=tuple(one.id for one in CENTRE.centre))


def cohort(place: Path) -> Day:
    """Record two mornings: Anna complete and signed, Boris signed and then amended, Dilip with gaps, one who is hostile."""
    day = Day(place)
    people = tuple(
        (one, Person(name=name[:200], organisation="Queen Mary", registration=f"ILM-{number}"))
        for number, (one, name) in enumerate(NAMES.items())
    )
    day.do(-60, c.CreateCohort(name="spring-2027"))
    day.do(-50, c.AddParticipants(people=people))
    for name, found in day.kit.exercises.items():
        day.do(-40, c.TakeUpExercise(exercise_id=name, exercise=found, unit=day.kit.unit))
    kept = tuple(name for name, found in day.kit.exercises.items() if found.privacy != "anonymous")
    a = morning(day, "session-a", 0)
    for name in kept:
        day.do(85, c.OpenActivity(exercise_id=name, delivery=a))
    written(day, kept, ANNA, 85.5, delivery=a)
    finished(day, a, 0)
    b = morning(day, "session-b", DAY)
    written(day, ("why-appraise", "feedback-script", "goal-practice"), BORIS, DAY + 85, delivery=b)
    written(day, kept, STRANGE, DAY + 86, strange_answer, delivery=b)
    finished(day, b, DAY)
    exercise = day.workshop.state.editions["underperformance"][-1]
    first = next(item for item in exercise.items if item.kind in ("list", "short", "long", "table"))
    gaps = {first.id: answer(exercise, first, 0)}
    day.do(DAY + 190, sheet("underperformance", DILIP, gaps, route="paper", entered_by="trainer"))
    day.do(DAY + 200, c.TakeCentre(centre=CENTRE))
    day.do(
        DAY + 201,
        observed(ANNA, "observation", "In the trio she asked before she told, and gave two dated examples."),
    )
    day.do(
        DAY + 202,
        observed(ANNA, "witness", "I sat in on her review with TM1 and heard her ask for his view first."),
    )
    for name in (
        "amo",
        "learning-styles",
        "skill-will",
        "recap-quiz",
        "termly-profile",
        "results-behaviours",
    ):
        for who in (ANNA, STRANGE):
            day.do(DAY + 205, c.ChooseForPack(output=OutputId(f"{name}-{who}"), participant=who, on=True))
    for who in (ANNA, BORIS):
        day.do(DAY + 210, signed(who))
        day.do(DAY + 212, for_centre(who))
    written(day, ("feedback-script",), BORIS, DAY + 220, lambda form, item, who: answer(form, item, who + 2))
    return day
