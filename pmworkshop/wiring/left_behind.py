"""What stands about somebody outside their own events: earlier exports, photos nobody refers to, and where they are named."""

import html
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.naming import naming, plain, strings_in
from pmworkshop.core.text import clean_line
from pmworkshop.core.value import value
from pmworkshop.export.opening import LARGEST, NotAPackError, open_parcel
from pmworkshop.export.parcel import MANIFEST
from pmworkshop.journal import Row
from pmworkshop.wiring.photos import FOLDER
from pmworkshop.wiring.writing import EXPORTS

TEXTS: Final = (".html", ".json", ".jsonl", ".csv", ".ics", ".txt", ".md")
CLOSED: Final = (".pdf", ".docx", ".xlsx")
"""Documents that cannot be searched reliably: they go, and can be made again."""
OF_THE_KIT: Final = {
    "ExerciseTaken",
    "UnitTaken",
    "CentreTaken",
    "DeliveryOpened",
    "CardDrawn",
    "CohortCreated",
}
WHERE: Final = {
    "NoteTaken": "a note",
    "NoteCorrected": "a note",
    "OutputSubmitted": "something handed in",
    "OutputAmended": "something handed in",
    "OutputWithdrawn": "the reason of a withdrawal",
    "CriterionMapped": "the reason for a criterion",
    "RecordKept": "a record about somebody else",
    "MessageShown": "a message to the room",
    "ParticipantAdded": "somebody else's entry in the register",
    "ParticipantCorrected": "somebody else's entry in the register",
    "PackSigned": "somebody else's signature",
    "CentreSigned": "the signature for somebody else's pack",
    "AnonymousEntered": "an answer without a name",
}
SHOWN: Final = 90


@value
class Mention:
    """One place that still names somebody: where, and the words around it."""

    where: str
    text: str


def mentions(rows: Iterable[Row], drafts: Mapping[str, str], names: Collection[str]) -> tuple[Mention, ...]:
    """Return where these rows and drafts name somebody, also by a first name or a surname alone."""
    wanted = naming(names, parts=True)
    found: list[Mention] = []
    for row in rows:
        if wanted and row.body is not None and row.name not in OF_THE_KIT:
            where = f"event {row.seq}, {WHERE.get(row.name, row.name)}"
            found += _named(where, row.body, wanted)
    for key, body in drafts.items():
        if wanted:
            found += _named(f"unfinished: {clean_line(key)}", body, wanted)
    return tuple(found)


def faults(settings: Path, names: Collection[str]) -> Iterator[Mention]:
    """Yield the reports of faults in the trainer's folder that name somebody; they are plain text, to be deleted by hand."""
    wanted = naming(names)
    for path in (settings / "faults.txt", settings / "faults-before.txt"):
        text = _bytes(path).decode(errors="replace")
        if wanted and wanted.search(plain(text)):
            yield Mention(where=str(path), text="a report of a fault; delete the file")


def _named(where: str, body: str, wanted: re.Pattern[str]) -> Iterator[Mention]:
    try:
        texts = list(strings_in(json.loads(body)))
    except (ValueError, RecursionError):
        texts = [body]
    for text in texts:
        if hit := wanted.search(plain(text)):
            start = max(0, hit.start() - SHOWN // 2)
            yield Mention(where=where, text=clean_line(text[start : start + SHOWN]))
            return


def loose_photos(folder: Path, texts: Collection[str]) -> tuple[Path, ...]:
    """Return the photos of a cohort that none of these texts refers to."""
    if not (folder / FOLDER).is_dir():
        return ()
    kept = sorted(one for one in (folder / FOLDER).iterdir() if one.suffix in (".jpg", ".part"))
    return tuple(one for one in kept if not any(one.stem in text for text in texts))


@value
class Exports:
    """What lies in a cohort's folder of exports: what is to go, and what could not be looked into."""

    go: tuple[Path, ...]
    unknown: tuple[Path, ...]


def exports(folder: Path, people: Collection[ParticipantId], names: Collection[str]) -> Exports:
    """Return the exports about somebody: their packs, and whatever names them in full."""
    wanted = naming(names)
    go: list[Path] = []
    unknown: list[Path] = []
    files = sorted(one for one in (folder / EXPORTS).rglob("*") if one.is_file() or one.is_symlink())
    theirs = {one.parent for one in files if one.name == MANIFEST and _is_of(_bytes(one), people)}
    for path in files:
        verdict = True if theirs & {path, *path.parents} else _names(path, people, wanted)
        if verdict is None:
            unknown.append(path)
        elif verdict:
            go.append(path)
    return Exports(go=tuple(go), unknown=tuple(unknown))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            return b""
        return path.read_bytes()
    except OSError:
        return b""


def _names(path: Path, people: Collection[ParticipantId], wanted: re.Pattern[str] | None) -> bool | None:
    """Whether a file is about somebody or names them; None where that could not be seen."""
    kind = path.suffix.casefold()
    if wanted and wanted.search(plain(path.name)):
        return True
    if kind == ".zip":
        return _zip_names(_bytes(path), people, wanted)
    if kind in CLOSED:
        return bool(wanted)
    if kind in TEXTS:
        return bool(wanted) and _text_names(_bytes(path), wanted)
    return None


def _zip_names(
    content: bytes, people: Collection[ParticipantId], wanted: re.Pattern[str] | None
) -> bool | None:
    try:
        files = open_parcel(content).files
    except NotAPackError:
        return None
    if _is_of(files.get(MANIFEST, b""), people):
        return True
    texts = [one for name, one in files.items() if Path(name).suffix in TEXTS]
    return any(_text_names(one, wanted) for one in texts)


def _is_of(manifest: bytes, people: Collection[ParticipantId]) -> bool:
    try:
        return json.loads(manifest)["person"]["id"] in people
    except (KeyError, TypeError, ValueError, RecursionError):
        return False


def _text_names(content: bytes, wanted: re.Pattern[str] | None) -> bool:
    """Whether a text names somebody, also as HTML, JSON and calendars write a name."""
    if wanted is None:
        return False
    text = content.decode(errors="replace").replace("\r\n ", "")
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)
    written = {text, html.unescape(text), re.sub(r"\\(.)", r"\1", text), text.replace('""', '"')}
    return any(wanted.search(plain(one)) for one in written)
