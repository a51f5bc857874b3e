"""A trainer's notes as numbered lines: what is heading, bullet, row of a table, and the bare words of each.

Plain text and Markdown are read alike, because notes are seldom purely one of them. No word is dropped here.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pmworkshop.core.text import clean
from pmworkshop.core.value import value

BULLETS: Final = "-–—*+•·▪◦‣●○►➢→✓\uf0b7\uf0a7\uf0d8"  # noqa: RUF001  # the signs that word processors put
_BULLET = re.compile(rf"^[{re.escape(BULLETS)}]\s+|^[•·▪◦‣●○►➢\uf0b7\uf0a7\uf0d8]|^[-–—](?=[^\W\d_])")  # noqa: RUF001
_NUMBERED = re.compile(r"^(?!c\.\s\d)(?:\d{1,2}[.)]|[a-hA-H][.)]|\([a-z0-9]{1,2}\))\s+(?=\S)")
_HASHES = re.compile(r"^#{1,6}\s+")
_RULE = re.compile(r"^[\s\-=_*~—–•·.|:+#]*$")  # noqa: RUF001
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")
_SIGNS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|`")
_QUOTED = re.compile(r"^(?:>+(?:\s+|$))+(?!\d+\s*%)")
_TICK = re.compile(r"^\[[ xX✓✔]?\](?=\s)")
_PICTURES = re.compile(
    "^[\U0001f000-\U0001faff\u2600-\u27bf\u231a-\u23ff\u2b00-\u2bff\ufe0f\u200d\u20e3\\s]+(?=[\\[(@~]?\\d)"
)
_WHOLE_BOLD = re.compile(r"^(\*\*|__)(?=\S)[^*]+\1:?$")
_GAP = re.compile(r"\t| {3,}")
_TAB = 4


@value
class NoteLine:
    """One line of the notes. `bare` is for recognising, `text` for keeping; `cells` are a table row's, empty ones too."""

    number: int
    text: str
    bare: str
    cells: tuple[str, ...] = ()
    indent: int = 0
    heading: bool = False
    bullet: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing is written here, or only a rule."""
        return not self.text

    @property
    def plain(self) -> str:
        """The words without the bullet's sign, but with a number or letter that stands before them."""
        return self.text.removeprefix("- ") if self.bullet else self.text


@value
class Notes:
    """Notes as read: `source` is their file's name and `name` the words in it, `unit` what its lines are called.

    `asides` stand outside the run of the text, such as a document's footers.
    """

    name: str
    source: str
    lines: tuple[NoteLine, ...]
    unit: str = "line"
    asides: tuple[NoteLine, ...] = ()


def lines_of(texts: Iterable[tuple[int, str]]) -> tuple[NoteLine, ...]:
    """Return the lines in numbered texts; a text with line breaks in it gives several of the same number."""
    return tuple(line for number, text in texts for line in _split(number, text))


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a whole text with their numbers, from 1."""
    yield from enumerate(text.splitlines(), 1)


def words_of(text: str) -> str:
    """Return a text on one line as it may stand in a file: cleaned, and without what nobody sees."""
    return " ".join(clean(text).replace("\ufeff", "").split())


def bare(text: str) -> str:
    """Return the words without boxes to tick, pictures before a figure, and the signs of Markdown for bold, code and headings."""
    words = _TICK.sub("", _HASHES.sub("", text.strip())).strip()
    return words_of(_SIGNS.sub("", _PICTURES.sub("", words)))


def _split(number: int, text: str) -> Iterator[NoteLine]:
    for one in clean(text).splitlines() or [""]:
        yield _line(number, one.replace("\ufeff", ""))


def _line(number: int, raw: str) -> NoteLine:
    widened = raw.expandtabs(_TAB)
    indent = len(widened) - len(widened.lstrip())
    stripped = _QUOTED.sub("", raw.strip())
    if _RULE.match(stripped):
        return NoteLine(number=number, text="", bare="")
    sign = _BULLET.match(stripped)
    if sign and not (stripped.startswith("*") and _WHOLE_BOLD.match(stripped)):
        return _item(number, stripped[sign.end() :], indent, "- ")
    order = _NUMBERED.match(stripped)
    if order:
        return _item(number, stripped[order.end() :], indent, f"{order.group().strip()} ")
    heading = bool(_HASHES.match(stripped) or _WHOLE_BOLD.match(stripped))
    return NoteLine(
        number=number,
        text=words_of(stripped),
        bare=bare(stripped),
        cells=_cells(stripped),
        indent=indent,
        heading=heading,
    )


def _item(number: int, inside: str, indent: int, sign: str) -> NoteLine:
    return NoteLine(
        number=number,
        text=words_of(sign + inside) if words_of(inside) else "",
        bare=bare(inside),
        indent=indent,
        bullet=True,
    )


def _cells(stripped: str) -> tuple[str, ...]:
    """Return the cells of a row: between pipes, tabs or wide gaps; none for a line that is no row."""
    if stripped.startswith("|") or " | " in stripped:
        inside = stripped.removeprefix("|")
        inside = inside[:-1] if inside.endswith("|") and not inside.endswith("\\|") else inside
        cells = tuple(_cell(one) for one in _PIPE.split(inside))
    elif _GAP.search(stripped):
        cells = tuple(_cell(one) for one in _GAP.split(stripped))
    else:
        return ()
    return cells if len(cells) > 1 else ()


def _cell(text: str) -> str:
    lines = (words_of(one) for one in _BREAK.sub("\n", text).replace("\\|", "|").splitlines())
    return "\n".join(one for one in lines if one)
