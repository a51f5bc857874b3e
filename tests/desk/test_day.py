"""A training day by keyboard: each key leads to its events in the journal, and the screen says so."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import pytest

from pmworkshop.core import events as e
from pmworkshop.core.units import MINUTE, Instant

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

COHORT = "spring-2027"
LIST = """\
Name;Organisation;Registration number
Bronwen Pugh;Acme;B-1
AMARA  Okafor;Acme;
Øyvind Ås;;
"""
NOTES = (
    ("note", "Start with the fire exits"),
    ("flip-chart", "Verbs: plan, ask, listen"),
    ("observation", "Nobody mentioned recognition until asked"),
    ("parking lot", "Where does the appraisal form go?"),
)


async def make_the_cohort(trainer: "Trainer") -> None:
    await trainer.sees("No cohort yet", "Session A", "3 h", "8 segments", "The kit is in order.")
    await trainer.press("n")
    await trainer.on("AskLine")
    await trainer.write(COHORT)
    await trainer.press("enter")
    await trainer.on("Pick")
    await trainer.sees(f"Run for {COHORT}", "Session B")
    await trainer.press("enter")
    await trainer.on("RunScreen")
    created, opened = await trainer.records(COHORT, e.CohortCreated, e.DeliveryOpened)
    assert (created.name, created.rehearsal, opened.session_id) == (COHORT, False, "session-a")
    await trainer.sees("Not started · planned for 09:30", "Before the room fills", COHORT)


async def prepare(trainer: "Trainer") -> None:
    await trainer.press("p")
    await trainer.on("PrepareScreen")
    await trainer.sees("☐ Presentation", "0 of 8 ready")
    for key, on in (("space", True), ("enter", False), ("space", True)):
        await trainer.press(key)
        assert (await trainer.records(COHORT, e.ResourceTicked)).on is on
    await trainer.sees("☑ Presentation", "1 of 8 ready")
    await trainer.press("escape")
    await trainer.on("RunScreen")


async def fill_the_register(trainer: "Trainer") -> None:
    await trainer.press("r")
    await trainer.on("RegisterScreen")
    await trainer.sees("Nobody on the register yet")
    await trainer.press("a")
    await trainer.on("AskFields")
    for field in ("Amara Okafor", "Globex", "A-7"):
        await trainer.write(field)
        await trainer.press("enter")
    amara = await trainer.records(COHORT, e.ParticipantAdded)
    assert (amara.name, amara.organisation, amara.registration) == ("Amara Okafor", "Globex", "A-7")
    await trainer.press("v")
    await trainer.on("AskPage")
    await trainer.write(LIST)
    for answer, screen in (("escape", "AskPage"), ("down", "Pick")):
        await trainer.press("ctrl+s")
        await trainer.on("Question")
        await trainer.sees("Add 3 to the register?", "Bronwen Pugh (Acme, B-1)", "Øyvind Ås")
        await trainer.press("y")
        await trainer.sees("Already on the register: AMARA Okafor (there is Amara Okafor)")
        await trainer.press(answer)
        await trainer.on(screen)
    await trainer.press("enter")
    await trainer.on("RegisterScreen")
    added = await trainer.records(COHORT, *[e.ParticipantAdded] * 3)
    assert [(one.name, one.registration) for one in added] == [
        ("Bronwen Pugh", "B-1"), ("AMARA Okafor", None), ("Øyvind Ås", None)
    ]  # fmt: skip
    await trainer.sees("Øyvind Ås", "0 of 4 came")


async def mark_who_is_here(trainer: "Trainer") -> None:
    """Mark the four in the order of their names; every key but the one for leaving goes on to the next."""
    for key, arrival in (("p", "present"), ("l", "late"), ("x", "absent"), ("p", "present")):
        await trainer.press(key)
        assert (await trainer.records(COHORT, e.AttendanceMarked)).arrival == arrival
    await trainer.press("e")
    await trainer.records(COHORT, e.LeftEarly)
    await trainer.sees("3 of 4 came, 1 late, 1 left early", "absent", "late, 09:20", "present; left 09:20")
    await trainer.press("up", "c")
    await trainer.on("AskFields")
    await trainer.write("-Jones")
    await trainer.press("enter", "enter", "enter")
    corrected = await trainer.records(COHORT, e.ParticipantCorrected)
    assert (corrected.name, corrected.registration) == ("Bronwen Pugh-Jones", "B-1")
    await trainer.sees("Bronwen Pugh-Jones")
    await trainer.press("escape")
    await trainer.on("RunScreen")


async def start_late_and_look(trainer: "Trainer") -> None:
    await trainer.at(4)
    await trainer.sees("4 min late", "past the planned start")
    await trainer.press("space")
    started = await trainer.records(COHORT, e.DeliveryStarted)
    assert started.planned_start == trainer.place.clock.now() - 4 * MINUTE
    await trainer.sees("4 min behind · finish 12:34", "left", "until 09:50, now expected 09:54", "☐ 2 Verbs")
    await trainer.press("2")
    ticked = await trainer.records(COHORT, e.LookForTicked)
    assert (ticked.segment, ticked.index, ticked.on) == ("introductions", 1, True)
    await trainer.sees("☑ 2 Verbs")
    await trainer.press("2")
    assert (await trainer.records(COHORT, e.LookForTicked)).on is False
    await trainer.sees("☐ 2 Verbs")


async def take_notes(trainer: "Trainer") -> None:
    for count, (kind, text) in enumerate(NOTES):
        await trainer.press("k")
        await trainer.on("NoteDialog")
        await trainer.sees("Note under Introductions")
        await trainer.write(text)
        await trainer.press(*["ctrl+k"] * count)
        await trainer.sees(f"[{kind}]")
        if kind == "parking lot":
            await trainer.press("tab")
            await trainer.write("Dilip")
        await trainer.press("ctrl+s")
        await trainer.on("RunScreen")
        note = await trainer.records(COHORT, e.NoteTaken)
        assert (note.kind, note.text, note.segment) == (kind, text, "introductions")
        assert note.owner == ("Dilip" if kind == "parking lot" else None)


async def look_notes_up(trainer: "Trainer") -> None:
    await trainer.press("l")
    await trainer.on("NotesScreen")
    await trainer.sees("4 of 4", "parking lot for Dilip", *[text for _, text in NOTES])
    await trainer.press("slash")
    await trainer.on("AskLine")
    await trainer.write("FORM")
    await trainer.press("enter")
    await trainer.sees("1 of 4", "with “FORM”", "Where does the appraisal form go?")
    await trainer.press("c")
    await trainer.on("NoteDialog")
    await trainer.write(" And who signs it?")
    await trainer.press("ctrl+s")
    corrected = await trainer.records(COHORT, e.NoteCorrected)
    assert (corrected.kind, corrected.owner) == ("parking lot", "Dilip")
    assert corrected.text == "Where does the appraisal form go? And who signs it?"
    await trainer.sees("corrected 1×", "And who signs it?")  # noqa: RUF001  # the screen's own sign
    taken = [one for one in trainer.place.events(COHORT) if isinstance(one, e.NoteTaken)]
    assert taken[-1].text == "Where does the appraisal form go?"
    await trainer.press("escape")
    await trainer.on("RunScreen")


async def give_and_take_time(trainer: "Trainer") -> None:
    keys = (("+", 1), ("=", 1), ("]", 5), ("-", -1), ("[", -5))
    for key, by in keys:
        await trainer.press(key)
        assert (await trainer.records(COHORT, e.TimeAdded)).by == by * MINUTE
    await trainer.sees("5 min behind · finish 12:35")
    await trainer.at(10)
    await trainer.press("space")
    await trainer.records(COHORT, e.Paused)
    await trainer.sees("PAUSED", "paused")
    await trainer.at(12)
    await trainer.press("space")
    await trainer.records(COHORT, e.Resumed)
    await trainer.sees("7 min behind · finish 12:37")
    await trainer.sees_no("PAUSED")


async def move_about(trainer: "Trainer") -> None:
    await trainer.at(30)
    for key, entered in (("n", "big-picture"), ("b", "introductions")):
        await trainer.press(key)
        assert (await trainer.records(COHORT, e.SegmentEntered)).segment == entered
    await trainer.sees("Introductions", "1 of 8", "over")
    await trainer.press("g")
    await trainer.on("Pick")
    await trainer.sees("Introductions (current)", "Break (to come)")
    await trainer.press("down", "down", "down", "enter")
    assert (await trainer.records(COHORT, e.SegmentEntered)).segment == "bath-and-amo"
    await trainer.sees("Bath model and AMO", "4 of 8")
    await trainer.at(36)
    await trainer.press("t")
    await trainer.on("AskLine")
    await trainer.write("4 min")
    await trainer.press("enter")
    corrected = await trainer.records(COHORT, e.StartCorrected)
    assert trainer.place.clock.now() - corrected.began == 4 * MINUTE
    assert corrected.was == Instant(trainer.place.clock.now() - 6 * MINUTE)


async def wait_for_the_break(trainer: "Trainer") -> None:
    await trainer.at(80)
    await trainer.press("n")
    entered = await trainer.records(COHORT, e.SegmentEntered)
    assert entered.begins == trainer.place.clock.now() + 10 * MINUTE
    await trainer.sees("Break waits for its time; n begins it now", "until Break starts", "starts at 11:00")
    await trainer.press("n")
    await trainer.records(COHORT, e.SegmentBegun)
    await trainer.sees_no("waits for its time")
    await trainer.sees("left", "5 of 8")


async def end_and_look_back(trainer: "Trainer") -> None:
    for minute, segment in ((105, "behaviour-and-performance"), (130, "developing-performance"),
                            (170, "review-and-close")):  # fmt: skip
        await trainer.at(minute)
        await trainer.press("n")
        assert (await trainer.records(COHORT, e.SegmentEntered)).segment == segment
    await trainer.sees("Next  the end")
    await trainer.at(182)
    await trainer.press("n")
    await trainer.on("Question")
    await trainer.press("n")
    await trainer.on("RunScreen")
    await trainer.sees("over", "finish 12:32")
    for once_more in (True, False):
        await trainer.press("e")
        await trainer.on("Question")
        await trainer.sees("End the session?")
        await trainer.press("y")
        await trainer.records(COHORT, e.DeliveryFinished)
        await trainer.on("SummaryScreen")
        await trainer.sees("Ended at 12:32, 2 min behind", "started 09:34", "3 of 4 came", "skipped")
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.sees("The session has ended", "Ended at 12:32")
        if once_more:
            await trainer.press("e", "y")
            await trainer.records(COHORT, e.DeliveryReopened)
            await trainer.sees("over", "2 min behind")
    await trainer.press("escape")
    await trainer.on("HomeScreen")
    await trainer.sees(COHORT, "Session A: ended 12:32")


DAY: tuple[Callable[["Trainer"], Awaitable[None]], ...] = (
    make_the_cohort,
    prepare,
    fill_the_register,
    mark_who_is_here,
    start_late_and_look,
    take_notes,
    look_notes_up,
    give_and_take_time,
    move_about,
    wait_for_the_break,
    end_and_look_back,
)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_whole_day_by_keyboard(place: "Place", size: tuple[int, int]) -> None:
    """Session A runs from a new cohort to its summary by keyboard alone: every key leads to exactly its events."""
    place.clock.minute = -10
    async with place.desk(size) as trainer:
        for part in DAY:
            await part(trainer)
