"""Who waits at the door for the trainer's yes. Kept in memory only; touched from several threads, under a lock."""

import threading
from collections.abc import Callable
from typing import Final

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.units import MINUTE, Duration, Instant
from pmworkshop.core.value import value
from pmworkshop.live.phones import Asking, device_of, new_secret

MOST: Final = 20
PATIENCE: Final = Duration(15 * MINUTE)


@value
class Answer:
    """The trainer's answer: as whom somebody may come in, or None for no."""

    participant: ParticipantId | None


class Waiting:
    """The people at the door. Each has a ticket that only their phone knows, which becomes its secret on a yes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asking: dict[str, Asking] = {}
        self._answers: dict[str, tuple[Instant, Answer]] = {}
        self.changed: Callable[[], None] = lambda: None

    def ask(self, name: str, whose: tuple[ParticipantId, ...], now: Instant) -> str | None:
        """Let somebody wait; return their ticket, or None where too many wait already."""
        ticket = new_secret()
        with self._lock:
            self._forget(now)
            if len(self._asking) >= MOST:
                return None
            number = device_of(ticket)[:16]
            self._asking[number] = Asking(id=number, name=name, at=now, whose=whose)
        self.changed()
        return ticket

    def asking(self) -> tuple[Asking, ...]:
        """Return who waits, the longest first."""
        with self._lock:
            return tuple(self._asking.values())

    def answer(self, number: str, participant: ParticipantId | None, now: Instant) -> bool:
        """Answer somebody who waits; False where they wait no longer."""
        with self._lock:
            if self._asking.pop(number, None) is None:
                return False
            self._answers[number] = (now, Answer(participant=participant))
        self.changed()
        return True

    def answered(self, ticket: str, now: Instant) -> Answer | bool:
        """Return the answer to a ticket; whether it still waits, where there is none."""
        number = device_of(ticket)[:16]
        with self._lock:
            self._forget(now)
            found = self._answers.get(number)
            return found[1] if found else number in self._asking

    def _forget(self, now: Instant) -> None:
        self._asking = {n: one for n, one in self._asking.items() if now - one.at < PATIENCE}
        self._answers = {n: (at, one) for n, (at, one) in self._answers.items() if now - at < PATIENCE}
