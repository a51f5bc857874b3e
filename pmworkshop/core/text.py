"""Untrusted text: what is taken out of every name and answer before it is kept, and again before it is shown."""

import re
import unicodedata

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff\ufdd0-\ufdef]"
)
LONGEST_NAME = 200
LONGEST_NOTE = 10_000


def clean(text: str) -> str:
    """Drop control characters (but newline and tab), direction overrides, surrogates and non-characters."""
    if text.isprintable():  # nearly always, and nothing of what is dropped is
        return text
    return _UNSAFE.sub(
        "", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    )


def clean_line(text: str) -> str:
    """Clean `text` for one line: white space of any kind becomes single spaces."""
    return " ".join(clean(text).split())


def matching(name: str) -> str:
    """Return what two spellings of one name share: case, spacing, accents, what nobody sees, compatibility forms set aside."""
    plain = unicodedata.normalize("NFKD", clean_line(name))
    decomposed = unicodedata.normalize("NFKD", plain.casefold())
    return "".join(char for char in decomposed if not _is_set_aside(char))


def _is_set_aside(char: str) -> bool:
    return bool(unicodedata.combining(char)) or char.isspace() or unicodedata.category(char) == "Cf"
