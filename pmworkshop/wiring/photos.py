"""Photos of flip charts, kept beside the journal under the hash of what is kept: smaller, and without hidden data.

Whatever comes in is decoded and drawn afresh, so that camera, time and place data do not come along.
"""

import hashlib
import io
import os
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.request import url2pathname

from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.wiring.places import as_written

FOLDER: Final = "photos"
LARGEST_FILE: Final = 40_000_000
MOST_PIXELS: Final = 120_000_000
MOST_OTHER_PIXELS: Final = 50_000_000
"""For what cannot be read smaller from the start, as JPEG can: an open picture takes four bytes and more for each."""
LONGEST_SIDE: Final = 2000
QUALITY: Final = 82
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
"""What phones and scanners write (JPEG includes MPO); rarer decoders are not let loose on a file from elsewhere."""


def keep_photo(folder: Path, given: str) -> str | Refusal:
    """Keep the photo at the path `given` in the cohort's folder; return its SHA-256, or why it cannot be kept."""
    path = as_written(_path(given.strip().strip("'\"")))
    try:
        if path.exists() and not path.is_file():  # a pipe or a device would be read for ever
            return refuse(f"{given} is no file. Drag the file into this window, or type its path.")
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
        if len(raw) > LARGEST_FILE:
            return refuse(
                f"{path.name} is larger than {LARGEST_FILE // 1_000_000} MB. Choose a smaller photo."
            )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        return refuse(f"{given} cannot be read: {why}. Drag the file into this window, or type its path.")
    return keep_photo_bytes(folder, raw)


def keep_photo_bytes(folder: Path, raw: bytes) -> str | Refusal:
    """Keep a photo that came from a phone, as `keep_photo` does."""
    drawn = redrawn(raw)
    return drawn if isinstance(drawn, Refusal) else _put(folder / FOLDER, drawn)


def _path(given: str) -> str:
    """Return the path that a terminal wrote when a file was dragged into it: plain, escaped, or as an address."""
    if given.startswith("file://"):
        return url2pathname(given.removeprefix("file://"))
    return given.replace("\\ ", " ")


def redrawn(raw: bytes) -> bytes | Refusal:
    """Return a picture as a JPEG of bounded size, the right way up, with nothing hidden in it."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  # slow to import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # how many pixels are too many is said below
            with Image.open(io.BytesIO(raw), formats=FORMATS) as picture:
                most = MOST_PIXELS if picture.format in ("JPEG", "MPO") else MOST_OTHER_PIXELS
                if picture.width * picture.height > most:
                    return refuse("That picture is too large to be opened safely. Choose a smaller one.")
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                if picture.mode not in ("P", "1"):  # those would be thinned out, not made smaller
                    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                upright = ImageOps.exif_transpose(picture).convert("RGB")
    except UnidentifiedImageError:
        return refuse(
            "That is no picture that can be read here. Use JPEG or PNG (an iPhone: Most Compatible)."
        )
    except Exception:  # noqa: BLE001  # saves the desk from whatever a decoder stumbles over in a damaged file
        return refuse("That picture is damaged or too large to be opened. Take it again.")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def photo_path(folder: Path, photo: str) -> Path:
    """Return where the photo of that hash is kept."""
    return folder / FOLDER / f"{photo}.jpg"


def _put(folder: Path, drawn: bytes) -> str | Refusal:
    """Write the file whole or not at all, and to the disk before anything refers to it."""
    name = hashlib.sha256(drawn).hexdigest()
    path = folder / f"{name}.jpg"
    half = folder / f"{name}.part"
    try:
        folder.mkdir(exist_ok=True)
        with half.open("wb") as file:
            file.write(drawn)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        _to_disk(folder)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        return refuse(f"The photo could not be kept: {error.strerror or error}. Is the disk full?")
    return name


def _to_disk(folder: Path) -> None:
    """Have the folder know its new file after a power cut too; Windows has no such call, and needs none."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
