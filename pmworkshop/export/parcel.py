"""A pack as one file: what is in it, what it says about itself, and the sums that any machine can check.

The same files and the same words about them give the same bytes. `SHA256SUMS` covers every other file, so that
`sha256sum -c SHA256SUMS` works wherever the pack was unzipped; there is no folder around them, for whatever unzips
makes one, and a path is not to grow too long for Windows.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value
from pmworkshop.export.stored import stored

FORMAT: Final = "pmworkshop-pack/1"
MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
SEALS: Final = (MANIFEST, SUMS)


@value
class About:
    """What a pack says about itself. `made` is when the newest event was recorded that it was made from.

    `head_seq` and `head_hash` are the end of the cohort's record then; `standards` are those that its PDF keeps,
    `replaced` the characters that no font could show.
    """

    software: str
    cohort: str
    participant: ParticipantId
    person: str
    unit: str
    head_seq: int
    head_hash: str
    made: Instant
    draft: bool = False
    demonstration: bool = False
    standards: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()


def parcel(files: Mapping[str, bytes], about: About) -> bytes:
    """Return the zip of `files` by name, with their manifest and sums.

    ValueError for a name that could lead out of the folder or that the seals have, and for more than a zip can hold.
    """
    for name in files:
        if name in SEALS or not is_plain(name):
            raise ValueError(f"a pack cannot hold a file called {name!r}")
    manifest = {MANIFEST: manifest_of(files, about)}
    whole = {**files, **manifest}
    return stored({**whole, SUMS: sums_of(whole)})


def is_plain(name: str) -> bool:
    """Whether a name is that of a file within the folder, on any system, on one line of `SHA256SUMS`."""
    parts = name.split("/")
    return name.isprintable() and not set(name) & set('\\:*?"<>|') and not {"", ".", ".."} & set(parts)


def manifest_of(files: Mapping[str, bytes], about: About) -> bytes:
    """Return the manifest as JSON."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "software": about.software,
        "cohort": about.cohort,
        "person": {"id": about.participant, "name": about.person},
        "unit": about.unit,
        "head": {"seq": about.head_seq, "hash": about.head_hash},
        "made": {"utc": _calendar(about.made), "milliseconds": about.made},
        "draft": about.draft,
        "demonstration": about.demonstration,
        "pdf_standards": list(about.standards),
        "replaced_characters": list(about.replaced),
        "files": [
            {"name": name, "size": len(files[name]), "sha256": sha256(files[name]).hexdigest()}
            for name in sorted(files)
        ],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """Return the sums of `files`, as the stock tool writes and reads them."""
    lines = (f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def _calendar(at: Instant) -> str:
    """Return an instant as `2027-03-01T09:30:00.000Z`; nothing where Python's calendar does not reach."""
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
    except OverflowError:
        return ""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
