"""Checking 1,000 session files, beside what PyYAML's C loader alone takes to compose the same texts.

Ours is the whole of `load_kit`: finding and reading the files, decoding, YAML, shape, sense, times and the
course's own checks. The floor has the texts in memory already and does nothing with the nodes.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from pmworkshop.library import load_kit, shipped_kit_path

FILES = 1_000
LISTED = 50
RUNS = 3
TARGET = 3.0


def run() -> list[tuple[str, float, float, float]]:
    """Return name, our milliseconds, the floor's milliseconds, and the ratio not to exceed."""
    with tempfile.TemporaryDirectory() as folder:
        kit = Path(folder) / "kit"
        texts = _fill(kit)
        loaded = load_kit(kit)
        if len(loaded.sessions) != FILES or any(found.severity == "error" for found in loaded.problems):
            raise RuntimeError("the copied kit should hold no errors")
        ours, floor = _best(lambda: load_kit(kit), lambda: _compose(texts))
    return [(f"check {FILES} sessions", ours, floor, TARGET)]


def _fill(kit: Path) -> list[str]:
    """Copy the shipped kit, with session A under a thousand names; return the thousand texts."""
    shipped = shipped_kit_path()
    for name in ("exercises", "cards", "sessions/units"):
        shutil.copytree(shipped / name, kit / name)
    pattern = (shipped / "sessions" / "session-a.yaml").read_text(encoding="utf-8")
    texts = []
    for number in range(FILES):
        text = pattern.replace("title: Session A", f"title: Session A {number}", 1)
        text = text.replace("- id: ", f"- id: s{number}-")
        (kit / "sessions" / f"session-{number}.yaml").write_text(text, encoding="utf-8", newline="\n")
        texts.append(text)
    course = (shipped / "sessions" / "course.yaml").read_text(encoding="utf-8")
    listed = ", ".join(f"session-{number}" for number in range(LISTED))
    course = course.replace("[session-a, session-b]", f"[{listed}]")
    (kit / "sessions" / "course.yaml").write_text(course, encoding="utf-8", newline="\n")
    return texts


def _compose(texts: list[str]) -> None:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for text in texts:
        yaml.compose(text, loader)


def _best(*works: Callable[[], object]) -> list[float]:
    """Return the least milliseconds of each work, taken in turns so that a slow moment hits both."""
    least = [float("inf")] * len(works)
    for _ in range(RUNS):
        for number, work in enumerate(works):
            begin = time.perf_counter()
            work()
            least[number] = min(least[number], (time.perf_counter() - begin) * 1000)
    return least


if __name__ == "__main__":
    for name, ours, floor, target in run():
        print(f"{name}: {ours:.0f} ms, floor {floor:.0f} ms, ratio {ours / floor:.2f} (at most {target})")
        if ours / floor > target:
            sys.exit(1)
