"""Where things are: the data folder with its cohorts. A cohort is the folder `<data>/<cohort>/` with `journal.db`."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from platformdirs import user_documents_path

from pmworkshop.core.text import clean_line, matching
from pmworkshop.core.value import value

JOURNAL = "journal.db"
LONGEST_SLUG = 60
_HASHED = re.compile(r"-[0-9a-f]{6}$")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$", re.IGNORECASE)


@value
class CohortPlace:
    """A cohort's folder as found: its name, and when its journal last changed (seconds, for sorting)."""

    name: str
    journal: Path
    changed: float


def data_folder(given: str | None) -> Path:
    """Return the folder of the cohorts: as given, as `PMWORKSHOP_DATA` says, or a visible one in the documents."""
    chosen = given or os.environ.get("PMWORKSHOP_DATA")
    return as_written(chosen) if chosen else user_documents_path() / "PM Workshop"


def as_written(text: str) -> Path:
    """Return the path that somebody wrote; a `~` before a name that is no user's is a letter like any other."""
    with suppress(RuntimeError):
        return Path(text).expanduser()
    return Path(text)


def there(path: Path, look: Callable[[Path], bool] = Path.exists) -> bool:
    """Whether something is at `path`; what may not be looked at, or cannot have that name, is not there."""
    with suppress(OSError):
        return look(path)
    return False


def slug(name: str) -> str:
    """Return a file name for any name: readable, safe on the three systems, and never the same for two names.

    Letters and figures of any script stay; where anything had to change, a short hash of the name is added.
    """
    name = unicodedata.normalize("NFC", clean_line(name))
    kept = "".join(char if char.isalnum() or char in "-_ ." else "-" for char in name)
    kept = kept.strip(" .-").replace(" ", "-")[:LONGEST_SLUG].rstrip(" .-")
    if kept == name and kept and not _RESERVED.match(kept.split(".")[0]):
        return kept
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:6]
    stem = f"{kept}-" if kept and not _RESERVED.match(kept.split(".")[0]) else "cohort-"
    return stem + digest


def journal_path(data: Path, cohort: str) -> Path:
    """Return where a cohort's journal is or would be; `cohort` is its name or its folder's."""
    direct = data / cohort / JOURNAL
    if cohort == Path(cohort).name and cohort not in ("", ".", "..") and there(direct):
        return direct
    return data / slug(cohort) / JOURNAL


def nearly(data: Path, cohort: str) -> str | None:
    """Return the folder of another cohort whose name differs only in case, spacing, accents or hyphens, if any."""
    if there(journal_path(data, cohort)):
        return None
    wanted = _bare(cohort)
    return next((place.name for place in cohorts(data) if _bare(_HASHED.sub("", place.name)) == wanted), None)


def _bare(name: str) -> str:
    return re.sub(r"[-_. ]", "", matching(name))


def cohorts(data: Path) -> list[CohortPlace]:
    """Return the cohorts in the data folder, the newest first; none where the folder is not there."""
    found = []
    try:
        for folder in data.iterdir():
            journal = folder / JOURNAL
            try:
                found.append(CohortPlace(name=folder.name, journal=journal, changed=_changed(journal)))
            except OSError:
                continue
    except OSError:
        return []
    return sorted(found, key=lambda place: -place.changed)


def _changed(journal: Path) -> float:
    """Return when a journal was last written to: what is newest stands in its -wal for a while."""
    changed = journal.stat().st_mtime
    with suppress(OSError):
        changed = max(changed, journal.with_name(f"{JOURNAL}-wal").stat().st_mtime)
    return changed


def shipped_kit() -> Path:
    """Return the folder of the kit that comes along: in the wheel, or in the checkout."""
    package = Path(__file__).resolve().parent.parent
    content = package / "_content"
    return content if content.is_dir() else package.parent


def kit_around(folder: Path) -> Path | None:
    """Return the kit that a folder is, or that it lies in; None where there is none."""
    if there(folder / "sessions", Path.is_dir):
        return folder
    with suppress(OSError):
        whole = folder.absolute()
        return next((one for one in whole.parents if there(one / "sessions" / "course.yaml")), None)
    return None
