"""New times in a session's file: only the figures change, every comment, quote and line end stays as its author set it.

What comes out has passed the check of the kit that it lies in; the file itself is not touched here.
"""

import codecs
import difflib
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from pmworkshop.core.learning import Edit
from pmworkshop.core.plan import Session
from pmworkshop.core.value import value
from pmworkshop.library.problem import LibraryError
from pmworkshop.library.scalars import resolve
from pmworkshop.library.sheet import check_sheet
from pmworkshop.library.source import Source, decode
from pmworkshop.library.survey import survey
from pmworkshop.library.yaml_source import Document, read_yaml

_TIME: Final = re.compile(r"""(?P<quote>["']?)(?P<time>[0-9]{2}:[0-9]{2})(?P=quote)""")
_ANY_TIME: Final = re.compile(r"(?<![0-9:])[0-9]{2}:[0-9]{2}(?![0-9:])")
_AWKWARD: Final = re.compile(r'["\\\x00-\x1f\x7f-\uffff]')


@value
class Retimed:
    """A session's file as it is and as it would be, byte for byte, and the session that it would then hold.

    `mentions` are lines where a time that moves stands in other words too, with that time: they are the author's to mend.
    """

    path: Path
    before: bytes
    after: bytes
    session: Session
    mentions: tuple[tuple[int, str], ...]


def session_path(root: Path, session_id: str) -> Path:
    """Return where a session of a kit lies."""
    return root / "sessions" / f"{session_id}.yaml"


def retimed(root: Path, session_id: str, edits: Sequence[Edit]) -> Retimed:
    """Return a session's file with these edits. Raises `LibraryError`, with the place, where they cannot be made.

    So it is where the file has changed since it was read, where a time is written in a way of its own, or where the
    outcome would not pass the check.
    """
    path = session_path(root, session_id)
    shown = f"sessions/{path.name}"
    try:
        before = path.read_bytes()
    except OSError as error:
        raise LibraryError(f"{shown} cannot be read ({error.strerror}); is it still there?") from error
    source = decode(before, Source(shown))
    document = None if source.has_errors else read_yaml(source)
    if document is None:
        raise LibraryError(f"{shown} cannot be read as it is now; run `pmworkshop check`")
    spots = sorted(_spot(source, document, edit) for edit in edits)
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    after = mark + "".join(_pieces(source.text, spots)).encode("utf-8")
    return Retimed(
        path=path,
        before=before,
        after=after,
        session=_checked(root, shown, after),
        mentions=tuple(_mentions(source, document, edits)),
    )


def _spot(source: Source, document: Document, edit: Edit) -> tuple[int, int, str]:
    """Return from where to where in the text a figure stands, and what takes its place."""
    path = ("segments", edit.segment, edit.field)
    start = document.index(path)
    if edit.field == "at":
        found = _TIME.match(source.text, start)
        if found and found["time"] == edit.was:
            return found.start("time"), found.end("time"), str(edit.now)
    else:
        written = document.written(path)
        if written is not None and resolve(written) == edit.was:
            return start, start + len(written), str(edit.now)
    line, column = source.place(start)
    raise LibraryError(
        f"{source.shown}:{line}:{column}: `{edit.field}` should read {edit.was} here, and is written otherwise; "
        "write it plainly, or run this again if you have just changed it"
    )


def _mentions(source: Source, document: Document, edits: Sequence[Edit]) -> Iterator[tuple[int, str]]:
    """Yield line and time wherever a start that moves is written outside of the plan's own times."""
    moved = {str(edit.was) for edit in edits if edit.field == "at"}
    starts = {
        document.index(("segments", index, "at"))
        for index, segment in enumerate(document.value["segments"])
        if "at" in segment
    }
    starts |= {document.index((name,)) for name in ("start", "end")}
    for found in _ANY_TIME.finditer(source.text):
        if found[0] in moved and not {found.start(), found.start() - 1} & starts:
            yield source.place(found.start())[0], found[0]


def _pieces(text: str, spots: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    done = 0
    for start, end, figure in spots:
        yield text[done:start]
        yield figure
        done = end
    yield text[done:]


def _checked(root: Path, shown: str, content: bytes) -> Session:
    source = decode(content, Source(shown))
    sheet = check_sheet(source, "session", survey(root).known)
    if not isinstance(sheet.value, Session):
        problems = [one for one in source.problems if one.severity == "error"]
        raise LibraryError(f"with the new times the session would not pass the check: {problems[0]}")
    return sheet.value


def differences(found: Retimed, label: str) -> bytes:
    """Return what changes as a unified diff that `patch -p0` takes; `label` is the path that it names."""
    name = _label(label)
    before, after = (io.BytesIO(content).readlines() for content in (found.before, found.after))
    lines = difflib.diff_bytes(difflib.unified_diff, before, after, name, name)
    return b"".join(
        one if one.endswith(b"\n") else one + b"\n\\ No newline at end of file\n" for one in lines
    )


def _label(path: str) -> bytes:
    """Return a path as patches name it: awkward ones in quotes; a tab ends the name, so that spaces may stand in it."""
    raw = path.encode("utf-8", "surrogateescape")
    if not _AWKWARD.search(path):
        return raw + b"\t"
    letters = (chr(one) if 0x20 <= one < 0x7F and one not in b'"\\' else f"\\{one:03o}" for one in raw)  # noqa: PLR2004  # the printable part of ASCII
    return f'"{"".join(letters)}"'.encode("ascii")
