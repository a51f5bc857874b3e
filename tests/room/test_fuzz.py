"""Requests nobody thought of: any method, path, headers and body, and any answers in any form."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from pmworkshop.core import commands as c
from pmworkshop.core.answers import read
from pmworkshop.core.text import clean
from pmworkshop.live.phones import device_of, new_secret
from tests.room.conftest import RealRoom, filled, hand_in, page
from tests.room.forms import Fields, Page, as_it_stands, fill, raw_of
from tests.room.test_hostile import HOSTILE, harmless

GETS = (
    *("/", "/wait", "/now", "/mine", "/about", "/healthz", "/screen", "/events", "/screen/events"),
    *("/sign", "/signed", "/do/{}", "/done/{}", "/photo/{}/{}", "/cards/{}", "/static/{}", "/{}", "/{}/{}"),
)
POSTS = ("/join", "/rejoin", "/ask", "/leave", "/mine", "/sign", "/do/{}", "/cards/{}")
PUTS = ("/do/{}/draft", "/do/{}/photo/{}")
ROUTES = {"GET": GETS, "HEAD": GETS, "POST": POSTS, "PUT": PUTS, "DELETE": GETS, "X": POSTS}
METHODS = ("GET", "GET", "GET", "POST", "POST", "POST", "PUT", "PUT", "HEAD", "DELETE", "X")
HEADERS = (
    *("origin", "sec-fetch-site", "content-type", "cookie", "range", "if-range"),
    *("if-none-match", "if-modified-since", "accept", "accept-encoding", "user-agent", "x-forwarded-proto"),
    *("x-forwarded-for", "forwarded", "referer", "last-event-id", "content-encoding"),
)
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=a"
KINDS = (FORM, PARTS, "application/json", "image/png")
NAMES = (
    *("submission", "token", "output", "edition", "code", "name"),
    *("recovery", "ticket", "what", "seat", "in-pack"),
    *("seen", "agreed", "whole", "ai-use", "reuse", "refuses", "may-be-named"),
)
KNOWN = (
    *("amo", "ten-practices", "evaluation", "wall", "room.js", "Eve Fuzz", "0", "yes", "dark"),
    *("sit", "draw", "begin", "swap", "stand", "1:Group 1", "0:Group 1"),
)
QUERIES = ("code", "key", "theme", "output", "explain", "said", "again")

anything = st.text(max_size=40) | st.sampled_from(HOSTILE)
plain = st.characters(codec="utf-8")
odd_bytes = st.binary(max_size=30).map(lambda raw: raw.translate(None, b"\r\n\x00").strip(b" \t\x0b\x0c"))
json_scalars = st.none() | st.booleans() | st.integers() | st.floats() | anything
json_lists = st.lists(json_scalars, max_size=4)
json_objects = st.dictionaries(anything, json_scalars | json_lists, max_size=4)
json_values = json_scalars | json_lists | json_objects | st.lists(json_objects, max_size=4)


class Knows:
    """What an attacker may know of the room: ids, tokens and codes that are right, among those that are not."""

    def __init__(self, room: RealRoom) -> None:
        self._room = room
        self.phone, self.other = room.join("Eve Fuzz"), room.join("Bo Fuzz")
        hand_in(self.phone, "motivators", filled(self.phone, "motivators"))
        outputs = [one.id for one in room.outputs("motivators")]
        self.ids = ["ten-practices", "reward-ideas", "evaluation", "motivators", "wall", *outputs]
        codes = [room.code, room.recovery("Bo Fuzz"), str(room.exercise("conversation-cards").deck)]
        self.items = [item.id for item in room.exercise("ten-practices").items] + list(NAMES)
        self.words = [*KNOWN, *outputs, *codes, room.url, token_of(self.other), token_of(self.phone)]

    def come_back(self) -> None:
        """Come in again where a request signed the phone out."""
        if device_of(str(self.phone.cookies.get("room"))) not in self._room.workshop.state.phones:
            self.phone.cookies.clear()
            secret, eve = new_secret(), self._room.who("Eve Fuzz")
            self._room.do(c.LinkPhone(participant=eve, device=device_of(secret), way="trainer"))
            self.phone.cookies.set("room", secret)
            self.words[-1] = token_of(self.phone)


def token_of(phone: httpx.Client) -> str:
    return as_it_stands(page(phone, "/now").form("/leave"))["token"][0]


@pytest.fixture(scope="module")
def knows(full_room: RealRoom) -> Iterator[Knows]:
    yield Knows(full_room)
    assert full_room.faults == ""


def fitting(data: st.DataObject, known: list[str]) -> str:
    found: str = data.draw(st.one_of(*[st.sampled_from(known)] * 3, anything))
    return found


def a_path(data: st.DataObject, method: str, knows: Knows) -> bytes:
    route = data.draw(st.sampled_from(ROUTES[method]))
    while "{}" in route:
        raw = fitting(data, knows.ids).encode("utf-8", "surrogatepass") or data.draw(
            st.binary(min_size=1, max_size=8)
        )
        route = route.replace("{}", quote_from_bytes(raw, safe=""), 1)
    query = {
        name: fitting(data, knows.words) for name in data.draw(st.lists(st.sampled_from(QUERIES), max_size=2))
    }
    asked = (
        urlencode(query, errors="surrogatepass").encode() or quote_from_bytes(data.draw(odd_bytes)).encode()
    )
    return route.encode() + (b"?" + asked if asked else b"")


def a_body(data: st.DataObject, knows: Knows) -> tuple[bytes, bytes]:
    """Return a body and its kind."""
    kind = data.draw(st.sampled_from(KINDS))
    names = data.draw(st.lists(st.sampled_from(knows.items), max_size=8))
    given = [(name, fitting(data, knows.words)) for name in names]
    if kind == FORM:
        return urlencode(given, errors="surrogatepass").encode(), kind.encode()
    if kind == "application/json":
        body: Any = {name: data.draw(json_values) for name in names} if names else data.draw(json_values)
        return json.dumps(body).encode(), kind.encode()
    if kind == PARTS:
        head = data.draw(st.sampled_from((b"", b'; filename="x"', b"; filename*=utf-8''%ff")))
        parts = [
            b'--a\r\ncontent-disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
            % (name.encode(), head, words.encode("utf-8", "surrogatepass"))
            for name, words in given
        ]
        return b"".join(parts) + data.draw(st.sampled_from((b"--a--\r\n", b"--a", b""))), kind.encode()
    return data.draw(st.binary(max_size=200)), kind.encode()


def some_headers(data: st.DataObject, knows: Knows) -> dict[bytes, bytes]:
    names = data.draw(st.lists(st.sampled_from(HEADERS), max_size=2, unique=True))
    return {
        name.encode(): fitting(data, knows.words)
        .encode("utf-8", "ignore")
        .translate(None, b"\r\n\x00")
        .strip()
        for name in names
    }


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_request(full_room: RealRoom, knows: Knows, data: st.DataObject) -> None:
    """Whatever is asked, the answer is no fault, carries what every answer carries, and its page does nothing by itself."""
    knows.come_back()
    method = data.draw(st.sampled_from(METHODS))
    body, kind = a_body(data, knows) if method in ("POST", "PUT") else (b"", b"")
    headers = ({b"content-type": kind} if kind else {}) | some_headers(data, knows)
    path = a_path(data, method, knows)
    try:
        with knows.phone.stream(
            method, path.decode("ascii"), content=body, headers=list(headers.items())
        ) as answer:
            streams = answer.headers.get("content-type", "").startswith("text/event-stream")
            text = "" if streams else answer.read().decode("utf-8", "replace")
    except (httpx.LocalProtocolError, httpx.InvalidURL):
        return  # no client can send this
    event(str(answer.status_code))
    assert answer.status_code < 500, text
    if text.startswith("<!doctype"):
        harmless(path.decode(), Page(text))
    assert full_room.faults == ""


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_any_answers(full_room: RealRoom, knows: Knows, data: st.DataObject) -> None:
    """Whatever is typed into a form is handed in just as it reads, or comes back as it was typed, with nothing recorded."""
    name = data.draw(st.sampled_from([one for one in full_room.exercises if one != "evaluation"]))
    knows.come_back()
    form = page(knows.phone, f"/do/{name}")
    fields: Fields = fill(form, name)
    own = [key for key in fields if key not in ("submission", "output", "edition")]
    for key in data.draw(st.lists(st.sampled_from(own), min_size=1, max_size=4, unique=True)):
        fields[key] = [data.draw(st.text(plain, max_size=60) | st.sampled_from(HOSTILE))]
    before = full_room.workshop.state
    answer = hand_in(knows.phone, name, fields)
    exercise = before.editions[name][-1]
    expected = read(exercise, raw_of(exercise, fields))
    if answer.status_code == 303:
        found = full_room.workshop.state.outputs[answer.headers["location"].partition("output=")[2]]  # type: ignore[index]
        assert not expected.flaws
        assert found.newest.answers == expected.answers
        return
    assert answer.status_code == 422
    assert full_room.workshop.state.outputs == before.outputs
    stands = as_it_stands(Page(answer.text).form(f"/do/{name}"))
    for key in own:
        kinds = {one.kind for one in form.form(f"/do/{name}") if one.name == key}
        if kinds <= {"text", "textarea"}:
            assert [one.strip() for one in stands[key]] == [clean(one).strip() for one in fields[key]], key
