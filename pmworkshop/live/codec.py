"""Events to JSON and back. Old versions are read for ever: each change of meaning adds an upgrade here."""

from functools import cache
from typing import TYPE_CHECKING, Any

from pmworkshop.core.events import EVENTS, VERSIONS, Event
from pmworkshop.core.units import Instant
from pmworkshop.live.record import Entry, RecordTroubleError, Stored

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter(name: str) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter  # noqa: PLC0415  # slow to import, and Home does not need it

    return TypeAdapter(EVENTS[name])


def encode(event: Event, at: Instant) -> Entry:
    """Return `event` as an entry for the record; ValueError if it could not be read back as it is."""
    name = type(event).__name__
    body = _adapter(name).dump_json(event, exclude_none=True).decode()
    if _adapter(name).validate_json(body) != event:
        raise ValueError(f"{name} would be read back as something else")
    return Entry(at=at, name=name, version=VERSIONS[name], body=body)


def decode(stored: Stored) -> Event | None:
    """Return the event of a stored row; None where its body was erased."""
    if stored.body is None:
        return None
    newest = VERSIONS.get(stored.name)
    if newest is None or stored.version > newest:
        raise RecordTroubleError(
            f"event {stored.seq}, {stored.name} version {stored.version}, is not known to this version; "
            "it was written by a newer pmworkshop: update this one"
        )
    from pydantic import ValidationError  # noqa: PLC0415  # as above

    try:
        event: Event = _adapter(stored.name).validate_json(stored.body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "its body"
        remedy = "run `pmworkshop verify` on this cohort"
        if first["type"] == "unexpected_keyword_argument":
            remedy = "it was written by a newer pmworkshop: update this one"
        raise RecordTroubleError(
            f"event {stored.seq}, {stored.name}, cannot be read at {where}; {remedy}"
        ) from error
    return event
