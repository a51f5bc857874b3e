"""Bytes to values: encodings, limits, and files that are made to hurt."""

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from pmworkshop.library import load_kit, yaml_source
from pmworkshop.library.source import LARGEST, Source, decode, open_source
from pmworkshop.library.yaml_source import read_yaml

GOOD = "title: Café\n"


def told(data: bytes) -> list[str]:
    source = decode(data, Source("x.yaml"))
    if source.text or not source.has_errors:
        read_yaml(source)
    return [str(problem) for problem in source.problems]


@pytest.mark.parametrize("loader", [getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader])
@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000, "[[]," * 100_000, "[" * 500 + "]" * 500, "&a " * 100_000, "{" * 100_000, "a: " * 100_000, '"' * 300_000, "*a " * 100_000, "!a " * 100_000, "\n".join(" " * n + "a:" for n in range(1000)), "- - - [[{a: [" * 10_000, "%" * 100_000, "--- " * 50_000, "---\n" * 50_000, "a:\n" * 50_000, "&a [" * 50_000],
    ids=lambda text: text[:8].encode("unicode_escape").decode(),
)  # fmt: skip
def test_depth_and_repetition_neither_crash_nor_hang(
    text: str, loader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Endless nesting, keys, references and documents end in a few problems, quickly, with either parser."""
    monkeypatch.setattr(yaml_source, "Loader", loader)
    begin = time.perf_counter()
    source = Source("x.yaml", text)
    assert read_yaml(source) is None or source.problems
    assert 1 <= len(source.problems) <= 201
    assert time.perf_counter() - begin < 5


def test_an_alias_bomb_is_refused_at_its_first_references() -> None:
    """Nothing is multiplied: each reference is a problem of its own."""
    text = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True))  # fmt: skip
    assert len(told(text.encode())) == 8 + 14
    assert told(b"a: &a [*a]\n")[1] == (
        "x.yaml:1:8: `*a` refers to another place in the file; "
        "write the value out, or put a text that begins with * in quotes"
    )


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_places_are_right_with_any_line_ending_and_byte_order_mark(ending: str, mark: bytes) -> None:
    """Line and column count from 1, in characters, as an editor shows them."""
    text = ending.join(["title: Café 😀", "note: |", "  a b", "x: {ü: *a}", ""])
    assert told(mark + text.encode())[0].startswith("x.yaml:4:8: `*a`")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_utf_16_is_named(encoding: str) -> None:
    """A file from an editor's “Unicode” setting is recognised, with or without its mark."""
    assert told(GOOD.encode(encoding)) == ["x.yaml:1:1: the file is saved as UTF-16; save the file as UTF-8"]


def test_a_wrong_byte_is_named_with_its_place() -> None:
    """A Windows file shows which byte and which letter is meant."""
    data = "title: ok\nnote: “Café” caf".encode() + b"\x92s\n"
    assert told(data) == [
        "x.yaml:2:17: a byte (0x92, perhaps meant as “\u2019”) that is not UTF-8; save the file as UTF-8"
    ]


def test_every_control_character_is_named_and_the_rest_still_read() -> None:
    """Control characters are listed, and do not hide what else is wrong."""
    lines = told(b"a: x\x00\nb: \x1b2Jx\na: \xc2\x9b\n")
    assert [line.split(": ")[0] for line in lines[:3]] == ["x.yaml:1:5", "x.yaml:2:4", "x.yaml:3:4"]
    assert "stands twice" in lines[3]


def test_a_file_of_5_mb_gets_one_line_and_is_not_parsed(tmp_path: Path) -> None:
    """Sheer size is one problem at once."""
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: [" * (5 * LARGEST // 4))
    begin = time.perf_counter()
    source = open_source(path, "x.yaml")
    assert [str(problem) for problem in source.problems] == [
        "x.yaml:1:1: the file is larger than 1024 KB, so it was not read; split it, or look whether it is the right file"
    ]
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize("content", ["a: 1\n" * 200_000, "k{n}: x\n", "segments: [1, 2, {}]\n"])
def test_a_file_with_endless_problems_tells_of_the_first_and_says_so(kit: Path, content: str) -> None:
    """Hundreds of problems in one file are cut off with a line that says there are more."""
    text = "".join(content.replace("{n}", str(n)) for n in range(60_000)) if "{n}" in content else content
    if "segments" in content:
        text = "segments:\n" + "  - {id: 5, notez: 6, activities: [x, y, z]}\n" * 400
    (kit / "sessions" / "morning.yaml").write_text(text)
    begin = time.perf_counter()
    problems = [problem for problem in load_kit(kit).problems if problem.path.endswith("morning.yaml")]
    assert len(problems) == 201
    assert any("more problems than these" in problem.what for problem in problems)
    assert time.perf_counter() - begin < 10


def test_a_folder_named_like_a_file_is_a_problem(kit: Path) -> None:
    """A folder called x.yaml is told of, and stops nothing."""
    (kit / "sessions" / "x.yaml").mkdir()
    assert str(load_kit(kit).problems[0]).startswith("sessions/x.yaml:1:1: this is a folder, not a file")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there, and pipes are not files")
def test_loops_of_links_and_pipes_do_not_hang(kit: Path) -> None:
    """A link to itself, a link to nothing and a pipe are problems of their own."""
    folder = kit / "sessions"
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "nowhere.yaml").symlink_to("gone.yaml")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe.yaml")
    lines = [str(problem) for problem in load_kit(kit).problems]
    assert any(line.startswith("sessions/loop.yaml:1:1: the file cannot be read (") for line in lines)
    assert any(line.startswith("sessions/nowhere.yaml:1:1: the file cannot be read (") for line in lines)
    assert any(line.startswith("sessions/pipe.yaml:1:1: this is not an ordinary file") for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions work otherwise there")
def test_a_file_that_may_not_be_read_is_a_problem(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused read names the file and the reason (root may read anything, so the refusal is staged)."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "cannot be read (permission denied)" in str(load_kit(kit).problems[0])


def test_both_parsers_tell_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where libyaml is missing, values, places and words of common slips stay the same."""
    texts = ["a: b: c", "a:\n\t- b", "a: 'x", "a: [1,2\nb: 3", "a: @x", "a: *b", "- a", "a: 1\na: 2", ": x", "a:\n  - b\n c: d", 'a: "b" c', "a: {b: c\nd: e", "x: [a, b]]", "a: |x\n  b", "a: }", "a:\nb: [~, 1.5, 0x1F]"]  # fmt: skip
    seen = []
    for loader in (getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader):
        monkeypatch.setattr(yaml_source, "Loader", loader)
        seen.append([told(text.encode()) for text in texts])
    assert seen[0] == seen[1]
    assert "a text cannot begin with @" in seen[0][4][0]
