"""A small kit in a folder whose files are edited while the desk is open. Shared by the tests of reloading."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.desk.conftest import Trainer

COURSE = """
title: A short course
unit: short
sessions: [morning]
"""
UNIT = """
reference: "7"
title: Short unit
level: 3
credits: 1
guided_hours: 3
status: current
marking: {rule: at least half}
outcomes:
  - id: 1
    title: Talks
    criteria:
      - {id: "1.1", text: Explain the value of talks, verb: explain}
"""
SESSION = """
title: Morning
start: "09:30"
end: "11:00"
segments:
  - {id: hello, title: Hello, at: "09:30", activities: [form], criteria: ["1.1"]}
  - {id: talk, title: Talk, at: "09:40", notes: Say it.}
  - {id: break, title: Coffee, kind: break, at: "10:20", fixed: true}
  - {id: work, title: Work, at: "10:30", activities: [form]}
"""
FORM = """
title: A form
kind: worksheet
about: me
privacy: shared
minutes: 5
instructions: Each alone.
items:
  - {id: one, kind: short, text: What is it?}
"""


class Kit:
    """A kit in a folder, whose files are edited as an author does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plan = folder / "sessions" / "morning.yaml"
        self.form = folder / "exercises" / "form.yaml"
        (folder / "sessions" / "units").mkdir(parents=True)
        (folder / "exercises").mkdir()
        (folder / "cards").mkdir()
        (folder / "sessions" / "course.yaml").write_text(COURSE, "utf-8")
        (folder / "sessions" / "units" / "short.yaml").write_text(UNIT, "utf-8")
        self.plan.write_text(SESSION, "utf-8")
        self.form.write_text(FORM, "utf-8")

    def edit(self, file: Path, *pairs: tuple[str, str]) -> None:
        text = file.read_text("utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        file.write_text(text, "utf-8")


def exercises(trainer: "Trainer") -> Mapping[str, object]:
    assert trainer.desk.kit is not None
    return trainer.desk.kit.exercises
