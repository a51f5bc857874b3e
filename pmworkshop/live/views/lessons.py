"""What deliveries taught about a session's timings, segment by segment, in words: each change with its evidence."""

from collections.abc import Iterator
from typing import Final

from pmworkshop.core.learning import Proposal, median
from pmworkshop.core.plan import Session
from pmworkshop.core.text import clean_line
from pmworkshop.live.views.timings import SegmentTimes, SessionTimes

LISTED: Final = 8
"""So many deliveries are named one by one; of more, the range and the middle are."""
NAMED: Final = 4
"""So many cohorts are named, the newest."""


def lesson_lines(session: Session, proposal: Proposal, times: SessionTimes) -> Iterator[str]:
    """Yield a line for each segment that a delivery ran, in the order of the plan, and one for each shortest length."""
    of = {one.segment: one for one in times.segments}
    for index, (segment, lesson) in enumerate(zip(session.segments, proposal.lessons, strict=True)):
        if not lesson.took:
            if proposal.lengths[index] != lesson.planned:
                yield f"{clean_line(segment.title)}: {_changed(session, proposal, index)}. No delivery ran it to its end"
            continue
        said = (
            f"{clean_line(segment.title)}: {_changed(session, proposal, index)}. {_evidence(of[segment.id])}"
        )
        yield said + _sureness(session, proposal, index)
        if lesson.shortest is not None:
            yield (
                f"{clean_line(segment.title)}: shortest {segment.shortest} -> {lesson.shortest} min. "
                f"None of {len(lesson.took)} deliveries took as long as {segment.shortest}: {lesson.sure}"
            )


def _changed(session: Session, proposal: Proposal, index: int) -> str:
    lesson, fits, length = proposal.lessons[index], proposal.fits[index], proposal.lengths[index]
    if length == lesson.planned:
        return f"{length} min, no change"
    words = f"{lesson.planned} -> {length} min"
    if lesson.sure:
        return words
    if fits == lesson.planned:
        return f"{words}, so that starts stay on the five minutes"
    if length < lesson.planned:
        return f"{words}, gives way to others before {_until(session, index)}"
    return f"{words}, takes up what others before {_until(session, index)} leave"


def _evidence(times: SegmentTimes) -> str:
    took = times.counted
    words = f"A single delivery took {took[0]}"
    if len(took) > LISTED:
        words = f"{len(took)} deliveries took {min(took)} to {max(took)}, half of them {median(took)} or more"
        if min(took) == max(took):
            words = f"{len(took)} deliveries took {took[0]} each"
    elif len(took) > 1:
        words = f"{len(took)} deliveries took {', '.join(str(one) for one in took)}"
    other = sorted(
        {one.planned for one in times.took if one.standing == "run" and one.planned != times.planned}
    )  # type: ignore[type-var]  # what ran was planned
    if other:
        some = "some " if len(other) > 1 or any(one.planned == times.planned for one in times.took) else ""
        words += f" ({some}to a plan of {', '.join(str(one) for one in other)})"
    rest = [f"{times.skipped} skipped it"] if times.skipped else []
    rest += [f"{times.cut} cut it short"] if times.cut else []
    return ", and ".join([words, *rest])


def _sureness(session: Session, proposal: Proposal, index: int) -> str:
    """Say how sure a change is, or why there is none; and why it is not just what deliveries took."""
    lesson, fits, length = proposal.lessons[index], proposal.fits[index], proposal.lengths[index]
    if not lesson.sure:
        return {"a single delivery": ": no change proposed from one", "": ""}.get(
            lesson.why, f": {lesson.why}"
        )
    middle = median(lesson.took)
    words = f": {lesson.sure}"
    if lesson.wanted != middle:
        words += f" of {middle}, but its shortest is {lesson.wanted}"
    elif fits < lesson.wanted:
        words += f" of {middle}, but no more fits before {_until(session, index)}"
    elif fits > lesson.wanted:
        words += f" of {middle}, but nothing before {_until(session, index)} needs the rest"
    elif length != middle:
        words += f" of {middle}, rounded for starts on the five minutes"
    return words


def _until(session: Session, index: int) -> str:
    """Name the next fixed point."""
    following = next((one for one in session.segments[index + 1 :] if one.fixed), None)
    return f"{clean_line(following.title)} at {following.at}" if following else f"the end at {session.end}"


def delivery_words(times: SessionTimes) -> str:
    """Say what was learned from, and what was left out."""
    named = [f"{clean_line(one.cohort)} ({one.day})" for one in times.deliveries[-NAMED:]]
    more = len(times.deliveries) - len(named)
    count = len(times.deliveries)
    words = f"{count} {'delivery' if count == 1 else 'deliveries'}"
    if named:
        words += f": {', '.join(named)}{f' and {more} before them' if more else ''}"
    return "; ".join([words, *left_out(times)])


def left_out(times: SessionTimes) -> list[str]:
    """Say what never counts."""
    return [
        f"{count} {noun}{'' if count == 1 else 's'} left out"
        for count, noun in ((times.rehearsals, "rehearsal"), (times.demonstrations, "demonstration"))
        if count
    ]
