"""Journals of earlier versions, kept as they were written: they open for ever, and mean what they meant."""

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pmworkshop import journal
from pmworkshop.core.events import EVENTS, VERSIONS
from pmworkshop.core.exercise import ITEM_KEYS
from pmworkshop.core.ids import DeliveryId, GroupingId, NoteId, OutputId, ParticipantId, RecordId, RotationId
from pmworkshop.core.output import FLIP_CHART, Withdrawal
from pmworkshop.core.packing import goes_in
from pmworkshop.core.result import result
from pmworkshop.core.signing import holds_for_centre
from pmworkshop.core.state import Attendance, Cohort, Delivery, Message, Seat
from pmworkshop.core.units import HOUR, MINUTE, Duration, Instant
from pmworkshop.live.codec import decode, encode
from pmworkshop.live.views.summary import notes_view, register_view, summary_view
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.record import opener, stored_rows

HERE = Path(__file__).parent
HEADS = {
    "version-1.db": "35e613657d94af2f0ebb10c5b9d58fa4b3460d6ff8bc10e9fd8a6eb86f4eda00",
    "version-2.db": "a4e2c6bbdf2b7b6a29f8effd56a8e56ab95eaf0c7f13568091595d42fd909668",
    "version-3.db": "b9ff663ba963d3e0dbc47a81a4b714e5169dc0ca6f575d0862839ee412d8128d",
    "version-4.db": "2d383ce99ea07bf8705a019b12b293dce03f5757d88f20f72606044d7312ae83",
    "version-5.db": "ff600d98c8f4b5fcf2b222d9810eb6ba3d09f89ba837e5b06f996545efc6f7fc",
}
"""The head of each golden journal's chain, as a pack would have printed it."""
MORNING = 1_803_893_400_000
WALK_IN = ParticipantId("p5")


@pytest.fixture(params=sorted(HEADS))
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copy(HERE / request.param, tmp_path / request.param))


def opened(name: str, folder: Path) -> Workshop:
    """Open a copy of a golden journal; closed already, for a state needs no record."""
    path = Path(shutil.copy(HERE / name, folder / "journal.db"))
    workshop = Workshop(opener(path, new=False), Clock().now)
    assert workshop.drafts() == {"note:d1": "Half a thought"}
    workshop.close()
    return workshop


@pytest.fixture(params=sorted(HEADS))
def workshop(request: pytest.FixtureRequest, tmp_path: Path) -> Workshop:
    """Open each golden journal: they hold the same morning, from the second on with exercises and cards."""
    return opened(request.param, tmp_path)


@pytest.fixture(params=["version-2.db", "version-3.db", "version-4.db", "version-5.db"])
def second(request: pytest.FixtureRequest, tmp_path: Path) -> Cohort:
    return opened(request.param, tmp_path).state


@pytest.fixture(params=["version-3.db", "version-4.db", "version-5.db"])
def third(request: pytest.FixtureRequest, tmp_path: Path) -> Cohort:
    return opened(request.param, tmp_path).state


@pytest.fixture(params=["version-4.db", "version-5.db"])
def fourth(request: pytest.FixtureRequest, tmp_path: Path) -> Cohort:
    return opened(request.param, tmp_path).state


@pytest.fixture
def fifth(tmp_path: Path) -> Cohort:
    return opened("version-5.db", tmp_path).state


def test_the_kept_files_are_all_tried_and_none_has_changed(golden: Path) -> None:
    """Every journal here has its head on the list, and its chain still ends in it."""
    assert {path.name for path in HERE.glob("*.db")} == set(HEADS)
    report = journal.verify(golden)
    assert report.ok, report.words
    assert report.head.hash == HEADS[golden.name]


def test_every_event_in_every_version_is_kept_somewhere() -> None:
    """An event that is new, or has a new version, needs a golden journal that holds it."""
    held = {(row.name, row.version) for name in HEADS for row in journal.read_rows(HERE / name).rows}
    assert held == {(name, version) for name in EVENTS for version in range(1, VERSIONS[name] + 1)}


def test_an_event_of_the_present_version_is_written_as_it_was(golden: Path) -> None:
    """Read and written again, an old event says all that it said: a field may be added, but no meaning moves."""
    for row in stored_rows(golden):
        event = decode(row)
        assert event is not None
        if row.version == VERSIONS[row.name]:
            assert says_all_of(json.loads(encode(event, Instant(row.at)).body), json.loads(row.body or ""))


def says_all_of(new: Any, old: Any) -> bool:
    if isinstance(old, dict):
        return all(key in new and says_all_of(new[key], value) for key, value in old.items())
    if isinstance(old, list):
        return len(new) == len(old) and all(map(says_all_of, new, old))
    return bool(new == old)


def test_the_register(workshop: Workshop) -> None:
    """Names of any script, put right, with who came and when."""
    state = workshop.state
    assert (state.name, state.rehearsal, state.created) == ("Golden cohort", False, MORNING - 30 * MINUTE)
    delivery = state.deliveries[DeliveryId("d1")]
    expected = [one for one in register_view(state, delivery) if one.participant != WALK_IN]
    people = [(one.name, one.organisation, one.attendance) for one in expected]
    assert people == [
        ("Chloe", "Ærø", ""),
        ("Zoë \U0001f9d1\u200d\U0001f3eb", "Ærø", "present"),
        ("Борис", "", "late, 09:37; left 10:10"),
    ]
    assert state.participants[ParticipantId("p1")].registration == "ILM-1"
    assert delivery.attendance[ParticipantId("p2")] == Attendance(arrival="late", since=at(7), left=at(40))


def test_the_notes(workshop: Workshop) -> None:
    """Each under its segment, the newest wording first, the earlier ones kept."""
    late, early = notes_view(workshop.state)
    assert (late.under, late.kind, late.text, late.owner) == (
        "Break",
        "parking lot",
        "Pay and rations?",
        "Boris",
    )
    assert late.earlier == ("Pay?",)
    assert (early.under, early.text, early.corrections) == ("before or after the session", "Cold room", 0)
    assert workshop.state.notes[NoteId("n1")].wordings[0].at == at(-14)


def test_the_day(workshop: Workshop) -> None:
    """The start put right, the pause, the minutes added, the break begun ahead of its time, the end taken back."""
    delivery = workshop.state.deliveries[DeliveryId("d1")]
    marks = delivery.marks
    visits = [(str(visit.segment), visit.entered, visit.begins) for visit in marks.visits]
    assert visits == [("talk", at(1), at(1)), ("break", at(14), at(17)), ("work", at(25), at(25))]
    assert [(pause.start, pause.end) for pause in marks.pauses] == [(at(10), at(13))]
    assert marks.added == {"talk": 2 * MINUTE}
    assert marks.ended == at(50)
    assert delivery.corrected == {"talk": at(2)}
    assert delivery.clock_steps == (Duration(-HOUR),)
    assert delivery.prepared == {"deck"}
    assert delivery.seen == {("talk", 1)}
    assert delivery.chosen == {"work": ("film", "cards")}
    assert (delivery.zone, delivery.utc_offset) == ("Europe/London", 0)
    summary = summary_view(workshop.state, delivery, at(999))
    assert [row.actual_minutes for row in summary.rows] == [10, 8, 25]
    assert summary.headline.startswith("Ended at 10:20, 10 min ahead")


def test_the_plan(workshop: Workshop) -> None:
    """The plan is the copy taken then, whatever the kit says now."""
    taken: Delivery = workshop.state.deliveries[DeliveryId("d2")]
    assert not taken.started
    talk, pause, work = taken.session.segments
    assert (talk.look_for, talk.criteria, talk.shortest) == (("gaps", "overkill"), ("1.1", "2.3"), 10)
    assert (pause.kind, pause.fixed, pause.at) == ("break", True, "09:50")
    assert work.options is not None
    assert [option.id for option in work.options.of] == ["film", "cards"]
    assert taken.session.provenance[0].sure == "inferred"
    link = workshop.state.deliveries[DeliveryId("d1")].resources[0].link
    assert link == "https://example.org/deck"


def test_the_outputs_since_version_2(second: Cohort) -> None:
    """Each version with its edition, its route and every kind of answer; who shared it; what was withdrawn, and why."""
    first, taken_back, gone = (second.outputs[OutputId(f"o{number}")] for number in (1, 2, 3))
    assert (first.people, first.delivery, first.segment) == (("p1", "p3"), "d1", "work")
    old, new = first.versions
    assert (old.at, old.route, old.entered_by, old.submission) == (at(30), "phone", "participant", "s1")
    assert (new.at, new.edition, new.route, new.answers["note"]) == (at(31), 0, "laptop", "Zoë again")
    assert dict(old.answers) == {
        "who": "TM1",
        "view": "a",
        "rated": "dont-know",
        "known": 3,
        "agreed": True,
        "some": ("a", "b"),
        "order": ("b", "a"),
        "note": "Zoë",
        "story": "One day\nwe talked.",
        "began": 12,
        "stayed": 7.5,
        "by": "2027-01-24",
        "ways": ("one", "two"),
        "table": ({"what": "x", "how": "a", "due": "2027-01-24"}, {"what": "y"}),
        "line": 10,
        "grid": (1, 10),
        "photo": "c0ffee" * 10 + "abcd",
        "sure-1-1": "Quite",
    }
    assert old.answers["agreed"] is True
    assert (taken_back.newest.edition, taken_back.newest.route, taken_back.withdrawn) == (1, "paper", None)
    assert gone.withdrawn == Withdrawal(at=at(33), reason="Twice")


def test_the_exercises_since_version_2(second: Cohort) -> None:
    """Both wordings and the unit, as they were taken up; a result of then is the result of now."""
    before, after = second.editions["form"]
    assert (before.title, after.title) == ("Every kind of item", "Worded anew")
    assert {item.kind for item in before.items} == set(ITEM_KEYS)
    assert before.items[-1].text == "1.1 Identify two ways?"
    assert second.unit is not None
    assert (second.unit.marking.rule, second.unit.outcomes[0].criteria[0].minimum) == ("above half", 2)
    activity = second.activities["form"]
    assert (activity.opened, activity.segment, activity.open, activity.revealed) == (
        at(29),
        "work",
        True,
        True,
    )
    assert second.activities["box"].closed == at(34)
    found = result(before, [second.outputs[OutputId("o1")].newest.answers])
    assert (found.scores[0].words, found.scores[0].reason) == ("no score", "only 1 of 2 known; 2 are needed")
    assert (found.rates[0].percent, found.caveats) == (63, ("Not a test.",))


def test_what_was_done_together_since_version_2(second: Cohort) -> None:
    """The anonymous box, the board with its dots, the card in the group's hands, the timer that runs."""
    assert [sheet.answers["ways"] for sheet in second.anonymous["box"]] == [("a", "b"), ("x", "y")]
    assert second.emptied == {"box-1"}
    board = second.boards["storm"]
    assert dict(board.sorted) == {"oneway": "a"}
    assert board.dots == {"p1": ("another", "oneway"), FLIP_CHART: ("oneway",) * 5}
    (draw,) = second.draws["talks/Red"]
    assert (draw.at, draw.swapped) == (at(36), True)
    assert (draw.card.title, draw.card.difficulty, draw.card.turn) == ("Coffee first", 2, "The phone rings.")
    assert draw.card.briefs[0].text == "You saw it."
    assert {name: (one.started, one.length) for name, one in second.timers.items()} == {
        "trios": (at(38), 6 * MINUTE)
    }


def test_who_came_in_by_phone_in_version_3(third: Cohort) -> None:
    """By name, as a walk-in, by a code; whose phones were signed out, and when each was in first."""
    joined = {one: third.participants[one].name for one in third.joined}
    assert joined == {
        "p3": "Chloe",
        "p5": "Walter Ødegård",
        "p1": "Zoë \U0001f9d1\u200d\U0001f3eb",
        "p2": "Борис",
    }
    assert [third.joined[ParticipantId(one)] for one in ("p3", "p5", "p1", "p2")] == [
        at(3),
        at(3),
        at(4),
        at(4),
    ]
    assert [one.id for one in third.participants.values() if one.walk_in] == [WALK_IN]
    assert third.phones == {device(0): "p3", device(1): "p5", device(4): "p1", device(5): "p2"}
    assert "p6" not in third.participants
    assert third.signed_out == {"p1": 1}


def test_what_was_done_in_the_room_in_version_3(third: Cohort) -> None:
    """Who plays and who observes, what goes into whose pack, and what the trainer said last."""
    assert third.seats == {
        ("talks", "p3"): Seat(group="Red", number=1),
        ("talks", "p1"): Seat(group="Red", number=0),
    }
    own = third.outputs[OutputId("o4")]
    assert third.for_pack == {("o4", "p1"): True, ("o4", "p3"): False}
    assert [goes_in(third, own, ParticipantId(one)) for one in ("p1", "p2", "p3")] == [True, False, False]
    assert third.message == Message(at=at(39), text="Please wash your cups\nBitte Tassen spülen")


def test_what_backs_the_evidence_up_in_version_4(fourth: Cohort) -> None:
    """A criterion added, a record put right and one withdrawn, what the centre asks for, signatures; somebody erased."""
    assert fourth.centre is not None
    assert (fourth.centre.number, fourth.centre.keep_months) == ("012345", 24)
    assert {key: (one.on, one.reason) for key, one in fourth.mapped.items()} == {
        ("o4", "1.1"): (True, "Says so at the end")
    }
    assert [one.particulars.text for one in fourth.records[RecordId("r1")].wordings] == [
        "She gave two ways.",
        "She gave three ways.",
    ]
    withdrawn = fourth.records[RecordId("r2")].withdrawn
    assert withdrawn is not None
    assert withdrawn.reason == "A relative after all"
    signature = fourth.signed[ParticipantId("p1")]
    assert (signature.name, signature.may_be_named, signature.refuses_standardisation) == ("Zoë", True, True)
    assert [one.text for one in signature.declarations] == ["It is mine."]
    assert holds_for_centre(fourth, ParticipantId("p1"))
    assert fourth.erased == {"p7"}


def test_how_the_day_was_caught_up_in_version_5(fifth: Cohort) -> None:
    """One proposal taken back, another standing: minutes moved, a segment left out, an option run; a segment more in the plan."""
    delivery = fifth.deliveries[DeliveryId("d3")]
    assert [segment.id for segment in delivery.session.segments] == ["talk", "break", "work", "more"]
    assert delivery.taken_over == 1
    assert [one.id for one in delivery.accepted] == ["q2"]
    assert delivery.marks.added == {"talk": -5 * MINUTE}
    assert delivery.marks.dropped == {"work"}
    assert delivery.chosen == {"more": ("film",)}


def test_the_groups_and_rounds_of_version_5(fifth: Cohort) -> None:
    """Who worked with whom, whose line manager is here, and how far the rounds went."""
    trios = fifth.groupings[GroupingId("g1")]
    assert (trios.name, trios.groups) == ("Trios", (("p1", "p5", "p3"), ("p2",)))
    assert fifth.managers == {"p1": "p3"}
    rounds = fifth.rotations[RotationId("t1")]
    assert (rounds.title, rounds.number, rounds.started, rounds.ended) == ("Coaching", 2, at(40), at(40))
    assert (rounds.roles, rounds.work, rounds.feedback) == (
        ("Coach", "Coachee", "Observer"),
        4 * MINUTE,
        2 * MINUTE,
    )


def device(number: int) -> str:
    return sha256(f"phone {number}".encode()).hexdigest()


def at(minute: int) -> Instant:
    return Instant(MORNING + minute * MINUTE)
