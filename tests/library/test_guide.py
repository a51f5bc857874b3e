"""The README as an author follows it: what stands there to be copied is sound, and what is to be typed exists."""

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest

from pmworkshop.cli import cli
from pmworkshop.library import load_kit

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
PLACE = re.compile(r"^# ((?:sessions|exercises|cards)/\S+\.yaml)$", re.MULTILINE)
MARKS = {"segments:": "sessions/feedback.yaml", "items:": "exercises/my-feedback.yaml"}

pytestmark = pytest.mark.skipif(not README.exists(), reason="only a checkout has the README")


def place_of(snippet: str) -> str:
    """Return where a snippet belongs: as its comment says, or by the key that only its sort has."""
    named = PLACE.search(snippet)
    return named[1] if named else next(place for mark, place in MARKS.items() if f"\n{mark}" in snippet)


def test_what_stands_in_the_readme_is_a_sound_kit(tmp_path: Path) -> None:
    """Every YAML snippet of the README, put where it says, is read without a word of complaint, and by its own name."""
    snippets = re.findall(r"^```yaml\n(.*?)^```$", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    files = {place_of(snippet): snippet for snippet in snippets}
    assert len(files) == len(snippets) >= 2
    if "sessions/course.yaml" not in files:
        for folder in ("sessions", "exercises", "cards"):
            shutil.copytree(ROOT / folder, tmp_path / folder)
        course = ROOT / "sessions" / "course.yaml"
        files["sessions/course.yaml"] = course.read_text("utf-8").replace(
            "session-b]", "session-b, feedback]"
        )
    for place, text in files.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text, "utf-8")
    kit = load_kit(tmp_path)
    assert kit.problems == ()
    read = {*kit.sessions, *kit.exercises, *kit.decks, *kit.units, "course", "centre"}
    assert {Path(place).stem for place in files} <= read


def commands() -> list[str]:
    """Return every command line of the README, from code blocks and from the text."""
    text = README.read_text("utf-8")
    blocks = re.findall(r"^```\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    inline = re.findall(
        r"`(pmworkshop [^`]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    )
    return sorted({one.strip() for one in (*lines, *inline) if one.startswith("pmworkshop ")})


@pytest.mark.parametrize("line", commands() if README.exists() else [])
def test_what_the_readme_types_can_be_typed(line: str) -> None:
    """Every `pmworkshop …` in the README names a verb that is there, with arguments and options that it takes."""
    command: click.Command = cli
    words = shlex.split(line, comments=True)[1:]
    context: click.Context | None = None
    while isinstance(command, click.Group):
        context = command.make_context(command.name, words, parent=context)
        words = [*context._protected_args, *context.args]
        assert words, line
        found = command.get_command(context, words.pop(0))
        assert found is not None, line
        command = found
    if words:  # the text may speak of a verb by its name alone
        command.make_context(command.name, words, parent=context)
