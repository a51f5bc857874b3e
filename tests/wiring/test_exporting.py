"""Whole packs, by the verb: what is in every file of them, what is not, and that they are there whole or not at all."""

import io
import json
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from pmworkshop.cli import cli
from pmworkshop.core import commands as c
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.desk.services import ExportOutcome
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.exporting import export_packs, held
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import shipped_kit
from tests.export.marked import MARK, OPEN, PEOPLE, due, marked, strangers, withheld
from tests.export.pack_cohort import CENTRE, Day, for_centre, sheet
from tests.export.pdf_words import words

DOCUMENTS = {
    "SHA256SUMS",
    "evidence-pack.docx",
    "evidence-pack.html",
    "evidence-pack.pdf",
    "evidence.json",
    "evidence.schema.json",
    "follow-up.ics",
    "manifest.json",
    "record.jsonl",
}


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    """Give a cohort whose people have unmistakable words, in a folder of cohorts, and open as on the desk."""
    found = marked(tmp_path / "marked" / "journal.db")
    yield found
    found.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path


def pmw(data: Path, *args: str) -> Result:
    return CliRunner().invoke(cli, [*args, "--data", str(data)])


def packs(folder: Path) -> dict[str, Path]:
    """Return the packs in a folder by whose they are, as their manifests say."""
    found = {}
    for path in folder.glob("*.zip"):
        with zipfile.ZipFile(path) as pack:
            found[json.loads(pack.read("manifest.json"))["person"]["id"]] = path
    return found


def plain(name: str, content: bytes) -> str:
    """Return all words of a file of a pack, without any space in a PDF."""
    if name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(content)) as paper:
            meta = " ".join(map(str, (paper.docinfo.items())))
            return "".join(words(page) for page in paper.pages) + meta
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as inner:
            return " ".join(
                re.sub("<[^>]*>", "", inner.read(one).decode())
                for one in inner.namelist()
                if one.endswith(("xml", "rels"))
            )
    return content.decode()


def test_every_file_of_every_pack_holds_its_owners_words_and_nobody_elses(day: Day, data: Path) -> None:
    """All that is due stands in each document; what is private, and others' names, words and codes, in no file at all."""
    result = pmw(data, "export", "marked", "--draft")
    assert result.exit_code == 0, result.stderr
    found = packs(data / "marked" / "exports")
    assert set(found) == set(PEOPLE)
    for person, path in found.items():
        who = ParticipantId(person)
        view = day.view(who)
        with zipfile.ZipFile(path) as pack:
            assert set(pack.namelist()) == DOCUMENTS
            texts = {name: plain(name, pack.read(name)) for name in pack.namelist()}
        everything = set(due(day, who))
        for name in ("evidence-pack.pdf", "evidence-pack.html", "evidence-pack.docx", "evidence.json"):
            assert set(MARK.findall(texts[name])) == everything, name
        assert not withheld(day, who) & everything
        for name, text in texts.items():
            assert set(MARK.findall(text)) <= everything, name
            if not name.endswith(".pdf"):  # which has no spaces here; its own test looks for names
                assert [one.pattern for one in strangers(who, view) if one.search(text)] == [], name
    assert withheld(day, ParticipantId("m1"))


def test_unsigned_packs_are_refused_with_a_list_and_signed_ones_are_not(day: Day, data: Path) -> None:
    """Exit 1 and nothing written where one lacks something; the one that lacks nothing is written, final."""
    day.do(2_000, signed_by(OPEN))
    refused = pmw(data, "export", "marked", "--to", str(data / "to"), "--participant", "zebulon  QUIXLEY")
    assert refused.exit_code == 1
    assert "It is not signed for the centre." in refused.stderr
    assert "--draft" in refused.stderr
    assert refused.stdout == ""
    assert not (data / "to").exists()
    day.do(2_001, for_centre(OPEN))
    some = pmw(data, "export", "marked", "--to", str(data / "to"))
    assert some.exit_code == 1
    assert some.stderr.count("It is not signed.") == len(PEOPLE) - 1
    assert set(packs(data / "to")) == {OPEN}
    path = packs(data / "to")[OPEN]
    assert some.stdout == f"{path}\n"
    proof = pmw(data, "verify", str(path), "--json")
    assert proof.exit_code == 0
    with zipfile.ZipFile(path) as pack:
        manifest = json.loads(pack.read("manifest.json"))
        assert "DRAFT" not in plain("x.pdf", pack.read("evidence-pack.pdf"))
    assert (manifest["draft"], manifest["demonstration"]) == (False, False)
    assert manifest["head"]["seq"] == held(data / "marked" / "journal.db").head[0]


def signed_by(who: ParticipantId) -> c.SignPack:
    return c.SignPack(
        participant=who,
        name=PEOPLE[who],
        agreed=tuple(one.id for one in CENTRE.learner),
        ai_use="None",
        reuse="None",
        route="phone",
        entered_by="participant",
    )


def test_the_same_journal_gives_the_same_bytes(day: Day, data: Path) -> None:
    """Made twice, also by another process, each pack is the same to the last byte."""
    del day
    assert pmw(data, "export", "marked", "--draft", "--to", str(data / "one")).exit_code == 0
    again = [sys.executable, "-m", "pmworkshop", "export", "marked", "--draft", "--to", str(data / "two")]
    subprocess.run([*again, "--data", str(data)], check=True, capture_output=True)
    one, two = packs(data / "one"), packs(data / "two")
    assert {who: path.read_bytes() for who, path in one.items()} == {
        who: path.read_bytes() for who, path in two.items()
    }


def test_killed_in_the_middle_every_pack_that_is_there_is_whole(day: Day, data: Path) -> None:
    """Whatever has a pack's name verifies; what was half written has another name, and is gone after the next export."""
    day.close()
    to = data / "to"
    command = [sys.executable, "-m", "pmworkshop", "export", "marked", "--draft", "--to", str(to)]
    with subprocess.Popen(
        [*command, "--data", str(data)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.3)
        process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    there = packs(to)
    assert 1 <= len(there) < len(PEOPLE)
    for path in there.values():
        assert pmw(data, "verify", str(path)).exit_code == 0
    assert pmw(data, "export", "marked", "--draft", "--to", str(to)).exit_code == 0
    assert sorted(path.suffix for path in to.iterdir()) == [".zip"] * len(PEOPLE)


def test_it_can_be_stopped_between_packs(day: Day, data: Path) -> None:
    """What was written until then stays, and is told."""
    del day
    far: list[tuple[int, int, str]] = []
    written = list(
        export_packs(
            held(data / "marked" / "journal.db"),
            data / "to",
            draft=True,
            progress=lambda *said: far.append(said),
            cancelled=lambda: len(far) == 2,
        )
    )
    assert [one.path is not None for one in written] == [True, True]
    assert [done for done, of, _ in far if of == len(PEOPLE)] == [0, 1]
    assert len(packs(data / "to")) == 2


def test_a_cohort_from_before_the_centres_settings(data: Path) -> None:
    """It takes the kit's up on the way, from the desk as by the verb."""
    day = Day(data / "older" / "journal.db")
    day.do(0, c.CreateCohort(name="older"))
    day.do(0, c.AddParticipants(people=((OPEN, Person(name="Zebulon Quixley")),)))
    form = day.kit.exercises["pm-responsibilities"]
    day.do(0, c.TakeUpExercise(exercise_id="pm-responsibilities", exercise=form, unit=day.kit.unit))
    day.do(1, sheet("pm-responsibilities", OPEN, {"why-me": "I see it daily."}, route="laptop"))
    day.close()
    house = House(data, shipped_kit())
    workshop = house.open_cohort("older", new=False)
    assert isinstance(workshop, Workshop)
    outcome = house.export_packs(
        workshop, (), "", draft=True, progress=lambda *_: None, cancelled=lambda: False
    )
    assert isinstance(outcome, ExportOutcome)
    assert len(outcome.files) == 1
    assert workshop.state.centre == house.kit().centre
    workshop.close()


def test_what_cannot_be_exported_is_said(data: Path) -> None:
    """A name that nobody has, with the nearest; a cohort that has done nothing; a cohort that is not there."""
    empty = Day(data / "empty" / "journal.db")
    empty.do(0, c.CreateCohort(name="empty"))
    empty.do(0, c.AddParticipants(people=((OPEN, Person(name="Zebulon Quixley")),)))
    nobody = pmw(data, "export", "empty", "--participant", "Zebulon Quicksley")
    assert nobody.exit_code == 2
    assert "did you mean Zebulon Quixley?" in nobody.stderr
    nothing = pmw(data, "export", "empty")
    assert nothing.exit_code == 1
    assert "Nothing has been handed in" in nothing.stderr
    assert pmw(data, "export", "emty").exit_code == 2
    empty.close()
