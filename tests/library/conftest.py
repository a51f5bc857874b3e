"""A small good kit to spoil, one way at a time."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

FILES = {
    "sessions/course.yaml": """\
title: Course
unit: unit
sessions: [morning]
resources:
  - id: board
    title: A board
""",
    "sessions/morning.yaml": """\
title: Morning
start: "09:30"
end: "12:30"
segments:
  - id: one
    title: First
    at: "09:30"
    resources: [board]
    activities: [quiz]
    criteria: ["1.1"]
  - id: two
    title: Second
    at: "10:00"
    criteria: ["1.2"]
""",
    "sessions/units/unit.yaml": """\
reference: "1"
title: Unit
level: 3
credits: 2
guided_hours: 7
status: current
marking:
  rule: at least half
assignment:
  words: 1200
  words_from: 1000
  words_to: 2000
outcomes:
  - id: 1
    title: Outcome
    criteria:
      - id: "1.1"
        text: Describe it
        verb: describe
      - id: "1.2"
        text: Explain it
        verb: explain
""",
    "exercises/planned.yaml": """\
planned:
  - id: quiz
    title: A quiz
""",
    "cards/planned.yaml": "planned: []\n",
}


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """Make a kit without a problem; this is its folder."""
    root = tmp_path / "kit"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())
    return root


@pytest.fixture
def foreign(kit: Path) -> Path:
    """Put the exercises and the deck in `foreign/`, which use whatever there is, into the kit."""
    shutil.copytree(Path(__file__).parent / "foreign", kit, dirs_exist_ok=True)
    return kit


@pytest.fixture
def spoil(kit: Path) -> Callable[[str, str, str], Path]:
    """Replace one text by another in one file of the kit; returns the kit."""

    def change(name: str, old: str, new: str) -> Path:
        text = (kit / name).read_bytes().decode()
        assert old in text
        (kit / name).write_bytes(text.replace(old, new, 1).encode("utf-8", "surrogatepass"))
        return kit

    return change
