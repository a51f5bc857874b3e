"""Watching a kit: the stamp tells that something was changed, and `check --watch` says what that came to."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import pmworkshop
from pmworkshop.wiring.places import shipped_kit
from pmworkshop.wiring.starting import start_kit
from pmworkshop.wiring.watching import kit_stamp, stamp

ENV = os.environ | {"PYTHONPATH": str(Path(pmworkshop.__file__).parents[1]), "PYTHONUNBUFFERED": "1"}
PATIENCE = 20.0


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    return start_kit("kit", tmp_path, copy=False, shipped=shipped_kit()).root


class Watch:
    """`check --watch` as a process of its own, and what it has said so far."""

    def __init__(self, *words: str, cwd: Path) -> None:
        self.said = ""
        command = [sys.executable, "-m", "pmworkshop", "check", "--watch", *words]
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env=ENV,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    def says(self, words: str, after: int = 0) -> int:
        """Wait for words after what was said before; return how much has been said by then."""
        deadline = time.monotonic() + PATIENCE
        while not (found := re.search(words, self.said[after:])):
            assert time.monotonic() < deadline, f"waited in vain for {words}\n{self.said}"
            assert self.process.poll() is None, self.said
            time.sleep(0.05)
        return after + found.end()

    def ends(self) -> int:
        """Press Ctrl+C; return the exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        self._reading.join(PATIENCE)
        return code


@pytest.fixture
def watch() -> Iterator[Callable[..., Watch]]:
    begun: list[Watch] = []

    def begin(*words: str, cwd: Path) -> Watch:
        begun.append(Watch(*words, cwd=cwd))
        return begun[-1]

    yield begin
    for one in begun:
        one.process.kill()
        one.process.wait()
        if one.process.stdout is not None:
            one.process.stdout.close()


def test_a_stamp_tells_every_change_and_nothing_else(kit: Path) -> None:
    """A stamp is equal while nothing changes, and another after a file was written, renamed over, added, hidden or gone."""
    session = kit / "sessions" / "my-session.yaml"
    text = session.read_text("utf-8")

    def written() -> None:
        session.write_text(f"{text}# more\n", "utf-8")

    def written_aside() -> None:
        half = kit / "sessions" / "half~"
        half.write_text(f"{text}# more\n", "utf-8")
        os.utime(half, ns=(session.stat().st_atime_ns, session.stat().st_mtime_ns))
        half.replace(session)

    def added() -> None:
        (kit / "cards" / "more.yaml").touch()

    def gone() -> None:
        session.unlink()

    def folder_gone() -> None:
        (kit / "exercises").rename(kit / "exercises-away")

    def kit_gone() -> None:
        kit.rename(kit.parent / "away")

    for change in (written, written_aside, added, gone, folder_gone, kit_gone):
        before = kit_stamp(kit)
        assert kit_stamp(kit) == before
        change()
        assert kit_stamp(kit) != before, change.__name__
    assert kit_stamp(kit) == kit_stamp(kit)


def test_what_is_none_of_the_kits_leaves_the_stamp_alone(kit: Path) -> None:
    """An editor's own files, pictures and what lies beside the kit's folders change no stamp."""
    before = kit_stamp(kit)
    for place in (
        "sessions/.my-session.yaml.swp",
        "sessions/my-session.yaml~",
        "exercises/4913",
        "notes.yaml",
    ):
        (kit / place).write_text("x", "utf-8")
    assert kit_stamp(kit) == before


def test_single_files_have_stamps_too(kit: Path, tmp_path: Path) -> None:
    """A file or folder outside the kit is watched like the kit itself, and the kit beside it."""
    (tmp_path / "drafts" / "deep").mkdir(parents=True)
    draft = tmp_path / "drafts" / "deep" / "x.yaml"
    draft.write_text("a", "utf-8")
    for watched in (draft, tmp_path / "drafts"):
        before = stamp([watched], kit)
        assert stamp([watched], kit) == before
        draft.write_text(draft.read_text("utf-8") + "a", "utf-8")
        assert stamp([watched], kit) != before


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C cannot be sent there as it is here")
def test_check_follows_an_author_at_work(kit: Path, watch: Callable[..., Watch]) -> None:
    """Each save is checked: a slip is said with its line, its mending as well; a file that is gone, half written or bytes ends nothing."""
    session = kit / "sessions" / "my-session.yaml"
    text = session.read_text("utf-8")
    at_work = watch(cwd=kit)
    so_far = at_work.says(r"\d\d:\d\d:\d\d  all well\n")

    session.write_text(text.replace("minutes: 20", "minutess: 20"), "utf-8")
    so_far = at_work.says(
        r"1 error, 0 warnings\nsessions/my-session.yaml:\d+:5: `minutess`.*`minutes`", so_far
    )

    half = kit / "sessions" / "my-session.yaml.new"
    half.write_text(text, "utf-8")
    half.replace(session)
    so_far = at_work.says(r"all well", so_far)

    session.write_text(f'{text}  - id: "hal', "utf-8")
    so_far = at_work.says(r"[1-9]\d* errors?,", so_far)
    session.write_bytes(b"\xff\x00\x9b")
    so_far = at_work.says(r"[1-9]\d* errors?,", so_far)
    session.unlink()
    so_far = at_work.says(r"[1-9]\d* errors?,", so_far)

    assert "Traceback" not in at_work.said
    assert at_work.ends() == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C cannot be sent there as it is here")
def test_a_kit_that_is_moved_away_is_waited_for(kit: Path, watch: Callable[..., Watch]) -> None:
    """While the kit is not where it was, that is said; once it is back it is checked, and Ctrl+C ends with the last check's code."""
    at_work = watch("--kit", "kit", cwd=kit.parent)
    so_far = at_work.says("all well")
    kit.rename(kit.parent / "away")
    so_far = at_work.says("is not a kit.*waiting until it is there|does not exist; waiting", so_far)
    (kit.parent / "away").rename(kit)
    at_work.says("all well", so_far)
    assert at_work.ends() == 0
    assert "Traceback" not in at_work.said
