"""Sheets without a name: into their box, begun before that, and out of it into the record. A part of `Workshop`."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar

from pmworkshop.core.commands import Command, EnterAnonymous
from pmworkshop.core.events import Event
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value
from pmworkshop.live.box import PREFIX, Box, has_given, unpack, with_sheet, without_box
from pmworkshop.live.record import Record, RecordTroubleError

T = TypeVar("T")


@value
class Accepted:
    """The events that a command led to: durable, and part of `state`."""

    events: tuple[Event, ...]
    state: Cohort


Outcome = Accepted | Refusal


class Boxes:
    """The boxes of one cohort, kept among the drafts of its record."""

    clock: Callable[[], Instant]

    @property
    @abstractmethod
    def state(self) -> Cohort:
        """The cohort as of the newest recorded event."""

    @abstractmethod
    def do(self, work: Callable[[Record], T]) -> Future[T]:
        """Have a piece of work done with the record."""

    @abstractmethod
    def handle(self, command: Command) -> Outcome:
        """Ask for `command` and wait."""

    @abstractmethod
    def drafts(self) -> dict[str, str]:
        """Return all unfinished writing."""

    def hold(
        self,
        exercise_id: str,
        participant: ParticipantId,
        answers: Mapping[str, Any],
        box: str,
        *,
        with_gaps: bool,
        draft: str = "",
    ) -> Future[Outcome]:
        """Put an anonymous sheet into the exercise's box; a new box is called `box`. No event tells of it.

        The `draft` it was written as, which is kept under somebody's name, is forgotten with it.
        """

        def put(record: Record) -> Outcome:
            refused: list[Refusal] = []

            def change(drafts: Mapping[str, str]) -> Mapping[str, str | None]:
                changes = with_sheet(
                    drafts, self.state, exercise_id, participant, answers, box, with_gaps=with_gaps
                )
                if isinstance(changes, Refusal):
                    refused.append(changes)
                    return {}
                return {**changes, draft: None} if draft else changes

            record.change_drafts(change, at=self.clock())
            return refused[0] if refused else Accepted(events=(), state=self.state)

        return self.do(put)

    def begin(self, exercise_id: str, participant: ParticipantId, key: str, body: str) -> "Future[bool]":
        """Keep what somebody has begun to write without a name, unless it is closed or they have handed in.

        What stands under a name must not outlive the handing in, however late it comes.
        """

        def keep(record: Record) -> bool:
            kept = False

            def change(drafts: Mapping[str, str]) -> Mapping[str, str | None]:
                nonlocal kept
                activity = self.state.activities.get(exercise_id)
                is_open = activity is not None and activity.open
                kept = is_open and not has_given(drafts, exercise_id, participant)
                return {key: body} if kept else {}

            record.change_drafts(change, at=self.clock())
            return kept

        return self.do(keep)

    def boxes(self) -> dict[str, Box]:
        """Return the boxes of anonymous sheets that have not been emptied, by exercise."""
        found = {
            key.removeprefix(PREFIX): body for key, body in self.drafts().items() if key.startswith(PREFIX)
        }
        boxes = {exercise_id: unpack(body) for exercise_id, body in found.items()}
        return {exercise_id: box for exercise_id, box in boxes.items() if box.id not in self.state.emptied}

    def empty_boxes(self) -> Refusal | None:
        """Enter into the record what lies in the boxes of closed activities. Waits; call it off the screen's thread."""
        try:
            for exercise_id, box in self.boxes().items():
                activity = self.state.activities.get(exercise_id)
                if activity is not None and activity.open:
                    continue
                outcome = self.handle(EnterAnonymous(exercise_id=exercise_id, box=box.id, sheets=box.sheets))
                if isinstance(outcome, Refusal):
                    return outcome
                self.do(partial(self._put_away, exercise_id, box.id)).result()
        except RecordTroubleError as trouble:
            return refuse(str(trouble))
        return None

    def _put_away(self, exercise_id: str, box: str, record: Record) -> None:
        record.change_drafts(lambda drafts: without_box(drafts, exercise_id, box), at=self.clock())
