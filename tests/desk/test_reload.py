"""A kit that is changed while the desk is open: used between two segments, and its newer plan taken over or left."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmworkshop.core import events as e
from pmworkshop.desk import app
from pmworkshop.desk.screens.home import HomeScreen
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import shipped_kit
from pmworkshop.wiring.room import RoomHouse
from tests.desk.edited_kit import FORM, Kit, exercises
from tests.desk.participant import CODE, pass_laptop, put_on_register

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

BANNER = "The plan was changed in the kit; this session keeps its own copy · y to look"


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    return Kit(tmp_path / "kit")


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the files twenty times a second, not every three seconds."""
    monkeypatch.setattr(app, "KIT_SECONDS", 0.05)


async def read_again(trainer: "Trainer", since: object) -> None:
    """Wait until the changed files have been read."""
    await trainer.until(lambda: trainer.desk.kits.newest is not since, "the kit to be read again")
    await trainer.settle()


async def under_way(trainer: "Trainer", segments: int) -> None:
    """Start the session and go on to that segment, with the kit read."""
    await trainer.desk.read_kit()
    await trainer.press("space")
    await trainer.until(lambda: trainer.run.delivery.started, "the start")
    for number in range(1, segments):
        await trainer.at(number)
        await trainer.press("n")
        await trainer.until(lambda: len(trainer.run.delivery.marks.visits) == number + 1, "the next segment")  # noqa: B023  # used at once


async def test_a_changed_plan_is_noticed_listed_and_taken_over_for_what_is_still_to_be_run(
    place: "Place", kit: Kit
) -> None:
    """What has begun stays as it was, and is said to; the rest is the kit's from Enter on, and the banner goes."""
    async with place.desk((80, 24), session="morning", kit=kit.folder) as trainer:
        await under_way(trainer, 2)
        read = trainer.desk.kits.newest
        kit.edit(
            kit.plan,
            ("title: Hello", "title: Welcome"),
            ('title: Coffee, kind: break, at: "10:20"', 'title: Tea, kind: break, at: "10:25"'),
            (
                "  - {id: work",
                '  - {id: quiz, title: "Quick [red]poll[/]", at: "10:35", minutes: 5}\n  - {id: work',
            ),
            ('"10:30"', '"10:40"'),
        )
        await read_again(trainer, read)
        await trainer.sees(BANNER)
        await trainer.press("y")
        await trainer.on("PlanChangesScreen")
        await trainer.sees(
            "Still to be run",
            "10:20 → 10:25  Tea · was called “Coffee”",
            "new → 10:35  Quick [red]poll[/] · 5 min",
            "10:30 → 10:40  Work · 20 min instead of 30 min",
            "Begun already: stays as it was",
            "Welcome",
        )
        trainer._told = len(place.events("spring"))
        await trainer.press("enter")
        taken = await trainer.records("spring", e.PlanTakenOver)
        assert [one.title for one in taken.session.segments] == [
            *("Hello", "Talk", "Tea", "Quick [red]poll[/]", "Work")
        ]
        await trainer.on("RunScreen")
        await trainer.sees_no("plan was changed")
        await trainer.press("y")
        await trainer.on("PlanChangesScreen")
        await trainer.sees("Nothing that is still to be run was changed", "Begun already", "Welcome")


async def test_a_plan_that_was_left_stays_offered_and_not_again_holds_until_it_changes_once_more(
    place: "Place", kit: Kit
) -> None:
    """Escape leaves the banner; n takes it away for this version, whatever else in the kit changes, but not for the next."""
    async with place.desk((80, 24), session="morning", kit=kit.folder) as trainer:
        await under_way(trainer, 1)
        read = trainer.desk.kits.newest
        kit.edit(kit.plan, ("Say it.", "Say it well."))
        await read_again(trainer, read)
        await trainer.press("y")
        await trainer.on("PlanChangesScreen")
        await trainer.sees("09:40          Talk · notes worded anew")
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.sees(BANNER)
        await trainer.press("y")
        await trainer.on("PlanChangesScreen")
        await trainer.press("n")
        await trainer.on("RunScreen")
        await trainer.sees_no("plan was changed")
        read = trainer.desk.kits.newest
        kit.edit(kit.form, ("A form", "Another form"))
        await read_again(trainer, read)
        assert "plan was changed" not in trainer.text
        read = trainer.desk.kits.newest
        kit.edit(kit.plan, ("Say it well.", "Say it better."))
        await read_again(trainer, read)
        await trainer.sees(BANNER)
    assert not [one for one in place.events("spring") if isinstance(one, e.PlanTakenOver)]


async def test_before_the_start_the_whole_plan_is_taken_over(place: "Place", kit: Kit) -> None:
    """Nothing has begun: start and all are the kit's, and a session of the same name with nothing in common is no plan for it."""
    async with place.desk((80, 24), session="morning", kit=kit.folder) as trainer:
        await trainer.desk.read_kit()
        read = trainer.desk.kits.newest
        kit.edit(kit.plan, ('start: "09:30"', 'start: "09:20"'), ('at: "09:30"', 'at: "09:20"'))
        await read_again(trainer, read)
        await trainer.press("y")
        await trainer.on("PlanChangesScreen")
        await trainer.sees(
            "Starts at 09:20 instead of 09:30", "09:30 → 09:20  Hello · 20 min instead of 10 min"
        )
        await trainer.press("enter")
        await trainer.on("RunScreen")
        assert trainer.run.delivery.session.start == "09:20"
        read = trainer.desk.kits.newest
        kit.edit(
            kit.plan, *((f"id: {name},", f"id: other-{name},") for name in ("hello", "talk", "break", "work"))
        )
        await read_again(trainer, read)
        assert "plan was changed" not in trainer.text


async def test_titles_and_exercises_change_between_two_segments_and_not_within_one(
    place: "Place", kit: Kit
) -> None:
    """A segment under way keeps what it was begun with; going on with n uses the kit as it is now."""
    async with place.desk((80, 24), session="morning", kit=kit.folder) as trainer:
        await under_way(trainer, 1)
        await trainer.sees("A form")
        read = trainer.desk.kits.newest
        kit.edit(kit.form, ("A form", "Another form"))
        await read_again(trainer, read)
        await trainer.at(0.5)
        await trainer.sees("A form")
        await trainer.press("y")
        await trainer.on("PlanChangesScreen")
        await trainer.sees("Worded anew, and not opened yet: “Another form”")
        await trainer.press("escape")
        await trainer.on("RunScreen")
        assert trainer.desk.kit is read
        assert isinstance(trainer.desk.services, House)
        room = RoomHouse(trainer.desk.services)
        assert room.kit is read
        await trainer.at(1)
        await trainer.press("n", "b")
        await trainer.sees("Another form")
        assert room.kit.titles["form"] == "Another form"


async def test_a_broken_file_takes_nothing_away_and_is_told_of_once(place: "Place", kit: Kit) -> None:
    """The plan and the exercise that could be read stay in use and are not offered; mending them is told of too."""
    async with place.desk((80, 24), session="morning", kit=kit.folder) as trainer:
        await under_way(trainer, 1)
        read = trainer.desk.kits.newest
        kit.edit(kit.form, ("kind: worksheet", "kind: nonsense"))
        kit.edit(kit.plan, ("title: Talk", "titel: Talk"))
        await read_again(trainer, read)
        await trainer.told("The kit was changed and has")
        await trainer.told("Home lists them. What worked before stays in use.")
        await trainer.at(1)
        await trainer.press("n", "b")
        assert not trainer.desk.kits.waiting
        assert "plan was changed" not in trainer.text
        await trainer.press("a")
        await trainer.on("ActivityScreen")
        await trainer.sees("A form")
        await trainer.press("escape")
        await trainer.on("RunScreen")
        assert sum("The kit was changed" in one.message for one in trainer.desk._notifications) == 1
        read = trainer.desk.kits.newest
        kit.edit(kit.form, ("kind: nonsense", "kind: worksheet"))
        kit.edit(kit.plan, ("titel: Talk", "title: Talk"))
        await read_again(trainer, read)
        await trainer.told("The kit is in order again.")


async def test_nothing_happens_while_a_participant_has_the_laptop(place: "Place", kit: Kit) -> None:
    """Neither the form nor what is said changes under them; the trainer hears of it once back on the screen of the day."""
    put_on_register(place, "Zoë")
    async with place.desk((80, 24), session="morning", kit=kit.folder) as trainer:
        await under_way(trainer, 1)
        await pass_laptop(trainer, "A form")
        await trainer.press("enter")
        await trainer.on("FormScreen")
        await trainer.sees("What is it?")
        read = trainer.desk.kits.newest
        before = trainer.text
        kit.edit(
            kit.form, ("What is it?", "What was it?"), ("kind: worksheet", "kind: worksheet\nnonsense: 1")
        )
        kit.edit(kit.plan, ("Say it.", "Say it well."))
        await read_again(trainer, read)
        assert trainer.text == before
        assert not list(trainer.desk._notifications)
        assert trainer.desk.kit is read
        await trainer.press("escape")
        await trainer.on("KioskScreen")
        await trainer.press("escape")
        await trainer.on("AskLine")
        await trainer.write(CODE)
        await trainer.press("enter")
        await trainer.on("ActivityScreen")
        assert not list(trainer.desk._notifications)
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.told("The kit was changed and has 1 problem")
        await trainer.sees("y to look")


async def test_nothing_is_said_over_a_dialog(place: "Place", kit: Kit) -> None:
    """Whoever is typing a note is told of the kit once the note is kept or left."""
    async with place.desk((80, 24), session="morning", kit=kit.folder) as trainer:
        await under_way(trainer, 1)
        await trainer.press("k")
        await trainer.on("NoteDialog")
        await trainer.write("Half a")
        read = trainer.desk.kits.newest
        kit.edit(kit.form, ("kind: worksheet", "kind: nonsense"))
        await read_again(trainer, read)
        await trainer.sees("Half a")
        assert not list(trainer.desk._notifications)
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.told("The kit was changed and has 1 problem")


async def test_home_shows_a_changed_kit_at_once(place: "Place", kit: Kit) -> None:
    """What is new is listed; what broke stays listed, with the problem, and what is deleted goes once all is in order."""
    async with place.desk((80, 24), kit=kit.folder) as trainer:
        await trainer.sees("Morning  morning", "The kit is in order.")
        assert isinstance(trainer.desk.screen, HomeScreen)
        kit.edit(kit.plan, ("title: Morning", "title: Early morning"))
        await trainer.sees("Early morning  morning")
        kit.edit(kit.plan, ("title: Early morning", "titel: Early morning"))
        await trainer.sees("problem", "What worked before stays in use.", "Early morning  morning")
        kit.edit(kit.plan, ("titel: Early morning", "title: Late morning"))
        await trainer.sees("Late morning  morning", "The kit is in order.")
        (kit.folder / "exercises" / "more.yaml").write_text(FORM, "utf-8")
        await trainer.until(lambda: "more" in exercises(trainer))
        (kit.folder / "exercises" / "more.yaml").unlink()
        await trainer.until(lambda: "more" not in exercises(trainer))


async def test_the_centres_own_settings_survive_a_slip_in_their_file(place: "Place", kit: Kit) -> None:
    """They are not exchanged for those that came with the program, which would go on every pack."""
    centre = kit.folder / "sessions" / "centre.yaml"
    centre.write_text((shipped_kit() / "sessions" / "centre.yaml").read_text("utf-8"), "utf-8")
    kit.edit(centre, ("# name: Example College", "name: Our College"))
    async with place.desk((80, 24), kit=kit.folder) as trainer:
        await trainer.sees("The kit is in order.")
        kit.edit(centre, ("learner:", "learners:"))
        await trainer.sees("2 problems in the kit")
        contents = await trainer.desk.read_kit()
        assert contents.centre is not None
        assert contents.centre.name == "Our College"


async def test_a_kit_that_vanishes_is_told_of_once_and_disturbs_nothing(place: "Place", kit: Kit) -> None:
    """A stick that is pulled out: words once, the clock and the exercises go on, and nothing is offered."""
    async with place.desk((80, 24), session="morning", kit=kit.folder) as trainer:
        await under_way(trainer, 1)
        read = trainer.desk.kits.newest
        shutil.rmtree(kit.folder)
        await read_again(trainer, read)
        await trainer.told("The kit cannot be read any more. What was read of it stays in use.")
        for minute in (1, 2, 3):
            await trainer.at(minute)
            await trainer.press("n")
        assert len(trainer.desk._notifications) == 1
        assert "plan was changed" not in trainer.text
        await trainer.press("y")
        await trainer.told("The kit has no plan “morning” that can be run.")
        await trainer.press("b", "b", "b", "a")
        await trainer.on("ActivityScreen")
        await trainer.sees("A form")
