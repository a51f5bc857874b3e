"""New times in a session's file: the figures change and nothing else does, and the real `patch` takes the diff."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from pmworkshop.core.learning import Edit, learn
from pmworkshop.core.plan import SegmentId, Session
from pmworkshop.core.timetable import place
from pmworkshop.core.units import MINUTE, TimeOfDay
from pmworkshop.library import LibraryError, load_kit, shipped_kit_path
from pmworkshop.library.retiming import differences, retimed
from tests.core.any_plans import applied, plans

PLAN = """\
# My own morning: every comment stays.
title: Mine
start: "09:30"
end: 11:00   # the room is booked until then

segments:
  - id: hello   # 20 minutes, or so I thought
    title: Hello
    at: '09:30'
    notes: |
      Be done by 09:50, whatever comes.
    shortest: 12
  - {id: work, title: "Work: \\"real\\" é Übung", at: "09:50", minutes: 25}   # flow, with 5 min idle

  - id: tea
    title: Tea
    kind: break
    at:    10:20
    fixed:   true
    minutes:   15    # never less
  - id: close
    title: Close
"""
EDITS = (
    Edit(segment=1, field="at", was=TimeOfDay("09:50"), now=TimeOfDay("09:55")),
    Edit(segment=1, field="minutes", was=25, now=20),
    Edit(segment=2, field="minutes", was=15, now=20),
    Edit(segment=0, field="shortest", was=12, now=9),
)


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """Return a kit of an author's own, with one session, in a folder with awkward letters in its name."""
    root = tmp_path / 'a kit "of" mine, ü'
    for folder in ("sessions", "exercises", "cards"):
        shutil.copytree(shipped_kit_path() / folder, root / folder)
    put(root, PLAN.encode())
    return root


def put(root: Path, content: bytes) -> Path:
    path = root / "sessions" / "session-a.yaml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("\n", "\r\n").rstrip(),
        lambda text: "\ufeff" + text,
    ],
    ids=["plain", "CRLF", "no last newline", "CRLF, no last newline", "with a mark"],
)
@pytest.mark.parametrize("named", [True, False], ids=["patch -p0", "patch FILE"])
def test_patch_takes_the_diff_and_gives_the_same_bytes(
    kit: Path, change: Callable[[str], str], named: bool, patch: str
) -> None:
    """Whatever ends its lines, and wherever it lies, the file patched is byte for byte the one proposed."""
    path = put(kit, change(PLAN.replace("title: Close", "title: Close\n    minutes: 25")).encode())
    found = retimed(kit, "session-a", (*EDITS, Edit(segment=3, field="minutes", was=25, now=20)))
    label = path.relative_to(kit.parent).as_posix() if named else "elsewhere/x.yaml"
    diff = b"# Hello: 20 -> 25 min\n" + differences(found, label)
    words = [patch, "--batch", *(["-p0"] if named else [str(path)])]
    done = subprocess.run(words, input=diff, cwd=kit.parent, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert b"fuzz" not in done.stdout
    assert path.read_bytes() == found.after
    assert not list(path.parent.glob("*.orig"))


def test_only_figures_differ(kit: Path) -> None:
    """On every changed line the text without its figures is as it was, and no line comes or goes."""
    found = retimed(kit, "session-a", EDITS)
    before, after = found.before.decode().splitlines(), found.after.decode().splitlines()
    assert len(before) == len(after)
    changed = [(was, now) for was, now in zip(before, after, strict=True) if was != now]
    assert len(changed) == 3
    for was, now in changed:
        assert re.sub(r"\d+", "0", was) == re.sub(r"\d+", "0", now)
    assert (
        '- {id: work, title: "Work: \\"real\\" é Übung", at: "09:55", minutes: 20}   # flow'
        in found.after.decode()
    )
    assert found.session == applied(load_kit(kit).sessions["session-a"], EDITS)


def test_words_that_speak_of_a_moved_time_are_pointed_out(kit: Path) -> None:
    """The notes say 09:50, which moves: their line is told; the plan's own times are not."""
    assert retimed(kit, "session-a", EDITS).mentions == ((11, "09:50"),)


@pytest.mark.parametrize(
    ("was", "written"),
    [('at: "09:50"', 'at: "09:5\\x30"'), ("minutes: 25", "minutes: 26")],
    ids=["in a code", "changed meanwhile"],
)
def test_a_time_that_is_not_plainly_there_is_refused_with_its_place(
    kit: Path, was: str, written: str
) -> None:
    """Nothing is guessed: the words name file, line and column."""
    put(kit, PLAN.replace(was, written).encode())
    with pytest.raises(LibraryError, match=r"sessions/session-a.yaml:13:\d+: `(at|minutes)` should read"):
        retimed(kit, "session-a", EDITS)


def test_what_would_not_pass_the_check_is_refused(kit: Path) -> None:
    """An edit that makes time run backwards is never proposed."""
    wrong = Edit(segment=1, field="at", was=TimeOfDay("09:50"), now=TimeOfDay("10:25"))
    with pytest.raises(LibraryError, match="would not pass the check"):
        retimed(kit, "session-a", (wrong,))


def written(session: Session) -> str:
    """Return a session as an author might write it, in two styles by turns."""
    lines = [f"title: {session.title}", f'start: "{session.start}"', f"end: {session.end}", "segments:"]
    for index, one in enumerate(session.segments):
        keys = [f"id: {one.id}", f"title: {one.title}", f"kind: {one.kind}", f"priority: {one.priority}"]
        keys += [f'at: "{one.at}"' if index % 2 else f"at: {one.at}"] if one.at else []
        keys += [f"{key}: {getattr(one, key)}" for key in ("minutes", "shortest") if getattr(one, key)]
        keys += ["fixed: true"] if one.fixed else []
        keys += [f"method: [{', '.join(one.method)}]"]
        keys += ['criteria: ["1.1"]'] if one.criteria else []
        if index % 3 == 2:
            lines.append(f"  - {{{', '.join(keys)}}}  # {index}")
        else:
            lines += [f"  {'  ' if place else '- '}{key}" for place, key in enumerate(keys)] + ["    # on"]
    return "\n".join(lines) + "\n"


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(plans())
def test_any_plan_in_any_style_is_retimed_as_proposed(kit: Path, session: Session) -> None:
    """What is read from the retimed file is the proposal; a diff against it holds changed lines only."""
    put(kit, written(session).encode())
    slots = place(session)[0].slots
    took = {
        SegmentId(slot.segment): (slot.length // MINUTE + 3 * (-1) ** index,) * 4
        for index, slot in enumerate(slots)
    }
    took = {name: tuple(max(one, 1) for one in minutes) for name, minutes in took.items()}
    proposal = learn(load_kit(kit).sessions["session-a"], took)
    found = retimed(kit, "session-a", proposal.edits)
    assert found.session == applied(session, proposal.edits)
    before, after = found.before.decode().splitlines(), found.after.decode().splitlines()
    differ = sum(was != now for was, now in zip(before, after, strict=True))
    assert bool(proposal.edits) == bool(differ)
    assert differ <= len(proposal.edits)
