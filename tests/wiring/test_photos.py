"""Photos are kept beside the journal under their hash: smaller, upright, and with nothing hidden in them."""

import hashlib
import io
import os
import struct
import sys
import zlib
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageOps

from pmworkshop.core.refusal import Refusal
from pmworkshop.wiring.photos import LONGEST_SIDE, keep_photo, photo_path, redrawn


def phone_photo(size: tuple[int, int] = (4000, 3000)) -> bytes:
    """Return a photo as a phone takes it: large, lying on its side, with camera, place and comment."""
    picture = Image.effect_noise((size[0] // 8, size[1] // 8), 60).resize(size).convert("RGB")
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SecretPhoneMaker"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 31.0, 26.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"taken in the board room", quality=95)
    return out.getvalue()


def test_a_photo_is_kept_under_its_hash_and_tells_nothing_but_the_picture(tmp_path: Path) -> None:
    """What is kept is named by its own SHA-256, upright, bounded, and free of camera, place and comment."""
    given = tmp_path / "Flip chart ü.jpg"
    given.write_bytes(phone_photo())
    photo = keep_photo(tmp_path, f" '{given}' ")
    assert isinstance(photo, str)
    raw = photo_path(tmp_path, photo).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == photo
    assert len(raw) < len(given.read_bytes()) / 2
    assert b"SecretPhoneMaker" not in raw
    assert b"board room" not in raw
    with Image.open(io.BytesIO(raw)) as kept:
        assert max(kept.size) == LONGEST_SIDE
        assert kept.height > kept.width
        assert not kept.getexif()
    assert keep_photo(tmp_path, str(given)) == photo
    assert [path.name for path in (tmp_path / "photos").iterdir()] == [f"{photo}.jpg"]


def bomb() -> bytes:
    """Return a PNG that says it is 60,000 by 60,000."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7 not a picture", "no picture"),
        (b"", "no picture"),
        (phone_photo((400, 300))[:2000], "damaged"),
        (bomb(), "too large"),
    ],
    ids=["pdf", "empty", "cut off", "bomb"],
)
def test_what_is_no_good_photo_is_refused_in_words(tmp_path: Path, raw: bytes, words: str) -> None:
    """A file that is no picture, damaged or a bomb is refused in words, and nothing is kept of it."""
    given = tmp_path / "given.jpg"
    given.write_bytes(raw)
    refused = keep_photo(tmp_path, str(given))
    assert isinstance(refused, Refusal)
    assert words in refused.words
    assert not list((tmp_path / "photos").glob("*"))


def test_a_path_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    """A wrong path, or a folder, is refused with what to do."""
    for given in (tmp_path / "nothing.jpg", tmp_path):
        refused = keep_photo(tmp_path, str(given))
        assert isinstance(refused, Refusal)
        assert "Drag the file" in refused.words


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such devices in its folders")
def test_a_device_or_a_pipe_is_not_read(tmp_path: Path) -> None:
    """What has no end is refused at once: a participant may type any path."""
    os.mkfifo(tmp_path / "pipe")
    for given in (Path("/dev/zero"), tmp_path / "pipe"):
        refused = keep_photo(tmp_path, str(given))
        assert isinstance(refused, Refusal)
        assert "no file" in refused.words


def test_an_address_is_a_path(tmp_path: Path) -> None:
    """Some terminals write a dragged file as an address, with its spaces and accents escaped."""
    given = tmp_path / "Flip chart ü.jpg"
    given.write_bytes(phone_photo((400, 300)))
    assert isinstance(keep_photo(tmp_path, given.as_uri()), str)


@pytest.mark.parametrize("kind", ["DDS", "TGA", "ICO"])
def test_rare_decoders_are_not_let_loose(kind: str) -> None:
    """Only what phones and scanners write is opened."""
    out = io.BytesIO()
    Image.new("RGB", (32, 32)).save(out, kind)
    refused = redrawn(out.getvalue())
    assert isinstance(refused, Refusal)
    assert "no picture" in refused.words


def test_whatever_a_decoder_stumbles_over_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged file makes decoders raise what they like; it is refused in words."""

    def stumble(_: Image.Image) -> Image.Image:
        raise struct.error("required argument is not an integer")

    monkeypatch.setattr(ImageOps, "exif_transpose", stumble)
    refused = redrawn(phone_photo((400, 300)))
    assert isinstance(refused, Refusal)
    assert "damaged" in refused.words


def test_the_largest_photos_of_phones_are_kept() -> None:
    """A phone with 108 megapixels is below `MOST_PIXELS`."""
    out = io.BytesIO()
    Image.new("L", (12_000, 9_000), 200).save(out, "JPEG")
    assert isinstance(redrawn(out.getvalue()), bytes)
