"""What plain words give away: a break, a way of working, who works with whom. All of it is a guess, and said to be one."""

import re
from typing import Final

from pmworkshop.core.plan import Grouping, Method
from pmworkshop.core.value import value

_BREAK_WORDS: Final = frozenset(
    "break breaks coffee tea teas coffees lunch lunchtime refreshments refreshment comfort interval dinner supper brunch recess".split()  # noqa: SIM905  # reads better
)
_WITH_THEM: Final = frozenset(
    "and or a the short quick long mid morning afternoon time for am pm mins min minutes working light buffet served provided".split()  # noqa: SIM905  # reads better
)
_LUNCH: Final = frozenset({"lunch", "lunchtime", "dinner", "supper"})
_ASIDE = re.compile(r"\s*(?:[(\[].*|[-–—:,].*)$")  # noqa: RUF001
_WORD = re.compile(r"[^\W\d_]+")

_METHODS: Final[tuple[tuple[Method, str], ...]] = (
    ("input", r"explain|outline|talk (?:them )?through|introduce the|input|lecture|mini[- ]lecture"),
    ("plenary", r"plenary|whole group|full group|all together"),
    ("discussion", r"discuss(?:ion|es|ed)?|debate|q ?& ?a|questions and answers"),
    ("group work", r"(?:in|into|get|small|each) groups?|group ?work|group exercise|groups of|syndicates?|breakout groups?"),
    ("quiz", r"quiz(?:zes)?"),
    ("self-assessment", r"self[- ]assess(?:ment)?|assess (?:their|your) own|rate (?:them|your)sel(?:f|ves)"),
    ("video", r"videos?|film|ted talk|youtube|clip"),
    ("brainstorm", r"brain ?storm(?:ing)?|thought shower|mind ?map"),
    ("practice", r"(?:some|their|your|to) practice|practice (?:at|round|session)|practise|role[- ]?plays?|rehearse|coaching exercise|skills practice"),
    ("debrief", r"de-?brief(?:ing)?"),
)  # fmt: skip
_GROUPINGS: Final[tuple[tuple[Grouping, str], ...]] = (
    ("whole group", r"plenary|whole group|full group|all together"),
    ("trios", r"trios?|triads?|in threes|groups of (?:three|3)"),
    ("pairs", r"pairs?|in twos|with a partner|paired"),
    ("individual", r"individually|on (?:their|your) own|working alone|individual (?:work|exercise|reflection|task)|solo"),
    ("groups", r"(?:in|into|get|small|each) groups?(?! of (?:three|3))|group ?work|group exercise|syndicates?|breakout groups?|groups of (?:four|five|six|[4-9])"),
)  # fmt: skip


def _compiled(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE)) for name, words in pairs)


_FIND: Final = {"method": _compiled(_METHODS), "grouping": _compiled(_GROUPINGS)}


@value
class Guess:
    """One way of working that words gave away, and the words."""

    name: str
    quote: str


def guesses(field: str, text: str) -> tuple[Guess, ...]:
    """Return what a text gives away of `method` or `grouping`, in the order of the schema."""
    found = ((name, pattern.search(text)) for name, pattern in _FIND[field])
    return tuple(Guess(name=name, quote=match.group()) for name, match in found if match)


def is_break(title: str) -> bool:
    """Whether a title names a break and nothing else: “Coffee”, “Tea break (in the foyer)”, not “Break into groups”."""
    return _only_break(title) or _only_break(_ASIDE.sub("", title))


def is_lunch(title: str) -> bool:
    """Whether a break is one to eat in."""
    return bool(_LUNCH & {word.casefold() for word in _WORD.findall(title)})


def _only_break(text: str) -> bool:
    words = [word.casefold() for word in _WORD.findall(text)]
    return bool(_BREAK_WORDS & set(words)) and all(word in _BREAK_WORDS | _WITH_THEM for word in words)
