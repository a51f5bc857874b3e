"""What is said when the demonstration cannot go on."""

from pmworkshop.wiring.unusable import Unusable


class StuckError(Unusable):
    """Something in the demonstration was refused, or a page was not as expected: its own fault, and said to be."""

    def __init__(self, what: str, words: str) -> None:
        super().__init__(
            f"the demonstration got stuck at {what}: {words} Nothing of yours was touched; please report this."
        )
