"""What the kit's plan of a session says by now, beside the copy that a delivery runs by: for the trainer to take over.

Invariant: what is listed `about` the session and `ahead` is what taking over would change, no more and no less.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, Literal

from pmworkshop.core.exercise import Exercise, expanded
from pmworkshop.core.plan import Course, Resource, Segment, SegmentId, Session, needed
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.sparing import shortest_of
from pmworkshop.core.state import Cohort, Delivery
from pmworkshop.core.taking_over import begun_up_to, merged
from pmworkshop.core.timetable import Slot, place
from pmworkshop.core.unit import Unit
from pmworkshop.core.units import (
    MINUTE,
    NOTHING,
    Duration,
    TimeOfDay,
    minute_of_day,
    minutes,
    time_of_day,
    wall_clock,
)
from pmworkshop.core.value import value
from pmworkshop.core.words import length_words, whole_minutes
from pmworkshop.live.views.plan_words import Titles, resource_words, segment_words, session_words

Kind = Literal["changed", "new", "gone"]
EARLIER: Final = "the changed plan has it before what has begun: it is not run"
REWORDED: Final = "Worded anew since they were opened; open them again for that"
NOT_OPENED: Final = "Worded anew, and not opened yet"
GONE: Final = "Not in the kit any more, or not to be read now"


@value
class SegmentChange:
    """One segment that differs. `was` and `now` are its planned starts, `was` empty where it is new, `now` where it is gone."""

    segment: SegmentId
    kind: Kind
    title: str
    was: str
    now: str
    words: tuple[str, ...]


@value
class PlanChanges:
    """What differs: in the session as a whole, in what is still to be run, and in what has begun and stays as it is.

    Taking over gives `session` and `resources`; where that cannot be done, `refused` says why. `exercises` says of
    which exercises of the segments ahead the kit holds another wording, whether or not the plan is taken over.
    """

    session: Session
    resources: tuple[Resource, ...]
    refused: str = ""
    about: tuple[str, ...] = ()
    ahead: tuple[SegmentChange, ...] = ()
    begun: tuple[SegmentChange, ...] = ()
    exercises: tuple[str, ...] = ()

    @property
    def offered(self) -> bool:
        """Whether there is something to take over, or a reason why there is not."""
        return bool(self.refused or self.about or self.ahead)


def plan_changes(
    delivery: Delivery, newer: Session, course: Course | None = None, titles: Titles | None = None
) -> PlanChanges:
    """Return how `newer`, the kit's plan of this session, differs from the delivery's own copy.

    `course` says what resources there are now; without it they stay. `titles` names exercises and resources by id.
    """
    if not same_session(delivery, newer):
        return PlanChanges(session=delivery.session, resources=delivery.resources)
    names = {**(titles or {}), **{one.id: one.title for one in delivery.resources}}
    session = merged(delivery, newer)
    if isinstance(session, Refusal):
        return PlanChanges(session=delivery.session, resources=delivery.resources, refused=session.words)
    resources = _resources(delivery, session, course) if course else delivery.resources
    names |= {one.id: one.title for one in resources}
    old, new = _Placed(delivery, delivery.session), _Placed(delivery, session)
    count = begun_up_to(delivery) if delivery.started else 0
    return PlanChanges(
        session=session,
        resources=resources,
        about=(*_about(old, new), *resource_words(delivery.resources, resources)),
        ahead=(*_ahead(old, new, count, names), *_gone(old, newer, session, count)),
        begun=tuple(_begun(old, _Placed(delivery, newer), count, names)),
    )


def same_session(delivery: Delivery, newer: Session) -> bool:
    """Whether that is a plan of the same session: another kit may have one of the same name with nothing in common."""
    known = {segment.id for segment in delivery.session.segments}
    return any(segment.id in known for segment in newer.segments)


def reworded(
    state: Cohort,
    segments: Sequence[Segment],
    before: Mapping[str, Exercise],
    now: Mapping[str, Exercise],
    unit: Unit | None,
    titles: Titles,
) -> tuple[str, ...]:
    """Say of which exercises of these segments the kit holds another wording now than the cohort, or than `before`."""
    found: dict[str, list[str]] = {REWORDED: [], NOT_OPENED: [], GONE: []}
    for name in dict.fromkeys(one for segment in segments for one in _activities(segment)):
        taken, exercise = state.exercise(name), now.get(name)
        if exercise is None:
            differs = GONE if name in before else ""
        elif taken is not None:
            differs = REWORDED if expanded(exercise, unit) != taken else ""
        else:
            differs = NOT_OPENED if before.get(name, exercise) != exercise else ""
        if differs:
            found[differs].append(f"“{titles.get(name, name)}”")
    return tuple(f"{words}: {'; '.join(names)}" for words, names in found.items() if names)


def still_to_come(delivery: Delivery, session: Session) -> tuple[Segment, ...]:
    """Return the segments of the plan that are under way or ahead."""
    return session.segments[max(begun_up_to(delivery) - 1, 0) if delivery.started else 0 :]


class _Placed:
    """A plan with its segments in time, as local times of today: a plan that was moved is moved here too."""

    def __init__(self, delivery: Delivery, session: Session) -> None:
        self.session, self.marks = session, delivery.marks
        self.timetable = place(session)[0]
        self.segments = {segment.id: segment for segment in session.segments}
        self.slots = {slot.segment: slot for slot in self.timetable.slots}
        moved = 0
        if delivery.started:
            today = wall_clock(delivery.marks.planned_start, delivery.utc_offset)
            moved = minute_of_day(today) - minute_of_day(delivery.session.start)
        self._start = minute_of_day(session.start) + moved

    def at(self, slot: Slot) -> TimeOfDay:
        """Return when a segment is planned to start."""
        return time_of_day(self._start + slot.start // MINUTE)

    @property
    def starts(self) -> TimeOfDay:
        """When the session is planned to start."""
        return time_of_day(self._start)

    @property
    def ends(self) -> TimeOfDay:
        """When the session is planned to end."""
        return time_of_day(self._start + self.timetable.end // MINUTE)


def _resources(delivery: Delivery, session: Session, course: Course | None) -> tuple[Resource, ...]:
    """Return what to have in hand; what only the segments that have begun name stays, also if the course has lost it."""
    found = tuple(needed(session, course))
    known = {one.id for one in found}
    named = set(session.resources) | {one for segment in session.segments for one in segment.resources}
    return (*found, *(one for one in delivery.resources if one.id in named - known))


def _about(old: _Placed, new: _Placed) -> Iterator[str]:
    yield from session_words(old.session, new.session)
    if old.starts != new.starts:
        yield f"Starts at {new.starts} instead of {old.starts}"
    if old.ends != new.ends:
        yield f"Ends at {new.ends} instead of {old.ends}"


def _ahead(old: _Placed, new: _Placed, count: int, titles: Titles) -> Iterator[SegmentChange]:
    """Yield what differs after the first `count` segments, in the new plan's order."""
    order = [one.id for one in old.session.segments[count:]]
    rest = new.session.segments[count:]
    moved = _moved([order.index(one.id) for one in rest if one.id in order])
    elsewhere = {order[index] for index in moved}
    before = new.session.segments[count - 1] if count else None
    for segment in rest:
        words = _words(old, new, segment.id, titles)
        if segment.id in elsewhere:
            words = (f"comes after “{before.title}” now" if before else "comes first now", *words)
        was = old.at(old.slots[segment.id]) if segment.id in old.slots else ""
        now = new.at(new.slots[segment.id])
        if words or was != now:
            words = (*words, *_stays(old, new, segment))
            yield _change(segment, "changed" if was else "new", was, now, words)
        before = segment


def _stays(old: _Placed, new: _Placed, segment: Segment) -> Iterator[str]:
    """Say what the trainer did about a segment today, and whether it counts in the newer plan as well."""
    by, planned = new.marks.added.get(segment.id, NOTHING), new.slots[segment.id].length
    before = old.slots.get(segment.id)
    if segment.id in new.marks.dropped:
        yield "stays left out today"
    elif by and before is not None and before.length != planned:
        moved = length_words(whole_minutes(Duration(abs(by))))
        yield f"its new length counts; the {moved} {'taken from' if by < 0 else 'given to'} it today no longer do"
    elif by:
        length = Duration(max(planned + by, 0))
        below = length < minutes(shortest_of(segment, -(-planned // MINUTE)))
        moved = length_words(whole_minutes(Duration(abs(by))))
        stay = f"the {moved} {'taken from it stay taken' if by < 0 else 'given to it stay given'}"
        yield f"{stay}: {length_words(whole_minutes(length))} today{', below its shortest' if below else ''}"


def _gone(old: _Placed, newer: Session, session: Session, count: int) -> Iterator[SegmentChange]:
    """Yield what would no longer be run."""
    left, known = {one.id for one in session.segments}, {one.id for one in newer.segments}
    for segment in old.session.segments[count:]:
        if segment.id not in left:
            words = (EARLIER,) if segment.id in known else ()
            yield _change(segment, "gone", old.at(old.slots[segment.id]), "", words)


def _begun(old: _Placed, newer: _Placed, count: int, titles: Titles) -> Iterator[SegmentChange]:
    """Yield what the newer plan says otherwise of the first `count` segments, which stay as they are."""
    for segment in old.session.segments[:count]:
        was = old.at(old.slots[segment.id])
        if segment.id not in newer.slots:
            yield _change(segment, "gone", was, "", ())
            continue
        words, now = _words(old, newer, segment.id, titles), newer.at(newer.slots[segment.id])
        if words or was != now:
            yield _change(newer.segments[segment.id], "changed", was, now, words)
    last = old.session.segments[count - 1].id if count else None
    for segment in newer.session.segments:
        if last is None or segment.id == last:
            return
        if segment.id not in old.slots:
            yield _change(segment, "new", "", newer.at(newer.slots[segment.id]), (EARLIER,))


def _change(segment: Segment, kind: Kind, was: str, now: str, words: tuple[str, ...]) -> SegmentChange:
    return SegmentChange(segment=segment.id, kind=kind, title=segment.title, was=was, now=now, words=words)


def _words(old: _Placed, new: _Placed, name: SegmentId, titles: Titles) -> tuple[str, ...]:
    length = new.slots[name].length // MINUTE
    if name not in old.slots:
        return (length_words(length),)
    was = old.slots[name].length // MINUTE
    lengths = (f"{length_words(length)} instead of {length_words(was)}",) if length != was else ()
    return (*lengths, *segment_words(old.segments[name], new.segments[name], titles))


def _moved(order: Sequence[int]) -> Collection[int]:
    """Return which places stand out of order: all but those of the longest run that goes up."""
    ends: list[int] = []
    at: list[int] = []
    before: dict[int, int | None] = {}
    for place_now in order:
        where = bisect_left(ends, place_now)
        ends[where : where + 1] = [place_now]
        at[where : where + 1] = [place_now]
        before[place_now] = at[where - 1] if where else None
    kept = set()
    step = at[-1] if at else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return [one for one in order if one not in kept]


def _activities(segment: Segment) -> Iterator[str]:
    yield from segment.activities
    for option in segment.options.of if segment.options else ():
        yield from option.activities
