"""What the kit's plan says by now beside a delivery's copy: everything that taking over would change, in words, and no more."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.apply import apply
from pmworkshop.core.decide import decide
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import DeliveryId, NoteId, ProposalId
from pmworkshop.core.moves import Move
from pmworkshop.core.plan import (
    Course,
    Option,
    Options,
    Provenance,
    Resource,
    Segment,
    SegmentId,
    Session,
)
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.running import projection
from pmworkshop.core.state import nobody
from pmworkshop.core.units import MINUTE, NOTHING, Instant, Minutes, TimeOfDay, minutes
from pmworkshop.live.codec import encode
from pmworkshop.live.views.plan_changes import plan_changes, reworded
from pmworkshop.live.views.reports.sessions import session_reports
from pmworkshop.live.views.summary import summary_view
from pmworkshop.live.views.timings import cohort_times
from tests.core.any_plans import plans
from tests.wiring.taught import HALF_PAST_NINE, Room

THE = DeliveryId("the-delivery")
OTHERWISE: dict[str, Any] = {
    "title": "Otherwise",
    "kind": "break",
    "fixed": True,
    "purpose": "To talk.",
    "method": ("debrief",),
    "grouping": ("pairs",),
    "slides": "4-6",
    "pages": "7",
    "notes": "Say it.",
    "look_for": ("gaps",),
    "output": "A list",
    "resources": ("cards",),
    "activities": ("form",),
    "options": Options(of=(Option(id="film", title="Film"),)),
    "criteria": ("1.1",),
    "priority": "could",
    "shortest": Minutes(5),
    "caution": ("Mind it.",),
}
FORM = Exercise(
    title="A form",
    kind="worksheet",
    about="me",
    privacy="shared",
    minutes=Minutes(5),
    instructions="Go.",
    items=(Item(id="one", kind="short", text="What?"),),
)


def segment(name: str, at: str, **more: Any) -> Segment:
    return Segment(id=SegmentId(name), title=name.title(), at=TimeOfDay(at), **more)


PLAN = Session(
    title="Morning",
    start=TimeOfDay("09:30"),
    end=TimeOfDay("11:00"),
    segments=(
        segment("hello", "09:30"),
        segment("talk", "09:45", look_for=("gaps", "overkill"), activities=("form",)),
        segment("break", "10:15", kind="break", fixed=True),
        segment("work", "10:30", activities=("form",)),
        segment("close", "10:50"),
    ),
)
HELLO, TALK, BREAK, WORK, CLOSE = PLAN.segments


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Give a room in which the morning stands in its second segment."""
    room = Room(tmp_path, "spring")
    delivery = room.open(PLAN)
    room.start(delivery)
    room.wait(15)
    room.do(c.MoveOn(delivery=delivery))
    return room


def standing(room: Room) -> Any:
    return next(iter(room.workshop.state.deliveries.values()))


@pytest.mark.parametrize(
    "field", [one.name for one in fields(Segment) if one.name not in ("id", "at", "minutes")]
)
def test_every_field_of_a_segment_has_words(room: Room, field: str) -> None:
    """Whatever an author changes in a segment still to be run is said, added as well as taken out; a new field cannot be forgotten."""
    other = replace(CLOSE, **{field: OTHERWISE[field]})
    for old, new in ((CLOSE, other), (other, CLOSE)):
        delivery = standing(room)
        delivery = replace(delivery, session=replace(PLAN, segments=(*PLAN.segments[:-1], old)))
        (change,) = plan_changes(delivery, replace(PLAN, segments=(*PLAN.segments[:-1], new))).ahead
        assert (change.segment, change.kind, change.was, change.now) == ("close", "changed", "10:50", "10:50")
        assert len(change.words) == 1
        assert change.words[0].strip()
        assert "None" not in change.words[0]


def test_what_was_done_to_the_time_today_stays_and_is_said(room: Room) -> None:
    """A segment that changes says what minutes it then has, with those that were taken or given, and if it stays left out."""
    room.do(
        c.AcceptProposal(
            delivery=standing(room).id, proposal=ProposalId("p"), dropped=(CLOSE.id,),
            moves=(Move(segment=TALK.id, by=minutes(3)), Move(segment=WORK.id, by=minutes(-5))),
        )
    )  # fmt: skip
    reworded = replace(PLAN, segments=(*PLAN.segments[:3], replace(WORK, notes="Anew."), CLOSE))
    (work,) = plan_changes(standing(room), reworded).ahead
    assert work.words[-1] == "the 5 min taken from it stay taken: 15 min today"
    other = replace(WORK, minutes=Minutes(7)), replace(CLOSE, at=TimeOfDay("10:40"))
    newer = replace(PLAN, segments=(*PLAN.segments[:3], *other))
    work, close = plan_changes(standing(room), newer).ahead
    anew = "its new length counts; the 5 min taken from it today no longer do"
    assert work.words == ("7 min instead of 20 min", anew)
    assert close.words == ("20 min instead of 10 min", "stays left out today")
    room.do(c.TakeOverPlan(delivery=standing(room).id, session=plan_changes(standing(room), newer).session))
    lines = {line.segment: line for line in projection(standing(room), HALF_PAST_NINE).lines}
    assert (lines[WORK.id].length, lines[CLOSE.id].status) == (minutes(7), "skipped")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "Later"}, "Called “Later” instead of “Morning”"),
        ({"subtitle": "Part A"}, "Subtitle added"),
        ({"end": TimeOfDay("11:15")}, "Ends at 11:15 instead of 11:00"),
        ({"end_assumed": True}, "Its end is an assumption"),
        ({"welcome": "Open a window."}, "What to see to before the room fills added"),
        ({"provenance": (Provenance(what="It", sure="general"),)}, "Where its facts come from added"),
    ],
)
def test_every_field_of_a_session_has_words(room: Room, change: dict[str, Any], words: str) -> None:
    """What differs in the session as a whole is said before its segments."""
    assert plan_changes(standing(room), replace(PLAN, **change)).about == (words,)


def test_starts_lengths_new_gone_and_reordered_segments_are_told_apart(room: Room) -> None:
    """Each with its start before and after; what has begun is listed by itself, with what the kit says of it now."""
    newer = replace(
        PLAN,
        segments=(
            replace(HELLO, title="Welcome"),
            segment("poll", "09:40"),
            TALK,
            replace(CLOSE, at=TimeOfDay("10:20")),
            replace(WORK, at=TimeOfDay("10:35")),
            segment("quiz", "10:50"),
        ),
    )
    found = plan_changes(standing(room), newer)
    assert [(one.kind, one.title, one.was, one.now, one.words) for one in found.ahead] == [
        ("changed", "Close", "10:50", "10:20", ("comes after “Talk” now", "15 min instead of 10 min")),
        ("changed", "Work", "10:30", "10:35", ("15 min instead of 20 min",)),
        ("new", "Quiz", "", "10:50", ("10 min",)),
        ("gone", "Break", "10:15", "", ()),
    ]
    assert [(one.kind, one.title, one.words) for one in found.begun] == [
        ("changed", "Welcome", ("10 min instead of 15 min", "was called “Hello”")),
        ("changed", "Talk", ("35 min instead of 30 min",)),
        ("new", "Poll", ("the changed plan has it before what has begun: it is not run",)),
    ]


def test_a_moved_plan_is_compared_in_the_times_of_today(room: Room) -> None:
    """Whoever began at ten with a plan for half past nine reads the times at which it will be, before and after."""
    delivery = standing(room)
    moved = replace(delivery.marks, planned_start=Instant(HALF_PAST_NINE + 30 * MINUTE))
    found = plan_changes(
        replace(delivery, marks=moved),
        replace(PLAN, segments=(*PLAN.segments[:-1], replace(CLOSE, at=TimeOfDay("10:45")))),
    )
    assert [(one.title, one.was, one.now) for one in found.ahead] == [
        ("Work", "11:00", "11:00"),
        ("Close", "11:20", "11:15"),
    ]


def test_what_to_have_in_hand_is_compared_and_what_has_begun_keeps_its_own(room: Room) -> None:
    """The course's resources now, and those that only a begun segment names, also where the course has lost them."""
    cards, film = Resource(id="cards", title="Cards"), Resource(id="film", title="Film")
    old = replace(PLAN, segments=(replace(HELLO, resources=("cards",)), *PLAN.segments[1:]))
    delivery = replace(standing(room), session=old, resources=(cards,))
    course = Course(title="Course", unit="unit", sessions=("a",), resources=(film,))
    newer = replace(old, segments=(HELLO, *old.segments[1:-1], replace(CLOSE, resources=("film",))))
    found = plan_changes(delivery, newer, course)
    assert found.resources == (film, cards)
    assert found.about == ("In hand: “Film” added",)
    assert found.ahead[0].words == ("in hand: “Film” added",)


def test_another_session_of_the_same_name_is_not_offered(room: Room) -> None:
    """A foreign kit may have a session-a too: with no segment in common it is no newer plan of this one."""
    other = replace(PLAN, title="Etwas anderes", segments=(segment("gruss", "09:30"),))
    assert not plan_changes(standing(room), other).offered


def test_a_plan_without_what_has_begun_is_refused_in_words(room: Room) -> None:
    """It is offered all the same, so that the trainer reads why it cannot be taken over."""
    found = plan_changes(standing(room), replace(PLAN, segments=(HELLO, WORK, CLOSE)))
    assert found.offered
    assert "“Talk” (id talk)" in found.refused
    assert found.session == PLAN


def test_exercises_of_what_is_ahead_that_are_worded_anew_are_named(room: Room) -> None:
    """One that was opened keeps its wording until it is opened again; one that was not is as the kit has it now."""
    titles = {"form": "A form"}
    newer = {"form": replace(FORM, instructions="Go slowly.")}
    ahead = standing(room).session.segments[1:]

    def said(now: dict[str, Exercise]) -> tuple[str, ...]:
        return reworded(room.workshop.state, ahead, {"form": FORM}, now, None, titles)

    assert said({"form": FORM}) == ()
    assert said(newer) == ("Worded anew, and not opened yet: “A form”",)
    assert said({}) == ("Not in the kit any more, or not to be read now: “A form”",)
    room.do(c.TakeUpExercise(exercise_id="form", exercise=FORM))
    assert said({"form": FORM}) == ()
    assert said(newer) == ("Worded anew since they were opened; open them again for that: “A form”",)


def test_the_record_of_what_was_run_stays_when_a_plan_is_taken_over(room: Room, tmp_path: Path) -> None:
    """Summary, report and timings say the same of what has begun, with its ticks and notes, and the day goes on to its end."""
    delivery = standing(room).id
    room.do(c.TickLookFor(delivery=delivery, segment=TALK.id, index=1, on=True))
    room.do(c.TakeNote(note=NoteId("n"), delivery=delivery, kind="note", text="Well said."))
    room.wait(10)

    def told() -> tuple[Any, ...]:
        state, day = room.workshop.state, room.workshop.state.deliveries[delivery]
        (report,) = session_reports(state, room.at)
        (times,) = cohort_times(state)
        rows = summary_view(state, day, room.at).rows
        return rows[:2], report.segments[:2], report.notes, times.segments[:2]

    before = told()
    newer = replace(
        PLAN,
        segments=(
            replace(HELLO, title="Welcome"),
            replace(TALK, look_for=("nothing",), notes="Otherwise"),
            segment("quiz", "10:05", minutes=Minutes(10), look_for=("fun",)),
            replace(BREAK, at=TimeOfDay("10:20")),
        ),
    )
    room.do(c.TakeOverPlan(delivery=delivery, session=newer))
    assert told() == before
    for _ in range(2):
        room.wait(20)
        room.do(c.MoveOn(delivery=delivery))
    room.do(c.FinishDelivery(delivery=delivery))
    day = room.workshop.state.deliveries[delivery]
    assert [one.title for one in summary_view(room.workshop.state, day, room.at).rows] == [
        *("Hello", "Talk", "Quiz", "Break")
    ]
    (report,) = session_reports(room.workshop.state, room.at)
    assert [one.status for one in report.segments] == ["done", "done", "done", "done"]
    assert isinstance(room.workshop.handle(c.TakeOverPlan(delivery=delivery, session=PLAN)), Refusal)
    room.workshop.close()
    again = Room(tmp_path, "spring")
    assert again.workshop.state.deliveries[delivery] == day
    again.workshop.close()


@given(old=plans(), newer=plans(), moves=st.integers(0, 5), data=st.data())
@settings(deadline=None, database=None, max_examples=100)
def test_what_is_listed_is_what_taking_over_changes(
    old: Session, newer: Session, moves: int, data: st.DataObject
) -> None:
    """Nothing is listed where nothing would change; once taken over nothing is left to list; and it can be read back."""
    called = data.draw(st.permutations([segment.id for segment in newer.segments]))
    newer = replace(
        newer,
        segments=tuple(replace(one, id=name) for one, name in zip(newer.segments, called, strict=True)),
    )
    zones: Any = {"zone": "x", "utc_offset": NOTHING}
    script: list[c.Command] = [
        c.CreateCohort(name="spring"),
        c.OpenDelivery(delivery=THE, session_id="s", session=old, **zones),
    ]
    script += [c.StartDelivery(delivery=THE, **zones)] if moves else []
    script += [c.MoveOn(delivery=THE)] * max(moves - 1, 0)
    state = nobody()
    for command in script:
        decision = decide(state, command, HALF_PAST_NINE)
        for event in () if isinstance(decision, Refusal) else decision:
            state = apply(state, event, HALF_PAST_NINE)
    (day,) = state.deliveries.values()
    found = plan_changes(day, newer)
    decision = decide(state, c.TakeOverPlan(delivery=day.id, session=newer), HALF_PAST_NINE)
    assert isinstance(decision, Refusal) == bool(found.refused)
    if isinstance(decision, Refusal):
        return
    assert not found.offered or decision
    for event in decision:
        assert isinstance(event, e.PlanTakenOver)
        assert event.session == found.session
        assert encode(event, HALF_PAST_NINE).body
        state = apply(state, event, HALF_PAST_NINE)
    assert not plan_changes(state.deliveries[day.id], newer).offered
