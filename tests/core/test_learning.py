"""What is learned, example by example: a day with a fixed break, one of lengths only, a mixed one, one without room."""

from pmworkshop.core.learning import learn
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.rounding import Span, rounded
from pmworkshop.core.timetable import place
from pmworkshop.core.units import MINUTE, Minutes, TimeOfDay, minute_of_day, time_of_day
from tests.core.any_plans import applied


def part(name: str, at: str | None = None, length: int | None = None, **more: object) -> Segment:
    return Segment(
        id=SegmentId(name),
        title=name.title(),
        at=TimeOfDay(at) if at else None,
        minutes=Minutes(length) if length is not None else None,
        **more,  # type: ignore[arg-type]  # a test's own words
    )


def day(*segments: Segment, end: str) -> Session:
    return Session(title="Day", start=TimeOfDay("09:30"), end=TimeOfDay(end), segments=segments)


def taught(session: Session, **took: tuple[int, ...]) -> list[tuple[str, int]]:
    """Return start and length of each segment after what these deliveries teach."""
    new = applied(session, learn(session, {SegmentId(name): one for name, one in took.items()}).edits)
    first = minute_of_day(new.start)
    return [
        (time_of_day(first + slot.start // MINUTE), slot.length // MINUTE) for slot in place(new)[0].slots
    ]


FOUR = (24, 26, 23, 27)


def test_a_day_of_starts_moves_up_to_the_fixed_break() -> None:
    """Five minutes more for the first come from what could be left out before the break; after it nothing moves."""
    session = day(
        part("hello", "09:30"),
        part("work", "09:50", criteria=("1.1",)),
        part("talk", "10:20", priority="could", method=("input",)),
        part("tea", "10:45", 15, kind="break", fixed=True),
        part("close", "11:00"),
        end="11:20",
    )
    assert taught(session, hello=FOUR, work=(30, 30)) == [
        ("09:30", 25),
        ("09:55", 30),
        ("10:25", 20),
        ("10:45", 15),
        ("11:00", 20),
    ]


def test_a_day_of_lengths_only_still_ends_on_time() -> None:
    """Where no start is written, the lengths change, and add up to the same end."""
    session = day(part("a", None, 20), part("b", None, 30), part("c", None, 40), end="11:00")
    assert taught(session, a=FOUR, c=(33, 35, 36, 34)) == [("09:30", 25), ("09:55", 30), ("10:25", 35)]


def test_in_a_mixed_day_idle_minutes_go_first() -> None:
    """Four idle minutes before a start are used before any segment gives way."""
    session = day(part("a", "09:30", 16), part("b", "09:50", 20), part("c"), end="10:30")
    assert taught(session, a=(20, 20, 21, 20)) == [("09:30", 20), ("09:50", 20), ("10:10", 20)]


def test_without_room_it_is_said_and_nothing_protected_is_cut() -> None:
    """Where all others carry evidence and have no shorter length, the wish stays one."""
    session = day(
        part("hello", "09:30", priority="should"), part("work", "09:50", criteria=("1.1",)), end="10:20"
    )
    proposal = learn(session, {SegmentId("hello"): FOUR})
    assert proposal.edits == ()
    assert (proposal.lessons[0].wanted, proposal.lengths) == (25, (20, 30))


def test_time_left_over_goes_to_what_must_be_there_never_to_the_break() -> None:
    """Ten minutes that a talk proved not to need go to the work; the break and what could be left out get none."""
    session = day(
        part("talk", "09:30", priority="could"),
        part("work", "09:50"),
        part("tea", "10:20", 15, kind="break"),
        part("more", "10:35", priority="could"),
        end="10:55",
    )
    assert taught(session, talk=(10, 10, 9, 11)) == [
        ("09:30", 10),
        ("09:40", 40),
        ("10:20", 15),
        ("10:35", 20),
    ]


def test_starts_are_rounded_only_as_far_as_the_lengths_allow() -> None:
    """A start goes to the nearest five minutes where both lengths beside it may; else it stays where it would be."""
    loose = [Span(length=23, idle=0, least=20, most=27), Span(length=27, idle=0, least=20, most=30)]
    assert rounded(loose, [0, 20, 50], 570) == [0, 25]
    tight = [Span(length=23, idle=0, least=22, most=24), Span(length=27, idle=0, least=20, most=30)]
    assert rounded(tight, [0, 20, 50], 570) == [0, 23]
    odd = [Span(length=23, idle=0, least=20, most=27), Span(length=27, idle=0, least=20, most=30)]
    assert rounded(odd, [0, 22, 50], 570) == [0, 22]
