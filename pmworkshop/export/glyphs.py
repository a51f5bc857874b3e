"""Which text our fonts can show; what they cannot is put as its code points, in angle quotes.

A missing glyph would abort an accessible PDF. The smallest thing replaced is what a reader takes for one
character, so that an emoji family or an accented letter is never half replaced.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from pmworkshop.core.text import clean

FONTS = Path(__file__).parent / "fonts"
FIRST = "NotoSans-Regular.ttf"
MARK = "‹{}›"  # noqa: RUF001  # seldom typed, so that a mark is seen for what it is
_JOINER = "\u200d"
_BOM = "\ufeff"  # means nothing inside a text, and PDF/A forbids it
_UNSEEN = frozenset(
    chr(code)
    for low, high in (
        (0x00AD, 0x00AD),
        (0x034F, 0x034F),
        (0x061C, 0x061C),
        (0x180B, 0x180E),
        (0x200B, 0x200F),
        (0x2060, 0x2064),
        (0x206A, 0x206F),
        (0xFE00, 0xFE0F),
        (0xE0000, 0xE0FFF),
    )
    for code in range(low, high + 1)
) | {"\n", "\t"}
"""What no font need have: it is never drawn."""


_GOES_ALONG = _UNSEEN - {"\n", "\t", "\u200b"} | {chr(code) for code in range(0x1F3FB, 0x1F400)}
"""What belongs to the character before it: what is not drawn, and the shades of skin."""
_SPARSE: Final = 12
_DENSE: Final = 4
"""Formats of a font's character map: over all planes, and over the first."""
_LAST: Final = 0xFFFF
_PRIVATE: Final = "Co"


def showable(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text cleaned, with a mark in place of each character that no font has, and what was replaced."""
    text = clean(text).replace(_BOM, "")
    if text.isascii() or set(text) <= _ordinary():
        return text, ()
    shown, replaced = [], []
    for cluster in clusters(text):
        if _has_font(cluster):
            shown.append(cluster)
        else:
            shown.append(MARK.format(" ".join(f"U+{ord(char):04X}" for char in cluster)))
            replaced.append(cluster)
    return "".join(shown), tuple(replaced)


def clusters(text: str) -> Iterator[str]:
    """Yield what readers take for single characters: letters with their marks, flags, emoji families, Hangul."""
    start = 0
    for at in range(1, len(text)):
        if not _belongs(text, at, start):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


@cache
def font_names() -> tuple[str, ...]:
    """Return the file names of every font that we carry, the one that most text is set in first."""
    names = (one.name for one in FONTS.iterdir() if one.suffix in (".ttf", ".ttc", ".otf"))
    return tuple(sorted(names, key=lambda name: (name != FIRST, name)))


def _belongs(text: str, at: int, start: int) -> bool:
    """Whether the character at `at` goes with the one before it."""
    char, before = text[at], text[at - 1]
    goes_along = char in _GOES_ALONG or unicodedata.category(char).startswith("M")
    if goes_along:
        return before != "\n"
    if before == _JOINER:
        return char > "\u2190"
    if _is_flag_letter(char) and _is_flag_letter(before):
        return (at - start) % 2 == 1
    return _is_jamo(char) and (_is_jamo(before) or "\uac00" <= before <= "\ud7a3")


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_jamo(char: str) -> bool:
    return "\u1100" <= char <= "\u11ff" or "\ua960" <= char <= "\ua97f" or "\ud7b0" <= char <= "\ud7ff"


@lru_cache(4096)
def _has_font(cluster: str) -> bool:
    drawn = set(cluster) - _UNSEEN
    return any(drawn <= _covered(name) for name in font_names())


@cache
def _ordinary() -> frozenset[str]:
    return _covered(FIRST) | _UNSEEN


@cache
def _covered(name: str) -> frozenset[str]:
    """Return the characters that a font has; those of private use mean nothing elsewhere, and PDF/A forbids them."""
    named = (chr(code) for code in _codes((FONTS / name).read_bytes()))
    return frozenset(char for char in named if unicodedata.category(char) != _PRIVATE)


def _codes(data: bytes) -> Iterator[int]:
    """Yield the code points that a font's character map names; of a collection, its first font's."""
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    count = struct.unpack_from(">H", data, start + 4)[0]
    tables = [struct.unpack_from(">4sIII", data, start + 12 + 16 * one) for one in range(count)]
    cmap = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    subtables = [
        struct.unpack_from(">HHI", data, cmap + 4 + 8 * one)
        for one in range(struct.unpack_from(">H", data, cmap + 2)[0])
    ]
    offsets = [cmap + offset for platform, _, offset in subtables if platform in (0, 3)]
    formats = {struct.unpack_from(">H", data, offset)[0]: offset for offset in offsets}
    yield from (
        _segments_32(data, formats[_SPARSE]) if _SPARSE in formats else _segments_16(data, formats[_DENSE])
    )


def _segments_32(data: bytes, at: int) -> Iterator[int]:
    for group in range(struct.unpack_from(">I", data, at + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * group)
        yield from range(first + (glyph == 0), last + 1)


def _segments_16(data: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", data, at + 14 + where)
        for where in (0, 2 * count + 2, 4 * count + 2, 6 * count + 2)
    )
    for number in range(count):
        for code in range(starts[number], ends[number] + 1):
            glyph = code
            if offsets[number]:
                where = at + 16 + 6 * count + 2 * number + offsets[number] + 2 * (code - starts[number])
                glyph = struct.unpack_from(">H", data, where)[0]
                if glyph == 0:
                    continue
            if (glyph + deltas[number]) % (_LAST + 1) and code != _LAST:
                yield code
