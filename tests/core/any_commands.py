"""Any command there is, with names and places that often meet; and what may be under way before it comes.

The laws of replay draw from here: in the core by themselves, in the running workshop through its file.
"""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core.centre import Centre, Declaration
from pmworkshop.core.deck import Card, Deck, Role, Theme
from pmworkshop.core.evidence import Particulars
from pmworkshop.core.exercise import Choice, Exercise, Item, Scale, When
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
from pmworkshop.core.plan import Option, Options, Resource, Segment, SegmentId, Session
from pmworkshop.core.state import NOTE_KINDS
from pmworkshop.core.unit import Criterion, Marking, Outcome, Unit
from pmworkshop.core.units import DAY, HOUR, MINUTE, NOTHING, Duration, Instant, Minutes, TimeOfDay

MORNING = Instant(20_878 * DAY + 9 * HOUR + 30 * MINUTE)
PLAN = Session(
    title="Short morning",
    start=TimeOfDay("09:30"),
    end=TimeOfDay("10:30"),
    segments=(
        Segment(id=SegmentId("s0"), title="Talk", minutes=Minutes(20), look_for=("gaps", "overkill")),
        Segment(id=SegmentId("s1"), title="Break", kind="break", at=TimeOfDay("09:50"), fixed=True),
        Segment(
            id=SegmentId("s2"),
            title="Work",
            at=TimeOfDay("10:00"),
            options=Options(of=(Option(id="film", title="Film"), Option(id="cards", title="Cards"))),
        ),
    ),
)
FORM = Exercise(
    title="Form",
    kind="worksheet",
    about="me",
    privacy="evidence",
    criteria=("1.2",),
    minutes=Minutes(5),
    instructions="Go.",
    scales=(Scale(id="three", labels=("Low", "Middling", "High")),),
    items=(
        Item(id="who", kind="code", text="Who?", required=False),
        Item(id="rated", kind="rating", text="How?", scale="three", dont_know=True, required=False),
        Item(
            id="why",
            kind="list",
            text="Why?",
            criteria=("1.1",),
            at_least=2,
            when=When(item="rated", any_of=("1", "dont-know")),
        ),
    ),
)
EXERCISES = {
    "form": (FORM, replace(FORM, title="Form, worded anew")),
    "each": (replace(FORM, repeatable=True, named_by=("who",)),),
    "box": (replace(FORM, privacy="anonymous"),),
    "own": (replace(FORM, privacy="private"),),
    "storm": (replace(FORM, kind="brainstorm", categories=(Choice(id="thanks", text="Thanks"),), dots=2),),
}
DECK = Deck(
    title="Talks",
    instructions="Draw.",
    roles=(Role(id="manager", title="Manager"), Role(id="member", title="Team member")),
    themes=(Theme(id="late", title="Late"), Theme(id="rude", title="Rude")),
    cards=tuple(
        Card(id=f"c{number}", title="A talk", theme=theme, text="You begin.")
        for number, theme in enumerate(("late", "late", "rude"))
    ),
)

deliveries = st.sampled_from([DeliveryId("d1"), DeliveryId("d2"), DeliveryId("d3")])
segments = st.sampled_from([SegmentId(one) for one in ("s0", "s1", "s2", "s3", "talk", "break", "work")])
participants = st.sampled_from([ParticipantId(f"p{number}") for number in range(4)])
notes = st.sampled_from([NoteId("n1"), NoteId("n2")])
words = st.text(max_size=30) | st.sampled_from(
    ["Anna", "ANNA ", "", "\x1b[31m", "[b]x[/b]", "\ud800", "x" * 10_001]
)
people = st.builds(Person, name=words, organisation=st.none() | words)
offsets = st.sampled_from([NOTHING, HOUR, Duration(-5 * HOUR)])
shifts = st.integers(-20, 20).map(lambda count: Duration(count * MINUTE))
instants = st.integers(-30, 90).map(lambda count: Instant(MORNING + count * MINUTE))
kinds: st.SearchStrategy[Any] = st.sampled_from([*NOTE_KINDS, "nonsense"])
exercise_ids = st.sampled_from([*EXERCISES, "unknown"])
outputs = st.sampled_from([OutputId(f"o{number}") for number in range(3)])
some_answers = st.fixed_dictionaries(
    {},
    optional={
        "who": st.sampled_from(["TM1", "tm 2", "Anna", None]),
        "rated": st.sampled_from([1, "3", "dont-know", 7, ["x"]]),
        "why": st.lists(words, max_size=3) | words,
        "unknown": words,
    },
)
sheets = st.builds(
    AnonymousSheet,
    edition=st.integers(0, 1),
    answers=st.sampled_from([{"who": "TM1"}, {"who": "TM2"}, {"rated": 3}]),
)
ideas = st.sampled_from(["Thanks", "THANKS ", "An early finish", ""])
groups = st.sampled_from(["red", " red", "blue", ""])
timers = st.sampled_from(["report-backs", "trios ", ""])
decks = st.sampled_from(["talks", "more-talks"])
names = words | st.sampled_from(["Person 0", "pérson  1 ", "PERSON 2", "Zoë", "Zoe"])
devices = st.sampled_from([f"{number:064}" for number in range(6)] * 2 + ["too short"])
zones: dict[str, Any] = {"zone": st.just("Europe/London"), "utc_offset": offsets}

UNIT = Unit(
    reference="1",
    title="Unit",
    level=3,
    credits=1,
    guided_hours=1,
    status="current",
    marking=Marking(rule="at least half"),
    outcomes=(
        Outcome(
            id=1,
            title="One",
            criteria=(
                Criterion(id="1.1", text="Identify", verb="identify", minimum=2),
                Criterion(id="1.2", text="Explain", verb="explain"),
            ),
        ),
    ),
)
CENTRE = Centre(
    learner=(Declaration(id="own", text="Mine."),), centre=(Declaration(id="seen", text="Seen."),)
)
records = st.sampled_from([RecordId("r1"), RecordId("r2")])
criteria = st.sampled_from(["1.1", "1.2", "9.9"])
proposals = st.sampled_from([ProposalId("q1"), ProposalId("q2")])
groupings = st.sampled_from([GroupingId("g1"), GroupingId("g2")])
rotations = st.sampled_from([RotationId("t1"), RotationId("t2")])
NEWER = replace(
    PLAN,
    segments=(
        *PLAN.segments[:2],
        Segment(id=SegmentId("s3"), title="More work", at=TimeOfDay("10:00"), minutes=Minutes(10)),
        replace(PLAN.segments[2], at=TimeOfDay("10:10"), title="Work, worded anew"),
    ),
)
agreed = st.sampled_from([("own", "seen"), ("own", "seen"), ()])
particulars = st.builds(
    Particulars,
    kind=st.sampled_from(["observation", "witness"]),
    criteria=st.lists(criteria, max_size=2).map(tuple),
    text=words,
    by=words,
    role=st.just("Trainer"),
    relation=st.none() | words,
    day=st.sampled_from(["2027-03-01", "yesterday"]),
    place=st.just("Room 4"),
)

COMMANDS: dict[type, st.SearchStrategy[Any]] = {
    c.CreateCohort: st.builds(c.CreateCohort, name=words),
    c.AddParticipants: st.builds(
        c.AddParticipants,
        people=st.lists(st.tuples(participants, people), max_size=3).map(tuple),
        doubles=st.sampled_from(["ask", "add", "leave out"]),
    ),
    c.RemoveParticipant: st.builds(c.RemoveParticipant, participant=participants),
    c.CorrectParticipant: st.builds(c.CorrectParticipant, participant=participants, person=people),
    c.OpenDelivery: st.builds(
        c.OpenDelivery,
        delivery=deliveries,
        session_id=st.just("session-a") | words,
        session=st.just(PLAN),
        resources=st.just((Resource(id="talk", title="The talk"),)),
        **zones,
    ),
    c.StartDelivery: st.builds(
        c.StartDelivery,
        delivery=deliveries,
        move_plan=st.booleans(),
        **zones,
    ),
    c.MoveOn: st.builds(c.MoveOn, delivery=deliveries),
    c.GoBack: st.builds(c.GoBack, delivery=deliveries),
    c.JumpTo: st.builds(c.JumpTo, delivery=deliveries, segment=segments),
    c.Pause: st.builds(c.Pause, delivery=deliveries),
    c.Resume: st.builds(c.Resume, delivery=deliveries),
    c.AddTime: st.builds(c.AddTime, delivery=deliveries, by=shifts, segment=st.none() | segments),
    c.CorrectStart: st.builds(c.CorrectStart, delivery=deliveries, began=instants),
    c.FinishDelivery: st.builds(c.FinishDelivery, delivery=deliveries),
    c.ReopenDelivery: st.builds(c.ReopenDelivery, delivery=deliveries),
    c.TickResource: st.builds(
        c.TickResource,
        delivery=deliveries,
        resource=st.sampled_from(["talk", "cards"]),
        on=st.booleans(),
    ),
    c.TickLookFor: st.builds(
        c.TickLookFor,
        delivery=deliveries,
        segment=segments,
        index=st.integers(-1, 2),
        on=st.booleans(),
    ),
    c.ChooseOptions: st.builds(
        c.ChooseOptions,
        delivery=deliveries,
        segment=segments,
        options=st.lists(st.sampled_from(["film", "cards", "quiz"]), max_size=2).map(tuple),
    ),
    c.MarkAttendance: st.builds(
        c.MarkAttendance,
        delivery=deliveries,
        participant=participants,
        arrival=st.sampled_from(["present", "late", "absent"]),
    ),
    c.MarkLeft: st.builds(c.MarkLeft, delivery=deliveries, participant=participants),
    c.TakeNote: st.builds(
        c.TakeNote, note=notes, delivery=deliveries, kind=kinds, text=words, owner=st.none() | words
    ),
    c.CorrectNote: st.builds(c.CorrectNote, note=notes, kind=kinds, text=words, owner=st.none() | words),
    c.ReportClockStep: st.builds(c.ReportClockStep, delivery=deliveries, by=shifts),
    c.TakeUpExercise: st.sampled_from(
        [
            c.TakeUpExercise(exercise_id=name, exercise=one, unit=UNIT, centre=CENTRE)
            for name, wordings in EXERCISES.items()
            for one in wordings
        ]
    ),
    c.OpenActivity: st.builds(c.OpenActivity, exercise_id=exercise_ids, delivery=st.none() | deliveries),
    c.CloseActivity: st.builds(c.CloseActivity, exercise_id=exercise_ids),
    c.RevealResults: st.builds(c.RevealResults, exercise_id=exercise_ids, on=st.booleans()),
    c.SubmitOutput: st.builds(
        c.SubmitOutput,
        output=outputs,
        exercise_id=exercise_ids,
        edition=st.none() | st.integers(-1, 2),
        participant=participants,
        members=st.lists(participants, max_size=2).map(tuple),
        delivery=st.none() | deliveries,
        answers=some_answers,
        route=st.sampled_from(["phone", "laptop", "paper"]),
        entered_by=st.sampled_from(["participant", "trainer"]),
        submission=st.none() | st.sampled_from(["s1", "s2"]),
        with_gaps=st.booleans(),
    ),
    c.WithdrawOutput: st.builds(c.WithdrawOutput, output=outputs, reason=words),
    c.RestoreOutput: st.builds(c.RestoreOutput, output=outputs),
    c.EnterAnonymous: st.builds(
        c.EnterAnonymous,
        exercise_id=st.sampled_from(["box", "form"]),
        box=st.sampled_from(["b1", "b2"]),
        sheets=st.lists(sheets, max_size=3).map(tuple),
    ),
    c.SortIdea: st.builds(
        c.SortIdea,
        exercise_id=st.sampled_from(["storm", "form"]),
        idea=ideas | words,
        category=st.sampled_from([None, "thanks", "x"]),
    ),
    c.PlaceDots: st.builds(
        c.PlaceDots,
        exercise_id=st.sampled_from(["storm", "form"]),
        voter=st.none() | participants,
        ideas=st.lists(ideas, max_size=3).map(tuple),
    ),
    c.DrawCard: st.builds(
        c.DrawCard,
        deck_id=st.just("talks"),
        deck=st.just(DECK),
        group=groups,
        theme=st.sampled_from([None, None, "late", "x"]),
        difficulty=st.sampled_from([None, None, 1, 3]),
        chance=st.integers(),
        again=st.booleans(),
    ),
    c.SwapRoles: st.builds(c.SwapRoles, deck_id=st.just("talks"), group=groups),
    c.StartTimer: st.builds(c.StartTimer, timer=timers, length=shifts),
    c.StopTimer: st.builds(c.StopTimer, timer=timers),
    c.JoinRoom: st.builds(c.JoinRoom, participant=participants, name=names, device=devices),
    c.LinkPhone: st.builds(
        c.LinkPhone,
        participant=participants,
        device=devices,
        way=st.sampled_from(["name", "code", "trainer"]),
    ),
    c.LeaveRoom: st.builds(c.LeaveRoom, device=devices),
    c.SignPhonesOut: st.builds(c.SignPhonesOut, participant=participants),
    c.MergeWalkIn: st.builds(c.MergeWalkIn, walk_in=participants, into=participants),
    c.EraseParticipant: st.builds(
        c.EraseParticipant,
        participant=participants,
        also=st.sampled_from([(), (), (ParticipantId("p3"),)]),
        events=st.integers(0, 3),
        phones=st.lists(devices, max_size=1).map(tuple),
    ),
    c.TakeSeat: st.builds(
        c.TakeSeat,
        participant=participants,
        deck_id=decks,
        deck=st.just(DECK),
        group=groups,
        seat=st.integers(-1, 3),
    ),
    c.LeaveSeat: st.builds(c.LeaveSeat, participant=participants, deck_id=decks),
    c.ChooseForPack: st.builds(c.ChooseForPack, output=outputs, participant=participants, on=st.booleans()),
    c.ShowMessage: st.builds(c.ShowMessage, text=words),
    c.TakeCentre: st.builds(c.TakeCentre, centre=st.just(CENTRE)),
    c.MapCriterion: st.builds(
        c.MapCriterion, output=outputs, criterion=criteria, on=st.booleans(), reason=words
    ),
    c.KeepRecord: st.builds(
        c.KeepRecord,
        record=records,
        participant=participants,
        particulars=particulars,
        no_relative=st.booleans(),
    ),
    c.WithdrawRecord: st.builds(c.WithdrawRecord, record=records, reason=words),
    c.SignPack: st.builds(
        c.SignPack,
        participant=participants,
        name=words,
        agreed=agreed,
        ai_use=words,
        reuse=words,
        may_be_named=st.booleans(),
        route=st.just("phone"),
        entered_by=st.just("participant"),
    ),
    c.SignForCentre: st.builds(c.SignForCentre, participant=participants, name=words, agreed=agreed),
    c.AcceptProposal: st.builds(
        c.AcceptProposal,
        delivery=deliveries,
        proposal=proposals,
        moves=st.lists(st.builds(Move, segment=segments, by=shifts), max_size=3).map(tuple),
        dropped=st.lists(segments, max_size=1).map(tuple),
        options=st.lists(
            st.builds(RunOption, segment=segments, option=st.sampled_from(["film", "cards", "quiz"])),
            max_size=1,
        ).map(tuple),
        sliding=st.lists(segments, max_size=1).map(tuple),
    ),
    c.UndoProposal: st.builds(c.UndoProposal, delivery=deliveries, proposal=proposals),
    c.TakeOverPlan: st.builds(c.TakeOverPlan, delivery=deliveries, session=st.sampled_from([PLAN, NEWER])),
    c.MakeGroups: st.builds(
        c.MakeGroups,
        grouping=groupings,
        delivery=st.none() | deliveries,
        name=words,
        size=st.integers(1, 4),
        mix=st.booleans(),
        fresh=st.booleans(),
        without=st.lists(participants, max_size=1).map(tuple),
        chance=st.integers(),
    ),
    c.PlaceInGroup: st.builds(
        c.PlaceInGroup, grouping=groupings, participant=participants, group=st.none() | st.integers(-1, 3)
    ),
    c.TakeFromGroup: st.builds(c.TakeFromGroup, grouping=groupings, participant=participants),
    c.SayLineManager: st.builds(c.SayLineManager, participant=participants, manager=st.none() | participants),
    c.StartRotation: st.builds(
        c.StartRotation,
        rotation=rotations,
        grouping=groupings,
        delivery=st.none() | deliveries,
        title=words,
        roles=st.sampled_from([("coach", "coachee", "observer"), ("a", "b"), ("", "alone")]),
        rounds=st.integers(0, 4),
        work=shifts,
        feedback=shifts,
    ),
    c.BeginRound: st.builds(c.BeginRound, rotation=rotations, number=st.integers(0, 4)),
    c.AddRoundTime: st.builds(c.AddRoundTime, rotation=rotations, by=shifts, feedback=st.booleans()),
    c.EndRotation: st.builds(c.EndRotation, rotation=rotations),
}
OPENING = (
    c.CreateCohort(name="spring"),
    *(
        c.OpenDelivery(delivery=one, session_id="a", session=PLAN, zone="x", utc_offset=NOTHING)
        for one in (DeliveryId("d1"), DeliveryId("d2"))
    ),
    c.StartDelivery(delivery=DeliveryId("d1"), zone="x", utc_offset=NOTHING),
)

TAKEN_UP = (
    c.AddParticipants(people=tuple((ParticipantId(f"p{n}"), Person(name=f"Person {n}")) for n in range(3))),
    *(
        c.TakeUpExercise(exercise_id=name, exercise=wordings[0], unit=UNIT, centre=CENTRE)
        for name, wordings in EXERCISES.items()
    ),
    *(c.OpenActivity(exercise_id=name) for name in ("form", "own", "storm")),
    c.JoinRoom(participant=ParticipantId("p3"), name="Zoë", device=f"{0:064}"),
    c.JoinRoom(participant=ParticipantId("p4"), name="person 1", device=f"{1:064}"),
    c.MakeGroups(grouping=GroupingId("g1"), delivery=DeliveryId("d1"), name="Trios", size=3, chance=1),
    c.StartRotation(
        rotation=RotationId("t1"),
        grouping=GroupingId("g1"),
        delivery=DeliveryId("d1"),
        title="Coaching",
        roles=("coach", "coachee", "observer"),
        rounds=3,
        work=Duration(4 * MINUTE),
        feedback=Duration(2 * MINUTE),
    ),
    c.TakeSeat(participant=ParticipantId("p1"), deck_id="talks", deck=DECK, group="red", seat=1),
    c.SubmitOutput(
        output=OutputId("o0"),
        exercise_id="own",
        participant=ParticipantId("p1"),
        answers={"who": "TM1"},
        route="phone",
        entered_by="participant",
    ),
)
"""People on the register and in the room, with exercises to hand in."""
