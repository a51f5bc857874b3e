"""What leaves the laptop is there whole or not at all, whatever cuts the writing off; and trouble is said in words."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import pmworkshop
from pmworkshop.core.refusal import Refusal
from pmworkshop.wiring.writing import target_folder, write_whole

ENV = os.environ | {"PYTHONPATH": str(Path(pmworkshop.__file__).parents[1])}
WRITER = """
import sys
from pathlib import Path
from pmworkshop.wiring.writing import write_whole
print("ready", flush=True)
for number in range(10**6):
    write_whole(Path(sys.argv[1]), bytes([number % 256]) * 3_000_000)
    print(number, flush=True)
"""
FULL = """
import resource, signal, sys
from pathlib import Path
from pmworkshop.wiring.writing import write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
print(write_whole(Path(sys.argv[1]), bytes(200_000)).words)
"""

READ_ONLY = """
import os, sys
from pathlib import Path
from pmworkshop.wiring.writing import target_folder, write_whole
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere
print(write_whole(Path(sys.argv[1]) / "pack.zip", b"").words)
print(target_folder(Path(sys.argv[1]) / "below").words)
"""


def words(trouble: Refusal | None) -> str:
    assert trouble is not None
    return trouble.words


def left_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_file_is_written_and_written_over(tmp_path: Path) -> None:
    """The folder is made, the newer file takes the older one's place, and nothing else stays behind."""
    folder = tmp_path / "a" / "b"
    assert target_folder(folder) is None
    for content in (b"old", b"new"):
        assert write_whole(folder / "pack.zip", content) is None
        assert (folder / "pack.zip").read_bytes() == content
    assert left_in(folder) == ["pack.zip"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_killed_at_any_moment_no_file_is_half(tmp_path: Path) -> None:
    """Under its name there is the older file or the newer one, whole; what lies half written goes with the next export."""
    path = tmp_path / "pack.zip"
    halves = 0
    for turn in range(20):
        command = [sys.executable, "-c", WRITER, str(path)]
        process = subprocess.Popen(command, env=ENV, stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.001 * turn)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if path.exists():
            content = path.read_bytes()
            assert len(content) == 3_000_000
            assert len(set(content)) == 1
        halves += len(list(tmp_path.glob(".pmworkshop-*")))
        assert target_folder(tmp_path) is None
        assert left_in(tmp_path) in ([], ["pack.zip"])
    assert halves, "no kill came while a file was half written: this test has shown nothing"


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_full_disk_leaves_the_older_file_and_nothing_half(tmp_path: Path) -> None:
    """Where no more can be written, what stood there stays, and the words say what to do."""
    path = tmp_path / "pack.zip"
    path.write_bytes(b"older")
    command = [sys.executable, "-c", FULL, str(path)]
    done = subprocess.run(command, env=ENV, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("The disk is full:"), done.stderr
    assert "pack.zip was not written" in done.stdout
    assert path.read_bytes() == b"older"
    assert left_in(tmp_path) == ["pack.zip"]


def test_what_is_in_the_way_is_named(tmp_path: Path) -> None:
    """A file where a folder should be, a folder where a file should be, a path too long: each has its own words."""
    (tmp_path / "file").write_bytes(b"mine")
    assert "is a file, not a folder" in words(target_folder(tmp_path / "file"))
    assert "file" in words(target_folder(tmp_path / "file" / "below"))
    (tmp_path / "pack.zip").mkdir()
    assert "is a folder" in words(write_whole(tmp_path / "pack.zip", b""))
    assert "too long" in words(write_whole(tmp_path / ("x" * 300), b""))
    assert "too long" in words(target_folder(tmp_path / ("x" * 300)))
    assert "its folder is gone" in words(write_whole(tmp_path / "nowhere" / "x", b""))
    assert left_in(tmp_path) == ["file", "pack.zip"]
    assert (tmp_path / "file").read_bytes() == b"mine"


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="no such permissions there")
def test_a_folder_that_is_read_only() -> None:
    """Where nothing may be written, that is said, with a way out."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, folder], env=ENV, capture_output=True, text=True, check=False
        )
    first, second = done.stdout.splitlines() or pytest.fail(done.stderr)
    assert "pack.zip could not be written: that place is read-only" in first
    assert "below could not be made" in second
    assert "--to" in first
