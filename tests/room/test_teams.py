"""What the room promises of groups and rounds to any client: one's own names and no others, and no name in a pulse."""

import json

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.ids import DeliveryId, GroupingId, RotationId
from pmworkshop.core.units import MINUTE, Duration
from tests.room.conftest import FORM, QuickHouse, RealRoom, page, pulses
from tests.room.forms import as_it_stands, body_of

NAMES = ("Amara Okafor", "Bo Lind", "Cy <b>Coe</b>", "Di Dunn", "Ed Eng", "Fi Fox")
GROUPING, ROTATION = GroupingId("trios"), RotationId("rounds")
DECK = "difficult-conversations"


def in_trios(room: RealRoom) -> DeliveryId:
    """Begin a session and put everybody into trios."""
    delivery, (zone, offset) = DeliveryId("b"), QuickHouse.zone(room.house)
    plan = room.house.kit().sessions["session-b"]
    room.do(
        c.OpenDelivery(delivery=delivery, session_id="session-b", session=plan, zone=zone, utc_offset=offset)
    )
    room.do(c.StartDelivery(delivery=delivery, zone=zone, utc_offset=offset))
    room.do(c.MakeGroups(grouping=GROUPING, delivery=delivery, name="Trios", size=3, chance=1))
    return delivery


def start(room: RealRoom) -> None:
    room.do(
        c.StartRotation(
            rotation=ROTATION,
            grouping=GROUPING,
            delivery=DeliveryId("b"),
            title="Rounds",
            roles=("Manager", "Other person", "Observer"),
            rounds=3,
            work=Duration(4 * MINUTE),
            feedback=Duration(MINUTE),
        )
    )


def test_whose_names_are_where(room: RealRoom) -> None:
    """A phone has the names of its own group, a pulse has none at all, and who has not joined is told nothing."""
    phones = {name: room.join(name) for name in NAMES}
    in_trios(room)
    for begun in (False, True):
        if begun:
            start(room)
        groups = room.state.groupings[GROUPING].groups
        for name, phone in phones.items():
            mates = next(one for one in groups if room.who(name) in one)
            text = page(phone, "/now").text
            assert {one for one in NAMES if one in text} == {
                room.state.participants[one].name for one in mates
            }
        for told in (next(pulses(phones[NAMES[0]])), next(pulses(room.phone(), "/screen/events"))):
            assert not [one for one in NAMES if one.split()[0] in json.dumps(told)]
            assert (told["round"] is None) is not begun
        assert all(one in page(room.phone(), "/screen").text for one in NAMES)
    assert room.phone().get("/now").headers["location"] == "/"
    status, body = room.from_elsewhere("/screen")
    assert status == 403
    assert not [one for one in NAMES if one.encode() in body]


def test_told_at_once(room: RealRoom) -> None:
    """Whoever listens hears at once that a round has begun, was given time, stands still, and is over."""
    phone = room.join(NAMES[0])
    room.join(NAMES[1])
    delivery = in_trios(room)
    listening = pulses(phone)
    digests = [next(listening)["digest"]]
    start(room)
    told = next(listening)
    digests.append(told["digest"])
    assert (told["round"]["number"], told["round"]["part"]) == (1, "work")
    left = told["timers"]["round:now"]["left"]
    assert 4 * MINUTE - 5000 < left <= 4 * MINUTE
    room.do(c.AddRoundTime(rotation=ROTATION, by=Duration(MINUTE)))
    assert next(listening)["timers"]["round:now"]["left"] > left + MINUTE - 5000
    room.do(c.StartTimer(timer="Report-backs", length=Duration(MINUTE)))
    assert "timer:Report-backs" in next(listening)["timers"]
    room.do(c.Pause(delivery=delivery))
    still = next(listening)
    assert [one["moves"] for one in still["timers"].values()] == [False] * 3
    room.do(c.Resume(delivery=delivery))
    assert all(one["moves"] for one in next(listening)["timers"].values())
    room.do(c.BeginRound(rotation=ROTATION, number=2))
    told = next(listening)
    digests.append(told["digest"])
    assert told["round"]["said"] == "Round 2 of 3 has begun: your role stands under Now."
    room.do(c.EndRotation(rotation=ROTATION))
    told = next(listening)
    digests.append(told["digest"])
    assert told["round"] is None
    assert len(set(digests)) == 4


@pytest.mark.parametrize("placed", [True, False], ids=["in-a-group", "in-none"])
def test_cards_begin_with_ones_own_group(room: RealRoom, placed: bool) -> None:
    """Where groups were made, the cards offer one's own first; whoever is in none finds the seats as before."""
    phones = {name: room.join(name) for name in NAMES}
    in_trios(room)
    room.open("conversation-cards")
    groups = room.state.groupings[GROUPING].groups
    who = next(name for name in NAMES if room.who(name) in groups[1])
    if not placed:
        room.do(c.TakeFromGroup(grouping=GROUPING, participant=room.who(who)))
    seats = page(phones[who], f"/cards/{DECK}")
    assert ("You are in Group 2: sit down there." in seats.text) is placed
    offered = [one.text for one in seats.form(f"/cards/{DECK}") if one.name == "seat"]
    assert offered[0] == ("1:Group 2" if placed else "1:Group 1")
    token = as_it_stands(seats.form(f"/cards/{DECK}"))["token"]
    fields = {"token": token, "what": ["sit"], "seat": [offered[0]]}
    answer = phones[who].post(f"/cards/{DECK}", content=body_of(fields), headers=FORM)
    assert answer.status_code == 303
    assert [one.group for one in room.events(e.SeatTaken) if isinstance(one, e.SeatTaken)] == [
        offered[0].partition(":")[2]
    ]
