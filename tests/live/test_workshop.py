"""The running workshop on a real record: acknowledged is durable, resuming is replaying, trouble is words."""

import asyncio
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pmworkshop
from pmworkshop import journal
from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.ids import DeliveryId, NoteId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.plan import Resource, SegmentId
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.running import projection
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.units import MINUTE, NOTHING, Instant
from pmworkshop.live.codec import encode
from pmworkshop.live.record import Entry, RecordTroubleError
from pmworkshop.live.replay import replay
from pmworkshop.live.workshop import Accepted, Workshop
from pmworkshop.wiring.record import JournalRecord, opener, stored_rows
from tests.core.any_commands import COMMANDS, MORNING, PLAN, TAKEN_UP, instants
from tests.golden import make_journal

Opening = Callable[..., Workshop]

DELIVERY = DeliveryId("d1")
OPENING: tuple[c.Command, ...] = (
    c.CreateCohort(name="spring"),
    c.OpenDelivery(
        delivery=DELIVERY,
        session_id="session-a",
        session=PLAN,
        resources=(Resource(id="talk", title="The talk"),),
        zone="Europe/London",
        utc_offset=NOTHING,
    ),
    c.StartDelivery(delivery=DELIVERY, zone="Europe/London", utc_offset=NOTHING),
)


def note(number: int | str, text: str = "Seen") -> c.TakeNote:
    return c.TakeNote(note=NoteId(f"n{number}"), delivery=DELIVERY, kind="note", text=text)


def prepared(workshop: Workshop) -> Workshop:
    for command in OPENING:
        assert isinstance(workshop.handle(command), Accepted)
    return workshop


def bodies(place: Path) -> list[str | None]:
    return [row.body for row in journal.read_rows(place).rows]


def until(true: Callable[[], bool], seconds: float = 3.0) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


class Gated(JournalRecord):
    """The real record, with a gate before each append and a count of them."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, new=not path.exists())
        self.gate, self.reached, self.appends = threading.Event(), threading.Event(), 0
        self.gate.set()

    def append(self, entries: Sequence[Entry], *, expected: Any) -> Any:
        self.reached.set()
        assert self.gate.wait(10)
        self.appends += 1
        return super().append(entries, expected=expected)


class Troubled(JournalRecord):
    """The real record, whose next appends come to grief as the test wishes."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, new=not path.exists())
        self.trouble: Exception | None = None
        self.disk_full = False

    def append(self, entries: Sequence[Entry], *, expected: Any) -> Any:
        if self.trouble is not None:
            raise self.trouble
        self._let_it_grow(yes=not self.disk_full)
        return super().append(entries, expected=expected)

    def save_drafts(self, drafts: Mapping[str, str], *, at: int) -> None:
        self._let_it_grow(yes=not self.disk_full)
        super().save_drafts(drafts, at=at)

    def _let_it_grow(self, *, yes: bool) -> None:
        db = self._journal._db
        pages = 2**30 if yes else db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")


def keep(made: list[Any], kind: Callable[[Path], Any], place: Path) -> Callable[[], Any]:
    """Open a record of that kind, and let the test have it."""

    def start() -> Any:
        made.append(kind(place))
        return made[-1]

    return start


# ---- acknowledged is durable


def test_what_is_acknowledged_is_durable_already(open_workshop: Opening, place: Path) -> None:
    """Nothing is acknowledged before it is recorded; once it is, another connection finds it in the file."""
    made: list[Gated] = []
    workshop = prepared(open_workshop(keep(made, Gated, place)))
    (record,) = made
    for command in (note(1), c.Pause(delivery=DELIVERY), c.MoveOn(delivery=DELIVERY)):
        before, rows = workshop.state, journal.read_rows(place).rows
        seen: list[list[str | None]] = []
        record.reached.clear()
        record.gate.clear()
        future = workshop.submit(command)
        future.add_done_callback(lambda _, seen=seen: seen.append(bodies(place)))  # type: ignore[misc]
        assert record.reached.wait(10)
        assert not future.done()
        assert workshop.state is before
        assert journal.read_rows(place).rows == rows
        record.gate.set()
        outcome = future.result(10)
        assert isinstance(outcome, Accepted)
        assert outcome.state == workshop.state
        assert until(lambda seen=seen: bool(seen))  # type: ignore[misc]
        events = [encode(event, Instant(0)).body for event in outcome.events]
        assert seen == [[row.body for row in rows] + events]


def test_many_at_once_share_their_commits(open_workshop: Opening, place: Path) -> None:
    """Hundreds of commands from many threads are all there, none twice, each thread's in order, in few commits."""
    made: list[Gated] = []
    workshop = prepared(open_workshop(keep(made, Gated, place)))
    (record,) = made
    before = record.appends
    record.gate.clear()
    futures: dict[str, list[Any]] = {}

    def ask(thread: str) -> None:
        futures[thread] = [workshop.submit(note(f"{thread}-{n}")) for n in range(60)]

    threads = [threading.Thread(target=ask, args=(name,)) for name in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    record.gate.set()
    for name, asked in futures.items():
        for number, future in enumerate(asked):
            outcome = future.result(10)
            assert isinstance(outcome, Accepted)
            assert NoteId(f"n{name}-{number}") in outcome.state.notes
    assert record.appends - before <= 4
    taken = [str(one) for one in workshop.state.notes]
    assert len(taken) == 480
    for name in "abcdefgh":
        mine = [one for one in taken if one.startswith(f"n{name}-")]
        assert mine == [f"n{name}-{number}" for number in range(60)]
    report = journal.verify(place)
    assert report.ok, report.words
    assert report.events == 480 + 3


# ---- the replay law, through the file


@pytest.fixture(scope="session")
def day() -> list[tuple[Instant, c.Command]]:
    """Return the day of the golden journals, in which every event happens."""
    return [(Instant(MORNING + minute * MINUTE), command) for minute, command in make_journal.script()]


@st.composite
def scripts(draw: st.DrawFn, day: list[tuple[Instant, c.Command]]) -> list[list[c.Command]]:
    """Any commands in any order, or most of a day with some put in between, in handfuls asked for all at once."""
    if draw(st.booleans()):
        opening = draw(st.sampled_from([OPENING, (*OPENING, *TAKEN_UP), (*OPENING[:2], *TAKEN_UP), ()]))
        more = draw(st.lists(st.lists(st.one_of(*COMMANDS.values()), min_size=1, max_size=6), max_size=8))
        return [list(opening), *more]
    gone = draw(st.sets(st.integers(0, len(day)), max_size=5))
    script = [command for place, (_, command) in enumerate(day) if place not in gone]
    for place, command in draw(
        st.lists(st.tuples(st.integers(1, len(script)), st.one_of(*COMMANDS.values())), max_size=5)
    ):
        script.insert(place, command)
    size = draw(st.integers(1, 20))
    return [script[at : at + size] for at in range(0, len(script), size)]


def test_the_golden_day_writes_every_event(
    open_workshop: Opening, place: Path, day: list[tuple[Instant, c.Command]]
) -> None:
    """On the file it leads to each event there is, so that the law below writes and reads them all."""
    now = day[0][0]
    workshop = open_workshop(clock=lambda: now)
    for now, command in day:  # noqa: B007  # the clock above reads it
        assert isinstance(workshop.handle(command), Accepted)
    assert {row.name for row in journal.read_rows(place).rows} == set(e.EVENTS)


def test_the_law_knows_every_command() -> None:
    """A command that is new must come into the law below."""
    assert set(COMMANDS) == set(c.Command.__args__)


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
@settings(deadline=None, database=None, max_examples=80)
@given(data=st.data(), readings=st.lists(instants, min_size=1))
def test_a_reopened_cohort_is_as_it_was(
    day: list[tuple[Instant, c.Command]], data: st.DataObject, readings: list[Instant]
) -> None:
    """Whatever was asked for, and whatever the clock did: closed and opened again, the state is the same."""
    ticking, script = itertools.cycle(readings), data.draw(scripts(day))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "journal.db")
        workshop = Workshop(opener(path, new=True), lambda: next(ticking))
        recorded = 0
        for handful in script:
            for future in [workshop.submit(command) for command in handful]:
                outcome = future.result(10)
                if isinstance(outcome, Refusal):
                    assert outcome.words.strip()
                else:
                    recorded += len(outcome.events)
        before, newest = workshop.state, workshop.newest
        workshop.close()
        reopened = Workshop(opener(path, new=False), lambda: next(ticking))
        assert reopened.state == before
        assert repr(reopened.state.outputs) == repr(before.outputs)
        assert reopened.newest == newest
        reopened.close()
        assert replay(nobody(), stored_rows(path))[0] == before
        report = journal.verify(path)
        assert report.ok, report.words
        assert report.events == recorded
        instants_recorded = [row.at for row in journal.read_rows(path).rows]
        assert instants_recorded == sorted(instants_recorded)


def test_a_note_before_the_start_and_after_the_end_is_read_back(open_workshop: Opening) -> None:
    """A note that stands under no segment does not keep the record from being opened again."""
    workshop = open_workshop()
    for command in (
        *OPENING[:2],
        note("before"),
        OPENING[2],
        c.FinishDelivery(delivery=DELIVERY),
        note("after"),
    ):
        assert isinstance(workshop.handle(command), Accepted)
    workshop.close()
    assert [one.segment for one in open_workshop().state.notes.values()] == [None, None]


def test_what_could_not_be_read_back_is_never_recorded(open_workshop: Opening) -> None:
    """An event outside its own bounds is refused in words, and the record can be opened again."""
    workshop = prepared(open_workshop())
    before = workshop.state
    too_long = replace(PLAN.segments[0], title="x" * 300)
    session = replace(PLAN, segments=(too_long,))
    command = c.OpenDelivery(
        delivery=DeliveryId("d2"), session_id="x", session=session, zone="x", utc_offset=NOTHING
    )
    outcome = workshop.handle(command)
    assert isinstance(outcome, Refusal)
    assert "nothing was recorded" in outcome.words
    workshop.close()
    assert open_workshop().state == before


def test_ten_thousand_events_are_folded_on_opening(open_workshop: Opening, place: Path) -> None:
    """A long record opens, with everything in it."""
    prepared(open_workshop()).close()
    taken = [
        e.NoteTaken(
            note=NoteId(f"n{n}"), delivery=DELIVERY, segment=SegmentId("s0"), kind="note", text=f"{n}"
        )
        for n in range(2_000)
    ]
    with journal.open_journal(place) as record:
        corrected = [
            e.NoteCorrected(note=one.note, kind="note", text=f"{one.text}-{round_}")
            for round_ in range(4)
            for one in taken
        ]
        entries = [encode(event, MORNING) for event in taken]
        entries += [encode(event, MORNING) for event in corrected]
        record.append(
            [journal.Entry(at=x.at, name=x.name, version=x.version, body=x.body) for x in entries],
            expected=record.head,
        )
    state = open_workshop().state
    assert len(state.notes) == 2_000
    assert all(len(one.wordings) == 5 for one in state.notes.values())
    assert state.notes[NoteId("n1999")].newest.text == "1999-3"
    assert state.deliveries[DELIVERY].current == SegmentId("s0")


# ---- trouble with the record


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        (
            RecordTroubleError("the folder is gone; look for it"),
            "Not recorded: the folder is gone; look for it",
        ),
        (ValueError("an odd thing"), "Not recorded: ValueError: an odd thing"),
        (None, "Not recorded: the disk is full"),
    ],
)
def test_a_batch_that_cannot_be_recorded_is_refused_whole(
    open_workshop: Opening, place: Path, trouble: Exception | None, says: str
) -> None:
    """Each of the batch is told why, the state and the file stay as they were, and the next batch works."""
    made: list[Troubled] = []
    workshop = prepared(open_workshop(keep(made, Troubled, place)))
    (record,) = made
    heard: list[Cohort] = []
    workshop.subscribe(heard.append)
    before, rows = workshop.state, journal.read_rows(place).rows
    record.trouble, record.disk_full = trouble, trouble is None
    long = "x" * 9_000
    futures = [workshop.submit(note(n, long)) for n in range(3)]
    futures.append(workshop.submit(c.Resume(delivery=DELIVERY)))
    outcomes = [future.result(10) for future in futures]
    told = [outcome.words for outcome in outcomes if isinstance(outcome, Refusal)]
    assert [words.startswith(says) for words in told] == [True, True, True, False]
    assert told[3] == "The clock is not paused."
    assert workshop.state is before
    assert heard == []
    assert journal.read_rows(place).rows == rows
    if trouble is None:
        with pytest.raises(RecordTroubleError, match="the disk is full"):
            workshop.save_draft("note", long).result(10)
    record.trouble, record.disk_full = None, False
    assert isinstance(workshop.handle(note("next", long)), Accepted)
    assert list(workshop.state.notes) == ["nnext"]
    assert journal.verify(place).ok


def test_a_fault_in_a_rule_spares_the_workshop(
    open_workshop: Opening, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that makes the rules fail is refused in words; the rest of its batch and the day go on."""
    made: list[Gated] = []
    workshop = prepared(open_workshop(keep(made, Gated, place)))
    heard: list[Cohort] = []

    def listener(_: Cohort) -> None:
        raise RuntimeError("this screen is going away")

    workshop.subscribe(listener)
    workshop.subscribe(heard.append)
    nonsense: Any = "no command at all"
    made[0].gate.clear()
    futures = [workshop.submit(one) for one in (c.Pause(delivery=DELIVERY), note(1), nonsense, note(2))][1:]
    made[0].gate.set()
    first, second, third = (future.result(10) for future in futures)
    assert isinstance(first, Accepted)
    assert isinstance(second, Refusal)
    assert "nothing was recorded" in second.words
    assert isinstance(third, Accepted)

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a slip of ours")

    with monkeypatch.context() as patch:
        patch.setattr("pmworkshop.live.workshop.apply", broken)
        outcome = workshop.handle(note(3))
    assert isinstance(outcome, Refusal)
    assert "ZeroDivisionError" in outcome.words
    assert "a slip of ours" not in outcome.words  # which may quote somebody's answer
    assert isinstance(workshop.handle(note(4)), Accepted)
    assert list(workshop.state.notes) == ["n1", "n2", "n4"]
    assert until(lambda: bool(heard) and heard[-1] == workshop.state)


async def test_whoever_stops_waiting_harms_nobody(open_workshop: Opening, place: Path) -> None:
    """A cancelled future does not take the command back, nor the workshop down."""
    made: list[Gated] = []
    workshop = prepared(open_workshop(keep(made, Gated, place)))
    (record,) = made
    record.reached.clear()
    record.gate.clear()
    waiting = asyncio.wrap_future(workshop.submit(note(1)))
    with suppress(TimeoutError):
        await asyncio.wait_for(waiting, 0.05)
    assert waiting.cancelled()
    impatient = workshop.submit(note(2))
    assert not impatient.cancel()
    record.gate.set()
    outcome = await asyncio.wrap_future(workshop.submit(note(3)))
    assert isinstance(outcome, Accepted)
    assert list(workshop.state.notes) == ["n1", "n2", "n3"]


def test_nobody_waits_for_a_closed_workshop(open_workshop: Opening) -> None:
    """What is asked for before closing is done; what comes too late is answered in words, and at once."""
    workshop = prepared(open_workshop())
    in_time = [workshop.submit(note(number)) for number in range(300)]
    workshop.close()
    assert all(isinstance(future.result(10), Accepted) for future in in_time)
    outcome = workshop.submit(note("late")).result(10)
    assert isinstance(outcome, Refusal)
    assert "closed" in outcome.words
    with pytest.raises(RecordTroubleError, match="closed"):
        workshop.drafts()
    workshop.close()
    assert len(open_workshop().state.notes) == 300


# ---- drafts


def test_drafts_survive(open_workshop: Opening, place: Path) -> None:
    """Unfinished writing is there again after reopening, each in its newest form, and is no part of the chain."""
    workshop = prepared(open_workshop())
    head = journal.verify(place).head
    for text in ("Ha", "Half a th", "Half a thought\n\x1b[31m 🧑‍🏫 "):
        workshop.save_draft("note:d1", text)
    workshop.save_draft("note:d2", "gone soon")
    workshop.save_draft("note:d2", "").result(10)
    broken = workshop.save_draft("note:d3", "half a pair: \ud83d")
    with pytest.raises(UnicodeEncodeError):
        broken.result(10)
    assert isinstance(workshop.handle(c.Pause(delivery=DELIVERY)), Accepted)
    workshop.close()
    assert open_workshop().drafts() == {"note:d1": "Half a thought\n\x1b[31m 🧑‍🏫 "}
    assert journal.verify(place).head.seq == head.seq + 1


# ---- events that are gone, or from elsewhere


def test_the_erased_are_skipped(open_workshop: Opening, place: Path) -> None:
    """Once a person's events are erased, nothing of them is left, and the clock is as it was."""
    workshop = prepared(open_workshop())
    anna, boris = ParticipantId("p1"), ParticipantId("p2")
    for command in (
        c.AddParticipants(people=((anna, Person(name="Anna")), (boris, Person(name="Boris")))),
        c.MarkAttendance(delivery=DELIVERY, participant=anna, arrival="late"),
        note(1, "Anna is tired"),
        c.Pause(delivery=DELIVERY),
    ):
        assert isinstance(workshop.handle(command), Accepted)
    day = projection(workshop.state.deliveries[DELIVERY], workshop.newest)
    workshop.close()
    about_anna = [
        row.seq for row in journal.read_rows(place).rows if "p1" in str(row.body) or "Anna" in str(row.body)
    ]
    with journal.open_journal(place) as record:
        assert record.erase(about_anna) == 3
    again = open_workshop()
    assert list(again.state.participants) == [boris]
    assert again.state.notes == {}
    assert again.state.deliveries[DELIVERY].attendance == {}
    assert projection(again.state.deliveries[DELIVERY], again.newest) == day
    assert isinstance(again.handle(c.Resume(delivery=DELIVERY)), Accepted)
    assert journal.verify(place).ok


@pytest.mark.parametrize(
    ("name", "version", "body", "says"),
    [
        ("RoomTeleported", 1, "{}", "written by a newer pmworkshop: update this one"),
        ("Paused", 2, '{"delivery":"d1"}', "written by a newer pmworkshop: update this one"),
        ("Paused", 1, '{"delivery":7}', "event 4, Paused, cannot be read at delivery"),
        ("Paused", 1, '{"delivery":"d1","why":"tea"}', "at why; it was written by a newer pmworkshop"),
        ("Paused", 1, "not JSON", "event 4, Paused, cannot be read at its body"),
        ("Resumed", 1, '{"delivery":"d1"}', "does not fit what is recorded before it"),
    ],
)
def test_an_event_from_elsewhere_gives_words(
    open_workshop: Opening, place: Path, name: str, version: int, body: str, says: str
) -> None:
    """What cannot be understood is named, on opening and while running; nothing is written after it, or lost."""
    running = prepared(open_workshop())
    before = running.state
    with journal.open_journal(place) as record:
        record.append([journal.Entry(at=1, name=name, version=version, body=body)], expected=record.head)
    with pytest.raises(RecordTroubleError, match=says):
        open_workshop()
    outcome = running.handle(note(1))
    assert isinstance(outcome, Refusal)
    assert says in outcome.words
    assert running.state is before
    assert [row.name for row in journal.read_rows(place).rows][3:] == [name]


# ---- two on one cohort

OTHER = """
import sys, time
from pathlib import Path
from pmworkshop.core import commands as c
from pmworkshop.live.workshop import Accepted
from pmworkshop.wiring.house import House
workshop = House(Path(sys.argv[1]), Path()).open_cohort(sys.argv[2], new=False)
print("ready", flush=True)
sys.stdin.readline()
for number in range(60):
    taken = c.TakeNote(note=f"other-{number}", delivery="d1", kind="note", text="From the other")
    assert isinstance(workshop.handle(taken), Accepted)
end = time.monotonic() + 5
while len(workshop.state.notes) < 120 and time.monotonic() < end:
    time.sleep(0.01)
print(len(workshop.state.notes), flush=True)
workshop.close()
"""


def test_two_processes_on_one_cohort(open_workshop: Opening, place: Path) -> None:
    """Both write at once, neither forks the record or loses anything, and each sees the other's without asking."""
    workshop = prepared(open_workshop())
    env = os.environ | {"PYTHONPATH": str(Path(pmworkshop.__file__).parents[1])}
    command = [sys.executable, "-c", OTHER, str(place.parent.parent), place.parent.name]
    with subprocess.Popen(
        command, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        other.stdin.write("go\n")
        other.stdin.flush()
        for number in range(60):
            assert isinstance(workshop.handle(note(number)), Accepted)
        heard: list[int] = []
        workshop.subscribe(lambda state: heard.append(len(state.notes)))
        assert until(lambda: len(workshop.state.notes) == 120, 5)
        assert other.stdout.readline() == "120\n"
    assert other.returncode == 0
    assert journal.verify(place).ok
    taken = [json.loads(body or "")["note"] for body in bodies(place)[3:]]
    assert [one for one in taken if one.startswith("n")] == [f"n{number}" for number in range(60)]
    assert [one for one in taken if one.startswith("o")] == [f"other-{number}" for number in range(60)]


def test_news_comes_within_two_seconds(open_workshop: Opening) -> None:
    """Who only watches sees what the other wrote, and is told."""
    one, two = prepared(open_workshop()), open_workshop()
    heard: list[Cohort] = []
    two.subscribe(heard.append)
    one.handle(note(1))
    assert until(lambda: bool(heard), 2.0)
    assert heard[-1] == two.state == one.state


def test_news_that_comes_with_a_refusal_is_told(open_workshop: Opening, place: Path) -> None:
    """Where a command is refused because of what the other did, the screens are redrawn with it."""
    made: list[Gated] = []
    one = prepared(open_workshop())
    two = open_workshop(keep(made, Gated, place))
    heard: list[Cohort] = []
    two.subscribe(heard.append)
    made[0].gate.clear()
    refused = two.submit(c.Pause(delivery=DELIVERY))
    assert made[0].reached.wait(10)
    assert isinstance(one.handle(c.Pause(delivery=DELIVERY)), Accepted)
    made[0].gate.set()
    outcome = refused.result(10)
    assert isinstance(outcome, Refusal)
    assert outcome.words == "The clock is paused already."
    assert until(lambda: bool(heard), 2.0)
    assert heard[-1] == one.state


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """Whatever happens in a test, the workshops' threads end with it."""
    before = set(threading.enumerate())
    yield
    assert until(lambda: not [t for t in threading.enumerate() if t not in before and t.name == "workshop"])
