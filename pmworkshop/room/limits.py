"""How often something may be tried: a bucket of tries that fills again slowly. Only what was wrong costs a try.

Ten thousand guesses at a recovery code in an hour come to at most TOTAL.size + 60 that are looked at at all, of
887 million codes: nothing is found. Nobody is shut out by address alone, for a room's phones may share one.
"""

from collections import OrderedDict
from typing import Final

from pmworkshop.core.units import MINUTE, Instant

CLIENTS: Final = 2_000


class Bucket:
    """`size` tries at once, then `a_minute` more each minute."""

    def __init__(self, size: int, a_minute: float) -> None:
        self.size, self._a_minute = size, a_minute
        self._left, self._at = float(size), Instant(0)

    def may(self, now: Instant) -> bool:
        """Whether there is a try left."""
        self._left = min(self.size, self._left + (now - self._at) / MINUTE * self._a_minute)
        self._at = now
        return self._left >= 1

    def spend(self) -> None:
        """Take one try away."""
        self._left -= 1


class Guesses:
    """Wrong tries of one kind: by client, where asked for, and in total."""

    def __init__(self, *, total: int, a_minute: float, each: int = 0) -> None:
        self._total = Bucket(total, a_minute)
        self._each = each
        self._clients: OrderedDict[str, Bucket] = OrderedDict()

    def may(self, client: str, now: Instant) -> bool:
        """Whether this client may try once more."""
        return self._total.may(now) and (not self._each or self._bucket(client).may(now))

    def wrong(self, client: str) -> None:
        """Count a wrong try."""
        self._total.spend()
        if self._each:
            self._bucket(client).spend()

    def _bucket(self, client: str) -> Bucket:
        bucket = self._clients.pop(client, None) or Bucket(self._each, 1)
        self._clients[client] = bucket
        while len(self._clients) > CLIENTS:
            self._clients.popitem(last=False)
        return bucket
