"""The poster that says how to join the room, to be read from a table away; what is not known yet is left to fill in."""

from typing import Final

from pmworkshop.export.paper.codes import qr
from pmworkshop.export.typesetting import NO_FILES, Typeset, typeset

TEMPLATE: Final = "poster.typ"
PICTURE: Final = "join.svg"


def poster(*, address: str = "", code: str = "", wifi: str = "") -> Typeset:
    """Return the poster as PDF; with an address, a code that a camera follows to it. Raises `TypesettingError`."""
    link = f"{address.rstrip('/')}/?code={code}" if address and code else address
    data = {"address": address, "code": code, "wifi": wifi, "picture": PICTURE if link else ""}
    files = {PICTURE: qr(link)} if link else NO_FILES
    return typeset(TEMPLATE, data, title="How to join the room", files=files)
