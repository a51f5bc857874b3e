"""What happens when on a day: cues, put down in any order and played in the order of the clock."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.plan import Segment, needed
from pmworkshop.core.units import Duration
from pmworkshop.core.value import value
from pmworkshop.wiring.demo.people import data
from pmworkshop.wiring.demo.stage import Stage
from pmworkshop.wiring.demo.trouble import StuckError

APART = 0.4
"""Minutes from one person's handing in to the next one's."""

Tell = Callable[[str], None]


@value
class Cue:
    """Something that happens so many minutes after 09:30."""

    minute: float
    act: Callable[[], object]


@value
class Begin:
    """When a segment begins, and which of the things to look for were seen in it, counted from 0."""

    minute: float
    seen: tuple[int, ...] = ()


class Script:
    """One day of the demonstration."""

    def __init__(self, stage: Stage, session_id: str, tell: Tell) -> None:
        self.stage, self._tell = stage, tell
        self._cues: list[Cue] = []
        self._id, self._plan = session_id, stage.plan(session_id)
        stage.delivery = self.delivery = DeliveryId(stage.house.new_id())
        self._zone: tuple[str, Duration] = stage.house.zone()

    def at(self, minute: float, act: Callable[[], object]) -> None:
        """Put down that something happens."""
        self._cues.append(Cue(minute=minute, act=act))

    def do(self, minute: float, *commands: c.Command) -> None:
        """Put down what the trainer does."""
        for command in commands:
            self.at(minute, partial(self.stage.do, command))

    def opened(self, minute: float) -> None:
        """Put down that the session is taken up and the preparation list ticked."""
        course = self.stage.kit.course
        resources = tuple(needed(self._plan, course))
        zone, offset = self._zone
        self.do(
            minute,
            c.OpenDelivery(
                delivery=self.delivery,
                session_id=self._id,
                session=self._plan,
                resources=resources,
                zone=zone,
                utc_offset=offset,
            ),
            *(c.TickResource(delivery=self.delivery, resource=one.id, on=True) for one in resources),
        )

    def segments(self, begins: Mapping[str, Begin]) -> None:
        """Put down when each segment begins; the first starts the clock."""
        zone, offset = self._zone
        start = c.StartDelivery(delivery=self.delivery, zone=zone, utc_offset=offset)
        for number, (name, begin) in enumerate(begins.items()):
            segment, minute = self.segment(name), begin.minute
            self.at(minute, partial(self._tell, f"{self._plan.title}: {segment.title}"))
            self.do(minute, c.MoveOn(delivery=self.delivery) if number else start)
            for place, index in enumerate(begin.seen, 3):
                tick = c.TickLookFor(delivery=self.delivery, segment=segment.id, index=index, on=True)
                self.do(minute + place, tick)
            for activity in segment.activities:
                if activity in self.stage.kit.exercises:
                    self.at(minute + 0.5, partial(self.stage.take_up, activity))

    def segment(self, name: str) -> Segment:
        """Return a segment of the session."""
        found = next((one for one in self._plan.segments if one.id == name), None)
        if found is None:
            raise StuckError("the kit", f"{self._id} has no segment {name}.")
        return found

    def sheet(self, minute: float, *names: str, without: Collection[str] = ()) -> None:
        """Put down that everybody who has such a sheet hands it in, one shortly after the other."""
        for name in names:
            whose = [one.key for one in self.stage.guests.values() if name in one.sheets]
            for number, key in enumerate(key for key in whose if key not in without):
                self.at(minute + number * APART, partial(self.stage.hand_in, key, name))

    def groups(self, minute: float, name: str, photo: Callable[[Mapping[str, Any]], bytes] | None) -> None:
        """Put down that the scribe of each group hands in what the group wrote."""
        for number, group in enumerate(self.stage.groups):
            picture = photo(group.sheets[name]) if photo else b""
            self.at(
                minute + number,
                partial(self.stage.hand_in, group.people[0], name, group=group, photo=picture),
            )

    def notes(self, session: str) -> None:
        """Put down the trainer's notes of a session."""
        for one in data("notes.yaml"):
            if one["session"] == session:
                self.at(
                    one["minute"],
                    partial(self.stage.note, one["kind"], one["text"], one.get("owner")),
                )

    def close_activities(self, but: Collection[str] = ()) -> None:
        """Let nothing be handed in any longer, and take what lies without names into the record."""
        for name, activity in self.stage.workshop.state.activities.items():
            if activity.open and name not in but:
                self.stage.do(c.CloseActivity(exercise_id=name))
        self.stage.emptied()

    def play(self) -> None:
        """Play the day."""
        for cue in sorted(self._cues, key=lambda one: one.minute):
            self.stage.go(cue.minute)
            cue.act()
