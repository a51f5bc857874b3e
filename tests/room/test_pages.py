"""Beside the forms: what phones and the projector hear, what goes into the pack, the cards in a group's hands."""

import socket

import httpx

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from tests.room.conftest import FORM, RealRoom, do, page, pulses, until
from tests.room.forms import as_it_stands, body_of


def test_listening(room: RealRoom) -> None:
    """Who listens hears at once what is opened and said; the projector hears it too."""
    room.open("amo")
    phone = room.join("Amara Okafor")
    for listening in (pulses(phone), pulses(room.phone(), "/screen/events")):
        first = next(listening)
        assert first["open"][-1] == "amo"
        room.do(c.ShowMessage(text=f"Back at {first['clock']}"))
        assert next(listening)["message"] == f"Back at {first['clock']}"
        room.do(c.ShowMessage(text=""))
    assert room.exercise("amo").title in page(room.phone(), "/screen").text
    until(lambda: room.door.presence()[room.who("Amara Okafor")].connected, "the phone to be in")


def test_what_goes_into_the_pack(room: RealRoom) -> None:
    """Somebody chooses for each of their sheets; evidence always goes in, and nobody chooses for another."""
    room.open("amo", "evaluation", "motivators")
    shared = next(n for n in ("amo", "motivators") if room.exercise(n).privacy != "evidence")
    phone, other = room.join("Amara Okafor"), room.join("Bo Lind")
    do(phone, shared)
    mine = page(phone, "/mine")
    fields = as_it_stands(mine.form("/mine"))
    assert fields["in-pack"] == ["yes"]
    stolen = fields | {"token": as_it_stands(page(other, "/now").form("/leave"))["token"]}
    assert other.post("/mine", content=body_of(stolen), headers=FORM).status_code == 422
    answer = phone.post("/mine", content=body_of(fields), headers=FORM)
    assert answer.headers["location"] == "/mine?said=chosen"
    chosen = [one for one in room.events(e.PackChosen) if isinstance(one, e.PackChosen)]
    assert [(one.participant, one.on) for one in chosen] == [(room.who("Amara Okafor"), True)]


def test_cards(room: RealRoom) -> None:
    """Each takes a seat and sees the brief of that seat alone; only the groups that are there can be sat in."""
    room.open("conversation-cards")
    deck = room.exercise("conversation-cards").deck
    assert deck is not None
    first, second = room.join("Amara Okafor"), room.join("Bo Lind")
    address = f"/cards/{deck}"
    assert address in page(first, "/now").links

    def press(phone: httpx.Client, **given: str) -> httpx.Response:
        token = as_it_stands(page(phone, address).form(address))["token"]
        return phone.post(
            address, content=body_of({"token": token} | {k: [v] for k, v in given.items()}), headers=FORM
        )

    seats = [one.text for one in page(first, address).form(address) if one.name == "seat"]
    assert press(first, what="sit", seat="1:A group of my own").status_code == 422
    assert press(first, what="draw").status_code == 422
    for phone, seat in ((first, seats[0]), (second, seats[1])):
        assert press(phone, what="sit", seat=seat).headers["location"] == address
    assert press(second, what="sit", seat=seats[0]).status_code == 422
    assert press(first, what="draw").status_code == 303
    briefs = []
    for phone in (first, second):
        text = page(phone, address).text
        briefs.append(text.partition("For you alone: ")[2].partition(" Begin the round")[0])
    assert all(briefs)
    assert briefs[0][:60] not in page(second, address).text
    assert briefs[1][:60] not in page(first, address).text
    for what in ("begin", "swap", "stand"):
        assert press(first, what=what).status_code == 303, what


def test_answers_do_not_wait(room: RealRoom) -> None:
    """Every line sends at once, or each answer's second packet would wait 40 ms and more for the phone to hear the first."""
    phone = room.join("Amara Okafor")
    phone.get("/now")
    connections = room.door._serving._server.server_state.connections
    lines = [one.transport.get_extra_info("socket") for one in connections]
    assert lines
    assert all(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for one in lines)
