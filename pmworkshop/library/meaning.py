"""Whether what a file says makes sense: in itself, and beside the rest of the kit.

Works on values of any shape, so that one misspelt key hides nothing else; what `shape` has blamed
already is passed over by the caller. Blames are yielded as they are found, never gathered.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from pmworkshop.core.centre import PACK_NAME_FIELDS
from pmworkshop.library.deck_meaning import deck_blames
from pmworkshop.library.exercise_meaning import exercise_blames
from pmworkshop.library.known import Known
from pmworkshop.library.problem import Blame, did_you_mean, quoted
from pmworkshop.library.query import EACH, doubles, find, inside, texts, unknown


def session_blames(data: Any, known: Known) -> Iterator[Blame]:
    """Yield what is wrong with a session, its times apart."""
    yield from doubles(data, "segment", "segments", EACH, "id")
    for path, options in find(data, "segments", EACH, "options"):
        yield from inside(path, _options(options))
    add = "add it to `resources` in course.yaml"
    for steps in (
        ("resources", EACH),
        ("segments", EACH, "resources", EACH),
        ("segments", EACH, "options", "of", EACH, "resources", EACH),
    ):
        yield from unknown(data, "resource", known.resources, add, *steps)
    add = "write the exercise, or put it on exercises/planned.yaml"
    for steps in (
        ("segments", EACH, "activities", EACH),
        ("segments", EACH, "options", "of", EACH, "activities", EACH),
    ):
        yield from unknown(data, "exercise", known.activities, add, *steps)
    look = "take a criterion of the course's unit"
    yield from unknown(data, "criterion", known.criterion_ids, look, "segments", EACH, "criteria", EACH)


def _options(options: Any) -> Iterator[Blame]:
    yield from doubles(options, "option", "of", EACH, "id")
    of = options.get("of") if isinstance(options, dict) else None
    if isinstance(of, list) and len(of) == 1 and options.get("choose", "one") == "one":
        yield Blame(
            ("of",),
            "there is only one option to choose from",
            "add another, or write `choose: any`",
            "warning",
        )


def course_blames(data: Any, known: Known) -> Iterator[Blame]:
    """Yield what is wrong with a course: what it names and is not there, and criteria that nothing serves."""
    yield from doubles(data, "resource", "resources", EACH, "id")
    seen: set[str] = set()
    for path, name in texts(data, "sessions", EACH):
        if name in seen:
            yield Blame(path, f"the session {quoted(name)} is listed twice", "keep one of them")
        seen.add(name)
        if name not in known.sessions:
            remedy = did_you_mean(name, sorted(known.sessions), "write the file, or take it off the list")
            yield Blame(path, f"there is no file sessions/{name}.yaml", remedy)
    for path, name in texts(data, "unit"):
        if name not in known.units:
            remedy = did_you_mean(name, sorted(known.units), "write the file, or name another unit")
            yield Blame(path, f"there is no file sessions/units/{name}.yaml", remedy)
    if known.criteria is None or known.served is None:
        return
    for criterion, text in known.criteria.items():
        if criterion not in known.served:
            yield Blame(
                ("unit",),
                f"no segment of any session serves criterion {criterion} ({quoted(text)})",
                "name it in the `criteria` of a segment whose work supports it",
                "warning",
            )


def unit_blames(data: Any, _known: Known) -> Iterator[Blame]:
    """Yield what is wrong with a unit: doubled numbers, criteria in the wrong place, a word count upside down."""
    yield from doubles(data, "outcome", "outcomes", EACH, "id")
    yield from doubles(data, "criterion", "outcomes", EACH, "criteria", EACH, "id")
    for path, outcome in find(data, "outcomes", EACH):
        number = outcome.get("id") if isinstance(outcome, dict) else None
        if type(number) is not int:
            continue
        for inner, criterion in texts(outcome, "criteria", EACH, "id"):
            if criterion.partition(".")[0] != str(number):
                yield Blame(
                    path + inner,
                    f"criterion {quoted(criterion)} stands under outcome {number}",
                    "move it, or mend its number",
                )
    assignment = data.get("assignment")
    if isinstance(assignment, dict):
        yield from inside(("assignment",), _words(assignment))


def _words(assignment: dict[str, Any]) -> Iterator[Blame]:
    numbers = [assignment.get(key) for key in ("words_from", "words", "words_to")]
    fewest, wanted, most = numbers
    if not all(type(number) is int for number in numbers):
        return
    if fewest > most:  # type: ignore[operator]
        yield Blame(
            ("words_from",),
            f"from {fewest} to {most} words is upside down",
            "swap `words_from` and `words_to`",
        )
    elif not fewest <= wanted <= most:  # type: ignore[operator]
        yield Blame(
            ("words",),
            f"{wanted} words do not lie between {fewest} and {most}",
            "mend `words`, `words_from` or `words_to`",
        )


def centre_blames(data: Any, _known: Known) -> Iterator[Blame]:
    """Yield what is wrong with a centre's settings: sentences doubled, and a name for packs that stands for nothing."""
    for whose in ("learner", "centre"):
        yield from doubles(data, "declaration", whose, EACH, "id")
    for path, name in texts(data, "pack_name"):
        for field in re.findall(r"{([^{}]*)}", name):
            if field not in PACK_NAME_FIELDS:
                remedy = did_you_mean(field, PACK_NAME_FIELDS, f"there are: {', '.join(PACK_NAME_FIELDS)}")
                yield Blame(path, f"{{{field}}} stands for nothing in a pack's name", remedy)


def planned_blames(data: Any, known: Known) -> Iterator[Blame]:
    """Yield what is wrong with a list of what is planned: ids twice, and what has been written since."""
    yield from doubles(data, "entry", "planned", EACH, "id")
    for path, name in texts(data, "planned", EACH, "id"):
        if name in known.existing:
            yield Blame(
                path,
                f"{quoted(name)} is no longer planned: its file is there",
                "take it off the list",
                "warning",
            )


BLAMES: dict[str, Callable[[Any, Known], Iterator[Blame]]] = {
    "session": session_blames,
    "course": course_blames,
    "unit": unit_blames,
    "centre": centre_blames,
    "planned": planned_blames,
    "exercise": exercise_blames,
    "deck": deck_blames,
}
