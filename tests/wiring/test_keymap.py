"""The trainer's own keys: what can be used is used, what cannot is said, and nothing stops the desk."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.desk.keys import ids as known_ids
from pmworkshop.wiring.keymap import read_keymap


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys") / "keys.yaml"


@pytest.mark.parametrize(
    ("text", "keys", "says"),
    [
        ("run.next: f2\nrun.back: 'f3,left'\n", {"run.next": "f2", "run.back": "f3,left"}, ""),
        ("", {}, ""),
        ("# nothing yet\n", {}, ""),
        ("home.new: 5\n", {"home.new": "5"}, ""),
        ("run.next: space\n", {}, "gives space to both run.pause and run.next"),
        ("run.nxt: f2\nrun.back: b\n", {"run.back": "b"}, "names keys that there are not: run.nxt"),
        ("run.next:\nrun.back: yes\nrun.pause: [a]\n", {}, "gives no key for run.back, run.next, run.pause"),
        ("- run.next\n", {}, "it needs lines such as `run.next: f2`"),
        ("run.next: [\n", {}, "was not read"),
        ("run.next: f2\n\ttab: 1\n", {}, "was not read"),
        ("run.next: 2027-02-31\n", {}, "was not read"),
        ("run.next: !!python/object/apply:os.getcwd []\n", {}, "was not read"),
        ("[a]: b\n", {}, "was not read"),
        ("[" * 3_000, {}, "was not read"),
        ('"\\e[31m\\u202Ex": f2\n', {}, "names keys that there are not: [31mx"),
    ],
)
def test_keys_are_read_or_spoken_of(path: Path, text: str, keys: dict[str, str], says: str) -> None:
    """Each line stands for itself; a file that cannot be read at all leaves the usual keys in force."""
    path.write_text(text, "utf-8")
    found, words = read_keymap(path)
    assert found == keys
    assert says in words
    assert bool(words) == bool(says)
    assert words.isprintable()


@settings(deadline=None, database=None, max_examples=150)
@given(
    content=st.binary(max_size=60) | st.text("run.nextf: -[]{}&*!'\"\n\t~1?%@|>", max_size=40).map(str.encode)
)
def test_no_file_stops_the_desk(path: Path, content: bytes) -> None:
    """Whatever bytes stand in the file, the answer is keys of ours and words."""
    path.write_bytes(content)
    found, words = read_keymap(path)
    assert found.keys() <= known_ids()
    assert words.isprintable()


def test_a_folder_in_its_place_is_spoken_of(tmp_path: Path) -> None:
    """What cannot be opened is said like what cannot be understood."""
    assert "was not read" in read_keymap(tmp_path)[1]
