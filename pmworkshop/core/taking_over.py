"""What a delivery's plan becomes when the author's newer one is taken over.

Invariant: what has begun stays as it was, with its order, its start and its length; whatever is still to be run is the
newer plan's, and as long as that plan has it. Minutes that were moved today stay moved, but where the newer plan gives
a segment another length: then that length counts.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pmworkshop.core.growing import having
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.state import Delivery
from pmworkshop.core.timetable import Timetable, place
from pmworkshop.core.units import MINUTE, Duration, Minutes, nearest

MOST_SEGMENTS: Final = 500
LONGEST: Final = 720
"""Minutes of a segment, at most."""


def merged(delivery: Delivery, newer: Session) -> Session | Refusal:
    """Return the plan with `newer` from where the delivery stands: what has begun stays as it was.

    Refused in words where the newer plan does not hold the segment that was begun last in the plan's order, where it
    ends before this day began, or where it gets too long.
    """
    if not delivery.started:
        return newer
    head = delivery.session.segments[: begun_up_to(delivery)]
    place_in_newer = [segment.id for segment in newer.segments]
    if head[-1].id not in place_in_newer:
        return refuse(
            f"The changed plan has no “{head[-1].title}” (id {head[-1].id}) any more, which has begun: "
            "it is not clear what comes next. Give the segment its id back, or go on with the copy."
        )
    kept = {segment.id for segment in head}
    tail = newer.segments[place_in_newer.index(head[-1].id) + 1 :]
    rest = tuple(segment for segment in tail if segment.id not in kept)
    if len(head) + len(rest) > MOST_SEGMENTS:
        return refuse(f"With what has begun the changed plan has more than {MOST_SEGMENTS} segments.")
    whole = replace(newer, start=delivery.session.start, segments=(*head, *rest))
    if any(one.segment is None and one.severity == "error" for one in place(whole)[1]):
        return refuse(
            f"The changed plan ends at {newer.end}, and this session began at {delivery.session.start}: "
            "they do not fit together. Go on with the copy."
        )
    return _as_long(whole, delivery, newer)


def begun_up_to(delivery: Delivery) -> int:
    """Return how many segments of the plan, from its first on, stay as they are: up to the last that was begun."""
    begun = {visit.segment for visit in delivery.marks.visits}
    return (
        max((index for index, one in enumerate(delivery.session.segments) if one.id in begun), default=-1) + 1
    )


def _as_long(whole: Session, delivery: Delivery, newer: Session) -> Session:
    """Return the plan with every segment as long as it was: a length that the neighbours gave is written down.

    Otherwise the segment under way would grow or shrink with whatever comes next, to nothing where that has no time.
    """
    lengths = {slot.segment: slot.length for slot in place(newer)[0].slots}
    lengths |= {slot.segment: slot.length for slot in delivery.timetable.slots[: begun_up_to(delivery)]}
    for _ in whole.segments:
        slots = place(whole)[0].slots
        wrong = {slot.segment for slot in slots if slot.length != lengths[slot.segment]}
        mended = tuple(_pinned(one, lengths[one.id]) if one.id in wrong else one for one in whole.segments)
        if mended == whole.segments:
            break
        whole = replace(whole, segments=mended)
    return whole


def _pinned(segment: Segment, length: Duration) -> Segment:
    count = length // MINUTE
    return replace(segment, minutes=Minutes(count)) if 1 <= count <= LONGEST else segment


def with_plan(delivery: Delivery, session: Session, resources: Mapping[str, object]) -> Delivery:
    """Return the delivery with another plan; ticks and choices for what that plan has no longer are let go."""
    before = {segment.id: segment for segment in delivery.session.segments}
    after = {segment.id: segment for segment in session.segments}
    timetable = place(session)[0]
    anew = newly_long(delivery, timetable)
    added = {of: by for of, by in delivery.marks.added.items() if of not in anew}
    marks = replace(delivery.marks, added=added)
    if not delivery.started:
        marks = replace(marks, planned_start=nearest(session.start, delivery.opened, delivery.utc_offset))
    return replace(
        delivery,
        session=session,
        timetable=timetable,
        marks=marks,
        accepted=tuple(
            replace(one, moves=tuple(move for move in one.moves if move.segment not in anew))
            for one in delivery.accepted
        ),
        prepared=frozenset(one for one in delivery.prepared if one in resources),
        seen=frozenset(
            (of, index)
            for of, index in delivery.seen
            if _looked_for(before, of, index) == _looked_for(after, of, index)
        ),
        chosen=_still_chosen(delivery, after),
        taken_over=delivery.taken_over + 1,
    )


def newly_long(delivery: Delivery, timetable: Timetable) -> frozenset[SegmentId]:
    """Return the segments still to be run that another timetable gives another length."""
    before = {slot.segment: slot.length for slot in delivery.timetable.slots[begun_up_to(delivery) :]}
    return frozenset(
        slot.segment for slot in timetable.slots if before.get(slot.segment, slot.length) != slot.length
    )


def _looked_for(segments: Mapping[SegmentId, Segment], of: SegmentId, index: int) -> str:
    looked = segments[of].look_for if of in segments else ()
    return looked[index] if 0 <= index < len(looked) else ""


def _still_chosen(
    delivery: Delivery, segments: Mapping[SegmentId, Segment]
) -> Mapping[SegmentId, tuple[str, ...]]:
    chosen = delivery.chosen
    for name, options in delivery.chosen.items():
        segment = segments.get(name)
        known = {one.id for one in segment.options.of} if segment and segment.options else set()
        if not known.issuperset(options):
            chosen = having(dict(chosen), name, tuple(one for one in options if one in known))
    return chosen
