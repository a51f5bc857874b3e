"""Several processes, and processes that are killed."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

import pmworkshop
from pmworkshop.journal import Entry, Locked, create, open_journal, read_rows, verify

APPENDER = """
import sys
from pathlib import Path
from pmworkshop.journal import Entry, HeadMoved, open_journal
with open_journal(Path(sys.argv[1])) as journal:
    head, done = journal.head, 0
    while done < 40:
        try:
            entries = [Entry(at=done + n, name=sys.argv[2], version=1, body="{}") for n in range(2)]
            head, done = journal.append(entries, expected=head), done + 2
        except HeadMoved:
            head = journal.head
"""
CREATOR = """
import sys
from pathlib import Path
from pmworkshop.journal import AlreadyThere, create
print("ready", flush=True)
for line in sys.stdin:
    try:
        create(Path(line.strip())).close()
        print("made", flush=True)
    except AlreadyThere:
        print("refused", flush=True)
"""
ALONE = """
import sys
from pathlib import Path
from pmworkshop.journal import Locked, open_journal
with open_journal(Path(sys.argv[1])) as journal:
    while True:
        try:
            journal.take_alone()
            print("alone", flush=True)
        except Locked as locked:
            print("is open elsewhere" if "is open elsewhere" in str(locked) else locked, flush=True)
        sys.stdin.readline()
"""
VICTIM = """
import sys
from itertools import count
from pathlib import Path
from pmworkshop.journal import Entry, create
print("ready", flush=True)
for number in count():
    with create(Path(sys.argv[1], str(number), "journal.db")) as journal:
        head = journal.head
        for n in range(3):
            head = journal.append([Entry(at=n, name="Said", version=1, body="{}")] * 5, expected=head)
            print(number, head.seq, flush=True)
"""


def start(script: str, *words: object) -> subprocess.Popen[str]:
    env = os.environ | {"PYTHONPATH": str(Path(pmworkshop.__file__).parents[1])}
    command = [sys.executable, "-c", script, *map(str, words)]
    return subprocess.Popen(command, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_two_processes_append_one_chain(place: Path) -> None:
    """Two processes appending at once make one chain, in which nothing of either is lost or out of order."""
    create(place).close()
    for process in [start(APPENDER, place, name) for name in ("one", "two", "three")]:
        process.communicate(timeout=30)
        assert process.returncode == 0
    rows = read_rows(place).rows
    assert verify(place).ok
    assert len(rows) == 120
    for name in ("one", "two", "three"):
        assert [row.at for row in rows if row.name == name] == list(range(40))


def test_two_processes_create_one_journal(tmp_path: Path) -> None:
    """Of two processes creating the same journal one makes it and the other is refused."""
    racers = [start(CREATOR), start(CREATOR)]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    paths = "".join(f"{tmp_path / str(n) / 'journal.db'}\n" for n in range(25))
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write(paths)
        racer.stdin.flush()
    answers = [racer.communicate(timeout=30)[0].split() for racer in racers]
    assert [sorted(pair) for pair in zip(*answers, strict=True)] == [["made", "refused"]] * 25
    assert all(verify(tmp_path / str(n) / "journal.db").ok for n in range(25))


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Killed while creating or appending, a process leaves no journal or a whole one with all it promised."""
    dice = random.Random(7)
    for attempt in range(20):
        folder = tmp_path / str(attempt)
        victim = start(VICTIM, folder)
        assert victim.stdout is not None
        assert victim.stdout.readline() == "ready\n"
        time.sleep(dice.uniform(0, 0.03))
        victim.kill()
        whole_lines = victim.communicate(timeout=30)[0].rpartition("\n")[0].splitlines()
        promised = {int(number): int(seq) for number, seq in map(str.split, whole_lines)}
        made = {int(path.parent.name): path for path in folder.glob("*/journal.db")}
        assert made.keys() >= promised.keys()
        for number, path in made.items():
            report = verify(path)
            assert report.ok, report.words
            assert report.events >= promised.get(number, 0)
            assert report.events % 5 == 0
            with open_journal(path) as journal:
                journal.append([Entry(at=1, name="Said", version=1, body="on")], expected=report.head)


def test_whoever_is_alone_keeps_everybody_out_and_only_then(place: Path) -> None:
    """A process that merely has it open stands in the way; once alone, nobody else comes in, until it is closed or killed."""
    create(place).close()
    with open_journal(place) as mine:
        other = start(ALONE, place)
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "is open elsewhere\n"
        mine.append([Entry(at=1, name="Said", version=1, body="{}")], expected=mine.head)
    other.stdin.write("again\n")
    other.stdin.flush()
    assert other.stdout.readline() == "alone\n"
    with pytest.raises(Locked):
        open_journal(place)
    other.kill()
    other.communicate()
    with open_journal(place) as mine:
        assert mine.head.seq == 1
        mine.take_alone()
        mine.append([Entry(at=2, name="Said", version=1, body="{}")], expected=mine.head)
    assert verify(place).ok
