"""Somebody goes home in the middle of rounds: the round goes on as it began, and from the next on nobody waits for them."""

from typing import Any

from pmworkshop.core import commands as c
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.live.views.teams.view import my_team
from pmworkshop.room.team import board_of
from tests.live.test_teams import DAY, TRIOS, Play


def go_home(play: Play, who: str) -> ParticipantId:
    """Have whoever has this name leave early."""
    one = next(key for key, person in play.state.participants.items() if person.name == who)
    play.do(1, c.MarkLeft(delivery=DAY, participant=one))
    return one


def roles(play: Play, second: float) -> dict[str, str]:
    """Return everybody's role in the round at this second, by name."""
    return {one.name: one.role for row in play.view(second).groups for one in row.people}


def coming(play: Play, second: float) -> list[str]:
    """Return whoever the projector names for the round that is coming."""
    board = board_of(play.view(second))
    assert board is not None
    cells: list[Any] = [*(one for line in board.lines for one in (*line.cells, line.watching))]
    return sorted(mate.name for cell in cells for mate in cell)


def test_nobody_waits_for_whoever_has_left() -> None:
    """Whoever leaves keeps their place until the round is over; in the next, and on the way to it, nobody is told to wait for them."""
    play = Play("Anna", "Boris", "Chloe", "Dan")
    play.group(4)
    play.start(rounds=4)
    assert set(roles(play, 0).values()) == {"Coach", "Coachee", "Observer"}
    assert "Group 1 has four: two observe." in play.view(0).remarks
    gone = go_home(play, "Boris")
    assert "Boris" in roles(play, 2)
    assert not next(one for row in play.view(2).groups for one in row.people if one.name == "Boris").here
    assert not play.view(2).remarks
    assert coming(play, 400) == ["Anna", "Chloe", "Dan"]
    for number in (2, 3, 4):
        play.round(number, 400)
        held = roles(play, 400)
        assert sorted(held) == ["Anna", "Chloe", "Dan"]
        assert sorted(held.values()) == ["Coach", "Coachee", "Observer"]
    assert my_team(play.state, gone) is None
    assert play.view(400).remarks == ("Everybody has been coach.",)


def test_whoever_comes_back_watches() -> None:
    """Who was marked as gone by mistake watches their group, and has a role from the next round on."""
    play = Play("Anna", "Boris", "Chloe")
    play.group(3)
    gone = go_home(play, "Boris")
    play.start(2)
    assert sorted(roles(play, 2)) == ["Anna", "Chloe"]
    play.do(3, c.MarkAttendance(delivery=DAY, participant=gone, arrival="present"))
    found = my_team(play.state, gone)
    assert found is not None
    assert (found.watches, found.next_role != "") == (True, True)
    play.round(2, 4)
    assert roles(play, 4)["Boris"] == found.next_role


def test_a_late_arrival_fills_the_gap() -> None:
    """A late arrival is put where somebody has left, for that group is the smaller one."""
    play = Play("Anna", "Boris", "Chloe", "Dan", "Eva", "Finn")
    play.group(3)
    first, second = play.state.groupings[TRIOS].groups
    go_home(play, play.state.participants[second[0]].name)
    play.do(2, c.TakeFromGroup(grouping=TRIOS, participant=first[0]))
    play.do(2, c.PlaceInGroup(grouping=TRIOS, participant=first[0]))
    assert play.state.groupings[TRIOS].group_of(first[0]) == 0
    play.do(2, c.AddParticipants(people=((ParticipantId("late"), Person(name="Zoe")),), doubles="add"))
    play.do(2, c.PlaceInGroup(grouping=TRIOS, participant=ParticipantId("late")))
    assert play.state.groupings[TRIOS].group_of(ParticipantId("late")) == 1
