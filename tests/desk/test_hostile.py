"""Untrusted text: names, notes and the kit's own words are shown as they are written, and never obeyed."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.ids import NoteId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import NOTE_KINDS
from pmworkshop.core.text import clean_line
from pmworkshop.wiring.places import shipped_kit

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

SIZES = [(80, 24), (120, 36)]
MARKUP = "[@click=app.quit]go[/]"
NAMES = (
    "[/]",
    "[red]x",
    MARKUP,
    "$name ${title} {0} %s \\[b]",
    "A\x1b]0;owned\x07\x1b[2J\x1b[31mB",
    "C\x9b31m\x85\x90D",
    "\u202emoor\u202c \u2066in\u2069",
    "👩‍👩‍👧‍👦 👍🏽 Family",  # as families are written
    "漢字 名前",
    "محمد عبد الله",
    "Zoe\u0301\u0323\u0302 N\u0303andu",
    "Wide" + "X" * 9_996,
)
EMPTY = "\x00\x1b\u202e\u2069\x9b "
BEGINNING = 5

KIT_TEXT = "[/] [red]kit[@click=app.quit]go[/] $x 👩‍👧 漢 م"
SESSION = {
    "title": f"S {KIT_TEXT}",
    "subtitle": f"U {KIT_TEXT}",
    "start": "09:30",
    "end": "12:30",
    "welcome": f"W {KIT_TEXT}\n\n- &#13;&#12;&#x202e;welcome [link](http://e.org/[/]) `[b]` ![p](x)\n\n\tcode",
    "resources": ["thing"],
    "segments": [
        {
            "id": "one",
            "title": f"T {KIT_TEXT}",
            "at": "09:30",
            "purpose": f"P {KIT_TEXT}",
            "notes": f"N {KIT_TEXT}\n\n1. &#8238;&#12;one\ttab\n2. **[/]** &amp; <b>html</b>\n\n```\n\t[code]\n```",
            "look_for": [f"L {KIT_TEXT}"],
            "output": f"O {KIT_TEXT}",
            "resources": ["thing"],
            "caution": [f"C {KIT_TEXT}"],
            "options": {
                "choose": "one",
                "of": [
                    {"id": "x", "title": f"X {KIT_TEXT}", "notes": KIT_TEXT},
                    {"id": "y", "title": f"Y {KIT_TEXT}"},
                ],
            },
        },
        {
            "id": "two",
            "title": f"T2 {KIT_TEXT}",
            "at": "11:00",
            "minutes": 15,
            "fixed": True,
            "kind": "break",
        },
        {"id": "three", "title": "Three\nlines\n" + KIT_TEXT, "at": "11:15"},
    ],
}
RESOURCE = {"id": "thing", "title": f"R {KIT_TEXT}", "note": f"RN {KIT_TEXT}"}
COURSE = {"title": f"K {KIT_TEXT}", "unit": "ilm-8600-323", "sessions": ["hostile"], "resources": [RESOURCE]}


@pytest.fixture
def hostile_kit(tmp_path: Path) -> Path:
    """Make a kit of one session, in which every text of the author's is hostile."""
    folder = tmp_path / "kit" / "sessions"
    folder.mkdir(parents=True)
    (folder / "course.yaml").write_text(json.dumps(COURSE, ensure_ascii=False), "utf-8")
    (folder / "hostile.yaml").write_text(json.dumps(SESSION, ensure_ascii=False), "utf-8")
    (folder / "units").mkdir()
    unit = "sessions/units/ilm-8600-323.yaml"
    (folder.parent / unit).write_bytes((shipped_kit() / unit).read_bytes())
    return folder.parent


def beginning(text: str) -> str:
    return clean_line(text)[:BEGINNING].strip()


@asynccontextmanager
async def screen(trainer: "Trainer", key: str, name: str, *words: str) -> AsyncIterator[None]:
    """Go to a screen by its key, look at it, and come back."""
    back = type(trainer.desk.screen).__name__
    await trainer.press(key)
    await trainer.on(name)
    await trainer.sees(*words)
    trainer.nothing_unprintable()
    yield
    trainer.nothing_unprintable()
    await trainer.press("escape")
    await trainer.on(back)


@pytest.mark.parametrize("size", SIZES)
async def test_names_and_notes(place: "Place", size: tuple[int, int]) -> None:
    """Names, organisations, owners and notes of any kind stand on every screen as they were given."""
    async with place.desk(size, session="session-a", cohort="spring") as trainer:
        workshop, delivery = trainer.run.workshop, trainer.run.delivery_id
        people = tuple(
            (ParticipantId(str(n)), Person(name=name, organisation=name, registration=name))
            for n, name in enumerate(NAMES)
        )
        workshop.handle(c.AddParticipants(people=people, doubles="add"))
        for number, text in enumerate(NAMES):
            note = c.TakeNote(
                note=NoteId(str(number)), delivery=delivery, kind=NOTE_KINDS[number % 4], text=text, owner=text
            )  # fmt: skip
            assert not isinstance(workshop.handle(note), Refusal)
        async with screen(trainer, "r", "RegisterScreen"):
            for name in sorted(NAMES, key=len):
                await trainer.sees(beginning(name))
            for number in range(0, len(NAMES), 2):
                async with screen(trainer, "c", "AskFields"):
                    pass
                await trainer.press("down", "down")
                assert trainer.desk.is_running, number
        async with screen(trainer, "l", "NotesScreen"):
            await trainer.press("home")
            for text in reversed(NAMES):
                await trainer.sees(beginning(text))
                async with screen(trainer, "c", "NoteDialog", beginning(text)):
                    pass
                await trainer.press("down")
        for key, name in (("s", "SummaryScreen"), ("p", "PrepareScreen"), ("question_mark", "HelpScreen")):
            async with screen(trainer, key, name):
                pass
        assert len(workshop.state.participants) == len(NAMES)


@pytest.mark.parametrize("size", SIZES)
async def test_a_hostile_kit(place: "Place", hostile_kit: Path, size: tuple[int, int]) -> None:
    """An author's texts stand on every screen as written: nothing in them is markup, and nothing can be clicked."""
    place.clock.minute = -5
    async with place.desk(size, kit=hostile_kit) as trainer:
        await trainer.sees(f"K {KIT_TEXT}"[:30], f"S {KIT_TEXT}"[:30], "U [/]")
        trainer.nothing_unprintable()
        await trainer.press("n")
        await trainer.on("AskLine")
        await trainer.write("spring")
        await trainer.press("enter")
        await trainer.on("Pick")
        await trainer.sees(f"S {KIT_TEXT}"[:30])
        trainer.nothing_unprintable()
        await trainer.press("enter")
        await trainer.on("RunScreen")
        await trainer.sees(f"S {KIT_TEXT}"[:30], f"W {KIT_TEXT}"[:30], "welcome link (http://e.org/")
        for words in (f"P {KIT_TEXT}", f"N {KIT_TEXT}", "2. [/] & <b>html</b>", f"O {KIT_TEXT}",
                      f"R {KIT_TEXT}", f"X {KIT_TEXT}", f"C {KIT_TEXT}"):  # fmt: skip
            await scroll_to(trainer, words[:24])
        await trainer.press("space")
        await trainer.records("spring", e.CohortCreated, e.DeliveryOpened, e.DeliveryStarted)
        await trainer.sees(f"T {KIT_TEXT}"[:30], f"☐ 1 L {KIT_TEXT}"[:30], f"T2 {KIT_TEXT}"[:30])
        trainer.nothing_unprintable()
        for key, name, words in (("p", "PrepareScreen", "RN [/] [red]kit"), ("s", "SummaryScreen", "T [/] [red]"),
                                 ("g", "Pick", f"T2 {KIT_TEXT}"), ("o", "Pick", f"X {KIT_TEXT}"),
                                 ("k", "NoteDialog", f"Note under T {KIT_TEXT}"), ("t", "AskLine", f"“T {KIT_TEXT}"),
                                 ("e", "Question", f"“T2 {KIT_TEXT}"), ("l", "NotesScreen", "Notes of S [/]"),
                                 ("question_mark", "HelpScreen", "Running"), ("ctrl+p", "CommandPalette", "Search")):  # fmt: skip
            async with screen(trainer, key, name, words[:24]):
                pass
        await trainer.press("n")
        await trainer.sees(f"T2 {KIT_TEXT}"[:20], "until T2 [/]")
        trainer.nothing_unprintable()


async def scroll_to(trainer: "Trainer", words: str) -> None:
    """Read down the page until `words` come into sight."""
    page = trainer.desk.screen.query_one("#page")
    page.scroll_home(animate=False)
    await trainer.settle()
    while words not in trainer.text:
        trainer.nothing_unprintable()
        before = page.scroll_y
        page.scroll_relative(y=2, animate=False)
        await trainer.settle()
        assert page.scroll_y != before, f"{words!r} is nowhere\n{trainer.text}"


async def test_cohorts_of_any_name(place: "Place") -> None:
    """A cohort may have any name; every screen shows it as it is, and Home opens it again."""
    names = NAMES[::2] + NAMES[-1:]
    async with place.desk() as trainer:
        for name in names:
            async with ask(trainer, "n", "AskLine", name):
                pass
            await trainer.on("Pick")
            await trainer.sees(f"Run for {clean_line(name)[:20]}")
            trainer.nothing_unprintable()
            await trainer.press("enter")
            await trainer.on("RunScreen")
            await trainer.sees(beginning(name), "09:30")
            async with screen(trainer, "r", "RegisterScreen", f"Register of {clean_line(name)[:BEGINNING]}"):
                pass
            await trainer.press("escape")
            await trainer.on("HomeScreen")
            trainer.nothing_unprintable()
        async with ask(trainer, "n", "AskLine", EMPTY + "x", "\x08"):
            pass
        assert len(list(place.data.iterdir())) >= len(names)


@asynccontextmanager
async def ask(trainer: "Trainer", key: str, name: str, *lines: str) -> AsyncIterator[None]:
    """Open a dialog and paste what it asks for."""
    await trainer.press(key)
    await trainer.on(name)
    for line in lines:
        await trainer.write(line)
        trainer.nothing_unprintable()
        await trainer.press("enter")
    yield
