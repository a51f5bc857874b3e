"""Rounds at the desk: called by one key each, taken back, paused, told of on other screens, begun with any roles."""

from typing import TYPE_CHECKING

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.units import MINUTE
from tests.desk.test_groups import COHORT, SIZES, at, make, sit_down, start

if TYPE_CHECKING:
    from tests.desk.conftest import Place


@pytest.mark.parametrize("size", SIZES)
async def test_three_rounds(place: "Place", size: tuple[int, int]) -> None:
    """Rounds are called with one key each, say part, time and who is who, and end with whose turn has not come."""
    async with place.desk(size, session="session-a") as trainer:
        await sit_down(trainer)
        await make(trainer)
        await start(trainer)
        await trainer.sees("Round 1 of 3 · Coach and coachee talk", "Coach", "Observer", "of 04:00")
        await at(trainer, 4.5)
        await trainer.sees("Round 1 of 3 · Observer feeds back to the coach", "of feedback left")
        await trainer.press("+")
        more = await trainer.records(COHORT, e.RoundTimeAdded)
        assert (more.by, more.feedback) == (MINUTE, True)
        await at(trainer, 7)
        await trainer.sees("Round 1 of 3 · Time: swap roles", "Coach next")
        await trainer.press("n")
        assert (await trainer.records(COHORT, e.RoundBegun)).number == 2
        await trainer.sees("Round 2 of 3 · Coach and coachee talk")
        await trainer.press("n")
        await trainer.settle()
        assert trainer.run.state.rotations[more.rotation].number == 2, "a key held down calls one round"
        await at(trainer, 8)
        await trainer.press("n")
        assert (await trainer.records(COHORT, e.RoundBegun)).number == 3
        await trainer.sees("Not yet coach: ")
        await at(trainer, 15)
        await trainer.sees("Round 3 of 3 · Time: that was the last round")
        await trainer.press("n")
        await trainer.on("Pick")
        await trainer.sees("That was the last round. Not yet coach: ")
        await trainer.press("down", "enter")
        assert (await trainer.records(COHORT, e.RoundBegun)).number == 4
        await trainer.on("RoundsScreen")
        await trainer.sees("Everybody has been coach.", "Round 4 of 4")
        await at(trainer, 22)
        await trainer.press("e")
        await trainer.records(COHORT, e.RotationEnded)
        await trainer.on("RunScreen")


async def test_a_round_begun_too_early_is_taken_back(place: "Place") -> None:
    """After n by mistake b leads back to the round before with the time that it had left, or begins a round again."""
    async with place.desk((80, 24), session="session-a") as trainer:
        await sit_down(trainer)
        await make(trainer)
        await start(trainer)
        await at(trainer, 1)
        await trainer.press("n")
        await trainer.records(COHORT, e.RoundBegun)
        await at(trainer, 1.5)
        await trainer.press("b")
        await trainer.on("Pick")
        await trainer.sees("Back to round 1, with 03:00 left as it was", "Round 2 again, from its beginning")
        await trainer.press("enter")
        begun, _ = await trainer.records(COHORT, e.RoundBegun, e.RoundTimeAdded)
        assert begun.number == 1
        await trainer.on("RoundsScreen")
        await at(trainer, 2.5)
        shown = trainer.desk.screen.rounds()  # type: ignore[attr-defined]
        assert (shown.number, shown.part, shown.left) == (1, "work", 2 * MINUTE)


async def test_a_late_arrival_is_offered_and_watches(place: "Place") -> None:
    """Whoever comes in the middle of a round is named; one key puts them where they watch, and in the next round they are in."""
    async with place.desk((80, 24), session="session-a") as trainer:
        await sit_down(trainer)
        await make(trainer)
        await start(trainer)
        await at(trainer, 1)
        await trainer.run.ask(c.AddParticipants(people=((ParticipantId("late"), Person(name="Zoë Late")),)))
        await trainer.records(COHORT, e.ParticipantAdded)
        await trainer.sees("Not in a group yet: Zoë Late. p puts them where they fit best.")
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.sees("03:00 left  ·  1 in no group  f")
        await trainer.press("f")
        await trainer.on("RoundsScreen")
        await trainer.press("p")
        await trainer.records(COHORT, e.GroupsChanged)
        await trainer.sees("watches: Zoë Late")
        await trainer.press("n")
        begun = await trainer.records(COHORT, e.RoundBegun)
        assert any("late" in group for group in begun.groups)
        await trainer.sees_no("watches: Zoë Late")
        await trainer.sees("Zoë Late")


async def test_a_pause_stops_the_round(place: "Place") -> None:
    """Space pauses the session and with it the round, here and on the run screen; then both go on as they were."""
    async with place.desk((80, 24), session="session-a") as trainer:
        await sit_down(trainer)
        await make(trainer)
        await start(trainer)
        await at(trainer, 1)
        await trainer.press("space")
        await trainer.records(COHORT, e.Paused)
        await at(trainer, 30)
        await trainer.sees("left, paused", "space go on")
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.sees("Round 1 of 3 · Coach and coachee talk  03:00 left, paused  f")
        await trainer.press("space")
        await trainer.records(COHORT, e.Resumed)
        await at(trainer, 31)
        await trainer.sees("Round 1 of 3 · Coach and coachee talk  02:00 left  f")


async def test_the_trainer_is_told_on_another_screen(place: "Place") -> None:
    """On the register, too, a notice says once that it is time for feedback and to swap roles; on the rounds' own, none."""
    async with place.desk((80, 24), session="session-a") as trainer:
        await sit_down(trainer)
        await make(trainer)
        await start(trainer)
        await at(trainer, 3.95)
        await at(trainer, 4.05)
        assert not trainer.desk._notifications
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.press("r")
        await trainer.on("RegisterScreen")
        await trainer.at(5.95)
        await trainer.at(6.05)
        await trainer.told("Round 1 of 3 · Time: swap roles.")
        await trainer.at(6.2)
        assert len(trainer.desk._notifications) == 1


async def test_rounds_of_ones_own_and_of_cards(place: "Place") -> None:
    """The cards of the segment bring their roles; roles and times of one's own are asked for until they can be run."""
    async with place.desk((80, 24), session="session-b") as trainer:
        await sit_down(trainer)
        await trainer.run.ask(
            c.JumpTo(delivery=trainer.run.delivery_id, segment=trainer.run.delivery.session.segments[5].id)
        )
        await trainer.records(COHORT, e.SegmentEntered)
        await make(trainer)
        await trainer.press("s")
        await trainer.on("Pick")
        await trainer.sees("Difficult conversations: manager, other person, observer")
        await trainer.press("end", "enter")
        await trainer.on("AskFields")
        await trainer.press("enter", "backspace")
        await trainer.write("many")
        await trainer.press("enter", "enter", "enter")
        await trainer.told("How many rounds: a whole number, such as 3.")
        await trainer.on("AskFields")
        await trainer.press("ctrl+u")
        await trainer.write("speaker, listener")
        await trainer.press("enter", "ctrl+u")
        await trainer.write("2")
        await trainer.press("enter", "enter", "enter")
        started = await trainer.records(COHORT, e.RotationStarted)
        assert (started.roles, started.rounds) == (("speaker", "listener"), 2)
        await trainer.on("RoundsScreen")
        await trainer.sees("Round 1 of 2 · speaker and listener talk")
