"""The verb coach: compares the shape of an answer with what its criterion's verb asks for. It prompts, never grades.

*Identify* picks out from a larger set; *describe* gives the principal features; *explain* describes and adds the
practices or reasons behind; a lower verb does not satisfy a higher one (ILM's guidance on verbs, see the domain notes).
The shape is judged by a few signs of English, so that a prompt may well be mistaken: it is a question, not a verdict.
"""

import re
from collections.abc import Iterator
from typing import Final

from pmworkshop.core.answers import Answers, asked
from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.given import Value
from pmworkshop.core.unit import Criterion, Unit, Verb, criteria_of
from pmworkshop.core.value import value

LEVELS: Final[tuple[Verb, ...]] = ("identify", "describe", "explain")
FEATURES: Final = 12
"""Words from which on an answer may be describing."""
WRITTEN: Final = ("short", "long", "list", "table")

_REASONS = re.compile(
    r"\b(because|since|so that|so (?:they|we|I|people|that)|therefore|thus|as a result|results? in|leads? to|"
    r"means? that|in order to|to (?:make sure|be sure|ensure|avoid|prevent)|otherwise|without|the reason|why|"
    r"that way|(?:this|which) (?:means|makes|helps|lets|allows|shows|gives|builds|keeps|reduces|stops|prevents)|"
    r"as (?:they|it|he|she|we|people)|by \w+ing|due to|if \w+)\b",
    re.IGNORECASE,
)
_THINGS = re.compile(r"[\n;•]|\.\s|,\s|\b(?:and|then|also|second(?:ly)?)\b|\d[.)]\s", re.IGNORECASE)
_ASKED: Final = {
    "identify": "name what you pick out",
    "describe": "say what it looks like: who does what, when, how",
    "explain": "add why, or how it works",
}


@value
class Prompt:
    """A question back to whoever wrote an answer."""

    item: str
    criterion: str
    words: str


def prompts(exercise: Exercise, answers: Answers, unit: Unit | None) -> tuple[Prompt, ...]:
    """Return what one might add, item by item. Without an English unit there is nothing to compare with."""
    if unit is None or unit.language.partition("-")[0] != "en":
        return ()
    known = {criterion.id: criterion for criterion in criteria_of(unit)}
    return tuple(_prompts(exercise, answers, known))


def _prompts(exercise: Exercise, answers: Answers, known: dict[str, Criterion]) -> Iterator[Prompt]:
    for item in asked(exercise, answers):
        criteria = [known[name] for name in item.criteria if name in known]
        given = answers.get(item.id)
        if not criteria or given is None or item.kind not in WRITTEN:
            continue
        highest = max(criteria, key=lambda one: LEVELS.index(one.verb))
        most = max(criteria, key=lambda one: one.minimum)
        if words := _prompt(item, given, highest):
            yield Prompt(item=item.id, criterion=highest.id, words=words)
        elif words := _too_few(item, given, most):
            yield Prompt(item=item.id, criterion=most.id, words=words)


def _prompt(item: Item, given: Value, criterion: Criterion) -> str:
    shape = shape_of(given)
    if LEVELS.index(shape) >= LEVELS.index(criterion.verb) or item.kind == "table":
        return ""
    does = {"identify": "identifies", "describe": "describes"}[shape]
    return f"This {does}; {criterion.id} asks you to {criterion.verb}: {_ASKED[criterion.verb]}."


def _too_few(item: Item, given: Value, criterion: Criterion) -> str:
    """Ask for more where a criterion wants several things and the answer to this one item holds fewer."""
    count = things_in(given)
    if count >= criterion.minimum or (item.at_least or 1) >= criterion.minimum:
        return ""
    return f"{criterion.id} asks for at least {criterion.minimum}; this looks like {count}."


def shape_of(given: Value) -> Verb:
    """Return the highest verb whose shape an answer has: reasons explain, detail describes, the rest identifies."""
    text = " ".join(_texts(given))
    if len(text.split()) < FEATURES:
        return "identify"
    return "explain" if _REASONS.search(text) else "describe"


def things_in(given: Value) -> int:
    """Count the things that an answer seems to name: entries, lines, clauses. Rather too many than too few."""
    if isinstance(given, tuple):
        return len(given)
    return sum(1 for part in _THINGS.split(str(given)) if part and part.strip(" .,;"))


def _texts(given: Value) -> list[str]:
    if not isinstance(given, tuple):
        return [str(given)]
    return [" ".join(one.values()) if isinstance(one, dict) else str(one) for one in given]
