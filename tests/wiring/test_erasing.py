"""Erasing a person, on the disk: the bytes are gone, the record still proves itself, and nothing is ever half done."""

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop import journal
from pmworkshop.cli import cli
from pmworkshop.core import commands as c
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.ids import DeliveryId, NoteId, OutputId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.theirs import Log, everybody
from pmworkshop.core.units import NOTHING, Instant, Minutes
from pmworkshop.export.parcel import About, parcel
from pmworkshop.export.slices import record_lines
from pmworkshop.live.codec import encode
from pmworkshop.live.replay import replay
from pmworkshop.live.views.activity import activity_view
from pmworkshop.live.views.coverage import matrix
from pmworkshop.live.views.outputs import ERASED, output_page
from pmworkshop.live.views.own_pack import own_pack
from pmworkshop.live.views.packing import pack_view
from pmworkshop.live.views.results import together
from pmworkshop.live.views.summary import register_view, summary_view
from pmworkshop.live.workshop import Accepted, Workshop
from pmworkshop.wiring import erasing
from pmworkshop.wiring.erasing import carry_out, look
from pmworkshop.wiring.record import opener, stored_rows
from tests.core.any_commands import DECK, MORNING, PLAN
from tests.core.test_erasing import records

Pmw = Callable[..., Result]
ANNA, BO, JON = (ParticipantId(name) for name in ("a1", "b2", "j3"))
MINE, OURS, BOS = (OutputId(name) for name in ("mine", "ours", "bos"))
DAY = DeliveryId("d1")
PHOTO, SHARED, LOST = ("ab" * 32, "cd" * 32, "ef" * 32)
NAME = "Annelore Quetzal"
FORM = Exercise(
    title="Form",
    kind="worksheet",
    about="me",
    filled_by="group",
    repeatable=True,
    named_by=("who",),
    privacy="private",
    minutes=Minutes(5),
    instructions="Go.",
    items=(
        Item(id="who", kind="short", text="What?"),
        Item(id="chart", kind="photo", text="Chart?", required=False),
    ),
)


def hand_in(
    output: OutputId, by: ParticipantId, *members: ParticipantId, who: str, chart: str
) -> c.SubmitOutput:
    return c.SubmitOutput(
        output=output,
        exercise_id="form",
        participant=by,
        members=members,
        answers={"who": who, "chart": chart},
        route="phone",
        entered_by="participant",
    )


COURSE: tuple[c.Command, ...] = (
    c.CreateCohort(name="spring"),
    c.OpenDelivery(delivery=DAY, session_id="a", session=PLAN, zone="UTC", utc_offset=NOTHING),
    c.AddParticipants(
        people=((ANNA, Person(name="Anelore Quetzal", registration="ILM-77")), (BO, Person(name="Bo Strand")))
    ),
    c.CorrectParticipant(participant=ANNA, person=Person(name=NAME, registration="ILM-77")),
    c.JoinRoom(participant=JON, name="Q. Annelore", device="1" * 64),
    c.MergeWalkIn(walk_in=JON, into=ANNA),
    c.MarkAttendance(delivery=DAY, participant=ANNA, arrival="late"),
    c.TakeUpExercise(exercise_id="form", exercise=FORM),
    c.OpenActivity(exercise_id="form"),
    hand_in(MINE, ANNA, who="zymurgy the first", chart=PHOTO),
    hand_in(MINE, ANNA, who="zymurgy the second", chart=SHARED),
    hand_in(OURS, ANNA, BO, who="what we made", chart=SHARED),
    hand_in(BOS, BO, who="his alone", chart=SHARED),
    c.ChooseForPack(output=MINE, participant=ANNA, on=True),
    c.TakeSeat(participant=ANNA, deck_id="talks", deck=DECK, group="Red", seat=1),
    c.TakeNote(note=NoteId("n1"), delivery=DAY, kind="note", text="Annelore spoke of Bo's team"),
    c.TakeNote(note=NoteId("n2"), delivery=DAY, kind="note", text="Cold room"),
)
HERS = ("Annelore Quetzal", "Anelore", "Q. Annelore", "ILM-77", "zymurgy", PHOTO, "half a thought", "1" * 64)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Record the course, with photos, half-filled sheets and exports beside it."""
    folder = tmp_path / "data" / "spring"
    workshop = Workshop(opener(folder / "journal.db", new=True), lambda: MORNING)
    for command in COURSE:
        assert isinstance(workshop.handle(command), Accepted), command
    workshop.save_draft(f"form:form:{ANNA}:", '{"answers": {"who": "half a thought"}}').result()
    workshop.save_draft(f"form:form:{BO}:", json.dumps({"group": f"{NAME}\nSomebody"})).result()
    workshop.save_draft("note:d1", "Half a note").result()
    workshop.close()
    photos = folder / "photos"
    photos.mkdir()
    for name in (PHOTO, SHARED, LOST):
        (photos / f"{name}.jpg").write_bytes(name.encode())
    rows = journal.read_rows(folder / "journal.db").rows
    exports = folder / "exports"
    (exports / "reports").mkdir(parents=True)
    (exports / "A Quetzal.zip").write_bytes(pack(rows, ANNA, NAME, b"all of it"))
    (exports / "B Strand.zip").write_bytes(pack(rows, BO, "Bo Strand", b"his"))
    (exports / "C.zip").write_bytes(pack(rows, ParticipantId("c4"), "C", b"with Annelore&#32;Quetzal"))
    (exports / "reports" / "register.csv").write_text(f'"{NAME}",late\n', "utf-8")
    (exports / "reports" / "sessions.csv").write_text("Talk,09:30\n", "utf-8")
    (exports / "reports" / "register.pdf").write_bytes(b"%PDF")
    (exports / "holiday.png").write_bytes(b"a picture")
    return folder / "journal.db"


def pack(rows: tuple[journal.Row, ...], whose: ParticipantId, name: str, page: bytes) -> bytes:
    about = About(
        software="0",
        cohort="spring",
        participant=whose,
        person=name,
        unit="x",
        head_seq=rows[-1].seq,
        head_hash=rows[-1].hash,
        made=Instant(rows[-1].at),
    )
    return parcel({"evidence-pack.html": page, "record.jsonl": record_lines(rows, ())}, about)


@pytest.fixture
def pmw(place: Path) -> Pmw:
    def run(*words: str, answer: str = "") -> Result:
        result = CliRunner().invoke(cli, [*words, "--data", str(place.parents[1])], input=answer)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def files_under(folder: Path) -> dict[str, bytes]:
    return {
        one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()
    }


def test_her_bytes_are_gone_from_everything_in_the_folder(place: Path, pmw: Pmw) -> None:
    """Journal, -wal, drafts, photos and exports: searched for her names, answers, number, phone; the rest stays."""
    before = b"".join(files_under(place.parent).values()).decode(errors="replace")
    for text in HERS:
        assert text in before, text
    result = pmw("erase", "spring", NAME, "--yes")
    assert result.exit_code == 0, result.output
    after = files_under(place.parent)
    notes = "Annelore spoke of Bo's team"
    for name, content in after.items():
        for text in HERS:
            assert text not in content.decode(errors="replace").replace(notes, ""), (name, text)
    assert set(after) == {
        "journal.db",
        f"photos/{SHARED}.jpg",
        "exports/B Strand.zip",
        "exports/holiday.png",
        "exports/reports/sessions.csv",
    }
    with journal.open_journal(place) as record:
        assert record.drafts() == {f"form:form:{BO}:": '{"group": "Somebody"}', "note:d1": "Half a note"}


def test_the_record_still_proves_itself_and_says_what_happened(place: Path, pmw: Pmw) -> None:
    """The chain holds, tells how many events are empty, and of whom without a name; asked again, nobody is found."""
    result = pmw("erase", "spring", NAME, "--yes")
    report = journal.verify(place)
    assert report.ok
    assert report.erased == 10
    assert (
        f"Erased: 10 events, 2 photos, 4 files in exports.\nThe chain holds: {report.events} events (10 erased)"
        in result.stdout
    )
    assert f"({report.erased} erased)" in pmw("verify", "spring").stdout
    last = json.loads(journal.read_rows(place).rows[-1].body or "")
    assert last == {"participant": ANNA, "also": [JON], "events": 10}
    again = pmw("erase", "spring", NAME, "--yes")
    assert again.exit_code == 2
    assert "nobody of the name" in again.stderr
    assert journal.verify(place).head == report.head


def test_what_she_made_with_others_is_theirs_and_says_erased(place: Path, pmw: Pmw) -> None:
    """Bo's evidence has her as erased; every page that shows the cohort can be drawn from what is left."""
    assert pmw("erase", "spring", "q. annelore", "--yes").exit_code == 0
    state, _ = replay(nobody(), stored_rows(place))
    assert set(state.outputs) == {OURS, BOS}
    page = output_page(state, OURS)
    assert page is not None
    assert page.people == (ERASED, "Bo Strand")
    delivery = state.deliveries[DAY]
    assert [one.name for one in register_view(state, delivery)] == ["Bo Strand"]
    assert summary_view(state, delivery, MORNING).rows
    assert together(state, "form", 1) is not None


def test_it_says_beforehand_what_it_will_do_and_what_it_leaves(place: Path, pmw: Pmw) -> None:
    """Without --yes it asks; whoever says no finds all as it was; others' records that name her are listed, with the reason."""
    (place.parents[1] / "faults.txt").write_text(f"ValueError: '{NAME}'", "utf-8")
    before, rows = files_under(place.parent), journal.read_rows(place).rows
    result = pmw("erase", "spring", "annelore  QUETZAL", answer="n\n")
    assert result.exit_code == 1
    assert journal.read_rows(place).rows == rows
    assert files_under(place.parent) | {"journal.db": b""} == before | {"journal.db": b""}
    words = " ".join(result.stderr.split())
    assert "Annelore Quetzal, ILM-77, before: Q. Annelore, Anelore Quetzal, in “spring”:" in words
    assert "10 events of the record, with 1 output" in words
    assert "A Quetzal.zip" in words
    assert "B Strand.zip" not in words
    assert "Kept, because others made it too (their name goes from it): Form" in words
    assert "may be somebody else's record" in words
    assert "a note: Annelore spoke of Bo's team" in words
    assert "holiday.png" in words
    assert "faults.txt: a report of a fault" in words
    assert "out of reach" in words
    assert "Nothing was erased." in words


def test_open_elsewhere_nothing_is_done(place: Path, pmw: Pmw) -> None:
    """While a desk or a room has the cohort open, even idly, it is refused plainly, and not a byte is different."""
    workshop = Workshop(opener(place, new=False), lambda: MORNING)
    try:
        rows = journal.read_rows(place).rows
        result = pmw("erase", "spring", NAME, "--yes")
        assert result.exit_code == 1
        assert "is open elsewhere; close this cohort at the desk" in result.stderr
        assert journal.read_rows(place).rows == rows
        assert (place.parent / "exports" / "A Quetzal.zip").exists()
        assert isinstance(workshop.handle(c.ShowMessage(text="Still here")), Accepted)
    finally:
        workshop.close()
    assert pmw("erase", "spring", NAME, "--yes").exit_code == 0


class CutOffError(Exception):
    """Stands for a kill."""


@pytest.mark.parametrize("step", ["append", "_remove", "change_drafts", "erase"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_cut_off_at_any_step_it_is_finished_by_asking_again(
    place: Path, pmw: Pmw, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    """Wherever it is cut off, the chain holds, and the same words again (or what clears up) leave nothing of hers."""
    owner = erasing if step == "_remove" else journal.Journal
    whole = getattr(owner, step)

    def cut(*args: object, **more: object) -> None:
        if when == "after":
            whole(*args, **more)
        raise CutOffError

    with monkeypatch.context() as patched:
        patched.setattr(owner, step, cut)
        with pytest.raises(CutOffError):
            carry_out(place, look(place, NAME))
    assert journal.verify(place).ok
    finished = pmw("erase", "spring", NAME, "--yes")
    done_before = (step, when) == ("erase", "after")
    assert finished.exit_code == (2 if done_before else 0), finished.output
    rows = journal.read_rows(place).rows
    assert sum(row.name == "ParticipantErased" for row in rows) == 1
    assert journal.verify(place).erased == 10
    left = b"".join(files_under(place.parent).values()).decode(errors="replace")
    for text in ("Quetzal", "zymurgy", PHOTO, "half a thought"):
        assert text not in left


def test_several_of_one_name_are_told_apart_by_id(place: Path, pmw: Pmw) -> None:
    """It is not for the program to choose; the words say who they are and how to."""
    workshop = Workshop(opener(place, new=False), lambda: MORNING)
    other = c.AddParticipants(
        people=((ParticipantId("z9"), Person(name=NAME, organisation="Ærø")),), doubles="add"
    )
    assert isinstance(workshop.handle(other), Accepted)
    workshop.close()
    result = pmw("erase", "spring", NAME, "--yes")
    assert result.exit_code == 2
    assert "2 people have the name" in result.stderr
    assert f"{ANNA} is {NAME}, ILM-77" in result.stderr
    assert f"z9 is {NAME}, Ærø" in result.stderr
    assert pmw("erase", "spring", "z9", "--yes").exit_code == 0
    assert "Quetzal" in (journal.read_rows(place).rows[2].body or "")


def test_a_file_that_will_not_go_is_named(place: Path, pmw: Pmw, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system does not let go of (open in another program) is left to the trainer, by name; exit 1."""
    unlink = Path.unlink

    def stuck(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == "A Quetzal.zip":
            raise PermissionError(13, "in use")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", stuck)
    result = pmw("erase", "spring", NAME, "--yes")
    assert result.exit_code == 1
    assert "could not be removed; remove them yourself:" in result.stdout
    assert "A Quetzal.zip" in result.stdout
    assert journal.verify(place).erased == 10


# ---- any record


def recorded(log: Log, folder: Path) -> Path:
    path = folder / "journal.db"
    with journal.create(path) as record:
        entries = [encode(one.event, one.at) for one in log]
        record.append(
            [journal.Entry(at=one.at, name=one.name, version=one.version, body=one.body) for one in entries],
            expected=record.head,
        )
    return path


def texts(rows: tuple[journal.Row, ...]) -> Iterator[str]:
    """Yield what is said in these rows; not what looks like 64 zeros, with which every chain begins."""
    for row in rows:
        found = said(json.loads(row.body or "{}"))
        yield from (text for text in found if len(text.encode()) >= 6 and "0" * 60 not in text)


def said(found: object) -> Iterator[str]:
    """Yield the texts in a body, without the names of its fields."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for one in found.values() if isinstance(found, dict) else found:
            yield from said(one)


def every_page(state: Cohort) -> None:
    """Draw what shows people and what they made, from a state that has lost somebody."""
    for output in state.outputs:
        assert output_page(state, output)
    for delivery in state.deliveries.values():
        assert len(register_view(state, delivery)) == len(state.participants)
        assert summary_view(state, delivery, MORNING).rows
    for exercise_id in state.editions:
        together(state, exercise_id, 1)
        activity_view(state, exercise_id, MORNING)
    for participant in state.participants:
        pack_view(state, participant, MORNING, (1, "0" * 64), "pmworkshop")
        own_pack(state, participant)
    matrix(state)


@given(data=st.data())
@settings(deadline=None, database=None, max_examples=60)
def test_whatever_was_recorded_what_was_only_hers_is_in_no_byte(data: st.DataObject) -> None:
    """For any record: after erasing anybody it replays and verifies, and no byte holds what stood only in their events."""
    log = data.draw(records())
    people = everybody(log)
    if not people:
        return
    known = data.draw(st.sampled_from(people))
    with tempfile.TemporaryDirectory() as folder:
        path = recorded(log, Path(folder))
        with journal.open_journal(path) as record:
            record.save_drafts({f"form:x:{known.people[0]}:": "what she began"}, at=1)
        rows = journal.read_rows(path).rows
        done = carry_out(path, look(path, known.people[0]))
        assert done.report.ok
        left = journal.read_rows(path).rows
        gone = tuple(row for row, now in zip(rows, left, strict=False) if now.body is None and row.body)
        assert len(gone) == done.events > 0
        every_page(replay(nobody(), stored_rows(path))[0])
        content = b"".join(files_under(Path(folder)).values())
        kept = "\n".join(row.body or "" for row in left)
        for text in set(texts(gone)):
            written = json.dumps(text, ensure_ascii=False)[1:-1]
            assert written in kept or written.encode() not in content, written
        assert all((row.salt or b"-") not in content for row in gone)
        assert b"what she began" not in content
