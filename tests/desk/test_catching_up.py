"""Catching up by keyboard on the shipped Session B: before and after, accepted, taken back, by hand; and evidence at risk."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import minutes, time_of_day

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

SIZES = [(80, 24), (120, 36)]
COHORT = "spring"


async def late(trainer: "Trainer", minute: float = 42, *, on: int = 1) -> None:
    """Start in time, and go on by so many segments only at that minute after 09:30."""
    await trainer.at(0)
    await trainer.press("space")
    await trainer.records(COHORT, e.DeliveryStarted)
    await trainer.at(minute)
    for _ in range(on):
        await trainer.press("n")
        await trainer.records(COHORT, e.SegmentEntered)


async def look(trainer: "Trainer") -> None:
    await trainer.press("c")
    await trainer.on("CatchUpScreen")


async def told(trainer: "Trainer", words: str) -> None:
    """Wait for a notification, and put it away, for it lies over the words."""
    await trainer.told(words)
    trainer.desk.clear_notifications()


def row(trainer: "Trainer", title: str) -> str:
    """Return a line of the table, its spaces made single."""
    found = next(
        (line for line in trainer.lines if line[4:].startswith(title)), f"no {title}\n{trainer.text}"
    )
    return " ".join(found.split())


@pytest.mark.parametrize("size", SIZES)
async def test_twelve_minutes_late(place: "Place", size: tuple[int, int]) -> None:
    """12 min late in goal setting, c shows both days; Enter makes the second of them the plan, u takes it back."""
    async with place.desk(size, session="session-b") as trainer:
        await late(trainer)
        await trainer.sees("12 min behind · finish 12:42 · catch up with c")
        await look(trainer)
        await trainer.sees(
            "12 min behind. Taking 7 min from Effective feedback and 5 from Intelligent goal setting, "
            "the break starts on time and you finish at 12:30.",
            "Finish 12:42 as it runs → 12:30 then",
            "30:00 left",
        )
        assert "Effective feedback 10:42 10:37 30 23 (−7) 18 must · ev" in row(trainer, "Effective feedback")  # noqa: RUF001
        assert "◼ Break 11:12 11:00 15 15 10 fixed 11:00" in row(trainer, "Break")
        await trainer.press("enter", "enter")
        await trainer.on("RunScreen")
        accepted = await trainer.records(COHORT, e.ProposalAccepted)
        assert {move.segment: move.by for move in accepted.moves} == {
            "goal-setting": minutes(-5), "effective-feedback": minutes(-7)
        }  # fmt: skip
        await trainer.sees(
            "25:00" if "25:00" in trainer.text else "now expected 10:37", "finish 12:30, on time"
        )
        await trainer.sees("caught up by 12 min: c takes it back", "Next  10:37 Effective feedback")
        await look(trainer)
        await trainer.sees("7 min behind: what follows takes it up.")
        await trainer.sees(
            "Accepted 10:12 (u takes it back): 5 min less for Intelligent goal setting", "u take it back"
        )
        await trainer.press("u")
        assert (await trainer.records(COHORT, e.ProposalUndone)).proposal == accepted.proposal
        await trainer.sees("12 min behind. Taking 7 min")
        await trainer.press("u")
        await told(trainer, "Nothing was accepted that could be taken back.")
        await trainer.press("enter")
        assert (await trainer.records(COHORT, e.ProposalAccepted)).proposal != accepted.proposal


@pytest.mark.parametrize("size", SIZES)
async def test_by_hand(place: "Place", size: tuple[int, int]) -> None:
    """Left and right move single minutes and stay by hand while time goes on, until p brings the proposal back."""
    async with place.desk(size, session="session-b") as trainer:
        await late(trainer)
        await look(trainer)
        await trainer.press("down", "down", "down", "left", "left", "+")
        await trainer.sees("by hand", "By hand, taking", "1 from Reward and recognition")
        assert row(trainer, "Reward").endswith("11:27 11:15 15 14 (−1) 6 could")  # noqa: RUF001
        await trainer.at(45)
        trainer.desk.screen.redraw()  # type: ignore[attr-defined]  # as its timer does
        await trainer.sees("1 from Reward and recognition", "finish at 12:29")
        await trainer.press("p")
        await trainer.sees_no("By hand")
        await trainer.press("home", "right", "enter")
        await trainer.on("RunScreen")
        accepted = await trainer.records(COHORT, e.ProposalAccepted)
        assert {move.segment: move.by for move in accepted.moves} == {
            "goal-setting": minutes(-4), "effective-feedback": minutes(-7)
        }  # fmt: skip


async def test_leaving_out_is_offered_and_shown(place: "Place") -> None:
    """25 min late it takes leaving something out: offered in words, done with x, and shown as left out everywhere."""
    async with place.desk((120, 36), session="session-b") as trainer:
        await late(trainer, 55)
        await look(trainer)
        await trainer.sees("3 min cannot be recovered before the break. Leaving out Effective feedback (x)")
        await trainer.press("x")
        await told(trainer, "What is under way cannot be left out")
        await trainer.press("down", "down", "x")
        await told(trainer, "A break can be shortened, but is not left out.")
        await trainer.press("f")
        await trainer.sees("may start late", "f keep to its time")
        await trainer.press("f", "up", "x")
        await trainer.sees("Leaving out Effective feedback", "Left out; x puts it back.")
        await trainer.press("enter")
        assert (await trainer.records(COHORT, e.ProposalAccepted)).dropped == ("effective-feedback",)
        await trainer.on("RunScreen")
        await trainer.sees("– 10:30 Effective fee", "left out", "Next  11:00 Break")  # noqa: RUF001
        await trainer.press("g")
        await trainer.on("Pick")
        await trainer.sees("Effective feedback (left out)")
        await trainer.press("escape", "s")
        await trainer.on("SummaryScreen")
        await trainer.sees("left out")
        await trainer.press("escape", "n")
        assert (await trainer.records(COHORT, e.SegmentEntered)).segment == "break"
        await trainer.press("b")
        assert (await trainer.records(COHORT, e.SegmentEntered)).segment == "goal-setting"


async def test_the_foot_is_whole_words_at_any_width(place: "Place") -> None:
    """Where the foot is too long for the terminal, it says what was caught up, and leaves the key to the help."""
    async with place.desk((80, 24), session="session-b") as trainer:
        await late(trainer)
        await look(trainer)
        await trainer.press("end", "up", "up", "x", "enter")
        await trainer.on("RunScreen")
        await trainer.sees("finish 12:15, 15 min ahead · caught up by 27 min", "7 min behind")
        assert "…" not in trainer.lines[-2]
        await trainer.resize((120, 36))
        await trainer.sees("caught up by 27 min: c takes it back")


async def test_a_break_that_may_start_late_is_let(place: "Place") -> None:
    """With f and Enter the break may start late: from then on it is not asked for again, until f keeps it to its time."""
    async with place.desk((80, 24), session="session-b") as trainer:
        await late(trainer, 80, on=2)
        await look(trainer)
        await trainer.press("down", "f", "enter")
        assert (await trainer.records(COHORT, e.ProposalAccepted)).sliding == ("break",)
        await trainer.on("RunScreen")
        await trainer.sees("15 min behind · finish 12:30, on time · caught up by 20 min")
        await trainer.sees_no("catch up with c")
        await look(trainer)
        await trainer.sees("15 min behind: what follows takes it up.", "Break may start late")
        await trainer.press("down", "f")
        await trainer.sees("the break starts at 11:08 (8 min late)", "Enter accept")


async def test_ahead_of_time(place: "Place") -> None:
    """Ten minutes ahead, c offers the option that there is time for, and o with Enter runs it."""
    async with place.desk((80, 24), session="session-b") as trainer:
        await late(trainer, 20)
        await trainer.sees("10 min ahead", "10 min to spare: c")
        await look(trainer)
        await trainer.sees("There is time for “Relate the goal to motivation”", "o run option")
        await trainer.press("down", "o")
        await told(trainer, "There is no option here")
        await trainer.press("up", "o", "enter")
        accepted = await trainer.records(COHORT, e.ProposalAccepted)
        assert [(one.segment, one.option) for one in accepted.options] == [("goal-setting", "motivation")]
        assert [(move.segment, move.by) for move in accepted.moves] == [("goal-setting", minutes(6))]


async def test_not_now(place: "Place") -> None:
    """Before the start and for small drifts nothing is offered; what has become impossible is refused and shown anew."""
    async with place.desk((80, 24), session="session-b") as trainer:
        await trainer.press("c")
        await told(trainer, "The session is not under way. There is nothing to catch up.")
        await trainer.press("space")
        await trainer.records(COHORT, e.DeliveryStarted)
        await trainer.at(30.4)
        await trainer.press("n")
        await trainer.records(COHORT, e.SegmentEntered)
        await trainer.sees_no("with c")
        await look(trainer)
        await trainer.sees("Less than a minute behind: left alone.")
        await trainer.press("enter")
        await told(trainer, "There is nothing here to accept.")
        await trainer.press(*["left"] * 29)
        await trainer.sees("30   1 (−29)")  # noqa: RUF001
        trainer.place.clock.minute = 40.4
        await trainer.press("enter")
        await told(trainer, "“Intelligent goal setting” has 20 min left: 29 min cannot be taken.")
        await trainer.sees("30   10 (−20)")  # noqa: RUF001
        await trainer.at(300)
        trainer.desk.screen.redraw()  # type: ignore[attr-defined]  # as its timer does
        await trainer.press("p")
        await trainer.sees("nobody catches up so much", "g goes to where you are")
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.sees_no("with c")


@pytest.mark.parametrize("size", SIZES)
async def test_evidence_at_risk(place: "Place", size: tuple[int, int]) -> None:
    """Who is absent does not count, nor a minute here or there; what would be cut is said on both screens until it is spared."""
    async with place.desk(size, session="session-b") as trainer:
        run = trainer.run
        kit = await trainer.desk.read_kit()
        people = tuple((ParticipantId(f"p{n}"), Person(name=f"Person {n}")) for n in range(6))
        await late(trainer)
        for command in (
            c.AddParticipants(people=people),
            c.MarkAttendance(delivery=run.delivery_id, participant=people[0][0], arrival="absent"),
        ):
            assert not isinstance(run.workshop.handle(command), Refusal)
        await trainer.sees("catch up with c")
        await trainer.sees_no("at risk")
        taken_up = c.TakeUpExercise(
            exercise_id="feedback-script",
            exercise=kit.exercises["feedback-script"],
            unit=kit.unit,
            centre=kit.centre,
        )
        run.workshop.handle(taken_up)
        await trainer.sees(
            "Running 12 min over: criterion 3.1 has no evidence from 5 people, and its activity is what would be cut.",
            " at risk: 3.1",
        )
        await look(trainer)
        await trainer.sees("has no evidence from 5 people", "at risk 3.1")
        await trainer.press("down", *["right"] * 7)
        await trainer.sees_no("at risk")
        await trainer.press("p", "enter")
        await trainer.on("RunScreen")
        await trainer.sees_no("Running", "at risk: 3")
        await trainer.at(53)
        await trainer.sees("evidence at risk: none")


def kit_of(folder: Path, count: int) -> Path:
    """Write a kit with one session of hostile titles, four minutes a segment."""
    title = "[/] [red]x[@click=app.quit]go[/] 漢字 م \\ " + "goes on and on " * 9
    segments = [
        {"id": f"s{n}", "title": f"{n} {title}", "at": time_of_day(570 + 4 * n), "priority": "could"}
        for n in range(count)
    ]
    session = {"title": title, "start": "09:30", "end": time_of_day(570 + 4 * count), "segments": segments}
    (folder / "sessions").mkdir(parents=True)
    (folder / "sessions" / "long.yaml").write_text(json.dumps(session), "utf-8")
    return folder


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
@pytest.mark.parametrize("count", [1, 40])
async def test_short_and_long_plans(
    place: "Place", tmp_path: Path, size: tuple[int, int], count: int
) -> None:
    """Any plan fits any terminal: each line as wide as it, the row under the cursor and the help in sight."""
    async with place.desk(size, session="long", kit=kit_of(tmp_path / "kit", count)) as trainer:
        await late(trainer, 9, on=0)
        await look(trainer)
        await trainer.sees("5 min behind.")
        await trainer.press("end")
        last = row(trainer, f"{count - 1} [/] [red]")
        assert " 2 " in last, "the last row is in sight, to its least minutes"
        lines = trainer.lines
        assert len(lines) == size[1]
        assert {cell_len(line) for line in lines} == {size[0]}
        assert "? help" in lines[-1]
        assert "Finish " in lines[-2]
        trainer.nothing_unprintable()
        await trainer.press("question_mark")
        await trainer.on("HelpScreen")
