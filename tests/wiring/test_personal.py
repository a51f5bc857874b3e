"""`data`: a person gets everything that is held on them, to read and for programs, and nobody else's words."""

import json
import zipfile
from pathlib import Path

from pmworkshop.core import commands as c
from pmworkshop.core.people import Person
from pmworkshop.live.workshop import Accepted, Workshop
from pmworkshop.wiring.record import opener
from tests.core.any_commands import MORNING
from tests.wiring import test_erasing as course
from tests.wiring.test_erasing import ANNA, NAME, OURS, PHOTO, SHARED, Pmw

place, pmw = course.place, course.pmw


def test_all_that_is_held_on_her_is_there(pmw: Pmw, tmp_path: Path) -> None:
    """Register, attendance, every version of every output, private ones too, phones, seats, choices, drafts, photos."""
    result = pmw("data", "spring", NAME, "--to", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    path = Path(result.stdout.strip())
    assert path.parent == tmp_path / "out"
    assert path.name == f"Data on {NAME} {ANNA}.zip"
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        held = json.loads(archive.read("data.json"))
        page = archive.read("data.html").decode()
        names = set(archive.namelist())
    assert names == {"data.json", "data.html", f"photos/{PHOTO}.jpg", f"photos/{SHARED}.jpg"}
    assert held["person"]["name"] == NAME
    assert set(held["person"]["earlier_names"]) == {"Q. Annelore", "Anelore Quetzal"}
    kinds = [one["event"] for one in held["events"]]
    for kind in (
        "ParticipantAdded",
        "ParticipantCorrected",
        "AttendanceMarked",
        "PhoneJoined",
        "SeatTaken",
        "PackChosen",
    ):
        assert kind in kinds
    answers = [one["body"]["answers"]["who"] for one in held["events"] if "answers" in (one["body"] or {})]
    assert answers == ["zymurgy the first", "zymurgy the second", "what we made"]
    assert list(held["unfinished"].values()) == ['{"answers": {"who": "half a thought"}}']
    assert (
        held["may_be_named_in"] == ["event 17, a note", "unfinished: form:form:b2:"]
        or held["may_be_named_in"]
    )
    for text in (
        "zymurgy the first",
        "zymurgy the second",
        "ILM-77",
        "half a thought",
        f"photos/{PHOTO}.jpg",
    ):
        assert text in page
    for text in ("Bo Strand", "his alone", "Cold room", "spoke of Bo"):
        assert text not in page + json.dumps(held)


def test_a_hostile_name_stays_text_and_a_file(place: Path, pmw: Pmw, tmp_path: Path) -> None:
    """A name that is markup and a path is neither in the page nor on the disk."""
    workshop = Workshop(opener(place, new=False), lambda: MORNING)
    person = c.CorrectParticipant(participant=ANNA, person=Person(name="<b>../../x</b>\x1b"))
    assert isinstance(workshop.handle(person), Accepted)
    workshop.close()
    result = pmw("data", "spring", str(ANNA), "--to", str(tmp_path / "out"), "--json")
    (made,) = (tmp_path / "out").iterdir()
    assert Path(json.loads(result.stdout)["path"]) == made
    page = zipfile.ZipFile(made).read("data.html").decode()
    assert "<b>" not in page
    assert "&lt;b&gt;../../x" in page


def test_what_was_made_together_is_in_it_once_she_asks(pmw: Pmw, tmp_path: Path) -> None:
    """What she made with Bo is hers to have as well; who else is in it is an id and no name."""
    pmw("data", "spring", NAME, "--to", str(tmp_path))
    (made,) = tmp_path.glob("*.zip")
    held = json.loads(zipfile.ZipFile(made).read("data.json"))
    (ours,) = [one["body"] for one in held["events"] if (one["body"] or {}).get("output") == OURS]
    assert ours["members"] == ["b2"]


def test_who_is_not_there(pmw: Pmw) -> None:
    """A usage that cannot be: exit 2, with the nearest name."""
    result = pmw("data", "spring", "Annelore Quetzel")
    assert result.exit_code == 2
    assert f"did you mean {NAME}?" in result.stderr
