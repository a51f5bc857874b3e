"""Taking a pack out of its zip, whoever may have had it in their hands: bounded, and never a crash.

Python's own reader is used, because it also reads what was packed anew by other tools; whether the zip is still as
it was written, byte for byte, is said apart.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Mapping
from typing import Final

from pmworkshop.core.text import clean_line
from pmworkshop.core.value import value
from pmworkshop.export.stored import stored

LARGEST: Final = 500_000_000
"""Bytes, of a pack and of what is in it together."""
MOST_MEMBERS: Final = 5_000
NAMED: Final = 5
ENCRYPTED: Final = 1


class NotAPackError(Exception):
    """Why nothing can be taken out of a file, in plain words."""


@value
class Opened:
    """A pack's files by name. `damaged` could not be read, `twice` are there more than once."""

    files: Mapping[str, bytes]
    damaged: tuple[str, ...]
    twice: tuple[str, ...]
    as_written: bool


def open_parcel(content: bytes) -> Opened:
    """Return what is in a pack; `NotAPackError` where it is no zip, or one that would not fit into memory."""
    if len(content) > LARGEST:
        raise NotAPackError(f"it is larger than any pack ({len(content):,} bytes)")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _taken_out(archive, content)
    except NotAPackError:
        raise
    except (
        Exception
    ) as error:  # saves the centre from whatever Python's reader stumbles over in a damaged zip
        raise NotAPackError(
            "it is no zip, or it is damaged or cut off so that it cannot be opened"
        ) from error


def _taken_out(archive: zipfile.ZipFile, content: bytes) -> Opened:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise NotAPackError(f"it holds {len(members):,} files, which no pack does")
    if sum(one.file_size for one in members) > LARGEST:
        raise NotAPackError("unpacked it would be larger than any pack; it was not unpacked")
    times = Counter(one.filename for one in members)
    files: dict[str, bytes] = {}
    damaged: list[str] = []
    for one in members:
        try:
            files[one.filename] = _read(archive, one)
        except Exception:  # noqa: BLE001  # as above: one damaged file must not hide what is wrong with the others
            damaged.append(one.filename)
    twice = tuple(name for name, count in times.items() if count > 1)
    return Opened(
        files=files,
        damaged=tuple(damaged),
        twice=twice,
        as_written=not damaged and not twice and stored(files) == content,
    )


def _read(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    """Read one member; only what is stored or deflated, which cannot grow beyond the size that it says."""
    if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or one.flag_bits & ENCRYPTED:
        raise NotImplementedError
    one.filename.encode()
    content = archive.read(one)
    if len(content) != one.file_size:
        raise EOFError
    return content


def named(names: list[str]) -> str:
    """Return names of files to be read, the first few of them."""
    shown = ", ".join(clean_line(name)[:100] for name in names[:NAMED])
    return f"{shown} and {len(names) - NAMED} more" if len(names) > NAMED else shown
