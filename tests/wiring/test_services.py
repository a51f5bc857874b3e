"""What the desk is handed: cohorts that open or say why not, lists in any encoding, time taken up after a restart."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmworkshop import journal
from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, NoteId
from pmworkshop.core.people import read_people
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import DAY, HOUR, MINUTE, NOTHING, Duration, Instant, Minutes, TimeOfDay
from pmworkshop.live.workshop import Accepted, Workshop
from pmworkshop.wiring import clock as clocks
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.house import LARGEST_LIST, House
from pmworkshop.wiring.places import journal_path

MORNING = Instant(20_700 * DAY + 9 * HOUR)
DELIVERY = DeliveryId("d1")
PLAN = Session(
    title="Short",
    start=TimeOfDay("09:00"),
    end=TimeOfDay("10:00"),
    segments=(
        Segment(id=SegmentId("s0"), title="Talk", minutes=Minutes(30)),
        Segment(id=SegmentId("s1"), title="Work"),
    ),
)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "data", tmp_path / "no kit")


@pytest.fixture
def workshop(house: House) -> Iterator[Workshop]:
    opened = house.open_cohort("spring", new=True)
    assert isinstance(opened, Workshop)
    yield opened
    opened.close()


def test_a_new_cohort_is_there_at_once(house: House, workshop: Workshop) -> None:
    """It has its first event, is found by its name and in the list, and says where it stands."""
    assert workshop.state.name == "spring"
    assert house.has_cohort("spring")
    assert [one.name for one in house.cohorts()] == ["spring"]
    assert house.standing("spring")[1] == "nothing run yet"
    again = house.open_cohort("spring", new=True)
    assert isinstance(again, Refusal)
    assert "is there already" in again.words


@pytest.mark.parametrize("new", [True, False])
def test_a_data_folder_that_cannot_be_gives_words(tmp_path: Path, *, new: bool) -> None:
    """A file where the folder should be, or an impossible path, is told in words; nothing is left behind."""
    (tmp_path / "file").write_text("in the way")
    for data in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / ("x" * 5_000)):
        house = House(data, tmp_path)
        outcome = house.open_cohort("spring", new=new)
        assert isinstance(outcome, Refusal)
        assert outcome.words.startswith("The cohort “spring” cannot be opened: ")
        assert house.cohorts() == []
        assert not house.has_cohort("spring")
        assert not house.has_cohort("x" * 5_000)
        assert house.keep_failure("Traceback") == ""
        assert house.theme() == ""
        house.keep_theme("nord")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.parametrize("name", ["", "  ", "\x1b\u202e"])
def test_a_cohort_without_a_name_leaves_nothing_behind(house: House, name: str) -> None:
    """It is refused before anything is made."""
    outcome = house.open_cohort(name, new=True)
    assert isinstance(outcome, Refusal)
    assert outcome.words == "A cohort needs a name."
    assert not house.data.exists()


@pytest.mark.parametrize("content", [b"", b"no database at all" * 20, None])
def test_a_file_that_is_no_record_gives_words(house: House, content: bytes | None) -> None:
    """On opening as in the list; a damaged record of ours is told as such."""
    path = journal_path(house.data, "spring")
    if content is None:
        journal.create(path).close()
        content = path.read_bytes()[:5_000]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    outcome = house.open_cohort("spring", new=False)
    assert isinstance(outcome, Refusal)
    assert outcome.words.startswith("The cohort “spring” cannot be opened: ")
    assert ";" in house.standing("spring")[1] or "damaged" in house.standing("spring")[1]
    assert path.read_bytes() == content


def test_a_cohort_cut_off_in_its_making_is_made_whole(house: House) -> None:
    """Killed between the file and its first event, the next opening writes that event."""
    journal.create(journal_path(house.data, "spring")).close()
    opened = house.open_cohort("spring", new=False)
    assert isinstance(opened, Workshop)
    assert opened.state.name == "spring"
    opened.close()


@pytest.mark.parametrize(
    ("step", "lost"),
    [(Duration(HOUR), NOTHING), (Duration(-HOUR), NOTHING), (NOTHING, Duration(30 * MINUTE))],
)
def test_the_day_goes_on_by_its_own_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: Duration, lost: Duration
) -> None:
    """A wall clock set during the day, or set back while the desk was closed, does not move the countdown."""
    hands = {"wall": int(MORNING), "even": 1_000}
    monkeypatch.setattr(clocks, "_wall_milliseconds", lambda: hands["wall"])
    monkeypatch.setattr(clocks, "_even_milliseconds", lambda: hands["even"])

    def pass_by(milliseconds: int) -> None:
        hands["wall"] += milliseconds
        hands["even"] += milliseconds

    house = House(tmp_path, tmp_path)
    workshop = house.open_cohort("spring", new=True)
    assert isinstance(workshop, Workshop)
    opening = c.OpenDelivery(delivery=DELIVERY, session_id="s", session=PLAN, zone="x", utc_offset=NOTHING)
    for command in (opening, c.StartDelivery(delivery=DELIVERY, zone="x", utc_offset=NOTHING)):
        assert isinstance(workshop.handle(command), Accepted)
    pass_by(10 * MINUTE)
    hands["wall"] += step
    if house.clock_stepped():
        workshop.handle(c.ReportClockStep(delivery=DELIVERY, by=step))
    workshop.handle(c.TakeNote(note=NoteId("n"), delivery=DELIVERY, kind="note", text="x"))
    workshop.close()
    pass_by(5 * MINUTE)
    hands["wall"] -= lost
    house = House(tmp_path, tmp_path)
    again = house.open_cohort("spring", new=False)
    assert isinstance(again, Workshop)
    behind = house.keep_time_of(again, DELIVERY)
    assert behind == (lost - 5 * MINUTE if lost else 0)
    assert house.now() == MORNING + (10 if lost else 15) * MINUTE
    assert house.now() >= again.newest
    again.close()


def test_a_rehearsal_keeps_its_own_clock(tmp_path: Path) -> None:
    """Nothing of the laptop's time comes into a rehearsal."""
    house = House(tmp_path, tmp_path, Clock(speed=60, start=MORNING))
    workshop = house.open_cohort("rehearsal", new=True, rehearsal=True)
    assert isinstance(workshop, Workshop)
    assert workshop.state.rehearsal
    assert house.speed == 60
    assert house.keep_time_of(workshop, DELIVERY) == 0
    assert MORNING <= house.now() < MORNING + 10 * MINUTE
    assert house.standing("rehearsal")[1] == "REHEARSAL; nothing run yet"
    workshop.close()


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("Zoë Łukasz\nÅse".encode(), ["Zoë Łukasz", "Åse"]),
        ("\ufeffname;employer\nZoë;Öko".encode(), ["Zoë"]),
        ("name\nZoë".encode("utf-16"), ["Zoë"]),
        ("Zoë\r\nJosé".encode("cp1252"), ["Zoë", "José"]),
        (b"Zo\x81\xff", ["Zoÿ"]),
        (b"", []),
    ],
)
def test_lists_are_read_in_any_encoding(tmp_path: Path, house: House, raw: bytes, names: list[str]) -> None:
    """UTF-8 with and without a mark, UTF-16 with one, and what Windows writes; never a fault."""
    (tmp_path / "list.csv").write_bytes(raw)
    text = house.read_text(str(tmp_path / "list.csv"))
    assert isinstance(text, str)
    assert [person.name for person in read_people(text)] == names


@pytest.mark.parametrize(
    "path", ["", "nowhere.csv", "a\0b", "x" * 5_000, "~no-such-user/list.csv", "/dev/zero", "."]
)
def test_a_list_that_cannot_be_read_gives_words(house: House, path: str) -> None:
    """A path that is wrong, impossible or endless is told in words."""
    assert isinstance(house.read_text(path), Refusal)


def test_a_list_that_is_too_large_or_cut_off_gives_words(house: House, tmp_path: Path) -> None:
    """More than a megabyte is no list of people; half a UTF-16 letter is no text."""
    for raw in (b"x" * (LARGEST_LIST + 1), b"\xff\xfea\x00b"):
        (tmp_path / "list.csv").write_bytes(raw)
        assert isinstance(house.read_text(str(tmp_path / "list.csv")), Refusal)


def test_a_place_without_a_kit_is_a_problem_of_the_kit(house: House) -> None:
    """Home shows it among the problems; nothing raises."""
    kit = house.kit()
    assert kit.sessions == {}
    assert kit.problems


def test_the_theme_and_a_fault_are_kept(house: House, workshop: Workshop) -> None:
    """The theme that was chosen is there next time; a fault's details are in a file that the words name."""
    assert workshop.state.exists
    assert house.theme() == ""
    house.keep_theme("nord")
    assert house.theme() == "nord"
    words = house.keep_failure("Traceback\n\ud800")
    assert str(house.data / "faults.txt") in words
    assert "Traceback" in (house.data / "faults.txt").read_text("utf-8")
    assert house.keymap() == ({}, "")
    (house.data / "keys.yaml").write_text("run.next: f2\n")
    assert house.keymap() == ({"run.next": "f2"}, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_a_lost_terminal_ends_the_process(tmp_path: Path) -> None:
    """While the terminal is there nothing happens; once it is gone, the process ends at once, with exit code 1."""
    import pty  # noqa: PLC0415  # not on Windows

    outer, inner = pty.openpty()
    watching = (
        "import sys, time; from pathlib import Path; from pmworkshop.wiring.house import House\n"
        f"house = House(Path({str(tmp_path)!r}), Path('.'))\n"
        "house.leave_if_terminal_lost(); print('there', flush=True)\n"
        "for _ in range(100): time.sleep(0.1); house.leave_if_terminal_lost()\n"
    )
    command = [sys.executable, "-c", watching]
    with subprocess.Popen(command, stdin=inner, stdout=subprocess.PIPE, start_new_session=True) as child:
        os.close(inner)
        assert child.stdout is not None
        assert child.stdout.readline() == b"there\n"
        os.close(outer)
        assert child.wait(timeout=8) == 1
