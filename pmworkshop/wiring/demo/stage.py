"""Where the demonstration is played: a cohort's real record and real room, and a clock that is set as the play goes on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from pmworkshop.core import commands as c
from pmworkshop.core.centre import Centre
from pmworkshop.core.exercise import Exercise, expanded
from pmworkshop.core.ids import DeliveryId, NoteId, OutputId, ParticipantId
from pmworkshop.core.plan import Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.sheet_id import find_sheet, sheet_id
from pmworkshop.core.units import MINUTE, NOTHING, Duration, Instant
from pmworkshop.desk.services import KitContents
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.workshop import Accepted, Workshop
from pmworkshop.room.door import Where
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.demo.people import EXERCISES, Days, Group, Guest, answers, groups, guests
from pmworkshop.wiring.demo.phones import Phone
from pmworkshop.wiring.demo.trouble import StuckError
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import journal_path
from pmworkshop.wiring.record import opener
from pmworkshop.wiring.room import OpenRoom, open_room
from pmworkshop.wiring.unusable import Unusable

HALF_PAST_NINE: Final = time(9, 30)
NAME, NUMBER = "Demonstration centre", "000000"
TRAINER: Final = "Rowan Ashdown"


class PlayClock(Clock):
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        super().__init__()
        self.at = Instant(0)

    def now(self) -> Instant:
        """Return the instant that it was set to."""
        return self.at

    def stepped(self) -> Duration:
        """Return that nobody has set the laptop's clock."""
        return NOTHING


class PlayHouse(House):
    """The real house, which reads its kit once: nobody edits it within these seconds."""

    def kit(self) -> KitContents:
        """Return the kit."""
        return self._read_once

    @cached_property
    def _read_once(self) -> KitContents:
        return super().kit()


def half_past_nine(day: date) -> Instant:
    """Return the instant of 09:30 on a day, by this laptop's clocks."""
    return Instant(int(datetime.combine(day, HALF_PAST_NINE).astimezone(UTC).timestamp() * 1000))


class Stage:
    """The cohort of the demonstration in a folder of its own. To be closed."""

    def __init__(self, data: Path, cohort: str, kit_root: Path, days: Days, *, settings: Path) -> None:
        """Begin the cohort in the folder `data`; reports of faults go to `settings`."""
        self.days, self.clock = days, PlayClock()
        self.house = PlayHouse(data, kit_root, self.clock, settings=settings)
        self.guests = {one.key: one for one in guests()}
        self.groups: tuple[Group, ...] = groups()
        self.ids = {key: ParticipantId(f"demo-{number}") for number, key in enumerate(self.guests, 1)}
        self.phones: dict[str, Phone] = {}
        self.made: dict[tuple[str, str], OutputId] = {}
        self.delivery = DeliveryId("")
        self._begins = half_past_nine(days.a)
        self.go(-45)
        self.workshop = self._begun(cohort)
        self.door: OpenRoom | None = None

    def _begun(self, cohort: str) -> Workshop:
        """Begin the record, so that it is a demonstration from its first event on; then open it as the desk does."""
        path = journal_path(self.house.data, cohort)
        try:
            beginning = Workshop(opener(path, new=True), self.clock.now)
        except RecordTroubleError as trouble:
            raise Unusable(f"the demonstration cannot be recorded: {trouble}") from trouble
        outcome = beginning.handle(c.CreateCohort(name=cohort, demonstration=True))
        beginning.close()
        workshop = outcome if isinstance(outcome, Refusal) else self.house.open_cohort(cohort, new=False)
        if isinstance(workshop, Refusal):
            raise StuckError("the beginning", workshop.words)
        return workshop

    @cached_property
    def kit(self) -> KitContents:
        """The kit. Raises `StuckError` where it cannot be used."""
        kit = self.house.kit()
        if kit.problems:
            raise StuckError("the kit", f"{kit.problems[0]}.")
        return kit

    @cached_property
    def centre(self) -> Centre:
        """The kit's settings under the demonstration's own name."""
        if self.kit.centre is None:
            raise StuckError("the kit", "it has no sessions/centre.yaml.")
        return replace(self.kit.centre, name=NAME, number=NUMBER)

    def day(self, day: date) -> None:
        """Turn to a day."""
        self._begins = half_past_nine(day)

    def go(self, minute: float) -> None:
        """Set the clock to so many minutes after 09:30."""
        self.clock.at = Instant(self._begins + int(minute * MINUTE))

    def do(self, command: c.Command) -> Accepted:
        """Have the workshop carry out a command, which must not be refused."""
        outcome = self.workshop.handle(command)
        if isinstance(outcome, Refusal):
            raise StuckError(type(command).__name__, outcome.words)
        return outcome

    def note(self, kind: Any, text: str, owner: str | None = None) -> None:
        """Take a note."""
        note = NoteId(self.house.new_id())
        self.do(c.TakeNote(note=note, delivery=self.delivery, kind=kind, text=text, owner=owner))

    def open_door(self) -> None:
        """Open the room on this machine only, and let the phones find it."""
        door = open_room(self.house, self.workshop, Where(host="127.0.0.1", port=0))
        if isinstance(door, Refusal):
            raise StuckError("opening the room", door.words)
        self.door = door
        for phone in self.phones.values():
            phone.moved(self.port)

    @property
    def port(self) -> int:
        """Where the room is."""
        return int(self.open.url.rpartition(":")[2])

    @property
    def open(self) -> OpenRoom:
        """The room, which must be open."""
        if self.door is None:
            raise StuckError("the room", "it is not open.")
        return self.door

    def close_door(self) -> None:
        """Close the room."""
        for phone in self.phones.values():
            phone.hang_up()
        if self.door is not None:
            self.door.close()
        self.door = None

    def close(self) -> None:
        """Let go of everything."""
        self.close_door()
        self.workshop.close()

    def exercise(self, exercise_id: str) -> Exercise:
        """Return an exercise as the cohort knows it."""
        return expanded(self._of_kit(exercise_id), self.kit.unit)

    def _of_kit(self, exercise_id: str) -> Exercise:
        found = self.kit.exercises.get(exercise_id)
        if found is None:
            raise StuckError("the kit", f"it has no exercise {exercise_id}.")
        return found

    def plan(self, session_id: str) -> Session:
        """Return the plan of a session."""
        found = self.kit.sessions.get(session_id)
        if found is None:
            raise StuckError("the kit", f"it has no {session_id}.")
        return found

    def take_up(self, exercise_id: str) -> None:
        """Take an exercise up and let people hand it in."""
        exercise = self._of_kit(exercise_id)
        self.do(
            c.TakeUpExercise(
                exercise_id=exercise_id, exercise=exercise, unit=self.kit.unit, centre=self.centre
            )
        )
        self.do(c.OpenActivity(exercise_id=exercise_id, delivery=self.delivery))

    def hand_in(
        self,
        key: str,
        sheet: str,
        changes: Mapping[str, Any] | None = None,
        group: Group | None = None,
        photo: bytes = b"",
    ) -> None:
        """Have somebody hand a sheet in by their own route, or amend it by `changes`."""
        guest, name = self.guests[key], EXERCISES.get(sheet, sheet)
        written = {**(group or guest).sheets[sheet], **(changes or {})}
        exercise = self.exercise(name)
        raw = answers(exercise, written, self.days)
        before = self.made.get((key, sheet))
        others = tuple(one for one in (group.people if group else ()) if one != key)
        if guest.route == "phone":
            output = self.phones[key].hand_in(
                name,
                exercise,
                raw,
                output=before or "",
                members="\n".join(self.guests[one].name for one in others),
                photo=photo,
            )
        else:
            output = self._typed_in(guest, name, exercise, raw, before)
        self.made[key, sheet] = OutputId(output)

    def _by_id(self, typed: str) -> tuple[ParticipantId, str]:
        """Return whose sheet of which exercise it is, by the short id that the trainer types from its corner."""
        found = find_sheet(self.workshop.state, typed.lower())
        if isinstance(found, Refusal):
            raise StuckError("a sheet of paper", found.words)
        return found

    def amend(self, key: str, sheet: str) -> None:
        """Have somebody change what they handed in."""
        self.hand_in(key, sheet, self.guests[key].amended[sheet])

    def draw(self, deck_id: str, group: str, card: str) -> None:
        """Draw that card for a group, or the first of the deck."""
        deck = self.kit.decks.get(deck_id)
        if deck is None:
            raise StuckError("the kit", f"it has no cards {deck_id}.")
        chance = next((number for number, one in enumerate(deck.cards) if one.id == card), 0)
        self.do(c.DrawCard(deck_id=deck_id, deck=deck, group=group, chance=chance))

    def emptied(self) -> None:
        """Take what lies in the boxes into the record."""
        trouble = self.workshop.empty_boxes()
        if trouble is not None:
            raise StuckError("the evaluations", trouble.words)

    def _typed_in(
        self, guest: Guest, name: str, exercise: Exercise, raw: Mapping[str, Any], before: OutputId | None
    ) -> str:
        """Fill in at the laptop, or have the trainer type in what was written on paper."""
        who = self.ids[guest.key]
        if exercise.privacy == "anonymous":
            outcome = self.workshop.hold(name, who, raw, self.house.new_id(), with_gaps=True).result()
            if isinstance(outcome, Refusal):
                raise StuckError(name, outcome.words)
            return ""
        if guest.route == "paper":
            who, name = self._by_id(sheet_id(who, name))
        output = before or OutputId(self.house.new_id())
        self.do(
            c.SubmitOutput(
                output=output,
                exercise_id=name,
                participant=who,
                delivery=self.delivery,
                answers=raw,
                route=guest.route,
                entered_by="trainer" if guest.route == "paper" else "participant",
                with_gaps=True,
            )
        )
        return output
