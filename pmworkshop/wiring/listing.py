"""Putting a new session on the course's list, in the author's own file: one word more, and nothing else changed."""

import re
from pathlib import Path
from typing import Any, Final

from pmworkshop.wiring.writing import write_whole

COURSE: Final = "sessions/course.yaml"
_FLOW: Final = re.compile(r"^(sessions:[ \t]*\[[^\]#\n]*?)(,?[ \t]*\])", re.MULTILINE)
_EMPTY: Final = re.compile(r"^sessions:[ \t]*\[(?=[ \t]*\])", re.MULTILINE)
_BLOCK: Final = re.compile(
    r"^(sessions:[ \t]*(?:#[^\r\n]*)?(?:\r?\n[ \t]*(?:#[^\r\n]*)?)*?(?:\r?\n([ \t]*)- [^\r\n]+)+)",
    re.MULTILINE,
)


def list_session(root: Path, session: str) -> str:
    """Add a session to the end of the course's list, and say so; where that cannot be done safely, say what to write."""
    by_hand = f"Add `{session}` to `sessions` in {COURSE}, so that it belongs to the course."
    path = root / COURSE
    try:
        path = path.resolve(strict=True)
        before = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return by_hand
    after = _with(before, session)
    if after is None or not _only_that(before, after, session):
        return by_hand
    if write_whole(path, after.encode()) is not None:
        return by_hand
    return f"{COURSE} lists `{session}` now, after the others."


def _with(text: str, session: str) -> str | None:
    """Return the text with one entry more, in the list's own style; None where the list is written in no usual one."""
    empty = _EMPTY.search(text)
    if empty:
        return f"{text[: empty.end()]}{session}{text[empty.end() :].lstrip(' ')}"
    flow = _FLOW.search(text)
    if flow:
        return f"{text[: flow.end(1)]}, {session}{text[flow.start(2) :]}"
    block = _BLOCK.search(text)
    if block:
        line = "\r\n" if "\r\n" in block[1] else "\n"
        return f"{text[: block.end(1)]}{line}{block[2]}- {session}{text[block.end(1) :]}"
    return None


def _only_that(before: str, after: str, session: str) -> bool:
    """Whether two texts mean the same but for the session at the list's end."""
    old, new = _meaning(before), _meaning(after)
    if old is None or new is None or not isinstance(old.get("sessions"), list):
        return False
    return new == {**old, "sessions": [*old["sessions"], session]}


def _meaning(text: str) -> dict[str, Any] | None:
    from pmworkshop.library.source import Source, decode  # noqa: PLC0415  # slow to import
    from pmworkshop.library.yaml_source import read_yaml  # noqa: PLC0415

    document = read_yaml(decode(text.encode(), Source(COURSE)))
    return None if document is None else document.value
