"""Journals of earlier versions, kept as they were written: they open for ever, and mean what they meant."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pmworkshop import journal
from pmworkshop.core.events import EVENTS, VERSIONS
from pmworkshop.core.ids import DeliveryId, NoteId, ParticipantId
from pmworkshop.core.state import Attendance, Delivery
from pmworkshop.core.units import HOUR, MINUTE, Duration, Instant
from pmworkshop.live.codec import decode, encode
from pmworkshop.live.views.summary import notes_view, register_view, summary_view
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.record import opener, stored_rows

HERE = Path(__file__).parent
HEADS = {"version-1.db": "35e613657d94af2f0ebb10c5b9d58fa4b3460d6ff8bc10e9fd8a6eb86f4eda00"}
"""The head of each golden journal's chain, as a pack would have printed it."""
MORNING = 1_803_893_400_000


@pytest.fixture(params=sorted(HEADS))
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copy(HERE / request.param, tmp_path / request.param))


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Open the first golden journal; closed already, for a state needs no record."""
    path = Path(shutil.copy(HERE / "version-1.db", tmp_path / "journal.db"))
    opened = Workshop(opener(path, new=False), Clock().now)
    assert opened.drafts() == {"note:d1": "Half a thought"}
    opened.close()
    return opened


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


def test_the_register_of_version_1(workshop: Workshop) -> None:
    """Names of any script, put right, with who came and when."""
    state = workshop.state
    assert (state.name, state.rehearsal, state.created) == ("Golden cohort", False, MORNING - 30 * MINUTE)
    delivery = state.deliveries[DeliveryId("d1")]
    people = [(one.name, one.organisation, one.attendance) for one in register_view(state, delivery)]
    assert people == [
        ("Chloe", "Ærø", ""),
        ("Zoë \U0001f9d1\u200d\U0001f3eb", "Ærø", "present"),
        ("Борис", "", "late, 09:37; left 10:10"),
    ]
    assert state.participants[ParticipantId("p1")].registration == "ILM-1"
    assert delivery.attendance[ParticipantId("p2")] == Attendance(arrival="late", since=at(7), left=at(40))


def test_the_notes_of_version_1(workshop: Workshop) -> None:
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


def test_the_day_of_version_1(workshop: Workshop) -> None:
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


def test_the_plan_of_version_1(workshop: Workshop) -> None:
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


def at(minute: int) -> Instant:
    return Instant(MORNING + minute * MINUTE)
