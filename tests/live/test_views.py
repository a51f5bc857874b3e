"""What the desk and the room read: who has finished, what was produced, and the room's results, by small exercises."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.apply import apply
from pmworkshop.core.decide import decide
from pmworkshop.core.exercise import (
    DONT_KNOW,
    Axis,
    Band,
    Choice,
    Corner,
    Exercise,
    Factor,
    Item,
    Rate,
    Reading,
    Scale,
    When,
)
from pmworkshop.core.ids import DeliveryId, OutputId, ParticipantId
from pmworkshop.core.output import AnonymousSheet
from pmworkshop.core.people import Person
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import nobody
from pmworkshop.core.units import MINUTE, NOTHING, Instant, Minutes, TimeOfDay, later, minutes
from pmworkshop.live.box import Box
from pmworkshop.live.views.activity import activity_view, draft_key, people_rows
from pmworkshop.live.views.board import Idea, votes_on_wall
from pmworkshop.live.views.outputs import OutputPage, output_page, output_rows
from pmworkshop.live.views.places import initials
from pmworkshop.live.views.results import Bars, Together, together

EX = "sheet"
DAY = DeliveryId("d1")
NAMES = ("Øyvind Ås", "Amara Okafor", "Zoe", "amy winter", "Bronwen Ann Pugh", "Dilip Rao", "Ed Poe")
SCALE = Scale(id="how", labels=("never", "now and then", "often", "always"), dont_know="can't say")
YES_NO = (Choice(id="yes", text="Of course"), Choice(id="no", text="Not yet"))
ABC = tuple(Choice(id=name, text=name.upper(), advice=f"On {name}") for name in "abc")
AXIS = Axis(title="Skill", low="little", high="much")
VIEWS = (Choice(id="mine", text="My view"), Choice(id="theirs", text="Their view"))
PLAN = Session(
    title="Morning",
    start=TimeOfDay("09:30"),
    end=TimeOfDay("10:30"),
    segments=(Segment(id=SegmentId("s"), title="Talk", minutes=Minutes(60)),),
)


def item(name: str, kind: Any = "short", **keys: Any) -> Item:
    return Item(id=name, kind=kind, text=f"What about {name}?", **{"required": False, **keys})


def exercise(*items: Item, **keys: Any) -> Exercise:
    made: dict[str, Any] = {
        "title": "A sheet", "kind": "worksheet", "about": "me", "privacy": "evidence", "minutes": Minutes(5),
        "instructions": "Fill it in.", "items": items, "scales": (SCALE,),
    }  # fmt: skip
    return Exercise(**(made | keys))


class Room:
    """A cohort of seven that has taken up one exercise; a minute passes with each thing done."""

    def __init__(self, sheet: Exercise) -> None:
        self.state, self.now = nobody(), Instant(0)
        people = tuple((ParticipantId(f"p{n}"), Person(name=name)) for n, name in enumerate(NAMES))
        self.do(c.CreateCohort(name="spring"))
        self.do(c.AddParticipants(people=people))
        self.do(
            c.OpenDelivery(
                delivery=DAY, session_id="s", session=PLAN, resources=(), zone="GMT", utc_offset=NOTHING
            )
        )
        self.take_up(sheet)
        self.do(c.OpenActivity(exercise_id=EX, delivery=DAY))

    def do(self, command: c.Command) -> None:
        self.now = later(self.now, MINUTE)
        decision = decide(self.state, command, self.now)
        assert not isinstance(decision, Refusal), decision.words
        for event in decision:
            self.state = apply(self.state, event, self.now)

    def take_up(self, sheet: Exercise, exercise_id: str = EX) -> None:
        self.do(c.TakeUpExercise(exercise_id=exercise_id, exercise=sheet))

    def hand_in(
        self, who: int, /, *, output: str = "", members: Sequence[int] = (), to: str = EX, **answers: Any
    ) -> OutputId:
        """Hand in for person `who`; the output is called after them, unless it has a name of its own."""
        name = OutputId(output or f"o{who}")
        command = c.SubmitOutput(
            output=name,
            exercise_id=to,
            participant=ParticipantId(f"p{who}"),
            members=tuple(ParticipantId(f"p{one}") for one in members),
            delivery=DAY,
            answers=answers,
            route="phone",
            entered_by="participant",
            with_gaps=True,
        )
        self.do(command)
        return name

    def page(self, output: str, *, for_trainer: bool = True) -> OutputPage:
        found = output_page(self.state, OutputId(output), for_trainer=for_trainer)
        assert found is not None
        return found

    def together(self, at_least: int = 5) -> Together:
        found = together(self.state, EX, at_least)
        assert found is not None
        return found

    def standings(self, drafts: Sequence[str] = (), box: Box | None = None) -> dict[str, str]:
        rows = people_rows(self.state, EX, drafts, box, DAY)
        return {row.name: row.standing for row in rows}


# Activities


def test_who_has_finished() -> None:
    """Everybody in the room is listed by name, accents set aside: finished, working, or nothing yet."""
    room = Room(exercise(item("text")))
    room.hand_in(1, text="Done")
    drafts = [draft_key(EX, "p2"), draft_key(EX, "p1"), draft_key("sheet2", "p3"), draft_key(EX, "p4", "o9")]
    assert room.standings(drafts) == {
        "Amara Okafor": "finished",
        "amy winter": "nothing yet",
        "Bronwen Ann Pugh": "working",
        "Dilip Rao": "nothing yet",
        "Ed Poe": "nothing yet",
        "Øyvind Ås": "nothing yet",
        "Zoe": "working",
    }
    assert list(room.standings())[:3] == ["Amara Okafor", "amy winter", "Bronwen Ann Pugh"]
    room.do(c.WithdrawOutput(output=OutputId("o1"), reason="Twice"))
    assert room.standings()["Amara Okafor"] == "nothing yet"
    room.do(c.RestoreOutput(output=OutputId("o1")))
    assert room.standings()["Amara Okafor"] == "finished"


def test_whoever_is_absent() -> None:
    """Absent people are left out, unless they have handed in, under their name or into the box."""
    room = Room(exercise(item("text")))
    for who in (0, 1, 2):
        room.do(c.MarkAttendance(delivery=DAY, participant=ParticipantId(f"p{who}"), arrival="absent"))
    room.hand_in(1, text="By post")
    box = Box(id="b", handed_in=(ParticipantId("p2"),))
    found = room.standings(box=box)
    assert "Øyvind Ås" not in found
    assert (found["Amara Okafor"], found["Zoe"]) == ("finished", "finished")
    assert len(people_rows(room.state, EX)) == len(NAMES)


def test_a_group_has_finished_together() -> None:
    """Whoever is named on a group's sheet has finished with it."""
    room = Room(exercise(item("text"), filled_by="group"))
    room.hand_in(0, members=(3, 5), text="Ours")
    finished = {name for name, standing in room.standings().items() if standing == "finished"}
    assert finished == {NAMES[0], NAMES[3], NAMES[5]}


def test_an_activity_at_one_instant() -> None:
    """Open, revealed, and its timer's remaining time, past the middle and below zero."""
    room = Room(exercise(item("text")))
    assert activity_view(room.state, "other", room.now) is None
    room.do(c.StartTimer(timer=EX, length=minutes(4)))
    started = room.now
    room.do(c.RevealResults(exercise_id=EX, on=True))
    found = {}
    for minute in (1, 2, 5):
        view = activity_view(room.state, EX, later(started, minutes(minute)))
        assert view is not None
        assert view.timer is not None
        assert (view.open, view.revealed, view.words) == (True, True, "0 of 7 finished")
        found[minute] = (view.timer.left // MINUTE, view.timer.halfway)
    assert found == {1: (3, False), 2: (2, True), 5: (-1, True)}
    room.do(c.CloseActivity(exercise_id=EX))
    room.do(c.StopTimer(timer=EX))
    closed = activity_view(room.state, EX, room.now)
    assert closed is not None
    assert (closed.open, closed.timer) == (False, None)


def nameless(room: Room, *answers: Mapping[str, Any]) -> None:
    room.do(c.CloseActivity(exercise_id=EX))
    sheets = tuple(AnonymousSheet(edition=0, answers=one) for one in answers)
    room.do(c.EnterAnonymous(exercise_id=EX, box="b", sheets=sheets))


def test_sheets_without_a_name_are_counted() -> None:
    """While the box is open it is known who has handed in; afterwards only how many did."""
    room = Room(exercise(item("text"), privacy="anonymous"))
    box = Box(id="b", handed_in=(ParticipantId("p2"), ParticipantId("p3")))
    view = activity_view(room.state, EX, room.now, box=box)
    assert view is not None
    assert view.words == "2 of 7 finished"
    nameless(room, {"text": "One"}, {"text": "Two"})
    view = activity_view(room.state, EX, room.now)
    assert view is not None
    assert (view.finished, view.words) == (2, "2 handed in without a name")


# Outputs


def test_a_line_for_each_output() -> None:
    """The newest stand first and the withdrawn last; each says whose, which, by which route, how many versions."""
    room = Room(exercise(item("case", "code"), repeatable=True, named_by=("case",), filled_by="pair"))
    room.take_up(exercise(item("text"), title="Another"), "other")
    room.do(c.OpenActivity(exercise_id="other"))
    room.hand_in(1, output="a", case="TM1")
    room.hand_in(1, output="b", members=(2,), case="TM2")
    room.hand_in(3, output="c", to="other", text="Mine")
    room.hand_in(1, output="a", case="TM3")
    room.do(c.WithdrawOutput(output=OutputId("c"), reason="Twice"))
    rows = output_rows(room.state)
    assert [(row.output, row.named, row.name, row.with_others, row.versions) for row in rows] == [
        ("a", "TM3", "Amara Okafor", 0, 2),
        ("b", "TM2", "Amara Okafor", 1, 1),
        ("c", "", "amy winter", 0, 1),
    ]
    assert [row.withdrawn for row in rows] == [False, False, True]
    assert [row.group for row in rows] == [True, True, False]
    assert [row.output for row in output_rows(room.state, participant=ParticipantId("p2"))] == ["b"]
    assert [row.title for row in output_rows(room.state, exercise_id="other")] == ["Another"]


def test_whoever_is_off_the_register() -> None:
    """What somebody produced stays when they are taken off the register, and says so."""
    room = Room(exercise(item("text")))
    room.hand_in(1, text="Done")
    room.do(c.RemoveParticipant(participant=ParticipantId("p1")))
    assert [row.name for row in output_rows(room.state)] == ["(no longer on the register)"]
    page = room.page("o1")
    assert page.people == ("(no longer on the register)",)
    assert output_page(room.state, OutputId("none")) is None


SECRETS = exercise(
    item("case", "code"),
    item("open", "rating", scale="how", factor="shown"),
    item("also", "rating", scale="how", factor="too"),
    item("secret", "rating", scale="how", factor="hidden", privacy="private"),
    item("place", "grid", x=AXIS, y=AXIS, privacy="private",
         corners=(Corner(x="low", y="low", title="Guide", advice="Show how."),)),
    item("part", "number"), item("whole", "number", privacy="private"),
    item("pick", "choice", options=ABC, privacy="private"),
    repeatable=True, named_by=("case", "pick"),
    factors=(Factor(id="shown", title="Shown"), Factor(id="too", title="Too"), Factor(id="hidden", title="Hidden")),
    reading=Reading(highlight="weakest", rates=(Rate(title="Share", part="part", whole="whole"),)),
)  # fmt: skip
GIVEN: dict[str, Any] = {
    "case": "TM1",
    "open": 3,
    "also": 4,
    "secret": 1,
    "place": [2, 2],
    "part": 6,
    "whole": 9,
    "pick": "a",
}


def test_private_items_are_hidden_from_the_trainer() -> None:
    """Of private answers the trainer sees that they are there: no text, score, place, rate, advice or name of them."""
    room = Room(SECRETS)
    output = room.hand_in(1, **GIVEN)
    mine, theirs = (room.page(output, for_trainer=one) for one in (False, True))
    assert [line.lines for line in theirs.answers if line.private] == [("(private)",)] * 4
    assert [line.lines for line in mine.answers if line.item == "secret"] == [("1  never",)]
    assert (mine.named, theirs.named) == ("TM1, A", "TM1")
    assert [row.named for row in output_rows(room.state)] == ["TM1"]
    assert [row.named for row in output_rows(room.state, for_trainer=False)] == ["TM1, A"]
    assert mine.result.headline == "Weakest: Hidden (1.0)"
    assert (theirs.result.headline, [one.title for one in theirs.result.scores]) == ("", ["Shown", "Too"])
    assert (len(mine.result.placed), len(theirs.result.placed)) == (1, 0)
    assert (len(mine.result.rates), len(theirs.result.rates)) == (1, 0)
    assert (len(mine.result.advice), len(theirs.result.advice)) == (1, 0)
    room.hand_in(1, **(GIVEN | {"secret": 4}))
    mine, theirs = (room.page(output, for_trainer=one) for one in (False, True))
    assert [[line.before for line in page.answers if line.before] for page in (mine, theirs)] == [
        [("1  never",)],
        [],
    ]


def test_a_private_exercise_is_hidden_but_for_its_evidence() -> None:
    """In a private exercise the trainer reads the items that are evidence, and nothing that rests on the others."""
    sheet = exercise(
        item("rate", "rating", scale="how", factor="all"),
        item("next", "long", privacy="evidence"),
        item("lost", "long"),
        privacy="private",
        factors=(Factor(id="all", title="All", bands=(Band(low=1, high=4, words="Fine"),)),),
        reading=Reading(caveats=("Not a test.",)),
    )
    room = Room(sheet)
    page = room.page(room.hand_in(1, rate=2, next="I ask.", lost="Mine"))
    assert [line.lines for line in page.answers] == [("(private)",), ("I ask.",), ("(private)",)]
    assert (page.result.scores, page.result.caveats) == ((), ("Not a test.",))


def test_what_was_amended() -> None:
    """An answer that was amended says what it said before, also where the question is no longer asked."""
    sheet = exercise(
        item("use", "yes-no"),
        item("why", when=When(item="use", any_of=("no",))),
        item("same"),
        item("new"),
    )
    room = Room(sheet)
    room.hand_in(1, use=False, why="No time", same="As it was")
    page = room.page(room.hand_in(1, use=True, same="As it was", new="Now"))
    assert [(line.item, line.lines, line.before) for line in page.answers] == [
        ("use", ("Yes",), ("No",)),
        ("why", ("(no longer asked)",), ("No time",)),
        ("same", ("As it was",), None),
        ("new", ("Now",), ("–",)),  # noqa: RUF001  # the dash of an empty cell
    ]
    assert [version.words for version in page.versions] == ["handed in from phone", "amended from phone"]


def test_what_was_amended_in_other_words() -> None:
    """Each version is read in the words that the exercise had then, whatever has become of an item since."""
    long_scale = replace(SCALE, labels=(*SCALE.labels, "and ever"))
    kept = (item("rate", "rating", scale="how"), item("place"), item("gone"))
    room = Room(exercise(*kept, scales=(long_scale,)))
    room.hand_in(1, rate=5, place="At home", gone="Once")
    room.take_up(exercise(kept[0], item("place", "grid", x=AXIS, y=AXIS), item("added")))
    page = room.page(room.hand_in(1, rate=4, place=[3, 4], added="New"))
    assert [(line.item, line.before) for line in page.answers] == [
        ("rate", ("5  and ever",)),
        ("place", ("At home",)),
        ("added", ("–",)),  # noqa: RUF001  # the dash of an empty cell
    ]


def test_a_quiz_counts_the_first_try() -> None:
    """A page's marks tell the first try from the newest."""
    room = Room(exercise(item("q", "choice", options=ABC, right=("b",)), kind="quiz"))
    room.hand_in(1, q="a")
    page = room.page(room.hand_in(1, q="b"))
    assert [(mark.first, mark.now) for mark in page.result.marks] == [(False, True)]


COMPARED = exercise(
    item("case"),
    item("view", "choice", options=VIEWS),
    item("rate", "rating", scale="how"),
    repeatable=True,
    named_by=("case",),
    compare="view",
)


def test_two_views_side_by_side() -> None:
    """Two views of one name, however it is spelt, are set side by side in the order in which they are offered."""
    room = Room(COMPARED)
    room.hand_in(1, output="a", case="Ann  B", view="theirs", rate=2)
    room.hand_in(2, output="x", case="Ann B", view="mine", rate=1)
    room.hand_in(1, output="y", case="Somebody", view="mine", rate=1)
    alone = room.page("a")
    assert (alone.compared, alone.compared_with, alone.compared_views) == ((), "", ())
    room.hand_in(1, output="b", case="ANN b", view="mine", rate=4)
    for output, other in (("a", "My view"), ("b", "Their view")):
        page = room.page(output)
        assert (page.compared_with, page.compared_views) == (other, ("My view", "Their view"))
        assert [(one.first, one.second, one.apart) for one in page.compared] == [("4", "2", -20)]
    room.do(c.WithdrawOutput(output=OutputId("b"), reason="Twice"))
    page = room.page("a")
    assert page.compared == ()


def test_views_that_were_not_said_are_not_compared() -> None:
    """Without a view there is nothing to compare with; nor for the trainer where the view is private."""
    room = Room(COMPARED)
    room.hand_in(1, output="a", case="Ann", rate=2)
    room.hand_in(1, output="b", case="Ann", view="mine", rate=3)
    for output in ("a", "b"):
        page = room.page(output)
        assert page.compared == ()
    hidden = replace(COMPARED.items[1], privacy="private")
    room = Room(replace(COMPARED, items=(COMPARED.items[0], hidden, COMPARED.items[2])))
    room.hand_in(1, output="a", case="Ann", view="theirs", rate=2)
    room.hand_in(1, output="b", case="Ann", view="mine", rate=3)
    found = [room.page("a", for_trainer=one) for one in (False, True)]
    assert [page.compared_views for page in found] == [("My view", "Their view"), ()]


# Results

EVERYTHING = exercise(
    item("rate", "rating", scale="how", dont_know=True, factor="all"),
    item("pick", "choice", options=ABC),
    item("place", "grid", x=AXIS, y=AXIS),
    item("along", "line", x=AXIS),
    factors=(Factor(id="all", title="All"),),
)
SHEET: dict[str, Any] = {"rate": 2, "pick": "a", "place": [1, 10], "along": 3}
PICKED: dict[str, Any] = {"pick": "a"}


@pytest.mark.parametrize("at_least", [1, 3, 5, 7])
@pytest.mark.parametrize("count", range(8))
def test_shown_from_a_number_of_people_up(count: int, at_least: int) -> None:
    """Below the number there is the count and nothing else; from it up, everything."""
    room = Room(EVERYTHING)
    for who in range(min(count, 7)):
        room.hand_in(who, **SHEET)
    view = room.together(at_least)
    shown = (view.heat, view.bars, view.fields, view.spreads)
    assert view.people == min(count, 7)
    assert view.enough == (view.people >= at_least)
    assert all(shown) if view.enough else not any(shown)


def test_before_it_was_taken_up() -> None:
    """There are no results of an exercise that this cohort has not taken up."""
    assert together(nobody(), EX) is None


def test_each_item_for_itself() -> None:
    """An item that fewer people answered shows nothing of theirs, however many handed in; nobody is picked out."""
    room = Room(EVERYTHING)
    for who in range(5):
        room.hand_in(who, **(SHEET if who else PICKED))
    view = room.together()
    assert view.heat[0].rows[0].counts == ()
    assert (view.spreads[0].mean, view.spreads[0].scores) == (None, ())
    assert [field.spots for field in view.fields] == [(), ()]
    assert [bar.count for bar in view.bars[0].bars] == [5, 0, 0]
    few = room.together(4)
    assert few.heat[0].rows[0].counts == (0, 4, 0, 0, 0)
    assert [len(field.spots) for field in few.fields] == [4, 4]


def test_one_person_with_many_sheets_is_one_person() -> None:
    """It is people who are counted, not sheets; whoever is on two sheets is one."""
    room = Room(
        exercise(
            item("task"),
            item("pick", "choice", options=ABC),
            filled_by="pair",
            repeatable=True,
            named_by=("task",),
        )
    )
    for number in range(6):
        room.hand_in(1, output=f"o{number}", members=(2,), task=f"Task {number}", pick="a")
    view = room.together()
    assert (view.people, view.enough, view.bars) == (2, False, ())


def test_only_what_counts_is_counted() -> None:
    """What was withdrawn is left out, what was amended counts in its newest version."""
    room = Room(EVERYTHING)
    for who in range(6):
        room.hand_in(who, **SHEET)
    room.hand_in(1, **{**SHEET, "rate": 4})
    room.do(c.WithdrawOutput(output=OutputId("o2"), reason="Twice"))
    view = room.together()
    assert (view.people, view.heat[0].rows[0].counts) == (5, (0, 4, 0, 1, 0))
    room.do(c.WithdrawOutput(output=OutputId("o3"), reason="Twice"))
    assert room.together().heat == ()


def test_don_t_know_is_in_the_table_and_not_in_the_mean() -> None:
    """The way out has the last column, under its own name; means leave it out, and round halves up."""
    room = Room(EVERYTHING)
    for who, rate in enumerate((1, 2, 2, 4, DONT_KNOW, DONT_KNOW)):
        room.hand_in(who, rate=rate)
    (heat,) = room.together().heat
    assert (heat.way_out, heat.labels[-1]) == (True, "can't say")
    assert (heat.rows[0].counts, heat.rows[0].mean) == ((1, 2, 0, 1, 2), 23)
    plain = Room(exercise(item("rate", "rating", scale="how")))
    for who in range(5):
        plain.hand_in(who, rate=1)
    (heat,) = plain.together().heat
    assert (heat.way_out, heat.labels) == (False, SCALE.labels)


def test_a_factor_across_the_room() -> None:
    """A factor has its scale's range, whoever was asked first, and the scores without a hint of whose they are."""
    room = Room(
        exercise(
            item("deep", "yes-no"),
            item("rate", "rating", scale="how", factor="all", when=When(item="deep", any_of=("yes",))),
            factors=(Factor(id="all", title="All"),),
        )
    )
    room.hand_in(0, deep=False)
    for who, rate in enumerate((4, 1, 2, 2, 1), 1):
        room.hand_in(who, deep=True, rate=rate)
    (spread,) = room.together().spreads
    assert (spread.lowest, spread.highest) == (1, 4)
    assert (spread.scores, spread.mean) == ((10, 10, 20, 20, 40), 20)


def bars_of(view: Together, name: str, of: str = "") -> Bars:
    return next(one for one in view.bars if (one.item, one.view) == (name, of))


def test_bars() -> None:
    """Options are counted in the author's order and words: yes-no too, several at once, first places of a ranking."""
    room = Room(
        exercise(
            item("sure", "yes-no", options=YES_NO, right=("yes",)),
            item("many", "choices", options=ABC),
            item("order", "ranking", options=ABC),
        )
    )
    for who in range(5):
        room.hand_in(who, sure=who > 1, many=["c", "a"] if who else ["a"], order=["b", "c", "a"])
    view = room.together()
    sure = bars_of(view, "sure")
    assert [(bar.label, bar.count, bar.right) for bar in sure.bars] == [
        ("Of course", 3, True),
        ("Not yet", 2, False),
    ]
    assert [bar.count for bar in bars_of(view, "many").bars] == [5, 0, 4]
    assert [bar.count for bar in bars_of(view, "order").bars] == [0, 5, 0]
    assert sure.answered == 5


def test_views_are_not_mixed() -> None:
    """Mine and theirs are counted apart, each from the number of people up; the choice of a view over everybody."""
    room = Room(COMPARED)
    for who in range(6):
        room.hand_in(who, output=f"m{who}", case="Ann", view="mine", rate=1)
        if who < 5:
            room.hand_in(who, output=f"t{who}", case="Ann", view="theirs", rate=4)
    view = room.together()
    assert [(heat.view, heat.rows[0].counts) for heat in view.heat] == [
        ("My view", (6, 0, 0, 0)),
        ("Their view", (0, 0, 0, 5)),
    ]
    assert [bar.count for bar in bars_of(view, "view").bars] == [6, 5]
    assert [heat.rows[0].counts for heat in room.together(6).heat] == [(6, 0, 0, 0), ()]


LABELS: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any], Sequence[str]]] = {
    "initials": ({}, {}, ["AO", "AW", "BP", "Z", "ØÅ"]),
    "code": ({}, {"code": "TEA123"}, ["TEA123"] * 5),
    "private exercise": ({"privacy": "private"}, {}, ["•"] * 5),
    "private exercise, code": ({"privacy": "private"}, {"code": "TM1"}, ["•"] * 5),
}


@pytest.mark.parametrize("case", LABELS)
def test_labels_on_a_grid(case: str) -> None:
    """A place is marked by the code given, whole, or else by initials; where it is private, by a dot in any case."""
    keys, answers, expected = LABELS[case]
    room = Room(exercise(item("code", "code"), item("at", "grid", x=AXIS, y=AXIS), **keys))
    for who in (2, 1, 0, 4, 3):
        room.hand_in(who, at=[5, 5], **answers)
    (field,) = room.together().fields
    assert [spot.label for spot in field.spots] == expected
    assert {(spot.x, spot.y) for spot in field.spots} == {(5, 5)}


NOTHING_ELSE: dict[str, Any] = {}


def test_labels_that_are_dots() -> None:
    """A private item, any item of a private exercise, somebody off the register and a sheet without a name have a dot."""
    grid = item("at", "line", x=AXIS, privacy="private")
    room = Room(exercise(item("code", "code"), grid, item("also", "line", x=AXIS)))
    for who in range(5):
        room.hand_in(who, at=who + 1, also=who + 1, **({"code": "TM1"} if who == 3 else NOTHING_ELSE))
    room.do(c.RemoveParticipant(participant=ParticipantId("p1")))
    secret, shown = room.together().fields
    assert {spot.label for spot in secret.spots} == {"•"}
    assert [spot.label for spot in shown.spots] == ["ØÅ", "•", "Z", "TM1", "BP"]
    room.take_up(exercise(item("also", "line", x=AXIS, privacy="evidence"), privacy="private"))
    assert {spot.label for spot in room.together().fields[0].spots} == {"•"}
    box = Room(exercise(item("also", "line", x=AXIS), privacy="anonymous"))
    nameless(box, *({"also": 7} for _ in range(5)))
    assert [spot.label for spot in box.together().fields[0].spots] == ["•"] * 5


def test_initials() -> None:
    """Initials are those of the first and the last word."""
    assert [initials(name) for name in (*NAMES, "漢字 名前")] == [
        "ØÅ",
        "AO",
        "Z",
        "AW",
        "BP",
        "DR",
        "EP",
        "漢名",
    ]


def test_what_no_longer_fits_is_left_out() -> None:
    """Sheets of an older wording count as far as their answers fit the newest, and trouble nobody else."""
    room = Room(
        exercise(item("place"), item("rate", "rating", scale="how"), item("pick", "choice", options=ABC))
    )
    for who in range(5):
        room.hand_in(who, place="At home", rate=4, pick="abc"[who % 3])
    shorter = replace(SCALE, labels=SCALE.labels[:3])
    room.take_up(
        exercise(
            item("place", "grid", x=AXIS, y=AXIS),
            item("rate", "rating", scale="how"),
            item("pick", "choice", options=ABC[:2]),
            scales=(shorter,),
        )
    )
    room.hand_in(5, place=[1, 1], rate=3, pick="b")
    view = room.together(1)
    assert [len(field.spots) for field in view.fields] == [1]
    assert view.heat[0].rows[0].counts == (0, 0, 1)
    assert [bar.count for bar in bars_of(view, "pick").bars] == [2, 3]


def test_sheets_without_a_name() -> None:
    """They count like others, from the number of people up; what they say in words is read here, in no order of theirs."""
    room = Room(exercise(item("pick", "choice", options=ABC), item("text"), privacy="anonymous"))
    nameless(room, *({"pick": "a", "text": text} for text in ("zebra", "Ape", "bee", "Cat")), {"pick": "b"})
    view = room.together()
    assert (view.people, [bar.count for bar in view.bars[0].bars]) == (5, [4, 1, 0])
    assert [one.entries for one in view.words] == [("Ape", "bee", "Cat", "zebra")]
    assert room.together(6).words == ()
    named = Room(exercise(item("text")))
    for who in range(5):
        named.hand_in(who, text="Mine")
    assert named.together().words == ()


BRAINSTORM = exercise(
    item("ideas", "list"),
    item("fun", "rating", scale="how"),
    kind="brainstorm",
    filled_by="group",
    privacy="shared",
    categories=(Choice(id="thanks", text="Thanks"), Choice(id="time", text="Time")),
    dots=2,
)


def ideas(view: Together) -> dict[str, list[Idea]]:
    return {group.title: list(group.ideas) for group in view.board}


def test_the_board_merges_spellings() -> None:
    """Ideas of one spelling, case, spaces and accents set aside, are one idea, named once for each sheet."""
    room = Room(BRAINSTORM)
    room.hand_in(1, ideas=["A café visit", "Cake", "a  CAFE visit"])
    room.hand_in(2, ideas=["cake ", "A cafe visit", "CAKE", "A card"])
    found = ideas(room.together())["Not sorted yet"]
    assert [(idea.text, idea.named) for idea in found] == [("A café visit", 2), ("Cake", 2), ("A card", 1)]


def test_the_board_is_sorted_and_voted_on() -> None:
    """Ideas stand in their category, those with most dots first; dots of people and of the wall add up."""
    room = Room(BRAINSTORM)
    room.hand_in(1, ideas=["Cake", "A card", "Leave early", "Time off"])
    for idea, category in (("cake", "thanks"), ("A CARD", "thanks"), ("Time off", "time")):
        room.do(c.SortIdea(exercise_id=EX, idea=idea, category=category))
    room.do(c.PlaceDots(exercise_id=EX, voter=ParticipantId("p1"), ideas=("cake", "a card")))
    room.do(c.PlaceDots(exercise_id=EX, ideas=("a card", "a card", "gone")))
    found = ideas(room.together())
    assert list(found) == ["Thanks", "Time", "Not sorted yet"]
    assert [(idea.text, idea.dots) for idea in found["Thanks"]] == [("A card", 3), ("Cake", 1)]
    assert sorted(votes_on_wall(room.state, EX)) == ["acard", "acard", "gone"]
    room.take_up(replace(BRAINSTORM, categories=BRAINSTORM.categories[:1]))
    assert [idea.text for idea in ideas(room.together())["Not sorted yet"]] == ["Leave early", "Time off"]
    room.do(c.WithdrawOutput(output=OutputId("o1"), reason="Twice"))
    assert room.together().board == ()


def test_a_board_is_on_the_wall() -> None:
    """A board shows from the first sheet on, what else a brainstorm asks only from enough people, a private board never."""
    room = Room(BRAINSTORM)
    assert not room.together().enough
    room.hand_in(1, ideas=["Cake"], fun=4)
    view = room.together()
    assert (view.enough, view.at_least, len(view.board), view.heat) == (True, 1, 1, ())
    secret = Room(replace(BRAINSTORM, privacy="private"))
    secret.hand_in(1, ideas=["Cake"], fun=4)
    view = secret.together()
    assert (view.enough, view.at_least, view.board) == (False, 5, ())
