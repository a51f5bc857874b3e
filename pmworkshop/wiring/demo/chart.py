"""A flip chart as a group might photograph it: drawn here, and marked as a drawing of the demonstration."""

import io
from collections.abc import Mapping
from typing import Any, Final

SIZE: Final = (1400, 1050)
PAPER, INK = (244, 240, 228), (38, 52, 84)
NOTES: Final = ((250, 226, 130), (190, 226, 190), (186, 214, 240))
MARKS: Final = {"gap": "GAP", "overkill": "OVERKILL", "link": "LINK"}


def chart(sheet: Mapping[str, Any]) -> bytes:
    """Return the chart of a group's inventory as a JPEG."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415  # slow to import

    picture = Image.new("RGB", SIZE, (120, 112, 104))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 30, 1360, 1020), fill=PAPER)
    head, body = ImageFont.load_default(40), ImageFont.load_default(23)
    draw.text((80, 55), "What we really use, step by step", INK, font=head)
    for step in range(5):
        draw.text((80, 130 + step * 150), str(step + 1), INK, font=head)
        for place, text in enumerate(sheet.get(f"step-{step + 1}", ())[:3]):
            left, top = 140 + place * 400, 122 + step * 150 + (place * 7) % 11
            draw.rectangle((left, top, left + 375, top + 118), fill=NOTES[(step + place) % len(NOTES)])
            draw.multiline_text((left + 14, top + 12), _wrapped(text), INK, font=body)
    marks = "   ".join(f"{MARKS[one['mark']]} at {one['step'][-1]}" for one in sheet["marks"])
    draw.text((80, 890), marks, (160, 40, 40), font=head)
    draw.text((80, 960), "Demonstration: a drawing, not a photograph", INK, font=body)
    out = io.BytesIO()
    picture.rotate(0.8, fillcolor=(120, 112, 104)).save(out, "JPEG", quality=80)
    return out.getvalue()


def _wrapped(text: str) -> str:
    lines: list[str] = [""]
    for word in _plain(text).split():
        fits = len(lines[-1]) + len(word) < 30  # noqa: PLR2004  # letters to a line of a note
        lines[-1:] = [f"{lines[-1]} {word}".strip()] if fits else [lines[-1], word]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return a text in the letters that Pillow's own font has."""
    return text.translate(str.maketrans("“”", '""'))
