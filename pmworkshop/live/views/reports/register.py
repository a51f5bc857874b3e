"""The attendance register: people against sessions, with who came late and who left early."""

from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.state import Cohort, Delivery, Participant
from pmworkshop.core.text import matching
from pmworkshop.core.units import wall_clock
from pmworkshop.core.value import value
from pmworkshop.core.words import day_words
from pmworkshop.live.views.days import day_of
from pmworkshop.live.views.summary import attendance_words, attended

NOT_MARKED = "not marked"


@value
class SessionHead:
    """One session in the register; `day` is empty, and `attended` nothing, where it has not been run."""

    delivery: DeliveryId
    title: str
    day: str
    run: bool
    attended: str


@value
class Attended:
    """How one person attended one session: `late` and `left` are times of day, where there are any.

    `words` says all of it, as the desk does; `not marked` where a session was run, and nothing where it was not.
    """

    arrival: str
    late: str
    left: str
    words: str


@value
class RegisterRow:
    """One person, and how they attended each session, in the order of `Register.sessions`."""

    name: str
    organisation: str
    registration: str
    walk_in: bool
    sessions: tuple[Attended, ...]


@value
class Register:
    """Everybody on the register, in the order of names, against the sessions in the order in which they were held."""

    sessions: tuple[SessionHead, ...]
    rows: tuple[RegisterRow, ...]


def in_order(state: Cohort) -> tuple[Delivery, ...]:
    """Return the sessions as they were held; those that have not been, last."""
    return tuple(
        sorted(
            state.deliveries.values(),
            key=lambda one: (not one.started, one.marks.visits[0].begins if one.started else one.opened),
        )
    )


def day_held(state: Cohort, delivery: Delivery) -> str:
    """Return the day on which a session was held; nothing where it has not been."""
    return day_words(day_of(state, delivery.marks.visits[0].begins)) if delivery.started else ""


def register(state: Cohort) -> Register:
    """Return the register with the attendance of all sessions."""
    deliveries = in_order(state)
    people = sorted(state.participants.values(), key=lambda one: (matching(one.name), one.id))
    return Register(
        sessions=tuple(
            SessionHead(
                delivery=one.id,
                title=one.session.title,
                day=day_held(state, one),
                run=one.started,
                attended=attended(state, one) if one.started else "",
            )
            for one in deliveries
        ),
        rows=tuple(
            RegisterRow(
                name=one.name,
                organisation=one.organisation or "",
                registration=one.registration or "",
                walk_in=one.walk_in,
                sessions=tuple(attendance(delivery, one) for delivery in deliveries),
            )
            for one in people
        ),
    )


def attendance(delivery: Delivery, person: Participant) -> Attended:
    """Return how somebody attended a session."""
    mark, ahead = delivery.attendance.get(person.id), delivery.utc_offset
    if mark is None:
        words = NOT_MARKED if delivery.started else ""
        return Attended(arrival=words, late="", left="", words=words)
    return Attended(
        arrival=mark.arrival,
        late=wall_clock(mark.since, ahead) if mark.arrival == "late" else "",
        left=wall_clock(mark.left, ahead) if mark.left is not None else "",
        words=attendance_words(delivery, mark),
    )
