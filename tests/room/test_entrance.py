"""Coming in and going out: by name, by recovery code, by the trainer's yes, late, twice, and after the room was closed."""

import httpx
import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from tests.room.conftest import FORM, RealRoom, do, filled, hand_in, page, pulses
from tests.room.forms import Page, as_it_stands, body_of


def secret(client: httpx.Client) -> str:
    (cookie,) = (one for one in client.cookies.jar if one.name == "room")
    assert cookie.value is not None
    return cookie.value


def test_the_door_stands_open(room: RealRoom) -> None:
    """The room says that it is well, and its first page fills in the code that was scanned."""
    phone = room.phone()
    assert (phone.get("/healthz").status_code, phone.get("/healthz").text) == (200, "ok")
    join = page(phone, f"/?code={room.code}")
    for action in ("/join", "/rejoin"):
        assert as_it_stands(join.form(action))["code"] == [room.code]
    assert as_it_stands(page(phone, "/").form("/join"))["code"] == [""]


def test_whoever_has_not_joined_is_sent_to_the_door(room: RealRoom) -> None:
    """Every page of one's own leads a stranger to the first page; what a program sends is refused in words."""
    room.open("amo")
    phone = room.phone()
    for path in (
        "/now",
        "/mine",
        "/sign",
        "/signed",
        "/do/amo",
        "/done/amo",
        "/cards/difficult-conversations",
    ):
        answer = phone.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/"), path
    assert phone.post("/do/amo", data={"submission": "1"}).headers["location"] == "/"
    assert phone.put("/do/amo/draft", json={"person": "ME"}).status_code == 401
    assert phone.get("/events").status_code == 401


def test_joining_by_code_and_name(room: RealRoom) -> None:
    """Code and name let somebody in, however the code is typed; without either, or with wrong ones, nobody comes in."""
    typed = f" {room.code[:2].lower()}-{room.code[2:]} "
    phone = room.phone()
    answer = phone.post("/join", data={"code": typed, "name": "  Amara \t Okafor "})
    assert (answer.status_code, answer.headers["location"]) == (303, "/now")
    assert page(phone, "/now").text.count("Amara Okafor") == 2
    wrong: list[tuple[dict[str, str], int]] = [
        ({"code": "0000", "name": "Bo"}, 403),
        ({"name": "Bo"}, 403),
        ({"code": room.code, "name": " "}, 422),
        ({"code": room.code, "name": "\u200b"}, 422),
        ({"code": room.code}, 422),
        ({"code": room.code, "name": "W" * 201}, 422),
    ]
    for given, status in wrong:
        answer = room.phone().post("/join", data=given)
        assert answer.status_code == status, given
        assert "set-cookie" not in answer.headers
        assert as_it_stands(Page(answer.text).form("/join"))["name"] == [given.get("name", "").strip()]
    assert [one.name for one in room.state.participants.values()] == ["Amara Okafor"]


def test_a_double_press_joins_once(room: RealRoom) -> None:
    """The same join page sent twice, because nobody heard the answer, is one person with one phone."""
    phones = room.phone(), room.phone()
    fields = as_it_stands(page(phones[0], f"/?code={room.code}").form("/join")) | {"name": ["Bo Lind"]}
    for phone in phones:
        answer = phone.post("/join", content=body_of(fields), headers=FORM)
        assert (answer.status_code, answer.headers["location"]) == (303, "/now")
    assert len(room.events(e.ParticipantAdded)) == len(room.events(e.PhoneJoined)) == 1


def test_a_late_joiner(room: RealRoom) -> None:
    """Whoever comes late sees what is open now and nothing that was closed, and can do it."""
    room.open("amo", "why-appraise")
    do(room.join("Amara Okafor"), "why-appraise")
    room.shut("why-appraise")
    late = room.join("Late Larsson")
    now = page(late, "/now")
    assert "/do/amo" in now.links
    assert not [link for link in now.links if "why-appraise" in link]
    do(late, "amo")
    assert "/done/amo" in page(late, "/now").links


def test_a_taken_name(room: RealRoom) -> None:
    """A name is one's own whatever its case, spacing and accents; whoever types it again is asked for the recovery code."""
    room.join("Zoë Müller")
    for name in (
        "Zoë Müller",
        "zoe  muller",
        "ZOË MÜLLER",
        "Zoe\u0301\u0308 Mu\u0308ller",
        "\uff3a\uff4f\uff45 Müller",
        "Zo\u200be Muller",
    ):
        answer = room.phone().post("/join", data={"code": room.code, "name": name})
        assert answer.status_code == 409, name
        asks = Page(answer.text)
        assert as_it_stands(asks.form("/rejoin"))["code"] == [room.code]
        assert any(one.name == "recovery" for one in asks.form("/rejoin"))
    assert len(room.state.participants) == 1


def test_a_second_phone_by_recovery_code(room: RealRoom) -> None:
    """The recovery code, however typed, brings somebody to their own answers on another phone, and the first stays in."""
    room.open("amo", "evaluation")
    first = room.join("Amara Okafor")
    do(first, "amo")
    code = room.recovery("Amara Okafor")
    assert f"{code[:3]} {code[3:]}" in page(first, "/mine").text
    second = room.phone()
    typed = f"{code[:3].lower()} {code[3:]}"
    answer = second.post("/rejoin", data={"code": room.code, "recovery": typed})
    assert (answer.status_code, answer.headers["location"]) == (303, "/now")
    assert page(first, "/mine").text == page(second, "/mine").text
    for recovery, door in ((code, "0000"), ("222222", room.code), ("", room.code)):
        stranger = room.phone()
        assert stranger.post("/rejoin", data={"code": door, "recovery": recovery}).status_code == 403
        assert stranger.get("/now").headers["location"] == "/"


def test_by_the_trainers_yes(room: RealRoom) -> None:
    """Without code at hand one waits until the trainer says who one is; a no, and a stranger's ticket, open nothing."""
    room.join("Amara Okafor")
    new, refused = room.phone(), room.phone()
    for phone in (new, refused):
        answer = phone.post("/ask", data={"code": room.code, "name": "amara okafor"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/wait")
        assert "The trainer has been asked" in page(phone, "/wait").text
    first, second = room.door.asking()
    assert (first.name, first.whose) == ("amara okafor", (room.who("Amara Okafor"),))
    room.door.turn_away(second.id)
    assert room.door.admit(first.id, room.who("Amara Okafor")) is None
    assert room.door.asking() == ()
    answer = new.get("/wait")
    assert (answer.status_code, answer.headers["location"]) == (303, "/now")
    assert "Amara Okafor" in page(new, "/now").text
    for phone in (refused, room.phone()):
        assert phone.get("/wait").status_code == 403
        assert phone.get("/now").headers["location"] == "/"
    assert room.phone().post("/ask", data={"code": room.code, "name": "Nobody"}).status_code == 409


def test_signing_out(room: RealRoom) -> None:
    """Signed out, by oneself or by the trainer, a phone is nobody's: its old cookie opens nothing, its listening ends."""
    room.open("amo")
    mine, lost = room.join("Amara Okafor"), room.join("Bo Lind")
    old = secret(mine)
    fields = as_it_stands(page(mine, "/now").form("/leave"))
    listening = pulses(mine)
    next(listening)
    assert mine.post("/leave", content=body_of(fields), headers=FORM).headers["location"] == "/?left=yes"
    assert len(list(listening)) <= 1  # one may have been on its way
    for phone in (mine, room.phone()):
        phone.cookies.set("room", old)
        assert phone.get("/now").headers["location"] == "/"
    before = room.recovery("Bo Lind")
    hears = pulses(lost)
    next(hears)
    room.do(c.SignPhonesOut(participant=room.who("Bo Lind")))
    assert len(list(hears)) <= 1
    assert lost.get("/now").headers["location"] == "/"
    again = room.phone()
    assert again.post("/rejoin", data={"code": room.code, "recovery": before}).status_code == 403
    answer = again.post("/rejoin", data={"code": room.code, "recovery": room.recovery("Bo Lind")})
    assert answer.status_code == 303


def test_the_room_is_opened_again(room: RealRoom) -> None:
    """Closed and opened again, the room has the same codes, knows the same phones, and keeps what was half written."""
    room.open("amo")
    phone = room.join("Amara Okafor")
    code, recovery, link = room.code, room.recovery("Amara Okafor"), room.door.screen_link
    form = filled(phone, "amo")
    text = next(key for key, given in form.items() if given[0].startswith("We agree"))
    assert phone.put("/do/amo/draft", json={text: "half a"}).status_code == 200
    room.end()
    with pytest.raises(httpx.TransportError):
        phone.get("/now")
    room.begin()
    assert (room.code, room.recovery("Amara Okafor"), room.door.screen_link) == (code, recovery, link)
    assert as_it_stands(page(phone, "/do/amo").form("/do/amo"))[text] == ["half a"]
    assert hand_in(phone, "amo", form).status_code == 303
