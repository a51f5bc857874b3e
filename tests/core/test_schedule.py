"""The clock of the day against a real morning; every expected time here was worked out by hand.

09:30 intro 20 · 09:50 big picture 30 · 10:20 best practice 20 · 10:40 Bath and AMO 20
11:00 break 15, fixed · 11:15 behaviour 25 · 11:40 developing 40 · 12:20 review, until 12:30
"""

from datetime import UTC, datetime

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.apply import apply
from pmworkshop.core.decide import decide
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.running import projection
from pmworkshop.core.schedule import Line, Projection
from pmworkshop.core.state import Delivery, nobody
from pmworkshop.core.units import (
    HOUR,
    MINUTE,
    NOTHING,
    SECOND,
    Duration,
    Instant,
    Minutes,
    TimeOfDay,
    minutes,
    wall_clock,
)
from pmworkshop.core.words import offset_words

DAY_OF_COURSE = (2027, 3, 4)
THE = DeliveryId("the-delivery")


def segment(name: str, at: str, length: int | None = None, *, fixed: bool = False) -> Segment:
    return Segment(
        id=SegmentId(name),
        title=name,
        kind="break" if name == "break" else "work",
        at=TimeOfDay(at),
        minutes=None if length is None else Minutes(length),
        fixed=fixed,
    )


MORNING = Session(
    title="Understanding Performance Management",
    start=TimeOfDay("09:30"),
    end=TimeOfDay("12:30"),
    segments=(
        segment("intro", "09:30", 20),
        segment("big-picture", "09:50", 30),
        segment("best-practice", "10:20", 20),
        segment("bath-amo", "10:40", 20),
        segment("break", "11:00", 15, fixed=True),
        segment("behaviour", "11:15", 25),
        segment("developing", "11:40", 40),
        segment("review", "12:20"),
    ),
)
NIGHT = Session(
    title="Night shift",
    start=TimeOfDay("22:30"),
    end=TimeOfDay("01:00"),
    segments=(
        segment("talk", "22:30", 60),
        segment("break", "23:30", 15, fixed=True),
        segment("work", "23:45", 45),
        segment("review", "00:30"),
    ),
)


def at(time: str, day: tuple[int, int, int] = DAY_OF_COURSE) -> Instant:
    """Return the instant of a UTC time of day, `HH:MM` or `HH:MM:SS`."""
    hour, minute, second = (int(part) for part in f"{time}:00".split(":")[:3])
    return Instant(int(datetime(*day, hour, minute, second, tzinfo=UTC).timestamp()) * SECOND)


class Room:
    """A trainer's morning: commands with their time of day, driven through decide and apply."""

    def __init__(self, plan: Session = MORNING, opened: Instant | None = None, utc_offset: int = 0) -> None:
        self.cohort = nobody()
        self.offset = Duration(utc_offset)
        self.send(c.CreateCohort(name="spring"), opened or at("09:00"))
        opening = c.OpenDelivery(
            delivery=THE, session_id="a", session=plan, zone="Europe/London", utc_offset=self.offset
        )
        self.send(opening, opened or at("09:00"))

    @property
    def delivery(self) -> Delivery:
        return self.cohort.deliveries[THE]

    def ask(self, command: c.Command, now: Instant) -> Refusal | None:
        decision = decide(self.cohort, command, now)
        if isinstance(decision, Refusal):
            return decision
        for event in decision:
            self.cohort = apply(self.cohort, event, now)
        return None

    def send(self, command: c.Command, now: Instant) -> None:
        refusal = self.ask(command, now)
        assert refusal is None, refusal

    def start(self, time: str = "09:30", *, move_plan: bool = False) -> "Room":
        starting = c.StartDelivery(
            delivery=THE, move_plan=move_plan, zone="Europe/London", utc_offset=self.offset
        )
        self.send(starting, at(time))
        return self

    def on(self, *times: str) -> "Room":
        """Press “next” at each of these times."""
        for time in times:
            self.send(c.MoveOn(delivery=THE), at(time))
        return self

    def back(self, time: str) -> "Room":
        self.send(c.GoBack(delivery=THE), at(time))
        return self

    def jump(self, time: str, to: str) -> "Room":
        self.send(c.JumpTo(delivery=THE, segment=SegmentId(to)), at(time))
        return self

    def pause(self, time: str) -> "Room":
        self.send(c.Pause(delivery=THE), at(time))
        return self

    def resume(self, time: str) -> "Room":
        self.send(c.Resume(delivery=THE), at(time))
        return self

    def add(self, time: str, by: int, to: str | None = None) -> "Room":
        adding = c.AddTime(delivery=THE, by=minutes(by), segment=SegmentId(to) if to else None)
        self.send(adding, at(time))
        return self

    def began(self, time: str, really: str) -> "Room":
        self.send(c.CorrectStart(delivery=THE, began=at(really)), at(time))
        return self

    def end(self, time: str) -> "Room":
        self.send(c.FinishDelivery(delivery=THE), at(time))
        return self

    def reopen(self, time: str) -> "Room":
        self.send(c.ReopenDelivery(delivery=THE), at(time))
        return self

    def look(self, time: str) -> Projection:
        return projection(self.delivery, at(time))


def line(day: Projection, name: str) -> Line:
    return next(line for line in day.lines if line.segment == name)


def title(day: Projection, index: int | None) -> str | None:
    return None if index is None else day.lines[index].segment


def hhmm(instant: Instant) -> str:
    return f"{datetime.fromtimestamp(instant / SECOND, UTC):%H:%M}"


def times(day: Projection) -> str:
    """Return the rundown as a trainer reads it: who starts and ends when, with a mark for what is past."""
    mark = {"done": "✓", "skipped": "-", "current": "▶", "to come": ""}
    return " ".join(f"{mark[ln.status]}{hhmm(ln.start)}-{hhmm(ln.end)}" for ln in day.lines)


def mins(duration: Duration) -> float:
    return duration / MINUTE


def test_on_time_everything_stands_where_the_plan_puts_it() -> None:
    """A morning begun and run on time shows the plan's own times, offset nothing and finish 12:30."""
    day = Room().start().on("09:50").look("10:07")
    assert title(day, day.current) == "big-picture"
    assert title(day, day.next) == "best-practice"
    assert (day.phase, mins(day.remaining), day.offset) == ("running", 13, 0)
    assert times(day) == (
        "✓09:30-09:50 ▶09:50-10:20 10:20-10:40 10:40-11:00 11:00-11:15 11:15-11:40 11:40-12:20 12:20-12:30"
    )
    assert (hhmm(day.finish), hhmm(day.planned_finish)) == ("12:30", "12:30")


@pytest.mark.parametrize(
    ("time", "phase", "remaining"),
    [
        ("09:44:59", "running", 301),
        ("09:45", "warning", 300),
        ("09:48:59", "warning", 61),
        ("09:49", "last minute", 60),
        ("09:50", "last minute", 0),
        ("09:50:01", "over", -1),
    ],
)
def test_the_clock_warns_at_five_minutes_and_at_one_and_then_is_over(
    time: str, phase: str, remaining: int
) -> None:
    """The warning begins at exactly five minutes left, the last minute at one; only past nought is it over."""
    day = Room().start().look(time)
    assert (day.phase, day.remaining) == (phase, remaining * SECOND)


def test_before_the_start_the_clock_counts_down_and_then_lateness_grows() -> None:
    """Before the start the time left is that up to 09:30; once that has passed, every time slips with now."""
    room = Room()
    early = room.look("09:12")
    assert (early.phase, mins(early.remaining), early.offset, hhmm(early.finish)) == (
        "before",
        18,
        0,
        "12:30",
    )
    assert (early.current, title(early, early.next)) == (None, "intro")
    late = room.look("09:40")
    assert (mins(late.remaining), mins(late.offset), hhmm(late.finish)) == (-10, 10, "12:40")


def test_starting_25_minutes_late_moves_everything_25_minutes() -> None:
    """A late start is behind from the first moment; a break that is already late does not wait."""
    room = Room().start("09:55")
    day = room.look("09:55")
    assert times(day) == (
        "▶09:55-10:15 10:15-10:45 10:45-11:05 11:05-11:25 11:25-11:40 11:40-12:05 12:05-12:45 12:45-12:55"
    )
    assert (mins(day.offset), mins(day.late_start), day.relative_offset) == (25, 25, 0)
    assert hhmm(day.finish) == "12:55"
    assert mins(room.on("10:15").look("10:16").late_start) == 25


def test_a_late_start_made_up_is_ahead_of_itself_but_not_of_the_plan() -> None:
    """25 minutes late and 10 won back is 15 behind the plan, and 10 ahead of the late start."""
    day = Room().start("09:55").add("10:00", -10).look("10:00")
    assert (mins(day.offset), mins(day.relative_offset), hhmm(day.finish)) == (15, -10, "12:45")


def test_a_plan_moved_with_the_start_is_on_time() -> None:
    """Started at 09:55 with the plan moved, the day is on time, the break stands at 11:25, the end at 12:55."""
    day = Room().start("09:55", move_plan=True).look("10:00")
    assert (day.offset, day.late_start, hhmm(day.planned_finish)) == (0, 0, "12:55")
    assert hhmm(line(day, "break").planned_start) == "11:25"
    seconds_late = Room().start("09:54:40", move_plan=True).look("10:00")
    assert (hhmm(seconds_late.planned_start), offset_words(seconds_late.offset)) == ("09:55", "on time")


def test_running_over_pushes_what_is_to_come_minute_by_minute() -> None:
    """Four minutes over, the segment ends now, and everything after it is four minutes later."""
    day = Room().start().look("09:54")
    assert (mins(day.remaining), mins(day.offset), day.phase) == (-4, 4, "over")
    assert times(day) == (
        "▶09:30-09:54 09:54-10:24 10:24-10:44 10:44-11:04 11:04-11:19 11:19-11:44 11:44-12:24 12:24-12:34"
    )


def test_a_segment_finished_early_is_followed_at_once() -> None:
    """Leaving the introduction at 09:44 starts the next then, and the gain is lost at the fixed break."""
    day = Room().start().on("09:44").look("09:50")
    assert (mins(line(day, "intro").used), mins(line(day, "intro").offset)) == (14, -6)
    assert (mins(day.remaining), mins(day.offset)) == (24, -6)
    assert times(day) == (
        "✓09:30-09:44 ▶09:44-10:14 10:14-10:34 10:34-10:54 11:00-11:15 11:15-11:40 11:40-12:20 12:20-12:30"
    )


def test_finishing_early_the_break_waits_for_its_time_and_then_runs_by_itself() -> None:
    """Done at 10:52, the break waits 8 minutes, runs from 11:00 without another key, and is over at 11:15."""
    room = Room().start().on("09:50", "10:20", "10:40", "10:52")
    waiting = room.look("10:52")
    assert (title(waiting, waiting.current), waiting.phase, mins(waiting.remaining)) == (
        "break",
        "waiting",
        8,
    )
    assert (waiting.offset, hhmm(waiting.finish), title(waiting, waiting.next)) == (0, "12:30", "behaviour")
    assert (hhmm(line(waiting, "break").start), hhmm(line(waiting, "break").end)) == ("11:00", "11:15")
    assert (room.look("11:00").phase, mins(room.look("11:00").remaining)) == ("running", 15)
    assert (room.look("11:10").phase, mins(room.look("11:10").remaining)) == ("warning", 5)
    assert (room.look("11:16").phase, mins(room.look("11:16").remaining)) == ("over", -1)
    after = room.on("11:15").look("11:15")
    assert (mins(line(after, "bath-amo").used), mins(line(after, "break").used)) == (12, 15)


def test_the_trainer_need_not_wait_for_the_break() -> None:
    """Pressing “next” once more at 10:53 begins the break then; it ends 11:08 and the day gains 7 minutes."""
    day = Room().start().on("09:50", "10:20", "10:40", "10:52", "10:53").look("10:55")
    assert (day.phase, mins(day.remaining), mins(day.offset)) == ("running", 13, -7)
    assert times(day) == (
        "✓09:30-09:50 ✓09:50-10:20 ✓10:20-10:40 ✓10:40-10:52 ▶10:53-11:08 11:08-11:33 11:33-12:13 12:13-12:23"
    )


def test_skipping_over_the_break_from_before_it_never_makes_a_break_of_it() -> None:
    """Jumping at 10:45 from best practice to behaviour leaves two segments skipped and gains 30 minutes."""
    day = Room().start().on("09:50", "10:20").jump("10:45", "behaviour").look("10:45")
    assert [line(day, name).status for name in ("bath-amo", "break")] == ["skipped", "skipped"]
    assert (mins(day.remaining), mins(day.offset), hhmm(day.finish)) == (25, -30, "12:00")
    assert (title(day, day.next), mins(line(day, "best-practice").used)) == ("developing", 25)


def test_a_break_left_while_it_waited_was_never_taken() -> None:
    """A break that still waited when the trainer jumped on is skipped, not done; going back finds it whole."""
    room = Room().start().on("09:50", "10:20", "10:40", "10:50").jump("10:52", "behaviour")
    day = room.look("11:05")
    assert (line(day, "break").status, line(day, "break").used) == ("skipped", 0)
    assert mins(line(day, "bath-amo").used) == 10
    ended = Room().start().on("09:50", "10:20", "10:40", "10:50").end("10:52").look("12:00")
    assert line(ended, "break").status == "skipped"


def test_going_back_counts_on_and_going_forward_again_goes_on_where_it_was() -> None:
    """Back in the introduction its 20 minutes are used up; the big picture, 5 minutes in, comes next with 25."""
    room = Room().start().on("09:50").back("09:55")
    day = room.look("09:58")
    assert (title(day, day.current), mins(day.remaining), title(day, day.next)) == (
        "intro",
        -3,
        "big-picture",
    )
    assert (hhmm(line(day, "big-picture").start), hhmm(line(day, "big-picture").end)) == ("09:58", "10:23")
    day = room.on("09:58").look("10:00")
    assert (title(day, day.current), mins(day.remaining), mins(day.offset)) == ("big-picture", 23, 3)
    assert mins(line(day, "intro").used) == 23
    assert hhmm(line(day, "intro").end) == "09:58"


def test_jumping_back_does_not_run_again_what_was_done_between() -> None:
    """From Bath and AMO back to the introduction, next is Bath and AMO, for the two between are done."""
    day = Room().start().on("09:50", "10:20", "10:40").jump("10:45", "intro").look("10:46")
    assert title(day, day.next) == "bath-amo"
    assert [ln.status for ln in day.lines[:5]] == ["current", "done", "done", "to come", "to come"]
    assert mins(line(day, "bath-amo").remaining) == 15


def test_a_segment_that_took_time_is_never_called_skipped() -> None:
    """A segment left by going back, and never taken up again, keeps its minutes and counts as done."""
    room = Room().start().on("09:50").back("10:10").jump("10:12", "best-practice")
    day = room.look("10:15")
    assert (line(day, "big-picture").status, mins(line(day, "big-picture").used)) == ("done", 20)
    ended = Room().start().on("09:50").back("10:10").end("10:12").look("10:15")
    assert [ln.status for ln in ended.lines[:3]] == ["done", "done", "skipped"]


def test_a_break_begun_early_and_left_does_not_wait_a_second_time() -> None:
    """A break begun at 10:50 and left at 10:52 is expected to go on before 11:00, and does."""
    room = Room().start().on("09:50", "10:20", "10:40").jump("10:50", "break").back("10:52").add("10:52", -6)
    expected = line(room.look("10:52"), "break")
    assert (hhmm(expected.start), hhmm(expected.end)) == ("10:56", "11:09")
    day = room.on("10:56").look("10:56")
    assert (day.phase, mins(day.remaining), hhmm(line(day, "break").end)) == ("running", 13, "11:09")


def test_going_back_twice_leaves_both_segments_to_come() -> None:
    """From best practice back over the big picture to the introduction: both are to be gone through again."""
    day = Room().start().on("09:50", "10:20").back("10:21").back("10:22").look("10:22")
    assert [ln.status for ln in day.lines[:3]] == ["current", "to come", "to come"]
    assert title(day, day.next) == "big-picture"


def test_a_lid_closed_for_ten_minutes_is_ten_minutes() -> None:
    """Nothing counts ticks: ten minutes unseen are ten minutes less."""
    room = Room().start().on("09:50")
    assert mins(room.look("10:00").remaining) - mins(room.look("10:10").remaining) == 10


def test_a_clock_stepped_back_stands_at_the_newest_mark() -> None:
    """With the laptop's clock an hour behind the newest mark, figures are those of that mark, never before it."""
    room = Room().start().on("09:50")
    assert room.look("08:50") == room.look("09:50")
    assert room.pause("10:00").look("08:00") == room.look("10:00")
    assert room.resume("10:05").look("10:02") == room.look("10:05")
    assert room.end("10:10").look("10:07") == room.look("10:10")


def test_a_pause_across_a_fixed_point_pushes_the_break() -> None:
    """Paused from 10:50 to 11:05 with 10 minutes left, the break comes at 11:15 and the day ends 12:45."""
    room = Room().start().on("09:50", "10:20", "10:40").pause("10:50")
    early = room.look("10:55")
    assert (early.paused, mins(early.remaining), hhmm(line(early, "break").start)) == (True, 10, "11:05")
    assert hhmm(room.look("10:50").finish) == "12:30"
    day = room.resume("11:05").look("11:06")
    assert (day.paused, mins(day.remaining), mins(day.offset), hhmm(day.finish)) == (False, 9, 15, "12:45")
    assert (hhmm(line(day, "break").start), mins(line(day, "bath-amo").used)) == ("11:15", 11)


def test_a_pause_while_the_break_waits_takes_nothing_from_the_wait_but_holds_the_break() -> None:
    """The wait ends at 11:00 whatever happens; the break's own 15 minutes begin when the clock goes on."""
    room = Room().start().on("09:50", "10:20", "10:40", "10:52").pause("10:58")
    assert (room.look("10:59").phase, mins(room.look("10:59").remaining)) == ("waiting", 1)
    held = room.look("11:05")
    assert (held.paused, mins(held.remaining), hhmm(line(held, "break").end)) == (True, 15, "11:20")
    assert mins(room.resume("11:05").look("11:10").remaining) == 10
    at_once = Room().start().on("09:50", "10:20", "10:40", "10:52").pause("10:54").on("10:56").look("10:57")
    assert (at_once.paused, mins(at_once.remaining)) == (False, 14)


def test_moving_on_while_paused_lets_the_clock_run_again() -> None:
    """Ten paused minutes are not the introduction's, and the next segment runs from the key."""
    day = Room().start().pause("09:45").on("09:55").look("10:00")
    assert (day.paused, mins(line(day, "intro").used), mins(line(day, "big-picture").used)) == (False, 15, 5)
    assert hhmm(line(day, "big-picture").end) == "10:25"


def test_taking_minutes_gains_them_until_the_fixed_break_swallows_them() -> None:
    """Ten minutes taken at 10:00 end the big picture 10:10; the break still waits, so the day ends 12:30."""
    room = Room().start().on("09:50").add("10:00", -10)
    day = room.look("10:00")
    assert (mins(day.remaining), mins(day.offset), mins(line(day, "big-picture").added)) == (10, -10, -10)
    assert (hhmm(line(day, "bath-amo").end), hhmm(line(day, "break").start)) == ("10:50", "11:00")
    assert hhmm(day.finish) == "12:30"
    refusal = room.ask(c.AddTime(delivery=THE, by=minutes(-11)), at("10:00"))
    assert refusal == Refusal(words="There is 10 min left here: 11 min cannot be taken.")
    assert room.ask(c.AddTime(delivery=THE, by=minutes(-10)), at("10:00")) is None
    assert room.look("10:00").remaining == 0


def test_time_given_to_a_segment_to_come_moves_only_what_follows_it() -> None:
    """Ten more minutes for developing leave the current segment on time and move the finish to 12:40."""
    room = Room().start().on("09:50").add("10:00", 10, "developing")
    day = room.look("10:00")
    assert (day.offset, hhmm(day.finish)) == (0, "12:40")
    assert (hhmm(line(day, "developing").start), hhmm(line(day, "developing").end)) == ("11:40", "12:30")
    done = c.AddTime(delivery=THE, by=minutes(1), segment=SegmentId("intro"))
    assert isinstance(room.ask(done, at("10:00")), Refusal)
    too_much = c.AddTime(delivery=THE, by=Duration(12 * HOUR), segment=SegmentId("review"))
    assert isinstance(room.ask(too_much, at("10:00")), Refusal)


def test_minutes_given_when_over_are_counted_from_the_planned_length() -> None:
    """Three minutes over and five given is two minutes left."""
    assert mins(Room().start().add("09:53", 5).look("09:53").remaining) == 2


def test_over_time_on_the_last_segment_is_the_finish_itself() -> None:
    """At 12:33 in the review the finish is now, nothing is next, and going on asks whether to end."""
    room = Room().start().on("09:50", "10:20", "10:40", "11:00", "11:15", "11:40", "12:20")
    day = room.look("12:33")
    assert (mins(day.remaining), mins(day.offset), hhmm(day.finish), day.next) == (-3, 3, "12:33", None)
    refusal = room.ask(c.MoveOn(delivery=THE), at("12:33"))
    assert refusal is not None
    assert refusal.question


def test_a_start_put_right_gives_and_takes_the_minutes_of_both_segments() -> None:
    """Said at 09:58 of a key pressed 09:56, “this began 6 minutes ago” means that the introduction ended at 09:52."""
    room = Room().start().on("09:56")
    assert (mins(room.look("09:58").offset), mins(room.look("09:58").remaining)) == (6, 28)
    day = room.began("09:58", really="09:52").look("09:58")
    assert (mins(line(day, "intro").used), hhmm(line(day, "intro").end)) == (22, "09:52")
    assert (mins(day.remaining), mins(day.offset), hhmm(line(day, "big-picture").end)) == (24, 2, "10:22")
    assert room.delivery.corrected == {"big-picture": at("09:56")}


def test_a_start_put_right_stays_within_what_can_have_happened() -> None:
    """A segment cannot have begun in the future, before the one before it, or more than 12 hours ago."""
    room = Room().start().on("09:50")
    for time, really in [("09:55", "09:56"), ("09:55", "09:29")]:
        assert isinstance(room.ask(c.CorrectStart(delivery=THE, began=at(really)), at(time)), Refusal)
    first = Room().start()
    assert isinstance(first.ask(c.CorrectStart(delivery=THE, began=at("09:31")), at("21:32")), Refusal)
    assert first.ask(c.CorrectStart(delivery=THE, began=at("09:31")), at("21:31")) is None


def test_a_pause_that_was_never_ended_ends_where_the_next_segment_really_began() -> None:
    """Paused at 09:40, moved on at 09:55: “this began 6 minutes ago” leaves a pause from 09:40 to 09:49."""
    room = Room().start().pause("09:40").on("09:55").began("09:55", really="09:49")
    day = room.look("09:55")
    assert [(hhmm(p.start), hhmm(p.end or p.start)) for p in room.delivery.marks.pauses] == [
        ("09:40", "09:49")
    ]
    assert (mins(line(day, "intro").used), mins(line(day, "big-picture").used)) == (10, 6)


def test_a_moved_plan_follows_the_start_that_is_put_right() -> None:
    """A plan moved to a start at 10:00, put right to 09:54, was moved to 09:54, and the day is on time."""
    room = Room()
    room.ask(c.StartDelivery(delivery=THE, move_plan=True, zone="GMT", utc_offset=Duration(0)), at("10:00"))
    day = room.began("10:01", really="09:54").look("10:01")
    assert (hhmm(day.planned_start), mins(day.offset), mins(day.late_start)) == ("09:54", 0, 0)


def test_a_pause_within_a_segment_stays_when_its_start_is_put_right() -> None:
    """Entered 09:56, paused 10:00 to 10:02, and really begun 09:54: at 10:05 it has used 9 minutes."""
    room = Room().start().on("09:56").pause("10:00").resume("10:02").began("10:05", really="09:54")
    assert mins(line(room.look("10:05"), "big-picture").used) == 9


def test_a_late_press_of_the_first_start_can_be_put_right() -> None:
    """Started at 09:36 and put right to 09:30, the day is on time and was not late."""
    day = Room().start("09:36").began("09:37", really="09:30").look("09:40")
    assert (day.offset, day.late_start, mins(day.remaining)) == (0, 0, 10)


def test_putting_a_waited_break_right_gives_nothing_back_to_the_segment_before() -> None:
    """Bath and AMO ended 10:52; that the break then began at 11:02, not 11:00, was waiting, not Bath and AMO."""
    day = Room().start().on("09:50", "10:20", "10:40", "10:52").began("11:06", really="11:02").look("11:06")
    assert (mins(line(day, "bath-amo").used), hhmm(line(day, "bath-amo").end)) == (12, "10:52")
    assert (mins(line(day, "break").used), hhmm(line(day, "break").end)) == (4, "11:17")


def test_a_start_can_be_put_right_after_a_break_that_never_began() -> None:
    """After a break left waiting, the segment that followed may have begun any time since the wait."""
    room = Room().start().on("09:50", "10:20", "10:40", "10:50").jump("10:52", "behaviour")
    day = room.began("10:55", really="10:51").look("10:55")
    assert (mins(day.remaining), mins(line(day, "bath-amo").used)) == (21, 10)
    assert isinstance(room.ask(c.CorrectStart(delivery=THE, began=at("10:49")), at("10:55")), Refusal)


def test_an_end_taken_back_goes_on_as_if_it_had_not_been() -> None:
    """Ended 12:25, the figures stand still; reopened at 12:28, two minutes of the review are left."""
    room = Room().start().on("09:50", "10:20", "10:40", "11:00", "11:15", "11:40", "12:20").end("12:25")
    ended = room.look("12:40")
    assert (ended.phase, hhmm(ended.finish), ended.current, ended.next) == ("ended", "12:25", None, None)
    assert (line(ended, "review").status, mins(line(ended, "review").used)) == ("done", 5)
    assert isinstance(room.ask(c.MoveOn(delivery=THE), at("12:27")), Refusal)
    day = room.reopen("12:28").look("12:28")
    assert (title(day, day.current), mins(day.remaining), hhmm(day.finish)) == ("review", 2, "12:30")


def test_an_end_while_paused_and_taken_back_is_paused_still() -> None:
    """Paused at 09:40 with 10 minutes left, ended and reopened: it goes on where it was, paused."""
    room = Room().start().pause("09:40").end("09:45").reopen("09:50")
    assert (mins(room.look("09:55").remaining), room.look("09:55").paused) == (10, True)
    assert mins(room.resume("10:00").look("10:01").remaining) == 9


def test_midnight_is_an_hour_like_any_other() -> None:
    """From 22:30 over midnight to 01:00: at 00:10 the work has 20 minutes left and the finish is 01:00."""
    room = Room(NIGHT, opened=at("22:00"))
    day_after = (2027, 3, 5)
    room.start("22:30").on("23:30", "23:45")
    day = projection(room.delivery, at("00:10", day_after))
    assert (mins(day.remaining), day.offset, day.phase) == (20, 0, "running")
    assert [day.finish, day.planned_finish] == [at("01:00", day_after)] * 2
    assert line(day, "review").planned_start == at("00:30", day_after)


def test_a_night_started_after_midnight_belongs_to_the_evening_before() -> None:
    """A plan for 22:30 that starts at 00:05 is 95 minutes late, not 22 hours early."""
    room = Room(NIGHT, opened=at("00:01"))
    day = room.start("00:05").look("00:05")
    assert (mins(day.late_start), hhmm(day.finish)) == (95, "02:35")


def test_summer_time_coming_in_mid_session_moves_nothing() -> None:
    """London's clocks go forward at 01:00 UTC on 28 March 2027; a session over that hour runs as any other."""
    summer, plain = (2027, 3, 28), (2027, 3, 21)
    plan = Session(
        title="Night",
        start=TimeOfDay("00:30"),
        end=TimeOfDay("02:30"),
        segments=(
            segment("talk", "00:30", 60),
            segment("break", "01:30", 15, fixed=True),
            segment("work", "01:45"),
        ),
    )
    shapes = []
    for day in (summer, plain):
        room = Room(plan, opened=at("00:00", day))
        room.send(c.StartDelivery(delivery=THE, zone="Europe/London", utc_offset=NOTHING), at("00:35", day))
        room.send(c.MoveOn(delivery=THE), at("01:20", day))
        seen = projection(room.delivery, at("01:25", day))
        ends = [ln.end - at("00:00", day) for ln in seen.lines]
        shapes.append((seen.phase, seen.remaining, seen.offset, ends, seen.finish - at("00:00", day)))
    assert shapes[0] == shapes[1]
    assert shapes[0][:3] == ("waiting", minutes(5), 0)


def test_the_plan_counts_in_the_local_time_of_the_day_it_starts() -> None:
    """A cohort made in winter time and run in summer time starts by summer time: 09:30 in London is 08:30 UTC."""
    room = Room(opened=at("12:00", (2027, 3, 4)), utc_offset=0)
    april = (2027, 4, 6)
    room.send(c.StartDelivery(delivery=THE, zone="Europe/London", utc_offset=HOUR), at("08:30", april))
    day = projection(room.delivery, at("08:30", april))
    assert (day.late_start, day.planned_start) == (0, at("08:30", april))
    assert wall_clock(day.finish, room.delivery.utc_offset) == "12:30"
