"""Whatever happens to good files, checking them ends in problems, never in an exception or a wait."""

import json
import random
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from pmworkshop.library import check_paths, shipped_kit_path
from pmworkshop.library.known import Known
from pmworkshop.library.problem import Problem
from pmworkshop.library.query import EACH, texts
from pmworkshop.library.sheet import check_sheet
from pmworkshop.library.source import Source, decode
from pmworkshop.library.yaml_source import read_yaml

ROOT = shipped_kit_path()
KINDS = {
    "sessions/course.yaml": "course",
    "sessions/session-a.yaml": "session",
    "sessions/session-b.yaml": "session",
    "sessions/units/ilm-8600-323.yaml": "unit",
}
FILES = {name: (ROOT / name).read_bytes() for name in KINDS}
FOREIGN = {
    "exercises/standort.yaml": "exercise",
    "exercises/frage.yaml": "exercise",
    "exercises/planned.yaml": "planned",
    "cards/gespraeche.yaml": "deck",
}
KINDS |= FOREIGN
FILES |= {name: (Path(__file__).parent / "foreign" / name).read_bytes() for name in FOREIGN}
NASTY = [b"\t", b"\x00", b"\xff", b"\xc3", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b": ", b" #", b"- ", b"[", b"]", b"{", b"}", b"*a ", b"&a ", b"!!str ", b"!!python/name:os ", b"|", b">", b"'", b'"', b"\\", b"%", b"@", b"`", b"? ", b"---\n", b"...\n", b"<<: ", b"\r", b"\n", b"\r\n", b"~", b".nan", b".inf", b"1e999", b"9" * 400, b"0x", b"[" * 99, b"{a: " * 50, b"- " * 99, b'"\\ud800"', b'"\\x00"', b"\xf0\x9f\x98\x80"]  # fmt: skip
WORDS: list[Any] = [None, True, 3, -1, 0.5, float("nan"), float("inf"), 10**40, "", "x", "\n", "\x07", "[/]", "99:99", "x" * 9000, [], [[]], {}, {"a": 1}, [None, 1, "a", {}], {"": {"": []}}]  # fmt: skip


def bytes_changed(data: bytes, random: random.Random) -> bytes:
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(data) + 1)
        until = min(at + random.choice([0, 0, 1, 2, 30]), len(data))
        data = data[:at] + random.choice([*NASTY, random.randbytes(2)]) + data[until:]
    return data


def lines_changed(data: bytes, random: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    for _ in range(random.randint(1, 4)):
        at, other = random.randrange(len(lines)), random.randrange(len(lines))
        change = random.randrange(6)
        if change == 0 and len(lines) > 1:
            del lines[at]
        elif change == 1:
            lines.insert(at, lines[other])
        elif change == 2:
            lines[at], lines[other] = lines[other], lines[at]
        elif change == 3:
            lines[at] = b" " * random.randint(1, 9) + lines[at]
        elif change == 4:
            lines[at] = lines[at].lstrip()
        else:
            lines[at] = lines[at].rstrip(b"\n")
    return b"".join(lines)


def structure_changed(data: bytes, random: random.Random) -> bytes:
    document = read_yaml(Source("x", data.decode()))
    assert document is not None
    value = json.loads(json.dumps(document.value))
    for _ in range(random.randint(1, 3)):
        places = list(_places(value))
        if not places:
            break
        holder, step = random.choice(places)
        change = random.randrange(4)
        if change == 0:
            del holder[step]
        elif change == 1 and isinstance(holder, dict):
            holder[
                random.choice(["titel", "id", "at", "segments", "items", "when", "scale", "", "x\n\u202e"])
            ] = holder.pop(step)
        elif change == 2:
            holder[step] = json.loads(json.dumps(random.choice(places)[0]))
        else:
            holder[step] = deepcopy(random.choice(WORDS))
    return json.dumps(value, ensure_ascii=bool(random.randrange(2))).encode()


def _places(value: Any) -> Any:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in list(items):
        yield value, step
        yield from _places(inner)


def fair(problem: Problem, data: bytes) -> None:
    """Assert that a problem has a place in the file, is one line of plain words, and says what to do."""
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert 1 <= problem.line <= lines
    assert 1 <= problem.column <= len(data) + 1
    assert problem.what
    assert problem.remedy
    line = str(problem)
    assert len(line) < 700, line
    assert line.isprintable(), line
    for jargon in ("pydantic", "NoneType", "dict", "tuple", "ScalarEvent", "block mapping", "Traceback"):
        assert jargon not in line


def known() -> Known:
    course = read_yaml(Source("x", FILES["sessions/course.yaml"].decode()))
    assert course is not None
    return Known(
        units=frozenset({"ilm-8600-323"}),
        sessions=frozenset({"session-a", "session-b"}),
        criteria={f"{outcome}.{number}": "words" for outcome in range(1, 5) for number in range(1, 4)},
        resources=frozenset(name for _, name in texts(course.value, "resources", EACH, "id")),
        activities=frozenset({"pm-inventory", "amo", "recap-quiz"}),
        decks=frozenset({"gespraeche"}),
        served=frozenset({"1.1"}),
        existing=frozenset({"amo"}),
    )


@pytest.mark.parametrize("change", [bytes_changed, lines_changed, structure_changed])
def test_a_mutated_file_is_told_of_and_raises_nothing(
    change: Callable[[bytes, random.Random], bytes],
) -> None:
    """800 mutations of each sort: problems only, each with place and remedy, each file within two seconds."""
    around = known()
    for seed in range(800):
        chance = random.Random(f"{change.__name__} {seed}")
        name = chance.choice(list(FILES))
        data = change(FILES[name], chance)
        begin = time.perf_counter()
        source = decode(data, Source(name))
        sheet = check_sheet(source, chance.choice([KINDS[name], None]), around)
        assert time.perf_counter() - begin < 2, (change.__name__, seed)
        for problem in source.problems:
            fair(problem, data)
        assert sheet.value is None or not source.has_errors


def test_a_kit_of_mutated_files_is_told_of_and_raises_nothing(tmp_path: Path) -> None:
    """100 kits with every file mutated go through the whole of `check`."""
    kit = tmp_path / "kit"
    for name in FILES:
        (kit / name).parent.mkdir(parents=True, exist_ok=True)
    for seed in range(100):
        chance = random.Random(seed)
        for name, data in FILES.items():
            change = chance.choice([bytes_changed, lines_changed, structure_changed, None])
            (kit / name).write_bytes(change(data, chance) if change else data)
        for problem in check_paths([kit], kit):
            assert problem.path in FILES
            fair(problem, (kit / problem.path).read_bytes())
