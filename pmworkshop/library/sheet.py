"""One file of the kit, checked: its text, its values, its shape and its sense, in that order.

A `Sheet` that has no errors holds a core value that is fit to use.
"""

from dataclasses import dataclass, fields
from typing import Any

from pmworkshop.core.plan import Session
from pmworkshop.library.known import Known
from pmworkshop.library.meaning import BLAMES
from pmworkshop.library.problem import Blame, Path, closest
from pmworkshop.library.schemas import TYPES
from pmworkshop.library.shape import shape
from pmworkshop.library.source import Source
from pmworkshop.library.times import time_blames
from pmworkshop.library.yaml_source import Document, read_yaml

_MARKS = {
    "segments": "session",
    "outcomes": "unit",
    "learner": "centre",
    "sessions": "course",
    "items": "exercise",
    "cards": "deck",
    "planned": "planned",
}
_KEYS = frozenset(field.name for cls in TYPES.values() for field in fields(cls))
"""What may stand at the top of any file."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What became of a file: its problems (in `source`), its plain value, and the core value if it is fit."""

    source: Source
    plain: dict[str, Any] | None = None
    value: Any = None


def check_sheet(source: Source, kind: str | None, known: Known) -> Sheet:
    """Check an opened file as one of the sorts in `TYPES`; None finds out by its keys."""
    document = None if source.has_errors and not source.text else read_yaml(source)
    if document is None:
        return Sheet(source)
    kind = kind or _kind(document)
    if kind is None:
        source.blame(
            document.index(()),
            "nothing here tells what this file is",
            "give a session `segments`, an exercise `items`, a deck `cards`, a unit `outcomes`, a course `sessions`, a centre `learner`",
        )
        return Sheet(source, document.value)
    value = _judge(source, document, kind, known)
    return Sheet(source, document.value, None if source.has_errors else value)


def _judge(source: Source, document: Document, kind: str, known: Known) -> Any:
    value, blames = shape(TYPES[kind], document)
    blamed: set[Path] = set()
    for blame in blames:
        blamed.add(blame.path)
        _tell(source, document, blame)
        if source.full:
            return None
    for blame in BLAMES[kind](document.value, known):
        if blame.path not in blamed:
            _tell(source, document, blame)
        if source.full:
            return None
    if kind == "session":
        session = value if isinstance(value, Session) else None
        for blame in time_blames(document.value, session, blamed):
            _tell(source, document, blame)
    return value


def _tell(source: Source, document: Document, blame: Blame) -> None:
    """Put a blame where it belongs, unless the reader has refused that very part."""
    if document.was_refused(blame.path):
        return
    index = document.index(blame.path, at_key=blame.at_key)
    source.blame(index, blame.what, blame.remedy, blame.severity)


def _kind(document: Document) -> str | None:
    """Tell what a file is by the key that only its sort has, even if that is misspelt."""
    for key in document.value:
        if key in _MARKS:
            return _MARKS[key]
    strange = [key for key in list(document.value)[:50] if key not in _KEYS]
    guesses = (closest(key, _KEYS) for key in strange)
    return next((_MARKS[guess] for guess in guesses if guess in _MARKS), None)
