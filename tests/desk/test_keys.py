"""Keys and commands: changeable by id, offered by name, explained under `?`; and marks that need no colour."""

from typing import TYPE_CHECKING

import pytest
from textual.app import SystemCommand
from textual.screen import Screen

from pmworkshop.core import events as e

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

KEYS = """\
run.next: f2
run.note: f6,f3
any.help: f4
run.nxet: f5
run.back: yes
"""
OPENS = {
    "Note": "NoteDialog",
    "Register": "RegisterScreen",
    "Go to": "Pick",
    "Began earlier": "AskLine",
    "Notes": "NotesScreen",
    "Prepare": "PrepareScreen",
    "Summary": "SummaryScreen",
    "End": "Question",
    "Help": "HelpScreen",
    "Home": "HomeScreen",
}
RECORDS: dict[str, type[e.Event]] = {
    "Next": e.SegmentEntered,
    "Back": e.SegmentEntered,
    "1 min more": e.TimeAdded,
    "1 min less": e.TimeAdded,
    "5 min more": e.TimeAdded,
    "5 min less": e.TimeAdded,
    "Start / pause": e.Paused,
}


async def test_keys_of_ones_own(place: "Place") -> None:
    """`keys.yaml` changes keys by id: the new key works, hints and help show it, and what is wrong in it is said."""
    place.data.mkdir()
    (place.data / "keys.yaml").write_text(KEYS, "utf-8")
    async with place.desk((120, 36)) as trainer:
        await trainer.told("keys.yaml names keys that there are not: run.nxet.")
        await trainer.told("gives no key for run.back")
    async with place.desk((120, 36), session="session-a") as trainer:
        await trainer.press("space")
        await trainer.records("spring", e.DeliveryStarted)
        await trainer.sees("f2 next", "f6 note", "f4 help")
        await trainer.press("n")
        await trainer.press("f2")
        await trainer.records("spring", e.SegmentEntered)
        await trainer.press("b")
        await trainer.records("spring", e.SegmentEntered)
        await trainer.press("f3")
        await trainer.on("NoteDialog")
        await trainer.press("escape")
        await trainer.on("RunScreen")
        await trainer.press("f4")
        await trainer.on("HelpScreen")
        await trainer.sees("f2  Go on to the next segment", "run.next")


async def test_a_keymap_that_cannot_be_read(place: "Place") -> None:
    """A spoilt `keys.yaml` is said to be so, and the usual keys are in force."""
    place.data.mkdir()
    (place.data / "keys.yaml").write_text("run.next: [\n", "utf-8")
    async with place.desk() as trainer:
        await trainer.told("the usual keys are in force")
        await trainer.press("question_mark")
        await trainer.on("HelpScreen")


async def test_every_id_in_help_can_be_changed(place: "Place") -> None:
    """Each id that help names on any screen is one that `keys.yaml` may use."""
    ids = set[str]()
    async with place.desk((200, 60), session="session-a") as trainer:
        for key in ("", "r", "l", "p", "s"):
            await trainer.press(*[key] if key else [])
            bindings = trainer.desk.screen.active_bindings.values()
            ids |= {one.binding.id for one in bindings if one.binding.id is not None}
            await trainer.press(*["escape"] if key else [])
    (place.data / "keys.yaml").write_text("".join(f"{one}: f{n + 1}\n" for n, one in enumerate(sorted(ids))))
    keys, wrong = place.house().keymap()
    assert wrong == ""
    assert set(keys) == ids


async def test_every_command_by_name(place: "Place") -> None:
    """The palette offers every key of the screen by its label, and running it does what the key does."""
    async with place.desk((120, 36), session="session-a") as trainer:
        await trainer.press("space")
        await trainer.records("spring", e.DeliveryStarted)
        names = set(commands(trainer))
        assert names >= set(OPENS) | set(RECORDS) | {"Options"}
        for name, kind in RECORDS.items():
            await run(trainer, name)
            await trainer.records("spring", kind)
        for name, screen in OPENS.items():
            await run(trainer, name)
            await trainer.on(screen)
            if screen != "HomeScreen":
                await trainer.press("escape")
                await trainer.on("RunScreen")
    everything = {"New cohort", "Read again", "Problems", "Quit", "Help"}
    async with place.desk() as trainer:
        assert set(commands(trainer)) >= everything


def commands(trainer: "Trainer") -> dict[str, SystemCommand]:
    screen: Screen[object] = trainer.desk.screen
    return {one.title: one for one in trainer.desk.get_system_commands(screen)}


async def run(trainer: "Trainer", name: str) -> None:
    await commands(trainer)[name].callback()


async def test_the_palette_by_keyboard(place: "Place") -> None:
    """Ctrl+P, the beginning of a command and Enter run it."""
    async with place.desk((120, 36), session="session-a") as trainer:
        await trainer.press("space")
        await trainer.records("spring", e.DeliveryStarted)
        await trainer.press("ctrl+p")
        await trainer.on("CommandPalette")
        await trainer.write("5 min more")
        await trainer.sees("Five minutes more for this segment")
        await trainer.press("down", "enter")
        await trainer.on("RunScreen")
        assert (await trainer.records("spring", e.TimeAdded)).by == 300_000


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_marks_without_colour(place: "Place", theme: str) -> None:
    """In either theme words and marks alone tell what is done, current, next, skipped, ticked, over and paused."""
    async with place.desk((120, 36), session="session-a") as trainer:
        trainer.desk.theme = theme
        await trainer.press("space")
        await trainer.sees("▶ 09:30 Introductions")
        await trainer.press("1")
        await trainer.sees("☑ 1 New managers", "☐ 2 Verbs")
        await trainer.at(20)
        await trainer.press("n")
        await trainer.records("spring", e.DeliveryStarted, e.LookForTicked, e.SegmentEntered)
        await trainer.sees("✓ 09:30 Introductions", "▶ 09:50 Big picture", "› 10:20 Best practice", "fixed")  # noqa: RUF001
        await trainer.at(52)
        await trainer.sees("over", "2 min behind")
        await trainer.press("space")
        await trainer.sees("PAUSED", "paused")
        await trainer.press("space", "g")
        await trainer.on("Pick")
        await trainer.press("down", "down", "enter")
        await trainer.sees("– 10:20 Best practice", "▶ 10:40 Bath model")  # noqa: RUF001
        await trainer.press("p")
        await trainer.on("PrepareScreen")
        await trainer.press("space")
        await trainer.sees("☑ Presentation", "☐ Workbook")
        trainer.desk.theme = "nord"
        await trainer.until(lambda: place.house().theme() == "nord", "the theme to be kept")
    async with place.desk() as trainer:
        assert trainer.desk.theme == "nord"
