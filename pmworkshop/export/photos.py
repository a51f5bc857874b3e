"""Photos in a document: wrapped in a drawing, since what sets the type takes only text from memory, not from a disk."""

from base64 import b64encode
from io import BytesIO
from typing import Final

_KINDS: Final = {"JPEG": "image/jpeg", "PNG": "image/png"}
_WRAPPED: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
    '<image width="{wide}" height="{high}" href="data:{kind};base64,{body}"/></svg>'
)


def as_drawing(photo: bytes) -> bytes | None:
    """Return an SVG that shows a JPEG or PNG as it is, to the byte; None where it is no such picture."""
    from PIL import Image  # noqa: PLC0415  # slow to import

    try:
        with Image.open(BytesIO(photo), formats=tuple(_KINDS)) as picture:
            wide, high = picture.size
            kind = _KINDS[str(picture.format)]
    except (OSError, Image.DecompressionBombError):
        return None
    body = b64encode(photo).decode()
    return _WRAPPED.format(wide=wide, high=high, kind=kind, body=body).encode()
