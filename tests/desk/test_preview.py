"""Previewing an exercise or a deck: straight on it, phone's page included, read again on a key, nothing kept."""

import asyncio
import http.cookiejar
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from pmworkshop.cli import cli
from pmworkshop.core.refusal import Refusal
from pmworkshop.desk.preview_desk import PreviewDesk
from pmworkshop.desk.screens.work.preview import PreviewScreen
from pmworkshop.wiring.places import shipped_kit
from pmworkshop.wiring.previewing import PreviewHouse, find, previewing
from pmworkshop.wiring.starting import start_kit
from tests.desk.conftest import Place, Trainer
from tests.desk.participant import fill_in

HOSTILE = "[red]x[/] 管理者 {criterion}"


class ShownHouse(PreviewHouse):
    """Keeps the addresses that a browser would have been sent to."""

    sent: tuple[str, ...] = ()

    def show_page(self, url: str) -> Refusal | None:
        self.sent = (*self.sent, url)
        return None


class Author(Trainer):
    """An author at a preview."""

    house: ShownHouse

    @property
    def below(self) -> PreviewScreen:
        return next(one for one in self.desk.screen_stack if isinstance(one, PreviewScreen))


Preview = Callable[..., AbstractAsyncContextManager[Author]]


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    return start_kit("kit", tmp_path, copy=False, shipped=shipped_kit()).root


@pytest.fixture
def preview(place: Place, tmp_path: Path) -> Preview:
    @asynccontextmanager
    async def open_it(what: str, root: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Author]:
        house = ShownHouse(tmp_path / "thrown-away", find(what, root), place.data)
        desk = PreviewDesk(house)
        desk.animation_level = "none"
        async with desk.run_test(size=size, notifications=True) as pilot:
            author = Author(place, desk, pilot)
            author.house = house
            yield author
        house.close()
        assert desk.failure == ""
        assert not place.data.exists()

    return open_it


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["small", "large"])
async def test_an_author_goes_through_all_questions_and_sees_the_result(
    kit: Path, preview: Preview, size: tuple[int, int]
) -> None:
    """A preview begins on the form itself; filled in and handed in, it shows the result, and then the whole file to read."""
    async with preview("my-exercise", kit, size) as author:
        await author.on("PreviewedForm")
        await author.sees("Enter begins", "At the laptop")
        author_fills = await fill_any_form(author)
        assert set(author_fills) >= {"asked-first", "had-decided", "where", "again", "next-time"}
        await author.press("ctrl+s")
        await author.on("HandedInScreen")
        await author.sees("nothing of it is kept", "Openness", "3.0 of 5")
        await author.press("enter")
        await author.on("PreviewScreen")
        await author.sees(
            "nothing is kept", "exercises/my-exercise.yaml", "read at", "1. I asked for their view"
        )
        await author.press("n")
        await author.on("PreviewedForm")
        await author.sees("At the laptop 2", "Enter begins")
        await author.press("escape")
        await author.on("PreviewScreen")
        await author.press("a")
        await author.on("ActivityScreen")
        await author.sees("1 of 3 finished", "Think of the last time it came up")


async def fill_any_form(author: Author) -> dict[str, object]:
    shown = author.on

    async def as_form(screen: str) -> None:
        await shown("PreviewedForm" if screen == "FormScreen" else screen)

    author.on = as_form  # type: ignore[method-assign]  # the form of a preview is a form
    try:
        return await fill_in(author)
    finally:
        author.on = shown  # type: ignore[method-assign]


async def test_a_changed_file_is_read_again_where_the_author_stands(kit: Path, preview: Preview) -> None:
    """The author is told that the file has changed; F5 shows the question as it reads now, with what was given kept."""
    path = kit / "exercises" / "my-exercise.yaml"
    async with preview("my-exercise", kit, (120, 50)) as author:
        await author.on("PreviewedForm")
        await author.press("enter", "4")
        await author.sees("I had made my mind up")
        spoil(path, "I had made my mind up before we talked.", "I knew it all beforehand.")
        await author.told("The file has changed")
        await author.press("f5")
        await author.sees("I knew it all beforehand.", "2 of 6", "█████░")
        await author.press("ctrl+o")
        await author.sees("4 Mostly")
        await author.press("escape")
        await author.on("PreviewScreen")
        spoil(path, "kind: list", "kind: long")
        spoil(path, "    at_least: 1\n    at_most: 5\n", "")
        spoil(path, "What helped? One to a line.", "What helped?")
        await author.sees("changed since")
        await author.press("r")
        await author.sees("6. What helped?", "long · may be left empty")
        await author.sees_no("changed since")


async def test_a_file_that_breaks_is_shown_as_it_was_with_what_is_wrong(kit: Path, preview: Preview) -> None:
    """What cannot be used does not take the preview away: the problem is said with its place, and gone once it is mended."""
    path = kit / "exercises" / "my-exercise.yaml"
    async with preview("my-exercise", kit) as author:
        await author.on("PreviewedForm")
        spoil(path, "kind: choice ", "kind: choise ")
        await author.press("f5")
        await author.told("cannot be used as it stands")
        await author.on("PreviewedForm")
        await author.press("escape")
        await author.on("PreviewScreen")
        await author.sees(
            "! exercises/my-exercise.yaml:", "did you mean `choice`?", "1. I asked for their view"
        )
        path.rename(path.with_name("away"))
        await author.press("r")
        await author.sees("exercises/my-exercise.yaml is not there any more")
        path.with_name("away").rename(path)
        spoil(path, "kind: choise ", "kind: choice ")
        await author.press("r")
        await author.sees_no("cannot be used", "not there any more")


async def test_the_phones_page_opens_straight_on_the_form(kit: Path, preview: Preview) -> None:
    """One key leads this laptop's browser to the very form, without a name or a code; it follows the file, and nobody else gets in."""
    async with preview("my-exercise", kit) as author:
        await author.on("PreviewedForm")
        await author.press("escape")
        await author.on("PreviewScreen")
        await author.press("b")
        await author.until(lambda: author.house.sent, "the browser")
        (url,) = author.house.sent
        assert url.startswith("http://127.0.0.1:")
        await author.sees(url)
        page = await asyncio.to_thread(browse, url)
        assert "I asked for their view before I gave mine." in page
        assert "On a phone" in page
        with pytest.raises(urllib.error.HTTPError, match="404"):
            await asyncio.to_thread(browse, f"{url}x")
        spoil(kit / "exercises" / "my-exercise.yaml", "I asked for their view before", "I listened before")
        await author.press("r")
        await author.sees("1. I listened before")
        assert "I listened before I gave mine." in await asyncio.to_thread(browse, url)


def browse(url: str) -> str:
    """Open an address as a browser does that has never been here."""
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    with urllib.request.build_opener(jar).open(url, timeout=10) as answer:
        return str(answer.read().decode())


async def test_a_deck_opens_on_the_cards(kit: Path, preview: Preview) -> None:
    """A deck begins on the cards; read again, its cards can be drawn as they are now, and below they stand with all sides."""
    path = kit / "cards" / "my-cards.yaml"
    async with preview(str(path), kit) as author:
        await author.on("PreviewedCards")
        await author.sees("Read this out", "2 left")
        await author.press("d")
        await author.sees("card 1, 1 left")
        spoil(path, "The morning shift begins", f"The {HOSTILE} begins")
        spoil(path, "    text: Two reports in a row", "    text: TWO REPORTS in a row")
        await author.press("f5")
        await author.sees("Group 2 · 2 left")
        await author.press("escape")
        await author.on("PreviewScreen")
        await author.sees("The third time", f"The {HOSTILE} begins", "Manager: You have", "The turn:")


async def test_a_file_outside_any_kit_and_hostile_words_can_be_previewed(
    tmp_path: Path, kit: Path, preview: Preview
) -> None:
    """A file anywhere is shown beside the kit in use; markup, 6,000 characters and foreign scripts in it are only words."""
    path = tmp_path / "Entwurf Ü.yaml"
    text = (kit / "exercises" / "my-exercise.yaml").read_text("utf-8")
    words = "[red]x[/] [@click=app.quit]管理者[/] " + "lang " * 1000
    path.write_text(text.replace("I asked for their view before I gave mine.", f"'{words}'"), "utf-8")
    async with preview(str(path), kit) as author:
        await author.on("PreviewedForm")
        await author.press("enter")
        await author.sees("[red]x[/] [@click=app.quit]管理者[/] lang")
        author.nothing_unprintable()
        await author.press("escape")
        await author.on("PreviewScreen")
        await author.sees("1. [red]x[/] [@click=app.quit]管理者[/]", "Entwurf Ü.yaml", "read at")


@pytest.mark.parametrize(
    "name", ["learning-styles", "fair-assessment", "evaluation", "growth-goal", "criterion-confidence"]
)
async def test_the_shipped_exercises_can_be_previewed(preview: Preview, name: str) -> None:
    """Whoever fills an exercise in, and whoever sees it, its preview leads to a form that can be looked over."""
    async with preview(name, shipped_kit()) as author:
        await author.until(lambda: type(author.desk.screen).__name__ in ("PreviewedForm", "PickSeveral"))
        if type(author.desk.screen).__name__ == "PickSeveral":
            await author.press("enter", "enter")
        await author.on("PreviewedForm")
        await author.press("ctrl+o")
        await author.sees("All your answers")


@pytest.mark.parametrize(
    ("what", "code", "said"),
    [
        ("my-exercize", 2, "did you mean my-exercise?"),
        ("sessions/my-session.yaml", 1, "neither an exercise nor a deck"),
        ("exercises/planned.yaml", 2, "what is still to be written"),
        ("broken", 1, "exercises/broken.yaml:1:1"),
        ("\x00", 2, "there is no exercise or deck"),
        ("my-exercise", 2, "the desk needs a terminal"),
    ],
)
def test_what_cannot_be_previewed_is_said_in_words(
    kit: Path, monkeypatch: pytest.MonkeyPatch, what: str, code: int, said: str
) -> None:
    """A name that is not there, a session, a broken file, no terminal: words and an exit code, and no folder stays behind."""
    monkeypatch.chdir(kit)
    monkeypatch.setattr(tempfile, "tempdir", str(kit.parent))
    (kit / "exercises" / "broken.yaml").write_text("title: Broken\n", "utf-8")
    (kit / "exercises" / "planned.yaml").write_text("planned: []\n", "utf-8")
    before = sorted(kit.parent.iterdir())
    result = CliRunner().invoke(cli, ["preview", what])
    assert result.exit_code == code, result.output
    assert said in result.stderr
    assert isinstance(result.exception, SystemExit)
    assert sorted(kit.parent.iterdir()) == before


def test_nothing_is_left_behind_after_a_fault(kit: Path) -> None:
    """The throw-away folder is removed also where the preview ends with an error, or its process is told to end."""
    folders = []

    def preview_with_a_fault() -> None:
        with previewing(find("my-exercise", kit), kit) as house:
            folders.append(house.data)
            assert house.data.is_dir()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        preview_with_a_fault()
    assert not folders[0].exists()
    code = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from pmworkshop.wiring.previewing import find, previewing\n"
        "with previewing(find('my-exercise', Path(sys.argv[1])), Path(sys.argv[1])) as house:\n"
        "    print(house.data, flush=True)\n    os.kill(os.getpid(), signal.SIGTERM)\n    signal.pause()\n"
    )
    if sys.platform != "win32":
        done = subprocess.run(
            [sys.executable, "-c", code, str(kit)], capture_output=True, text=True, timeout=30, check=False
        )
        assert done.returncode == 1, done.stderr
        assert not Path(done.stdout.strip()).exists()
