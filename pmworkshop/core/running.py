"""What the trainer may do with the clock of a delivery: start, move, pause, add time, put right, end."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.marks import Visit
from pmworkshop.core.plan import SegmentId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.schedule import Projection, project
from pmworkshop.core.state import Delivery
from pmworkshop.core.units import HOUR, MINUTE, Duration, Instant, between, minutes, nearest, nearest_minute
from pmworkshop.core.words import length_words, whole_minutes

Decision = tuple[e.Event, ...] | Refusal

LONGEST_LENGTH = Duration(12 * HOUR)
NOT_UNDER_WAY = refuse("The session is not under way.")


def projection(delivery: Delivery, now: Instant) -> Projection:
    """Return the day's figures; before the start the plan counts for the day that lies nearest `now`."""
    marks = delivery.marks
    if not delivery.started:
        marks = replace(marks, planned_start=nearest(delivery.session.start, now, delivery.utc_offset))
    return project(delivery.timetable, marks, now, minutes(delivery.warn_at))


def start(delivery: Delivery, command: c.StartDelivery, now: Instant) -> Decision:
    """Start the clock in the first segment, now."""
    if delivery.started:
        return refuse("The session has started already.")
    planned = nearest(delivery.session.start, now, command.utc_offset)
    if command.move_plan:
        planned = nearest_minute(now)
    started = e.DeliveryStarted(
        delivery=delivery.id,
        planned_start=planned,
        segment=delivery.session.segments[0].id,
        moved=command.move_plan,
        utc_offset=command.utc_offset,
        zone=command.zone,
    )
    return (started,)


def move_on(delivery: Delivery, _: c.MoveOn, now: Instant) -> Decision:
    """Go on; a fixed segment ahead of its time is entered and waits, and is begun by going on once more."""
    day = projection(delivery, now)
    if not delivery.under_way or day.current is None:
        return NOT_UNDER_WAY
    if day.phase == "waiting":
        return (
            *_unpause(delivery),
            e.SegmentBegun(delivery=delivery.id, segment=day.lines[day.current].segment),
        )
    if day.next is None:
        return Refusal(words="This is the last segment. End the session?", question=True)
    line = day.lines[day.next]
    waits = line.fixed and line.used == 0
    return _enter(delivery, line.segment, max(now, line.planned_start) if waits else now)


def go_back(delivery: Delivery, _: c.GoBack, now: Instant) -> Decision:
    """Go back to the segment before in the plan, past what is left out; time already spent there counts on."""
    day = projection(delivery, now)
    if not delivery.under_way or day.current is None:
        return NOT_UNDER_WAY
    before = [line.segment for line in day.lines[: day.current] if line.segment not in delivery.marks.dropped]
    if not before:
        return refuse("This is the first segment.")
    return _enter(delivery, before[-1], now)


def jump_to(delivery: Delivery, command: c.JumpTo, now: Instant) -> Decision:
    """Go straight to a segment, which begins now."""
    if not delivery.under_way:
        return NOT_UNDER_WAY
    if delivery.segment(command.segment) is None:
        return refuse("There is no such segment in this session.")
    if command.segment == delivery.current:
        return refuse("The clock is in this segment already.")
    return _enter(delivery, command.segment, now)


def pause(delivery: Delivery, _: c.Pause, __: Instant) -> Decision:
    """Pause the clock."""
    if not delivery.under_way:
        return NOT_UNDER_WAY
    if delivery.marks.paused:
        return refuse("The clock is paused already.")
    return (e.Paused(delivery=delivery.id),)


def resume(delivery: Delivery, _: c.Resume, __: Instant) -> Decision:
    """Let the clock go on."""
    if not (delivery.under_way and delivery.marks.paused):
        return refuse("The clock is not paused.")
    return (e.Resumed(delivery=delivery.id),)


def add_time(delivery: Delivery, command: c.AddTime, now: Instant) -> Decision:
    """Give or take time. More than is left cannot be taken, nor more given than half a day."""
    if not delivery.under_way:
        return NOT_UNDER_WAY
    day = projection(delivery, now)
    wanted = command.segment or delivery.current
    line = next((line for line in day.lines if line.segment == wanted), None)
    if line is None or line.status not in ("current", "to come"):
        return refuse("Only the current segment and those to come can be given time.")
    if command.by < 0 and line.remaining + command.by < 0:
        left = max(line.remaining // MINUTE, 0)
        wanted_less = length_words(whole_minutes(Duration(-command.by)))
        return refuse(f"There is {length_words(left)} left here: {wanted_less} cannot be taken.")
    if command.by == 0:
        return ()
    if line.length + command.by > LONGEST_LENGTH:
        return refuse("A segment can be 12 hours at most.")
    return (e.TimeAdded(delivery=delivery.id, segment=line.segment, by=command.by),)


def correct_start(delivery: Delivery, command: c.CorrectStart, now: Instant) -> Decision:
    """Put right when the current segment began: not in the future, nor before the segment before it began."""
    if not delivery.under_way:
        return NOT_UNDER_WAY
    *earlier, visit = delivery.marks.visits
    if command.began > now:
        return refuse("That lies in the future.")
    if earlier and command.began < _begun(earlier[-1], visit):
        before = delivery.segment(earlier[-1].segment)
        ago = length_words(max(between(_begun(earlier[-1], visit), now) // MINUTE, 0))
        return refuse(f"“{before.title if before else earlier[-1].segment}” before it began only {ago} ago.")
    if between(command.began, now) > LONGEST_LENGTH:
        return refuse("That is more than 12 hours ago.")
    if command.began == visit.begins:
        return ()
    corrected = e.StartCorrected(
        delivery=delivery.id, segment=visit.segment, began=command.began, was=visit.begins
    )
    return (corrected,)


def _begun(before: Visit, visit: Visit) -> Instant:
    """Return when the visit `before` began: when it was entered, if it was left while it still waited."""
    return before.begins if before.begins <= visit.entered else before.entered


def finish(delivery: Delivery, _: c.FinishDelivery, __: Instant) -> Decision:
    """End the session. A pause stays as it is, should the end be taken back."""
    if not delivery.under_way:
        return NOT_UNDER_WAY
    return (e.DeliveryFinished(delivery=delivery.id),)


def reopen(delivery: Delivery, _: c.ReopenDelivery, __: Instant) -> Decision:
    """Take back the end; the clock has gone on since."""
    if not delivery.started or delivery.under_way:
        return refuse("The session has not ended.")
    return (e.DeliveryReopened(delivery=delivery.id),)


def clock_step(delivery: Delivery, command: c.ReportClockStep, _: Instant) -> Decision:
    """Put on the record that the laptop's clock was set while the delivery's own went on."""
    if not delivery.under_way:
        return ()
    return (e.ClockStepped(delivery=delivery.id, by=command.by),)


def _enter(delivery: Delivery, segment: SegmentId, begins: Instant) -> Decision:
    entered = e.SegmentEntered(delivery=delivery.id, segment=segment, begins=begins)
    return (*_unpause(delivery), entered)


def _unpause(delivery: Delivery) -> tuple[e.Event, ...]:
    return (e.Resumed(delivery=delivery.id),) if delivery.marks.paused else ()


RULES: dict[type, Callable[[Delivery, Any, Instant], Decision]] = {
    c.StartDelivery: start,
    c.MoveOn: move_on,
    c.GoBack: go_back,
    c.JumpTo: jump_to,
    c.Pause: pause,
    c.Resume: resume,
    c.AddTime: add_time,
    c.CorrectStart: correct_start,
    c.FinishDelivery: finish,
    c.ReopenDelivery: reopen,
    c.ReportClockStep: clock_step,
}
