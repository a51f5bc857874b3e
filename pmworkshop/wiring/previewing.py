"""A preview: which file is meant, what it says now, and the desk on it in a place that is thrown away."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from pmworkshop.core.deck import Deck
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.text import clean_line
from pmworkshop.core.value import value
from pmworkshop.desk.previewing import Shown
from pmworkshop.desk.services import KitContents
from pmworkshop.wiring.called import called
from pmworkshop.wiring.finding import near
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import as_written, kit_around, there
from pmworkshop.wiring.unusable import Unusable
from pmworkshop.wiring.watching import stamp
from pmworkshop.wiring.way_in import LOCAL, WayIn

if TYPE_CHECKING:
    from pmworkshop.desk.services import RoomDoor
    from pmworkshop.live.workshop import Workshop

FOLDERS: Final = {"exercises": "exercise", "cards": "deck"}
ENDINGS: Final = (".yaml", ".yml")


@value
class File:
    """The file that is meant: where it is, the kit that it stands beside, and its folder there if it is of that kit."""

    path: Path
    root: Path
    id: str
    folder: Literal["exercises", "cards", ""]

    @property
    def place(self) -> str:
        """How the file is called in problems, and to the author."""
        return f"{self.folder}/{self.path.name}" if self.folder else clean_line(str(self.path))


def find(what: str, root: Path) -> File:
    """Return the file of an exercise or deck, by its name in the kit or as a path. Raises Unusable if there is none."""
    path = as_written(what)
    if there(path, Path.is_file) and (path.suffix in ENDINGS or len(path.parts) > 1):
        return _at(path, root)
    known = {
        one.stem: one
        for folder in reversed(FOLDERS)
        for one in sorted((root / folder).glob("*.yaml"))
        if one.stem != "planned"
    }
    name = Path(what).stem if what.endswith(ENDINGS) else what
    name = next((one for one in known if one == name.strip().casefold().replace(" ", "-")), name)
    if name not in known:
        raise Unusable(
            f"there is no exercise or deck “{what}” in {root.absolute()}; {near(name, sorted(known), 'it has none at all')}"
        )
    return _at(known[name], root)


def _at(path: Path, root: Path) -> File:
    kit = kit_around(path.parent) or root
    for folder in ("exercises", "cards"):
        if (kit / folder).absolute() == path.parent.absolute():
            if path.stem == "planned":
                raise Unusable(f"{path} only names what is still to be written; there is nothing to show.")
            return File(path=path, root=kit, id=path.stem, folder=folder)
    return File(path=path, root=kit, id=called(path.stem, "exercise", lambda _: False).id, folder="")


class PreviewHouse(House):
    """`desk.previewing.Previewing`: a house in a folder that is thrown away, with the file at its heart."""

    def __init__(self, folder: Path, file: File, settings: Path) -> None:
        super().__init__(folder, file.root, settings=settings)
        self._file = file
        self._way: WayIn | None = None
        self._seen: object = None
        self._contents: KitContents | None = None
        self._shown: Shown | None = None
        self.secret = os.urandom(16).hex()

    @property
    def shown(self) -> Shown:
        """What was read last."""
        return self._shown or self.look()

    def kit(self) -> KitContents:
        """Return the kit as it was read with the file."""
        if self._contents is None:
            self.look()
        return self._contents or super().kit()

    def look(self) -> Shown:
        """Read the file and its kit again; what cannot be used leaves the last that could."""
        self._seen = self._stamp()
        contents = super().kit()
        found, problems = self._in_kit(contents) if self._file.folder else self._outside()
        self._shown = self._told(found, problems)
        exercise, deck = self._shown.exercise, self._shown.deck
        self._contents = replace(
            contents,
            exercises={**contents.exercises, **({self._file.id: exercise} if exercise else {})},
            decks={**contents.decks, **({self._file.id: deck} if deck else {})},
            titles={**contents.titles, self._file.id: self._shown.title},
        )
        return self._shown

    def _stamp(self) -> object:
        return stamp([self._file.path], self._file.root)

    def _in_kit(self, contents: KitContents) -> tuple[Any, list[str]]:
        found = (contents.exercises if self._file.folder == "exercises" else contents.decks).get(
            self._file.id
        )
        problems = [one for one in contents.problems if one.startswith(f"{self._file.place}:")]
        if found is None and not problems:
            problems = list(contents.problems) if contents.course is None and not contents.titles else []
            problems = problems or [f"{self._file.place} is not there any more"]
        return found, problems

    def _outside(self) -> tuple[Any, list[str]]:
        """Read a file that is of no kit, beside the kit in use."""
        from pmworkshop.library.problem import LibraryError  # noqa: PLC0415  # slow to import, as the next
        from pmworkshop.library.sheet import check_sheet  # noqa: PLC0415
        from pmworkshop.library.source import open_source  # noqa: PLC0415
        from pmworkshop.library.survey import survey  # noqa: PLC0415

        try:
            known = survey(self._file.root).known
        except LibraryError as error:
            return None, [str(error)]
        source = open_source(self._file.path, self._file.place)
        found = check_sheet(source, None, known).value
        problems = [str(one) for one in sorted(source.problems)]
        if isinstance(found, Exercise | Deck):
            return found, problems
        neither = f"{self._file.place} is neither an exercise nor a deck, so there is nothing to show"
        return None, problems or [neither]

    def _told(self, found: Any, problems: list[str]) -> Shown:
        before = self._shown
        exercise = found if isinstance(found, Exercise) else None
        deck = found if isinstance(found, Deck) else None
        if found is None and before is not None:
            exercise, deck = before.exercise, before.deck
        return Shown(
            id=self._file.id,
            place=self._file.place,
            kind="deck" if deck else "exercise",
            exercise=exercise,
            deck=deck,
            fit=found is not None,
            problems=tuple(problems),
        )

    def changed(self) -> bool:
        """Whether something was written since the last look."""
        return self._stamp() != self._seen

    def open_room(self, workshop: "Workshop") -> "RoomDoor | Refusal":
        """Serve the room to this laptop alone."""
        from pmworkshop.room.door import Where  # noqa: PLC0415  # slow to import
        from pmworkshop.wiring.room import open_room  # noqa: PLC0415

        return open_room(self, workshop, Where(host=LOCAL))

    def way_in(self, page: str) -> str:
        """Return an address that leads this laptop's browser straight to `page`."""
        self._way = self._way or WayIn(self.secret)
        self._way.page = page
        return self._way.url

    def close(self) -> None:
        """Let go of what was opened."""
        if self._way is not None:
            self._way.close()


@contextmanager
def previewing(file: File, settings: Path) -> Iterator[PreviewHouse]:
    """Give a house for a preview of `file`; its folder is removed at the end, also after an error or a hang-up."""
    folder = Path(tempfile.mkdtemp(prefix="pmworkshop-preview-"))
    _when_ended_from_outside(lambda: shutil.rmtree(folder, ignore_errors=True))
    house = PreviewHouse(folder, file, settings)
    try:
        yield house
    finally:
        house.close()
        shutil.rmtree(folder, ignore_errors=True)


def _when_ended_from_outside(clear_up: Callable[[], None]) -> None:
    """Clear up and end when the window is closed or the process is told to end."""

    def end(*_: object) -> None:
        clear_up()
        os._exit(1)

    for name in ("SIGHUP", "SIGTERM"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), end)


def show_preview(house: PreviewHouse) -> int:
    """Run the desk on a preview until its author leaves it; return the exit code."""
    from pmworkshop.desk.preview_desk import PreviewDesk  # noqa: PLC0415  # slow to import

    desk = PreviewDesk(house)
    desk.run()
    if desk.failure:
        print(desk.failure, file=sys.stderr)  # noqa: T201  # the screen is gone; these are the last words
    return desk.return_code or 0
