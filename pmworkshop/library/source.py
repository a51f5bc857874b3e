"""One file of the kit as text: read once, decoded, and able to turn an offset into line and column.

A `Source` gathers the file's problems, at most `LIMIT` of them; nothing here raises for what a file holds.
"""

import re
import stat
from bisect import bisect_right
from functools import cached_property
from pathlib import Path

from pmworkshop.core.text import clean_line
from pmworkshop.library.problem import Problem, Severity

LARGEST = 1024 * 1024
"""Bytes. A session plan of a whole day is some 30 KB."""
LIMIT = 200
"""Problems told for one file; an author mends the first ones first."""

_BREAK = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_SAVE = "save the file as UTF-8"


class Source:
    """The text of one file, the name it is shown under, and what was found wrong with it."""

    def __init__(self, shown: str, text: str = "") -> None:
        self.shown = shown
        self.text = text
        self.problems: list[Problem] = []

    @property
    def full(self) -> bool:
        """Whether enough was said about this file."""
        return len(self.problems) > LIMIT

    @property
    def has_errors(self) -> bool:
        """Whether something here keeps the file from being used."""
        return any(problem.severity == "error" for problem in self.problems)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def place(self, index: int) -> tuple[int, int]:
        """Return line and column, from 1, of the character at `index`."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def blame(self, index: int, what: str, remedy: str, severity: Severity = "error") -> None:
        """Note a problem at the character `index`."""
        self.blame_at(self.place(index), what, remedy, severity)

    def blame_at(self, place: tuple[int, int], what: str, remedy: str, severity: Severity = "error") -> None:
        """Note a problem at a line and column; beyond the limit say only that there is more."""
        if self.full:
            return
        if len(self.problems) == LIMIT:
            what, remedy, severity = (
                "there are more problems than these",
                "mend the ones above first",
                "error",
            )
        self.problems.append(
            Problem(
                path=self.shown,
                line=place[0],
                column=place[1],
                severity=severity,
                what=clean_line(what),
                remedy=clean_line(remedy),
            )
        )


def open_source(path: Path, shown: str) -> Source:
    """Read a file, decode it and look for what no text file should hold. Check `has_errors` before going on."""
    source = Source(shown)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            source.blame_at((1, 1), "this is a folder, not a file", "rename the folder or move it away")
            return source
        if not stat.S_ISREG(mode):
            source.blame_at((1, 1), "this is not an ordinary file", "put a text file in its place")
            return source
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        source.blame_at(
            (1, 1),
            f"the file cannot be read ({why})",
            "look at its permissions, or whether it is still there",
        )
        return source
    return decode(data, source)


def decode(data: bytes, source: Source) -> Source:
    """Put the text of `data` into `source`; wrong bytes, control characters and sheer size become problems."""
    if len(data) > LARGEST:
        source.blame_at(
            (1, 1),
            f"the file is larger than {LARGEST // 1024} KB, so it was not read",
            "split it, or look whether it is the right file",
        )
        return source
    if _is_utf16(data):
        source.blame_at((1, 1), "the file is saved as UTF-16", _SAVE)
        return source
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        source.text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _blame_byte(source, data, error.start)
        return source
    for found in _CONTROL.finditer(source.text):
        source.blame(
            found.start(),
            f"a control character (U+{ord(found.group()):04X}) that cannot be seen",
            "delete it, or type the line afresh",
        )
        if source.full:
            break
    if source.problems:
        source.text = _CONTROL.sub(" ", source.text)
    return source


def _is_utf16(data: bytes) -> bool:
    """Tell UTF-16 (and UTF-32) by its mark, or by the zero byte beside an ASCII letter at the start."""
    return data[:2] in {b"\xff\xfe", b"\xfe\xff"} or (len(data) > 1 and (data[0] == 0) != (data[1] == 0))


def _blame_byte(source: Source, data: bytes, at: int) -> None:
    """Say where the first byte stands that is not UTF-8, and which letter Windows would show for it."""
    before = _BREAK.split(data[:at].decode("utf-8"))
    letter = data[at : at + 1].decode("cp1252", "replace")
    hint = f", perhaps meant as “{letter}”" if letter.isprintable() and letter != "\ufffd" else ""
    source.blame_at(
        (len(before), len(before[-1]) + 1), f"a byte (0x{data[at]:02X}{hint}) that is not UTF-8", _SAVE
    )
