"""What a sheet comes to, worth discussing: scores, corners, marks, rates, advice, and always what it is not."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from pmworkshop.core.answers import Answers, Flaw, asked, options, read
from pmworkshop.core.exercise import DONT_KNOW, NO, YES, Axis, Choice, Exercise, Item
from pmworkshop.core.given import Value
from pmworkshop.core.scoring import (
    TENTH,
    Mark,
    Percentage,
    Score,
    corner,
    highlighted,
    marks,
    percentage,
    points,
    score,
)
from pmworkshop.core.value import value


@value
class Placed:
    """A place on a grid (with `y`) or a line, each from 1 to 10, and what its corner means."""

    item: str
    x_axis: Axis
    x: int
    y_axis: Axis | None = None
    y: int | None = None
    corner: str | None = None
    advice: str | None = None


@value
class Advice:
    """What goes with an answer that was chosen."""

    item: str
    chosen: str
    words: str


@value
class Actions:
    """What one can do about a factor."""

    factor: str
    title: str
    lines: tuple[str, ...]


@value
class Result:
    """A sheet's result. `missing` says per item what a full one would need."""

    headline: str = ""
    scores: tuple[Score, ...] = ()
    named: tuple[str, ...] = ()
    actions: tuple[Actions, ...] = ()
    placed: tuple[Placed, ...] = ()
    marks: tuple[Mark, ...] = ()
    rates: tuple[Percentage, ...] = ()
    advice: tuple[Advice, ...] = ()
    caveats: tuple[str, ...] = ()
    missing: tuple[Flaw, ...] = ()


@value
class Difference:
    """Two views of one thing, side by side; `apart` is the second minus the first in tenths."""

    title: str
    first: str
    second: str
    apart: int | None


def result(exercise: Exercise, tries: Sequence[Answers]) -> Result:
    """Return the result of the newest of `tries`; a quiz counts the first too."""
    answers = tries[-1]
    scores = tuple(score(exercise, factor, answers) for factor in exercise.factors)
    named = highlighted(exercise, scores)
    found = marks(exercise, tries[0], answers)
    return Result(
        headline=_headline(exercise, scores, named, found),
        scores=scores,
        named=tuple(one.factor for one in named),
        actions=tuple(_actions(exercise, named)),
        placed=tuple(_placed(exercise, answers)),
        marks=found,
        rates=tuple(
            percentage(rate, answers, exercise.reading.suppress_below) for rate in exercise.reading.rates
        ),
        advice=tuple(_advice(exercise, answers)),
        caveats=exercise.reading.caveats,
        missing=read(exercise, answers).missing,
    )


def _headline(
    exercise: Exercise, scores: tuple[Score, ...], named: tuple[Score, ...], found: tuple[Mark, ...]
) -> str:
    if found:
        first, now = sum(one.first for one in found), sum(one.now for one in found)
        again = f", {now} after a second try" if now != first else ""
        return f"{first} of {len(found)} right at the first try{again}"
    if named:
        word = "Weakest" if exercise.reading.highlight == "weakest" else "Strongest"
        equally = ", equally" if len(named) > 1 else ""
        known = sum(one.tenths is not None for one in scores)
        among = f", of the {known} with a score" if known < len(scores) else ""
        return f"{word}{equally}: {' and '.join(one.title for one in named)} ({named[0].words}){among}"
    wanted = exercise.reading.highlight != "none"
    if wanted and len(scores) > 1 and all(one.tenths is not None for one in scores):
        return f"All {len(scores)} stand equal ({scores[0].words})"
    return ""


def _actions(exercise: Exercise, named: tuple[Score, ...]) -> Iterator[Actions]:
    wanted = {one.factor for one in named}
    for factor in exercise.factors:
        if factor.id in wanted and factor.actions:
            yield Actions(factor=factor.id, title=factor.title, lines=factor.actions)


def _placed(exercise: Exercise, answers: Answers) -> Iterator[Placed]:
    for item in asked(exercise, answers):
        given = answers.get(item.id)
        if item.x is None or given is None:
            continue
        if isinstance(given, tuple) and item.y is not None:
            across, up = int(str(given[0])), int(str(given[1]))
            found = corner(item, (across, up))
            yield Placed(
                item=item.id,
                x_axis=item.x,
                x=across,
                y_axis=item.y,
                y=up,
                corner=found.title if found else None,
                advice=found.advice if found else None,
            )
        elif isinstance(given, int):
            yield Placed(item=item.id, x_axis=item.x, x=given)


def _advice(exercise: Exercise, answers: Answers) -> Iterator[Advice]:
    for item in asked(exercise, answers):
        given = answers.get(item.id)
        if item.kind == "table" and isinstance(given, tuple):
            yield from _advice_in_table(item, given)
        elif item.kind in ("choice", "choices", "yes-no"):
            yield from _advised(item.id, options(item), _chosen(given))


def _advice_in_table(item: Item, rows: tuple[Any, ...]) -> Iterator[Advice]:
    for column in item.columns:
        chosen = {row[column.id] for row in rows if column.id in row}
        yield from _advised(item.id, column.options, chosen)


def _advised(item: str, offered: tuple[Choice, ...], chosen: Collection[str]) -> Iterator[Advice]:
    for option in offered:
        if option.id in chosen and option.advice:
            yield Advice(item=item, chosen=option.text, words=option.advice)


def _chosen(given: Value | None) -> tuple[str, ...]:
    if isinstance(given, bool):
        return (YES if given else NO,)
    if isinstance(given, tuple):
        return tuple(str(one) for one in given)
    return () if given is None else (str(given),)


def differences(exercise: Exercise, first: Answers, second: Answers) -> tuple[Difference, ...]:
    """Return two views side by side: by factor where there are any, by rate, else by rating."""
    if exercise.reading.rates:
        return tuple(_by_rate(exercise, first, second))
    if exercise.factors:
        pairs = [(score(exercise, f, first), score(exercise, f, second)) for f in exercise.factors]
        return tuple(
            Difference(
                title=one.title,
                first=one.words,
                second=two.words,
                apart=None if None in (one.tenths, two.tenths) else (two.tenths or 0) - (one.tenths or 0),
            )
            for one, two in pairs
        )
    return tuple(_by_rating(exercise, first, second))


def _by_rate(exercise: Exercise, first: Answers, second: Answers) -> Iterator[Difference]:
    least = exercise.reading.suppress_below
    for rate in exercise.reading.rates:
        one, two = percentage(rate, first, least), percentage(rate, second, least)
        apart = None if one.percent is None or two.percent is None else (two.percent - one.percent) * TENTH
        yield Difference(title=rate.title, first=one.words, second=two.words, apart=apart)


def _by_rating(exercise: Exercise, first: Answers, second: Answers) -> Iterator[Difference]:
    for item in exercise.items:
        if item.kind != "rating" or (item.id not in first and item.id not in second):
            continue
        one, two = (points(exercise, item, answers.get(item.id)) for answers in (first, second))
        apart = None if one is None or two is None else (two - one) * TENTH
        yield Difference(
            title=item.text, first=_point(one, first, item), second=_point(two, second, item), apart=apart
        )


def _point(found: int | None, answers: Answers, item: Item) -> str:
    if found is not None:
        return str(found)
    return "don't know" if answers.get(item.id) == DONT_KNOW else "no answer"
