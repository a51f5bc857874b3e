"""The law of the house: a cohort's state is the fold of its stored events, whoever reads them, and when."""

from collections.abc import Iterable, Iterator

from pmworkshop.core.apply import fold
from pmworkshop.core.events import Event
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import Instant
from pmworkshop.live.codec import decode
from pmworkshop.live.record import RecordTroubleError, Stored


def replay(state: Cohort, rows: Iterable[Stored]) -> tuple[Cohort, Stored | None]:
    """Return `state` after all `rows`, and the last of them. May raise `RecordTroubleError`."""
    last: Stored | None = None

    def events() -> Iterator[tuple[Event, Instant]]:
        nonlocal last
        for last in rows:
            event = decode(last)
            if event is not None:
                yield event, Instant(last.at)

    try:
        return fold(state, events()), last
    except RecordTroubleError:
        raise
    except Exception as error:  # a record from elsewhere must not take the desk with it
        where = f"event {last.seq}, {last.name}," if last else "the record"
        raise RecordTroubleError(
            f"{where} does not fit what is recorded before it; run `pmworkshop verify` on this cohort"
        ) from error
