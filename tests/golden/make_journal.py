"""Makes a golden journal: a short day in which every event that this version knows happens at least once.

Run it by hand, once for each new version of an event, under a new name; the journals that are there stay as they are.
    python tests/golden/make_journal.py tests/golden/version-5.db
The laws of replay draw from the same day, so that they meet every event.
"""

import hashlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from pmworkshop.core import commands as c
from pmworkshop.core.centre import Centre, Declaration, Review
from pmworkshop.core.deck import Brief, Card, Deck, Role, Theme
from pmworkshop.core.evidence import Particulars
from pmworkshop.core.exercise import (
    Axis,
    Band,
    Choice,
    Column,
    Corner,
    Exercise,
    Factor,
    Item,
    Rate,
    Reading,
    Scale,
    When,
)
from pmworkshop.core.ids import (
    DeliveryId,
    GroupingId,
    NoteId,
    OutputId,
    ParticipantId,
    ProposalId,
    RecordId,
    RotationId,
)
from pmworkshop.core.moves import Move, RunOption
from pmworkshop.core.output import AnonymousSheet
from pmworkshop.core.people import Person
from pmworkshop.core.plan import Option, Options, Provenance, Resource, Segment, SegmentId, Session
from pmworkshop.core.unit import Assignment, Criterion, Marking, Outcome, Unit
from pmworkshop.core.units import DAY, HOUR, MINUTE, Duration, Instant, Minutes, TimeOfDay
from pmworkshop.live.workshop import Accepted, Workshop
from pmworkshop.wiring.record import opener

MORNING = Instant(20_878 * DAY + 9 * HOUR + 30 * MINUTE)
DELIVERY, EMPTY, CAUGHT_UP = DeliveryId("d1"), DeliveryId("d2"), DeliveryId("d3")
PLAN = Session(
    title="Golden morning",
    subtitle="Every field once",
    start=TimeOfDay("09:30"),
    end=TimeOfDay("10:30"),
    end_assumed=True,
    welcome="Set the tables.",
    resources=("register",),
    provenance=(Provenance(what="All of it", sure="inferred", source="This file", check="Nothing"),),
    segments=(
        Segment(
            id=SegmentId("talk"),
            title="Talk",
            minutes=Minutes(20),
            purpose="To begin.",
            method=("input", "plenary"),
            grouping=("whole group",),
            slides="2-3",
            pages="4",
            notes="**Say** this.",
            look_for=("gaps", "overkill"),
            output="A list",
            resources=("deck",),
            activities=("quiz",),
            criteria=("1.1", "2.3"),
            priority="should",
            shortest=Minutes(10),
            caution=("Slide 3 has an old logo.",),
        ),
        Segment(id=SegmentId("break"), title="Break", kind="break", at=TimeOfDay("09:50"), fixed=True),
        Segment(
            id=SegmentId("work"),
            title="Work",
            at=TimeOfDay("10:00"),
            options=Options(
                choose="any",
                of=(Option(id="film", title="Film", minutes=Minutes(5)), Option(id="cards", title="Cards")),
            ),
        ),
    ),
)
ANNA, BORIS, CHLOE, TWICE, WALTER, BORYA, OLGA = (ParticipantId(f"p{number}") for number in range(1, 8))
PHONES = tuple(hashlib.sha256(f"phone {number}".encode()).hexdigest() for number in range(7))
SOURCE = (Provenance(what="All of it", sure="inferred", source="This file", check="Nothing"),)
UNIT = Unit(
    reference="8600-323",
    title="Golden unit",
    level=3,
    credits=2,
    guided_hours=7,
    language="en-GB",
    status="check_with_centre",
    marking=Marking(rule="above half", every_criterion=False, note="Ask."),
    assignment=Assignment(words=1200, words_from=1000, words_to=2000, note="About."),
    provenance=SOURCE,
    outcomes=(
        Outcome(
            id=1,
            title="First",
            criteria=(Criterion(id="1.1", text="Identify two ways", verb="identify", minimum=2),),
        ),
    ),
)
CENTRE = Centre(
    name="Golden College",
    number="012345",
    learner=(Declaration(id="own", text="It is mine."),),
    centre=(Declaration(id="seen", text="I have seen it."),),
    pack_name="{surname} {unit}",
    submission=2,
    keep_months=24,
    reviews=(Review(title="January review", month=1),),
    provenance=SOURCE,
)
CHOICES = (Choice(id="a", text="A", advice="Do it."), Choice(id="b", text="B"))
AXIS = Axis(title="Skill", low="little", high="much")
CORNER = Corner(x="low", y="high", title="Guide", advice="Show how.")
COLUMNS = (
    Column(id="what", title="What"),
    Column(id="how", title="How", kind="choice", options=CHOICES, required=False),
    Column(id="due", title="Due", kind="date", required=False, diary="Due"),
)
FORM = Exercise(
    title="Every kind of item",
    kind="worksheet",
    about="team member",
    filled_by="pair",
    privacy="evidence",
    minutes=Minutes(9),
    repeatable=True,
    named_by=("who",),
    compare="view",
    criteria=("1.1",),
    deck="talks",
    instructions="**Go.**",
    intro="Read this.",
    scales=(Scale(id="three", labels=("Low", "Middling", "High"), dont_know="No idea"),),
    items=(
        Item(id="who", kind="code", text="Who?", help="TM1", section="Who"),
        Item(id="view", kind="choice", text="Whose view?", options=CHOICES, right=("a",), why="So."),
        Item(id="rated", kind="rating", text="1?", scale="three", reverse=True, factor="one", dont_know=True),
        Item(id="known", kind="rating", text="2?", scale="three", factor="one", dont_know=True),
        Item(id="agreed", kind="yes-no", text="Yes?", when=When(item="view", any_of=("a",))),
        Item(id="some", kind="choices", text="Which?", options=CHOICES, at_least=1, at_most=2),
        Item(id="order", kind="ranking", text="In order?", options=CHOICES),
        Item(id="note", kind="short", text="Note?", required=False, privacy="private"),
        Item(id="story", kind="long", text="Story?", criteria=("1.1",)),
        Item(id="began", kind="number", text="Began?", lowest=0.0, highest=99.0, unit="learners"),
        Item(id="stayed", kind="number", text="Stayed?"),
        Item(id="by", kind="date", text="By?", diary="Look at it"),
        Item(id="ways", kind="list", text="Ways?", at_least=2),
        Item(id="table", kind="table", text="What?", columns=COLUMNS),
        Item(id="line", kind="line", text="Where?", x=AXIS),
        Item(id="grid", kind="grid", text="Where?", x=AXIS, y=AXIS, corners=(CORNER,)),
        Item(id="photo", kind="photo", text="Photo?", required=False),
        Item(id="sure", kind="short", text="{criterion}?", for_each="criterion", required=False),
    ),
    factors=(
        Factor(
            id="one",
            title="One",
            meaning="It.",
            bands=(Band(low=1.0, high=3.0, words="So."),),
            actions=("Act",),
        ),
    ),
    reading=Reading(
        highlight="weakest",
        enough=2,
        rates=(Rate(title="Stayed", part="stayed", whole="began"),),
        suppress_below=3,
        caveats=("Not a test.",),
    ),
    provenance=SOURCE,
)
STORM = replace(
    FORM, kind="brainstorm", items=FORM.items[12:13], categories=CHOICES, dots=3, compare=None, named_by=()
)
BOX = replace(STORM, kind="worksheet", privacy="anonymous", categories=(), dots=0, repeatable=False)
OWN = replace(BOX, privacy="private")
DECK = Deck(
    title="Talks",
    instructions="Draw.",
    minutes=Minutes(4),
    roles=(Role(id="manager", title="Manager"),),
    themes=(Theme(id="late", title="Late"),),
    criteria=("1.1",),
    caveats=("Codes only.",),
    provenance=SOURCE,
    cards=(
        Card(
            id="coffee",
            title="Coffee first",
            theme="late",
            difficulty=2,
            text="Late again.",
            briefs=(Brief(role="manager", text="You saw it."),),
            turn="The phone rings.",
            listen_for=("A question",),
        ),
    ),
)
FILLED: dict[str, Any] = {
    "who": "TM1",
    "view": "a",
    "rated": "dont-know",
    "known": 3,
    "agreed": True,
    "some": ("a", "b"),
    "order": ("b", "a"),
    "note": "Zoë",
    "story": "One day\nwe talked.",
    "began": 12,
    "stayed": 7.5,
    "by": "2027-01-24",
    "ways": ("one", "two"),
    "table": ({"what": "x", "how": "a", "due": "2027-01-24"}, {"what": "y"}),
    "line": 10,
    "grid": (1, 10),
    "photo": "c0ffee" * 10 + "abcd",
    "sure-1-1": "Quite",
}


def script() -> list[tuple[int, c.Command]]:
    """Return the day: minutes after half past nine, and what was asked for."""
    first, second = NoteId("n1"), NoteId("n2")
    resources = (
        Resource(id="deck", title="The deck", note="With notes", link="https://example.org/deck"),
        Resource(id="register", title="The register"),
    )
    opened = c.OpenDelivery(
        delivery=DELIVERY,
        session_id="session-a",
        session=PLAN,
        resources=resources,
        zone="x",
        utc_offset=HOUR,
    )
    anna = Person(name="Zoë \U0001f9d1\u200d\U0001f3eb", organisation="Ærø", registration="ILM-1")
    people = ((ANNA, anna), (BORIS, Person(name="Борис")), (CHLOE, Person(name="Chloé <b>[b]</b>")))
    return [
        (-30, c.CreateCohort(name="Golden cohort")),
        (-29, opened),
        (
            -28,
            c.OpenDelivery(delivery=EMPTY, session_id="session-b", session=PLAN, zone="x", utc_offset=HOUR),
        ),
        (-20, c.AddParticipants(people=people)),
        (-19, c.CorrectParticipant(participant=CHLOE, person=Person(name="Chloe", organisation="Ærø"))),
        (-18, c.AddParticipants(people=((TWICE, Person(name="Chloe")),), doubles="add")),
        (-17, c.RemoveParticipant(participant=TWICE)),
        (-15, c.TickResource(delivery=DELIVERY, resource="deck", on=True)),
        (-14, c.TakeNote(note=first, delivery=DELIVERY, kind="note", text="Cold room")),
        (-5, c.MarkAttendance(delivery=DELIVERY, participant=ANNA, arrival="present")),
        (2, c.StartDelivery(delivery=DELIVERY, zone="Europe/London", utc_offset=Duration(0))),
        *joined(),
        (6, c.CorrectStart(delivery=DELIVERY, began=Instant(MORNING + MINUTE))),
        (7, c.MarkAttendance(delivery=DELIVERY, participant=BORIS, arrival="late")),
        (8, c.TickLookFor(delivery=DELIVERY, segment=SegmentId("talk"), index=1, on=True)),
        (9, c.AddTime(delivery=DELIVERY, by=Duration(2 * MINUTE))),
        (10, c.Pause(delivery=DELIVERY)),
        (13, c.Resume(delivery=DELIVERY)),
        (14, c.MoveOn(delivery=DELIVERY)),
        (17, c.MoveOn(delivery=DELIVERY)),
        (20, c.TakeNote(note=second, delivery=DELIVERY, kind="parking lot", text="Pay?", owner="Anna")),
        (21, c.CorrectNote(note=second, kind="parking lot", text="Pay and rations?", owner="Boris")),
        (25, c.MoveOn(delivery=DELIVERY)),
        (26, c.ChooseOptions(delivery=DELIVERY, segment=SegmentId("work"), options=("film", "cards"))),
        (27, c.ReportClockStep(delivery=DELIVERY, by=Duration(-HOUR))),
        *produced(),
        *in_the_room(),
        *evidence(),
        *replanned(),
        *in_groups(),
        (40, c.MarkLeft(delivery=DELIVERY, participant=BORIS)),
        (45, c.FinishDelivery(delivery=DELIVERY)),
        (46, c.ReopenDelivery(delivery=DELIVERY)),
        (50, c.FinishDelivery(delivery=DELIVERY)),
    ]


def joined() -> list[tuple[int, c.Command]]:
    """Return who comes in by phone: by name, as a walk-in, with a code, by the trainer's yes; and who signs out."""
    return [
        (3, c.JoinRoom(participant=TWICE, name=" CHLOÉ ", device=PHONES[0])),
        (3, c.JoinRoom(participant=WALTER, name="Walter Ødegård", device=PHONES[1])),
        (4, c.LinkPhone(participant=ANNA, device=PHONES[2], way="trainer")),
        (4, c.LinkPhone(participant=BORIS, device=PHONES[3], way="code")),
        (4, c.JoinRoom(participant=BORYA, name="Borya", device=PHONES[5])),
        (4, c.MergeWalkIn(walk_in=BORYA, into=BORIS)),
        (4, c.JoinRoom(participant=OLGA, name="Olga", device=PHONES[6])),
        (5, c.EraseParticipant(participant=OLGA, events=2)),
        (5, c.LeaveRoom(device=PHONES[3])),
        (5, c.SignPhonesOut(participant=ANNA)),
        (5, c.LinkPhone(participant=ANNA, device=PHONES[4], way="code")),
    ]


def in_the_room() -> list[tuple[int, c.Command]]:
    """Return what is done on phones beside exercises: seats, what goes into a pack; and what the trainer says."""
    manager = c.TakeSeat(participant=CHLOE, deck_id="talks", deck=DECK, group="Red", seat=1)
    handed_in = c.SubmitOutput(
        output=OutputId("o4"),
        exercise_id="own",
        participant=ANNA,
        members=(CHLOE,),
        answers={"ways": ("mine", "only")},
        route="phone",
        entered_by="participant",
        submission="s3",
    )
    choice = c.ChooseForPack(output=OutputId("o4"), participant=ANNA, on=True)
    return [
        (38, c.TakeUpExercise(exercise_id="own", exercise=OWN)),
        (38, c.OpenActivity(exercise_id="own")),
        (38, handed_in),
        (38, choice),
        (39, replace(choice, participant=CHLOE)),
        (39, replace(choice, participant=CHLOE, on=False)),
        (39, manager),
        (39, replace(manager, participant=ANNA, seat=0)),
        (39, replace(manager, participant=BORIS, seat=0)),
        (39, c.LeaveSeat(participant=BORIS, deck_id="talks")),
        (39, c.ShowMessage(text="Back at ten past")),
        (39, c.ShowMessage(text="")),
        (39, c.ShowMessage(text="Please wash your cups\nBitte Tassen spülen")),
    ]


def evidence() -> list[tuple[int, c.Command]]:
    """Return what backs the evidence up: a criterion added, records of what was seen, signatures."""
    seen = Particulars(
        kind="observation",
        criteria=("1.1",),
        text="She gave two ways.",
        by="Tom Trainer",
        role="Trainer",
        day="2027-03-01",
        place="Room 4",
    )
    told = replace(seen, kind="witness", relation="Her line manager", by="Wilma")
    kept = c.KeepRecord(record=RecordId("r1"), participant=ANNA, particulars=seen)
    signed = c.SignPack(
        participant=ANNA,
        name="Zoë",
        agreed=("own",),
        ai_use="None",
        reuse="None",
        refuses_standardisation=True,
        may_be_named=True,
        route="phone",
        entered_by="participant",
    )
    return [
        (39, c.TakeCentre(centre=CENTRE)),
        (39, c.MapCriterion(output=OutputId("o4"), criterion="1.1", on=True, reason="Says so at the end")),
        (39, kept),
        (39, replace(kept, particulars=replace(seen, text="She gave three ways."))),
        (39, replace(kept, record=RecordId("r2"), particulars=told, no_relative=True)),
        (39, c.WithdrawRecord(record=RecordId("r2"), reason="A relative after all")),
        (40, signed),
        (40, c.SignForCentre(participant=ANNA, name="Tom Trainer", agreed=("seen",))),
    ]


def produced() -> list[tuple[int, c.Command]]:
    """Return what is done with exercises, cards and timers that day."""
    first = c.SubmitOutput(
        output=OutputId("o1"),
        exercise_id="form",
        participant=ANNA,
        members=(CHLOE,),
        delivery=DELIVERY,
        answers=FILLED,
        route="phone",
        entered_by="participant",
        submission="s1",
    )
    gaps: dict[str, Any] = {"answers": {"who": "TM2", "rated": 1}, "with_gaps": True, "submission": None}
    second = replace(
        first,
        output=OutputId("o2"),
        participant=BORIS,
        members=(),
        route="paper",
        entered_by="trainer",
        **gaps,
    )
    sheets = tuple(AnonymousSheet(edition=0, answers={"ways": ways}) for ways in (("x", "y"), ("a", "b")))
    voted = c.PlaceDots(exercise_id="storm", voter=ANNA, ideas=("One way", "Another"))
    return [
        (28, c.TakeUpExercise(exercise_id="form", exercise=FORM, unit=UNIT)),
        (28, c.TakeUpExercise(exercise_id="storm", exercise=STORM)),
        (28, c.TakeUpExercise(exercise_id="box", exercise=BOX)),
        (29, c.OpenActivity(exercise_id="form", delivery=DELIVERY)),
        (29, c.OpenActivity(exercise_id="box")),
        (30, first),
        (31, replace(first, answers=FILLED | {"note": "Zoë again"}, submission="s2", route="laptop")),
        (31, c.TakeUpExercise(exercise_id="form", exercise=replace(FORM, title="Worded anew"))),
        (32, second),
        (32, replace(second, output=OutputId("o3"), participant=CHLOE)),
        (33, c.WithdrawOutput(output=OutputId("o2"), reason="Handed in for Anna")),
        (33, c.RestoreOutput(output=OutputId("o2"))),
        (33, c.WithdrawOutput(output=OutputId("o3"), reason="Twice")),
        (34, c.RevealResults(exercise_id="form", on=True)),
        (34, c.CloseActivity(exercise_id="box")),
        (34, c.EnterAnonymous(exercise_id="box", box="box-1", sheets=sheets)),
        (35, c.SortIdea(exercise_id="storm", idea="One way", category="a")),
        (35, c.SortIdea(exercise_id="storm", idea="Another", category="b")),
        (35, c.SortIdea(exercise_id="storm", idea="another", category=None)),
        (35, voted),
        (35, replace(voted, voter=None, ideas=("one way",) * 5)),
        (36, c.DrawCard(deck_id="talks", deck=DECK, group="Red", chance=7)),
        (36, c.StartTimer(timer="report-backs", length=Duration(4 * MINUTE))),
        (37, c.SwapRoles(deck_id="talks", group="Red")),
        (38, c.StartTimer(timer="trios", length=Duration(6 * MINUTE))),
        (38, c.StopTimer(timer="report-backs")),
    ]


def replanned() -> list[tuple[int, c.Command]]:
    """Return a session that runs late: caught up, taken back, caught up again; and its plan changed on the way."""
    moves = (Move(segment=SegmentId("talk"), by=Duration(-5 * MINUTE)),)
    first = c.AcceptProposal(delivery=CAUGHT_UP, proposal=ProposalId("q1"), moves=moves)
    second = replace(
        first,
        proposal=ProposalId("q2"),
        dropped=(SegmentId("work"),),
        options=(RunOption(segment=SegmentId("more"), option="film"),),
    )
    work = PLAN.segments[2]
    more = replace(work, id=SegmentId("more"), title="More work", at=TimeOfDay("10:20"))
    newer = replace(PLAN, segments=(*PLAN.segments, more))
    return [
        (39, c.OpenDelivery(delivery=CAUGHT_UP, session_id="c", session=PLAN, zone="x", utc_offset=HOUR)),
        (
            39,
            c.StartDelivery(delivery=CAUGHT_UP, zone="Europe/London", utc_offset=Duration(0), move_plan=True),
        ),
        (39, c.TakeOverPlan(delivery=CAUGHT_UP, session=newer)),
        (39, first),
        (39, c.UndoProposal(delivery=CAUGHT_UP, proposal=ProposalId("q1"))),
        (40, second),
        (40, c.FinishDelivery(delivery=CAUGHT_UP)),
    ]


def in_groups() -> list[tuple[int, c.Command]]:
    """Return groups made and changed, and a round of coaching in them."""
    trios, rounds = GroupingId("g1"), RotationId("t1")
    made = c.MakeGroups(grouping=trios, delivery=DELIVERY, name="Trios", size=3, without=(BORIS,), chance=7)
    started = c.StartRotation(
        rotation=rounds,
        grouping=trios,
        delivery=DELIVERY,
        title="Coaching",
        roles=("Coach", "Coachee", "Observer"),
        rounds=3,
        work=Duration(4 * MINUTE),
        feedback=Duration(2 * MINUTE),
    )
    return [
        (39, c.SayLineManager(participant=ANNA, manager=CHLOE)),
        (39, made),
        (39, c.PlaceInGroup(grouping=trios, participant=BORIS, group=1)),
        (39, started),
        (40, c.AddRoundTime(rotation=rounds, by=MINUTE)),
        (40, c.BeginRound(rotation=rounds, number=2)),
        (40, c.EndRotation(rotation=rounds)),
    ]


def main(path: Path) -> None:
    """Run the day on a new journal at `path`."""
    minute = -60
    workshop = Workshop(opener(path, new=True), lambda: Instant(MORNING + minute * MINUTE))
    for minute, command in script():  # noqa: B007  # the clock above reads it
        outcome = workshop.handle(command)
        assert isinstance(outcome, Accepted), outcome
    workshop.save_draft("note:d1", "Half a thought").result()
    workshop.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
