"""The house stands as it was drawn: style, types, layers, what each verb may load, and keys that explain themselves."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from textual.binding import Binding

from pmworkshop.desk import keys
from pmworkshop.desk.keys import ids as known_ids
from pmworkshop.library import load_kit

ROOT = Path(__file__).parent.parent
LOADED = """
import sys
from pmworkshop.cli import main
sys.argv = ["pmworkshop", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    code = end.code
print("\\nLOADED", code, *sorted({name.partition(".")[0] for name in sys.modules}))
"""

pytestmark = pytest.mark.skipif(
    not (ROOT / "pyproject.toml").exists(), reason="only a checkout has the tools' settings"
)


def run(*command: str, data: Path | None = None) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, *command, *(["--data", str(data)] if data else [])]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    "command",
    [
        ("-m", "ruff", "check", "--output-format", "concise", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy"),
        ("-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"),
    ],
    ids=["style", "layout", "types", "layers"],
)
def test_the_tools_find_nothing(command: tuple[str, ...]) -> None:
    """Ruff with all its rules, its layout, mypy in strict mode and the layers of the house: all without a finding."""
    done = run(*command)
    if done.returncode:
        pytest.fail(f"{' '.join(command)}\n{done.stdout}{done.stderr}", pytrace=False)


@pytest.mark.parametrize(
    "words", [["--help"], ["check"], ["show", "session-a"], ["log", "x"], ["verify", "x"]]
)
def test_a_verb_loads_only_what_it_needs(tmp_path: Path, words: list[str]) -> None:
    """No verb but `run` loads Textual or a web server; help loads neither pydantic nor YAML nor SQLite."""
    if "x" in words:
        from pmworkshop import journal  # noqa: PLC0415  # only these two verbs need one

        with journal.create(tmp_path / "x" / "journal.db") as made:
            made.append([journal.Entry(at=1, name="Said", version=1, body="{}")], expected=made.head)
    done = run("-c", LOADED, *words, data=None if words == ["--help"] else tmp_path)
    code, *loaded = done.stdout.partition("\nLOADED ")[2].split()
    assert code == "0", done.stdout + done.stderr
    never = {"textual", "rich", "starlette", "uvicorn"}
    if words == ["--help"]:
        never |= {"pydantic", "yaml", "sqlite3", "platformdirs"}
    assert not never & set(loaded)
    assert "pmworkshop" in loaded


def test_every_key_explains_itself() -> None:
    """Each binding of the desk has an id of its own, a label and a tooltip, and can be changed by its id."""
    groups = {name: group for name, group in vars(keys).items() if name.isupper() and isinstance(group, list)}
    assert groups
    by_id: dict[str, Binding] = {}
    for name, group in groups.items():
        assert all(isinstance(one, Binding) for one in group)
        bindings = [one for one in group if isinstance(one, Binding)]
        for one in bindings:
            assert one.id, one
            assert one.description, one.id
            assert one.tooltip, one.id
            assert by_id.setdefault(one.id, one) == one, f"{one.id} stands for two things"
        pressed = [key for one in bindings for key in one.key.split(",")]
        assert len(pressed) == len(set(pressed)), f"{name} has one key for two things"
    assert known_ids() == set(by_id)


def test_the_readme_shows_what_is_there_and_says_what_check_says(tmp_path: Path) -> None:
    """Every picture of the README is in the repository, and its sample of a problem is what `check` says of it."""
    readme = (ROOT / "README.md").read_text("utf-8")
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", readme):
        assert (ROOT / picture).is_file(), picture
    kit = tmp_path / "kit"
    for folder in ("sessions", "exercises", "cards"):
        shutil.copytree(ROOT / folder, kit / folder)
    plan = kit / "sessions" / "session-a.yaml"
    plan.write_text(plan.read_text("utf-8").replace("grouping:", "grouping_:", 1), "utf-8")
    (problem,) = load_kit(kit).problems
    assert str(problem) in readme
