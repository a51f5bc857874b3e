"""What is said about catching up: how late, what would be taken from what, what cannot be, and why a segment gives way."""

from collections.abc import Mapping, Sequence
from typing import Final

from pmworkshop.core.at_risk import AtRisk
from pmworkshop.core.catching_up import Extra, Stretch, waits
from pmworkshop.core.moves import RunOption
from pmworkshop.core.plan import Segment, SegmentId
from pmworkshop.core.running import NOT_UNDER_WAY
from pmworkshop.core.state import Accepted, Delivery
from pmworkshop.core.units import MINUTE, Duration, between
from pmworkshop.core.words import at_time, length_words, listed, offset_words, whole_minutes
from pmworkshop.live.views.catching_up.evidence_left import at_risk_words, criteria_words
from pmworkshop.live.views.catching_up.wished import Wished, said_title

NAMED: Final = 3
"""So many segments are named in a sentence; the rest are counted."""
LONGEST_HEAD: Final = 90
"""Characters of a title before what is said about it."""


def headline(seen: Wished) -> str:
    """Say how late (or early) the room is, what would be done about it, and what comes of it."""
    standing = seen.proposal.standing
    if standing == "not running":
        return NOT_UNDER_WAY.words
    if standing == "absurd" and not seen.by_hand:
        return _absurd(seen)
    if standing == "behind" or seen.by_hand or seen.dropped:
        parts = (_lead(seen), _done(seen), _missing(seen))
        return " ".join(part for part in parts if part)
    if standing == "ahead":
        return _ahead(seen)
    return _small(seen.day.offset)


def _lead(seen: Wished) -> str:
    words = offset_words(seen.day.offset)
    if seen.day.offset > MINUTE and 0 < seen.day.offset % MINUTE < MINUTE // 2:
        words = f"a little over {words}"
    late = next((one for one in seen.proposal.stretches if one.need), None)
    if whole_minutes(seen.day.offset) > 0 or late is None:
        return f"{_capital(words)}."
    what = f"{seen.name(late.until)} starts" if late.until else "you finish"
    return f"{_capital(words)} here, but {what} {length_words(late.need)} late."


def _done(seen: Wished) -> str:
    """Say what is taken from what, what is given, left out and run as well, and when the day goes on and ends then."""
    taken = {name: -by for name, by in seen.changes.items() if by < 0}
    given = {name: by for name, by in seen.changes.items() if by > 0}
    parts = [f"taking {_shares(seen, taken, 'from')}"] if taken else []
    parts += [f"giving {_shares(seen, given, 'to')}"] if given else []
    parts += [f"leaving out {_few_titles(seen, seen.dropped)}"] if seen.dropped else []
    parts += [f"running {listed([_option(seen, one) for one in seen.options])}"] if seen.options else []
    if not parts:
        return f"As it is, {_goes_on(seen)}."
    words = ", and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
    by_hand = "by hand, " if seen.by_hand else ""
    return _capital(f"{by_hand}{words}, {_goes_on(seen)}.")


def _shares(seen: Wished, counts: Mapping[SegmentId, int], way: str) -> str:
    """Say `7 min from Reward and 5 from Feedback`; where there are many, the rest of them in one."""
    order = sorted(counts, key=lambda one: -counts[one])
    named = order if len(order) <= NAMED + 1 else order[:NAMED]
    parts = [
        f"{counts[name]} {'min ' if number == 0 else ''}{way} {seen.title(name)}"
        for number, name in enumerate(named)
    ]
    rest = order[len(named) :]
    parts += [f"{sum(counts[one] for one in rest)} {way} {len(rest)} others"] if rest else []
    return listed(parts)


def _option(seen: Wished, one: RunOption) -> str:
    return f"“{_title_of(seen.delivery, one)}”"


def _goes_on(seen: Wished) -> str:
    """Say when the next fixed start and the end come then."""
    let_move = [line.segment for line in seen.day.lines if line.segment in seen.sliding]
    kept = [one.until for one in seen.proposal.stretches[:1] if one.until is not None]
    parts = [_starts(seen, name) for name in (*let_move[:1], *kept)]
    offset = seen.delivery.utc_offset
    return listed([*parts, f"you finish at {at_time(seen.after.finish, offset)}"])


def _starts(seen: Wished, name: SegmentId) -> str:
    line = seen.line(name, after=True)
    late = whole_minutes(between(line.planned_start, line.start))
    at = at_time(line.start, seen.delivery.utc_offset)
    if not late:
        return f"{seen.name(name)} starts on time"
    return f"{seen.name(name)} starts at {at} ({length_words(abs(late))} {'late' if late > 0 else 'early'})"


def _missing(seen: Wished) -> str:
    """Say what cannot be recovered, and what would do it."""
    if seen.by_hand:
        return ""
    return " ".join(_short(seen, one) for one in seen.proposal.stretches if one.short)


def _short(seen: Wished, one: Stretch) -> str:
    count, late = length_words(one.short), f"{length_words(one.short)} late"
    before = f" before {seen.name(one.until)}" if one.until else ""
    otherwise = f"let {seen.name(one.until)} start {late}" if one.until else f"finish {late}"
    if not one.drops:
        return f"{count} cannot be recovered{before}{f': {otherwise}' if one.until else ''}."
    does = f"recover {one.short - one.still_short} of them" if one.still_short else "do it"
    return f"{count} cannot be recovered{before}. Leaving out {_few_titles(seen, one.drops)} (x) would {does}, or {otherwise}."


def _few_titles(seen: Wished, names: Sequence[SegmentId]) -> str:
    return listed([seen.title(one) for one in names], NAMED, "others")


def _ahead(seen: Wished) -> str:
    stretch = seen.proposal.stretches[0]
    before = f" before {seen.name(stretch.until)}" if stretch.until else ""
    spare = f"{length_words(stretch.spare)} to spare{before}."
    late = whole_minutes(seen.day.offset) > 0
    parts = [
        f"{_capital(offset_words(seen.day.offset))} here, yet {spare}" if late else f"{_lead(seen)} {spare}"
    ]
    if seen.changes:
        parts.append(f"What was taken can be given back: {_shares(seen, seen.changes, 'to')}.")
    found = [
        f"“{said_title(one.title)}” in {seen.title(one.segment)} ({one.minutes} min)"
        for one in seen.proposal.extras
    ]
    parts += [f"There is time for {listed(found[:NAMED])}: o on its row."] if found else []
    return " ".join(parts if len(parts) > 1 else [*parts, "Any segment can be given more with +."])


def _small(offset: Duration) -> str:
    if not offset:
        return "On time: there is nothing to catch up."
    way = "behind" if offset > 0 else "ahead"
    small = abs(offset) < MINUTE
    return (
        f"Less than a minute {way}: left alone."
        if small
        else f"{_capital(offset_words(offset))}: what follows takes it up."
    )


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _absurd(seen: Wished) -> str:
    return (
        f"The clock is {offset_words(seen.day.offset)}: nobody catches up so much. Perhaps a segment was not gone on "
        "from: Esc, then g goes to where you are, and t puts right when it began."
    )


def finish_words(seen: Wished) -> str:
    """Say when the day ends as it runs, and then."""
    offset = seen.delivery.utc_offset
    runs, then = at_time(seen.day.finish, offset), at_time(seen.after.finish, offset)
    planned = at_time(seen.day.planned_finish, offset)
    assumed = ", assumed" if seen.delivery.session.end_assumed else ""
    late = offset_words(between(seen.day.planned_finish, seen.after.finish))
    return (
        f"Finish {runs} as it runs → {then} then, {late} (planned {planned}{assumed})"
        if seen.delivery.under_way
        else ""
    )


def why(seen: Wished, index: int, risks: Sequence[AtRisk]) -> str:
    """Say in a few words how readily a segment gives way, the most telling first."""
    segment, line = seen.delivery.session.segments[index], seen.day.lines[index]
    parts = ["left out"] if segment.id in seen.dropped else []
    parts += [f"at risk {' '.join(risk.lack.criterion for risk in risks)}"] if risks else []
    if waits(line):
        at = at_time(line.planned_start, seen.delivery.utc_offset)
        parts.append("may start late" if segment.id in seen.sliding else f"fixed {at}")
    parts.append("break" if segment.kind == "break" else segment.priority)
    if segment.criteria and not risks:
        parts.append(f"evidence {' '.join(segment.criteria)}")
    parts += ["debrief"] if "debrief" in segment.method else []
    return " · ".join(parts)


def detail(seen: Wished, index: int, risks: Sequence[AtRisk], shortest: int, extras: Sequence[Extra]) -> str:
    """Say what stands about one segment, and what can be done with it by a key."""
    segment, line = seen.delivery.session.segments[index], seen.day.lines[index]
    offset = seen.delivery.utc_offset
    planned = length_words(whole_minutes(between(line.planned_start, line.planned_end)))
    at = at_time(line.planned_start, offset)
    words = [
        f"{said_title(segment.title, LONGEST_HEAD)}: planned {at}, {planned}, {_gives(segment)}, shortest {length_words(shortest)}."
    ]
    if segment.id not in seen.dropped and _below(seen, index, shortest):
        words.append("Shorter than its shortest.")
    if risks:
        said = at_risk_words(risks)
        words.append(f"{_capital(said)}.")
    if waits(line):
        then = at_time(seen.after.lines[index].start, offset)
        slides = segment.id in seen.sliding
        words.append(
            f"It may start at {then}; f keeps it to its time." if slides else "f lets it start late."
        )
    if segment.id in seen.dropped:
        words.append("Left out; x puts it back.")
    words += [f"o runs “{said_title(one.title)}” as well, {one.minutes} min." for one in extras[:1]]
    return " ".join(words)


def _below(seen: Wished, index: int, shortest: int) -> bool:
    return whole_minutes(seen.after.lines[index].length) < shortest


def _gives(segment: Segment) -> str:
    if segment.kind == "break":
        return "a break, shortened last"
    first = {"could": "could be left out", "should": "should be run", "must": "must be run"}[segment.priority]
    return f"{first}, carries evidence for {criteria_words(segment.criteria)}" if segment.criteria else first


def risk_words(seen: Wished, risks: Sequence[AtRisk]) -> str:
    """Say which evidence would be lost: `Running 12 min over: criterion 4.3 has no evidence from 5 people, …`."""
    dropped = seen.delivery.marks.dropped
    found = [risk for risk in risks if any(one not in dropped for one in risk.segments)]
    if not found:
        return ""
    late = whole_minutes(seen.day.offset)
    lead = f"Running {length_words(late)} over: " if late > 0 else ""
    return _capital(f"{lead}{at_risk_words(found)}.")


def accepted_words(delivery: Delivery, one: Accepted) -> str:
    """Say what an accepted proposal changed, the most telling first, and when it was accepted."""
    titles = {segment.id: said_title(segment.title) for segment in delivery.session.segments}
    moves = [move for move in one.moves if move.segment in titles]
    dropped = [name for name in one.dropped if name in titles]
    parts = [
        f"{titles[name]} left out{'' if name in delivery.marks.dropped else ', and run after all'}"
        for name in dropped[:NAMED]
    ]
    parts += [f"{len(dropped) - NAMED} more left out"] if len(dropped) > NAMED else []
    parts += [f"“{_title_of(delivery, of)}” run as well" for of in one.options if of.segment in titles]
    parts += [f"{titles[name]} may start late" for name in one.sliding if name in titles]
    parts += [
        f"{whole_minutes(Duration(abs(move.by)))} min {'less' if move.by < 0 else 'more'} for {titles[move.segment]}"
        for move in moves[:NAMED]
    ]
    parts += [f"{len(moves) - NAMED} more changes"] if len(moves) > NAMED else []
    parts = parts or ["changes of segments that the plan has no longer"]
    others = f"; {len(delivery.accepted) - 1} accepted before it" if len(delivery.accepted) > 1 else ""
    at = at_time(one.at, delivery.utc_offset)
    return f"Accepted {at} (u takes it back{others}): {listed(parts)}."


def _title_of(delivery: Delivery, of: RunOption) -> str:
    segment = delivery.segment(of.segment)
    options = segment.options.of if segment and segment.options else ()
    return next((said_title(one.title) for one in options if one.id == of.option), of.option)
