"""What the room is locked with, and who is in it. All keys come from one secret that the cohort's drafts keep.

So a code that was shown once holds for the whole course, however often the laptop is started, and no code is stored.
"""

import hashlib
import hmac
import secrets
import unicodedata
from typing import Final

from pmworkshop.core.ids import Device, ParticipantId
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value
from pmworkshop.live.record import Record
from pmworkshop.live.workshop import Workshop

KEPT_UNDER: Final = "room:secret"
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, 1, I, L and O, which are taken for one another."""
JOIN_LENGTH: Final = 4
RECOVERY_LENGTH: Final = 6


@value
class Presence:
    """Somebody who has been in by phone: whether a phone of theirs listens now, and when it was last heard of."""

    connected: bool
    seen: Instant


@value
class Asking:
    """Somebody at the door whose name is taken; `whose` are the people on the register who have it."""

    id: str
    name: str
    at: Instant
    whose: tuple[ParticipantId, ...]


def room_secret(workshop: Workshop) -> bytes:
    """Return the cohort's secret, made when it is first asked for. Waits for the record; may raise `RecordTroubleError`."""

    def keep(record: Record) -> str:
        found = ""

        def change(drafts: dict[str, str]) -> dict[str, str | None]:
            nonlocal found
            found = drafts.get(KEPT_UNDER) or secrets.token_hex(32)
            return {} if drafts.get(KEPT_UNDER) else {KEPT_UNDER: found}

        record.change_drafts(change, at=0)
        return found

    return bytes.fromhex(workshop.do(keep).result())


class Keys:
    """Every code of one cohort's room."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self.join = self._letters("join", JOIN_LENGTH)
        self.screen = self._digest("screen")[:32]

    def recovery(self, state: Cohort, participant: ParticipantId) -> str:
        """Return somebody's recovery code; another one each time the trainer has signed their phones out."""
        times = state.signed_out.get(participant, 0)
        return self._letters(f"recovery:{participant}:{times}", RECOVERY_LENGTH)

    def whose(self, state: Cohort, code: str) -> ParticipantId | None:
        """Return who has this recovery code. Takes as long whoever it is; None where nobody has it, or two."""
        wanted = as_typed(code)
        found = [one for one in state.participants if _same(self.recovery(state, one), wanted)]
        return found[0] if len(found) == 1 else None

    def is_join(self, code: str) -> bool:
        """Whether this is the code that lets people join."""
        return _same(self.join, as_typed(code))

    def is_screen(self, key: str) -> bool:
        """Whether this is the key of the projector's page."""
        return _same(self.screen, key)

    def token(self, device: Device, nonce: str = "") -> str:
        """Return what a form carries to show that it came from a page of this very phone."""
        nonce = nonce or secrets.token_hex(8)
        return f"{nonce}.{self._digest(f'form:{device}:{nonce}')[:32]}"

    def is_token(self, device: Device, token: str) -> bool:
        """Whether a form came from a page of this very phone."""
        return _same(self.token(device, token.partition(".")[0] or "-"), token)

    def _digest(self, what: str) -> str:
        return hmac.new(self._secret, _bytes(what), hashlib.sha256).hexdigest()

    def _letters(self, what: str, length: int) -> str:
        number = int(self._digest(what), 16)
        letters = []
        for _ in range(length):
            number, rest = divmod(number, len(ALPHABET))
            letters.append(ALPHABET[rest])
        return "".join(letters)


def as_typed(code: str) -> str:
    """Return a code as it was meant: plain capitals and figures, without spaces, hyphens and whatever else a phone adds."""
    return "".join(char for char in unicodedata.normalize("NFKC", code).upper() if char.isalnum())


def new_secret() -> str:
    """Return what a phone holds to be known again, 128 bits."""
    return secrets.token_hex(16)


def device_of(secret: str) -> Device:
    """Return what the record keeps of a phone's secret."""
    return hashlib.sha256(_bytes(secret)).hexdigest()


def _same(known: str, typed: str) -> bool:
    """Whether two texts are the same, which takes as long wherever they differ."""
    return hmac.compare_digest(_bytes(known), _bytes(typed))


def _bytes(text: str) -> bytes:
    """Return any text as bytes, two texts never as the same: half of a surrogate pair may be typed too."""
    return text.encode("utf-8", "surrogatepass")
