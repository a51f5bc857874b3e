"""Groups, rounds and second timers as they are shown: who is what when, what stands still, what is said of odd numbers."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core.apply import apply
from pmworkshop.core.decide import decide
from pmworkshop.core.deck import Card, Deck, Role, Theme
from pmworkshop.core.ids import DeliveryId, GroupingId, ParticipantId, RotationId
from pmworkshop.core.people import Person
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.units import MINUTE, SECOND, Duration, Instant, Minutes, TimeOfDay, minutes
from pmworkshop.live.views.activity import timer_view
from pmworkshop.live.views.people import shown_names
from pmworkshop.live.views.teams.due import due_view
from pmworkshop.live.views.teams.timers import timers_view
from pmworkshop.live.views.teams.view import (
    RotationView,
    groups_view,
    my_team,
    rotation_view,
)

DAY, TRIOS, ROUNDS = DeliveryId("d1"), GroupingId("g1"), RotationId("t1")
NAMES = ("Anna", "Boris", "Chloe", "Dan", "Eva", "Finn", "Gita", "Hugo", "Ines", "Jo", "Karl")
HOSTILE = "\u202e[red]x[/] " + "long " * 39
PLAN = Session(
    title="Morning",
    start=TimeOfDay("09:30"),
    end=TimeOfDay("10:30"),
    segments=(Segment(id=SegmentId("s"), title="Talk", minutes=Minutes(60)),),
)


class Play:
    """A cohort to which commands are given at instants."""

    def __init__(self, *names: str | Person) -> None:
        self.state: Cohort = nobody()
        self.do(0, c.CreateCohort(name="spring"))
        people = [name if isinstance(name, Person) else Person(name=name) for name in names]
        who = tuple((ParticipantId(f"p{number}"), one) for number, one in enumerate(people))
        self.do(0, c.AddParticipants(people=who, doubles="add"))
        opened = c.OpenDelivery(
            delivery=DAY, session_id="a", session=PLAN, zone="GMT", utc_offset=Duration(0)
        )
        start = c.StartDelivery(delivery=DAY, move_plan=True, zone="GMT", utc_offset=Duration(0))
        self.do(0, opened, start)

    def do(self, second: float, *commands: Any) -> None:
        now = Instant(round(second * SECOND))
        for command in commands:
            decision = decide(self.state, command, now)
            assert not isinstance(decision, Refusal), decision.words
            for event in decision:
                self.state = apply(self.state, event, now)

    def group(self, size: int = 3) -> None:
        self.do(0, c.MakeGroups(grouping=TRIOS, delivery=DAY, name="Trios", size=size, chance=1))

    def start(self, second: float = 0, rounds: int = 3) -> None:
        roles = ("Coach", "Coachee", "Observer")
        rotation = c.StartRotation(
            rotation=ROUNDS, grouping=TRIOS, delivery=DAY, title="Coaching", roles=roles, rounds=rounds,
            work=minutes(4), feedback=minutes(2),
        )  # fmt: skip
        self.do(second, rotation)

    def round(self, number: int, second: float) -> None:
        self.do(second, c.BeginRound(rotation=ROUNDS, number=number))

    def view(self, second: float) -> RotationView:
        view = rotation_view(self.state, Instant(round(second * SECOND)))
        assert view is not None
        return view

    def coaches(self, second: float) -> list[str]:
        return [one.name for row in self.view(second).groups for one in row.people if one.role == "Coach"]


@pytest.fixture
def play() -> Play:
    """Eleven people in a session that runs from instant 0, in groups by threes."""
    play = Play(*NAMES)
    play.group()
    return play


def test_a_round_is_work_then_feedback_then_over(play: Play) -> None:
    """Four minutes of talk, two of feedback, then it is time, and it says so in words until the next round begins."""
    play.start()
    told = [
        (view.part, view.words, view.left // SECOND) for view in map(play.view, (0, 239, 240, 359, 360, 400))
    ]
    assert told == [
        ("work", "Round 1 of 3 · Coach and coachee talk", 240),
        ("work", "Round 1 of 3 · Coach and coachee talk", 1),
        ("feedback", "Round 1 of 3 · Observer feeds back to the coach", 120),
        ("feedback", "Round 1 of 3 · Observer feeds back to the coach", 1),
        ("over", "Round 1 of 3 · Time: swap roles", 0),
        ("over", "Round 1 of 3 · Time: swap roles", -40),
    ]
    play.round(3, 400)
    assert play.view(400 + 360).doing == "Time: that was the last round"


def test_everybody_is_coach_or_it_is_said_who_was_not(play: Play) -> None:
    """In three rounds nobody in a group of three or four is coach twice; after the last it says who has not been."""
    assert sorted(map(len, play.state.groupings[TRIOS].groups)) == [3, 4, 4]
    play.start()
    had = play.coaches(0)
    for number in (2, 3):
        assert not any("coach" in words.partition(":")[0] for words in play.view(0).remarks)
        play.round(number, 0)
        had += play.coaches(0)
    assert len(had) == len(set(had)) == 9
    missing = [name for name in NAMES if name not in had]
    assert (
        play.view(0).remarks[0].endswith("have four: two observe, and a fourth round lets everybody coach.")
    )
    said = play.view(0).remarks[-1]
    assert said.startswith("Not yet coach: ")
    assert all(name in said for name in missing)
    play.round(4, 0)
    assert play.view(0).remarks[-1] == "Everybody has been coach."
    assert play.view(0).heading == "Round 4 of 4"


def test_a_round_that_is_done_over_counts_once(play: Play) -> None:
    """Whoever was coach only in a round that was taken back has not been coach."""
    play.start(rounds=2)
    first = play.coaches(0)
    play.round(2, 1)
    play.round(1, 2)
    assert play.state.rotations[ROUNDS].past == ()
    play.round(2, 3)
    said = play.view(3).remarks[-1]
    assert said.startswith("Not yet coach: ")
    assert not any(name in said for name in (*first, *play.coaches(3)))


def test_a_late_arrival_watches_and_is_in_the_next_round(play: Play) -> None:
    """Whoever comes in the middle of a round watches it in the group they fit best, and has a role in the next."""
    play.start()
    late = ParticipantId("late")
    play.do(60, c.AddParticipants(people=((late, Person(name="Zoë")),)))
    view = groups_view(play.state)
    assert view is not None
    assert [one.name for one in view.loose] == ["Zoë"]
    assert my_team(play.state, late) is None
    play.do(61, c.PlaceInGroup(grouping=TRIOS, participant=late))
    mine = my_team(play.state, late)
    assert mine is not None
    assert (mine.watches, mine.role, len(mine.others)) == (True, "", 3)
    assert mine.next_role
    before = play.view(62)
    assert sum(one.watches for row in before.groups for one in row.people) == 1
    play.round(2, 100)
    mine_now = my_team(play.state, late)
    assert mine_now is not None
    assert (mine_now.watches, mine_now.role) == (False, mine.next_role)
    for row in before.groups:
        promised = {one.participant: one.next_role for one in row.people}
        kept = {one.participant: one.role for one in play.view(100).groups[row.index].people}
        assert promised == kept


@given(
    changes=st.lists(st.integers(1, 90), max_size=12),
    started=st.integers(0, 40),
    asked=st.lists(st.integers(0, 300), min_size=1, max_size=5),
)
@settings(deadline=None, max_examples=60)
def test_pauses_stop_rounds_and_second_timers(changes: list[int], started: int, asked: list[int]) -> None:
    """However often the session is paused, only the seconds between count, for the round and for every timer alike."""
    play = Play("Anna", "Boris", "Chloe")
    play.group()
    second, paused, ran = 0, False, set[int]()
    begun = False
    for length in [*changes, 400]:
        for _ in range(length):
            if second == started:
                play.start(second)
                play.do(second, c.StartTimer(timer="Report-backs", length=minutes(5)))
                begun = True
            if not paused:
                ran.add(second)
            second += 1
        if length != 400:
            play.do(second, c.Resume(delivery=DAY) if paused else c.Pause(delivery=DAY))
            paused = not paused
    assert begun
    for ask in asked:
        at = second + ask
        used = sum(started <= one < second for one in ran) + (0 if paused else ask)
        timer = timer_view(play.state, "Report-backs", Instant(at * SECOND))
        assert timer is not None
        assert timer.left == (300 - used) * SECOND
        view = play.view(at)
        assert view.left == (240 - used if used < 240 else 360 - used) * SECOND
        assert view.moves is not paused


def test_time_is_given_to_the_part_that_runs(play: Play) -> None:
    """A minute more in the feedback is a minute of feedback, and the talk is not taken up again."""
    play.start()
    play.do(250, c.AddRoundTime(rotation=ROUNDS, by=MINUTE, feedback=True))
    assert (play.view(250).part, play.view(250).left) == ("feedback", 170 * SECOND)
    play.round(2, 260)
    play.do(261, c.AddRoundTime(rotation=ROUNDS, by=MINUTE))
    assert play.view(261).left == 299 * SECOND
    assert play.view(560).part == "feedback"


def test_a_session_that_was_forgotten_holds_nothing_up(play: Play) -> None:
    """A session left paused last week does not keep the timers of the one under way from running."""
    play.do(10, c.Pause(delivery=DAY))
    other = DeliveryId("d2")
    opened = c.OpenDelivery(delivery=other, session_id="b", session=PLAN, zone="GMT", utc_offset=Duration(0))
    start = c.StartDelivery(delivery=other, move_plan=True, zone="GMT", utc_offset=Duration(0))
    play.do(1_000, opened, start, c.StartTimer(timer="Mine", length=minutes(5)))
    assert [one.left for one in timers_view(play.state, Instant(1_060 * SECOND))] == [240 * SECOND]


def test_timers_are_called_by_their_titles(play: Play) -> None:
    """The trainer's own timers, those of activities and of cards stand together, each by what people call it."""
    deck = Deck(
        title="Talks", instructions="Play.", minutes=Minutes(4), roles=(Role(id="a", title="Asks"),),
        themes=(Theme(id="one", title="One"),), cards=(Card(id="x", title="X", theme="one", text="X"),),
    )  # fmt: skip
    play.do(0, c.DrawCard(deck_id="talks", deck=deck, group="Group 2", chance=0))
    play.do(1, c.StartTimer(timer="cards:talks/Group 2", length=minutes(4)))
    play.do(1, c.StartTimer(timer=HOSTILE, length=minutes(1)))
    shown = timers_view(play.state, Instant(62 * SECOND))
    assert [(one.kind, one.over) for one in shown] == [("own", True), ("cards", False)]
    assert shown[1].name == "Group 2 · card 1"
    assert "\u202e" not in shown[0].name
    play.do(63, c.DrawCard(deck_id="talks", deck=deck, group="Group 2", again=True, chance=0))
    assert [one.kind for one in timers_view(play.state, Instant(64 * SECOND))] == ["own"]


def test_each_part_is_due_once(play: Play) -> None:
    """The end of the talk and the end of the round are told of, each by words that say what to do now."""
    play.start()
    due = due_view(play.state, Instant(0))
    assert [(one.words, one.reading.left) for one in due] == [
        ("Round 1 of 3 · Observer feeds back to the coach.", minutes(4)),
        ("Round 1 of 3 · Time: swap roles.", minutes(6)),
    ]


def test_two_of_one_name_are_told_apart() -> None:
    """Two people of one name are shown with their organisations; where those are the same, they are counted, for others read along."""
    play = Play(
        Person(name="Ann Lee", organisation="Acme"), Person(name="ann  lee", organisation="Beta"),
        Person(name="Bo"), Person(name="Bo"),
        Person(name="Cy", organisation="Acme", registration="R7"), Person(name="Cy", organisation="acme", registration="R9"),
        "Dee",
    )  # fmt: skip
    assert list(shown_names(play.state).values()) == [
        "Ann Lee (Acme)", "ann lee (Beta)", "Bo (1)", "Bo (2)", "Cy (1)", "Cy (2)", "Dee",
    ]  # fmt: skip


def test_a_line_manager_beside_their_report_is_said() -> None:
    """Where nobody else is there, a manager sits with their report, and the trainer is told so in words."""
    play = Play("Anna", "Boris")
    play.do(0, c.SayLineManager(participant=ParticipantId("p1"), manager=ParticipantId("p0")))
    play.group(2)
    view = groups_view(play.state)
    assert view is not None
    assert "Group 1: Anna sits with their own report Boris; there is no other group." in view.remarks


def role_now(play: Play, one: ParticipantId) -> str:
    team = my_team(play.state, one)
    return team.role if team else ""


def test_whoever_is_gone_is_in_no_group(play: Play) -> None:
    """Whoever was taken off the register stands in no group and no round any more, and nothing breaks."""
    play.start()
    gone, *others = play.state.groupings[TRIOS].groups[0]
    roles = {one: role for one in others if (role := role_now(play, one))}
    play.do(5, c.RemoveParticipant(participant=gone))
    assert {one: role_now(play, one) for one in others} == roles
    view, rounds = groups_view(play.state), play.view(5)
    assert view is not None
    for rows in (view.groups, rounds.groups):
        assert gone not in {one.participant for row in rows for one in row.people}
    play.do(6, c.MarkLeft(delivery=DAY, participant=view.groups[0].people[0].participant))
    left = groups_view(play.state)
    assert left is not None
    assert not left.groups[0].people[0].here


def test_rounds_end_with_their_session(play: Play) -> None:
    """When the session has ended its rounds are over and its groups no longer those of the day."""
    play.start()
    play.do(10, c.FinishDelivery(delivery=DAY))
    assert rotation_view(play.state, Instant(11 * SECOND)) is None
    assert groups_view(play.state) is None
    assert groups_view(play.state, TRIOS) is not None
