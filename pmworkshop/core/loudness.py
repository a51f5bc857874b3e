"""How loud the cues may be. Apart from the cues, for the first screen asks nothing else of them."""

from typing import Final

LOUDEST: Final = 10
USUAL_VOLUME: Final = 5
"""How loud the cues are until the trainer says otherwise: gentle, and never left out by an oversight."""
