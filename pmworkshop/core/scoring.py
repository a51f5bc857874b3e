"""What answers add up to: factors' scores with their reasons, bands, ties, corners, quiz marks and rates.

A score is the mean of its known answers in tenths, halves up. "Don't know" is left out, never counted as zero;
where more than half are unknown there is no score. An answer that is missing altogether makes no score at all,
nor does one that decides what else is asked, so that leaving something out never raises one. There is no total.
"""

from pmworkshop.core.answers import Answers, is_asked
from pmworkshop.core.exercise import DONT_KNOW, NO, STEPS, YES, Corner, Exercise, Factor, Item, Rate
from pmworkshop.core.given import Value, figure
from pmworkshop.core.value import value

TENTH = 10


@value
class Score:
    """One factor's score; `tenths` is None where there is none, and `reason` says on what it rests."""

    factor: str
    title: str
    tenths: int | None
    lowest: int
    highest: int
    known: int
    of: int
    reason: str
    band: str | None = None

    @property
    def words(self) -> str:
        """The score as it is written, such as 3.4."""
        return "no score" if self.tenths is None else f"{self.tenths // TENTH}.{self.tenths % TENTH}"

    @property
    def share(self) -> float:
        """How far up its range the score lies, from 0 to 1."""
        if self.tenths is None or self.highest == self.lowest:
            return 0.0
        return (self.tenths / TENTH - self.lowest) / (self.highest - self.lowest)


@value
class Mark:
    """How one question of a quiz was answered. `first` is the first try, `now` the newest."""

    item: str
    first: bool
    now: bool
    answered: bool


@value
class Percentage:
    """A rate in whole per cent, or None with the reason why not."""

    title: str
    percent: int | None
    reason: str

    @property
    def words(self) -> str:
        """The rate as it is written, or why there is none."""
        return self.reason if self.percent is None else f"{self.percent} %"


def turned(point: int, lowest: int, highest: int) -> int:
    """Return a point of a scale counted from its other end."""
    return lowest + highest - point


def scale_range(exercise: Exercise, item: Item) -> tuple[int, int]:
    """Return the lowest and highest point that an answer to `item` can have."""
    scale = exercise.scale(item)
    return (1, len(scale.labels)) if item.kind == "rating" and scale else (0, 1)


def points(exercise: Exercise, item: Item, given: Value | None) -> int | None:
    """Return what an answer counts, reversed where the item is; None for “don't know” and for none."""
    if given is None or given == DONT_KNOW or not isinstance(given, int):
        return None
    lowest, highest = scale_range(exercise, item)
    return turned(int(given), lowest, highest) if item.reverse else int(given)


def score(exercise: Exercise, factor: Factor, answers: Answers) -> Score:
    """Return a factor's score, or none with the reason."""
    counting = [item for item in exercise.items if item.factor == factor.id]
    items = [item for item in counting if is_asked(item, answers) or _undecided(exercise, item, answers)]
    lowest, highest = scale_range(exercise, items[0]) if items else (0, 1)
    found = [points(exercise, item, answers.get(item.id)) for item in items]
    known = [point for point in found if point is not None]
    missing = sum(item.id not in answers for item in items)
    enough = exercise.reading.enough or len(items) // 2 + 1
    tenths = None
    if missing:
        reason = f"{missing} of {len(items)} not answered"
    elif len(known) < max(enough, 1):
        reason = f"only {len(known)} of {len(items)} known; {max(enough, 1)} are needed"
    else:
        tenths = mean_in_tenths(known)
        reason = f"mean of {len(known)}" + (
            f", {len(items) - len(known)} not known" if len(known) < len(items) else ""
        )
    return Score(
        factor=factor.id,
        title=factor.title,
        tenths=tenths,
        lowest=lowest,
        highest=highest,
        known=len(known),
        of=len(items),
        reason=reason,
        band=None if tenths is None else band(factor, tenths),
    )


def _undecided(exercise: Exercise, item: Item, answers: Answers) -> bool:
    """Whether an item may still come to be asked, since what decides it was not answered."""
    deciding = exercise.item(item.when.item) if item.when else None
    if deciding is None or deciding.id in answers:
        return False
    return is_asked(deciding, answers) or _undecided(exercise, deciding, answers)


def mean_in_tenths(known: list[int]) -> int:
    """Return the mean in tenths, halves up."""
    count = len(known)
    return (2 * TENTH * sum(known) + count) // (2 * count)


def band(factor: Factor, tenths: int) -> str | None:
    """Return in words what a score means."""
    for one in factor.bands:
        if round(one.low * TENTH) <= tenths <= round(one.high * TENTH):
            return one.words
    return None


def highlighted(exercise: Exercise, scores: tuple[Score, ...]) -> tuple[Score, ...]:
    """Return the weakest (or strongest) of the factors that have a score, all of them where they tie; else none."""
    wanted = exercise.reading.highlight
    known = [one.tenths for one in scores if one.tenths is not None]
    if wanted == "none" or len(set(known)) < 2:  # noqa: PLR2004  # all the same, or only one
        return ()
    best = min(known) if wanted == "weakest" else max(known)
    return tuple(one for one in scores if one.tenths == best)


def corner(item: Item, at: tuple[int, int]) -> Corner | None:
    """Return the corner of the grid that a place lies in."""
    ends = tuple("low" if place <= STEPS // 2 else "high" for place in at)
    return next((one for one in item.corners if (one.x, one.y) == ends), None)


def is_right(item: Item, given: Value | None) -> bool:
    """Whether a quiz's question was answered rightly."""
    if given is None:
        return False
    if isinstance(given, bool):
        return (YES if given else NO,) == item.right
    if isinstance(given, tuple):
        return set(given) == set(item.right)
    return given in item.right


def marks(exercise: Exercise, first: Answers, now: Answers) -> tuple[Mark, ...]:
    """Return how each question of a quiz that is asked was answered, at the first try and now."""
    return tuple(
        Mark(
            item=item.id,
            first=is_right(item, first.get(item.id)),
            now=is_right(item, now.get(item.id)),
            answered=item.id in now,
        )
        for item in exercise.items
        if item.right and is_asked(item, now)
    )


def percentage(rate: Rate, answers: Answers, suppress_below: int) -> Percentage:
    """Return a rate, unless a number is missing, upside down, or of too few people."""
    part, whole = answers.get(rate.part), answers.get(rate.whole)
    percent = None
    if not isinstance(part, int | float) or not isinstance(whole, int | float):
        reason = "a number is missing"
    elif whole < max(suppress_below, 1):
        reason = f"not shown for fewer than {max(suppress_below, 1)}"
    elif not 0 <= part <= whole:
        reason = f"{figure(part)} of {figure(whole)} cannot be: look at the numbers again"
    else:
        percent = int(part * 100 / whole + 0.5)
        reason = f"{figure(part)} of {figure(whole)}"
    return Percentage(title=rate.title, percent=percent, reason=reason)
