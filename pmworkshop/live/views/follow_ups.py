"""What is to be followed up after the sessions, day by day: the centre's reviews, and the dates that people set.

The trainer's list names people, and holds nothing private. Somebody's own names nobody, and holds only what goes into
their pack.
"""

import hashlib
from calendar import MONDAY
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.given import Value
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.output import Output
from pmworkshop.core.packing import edition, packed
from pmworkshop.core.saying import cell_text, named
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import clean_line
from pmworkshop.core.value import value
from pmworkshop.live.views.days import day_of
from pmworkshop.live.views.outputs import person_name, seen_by_trainer, without

LONGEST: Final = 80
ANY_DAY: Final = "Any day of that month will do: this is its second Monday. Move it to suit you."


@value
class FollowUp:
    """One thing to follow up on a day. `uid` is the same each time, and nobody else's; `sequence` counts amendments.

    `who` is empty where it is for everybody, or in somebody's own list.
    """

    uid: str
    day: date
    what: str
    about: str
    who: str
    lines: tuple[str, ...]
    sequence: int

    @property
    def title(self) -> str:
        """All of it on one line."""
        about = f": {self.about}" if self.about else ""
        return f"{self.what}{about} ({self.who})" if self.who else f"{self.what}{about}"


def follow_ups(state: Cohort, participant: ParticipantId | None = None) -> tuple[FollowUp, ...]:
    """Return what is due, the earliest first: of everybody for the trainer, or in somebody's own words for their pack."""
    found = [*_reviews(state, participant), *_of_outputs(state, participant)]
    return tuple(sorted(found, key=lambda one: (one.day, one.who, one.title, one.uid)))


def _of_outputs(state: Cohort, participant: ParticipantId | None) -> Iterator[FollowUp]:
    for output in state.outputs.values():
        if output.withdrawn is None and (participant is None or participant in output.people):
            yield from _of_output(state, output, participant)


def _of_output(state: Cohort, output: Output, participant: ParticipantId | None) -> Iterator[FollowUp]:
    exercise = _shown(state, output, participant)
    answers = output.newest.answers
    names = "" if participant else ", ".join(person_name(state, one) for one in output.people)
    about = named(exercise, answers)
    for item in exercise.items:
        for key, day, what, row in _dates(item, answers.get(item.id)):
            head = _shortened(next(iter(row.values()), ""))
            yield FollowUp(
                uid=_uid(output.id, participant or "", item.id, key),
                day=day,
                what=what,
                about=", ".join(filter(None, (about, head))),
                who=names,
                lines=(f"From “{exercise.title}”.", *(f"{title}: {text}" for title, text in row.items())),
                sequence=len(output.versions) - 1,
            )


def _shown(state: Cohort, output: Output, participant: ParticipantId | None) -> Exercise:
    """Return the part of the exercise that this list may draw from."""
    exercise = seen_by_trainer(edition(state, output))
    if participant is None:
        return exercise
    kept = {item.id for item in packed(state, output, participant)}
    return without(exercise, {item.id for item in exercise.items} - kept)


def _dates(item: Item, given: Value | None) -> Iterator[tuple[str, date, str, Mapping[str, str]]]:
    """Yield key, day, what is due and the rest of its row, for each date that has a place in a diary."""
    if item.kind == "date" and item.diary:
        day = _day(given)
        if day is not None:
            yield "", day, item.diary, {}
    if item.kind != "table" or not isinstance(given, tuple):
        return
    for number, row in enumerate(given):
        for column in item.columns:
            day = _day(row.get(column.id)) if isinstance(row, Mapping) and column.diary else None
            if day is not None and isinstance(row, Mapping):
                rest = {
                    one.title: cell_text(one, row[one.id])
                    for one in item.columns
                    if one.kind != "date" and row.get(one.id)
                }
                yield f"{number}.{column.id}", day, column.diary or "", rest


def _day(given: object) -> date | None:
    try:
        return date.fromisoformat(str(given or ""))
    except ValueError:
        return None


def _reviews(state: Cohort, participant: ParticipantId | None) -> Iterator[FollowUp]:
    """Yield the centre's reviews, each in the first such month after the last session."""
    begun = [one.marks.visits[0].begins for one in state.deliveries.values() if one.started]
    if not begun or state.centre is None:
        return
    last = day_of(state, max(begun))
    for number, review in enumerate(state.centre.reviews):
        yield FollowUp(
            uid=_uid(str(state.created), state.name, participant or "", "review", str(number)),
            day=review_day(last, review.month),
            what=review.title,
            about="" if participant else state.name,
            who="",
            lines=(ANY_DAY,),
            sequence=0,
        )


def review_day(after: date, month: int) -> date:
    """Return a day in the first such month, 1 to 12, that lies wholly after a day: its second Monday, never New Year's."""
    year = after.year if month > after.month else after.year + 1
    eighth = date(min(year, date.max.year), month, 8)
    return eighth + timedelta(days=(MONDAY - eighth.weekday()) % 7)


def _uid(*parts: str) -> str:
    written = "\x1f".join(parts)
    return f"{hashlib.sha256(written.encode('utf-8', 'replace')).hexdigest()[:32]}@pmworkshop"


def _shortened(text: str) -> str:
    text = clean_line(text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
