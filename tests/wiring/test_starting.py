"""What `new` writes: sound at once, where it belongs, never over anything, whatever it is called."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.cli import cli
from pmworkshop.core.filenames import is_reserved
from pmworkshop.core.text import clean_line
from pmworkshop.library import SCHEMAS, check_paths, load_kit
from pmworkshop.wiring.called import called
from pmworkshop.wiring.listing import list_session
from pmworkshop.wiring.places import shipped_kit
from pmworkshop.wiring.starting import FOLDERS, Sort, start_file, start_kit
from pmworkshop.wiring.unusable import Unusable

Pmw = Callable[..., Result]
HOSTILE = [
    "../../x",
    "CON",
    "Ärger & Co",
    "管理者 🧑‍🏫",
    "x" * 300,
    "2027: a #2 {b} [c] 'd' \"e\" \\",
    "course",
    "yes",
    "\u202e\x1b[31m",
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture
def pmw(here: Path) -> Pmw:
    """Type at a shell in that folder; a traceback fails any test."""

    def run(*words: str) -> Result:
        result = CliRunner().invoke(cli, words)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    assert here.is_dir()
    return run


def files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize("more", [(), ("--copy",)], ids=["small", "copy"])
def test_a_new_kit_has_nothing_wrong_with_it(here: Path, pmw: Pmw, more: tuple[str, ...]) -> None:
    """A new kit is checked without a word, has the schemas that its files name, and lies in the folder of its name."""
    made = pmw("new", "kit", "Our Course", *more)
    assert made.exit_code == 0, made.stderr
    assert check_paths([here / "our-course"], here / "our-course") == ()
    for line in made.stdout.splitlines():
        first = Path(line).read_text("utf-8").partition("\n")[0]
        schema = (Path(line).parent / first.partition("$schema=")[2]).resolve()
        assert json.loads(schema.read_text("utf-8"))["title"]
        assert schema.stem in SCHEMAS
    kit = load_kit(here / "our-course")
    assert kit.course is not None
    assert kit.unit is not None
    if not more:
        assert kit.course.title == "Our Course"
        (session,) = kit.sessions.values()
        named = {name for segment in session.segments for name in segment.activities}
        assert named == {*kit.exercises, *kit.decks}


@pytest.mark.parametrize("copy", [False, True], ids=["small", "shipped"])
@pytest.mark.parametrize("sort", list(FOLDERS))
def test_what_is_begun_in_a_kit_has_nothing_wrong_with_it(tmp_path: Path, sort: Sort, *, copy: bool) -> None:
    """A session, exercise, deck or unit begun in a kit leaves that kit without an error or a warning; a session is listed."""
    root = start_kit("kit", tmp_path, copy=copy, shipped=shipped_kit()).root
    before = files(root)
    begun = start_file(sort, "What I call it", root)
    assert begun.paths == (root / FOLDERS[sort] / "what-i-call-it.yaml",)
    assert check_paths([root], root) == ()
    changed = {place for place, text in files(root).items() if before.get(place) != text}
    assert changed == {
        f"{FOLDERS[sort]}/what-i-call-it.yaml",
        *(["sessions/course.yaml"] if sort == "session" else []),
    }
    kit = load_kit(root)
    found = {"session": kit.sessions, "exercise": kit.exercises, "deck": kit.decks, "unit": kit.units}[sort]
    assert found["what-i-call-it"].title == "What I call it"  # type: ignore[attr-defined]  # all four have one
    if sort == "session":
        (plan,) = [one for name, one in kit.sessions.items() if name == "what-i-call-it"]
        assert [one.fixed for one in plan.segments if one.kind == "break"] == [True]
        assert len([one for one in plan.segments if one.kind == "work"]) == 3
        assert any(one.options for one in plan.segments)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("sort", list(FOLDERS))
def test_no_name_leads_astray(here: Path, pmw: Pmw, sort: str, name: str) -> None:
    """Whatever something is called, it becomes one sound file in its own folder, and nothing else comes to be anywhere."""
    assert pmw("new", "kit", "kit").exit_code == 0
    before = files(here.parent)
    made = pmw("new", sort, name, "--to", "kit")
    if not name.strip("\u202e\x1b") or made.exit_code:
        assert (made.exit_code, files(here.parent)) == (2, before)
        return
    (place,) = files(here.parent).keys() - before.keys()
    assert Path(place).parent == Path("here/kit") / FOLDERS[sort]  # type: ignore[index]  # one of them
    assert not is_reserved(Path(place).name)
    assert len(Path(place).name) < 80
    assert pmw("check", "kit").stdout == ""


def test_nothing_is_written_over(here: Path, pmw: Pmw) -> None:
    """What is there stays as it is, and the author is told; an exercise and a deck cannot share a name."""
    pmw("new", "kit", "kit")
    before = files(here)
    for words in (
        ("kit", "kit"),
        ("session", "my session", "--to", "kit"),
        ("exercise", "my-exercise.yaml", "--to", "kit"),
        ("deck", "My-Exercise", "--to", "kit"),
        ("unit", "My unit", "--to", "kit/sessions"),
    ):
        made = pmw("new", *words)
        assert made.exit_code == 2, words
        assert "is there already, and nothing was written" in made.stderr
    assert files(here) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("session", "x"), "there is no kit in this folder"),
        (("session", "x", "--to", "nowhere"), "there is no kit in nowhere"),
        (("session", "", "--to", "kit"), "a name is needed"),
        (("kit", "  "), "a name is needed"),
        (("kit", "../mine"), "Say where with --to"),
        (("kit", "mine", "--to", "nowhere"), "nowhere is no folder"),
    ],
)
def test_what_cannot_be_begun_is_said_in_words(
    here: Path, pmw: Pmw, words: tuple[str, ...], said: str
) -> None:
    """Where there is no kit, no folder or no name, nothing comes to be, and the words say what to do."""
    if "kit" in words[1:]:
        pmw("new", "kit", "kit")
    before = files(here.parent)
    made = pmw("new", *words)
    assert made.exit_code == 2
    assert said in " ".join(made.stderr.split())
    assert files(here.parent) == before


def test_within_a_kit_its_own_files_are_meant(here: Path, pmw: Pmw, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somewhere inside a kit, `new` writes into that kit and `check` checks that kit, not the one that comes along."""
    pmw("new", "kit", "kit")
    monkeypatch.chdir(here / "kit" / "exercises")
    assert pmw("new", "deck", "talks").exit_code == 0
    (here / "kit" / "cards" / "talks.yaml").write_text("title: Talks\n", "utf-8")
    checked = pmw("check")
    assert checked.exit_code == 1
    assert "cards/talks.yaml:1:1" in checked.stdout


@given(name=st.text(max_size=400), sort=st.sampled_from(list(FOLDERS)))
@settings(max_examples=300, deadline=None)
def test_any_name_gives_a_sound_id_and_a_title(name: str, sort: str) -> None:
    """Any text is refused in words, or gives an id that every system takes as a file and a title of one line."""
    try:
        found = called(name, sort, lambda _: False)
    except Unusable:
        return
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found.id)
    assert len(found.id) <= 60
    assert not is_reserved(found.id)
    assert found.id not in ("course", "centre", "planned")
    assert found.title == clean_line(found.title)
    assert 0 < len(found.title) <= 200


@given(title=st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_title_is_read_as_it_was_typed(title: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A title stands in the file so that the kit reads back the very same words, whatever signs are in it."""
    root = tmp_path_factory.mktemp("any")
    (root / "sessions" / "units").mkdir(parents=True)
    try:
        wanted = called(title, "unit", lambda _: False).title
        begun = start_file("unit", title, root)
    except Unusable:
        return
    assert load_kit(root).units[begun.id].title == wanted
    shutil.rmtree(root)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sessions: [a]  # these\nunit: u\n", "sessions: [a, new]  # these\nunit: u\n"),
        ("sessions: [a, b, ]\n", "sessions: [a, b, new, ]\n"),
        (
            "sessions:\r\n  - a\r\n  - b # two\r\nunit: u\r\n",
            "sessions:\r\n  - a\r\n  - b # two\r\n  - new\r\nunit: u\r\n",
        ),
        ("sessions: # mine\n- a\n# more\nunit: u\n", "sessions: # mine\n- a\n- new\n# more\nunit: u\n"),
        ("sessions: [\n  a,\n]\n", None),
        ("unit: u\n", None),
        ("sessions: &x [a]\nunit: *x\n", None),
    ],
)
def test_the_course_is_changed_by_one_word_or_not_at_all(
    tmp_path: Path, before: str, after: str | None
) -> None:
    """A new session comes onto the course's list in that list's own style; where that is unclear the author is told instead."""
    course = tmp_path / "sessions" / "course.yaml"
    course.parent.mkdir()
    course.write_bytes(before.encode())
    words = list_session(tmp_path, "new")
    found = course.read_bytes().decode()
    if after is None:
        assert (found, words[:3]) == (before, "Add")
    else:
        assert found == after
        assert "lists `new` now" in words
