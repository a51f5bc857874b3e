"""Everything the desk is handed (`desk.services.Services`), standing on real files and the real clock.

What is slow to import (pydantic, YAML) is imported where it is first needed, so that Home shows at once.
"""

import os
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.text import clean_line
from pmworkshop.core.units import NOTHING, Duration, Instant
from pmworkshop.desk.services import CohortLine, KitContents
from pmworkshop.wiring.clock import TOLERATED, Clock, iso, local_zone, new_id
from pmworkshop.wiring.places import JOURNAL, as_written, cohorts, journal_path, nearly, there
from pmworkshop.wiring.remembered import Remembered

if TYPE_CHECKING:
    from pmworkshop.core.ids import DeliveryId, ParticipantId
    from pmworkshop.desk.services import ExportOutcome, RoomDoor
    from pmworkshop.live.workshop import Workshop
    from pmworkshop.wiring.sounding import Sounds

LARGEST_LIST = 1_000_000
LARGEST_FAULTS = 2_000_000


class House(Remembered):
    """The real services. `data` holds the cohorts, `kit_root` the kit; a rehearsal brings a clock of its own.

    Without `sounds` it is silent: nothing plays, and no bell is asked for.
    """

    def __init__(
        self,
        data: Path,
        kit_root: Path,
        clock: Clock | None = None,
        *,
        settings: Path | None = None,
        sounds: "Sounds | None" = None,
    ) -> None:
        """Take `settings`, if not `data` itself, is the folder with the trainer's keys, theme, volume and reports of faults."""
        super().__init__(settings or data, sounds)
        self.data, self._kit_root = data, kit_root
        self.kit_in_use: KitContents | None = None
        self._own_clock = clock is not None
        self._clock = clock or Clock()
        self._folders: WeakKeyDictionary[Workshop, Path] = WeakKeyDictionary()

    @property
    def speed(self) -> float:
        """How fast the clock runs."""
        return self._clock.speed

    def now(self) -> Instant:
        """Return the instant, by the even clock."""
        return self._clock.now()

    def clock_stepped(self) -> Duration:
        """Return how far the laptop's clock was set since this was last asked."""
        return self._clock.stepped()

    def keep_time_of(self, workshop: "Workshop", delivery: "DeliveryId") -> Duration:
        """Let the clock go on as a delivery under way knows it; return how far it had fallen behind the record."""
        if self._own_clock:
            return NOTHING
        self._clock = Clock()
        mine = workshop.state.deliveries.get(delivery)
        if mine is None or not mine.under_way:
            return NOTHING
        steps = sum(mine.clock_steps)
        self._clock = Clock(set_forward=Duration(steps))
        behind = workshop.newest - self._clock.now()
        if behind <= TOLERATED:
            return NOTHING
        self._clock = Clock(set_forward=Duration(steps - behind))
        return Duration(behind)

    def follow_laptop(self) -> None:
        """Take up the laptop's own clock afresh: nothing is under way that would have to go on evenly."""
        if not self._own_clock:
            self._clock = Clock()

    def zone(self) -> tuple[str, Duration]:
        """Return the zone's name and its offset from UTC."""
        return local_zone(self.now())

    def new_id(self) -> str:
        """Return a new id."""
        return new_id()

    def chance(self) -> int:
        """Return a number that nobody can foresee."""
        return secrets.randbelow(1_000_000_007)

    def keep_photo(self, workshop: "Workshop", path: str) -> str | Refusal:
        """Keep a photo beside the cohort's journal."""
        from pmworkshop.wiring.photos import keep_photo  # noqa: PLC0415  # slow to import

        return keep_photo(self._folders[workshop], path)

    def kit(self) -> KitContents:
        """Read the kit."""
        from pmworkshop import library  # noqa: PLC0415  # slow to import

        try:
            kit = library.load_kit(self._kit_root)
        except library.LibraryError as error:
            return KitContents(
                place=str(self._kit_root),
                course=None,
                sessions={},
                titles={},
                exercises={},
                decks={},
                unit=None,
                problems=(str(error),),
            )
        titles = dict(kit.planned) | {name: one.title for name, one in kit.exercises.items()}
        titles |= {name: one.title for name, one in kit.decks.items()}
        return KitContents(
            place=str(kit.root),
            course=kit.course,
            sessions=kit.sessions,
            titles=titles,
            exercises=kit.exercises,
            decks=kit.decks,
            unit=kit.unit,
            centre=kit.centre,
            problems=tuple(str(problem) for problem in kit.problems),
        )

    def kit_stamp(self) -> object:
        """Return what the kit's files look like from outside."""
        from pmworkshop.wiring.watching import kit_stamp  # noqa: PLC0415  # not before Home shows

        return kit_stamp(self._kit_root)

    def use_kit(self, kit: KitContents) -> None:
        """Let the room have this kit too."""
        self.kit_in_use = kit

    def cohorts(self) -> list[CohortLine]:
        """Return the cohorts, the newest first."""
        return [CohortLine(name=place.name) for place in cohorts(self.data)]

    def has_cohort(self, name: str) -> bool:
        """Whether that cohort is there."""
        return there(journal_path(self.data, name))

    def standing(self, name: str) -> tuple[str, str]:
        """Return a cohort's own name, and words about where it stands."""
        from pmworkshop.core.state import nobody  # noqa: PLC0415  # slow to import, as all of these
        from pmworkshop.live.record import RecordTroubleError  # noqa: PLC0415
        from pmworkshop.live.replay import replay  # noqa: PLC0415
        from pmworkshop.live.views.summary import standing  # noqa: PLC0415
        from pmworkshop.wiring.record import stored_rows  # noqa: PLC0415

        try:
            state, _ = replay(nobody(), stored_rows(journal_path(self.data, name)))
        except RecordTroubleError as trouble:
            return name, str(trouble)
        words = standing(state, self.now())
        return state.name or name, f"{state.mark}; {words}" if state.mark else words

    def open_cohort(self, name: str, *, new: bool, rehearsal: bool = False) -> "Workshop | Refusal":
        """Open a cohort's record, or make it."""
        from pmworkshop.core import commands as c  # noqa: PLC0415  # slow to import, as all of these
        from pmworkshop.live.record import RecordTroubleError  # noqa: PLC0415
        from pmworkshop.live.workshop import Workshop  # noqa: PLC0415
        from pmworkshop.wiring.record import opener  # noqa: PLC0415

        if new and not clean_line(name):
            return refuse("A cohort needs a name.")
        path = journal_path(self.data, name)
        other = nearly(self.data, name) if new else None
        if other is not None:
            return refuse(
                f"There is a cohort “{other}”, which is nearly the same name. Open it, or choose another name."
            )
        try:
            workshop = Workshop(opener(path, new=new), self.now)
        except RecordTroubleError as trouble:
            return refuse(f"The cohort “{name}” cannot be opened: {trouble}.")
        if not workshop.state.exists:
            outcome = workshop.handle(c.CreateCohort(name=name, rehearsal=rehearsal))
            if isinstance(outcome, Refusal):
                workshop.close()
                return outcome
        self._folders[workshop] = path.parent
        return workshop

    def open_room(self, workshop: "Workshop") -> "RoomDoor | Refusal":
        """Serve the room to phones and the projector."""
        from pmworkshop.room.door import Where  # noqa: PLC0415  # slow to import
        from pmworkshop.wiring.room import open_room  # noqa: PLC0415

        return open_room(self, workshop, Where())

    def export_packs(
        self,
        workshop: "Workshop",
        people: "tuple[ParticipantId, ...]",
        to: str,
        draft: bool,
        progress: Callable[[int, int, str], None],
        cancelled: Callable[[], bool],
    ) -> "ExportOutcome | Refusal":
        """Make packs of what is on the disk."""
        from pmworkshop.core import commands as c  # noqa: PLC0415  # slow to import, as the next
        from pmworkshop.wiring.exporting import export_for_desk  # noqa: PLC0415

        centre = self.kit().centre
        if workshop.state.centre is None and centre is not None:  # a cohort from before there were any
            workshop.handle(c.TakeCentre(centre=centre))
        record = self._folders[workshop] / JOURNAL
        return export_for_desk(record, to, people, draft=draft, progress=progress, cancelled=cancelled)

    def folder(self, workshop: "Workshop") -> Path:
        """Return the folder of a cohort that is open."""
        return self._folders[workshop]

    def show_page(self, url: str) -> Refusal | None:
        """Show a page of the room in this laptop's browser."""
        import webbrowser  # noqa: PLC0415  # rarely needed

        try:
            shown = webbrowser.open(url)
        except (webbrowser.Error, OSError):
            shown = False
        return None if shown else refuse(f"No browser was found. Open one, and type {url}")

    def read_text(self, path: str) -> str | Refusal:
        """Read a file with a list of people, in whatever encoding a spreadsheet wrote it."""
        try:
            with as_written(path).open("rb") as file:
                raw = file.read(LARGEST_LIST + 1)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            return refuse(f"{path} cannot be read: {why}. Check the path, or paste the names.")
        if len(raw) > LARGEST_LIST:
            return refuse(f"{path} is larger than a list of people; it was not read.")
        encodings = (
            ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252", "latin-1")
        )
        for encoding in encodings:
            with suppress(UnicodeDecodeError):
                return raw.decode(encoding)
        return refuse(f"{path} is in no encoding that is known here. Save it as UTF-8, or paste the names.")

    def leave_if_terminal_lost(self) -> None:
        """End the process where the terminal is gone: a hung-up one has no attributes any more.

        At once, since an orderly end would wait for the terminal; what was acknowledged is on the disk.
        """
        if sys.platform == "win32" or sys.__stdin__ is None:
            return
        import termios  # noqa: PLC0415  # not on Windows

        try:
            termios.tcgetattr(sys.__stdin__.fileno())
        except (termios.error, OSError, ValueError):
            os._exit(1)

    def keep_failure(self, details: str) -> str:
        """Write down the details of a fault."""
        path = self._settings / "faults.txt"
        try:
            self._settings.mkdir(parents=True, exist_ok=True)
            if there(path) and path.stat().st_size > LARGEST_FAULTS:
                path.replace(path.with_name("faults-before.txt"))
            with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(f"{iso(self.now())}\n{details}\n")
        except OSError:
            return ""
        return f"The details are in {path}."
