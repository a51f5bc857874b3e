"""A no in words that a trainer understands."""

from pmworkshop.core.value import value


@value
class Refusal:
    """Why a command was not carried out.

    With `question`, it would be once somebody has decided; with `trouble`, the record could not take it, and may later.
    """

    words: str
    question: bool = False
    trouble: bool = False


def refuse(words: str) -> Refusal:
    """Refuse plainly."""
    return Refusal(words=words)
