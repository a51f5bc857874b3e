"""What a plain word in YAML stands for: the core schema of YAML 1.2.2, section 10.3.2, and nothing more.

So `09:30`, `on`, `no` and `1_000` are text, and an author's meaning survives.
"""

import re

LONGEST_NUMBER = 18
"""Figures. Longer ones are no number that a kit could mean."""

_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MAYBE = frozenset("0123456789+-.~nNtTfF")
_WHOLE = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"([-+]?)\.(?:inf|Inf|INF)|(\.(?:nan|NaN|NAN))")
_EXACT = 2**53

Scalar = str | int | float | bool | None


class TooLongError(ValueError):
    """A number with more figures than make sense."""


def resolve(text: str) -> Scalar:
    """Return what the plain scalar `text` stands for.

    A float without a fraction comes back as an int, as JSON Schema sees it. Raises TooLongError.
    """
    if text and text[0] not in _MAYBE:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return _whole(text)
    if _FLOAT.fullmatch(text):
        return _number(text)
    special = _SPECIAL.fullmatch(text)
    if special is None:
        return text
    return float("nan") if special[2] else float(f"{special[1]}inf")


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise TooLongError(text)
    return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))


def _number(text: str) -> int | float:
    if len(text) > 2 * LONGEST_NUMBER:
        raise TooLongError(text)
    number = float(text)
    return int(number) if abs(number) < _EXACT and number.is_integer() else number
