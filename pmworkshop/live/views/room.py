"""The room as the trainer sees it: who is in by phone, who dropped out, who asks to come in, how far everybody is."""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.state import Cohort, Participant
from pmworkshop.core.text import matching
from pmworkshop.core.units import Duration, TimeOfDay, wall_clock
from pmworkshop.core.value import value
from pmworkshop.live.box import Box
from pmworkshop.live.views.activity import Standing, people_rows

if TYPE_CHECKING:
    from pmworkshop.live.phones import Asking, Presence

Phone = Literal["in", "dropped", "not in"]
PresenceOf: TypeAlias = "Mapping[ParticipantId, Presence]"


@value
class Caller:
    """Somebody at the door, and whoever is still on the register under that name."""

    id: str
    name: str
    at: TimeOfDay
    whose: tuple[ParticipantId, ...]


@value
class Guest:
    """One person on the register. `since` is when a phone that dropped out was last heard of, else empty."""

    participant: ParticipantId
    name: str
    organisation: str
    registration: str
    walk_in: bool
    phone: Phone
    since: str
    doing: str

    @property
    def phone_words(self) -> str:
        """Where their phone is, in words."""
        return f"{self.phone} {self.since}" if self.since else self.phone


@value
class RoomView:
    """Who is at the door, the longest waiting first, and who is in, by name. `open` are the titles of what is open."""

    callers: tuple[Caller, ...]
    guests: tuple[Guest, ...]
    open: tuple[str, ...]

    @property
    def words(self) -> str:
        """How many are in and have dropped out, in words."""
        dropped = sum(one.phone == "dropped" for one in self.guests)
        parts = [f"{sum(one.phone == 'in' for one in self.guests)} of {len(self.guests)} in"]
        return " · ".join(parts + ([f"{dropped} dropped"] if dropped else []))


def room_view(
    state: Cohort,
    presence: PresenceOf,
    asking: "Iterable[Asking]" = (),
    *,
    utc_offset: Duration,
    drafts: Collection[str] = (),
    boxes: Mapping[str, Box] | None = None,
) -> RoomView:
    """Return the room; `drafts` are the keys of what is half written, `boxes` hold the sheets without names."""
    opened = {name: one.title for name in _open(state) if (one := state.exercise(name)) is not None}
    standings: dict[ParticipantId, dict[str, Standing]] = {}
    for name, title in opened.items():
        for row in people_rows(state, name, drafts, (boxes or {}).get(name)):
            standings.setdefault(row.participant, {})[title] = row.standing
    linked = set(state.phones.values())
    people = sorted(state.participants.values(), key=lambda one: (matching(one.name), one.id))
    return RoomView(
        callers=tuple(_caller(state, one, utc_offset) for one in asking),
        guests=tuple(
            _guest(one, presence.get(one.id), one.id in linked, standings.get(one.id, {}), utc_offset)
            for one in people
        ),
        open=tuple(opened.values()),
    )


def inside(state: Cohort, presence: PresenceOf) -> int:
    """Return how many of the register are in by phone now."""
    return sum(one.connected for person, one in presence.items() if person in state.participants)


def dropped(state: Cohort, presence: PresenceOf) -> frozenset[ParticipantId]:
    """Return who has been in and is no longer heard of, though nobody signed their phones out."""
    linked = set(state.phones.values())
    return frozenset(
        person for person, one in presence.items() if not one.connected and person in linked
    ) & frozenset(state.participants)


def asking_words(count: int) -> str:
    """Say how many wait for the trainer's yes; nothing where nobody does."""
    return f"{count} {'asks' if count == 1 else 'ask'} to come in" if count else ""


def _open(state: Cohort) -> list[str]:
    return [name for name, activity in state.activities.items() if activity.open]


def _caller(state: Cohort, one: "Asking", utc_offset: Duration) -> Caller:
    known = tuple(person for person in one.whose if person in state.participants)
    return Caller(id=one.id, name=one.name, at=wall_clock(one.at, utc_offset), whose=known)


def _guest(
    one: Participant,
    presence: "Presence | None",
    linked: bool,
    standings: Mapping[str, Standing],
    utc_offset: Duration,
) -> Guest:
    phone: Phone = "not in"
    if presence is not None and (presence.connected or linked):
        phone = "in" if presence.connected else "dropped"
    return Guest(
        participant=one.id,
        name=one.name,
        organisation=one.organisation or "",
        registration=one.registration or "",
        walk_in=one.walk_in,
        phone=phone,
        since=wall_clock(presence.seen, utc_offset) if presence and phone == "dropped" else "",
        doing=_doing(standings),
    )


def _doing(standings: Mapping[str, Standing]) -> str:
    """Say how far somebody is with what is open; where several are, by title, what they are at first."""
    if len(standings) == 1:
        return next((one for one in standings.values() if one != "nothing yet"), "")
    parts = []
    for wanted in ("working", "finished"):
        titles = [title for title, standing in standings.items() if standing == wanted]
        parts += [f"{wanted}: {', '.join(titles)}"] if titles else []
    return "; ".join(parts)
