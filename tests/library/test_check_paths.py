"""What `check` looks at when an author names files and folders, and how it names them back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pmworkshop.library import LibraryError, check_paths

MORNING = "sessions/morning.yaml"
LOOSE = "title: T\nstart: '09:30'\nend: '10:30'\nsegments:\n  - {id: a, title: A, activities: [quizz]}\n"


def told(paths: list[Path], root: Path) -> list[str]:
    return [str(problem) for problem in check_paths(paths, root)]


def test_a_kit_a_folder_in_it_and_a_file_give_the_same_line_once(
    spoil: Callable[[str, str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However a file of the kit is named, its problem comes once and is named from the kit's root."""
    kit = spoil(MORNING, "[quiz]", "[qui]")
    line = f"{MORNING}:9:18: there is no exercise “qui”; did you mean `quiz`?"
    for path in (kit, kit / "sessions", kit / MORNING):
        assert told([path], kit) == [line]
    monkeypatch.chdir(kit)
    assert told(
        [Path(), Path("sessions"), Path(MORNING), Path("./sessions/../sessions/morning.yaml")], Path()
    ) == [line]


def test_only_what_was_named_is_told_of(spoil: Callable[[str, str, str], Path]) -> None:
    """A file's neighbours are read, for what it refers to, but their problems are not its own."""
    kit = spoil(MORNING, "[quiz]", "[qui]")
    assert told([kit / "sessions" / "course.yaml"], kit) == []
    assert told([kit / "exercises"], kit) == []


def test_a_file_in_another_kit_is_checked_there_and_named_as_given(
    kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kit around a file counts, not the one in use."""
    other = tmp_path / "other"
    kit.rename(other)
    (other / MORNING).write_bytes((other / MORNING).read_bytes().replace(b"[board]", b"[bord]"))
    (tmp_path / "kit" / "sessions").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "kit")
    line = f"../other/{MORNING}:8:17: there is no resource “bord”; did you mean `board`?"
    assert told([Path("../other") / MORNING], Path()) == [line]
    assert told([Path("../other")], Path()) == [line]


def test_a_loose_file_is_checked_beside_the_kit_in_use(kit: Path, tmp_path: Path) -> None:
    """Its sort is told by its keys, and it may refer to what the kit in use has."""
    loose = tmp_path / "loose" / "deep" / "x.yml"
    loose.parent.mkdir(parents=True)
    loose.write_text(LOOSE)
    (tmp_path / "loose" / ".hidden").mkdir()
    (tmp_path / "loose" / ".hidden" / "y.yaml").write_text("a: [")
    line = f"{loose.as_posix()}:5:36: there is no exercise “quizz”; did you mean `quiz`?"
    assert told([loose], kit) == [line]
    assert told([tmp_path / "loose"], kit) == [line]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("outcomes: 5", "a unit needs `reference`"),
        ("sessions: 5", "a course needs `title`"),
        ("planned: 5", "`planned` must be a list"),
        ("items: 5", "an exercise needs `title`"),
        ("cards: 5", "a deck needs `title`"),
        ("title: T\nitms: []", "`itms` is no key of an exercise; did you mean `items`?"),
        ("titel: T\nroles: []\ncard: []", "`card` is no key of a deck; did you mean `cards`?"),
        ("titel: T\nitel: x", "nothing here tells what this file is"),
        ("segmnts: []", "`segmnts` is no key of a session; did you mean `segments`?"),
        (
            "hello: 5",
            "nothing here tells what this file is; give a session `segments`, an exercise `items`, a deck `cards`",
        ),
    ],
)
def test_the_sort_of_a_loose_file_is_told_by_its_keys(
    text: str, words: str, kit: Path, tmp_path: Path
) -> None:
    """Even a misspelt key tells; a file that could be anything gets one line."""
    (tmp_path / "x.yaml").write_text(text)
    assert any(words in line for line in told([tmp_path / "x.yaml"], kit))


def test_a_path_that_is_not_there_or_holds_nothing_is_refused_in_words(kit: Path, tmp_path: Path) -> None:
    """A wrong path is bad usage, not a clean result."""
    with pytest.raises(LibraryError, match=r"gone\.yaml does not exist"):
        check_paths([tmp_path / "gone.yaml"], kit)
    (tmp_path / "bare").mkdir()
    with pytest.raises(LibraryError, match=r"bare holds no \*\.yaml files to check"):
        check_paths([tmp_path / "bare"], kit)
