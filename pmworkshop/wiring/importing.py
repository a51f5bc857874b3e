"""Notes from a file into a kit: what sort of file it is, where sessions go, and that nothing there is overwritten."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pmworkshop.wiring.finding import near
from pmworkshop.wiring.places import as_written, kit_around, there
from pmworkshop.wiring.unusable import Unusable
from pmworkshop.wiring.writing import target_folder, write_whole

if TYPE_CHECKING:
    from pmworkshop.library.notes import Imported, Notes

LARGEST_TEXT: Final = 256 * 1024
LARGEST_DOCUMENT: Final = 50_000_000
"""Bytes. A document may hold pictures, a text only words."""
_TEXT_ENDINGS: Final = frozenset({".txt", ".md", ".markdown", ".text", ""})
_SAVE: Final = "Save the notes as .txt, .md or .docx and import that."
_OLD_WORD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_ALIEN: Final = (
    (b"%PDF", "is a PDF, and its words cannot be taken out reliably"),
    (b"{\\rtf", "is rich text (RTF)"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"SQLite format 3", "is a database"),
)
_MOST_NAMED: Final = 12


def notes_at(given: str) -> "tuple[Notes, str]":
    """Return the notes in a file, and a remark about how it was read (mostly empty). Unusable for what is no notes."""
    path = as_written(given)
    if not there(path):
        raise Unusable(f"there is no file {given}; look at its name and folder.")
    if not there(path, Path.is_file):
        raise Unusable(f"{given} is not a file. Name the file with the notes.")
    content = _content(path, given)
    if not content.strip(b"\x00\xff\xfe\xef\xbb\xbf \t\r\n"):
        raise Unusable(f"{given} is empty: there are no notes in it. Save them, and import the file again.")
    _known_sort(path, content, given)
    from pmworkshop.library.notes import Notes  # noqa: PLC0415  # slow to import
    from pmworkshop.library.notes.reading import lines_of, numbered  # noqa: PLC0415  # slow to import

    name = " ".join(path.stem.replace("_", " ").replace("-", " ").split())
    name = name[:1].upper() + name[1:80] or "Notes"
    if content.startswith(_ZIP):
        from pmworkshop.wiring.notes_docx import docx_lines  # noqa: PLC0415  # slow to import

        lines, asides = docx_lines(content, given)
        if sum(len(text) for _, text in lines) > LARGEST_TEXT:
            raise Unusable(_too_large(given))
        return Notes(
            name=name,
            source=path.name,
            lines=lines_of(lines),
            unit="paragraph",
            asides=lines_of(asides),
        ), ""
    text, remark = _decoded(content, given)
    return Notes(name=name, source=path.name, lines=lines_of(numbered(text))), remark


def _content(path: Path, given: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_DOCUMENT + 1)
    except OSError as error:
        raise Unusable(
            f"{given} cannot be read ({(error.strerror or 'unknown reason').lower()}). Look at its permissions, "
            "and whether another program has it open."
        ) from error
    most = LARGEST_DOCUMENT if content.startswith(_ZIP) else LARGEST_TEXT
    if len(content) > most and not _alien(content):
        raise Unusable(_too_large(given))
    return content


def _too_large(given: str) -> str:
    return (
        f"{given} is too large for notes (more than {LARGEST_TEXT // 1024} KB of text). Look whether it is the right "
        "file, or import a part of it at a time."
    )


def _alien(content: bytes) -> str:
    return next((what for sign, what in _ALIEN if content.startswith(sign)), "")


def _known_sort(path: Path, content: bytes, given: str) -> None:
    """Refuse, by its first bytes, what is neither text nor a Word document."""
    if content.startswith(_OLD_WORD):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unusable(
                f"{given} is protected by a password. Open it in Word, save it without one, and import that."
            )
        raise Unusable(f"{given} is a file of an old Word (.doc). Open it in Word or LibreOffice. {_SAVE}")
    what = _alien(content)
    if what:
        raise Unusable(f"{given} {what}. {_SAVE}")
    if not content.startswith(_ZIP) and path.suffix.lower() == ".docx":
        raise Unusable(f"{given} is named .docx, but is no Word document. Open it where it was made. {_SAVE}")
    if not content.startswith(_ZIP) and path.suffix.lower() not in _TEXT_ENDINGS:
        raise Unusable(f"{given} is not named .txt, .md or .docx. {_SAVE}")


def _decoded(content: bytes, given: str) -> tuple[str, str]:
    """Return the text of bytes as editors save it: UTF-8, UTF-16 with its mark, else as Windows did."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = content.decode("utf-16", "replace")
        return text, f"{given} is saved as UTF-16."
    if content.count(b"\x00"):
        raise Unusable(f"{given} holds bytes that no text has. {_SAVE}")
    try:
        text, remark = content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise Unusable(f"{given} holds bytes that no text has. {_SAVE}") from error
        remark = f"{given} is not saved as UTF-8; it was read as Windows (1252) text. Look at the accents and quotes."
    odd = sum(not char.isprintable() and char not in "\t\r\n\x0b\x0c" for char in text[:4096])
    if odd * 10 > len(text[:4096]):
        raise Unusable(f"{given} holds bytes that no text has. {_SAVE}")
    return text, remark


def sessions_in(notes: "Notes", wanted: str | None, given: str) -> "tuple[Imported, ...]":
    """Return the sessions in notes that pass `check`, or the one that was asked for; else end in words."""
    from pmworkshop.library.notes import NotesError, imported  # noqa: PLC0415  # slow to import

    try:
        found = imported(notes)
    except NotesError as error:
        raise click.ClickException(f"{given}: {error}.") from error
    if not found:
        raise click.ClickException(
            f"no time was found in {given}. Begin a line with a time for each part, such as “9.30 Introductions”, "
            "and import it again."
        )
    if wanted is not None:
        found = _chosen(found, wanted, given)
    for one in found:
        if not one.fit:
            for problem in one.problems:
                click.echo(str(problem), err=True)
            raise click.ClickException(
                f"no sound session came out of “{one.title}” in {given}, so nothing was written. Look at its times, "
                "or import a part of the notes."
            )
    return found


def _chosen(found: "Sequence[Imported]", wanted: str, given: str) -> "tuple[Imported, ...]":
    word = " ".join(wanted.casefold().split())
    exact = [one for one in found if word in {one.key, f"session {one.key}", one.stem, one.title.casefold()}]
    close = [one for one in found if word in one.title.casefold()]
    for match in (exact, close):
        if len(match) == 1:
            return tuple(match)
    names = [one.title for one in found[:_MOST_NAMED]]
    raise Unusable(f"there is no session “{wanted}” in {given}; {near(wanted, names, 'there is none')}")


def targets(found: "Sequence[Imported]", to: str | None, kit: Path | None) -> list[Path]:
    """Return where each session goes; Unusable where one file was named for several, or something is there already."""
    folder = as_written(to) if to is not None else _default(kit)
    paths = [folder / f"{one.stem}.yaml" for one in found]
    if to is not None and _is_file_name(folder, to):
        if folder.suffix.lower() != ".yaml":
            raise Unusable(f"the kit reads only files named .yaml; write --to {folder.with_suffix('.yaml')}")
        if len(found) > 1:
            raise Unusable(
                f"there are {len(found)} sessions in the notes and --to names one file. Name a folder, "
                "or choose one with --session."
            )
        paths = [folder]
    for path in paths:
        if there(path):
            raise Unusable(
                f"{path} is there already and was left as it is. Name another file or folder with --to, "
                "or move it away first."
            )
    return paths


def _is_file_name(path: Path, given: str) -> bool:
    return (
        path.suffix.lower() in {".yaml", ".yml"}
        and not given.endswith(("/", "\\"))
        and not there(path, Path.is_dir)
    )


def _default(kit: Path | None) -> Path:
    """Return the folder `sessions` of the kit that was named or lies here, else the current folder."""
    around = kit if kit is not None else kit_around(Path())
    return Path() if around is None else around / "sessions"


def keep(paths: Sequence[Path], found: "Sequence[Imported]") -> None:
    """Write the sessions; ends in words where a disk or folder does not take them."""
    for path, one in zip(paths, found, strict=True):
        refused = target_folder(path.parent) or write_whole(path, one.text.encode())
        if refused is not None:
            raise click.ClickException(refused.words)


def to_list(paths: Sequence[Path]) -> list[str]:
    """Return the names that the course beside the new files does not list yet; none where there is no course."""
    course = paths[0].parent / "course.yaml"
    if course.absolute().parent.name != "sessions" or not there(course, Path.is_file):
        return []
    from pmworkshop import library  # noqa: PLC0415  # slow to import

    problems = library.check_paths(list(paths), course.parents[1])
    return [path.stem for path in paths if any(f"does not list {path.stem}" in one.what for one in problems)]
