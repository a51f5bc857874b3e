"""The words of a PDF page, read from its own drawing by its fonts' tables; enough for Latin text, whatever is installed."""

import re
from collections.abc import Iterator

import pikepdf

_PAIRS = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)


def words(page: pikepdf.Page) -> str:
    """Return the letters and figures of a page in the order in which they are drawn, without any space."""
    return "".join("".join(_drawn(page)).replace("\u200b", "").split())


def _drawn(page: pikepdf.Page) -> Iterator[str]:
    tables = {name: _table(font) for name, font in page.obj.Resources.Font.items()}
    table: dict[int, str] = {}
    for one in pikepdf.parse_content_stream(page):
        operands, operator = one.operands, one.operator
        if str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) == "Tj":
            yield _text(bytes(operands[0]), table)
        elif str(operator) == "TJ":
            parts = (part for part in operands[0] if isinstance(part, pikepdf.String))
            yield from (_text(bytes(part), table) for part in parts)


def _table(font: pikepdf.Object) -> dict[int, str]:
    found = {}
    for block in _CHARS.findall(font.ToUnicode.read_bytes()):
        for code, text in _PAIRS.findall(block):
            found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return found


def _text(codes: bytes, table: dict[int, str]) -> str:
    return "".join(table.get(int.from_bytes(codes[at : at + 2]), "") for at in range(0, len(codes), 2))
