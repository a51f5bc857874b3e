"""Files that come as photos and are none, or unpack into more than a laptop holds."""

import io
import struct
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from PIL import Image

from pmworkshop.core.refusal import Refusal
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.room import RoomHouse
from tests.room.conftest import RealRoom, filled
from tests.room.forms import Page, as_it_stands

PATH = "/do/reward-ideas/photo/wall"


def png(width: int, height: int, pixels: bytes) -> bytes:
    """Return a picture that says it is of that size, whatever its pixels are."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def whole(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, kind)
    return out.getvalue()


BAD = {
    "nothing": b"",
    "text": b"Dear room, this is not a photo.",
    "page": b"<html><script>alert(1)</script></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "pdf": b"%PDF-1.7\n%%EOF",
    "zeros": bytes(100_000),
    "cut": whole("JPEG")[:200],
    "cut-png": whole("PNG")[:60],
    "huge": png(60_000, 60_000, zlib.compress(bytes(1000))),
    "bomb": png(20_000, 20_000, zlib.compress(bytes(20_000_000), 9)),
    "no-size": png(0, 0, b""),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_photo(full_room: RealRoom, name: str) -> None:
    """What is no photo, or unpacks into too much, is refused in words; the form keeps the rest and can be handed in."""
    phone = full_room.join(f"Photographer {name}")
    answer = phone.put(PATH, content=BAD[name], headers={"content-type": "image/png"})
    assert answer.status_code == 422
    assert len(answer.json()["error"]) > 20
    fields = filled(phone, "reward-ideas")
    given = {key: texts for key, texts in fields.items() if key != "wall"}
    files = {"wall": ("chart.png", BAD[name], "image/png")}
    if BAD[name]:  # an empty file with a name is what some browsers send for none
        back = phone.post("/do/reward-ideas", data=given, files=files)
        assert back.status_code == 422
        assert as_it_stands(Page(back.text).form("/do/reward-ideas"))["ideas"] == fields["ideas"]
    assert phone.post("/do/reward-ideas", data=given).status_code == 303
    assert full_room.faults == ""


def test_what_is_asked_for_is_a_photo(full_room: RealRoom) -> None:
    """Only a picture is taken, and only where one is asked for."""
    phone = full_room.join("Photographer")
    for path, kind, status in (
        (PATH, "text/plain", 415),
        (PATH, "", 415),
        ("/do/reward-ideas/photo/ideas", "image/png", 404),
        ("/do/nothing/photo/wall", "image/png", 404),
    ):
        assert phone.put(path, content=whole("PNG"), headers={"content-type": kind}).status_code == status, (
            path
        )
    for kind in ("PNG", "JPEG", "WEBP"):
        answer = phone.put(PATH, content=whole(kind), headers={"content-type": f"image/{kind.lower()}"})
        assert (answer.status_code, len(answer.json()["photo"])) == (200, 64)


def test_photos_one_after_the_other(full_room: RealRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many phones send photos at once, one is unpacked at a time, and the room answers meanwhile."""
    at_once, most, lock = 0, 0, threading.Lock()
    keep = RoomHouse.keep_photo_bytes

    def watched(self: RoomHouse, workshop: Workshop, raw: bytes) -> str | Refusal:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        try:
            return keep(self, workshop, raw)
        finally:
            with lock:
                at_once -= 1

    monkeypatch.setattr(RoomHouse, "keep_photo_bytes", watched)
    phones = [full_room.join(f"Photographer number {n}") for n in range(6)]

    def send(phone: httpx.Client) -> int:
        return phone.put(PATH, content=whole("PNG"), headers={"content-type": "image/png"}).status_code

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(send, phones)) == [200] * 6
    assert most == 1
