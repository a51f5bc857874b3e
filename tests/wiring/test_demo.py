"""The demonstration, run once as a newcomer runs it, and what it left behind: in the record, in the packs, on the screen."""

import io
import json
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pmworkshop import journal
from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.answers import read
from pmworkshop.core.exercise import expanded
from pmworkshop.core.rotating import role_of
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import DAY, MINUTE, wall_clock
from pmworkshop.library.kit import load_kit
from pmworkshop.live.codec import decode
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.demo.people import EXERCISES, Days, answers, groups, guests
from pmworkshop.wiring.demo.place import aside, free_name, put_in_place
from pmworkshop.wiring.demo.play import last_two_tuesdays
from pmworkshop.wiring.exporting import held
from pmworkshop.wiring.places import journal_path, shipped_kit
from pmworkshop.wiring.record import opener, stored_rows
from pmworkshop.wiring.verifying import proof_of

pytestmark = pytest.mark.timeout(300)
GENEROUS = 200
DRAFTS = {
    "Olúfẹ́mi Adéyẹmí": "It is not signed.",
    "Siobhán Ní Dhálaigh": "has 3 blanks",
    "Tomasz Wiśniewski": "The signature no longer holds",
}


class Ran(NamedTuple):
    data: Path
    out: str
    talk: str
    seconds: float

    @property
    def path(self) -> Path:
        return self.data / "demonstration" / "journal.db"

    @property
    def state(self) -> Cohort:
        return held(self.path).state

    @property
    def packs(self) -> list[Path]:
        return sorted((self.data / "demonstration" / "exports").glob("*.zip"))


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    data, began = tmp_path_factory.mktemp("data") / "PM Workshop", time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pmworkshop", "demo", "--data", str(data)],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=GENEROUS,
        check=False,
    )
    out, talk = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert done.returncode == 0, talk
    return Ran(data, out, talk, time.monotonic() - began)


def owner(pack: Path) -> str:
    """Return whose pack it is, by its own account."""
    return str(manifest(pack)["person"]["name"])


def manifest(pack: Path) -> dict[str, Any]:
    with zipfile.ZipFile(pack) as opened:
        found: dict[str, Any] = json.loads(opened.read("manifest.json"))
    return found


def texts(pack: Path) -> Iterator[tuple[str, str]]:
    """Yield every text in a pack: its files, and those within the document to be edited."""
    with zipfile.ZipFile(pack) as opened:
        for name in opened.namelist():
            content = opened.read(name)
            if name.endswith(".docx"):
                with zipfile.ZipFile(io.BytesIO(content)) as document:
                    yield name, re.sub(r"<[^>]+>", " ", document.read("word/document.xml").decode())
            elif name.endswith((".html", ".json", ".jsonl")):
                yield name, content.decode()


def test_it_ends_well_in_a_pipe_and_says_where_everything_is(ran: Ran) -> None:
    """The demonstration runs without a terminal, tells its steps line by line, and what it names is there."""
    assert ran.seconds < GENEROUS
    assert "\r" not in ran.talk.replace("\r\n", "\n")
    assert "Session A: Introductions" in ran.talk
    assert "Evidence pack 8 of 8" in ran.talk
    assert ran.out.startswith("DEMONSTRATION")
    exports = ran.data / "demonstration" / "exports"
    for path in (exports / "open-first" / "evidence-pack.pdf", exports / "report" / "index.html"):
        assert str(path) in ran.out
        assert path.is_file()
    assert not list(ran.data.glob(".*"))


def test_eight_packs_of_which_three_are_drafts_each_for_a_reason_of_its_own(ran: Ran) -> None:
    """Everybody gets a pack; blanks, a missing signature and a change after signing each make it a draft."""
    assert len(ran.packs) == 8
    assert {owner(one) for one in ran.packs if manifest(one)["draft"]} == set(DRAFTS)
    for name, why in DRAFTS.items():
        line = next(line for line in ran.out.splitlines() if name in line)
        assert "DRAFT" in line
        assert why in line


def test_every_pack_and_the_record_itself_verify(ran: Ran) -> None:
    """What a newcomer is told to try next says that it holds."""
    assert journal.verify(ran.path).ok
    for one in ran.packs:
        assert proof_of(one).ok, one.name


def test_people_came_in_by_phone_at_the_laptop_and_on_paper(ran: Ran) -> None:
    """Each route is on the record as it was: also under the signatures, and paper as typed in by the trainer."""
    state = ran.state
    came = {(one.newest.route, one.newest.entered_by) for one in state.outputs.values()}
    assert came == {("phone", "participant"), ("laptop", "participant"), ("paper", "trainer")}
    assert {one.route for one in state.signed.values()} == {"phone", "laptop", "paper"}
    assert len(state.joined) == 6
    assert len(state.centre_signed) == 5
    assert len(state.anonymous["evaluation"]) == 7


def test_the_day_had_what_days_have(ran: Ran) -> None:
    """Somebody is late under another name, one is away for a while, one leaves early; work is amended and withdrawn."""
    state, names = ran.state, [row.name for row in journal.read_rows(ran.path).rows]
    assert names.count("ParticipantMerged") == 1
    assert names.count("LeftEarly") == 2
    assert [one for one in state.participants.values() if one.walk_in] == []
    early = [who for one in state.deliveries.values() for who, mark in one.attendance.items() if mark.left]
    assert [state.participants[who].name for who in early] == ["Olúfẹ́mi Adéyẹmí"]
    assert sum(one.withdrawn is not None for one in state.outputs.values()) == 1
    assert sum(len(one.versions) > 1 for one in state.outputs.values()) >= 5
    assert {one.newest.particulars.kind for one in state.records.values()} == {"observation", "witness"}
    assert len(state.mapped) == 1
    assert state.boards["reward-ideas"].dots
    assert {len(draws) for draws in state.draws.values()} == {1}
    assert not any(one.open for one in state.activities.values())


def test_it_was_recorded_on_two_mornings_a_week_apart_and_none_of_it_in_the_future(ran: Ran) -> None:
    """Both sessions begin at half past nine by the laptop's own clocks, and the record lies in the past."""
    a, b = ran.state.deliveries.values()
    assert [wall_clock(one.marks.planned_start, one.utc_offset) for one in (a, b)] == ["09:30", "09:30"]
    assert abs(b.marks.planned_start - a.marks.planned_start - 7 * DAY) <= 60 * MINUTE
    assert held(ran.path).at < Clock().now()
    assert len(a.marks.visits) == len(a.session.segments)
    assert len(b.marks.visits) == len(b.session.segments)


def test_everything_is_marked_a_demonstration(ran: Ran) -> None:
    """The record and every document say that nobody real has done any of it."""
    assert ran.state.demonstration
    for one in ran.packs:
        assert manifest(one)["demonstration"] is True
        found = dict(texts(one))
        assert "DEMONSTRATION" in found["evidence-pack.html"]
        assert '"demonstration": true' in found["evidence.json"]
    assert "DEMONSTRATION" in (ran.data / "demonstration/exports/report/index.html").read_text("utf-8")


def test_no_pack_holds_anything_of_somebody_else(ran: Ran) -> None:
    """Neither another's name, unless they agreed, nor what another wrote is in any text of a pack."""
    found = {one.name: one for one in guests()}
    for pack in ran.packs:
        for name, text in texts(pack):
            for other in found.values():
                if other.name == owner(pack):
                    continue
                if not other.sign.get("may-be-named"):
                    assert other.name not in text, f"{other.name} in {pack.name}, {name}"
                for sheet in other.sheets.values():
                    for said in sheet.values():
                        long = isinstance(said, str) and len(said) > 60
                        assert not (long and said[:60] in text), (
                            f"{other.name}: {said[:60]} in {pack.name}, {name}"
                        )


def test_a_real_cohort_of_that_name_is_left_alone(tmp_path: Path) -> None:
    """Only a demonstration is replaced: a real cohort, or anything else of that name, stays as it is."""
    path = journal_path(tmp_path, "demonstration")
    assert free_name(tmp_path) == "demonstration"
    for number, demonstration in enumerate((False, True)):
        workshop = Workshop(opener(path, new=True), Clock().now)
        workshop.handle(c.CreateCohort(name=path.parent.name, demonstration=demonstration))
        workshop.close()
        assert free_name(tmp_path) == "demonstration-2"
        path = journal_path(tmp_path, "demonstration-2")
        assert path.exists() == bool(number)
    (tmp_path / "demonstration-3").mkdir()
    with aside(tmp_path) as folder:
        (folder / "demonstration-2").mkdir()
        assert put_in_place(folder / "demonstration-2", tmp_path / "demonstration-2")
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "demonstration",
        "demonstration-2",
        "demonstration-3",
    ]
    assert journal_path(tmp_path, "demonstration").exists()


def test_what_the_eight_wrote_fits_the_shipped_kit() -> None:
    """Every sheet answers questions that are asked, in full, but for the one that is handed in with gaps."""
    kit, gaps = load_kit(shipped_kit()), []
    days = Days(a=date(2026, 10, 6), b=date(2026, 10, 13))
    written_by = [(one.name, one.sheets) for one in guests()] + [(one.name, one.sheets) for one in groups()]
    for who, sheets in written_by:
        for name, written in sheets.items():
            exercise = expanded(kit.exercises[EXERCISES.get(name, name)], kit.unit)
            raw = answers(exercise, written, days)
            sheet = read(exercise, raw)
            assert set(sheet.answers) == set(raw), f"{who}: {name}"
            gaps += [(who, name)] if sheet.flaws else []
    assert gaps == [("Siobhán Ní Dhálaigh", "goal-practice")]


@pytest.mark.parametrize("day", range(1, 15))
def test_the_two_tuesdays_are_over(day: int) -> None:
    """Whatever day it is, Session B was on a Tuesday before it and Session A a week earlier."""
    today = date(2026, 12, day)
    days = last_two_tuesdays(today)
    assert (days.a.weekday(), days.b.weekday()) == (1, 1)
    assert 1 <= (today - days.b).days <= 7
    assert (days.b - days.a).days == 7


def test_everybody_had_the_role_that_their_sheet_speaks_of(ran: Ran) -> None:
    """The coaching went by rounds in groups made by chance, and sheets and rounds say the same of who was what."""
    state = ran.state
    events = [decode(row) for row in stored_rows(ran.path)]
    begun = [one for one in events if isinstance(one, e.RoundBegun)]
    (rotation,) = state.rotations.values()
    assert ([one.number for one in begun], rotation.rounds, rotation.ended is not None) == ([2, 3], 3, True)
    told = {"coaching-observer": "Observer"}
    seen = 0
    for output in state.outputs.values():
        if output.exercise_id not in ("coaching-grow", "coaching-observer"):
            continue
        written = output.newest.answers
        role = told.get(output.exercise_id) or str(written["role"]).capitalize()
        then = replace(rotation, number=int(str(written["round"])[-1]))
        assert role_of(then, output.participant) == role, state.participants[output.participant].name
        seen += 1
    assert seen == 8
