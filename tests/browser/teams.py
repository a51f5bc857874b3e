"""Groups and rounds for browser tests: people on the register, trios made, rounds begun as the trainer does."""

from pmworkshop.core import commands as c
from pmworkshop.core.grouping import Groups
from pmworkshop.core.ids import DeliveryId, GroupingId, ParticipantId, RotationId
from pmworkshop.core.people import Person
from pmworkshop.core.rotating import role_of
from pmworkshop.core.units import MINUTE, Duration
from tests.browser.place import Place

GROUPING, ROTATION = GroupingId("trios"), RotationId("rounds")
ROLES = ("Coach", "Coachee", "Observer")
COACHING = "developing-performance"


def at_coaching(place: Place, *names: str) -> DeliveryId:
    """Bring the day to the coaching, with these people on the register."""
    people = tuple((ParticipantId(f"p{number}"), Person(name=name)) for number, name in enumerate(names))
    place.do(c.AddParticipants(people=people))
    delivery = place.begin()
    while place.workshop.state.deliveries[delivery].current != COACHING:
        place.do(c.MoveOn(delivery=delivery))
    return delivery


def make_trios(place: Place, delivery: DeliveryId, *without: str) -> Groups:
    """Put everybody into groups of three, but for those `without`."""
    out = tuple(place.whose(name) for name in without)
    make = c.MakeGroups(grouping=GROUPING, delivery=delivery, name="Trios", size=3, chance=7, without=out)
    place.do(make)
    return place.workshop.state.groupings[GROUPING].groups


def start_rounds(place: Place, delivery: DeliveryId) -> None:
    """Begin three rounds of coaching, four minutes and two."""
    start = c.StartRotation(
        rotation=ROTATION,
        grouping=GROUPING,
        delivery=delivery,
        title="Coaching",
        roles=ROLES,
        rounds=3,
        work=Duration(4 * MINUTE),
        feedback=Duration(2 * MINUTE),
    )
    place.do(start)


def begin_round(place: Place, number: int) -> None:
    """Begin a round."""
    place.do(c.BeginRound(rotation=ROTATION, number=number))


def role_now(place: Place, name: str) -> str:
    """Return what the core says somebody is in this round."""
    return role_of(place.workshop.state.rotations[ROTATION], place.whose(name))


def named(place: Place, group: tuple[ParticipantId, ...]) -> list[str]:
    """Return the names of a group."""
    return [place.workshop.state.participants[one].name for one in group]
