"""The room's locks: whose request is heard, who may see what, what a stolen code, file or page gives away."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.units import MINUTE, Instant
from pmworkshop.live.phones import ALPHABET, RECOVERY_LENGTH
from pmworkshop.room.context import Room
from pmworkshop.room.limits import Guesses
from pmworkshop.room.server import Tls
from tests.room.conftest import FORM, RealRoom, do, filled, hand_in, page
from tests.room.forms import Page, as_it_stands, body_of

HERE = Path(__file__).parent
TEN_THOUSAND = 10_000


@pytest.fixture
def locked_room(tmp_path: Path) -> Iterator[RealRoom]:
    """Open a room under https, with a certificate that is good for tests alone."""
    one = RealRoom(tmp_path / "https", Tls(cert=str(HERE / "localhost.crt"), key=str(HERE / "localhost.key")))
    yield one
    one.close()


def cookies(answer: httpx.Response) -> list[set[str]]:
    """Return each cookie's flags, in lower case, its name and value left out."""
    return [
        {part.strip().lower() for part in one.split(";")[1:]} for one in answer.headers.get_list("set-cookie")
    ]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8600", 200),
        ("192.168.1.20", 200),
        ("[::1]", 200),
        ("[fe80::1]:8600", 200),
        ("localhost", 200),
        ("LOCALHOST:8600", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example", 421),
        ("evil.example:8600", 421),
        ("2130706433", 421),
        ("0x7f.1", 421),
        ("127.1", 421),
        ("localhost.", 421),
        ("[::1", 421),
        ("[::1]evil.example", 421),
        ("localhost:80@evil.example", 421),
        ("127.0.0.1:x@evil.example", 421),
        ("127.0.0.1/evil", 421),
        ("127.0.0.1, evil.example", 421),
        ("", 421),
    ],
)
def test_host_names(full_room: RealRoom, host: str, status: int) -> None:
    """The room answers to addresses and to this laptop's own name; a page of another name cannot be made of it."""
    phone = full_room.phone()
    for path in ("/", "/about", "/static/room.js", "/healthz"):
        answer = phone.get(path, headers={"host": host})
        assert answer.status_code == status, path
        assert status == 200 or answer.text.startswith("This address is not the room's")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "https://{host}"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "http://localhost:{port}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://{host}"},
    ],
    ids=repr,
)
def test_other_sites_change_nothing(full_room: RealRoom, headers: dict[str, str]) -> None:
    """What a browser says came from a page of another site is refused before anybody looks at it."""
    who = f"Ada {secrets.token_hex(4)}"
    phone = full_room.join(who)
    fields, before = filled(phone, "ten-practices"), len(full_room.events())
    host = full_room.url.removeprefix("http://")
    sent = {name: given.format(host=host, port=full_room.port) for name, given in headers.items()}
    bodies = {
        "/join": {"code": [full_room.code], "name": ["Mallory"]},
        "/rejoin": {"code": [full_room.code], "recovery": [full_room.recovery(who)]},
        "/ask": {"code": [full_room.code], "name": [who]},
        "/leave": as_it_stands(page(phone, "/now").form("/leave")),
        "/mine": {"token": fields["submission"]},
        "/sign": {"token": fields["submission"], "name": ["Mallory"]},
        "/do/ten-practices": fields,
        "/cards/difficult-conversations": {"token": fields["submission"], "what": ["draw"]},
    }
    for path, given in bodies.items():
        answer = phone.post(path, content=body_of(given), headers=FORM | sent)
        assert (answer.status_code, answer.headers.get("set-cookie")) == (403, None), path
    assert phone.put("/do/ten-practices/draft", json={"highest": "x"}, headers=sent).status_code == 403
    assert len(full_room.events()) == before
    good = {"origin": full_room.url, "sec-fetch-site": "same-origin"}
    assert phone.post("/do/ten-practices", content=body_of(fields), headers=FORM | good).status_code == 303


def test_a_form_of_another_phone(full_room: RealRoom) -> None:
    """A form that came from somebody else's page, or from none, changes nothing; all that is on it comes back."""
    ada, eve = full_room.join("Ada Form"), full_room.join("Eve Form")
    theirs = filled(ada, "ten-practices")
    before = len(full_room.events())
    mine = filled(eve, "ten-practices")
    for token in (
        theirs["submission"],
        [""],
        ["x"],
        [mine["submission"][0][:-1]],
        [mine["submission"][0] * 2],
    ):
        answer = hand_in(eve, "ten-practices", mine | {"submission": token})
        assert answer.status_code == 403, token
        again = as_it_stands(Page(answer.text).form("/do/ten-practices"))
        assert again["highest"] == mine["highest"]
        assert again["submission"] != token
        for path in ("/mine", "/cards/difficult-conversations"):
            answer = eve.post(path, content=body_of({"token": token, "what": ["draw"]}), headers=FORM)
            assert answer.status_code == 422, path
        eve_stays = full_room.phone()
        eve_stays.cookies.set("room", str(eve.cookies["room"]))
        eve_stays.post("/leave", content=body_of({"token": token}), headers=FORM)
        assert eve.get("/now").status_code == 200
    assert len(full_room.events()) == before


def test_nobody_writes_over_anothers_output(full_room: RealRoom) -> None:
    """Whoever names another's output in a form, a draft or an address gets one of their own, or nothing."""
    ada, eve = full_room.join("Ada Own"), full_room.join("Eve Own")
    do(ada, "motivators")
    (hers,) = (one for one in full_room.outputs("motivators") if one.participant == full_room.who("Ada Own"))
    fields = filled(eve, "motivators", query=f"?output={hers.id}")
    assert fields["output"] != [hers.id]
    (code,) = (name for name, given in fields.items() if given == ["tm1"])
    for number, wanted in enumerate((hers.id, "../../etc", "<b>", "a" * 400, "x&y", "\u202e", "é")):
        mine = fields | {"output": [wanted], code: [f"TM{number}"]}
        assert hand_in(eve, "motivators", mine).status_code == 303
    outputs = {one.id: one for one in full_room.outputs("motivators")}
    assert outputs[hers.id].versions == hers.versions
    assert len(outputs) == 8
    assert all(one.isascii() and one.isalnum() and len(one) <= 40 for one in outputs)
    assert eve.get(f"/done/motivators?output={hers.id}").text.count(hers.id) == 0
    assert eve.get(f"/photo/{hers.id}/person").status_code == 404


def test_the_cookie(room: RealRoom, locked_room: RealRoom) -> None:
    """The cookie is out of reach of scripts and other sites, and goes over https alone exactly where there is https."""
    for one, wanted in ((room, set[str]()), (locked_room, {"secure"})):
        answer = one.phone().post("/join", data={"code": one.code, "name": "Ada"})
        (flags,) = cookies(answer)
        assert {"httponly", "samesite=lax", "path=/"} | wanted <= flags
        assert ("secure" in flags) == bool(wanted)
        assert not [flag for flag in flags if flag.startswith("domain")]
        (flags,) = cookies(one.phone().post("/ask", data={"code": one.code, "name": "ada"}))
        assert {"httponly", "samesite=lax"} | wanted <= flags
        assert ("secure" in flags) == bool(wanted)
    told = {"x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.9"}
    (flags,) = cookies(room.phone().post("/join", data={"code": room.code, "name": "Bo"}, headers=told))
    assert "secure" not in flags


def test_plain_words_at_a_locked_door(locked_room: RealRoom) -> None:
    """What is not https at all is let go without a word, and the room goes on."""
    for line in (b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n", b"\x16\x03\x01\x00\x05hello", b"\x00" * 50):
        assert b"HTTP/1.1 200" not in locked_room.raw(line, patience=0.3)
    assert locked_room.phone().get("/healthz").text == "ok"
    assert locked_room.door.url.startswith("https://")


def test_what_a_copied_folder_gives_away(room: RealRoom) -> None:
    """No file of the cohort holds a phone's secret, a ticket, or any code, so that a copy lets nobody in."""
    room.open("amo")
    fields = as_it_stands(page(room.phone(), f"/?code={room.code}").form("/join")) | {
        "name": ["Ada Lovelace"]
    }
    phone = room.phone()
    phone.post("/join", content=body_of(fields), headers=FORM)
    asking = room.phone()
    asking.post("/ask", data={"code": room.code, "name": "Ada Lovelace"})
    (waits,) = room.door.asking()
    room.door.admit(waits.id, room.who("Ada Lovelace"))
    assert asking.get("/wait").status_code == 303
    do(phone, "amo")
    known = [str(one.cookies["room"]) for one in (phone, asking)]
    known += [room.recovery("Ada Lovelace"), room.door.screen_link.partition("key=")[2]]
    room.end()
    files = [one for one in room.data.rglob("*") if one.is_file()]
    kept = b"".join(one.read_bytes() for one in files)
    assert b"Ada Lovelace" in kept
    assert not [one for one in known if one.encode() in kept or len(one) < RECOVERY_LENGTH]
    room.begin()


def test_ten_thousand_guesses_in_an_hour() -> None:
    """Of ten thousand recovery codes tried in an hour, however many browsers one pretends to be, 120 are looked at."""
    guesses = Room.__new__(Room)
    guesses.recovery_guesses = Guesses(total=60, a_minute=1, each=10)
    looked = 0
    for number in range(TEN_THOUSAND):
        now, client = Instant(1_000_000_000 + number * 60 * MINUTE // TEN_THOUSAND), f"client {number}"
        if guesses.recovery_guesses.may(client, now):
            guesses.recovery_guesses.wrong(client)
            looked += 1
    assert 0 < looked <= 120
    assert looked * 100_000 < len(ALPHABET) ** RECOVERY_LENGTH


def test_guessing_at_the_door(room: RealRoom) -> None:
    """After ten wrong recovery codes, or forty wrong codes of the room, one browser has to wait; others come in all the same."""
    room.join("Ada")
    code, eve = room.recovery("Ada"), room.phone("eve")
    answers = [
        eve.post("/rejoin", data={"code": room.code, "recovery": f"2222{n:02}"}).status_code
        for n in range(12)
    ]
    assert answers == [403] * 10 + [429] * 2
    last = eve.post("/rejoin", data={"code": room.code, "recovery": code})
    assert last.status_code == 429
    assert "set-cookie" not in last.headers
    assert room.phone("ada").post("/rejoin", data={"code": room.code, "recovery": code}).status_code == 303
    wrong = [
        eve.post("/rejoin", data={"code": room.code, "recovery": "x"}, headers={"user-agent": f"eve {n}"})
        for n in range(60)
    ]
    assert [one.status_code for one in wrong] == [403] * 50 + [429] * 10
    joined = [eve.post("/join", data={"code": "x", "name": "Eve"}).status_code for _ in range(45)]
    assert joined == [403] * 40 + [429] * 5
    assert room.phone("bo").post("/join", data={"code": room.code, "name": "Bo"}).status_code == 303


def test_the_projector_is_the_trainers(room: RealRoom) -> None:
    """Another machine sees the projector's page and hears its news only with the link; this laptop sees them always."""
    room.open("amo")
    cookie = f"room={room.join('Ada').cookies['room']}"
    key = room.door.screen_link.partition("key=")[2]
    for path in ("/screen", "/screen/events"):
        refused = 403 if path == "/screen" else 401
        strangers = [
            {},
            {"cookie": cookie},
            {"host": "127.0.0.1:8600"},
            {"host": "localhost"},
            {"client": "127.0.0.1"},
            {"client": "", "host": "localhost"},
        ]
        for who in strangers:
            for query in (
                "",
                "?key=",
                f"?key={key[:-1]}",
                f"?key={'0' * 32}",
                f"?key={room.code}",
                "?key=%ff",
            ):
                status, body = room.from_elsewhere(path + query, **who)
                assert (status, room.code.encode() in body) == (refused, False), (who, query)
        status, body = room.from_elsewhere(f"{path}?key={key}")
        assert status == 200
        assert (b"data: " in body) == (path == "/screen/events")
        assert room.from_elsewhere(path, host="localhost", client="127.0.0.1")[0] == 200
        assert room.from_elsewhere(path, host="[::1]:8600", client="::1")[0] == 200
    forged = {"x-forwarded-for": "127.0.0.1", "forwarded": "for=127.0.0.1"}
    assert room.phone().get("/screen", headers=forged | {"host": "192.168.1.20"}).status_code == 403


def test_a_signed_out_phone_hears_nothing_more(room: RealRoom) -> None:
    """Whoever was taken off the register has no page and no news, whatever their phone still holds."""
    phone = room.join("Ada")
    room.do(c.RemoveParticipant(participant=room.who("Ada")))
    assert phone.get("/now").headers["location"] == "/"
    assert phone.get("/events").status_code == 401
