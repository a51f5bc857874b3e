"""Times of day and lengths as trainers write them: “9.30”, “09:30”, “2.15 pm”, “1400”, “9.30-10.15”, “(20 mins)”.

Also what only looks like one: “1.2 criterion”, “3.5 hours”, “2.15 million”. Nothing here knows the lines around.
"""

import re
from typing import Final

from pmworkshop.core.value import value

NOON: Final = 12 * 60
HALF_DAY: Final = 12 * 60
_AFTERNOON: Final = 13
_DASH = r"(?:-|–|—|−|\bto\b|\buntil\b|\btill?\b)"  # noqa: RUF001
_CLOCK = re.compile(
    r"(?<![\d.:/£€$])(?:(?P<h>\d{1,2})\s?[.:：·h](?P<m>[0-5]\d)|(?P<four>[0-2]\d[0-5]\d)"  # noqa: RUF001
    r"|(?P<bare>\d{1,2})|(?P<noon>noon|midday))(?![\d])"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s(?P<atnoon>noon|midday)\b|\s?(?P<hrs>hrs?|h)\b\.?|\s?(?P<uhr>uhr)\b)?(?P<ish>\s?-?ish\b)?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"^[\[(<~@*]*\s*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,:]?\s+)?(?:\d{1,2}[.)]\s+(?=[\d(\[]))?(?:(?:at|from|time|approx\.?|about|c\.|circa|start(?:s|ing)?(?:\s+at)?)(?:\b|(?<=\.))\s*[:.]?\s*|[@~]\s*)?[\[(]?\s*",
    re.IGNORECASE,
)
_NO_TIME = re.compile(
    r"^\s*(?:%|percent|hours?\b|minutes?\b|mins?\b|[£€$]|km\b|miles?\b|million\b|billion\b|bn\b|kg\b|cm\b|mm\b|mb\b|gb\b|(?:st|nd|rd|th)\b|[.:/]\d)",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(r"^(?:$|[\s)\]:;,\-–—−|*_.>~]|[A-Z][a-z])")  # noqa: RUF001
_RUNS_ON = re.compile(r"^(?:and|or|but|which|when|because|so|onwards)\b", re.IGNORECASE)
_WITHIN = re.compile(
    r"^(?:session|part|module|activity|exercise|unit|slot)\s+\w{1,2}\s*[:\-–—]?\s*[\[(]?\s*(?=\d)",  # noqa: RUF001
    re.IGNORECASE,
)
_OVER = re.compile(r"(?:and\s+)?(?:finish|end|close)(?:es|s|ing)?\b[\s:]*(?:at|by)?\s*", re.IGNORECASE)
_SHARP = re.compile(r"sharp\b[\s!.:,\-–—]*", re.IGNORECASE)  # noqa: RUF001
_AROUND: Final = " \t)]:;,-–—−|*_.>~"  # noqa: RUF001
_LENGTH = (
    r"(?:(?P<hours>\d{1,2}(?:\.\d{1,2})?|½|1/2|(?<![a-z])an?(?=\s))\s?(?P<half>½)?\s?(?:hours?|hrs?|h)\b\.?"
    r"(?:\s?(?:and\s)?(?P<over>\d{1,2})(?:\s?(?:minutes?|mins?|m)\b\.?|['’′])?(?!\d))?"  # noqa: RUF001
    r"|(?P<word>half an hour|quarter of an hour)|(?P<minutes>\d{1,3})\s?(?:-\s?)?(?:(?:minutes?|mins?|min|m)\b\.?|['’′](?!\w)))"  # noqa: RUF001
)
_LENGTH_FIRST = re.compile(rf"^[\[(]?\s*{_LENGTH}\s*[\])]?(?=$|[\s:,\-–—])", re.IGNORECASE)  # noqa: RUF001
_LENGTH_LAST = re.compile(rf"(?:^|[\s\[(,:\-–—]){_LENGTH}\s*[\])]?\.?$", re.IGNORECASE)  # noqa: RUF001
_BARE_FIRST = re.compile(r"^[\[(]\s*(?P<bare>\d{1,3})\s*[\])]")
_BARE_LAST = re.compile(r"[\[(]\s*(?P<bare>\d{1,3})\s*[\])]$")
_REPEATED = re.compile(r"\d\s*[x×]\s*$", re.IGNORECASE)  # noqa: RUF001
_MAYBE_HOUR = re.compile(r"^(?P<hour>\d{1,2})\s*[-–—:]?\s+[^\W\d_]", re.IGNORECASE)  # noqa: RUF001
_LONGEST: Final = 720


@value
class Spoken:
    """A time as written: `minute` of the day; unless `sure`, it may as well be twelve hours later."""

    minute: int
    sure: bool
    shape: str

    @property
    def said(self) -> str:
        """The time as a plan has it, if it is meant as written."""
        return f"{self.minute // 60:02d}:{self.minute % 60:02d}"


@value
class Timed:
    """A line that begins or ends with a time: what else it says, and how much it looks like a start (0 to 1)."""

    start: Spoken
    until: Spoken | None
    rest: str
    weight: float


def leading(text: str, *, in_column: bool = False) -> Timed | None:
    """Return the time that a line begins with; `in_column` also takes bare hours, as a table's column of times has them."""
    within = _WITHIN.match(text)
    before = _BEFORE.match(text[within.end() :] if within else text)
    begin = (within.end() if within else 0) + (before.end() if before else 0)
    found = _span(text, begin, in_column)
    if found is None:
        return None
    start, until, end = found
    after = text[end:]
    if not _FOLLOWS.match(after):
        return None
    rest = after.lstrip(_AROUND)
    over = _OVER.match(rest) if until is None and "start" in text[:begin].lower() else None
    frame = _span(rest, over.end(), False) if over else None
    if frame is not None:
        return Timed(start=start, until=frame[0], rest="", weight=_weight(start, after))
    sharp = _SHARP.match(rest)
    rest = rest[sharp.end() :] if sharp else rest
    if sharp and not rest:
        return None
    if _RUNS_ON.match(rest) or (within and not rest):
        return None
    return Timed(start=start, until=until, rest=rest, weight=_weight(start, after))


def trailing(text: str, *, heading: bool) -> Timed | None:
    """Return the time that a line ends with, such as “Introductions (9.30-9.50)”."""
    for match in _CLOCK.finditer(text):
        found = _span(text, match.start(), False)
        if found is None or text[found[2] :].strip(" )].*_"):
            continue
        start, until, _ = found
        before = text[: match.start()].rstrip()
        title = before.rstrip(" ([-–—:,|@~*_")  # noqa: RUF001
        joined = before != title or until is not None or heading
        if not title or not joined or _LEADS_ON.search(title):
            return None
        return Timed(start=start, until=until, rest=title, weight=0.8)
    return None


_LEADS_ON = re.compile(
    r"\b(?:at|until|till|by|before|after|back|from|return|since|around|about|is|slides?|pages?|criteri\w+|version|v)$",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"^(?:ends?|finish(?:es)?|close[sd]?|session ends?|end of (?:the )?(?:session|day|morning)|depart)\b[\s:@\-–—]*(?:at|by)?\s*",  # noqa: RUF001
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"(?:^|[(,;\-–—]\s*)(?:we )?(?:starts?|begins?|starting)\b[\s:@\-]*(?:at)?\s*",  # noqa: RUF001
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"^(?:the )?(?:ends?|finish|close|session ends?|end of (?:the )?(?:session|day|morning|afternoon|workshop|course)|depart|go home|home)\W*$",
    re.IGNORECASE,
)


def says_end(text: str) -> bool:
    """Whether a title says no more than that the session is over."""
    return bool(_ENDS.match(text))


def end_line(text: str) -> Spoken | None:
    """Return the time of a line such as “Finish 12.30”, which is nothing but the end of a session."""
    before = _LAST.match(text)
    found = _span(text, before.end(), False) if before else None
    return found[0] if found and not text[found[2] :].strip(" .)") else None


def start_line(text: str) -> Spoken | None:
    """Return the time of a line such as “Start: 9.30 am” or “Feedback (half a day, start 1.30pm)”, which ends with it."""
    before = _STARTS.search(text)
    found = _span(text, before.end(), False) if before else None
    return found[0] if found and not text[found[2] :].strip(" .)") else None


def _weight(start: Spoken, after: str) -> float:
    weight = 1.0 if start.minute % 5 == 0 else 0.6
    if start.shape == "four":
        weight = min(weight, _four_figures(start, after))
    if after[:1].isalpha() or after.lstrip(_AROUND)[:1].islower():
        weight = min(weight, 0.7)
    return weight


def _four_figures(start: Spoken, after: str) -> float:
    """Return how much “0930” looks like a time: more than “1400 words” or “2020” do."""
    if start.minute < 10 * 60:
        return 0.8
    year = start.minute // 60 in {19, 20}
    return 0.6 if after.lstrip(_AROUND)[:1].isupper() and not year else 0.4


def _span(text: str, at: int, in_column: bool) -> tuple[Spoken, Spoken | None, int] | None:
    """Return start, end and the offset behind them, of a time or a range that stands at `at`."""
    first = _CLOCK.match(text, at)
    if first is None:
        return None
    join = re.compile(rf"\s*{_DASH}\s*", re.IGNORECASE).match(text, first.end())
    second = _CLOCK.match(text, join.end()) if join else None
    if join and second and _is_range(first, second, join.group(), in_column, text):
        start, until = _said(first), _said(second)
        if start is not None and until is not None:
            return *_as_range(first, start, second, until), second.end()
    alone = _said(first)
    if alone is None or (
        first["bare"] and not (first["half"] or first["atnoon"] or first["uhr"] or first["ish"] or in_column)
    ):
        return None
    return None if _is_other(first, text) else (alone, None, first.end())


def _is_range(first: re.Match[str], second: re.Match[str], join: str, in_column: bool, text: str) -> bool:
    """Whether the two are the ends of one range, and the second no number of its own."""
    if _is_other(second, text):
        return False
    tight = join in {"-", "–", "—"} or join.strip().lower() in {"to", "until", "till", "til"}  # noqa: RUF001
    if second["bare"] and not second["half"] and not second["atnoon"]:
        return in_column or (tight and not first["bare"] and text[second.end() : second.end() + 1] != "%")
    return True


def _is_other(match: re.Match[str], text: str) -> bool:
    """Whether a length, a price, a date or a share was taken for a time."""
    if _NO_TIME.match(text[match.end() :]):
        return True
    hour = match["h"]
    dotted = hour is not None and text[match.start("h") + len(hour)] != ":"
    return bool(match["hrs"]) and dotted and not hour.startswith("0") and int(hour) <= 6  # noqa: PLR2004  # “1.30 hrs”


def _said(match: re.Match[str]) -> Spoken | None:
    if match["noon"]:
        return Spoken(minute=NOON, sure=True, shape="word")
    shape = "four" if match["four"] else "bare" if match["bare"] else "full"
    figures = match["four"] or match["h"] or match["bare"]
    hour = int(figures[:2]) if shape == "four" else int(figures)
    mins = int(match["four"][2:] if shape == "four" else match["m"] or 0)
    if hour > 23 or (match["half"] and hour > 12):  # noqa: PLR2004  # hours of a day, and of a half
        return None
    half = (match["half"] or "").lower()
    if half:
        return Spoken(minute=(hour % 12 + (12 if half == "p" else 0)) * 60 + mins, sure=True, shape="half")
    sure = bool(match["atnoon"]) or hour in {0, 12} or hour >= _AFTERNOON or figures.startswith("0")
    hinted = "half" if match["hrs"] or match["atnoon"] else shape
    return Spoken(minute=hour * 60 + mins, sure=sure, shape=hinted)


def _as_range(
    first: re.Match[str], start: Spoken, second: re.Match[str], until: Spoken
) -> tuple[Spoken, Spoken]:
    """Let the first of “2-3pm” and the second of “11.30-1” take the half of the day from the other."""
    if second["half"] and not first["half"] and not start.sure:
        later = start.minute + HALF_DAY
        meant = later if until.minute >= NOON and later < until.minute else start.minute
        start = Spoken(minute=meant, sure=True, shape="half")
    if start.shape == "four":
        start = Spoken(minute=start.minute, sure=start.sure, shape="full")
    return start, until


def maybe_hour(text: str, begin: int, end: int) -> bool:
    """Whether a line such as “10 - Theory” begins with an hour that lies between two minutes of the day."""
    match = _MAYBE_HOUR.match(text)
    if match is None:
        return False
    minute = int(match["hour"]) * 60
    return begin < minute < end or begin < minute + HALF_DAY < end


def after(start: int, spoken: Spoken) -> int:
    """Return the minute of the day that a later time means, once it is known when it began."""
    if not spoken.sure and spoken.minute <= start < spoken.minute + HALF_DAY:
        return spoken.minute + HALF_DAY
    return spoken.minute


@value
class Lengthy:
    """A text that begins or ends with a length in minutes; `rest` is what else it says."""

    minutes: int
    rest: str


def length_in(text: str) -> Lengthy | None:
    """Return the length that a title begins or ends with; a number alone counts only in brackets."""
    for pattern in (_LENGTH_LAST, _BARE_LAST):
        match = pattern.search(text)
        if match and _REPEATED.search(text[: match.start() + 1]):
            continue
        if match and 0 < (length := _minutes(match)) <= _LONGEST:
            return Lengthy(minutes=length, rest=text[: match.start()].rstrip(" ([,:-–—"))  # noqa: RUF001
    for pattern in (_LENGTH_FIRST, _BARE_FIRST):
        match = pattern.match(text)
        if match and 0 < (length := _minutes(match)) <= _LONGEST:
            return Lengthy(minutes=length, rest=text[match.end() :].lstrip(_AROUND))
    return None


def minutes_alone(text: str) -> int | None:
    """Return the length that a cell of a table holds and nothing else, such as “20”, “20 mins” or “1 hr 15”."""
    if re.fullmatch(r"\d{1,3}", text):
        return int(text) if 0 < int(text) <= _LONGEST else None
    found = length_in(text)
    return found.minutes if found and not found.rest else None


def _minutes(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("bare"):
        return int(groups["bare"])
    if groups.get("word"):
        return 30 if groups["word"].lower().startswith("half") else 15
    if groups.get("minutes"):
        return int(groups["minutes"])
    hours = groups["hours"].lower()
    whole = 0.5 if hours in {"½", "1/2"} else 1.0 if hours in {"a", "an"} else float(hours)
    return round((whole + (0.5 if groups["half"] else 0)) * 60) + int(groups["over"] or 0)
