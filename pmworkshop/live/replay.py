"""The law of the house: a cohort's state is the fold of its stored events, whoever reads them, and when."""

from collections.abc import Iterable

from pmworkshop.core.apply import apply
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import Instant
from pmworkshop.live.codec import decode
from pmworkshop.live.record import RecordTroubleError, Stored


def replay(state: Cohort, rows: Iterable[Stored]) -> tuple[Cohort, Stored | None]:
    """Return `state` after all `rows`, and the last of them. May raise `RecordTroubleError`."""
    last = None
    for last in rows:
        event = decode(last)
        if event is None:
            continue
        try:
            state = apply(state, event, Instant(last.at))
        except Exception as error:  # a record from elsewhere must not take the desk with it
            raise RecordTroubleError(
                f"event {last.seq}, {last.name}, does not fit what is recorded before it; "
                "run `pmworkshop verify` on this cohort"
            ) from error
    return state, last
