"""The short id of a printed sheet: it names a person and an exercise, and is made to be typed from paper.

Consonants only, so that no id reads as a word and no letter is taken for a figure. They are nineteen, a prime
number, and the last letter checks the others: any one letter mistyped, or two neighbours swapped, is noticed.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from typing import Final

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import clean_line

LETTERS: Final = "BCDFGHJKMNPQRSTVWXZ"
LENGTH: Final = 8
"""The letters of an id, the checking one included."""
MARK: Final = "PMW:"
"""What stands before the id in a QR code, so that a reader knows whose it is."""


def sheet_id(participant: ParticipantId, exercise_id: str) -> str:
    """Return the id of one person's sheet of one exercise, such as `BCDF-GHJB`; always the same for both."""
    digest = hashlib.sha256(f"{participant}\0{exercise_id}".encode("utf-8", "replace")).digest()
    number = int.from_bytes(digest[:8], "big")
    letters = ""
    for _ in range(LENGTH - 1):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    letters += LETTERS[_check(letters)]
    return f"{letters[:4]}-{letters[4:]}"


def find_sheet(
    state: Cohort, typed: str, exercises: Iterable[str] = ()
) -> tuple[ParticipantId, str] | Refusal:
    """Return whose sheet of which exercise `typed` is the id of, however it was typed, or read by a scanner.

    Looks among the cohort's people, and among the exercises that it has taken up and those in `exercises`.
    """
    letters = _letters(typed)
    strange = next((char for char in letters if char not in LETTERS), None)
    if strange is not None:
        return refuse(f"“{strange}” stands in no sheet's id: they have consonants only, no Y and no L.")
    if len(letters) != LENGTH:
        return refuse(f"A sheet's id has {LENGTH} letters, such as BCDF-GHJB; these are {len(letters)}.")
    if LETTERS[_check(letters[:-1])] != letters[-1]:
        return refuse("That is no sheet's id: a letter is mistyped, or two are swapped.")
    wanted = f"{letters[:4]}-{letters[4:]}"
    known = sorted({*state.editions, *exercises})
    found = [
        (who, exercise)
        for who in state.participants
        for exercise in known
        if sheet_id(who, exercise) == wanted
    ]
    if not found:
        return refuse(
            f"No sheet of this cohort has the id {wanted}. Was it printed for another one, or "
            "for a name that has since become one with another? Choose the person and exercise by name."
        )
    if len(found) > 1:
        return refuse(
            f"By a rare chance two sheets have the id {wanted}. Choose the person and exercise by name."
        )
    return found[0]


def _letters(typed: str) -> str:
    """Return what counts of what was typed: capitals, without the mark, spaces and hyphens."""
    plain = unicodedata.normalize("NFKC", clean_line(typed)).upper().removeprefix(MARK)
    return "".join(char for char in plain if char.isalnum())


def _check(letters: str) -> int:
    """Return the place of the letter that checks `letters`: weights differ, so that a swap shows."""
    return sum(weight * LETTERS.index(char) for weight, char in enumerate(letters, 2)) % len(LETTERS)
