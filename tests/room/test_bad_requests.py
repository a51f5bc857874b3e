"""What no browser sends: broken, endless, slow, huge and crooked requests. Each is answered or let go, and costs nobody else."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from pmworkshop.room import guard, server
from tests.room.conftest import FORM, LOCAL, RealRoom, do, until
from tests.room.wire import sent

JSON = {"content-type": "application/json"}
PARTS = {"content-type": "multipart/form-data; boundary=a"}
TAIL = b"\r\nhost: 127.0.0.1\r\n"
NO_STATUS = b""


@pytest.fixture
def phone(full_room: RealRoom) -> Iterator[httpx.Client]:
    """Come in as somebody new."""
    yield full_room.join(f"Somebody {time.monotonic_ns()}")
    assert full_room.faults == ""


def status(answer: bytes) -> int:
    """Return the status of an answer as it came over the line; 0 where the line was closed without one."""
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0


def part(head: bytes, body: bytes = b"x") -> bytes:
    return b"--a\r\n" + head + b"\r\n\r\n" + body + b"\r\n--a--\r\n"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (FORM, b"\x00\xff%00%ff%zz%&=&&==;+&code=%&name=%"),
        (FORM, b"submission=%ed%a0%80&output=%00&edition=%c2%b2&name=%ff"),
        (FORM, b"&".join(b"field%d=1" % n for n in range(5000))),
        (FORM, b"name=" + b"a" * 1_900_000),
        (FORM, b"a" * 1_900_000),
        (FORM, b"edition=99999999999999999999&more-rows=x&with-gaps=x&output=" + b"9" * 5000),
        ({"content-type": "multipart/form-data"}, b"--a\r\n"),
        ({"content-type": "multipart/form-data; boundary=" + "b" * 5000}, b"x"),
        (PARTS, b"--a\r\nno colon here\r\n\r\nx\r\n--a--\r\n"),
        (PARTS, part(b"content-disposition: form-data")),
        (PARTS, part(b'content-disposition: form-data; name="name"', b"\xff\xfe\x00")[:-8]),
        (PARTS, part(b'content-disposition: form-data; name="name"; filename="\x00../../x"')),
        (PARTS, part(b'content-disposition: form-data; name="\xff"; filename=""')),
        (PARTS | {"content-type": PARTS["content-type"] + "; charset=utf-7"}, part(b"x: y")),
        (PARTS, part(b'content-disposition: form-data; name="code"', b"y" * 1_500_000)),
        (JSON, b"[" * 100_000),
        (JSON, b'{"highest":' + b'{"a":' * 50_000),
        (JSON, b'{"highest":"\\ud800","lowest":"\\u0000","action":"' + b"\xff" * 9 + b'"}'),
        (JSON, b'{"highest":NaN,"lowest":-Infinity,"practice-1":1e999}'),
        (JSON, b'{"highest":' + b"9" * 5000 + b"}"),
        (JSON, '{"highest":"x"}'.encode("utf-16")),
        (JSON, b'{"highest":"a","highest":{"b":[null,true,[[]]]},"group-members":{"a":[1]}}'),
        (JSON, b"\xef\xbb\xbf{}"),
        ({"content-type": "\xff/;;;="}, b"x=1"),
        ({}, b"x=1"),
    ],
)
def test_crooked_bodies(phone: httpx.Client, headers: dict[str, str], body: bytes) -> None:
    """Whatever stands in a body, no page takes it for more than it is, and none falls over it."""
    sent_headers = {name.encode(): given.encode("latin-1") for name, given in headers.items()}
    for method, path in (
        ("POST", "/join"),
        ("POST", "/rejoin"),
        ("POST", "/ask"),
        ("POST", "/mine"),
        ("POST", "/sign"),
        ("POST", "/do/ten-practices"),
        ("POST", "/do/why-appraise"),
        ("PUT", "/do/ten-practices/draft"),
        ("PUT", "/do/why-appraise/photo/photo"),
        ("POST", "/cards/difficult-conversations"),
    ):
        answer = phone.request(method, path, content=body, headers=sent_headers)
        assert 200 <= answer.status_code < 500, (path, answer.status_code)
        assert answer.status_code != 303, path
    assert phone.get("/do/ten-practices").status_code == 200


def test_nesting_of_any_depth(phone: httpx.Client) -> None:
    """A draft nested as deeply as can be read is kept or refused, and its form still opens."""
    for depth in (1, 100, 500, *range(940, 1000)):
        body = b'{"highest":' + b"[" * depth + b"]" * depth + b"}"
        answer = phone.put("/do/ten-practices/draft", content=body, headers=JSON)
        assert answer.status_code in (200, 400), depth
    body = b'{"highest":"x","group-members":' + b"[" * 900 + b"]" * 900 + b"}"
    assert phone.put("/do/ten-practices/draft", content=body, headers=JSON).status_code in (200, 400)
    assert phone.get("/do/ten-practices").status_code == 200


@pytest.mark.parametrize(
    "lines",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9" + TAIL,
        b"GET /" + TAIL,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x00" * 100 + b"\r\n\r\n",
        b"\r\n" * 5000,
        b"GET " + b"/" * 70_000 + b" HTTP/1.1" + TAIL,
        b"GET / HTTP/1.1" + TAIL + b"x: " + b"y" * 70_000,
        b"GET / HTTP/1.1" + TAIL + b"cookie: " + b"a=b; " * 20_000,
        b"GET / HTTP/1.1" + TAIL + b"".join(b"h%d: x\r\n" % n for n in range(20_000)),
        b"GET / HTTP/1.1" + TAIL + b"host: 127.0.0.1\r\n",
        b"GET / HTTP/1.1" + TAIL + b"\xff\xfe: x\r\n",
        b"GET / HTTP/1.1" + TAIL + b" folded: x\r\n",
        b"GET / HTTP/1.1" + TAIL + b"content-length: -1\r\n",
        b"POST /join HTTP/1.1" + TAIL + b"content-length: 9\r\ncontent-length: 8\r\n",
        b"POST /join HTTP/1.1" + TAIL + b"content-length: " + b"9" * 30 + b"\r\n",
        b"POST /join HTTP/1.1" + TAIL + b"transfer-encoding: gzip\r\n",
        b"POST /join HTTP/1.1" + TAIL + b"transfer-encoding: chunked\r\n\r\nzz\r\n",
        b"POST /join HTTP/1.1" + TAIL + b"transfer-encoding: chunked\r\n\r\nfffffffffffffffffffff\r\n",
        b"GET /%zz%ff%00 HTTP/1.1" + TAIL,
        b"GET * HTTP/1.1" + TAIL,
        b"GET http://evil.example/ HTTP/1.1" + TAIL,
        b"CONNECT evil.example:443 HTTP/1.1" + TAIL,
        b"GET / HTTP/1.1" + TAIL + b"upgrade: websocket\r\nconnection: upgrade\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /static/room.js HTTP/1.1" + TAIL + b"range: bytes=9-1,a-b,0-0,-\r\n",
        b"GET /static/room.js HTTP/1.1" + TAIL + b"range: bytes=" + b"0-1," * 3000 + b"0-1\r\n",
    ],
)
def test_broken_lines(full_room: RealRoom, lines: bytes) -> None:
    """A line that is no good request is answered with a refusal or closed, and the room is as well as before."""
    answer = full_room.raw(lines + b"connection: close\r\n\r\n", patience=0.5)
    assert status(answer) in (0, 200, 206, 400, 403, 404, 405, 413, 414, 416, 421), answer[:200]
    assert b"Traceback" not in answer
    assert full_room.phone().get("/healthz").text == "ok"
    assert full_room.faults == ""


def test_no_path_leads_out(full_room: RealRoom) -> None:
    """No way of writing a path reads a file beside the room's own, the journal, the keys or the program."""
    secret = b"Invariants"
    assert secret in Path(guard.__file__).read_bytes()
    ups = ("..", "%2e%2e", "..%2f", "%2e%2e%2f", "..%5c", "%252e%252e", "....//", "..;", ".%00.")
    paths = [f"/static/{up}/guard.py" for up in ups] + [f"/static/{up}/{up}/{up}/etc/passwd" for up in ups]
    paths += [
        "/static//etc/passwd",
        "/static/%2fetc/passwd",
        "/static",
        "/static/",
        "/static/room.js/..%2f..%2fguard.py",
    ]
    paths += ["//etc/passwd", "/../guard.py", "/templates/base.html", "/static/../templates/base.html"]
    paths += [
        f"/static/{full_room.journal}",
        f"/photo/{'../' * 9}etc/passwd/x",
        "/photo/..%2f..%2fjournal.db/x",
    ]
    cookie = f"cookie: room={full_room.join(f'Path {time.monotonic_ns()}').cookies['room']}\r\n"
    for path in paths:
        request = f"GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{cookie}\r\n"
        answer = full_room.raw(request.encode())
        assert status(answer) in (303, 307, 400, 404), (path, answer[:100])
        for told in (secret, b"root:", b"{% block", b"SQLite"):
            assert told not in answer, path
    assert full_room.faults == ""


def test_methods(phone: httpx.Client) -> None:
    """Each page is asked for and handed in as it says, and by no other method; HEAD is GET without the page."""
    for method in ("DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "GE\u0054X"):
        for path in ("/", "/now", "/do/amo", "/events", "/static/room.js"):
            assert phone.request(method, path).status_code == 405, (method, path)
    for method, path in (
        ("POST", "/now"),
        ("PUT", "/do/amo"),
        ("GET", "/join"),
        ("POST", "/screen"),
        ("PUT", "/"),
    ):
        answer = phone.request(method, path)
        assert (answer.status_code, "cannot be done here" in answer.text) == (405, True), path
    for path in ("/", "/now", "/do/amo", "/mine", "/about", "/screen", "/healthz", "/static/room.js"):
        head, whole = phone.head(path), phone.get(path)
        assert (head.status_code, head.content) == (200, b""), path
        assert head.headers["content-type"] == whole.headers["content-type"]
    assert phone.head("/events").status_code == 404


def test_large_bodies(full_room: RealRoom, phone: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """What says that it is too large is refused unread, and what grows too large is cut off, at the limit of its kind."""
    cookie = f"cookie: room={phone.cookies['room']}\r\n".encode()
    for declared in (
        b"content-type: application/json\r\ncontent-length: 2000001\r\n",
        b"content-type: image/png\r\ncontent-length: 48000001\r\n",
        b"content-type: multipart/form-data\r\ncontent-length: 1000000000000000\r\n",
    ):
        head = b"PUT /do/amo/draft HTTP/1.1" + TAIL + cookie + declared + b"expect: 100-continue\r\n\r\n"
        answer = full_room.raw(head)
        assert status(answer) == 413, declared
        assert b"100 Continue" not in answer
    monkeypatch.setattr(guard, "LARGEST_BODY", 100_000)
    monkeypatch.setattr(guard, "LARGEST_PHOTO", 300_000)
    chunk = b"c350\r\n" + b"x" * 50_000 + b"\r\n"
    for method, path, kind, chunks in (
        (b"POST", b"/join", b"application/x-www-form-urlencoded", 3),
        (b"PUT", b"/do/ten-practices/draft", b"application/json", 3),
        (b"POST", b"/do/reward-ideas", b"multipart/form-data; boundary=a", 7),
        (b"PUT", b"/do/reward-ideas/photo/wall", b"image/png", 7),
    ):
        head = method + b" " + path + b" HTTP/1.1" + TAIL + cookie + b"content-type: " + kind
        head += b"\r\ntransfer-encoding: chunked\r\n\r\n"
        if b"multipart" in kind:
            start = b"--a\r\ncontent-disposition: form-data; name=wall; filename=f\r\n\r\n"
            head += b"%x\r\n%s\r\n" % (len(start), start)
        answer = full_room.raw(head, *[chunk] * chunks, patience=3.0)
        assert status(answer) == 413, (path, answer[:100])


def test_slow_bodies(full_room: RealRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body that stops, or comes in drips for ever, is given up with a word about it; nobody waits for it."""
    monkeypatch.setattr(guard, "CHUNK_SECONDS", 0.3)
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.6)
    head = b"POST /join HTTP/1.1" + TAIL + b"content-type: application/x-www-form-urlencoded\r\n"
    for name, drips in (("none", []), ("drips", [b"a"] * 12)):
        began = time.monotonic()
        answer = full_room.raw(head + b"content-length: 500\r\n\r\n", *drips, pause=0.1)
        assert status(answer) == 408, name
        assert b"connection: close" in answer.lower()
        assert time.monotonic() - began < 3
    cookie = full_room.join(f"Slow {time.monotonic_ns()}").cookies["room"]
    listening = (
        f"GET /events HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: room={cookie}\r\ncontent-length: 5\r\n\r\n"
    )
    answer = full_room.raw(listening.encode(), patience=1.0)
    assert b"event: pulse" in answer
    assert answer.endswith(b"0\r\n\r\n")
    assert full_room.faults == ""


def test_lines_that_ask_nothing(room: RealRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that asks nothing, or begins to ask and does not come to an end, is let go, the second question as the first."""
    monkeypatch.setattr(server, "ASK_SECONDS", 0.4)
    whole = b"GET /healthz HTTP/1.1" + TAIL + b"\r\n"
    drips = [b"x"] * 14
    for parts in (
        [b""],
        [b"GET /he"],
        [b"GET / HTTP/1.1" + TAIL],
        drips,
        [whole, b"GET /he"],
        [whole, *drips],
    ):
        began = time.monotonic()
        answer = room.raw(*parts, pause=0.05)
        assert status(answer) == (200 if parts[0] == whole else 0), parts
        assert 0.3 < time.monotonic() - began < 2.5, parts
    slow = b"POST /join HTTP/1.1" + TAIL + b"content-length: 10\r\nconnection: close\r\n\r\n"
    assert status(room.raw(slow, *[b"code=22222"[n : n + 1] for n in range(10)], pause=0.1)) == 403
    assert room.raw(whole * 2, patience=0.2).count(b"HTTP/1.1 200") == 2
    with socket.create_connection((LOCAL, room.port), timeout=0.05) as patient:
        for _ in range(4):  # one that asks now and then stays
            assert b"ok" in sent(patient, whole, pause=0.05)
            time.sleep(0.1)


def test_a_thousand_lines_that_ask_nothing(room: RealRoom) -> None:
    """A thousand open lines that ask nothing keep no phone out and slow none down."""
    with ExitStack() as lines:
        for _ in range(1000):
            lines.enter_context(socket.create_connection((LOCAL, room.port), timeout=5))
        began = time.monotonic()
        room.open("amo")
        do(room.join("Ada Lovelace"), "amo")
        assert time.monotonic() - began < 2


@pytest.mark.parametrize("asked", [b"", b"POST /join HTTP/1.1" + TAIL + b"content-length: 500\r\n\r\ncode="])
def test_more_lines_than_there_are_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: bytes
) -> None:
    """Where all places are taken by lines that ask nothing, or do not come to an end, the oldest makes room for a phone."""
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 50)
    room = RealRoom(tmp_path)
    try:
        with ExitStack() as lines:
            for _ in range(120):
                line = lines.enter_context(socket.create_connection((LOCAL, room.port), timeout=5))
                line.sendall(asked)
            until(lambda: len(room.door._serving._server.server_state.connections) == 50, "fifty lines")
            phone = room.join("Ada Lovelace")
            for _ in range(5):
                assert phone.get("/now").status_code == 200
    finally:
        room.close()
