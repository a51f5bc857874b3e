"""Groups and rounds at the desk: made, mended by hand, begun, called; late arrivals, pauses, and names of any kind."""

from typing import TYPE_CHECKING

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.desk.widgets.rows import Rows

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

COHORT = "spring"
SIZES = [(80, 24), (120, 36), (60, 20)]
NAMES = (
    "Anna Abel", "Boris Bold", "Chloe Cox", "Dan Dee", "Eva Early", "Finn Fox", "Gita Green", "Hugo Hill",
    "Ines Ice", "Jo Jay", "Karl Kay",
)  # fmt: skip
HOSTILE = (
    "\u202e[red]x[@click=app.quit]go[/]", "山田 太郎 " * 20, "👩‍👩‍👧‍👦" * 30, "عبد الله " * 24, "A\x1b[31m\nB", "x" * 10_000,
    "Same Name", "Same Name",
)  # fmt: skip


async def sit_down(trainer: "Trainer", names: tuple[str, ...] = NAMES) -> None:
    """Have people in a session that has begun at 09:30."""
    people = tuple((ParticipantId(f"p{number}"), Person(name=one[:200])) for number, one in enumerate(names))
    await trainer.run.ask(c.AddParticipants(people=people, doubles="add"))
    await trainer.press("space")
    await trainer.until(lambda: trainer.run.delivery.under_way, "the start")
    trainer._told = len(trainer.place.events(COHORT))


async def make(trainer: "Trainer", *keys: str) -> e.GroupsMade:
    """Make groups from the run screen, by the keys pressed in the dialog."""
    await trainer.press("f")
    await trainer.on("GroupsScreen")
    await trainer.press("n")
    await trainer.on("MakingDialog")
    await trainer.press(*keys, "enter")
    made = await trainer.records(COHORT, e.GroupsMade)
    assert isinstance(made, e.GroupsMade)
    await trainer.on("GroupsScreen")
    return made


async def start(trainer: "Trainer") -> e.RotationStarted:
    """Begin coaching in the groups that are looked at."""
    await trainer.press("s")
    await trainer.on("Pick")
    await trainer.sees("Coaching: coach, coachee, observer · 3 rounds of 4 + 2 min, 18 min")
    await trainer.press("enter")
    started = await trainer.records(COHORT, e.RotationStarted)
    assert isinstance(started, e.RotationStarted)
    await trainer.on("RoundsScreen")
    return started


async def at(trainer: "Trainer", minute: float) -> None:
    """Let it be so many minutes after 09:30, and the screen on top know."""
    await trainer.at(minute)
    trainer.desk.screen.redraw_if_shown()  # type: ignore[attr-defined]  # all these screens can
    await trainer.settle()


def row_of(trainer: "Trainer", who: str) -> int:
    return trainer.desk.screen.query_one(Rows)._keys.index(who)


async def test_groups_are_made_and_mixed_anew(place: "Place") -> None:
    """One key and Enter make trios of whoever is here; one key mixes them anew, with sizes and odd numbers in words."""
    async with place.desk((80, 24), session="session-a") as trainer:
        await sit_down(trainer)
        absent = c.MarkAttendance(
            delivery=trainer.run.delivery_id, participant=ParticipantId("p0"), arrival="absent"
        )
        await trainer.run.ask(absent)
        await trainer.records(COHORT, e.AttendanceMarked)
        made = await make(trainer)
        assert sorted(map(len, made.groups)) == [3, 3, 4]
        assert not any("p0" in group for group in made.groups)
        await trainer.sees("Trios", "1 group of 4, 2 of 3", "Group 1 has four: two observe", "Boris Bold")
        await trainer.sees_no("Anna Abel")
        await trainer.press("x")
        again = await trainer.records(COHORT, e.GroupsMade)
        assert (again.grouping, sorted(map(len, again.groups))) == (made.grouping, [3, 3, 4])
        await trainer.press("n")
        await trainer.on("MakingDialog")
        await trainer.press("2", "o")
        await trainer.sees("Pairs: 5 groups of 2, without 1 who are not here", "[ ] mix organisations")
        await trainer.press("enter")
        pairs = await trainer.records(COHORT, e.GroupsMade)
        assert set(map(len, pairs.groups)) == {2}
        await trainer.press("o")
        await trainer.on("Pick")
        await trainer.sees(
            "Pairs, made at 09:30: 5 groups of 2", "Trios, made at 09:30: 1 group of 4, 2 of 3"
        )
        await trainer.press("down", "enter")
        await trainer.sees("1 group of 4, 2 of 3")


async def test_people_are_moved_by_hand(place: "Place") -> None:
    """A person is put into another group, into a new one, taken out and put where they fit best, by keys alone."""
    async with place.desk((80, 24), session="session-a") as trainer:
        await sit_down(trainer)
        made = await make(trainer)
        who = made.groups[0][1]
        await trainer.press("down", "g")
        await trainer.on("Pick")
        await trainer.sees("Where does", "A new group: Group 4")
        await trainer.press("down", "enter")
        moved = await trainer.records(COHORT, e.GroupsChanged)
        assert who in moved.groups[1]
        trainer.desk.screen.query_one(Rows).cursor = row_of(trainer, who)
        await trainer.press("enter")
        await trainer.on("Pick")
        await trainer.press("end", "enter")
        assert (await trainer.records(COHORT, e.GroupsChanged)).groups[3] == (who,)
        await trainer.sees("Group 4 has one: nobody to work with")
        trainer.desk.screen.query_one(Rows).cursor = row_of(trainer, who)
        await trainer.press("d")
        await trainer.records(COHORT, e.GroupsChanged)
        await trainer.sees("Not in a group yet:", "no group")
        await trainer.press("p")
        placed = await trainer.records(COHORT, e.GroupsChanged)
        assert sorted(map(len, placed.groups)) == [0, 3, 4, 4]


async def test_a_line_manager_is_kept_apart(place: "Place") -> None:
    """Whose line manager is here is said by one key; they are then never together, and by hand it is called out."""
    async with place.desk((80, 24), session="session-a") as trainer:
        await sit_down(trainer)
        made = await make(trainer)
        report = made.groups[0][0]
        manager = made.groups[0][1]
        await trainer.press("m")
        await trainer.on("PickName")
        await trainer.write(NAMES[int(manager[1:])])
        await trainer.press("enter")
        said = await trainer.records(COHORT, e.LineManagerSaid)
        assert (said.participant, said.manager) == (report, manager)
        await trainer.on("GroupsScreen")
        names = NAMES[int(manager[1:])], NAMES[int(report[1:])]
        await trainer.sees(
            f"Group 1: {names[0]} sits with their own report {names[1]}; move one of them with g."
        )
        await trainer.press("x")
        mixed = await trainer.records(COHORT, e.GroupsMade)
        assert not any({report, manager} <= set(group) for group in mixed.groups)
        await trainer.sees_no("sits with their own report")


@pytest.mark.parametrize("size", SIZES)
async def test_names_of_any_kind(place: "Place", size: tuple[int, int]) -> None:
    """Hostile, endless, right-to-left and equal names break no line, run no markup, and stand apart from one another."""
    async with place.desk(size, session="session-a") as trainer:
        await sit_down(trainer, HOSTILE)
        await make(trainer)
        await trainer.sees("[red]x[@click=app")
        trainer.nothing_unprintable()
        await trainer.press("g")
        await trainer.on("Pick")
        trainer.nothing_unprintable()
        await trainer.press("escape")
        await trainer.on("GroupsScreen")
        await trainer.press("m")
        await trainer.on("PickName")
        trainer.nothing_unprintable()
        await trainer.press("escape")
        await trainer.on("GroupsScreen")
        await trainer.sees("Same Name (1)", "Same Name (2)")
        await start(trainer)
        trainer.nothing_unprintable()
        await trainer.press("escape")
        await trainer.on("RunScreen")
        trainer.nothing_unprintable()
        await trainer.sees("Round 1 of 3")
