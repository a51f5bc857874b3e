"""The whole demonstration: played, put in its place, and its packs and reports written."""

import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from pmworkshop.core.refusal import Refusal
from pmworkshop.core.value import value
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.demo.afterwards import afterwards
from pmworkshop.wiring.demo.people import Days
from pmworkshop.wiring.demo.place import aside, free_name, put_in_place, writable
from pmworkshop.wiring.demo.session_a import session_a
from pmworkshop.wiring.demo.session_b import session_b
from pmworkshop.wiring.demo.stage import Stage
from pmworkshop.wiring.exporting import Held, Packed, export_packs, held
from pmworkshop.wiring.places import JOURNAL
from pmworkshop.wiring.reporting import REPORT, shown_from, write_reports
from pmworkshop.wiring.unusable import Unusable
from pmworkshop.wiring.writing import EXPORTS, target_folder

FIRST: Final = "demo-1"
"""Whose pack is opened first: there is most in it."""
LOOK: Final = "open-first"
TUESDAY: Final = 1
WEEK: Final = timedelta(days=7)

Tell = Callable[[str], None]


@value
class Shown:
    """What the demonstration left behind; `look` is the folder with the first pack unpacked, None where it has none."""

    data: Path
    cohort: str
    events: int
    replaced: bool
    packs: tuple[Packed, ...]
    look: Path | None
    reports: tuple[Path, ...]
    trouble: tuple[str, ...]


def demonstrate(data: Path, kit_root: Path, to: Path | None, tell: Tell) -> Shown:
    """Play the demonstration into the folder of the cohorts and its papers into `to`, or beside the record.

    `tell` hears of each step. Raises `Unusable` where a folder cannot be written to, or the play gets stuck.
    """
    refused = target_folder(to) if to else None
    if refused is not None:
        raise Unusable(refused.words)
    data = writable(data)
    cohort = free_name(data)
    tell("Getting ready")
    days = last_two_tuesdays(_today())
    with aside(data) as folder:
        _play(Stage(folder, cohort, kit_root, days, settings=data), tell)
        replaced = put_in_place(folder / cohort, data / cohort)
    record = held(data / cohort / JOURNAL)
    exports = to or data / cohort / EXPORTS
    packs = _packs(record, exports, tell)
    tell("Reports")
    folder = exports / (f"{REPORT}-{cohort}-{days.b}" if to else REPORT)
    reports = write_reports(record, folder, shown_from(kit_root))
    trouble = [one.trouble for one in packs if one.trouble]
    if isinstance(reports, Refusal):
        trouble.append(reports.words)
    return Shown(
        data=data,
        cohort=cohort,
        events=len(record.rows),
        replaced=replaced,
        packs=packs,
        look=_unpacked(packs, exports / LOOK),
        reports=() if isinstance(reports, Refusal) else reports,
        trouble=tuple(trouble),
    )


def last_two_tuesdays(today: date) -> Days:
    """Return the two newest Tuesdays that are over: far enough back that nothing lies in the future."""
    b = today - timedelta(days=(today.weekday() - TUESDAY - 1) % 7 + 1)
    return Days(a=b - WEEK, b=b)


def _today() -> date:
    return datetime.fromtimestamp(Clock().now() / 1000, tz=UTC).astimezone().date()


def _play(stage: Stage, tell: Tell) -> None:
    try:
        session_a(stage, tell)
        script = session_b(stage, tell)
        tell("Session B: signatures")
        afterwards(script)
    finally:
        stage.close()


def _packs(record: Held, to: Path, tell: Tell) -> tuple[Packed, ...]:
    def progress(done: int, of: int, name: str) -> None:
        if name:
            tell(f"Evidence pack {done + 1} of {of}")

    return tuple(export_packs(record, to, draft=True, progress=progress))


def _unpacked(packs: tuple[Packed, ...], to: Path) -> Path | None:
    """Unpack the first pack, so that somebody who is only looking need not."""
    first = next((one.path for one in packs if one.participant == FIRST and one.path), None)
    if first is None or target_folder(to) is not None:
        return None
    try:
        with zipfile.ZipFile(first) as pack:
            pack.extractall(to)
    except OSError:
        return None
    return to
