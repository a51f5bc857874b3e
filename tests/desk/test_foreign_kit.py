"""A kit by somebody else, in another language, with every kind of item, works without touching code."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from pmworkshop.core import events as e
from pmworkshop.core.answers import read
from tests.desk.participant import answers_in_journal, fill_in, pass_laptop, put_on_register, take_back

if TYPE_CHECKING:
    from tests.desk.conftest import Place

FOREIGN = Path(__file__).parents[1] / "library" / "foreign"
COURSE = """
title: Führen lernen
unit: eigene
sessions: [vormittag]
results_from: 1
"""
UNIT = """
reference: "7"
title: Führung
language: de
level: 3
credits: 1
guided_hours: 3
status: current
marking: {rule: at least half}
outcomes:
  - id: 1
    title: Gespräche führen
    criteria:
      - {id: "1.1", text: Erklären Sie den Wert von Gesprächen, verb: explain}
      - {id: "1.2", text: Nennen Sie zwei Ziele, verb: identify, minimum: 2}
"""
SESSION = """
title: Vormittag
start: "09:30"
end: "10:30"
segments:
  - id: gespraech
    title: Gespräche
    minutes: 60
    activities: [standort, gespraeche]
    criteria: ["1.1", "1.2"]
"""


def foreign_kit(folder: Path) -> Path:
    shutil.copytree(FOREIGN, folder)
    (folder / "sessions" / "units").mkdir(parents=True)
    (folder / "sessions" / "course.yaml").write_text(COURSE, "utf-8")
    (folder / "sessions" / "vormittag.yaml").write_text(SESSION, "utf-8")
    (folder / "sessions" / "units" / "eigene.yaml").write_text(UNIT, "utf-8")
    return folder


async def test_a_foreign_kit_is_done_with_every_kind_of_item(place: "Place", tmp_path: Path) -> None:
    """Fifteen kinds of item, own scales, own words, once for each criterion of another unit, and a photo of the sheet."""
    kit = foreign_kit(tmp_path / "kit")
    put_on_register(place, "Zoë Müller-Lüdenscheidt")
    photo = tmp_path / "blatt.png"
    Image.new("RGB", (3000, 200), "white").save(photo)
    async with place.desk((80, 24), session="vormittag", kit=kit) as trainer:
        assert (await trainer.desk.read_kit()).problems == ()
        await pass_laptop(trainer, "Standortbestimmung")
        await trainer.press("enter")
        raw = await fill_in(trainer, photo=str(photo))
        await trainer.press("ctrl+s")
        await trainer.on("HandedInScreen")
        await trainer.sees("Klarheit")
        await trainer.press("end")
        await trainer.sees("Das ist kein Test.")
        await trainer.press("enter")
        await take_back(trainer)
        await trainer.press("v")
        await trainer.on("ResultsScreen")
        await trainer.sees("Wo steht die Person?", "TM1")
    taken = next(one for one in place.events("spring") if isinstance(one, e.ExerciseTaken))
    assert {item.kind for item in taken.exercise.items} == {
        *("rating", "choice", "choices", "ranking", "yes-no", "short", "long", "number", "date", "code"),
        *("list", "table", "line", "grid", "photo"),
    }
    assert read(taken.exercise, raw).flaws == ()
    answers = answers_in_journal(place)
    assert answers == read(taken.exercise, raw).answers
    assert {"sicher-1-1", "sicher-1-2"} <= answers.keys()
    answered = {item.kind for item in taken.exercise.items if item.id in answers}
    assert answered == {item.kind for item in taken.exercise.items}
    assert [path.stem for path in (place.data / "spring" / "photos").iterdir()] == [answers["blatt"]]
